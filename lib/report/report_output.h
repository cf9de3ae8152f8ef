/* Outputs of a report other than the page: charts alone, and text. */
#ifndef CRM_REPORT_REPORT_OUTPUT_H
#define CRM_REPORT_REPORT_OUTPUT_H

#include "report/report.h"
#include "report/report_command.h"
#include "stream/sink.h"

/* The one chart that was asked for: the first of the only table, or that of --pick, under the title that was given, if
 * one was. -1: STATUS_USAGE, or STATUS_DATA. */
int report_single_figure(const struct report *report, const struct report_command *command, struct figure *figure,
                         struct error *err);

int report_write_svg(struct report *report, const struct report_command *command, struct sink *sink, struct error *err);

/* PNG, of one chart, or PDF, with a page for each. */
int report_write_picture(struct report *report, const struct report_command *command, struct sink *sink,
                         struct error *err);

/* Titles, what is to be seen in words, charts of blocks; tables that have no chart as they are. */
int report_write_text(struct report *report, const struct report_command *command, struct sink *sink,
                      struct error *err);

#endif
