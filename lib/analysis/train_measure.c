/* Measures, each a walk over the ties (train_measure_ties.h): what stands behind a lead in the order are sums of what
 * was passed. Counts are added as whole numbers, so that the area is the same for any order of the leads, and exact but
 * for one division; rounding comes in where squares and logarithms do. */
#include "analysis/train_measure.h"

#include <math.h>

#include "analysis/train_measure_ties.h"

#define NORMAL_975 1.959963984540054 /* 97.5 % of a normal distribution lie below */

/* ---- the order: area and KS ---- */

static double area_of(const struct measure_ties *ties)
{
    uint64_t twice = 0; /* pairs in the right order count two, ties one */
    size_t no_below = 0;

    for (size_t i = 0; i < ties->count; i++) {
        size_t no = ties->items[i].rows - ties->items[i].yes;

        twice += (uint64_t)ties->items[i].yes * (2 * no_below + no);
        no_below += no;
    }
    return (double)twice / 2 / (double)ties->yes / (double)(ties->rows - ties->yes);
}

/* DeLong, equations for one curve: the variance of the shares that each yes has below it, by the number of yes, and the
 * same for each no above it. */
static double variance_of(const struct measure_ties *ties, double area)
{
    double all_yes = (double)ties->yes, all_no = (double)(ties->rows - ties->yes);
    double no_below = 0, yes_above = all_yes, of_yes = 0, of_no = 0;

    for (size_t i = 0; i < ties->count; i++) {
        double yes = (double)ties->items[i].yes, no = (double)(ties->items[i].rows - ties->items[i].yes);

        yes_above -= yes;
        double below = (no_below + no / 2) / all_no - area, above = (yes_above + yes / 2) / all_yes - area;
        of_yes += yes * below * below;
        of_no += no * above * above;
        no_below += no;
    }
    return of_yes / (all_yes - 1) / all_yes + of_no / (all_no - 1) / all_no;
}

static void set_area(struct measures *measures, const struct measure_ties *ties)
{
    double area = area_of(ties);

    measures->auc = measures->auc_low = measures->auc_high = area;
    if (ties->yes < 2 || ties->rows - ties->yes < 2) {
        measures->auc_low = 0;
        measures->auc_high = 1;
    } else if (area > 0 && area < 1) {
        double logit = log(area / (1 - area));
        double reach = NORMAL_975 * sqrt(variance_of(ties, area)) / (area * (1 - area));

        measures->auc_low = 1 / (1 + exp(reach - logit));
        measures->auc_high = 1 / (1 + exp(-reach - logit));
    }
}

static void set_ks(struct measures *measures, const struct measure_ties *ties)
{
    double yes = 0, no = 0;

    measures->ks = -1;
    for (size_t i = 0; i < ties->count; i++) {
        yes += (double)ties->items[i].yes;
        no += (double)(ties->items[i].rows - ties->items[i].yes);
        double difference = fabs(no / (double)(ties->rows - ties->yes) - yes / (double)ties->yes);
        if (difference > measures->ks) {
            measures->ks = difference;
            measures->ks_at = ties->items[i].value;
        }
    }
}

/* ---- probabilities ---- */

static void set_losses(struct measures *measures, const struct measure_ties *ties)
{
    double brier = 0, log_loss = 0;

    for (size_t i = 0; i < ties->count; i++) {
        double p = ties->items[i].value;
        double yes = (double)ties->items[i].yes, no = (double)(ties->items[i].rows - ties->items[i].yes);

        brier += yes * (1 - p) * (1 - p) + no * p * p;
        if (yes > 0)
            log_loss += yes * measure_log_loss(p, true);
        if (no > 0)
            log_loss += no * measure_log_loss(p, false);
    }
    measures->brier = brier / (double)ties->rows;
    measures->log_loss = log_loss / (double)ties->rows;
}

static void set_bins(struct measures *measures, const struct measure_ties *ties)
{
    double sums[MEASURE_BINS] = {0}, wrong = 0;

    for (size_t i = 0; i < ties->count; i++) {
        const struct measure_tie *tie = &ties->items[i];
        size_t bin = (size_t)(tie->value * MEASURE_BINS);

        bin = bin < MEASURE_BINS ? bin : MEASURE_BINS - 1;
        measures->bins[bin].rows += tie->rows;
        measures->bins[bin].yes += tie->yes;
        sums[bin] += (double)tie->rows * tie->value;
    }
    for (size_t b = 0; b < MEASURE_BINS; b++) {
        struct measure_bin *bin = &measures->bins[b];

        wrong += fabs(sums[b] - (double)bin->yes);
        bin->mean = bin->rows ? sums[b] / (double)bin->rows : (double)NAN;
    }
    measures->ece = wrong / (double)ties->rows;
}

/* ---- tenths ---- */

/* rows * tenths / 10, rounded up */
static size_t end_of_decile(size_t rows, size_t tenths)
{
    return rows / 10 * tenths + (rows % 10 * tenths + 9) / 10;
}

/* From the best tie on; of a tie that reaches into the next decile a part is taken, with as large a part of its yes. */
static void set_deciles(struct measures *measures, const struct measure_ties *ties)
{
    size_t tie = ties->count, used = 0, start = 0; /* tie - 1: what is being taken from, of which `used` are gone */
    double yes_before = 0;

    for (size_t d = 0; d < 10; d++) {
        struct measure_decile *decile = &measures->deciles[d];
        size_t end = end_of_decile(ties->rows, d + 1);

        *decile = (struct measure_decile){.rows = end - start, .least = (double)NAN};
        for (size_t wanted = decile->rows; wanted;) {
            const struct measure_tie *from = &ties->items[tie - 1];
            size_t taken = from->rows - used < wanted ? from->rows - used : wanted;

            decile->yes += (double)from->yes * (double)taken / (double)from->rows;
            decile->least = from->value;
            wanted -= taken;
            used += taken;
            if (used == from->rows) {
                tie--;
                used = 0;
            }
        }
        yes_before += decile->yes;
        decile->lift = decile->yes / (double)decile->rows / ((double)ties->yes / (double)ties->rows);
        decile->gain = yes_before / (double)ties->yes;
        start = end;
    }
}

/* ---- all ---- */

static int need_both(const struct measure_ties *ties, struct error *err)
{
    if (ties->yes > 0 && ties->yes < ties->rows)
        return 0;
    return error_set(err, STATUS_DATA, "all %zu leads have the same outcome: nothing can be measured", ties->rows);
}

int measures_make(struct measures *measures, const double *p, const uint8_t *outcome, size_t rows, bool is_probability,
                  struct error *err)
{
    struct measure_ties ties;
    double least = is_probability ? 0 : (double)-INFINITY, most = is_probability ? 1 : (double)INFINITY;

    *measures = (struct measures){.brier = (double)NAN, .log_loss = (double)NAN, .ece = (double)NAN};
    for (size_t b = 0; b < MEASURE_BINS; b++)
        measures->bins[b].mean = (double)NAN;
    if (measure_ties_make(&ties, p, outcome, NULL, 0, rows, least, most, err))
        return -1;
    int failed = need_both(&ties, err);
    if (!failed) {
        measures->rows = ties.rows;
        measures->yes = ties.yes;
        set_area(measures, &ties);
        set_ks(measures, &ties);
        set_deciles(measures, &ties);
        if (is_probability) {
            set_losses(measures, &ties);
            set_bins(measures, &ties);
        }
    }
    measure_ties_fini(&ties);
    return failed;
}

int measure_auc(const double *p, const uint8_t *outcome, size_t rows, double *auc, struct error *err)
{
    struct measure_ties ties;

    if (measure_ties_make(&ties, p, outcome, NULL, 0, rows, (double)-INFINITY, (double)INFINITY, err))
        return -1;
    *auc = ties.yes > 0 && ties.yes < ties.rows ? area_of(&ties) : (double)NAN;
    measure_ties_fini(&ties);
    return 0;
}
