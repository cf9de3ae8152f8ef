/* Settings: jansson, and messages that say where in the file something is wrong. */
#include "value/settings.h"

#include "base/utf8.h"
#include "value/double.h"
#include "value/json_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* jansson reports some failed allocations as nothing at all, others as errors of syntax. A second reading tells: what
 * is wrong with the text is wrong again at the same place, memory fails elsewhere or not at all. */
static json_t *load(struct slice text, json_error_t *what, bool *out_of_memory)
{
    json_error_t again;
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, what);

    *out_of_memory = false;
    if (root)
        return root;
    root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &again);
    *out_of_memory = !root && (json_error_code(what) == json_error_out_of_memory || what->text[0] == '\0' ||
                               what->position != again.position || strcmp(what->text, again.text) != 0);
    return root;
}

/* jansson shows what stands where it failed as it stands there. */
static void clean_message(char *text)
{
    bool valid = utf8_valid(text, strlen(text));

    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f || (!valid && (unsigned char)*c > 0x7f))
            *c = '?';
}

json_t *settings_read(struct slice text, const char *file, struct error *err)
{
    json_error_t what;
    bool out_of_memory;
    if (json_memory_secure(err))
        return NULL;
    json_t *root = load(text, &what, &out_of_memory);

    if (!root) {
        clean_message(what.text);
        if (out_of_memory)
            error_memory(err);
        else if (what.line > 0)
            error_set(err, STATUS_USAGE, "%s:%d: not JSON: %s", file, what.line, what.text);
        else
            error_set(err, STATUS_USAGE, "%s: not JSON: %s", file, what.text);
        return NULL;
    }
    if (!json_is_object(root)) {
        error_set(err, STATUS_USAGE, "%s: not a JSON object", file);
        json_decref(root);
        return NULL;
    }
    return root;
}

int settings_fail(const struct settings_place *place, struct error *err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    error_vset(err, STATUS_USAGE, format, args);
    va_end(args);
    if (place->path[0])
        error_prefix(err, "%s: %s: ", place->file, place->path);
    else
        error_prefix(err, "%s: ", place->file);
    return -1;
}

struct settings_place settings_member(const struct settings_place *place, const char *key, size_t index)
{
    struct settings_place member = {.file = place->file};
    struct quote q;

    if (key)
        snprintf(member.path, sizeof member.path, "%.80s%s%s", place->path, place->path[0] ? "." : "",
                 quote_name(&q, slice_from_cstr(key)));
    else
        snprintf(member.path, sizeof member.path, "%.80s[%zu]", place->path, index);
    return member;
}

int settings_object(const struct settings_place *place, const json_t *value, const char *const *keys, struct error *err)
{
    if (!json_is_object(value))
        return settings_fail(place, err, "not an object");
    for (void *at = json_object_iter((json_t *)(uintptr_t)value); at;
         at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
        const char *key = json_object_iter_key(at);
        size_t i = 0;
        while (keys[i] && strcmp(keys[i], key) != 0)
            i++;
        if (!keys[i]) {
            struct settings_place member = settings_member(place, key, 0);
            return settings_fail(&member, err, "unknown key");
        }
    }
    return 0;
}

int settings_string(const struct settings_place *place, const json_t *value, struct slice *text, struct error *err)
{
    if (!json_is_string(value))
        return settings_fail(place, err, "not a string");
    *text = (struct slice){json_string_value(value), json_string_length(value)};
    return 0;
}

struct writing {
    struct buffer *text;
    bool failed;
};

/* jansson (2.14) does not look at what comes back for the names of members: a failure is kept. */
static int append(const char *bytes, size_t size, void *context)
{
    struct writing *writing = context;

    if (!writing->failed && buffer_append(writing->text, (struct slice){bytes, size}))
        writing->failed = true;
    return writing->failed ? -1 : 0;
}

int settings_write(const json_t *value, size_t flags, struct buffer *text)
{
    struct writing writing = {text, false};
    size_t before = text->len;

    if (value && json_dump_callback(value, append, &writing, flags) == 0 && !writing.failed)
        return 0;
    text->len = before;
    return -1;
}

int settings_put_number(struct buffer *text, double number)
{
    char digits[DOUBLE_TEXT];
    size_t length = double_shortest(number, false, digits);

    return buffer_append(text, (struct slice){digits, length});
}

int settings_put_escaped(struct buffer *text, struct slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        const char c = value.ptr[i];
        const bool control = (unsigned char)c < ' ';

        if (control ? buffer_printf(text, "\\u%04x", (unsigned)c)
                    : ((c == '"' || c == '\\') && buffer_append_char(text, '\\')) || buffer_append_char(text, c))
            return -1;
    }
    return 0;
}
