/* Memory that runs short: the Nth allocation of the test program fails, whoever asks for it (glibc lets a program stand
 * in for its allocator). Under sanitizers, which stand there themselves, nothing fails and the loops below end at once.
 */
#ifndef CRM_TESTS_SHORT_MEMORY_H
#define CRM_TESTS_SHORT_MEMORY_H

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

static long memory_left = -1; /* allocations until one fails; -1: none does */
static bool memory_stays;     /* short: all later ones fail as well */
static bool memory_reached;   /* one has failed */
static long memory_live;      /* allocations that were not freed */

/* From here on the one behind `left` others fails, until left is -1. */
static inline void memory_limit(long left, bool stays)
{
    memory_left = left;
    memory_stays = stays;
    memory_reached = memory_reached && left < 0;
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define MEMORY_CAN_FAIL true

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *old);

static inline void *memory_count(void *new)
{
    memory_live += new != NULL;
    return new;
}

static inline bool memory_fails(void)
{
    if (memory_left < 0 || memory_left-- > 0)
        return false;
    if (memory_stays)
        memory_left = 0;
    memory_reached = true;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return memory_fails() ? NULL : memory_count(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return memory_fails() ? NULL : memory_count(__libc_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    if (memory_fails())
        return NULL;
    return old ? __libc_realloc(old, size) : memory_count(__libc_malloc(size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memory_fails() ? NULL : memory_count(__libc_memalign(alignment, size));
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *new = aligned_alloc(alignment, size);

    if (!new)
        return ENOMEM;
    *out = new;
    return 0;
}

void free(void *old)
{
    memory_live -= old != NULL;
    __libc_free(old);
}
#else
#define MEMORY_CAN_FAIL false
#endif

#endif
