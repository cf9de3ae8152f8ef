/* Spread: mean and quantiles against fractions rounded once (Python: whole numbers divided), the order against qsort().
 */
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/spread.h"
#include "short_memory.h"
#include "random.h"

static struct spread spread_of(const int64_t *values, size_t count)
{
    struct spread spread = {0};

    for (size_t i = 0; i < count; i++)
        assert_int_equal(spread_add(&spread, values[i]), 0);
    return spread;
}

#define SPREAD_OF(...) \
    spread_of((const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static void few_values(void **unused)
{
    struct spread spread = SPREAD_OF(3, -7, 12, 5, 0, 5, -7, 1);

    (void)unused;
    assert_true(spread_mean(&spread) == 1.5);
    assert_true(spread_quantile(&spread, 0, 1) == -7);
    assert_true(spread_quantile(&spread, 1, 4) == -1.75);
    assert_true(spread_quantile(&spread, 1, 2) == 2);
    assert_true(spread_quantile(&spread, 3, 4) == 5);
    assert_true(spread_quantile(&spread, 9, 10) == 7.1);
    assert_true(spread_quantile(&spread, 1, 3) == 0.3333333333333333);
    assert_true(spread_quantile(&spread, 1, 1) == 12);
    assert_int_equal(spread_between(&spread, -7, 5), 5);
    assert_int_equal(spread_between(&spread, -6, 6), 5);
    assert_int_equal(spread_between(&spread, INT64_MIN, INT64_MAX), 8);
    assert_int_equal(spread_between(&spread, 5, 5), 0);
    assert_int_equal(spread_between(&spread, 5, -7), 0);
    assert_int_equal(spread_between(&spread, 13, 20), 0);
    spread_fini(&spread);
    assert_null(spread.values);
}

static void none_one_and_equal_ones(void **unused)
{
    struct spread spread = {0}, equal = SPREAD_OF(4, 4, 4, 4);

    (void)unused;
    assert_true(isnan(spread_mean(&spread)) && isnan(spread_quantile(&spread, 1, 2)));
    assert_int_equal(spread_between(&spread, INT64_MIN, INT64_MAX), 0);
    assert_int_equal(spread_add(&spread, -3), 0);
    for (unsigned i = 0; i <= 10; i++) {
        assert_true(spread_quantile(&spread, i, 10) == -3);
        assert_true(spread_quantile(&equal, i, 10) == 4);
    }
    assert_true(spread_mean(&spread) == -3 && spread_mean(&equal) == 4);
    assert_int_equal(spread_between(&equal, 4, 5), 4);
    spread_fini(&spread);
    spread_fini(&equal);
}

/* Python: float(Fraction), which rounds once and ties to even. */
static void the_largest_are_exact(void **unused)
{
    struct spread wide = SPREAD_OF(INT64_MAX, INT64_MIN), most = SPREAD_OF(INT64_MAX, INT64_MAX, INT64_MAX);
    struct spread third = SPREAD_OF(0, 1, 0);

    (void)unused;
    assert_true(spread_mean(&wide) == -.5 && spread_quantile(&wide, 1, 2) == -.5);
    assert_true(spread_quantile(&wide, 0, 7) == -0x1p63 && spread_quantile(&wide, 7, 7) == 0x1p63);
    assert_true(spread_quantile(&wide, 1, 3) == -3.0744573456182584e+18);
    assert_true(spread_quantile(&wide, 2, 3) == 3.0744573456182584e+18);
    assert_true(spread_quantile(&wide, UINT_MAX, UINT_MAX) == 0x1p63);
    assert_true(spread_mean(&most) == 0x1p63 && spread_quantile(&most, 1, 2) == 0x1p63);
    assert_true(spread_mean(&third) == 1. / 3 && spread_quantile(&third, 9, 10) == .8);
    spread_fini(&wide);
    spread_fini(&most);
    spread_fini(&third);
}

static void halves_go_to_even(void **unused)
{
    const int64_t base = (int64_t)1 << 53;
    struct spread down = SPREAD_OF(base, base + 2), up = SPREAD_OF(base + 2, base + 4);
    struct spread above = SPREAD_OF(base, base + 1, base + 3); /* its mean lies above the half, by a third */

    (void)unused;
    assert_true(spread_mean(&down) == 0x1p53 && spread_quantile(&down, 1, 2) == 0x1p53);
    assert_true(spread_mean(&up) == 0x1p53 + 4 && spread_quantile(&up, 1, 2) == 0x1p53 + 4);
    assert_true(spread_mean(&above) == 0x1p53 + 2);
    spread_fini(&down);
    spread_fini(&up);
    spread_fini(&above);
}

/* Python, the same xorshift generator: mean 'sum / len' and quantiles as fractions of whole numbers. */
static void ten_thousand_of_all_sizes(void **unused)
{
    struct spread spread = {0};
    uint64_t seed = 7;

    (void)unused;
    for (int i = 0; i < 10000; i++) {
        uint64_t x = next_random(&seed);
        int64_t size = (int64_t)(x >> (x % 50 + 10));
        assert_int_equal(spread_add(&spread, next_random(&seed) & 1 ? -size : size), 0);
    }
    assert_true(spread_mean(&spread) == -6823708744645.141);
    assert_true(spread_quantile(&spread, 1, 10) == -9863191556567.2);
    assert_true(spread_quantile(&spread, 1, 4) == -388930912.75);
    assert_true(spread_quantile(&spread, 1, 2) == -8);
    assert_true(spread_quantile(&spread, 1, 3) == -1083033);
    assert_true(spread_quantile(&spread, 9, 10) == 9228406376781.6);
    assert_true(spread_quantile(&spread, 99, 100) == 5827248820799156);
    assert_true(spread_quantile(&spread, 2147483648, 4294967295) == -8);
    assert_int_equal(spread_between(&spread, -1000, 1000), 1394);
    spread_fini(&spread);
}

static int compare_values(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

/* Every count around the limits of the sort, values that differ in few bits and in many, all over or in two heaps. */
static void order_is_that_of_qsort(void **unused)
{
    static int64_t expected[3000];
    uint64_t seed = 42;

    (void)unused;
    for (unsigned round = 0; round < 1500; round++) {
        struct spread spread = {0};
        size_t count = round < 200 ? round : next_random(&seed) % 3000;
        unsigned shift = (unsigned)(next_random(&seed) % 64);

        for (size_t i = 0; i < count; i++) {
            expected[i] = (int64_t)next_random(&seed) >> shift;
            if (round % 3 == 0)
                expected[i] = (int64_t)((uint64_t)expected[i] % 5) + (i % 2 ? INT64_MAX - 9 : INT64_MIN);
            assert_int_equal(spread_add(&spread, expected[i]), 0);
        }
        qsort(expected, count, sizeof *expected, compare_values);
        spread_sort(&spread);
        assert_true(spread.sorted);
        if (count)
            assert_memory_equal(spread.values, expected, count * sizeof *expected);
        spread_fini(&spread);
    }
}

static void order_is_noticed(void **unused)
{
    struct spread low = SPREAD_OF(1, 2, 2), high = SPREAD_OF(2, 9), mixed = SPREAD_OF(5, 4), empty = {0};

    (void)unused;
    assert_true(low.sorted && high.sorted && !mixed.sorted);
    assert_int_equal(spread_merge(&empty, &low), 0);
    assert_int_equal(spread_merge(&empty, &high), 0);
    assert_true(empty.sorted);
    assert_int_equal(empty.count, 5);
    assert_true(spread_mean(&empty) == 3.2 && spread_quantile(&empty, 1, 2) == 2);
    assert_int_equal(spread_merge(&empty, &low), 0);
    assert_false(empty.sorted);
    assert_true(spread_quantile(&empty, 1, 2) == 2 && spread_quantile(&empty, 0, 2) == 1 && empty.sorted);
    assert_int_equal(spread_merge(&high, &mixed), 0);
    assert_false(high.sorted);
    assert_int_equal(spread_add(&high, 100), 0);
    assert_false(high.sorted);
    assert_true(spread_quantile(&high, 1, 2) == 5);
    spread_fini(&mixed);
    assert_int_equal(spread_merge(&high, &mixed), 0);
    assert_true(high.sorted && high.count == 5);
    spread_fini(&empty);
    spread_fini(&low);
    spread_fini(&high);
}

static void memory_that_fails_is_reported(void **unused)
{
    struct spread from = SPREAD_OF(1, 2, 3);

    (void)unused;
    for (long left = 0;; left++) {
        struct spread spread = {0};
        long live = memory_live;
        size_t added = 0;

        memory_limit(left, true);
        while (added < 100 && spread_add(&spread, (int64_t)added) == 0)
            added++;
        int result = added == 100 ? spread_merge(&spread, &from) : -1;
        double median = spread_quantile(&spread, 1, 2); /* takes no memory */
        memory_limit(-1, false);
        if (result) {
            assert_int_equal(spread.count, added);
            assert_true(added ? median == ((double)added - 1) / 2 : isnan(median));
        }
        spread_fini(&spread);
        assert_int_equal(memory_live, live);
        if (result == 0)
            break;
    }
    spread_fini(&from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_values),
        cmocka_unit_test(none_one_and_equal_ones),
        cmocka_unit_test(the_largest_are_exact),
        cmocka_unit_test(halves_go_to_even),
        cmocka_unit_test(ten_thousand_of_all_sizes),
        cmocka_unit_test(order_is_that_of_qsort),
        cmocka_unit_test(order_is_noticed),
        cmocka_unit_test(memory_that_fails_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
