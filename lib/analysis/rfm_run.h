/* What crm-rfm does, in order: reads everything, scores, writes the report. */
#ifndef CRM_ANALYSIS_RFM_RUN_H
#define CRM_ANALYSIS_RFM_RUN_H

#include "analysis/rfm_command.h"

/* stream: opened and started. With --merge and no format told, the command's format becomes that of the parts. */
int rfm_run(struct rfm_command *command, struct stream *stream, struct error *err);

/* --check-segments, which reads no orders: operand is the first one, or NULL. *flawed: something is wrong with the
 * table. */
int rfm_check_segments(const struct rfm_command *command, const char *operand, bool *flawed, struct error *err);

#endif
