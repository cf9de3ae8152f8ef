/* Conversions: what is written is CSV that the reader takes apart again, with the place of each row and the bad rows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "stream/conversion.h"
#include "stream/reader.h"

static const char *const cells[][3] = {
    {"name", "note", ""}, {"plain", "a,b", "\"quoted\""}, {"two\nlines", "cr\rhere", " blanks "},
    {"", "", ""},         {"!bang", "12", "\xff"},        {"\"", "\"\"", ","},
};
static const uint64_t places[] = {3, 4, 9, 10, 1000000, 1000001};

#define ROWS (sizeof cells / sizeof *cells)

static void put_row(struct conversion *conversion, size_t row)
{
    struct error err;

    assert_int_equal(conversion_begin_row(conversion, places[row], &err), 0);
    for (size_t c = 0; c < 3; c++)
        assert_int_equal(conversion_cell(conversion, slice_from_cstr(cells[row][c]), &err), 0);
    assert_int_equal(conversion_end_row(conversion, &err), 0);
}

static void rows_come_back(void **state)
{
    const struct reader_options options = {.format = FORMAT_CSV, .placed = true, .lenient_header = true};
    FILE *file = tmpfile();
    struct conversion conversion;
    struct source *source;
    struct reader *reader;
    struct record record;
    struct bad_record bad;
    struct error err;
    struct buffer text;
    char block[4096];

    (void)state;
    assert_non_null(file);
    conversion_init(&conversion, fileno(file));
    for (size_t row = 0; row < ROWS; row++) {
        if (row == 3)
            assert_int_equal(conversion_bad(&conversion, 7, "it is \"cut\" off", SLICE("raw, \"text\"\nhere"), &err),
                             0);
        put_row(&conversion, row);
    }
    assert_int_equal(conversion.rows, ROWS + 1);
    assert_int_equal(conversion_finish(&conversion, &err), 0);
    conversion_fini(&conversion);

    buffer_init(&text);
    ssize_t got = pread(fileno(file), block, sizeof block, 0);
    assert_true(got > 0);
    assert_int_equal(buffer_append(&text, (struct slice){block, (size_t)got}), 0);
    assert_int_equal(source_memory(&source, buffer_slice(&text), "sheet", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), 0);
    assert_int_equal(reader->name_count, 3);
    for (size_t row = 1; row < ROWS; row++) {
        if (row == 3) {
            assert_int_equal(reader_next(reader, &record, &bad, &err), READ_BAD);
            assert_int_equal(bad.line, 7);
            assert_string_equal(bad.reason, "it is \"cut\" off");
            assert_true(slice_equal(bad.raw, SLICE("raw, \"text\"\nhere")));
        }
        assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
        assert_int_equal(record.line, places[row]);
        for (size_t c = 0; c < 3; c++)
            assert_true(slice_equal_cstr(record.fields[c].text, cells[row][c]));
    }
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
    reader_free(reader);
    source_free(source);
    buffer_fini(&text);
    fclose(file);
}

/* A reader of the conversion of these rows: place 2 "name,note"; 3 with a note of so many bytes; 4 "last,row". */
static struct reader *read_rows(struct conversion *conversion, const char *note, size_t size, struct source **source)
{
    const struct reader_options options = {.format = FORMAT_CSV, .placed = true};
    const struct slice rows[3][2] = {
        {SLICE("name"), SLICE("note")}, {SLICE("long"), {note, size}}, {SLICE("last"), SLICE("row")}};
    struct reader *reader;
    struct error err;

    for (size_t row = 0; row < 3; row++)
        assert_int_equal(conversion_begin_row(conversion, row + 2, &err) ||
                             conversion_cell(conversion, rows[row][0], &err) ||
                             conversion_cell(conversion, rows[row][1], &err) || conversion_end_row(conversion, &err),
                         0);
    assert_int_equal(conversion_finish(conversion, &err), 0);
    off_t written = lseek(conversion->fd, 0, SEEK_END);
    char *text = malloc((size_t)written);
    assert_non_null(text);
    assert_int_equal(pread(conversion->fd, text, (size_t)written, 0), written);
    assert_int_equal(source_memory(source, (struct slice){text, (size_t)written}, "sheet", &err), 0);
    free(text);
    assert_int_equal(reader_open(&reader, *source, &options, &err), 0);
    return reader;
}

/* The lines of a note that is too long must not be taken for rows. */
static void a_row_with_a_field_over_1_mib_is_bad_as_a_whole(void **state)
{
    const size_t sizes[] = {FIELD_LIMIT, FIELD_LIMIT + 1, 5 * FIELD_LIMIT};
    char *note = malloc(sizes[2]);
    struct bad_record bad;
    struct record record;
    struct error err;

    (void)state;
    assert_non_null(note);
    memset(note, 'x', sizes[2]);
    for (size_t i = 100; i < sizes[2]; i += 1000)
        note[i] = i % 2000 == 100 ? '\n' : '"';
    for (size_t i = 0; i < 3; i++) {
        FILE *file = tmpfile();
        struct conversion conversion;
        struct source *source;

        assert_non_null(file);
        conversion_init(&conversion, fileno(file));
        struct reader *reader = read_rows(&conversion, note, sizes[i], &source);
        assert_int_equal(conversion.rows, 3);
        if (i == 0) {
            assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
            assert_true(slice_equal(record.fields[1].text, (struct slice){note, sizes[i]}));
        } else {
            assert_int_equal(reader_next(reader, &record, &bad, &err), READ_BAD);
            assert_string_equal(bad.reason, "field 2 is longer than 1 MiB");
            assert_int_equal(bad.line, 3);
            assert_true(bad.raw.len > 1000 && bad.raw.len <= FIELD_LIMIT);
            assert_memory_equal(bad.raw.ptr, "long,\"xxx", 9);
        }
        assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
        assert_int_equal(record.line, 4);
        assert_true(slice_equal_cstr(record.fields[1].text, "row"));
        assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
        reader_free(reader);
        source_free(source);
        conversion_fini(&conversion);
        fclose(file);
    }
    free(note);
}

static void a_full_disk_is_seen(void **state)
{
    FILE *full = fopen("/dev/full", "w");
    struct conversion conversion;
    struct error err;

    (void)state;
    if (!full)
        skip();
    conversion_init(&conversion, fileno(full));
    put_row(&conversion, 1);
    assert_int_equal(conversion_finish(&conversion, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    conversion_fini(&conversion);
    fclose(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back),
        cmocka_unit_test(a_row_with_a_field_over_1_mib_is_bad_as_a_whole),
        cmocka_unit_test(a_full_disk_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
