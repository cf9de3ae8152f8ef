/* Fields: what a record is made of, on the way in and on the way out.
 *
 * A field is text and a kind. CSV and TSV know only text; JSON also tells numbers, true, false, null and nested values
 * apart, and that is kept so that what came as 1.50 leaves as 1.50 and what came as "007" leaves as "007". Types are
 * never guessed: a program that needs a number or a date reads the text itself. */
#ifndef CRM_STREAM_FIELD_H
#define CRM_STREAM_FIELD_H

#include <stdint.h>

#include "base/slice.h"

enum field_kind {
    FIELD_ABSENT, /* this record, or this input, has no such column; text is empty */
    FIELD_TEXT,   /* text, unescaped */
    FIELD_NUMBER, /* the number as it was written; it is a valid JSON number */
    FIELD_TRUE,   /* text is "true" */
    FIELD_FALSE,  /* text is "false" */
    FIELD_NULL,   /* text is empty */
    FIELD_JSON,   /* text is a JSON array or object as it was written */
};

struct field {
    struct slice text;
    enum field_kind kind;
};

#define FIELD_LIMIT ((size_t)1 << 20)   /* bytes of a field */
#define RECORD_LIMIT ((size_t)16 << 20) /* bytes of a record */

/* A record as a reader hands it out: views that are valid until the next call on that reader. */
struct record {
    const struct field *fields; /* the selected columns, in the order of their selection */
    size_t count;
    struct slice raw; /* the record as read, without its line end */
    uint64_t line;    /* its first line, as an editor counts, from 1 */
    uint64_t number;  /* among the records of its input, from 1; bad ones count, the header does not */
    size_t input;     /* the index of its input in the stream; 0 from a reader alone */
};

static inline struct field field_text(struct slice text)
{
    return (struct field){text, FIELD_TEXT};
}

static inline struct field field_number(struct slice text)
{
    return (struct field){text, FIELD_NUMBER};
}

enum format { FORMAT_AUTO, FORMAT_CSV, FORMAT_TSV, FORMAT_JSONL, FORMAT_JSON, FORMAT_TABLE };

/* "csv" ... "table"; "auto". */
const char *format_name(enum format format);

#endif
