/* Dialect: how a CSV file is written, judged by its beginning.
 *
 * Delimiter, quote and escape are those under which the sample is the most regular table of recognisable values; then
 * the table itself is looked for in the rows: what stands before it, whether it has a header, what is at the ends of
 * its rows. Nothing here changes a value, and what is found is said in notes: the caller prints them. */
#ifndef CRM_STREAM_DIALECT_H
#define CRM_STREAM_DIALECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "stream/reader.h"

/* Something found that is not as RFC 4180 has it, or had to be guessed. */
struct dialect_note {
    double confidence; /* 0 .. 1 */
    char text[160];    /* one line: "the first 3 lines are no part of the table" */
};

#define DIALECT_NOTES 12

struct dialect {
    char delimiter;    /* , ; tab | : ^ ~ \x01 \x1f, or ' ' (runs of blanks); a comma when nothing separates anything */
    size_t columns;    /* of the table: fields of the header without drop_names */
    size_t records;    /* rows of the sample after the header */
    size_t consistent; /* of these, as many as have the header's number of fields */
    double confidence; /* in delimiter, quote and escape: 0 .. 1 */
    char quote;        /* " or ', or QUOTE_NONE */
    enum quote_escape escape;
    bool trim;           /* each delimiter is followed by a blank */
    uint64_t skip_lines; /* physical lines before the header */
    bool has_header;
    size_t header_rows; /* 1, or 2 or 3 whose parts make up the names */
    size_t drop_names;  /* empty names at the end of the header whose fields are empty in all of the sample */
    size_t wrapped;     /* rows of the sample that are quoted whole */
    bool all_wrapped;   /* so is the header */
    struct dialect_note notes[DIALECT_NOTES];
    size_t note_count;
};

/* What is known beforehand. All zero: nothing. */
struct dialect_given {
    char delimiter;   /* 0: to be found */
    char quote;       /* 0: to be found, with the escape; QUOTE_NONE for TSV */
    bool no_preamble; /* the table begins with the sample */
    bool placed;      /* the sample is as conversion.h writes it: CSV by RFC 4180 with a place in front of each row */
};

/* Judges a sample in UTF-8, with or without byte order mark. `whole` says that it is all of the file; otherwise what
 * follows the last line end is left out.
 *
 * For each candidate the sample is cut into rows. The score is pattern score x type score after G. van den Burg,
 * A. Nazabal, C. Sutton, "Wrangling messy CSV files by detecting row and type patterns" (2019), equations 2 and 5, but
 * for one thing: the pattern score is divided not by the number of row patterns but by their effective number
 * (E. Simpson, "Measurement of diversity", 1949), lest one ragged row in thousands count as much as half of them. On a
 * tie the earlier candidate wins, in the order of `delimiter` above.
 *
 * `^`, `~` and `:` count only where the others make no regular table, blanks only where nothing else separates and
 * the columns are aligned by eye. A line
 * "sep=;" before the table decides. One pass for each candidate that occurs; no memory. */
struct dialect dialect_find(struct slice sample, bool whole, const struct dialect_given *given);

/* The same with nothing given. */
struct dialect dialect_detect(struct slice sample, bool whole);

/* Sets what a reader has to know; other options stay. Rows are then read with lenient_rows. */
void dialect_apply(const struct dialect *dialect, struct reader_options *options);

#endif
