/* Memory: array growth with overflow checks; x-functions that end the program. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/program.h"

int memory_grow(void **array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return 0;
    size_t wanted = *capacity + *capacity / 2;
    if (wanted < need)
        wanted = need;
    if (wanted < 16)
        wanted = 16;
    if (wanted > SIZE_MAX / 2 / size)
        return -1;
    void *grown = realloc(*array, wanted * size);
    if (!grown)
        return -1;
    *array = grown;
    *capacity = wanted;
    return 0;
}

void *memory_large(size_t count, size_t size)
{
    const size_t huge_page = (size_t)2 << 20;

    if (count > SIZE_MAX / 2 / size)
        return NULL;
    size *= count;
    size_t align = size < 2 * huge_page ? 64 : huge_page;
    void *memory = aligned_alloc(align, (size + align - 1) / align * align);
    if (memory && align == huge_page)
        madvise(memory, size, MADV_HUGEPAGE); /* a wish: nothing is lost where it is not granted */
    return memory;
}

void *memory_large_zeroed(size_t count, size_t size)
{
    void *memory = memory_large(count, size);

    return memory ? memset(memory, 0, count * size) : NULL;
}

static void *checked(void *memory)
{
    if (!memory)
        program_die(STATUS_SYSTEM, "out of memory");
    return memory;
}

void *xmalloc(size_t size)
{
    return checked(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *old, size_t size)
{
    return checked(realloc(old, size ? size : 1));
}

char *xstrdup(const char *text)
{
    return checked(strdup(text));
}
