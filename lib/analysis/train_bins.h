/* Bins of features, with weight of evidence.
 *
 * A number: its ranges (train_bins_ranges()), of which neighbours are merged: those least different first, as long as
 * the chi-square statistic of their two-by-two table with the outcome is below the 95 % point, then those with fewer
 * than 2 % of the leads or 5 leads of either outcome, each with the neighbour it differs less from (R. Kerber,
 * "ChiMerge", AAAI 1992). A category: each value of at least 1 % of the leads and 20 of them is a bin, the most
 * frequent first; the others are "other". "missing" is a bin of its own, the last, whether or not it has leads.
 *
 * Weight of evidence of a bin: ln((yes + a) / (Y + a n) / ((no + a) / (N + a n))), a = .5, n bins; Y and N all leads of
 * each outcome in the training part; 0 for a bin without leads, of which nothing is known. Information value: sum over
 * bins of (yes/Y - no/N) times evidence. (N. Siddiqi, "Credit Risk Scorecards", 2006.) */
#ifndef CRM_ANALYSIS_TRAIN_BINS_H
#define CRM_ANALYSIS_TRAIN_BINS_H

#include "analysis/model.h"

#define TRAIN_RANGES 20

/* The bins of a feature in use from the rows for which part[row] != left_out (SIZE_MAX: all rows, part may be NULL):
 * everything but weights, which are 0. Memory in arena; names and values are copied. The outcomes of rows left out are
 * not looked at. */
int train_bins_make(const struct train_table *table, const struct train_feature *feature, const uint8_t *part,
                    size_t left_out, struct arena *arena, struct model_feature *bins, struct error *err);

/* The same before neighbours are merged. A number with at most TRAIN_RANGES different values: each is a range. Else
 * ranges of about equal numbers of leads, cut at the least value not below each type-7 quantile of i / TRAIN_RANGES, so
 * that equal values stay together; a value on which two of these quantiles fall is a range by itself. */
int train_bins_ranges(const struct train_table *table, const struct train_feature *feature, const uint8_t *part,
                      size_t left_out, struct arena *arena, struct model_feature *bins, struct error *err);

/* The weight of evidence of a bin; 0 when it has no leads. bins: how many there are, "missing" and "other" too. */
double train_evidence(double yes, double no, double all_yes, double all_no, size_t bins);

/* Evidence of the bins and information of the feature, from the counts of its bins. */
void train_bins_inform(struct model_feature *bins);

/* The bin of each row, of all rows. bins: of this feature. out: room for table->rows. */
void train_bins_assign(const struct train_table *table, const struct train_feature *feature,
                       const struct model_feature *bins, uint16_t *out);

#endif
