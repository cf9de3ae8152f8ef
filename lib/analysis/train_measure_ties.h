/* Ties: values in ascending order, equal ones together, with how many leads have them and how many of these have the
 * outcome. All that is measured of an order, and all that is fitted to it, is a walk over them, and does not depend on
 * the order of the leads. */
#ifndef CRM_ANALYSIS_TRAIN_MEASURE_TIES_H
#define CRM_ANALYSIS_TRAIN_MEASURE_TIES_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct measure_tie {
    double value; /* never -0 */
    size_t rows, yes;
};
struct measure_ties {
    struct measure_tie *items; /* owned */
    size_t count;
    size_t rows, yes; /* of all */
};

/* Of the rows for which part[row] is not left_out; part NULL: of all. Time linear in rows; 64 bytes a row while it
 * works, 24 for each different value after. -1: a value that is not between least and most, NAN among them
 * (STATUS_DATA), or out of memory; nothing is to be freed then. */
int measure_ties_make(struct measure_ties *ties, const double *values, const uint8_t *outcome, const uint8_t *part,
                      size_t left_out, size_t rows, double least, double most, struct error *err);
void measure_ties_fini(struct measure_ties *ties);

/* What p is held within before its logarithm is taken, and in what a calibration gives. */
#define MEASURE_CLOSEST 1e-15

/* -ln of the probability that p gave to what happened. */
double measure_log_loss(double p, bool yes);

#endif
