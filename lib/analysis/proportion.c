/* Proportions. Formulas are arranged so that counts of any size and shares near 0 or 1 lose nothing: limits that are 0
 * or 1 are so exactly, the lower Wilson limit comes from the product of both instead of a difference, and cross
 * products of counts are made in 128 bits.
 *
 * Fisher's test is used only where some expected count is below 5. That cell counts few, so the tables with the same
 * margins are summed from 0 in it upwards, each probability from the one before by a ratio of four counts: no
 * logarithms of factorials, in whose differences the digits would be lost when the counts are large. */
#include "analysis/proportion.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

typedef unsigned __int128 uint128;

#define LEAST_EXPECTED 5     /* Cochran */
#define AS_LIKELY (1 + 1e-7) /* up to here a table counts as equally likely: R's fisher.test() */

/* Newton's method on the probability outside of -z .. z. From 0 it comes nearer from below at each step, since the
 * function is convex; the far tail takes some forty steps. Inside is taken instead where that is the smaller one. */
double proportion_z(double confidence)
{
    double z = 0;

    for (int i = 0; i < 100; i++) {
        double missing = confidence < .5 ? confidence - erf(z * M_SQRT1_2) : erfc(z * M_SQRT1_2) - (1 - confidence);
        double step = missing / (M_2_SQRTPI * M_SQRT1_2 * exp(-z * z / 2));
        if (step <= z * 1e-16)
            break;
        z += step;
    }
    return z;
}

/* The limits are the roots of (1 + z^2/n) x^2 - (2p + z^2/n) x + p^2 = 0: their product is known. */
struct interval proportion_wilson(uint64_t part, uint64_t whole, double z)
{
    double n = (double)whole, p = (double)part / n, excess = z * z / n;

    if (!whole)
        return (struct interval){NAN, NAN, NAN};
    double high = (p + excess / 2 + z * sqrt(p * ((double)(whole - part) / n) / n + excess / n / 4)) / (1 + excess);
    double low = part ? p * p / ((1 + excess) * high) : 0;
    return (struct interval){p, fmin(low, p), part == whole ? 1 : fmax(high, p)};
}

struct interval proportion_difference(uint64_t a_part, uint64_t a_whole, uint64_t b_part, uint64_t b_whole, double z)
{
    struct interval a = proportion_wilson(a_part, a_whole, z), b = proportion_wilson(b_part, b_whole, z);
    double difference = a.value - b.value;

    return (struct interval){difference, difference - hypot(a.value - a.low, b.high - b.value),
                             difference + hypot(a.high - a.value, b.value - b.low)};
}

/* ---- tests ---- */

/* The probability of the table with x + 1 in the cell by that with x: `row` and `column` hold the cell, of `all`. */
static double next_by_this(uint64_t x, uint64_t row, uint64_t column, uint128 all)
{
    return (double)(row - x) / (double)(x + 1) * ((double)(column - x) / (double)(all - row - column + x + 1));
}

/* Two-sided; row and column are the smaller ones of the margins, cell stands in both. Relative to the table with 0 in
 * the cell; what underflows is further out than any sum can show. */
static double fisher(uint64_t cell, uint64_t row, uint64_t column, uint128 all)
{
    uint64_t most = row < column ? row : column;
    double here = 1, weight = 1, sum = 0, extreme = 0;

    for (uint64_t x = 0; x < cell && here > 0; x++)
        here *= next_by_this(x, row, column, all);
    for (uint64_t x = 0; weight > 0; x++) {
        sum += weight;
        if (weight <= here * AS_LIKELY)
            extreme += weight;
        if (x == most)
            break;
        weight *= next_by_this(x, row, column, all);
    }
    return fmin(extreme / sum, 1);
}

/* chi^2 = N (ad - bc)^2 / (product of the margins), one degree of freedom. */
static double pearson(uint128 cross, uint128 crossed, double margins, double all)
{
    double size = cross > crossed ? (double)(cross - crossed) : (double)(crossed - cross);

    return erfc(size * sqrt(all / margins / 2));
}

double proportion_test(uint64_t a_part, uint64_t a_whole, uint64_t b_part, uint64_t b_whole)
{
    if (!a_whole || !b_whole)
        return NAN;
    uint128 all = (uint128)a_whole + b_whole, parts = (uint128)a_part + b_part;
    bool few_parts = parts <= all - parts, small_a = a_whole <= b_whole;
    uint128 column = few_parts ? parts : all - parts;
    uint64_t row = small_a ? a_whole : b_whole;
    uint64_t cell = small_a ? a_part : b_part;

    if (!column)
        return 1;
    if (column * row >= LEAST_EXPECTED * all)
        return pearson((uint128)a_part * b_whole, (uint128)b_part * a_whole,
                       (double)a_whole * (double)b_whole * (double)parts * (double)(all - parts), (double)all);
    return fisher(few_parts ? cell : row - cell, row, (uint64_t)column, all);
}

/* ---- several tests ---- */

static int compare_p(const void *a, const void *b, void *context)
{
    const double *p = (const double *)context;
    double left = p[*(const size_t *)a], right = p[*(const size_t *)b];

    return (left > right) - (left < right);
}

void proportion_adjust(double *p, size_t *order, size_t count)
{
    size_t tests = 0;
    double least = 0;

    for (size_t i = 0; i < count; i++)
        if (!isnan(p[i]))
            order[tests++] = i;
    qsort_r(order, tests, sizeof *order, compare_p, p);
    for (size_t i = 0; i < tests; i++) {
        least = fmin(fmax(least, (double)(tests - i) * p[order[i]]), 1);
        p[order[i]] = least;
    }
}
