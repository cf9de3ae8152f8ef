/* Optimal one-dimensional k-means.
 *
 * least[q][i], the least cost of the values 0..i in q + 1 clusters, is the minimum over j of least[q-1][j-1] + cost(j,
 * i), where j is the first value of the last cluster. The best j never falls as i grows (the cost satisfies the
 * quadrangle inequality) nor as q grows, so a layer is computed from the middle outwards with the range of j halved at
 * each step.
 *
 * Numerical safety. The cost of a run, S2 - S1^2 / W with the sums of weights, of values and of squares, is the small
 * difference of large numbers, which ruins it in floating point. Here the sums are integers, and with S1 = c W + r (c
 * the whole mean, 0 <= r < W) S2 - S1^2 / W = (S2 - c (S1 + r)) - r^2 / W where the bracket is the sum of squares about
 * c, an integer computed without error, and the second term is below W. Values are taken relative to the smallest and W
 * x range < 2^63, so S1 fits in 64 bits and S2 in 126. What remains is a rounding of relative size 2^-64 per run and
 * per addition of runs, all of one sign: the result is optimal up to a few 2^-64 of its cost. */
#include "analysis/kmeans1d.h"

#include <stdlib.h>

typedef unsigned __int128 uint128;

/* Sums over the values before index i. */
struct prefix {
    uint128 squares;
    uint64_t values;
    uint64_t weights;
};

struct layers {
    const struct prefix *sums;
    long double *previous; /* least cost with one cluster fewer, by last value */
    long double *current;
    uint32_t *first; /* first[q * count + i]: where the last of q + 1 clusters over 0..i begins */
    size_t count;
};

static long double cost(const struct prefix *sums, size_t first, size_t last)
{
    const struct prefix *before = &sums[first];
    const struct prefix *after = &sums[last + 1];
    uint64_t weight = after->weights - before->weights;
    uint64_t sum = after->values - before->values;
    uint64_t mean = sum / weight;
    uint64_t rest = sum % weight;
    uint128 about_mean = after->squares - before->squares - (uint128)mean * (sum + rest);

    return (long double)about_mean - (long double)(rest * rest) / (long double)weight;
}

/* current[at], trying the first values low..high of the last cluster. Returns the best, the lowest of several. */
static size_t best_first(struct layers *layers, size_t at, size_t low, size_t high)
{
    size_t best = low;
    long double least = layers->previous[low - 1] + cost(layers->sums, low, at);

    for (size_t first = low + 1; first <= high && first <= at; first++) {
        long double total = layers->previous[first - 1] + cost(layers->sums, first, at);
        if (total < least) {
            least = total;
            best = first;
        }
    }
    layers->current[at] = least;
    return best;
}

/* Fills layer q (q + 1 clusters, q >= 1) for the last values from..to, whose last cluster begins within low..high. */
static void fill_layer(struct layers *layers, size_t q, size_t from, size_t to, size_t low, size_t high)
{
    size_t middle = from + (to - from) / 2;
    size_t least = layers->first[(q - 1) * layers->count + middle];

    if (least < low)
        least = low;
    size_t best = best_first(layers, middle, least, high);
    layers->first[q * layers->count + middle] = (uint32_t)best;
    if (middle > from)
        fill_layer(layers, q, from, middle - 1, low, best);
    if (middle < to)
        fill_layer(layers, q, middle + 1, to, best, high);
}

static long double solve(struct layers *layers, size_t k, size_t *starts)
{
    size_t last = layers->count - 1;

    for (size_t i = 0; i < layers->count; i++) {
        layers->current[i] = cost(layers->sums, 0, i);
        layers->first[i] = 0;
    }
    for (size_t q = 1; q < k; q++) {
        long double *filled = layers->current;
        layers->current = layers->previous;
        layers->previous = filled;
        if (q + 1 < k)
            fill_layer(layers, q, q, last, q, last);
        else /* of the last layer only the last value is wanted */
            fill_layer(layers, q, last, last, q, last);
    }
    size_t end = last;
    for (size_t q = k; q-- > 0;) {
        starts[q] = layers->first[q * layers->count + end];
        end = starts[q] - 1;
    }
    return layers->current[last];
}

/* sums[0 .. count] of the values relative to the first, rounded to what fits. Returns by how many bits they were
 * rounded; -1: too many values. */
static int sum_up(struct prefix *sums, const int128 *values, const uint64_t *weights, size_t count)
{
    const uint64_t most = (uint64_t)1 << 31;
    uint128 range = (uint128)values[count - 1] - (uint128)values[0];
    uint64_t total = weights[0];
    unsigned shift = 0;

    for (size_t i = 1; i < count; i++) {
        if (total > most || weights[i] > most - total)
            return -1;
        total += weights[i];
    }
    if (total == 0 || total > most)
        return -1;
    while (range >> shift >= ((uint64_t)1 << 63) / total)
        shift++;
    sums[0] = (struct prefix){0};
    for (size_t i = 0; i < count; i++) {
        uint64_t value = (uint64_t)(((uint128)values[i] - (uint128)values[0]) >> shift);
        sums[i + 1].weights = sums[i].weights + weights[i];
        sums[i + 1].values = sums[i].values + weights[i] * value;
        sums[i + 1].squares = sums[i].squares + (uint128)(weights[i] * value) * value;
    }
    return (int)shift;
}

int kmeans1d(const int128 *values, const uint64_t *weights, size_t count, size_t k, size_t *starts, long double *within,
             struct error *err)
{
    if (k > count)
        k = count;
    struct layers layers = {.count = count};
    struct prefix *sums = malloc((count + 1) * sizeof *sums);
    int result = -1;

    layers.sums = sums;
    layers.previous = calloc(count, sizeof *layers.previous);
    layers.current = calloc(count, sizeof *layers.current);
    layers.first = count > SIZE_MAX / sizeof *layers.first / k ? NULL : malloc(k * count * sizeof *layers.first);
    if (!sums || !layers.previous || !layers.current || !layers.first) {
        error_memory(err);
    } else {
        int shift = sum_up(sums, values, weights, count);
        if (shift < 0) {
            error_set(err, STATUS_DATA, "too many values for k-means: more than 2147483648");
        } else {
            *within = solve(&layers, k, starts);
            for (int i = 0; i < shift; i++)
                *within *= 4;
            result = 0;
        }
    }
    free(sums);
    free(layers.previous);
    free(layers.current);
    free(layers.first);
    return result;
}
