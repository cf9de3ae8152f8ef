/* The page: a report as one HTML document that needs nothing else, neither scripts nor the network, and says so to the
 * browser (a content security policy). Light and dark by what the reader prefers; charts twice, for wide screens and
 * paper and for telephones. */
#ifndef CRM_REPORT_PAGE_H
#define CRM_REPORT_PAGE_H

#include "report/markup.h"
#include "report/report.h"

/* Appends the page. width, height: of charts on wide screens, 0: the usual ones. */
int page_write(struct markup *out, struct report *report, double width, double height, struct error *err);

/* ---- its parts ---- */

void page_style(struct markup *out);
void page_table(struct markup *out, struct report *report, const struct report_section *section);

#endif
