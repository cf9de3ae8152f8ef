/* Quantiles of exact integers: sorting them, and the sample quantile of type 7.
 *
 * Source: R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996),
 * pages 361-365, definition 7: with sorted values x[0] .. x[count-1] and h = (count - 1) p, the quantile is x[floor(h)]
 * + (h - floor(h)) (x[floor(h) + 1] - x[floor(h)]). It is the default of R's quantile(), of NumPy and of pandas. */
#ifndef CRM_ANALYSIS_QUANTILE_H
#define CRM_ANALYSIS_QUANTILE_H

#include "value/decimal.h"

/* A value and what it belongs to. */
struct quantile_item {
    int128 value;
    size_t index;
};

/* Sorts ascending in time linear in count (a radix sort over those bytes that differ). spare has room for as many. */
void quantile_sort(int128 *values, int128 *spare, size_t count);
/* The same by value; stable: items of equal value keep their order. */
void quantile_sort_items(struct quantile_item *items, struct quantile_item *spare, size_t count);

/* n times the type-7 quantile at p = i / n of count >= 1 sorted values, exactly; 0 <= i <= n, 1 <= n. With n = 2 and i
 * = 1 it is twice the median. false: it does not fit in 128 bits. */
bool quantile_type7(const int128 *sorted, size_t count, unsigned i, unsigned n, int128 *times_n);

/* The same in two steps, for values that are not in an array: the quantile lies `part` n-ths of the way from the value
 * of rank `whole` to the next one (which is not looked at, and need not be there, when part is 0). */
void quantile_type7_rank(uint64_t count, unsigned i, unsigned n, uint64_t *whole, unsigned *part);
bool quantile_type7_between(int128 value, int128 next, unsigned part, unsigned n, int128 *times_n);

#endif
