/* The reserve: taken from its beginning to its end and never given back, since a program that has needed it is about to
 * stop. */
#include "value/json_memory.h"

#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define RESERVE ((size_t)32 << 20)
#define ALIGNMENT _Alignof(max_align_t)

static char *reserve; /* NULL: there is none */
static atomic_size_t used;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *take(size_t size)
{
    void *memory = malloc(size);

    if (memory || size > RESERVE / 4)
        return memory;
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    size_t at = atomic_fetch_add(&used, size);
    return at + size <= RESERVE ? reserve + at : NULL;
}

static void give_back(void *memory)
{
    if ((uintptr_t)memory - (uintptr_t)reserve >= RESERVE)
        free(memory);
}

static void make(void)
{
    void *memory = mmap(NULL, RESERVE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (memory == MAP_FAILED)
        return;
    reserve = memory;
    json_set_alloc_funcs(take, give_back);
}

int json_memory_secure(struct error *err)
{
    pthread_once(&once, make);
    return reserve ? 0 : error_memory(err);
}
