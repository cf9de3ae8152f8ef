/* Kinds: what a table is, by the columns it has. The names are those that --as and a layout take, and the man page
 * crm-report(1) lists. */
#ifndef CRM_REPORT_REPORT_KIND_H
#define CRM_REPORT_REPORT_KIND_H

#include "report/figure_maker.h"

struct report_kind {
    const char *name;    /* "funnel" */
    const char *title;   /* of a section without one: "Funnel" */
    const char *columns; /* those that it must have, separated by commas */
    figure_make_function *make;
};

#define REPORT_KINDS_MAX 40

/* All kinds; the last one is "table", which any table is. NULL-terminated by name. */
extern const struct report_kind report_kinds[];

/* The kind that the table is: the first one of those it has the columns of. */
const struct report_kind *report_kind_find(const struct report_table *table);

/* The kind of that name, or NULL. */
const struct report_kind *report_kind_named(struct slice name);

/* The first column of the kind that the table lacks; empty: none. */
struct slice report_kind_lacks(const struct report_kind *kind, const struct report_table *table);

/* The figures of a table as of that kind. -1: memory is short. */
int report_figures(const struct report_kind *kind, const struct report_table *table, struct words *words,
                   struct figures *figures, struct error *err);

/* The same with one figure of the kind that is asked for: of those that the table's kind has, else of its columns as
 * they are. No figure: the table has nothing to draw so. */
int report_figures_chosen(const struct report_kind *kind, enum figure_kind chosen, const struct report_table *table,
                          struct words *words, struct figures *figures, struct error *err);

#endif
