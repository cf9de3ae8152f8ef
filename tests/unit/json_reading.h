/* For tests of the JSON reader: everything it says of an input, as text, however the bytes arrive. */
#ifndef CRM_TESTS_JSON_READING_H
#define CRM_TESTS_JSON_READING_H

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buffer.h"
#include "stream/reader.h"

static inline void append_names(struct buffer *out, const struct reader *reader)
{
    if (reader->wrapper.len)
        assert_int_equal(buffer_printf(out, "in %.*s", SLICE_ARG(reader->wrapper)), 0);
    if (reader->rows)
        assert_int_equal(buffer_append(out, SLICE("rows")), 0);
    for (size_t i = 0; i < reader->name_count; i++) {
        assert_int_equal(buffer_append_char(out, '|'), 0);
        assert_int_equal(buffer_append(out, reader->names[i]), 0);
    }
    assert_int_equal(buffer_append_char(out, '\n'), 0);
}

/* The kind's letter, and the text. */
static inline void append_value(struct buffer *out, struct field field)
{
    static const char letter[] = "-tnTF0j";

    assert_int_equal(buffer_printf(out, " %c", letter[field.kind]), 0);
    if (field.kind != FIELD_TRUE && field.kind != FIELD_FALSE)
        assert_int_equal(buffer_append(out, field.text), 0);
}

static inline void append_records(struct buffer *out, struct reader *reader)
{
    enum read_result result;

    do {
        struct record record;
        struct bad_record bad;
        struct error err;
        result = reader_next(reader, &record, &bad, &err);
        if (result == READ_FAILED) {
            buffer_printf(out, "failed: %s\n", err.text);
            return;
        }
        if (result == READ_RECORD) {
            buffer_printf(out, "%d@%d", (int)record.number, (int)record.line);
            for (size_t i = 0; i < record.count; i++)
                append_value(out, record.fields[i]);
        } else if (result == READ_BAD) {
            buffer_printf(out, "%d@%d! %s <", (int)bad.number, (int)bad.line, bad.reason);
            buffer_append(out, bad.raw);
            buffer_append_char(out, '>');
        }
        assert_int_equal(buffer_append_char(out, '\n'), 0);
    } while (result != READ_END);
    out->len--; /* the line of the end */
}

/* "in WRAPPER|NAME|NAME", then "NUMBER@LINE fields" of a record and "NUMBER@LINE! reason <raw>" of a bad one; or
 * "refused STATUS: text". columns: names or paths separated by blanks; NULL: all, and nothing may be lost. read_size 0:
 * from memory, else from a file so many bytes at a time. */
static inline void read_all(struct buffer *out, struct slice text, size_t read_size,
                            const struct reader_options *options, const char *columns)
{
    struct source *source;
    struct reader *reader;
    struct error err;
    char path[64];
    char words[600];
    int fd = memfd_create("input", 0);
    size_t selected[16];
    size_t count = 0;

    buffer_clear(out);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.ptr, text.len), (ssize_t)text.len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (read_size)
        assert_int_equal(source_open(&source, path, &err), 0);
    else
        assert_int_equal(source_memory(&source, text, path, &err), 0);
    if (read_size)
        source->read_size = read_size;
    source->name = "input";
    if (reader_open(&reader, source, options, &err)) {
        buffer_printf(out, "refused %d: %s", (int)err.status, err.text);
    } else {
        append_names(out, reader);
        snprintf(words, sizeof words, "%s", columns ? columns : "");
        char *next = words;
        for (const char *word; (word = strsep(&next, " ")) && *word;)
            assert_int_equal(reader_find(reader, slice_from_cstr(word), &selected[count++], &err), 0);
        reader->everything = columns == NULL;
        if (columns)
            assert_int_equal(reader_select(reader, selected, count, &err), 0);
        append_records(out, reader);
        reader_free(reader);
    }
    assert_int_equal(buffer_append_char(out, '\0'), 0);
    source_free(source);
    close(fd);
}

/* The same at every size of a read. */
static inline void check_reading(const struct reader_options *options, const char *text, const char *columns,
                                 const char *expected)
{
    size_t size = strlen(text);
    struct buffer out;

    buffer_init(&out);
    for (size_t read_size = 0; read_size <= size; read_size++) {
        if (read_size > 70 && read_size < size - 1)
            read_size = size - 1;
        read_all(&out, slice_from_cstr(text), read_size, options, columns);
        if (strcmp(out.data, expected) != 0)
            fail_msg("read size %zu, input:\n%s\ngives:\n%s\nnot:\n%s", read_size, text, out.data, expected);
    }
    buffer_fini(&out);
}

#endif
