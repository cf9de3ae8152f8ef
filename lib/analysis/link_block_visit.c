/* The pairs of an index, block by block; those that an earlier rule or block has are left out. */
#include "analysis/link_block.h"

/* Whether two rows share a block of this rule. */
static bool share_block(const struct link_blocks *blocks, const uint32_t *a, const uint32_t *b)
{
    for (size_t i = 0; i < blocks->width; i++)
        for (size_t k = 0; a[blocks->offset + i] && k < blocks->width; k++)
            if (a[blocks->offset + i] == b[blocks->offset + k])
                return true;
    return false;
}

bool link_index_has(const struct link_index *index, uint32_t a, uint32_t b)
{
    const uint32_t *keys_a = index->keys + a * index->width, *keys_b = index->keys + b * index->width;

    if (a == b || !link_may_pair(index->records, a, b))
        return false;
    for (size_t r = 0; r < index->count; r++)
        if (share_block(&index->blocks[r], keys_a, keys_b))
            return true;
    return false;
}

/* Whether a pair of block `number` of rule r has been found before: by an earlier rule, or in an earlier block. */
static bool seen_before(const struct link_index *index, size_t r, uint32_t number, const uint32_t *a, const uint32_t *b)
{
    for (size_t i = 0; i < r; i++) {
        size_t offset = index->blocks[i].offset;
        if (index->blocks[i].width == 1 ? a[offset] && a[offset] == b[offset] : share_block(&index->blocks[i], a, b))
            return true;
    }
    const struct link_blocks *blocks = &index->blocks[r];
    for (size_t i = 0; blocks->width > 1 && i < blocks->width; i++)
        for (size_t k = 0; a[blocks->offset + i] && a[blocks->offset + i] < number && k < blocks->width; k++)
            if (a[blocks->offset + i] == b[blocks->offset + k])
                return true;
    return false;
}

/* Fetches what a few blocks further on will be asked of the rows: most blocks are small. Inlined, since gcc 12
 * leaves out calls of functions that only prefetch. */
static inline __attribute__((always_inline)) void fetch_ahead(const struct link_index *index,
                                                              const struct link_blocks *blocks, size_t block)
{
    const size_t ahead = 6, most = 8;

    if (block + ahead >= blocks->count)
        return;
    size_t begin = blocks->starts[block + ahead], end = blocks->starts[block + ahead + 1];
    for (size_t i = begin; i < end && i < begin + most; i++) {
        const uint32_t *keys = index->keys + blocks->rows[i] * index->width;
        __builtin_prefetch(keys);
        __builtin_prefetch(keys + index->width - 1);
    }
}

int link_index_visit(const struct link_index *index, size_t chunk, link_visit *visit, void *context)
{
    size_t r = index->chunks[2 * chunk], begin = index->chunks[2 * chunk + 1];
    bool last = chunk + 1 == index->chunk_count || index->chunks[2 * chunk + 2] != r;
    const struct link_blocks *blocks = &index->blocks[r];
    size_t end = last ? blocks->count : index->chunks[2 * chunk + 3];
    struct link_pair pairs[LINK_VISITED];
    size_t count = 0;

    for (size_t block = begin; block < end; block++) {
        const uint32_t *rows = blocks->rows + blocks->starts[block];
        size_t size = blocks->starts[block + 1] - blocks->starts[block];

        fetch_ahead(index, blocks, block);
        for (size_t i = 0; i < size; i++) {
            const uint32_t *keys = index->keys + rows[i] * index->width;

            for (size_t k = i + 1; k < size; k++) {
                if (!link_may_pair(index->records, rows[i], rows[k]) ||
                    seen_before(index, r, (uint32_t)block + 1, keys, index->keys + rows[k] * index->width))
                    continue;
                pairs[count++] = (struct link_pair){rows[i], rows[k]};
                if (count == LINK_VISITED) {
                    if (visit(context, pairs, count))
                        return -1;
                    count = 0;
                }
            }
        }
    }
    return count ? visit(context, pairs, count) : 0;
}
