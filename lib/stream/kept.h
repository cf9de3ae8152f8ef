/* Kept records: every record of a stream in memory, for programs that must see all of them before they can say a word
 * about one.
 *
 * Memory: the bytes of the fields, two bytes or so for each field, but not for absent ones, and 16 bytes for each
 * record. With a limit, all but 8 to 12 bytes for each record goes to an unlinked temporary file when that is reached.
 */
#ifndef CRM_STREAM_KEPT_H
#define CRM_STREAM_KEPT_H

#include "base/buffer.h"
#include "stream/stream.h"

/* Where a record came from. */
struct kept_place {
    size_t input;
    uint64_t line;
    uint64_t number; /* of the record in its input, from 1 */
};

struct kept {
    struct kept_block *blocks; /* owned; the records one behind the other */
    size_t block_count;
    size_t block_capacity;
    size_t used; /* of the newest block */
    size_t room; /* of the newest block */
    size_t held; /* bytes of all blocks in memory */
    char **records;
    size_t count;
    size_t capacity;
    size_t columns;         /* fields of each record */
    size_t limit;           /* bytes; 0: none */
    struct kept_file *file; /* owned; NULL: nothing was put aside */
    size_t before;          /* records there were when the first were put aside */
};

void kept_init(struct kept *kept, size_t columns); /* takes no memory yet */
void kept_fini(struct kept *kept);

/* Before the first record: from now on blocks of records may be put aside, and all are when they would take more than
 * so many bytes. limit > 0. */
void kept_limit(struct kept *kept, size_t limit);

/* Appends a copy of the record, which has `columns` fields. 0, or -1: STATUS_SYSTEM, out of memory, or the temporary
 * file could not be written. */
int kept_add(struct kept *kept, const struct record *record, struct error *err);

/* The same in two steps, of which any thread may take the first: the fields as they are kept are appended to `out`. -1
 * out of memory. */
int kept_encode(struct buffer *out, const struct record *record, size_t columns);
int kept_add_encoded(struct kept *kept, const struct kept_place *place, struct slice fields, struct error *err);

/* Puts all records aside, for want of memory; only with a limit. What was given out of them stays valid. No other
 * thread may add any meanwhile. */
int kept_put_aside(struct kept *kept, struct error *err);

/* Bytes of memory that the records take; and of the file. */
size_t kept_memory(const struct kept *kept);
uint64_t kept_aside(const struct kept *kept);

/* The fields of a record, views that are valid until kept_fini(); any thread may ask. row < count. */
void kept_fields(const struct kept *kept, size_t row, struct field *fields);
/* The texts of some fields of a record, likewise; quicker when columns, each less than kept->columns, ascend. */
void kept_texts(const struct kept *kept, size_t row, const size_t *columns, size_t count, struct slice *texts);
struct kept_place kept_place(const struct kept *kept, size_t row);

#endif
