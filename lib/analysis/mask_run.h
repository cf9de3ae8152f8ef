/* Masking a stream of records: the run of crm-mask. */
#ifndef CRM_ANALYSIS_MASK_RUN_H
#define CRM_ANALYSIS_MASK_RUN_H

#include "analysis/mask_plan.h"

/* --make-key, or the records of the operands, masked and written. */
int mask_run(const struct mask_options *options, char *const *operands, size_t count, struct error *err);

#endif
