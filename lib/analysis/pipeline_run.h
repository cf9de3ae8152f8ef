/* What crm-pipeline does, in order: reads the stages, the deals and their history, or parts of these, brings them to
 * the day and writes the report, or a part. */
#ifndef CRM_ANALYSIS_PIPELINE_RUN_H
#define CRM_ANALYSIS_PIPELINE_RUN_H

#include "analysis/pipeline_options.h"

/* The stages of --stages alone need no deals: *stream stays NULL then. Else it is opened, and the caller frees it,
 * after a failure, too. In a merge the command takes up what the parts know (pipeline_partial.h). */
int pipeline_run(const struct pipeline_command *command, char **operands, size_t count, struct stream **stream,
                 struct error *err);

#endif
