/* Model: what crm-train learned of leads with a known outcome, and crm-score applies to others. A JSON file that can be
 * read and changed by hand.
 *
 * Logistic regression and naive Bayes: each feature is cut into bins (ranges of a number, groups of values of a
 * category, "missing"), each bin adds its weight, in log-odds, and their sum with the intercept goes through the
 * calibration:
 *
 *     z = intercept + sum of weights,   p = calibrate(1 / (1 + exp(-z)))
 *
 * Boosted trees: z = intercept + sum of the leaves reached (Chen and Guestrin, "XGBoost", KDD 2016). A tree sees a
 * number as it is, a category as the weight of evidence of its bin. */
#ifndef CRM_ANALYSIS_MODEL_H
#define CRM_ANALYSIS_MODEL_H

#include <stdint.h>

#include "analysis/train_table.h"
#include "base/buffer.h"

enum model_method { MODEL_LOGISTIC, MODEL_BAYES, MODEL_TREES };
extern const char *const model_method_names[]; /* "logistic", "bayes", "trees", NULL */

/* Part of the values of a feature. The last bin of a feature is always "missing", the one before it of a category
 * "other": values not seen. */
struct model_bin {
    double from, below;   /* numbers and dates: from <= x < below; -INFINITY, INFINITY at the ends */
    struct slice *values; /* categories: those of this bin; none in "other" and "missing" */
    size_t value_count;
    double yes, no;  /* leads of each outcome in training; naive Bayes goes on counting in them */
    double evidence; /* weight of evidence, ln((yes + a) / (all yes + ab) / ((no + a) / (all no + ab))): see
                        train_bins.h */
    double weight;   /* log-odds; 0 for trees */
};

struct model_feature {
    struct slice name;
    enum train_kind kind;
    struct model_bin *bins; /* numbers: ascending */
    size_t count;
    double information;  /* value: sum of (share of yes - share of no) * evidence */
    double missing_mean; /* trees: unused, 0 */
};

/* A node with feature SIZE_MAX is a leaf; value: its part of z, or the bound: x < value goes left, else right; a
 * missing x goes where `missing_left` says. */
struct model_node {
    uint32_t feature; /* UINT32_MAX: a leaf */
    uint32_t left, right;
    float value;
    double mean; /* mean of z below this node over the training leads that come here: for reasons */
    bool missing_left;
};
struct model_tree {
    struct model_node *nodes;
    size_t count;
};

enum model_calibrating { CALIBRATE_NONE, CALIBRATE_PLATT, CALIBRATE_ISOTONIC };
extern const char *const model_calibrating_names[]; /* "none", "platt", "isotonic", NULL */
/* PLATT: p = 1 / (1 + exp(-(a z + b))). ISOTONIC: of z, straight lines between the points, level outside of them;
 * a and b, when known (a > 0), of the PLATT that comes nearest. */
struct model_calibration {
    enum model_calibrating kind;
    double a, b;
    double *z, *p; /* ascending both */
    size_t count;
};

struct model_cut {
    struct slice grade;
    double from; /* probability */
};

struct model {
    struct arena arena; /* everything below is in it */
    enum model_method method;
    struct slice target, positive;
    int32_t as_of; /* of training; ages are taken at the date of scoring */
    double rows, yes;
    double intercept;
    struct model_feature *features;
    size_t feature_count;
    struct model_tree *trees;
    size_t tree_count;
    struct model_calibration calibration;
    struct model_cut *cuts; /* descending */
    size_t cut_count;
    /* Measures of training, by cross-validation; for whoever reads the file. */
    double auc, auc_low, auc_high, ks, brier, log_loss, ece;
};

#define MODEL_VERSION 1
#define MODEL_LIMIT ((size_t)64 << 20) /* bytes of such a file */

/* JSON, to the same last bit when read again; appended to text. Infinite bounds and measures that are NAN are left out,
 * as are the weights of trees. -1: STATUS_DATA, text as it was: model_read() would refuse it ("it cannot be saved: the
 * model: features[0].bins[1].weight: not a number"), or a name or value is not UTF-8 text. */
int model_write(const struct model *model, struct buffer *text, struct error *err);
/* Takes nothing that cannot be applied: names of features and values within a feature are there once, ranges follow one
 * another without gaps, children of a node come behind it, counts are not negative, log-odds lie within 1e100 of 0 and
 * isotonic probabilities above 0 and below 1, cuts do not rise. Measures that are not there are NAN. -1: STATUS_USAGE,
 * "FILE: features[2].bins[0].weight: ..."; there is nothing to free then, but model_fini() does no harm. */
int model_read(struct model *model, struct slice text, const char *file, struct error *err);
void model_fini(struct model *model);

/* What a thread needs to apply a model. */
struct model_use;
/* The model is borrowed, dates are copied. as_of: for ages. */
int model_use_new(struct model_use **use, const struct model *model, int32_t as_of, const struct date_reader *dates,
                  struct error *err);
void model_use_free(struct model_use *use);
/* values[i]: the text of feature i, empty when it is missing. *z, *p; parts[i]: what feature i did to z: its weight
 * less the mean weight over the training leads or, for trees, the changes of the mean on the paths (A. Saabas,
 * "Interpreting random forests", 2014); NULL: not wanted. bins[i]: which bin it fell in. -1, STATUS_DATA: "feature
 * 'age': 'abc' is not a number". */
int model_apply(struct model_use *use, const struct slice *values, double *z, double *p, double *parts, uint32_t *bins,
                struct error *err);
/* The day of the next leads, where each has its own. */
void model_use_set_day(struct model_use *use, int32_t as_of);
/* The features that moved a lead most, "Lead Source Reference +1.8; Age 20 to 30 -0.4" (log-odds): at most `most` of
 * them. Appends. */
int model_reasons(const struct model *model, const double *parts, const uint32_t *bins, size_t most,
                  struct buffer *text);
/* The bin of a value of feature i; what is no number or date is taken as missing, as in training. */
uint32_t model_bin_of(struct model_use *use, size_t i, struct slice text);
/* The probability for a z, never exactly 0 or 1: without calibration and by Platt's it is held within 1e-15 of them. */
double model_calibrate(const struct model_calibration *calibration, double z);
/* The grade of a probability: the first whose cut it reaches; empty when there is none. In the model's memory. */
struct slice model_grade(const struct model *model, double p);
/* A bin as people read it: "Reference", "Google or Bing", "A, B, C or 7 others", "20 to 50", "under 20", "50 and more",
 * "20 to 50 days" (dates), "any" (the only range), "missing", "other". Appends; -1: out of memory. */
int model_bin_name(const struct model_feature *feature, size_t bin, struct buffer *text);

/* Whether a text stands for no value: empty, or Select, N/A, NA, none, null, -, unknown, ... in any case and between
 * any blanks, dashes, dots and brackets ("-- None --", "(not set)"), in some other languages, too. */
bool model_missing(struct slice text);
/* Of those words the ones seen most, as they are written most; NULL behind the last. */
extern const char *const model_missing_common[];
/* The number in a text, as double_from_text() reads it, but -0 as 0. false: it is none, or not a finite one. */
bool model_number(struct slice text, double *number);

#endif
