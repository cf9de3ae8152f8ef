/* Rows as exports leave them, with lenient_rows: what is put right, what is left out and counted, and what stays a
 * record or bad. Without the option nothing of it happens. */
#include "reading.h"

#include <stdlib.h>

static const struct reader_options lenient = {.lenient_rows = true};
static const struct reader_options strict = {.lenient_rows = false};

static void rows_quoted_whole(void **state)
{
    static const char text[] = "a,b\n\"1,2\"\n\"3,\"\"x, \"\"\"\"y\"\"\"\"\n\"\"\"\n4,5\n\"6,7,8\"\n\"9\"\n";
    struct counts counts;
    (void)state;
    counts = assert_reading(text, &lenient,
                            "a|b\n2.1 1|2\n3.2 3|x, \"y\"\n\n5.3 4|5\n6.4! 1 field, but the header has 2 <\"6,7,8\">\n"
                            "7.5! 1 field, but the header has 2 <\"9\">\n");
    assert_int_equal(counts.unwrapped, 2);
    assert_reading("a,b\n\"1,2\"\n", &strict, "a|b\n2.1! 1 field, but the header has 2 <\"1,2\">\n");
    counts = assert_reading("\"a,b\"\n\"1,\"\"2,3\"\"\"\n4,5\n", &lenient, "a|b\n2.1 1|2,3\n3.2 4|5\n");
    assert_int_equal(counts.unwrapped, 1);
    assert_reading("\"a,b\"\n\"1,2\"\n", &strict, "a,b\n2.1 1,2\n");
    /* what it holds is no row, or several */
    assert_reading("a,b\n\"1,\"\"2\"\n\"3,\n4\"\n\"x\n1,2\"\n", &lenient,
                   "a|b\n2.1! 1 field, but the header has 2 <\"1,\"\"2\">\n"
                   "3.2! 1 field, but the header has 2 <\"3,\n4\">\n5.3! 1 field, but the header has 2 <\"x\n1,2\">\n");
    /* the table has one column */
    assert_reading("a\n\"1,2\"\n", &lenient, "a\n2.1 1,2\n");
}

static void fields_too_many(void **state)
{
    struct counts counts;
    (void)state;
    counts = assert_reading("a,b\n1,2,\n1,\"2\", ,\"\"\n1,2,,x\n", &lenient,
                            "a|b\n2.1 1|2\n3.2 1|2\n4.3! 4 fields, but the header has 2 <1,2,,x>\n");
    assert_int_equal(counts.surplus_empty, 2);
    assert_reading("a,b\n1,2,\n", &strict, "a|b\n2.1! 3 fields, but the header has 2 <1,2,>\n");
}

static void rows_of_nothing(void **state)
{
    struct counts counts;
    (void)state;
    counts = assert_reading("a,b,c\n,,\n1,2,3\n\"\",\"\", \n,,,,\n \n\f\n,\n4,,\n\t,,5\n", &lenient,
                            "a|b|c\n3.1 1|2|3\n9.2 4||\n10.3 \t||5\n");
    assert_int_equal(counts.blank_records, 6);
    assert_reading("a,b\n,\n", &strict, "a|b\n2.1 |\n");
    counts = assert_reading("a\n\"\"\n \n", &lenient, "a\n2.1 \n3.2  \n"); /* one column: a record */
    assert_int_equal(counts.blank_records, 0);
    counts = assert_reading("a,b\r\n1,2\r\n\x1a", &lenient, "a|b\n2.1 1|2\n");
    assert_int_equal(counts.blank_records + counts.footers, 0);
    assert_reading("a,b\n1,\x1a\n", &lenient, "a|b\n2.1 1|\x1a\n");
}

static void headers_that_come_again(void **state)
{
    struct counts counts;
    (void)state;
    counts = assert_reading("a,\"b\"\n1,2\na,\"b\"\n\xef\xbb\xbf"
                            "a,\"b\"\n3,4\na,b\n",
                            &lenient, "a|b\n2.1 1|2\n5.2 3|4\n6.3 a|b\n");
    assert_int_equal(counts.repeated_headers, 2);
    assert_reading("a,b\na,b\n", &strict, "a|b\n2.1 a|b\n");
    assert_reading("a\na\n", &lenient, "a\n2.1 a\n"); /* in one column it is a value */
}

#define ROWS "id,name,amount\n1,Ann,5\n2,Bob,7\n"
#define READ "id|name|amount\n2.1 1|Ann|5\n3.2 2|Bob|7\n"

static void assert_footers(const char *text, uint64_t footers, const char *expected)
{
    struct counts counts = assert_reading(text, &lenient, expected);

    assert_int_equal(counts.footers, footers);
    if (footers == 1 || footers == 5)
        assert_in_range(counts.footer_line, 4, 5);
}

static void footers_at_the_end(void **state)
{
    (void)state;
    assert_footers(ROWS "Total,,12\n", 1, READ);
    assert_footers(ROWS ",TOTAL:,\"12,50\"", 1, READ);
    assert_footers(ROWS "Итого,2,12\n", 1, READ);
    assert_footers(ROWS "合计,,12\n", 1, READ);
    assert_footers(ROWS "المجموع;\n", 0, READ "4.3! 1 field, but the header has 3 <المجموع;>\n");
    assert_footers(ROWS "المجموع,,12\n", 1, READ);
    assert_footers(ROWS "Summe\n", 1, READ);
    assert_footers(ROWS "Всего: 2\n", 1, READ);
    assert_footers("a,b\n1,2\n\n\nTotal : 1\n", 1, "a|b\n2.1 1|2\n");
    assert_footers(ROWS "Total général,,12 €\n", 1, READ);
    assert_footers(ROWS "(2 rows)\n", 1, READ);
    assert_footers(ROWS "2 rows selected.", 1, READ);
    assert_footers(ROWS "-- end of report --\n", 1, READ);
    assert_footers(ROWS "made by hand\n", 1, READ);
    assert_footers(ROWS "\nremark\n", 1, READ);
    assert_footers(ROWS "Source: shop,,\n", 1, READ);
    assert_footers(ROWS ",,\nTotal,,12\n(2 rows)\n", 2, READ);
    assert_footers(ROWS "-- 1\n-- 2\n-- 3\n-- 4\n-- 5\n", 5, READ);
    assert_reading(ROWS "Total,,12\n", &strict, READ "4.3 Total||12\n");
}

static void what_is_no_footer(void **state)
{
    (void)state;
    /* something follows */
    assert_footers(ROWS "Total,,12\n3,Cid,1\n", 0, READ "4.3 Total||12\n5.4 3|Cid|1\n");
    assert_footers(ROWS "half of it\n3,Cid,1\n", 0,
                   READ "4.3! 1 field, but the header has 3 <half of it>\n5.4 3|Cid|1\n");
    /* more than five */
    assert_footers(ROWS "-- 1\n-- 2\n-- 3\n-- 4\n-- 5\n-- 6\n", 5, READ "4.3! 1 field, but the header has 3 <-- 1>\n");
    /* a record that was cut off, or is short */
    assert_footers(ROWS "3", 0, READ "4.3! 1 field, but the header has 3 <3>\n");
    assert_footers(ROWS "3\n", 0, READ "4.3! 1 field, but the header has 3 <3>\n");
    assert_footers(ROWS "Ann of the", 0, READ "4.3! 1 field, but the header has 3 <Ann of the>\n");
    assert_footers(ROWS "3,Cid\n", 0, READ "4.3! 2 fields, but the header has 3 <3,Cid>\n");
    assert_footers(ROWS "\nx\n", 0, READ "5.3! 1 field, but the header has 3 <x>\n");
    assert_footers(ROWS "remark\n", 0, READ "4.3! 1 field, but the header has 3 <remark>\n");
    /* a company */
    assert_footers(ROWS "Total,Energies,7\n", 0, READ "4.3 Total|Energies|7\n");
    assert_footers(ROWS "Total Wine,,7\n", 0, READ "4.3 Total Wine||7\n");
    assert_footers(ROWS "Total: Wine,,7\n", 0, READ "4.3 Total: Wine||7\n");
    /* a record with one field */
    assert_footers(ROWS "new,,\n", 0, READ "4.3 new||\n");
    assert_footers("a\n1\nTotal\n", 0, "a\n2.1 1\n3.2 Total\n");
}

/* Only what lies at the very end is looked at: further up a row costs nothing, and is what it is. */
static void footers_far_from_the_end(void **state)
{
    struct buffer text = {0};
    struct buffer out = {0};
    (void)state;

    assert_int_equal(buffer_append(&text, SLICE(ROWS "Total,,12\n")), 0);
    for (int i = 0; i < 4000; i++)
        assert_int_equal(buffer_append(&text, SLICE(",,\n")), 0);
    struct counts counts = reading_of(buffer_slice(&text), &lenient, 0, &out);
    assert_int_equal(counts.footers, 0);
    assert_int_equal(counts.blank_records, 4000);
    assert_true(slice_equal_cstr(buffer_slice(&out), READ "4.3 Total||12\n"));
    buffer_fini(&text);
    buffer_fini(&out);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

/* Whatever stands in a file, the reading does not depend on how many bytes a read gives, and rows are counted once. */
static void random_text_at_every_size(void **state)
{
    static const char *const pieces[] = {"a",  ",",  ",", "\"",   "\n",      "\r\n",     "\"1,2\"\n", ",\n",
                                         "1,", "\f", " ", "\x1a", "Total,1", "-- end\n", "x,y\n",     "\"\"\"\""};
    static const struct reader_options options[] = {
        {.lenient_rows = true, .literal_quotes = true},
        {.lenient_rows = true, .fill_short = true, .trim = true, .skip_lines = 1, .lenient_header = true},
        {.lenient_rows = true, .escape = ESCAPE_BACKSLASH, .no_header = true},
        {.lenient_rows = true, .escape = ESCAPE_NONE, .literal_quotes = true, .drop_names = 1, .lenient_header = true},
        {.lenient_rows = true, .header_rows = 2, .placed = true, .lenient_header = true},
    };
    uint64_t seed = 3;
    (void)state;

    for (int round = 0; round < 4000; round++) {
        struct buffer text = {0};
        struct buffer whole = {0};
        struct buffer pieced = {0};
        const struct reader_options *with = &options[round % 5];
        assert_int_equal(buffer_append(&text, SLICE("x,y\n")), 0);
        for (size_t count = next_random(&seed) % 40; count; count--)
            buffer_append(&text, slice_from_cstr(pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)]));
        reading_of(buffer_slice(&text), with, 0, &whole);
        reading_of(buffer_slice(&text), with, 1 + next_random(&seed) % 7, &pieced);
        if (!slice_equal(buffer_slice(&whole), buffer_slice(&pieced)))
            fail_msg("<<%.*s>> is read as\n%.*sand in pieces as\n%.*s", SLICE_ARG(buffer_slice(&text)),
                     SLICE_ARG(buffer_slice(&whole)), SLICE_ARG(buffer_slice(&pieced)));
        buffer_fini(&text);
        buffer_fini(&whole);
        buffer_fini(&pieced);
    }
}

/* Both files of X Education hold the same leads; in one each line ends in a comma, in the other 338 are quoted whole.
 */
static void real_rows_quoted_whole(void **state)
{
    static const char *const paths[] = {"../shared/data/scoring/xeducation_Leads.csv",
                                        "../shared/data/scoring/xeducation_Lead_Scoring_alt.csv"};
    static const struct reader_options options[] = {{.lenient_rows = true, .drop_names = 1}, {.lenient_rows = true}};
    struct source *sources[2];
    struct reader *readers[2];
    struct record records[2];
    struct bad_record bad;
    struct error err;
    size_t same = 0;
    (void)state;

    if (access(paths[0], R_OK) || access(paths[1], R_OK)) {
        print_message("skipped: ../shared/data is absent\n");
        skip();
    }
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(source_open(&sources[i], paths[i], &err), 0);
        assert_int_equal(reader_open(&readers[i], sources[i], &options[i], &err), 0);
        assert_int_equal(readers[i]->name_count, 37);
    }
    for (;;) {
        enum read_result left = reader_next(readers[0], &records[0], &bad, &err);
        enum read_result right = reader_next(readers[1], &records[1], &bad, &err);
        assert_int_equal(left, right);
        if (left == READ_END)
            break;
        assert_int_equal(left, READ_RECORD);
        for (size_t i = 0; i < 37; i++)
            same += slice_equal(records[0].fields[i].text, records[1].fields[i].text);
    }
    assert_int_equal(readers[0]->number, 9240);
    assert_int_equal(readers[1]->number, 9240);
    assert_int_equal(same, 9240 * 37);
    assert_int_equal(readers[0]->unwrapped, 0);
    assert_int_equal(readers[1]->unwrapped, 338);
    for (size_t i = 0; i < 2; i++) {
        reader_free(readers[i]);
        source_free(sources[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_quoted_whole),        cmocka_unit_test(fields_too_many),
        cmocka_unit_test(rows_of_nothing),          cmocka_unit_test(headers_that_come_again),
        cmocka_unit_test(footers_at_the_end),       cmocka_unit_test(what_is_no_footer),
        cmocka_unit_test(footers_far_from_the_end), cmocka_unit_test(random_text_at_every_size),
        cmocka_unit_test(real_rows_quoted_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
