/* How CSV may be written otherwise than RFC 4180 has it: other quotes and escapes, blanks around delimiters, tables
 * that do not begin with their header, rows with a place in front. */
#include "reading.h"

#include <stdlib.h>

#include "stream/conversion.h"

static void another_quote(void **state)
{
    const struct reader_options options = {.quote = '\''};
    (void)state;
    assert_reading("a,b\n'x, y',\"z\"\n'it''s',''\n'two\nlines',5'\n", &options,
                   "a|b\n2.1 x, y|\"z\"\n3.2 it's|\n"
                   "4.3! a quote inside a field that does not begin with one <'two>\n"
                   "5.4! a quote inside a field that does not begin with one <lines',5'>\n");
}

static void no_quotes(void **state)
{
    const struct reader_options options = {.quote = QUOTE_NONE};
    (void)state;
    assert_reading("a,b\n\"x,y\"\n'5\",\"\n", &options, "a|b\n2.1 \"x|y\"\n3.2 '5\"|\"\n");
}

static void backslash(void **state)
{
    const struct reader_options options = {.escape = ESCAPE_BACKSLASH};
    (void)state;
    assert_reading("a,b\n\"say \\\"hi\\\"\",\"\\\\\"\n", &options, "a|b\n2.1 say \"hi\"|\\\n");
    assert_reading("a,b\n\"C:\\new\\\n\\x\",\"d\"\"d\"\nx\\y,\\\n", &options,
                   "a|b\n2.1 C:\\new\\\n\\x|d\"d\n4.2 x\\y|\\\n");
    assert_reading("a,b\n\"\",\"\"\r\n\"\\\"\",\"", &options,
                   "a|b\n2.1 |\n3.2! a quote that is never closed <\"\\\"\",\">\n");
    assert_reading("a,b\n\"x\"y,1\n2,3\n", &options,
                   "a|b\n2.1! text between a closing quote and the next delimiter <\"x\"y,1>\n3.2 2|3\n");
    assert_reading("a,b\nx\"y,1\n2,\"3\"", &options,
                   "a|b\n2.1! a quote inside a field that does not begin with one <x\"y,1>\n3.2 2|3\n");
    assert_reading("a,b\n\"\\\\\\\"\",\"\\\\\"\"\"\n", &options, "a|b\n2.1 \\\"|\\\"\n");
}

static void quotes_as_they_are(void **state)
{
    const struct reader_options options = {.escape = ESCAPE_NONE};
    (void)state;
    assert_reading("a,b\n\"the \"best\" one\",\"x\"\n\"a\"\"b\",\"\"\"\n", &options,
                   "a|b\n2.1 the \"best\" one|x\n3.2 a\"\"b|\"\n");
    assert_reading("a,b\n5\" pipe,\"two\n\"l\"ines\"\n", &options, "a|b\n2.1 5\" pipe|two\n\"l\"ines\n");
    assert_reading("a,b\n\"open,1\n2,3\n", &options, "a|b\n2.1! a quote that is never closed <\"open,1>\n3.2 2|3\n");
}

static void blanks_around_delimiters(void **state)
{
    const struct reader_options options = {.trim = true};
    const struct reader_options literal = {.trim = true, .literal_quotes = true};
    const struct reader_options backslashed = {.trim = true, .escape = ESCAPE_BACKSLASH};
    const struct reader_options tabs = {.trim = true, .delimiter = '\t'};
    (void)state;
    assert_reading("a, b ,c\n1,  2,3\n x , y,z \n,  ,\n", &options, "a|b|c\n2.1 1|2|3\n3.2 x|y|z\n4.3 ||\n");
    assert_reading("a, b\n1, \"x, y\"\n \"p\" , \"q \"\n", &options, "a|b\n2.1 1|x, y\n3.2 p|q \n");
    assert_reading("a, b\n1, \"x, y\"\n5\" pipe, 2\n", &literal, "a|b\n2.1 1|x, y\n3.2 5\" pipe|2\n");
    assert_reading("a, b\n1, \"x\\\", y\"\n \"p\" ,  q  \n", &backslashed, "a|b\n2.1 1|x\", y\n3.2 p|q\n");
    assert_reading("a\t b\n1\t\t\n1\t 2\n", &tabs, "a|b\n2.1! 3 fields, but the header has 2 <1\t\t>\n3.2 1|2\n");
}

static void lines_before_the_header(void **state)
{
    struct reader_options options = {.skip_lines = 2};
    (void)state;
    assert_reading("Report\nfor \"all\na,b\n1,2\n", &options, "a|b\n4.1 1|2\n");
    assert_reading("\r\nx\r\na,b\r\n1,2\r\n", &options, "a|b\n4.1 1|2\n");
    assert_reading("x\r\ry\ra,b\r1,2", &(struct reader_options){.skip_lines = 3}, "a|b\n5.1 1|2\n");
    assert_reading("x\ny\n\n\na,b\n1,2\n", &options, "a|b\n6.1 1|2\n");
    assert_reading("x\ny\n", &options, "\n");
    assert_reading("x", &options, "\n");
    assert_reading("\xef\xbb\xbfsep=;\na;b\n1;2\n", &(struct reader_options){.skip_lines = 1, .delimiter = ';'},
                   "a|b\n3.1 1|2\n");
}

static void tables_without_header(void **state)
{
    const struct reader_options options = {.no_header = true};
    (void)state;
    assert_reading("1,x\n2,\"y\n\"\n3\n", &options,
                   "column_1|column_2\n1.1 1|x\n2.2 2|y\n\n4.3! 1 field, but the header has 2 <3>\n");
    assert_reading("\n\"1\",x", &options, "column_1|column_2\n2.1 1|x\n");
    assert_reading("", &options, "\n");
    assert_reading("t\n1,2\n1,2\n", &(struct reader_options){.no_header = true, .skip_lines = 1, .lenient_rows = true},
                   "column_1|column_2\n2.1 1|2\n3.2 1|2\n");
}

static void headers_of_several_rows(void **state)
{
    const struct reader_options two = {.header_rows = 2};
    const struct reader_options three = {.header_rows = 3, .lenient_header = true};
    (void)state;
    assert_reading("Who,,\"Wh\nat\"\nname,mail,id\n1,2,3\n", &two, "Who name|Who mail|Wh\nat id\n4.1 1|2|3\n");
    assert_reading(",A\nx,,z\nx,,z\n\n1,2,3\n", &three, "x x|A x|z z\n5.1 1|2|3\n");
    assert_reading("A,B\nx,x\n1,2\n", &two, "A x|B x\n3.1 1|2\n");
    assert_reading("A,B\n", &two, "\n");
}

static void names_that_are_none(void **state)
{
    const struct reader_options options = {.drop_names = 2, .lenient_rows = true};
    struct counts counts;
    (void)state;
    counts = assert_reading("a,b,,\n1,2,,\n1,2\n1,2,,x\n1,2,,,\n", &options,
                            "a|b\n2.1 1|2\n3.2 1|2\n4.3! 4 fields, but the header has 2 <1,2,,x>\n5.4 1|2\n");
    assert_int_equal(counts.surplus_empty, 1);                        /* one more than the header has */
    assert_reading("a,b,c\n1,2,3\n", &options, "a|b|c\n2.1 1|2|3\n"); /* a name that is one stays */
    assert_reading(",,\n1\n", &(struct reader_options){.drop_names = 9, .lenient_header = true}, "column_1\n2.1 1\n");
}

static void short_rows_filled(void **state)
{
    const struct reader_options options = {.fill_short = true};
    struct counts counts;
    (void)state;
    counts = assert_reading("a,b,c\n1\n1,\"2\"\n1,2,3,\n", &options,
                            "a|b|c\n2.1 1||\n3.2 1|2|\n4.3! 4 fields, but the header has 3 <1,2,3,>\n");
    assert_int_equal(counts.filled_short, 2);
}

static void rows_with_a_place(void **state)
{
    const struct reader_options options = {.placed = true};
    const struct reader_options all = {.placed = true, .lenient_rows = true, .drop_names = 1, .fill_short = true};
    struct counts counts;
    (void)state;
    assert_reading(
        "3,a,b\n5,x,\"y,\n\"\n!7,\"no, such cell\",\"<c r=\"\"\"\">\"\n9,z\n12,p,q\n", &options,
        "a|b\n5.1 x|y,\n\n7.2! no, such cell <<c r=\"\">>\n9.3! 1 field, but the header has 2 <z>\n12.4 p|q\n");
    assert_reading("!4,cut off,\n5,a\n", &options, "s.csv:4: the header: cut off\n");
    counts = assert_reading("2,a,b,c,\n3,,,\n4,1,2,3\n5,a,b,c,\n6,1,2,3,,,\n7,1\n!8,bad,raw\n9,Total,,7\n10,,\n", &all,
                            "a|b|c\n4.1 1|2|3\n5.2 a|b|c\n6.3 1|2|3\n7.4 1||\n8.5! bad <raw>\n");
    assert_int_equal(counts.blank_records, 2);
    assert_int_equal(counts.footers, 1);
    assert_int_equal(counts.footer_line, 9);
    assert_int_equal(counts.filled_short, 1);
    assert_reading("1,1,2\n2,3,4\n", &(struct reader_options){.placed = true, .no_header = true},
                   "column_1|column_2\n1.1 1|2\n2.2 3|4\n");
}

/* What conversion.c writes is what the reader reads. */
static void conversions_are_read_back(void **state)
{
    const struct reader_options options = {.placed = true};
    struct conversion conversion;
    struct source *source;
    struct reader *reader;
    struct record record;
    struct bad_record bad;
    struct error err;
    int ends[2];
    (void)state;

    assert_int_equal(pipe(ends), 0);
    conversion_init(&conversion, ends[1]);
    assert_int_equal(conversion_begin_row(&conversion, 2, &err) || conversion_cell(&conversion, SLICE("a"), &err) ||
                         conversion_cell(&conversion, SLICE("b \"c\""), &err) || conversion_end_row(&conversion, &err),
                     0);
    assert_int_equal(conversion_bad(&conversion, 3, "a \"bad\" row", SLICE("raw,\n\"text\""), &err), 0);
    assert_int_equal(conversion_begin_row(&conversion, 18446744073709551615ULL, &err) ||
                         conversion_cell(&conversion, SLICE("x\ny"), &err) ||
                         conversion_cell(&conversion, SLICE(""), &err) || conversion_end_row(&conversion, &err),
                     0);
    assert_int_equal(conversion_finish(&conversion, &err), 0);
    conversion_fini(&conversion);
    close(ends[1]);
    assert_int_equal(source_open(&source, "-", &err), 0);
    source->fd = ends[0];
    source->own_fd = true;
    source->seekable = false;
    assert_int_equal(reader_open(&reader, source, &options, &err), 0);
    assert_int_equal(reader->name_count, 2);
    assert_true(slice_equal_cstr(reader->names[1], "b \"c\""));
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_BAD);
    assert_int_equal(bad.line, 3);
    assert_string_equal(bad.reason, "a \"bad\" row");
    assert_true(slice_equal_cstr(bad.raw, "raw,\n\"text\""));
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
    assert_true(record.line == 18446744073709551615ULL);
    assert_true(slice_equal_cstr(record.fields[0].text, "x\ny"));
    assert_int_equal(record.fields[1].text.len, 0);
    assert_true(slice_equal_cstr(record.raw, "\"x\ny\","));
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
    reader_free(reader);
    source_free(source);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

/* A cell as a writer with backslashes writes it, in quotes. */
static void write_backslashed(struct buffer *text, struct slice cell)
{
    buffer_append_char(text, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"' || cell.ptr[i] == '\\')
            buffer_append_char(text, '\\');
        buffer_append_char(text, cell.ptr[i]);
    }
    buffer_append_char(text, '"');
}

/* Random cells written with backslashes, in quotes where there is need, are read back. */
static void backslashes_round_trip(void **state)
{
    static const char alphabet[] = "ab,\"\\\n\r x";
    const struct reader_options options = {.escape = ESCAPE_BACKSLASH};
    uint64_t seed = 5;
    (void)state;

    for (int round = 0; round < 3000; round++) {
        struct buffer text = {0};
        char cells[30][8];
        size_t lengths[30];
        struct source *source;
        struct reader *reader;
        struct record record;
        struct bad_record bad;
        struct error err;
        assert_int_equal(buffer_append(&text, SLICE("a,b,c\n")), 0);
        for (size_t i = 0; i < 30; i++) {
            bool quoted = next_random(&seed) % 2;
            lengths[i] = next_random(&seed) % sizeof *cells;
            for (size_t j = 0; j < lengths[i]; j++) {
                cells[i][j] = alphabet[next_random(&seed) % (sizeof alphabet - 1)];
                quoted = quoted || strchr(",\"\n\r", cells[i][j]);
            }
            if (quoted)
                write_backslashed(&text, (struct slice){cells[i], lengths[i]});
            else
                buffer_append(&text, (struct slice){cells[i], lengths[i]});
            buffer_append_char(&text, i % 3 < 2 ? ',' : '\n');
        }
        source = reading_source(buffer_slice(&text), (size_t)(round % 5));
        assert_int_equal(reader_open(&reader, source, &options, &err), 0);
        for (size_t i = 0; i < 30; i += 3) {
            assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
            for (size_t j = 0; j < 3; j++)
                assert_true(slice_equal(record.fields[j].text, (struct slice){cells[i + j], lengths[i + j]}));
        }
        assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
        reader_free(reader);
        source_free(source);
        buffer_fini(&text);
    }
}

/* A million columns, each found by its name. */
static void many_names_are_found(void **state)
{
    enum { COLUMNS = 1000000 };
    const struct reader_options options = {.lenient_header = true};
    struct buffer text = {0};
    struct source *source;
    struct reader *reader;
    struct error err;
    size_t column;
    char name[32];
    (void)state;

    for (int i = 0; i < COLUMNS; i++)
        assert_int_equal(buffer_printf(&text, "%sn%d", i ? "," : "", i), 0);
    assert_int_equal(buffer_append_char(&text, '\n'), 0);
    assert_int_equal(source_memory(&source, buffer_slice(&text), "s.csv", &err), 0);
    assert_int_equal(reader_open(&reader, source, &options, &err), 0);
    assert_int_equal(reader->name_count, COLUMNS);
    for (int i = 0; i < COLUMNS; i++) {
        int length = snprintf(name, sizeof name, "n%d", i);
        assert_int_equal(reader_find(reader, (struct slice){name, (size_t)length}, &column, &err), 0);
        assert_int_equal(column, i);
    }
    assert_int_equal(reader_find(reader, SLICE("n"), &column, &err), 0);
    assert_true(column == COLUMN_ABSENT);
    assert_int_equal(reader_find(reader, SLICE("#1000"), &column, &err), 0);
    assert_int_equal(column, 999);
    reader_free(reader);
    source_free(source);
    buffer_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_quote),
        cmocka_unit_test(no_quotes),
        cmocka_unit_test(backslash),
        cmocka_unit_test(quotes_as_they_are),
        cmocka_unit_test(blanks_around_delimiters),
        cmocka_unit_test(lines_before_the_header),
        cmocka_unit_test(tables_without_header),
        cmocka_unit_test(headers_of_several_rows),
        cmocka_unit_test(names_that_are_none),
        cmocka_unit_test(short_rows_filled),
        cmocka_unit_test(rows_with_a_place),
        cmocka_unit_test(conversions_are_read_back),
        cmocka_unit_test(backslashes_round_trip),
        cmocka_unit_test(many_names_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
