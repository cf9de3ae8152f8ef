/* JSON records: one object, or one row, becomes the fields of the selected columns.
 *
 * The names of the members are columns; so are jq paths into them. The survey of the first records makes the columns
 * (json_survey.h), json_record_add_path() adds to them; then they are selected, and records are read. */
#ifndef CRM_STREAM_JSON_RECORD_H
#define CRM_STREAM_JSON_RECORD_H

#include "base/group.h"
#include "stream/json_path.h"
#include "stream/reader.h"

struct json_member;

/* A member of the records, or of a member that is an object. */
struct json_node {
    struct json_node *parent;   /* json_record.root for a member of the record */
    struct json_member *first;  /* that its objects began with last; NULL: none yet */
    struct json_node *children; /* of its objects, in order of first appearance; found with flatten only */
    struct json_node *last_child;
    struct json_node *next; /* behind it in the parent */
    struct slice name;      /* decoded */
    size_t column;          /* of it alone, or COLUMN_ABSENT */
    size_t slot;            /* the first field that wants it, or COLUMN_ABSENT */
    uint64_t record;        /* the last one in which its members were scanned: json_record.records */
    unsigned depth;         /* 1: a member of the record */
    bool open;              /* its members are wanted */
    bool own;               /* something else than an object with members was seen: it has a column */
    bool other;             /* an array that is no list of objects with values was seen */
    struct slice value;     /* of a list of objects: the member that holds the value; ptr NULL: no list seen */
    struct slice *parts;    /* of a list: the members of its objects, part_count */
    size_t part_count;
};

/* A name as it stands in the text. The node it belongs to is found by the order of the previous record first. */
struct json_member {
    struct slice text; /* between the quotes */
    bool escaped;      /* it has a backslash in it */
    struct json_node *node;
    struct json_member *next; /* the member that followed it when it was last met; NULL: none yet */
};

struct json_column {
    struct json_node *node;
    struct json_path *path; /* from the record on; NULL: the node itself. Owned */
    size_t from;            /* the step of path behind the node */
};

/* A selected field. */
struct json_slot {
    size_t next;               /* the next field that wants the same node, or COLUMN_ABSENT */
    struct json_column column; /* the path is borrowed */
    bool escaped;              /* the field of this record still has to be decoded */
    bool made;                 /* the field of this record lies in json_record.text, at: */
    size_t at;
};

struct json_record {
    bool flatten;
    bool everything;              /* as in struct reader, when the columns were selected */
    struct arena arena;           /* nodes, and what they point to */
    struct group_table names;     /* name -> struct json_member */
    struct group_table spellings; /* a name as written, with escapes -> struct json_member */
    struct group_table inner;     /* the same for members of nodes: the parent's address, then the name */
    struct group_table inner_spellings;
    struct json_node root;       /* stands for the record: its children and first */
    size_t node_count;           /* and parts of lists */
    struct json_column *columns; /* of each of the reader's names */
    size_t column_count;
    size_t column_capacity;
    struct json_slot *slots;
    size_t slot_count;
    uint64_t records;      /* scanned so far */
    size_t row_width;      /* columns of a row */
    size_t elements;       /* of the row scanned last */
    bool has_paths;        /* some field is a path */
    bool has_escapes;      /* some field of this record has to be decoded */
    bool has_arrays;       /* some field of this record has to be joined */
    bool memory;           /* memory was short */
    struct slice stranger; /* the first member of this record that is no column, as written; ptr NULL: none */
    const struct json_node *stranger_parent;
    bool stranger_listed; /* it is a member of an object in the parent's array */
    struct buffer text;   /* decoded and joined fields of this record */
    struct buffer scratch;
    struct buffer key;
};

void json_record_init(struct json_record *record, bool flatten); /* takes no memory yet */
void json_record_fini(struct json_record *record);

/* The known name that is written so among the members of parent; NULL when there is none or, with record->memory set,
 * memory is short. */
struct json_member *json_record_find(struct json_record *record, const struct json_node *parent, struct slice written,
                                     bool escaped);

/* Makes the name, as it is written, known as that of `node`, or, when this is NULL, of a new last child of parent.
 * NULL when memory is short. */
struct json_node *json_record_add_member(struct json_record *record, struct json_node *parent, struct slice written,
                                         bool escaped, struct json_node *node);

/* Adds a column; the record's and the reader's lists stay in step. Owns path on success only. 0 or -1, memory. */
int json_record_add_column(struct json_record *record, struct reader *reader, struct slice name, struct json_node *node,
                           struct json_path *path, size_t from, struct error *err);

/* See json_reader_add_name(). */
int json_record_add_name(struct json_record *record, struct reader *reader, struct slice name, size_t *column,
                         struct error *err);

/* See json_reader_add_path(). */
int json_record_add_path(struct json_record *record, struct reader *reader, struct slice path, size_t *column,
                         struct error *err);

/* Takes up reader->selected and reader->everything. 0 or -1, memory. */
int json_record_select(struct json_record *record, const struct reader *reader, struct error *err);

/* Scans the object (or, with a row, the array) at p and notes the selected members in fields, which
 * json_record_finish() has to complete. The position behind the object, or NULL: record->memory, or as the scanner
 * says. */
const char *json_record_scan(struct json_record *record, struct json_scan *scan, const char *p, struct field *fields);
const char *json_record_scan_row(struct json_record *record, struct json_scan *scan, const char *p,
                                 struct field *fields);

/* Follows the paths, joins arrays, and decodes the escapes. The fields point into the object and into the record. 0 or
 * -1, memory. */
int json_record_finish(struct json_record *record, struct field *fields, struct error *err);

/* The member of this record that would be lost, as a name or path: appended. 0 or -1, memory. */
int json_record_stranger(const struct json_record *record, struct buffer *text);

/* The path to a node, appended. 0 or -1, memory. */
int json_node_path(const struct json_node *node, struct buffer *text);

#endif
