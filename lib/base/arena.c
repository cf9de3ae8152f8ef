/* Arena: bump allocation from blocks of 64 KiB and more, doubling up to 4 MiB. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *older;
    size_t size;
    alignas(max_align_t) char bytes[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

void arena_fini(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *older = arena->blocks->older;
        free(arena->blocks);
        arena->blocks = older;
    }
    arena_init(arena);
}

static int add_block(struct arena *arena, size_t size)
{
    const size_t smallest = (size_t)64 << 10;
    const size_t largest = (size_t)4 << 20;
    size_t wanted = arena->blocks ? arena->blocks->size * 2 : smallest;

    if (wanted > largest)
        wanted = largest;
    if (wanted < size)
        wanted = size;
    if (wanted > SIZE_MAX - sizeof(struct arena_block))
        return -1;
    struct arena_block *block = malloc(sizeof *block + wanted);
    if (!block)
        return -1;
    block->older = arena->blocks;
    block->size = wanted;
    arena->blocks = block;
    arena->next = block->bytes;
    arena->room = wanted;
    arena->bytes += sizeof *block + wanted;
    return 0;
}

/* align: a power of two. */
static inline void *take(struct arena *arena, size_t size, size_t align)
{
    size_t skip = -(uintptr_t)arena->next & (align - 1);

    if (!arena->next || arena->room < skip || arena->room - skip < size) {
        if (add_block(arena, size))
            return NULL;
        skip = 0;
    }
    char *taken = arena->next + skip;
    arena->next = taken + size;
    arena->room -= skip + size;
    return taken;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return take(arena, size, alignof(max_align_t));
}

char *arena_copy(struct arena *arena, struct slice text)
{
    char *copy = take(arena, text.len + 1, 1);

    if (!copy)
        return NULL;
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return copy;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *newest = arena->blocks;

    if (!newest)
        return;
    arena->blocks = newest->older;
    newest->older = NULL;
    struct arena rest = {.blocks = arena->blocks};
    arena_fini(&rest);
    *arena = (struct arena){newest, newest->bytes, newest->size, sizeof *newest + newest->size};
}
