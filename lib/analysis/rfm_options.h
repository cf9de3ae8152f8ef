/* The arguments of RFM's options, for the option table of a program (options.h): each reads its argument into the
 * target. */
#ifndef CRM_ANALYSIS_RFM_OPTIONS_H
#define CRM_ANALYSIS_RFM_OPTIONS_H

#include "base/error.h"

/* target: int *, 1 to 9; int [RFM_DIMENSIONS], the same for all */
int option_rfm_bins(void *target, const char *argument, struct error *err);
int option_rfm_all_bins(void *target, const char *argument, struct error *err);
/* target: enum rfm_method *; enum rfm_ties *; enum rfm_returns * */
int option_rfm_method(void *target, const char *argument, struct error *err);
int option_rfm_ties(void *target, const char *argument, struct error *err);
int option_rfm_returns(void *target, const char *argument, struct error *err);
/* target: struct rfm_range [RFM_DIMENSIONS]; the argument is "frequency=2..", "monetary=100..500" */
int option_rfm_only(void *target, const char *argument, struct error *err);

#endif
