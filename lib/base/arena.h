/* Arena: many small allocations that live and die together. Pointers stay valid until arena_fini(). */
#ifndef CRM_BASE_ARENA_H
#define CRM_BASE_ARENA_H

#include "base/slice.h"

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    char *next;                 /* free room in the newest */
    size_t room;
    size_t bytes; /* taken from the system so far */
};

void arena_init(struct arena *arena); /* takes no memory yet */
void arena_fini(struct arena *arena);

/* Gives up everything in it, but keeps the newest and largest block for what comes next. */
void arena_reset(struct arena *arena);

/* size bytes aligned for any type, not initialised; NULL out of memory. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of the bytes, not aligned and with a NUL behind it (not counted); NULL out of memory. */
char *arena_copy(struct arena *arena, struct slice text);

#endif
