/* A report: its sections, each a table with what is to be seen in it. It is written as a page (page.h), as charts alone
 * or as text (report_output.h). */
#ifndef CRM_REPORT_REPORT_H
#define CRM_REPORT_REPORT_H

#include "report/report_plan.h"
#include "report/report_table.h"

struct report_section {
    const struct report_request *request;
    const struct report_table *table;
    const struct report_kind *kind;
    struct slice title;
    struct figures figures;
    size_t *columns; /* of the table, to show; in the arena */
    size_t column_count;
    size_t rows; /* to show */
};

struct report {
    const struct report_plan *plan;
    struct slice title;
    struct slice date; /* "2026-03-31"; empty: none is given */
    struct report_tables tables;
    struct report_section *sections; /* owned; one for each request */
    size_t count;
    struct words words;
};

#define REPORT_ROWS 100 /* of a table, unless it is told */

/* Reads the stream, whose inputs are those of the plan, and makes the sections. date: borrowed text. rows: of each
 * table that its request says nothing of. The report borrows from plan and stream. */
int report_make(struct report *report, const struct report_plan *plan, struct stream *stream, struct slice date,
                size_t rows, struct error *err);
void report_fini(struct report *report);

/* The i-th figure of all sections, and its section; NULL: there are no more. */
const struct figure *report_figure(const struct report *report, size_t number, const struct report_section **section);

/* Whether the numbers of a column are shown as per cent. */
bool section_share(const struct report_section *section, size_t column);

#endif
