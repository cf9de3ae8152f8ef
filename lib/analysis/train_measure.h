/* Measures of how well numbers predict an outcome of yes and no.
 *
 * Sources: area under the curve and its variance, E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, Biometrics 44
 * (1988), 837-845, by the ranks of X. Sun and W. Xu, IEEE Signal Processing Letters 21 (2014), 1389-1393; ties count
 * half; the interval is of the logit of the area, 95 % (M. S. Pepe, "The Statistical Evaluation of Medical Tests",
 * 2003, section 5.2); an area of 0 or 1 is its own interval, and with fewer than two leads of an outcome it is 0 to 1.
 * KS: the greatest difference of the two distribution functions, either way (shares of leads with at most that p).
 * Brier: mean of (p - y)^2. Log-loss: mean of -ln of the probability given to what happened, p held within 1e-15 .. 1 -
 * 1e-15. Calibration error (ECE): ten bins of equal width, sum of share of rows * |mean p - share of yes| (M. P. Naeini
 * et al., AAAI 2015). */
#ifndef CRM_ANALYSIS_TRAIN_MEASURE_H
#define CRM_ANALYSIS_TRAIN_MEASURE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define MEASURE_BINS 10

struct measure_bin {
    size_t rows, yes;
    double mean; /* of p; NAN: no rows */
};
struct measure_decile { /* a tenth of the leads, best first; leads of equal p are shared out evenly between deciles by
                           their number */
    size_t rows;        /* decile d ends behind lead ceil(rows (d + 1) / 10); of fewer than ten leads some are empty:
                           least and lift are NAN then */
    double yes;         /* may be a fraction, by ties */
    double least;       /* p of its last lead */
    double lift, gain;  /* share of yes over that of all leads; share of all yes in this and the deciles before */
};
struct measures {
    size_t rows, yes;
    double auc, auc_low, auc_high, ks, ks_at; /* ks_at: the p at which the difference is greatest */
    double brier, log_loss, ece;
    struct measure_bin bins[MEASURE_BINS];
    struct measure_decile deciles[10];
};
/* p: probabilities 0 .. 1 (for brier, log_loss, ece and bins) - or any scores with is_probability false, which leaves
 * these NAN (and bins without rows). Not dependent on the order of the rows. Time linear in rows, 64 bytes a row. -1:
 * STATUS_DATA, only one outcome, a p that is NAN or, if it is to be a probability, not within 0 .. 1. */
int measures_make(struct measures *measures, const double *p, const uint8_t *outcome, size_t rows, bool is_probability,
                  struct error *err);
/* The area alone. NAN when there is one outcome only. -1: as above. */
int measure_auc(const double *p, const uint8_t *outcome, size_t rows, double *auc, struct error *err);

/* Cut-offs for A, B, C suggested of p, probabilities or any scores. A: the highest part of leads in which, taken
 * together, yes is at least 3 times as frequent as on the whole or no at most a third as frequent (which is the easier
 * where yes is frequent), and which is at least 2 % of the leads, but at most a tenth. B: what follows, down to where
 * yes becomes less frequent than on the whole (where the share of all yes passed is furthest ahead of the share of all
 * leads, the point of KS). C: the rest; cut[2] is 0, whatever the scores are. cut[0] >= cut[1], with as few decimals as
 * part the same leads. A part that there is none of has the cut of the part before it; if A is none, it is 1, which no
 * probability of a model reaches, or INFINITY where some p does. -1: STATUS_DATA, a p that is NAN. */
int measure_cuts(const double *p, const uint8_t *outcome, size_t rows, double cut[3], struct error *err);

#endif
