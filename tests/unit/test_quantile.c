/* Sorting and type-7 quantiles, against qsort() and against the definition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/quantile.h"
#include "random.h"

#define MOST 700

static int compare_values(const void *a, const void *b)
{
    int128 left;
    int128 right;

    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return (left > right) - (left < right);
}

static void sort_is_qsort(void **unused)
{
    static int128 values[MOST], spare[MOST], expected[MOST];
    uint64_t seed = 42;

    (void)unused;
    for (int round = 0; round < 400; round++) {
        size_t count = next_random(&seed) % MOST;
        unsigned bits = (unsigned)(next_random(&seed) % 127);
        for (size_t i = 0; i < count; i++) {
            values[i] = (int128)((unsigned __int128)next_random(&seed) << 64 | next_random(&seed)) >> bits;
            expected[i] = values[i];
        }
        quantile_sort(values, spare, count);
        qsort(expected, count, sizeof *expected, compare_values);
        if (count)
            assert_memory_equal(values, expected, count * sizeof *values);
    }
}

static void sort_extremes(void **unused)
{
    const int128 most = (int128)(~(unsigned __int128)0 >> 1);
    int128 values[] = {0, most, -1, -most - 1, 1, 0};
    int128 spare[6];
    const int128 expected[] = {-most - 1, -1, 0, 0, 1, most};

    (void)unused;
    quantile_sort(values, spare, 6);
    assert_memory_equal(values, expected, sizeof expected);
    quantile_sort(values, spare, 0);
    quantile_sort(values, spare, 1);
    assert_memory_equal(values, expected, sizeof expected);
}

static void sort_items_is_stable(void **unused)
{
    static struct quantile_item items[MOST], spare[MOST];
    uint64_t seed = 7;

    (void)unused;
    for (int round = 0; round < 100; round++) {
        size_t count = 2 + next_random(&seed) % (MOST - 2);
        int seen[MOST] = {0};
        for (size_t i = 0; i < count; i++)
            items[i] = (struct quantile_item){(int128)(next_random(&seed) % 600) - 300, i};
        quantile_sort_items(items, spare, count);
        for (size_t i = 0; i < count; i++)
            seen[items[i].index]++;
        for (size_t i = 0; i < count; i++)
            assert_int_equal(seen[i], 1);
        for (size_t i = 1; i < count; i++)
            assert_true(items[i - 1].value < items[i].value ||
                        (items[i - 1].value == items[i].value && items[i - 1].index < items[i].index));
    }
}

/* Quantiles times n as R gives them: quantile(c(...), i/n, type = 7). */
static void type7_known(void **unused)
{
    const int128 ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const int128 odd[] = {-7, -3, 10};
    const struct {
        const int128 *values;
        size_t count;
        unsigned i, n;
        int times_n;
    } rows[] = {
        {ten, 10, 1, 5, 14}, /* 2.8 */
        {ten, 10, 2, 5, 23}, /* 4.6 */
        {ten, 10, 1, 4, 13}, /* 3.25 */
        {ten, 10, 1, 2, 11}, /* 5.5 */
        {ten, 10, 0, 5, 5},  /* the smallest */
        {ten, 10, 5, 5, 50}, /* the largest */
        {ten, 1, 3, 7, 7},   /* one value: it is every quantile */
        {ten, 2, 1, 3, 4},   /* 1.3333 */
        {odd, 3, 1, 2, -6},  /* -3 */
        {odd, 2, 1, 2, -10}, /* -5 */
        {odd, 3, 1, 5, -27}, /* -5.4 */
        {ten, 10, 8, 9, 81}, /* 9 */
        {ten, 10, 1, 1, 10},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int128 times_n;
        assert_true(quantile_type7(rows[i].values, rows[i].count, rows[i].i, rows[i].n, &times_n));
        assert_int_equal((int)times_n, rows[i].times_n);
    }
}

/* The definition in doubles, which hold these small numbers well enough to be rounded back. */
static void type7_is_the_definition(void **unused)
{
    uint64_t seed = 99;

    (void)unused;
    for (int round = 0; round < 3000; round++) {
        int128 values[40];
        size_t count = 1 + next_random(&seed) % 40;
        unsigned n = 1 + (unsigned)(next_random(&seed) % 9);
        unsigned i = (unsigned)(next_random(&seed) % (n + 1));
        int128 value = (int128)(next_random(&seed) % 1000) - 500;
        int128 times_n;
        for (size_t k = 0; k < count; k++)
            values[k] = value += (int128)(next_random(&seed) % 50);
        double h = (double)(count - 1) * i / n;
        size_t whole = (size_t)(h + 1e-9);
        double part = h - (double)whole;
        double quantile = (double)values[whole];
        if (whole + 1 < count)
            quantile += part * (double)(values[whole + 1] - values[whole]);
        assert_true(quantile_type7(values, count, i, n, &times_n));
        double difference = (double)times_n - quantile * n;
        assert_true(difference < 1e-6 && difference > -1e-6);
    }
}

static void type7_overflow(void **unused)
{
    const int128 most = (int128)(~(unsigned __int128)0 >> 1);
    const int128 wide[] = {most / 2, most / 2 + 1};
    const int128 narrow[] = {most / 3 - 2, most / 3 - 1};
    int128 times_n;

    (void)unused;
    assert_false(quantile_type7(wide, 2, 1, 3, &times_n));
    assert_true(quantile_type7(narrow, 2, 1, 3, &times_n));
    assert_true(times_n == (most / 3 - 2) * 3 + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sort_is_qsort),           cmocka_unit_test(sort_extremes),
        cmocka_unit_test(sort_items_is_stable),    cmocka_unit_test(type7_known),
        cmocka_unit_test(type7_is_the_definition), cmocka_unit_test(type7_overflow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
