/* The plan of a report: which tables, under what titles, shown how. It comes from the operands, or from a layout file
 * (crm-report(1) has its form). */
#ifndef CRM_REPORT_REPORT_PLAN_H
#define CRM_REPORT_REPORT_PLAN_H

#include <jansson.h>

#include "report/report_kind.h"

/* What chart a section has, beside those of enum figure_kind. */
enum { CHART_OF_KIND = -1, CHART_NONE = -2 };

struct report_request {
    const char *path;             /* NULL: standard input */
    struct slice title;           /* empty: by what the table is */
    struct slice note;            /* empty: none */
    const struct report_kind *as; /* NULL: by the columns */
    int chart;                    /* an enum figure_kind, CHART_OF_KIND or CHART_NONE */
    struct slice *columns;        /* those to show, owned; NULL: all */
    size_t column_count;
    size_t rows; /* of the table at most; 0: as the report's */
};

struct report_plan {
    struct slice title, note;        /* empty: none */
    const char *language;            /* NULL: not given */
    struct report_request *requests; /* owned */
    size_t count;
    json_t *root; /* of the layout, which texts are borrowed from; owned */
};

/* Of the operands: FILE, or TITLE=FILE where no file has that whole name. Without any, standard input. Borrows from
 * paths. */
int report_plan_operands(struct report_plan *plan, char *const *paths, size_t count, struct error *err);

/* Of a layout file. Borrows its name. */
int report_plan_layout(struct report_plan *plan, const char *path, struct error *err);

void report_plan_fini(struct report_plan *plan);

/* "bars" ... "none" for --chart and "chart"; -1: STATUS_USAGE. */
int report_chart_word(const char *text, int *chart, struct error *err);
/* A tag as in BCP 47, letters, digits and hyphens: "en", "pt-BR". */
bool report_language_valid(struct slice text);

#endif
