/* What crm-funnel does, in order: reads all events, follows every entity, writes the report. */
#ifndef CRM_ANALYSIS_FUNNEL_RUN_H
#define CRM_ANALYSIS_FUNNEL_RUN_H

#include "analysis/funnel_options.h"

/* stream: opened and started. */
int funnel_run(const struct funnel_options *options, struct stream *stream, struct error *err);

#endif
