/* Bins: the ranges, their merging and their weight of evidence, against tables worked by hand and with Python. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/train_bins.h"
#include "short_memory.h"

#define ROWS 2000

static double numbers[ROWS];
static uint32_t codes[ROWS];
static uint8_t outcome[ROWS], part[ROWS];
static uint16_t assigned[ROWS];
static struct slice levels[64];
static struct train_table table;
static struct train_feature feature;
static struct arena arena;
static struct model_feature bins;

static int set_up(void **state)
{
    (void)state;
    table = (struct train_table){.outcome = outcome};
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_fini(&arena);
    return 0;
}

static void begin(enum train_kind kind)
{
    table.rows = 0;
    feature = (struct train_feature){.name = SLICE("f"), .kind = kind, .number = numbers, .code = codes};
    feature.levels = levels;
    levels[0] = SLICE("");
    feature.level_count = 1;
}

static void add(size_t count, double number, uint32_t code, unsigned yes)
{
    for (size_t i = 0; i < count; i++) {
        assert_true(table.rows < ROWS);
        numbers[table.rows] = number;
        codes[table.rows] = code;
        part[table.rows] = 0;
        outcome[table.rows++] = (uint8_t)yes;
    }
}

static void add_number(double number, size_t yes, size_t no)
{
    add(yes, number, 0, 1);
    add(no, number, 0, 0);
}

/* text NULL: missing. */
static void add_level(const char *text, size_t yes, size_t no)
{
    uint32_t code = 0;

    if (text) {
        code = (uint32_t)feature.level_count++;
        levels[code] = slice_from_cstr(text);
    }
    add(yes, 0, code, 1);
    add(no, 0, code, 0);
}

static void make(bool merge, size_t left_out)
{
    struct error err;
    int result = merge ? train_bins_make(&table, &feature, part, left_out, &arena, &bins, &err)
                       : train_bins_ranges(&table, &feature, part, left_out, &arena, &bins, &err);

    assert_int_equal(result, 0);
    assert_true(slice_equal_cstr(bins.name, "f"));
    assert_int_equal(bins.kind, feature.kind);
    train_bins_assign(&table, &feature, &bins, assigned);
}

static void assert_close(double found, double expected)
{
    if (!(fabs(found - expected) < 1e-9))
        fail_msg("%.17g instead of %.17g", found, expected);
}

static void assert_bin(size_t bin, double from, double below, double yes, double no)
{
    assert_true(bin < bins.count);
    if (bins.bins[bin].yes != yes || bins.bins[bin].no != no)
        fail_msg("bin %zu has %g and %g", bin, bins.bins[bin].yes, bins.bins[bin].no);
    assert_true(bins.bins[bin].from == from);
    assert_true(bins.bins[bin].below == below);
}

static void assert_value(size_t bin, const char *value, double yes, double no)
{
    assert_bin(bin, -INFINITY, INFINITY, yes, no);
    assert_int_equal(bins.bins[bin].value_count, value != NULL);
    if (value)
        assert_true(slice_equal_cstr(bins.bins[bin].values[0], value));
}

/* Counts of the bins that train_bins_assign() gives are those of the bins. */
static void assert_assigned(void)
{
    for (size_t bin = 0; bin < bins.count; bin++) {
        double yes = 0, no = 0;

        for (size_t row = 0; row < table.rows; row++)
            if (assigned[row] == bin) {
                yes += outcome[row];
                no += !outcome[row];
            }
        assert_true(bins.bins[bin].yes == yes);
        assert_true(bins.bins[bin].no == no);
    }
}

/* By hand: Y = 60, N = 100, and five bins, so that .5 * 5 = 2.5 is added below the line:
 *
 *               yes  no   (yes + .5) / 62.5   (no + .5) / 102.5   evidence   yes/60 - no/100
 *     Ads        30  10   .488                .1024390            1.561048   .40
 *     Fairs      20  40   .328                .3951220           -.186181   -.0666667
 *     Calls       6  42   .104                .4146341           -1.383006   -.32
 *     other       1   4   .024                .0439024           -.603916   -.0233333
 *     missing     3   4   .056                .0439024            .243382    .01
 *
 * Information: .6244191 + .0124121 + .4425618 + .0140914 + .0024338 = 1.0959181 (logarithms by Python). "Mail" has too
 * few leads to be a bin. */
static void evidence_as_worked_by_hand(void **state)
{
    const double expected[] = {-.186181, -1.383006, 1.561048, -.603916, .243382};
    (void)state;

    begin(TRAIN_CATEGORY);
    add_level("Ads", 30, 10);
    add_level("Mail", 1, 4);
    add_level("Calls", 6, 42);
    add_level(NULL, 3, 4);
    add_level("Fairs", 20, 40);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 5);
    assert_value(0, "Fairs", 20, 40); /* the most frequent first */
    assert_value(1, "Calls", 6, 42);
    assert_value(2, "Ads", 30, 10);
    assert_value(3, NULL, 1, 4);
    assert_value(4, NULL, 3, 4);
    for (size_t i = 0; i < 5; i++) {
        assert_true(fabs(bins.bins[i].evidence - expected[i]) < 5e-7);
        assert_true(bins.bins[i].weight == 0);
    }
    assert_true(fabs(bins.information - 1.0959181) < 5e-7);
    assert_assigned();
}

static void bins_without_leads_say_nothing(void **state)
{
    (void)state;

    begin(TRAIN_CATEGORY);
    add_level("a", 30, 20);
    add_level("b", 10, 60);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 4);
    assert_true(bins.bins[2].evidence == 0);
    assert_true(bins.bins[3].evidence == 0);
    begin(TRAIN_CATEGORY);
    add_level(NULL, 3, 5);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 2);
    begin(TRAIN_NUMBER);
    add_number(NAN, 3, 5);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 2);
    assert_bin(0, -INFINITY, INFINITY, 0, 0);
    assert_bin(1, -INFINITY, INFINITY, 3, 5);
    assert_assigned();
}

/* 19 leads are too few for a bin, and so are 20 of 2000 and one more. */
static void values_need_leads(void **state)
{
    (void)state;

    begin(TRAIN_CATEGORY);
    add_level("few", 9, 10);
    add_level("enough", 10, 10);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 3);
    assert_value(0, "enough", 10, 10);
    assert_value(1, NULL, 9, 10);
    begin(TRAIN_CATEGORY);
    add_level("enough", 10, 10);
    add_level("most", 990, 990);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 4);
    begin(TRAIN_CATEGORY);
    add_level("few", 9, 10);
    add_level("most", 990, 991);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 3);
    assert_assigned();
}

/* 1 .. 100, one each: the quantiles of i / 20 are 1 + 99 i / 20 = 5.95, 10.9, 15.85, ...; the ranges begin at 6, 11,
 * 16,
 * ... 96 (R: ceiling(quantile(1:100, 1:19 / 20))). */
static void ranges_begin_at_quantiles(void **state)
{
    (void)state;

    begin(TRAIN_NUMBER);
    for (int i = 100; i >= 1; i--)
        add_number(i, (size_t)i % 2, (size_t)(i + 1) % 2);
    add_number(NAN, 2, 1);
    make(false, SIZE_MAX);
    assert_int_equal(bins.count, 21);
    for (size_t i = 0; i < 20; i++)
        assert_bin(i, i ? 1 + 5. * (double)i : -INFINITY, i < 19 ? 6 + 5. * (double)i : INFINITY, i % 2 ? 2 : 3,
                   i % 2 ? 3 : 2);
    assert_bin(20, -INFINITY, INFINITY, 2, 1);
    assert_assigned();
}

/* Half of the leads have 0, and it is a range of its own; so is each of a few values. */
static void equal_values_stay_together(void **state)
{
    (void)state;

    begin(TRAIN_NUMBER);
    add_number(0, 40, 60);
    for (int i = 1; i <= 100; i++)
        add_number(i / 4., 1, 0);
    make(false, SIZE_MAX);
    assert_bin(0, -INFINITY, .25, 40, 60);
    assert_assigned();
    begin(TRAIN_NUMBER);
    for (int i = 0; i < 20; i++)
        add_number(-10 + i, 1 + (size_t)i, 2);
    make(false, SIZE_MAX);
    assert_int_equal(bins.count, 21);
    assert_bin(0, -INFINITY, -9, 1, 2);
    assert_bin(19, 9, INFINITY, 20, 2);
    assert_assigned();
    begin(TRAIN_DATE);
    add_number(-0.0, 1, 0);
    add_number(0, 1, 5);
    make(false, SIZE_MAX);
    assert_int_equal(bins.count, 2);
    assert_bin(0, -INFINITY, INFINITY, 2, 5);
}

/* Chi-square of neighbours, by scipy.stats.chi2_contingency(..., correction=False):
 * 0-1: [[20, 80], [22, 78]] .1206; 1-2: [[22, 78], [60, 40]] 29.8470; 2-3: [[60, 40], [55, 45]] .5115. 0 and 1 are
 * merged first, then 2 and 3; [[42, 158], [115, 85]] 55.8727 stays. */
static void neighbours_that_do_not_differ_are_merged(void **state)
{
    (void)state;

    begin(TRAIN_NUMBER);
    add_number(0, 20, 80);
    add_number(1, 22, 78);
    add_number(2, 60, 40);
    add_number(3, 55, 45);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 3);
    assert_bin(0, -INFINITY, 2, 42, 158);
    assert_bin(1, 2, INFINITY, 115, 85);
    assert_assigned();
    /* ln((42.5 / 158.5) / (158.5 / 244.5)), ln((115.5 / 158.5) / (85.5 / 244.5)) */
    assert_close(bins.bins[0].evidence, log(42.5 / 158.5) - log(158.5 / 244.5));
    assert_close(bins.bins[1].evidence, log(115.5 / 158.5) - log(85.5 / 244.5));
    /* 3.8 of chi-square is merged, 3.9 is not: [[50, 50], [64, 36]] 3.9984; [[50, 50], [63, 37]] 3.4381 */
    begin(TRAIN_NUMBER);
    add_number(0, 50, 50);
    add_number(1, 64, 36);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 3);
    begin(TRAIN_NUMBER);
    add_number(0, 50, 50);
    add_number(1, 63, 37);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 2);
}

/* What differs, but has fewer than 2 % of the leads or 5 of either outcome, goes to the neighbour more like it. */
static void small_ranges_are_merged(void **state)
{
    (void)state;

    begin(TRAIN_NUMBER);
    add_number(0, 100, 500);
    add_number(1, 19, 0); /* 19 of 1219; 9.36 from 2, 82.4 from 0 */
    add_number(2, 400, 200);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 3);
    assert_bin(0, -INFINITY, 1, 100, 500);
    assert_bin(1, 1, INFINITY, 419, 200);
    begin(TRAIN_NUMBER);
    add_number(0, 4, 100);
    add_number(1, 50, 100);
    add_number(2, 100, 4);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 2);
    assert_bin(0, -INFINITY, INFINITY, 154, 204);
    begin(TRAIN_NUMBER);
    add_number(0, 5, 100);
    add_number(1, 50, 100);
    add_number(2, 100, 5);
    make(true, SIZE_MAX);
    assert_int_equal(bins.count, 4);
}

/* Nothing of the part left out is looked at; its leads have bins all the same. */
static void a_part_is_left_out(void **state)
{
    (void)state;

    begin(TRAIN_NUMBER);
    add_number(0, 20, 80);
    add_number(10, 80, 20);
    for (size_t i = 0; i < 4; i++) {
        add_number(i % 2 ? 99 : -5, 1, 1);
        part[table.rows - 1] = part[table.rows - 2] = 3;
    }
    make(true, 3);
    assert_int_equal(bins.count, 3);
    assert_bin(0, -INFINITY, 10, 20, 80);
    assert_bin(1, 10, INFINITY, 80, 20);
    assert_int_equal(assigned[200], 0);
    assert_int_equal(assigned[203], 1);
    begin(TRAIN_CATEGORY);
    add_level("a", 20, 10);
    add_level("b", 30, 10);
    memset(part + 30, 2, 40);
    make(true, 2);
    assert_int_equal(bins.count, 3);
    assert_value(0, "a", 20, 10);
    assert_int_equal(assigned[30], 1); /* b is "other" here */
}

static void memory_that_fails_is_reported(void **state)
{
    struct error err;
    (void)state;

    for (int kind = 0; kind < 2; kind++) {
        begin(kind ? TRAIN_CATEGORY : TRAIN_NUMBER);
        add_level("a", 30, 10);
        add_level("b", 30, 60);
        for (size_t row = 0; row < table.rows; row++)
            numbers[row] = (double)(row * 7 % 50);
        for (long left = 0;; left++) {
            long live = memory_live;
            struct arena own;

            arena_init(&own);
            memory_limit(left, true);
            int result = train_bins_make(&table, &feature, NULL, SIZE_MAX, &own, &bins, &err);
            memory_limit(-1, false);
            arena_fini(&own);
            assert_int_equal(memory_live, live);
            if (result == 0)
                break;
            assert_int_equal(err.status, STATUS_SYSTEM);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(evidence_as_worked_by_hand),
        TEST(bins_without_leads_say_nothing),
        TEST(values_need_leads),
        TEST(ranges_begin_at_quantiles),
        TEST(equal_values_stay_together),
        TEST(neighbours_that_do_not_differ_are_merged),
        TEST(small_ranges_are_merged),
        TEST(a_part_is_left_out),
        TEST(memory_that_fails_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
