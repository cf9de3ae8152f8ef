/* Records with quotes.
 *
 * Where a quote is doubled libcsv decides what CSV means. It has no line numbers, no limits and no way to stop after a
 * record, so it is fed one physical line at a time until it reports the end of the row. The other ways to write a quote
 * within a field, which libcsv does not know, are read by csv_escaped.c in the same manner. */
#ifndef CRM_STREAM_CSV_QUOTED_H
#define CRM_STREAM_CSV_QUOTED_H

#include <csv.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "stream/csv_syntax.h"

struct csv_span {
    size_t offset;
    size_t len;
};

struct csv_quoted {
    struct csv_syntax syntax;
    struct csv_parser parser;
    bool ready;              /* parser is initialised */
    struct buffer text;      /* the unescaped fields of the record */
    struct csv_span *fields; /* where they are in text */
    size_t field_count;
    size_t field_capacity;
    size_t rows; /* ended in what was fed since the record began */
    bool row_ended;
    bool out_of_memory;
    bool discard; /* libcsv is being reset: its callbacks mean nothing */
    bool inside;  /* csv_escaped.c: between quotes */
    size_t begin; /* csv_escaped.c: where the field under way begins in text */
};

enum csv_outcome { CSV_OUTCOME_MORE, CSV_OUTCOME_ROW, CSV_OUTCOME_MALFORMED, CSV_OUTCOME_TOO_LONG, CSV_OUTCOME_MEMORY };

int csv_quoted_init(struct csv_quoted *quoted, const struct csv_syntax *syntax);
void csv_quoted_fini(struct csv_quoted *quoted);

/* Forgets a record begun. */
void csv_quoted_reset(struct csv_quoted *quoted);

/* Feeds a piece that ends with a line end (last: or with the input). *used is the number of bytes before the offending
 * one when malformed. */
enum csv_outcome csv_quoted_feed(struct csv_quoted *quoted, struct slice piece, bool last, size_t *used);

/* Whether the record begun is inside a quoted field. */
bool csv_quoted_inside(const struct csv_quoted *quoted);

struct slice csv_quoted_field(const struct csv_quoted *quoted, size_t index);

/* For csv_escaped.c: what csv_quoted_feed() does where the escape is none of libcsv's; a field that is complete. */
enum csv_outcome csv_escaped_feed(struct csv_quoted *quoted, struct slice piece, bool last, size_t *used);
int csv_quoted_add(struct csv_quoted *quoted, size_t offset, size_t len);

#endif
