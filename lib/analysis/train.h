/* Training: from a table of leads to a model, with its measures by cross-validation.
 *
 * Rows are dealt to folds at random with a fixed seed, each outcome by itself, so that all folds have the same share.
 * For each fold everything that looks at the outcome (bins, evidence, weights) is done on the other folds; what the
 * model says of the fold is kept. Calibration and all measures come from these held-out values; the model itself is
 * then made of all rows.
 *
 * Logistic regression: one column of zero and one for each bin of each feature, minimised by liblinear (R.-E.
 * Fan et al., Journal of Machine Learning Research 9 (2008), 1871-1874) with L2 or L1 penalty, the intercept hardly
 * penalised; C from a grid by held-out log-loss. Naive Bayes: evidence of bins with .1 added to each count (as Odoo's
 * predictive lead scoring). Trees: XGBoost, depth, number and rate chosen by held-out log-loss. */
#ifndef CRM_ANALYSIS_TRAIN_H
#define CRM_ANALYSIS_TRAIN_H

#include "analysis/train_calibrate.h"
#include "analysis/train_guard.h"
#include "analysis/train_measure.h"

struct train_method {
    enum model_method method;
    bool l1;        /* LOGISTIC: L1 instead of L2 */
    double c;       /* LOGISTIC: the cost; 0: chosen by cross-validation */
    size_t folds;   /* 2 .. 100, of which none has fewer than one row of either outcome */
    uint64_t seed;  /* of the dealing */
    size_t threads; /* 1 or more; results do not depend on it */
};

struct train_result {
    struct model model;
    struct measures measures; /* of held-out, calibrated probabilities */
    double *held;             /* per row; owned */
    double fold_auc[100];     /* of each fold by itself, uncalibrated */
    double mean_auc;          /* their mean: what scikit-learn's cross_val_score gives */
    double c;                 /* LOGISTIC: the cost used */
};

/* The fold of each row, see above. part: room for table->rows. -1: too few rows of an outcome for so many folds
 * (STATUS_DATA). */
int train_deal(const struct train_table *table, size_t folds, uint64_t seed, uint8_t *part, struct error *err);
/* Makes everything in result. part: the fold of each row, as train_deal() gives it. Memory: with logistic regression
 * 16 bytes for each lead and feature on each thread, with trees 4, beside 2 for each of them and each fold. */
int train_model(struct train_result *result, const struct train_table *table, const struct train_method *method,
                const uint8_t *part, struct error *err);
void train_result_fini(struct train_result *result);

/* The learners, on the rows for which part[row] != left_out. bin[f]: the bin of each row of feature f. They set weights
 * and intercept, or trees, of model, whose features and bins are there. */
struct train_rows {
    const struct train_table *table;
    const size_t *used;   /* features of the table, in order of model->features */
    uint16_t *const *bin; /* per feature of the model, per row */
    const uint8_t *part;
    size_t left_out; /* SIZE_MAX: none */
};
int train_logistic(struct model *model, const struct train_rows *rows, double c, bool l1, struct error *err);
void train_bayes(struct model *model); /* of the counts in its bins alone */
int train_trees(struct model *model, const struct train_rows *rows, size_t depth, size_t trees, double rate,
                size_t threads, struct error *err);
/* z of every row, held out or not. */
int train_predict(const struct model *model, const struct train_rows *rows, double *z, struct error *err);

/* Naive Bayes goes on: adds the leads of the table to the counts of a model (values not seen before to "other"), and
 * its weights and evidence anew; measures, calibration and cuts stay those of the training. The target must be the
 * same. Values are those of the records the table was made of, read as crm-score reads them, so that it does not matter
 * what a column looks like in a few leads, nor whether the table left it out. names: of the columns of kept. -1:
 * STATUS_USAGE, the model is of another method or target; STATUS_DATA, a column of the model is not there. */
int train_update(struct model *model, const struct train_table *table, const struct kept *kept,
                 const struct slice *names, const struct date_reader *dates, struct error *err);

/* The model as a rule file, crm-rules(5), with whole points: a bin's points are its weight * factor, rounded, with
 * factor = points_to_double / ln 2 and offset so that the base rate has the score `base`; its calibration is written
 * too. -1: STATUS_USAGE, trees, or points that crm-score would refuse; STATUS_DATA: no column is worth a whole point.
 */
int train_to_rules(const struct model *model, double points_to_double, double base, struct buffer *text,
                   struct error *err);

#endif
