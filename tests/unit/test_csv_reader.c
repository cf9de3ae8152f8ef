/* The CSV reader against the model in tests/fuzz/csv_model.h, at every chunk size, and its errors, lines and limits by
 * hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <glob.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "../fuzz/csv_model.h"

/* The header of random input would be renamed where it is empty or repeated: give it a fixed one. */
static void compare_reading(const char *body, size_t size, size_t read_size, char delimiter, bool literal_quotes)
{
    struct buffer expected = {0};
    struct buffer actual = {0};
    struct source *source;
    struct error err;
    int pipe_ends[2] = {-1, -1};

    model_csv((struct slice){body, size}, delimiter, literal_quotes, &expected);
    assert_int_equal(source_memory(&source, (struct slice){body, size}, "memory", &err), 0);
    if (read_size) { /* the same bytes from a pipe, so many a read */
        assert_int_equal(pipe(pipe_ends), 0);
        assert_true(size < 60000);
        assert_int_equal(write(pipe_ends[1], body, size), (ssize_t)size);
        close(pipe_ends[1]);
        source_free(source);
        assert_int_equal(source_open(&source, "-", &err), 0);
        source->fd = pipe_ends[0];
        source->own_fd = true;
        source->seekable = false;
        source->read_size = read_size;
    }
    read_csv(source, delimiter, literal_quotes, &actual);
    source_free(source);
    if (!slice_equal(buffer_slice(&expected), buffer_slice(&actual)))
        print_error("input: <<%.*s>>\nexpected:\n%.*s\nactual:\n%.*s\n", (int)size, body,
                    SLICE_ARG(buffer_slice(&expected)), SLICE_ARG(buffer_slice(&actual)));
    assert_true(slice_equal(buffer_slice(&expected), buffer_slice(&actual)));
    buffer_fini(&expected);
    buffer_fini(&actual);
}

static void compare(const char *body, size_t size, size_t read_size, char delimiter)
{
    compare_reading(body, size, read_size, delimiter, false);
    compare_reading(body, size, read_size, delimiter, true);
}

static void test_random_against_libcsv(void **state)
{
    static const char alphabet[] = "ab,,,;\"\"\n\n\r \t";
    unsigned long long seed = 42;
    (void)state;

    for (int round = 0; round < 60000; round++) {
        char text[200] = "x,y\n";
        size_t size = 4;
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        size_t length = (seed >> 33) % (round % 10 == 0 ? 150 : 30);
        for (size_t i = 0; i < length; i++) {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            text[size++] = alphabet[(seed >> 33) % (sizeof alphabet - 1)];
        }
        compare(text, size, 0, ',');
        if (round % 20 == 0)
            for (size_t read_size = 1; read_size < 9; read_size++)
                compare(text, size, read_size, ',');
    }
}

/* Rows of quoted fields, most of them well formed: what is taken apart without libcsv, and what only looks like it. */
static void test_quoted_lines(void **state)
{
    static const char *const fields[] = {"",      "a",        "\"\"",  "\"b c\"",   "\"d,e\"",      "\"f\"\"g\"",
                                         "\" \"", "\"\"\"\"", "\",\"", "\"\"\",\"", "\"h\"\"i,j\"", "\xff"};
    static const char *const faults[] = {"\"two\nlines\"", "k\"l",   "\"m\"n", " \"o\"",
                                         "\"p\" ",         "\"\"\"", "\"open", "\r"};
    static const char *const ends[] = {"\n", "\r\n", "\r", "\n\n"};
    const size_t field_count = sizeof fields / sizeof *fields;
    unsigned long long seed = 11;
    struct buffer text = {0};
    (void)state;

    for (int round = 0; round < 4000; round++) {
        buffer_clear(&text);
        buffer_append(&text, SLICE("x,y\n"));
        for (int row = 0; row < 4; row++)
            for (int field = 0; field < 2; field++) {
                seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
                bool fault = (seed >> 59) == 0;
                const char *piece = fault ? faults[(seed >> 40) % (sizeof faults / sizeof *faults)]
                                          : fields[(seed >> 40) % field_count];
                buffer_append(&text, slice_from_cstr(piece));
                if (field == 0)
                    buffer_append_char(&text, ',');
                else if (row < 3 || round % 3)
                    buffer_append(&text, slice_from_cstr(ends[(seed >> 50) % 4]));
            }
        compare(text.data, text.len, 0, ',');
        if (round % 40 == 0)
            for (size_t read_size = 1; read_size < 9; read_size++)
                compare(text.data, text.len, read_size, ',');
    }
    buffer_fini(&text);
}

/* Past the size of a scanned chunk and of a block: records lie across every boundary. */
static void test_random_large(void **state)
{
    static const char *const pieces[] = {"plain",        ",",   ",",        "\n",        "\r\n",
                                         "\"q,\"\"\n\"", "x\"", "\n\"open", "0123456789"};
    unsigned long long seed = 7;
    struct buffer text = {0};
    (void)state;

    for (int round = 0; round < 4; round++) {
        buffer_clear(&text);
        buffer_append(&text, SLICE("x,y\n"));
        while (text.len < 700000) {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            size_t kinds = round < 2 ? 6 : 7; /* the last ones make long runs of quoted text */
            size_t kind = (seed >> 33) % 64 == 0 ? 5 + (seed >> 40) % (kinds - 4) : (seed >> 33) % 5;
            buffer_append(&text, slice_from_cstr(pieces[kind]));
        }
        compare(text.data, text.len, 0, ',');
    }
    buffer_fini(&text);
}

/* The same with lines of quoted fields alone. */
static void test_quoted_lines_large(void **state)
{
    struct buffer text = {0};
    (void)state;

    buffer_append(&text, SLICE("x,y\n"));
    for (unsigned row = 0; text.len < 300000; row++)
        buffer_printf(&text, "\"%.*s\",\"row %u%s\"%s", (int)(row % 23), "a,b,c,d,e,f,g,h,i,j,k,l", row,
                      row % 5 ? "" : ", \"\"so\"\"", row % 7 ? "\n" : "\r\n");
    compare(text.data, text.len, 0, ',');
    buffer_fini(&text);
}

static const char sample[] =
    "\xef\xbb\xbf\"id\",name,note\r\n1,Ann,plain\r\n2,\"Bob, Jr.\",\"said \"\"hi\"\"\"\r\n\r\n"
    "3,\"two\nlines\",x\r\n4,short\r\n5,unclosed,\"runs on\r\n6,good,after\r\n7,stray\"quote,y\n8,last,one";

static void test_every_chunk_size(void **state)
{
    (void)state;
    for (size_t read_size = 0; read_size <= sizeof sample; read_size++)
        compare(sample, sizeof sample - 1, read_size, ',');
}

static void test_lines_and_reasons(void **state)
{
    struct source *source;
    struct reader *reader;
    struct reader_options options = {.format = FORMAT_AUTO};
    struct record record;
    struct bad_record bad;
    struct error err;
    size_t columns[] = {2, COLUMN_ABSENT, 0};
    (void)state;

    assert_int_equal(source_memory(&source, (struct slice){sample, sizeof sample - 1}, "s.csv", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), 0);
    assert_int_equal(reader->name_count, 3);
    assert_true(slice_equal_cstr(reader->names[0], "id"));
    assert_int_equal(reader_select(reader, columns, 3, &err), 0);
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
    assert_int_equal(record.line, 2);
    assert_int_equal(record.count, 3);
    assert_true(slice_equal_cstr(record.fields[0].text, "plain"));
    assert_int_equal(record.fields[1].kind, FIELD_ABSENT);
    assert_true(slice_equal_cstr(record.fields[2].text, "1"));
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
    assert_true(slice_equal_cstr(record.fields[0].text, "said \"hi\""));
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
    assert_int_equal(record.line, 5); /* after a blank line */
    assert_true(slice_equal_cstr(record.raw, "3,\"two\nlines\",x"));
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_BAD);
    assert_int_equal(bad.line, 7);
    assert_int_equal(bad.number, 4);
    assert_string_equal(bad.reason, "2 fields, but the header has 3");
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_BAD);
    assert_int_equal(bad.line, 8);
    assert_non_null(strstr(bad.reason, "2 lines further down text follows its closing quote"));
    assert_true(slice_equal_cstr(bad.raw, "5,unclosed,\"runs on"));
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
    assert_int_equal(record.line, 9);
    assert_true(slice_equal_cstr(record.fields[0].text, "after"));
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_BAD);
    assert_string_equal(bad.reason, "a quote inside a field that does not begin with one");
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
    assert_int_equal(record.line, 11);
    assert_int_equal(record.number, 8);
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
    reader_free(reader);
    source_free(source);
}

static void open_fails(const char *text, const char *message)
{
    struct source *source;
    struct reader *reader;
    struct reader_options options = {.format = FORMAT_AUTO};
    struct error err;

    assert_int_equal(source_memory(&source, slice_from_cstr(text), "s.csv", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), -1);
    assert_string_equal(err.text, message);
    assert_int_equal(err.status, STATUS_DATA);
    source_free(source);
}

/* UTF-16 without a mark. */
static void assert_header_refused(struct slice text)
{
    struct source *source;
    struct reader *reader;
    struct reader_options options = {.format = FORMAT_AUTO};
    struct error err;

    assert_int_equal(source_memory(&source, text, "s.csv", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), -1);
    assert_non_null(strstr(err.text, "s.csv:1: the header holds NUL bytes"));
    source_free(source);
}

static void test_headers(void **state)
{
    (void)state;
    open_fails("a,,c\n", "s.csv:1: column 2 has no name in the header; crm-import gives it one");
    open_fails("\na,b,a\n1,2,3\n",
               "s.csv:2: the header has the name 'a' twice, columns 1 and 3; crm-import tells them apart");
    open_fails("a,\"b\n", "s.csv:1: the header: a quote that is never closed");
    assert_header_refused(SLICE("a\0,b\0\n"));
}

static void test_lenient_header(void **state)
{
    static const char *const expected[] = {"a", "column_2", "a_2", "a_3", "column_5", "b"};
    struct source *source;
    struct reader *reader;
    struct reader_options options = {.lenient_header = true};
    struct error err;
    size_t column;
    (void)state;

    assert_int_equal(source_memory(&source, SLICE("a,,a,a,,b\n"), "s.csv", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), 0);
    assert_int_equal(reader->name_count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_true(slice_equal_cstr(reader->names[i], expected[i]));
    assert_int_equal(reader_find(reader, SLICE("#6"), &column, &err), 0);
    assert_int_equal(column, 5);
    assert_int_equal(reader_find(reader, SLICE("#7"), &column, &err), 0);
    assert_true(column == COLUMN_ABSENT);
    assert_int_equal(reader_find(reader, SLICE("b"), &column, &err), 0);
    assert_int_equal(column, 5);
    assert_int_equal(reader_find(reader, SLICE("#0"), &column, &err), 0);
    assert_true(column == COLUMN_ABSENT);
    reader_free(reader);
    source_free(source);
}

/* A header of many columns that are all called the same, and a name that is a made one already. */
static void test_lenient_header_of_many(void **state)
{
    enum { COLUMNS = 50000 };
    struct reader_options options = {.lenient_header = true};
    struct buffer text;
    struct source *source;
    struct reader *reader;
    struct error err;
    char last[16];
    (void)state;

    buffer_init(&text);
    buffer_printf(&text, "a_3,column_3,");
    for (int i = 3; i <= COLUMNS; i++)
        buffer_printf(&text, ",a");
    buffer_append_char(&text, '\n');
    assert_int_equal(source_memory(&source, buffer_slice(&text), "s.csv", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), 0);
    assert_int_equal(reader->name_count, COLUMNS + 1);
    assert_true(slice_equal_cstr(reader->names[2], "column_3_2"));
    assert_true(slice_equal_cstr(reader->names[3], "a"));
    assert_true(slice_equal_cstr(reader->names[4], "a_2"));
    assert_true(slice_equal_cstr(reader->names[5], "a_4"));
    snprintf(last, sizeof last, "a_%d", COLUMNS - 1);
    assert_true(slice_equal_cstr(reader->names[COLUMNS], last));
    reader_free(reader);
    source_free(source);
    buffer_fini(&text);
}

/* Reads text whole; counts records and bad ones, keeps the last reason and the line of the last record. */
struct tally {
    size_t good, bad;
    char reason[256];
    unsigned long long last_line;
    size_t last_length;
};

static struct tally read_all(struct slice text, enum format format)
{
    struct source *source;
    struct reader *reader;
    struct reader_options options = {.format = format};
    struct record record;
    struct bad_record bad;
    struct error err;
    struct tally tally = {0};
    enum read_result result;

    assert_int_equal(source_memory(&source, text, "s", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), 0);
    while ((result = reader_next(reader, &record, &bad, &err)) != READ_END) {
        assert_int_not_equal(result, READ_FAILED);
        if (result == READ_BAD) {
            tally.bad++;
            memcpy(tally.reason, bad.reason, sizeof tally.reason);
        } else {
            tally.good++;
            tally.last_line = record.line;
            tally.last_length = record.count > 1 ? record.fields[1].text.len : 0;
        }
    }
    reader_free(reader);
    source_free(source);
    return tally;
}

static struct slice with_field(char *text, size_t length, const char *before, const char *after)
{
    size_t used = strlen(strcpy(text, before));

    memset(text + used, 'x', length);
    strcpy(text + used + length, after);
    return slice_from_cstr(text);
}

static void test_limits(void **state)
{
    char *text = malloc(RECORD_LIMIT * 2 + 100);
    struct tally t;
    (void)state;

    t = read_all(with_field(text, FIELD_LIMIT, "a,b\n1,", "\n2,y\n"), FORMAT_CSV);
    assert_int_equal(t.good, 2);
    t = read_all(with_field(text, FIELD_LIMIT + 1, "a,b\n1,", "\n2,y\n"), FORMAT_CSV);
    assert_int_equal(t.good, 1);
    assert_string_equal(t.reason, "field 2 is longer than 1 MiB");
    assert_int_equal(t.last_line, 3);
    t = read_all(with_field(text, FIELD_LIMIT, "a,b\n1,\"", "\"\n2,y\n"), FORMAT_CSV);
    assert_int_equal(t.good, 2);
    t = read_all(with_field(text, FIELD_LIMIT + 1, "a,b\n1,\"", "\"\n2,y\n"), FORMAT_CSV);
    assert_int_equal(t.good, 1);
    assert_string_equal(t.reason, "field 2 is longer than 1 MiB");
    t = read_all(with_field(text, FIELD_LIMIT + 1, "a,b\n1,\"\n", "\n2,y\n"), FORMAT_CSV); /* never closed */
    assert_int_equal(t.good, 1);
    assert_int_equal(t.bad, 2); /* the line with the quote, and the next, which is one long field */
    assert_string_equal(t.reason, "field 1 is longer than 1 MiB");
    assert_int_equal(t.last_line, 4);
    t = read_all(with_field(text, RECORD_LIMIT + 1, "a,b\n1,", "\n2,y\n"), FORMAT_CSV);
    assert_int_equal(t.good, 1);
    assert_int_equal(t.bad, 1);
    assert_string_equal(t.reason, "a record longer than 16 MiB (its first 1 MiB is kept)");
    assert_int_equal(t.last_line, 3);
    t = read_all(with_field(text, RECORD_LIMIT + 1, "a,b\n1,\"", "\n2,y\n"), FORMAT_CSV);
    assert_int_equal(t.good, 1);
    assert_int_equal(t.bad, 1);
    assert_int_equal(t.last_line, 3);
    t = read_all(with_field(text, RECORD_LIMIT * 2, "a,b\n1,", ""), FORMAT_CSV);
    assert_int_equal(t.good, 0);
    assert_int_equal(t.bad, 1);
    free(text);
}

static void test_unclosed_costs_its_line(void **state)
{
    struct buffer text = {0};
    struct tally t;
    (void)state;

    buffer_append(&text, SLICE("a,b\n1,\"never closed\n"));
    for (int i = 0; i < 20000; i++)
        buffer_append(&text, SLICE("2,y\n"));
    t = read_all(buffer_slice(&text), FORMAT_CSV);
    assert_int_equal(t.good, 20000);
    assert_int_equal(t.bad, 1);
    assert_string_equal(t.reason, "a quote that is never closed");
    assert_int_equal(t.last_line, 20002);
    buffer_clear(&text);
    buffer_append(&text, SLICE("a,b\n1,\"never closed\n"));
    for (int i = 0; i < 600000; i++) /* past the limit of a field */
        buffer_append(&text, SLICE("2,y\n"));
    t = read_all(buffer_slice(&text), FORMAT_CSV);
    assert_int_equal(t.good, 600000);
    assert_int_equal(t.bad, 1);
    assert_string_equal(t.reason, "a field longer than 1 MiB (is a closing quote missing?)");
    buffer_fini(&text);
}

static void test_tsv_has_no_quotes(void **state)
{
    struct source *source;
    struct reader *reader;
    struct reader_options options = {.format = FORMAT_TSV};
    struct record record;
    struct bad_record bad;
    struct error err;
    (void)state;

    assert_int_equal(source_memory(&source, SLICE("a\tb\n5\" disk\tC:\\temp,x\n"), "s.tsv", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), 0);
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
    assert_true(slice_equal_cstr(record.fields[0].text, "5\" disk"));
    assert_true(slice_equal_cstr(record.fields[1].text, "C:\\temp,x"));
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
    reader_free(reader);
    source_free(source);
}

static void test_empty_inputs(void **state)
{
    static const char *const empty[] = {"", "\n", "\r\n\r\n", "\xef\xbb\xbf", "\xef\xbb\xbf\n"};
    (void)state;

    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        struct tally t = read_all(slice_from_cstr(empty[i]), FORMAT_AUTO);
        assert_int_equal(t.good + t.bad, 0);
    }
    assert_int_equal(read_all(SLICE("a,b"), FORMAT_AUTO).good, 0);
    assert_int_equal(read_all(SLICE("a,b\n1,2"), FORMAT_AUTO).good, 1);
    assert_int_equal(read_all(SLICE("a\r1\r2"), FORMAT_AUTO).good, 2);
}

/* The inputs of libcsv's own tests and csv-spectrum: the model and the reader agree byte for byte. */
static void test_files_of_others(void **state)
{
    static const char *const patterns[] = {"../shared/data/csv/libcsv/*.csv",
                                           "../shared/data/csv/csv-spectrum/csvs/*.csv",
                                           "../shared/data/csv/tsv-utils/*.csv", "../shared/data/csv/rust-csv/*.csv"};
    size_t seen = 0;
    (void)state;

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        glob_t found;
        if (glob(patterns[i], 0, NULL, &found))
            continue;
        for (size_t j = 0; j < found.gl_pathc; j++) {
            struct buffer text = {0};
            char block[4096];
            size_t got;
            FILE *file = fopen(found.gl_pathv[j], "rb");
            assert_non_null(file);
            while ((got = fread(block, 1, sizeof block, file)) > 0)
                buffer_append(&text, (struct slice){block, got});
            fclose(file);
            struct buffer with_header = {0}; /* their first lines are no headers */
            buffer_append(&with_header, SLICE("h\n"));
            buffer_append(&with_header, buffer_slice(&text));
            for (size_t read_size = 0; read_size < (text.len < 1000 ? 12 : 1); read_size++)
                compare(with_header.data, with_header.len, read_size, ',');
            seen++;
            buffer_fini(&text);
            buffer_fini(&with_header);
        }
        globfree(&found);
    }
    if (!seen) {
        print_message("skipped: ../shared/data is absent\n");
        skip();
    }
}

/* The lines behind an unclosed quote, up to what a field may have, are looked at once, not once for each of them. */
static void test_unclosed_quote_takes_linear_time(void **state)
{
    struct buffer text = {0};
    struct source *source;
    struct reader *reader;
    struct reader_options options = {.format = FORMAT_CSV};
    struct record record;
    struct bad_record bad;
    struct error err;
    const clock_t begin = clock();
    (void)state;

    assert_int_equal(buffer_append(&text, SLICE("a,b\n1,\"open\n")), 0);
    for (int i = 0; i < 400000; i++)
        assert_int_equal(buffer_append(&text, SLICE("1,2\n")), 0);
    assert_int_equal(source_memory(&source, buffer_slice(&text), "s.csv", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), 0);
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_BAD);
    assert_int_equal(bad.line, 2);
    assert_true(slice_equal_cstr(bad.raw, "1,\"open"));
    for (int i = 0; i < 400000; i++)
        assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
    assert_int_equal(record.line, 400002);
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 5); /* a quarter of a minute when each line looks at all */
    reader_free(reader);
    source_free(source);
    buffer_fini(&text);
}

/* Records of nearly 16 MiB, however little a read gives; and what is said of one that is longer does not depend on it.
 */
static void test_small_reads_take_linear_time(void **state)
{
    static const char *const pieces[] = {"\"x\",", "\"x\n\",", "x,"};
    struct reader_options options = {.format = FORMAT_CSV};
    const clock_t begin = clock();
    (void)state;

    for (size_t p = 0; p < 3; p++)
        for (size_t size = RECORD_LIMIT - 1000; size < RECORD_LIMIT + 100000; size += 90000) {
            struct buffer text = {0};
            struct source *source;
            struct reader *reader;
            struct record record;
            struct bad_record bad;
            struct error err;
            char path[64];
            int fd = memfd_create("input", 0);
            assert_true(fd >= 0);
            assert_int_equal(buffer_append(&text, SLICE("a,b\n")), 0);
            while (text.len < size)
                assert_int_equal(buffer_append(&text, slice_from_cstr(pieces[p])), 0);
            assert_int_equal(buffer_append(&text, SLICE("x\n1,2\n")), 0);
            assert_int_equal(write(fd, text.data, text.len), (ssize_t)text.len);
            snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
            assert_int_equal(source_open(&source, path, &err), 0);
            source->read_size = 16384;
            assert_int_equal(reader_open(&reader, source, &options, &err), 0);
            assert_int_equal(reader_next(reader, &record, &bad, &err), READ_BAD);
            if (size < RECORD_LIMIT)
                assert_non_null(strstr(bad.reason, "but the header has 2"));
            else
                assert_string_equal(bad.reason, p == 1 ? "a record longer than 16 MiB (is a closing quote missing?)"
                                                       : "a record longer than 16 MiB (its first 1 MiB is kept)");
            enum read_result result;
            while ((result = reader_next(reader, &record, &bad, &err)) == READ_BAD)
                ;
            assert_int_equal(result, READ_RECORD);
            assert_true(slice_equal_cstr(record.raw, "1,2"));
            assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
            reader_free(reader);
            source_free(source);
            close(fd);
            buffer_fini(&text);
        }
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 20); /* minutes when each read looks at all */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_against_libcsv),
        cmocka_unit_test(test_quoted_lines),
        cmocka_unit_test(test_every_chunk_size),
        cmocka_unit_test(test_random_large),
        cmocka_unit_test(test_quoted_lines_large),
        cmocka_unit_test(test_lines_and_reasons),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_lenient_header),
        cmocka_unit_test(test_lenient_header_of_many),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_unclosed_costs_its_line),
        cmocka_unit_test(test_tsv_has_no_quotes),
        cmocka_unit_test(test_empty_inputs),
        cmocka_unit_test(test_files_of_others),
        cmocka_unit_test(test_unclosed_quote_takes_linear_time),
        cmocka_unit_test(test_small_reads_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
