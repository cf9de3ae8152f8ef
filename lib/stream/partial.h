/* Parts: the state of an analysis of one part of the input, written by --partial, read again by --merge.
 *
 * Something else deals out the input and runs a program on each part (GNU parallel, Spark's pipe(), several machines).
 * Merging what they write, in the order of the parts, gives what one run over the whole input gives.
 *
 * A part is a sequence of records, in CSV, JSON Lines or JSON:
 *   begin    `analysis`: program, version, and the options that decide what the state is, as one text ("crm-rfm 1
 *            returns=net order=ids"); `format` of the part's input; `read`, `filtered`, `rejected`: its account; and
 * the program's own facts, what is known of the whole part KIND     the program's records, with columns of their own
 *   end      `records`: how many there were between, so that a part that was cut off is an error
 * The first column, `part`, says which of these a record is. In JSON, `begin` and `end` have the members part,
 * analysis, format, read, filtered, rejected, records and the facts; other records `part` and the columns. CSV has all
 * of these. A file may hold several parts; behind one that is CSV the header may stand again.
 *
 * Writing, when all is read:                          Reading:
 *     partial_write_open()                                partial_read_open()
 *     row = partial_begin(); the facts; partial_put()     while (partial_next() > 0)
 *     row = partial_record(); its cells; partial_put()        reader.kind says what it is: PARTIAL_BEGIN, facts;
 *     partial_finish()                                        else a record, columns
 *     partial_writer_free()                               partial_read_finish(), partial_reader_free()
 */
#ifndef CRM_STREAM_PARTIAL_H
#define CRM_STREAM_PARTIAL_H

#include "stream/common.h"
#include "stream/row.h"

/* ---- what a program's parts are ---- */

/* An option that decides what the state is; all parts and the merge must have the same. */
struct partial_option {
    const char *name;  /* without dashes */
    const char *value; /* as text; NULL: not given */
};

struct partial_plan {
    const char *program; /* "crm-rfm" */
    int version;         /* of what is written; another one is refused */
    const struct partial_option *options;
    size_t option_count;
    const char *const *kinds; /* what records are called, not "begin" or "end" */
    size_t kind_count;
    /* Facts first, then the columns of records, at most PARTIAL_COLUMNS in all. A program has one enum for both:
     * { FIRST_DAY, LAST_DAY, FACTS, CUSTOMER = FACTS, MONETARY, ... } */
    const char *const *columns;
    size_t column_count, fact_count;
};
#define PARTIAL_COLUMNS (ROW_COLUMNS - 7)

/* ---- options ---- */

struct partial_choice {
    bool partial, merge;
};
#define PARTIAL_GROUP "Parts" /* the title of their option group */
#define PARTIAL_OPTIONS(choice)                                                                               \
    {                                                                                                         \
        "partial",         0, NULL, "the input is a part: write the state that is merged later", option_true, \
        &(choice)->partial},                                                                                  \
    {                                                                                                         \
        "merge", 0, NULL, "the input is what --partial wrote of each part: report on all", option_true,       \
            &(choice)->merge                                                                                  \
    }

/* What goes with them: not both; with --partial neither a table nor TSV (which cannot hold every key) nor
 * --spreadsheet-safe. */
int partial_check(const struct partial_choice *choice, const struct common *common, struct error *err);

/* common_open(). With --merge the inputs are parts: how the input of the parts was read, filtered and rejected (--from,
 * --delimiter, --where, --rejects) does not hold for them; no rejects file is written, since the parts have done it. */
int partial_open(const struct partial_choice *choice, const struct common *common, char *const *paths, size_t count,
                 struct stream **stream, struct error *err);

/* ---- writing ---- */

struct partial_writer {
    const struct partial_plan *plan; /* borrowed */
    struct output *output;           /* borrowed */
    struct writer *records;          /* in JSON Lines, of records; else NULL */
    struct row row;
    struct field fields[ROW_COLUMNS]; /* a row of all columns */
    struct slice analysis;            /* owned */
    uint64_t count;                   /* of records written */
    bool of_part;                     /* the row is of begin or end */
};

/* output: zero, or prepared (output_prepare()). stream: the input, finished. After a failure, too,
 * partial_writer_free(). */
int partial_write_open(struct partial_writer *writer, const struct partial_plan *plan, struct output *output,
                       const struct common *common, const struct stream *stream, struct error *err);
/* Each gives the row that cells are to be added to, by row_...(): all facts, or all columns of records, in order; those
 * that are missing at the end are null. Texts are borrowed until partial_put(). At most FIELD_LIMIT bytes a field and
 * RECORD_LIMIT a record: a long list goes on in a record of its own (PARTIAL_LIST is a good limit). */
struct row *partial_begin(struct partial_writer *writer, const struct stream *stream);
struct row *partial_record(struct partial_writer *writer, size_t kind);
int partial_put(struct partial_writer *writer, struct error *err);
/* Writes the end, and finishes the output. */
int partial_finish(struct partial_writer *writer, struct error *err);
void partial_writer_free(struct partial_writer *writer);

#define PARTIAL_LIST ((size_t)1 << 18)

/* A cell with an exact number as text: what reads parts on the way may not have 128 bits. */
void partial_decimal(struct row *row, int128 units, int scale);

/* Lists are text: numbers with a blank between. Each appends one; 0, or -1 out of memory. */
int partial_list_integer(struct buffer *list, int64_t number);
int partial_list_decimal(struct buffer *list, int128 units, int scale);
int partial_list_hex(struct buffer *list, uint64_t number);

/* ---- reading ---- */

enum { PARTIAL_BEGIN = -1 };

struct partial_reader {
    const struct partial_plan *plan; /* borrowed */
    struct stream *stream;           /* borrowed */
    struct record record;            /* the one at hand */
    int kind;                        /* PARTIAL_BEGIN, or the index of its kind */
    size_t parts;                    /* begun so far */
    enum format format;              /* of the first part's input; FORMAT_AUTO: there was none */
    size_t columns[ROW_COLUMNS];     /* of the stream */
    struct slice analysis;           /* what `begin` must say; owned */
    bool inside;
    struct record begin; /* where the part at hand begins: of the record only line, number and input */
    uint64_t count;      /* of its records so far */
    size_t inputs;       /* so many have begun a part */
    uint64_t read, filtered, rejected;
};

/* stream: opened by partial_open(). After a failure, too, partial_reader_free(). */
int partial_read_open(struct partial_reader *reader, const struct partial_plan *plan, struct stream *stream,
                      struct error *err);
/* 1: reader->kind tells what was read. 0: all parts are whole. -1: STATUS_DATA, naming file and line: no part, a part
 * without beginning or end, another analysis (the first option that differs is named), too many or too few records. */
int partial_next(struct partial_reader *reader, struct error *err);
/* Closes the account of the stream, which is the sum of the parts': with --rejects, the line on standard error; the
 * limit of --max-rejects holds for the sum. *to, --to as given, becomes what one run would take by default. */
int partial_read_finish(struct partial_reader *reader, const struct common *common, enum format *to, struct error *err);
void partial_reader_free(struct partial_reader *reader);

/* Values of the record at hand; column: an index of plan->columns. -1: the value cannot be, and err says where. */
struct slice partial_text(const struct partial_reader *reader, size_t column); /* valid until partial_next() */
int partial_key(struct partial_reader *reader, size_t column, struct slice *key, struct error *err); /* not empty */
int partial_integer(struct partial_reader *reader, size_t column, int64_t low, int64_t high, int64_t *value,
                    struct error *err);
int partial_sum(struct partial_reader *reader, size_t column, struct decimal_sum *sum, struct error *err);
int partial_day(struct partial_reader *reader, size_t column, int32_t *day, struct error *err); /* empty: DAY_NONE */
/* The value, or with PARTIAL_COLUMNS as column the record, cannot be: "WHAT: 'value'". Returns -1. */
int partial_refuse(struct partial_reader *reader, size_t column, const char *what, struct error *err);

/* Take the first number of a list off it. false: there is none, or it is none (a list is at its end when it is empty).
 */
bool partial_take_integer(struct slice *list, int64_t low, int64_t high, int64_t *value);
bool partial_take_sum(struct slice *list, struct decimal_sum *sum);
bool partial_take_hex(struct slice *list, uint64_t *value);

/* The parts have amounts of one currency each: *first, of CURRENCY_TEXT bytes, is that of the parts before, empty
 * while there is none; the fact in `column` must be the same, or empty. */
#define PARTIAL_CURRENCY 16
int partial_one_currency(struct partial_reader *reader, size_t column, char first[PARTIAL_CURRENCY + 1],
                         struct error *err);

#endif
