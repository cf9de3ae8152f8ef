/* Measures in print, in long form: records of section, name and what there is to say of it. crm-train and crm-score
 * --backtest have the same.
 *
 * Sections: summary (auc, ks, brier, log_loss, ece), decile, calibration, cutoff; from training also suspect, left_out,
 * feature and bin. */
#ifndef CRM_ANALYSIS_MEASURE_PRINT_H
#define CRM_ANALYSIS_MEASURE_PRINT_H

#include "analysis/train.h"
#include "stream/common.h"

/* The columns of the records, in order. */
extern const struct slice measure_columns[];
extern const size_t measure_column_count;

/* summary, deciles, calibration (of probabilities), cut-offs. p and outcome: what the measures are of. */
int measure_print(const struct measures *measures, const double *p, const uint8_t *outcome, bool is_probability,
                  struct writer *writer, struct error *err);

/* What was learned: suspected and left-out columns, features with their information, bins with their weights. */
int measure_print_training(const struct train_result *result, const struct train_table *table,
                           const struct train_guard *guard, struct writer *writer, struct error *err);

#endif
