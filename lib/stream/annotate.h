/* Annotating: columns that a program adds to those of its input. */
#ifndef CRM_STREAM_ANNOTATE_H
#define CRM_STREAM_ANNOTATE_H

#include "stream/stream.h"

/* Which of the first `columns` columns of the stream stay when these are added: those of the same names, of an earlier
 * run, give way, and a line on standard error says which. goes_on: a name of which nothing is said, since the new
 * column takes up what the old one holds; may be NULL. shown: room for `columns` numbers of columns, ascending. Returns
 * how many there are. */
size_t annotate_keep(const struct stream *stream, size_t columns, const struct slice *added, size_t count,
                     const char *goes_on, size_t *shown);

#endif
