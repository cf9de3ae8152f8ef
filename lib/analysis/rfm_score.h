/* RFM scores: 1 to bins in each dimension, higher is better; recency is reversed, few days being good.
 *
 * Methods, n being the number of bins of a dimension:
 *   quantile  the cuts are the type-7 quantiles (quantile.h) of the customers' values at 1/n .. (n-1)/n
 *   r         as the R package rfm 0.3.0: the same quantiles, each plus 1 (a day, an order, a unit of currency), and
 *             ties high
 *   kmeans    the cuts lie midway between the neighbouring values of the clusters of the optimal k-means (kmeans1d.h);
 *             with fewer distinct values than n there are only that many bins
 *   rank      SQL's NTILE(n): the customers in order from worst (longest ago, fewest orders, least money) to best, in n
 *             groups whose sizes differ by at most one, the larger groups being the worse ones; group 1 has score 1.
 *             It is NTILE(n) OVER (ORDER BY recency_days DESC), (ORDER BY frequency), (ORDER BY monetary)
 *   nested    recency by rank; frequency by rank inside each recency score; monetary by rank inside each pair of the
 *             two (A. M. Hughes, "Strategic Database Marketing", 1994)
 *   cuts      the caller's own cuts
 *
 * Scores from cuts: with k the number of cuts that a value is above, the score is 1 + k, and of recency n - k.
 * Ties, values equal to a cut:
 *   low       x is above c when x > c: it belongs to the lower interval, as in pandas.qcut; the default but of r
 *   high      x is above c when x >= c; the only one of r
 *
 * A cut is rounded half away from zero to three more decimals than the values have, and the rounded cut is what scores,
 * so that saved cuts (rfm_cuts.h) give the same scores again. Rounding never changes a score: with n <= 9 a cut is a
 * whole multiple of 1/n of a unit, the last decimal of the values, so it either is a whole number of units and not
 * rounded, or is at least 1/9 unit from every possible value and moved by at most 1/2000.
 *
 * Ties of rank and nested, customers of equal value:
 *   order     broken by customer id, bytewise ascending, so that the order of the rows does not matter; the default
 *   low, high, mean
 *             all get the score of the worst, the best, or the mean (rounded down) of their places */
#ifndef CRM_ANALYSIS_RFM_SCORE_H
#define CRM_ANALYSIS_RFM_SCORE_H

#include "analysis/rfm.h"
#include "analysis/rfm_cuts.h"

struct rfm_scoring {
    enum rfm_method method; /* not RFM_CUTS: that is rfm_score_by_cuts() */
    enum rfm_ties ties;     /* RFM_TIES_DEFAULT: the method's own */
    int bins[RFM_DIMENSIONS];
};
#define RFM_SCORING_DEFAULT ((struct rfm_scoring){RFM_QUANTILE, RFM_TIES_DEFAULT, {5, 5, 5}})

/* How the customers spread over the bins of a dimension: used < bins means that bins are empty. When cuts coincide
 * (distinct_cuts < cuts) that comes of many customers having the same value; rank has no such trouble. */
struct rfm_spread {
    int bins;       /* that scores can have: those asked for, or fewer with kmeans */
    int bins_asked; /* bins < bins_asked: kmeans found only `bins` distinct values */
    int used;       /* bins with a customer */
    int cuts;       /* 0 for rank and nested */
    int distinct_cuts;
    size_t customers[RFM_BINS_MAX]; /* with score 1, 2, ... */
};

/* Whether the options make sense together. -1: STATUS_USAGE, saying what does not. */
int rfm_scoring_check(const struct rfm_scoring *scoring, struct error *err);

/* Scores all customers. *cuts gets the cuts used, none for rank and nested or without customers; *spread one per
 * dimension. Either may be NULL. Of a table on disk rank, nested and kmeans take all customers into memory. -1: as
 * above, out of memory, or values too large (STATUS_DATA). */
int rfm_score(struct rfm_table *table, const struct rfm_scoring *scoring, struct rfm_cuts *cuts,
              struct rfm_spread *spread, struct error *err);

/* Scores all customers by given cuts. spread may be NULL; of a table on disk it is not filled. */
void rfm_score_by_cuts(struct rfm_table *table, const struct rfm_cuts *cuts, struct rfm_spread *spread);

/* 100 r + 10 f + m, which reads as the three digits. */
static inline int rfm_score_number(const struct rfm_customer *customer)
{
    return customer->score[RFM_RECENCY] * 100 + customer->score[RFM_FREQUENCY] * 10 + customer->score[RFM_MONETARY];
}

/* Weights of the three scores: none negative, one at least positive, each at most 1000000 with at most 6 decimals. */
struct rfm_weights {
    struct decimal weight[RFM_DIMENSIONS];
};

/* Reads "3,2,1.5": recency, frequency, monetary. -1: STATUS_USAGE. */
int rfm_weights_parse(struct rfm_weights *weights, struct slice text, struct error *err);

/* The weighted score (wR r + wF f + wM m) / (wR + wF + wM) in hundredths, rounded half up: 100 is 1.00. */
int rfm_weighted_score(const struct rfm_customer *customer, const struct rfm_weights *weights);

#endif
