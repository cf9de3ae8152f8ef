/* Fuzzing the JSON reader against jansson (libFuzzer).
 *
 * On one line, the reader must take exactly what jansson takes as one object, and give the same members with the same
 * values. Exempt are the differences that lib/stream/json_scan.h lists: numbers of any size, "\u0000" in a name, the
 * depth, a NUL byte. On raw bytes, with line ends, reading must end, lines and numbers must never go back, and the
 * result must not depend on how the bytes arrive.
 *
 * With flatten, the verdict on a line is the same, and every value that is no array or object with members has a column
 * with its path, written here anew, and arrays are joined as jq's join would.
 *
 * Built by clang with -fsanitize=fuzzer,address,undefined from this file, lib/base and the readers and source of
 * lib/stream. An input that begins with a digit is raw, its read size the digit and one; one that begins with a letter
 * from A to J is raw and read with flatten; any other is one line. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <jansson.h>

#include "base/buffer.h"
#include "stream/reader.h"

#define DECODE (JSON_DECODE_ANY | JSON_ALLOW_NUL)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *what, struct slice text)
{
    if (holds)
        return;
    fprintf(stderr, "%s: %.*s\n", what, SLICE_ARG(text));
    abort();
}

/* NULL when the input is refused at its start: UTF-16, a compressed file. */
static struct reader *open_text(struct slice text, bool flatten, struct source **source)
{
    const struct reader_options options = {.format = FORMAT_JSONL, .flatten = flatten};
    struct reader *reader;
    struct error err;

    if (source_memory(source, text, "fuzz", &err))
        abort();
    if (reader_open(&reader, *source, &options, &err) == 0)
        return reader;
    source_free(*source);
    return NULL;
}

static bool same_value(struct field field, const json_t *value)
{
    json_t *nested;
    bool same;

    switch (json_typeof(value)) {
    case JSON_STRING:
        return field.kind == FIELD_TEXT &&
               slice_equal(field.text, (struct slice){json_string_value(value), json_string_length(value)});
    case JSON_INTEGER:
        return field.kind == FIELD_NUMBER && strtoll(field.text.ptr, NULL, 10) == json_integer_value(value);
    case JSON_REAL:
        return field.kind == FIELD_NUMBER && strtod(field.text.ptr, NULL) == json_real_value(value);
    case JSON_TRUE:
        return field.kind == FIELD_TRUE;
    case JSON_FALSE:
        return field.kind == FIELD_FALSE;
    case JSON_NULL:
        return field.kind == FIELD_NULL;
    default:
        nested = json_loadb(field.text.ptr, field.text.len, DECODE, NULL);
        same = field.kind == FIELD_JSON && nested && json_equal(nested, value);
        json_decref(nested);
        return same;
    }
}

static void compare_members(const struct reader *reader, const struct record *record, json_t *object, struct slice text)
{
    require(record->count == json_object_size(object), "not the same members", text);
    for (size_t i = 0; i < record->count; i++) {
        const json_t *value = json_object_getn(object, reader->names[i].ptr, reader->names[i].len);
        require(value != NULL, "no such member", text);
        require(same_value(record->fields[i], value), "not the same value", text);
    }
}

/* The path to a member's member, both names as jansson writes them, leads to what jansson has there. */
static void compare_path(struct slice text, const char *outer, size_t outer_length, const char *inner,
                         size_t inner_length, const json_t *value)
{
    json_t *names[2] = {json_stringn(outer, outer_length), json_stringn(inner, inner_length)};
    char *written[2] = {json_dumps(names[0], JSON_ENCODE_ANY),
                        json_dumps(names[1], JSON_ENCODE_ANY | JSON_ENSURE_ASCII)};
    struct source *source;
    struct reader *reader = open_text(text, false, &source);
    struct record record;
    struct bad_record bad;
    struct buffer path;
    struct error err;
    size_t column;

    buffer_init(&path);
    if (!written[0] || !written[1] || buffer_printf(&path, ".%s[%s]", written[0], written[1]))
        abort();
    require(json_reader_add_path(reader, buffer_slice(&path), &column, &err) == 0, "not a path", text);
    if (reader_select(reader, &column, 1, &err))
        abort();
    require(reader_next(reader, &record, &bad, &err) == READ_RECORD, "no record", text);
    require(same_value(record.fields[0], value), "the path leads elsewhere", text);
    reader_free(reader);
    source_free(source);
    buffer_fini(&path);
    for (size_t i = 0; i < 2; i++) {
        free(written[i]);
        json_decref(names[i]);
    }
}

static void compare_paths(json_t *object, struct slice text)
{
    size_t left = 3;
    const char *outer;
    const char *inner;
    size_t outer_length;
    size_t inner_length;
    json_t *member;
    json_t *value;

    json_object_keylen_foreach(object, outer, outer_length, member)
    {
        json_object_keylen_foreach(member, inner, inner_length, value)
        {
            if (left == 0)
                return;
            left--;
            compare_path(text, outer, outer_length, inner, inner_length, value);
        }
    }
}

static bool exempt(const json_error_t *error, const struct bad_record *bad)
{
    enum json_error_code code = json_error_code(error);

    return code == json_error_numeric_overflow || code == json_error_null_byte_in_key ||
           code == json_error_stack_overflow || strstr(bad->reason, "more than 512 levels");
}

static void compare_line(struct slice text)
{
    json_error_t error = {.text = ""};
    json_t *value = json_loadb(text.ptr, text.len, DECODE, &error);
    struct source *source;
    struct reader *reader = open_text(text, false, &source);
    struct record record;
    struct bad_record bad = {.reason = ""};
    struct error err;
    size_t records = 0;
    size_t bads = 0;

    if (reader) {
        reader->everything = true;
        enum read_result result;
        while ((result = reader_next(reader, &record, &bad, &err)) != READ_END) {
            require(result != READ_FAILED, err.text, text);
            records += result == READ_RECORD;
            bads += result == READ_BAD;
            if (result == READ_RECORD && json_is_object(value))
                compare_members(reader, &record, value, text);
        }
    }
    if (memchr(text.ptr, '\0', text.len)) {
        require(records == 0 || bads > 0, "a NUL byte passes", text);
    } else if (value || !exempt(&error, &bad)) {
        bool ours = records == 1 && bads == 0;
        if (!(value && strstr(bad.reason, "more than 512 levels")))
            require(ours == json_is_object(value), ours ? "jansson refuses" : "jansson accepts", text);
        if (ours)
            compare_paths(value, text);
    }
    json_decref(value);
    if (reader) {
        reader_free(reader);
        source_free(source);
    }
}

/* The column's name: jq's path, or at the top the plain name. */
static void path_name(const char *prefix, const char *name, size_t length, bool top, struct buffer *path)
{
    bool identifier = length > 0 && !(name[0] >= '0' && name[0] <= '9');
    int failed = 0;

    if (top && !(length && name[0] == '.')) {
        if (buffer_append(path, (struct slice){name, length}))
            abort();
        return;
    }
    for (size_t i = 0; i < length; i++)
        identifier =
            identifier && strchr("_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", name[i]) && name[i];
    failed = buffer_printf(path, identifier ? "%s." : "%s.\"", prefix);
    for (size_t i = 0; i < length && !failed; i++) {
        if (name[i] == '"' || name[i] == '\\')
            failed = buffer_printf(path, "\\%c", name[i]);
        else if ((unsigned char)name[i] < ' ')
            failed = buffer_printf(path, "\\u%04x", name[i]);
        else
            failed = buffer_append_char(path, name[i]);
    }
    if (failed || (!identifier && buffer_append_char(path, '"')))
        abort();
}

static const struct field *find_field(const struct reader *reader, const struct record *record, struct slice name)
{
    for (size_t i = 0; i < reader->name_count; i++)
        if (slice_equal(reader->names[i], name))
            return &record->fields[i];
    return NULL;
}

/* The text of a value as jq's join takes it; false for numbers, whose digits jansson does not keep, and what is nested.
 */
static bool plain_text(const json_t *value, struct slice *text)
{
    *text = SLICE("");
    if (json_is_string(value))
        *text = (struct slice){json_string_value(value), json_string_length(value)};
    else if (json_is_boolean(value))
        *text = json_is_true(value) ? SLICE("true") : SLICE("false");
    return !json_is_number(value) && !json_is_array(value) && !json_is_object(value);
}

static void compare_array(struct field field, json_t *array, struct slice text)
{
    struct buffer joined;
    struct slice element;
    json_t *value;
    size_t i;
    bool empty = true;
    bool list = json_array_size(array) > 0; /* of objects: the field may be the value of one */

    json_array_foreach(array, i, value) list = list && json_is_object(value);
    if (field.kind == FIELD_JSON) {
        require(same_value(field, array), "not the same array", text);
        return;
    }
    if (list)
        return;
    buffer_init(&joined);
    json_array_foreach(array, i, value)
    {
        require(!json_is_array(value) && !json_is_object(value), "what is nested was joined", text);
        if (!plain_text(value, &element)) {
            buffer_fini(&joined);
            return;
        }
        require(json_array_size(array) < 2 || !memmem(element.ptr, element.len, "; ", 2), "cannot be taken apart",
                text);
        if ((i && buffer_append(&joined, SLICE("; "))) || buffer_append(&joined, element))
            abort();
        empty = empty && element.len == 0;
    }
    if (empty)
        buffer_clear(&joined);
    require(slice_equal(buffer_slice(&joined), field.text), "not joined", text);
    buffer_fini(&joined);
}

static void compare_leaves(const struct reader *reader, const struct record *record, json_t *object, const char *prefix,
                           int depth, struct slice text)
{
    const char *name;
    size_t length;
    json_t *value;

    json_object_keylen_foreach(object, name, length, value)
    {
        struct buffer path;
        buffer_init(&path);
        path_name(prefix, name, length, depth == 1, &path);
        struct slice column = buffer_slice(&path);
        const struct field *field = find_field(reader, record, column.ptr ? column : SLICE(""));
        bool inside = json_is_object(value) && json_object_size(value) && depth < JSON_FLAT;
        if (inside) {
            struct buffer next;
            buffer_init(&next);
            path_name(prefix, name, length, false, &next);
            if (buffer_append_char(&next, '\0'))
                abort();
            compare_leaves(reader, record, value, next.data, depth + 1, text);
            buffer_fini(&next);
        } else if (json_is_array(value)) {
            require(field || json_array_size(value) == 0, "no such column for an array", text);
            if (field)
                compare_array(*field, value, text);
        } else if (!json_is_null(value) && !json_is_object(value)) {
            require(field != NULL, "no such column", text);
            require(same_value(*field, value), "not the same value inside", text);
        }
        buffer_fini(&path);
    }
}

/* With flatten: the same verdict, and every value in its column. */
static void compare_flat(struct slice text)
{
    json_t *value = json_loadb(text.ptr, text.len, DECODE, NULL);
    struct source *sources[2];
    struct reader *plain = open_text(text, false, &sources[0]);
    struct reader *flat = open_text(text, true, &sources[1]);
    struct record record;
    struct bad_record bad[2];
    struct error err;
    enum read_result result;

    require(!plain == !flat, "refused or not", text);
    if (plain && flat) {
        flat->everything = true;
        do {
            result = reader_next(plain, &record, &bad[0], &err);
            require(reader_next(flat, &record, &bad[1], &err) == result, "another verdict with flatten", text);
            require(result != READ_BAD || strcmp(bad[0].reason, bad[1].reason) == 0, "another reason", text);
            if (result == READ_RECORD && json_is_object(value) && !memchr(text.ptr, '\0', text.len))
                compare_leaves(flat, &record, value, "", 1, text);
        } while (result != READ_END);
    }
    if (plain) {
        reader_free(plain);
        source_free(sources[0]);
    }
    if (flat) {
        reader_free(flat);
        source_free(sources[1]);
    }
    json_decref(value);
}

/* Everything a reader says of a file, in one buffer. */
static void transcribe(struct slice text, size_t read_size, bool flatten, struct buffer *out)
{
    const struct reader_options options = {.format = FORMAT_JSON, .flatten = flatten};
    struct source *source;
    struct reader *reader;
    struct error err;
    char path[64];
    int fd;
    uint64_t number = 0;
    uint64_t line = 0;

    fd = memfd_create("fuzz", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (fd < 0 || write(fd, text.ptr, text.len) != (ssize_t)text.len || source_open(&source, path, &err))
        abort();
    source->read_size = read_size;
    if (reader_open(&reader, source, &options, &err)) {
        buffer_printf(out, "refused");
    } else {
        struct record record;
        struct bad_record bad;
        enum read_result result;
        while ((result = reader_next(reader, &record, &bad, &err)) != READ_END) {
            bool good = result == READ_RECORD;
            if (result == READ_FAILED) { /* damaged gzip data ends the input, what came before it does not count */
                buffer_clear(out);
                buffer_printf(out, "failed");
                break;
            }
            require((good ? record.number : bad.number) == ++number, "the number", text);
            require((good ? record.line : bad.line) >= line, "the line goes back", text);
            line = good ? record.line : bad.line;
            buffer_printf(out, "%d %d %s<", (int)number, (int)line, good ? "" : bad.reason);
            buffer_append(out, good ? record.raw : bad.raw);
            for (size_t i = 0; good && i < record.count; i++) {
                buffer_printf(out, ">%d<", (int)record.fields[i].kind);
                buffer_append(out, record.fields[i].text);
            }
        }
        reader_free(reader);
    }
    source_free(source);
    close(fd);
}

static void compare_arrivals(struct slice text, size_t read_size, bool flatten)
{
    struct buffer whole;
    struct buffer parts;

    buffer_init(&whole);
    buffer_init(&parts);
    transcribe(text, SOURCE_BLOCK, flatten, &whole);
    transcribe(text, read_size, flatten, &parts);
    require(slice_equal(buffer_slice(&whole), buffer_slice(&parts)), "depends on how the bytes arrive", text);
    buffer_fini(&whole);
    buffer_fini(&parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};

    if (size > 0 && data[0] >= '0' && data[0] <= '9') {
        text = (struct slice){text.ptr + 1, size - 1};
        compare_arrivals(text, (size_t)(data[0] - '0') + 1, false);
        return 0;
    }
    if (size > 0 && data[0] >= 'A' && data[0] <= 'J') {
        text = (struct slice){text.ptr + 1, size - 1};
        compare_arrivals(text, (size_t)(data[0] - 'A') + 1, true);
        return 0;
    }
    if (memchr(text.ptr, '\n', size) || memchr(text.ptr, '\r', size))
        return 0;
    /* the reader drops a byte order mark, jansson refuses it */
    if (size >= 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0)
        return 0;
    compare_line(text);
    compare_flat(text);
    return 0;
}
