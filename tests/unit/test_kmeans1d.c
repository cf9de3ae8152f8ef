/* One-dimensional k-means, against every partition there is on small inputs and against the plain quadratic recurrence
 * on larger ones. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/kmeans1d.h"
#include "random.h"

/* Sum of squared distances to the mean of first..last, in two passes. */
static long double run_cost(const int128 *values, const uint64_t *weights, size_t first, size_t last)
{
    long double weight = 0;
    long double sum = 0;
    long double cost = 0;

    for (size_t i = first; i <= last; i++) {
        weight += (long double)weights[i];
        sum += (long double)weights[i] * (long double)(values[i] - values[first]);
    }
    for (size_t i = first; i <= last; i++) {
        long double distance = (long double)(values[i] - values[first]) - sum / weight;
        cost += (long double)weights[i] * distance * distance;
    }
    return cost;
}

static long double partition_cost(const int128 *values, const uint64_t *weights, size_t count, const size_t *starts,
                                  size_t k)
{
    long double cost = 0;

    for (size_t q = 0; q < k; q++)
        cost += run_cost(values, weights, starts[q], (q + 1 < k ? starts[q + 1] : count) - 1);
    return cost;
}

/* The least cost over every way to cut from..count-1 into k runs. */
static long double brute_force(const int128 *values, const uint64_t *weights, size_t from, size_t count, size_t k)
{
    if (k == 1)
        return run_cost(values, weights, from, count - 1);
    long double least = INFINITY;
    for (size_t end = from + 1; end + k - 1 <= count; end++) {
        long double cost = run_cost(values, weights, from, end - 1) + brute_force(values, weights, end, count, k - 1);
        least = cost < least ? cost : least;
    }
    return least;
}

static void assert_close(long double a, long double b)
{
    assert_true(fabsl(a - b) <= 1e-12L * (fabsl(b) + 1));
}

static void random_values(uint64_t *seed, int128 *values, uint64_t *weights, size_t count, uint64_t step)
{
    int128 value = -(int128)(next_random(seed) % 1000);

    for (size_t i = 0; i < count; i++) {
        values[i] = value += 1 + (int128)(next_random(seed) % step);
        weights[i] = 1 + next_random(seed) % 5;
    }
}

/* The example in the documentation of Ckmeans.1d.dp: -1 2 -1 2 4 5 6 -1 2 -1 in 3 clusters. */
static void published_example(void **unused)
{
    const int128 values[] = {-1, 2, 4, 5, 6};
    const uint64_t weights[] = {4, 3, 1, 1, 1};
    size_t starts[3];
    long double within;
    struct error err;

    (void)unused;
    assert_int_equal(kmeans1d(values, weights, 5, 3, starts, &within, &err), 0);
    assert_int_equal(starts[0], 0);
    assert_int_equal(starts[1], 1);
    assert_int_equal(starts[2], 2);
    assert_true(within == 2);
}

static void is_optimal(void **unused)
{
    uint64_t seed = 12345;

    (void)unused;
    for (int round = 0; round < 1500; round++) {
        int128 values[11];
        uint64_t weights[11];
        size_t starts[9];
        long double within;
        struct error err;
        size_t count = 1 + next_random(&seed) % 11;
        size_t k = 1 + next_random(&seed) % 9;
        random_values(&seed, values, weights, count, 1 + next_random(&seed) % 30);
        assert_int_equal(kmeans1d(values, weights, count, k, starts, &within, &err), 0);
        if (k > count)
            k = count;
        assert_int_equal(starts[0], 0);
        for (size_t q = 1; q < k; q++)
            assert_true(starts[q] > starts[q - 1] && starts[q] < count);
        assert_close(within, brute_force(values, weights, 0, count, k));
        assert_close(within, partition_cost(values, weights, count, starts, k));
    }
}

/* The recurrence without divide and conquer. */
static long double quadratic(const int128 *values, const uint64_t *weights, size_t count, size_t k)
{
    long double *before = malloc(count * sizeof *before);
    long double *now = malloc(count * sizeof *now);

    for (size_t i = 0; i < count; i++)
        before[i] = run_cost(values, weights, 0, i);
    for (size_t q = 1; q < k; q++) {
        for (size_t i = q; i < count; i++) {
            now[i] = INFINITY;
            for (size_t j = q; j <= i; j++)
                now[i] = fminl(now[i], before[j - 1] + run_cost(values, weights, j, i));
        }
        long double *swap = before;
        before = now;
        now = swap;
    }
    long double least = before[count - 1];
    free(before);
    free(now);
    return least;
}

static void larger_is_optimal(void **unused)
{
    uint64_t seed = 777;

    (void)unused;
    for (int round = 0; round < 12; round++) {
        enum { COUNT = 130 };
        int128 values[COUNT];
        uint64_t weights[COUNT];
        size_t starts[9];
        long double within;
        struct error err;
        size_t k = 2 + (size_t)round % 8;
        random_values(&seed, values, weights, COUNT, round % 2 ? 3 : 100000);
        assert_int_equal(kmeans1d(values, weights, COUNT, k, starts, &within, &err), 0);
        assert_close(within, quadratic(values, weights, COUNT, k));
        assert_close(within, partition_cost(values, weights, COUNT, starts, k));
    }
}

/* Large sums with a tiny spread: the naive S2 - S1^2 / W in doubles has no correct digit here. */
static void far_from_zero(void **unused)
{
    const int128 base = (int128)1 << 100;
    const int128 values[] = {base, base + 1, base + 2, base + 10, base + 11};
    const uint64_t weights[] = {1000000, 1, 1000000, 3, 3};
    size_t starts[2];
    long double within;
    struct error err;

    (void)unused;
    assert_int_equal(kmeans1d(values, weights, 5, 2, starts, &within, &err), 0);
    assert_close(within, brute_force(values, weights, 0, 5, 2));
}

/* A range too wide for the integers: rounded, but still in the right clusters. */
static void wide_range(void **unused)
{
    const int128 unit = (int128)1 << 90;
    const int128 values[] = {-unit * 9, -unit * 9 + 1, -unit * 8, unit, unit + 5, unit * 2, unit * 100};
    const uint64_t weights[] = {1, 1, 1, 1, 1, 1, 1};
    size_t starts[3];
    long double within;
    struct error err;

    (void)unused;
    assert_int_equal(kmeans1d(values, weights, 7, 3, starts, &within, &err), 0);
    assert_int_equal(starts[1], 3);
    assert_int_equal(starts[2], 6);
    assert_true(fabsl(within / partition_cost(values, weights, 7, starts, 3) - 1) < 1e-12L);
}

static void too_many(void **unused)
{
    const int128 values[] = {1, 2};
    const uint64_t fits[] = {(uint64_t)1 << 30, (uint64_t)1 << 30};
    const uint64_t more[] = {(uint64_t)1 << 30, ((uint64_t)1 << 30) + 1};
    const uint64_t wraps[] = {1, UINT64_MAX};
    size_t starts[2];
    long double within;
    struct error err;

    (void)unused;
    assert_int_equal(kmeans1d(values, fits, 2, 1, starts, &within, &err), 0);
    assert_close(within, (long double)((uint64_t)1 << 29));
    assert_int_equal(kmeans1d(values, more, 2, 1, starts, &within, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "too many values for k-means: more than 2147483648");
    assert_int_equal(kmeans1d(values, wraps, 2, 1, starts, &within, &err), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_example), cmocka_unit_test(is_optimal), cmocka_unit_test(larger_is_optimal),
        cmocka_unit_test(far_from_zero),     cmocka_unit_test(wide_range), cmocka_unit_test(too_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
