/* Survival: the share that had an event by a given time, when some were not watched long enough to know.
 *
 * Sources: E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53 (1958); M.
 * Greenwood's variance; the interval on the scale log(-log S) (J. D. Kalbfleisch and R. L. Prentice, "The Statistical
 * Analysis of Failure Time Data", 1980), which stays within 0 .. 1. An event and a censoring at one time: the event
 * comes first. Equal to R's survfit(conf.type = "log-log") and to lifelines' KaplanMeierFitter.
 *
 * While nobody is censored S is one division, of those left by all, and so rounded once.
 *
 * Memory: 8 bytes an entity, up to 12 while the arrays grow. Time: O(n) for n entities, all calls of a walk together.
 */
#ifndef CRM_ANALYSIS_SURVIVAL_H
#define CRM_ANALYSIS_SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/spread.h"

/* All zero is empty. */
struct survival {
    struct spread events;   /* times at which the event came */
    struct spread censored; /* times up to which it had not come */
    /* where the walk stands: so many events and censorings are passed, and behind the last censoring there were `left`
     * at risk, with this S(t) and sum of Greenwood's formula */
    size_t event, censoring, left;
    double share, variance;
};

void survival_fini(struct survival *survival);
/* One entity, watched from 0 to `time` (0 or more); 0, or -1 out of memory (nothing changed). A walk is then to be
 * started again. */
int survival_add(struct survival *survival, int64_t time, bool event);

struct survival_point {
    int64_t time;
    size_t at_risk;  /* still watched where the stretch that ends here began: see survival_at() */
    size_t events;   /* in the stretch */
    size_t censored; /* in the stretch */
    double share;    /* still without the event just behind `time`, S(t), 0 .. 1 */
    double low, high;
};

/* Begins at the start; then the state at ascending times: the stretch is (time before, time], from the first call on
 * [0, time]; at_risk is the number still watched at its beginning: those to whom neither came by the time before.
 * share and limits are NAN of nobody. Where nobody is left at risk, share and limits stay as they were. At S = 1 and
 * S = 0 the limits are S itself. z as proportion_z() gives it. */
void survival_start(struct survival *survival);
struct survival_point survival_at(struct survival *survival, int64_t time, double z);

#endif
