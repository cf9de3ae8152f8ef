/* How a table is set so that it fits a terminal: the widths of its columns, names that are folded, parts. */
#ifndef CRM_STREAM_TABLE_FIT_H
#define CRM_STREAM_TABLE_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct table_column {
    struct slice name; /* safe for a terminal */
    size_t name_width;
    size_t cell_width; /* of the widest cell */
    size_t width;      /* what table_fit() gave it */
    bool filled;       /* some cell is not empty */
    bool text;         /* some cell is not empty and not a number */
};

enum table_layout {
    TABLE_ROWS,   /* a line per record, if need be in parts one below the other */
    TABLE_UPRIGHT /* a line per column, a heading per record */
};

enum { TABLE_GAP = 2 };

/* Sets the widths for a table of so many records that is to take at most `fit` columns; 0: any number. */
enum table_layout table_fit(struct table_column *columns, size_t count, size_t rows, size_t fit);

/* The column behind the last one that stands beside column `first` in its part; *lead: whether the first column of the
 * table stands before it. */
size_t table_part_end(const struct table_column *columns, size_t count, size_t first, size_t fit, bool *lead);

/* Takes the next line of a name that is folded to a width off its beginning. A piece wider than that is not cut. */
struct slice table_fold(struct slice *name, size_t width);

#endif
