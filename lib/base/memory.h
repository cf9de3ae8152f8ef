/* Memory: growth for the library, x-functions for the programs.
 *
 * lib/ reports a failed allocation as an error; cmd/ may use the x-functions, which report "out of memory" and exit
 * with STATUS_SYSTEM. */
#ifndef CRM_BASE_MEMORY_H
#define CRM_BASE_MEMORY_H

#include <stddef.h>

/* Makes room for at least `need` elements of `size` bytes in *array, which has room for *capacity; grows by half as
 * much again, so that appending is linear. New room is not initialised. 0, or -1 out of memory (nothing changed). */
int memory_grow(void **array, size_t *capacity, size_t need, size_t size);

/* Typed: ARRAY_GROW(pointer variable, capacity variable, need). */
#define ARRAY_GROW(array, capacity, need) memory_grow((void **)&(array), &(capacity), (need), sizeof *(array))

/* Memory for a large table that is looked up at random: aligned to 64 bytes, on huge pages where the system grants
 * them, since otherwise every look-up misses the TLB, too. Not initialised; freed with free(). NULL out of memory.
 * count > 0. */
void *memory_large(size_t count, size_t size);
void *memory_large_zeroed(size_t count, size_t size);

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *text);

#endif
