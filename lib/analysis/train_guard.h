/* Leakage guard: features that know the outcome.
 *
 * A feature in use is suspected
 * - when it alone tells the outcome almost perfectly: the area under the curve of the weight of evidence of its values
 *   or ranges (train_bins_ranges()) is .9 or more (ALONE). The evidence is worked out on the other folds; the area is
 *   the mean of those of the folds;
 * - when one of its values or ranges, "missing" among them, has at least 2 % of the leads and almost always the outcome
 *   (in 98 % of them, and what is missing to 100 % is at most a tenth of that of all leads) or almost never (at most a
 *   hundredth as often as all leads), and that is not chance: of so many leads taken at random at least 20 would be
 *   expected to be otherwise (PURE);
 * - when its name says that it is written after a lead was worked on: last activity, tags, lead quality, lead profile,
 *   lead status, stage, closed, lost reason, converted at, call duration and the like, in some languages (NAMED).
 * The first of these that holds is told. Suspected features are left out unless allowed. */
#ifndef CRM_ANALYSIS_TRAIN_GUARD_H
#define CRM_ANALYSIS_TRAIN_GUARD_H

#include "analysis/train_table.h"
#include "base/buffer.h"

enum train_suspicion { TRAIN_CLEAN, TRAIN_ALONE, TRAIN_PURE, TRAIN_NAMED };

struct train_suspect {
    size_t feature;
    enum train_suspicion why;
    double auc;         /* of the feature alone */
    struct slice value; /* PURE: which value or range, in the arena of the guard */
    size_t rows, yes;   /* PURE */
    bool allowed;
};
struct train_guard {
    struct train_suspect *suspects; /* owned; in the order of the features */
    size_t count;
    struct arena arena;
};

/* Looks at all features in use, and sets `skipped` of those that are suspected and not allowed to "suspected". part:
 * the fold of each row, 0 .. folds - 1. */
int train_guard(struct train_guard *guard, struct train_table *table, const uint8_t *part, size_t folds,
                struct error *err);
void train_guard_fini(struct train_guard *guard);
/* Whether a name says that the column is written after a lead was worked on. */
int train_guard_named(struct slice name, bool *named, struct error *err);
/* "'Tags' alone tells the outcome (AUC 0.938): left out", "'Lead Quality' is 'Worst' in 601 leads, of which 12 (2 %)
 * have the outcome; ...": one line for people, without its end. Appends. 0, or -1 out of memory. */
int train_guard_say(const struct train_table *table, const struct train_suspect *suspect, struct buffer *text);

#endif
