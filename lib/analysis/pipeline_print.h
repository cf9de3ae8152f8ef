/* The pipeline in print: reports and the set of stages as records, and the notes on what was odd. The columns are
 * described in crm-pipeline(1). */
#ifndef CRM_ANALYSIS_PIPELINE_PRINT_H
#define CRM_ANALYSIS_PIPELINE_PRINT_H

#include "analysis/pipeline.h"
#include "analysis/pipeline_options.h"

/* Each opens output (output_open(); stream may be NULL) and writes all rows; the caller finishes and frees it. */

/* The report of the command. Rows: values of --by in order of first appearance; within each, stages in their order,
 * periods in theirs. With --total a last row over all deals, "total" in its first column; a report whose only row is
 * that anyway has no further one. */
int pipeline_print_report(const struct pipeline *pipeline, const struct pipeline_command *command,
                          const struct stream *stream, struct output *output, struct error *err);

/* stage,status,probability,limit_days, a row for each stage, in a form that --stages reads again. With --learn the
 * probability is what was learned, where anything was, else that of the stage, and probability_low, probability_high
 * (Wilson, 95 %) and deals, the number of closed deals it was learned from, follow. */
int pipeline_print_stages(const struct pipeline *pipeline, const struct pipeline_command *command,
                          const struct stream *stream, struct output *output, struct error *err);

/* One line for each thing that makes figures of the report mean less than they seem to. */
void pipeline_note(const struct pipeline *pipeline, const struct pipeline_command *command);

/* What --by COL is called: "#3" by the header. */
struct slice pipeline_name_by(const struct pipeline_command *command, const struct stream *stream);

#endif
