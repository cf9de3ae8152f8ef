/* RFM segments: the built-in tables cell by cell, tables from JSON, the check for gaps and shadows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/rfm_segment.h"
#include "base/buffer.h"

static const int five[RFM_DIMENSIONS] = {5, 5, 5};

static const char *name_of(const struct rfm_segments *segments, int r, int f, int m)
{
    const struct rfm_customer customer = {.score = {(uint8_t)r, (uint8_t)f, (uint8_t)m}};
    static char text[64];

    snprintf(text, sizeof text, "%.*s", SLICE_ARG(rfm_segment_name(segments, rfm_segment_of(segments, &customer, 0))));
    return text;
}

/* Written out a second time, as the if-else chain the published table reads as. */
static const char *expected_standard(int r, int f, int m)
{
    if (r == 5 && f == 5 && m == 5)
        return "Champions";
    if (r >= 3 && f >= 3 && m >= 2)
        return "Potential Loyalist";
    if (r >= 2 && r <= 4 && f >= 2 && f <= 4 && m >= 2 && m <= 4)
        return "Loyal Customers";
    if (r >= 3 && r <= 4 && f <= 3 && m >= 3)
        return "Promising";
    if (r >= 4 && f <= 3)
        return "New Customers";
    if (r <= 2 && f >= 3 && f <= 4 && m >= 4)
        return "Can't Lose Them";
    if (r <= 2 && f >= 2 && m >= 4)
        return "At Risk";
    if (r <= 3 && f >= 3 && m >= 3)
        return "Need Attention";
    if (r >= 2 && r <= 3 && f <= 3 && m <= 4)
        return "About To Sleep";
    if (r == 1)
        return "Lost";
    return "Others";
}

/* The limits of version 0.2 hold f and m to the same range. */
static const char *expected_r(int r, int f, int m)
{
    int low = f < m ? f : m;
    int high = f < m ? m : f;

    if (r >= 4 && low >= 4)
        return "Champions";
    if (r >= 2 && low >= 3)
        return "Loyal Customers";
    if (r >= 3 && high <= 3)
        return "Potential Loyalist";
    if (r >= 2 && r <= 3 && low >= 2 && high <= 3)
        return "Need Attention";
    if (r >= 2 && r <= 3 && high <= 2)
        return "About To Sleep";
    if (r <= 2 && low >= 2)
        return "At Risk";
    if (r <= 2 && high <= 2)
        return "Lost";
    return "Others";
}

/* The continuous ranges of the published grid: above the low end, up to the high end. */
static const char *expected_grid(int r, int f, int m)
{
    static const struct {
        const char *name;
        double r_low, r_high, fm_low, fm_high;
    } rows[] = {
        {"Champions", 4, 5, 4, 5},
        {"Loyal", 2, 5, 3, 5},
        {"Potential Loyalist", 3, 5, 1, 3},
        {"New", 4, 5, 0, 1},
        {"Promising", 3, 4, 0, 1},
        {"Need Attention", 2, 3, 2, 3},
        {"About To Sleep", 2, 3, 0, 2},
        {"Can't Lose Them", 0, 1, 4, 5},
        {"At Risk", 0, 2, 2, 5},
        {"Hibernating", 1, 2, 1, 2},
        {"Lost", 0, 2, 0, 2},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (r > rows[i].r_low && r <= rows[i].r_high && (f + m) / 2.0 > rows[i].fm_low &&
            (f + m) / 2.0 <= rows[i].fm_high)
            return rows[i].name;
    return "Others";
}

static void assert_cells(const char *word, const char *(*expected)(int r, int f, int m))
{
    struct rfm_segments segments;
    struct error err;

    assert_int_equal(rfm_segments_builtin(&segments, word, five, &err), 0);
    for (int r = 1; r <= 5; r++)
        for (int f = 1; f <= 5; f++)
            for (int m = 1; m <= 5; m++)
                assert_string_equal(name_of(&segments, r, f, m), expected(r, f, m));
    rfm_segments_fini(&segments);
}

static void builtin_tables(void **unused)
{
    (void)unused;
    assert_cells("standard", expected_standard);
    assert_cells("r", expected_r);
    assert_cells("grid", expected_grid);
}

static void builtin_refused(void **unused)
{
    const int six[RFM_DIMENSIONS] = {5, 6, 5};
    struct rfm_segments segments;
    struct error err;

    (void)unused;
    assert_int_equal(rfm_segments_builtin(&segments, "grid", six, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_string_equal(err.text,
                        "the segments 'grid' are made for 5 bins, and frequency has 6; give segments of your own");
    assert_int_equal(rfm_segments_builtin(&segments, "putler", five, &err), -1);
    assert_string_equal(err.text, "'putler' is not one of: standard, r, grid");
}

struct expected_cells {
    size_t matches, gets;
};

static void assert_coverage(const char *word, const struct expected_cells *expected, size_t others)
{
    struct rfm_segments segments;
    struct rfm_coverage coverage;
    struct error err;
    size_t got = 0;

    assert_int_equal(rfm_segments_builtin(&segments, word, five, &err), 0);
    assert_int_equal(rfm_segments_check(&coverage, &segments, &err), 0);
    assert_int_equal(coverage.cells, 125);
    assert_int_equal(coverage.others, others);
    for (size_t i = 0; i < coverage.count; i++) {
        size_t taken = 0;
        for (size_t j = 0; j < coverage.count; j++)
            taken += coverage.taken[i * coverage.count + j];
        assert_int_equal(coverage.segments[i].matches, expected[i].matches);
        assert_int_equal(coverage.segments[i].gets, expected[i].gets);
        assert_int_equal(taken, expected[i].matches - expected[i].gets);
        assert_false(coverage.segments[i].has_values);
        got += coverage.segments[i].gets;
    }
    assert_int_equal(got + coverage.others, 125);
    rfm_coverage_fini(&coverage);
    rfm_segments_fini(&segments);
}

/* Counted by an independent program from the published ranges. */
static void builtin_coverage(void **unused)
{
    static const struct expected_cells standard[] = {{1, 1}, {36, 35}, {27, 15}, {18, 8},  {30, 15},
                                                     {8, 6}, {16, 7},  {27, 4},  {24, 10}, {25, 14}};
    static const struct expected_cells r[] = {{8, 8}, {36, 28}, {27, 24}, {2, 0}, {2, 0},
                                              {8, 3}, {8, 3},   {32, 20}, {4, 0}, {8, 3}};
    static const struct expected_cells grid[] = {{3, 3}, {30, 27}, {28, 28}, {1, 1}, {1, 1}, {9, 9},
                                                 {6, 6}, {3, 3},   {38, 35}, {5, 5}, {12, 7}};

    (void)unused;
    assert_coverage("standard", standard, 10);
    assert_coverage("r", r, 36);
    assert_coverage("grid", grid, 0);
}

static void own_table(void **unused)
{
    static const char text[] = "{\"segments\": ["
                               " {\"name\": \"Best\", \"r\": [4, 5], \"fm\": [3.5, 4.0]},"
                               " {\"name\": \"Big\", \"m\": [4, 4], \"monetary\": [\"99.50\", null]},"
                               " {\"name\": \"Once\", \"frequency\": [1, 1], \"recency_days\": [0, 30]},"
                               " {\"name\": \"Rest \\u00e4\", \"f\": [1, 2]}], \"others\": \"None\"}";
    const int bins[RFM_DIMENSIONS] = {5, 4, 4};
    const struct {
        struct rfm_customer customer;
        const char *name;
    } rows[] = {
        {{.score = {4, 3, 4}}, "Best"},
        {{.score = {4, 4, 4}}, "Best"},
        {{.score = {4, 3, 3}}, "None"},
        {{.score = {3, 4, 4}, .monetary = 9950}, "Big"},
        {{.score = {3, 4, 4}, .monetary = 9949}, "None"},
        {{.score = {3, 2, 4}, .monetary = 9949}, "Rest \xc3\xa4"},
        {{.score = {3, 2, 2}, .frequency = 1, .recency_days = 30}, "Once"},
        {{.score = {3, 2, 2}, .frequency = 1, .recency_days = 31}, "Rest \xc3\xa4"},
        {{.score = {3, 2, 2}, .frequency = 2, .recency_days = 3}, "Rest \xc3\xa4"},
    };
    struct rfm_segments segments;
    struct rfm_coverage coverage;
    struct error err;

    (void)unused;
    assert_int_equal(rfm_segments_read(&segments, slice_from_cstr(text), "s", bins, &err), 0);
    assert_int_equal(segments.count, 4);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(slice_equal_cstr(rfm_segment_name(&segments, rfm_segment_of(&segments, &rows[i].customer, 2)),
                                     rows[i].name));
    assert_int_equal(rfm_segments_check(&coverage, &segments, &err), 0);
    assert_int_equal(coverage.cells, 80);
    assert_int_equal(coverage.segments[0].matches, 6); /* (3,4) (4,3) (4,4) at r 4, 5 */
    assert_int_equal(coverage.segments[0].gets, 6);
    assert_true(coverage.segments[1].has_values);
    assert_int_equal(coverage.segments[1].matches, 20);
    assert_int_equal(coverage.segments[1].gets, 16); /* Best has (3,4) and (4,4), twice */
    assert_int_equal(coverage.taken[1 * 4 + 0], 4);
    assert_int_equal(coverage.segments[2].matches, 80);
    assert_int_equal(coverage.segments[2].gets, 74);
    assert_int_equal(coverage.segments[3].gets, 40); /* limits on values take no cell whole */
    assert_int_equal(coverage.others, 80 - 6 - 40);
    rfm_coverage_fini(&coverage);
    rfm_segments_fini(&segments);
}

/* A segment below one that holds all its cells can never occur. */
static void unreachable(void **unused)
{
    struct rfm_segments segments;
    struct rfm_coverage coverage;
    struct error err;

    (void)unused;
    assert_int_equal(rfm_segments_read(
                         &segments, SLICE("{\"segments\": [{\"name\": \"All\"}, {\"name\": \"Best\", \"r\": [5, 5]}]}"),
                         "s", five, &err),
                     0);
    assert_int_equal(rfm_segments_check(&coverage, &segments, &err), 0);
    assert_int_equal(coverage.segments[1].matches, 25);
    assert_int_equal(coverage.segments[1].gets, 0);
    assert_int_equal(coverage.taken[1 * 2 + 0], 25);
    assert_int_equal(coverage.others, 0);
    assert_true(slice_equal_cstr(segments.others, "Others"));
    rfm_coverage_fini(&coverage);
    rfm_segments_fini(&segments);
}

#define ONE(members) "{\"segments\": [{\"name\": \"a\"}, {\"name\": \"b\", " members "}]}"

static void refused(void **unused)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"{", "s.json:1: not JSON: string or '}' expected near end of file"},
        {"[1]", "s.json: not a JSON object"},
        {"{}", "s.json: segments: missing"},
        {"{\"segments\": []}", "s.json: segments: not an array of at least one segment"},
        {"{\"segments\": {}}", "s.json: segments: not an array of at least one segment"},
        {"{\"segment\": []}", "s.json: segment: unknown key"},
        {"{\"segments\": [7]}", "s.json: segments[0]: not an object"},
        {"{\"segments\": [{}]}", "s.json: segments[0].name: missing"},
        {"{\"segments\": [{\"name\": 5}]}", "s.json: segments[0].name: not a string"},
        {"{\"segments\": [{\"name\": \"\"}]}", "s.json: segments[0].name: empty"},
        {"{\"segments\": [{\"name\": \"(gone)\"}]}",
         "s.json: segments[0].name: '(gone)' has a meaning of its own in a migration"},
        {"{\"segments\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}",
         "s.json: segments[1].name: 'a' is already the name of segments[0]"},
        {"{\"segments\": [{\"name\": \"a\"}], \"others\": \"a\"}",
         "s.json: others: 'a' is already the name of segments[0]"},
        {"{\"segments\": [{\"name\": \"a\"}], \"others\": null}", "s.json: others: not a string"},
        {"{\"segments\": [{\"name\": \"Others\"}]}",
         "s.json: others: missing, and 'Others' is already the name of segments[0]"},
        {ONE("\"R\": [1, 5]"), "s.json: segments[1].R: unknown key"},
        {ONE("\"r\": 5"), "s.json: segments[1].r: not a range: write [1, 5]"},
        {ONE("\"r\": [1, 2, 3]"), "s.json: segments[1].r: not a range: write [1, 5]"},
        {ONE("\"r\": [1, \"5\"]"), "s.json: segments[1].r: not a range of whole numbers"},
        {ONE("\"r\": [1, 2.5]"), "s.json: segments[1].r: not a range of whole numbers"},
        {ONE("\"fm\": [1, 2.25]"), "s.json: segments[1].fm: not a range of halves"},
        {ONE("\"f\": [0, 5]"), "s.json: segments[1].f: 0 is outside 1 to 5"},
        {ONE("\"m\": [1, 6]"), "s.json: segments[1].m: 6 is outside 1 to 5"},
        {ONE("\"m\": [1, 1e300]"), "s.json: segments[1].m: 1e+300 is outside 1 to 5"},
        {ONE("\"fm\": [0.5, 5]"), "s.json: segments[1].fm: 0.5 is outside 1 to 5"},
        {ONE("\"fm\": [1, 5.5]"), "s.json: segments[1].fm: 5.5 is outside 1 to 5"},
        {ONE("\"r\": [3, 2]"), "s.json: segments[1].r: the range is empty: its first number is the larger"},
        {ONE("\"monetary\": [\"1,5\", null]"), "s.json: segments[1].monetary: not a number: '1,5'"},
        {ONE("\"monetary\": [0, 12.5]"),
         "s.json: segments[1].monetary: not a whole number, null, or a decimal in a string, \"12.5\""},
        {ONE("\"frequency\": [\"1.5\", 1]"),
         "s.json: segments[1].frequency: the range is empty: its first number is the larger"},
        {ONE("\"recency_days\": [1]"), "s.json: segments[1].recency_days: not a range: write [1, 5]"},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rfm_segments segments;
        struct error err;
        assert_int_equal(rfm_segments_read(&segments, slice_from_cstr(rows[i].text), "s.json", five, &err), -1);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_string_equal(err.text, rows[i].message);
    }
}

static void too_many_segments(void **unused)
{
    struct rfm_segments segments;
    struct buffer text;
    struct error err;

    (void)unused;
    for (int count = RFM_SEGMENTS_MAX; count <= RFM_SEGMENTS_MAX + 1; count++) {
        buffer_init(&text);
        assert_int_equal(buffer_printf(&text, "{\"segments\": ["), 0);
        for (int i = 0; i < count; i++)
            assert_int_equal(buffer_printf(&text, "%s{\"name\": \"s%d\"}", i ? "," : "", i), 0);
        assert_int_equal(buffer_printf(&text, "]}"), 0);
        int result = rfm_segments_read(&segments, buffer_slice(&text), "s", five, &err);
        assert_int_equal(result, count > RFM_SEGMENTS_MAX ? -1 : 0);
        if (result == 0)
            rfm_segments_fini(&segments);
        else
            assert_string_equal(err.text, "s: segments: 1001 segments: there can be 1000");
        buffer_fini(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builtin_tables),    cmocka_unit_test(builtin_refused), cmocka_unit_test(builtin_coverage),
        cmocka_unit_test(own_table),         cmocka_unit_test(unreachable),     cmocka_unit_test(refused),
        cmocka_unit_test(too_many_segments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
