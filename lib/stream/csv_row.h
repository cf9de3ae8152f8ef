/* Rows of CSV: records before their columns are looked at. Private to the CSV reader. */
#ifndef CRM_STREAM_CSV_ROW_H
#define CRM_STREAM_CSV_ROW_H

#include "stream/csv_quoted.h"
#include "stream/reader.h"
#include "stream/scan.h"

/* The state of a CSV reader. */
struct csv_state {
    char delimiter;
    char quote; /* '\n' for TSV, which has none */
    bool lenient;
    bool literal_quotes;
    scan_function *scan_text;
    struct scan scan; /* of the chunk that begins at the record to be read */
    size_t scan_capacity;
    size_t scanned;  /* bytes of the window the scan covers */
    size_t stop;     /* the next of scan.stops to look at */
    size_t looked;   /* the next of them that find_line_end() looks at */
    size_t first;    /* the record's first entry in scan.offsets */
    size_t consumed; /* bytes of the scanned chunk that records were taken from */
    bool after_cr;   /* a LF that comes first belongs to the line end before */
    bool discarding; /* inside a record that is too long: skip to its line end */
    struct csv_quoted quoted;
};

/* A record. */
struct csv_row {
    const char *start;
    size_t len;          /* without its line end */
    size_t count;        /* fields */
    bool quoted;         /* the fields are in state->quoted */
    bool split;          /* the fields are in state->quoted.fields, as offsets from start */
    const uint32_t *end; /* else: field i ends at text[end[i]], a new one begins behind it */
    const char *text;
    uint64_t lines; /* line ends inside it */
};

static inline struct slice csv_row_field(const struct csv_state *state, const struct csv_row *row, size_t i)
{
    if (row->quoted)
        return csv_quoted_field(&state->quoted, i);
    if (row->split)
        return (struct slice){row->start + state->quoted.fields[i].offset, state->quoted.fields[i].len};
    const char *from = i ? row->text + row->end[i - 1] + 1 : row->start;
    const char *to = i + 1 < row->count ? row->text + row->end[i] : row->start + row->len;
    return (struct slice){from, (size_t)(to - from)};
}

/* The next record that is not blank, valid until the next call. READ_BAD for one that is malformed or too long; the
 * reader's line and number are then those of the next. For READ_RECORD the caller counts them. */
enum read_result csv_row_next(struct reader *reader, struct csv_row *row, struct bad_record *bad, struct error *err);

#endif
