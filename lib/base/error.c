/* Errors: filling, prefixing, and showing a value inside a message, unless values are not to be shown: that is state of
 * the process, since what makes a message knows no options. */
#include "base/error.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

int error_vset(struct error *err, enum status status, const char *format, va_list args)
{
    err->status = status;
    vsnprintf(err->text, sizeof err->text, format, args);
    return -1;
}

int error_set(struct error *err, enum status status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    error_vset(err, status, format, args);
    va_end(args);
    return -1;
}

int error_memory(struct error *err)
{
    return error_set(err, STATUS_SYSTEM, "out of memory");
}

int error_errno(struct error *err, const char *format, ...)
{
    int saved = errno;
    va_list args;

    va_start(args, format);
    error_vset(err, STATUS_SYSTEM, format, args);
    va_end(args);
    size_t used = strlen(err->text);
    snprintf(err->text + used, sizeof err->text - used, ": %s", strerror(saved));
    return -1;
}

void error_prefix(struct error *err, const char *format, ...)
{
    char text[sizeof err->text];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t prefix = strlen(text);
    size_t room = sizeof err->text - prefix - 1;
    size_t kept = strnlen(err->text, room);
    memmove(err->text + prefix, err->text, kept);
    memcpy(err->text, text, prefix);
    err->text[prefix + kept] = '\0';
}

static bool values_hidden;

void quote_hide_values(bool hide)
{
    values_hidden = hide;
}

bool quote_hides_values(void)
{
    return values_hidden;
}

const char *quote(struct quote *q, struct slice value)
{
    if (!values_hidden || value.len == 0)
        return quote_name(q, value);
    snprintf(q->text, sizeof q->text, "(value hidden, %zu byte%s)", value.len, value.len == 1 ? "" : "s");
    return q->text;
}

const char *quote_name(struct quote *q, struct slice value)
{
    char *out = q->text;
    size_t i = 0;

    for (size_t shown = 0; i < value.len && shown < QUOTE_SHOWN; shown++) {
        size_t width = utf8_char_length(value.ptr + i, value.len - i);
        unsigned char c = (unsigned char)value.ptr[i];
        if (width == 0 || utf8_invisible(utf8_decode(value.ptr + i, width))) {
            out += sprintf(out, "\\x%02x", c); /* what is left of a longer character follows as invalid UTF-8 */
            i++;
        } else {
            memcpy(out, value.ptr + i, width);
            out += width;
            i += width;
        }
    }
    if (i < value.len) {
        memcpy(out, "...", 3);
        out += 3;
    }
    *out = '\0';
    return q->text;
}
