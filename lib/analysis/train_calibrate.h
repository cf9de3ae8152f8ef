/* Calibration: from the log-odds of a model to probabilities that hold.
 *
 * Platt: p = 1 / (1 + exp(-(a z + b))) by maximum likelihood with the targets (y+ + 1) / (y+ + 2) and 1 / (y- + 2),
 * Newton's method with backtracking (H.-T. Lin, C.-J. Lin and R. C. Weng, Machine Learning 68 (2007), 267-276).
 * Isotonic: the pool adjacent violators algorithm over z, leads of equal z together (M. Ayer et al., Annals of
 * Mathematical Statistics 26 (1955), 641-647); blocks become points at the mean of their z, with their share of yes.
 * The first and the last block have (yes + .5) / (leads + 1), so that no probability is 0 or 1, and are joined with
 * their neighbours as long as these are passed by that. More than 200 blocks are joined with the next ones until each
 * has a 200th of the leads. Which is taken: that with the lower log-loss where it was not fitted, over the parts of the
 * rows in turn; none, when neither is better than p = 1 / (1 + exp(-z)).
 *
 * z must lie within 1e100 of 0 (else STATUS_DATA). Without rows a calibration is of the kind none. What is fitted does
 * not depend on the order of the rows. */
#ifndef CRM_ANALYSIS_TRAIN_CALIBRATE_H
#define CRM_ANALYSIS_TRAIN_CALIBRATE_H

#include "analysis/model.h"

/* The points of an isotonic calibration are in arena. */
int calibrate_platt(const double *z, const uint8_t *outcome, size_t rows, struct model_calibration *calibration,
                    struct error *err);
int calibrate_isotonic(const double *z, const uint8_t *outcome, size_t rows, struct arena *arena,
                       struct model_calibration *calibration, struct error *err);
/* Chooses. part: 0 .. folds - 1 for each row, held out in turn. held[i]: the probability of row i by the chosen kind
 * fitted without its part. */
int calibrate_choose(const double *z, const uint8_t *outcome, const uint8_t *part, size_t folds, size_t rows,
                     struct arena *arena, struct model_calibration *calibration, double *held, struct error *err);

#endif
