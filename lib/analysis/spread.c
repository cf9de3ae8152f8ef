/* Spread: the values as they are, 8 bytes each, put in order when a quantile is asked for.
 *
 * A quantile cannot fail, so sorting must not need memory: it is a radix sort in place, most significant digit first
 * (P. M. McIlroy, K. Bostic and M. D. McIlroy, "Engineering Radix Sort", Computing Systems 6, 1993: American flag
 * sort). A digit is the eight bits that begin with the highest in which the values of a run differ: durations of some
 * days in microseconds differ in 40 bits, not 64, and no pass is spent on the others. Values that came in order are
 * known to be from adding them.
 *
 * A mean or a quantile is a fraction of whole numbers; it is divided once, with more bits than a double has, and what
 * is left over is kept as a last bit, so that the one rounding is right. */
#include "analysis/spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

typedef unsigned __int128 uint128;

#define DIGIT_BITS 8
#define DIGITS (1 << DIGIT_BITS)
#define FEW 48 /* so many are sorted by insertion */

void spread_fini(struct spread *spread)
{
    free(spread->values);
    *spread = (struct spread){0};
}

/* Whether the values are still in order with `value` behind them. */
static bool stays_sorted(const struct spread *spread, int64_t value)
{
    return !spread->count || (spread->sorted && spread->values[spread->count - 1] <= value);
}

int spread_add(struct spread *spread, int64_t value)
{
    if (ARRAY_GROW(spread->values, spread->capacity, spread->count + 1))
        return -1;
    spread->sorted = stays_sorted(spread, value);
    spread->values[spread->count++] = value;
    spread->sum += value;
    return 0;
}

int spread_merge(struct spread *into, const struct spread *from)
{
    if (!from->count)
        return 0;
    if (ARRAY_GROW(into->values, into->capacity, into->count + from->count))
        return -1;
    into->sorted = stays_sorted(into, from->values[0]) && from->sorted;
    memcpy(into->values + into->count, from->values, from->count * sizeof *from->values);
    into->count += from->count;
    into->sum += from->sum;
    return 0;
}

/* ---- order ---- */

static void insertion_sort(int64_t *values, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        int64_t value = values[i];
        size_t at = i;

        for (; at && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
}

/* The bits in which the values are not all equal, the sign among them. */
static uint64_t differing_bits(const int64_t *values, size_t count)
{
    uint64_t differ = 0;

    for (size_t i = 1; i < count; i++)
        differ |= (uint64_t)values[i] ^ (uint64_t)values[0];
    return differ;
}

/* The sign bit turned, so that negative values come first. */
static inline size_t digit_of(int64_t value, int shift)
{
    return (((uint64_t)value ^ (uint64_t)1 << 63) >> shift) & (DIGITS - 1);
}

/* Moves each value to the run of its digit: what stands where the next of a run goes is taken up, put where it belongs,
 * and what stood there taken up in turn. end: where the run of each digit ends. */
static void deal(int64_t *values, size_t count, int shift, size_t end[DIGITS])
{
    size_t next[DIGITS], before = 0;

    memset(end, 0, DIGITS * sizeof *end);
    for (size_t i = 0; i < count; i++)
        end[digit_of(values[i], shift)]++;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        next[digit] = before;
        before = end[digit] += before;
    }
    for (size_t digit = 0; digit < DIGITS; digit++) {
        while (next[digit] < end[digit]) {
            int64_t value = values[next[digit]];
            for (size_t to = digit_of(value, shift); to != digit; to = digit_of(value, shift)) {
                int64_t other = values[next[to]];
                values[next[to]++] = value;
                value = other;
            }
            values[next[digit]++] = value;
        }
    }
}

/* At most eight deep: each call settles eight bits more. */
static void sort_run(int64_t *values, size_t count)
{
    size_t end[DIGITS], begin = 0;

    if (count <= FEW) {
        insertion_sort(values, count);
        return;
    }
    uint64_t differ = differing_bits(values, count);
    if (!differ)
        return;
    int bits = 64 - __builtin_clzll(differ);
    int shift = bits > DIGIT_BITS ? bits - DIGIT_BITS : 0;
    deal(values, count, shift, end);
    for (size_t digit = 0; shift && digit < DIGITS; digit++) {
        sort_run(values + begin, end[digit] - begin);
        begin = end[digit];
    }
}

void spread_sort(struct spread *spread)
{
    if (!spread->sorted)
        sort_run(spread->values, spread->count);
    spread->sorted = true;
}

/* ---- numbers ---- */

/* The double nearest to numerator / denominator; ties to even. denominator > 0. */
static double divide(__int128 numerator, uint64_t denominator)
{
    uint128 magnitude = numerator < 0 ? 0 - (uint128)numerator : (uint128)numerator;
    int shift = 0;

    if (!magnitude)
        return 0;
    uint64_t high = (uint64_t)(magnitude >> 64);
    shift = high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)magnitude);
    /* at least 2^127 divided by less than 2^64: 63 bits and more, of which the conversion rounds off the last ten */
    magnitude <<= shift;
    uint128 quotient = magnitude / denominator | (magnitude % denominator != 0);
    double size = ldexp((double)quotient, -shift);
    return numerator < 0 ? -size : size;
}

double spread_mean(const struct spread *spread)
{
    return spread->count ? divide(spread->sum, spread->count) : NAN;
}

double spread_quantile(struct spread *spread, unsigned i, unsigned n)
{
    if (!spread->count)
        return NAN;
    spread_sort(spread);
    uint128 place = (uint128)(spread->count - 1) * i;
    size_t whole = (size_t)(place / n);
    unsigned part = (unsigned)(place % n);
    __int128 times_n = (__int128)spread->values[whole] * (n - part);

    if (part)
        times_n += (__int128)spread->values[whole + 1] * part;
    return divide(times_n, n);
}

/* How many values are below `limit`; the values are in order. */
static size_t count_below(const struct spread *spread, int64_t limit)
{
    size_t low = 0, high = spread->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spread->values[middle] < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t spread_between(struct spread *spread, int64_t low, int64_t high)
{
    if (low >= high)
        return 0;
    spread_sort(spread);
    return count_below(spread, high) - count_below(spread, low);
}
