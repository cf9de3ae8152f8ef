/* Fuzzing the JSON reader against jansson (libFuzzer).
 *
 * On one line, the reader must take exactly what jansson takes as one object, and give the same members with the same
 * values. Exempt are the differences that lib/stream/json_scan.h lists: numbers of any size, "\u0000" in a name, the
 * depth, a NUL byte. On raw bytes, with line ends, reading must end, lines and numbers must never go back, and the
 * result must not depend on how the bytes arrive.
 *
 * Built by clang with -fsanitize=fuzzer,address,undefined from this file, lib/base and the readers and source of
 * lib/stream. An input that begins with a digit is raw, its read size the digit and one; any other is one line. */
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
static struct reader *open_text(struct slice text, struct source **source)
{
    const struct reader_options options = {.format = FORMAT_JSONL};
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
    struct reader *reader = open_text(text, &source);
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
    struct reader *reader = open_text(text, &source);
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

/* Everything a reader says of a file, in one buffer. */
static void transcribe(struct slice text, size_t read_size, enum format format, struct buffer *out)
{
    const struct reader_options options = {.format = format};
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

static void compare_arrivals(struct slice text, size_t read_size)
{
    struct buffer whole;
    struct buffer parts;

    buffer_init(&whole);
    buffer_init(&parts);
    transcribe(text, SOURCE_BLOCK, FORMAT_JSON, &whole);
    transcribe(text, read_size, FORMAT_JSON, &parts);
    require(slice_equal(buffer_slice(&whole), buffer_slice(&parts)), "depends on how the bytes arrive", text);
    buffer_fini(&whole);
    buffer_fini(&parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};

    if (size > 0 && data[0] >= '0' && data[0] <= '9') {
        text = (struct slice){text.ptr + 1, size - 1};
        compare_arrivals(text, (size_t)(data[0] - '0') + 1);
        return 0;
    }
    if (memchr(text.ptr, '\n', size) || memchr(text.ptr, '\r', size))
        return 0;
    /* the reader drops a byte order mark, jansson refuses it */
    if (size >= 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0)
        return 0;
    compare_line(text);
    return 0;
}
