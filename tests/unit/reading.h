/* Reading: what a CSV text is read as, written down so that a test can say what it expects.
 *
 * "a|b" for the names, then for each record "LINE.NUMBER f|f", for each bad one "LINE.NUMBER! REASON <RAW>", each with
 * a line end. The text is read from memory and from a pipe, 1, 2, 3, ... bytes a read: all must be the same. */
#ifndef CRM_TESTS_READING_H
#define CRM_TESTS_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "stream/reader.h"

/* What the reader counted. */
struct counts {
    uint64_t unwrapped, surplus_empty, blank_records, repeated_headers, footers, footer_line, filled_short, literal;
};

static struct source *reading_source(struct slice text, size_t read_size)
{
    struct source *source;
    struct error err;
    int ends[2];

    if (read_size == 0) {
        assert_int_equal(source_memory(&source, text, "s.csv", &err), 0);
        return source;
    }
    assert_true(text.len < 60000);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], text.ptr, text.len), (ssize_t)text.len);
    close(ends[1]);
    assert_int_equal(source_open(&source, "-", &err), 0);
    source->fd = ends[0];
    source->own_fd = true;
    source->seekable = false;
    source->read_size = read_size;
    source->name = "s.csv";
    return source;
}

static void reading_record(struct buffer *out, const struct record *record)
{
    buffer_printf(out, "%llu.%llu ", (unsigned long long)record->line, (unsigned long long)record->number);
    for (size_t i = 0; i < record->count; i++) {
        if (i)
            buffer_append_char(out, '|');
        buffer_append(out, record->fields[i].text);
    }
    buffer_append_char(out, '\n');
}

static struct counts reading_of(struct slice text, const struct reader_options *options, size_t read_size,
                                struct buffer *out)
{
    struct source *source = reading_source(text, read_size);
    struct counts counts = {0};
    struct reader *reader;
    struct record record;
    struct bad_record bad;
    struct error err;
    enum read_result result;

    if (reader_open(&reader, source, options, &err)) {
        assert_int_equal(buffer_printf(out, "%s\n", err.text), 0);
        source_free(source);
        return counts;
    }
    for (size_t i = 0; i < reader->name_count; i++)
        buffer_printf(out, "%s%.*s", i ? "|" : "", SLICE_ARG(reader->names[i]));
    buffer_append_char(out, '\n');
    while ((result = reader_next(reader, &record, &bad, &err)) != READ_END) {
        assert_int_not_equal(result, READ_FAILED);
        if (result == READ_RECORD)
            reading_record(out, &record);
        else
            buffer_printf(out, "%llu.%llu! %s <%.*s>\n", (unsigned long long)bad.line, (unsigned long long)bad.number,
                          bad.reason, SLICE_ARG(bad.raw));
    }
    counts = (struct counts){reader->unwrapped, reader->surplus_empty, reader->blank_records, reader->repeated_headers,
                             reader->footers,   reader->footer_line,   reader->filled_short,  reader->literal_quotes};
    reader_free(reader);
    source_free(source);
    return counts;
}

static struct counts assert_reading(const char *text, const struct reader_options *options, const char *expected)
{
    struct buffer out = {0};
    struct slice input = slice_from_cstr(text);
    struct counts counts = {0};

    for (size_t read_size = 0; read_size <= input.len && read_size < 80; read_size++) {
        buffer_clear(&out);
        counts = reading_of(input, options, read_size, &out);
        if (!slice_equal_cstr(buffer_slice(&out), expected))
            fail_msg("%zu bytes a read: <<%s>> is read as\n%.*sinstead of\n%s", read_size, text,
                     SLICE_ARG(buffer_slice(&out)), expected);
    }
    buffer_fini(&out);
    return counts;
}

#endif
