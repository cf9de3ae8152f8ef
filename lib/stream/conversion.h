/* Conversion: files of other kinds written out as CSV, so that everything behind the reader works on them, too.
 *
 * A converter (xlsx.h, html_table.h, vcard.h) hands over cell by cell; what arises is CSV by RFC 4180 in UTF-8, with a
 * comma, and with one field more in front of each row: the place the row has in the file it comes from (the line of
 * text, or the row of a sheet), as messages name it. The reader takes that field for record.line and shows the others.
 * A part of the file that cannot be understood becomes a row of its own that the reader reports as a bad record. */
#ifndef CRM_STREAM_CONVERSION_H
#define CRM_STREAM_CONVERSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* In front of the place of a row that is bad: "!17,reason,raw text". */
#define CONVERSION_BAD '!'

/* Rows are padded to the width of the widest, unless that would fill the disk with empty cells, for a stray value at
 * the far right: they then have cells as far as they hold values. cells: those with a value. */
static inline bool conversion_pads(uint64_t rows, uint64_t width, uint64_t cells)
{
    return width * rows <= ((uint64_t)1 << 24) + 64 * cells;
}

struct conversion {
    int fd; /* where the CSV goes */
    struct buffer text;
    uint64_t rows; /* written so far, bad ones included */
    /* The row that is being written. */
    size_t row_at; /* in text */
    uint64_t place;
    size_t cells;
    size_t long_cell; /* the number of the first one over FIELD_LIMIT; 0: none */
};

void conversion_init(struct conversion *conversion, int fd);
void conversion_fini(struct conversion *conversion);

/* Begins the row at `place`, ends it. Every row has at least one cell. */
int conversion_begin_row(struct conversion *conversion, uint64_t place, struct error *err);
int conversion_end_row(struct conversion *conversion, struct error *err);

/* The next cell of the row: any text; bytes that are no UTF-8 stay and are found by whoever needs text. A row with a
 * cell over FIELD_LIMIT becomes a bad one, whose raw text is the row as CSV up to the end of that cell. */
int conversion_cell(struct conversion *conversion, struct slice text, struct error *err);

/* A row that is bad as a whole. reason is one line; raw is what stands in the file: of more than FIELD_LIMIT bytes,
 * only so many are kept. */
int conversion_bad(struct conversion *conversion, uint64_t place, const char *reason, struct slice raw,
                   struct error *err);

/* Writes what is buffered. */
int conversion_finish(struct conversion *conversion, struct error *err);

#endif
