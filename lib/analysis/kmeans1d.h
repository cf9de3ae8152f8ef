/* K-means in one dimension, optimal.
 *
 * Among all ways to cut sorted values into k runs, finds one with the least sum of squared distances to the means of
 * the runs: not the local optimum that a random start happens to reach, and the same every time.
 *
 * Sources: H. Wang and M. Song, "Ckmeans.1d.dp: Optimal k-means Clustering in One Dimension by Dynamic Programming",
 * The R Journal 3/2 (2011), pages 29-33; A. Groenlund, K. G. Larsen, A. Mathiasen, J. S. Nielsen, S. Schneider and M.
 * Song, "Fast Exact k-Means, k-Medians and Bregman Divergence Clustering in 1D" (2017), arXiv:1701.07204, for the
 * divide-and-conquer step. */
#ifndef CRM_ANALYSIS_KMEANS1D_H
#define CRM_ANALYSIS_KMEANS1D_H

#include "base/error.h"
#include "value/decimal.h"

/* Cuts values[0 .. count-1], strictly ascending, values[i] occurring weights[i] >= 1 times, into min(k, count)
 * clusters, count and k >= 1. starts, room for k, gets the index at which each cluster begins, starts[0] = 0; *within
 * the sum of squared distances. Of several optimal answers one is chosen by a fixed rule. Time O(k n log n), memory O(k
 * n).
 *
 * The work is done in integers as long as (number of values, with repetition) x (largest - smallest) is below 2^63: for
 * a million customers, a range of nine million million units. Beyond, values are first rounded down to a power of two
 * that brings them below: the clusters are then optimal for the rounded values. 0, or -1: out of memory, or more than
 * 2^31 values (STATUS_DATA). */
int kmeans1d(const int128 *values, const uint64_t *weights, size_t count, size_t k, size_t *starts, long double *within,
             struct error *err);

#endif
