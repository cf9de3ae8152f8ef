/* Dialect: which byte separates the fields of a CSV file. */
#ifndef CRM_STREAM_DIALECT_H
#define CRM_STREAM_DIALECT_H

#include <stdbool.h>

#include "base/slice.h"

struct dialect {
    char delimiter;    /* , ; tab | or ' ' (runs of blanks); a comma when nothing separates anything */
    size_t columns;    /* fields of the header */
    size_t records;    /* records of the sample after the header */
    size_t consistent; /* of these, as many as have the header's number of fields */
};

/* Judges the beginning of a file. `whole` says that it is all of it; otherwise what follows the last line end is left
 * out. For each candidate the sample is cut into records, quotes respected, and the candidate under which most records
 * have as many fields as the header wins; on a tie the one with more fields, then the order above. Consistency over the
 * whole sample decides, not the first line. Blanks are considered only when nothing else separates and the header is
 * aligned by eye: it begins with a blank or has two in a row. */
struct dialect dialect_detect(struct slice sample, bool whole);

#endif
