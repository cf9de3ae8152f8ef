/* The file of kept records: blocks of them that were put aside. Private to kept*.c.
 *
 * A block that goes there is written, and then the file is mapped in its place: pointers into it stay valid, and it
 * takes no memory but what the system keeps of the file to spare. An error in writing is seen at once. One in reading
 * the file back comes as SIGBUS to whoever looks at a record; the handler, which is set as soon as there is a mapping,
 * removes unfinished outputs (sink.h) and ends the program with a message and STATUS_SYSTEM. */
#ifndef CRM_STREAM_KEPT_FILE_H
#define CRM_STREAM_KEPT_FILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* A block of records. One of kept records with a limit is mapped, any other from malloc(). */
struct kept_block {
    char *at; /* owned */
    size_t size;
    bool aside; /* it is in the file */
};

#define KEPT_WINDOWS 64 /* that are remembered as looked at */

struct kept_file {
    int fd;
    uint64_t bytes;                              /* written */
    uint32_t most;                               /* windows that may be in memory at a time */
    atomic_uint touched;                         /* windows since all of them were given back; about */
    atomic_uint_least32_t windows[KEPT_WINDOWS]; /* looked at lately, by their numbers */
};

/* An empty, unlinked temporary file (source_temporary()). most: bytes of it that may be in memory at a time, about. */
int kept_file_new(struct kept_file **file, size_t most, struct error *err);
void kept_file_free(struct kept_file *file); /* NULL is fine */

/* A block that can be put aside: size is rounded up to whole pages. NULL out of memory. */
char *kept_block_map(size_t *size);
void kept_block_unmap(const struct kept_block *block);

/* Puts the block aside. -1: STATUS_SYSTEM, it could not be written (the message names the folder), or not be mapped: it
 * may then only be unmapped. */
int kept_file_take(struct kept_file *file, struct kept_block *block, struct error *err);

/* To be called before a record at this place is looked at, by any thread: gives the memory of all blocks back when
 * enough of them has been looked at. */
void kept_file_touch(struct kept_file *file, const char *place, const struct kept_block *blocks, size_t count);

#endif
