/* Parts from the inside: what writing (partial.c) and reading (partial_read.c) share. */
#ifndef CRM_STREAM_PARTIAL_PARTS_H
#define CRM_STREAM_PARTIAL_PARTS_H

#include "stream/partial.h"

/* The columns every program has, before its facts. */
enum {
    PARTIAL_PART,
    PARTIAL_ANALYSIS,
    PARTIAL_FORMAT,
    PARTIAL_READ,
    PARTIAL_FILTERED,
    PARTIAL_REJECTED,
    PARTIAL_RECORDS,
    PARTIAL_OWN
};
extern const char *const partial_names[PARTIAL_OWN];
_Static_assert(PARTIAL_COLUMNS + PARTIAL_OWN == ROW_COLUMNS, "a row has room for all columns");

/* The text of `analysis`, in memory that is the caller's to free. */
int partial_analysis(const struct partial_plan *plan, struct slice *analysis, struct error *err);

#endif
