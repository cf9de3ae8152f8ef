/* Markup: escaping, character by character. */
#include "report/markup.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

void markup_init(struct markup *markup)
{
    *markup = (struct markup){0};
    buffer_init(&markup->text);
}

void markup_fini(struct markup *markup)
{
    buffer_fini(&markup->text);
}

static void append(struct markup *markup, struct slice text)
{
    if (!markup->failed && buffer_append(&markup->text, text))
        markup->failed = true;
}

void markup_raw(struct markup *markup, const char *text)
{
    append(markup, slice_from_cstr(text));
}

void markup_format(struct markup *markup, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0 || (size_t)len >= sizeof text)
        markup->failed = true; /* ours are never that long */
    else
        append(markup, (struct slice){text, (size_t)len});
}

/* What stands for a character that must not stand for itself, or NULL. */
static const char *reference(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
    case '\r':
    case '\t':
        return " ";
    default:
        return NULL;
    }
}

static void put(struct markup *markup, struct slice text, bool escape)
{
    size_t plain = 0; /* where the run of characters that stand for themselves began */

    for (size_t i = 0; i < text.len;) {
        size_t len = utf8_char_length(text.ptr + i, text.len - i);
        uint32_t code = len ? utf8_decode(text.ptr + i, len) : 0;
        const char *instead = len != 1 ? NULL : escape || code < 0x20 ? reference(text.ptr[i]) : NULL;
        if (len && !instead && !utf8_invisible(code)) {
            i += len;
            continue;
        }
        append(markup, (struct slice){text.ptr + plain, i - plain});
        if (instead)
            markup_raw(markup, instead);
        else if (len > 1)
            markup_format(markup, "\\u{%04X}", code);
        else
            markup_format(markup, "\\x%02X", (unsigned char)text.ptr[i]);
        i += len ? len : 1;
        plain = i;
    }
    append(markup, (struct slice){text.ptr + plain, text.len - plain});
}

void markup_text(struct markup *markup, struct slice text)
{
    put(markup, text, true);
}

void markup_plain(struct markup *markup, struct slice text)
{
    put(markup, text, false);
}

void markup_number(struct markup *markup, double number)
{
    markup_format(markup, "%.10g", round(number * 10) / 10 + 0.0);
}
