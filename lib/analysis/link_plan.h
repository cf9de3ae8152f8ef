/* The plan of a linkage: which columns are compared and as what. */
#ifndef CRM_ANALYSIS_LINK_PLAN_H
#define CRM_ANALYSIS_LINK_PLAN_H

#include "analysis/link_records.h"
#include "stream/kept.h"

enum link_preset { LINK_CONTACT, LINK_ACCOUNT };

/* A field to be. */
struct link_plan_field {
    struct slice name; /* borrowed: a column's */
    enum link_kind kind;
    size_t columns[LINK_SLOTS];
    size_t slots;
    enum date_style dates;
};

/* Why a column is not compared. */
enum link_left {
    LINK_COMPARED,
    LINK_LEFT_EXCLUDED, /* asked for */
    LINK_LEFT_ROLE,     /* says nothing of who it is: an owner, a status */
    LINK_LEFT_EMPTY,
    LINK_LEFT_CONSTANT,
    LINK_LEFT_UNIQUE,   /* every record has another: a number of the record */
    LINK_LEFT_REPEATED, /* says again what another column says */
    LINK_LEFT_SPARSE,   /* more than half of the records have no value, and its name says nothing */
    LINK_LEFT_TOO_MANY,
};

struct link_plan {
    struct link_plan_field fields[LINK_FIELDS];
    size_t count;
    enum link_left *left; /* owned; by column */
    size_t columns;
};

/* Recognises the fields by the names of the columns (vocabulary.h) and by what is in them. excluded: by column, may be
 * NULL. split: rows of the first of two lists. */
int link_plan_recognise(struct link_plan *plan, enum link_preset preset, const struct slice *names,
                        const struct kept *kept, size_t split, const bool *excluded, struct error *err);
/* "last_name,email,phone+mobile:phone,dob:date": columns joined by plus signs are one field, of the name of the first;
 * the kind, unless it is said, is recognised. Names as in link_spec.h. A header that vocabulary_recognise() takes for
 * that of accounts is read as one, any other as that of contacts. No column is named twice. STATUS_USAGE: what is
 * wrong, with its place. The plan's names are those of names, borrowed. */
int link_plan_parse(struct link_plan *plan, struct slice text, const struct slice *names, const struct kept *kept,
                    struct error *err);
/* Appends the text of a plan, every kind said, from which link_plan_parse() makes the same fields. names: of the
 * columns. -1 out of memory. */
int link_plan_print(const struct link_plan *plan, const struct slice *names, struct buffer *out);
/* Finds out how the dates of a field's columns are written, and, unless it is known, its kind: by the names of the
 * columns, else by what is in them. -1: their names stand for different kinds (STATUS_USAGE), or out of memory. */
int link_plan_look(struct link_plan_field *field, bool kind_known, enum link_preset preset, const struct slice *names,
                   const struct kept *kept, struct error *err);
void link_plan_fini(struct link_plan *plan);

/* Why a column is left out, a short phrase; NULL: it is compared. */
const char *link_left_reason(enum link_left left);

/* Makes the fields of records, and reads all values of the kept rows into them. */
int link_records_fill(struct link_records *records, const struct link_plan *plan, const struct kept *kept,
                      size_t threads, struct error *err);

#endif
