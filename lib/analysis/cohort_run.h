/* What crm-cohort does, in order: reads everything, works it out, writes the report. */
#ifndef CRM_ANALYSIS_COHORT_RUN_H
#define CRM_ANALYSIS_COHORT_RUN_H

#include "analysis/cohort_options.h"

/* stream: opened and started. */
int cohort_run(const struct cohort_options *options, struct stream *stream, struct error *err);

#endif
