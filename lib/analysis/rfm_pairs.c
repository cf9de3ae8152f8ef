/* Distinct pairs: open addressing with linear probing, at most three quarters full. */
#include "analysis/rfm_pairs.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/memory.h"

#define NOBODY UINT32_MAX

void rfm_pairs_init(struct rfm_pairs *pairs)
{
    *pairs = (struct rfm_pairs){.last.owner = NOBODY};
}

void rfm_pairs_fini(struct rfm_pairs *pairs)
{
    free(pairs->slots);
    rfm_pairs_init(pairs);
}

struct rfm_pair rfm_pair_of(uint32_t owner, struct slice text, uint64_t seed)
{
    XXH128_hash_t hash = XXH3_128bits_withSeed(text.ptr, text.len, seed);

    return (struct rfm_pair){hash.low64, (uint32_t)hash.high64, owner};
}

static bool same(struct rfm_pair a, struct rfm_pair b)
{
    return a.low == b.low && a.owner == b.owner && a.high == b.high;
}

/* The owner has to count here: one product has many buyers. 2^64 / golden ratio spreads consecutive numbers. */
static size_t home(const struct rfm_pairs *pairs, struct rfm_pair pair)
{
    uint64_t mixed = (pair.low ^ pair.owner) * 0x9e3779b97f4a7c15u;

    return (mixed ^ mixed >> 32) & (pairs->slot_count - 1);
}

static struct rfm_pair *probe(const struct rfm_pairs *pairs, struct rfm_pair pair)
{
    size_t at = home(pairs, pair);

    while (pairs->slots[at].owner != NOBODY && !same(pairs->slots[at], pair))
        at = (at + 1) & (pairs->slot_count - 1);
    return &pairs->slots[at];
}

static int grow(struct rfm_pairs *pairs)
{
    struct rfm_pairs larger = *pairs;

    larger.slot_count = pairs->slot_count ? pairs->slot_count * 2 : 1024;
    larger.slots = memory_large(larger.slot_count, sizeof *larger.slots);
    if (!larger.slots)
        return -1;
    memset(larger.slots, 0xff, larger.slot_count * sizeof *larger.slots); /* NOBODY */
    for (size_t i = 0; i < pairs->slot_count; i++)
        if (pairs->slots[i].owner != NOBODY)
            *probe(&larger, pairs->slots[i]) = pairs->slots[i];
    free(pairs->slots);
    *pairs = larger;
    return 0;
}

static bool must_grow(const struct rfm_pairs *pairs, size_t count)
{
    return count * 4 > pairs->slot_count * 3;
}

size_t rfm_pairs_bytes(const struct rfm_pairs *pairs, size_t more)
{
    size_t growing = must_grow(pairs, pairs->count + more) ? 2 * pairs->slot_count : 0;

    return (pairs->slot_count + (growing > pairs->count ? growing : pairs->count)) * sizeof *pairs->slots;
}

static int compare_owners(const void *a, const void *b)
{
    const struct rfm_pair *left = a;
    const struct rfm_pair *right = b;

    return left->owner < right->owner ? -1 : left->owner > right->owner;
}

const struct rfm_pair *rfm_pairs_sort(struct rfm_pairs *pairs)
{
    size_t count = 0;

    for (size_t i = 0; i < pairs->slot_count; i++)
        if (pairs->slots[i].owner != NOBODY)
            pairs->slots[count++] = pairs->slots[i];
    if (count)
        qsort(pairs->slots, count, sizeof *pairs->slots, compare_owners);
    return pairs->slots;
}

void rfm_pairs_prefetch(const struct rfm_pairs *pairs, struct rfm_pair pair)
{
    if (pairs->slot_count)
        __builtin_prefetch(&pairs->slots[home(pairs, pair)], 1);
}

int rfm_pairs_add(struct rfm_pairs *pairs, struct rfm_pair pair)
{
    if (same(pairs->last, pair))
        return 0;
    if (must_grow(pairs, pairs->count + 1) && grow(pairs))
        return -1;
    struct rfm_pair *slot = probe(pairs, pair);
    pairs->last = pair;
    if (slot->owner != NOBODY)
        return 0;
    *slot = pair;
    pairs->count++;
    return 1;
}
