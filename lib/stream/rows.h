/* Rows: many rows of a report, made and formatted by several threads and written in order. */
#ifndef CRM_STREAM_ROWS_H
#define CRM_STREAM_ROWS_H

#include "stream/row.h"

/* Fills the row of that index, whose count is 0. Several threads ask at once. */
typedef void rows_make(const void *context, size_t index, struct row *row);

/* Writes the rows 0 .. count - 1. threads: 1 or more; what is written is the same for any number. A row that cannot be
 * written is an error, as of writer_put(); those before it were written. */
int rows_write(struct writer *writer, size_t count, size_t threads, rows_make *make, const void *context,
               struct error *err);

#endif
