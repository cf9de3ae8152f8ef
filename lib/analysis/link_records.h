/* The records of a linkage, as numbers: for each field the numbers of its values. */
#ifndef CRM_ANALYSIS_LINK_RECORDS_H
#define CRM_ANALYSIS_LINK_RECORDS_H

#include "analysis/link_room.h"
#include "analysis/link_value.h"

struct link_field {
    char *name; /* owned; as explanations say it */
    enum link_kind kind;
    unsigned exact;             /* the level of equal values */
    size_t columns[LINK_SLOTS]; /* of the input */
    size_t slots;               /* columns, 1 .. LINK_SLOTS */
    size_t first;               /* its first slot in a row */
    struct link_values *values;
    uint32_t *counts; /* owned; counts[id]: records that have the value; 0 .. values->table.count */
    uint64_t filled;  /* records that have one */
};

struct link_records {
    enum link_mode mode;
    size_t count; /* rows */
    size_t split;
    struct link_field fields[LINK_FIELDS];
    size_t field_count;
    size_t width;      /* slots of all fields */
    uint32_t *ids;     /* owned; ids[row * width + slot], 0: missing */
    bool *named_users; /* owned; by row: the e-mail address is made of the name (john.smith@), so that of two people of
                        * one name it says nothing that its user part is the same. NULL: there are no addresses */
    struct link_values *tables[LINK_FIELDS]; /* owned */
    size_t table_count;
    const struct link_room *room; /* borrowed; NULL: there is no limit */
};

void link_records_init(struct link_records *records, enum link_mode mode);
void link_records_fini(struct link_records *records);

/* Adds a field of `slots` columns. Names of persons share a table. -1 out of memory. */
int link_records_add_field(struct link_records *records, struct slice name, enum link_kind kind, const size_t *columns,
                           size_t slots, struct error *err);

/* Finds out named_users, once the values are there. -1 out of memory. */
int link_records_find_users(struct link_records *records, size_t threads, struct error *err);

static inline const uint32_t *link_row(const struct link_records *records, size_t row)
{
    return records->ids + row * records->width;
}

/* Whether a pair may be one at all in this mode. a != b. */
static inline bool link_may_pair(const struct link_records *records, size_t a, size_t b)
{
    bool first_a = a < records->split, first_b = b < records->split;

    return records->mode == LINK_WITHIN || (records->mode == LINK_ACROSS ? first_a != first_b : !(first_a && first_b));
}

/* Bytes of memory, about: of all rows and their values. */
double link_records_bytes(const struct link_records *records);
double link_records_value_bytes(const struct link_records *records);

/* All pairs that may be one. */
double link_pair_total(const struct link_records *records);

#endif
