/* Kept records: every record of a stream in memory, for programs that must see all of them before they can say a word
 * about one.
 *
 * Memory: the bytes of the fields, two bytes or so for each field, and 16 bytes for each record. */
#ifndef CRM_STREAM_KEPT_H
#define CRM_STREAM_KEPT_H

#include "stream/stream.h"

/* Where a record came from. */
struct kept_place {
    size_t input;
    uint64_t line;
    uint64_t number; /* of the record in its input, from 1 */
};

struct kept {
    char **blocks; /* owned; the records one behind the other */
    size_t block_count;
    size_t block_capacity;
    size_t used; /* of the newest block */
    size_t room; /* of the newest block */
    char **records;
    size_t count;
    size_t capacity;
    size_t columns; /* fields of each record */
};

void kept_init(struct kept *kept, size_t columns); /* takes no memory yet */
void kept_fini(struct kept *kept);

/* Appends a copy of the record, which has `columns` fields. 0, or -1 out of memory. */
int kept_add(struct kept *kept, const struct record *record, struct error *err);

/* The fields of a record, views that are valid until kept_fini(); any thread may ask. row < count. */
void kept_fields(const struct kept *kept, size_t row, struct field *fields);
/* The texts of some fields of a record, likewise; quicker when columns, each less than kept->columns, ascend. */
void kept_texts(const struct kept *kept, size_t row, const size_t *columns, size_t count, struct slice *texts);
struct kept_place kept_place(const struct kept *kept, size_t row);

#endif
