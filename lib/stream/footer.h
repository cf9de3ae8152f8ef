/* Footers: rows behind a table that are no part of it: totals, "(123 rows)", remarks. */
#ifndef CRM_STREAM_FOOTER_H
#define CRM_STREAM_FOOTER_H

#include <stdbool.h>

#include "base/slice.h"

/* What stands in a row. All zero; the caller sets fields, ended and apart, and adds each field in turn. */
struct footer_row {
    size_t fields;
    bool ended; /* by a line end; without one a short row may be a record that was cut off */
    bool apart; /* behind a blank line, a blank row or another footer */
    size_t filled;
    size_t numbers; /* of the filled ones behind the first */
    bool total;     /* the first filled one is "Total" or the like, in many languages */
    bool remark;    /* it begins as remarks and counts of records do */
    bool prose;     /* it has several words */
    bool word;      /* it is text of more than a few letters */
    bool number;    /* it is a number or a date */
};

void footer_add(struct footer_row *row, struct slice field);

/* Whether a row may be a footer of a table of so many columns:
 * - "Total" and numbers alone;
 * - a remark alone, in any number of fields;
 * - a single field with prose, or anything but a number behind a blank line, where three columns are; or, behind a
 * blank line, up to a third of the fields. Never in a table of one column. Whether more of the table follows is the
 * caller's to see. */
bool footer_like(const struct footer_row *row, size_t columns);

#endif
