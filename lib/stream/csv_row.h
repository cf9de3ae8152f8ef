/* Rows of CSV: records before their columns are looked at. Private to the CSV reader. */
#ifndef CRM_STREAM_CSV_ROW_H
#define CRM_STREAM_CSV_ROW_H

#include "stream/csv_quoted.h"
#include "stream/reader.h"
#include "stream/scan.h"

/* A record. */
struct csv_row {
    const char *start;
    size_t len;                      /* without its line end */
    size_t count;                    /* fields */
    bool accepted;                   /* with another number of fields than the header has: the missing are empty */
    bool split;                      /* the fields are in state->quoted.fields, as offsets from start */
    const struct csv_quoted *quoted; /* the fields are in it; NULL: they are not */
    const uint32_t *end;             /* neither: field i ends at text[end[i]], a new one begins behind it */
    const char *text;
    uint64_t lines; /* line ends inside it */
};

/* The state of a CSV reader. */
struct csv_state {
    char delimiter;
    char quote; /* QUOTE_NONE for TSV */
    bool trim;
    bool lenient;
    bool literal_quotes;
    bool plain_quotes; /* csv_quoted_line() may be tried: quotes are doubled, blanks around fields part of them */
    bool lenient_rows;
    bool every_row;
    bool fill_short;
    bool placed;
    size_t drop_names;
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
    bool cut_off;    /* the bad record given last went on to the end of the input */
    struct csv_quoted quoted;
    struct csv_quoted inner; /* of a row that was quoted whole */
    struct buffer header;    /* as it is written, where rows equal to it are skipped */
    struct csv_row waiting;  /* no_header: what the header was looked for in is the first record */
    bool waits;
    bool apart; /* blank lines or rows stand before the row; apart_next: before the next one */
    bool apart_next;
};

static inline struct slice csv_row_field(const struct csv_state *state, const struct csv_row *row, size_t i)
{
    if (row->quoted)
        return csv_quoted_field(row->quoted, i);
    if (row->split)
        return (struct slice){row->start + state->quoted.fields[i].offset, state->quoted.fields[i].len};
    const char *from = i ? row->text + row->end[i - 1] + 1 : row->start;
    const char *to = i + 1 < row->count ? row->text + row->end[i] : row->start + row->len;
    return (struct slice){from, (size_t)(to - from)};
}

/* Without the blanks that are no part of it. What csv_quoted.h gives has none. */
static inline struct slice csv_row_text(const struct csv_state *state, const struct csv_row *row, size_t i)
{
    struct slice text = csv_row_field(state, row, i);

    return state->trim && !row->quoted ? slice_trim(text) : text;
}

/* The next record that is not blank, valid until the next call. READ_BAD for one that is malformed or too long; the
 * reader's line and number are then those of the next. For READ_RECORD the caller counts them. */
enum read_result csv_row_next(struct reader *reader, struct csv_row *row, struct bad_record *bad, struct error *err);

/* csv_quoted_line.c: takes the record that begins here in `text`, the window, if it ends in the scan, on its first
 * line, and each of its quotes is one around a whole field or a doubled one. 1; 0: it is none of these, and nothing was
 * taken; -1 out of memory. */
int csv_quoted_line(struct csv_state *state, const char *text, struct csv_row *row);

/* Bytes at hand behind the row that csv_row_next() gave last. */
static inline size_t csv_row_left(const struct reader *reader)
{
    const struct csv_state *state = reader->state;

    return reader->source->end - reader->source->begin - state->consumed;
}

/* csv_stretch.c: the parts of struct reader_format that have to do with stretches. */
bool csv_row_settle(struct reader *reader);
bool csv_row_apart(const struct reader *reader);
size_t csv_row_whole(const struct reader *reader, struct slice window);
bool csv_row_miscut(const struct reader *reader);
void csv_row_restart(struct reader *reader);
uint64_t csv_row_lines(const struct reader *reader);
void csv_row_skip(struct reader *reader, uint64_t lines);

/* Before the first row: skips physical lines, fewer when there are no more. */
int csv_row_skip_lines(struct reader *reader, uint64_t lines, struct error *err);

/* What follows the row that csv_row_next() gave last: `size` bytes at least or, when there is less, all of it. The row
 * stays valid. */
int csv_row_peek(struct reader *reader, struct csv_row *row, size_t size, struct slice *ahead, struct error *err);

/* csv_header.c: takes the names of the columns from the rows that hold them. */
int csv_header_read(struct reader *reader, const struct reader_options *options, struct error *err);

/* For `placed`: the place a row begins with; the row is bad as a whole when it is marked so. */
uint64_t csv_row_place(const struct csv_row *row, const struct csv_state *state, bool *bad);

#define FOOTER_BYTES ((size_t)8 << 10) /* with more than this ahead a row is no footer */

/* csv_lenient.c: with lenient_rows, what a row is that csv_row_next() gave. It may be changed: unwrapped, or accepted
 * with another number of fields. */
enum csv_verdict {
    CSV_ROW_RECORD,
    CSV_ROW_NONE, /* no record; counted */
    CSV_ROW_FAILED,
};
enum csv_verdict csv_lenient(struct reader *reader, struct csv_row *row, struct error *err);
/* Takes the row that is the one field of a row apart. 1; 0 when it is not such a row, -1. */
int csv_unwrap(struct reader *reader, struct csv_row *row, struct error *err);

#endif
