/* The run of crm-report: plan, tables, sections, output. */
#ifndef CRM_REPORT_REPORT_RUN_H
#define CRM_REPORT_REPORT_RUN_H

#include "report/report_command.h"

/* operands: what stands behind the options. */
int report_run(const struct report_command *command, char *const *operands, size_t count, struct error *err);

#endif
