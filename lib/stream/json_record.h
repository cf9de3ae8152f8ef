/* JSON records: one object becomes the fields of the selected columns.
 *
 * The names of the members are columns; so are jq paths into them. Columns are made first (json_record_add_names() for
 * each record of the survey, json_record_add_path()), then selected, then records are read. */
#ifndef CRM_STREAM_JSON_RECORD_H
#define CRM_STREAM_JSON_RECORD_H

#include "base/group.h"
#include "stream/json_path.h"
#include "stream/reader.h"

/* A name as it stands in the text. The columns it belongs to are found by the order of the previous record first. */
struct json_member {
    struct slice text; /* between the quotes */
    bool escaped;      /* it has a backslash in it */
    size_t column;
    struct json_member *next; /* the member that followed it when it was last met; NULL: none yet */
};

struct json_column {
    size_t slot;            /* the first field that wants this member, or COLUMN_ABSENT */
    struct json_path *path; /* NULL: the member itself */
    size_t member;          /* the column of the path's first member */
};

/* A selected field. */
struct json_slot {
    size_t next; /* the next field that wants the same member, or COLUMN_ABSENT */
    const struct json_path *path;
    bool escaped; /* the field of this record still has to be decoded */
};

struct json_record {
    struct group_table names;     /* name -> struct json_member */
    struct group_table spellings; /* a name as written, with escapes -> struct json_member */
    struct json_member *first;    /* that records began with last */
    struct json_column *columns;  /* of each of the reader's names */
    size_t column_count;
    size_t column_capacity;
    struct json_slot *slots;
    size_t slot_count;
    bool has_paths;        /* some field is a path */
    bool has_escapes;      /* some field of this record has to be decoded */
    bool memory;           /* memory was short */
    struct slice stranger; /* the first member of this record that is no column; ptr NULL: none */
    struct buffer text;    /* decoded fields of this record */
    struct buffer scratch;
};

void json_record_init(struct json_record *record); /* takes no memory yet */
void json_record_fini(struct json_record *record);

/* Makes a column of every member of a valid object that is not one yet, in order. 0 or -1, memory. */
int json_record_add_names(struct json_record *record, struct reader *reader, struct slice object, struct error *err);

/* See json_reader_add_path(). */
int json_record_add_path(struct json_record *record, struct reader *reader, struct slice path, size_t *column,
                         struct error *err);

/* Takes up reader->selected. 0 or -1, memory. */
int json_record_select(struct json_record *record, const struct reader *reader, struct error *err);

/* Scans the object at p and notes the selected members in fields, which json_record_finish() has to complete. The
 * position behind the object, or NULL: record->memory, or as the scanner says. */
const char *json_record_scan(struct json_record *record, struct json_scan *scan, const char *p, struct field *fields);

/* Follows the paths and decodes the escapes. The fields point into the object and into the record. 0 or -1, memory. */
int json_record_finish(struct json_record *record, struct field *fields, struct error *err);

#endif
