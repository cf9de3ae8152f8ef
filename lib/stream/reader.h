/* Reader: the records of one input.
 *
 * reader_open() looks at the first bytes, chooses the format, and reads the header (CSV, TSV) or the names of the
 * members in the first block (JSON). Then the caller selects the columns it wants, and takes records. Columns that were
 * not selected are skipped, not copied.
 *
 * A bad record does not end the input: READ_BAD tells about it, and reading goes on at the next line. READ_FAILED (read
 * error, out of memory) does end it. */
#ifndef CRM_STREAM_READER_H
#define CRM_STREAM_READER_H

#include "base/arena.h"
#include "base/group.h"
#include "stream/csv_syntax.h"
#include "stream/field.h"
#include "stream/source.h"

/* All zero is strict reading. From quote to placed for CSV alone; dialect_apply() sets most of these. */
struct reader_options {
    enum format format;  /* FORMAT_AUTO: by content. FORMAT_JSON reads arrays and JSON Lines alike */
    char delimiter;      /* of CSV; 0: a comma */
    bool lenient_header; /* an empty name becomes "column_3", a repeated one "name_2", instead of an error */
    bool literal_quotes; /* quotes on a line on which no field begins with one are text, instead of an error */
    char quote;          /* 0: a double quote */
    enum quote_escape escape;
    bool trim;           /* blanks around delimiters are no part of fields: a, "b, c" */
    uint64_t skip_lines; /* physical lines before the header that are no part of the table */
    bool no_header;      /* the first row is a record; the columns are column_1, column_2, ... */
    size_t header_rows;  /* a name's parts stand in so many rows, joined with a blank; 0 and 1: one */
    size_t drop_names;   /* so many empty names at the end of the header are no columns */
    bool lenient_rows;   /* what spreadsheets add to rows is put right and counted, see struct reader */
    bool every_row;      /* with lenient_rows: no row is left out, be it empty, a header again, or a total */
    bool fill_short;     /* fields missing at the end of a row are empty, and counted, instead of an error */
    bool placed;         /* each row begins with its place, as conversion.h writes it */
    bool flatten;        /* JSON: nested members become columns, and wrappers are opened; see below */
    const char *records; /* JSON: where the records are, a jq path of names (".data.items"); "." is the input
                          * itself. NULL: the input itself or, with flatten, where they are found. Borrowed */
};

/* JSON with flatten. The columns found in the first MiB are:
 *   email               a member of the records that is no object
 *   .company.name       a jq path: a member of a member that is an object, up to JSON_FLAT levels deep
 *   .phone[].value      a member of the objects in an array such as "phone":[{"label":"work","value":"1"}, ...], where
 *                       each object has a value: a member of that name, or one that the array is named after (emails:
 *                       email). The values of all elements are joined
 * An object whose members have columns has none of its own, unless other records have something else there. A field
 * that is an array of plain values is text, joined as by jq's join("; "); [] is null, and an array of one is its
 * element; where an element holds "; " or is nested, the field stays a JSON array. The column of an array such as
 * "phone" above holds the value of the element that is marked as primary (or is_primary, isPrimary), else of the first.
 *
 * Where the input is objects around the records, {"results":[...],"paging":{...}}, these are read from the array;
 * reader->wrapper says which. Records may also be arrays, in an array or one a line: the first holds the names. */
#define JSON_FLAT 8         /* levels of members that become columns, those of the record the first */
#define JSON_COLUMNS 10000u /* more different members, with flatten, are an error */

enum read_result { READ_END, READ_RECORD, READ_BAD, READ_FAILED };

/* Why a record is bad. The slices are valid until the next call on the reader. */
struct bad_record {
    uint64_t line;
    uint64_t number;
    struct slice column; /* empty: the whole record */
    struct slice raw;
    char reason[256];
};

struct reader;

/* What a format implements; the functions below call through it. `state` is the format's own. */
struct reader_format {
    enum read_result (*next)(struct reader *reader, struct record *record, struct bad_record *bad, struct error *err);
    int (*select)(struct reader *reader, struct error *err);
    void (*free)(struct reader *reader);
    /* As the functions reader_NAME() below. */
    bool (*settle)(struct reader *reader);
    bool (*apart)(const struct reader *reader);
    size_t (*whole)(const struct reader *reader, struct slice window);
    bool (*miscut)(const struct reader *reader);
    int (*copy)(struct reader *copy, const struct reader *reader, struct error *err); /* its state and names */
    void (*restart)(struct reader *reader);
    uint64_t (*lines)(const struct reader *reader); /* behind the input taken so far */
    void (*skip)(struct reader *reader, uint64_t lines);
};

struct reader {
    const struct reader_format *format;
    enum format kind; /* FORMAT_CSV, FORMAT_TSV, FORMAT_JSONL or FORMAT_JSON */
    void *state;
    struct source *source; /* borrowed */
    struct arena names_arena;
    struct slice *names; /* the columns of the input, in order */
    size_t name_count;
    size_t name_capacity;
    struct group_table *index; /* of names, made when one is looked for; indexed names of the reader are in it */
    size_t indexed;
    size_t *selected; /* indexes into names, or COLUMN_ABSENT */
    size_t selected_count;
    struct field *fields;    /* selected_count of them: what record.fields points to */
    uint64_t line;           /* the line the next record begins on */
    uint64_t number;         /* records seen */
    uint64_t literal_quotes; /* records taken with quotes as text */
    struct slice wrapper;    /* JSON: the path of the array the records are read from; empty: the input itself */
    bool rows;               /* JSON: records are arrays, and the first held the names */
    uint64_t scanned;        /* JSON: bytes looked at, those that were looked at again included */
    uint64_t filled_short;   /* records whose missing fields were taken for empty */
    /* With lenient_rows. The first two are records, the others are none and have no number. */
    uint64_t unwrapped;        /* rows that were quoted whole: their one field is a row */
    uint64_t surplus_empty;    /* rows with more fields than the header, all of these empty */
    uint64_t blank_records;    /* rows of empty fields */
    uint64_t repeated_headers; /* rows equal to the header */
    uint64_t footers;          /* at most the last five rows: totals, "(123 rows)", remarks */
    uint64_t footer_line;      /* the line of the first of them */
    bool everything; /* all columns are wanted: a JSON record with a member that is no column is bad, lest it be lost */
};

#define COLUMN_ABSENT SIZE_MAX

/* Opens a reader on a source from which nothing was taken yet. The source must outlive the reader and stays the
 * caller's. An input without any byte is valid: it has no columns and no records. A bad header is an error
 * (STATUS_DATA, the text begins with "NAME:LINE: "). */
int reader_open(struct reader **reader, struct source *source, const struct reader_options *options, struct error *err);
void reader_free(struct reader *reader);

/* The index of the column `name`, or COLUMN_ABSENT. "#3" is the third column. For JSON, a name that begins with a dot
 * is a jq path
 * (".company.name", "."Lead Source""): it becomes a column of its own when the first member of the path exists.
 * -1 only when memory is short or a path is not one. */
int reader_find(struct reader *reader, struct slice name, size_t *column, struct error *err);

/* From now on records hold exactly these columns, in this order; COLUMN_ABSENT gives FIELD_ABSENT. Before the first
 * reader_next(); without it, all columns are selected. */
int reader_select(struct reader *reader, const size_t *columns, size_t count, struct error *err);

enum read_result reader_next(struct reader *reader, struct record *record, struct bad_record *bad, struct error *err);

/* ---- reading an input in stretches, apart from each other (lanes.h) ---- */

/* Whether records can be read without those before them, so that the input may be cut between any two. */
bool reader_apart(const struct reader *reader);
/* Gives back to the source all that is not part of a record taken, so that its window begins with the next record.
 * false: not here, go on reading. */
bool reader_settle(struct reader *reader);
/* How much of a window, which begins with a record, is whole records: 0: none, or it cannot be told. Where
 * records are malformed it may be cut within one; reading the stretch then gives a bad record of which
 * reader_miscut() is true. */
size_t reader_whole(const struct reader *reader, struct slice window);
/* Whether the bad record given last may be one because its stretch was not cut between records. */
bool reader_miscut(const struct reader *reader);
/* A reader like this one, of the same columns and selection, for a stretch of its input that is in `source`, whole.
 * Borrows nothing of it. */
int reader_copy(struct reader **copy, const struct reader *reader, struct source *source, struct error *err);
/* The source of a copy has been given another stretch: lines and records are counted from 1 again. */
void reader_restart(struct reader *copy);
/* What a copy has read to its end was read. */
void reader_skip(struct reader *reader, const struct reader *copy);

/* For the formats. */
int reader_add_name(struct reader *reader, struct slice name, struct error *err);
enum read_result reader_bad(struct reader *reader, struct bad_record *bad, struct slice raw, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int csv_reader_open(struct reader *reader, const struct reader_options *options, struct error *err);
int json_reader_open(struct reader *reader, const struct reader_options *options, struct error *err);
/* JSON objects only: a column for the member of that name, of which there is none so far. 0 with *column, or -1. */
int json_reader_add_name(struct reader *reader, struct slice name, size_t *column, struct error *err);
/* JSON only: a column for a jq path, added to reader->names. 0 with *column, or -1. */
int json_reader_add_path(struct reader *reader, struct slice path, size_t *column, struct error *err);

#endif
