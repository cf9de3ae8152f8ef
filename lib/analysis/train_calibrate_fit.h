/* The two calibrations (train_calibrate.h), fitted to ties: what crm-train sorts once serves both. */
#ifndef CRM_ANALYSIS_TRAIN_CALIBRATE_FIT_H
#define CRM_ANALYSIS_TRAIN_CALIBRATE_FIT_H

#include "analysis/train_calibrate.h"
#include "analysis/train_measure_ties.h"

/* z is taken within these: beyond them its multiples could not be relied on to be numbers. */
#define CALIBRATE_FARTHEST 1e100

/* ties->rows > 0 for both. -1: out of memory; the first takes none. */
void calibrate_platt_fit(const struct measure_ties *ties, struct model_calibration *calibration);
int calibrate_isotonic_fit(const struct measure_ties *ties, struct arena *arena, struct model_calibration *calibration,
                           struct error *err);

#endif
