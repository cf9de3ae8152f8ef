/* Spill: records set aside on disk when what is kept of them outgrows the memory it may take.
 *
 * A spill has parts; a record is added to one of them, and a part gives its records back in the order in which they
 * were added, as often as it is read. It is one unlinked temporary file (source_temporary()), made when the first block
 * is full; what has not filled a block stays in memory. Nothing of it is left behind, however the program ends.
 *
 * Memory: SPILL_BLOCK bytes for each part that has records, 4 bytes for each block on disk. */
#ifndef CRM_STREAM_SPILL_H
#define CRM_STREAM_SPILL_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

#define SPILL_BLOCK ((size_t)64 << 10)

struct spill;

/* parts: 1 or more. */
int spill_new(struct spill **spill, size_t parts, struct error *err);
void spill_free(struct spill *spill); /* NULL is fine */

/* Spreading keys over parts, by the hash a group table has of them (group_hash()), but by other bits than the table
 * uses. Keys of one part of a level spread over all parts of the next; below the last one, which is SPILL_LEVELS - 1,
 * only keys of one hash are still together. */
enum { SPILL_PARTS = 64, SPILL_LEVELS = 5 };
size_t spill_part(uint64_t hash, int level);

/* Adds a record: the bytes of all pieces, one behind the other. -1: STATUS_SYSTEM, out of memory, or the file could not
 * be written (the message names its folder). */
int spill_add(struct spill *spill, size_t part, const struct slice *pieces, size_t count, struct error *err);

uint64_t spill_records(const struct spill *spill); /* added so far, in all parts */
uint64_t spill_bytes(const struct spill *spill);   /* their size */

bool spill_has(const struct spill *spill, size_t part); /* any record in it */

/* Reading a part from its beginning. No record may be added to any part while one is read. All zero is a reader of
 * nothing; it may be opened again for another part, and is to be freed. */
struct spill_reader {
    const struct spill *spill;
    size_t part;
    size_t next;            /* block */
    const char *from, *end; /* what is left of this one */
    char *block;            /* owned */
    struct buffer joined;   /* a record that lies in two blocks */
};
void spill_read(struct spill_reader *reader, const struct spill *spill, size_t part);
/* 1 with the record, which is valid until the next call; 0 at the end; -1: out of memory, or the file could not be
 * read. */
int spill_next(struct spill_reader *reader, struct slice *record, struct error *err);
void spill_reader_fini(struct spill_reader *reader);

/* What --max-memory (bytes) leaves for what is kept of the input: less what the program itself and the blocks of a
 * spill take, a quarter at most; 0: no limit. */
size_t spill_allowance(size_t max_memory);

/* What was set aside, for the note that says so. */
struct spill_account {
    bool spilled;
    uint64_t rows; /* of the input, before the limit was reached */
    uint64_t records, bytes;
};
/* One line on standard error, when there was anything. */
void spill_note(const struct spill_account *account, size_t max_memory);

/* Taking records apart: copies size bytes from the front of the record, and takes them off it. The record was written
 * by this program, and is long enough. */
void spill_take(struct slice *record, void *to, size_t size);
#define SPILL_TAKE(record, object) spill_take((record), &(object), sizeof(object))
/* For adding: the bytes of an object as a piece. */
#define SPILL_PIECE(object) ((struct slice){(const char *)&(object), sizeof(object)})

#endif
