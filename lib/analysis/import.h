/* Import: from raw exports to records with standard columns and standard values.
 *
 *     import_plan()    looks at the beginning of each input (all of it where that does not decide), finds out what kind
 *                      of record it holds, which column is which, and how its dates and numbers are written
 *     import_next()    the next record, converted
 *
 * Nothing is guessed per value and nothing is dropped in silence: a column's reading is elected from all its values
 * (election.h); where the values do not decide, the plan fails and says which option does.
 *
 * An input whose first SAMPLE bytes settle everything is read once. Where dates such as 01/02/2026 occur, or numbers
 * such as 1.234, or a column is empty so far, the whole input is looked at first; a pipe is copied to a temporary file
 * for that. */
#ifndef CRM_ANALYSIS_IMPORT_H
#define CRM_ANALYSIS_IMPORT_H

#include "analysis/import_map.h"
#include "stream/stream.h"

#define IMPORT_SAMPLE ((size_t)1 << 20)

struct import_settings {
    enum number_style number; /* --decimal: NUMBER_POINT, NUMBER_COMMA; NUMBER_EMPTY: by election */
    enum date_style date;     /* --dmy, --mdy; DATE_EMPTY: by election */
    const char *encoding;     /* of the inputs; NULL: UTF-8, or what a byte order mark says */
    const char *date_format;  /* strptime(3) format of all dates; NULL */
    bool whole;               /* look at all of every input, for a report */
    bool keep_all;            /* columns that map to nothing are kept behind the others under their own names */
};

/* A column of the output. */
struct import_output {
    struct slice name;
    enum value_kind kind;
    bool kept;      /* not canonical: --keep all */
    uint64_t empty; /* records without a value so far though their input has the column; counted for ids */
};

/* How an output column is read from one input. */
struct import_source {
    struct slice from; /* the name in the header; from.ptr NULL: this input has no such column */
    enum number_style number;
    enum date_style date;
    bool integers; /* an id that a spreadsheet has made a number: 17850.0 is 17850 */
    bool json;     /* JSON numbers were among the values: they have one way to be written */
    bool elected;  /* number or date were decided by the data */
    bool derived;  /* amount: quantity x unit_price */
    struct number_election numbers;
    struct date_election dates;
    uint64_t filled; /* values seen by the survey */
    uint64_t floats; /* of them, whole numbers with ".0" */
};

/* What is known about one input. */
/* What a name in a header stands for. */
struct import_match {
    size_t column; /* of the entity; COLUMN_ABSENT: nothing */
    unsigned rank; /* vocabulary_rank() */
};

struct import_input {
    struct import_source *sources; /* one per output */
    struct slice *names;           /* the header, in order; borrowed */
    size_t name_count;
    struct import_match *matches; /* one per name; owned */
    uint64_t surveyed;            /* records looked at */
    bool whole;                   /* the survey saw all of the input */
    double confidence;            /* that the entity is the right one */
    struct source *sample;
    struct reader *reader; /* over the sample */
};

struct import {
    struct stream *stream; /* borrowed */
    struct import_settings settings;
    struct import_map map; /* what was said and, after the plan, what was found */
    struct import_input *inputs;
    struct import_output *outputs;
    size_t output_count;
    size_t output_capacity;
    size_t amount, quantity, unit_price; /* outputs, or COLUMN_ABSENT */
    struct arena names;
    struct buffer text; /* the converted values of the record at hand */
    struct field *fields;
};

/* stream: opened with a lenient header, not started; map: taken over. */
void import_init(struct import *import, struct stream *stream, struct import_map *map,
                 const struct import_settings *settings);
void import_fini(struct import *import);

/* Finds out everything, starts the stream and binds its columns. undecided: NULL, or where to count the columns whose
 * reading the data does not decide, instead of failing at the first. */
int import_plan(struct import *import, size_t *undecided, struct error *err);

/* 1 and the fields of the next record, one per output, valid until the next call; 0 at the end; -1. A record with a
 * value that cannot be read is rejected (rejects.h). record may be used with stream_reject(). */
int import_next(struct import *import, struct record *record, const struct field **fields, struct error *err);

/* One line on what was found for an input: "order: customer_id from Kundennummer, order_date from Datum (day-month),
 * ...; not mapped: Bemerkung". */
int import_describe(const struct import *import, size_t input, struct buffer *text);

/* Whether an id is a whole number that a spreadsheet wrote as a fraction: 17850.0 */
bool import_is_float_id(struct slice id);

/* One line on why a column is read as it is: "amount from 'Betrag': decimal comma, as in '1.234,50' on line 3; 277 of
 * 277 records have a value". Nothing for a column the input does not have. */
int import_explain(const struct import *import, size_t input, size_t output, struct buffer *text);

/* "year-first", "day-month", "decimal point", ... or "" for a column that is not elected. */
const char *import_reading(const struct import_output *output, const struct import_source *source);

#endif
