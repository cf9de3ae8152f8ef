/* Spread: the distribution of whole numbers such as durations in microseconds or ages in days: mean and quantiles,
 * exact.
 *
 * Quantiles are of type 7 (quantile.h has the source). Memory: 8 bytes a value, up to 12 while the array grows; putting
 * in order takes none. Time: putting n values in order O(n), or nothing when they came in order. */
#ifndef CRM_ANALYSIS_SPREAD_H
#define CRM_ANALYSIS_SPREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero is empty. */
struct spread {
    int64_t *values; /* owned */
    size_t count, capacity;
    bool sorted; /* values ascend; of no meaning while there are none */
    __int128 sum;
};

/* Leaves it empty. */
void spread_fini(struct spread *spread);
int spread_add(struct spread *spread, int64_t value);             /* 0, or -1 out of memory: nothing changed */
int spread_merge(struct spread *into, const struct spread *from); /* the same; from is another one */

/* Puts the values in order, ascending. */
void spread_sort(struct spread *spread);

/* NAN of none. The mean, the p-quantile with p = i / n (spread_quantile(s, 1, 2) is the median; 0 <= i <= n, 1 <= n):
 * both the double nearest to the exact value, ties to even. A quantile puts the values in order. */
double spread_mean(const struct spread *spread);
double spread_quantile(struct spread *spread, unsigned i, unsigned n);
/* How many values lie in low <= value < high; 0 when low >= high. Puts them in order. */
size_t spread_between(struct spread *spread, int64_t low, int64_t high);

#endif
