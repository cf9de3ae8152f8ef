/* Rows: what several threads make is what one makes, in every format, and an error leaves the rows before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "stream/rows.h"

static const struct slice names[] = {SLICE_INIT("number"), SLICE_INIT("text")};

/* Rows with what has to be quoted; from `bad` on, one that is no TSV. */
static void make_row(const void *context, size_t index, struct row *row)
{
    const size_t *bad = context;

    row_count(row, index);
    row_text(row, index >= *bad ? SLICE("a\tb") : index % 7 ? SLICE("plain") : SLICE("a, \"b\""));
}

/* What is written; *failed: there was an error, which is in *err. */
static size_t written(enum format format, size_t count, size_t threads, size_t bad, char **text, struct error *err)
{
    char path[] = "/tmp/crm-rows.XXXXXX";
    int fd = mkstemp(path);
    struct sink *sink;
    struct writer *writer;
    size_t size;

    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(sink_open(&sink, path, err), 0);
    assert_int_equal(writer_new(&writer, sink, format, 0, names, 2, err), 0);
    *err = (struct error){0};
    if (rows_write(writer, count, threads, make_row, &bad, err) == 0)
        assert_int_equal(writer_finish(writer, err), 0);
    assert_int_equal(sink_finish(sink, &(struct error){0}), 0);
    writer_free(writer);
    sink_free(sink);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    *text = malloc(1 << 20);
    size = fread(*text, 1, 1 << 20, file);
    fclose(file);
    unlink(path);
    return size;
}

static void assert_same(enum format format, size_t count, size_t threads, size_t bad)
{
    char *expected, *text;
    struct error expected_err, err;
    size_t expected_size = written(format, count, 1, bad, &expected, &expected_err);
    size_t size = written(format, count, threads, bad, &text, &err);

    assert_int_equal(size, expected_size);
    assert_memory_equal(text, expected, size);
    assert_string_equal(err.text, expected_err.text);
    free(text);
    free(expected);
}

static void all_threads_write_the_same(void **unused)
{
    static const enum format formats[] = {FORMAT_CSV, FORMAT_TSV, FORMAT_JSONL, FORMAT_JSON, FORMAT_TABLE};
    static const size_t counts[] = {0, 1, 2047, 2048, 2049, 4096, 9000};

    (void)unused;
    for (size_t f = 0; f < 5; f++)
        for (size_t c = 0; c < 7; c++)
            for (size_t threads = 1; threads < 5; threads++)
                assert_same(formats[f], counts[c], threads, SIZE_MAX);
}

static void a_row_that_cannot_be_written_ends_it(void **unused)
{
    (void)unused;
    for (size_t threads = 1; threads < 5; threads++) {
        assert_same(FORMAT_TSV, 9000, threads, 0);
        assert_same(FORMAT_TSV, 9000, threads, 2048);
        assert_same(FORMAT_TSV, 9000, threads, 5000);
        assert_same(FORMAT_TSV, 9000, threads, 8999);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_threads_write_the_same),
        cmocka_unit_test(a_row_that_cannot_be_written_ends_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
