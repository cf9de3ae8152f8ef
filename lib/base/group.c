/* Group table: linear probing at most two thirds full. A slot holds the index and 32 bits of the hash, so that a probe
 * that does not match rarely touches the entry; an entry holds short keys inline, next to the state, so that a hit
 * costs two cache misses. */
#include "base/group.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/memory.h"

#define FIRST_BITS \
    12 /* the first two chunks have 2^FIRST_BITS entries, each further one twice as many as the one before */
#define INLINE_KEY 16
#define EMPTY UINT32_MAX

struct group_slot {
    uint32_t tag; /* the upper half of the hash */
    uint32_t index;
};

/* The state follows, aligned to 8 bytes. 24 bytes, so that with 40 of state an entry is one cache line. */
struct entry {
    uint32_t index;
    uint32_t key_length;
    union {
        char bytes[INLINE_KEY];
        const char *pointer; /* when key_length > INLINE_KEY */
    } key;
};

static_assert(sizeof(struct entry) == 24, "an entry's header fits in front of 40 bytes of state");

void group_init(struct group_table *table, size_t state_size)
{
    *table = (struct group_table){0};
    table->entry_size = sizeof(struct entry) + (state_size + 7) / 8 * 8;
    arena_init(&table->keys);
}

void group_fini(struct group_table *table)
{
    for (size_t i = 0; i < table->chunk_count; i++)
        free(table->chunks[i]);
    free(table->slots);
    arena_fini(&table->keys);
    *table = (struct group_table){0};
}

static bool must_grow(const struct group_table *table, size_t count)
{
    return count * 3 > table->slot_count * 2;
}

size_t group_bytes(const struct group_table *table, size_t more)
{
    size_t slots = must_grow(table, table->count + more) ? 3 * table->slot_count : table->slot_count;

    return slots * sizeof *table->slots + (table->count + more) * table->entry_size + table->keys.bytes;
}

void group_close(struct group_table *table)
{
    free(table->slots);
    table->slots = NULL;
    table->slot_count = 0;
}

void group_clear(struct group_table *table)
{
    if (table->slot_count)
        memset(table->slots, 0xff, table->slot_count * sizeof *table->slots); /* EMPTY */
    table->count = 0;
    arena_reset(&table->keys);
}

/* The chunk an entry lies in. */
static size_t chunk_of(size_t index)
{
    size_t high = index >> FIRST_BITS;

    return high ? (size_t)(64 - __builtin_clzll(high)) : 0;
}

/* The first entry of a chunk. */
static size_t chunk_begin(size_t chunk)
{
    return chunk ? (size_t)1 << (FIRST_BITS + chunk - 1) : 0;
}

static struct entry *entry_at(const struct group_table *table, size_t index)
{
    size_t chunk = chunk_of(index);

    return (struct entry *)(void *)(table->chunks[chunk] + (index - chunk_begin(chunk)) * table->entry_size);
}

static void *state_of(struct entry *entry)
{
    return (char *)entry + sizeof *entry;
}

static struct slice key_of(const struct entry *entry)
{
    const char *ptr = entry->key_length > INLINE_KEY ? entry->key.pointer : entry->key.bytes;

    return (struct slice){ptr, entry->key_length};
}

uint64_t group_seed(void)
{
    static uint64_t seed;

    if (seed == 0) {
        const void *random = (const void *)getauxval(AT_RANDOM); /* 16 bytes the kernel gives every process */
        if (random)
            memcpy(&seed, random, sizeof seed);
        seed |= 1;
    }
    return seed;
}

uint64_t group_hash(struct slice key)
{
    return XXH3_64bits_withSeed(key.ptr, key.len, group_seed());
}

void group_prefetch_slot(const struct group_table *table, uint64_t hash)
{
    if (table->slot_count)
        __builtin_prefetch(&table->slots[hash & (table->slot_count - 1)]);
}

void group_prefetch_state(const struct group_table *table, uint64_t hash)
{
    if (table->slot_count == 0)
        return;
    size_t at = hash & (table->slot_count - 1);
    while (table->slots[at].index != EMPTY && table->slots[at].tag != (uint32_t)(hash >> 32))
        at = (at + 1) & (table->slot_count - 1);
    if (table->slots[at].index == EMPTY)
        return;
    const char *entry = (const char *)entry_at(table, table->slots[at].index);
    __builtin_prefetch(entry);
    if (table->entry_size > 64)
        __builtin_prefetch(entry + 64);
}

static int rehash(struct group_table *table)
{
    size_t wanted = table->slot_count ? table->slot_count * 2 : 1024;
    struct group_slot *slots = memory_large(wanted, sizeof *slots);

    if (!slots)
        return -1;
    memset(slots, 0xff, wanted * sizeof *slots); /* EMPTY */
    for (size_t i = 0; i < table->count; i++) {
        uint64_t hash = group_hash(key_of(entry_at(table, i))); /* cheaper than keeping it in every entry */
        size_t at = hash & (wanted - 1);
        while (slots[at].index != EMPTY)
            at = (at + 1) & (wanted - 1);
        slots[at] = (struct group_slot){(uint32_t)(hash >> 32), (uint32_t)i};
    }
    free(table->slots);
    table->slots = slots;
    table->slot_count = wanted;
    return 0;
}

/* The slot that holds key, or the empty one where it would go. slot_count > 0. */
static struct group_slot *probe(const struct group_table *table, struct slice key, uint64_t hash)
{
    size_t mask = table->slot_count - 1;
    uint32_t tag = (uint32_t)(hash >> 32);
    size_t at = hash & mask;

    while (table->slots[at].index != EMPTY) {
        if (table->slots[at].tag == tag && slice_equal(key_of(entry_at(table, table->slots[at].index)), key))
            break;
        at = (at + 1) & mask;
    }
    return &table->slots[at];
}

static struct entry *append(struct group_table *table, struct slice key)
{
    if (table->count >= EMPTY || key.len > UINT32_MAX)
        return NULL;
    size_t chunk = chunk_of(table->count);
    if (chunk >= table->chunk_count) {
        table->chunks[chunk] = memory_large(chunk ? chunk_begin(chunk) : (size_t)1 << FIRST_BITS, table->entry_size);
        if (!table->chunks[chunk])
            return NULL;
        table->chunk_count = chunk + 1;
    }
    struct entry *entry = entry_at(table, table->count);
    memset(entry, 0, table->entry_size);
    entry->index = (uint32_t)table->count;
    entry->key_length = (uint32_t)key.len;
    if (key.len > INLINE_KEY) {
        entry->key.pointer = arena_copy(&table->keys, key);
        if (!entry->key.pointer)
            return NULL;
    } else if (key.len) {
        memcpy(entry->key.bytes, key.ptr, key.len);
    }
    table->count++;
    return entry;
}

void *group_get_hashed(struct group_table *table, struct slice key, uint64_t hash, bool *added)
{
    *added = false;
    if (must_grow(table, table->count + 1) && rehash(table))
        return NULL;
    struct group_slot *slot = probe(table, key, hash);
    if (slot->index != EMPTY)
        return state_of(entry_at(table, slot->index));
    struct entry *entry = append(table, key);
    if (!entry)
        return NULL;
    *slot = (struct group_slot){(uint32_t)(hash >> 32), entry->index};
    *added = true;
    return state_of(entry);
}

void *group_get(struct group_table *table, struct slice key, bool *added)
{
    return group_get_hashed(table, key, group_hash(key), added);
}

void *group_find(const struct group_table *table, struct slice key)
{
    if (table->slot_count == 0)
        return NULL;
    const struct group_slot *slot = probe(table, key, group_hash(key));
    return slot->index == EMPTY ? NULL : state_of(entry_at(table, slot->index));
}

void *group_state(const struct group_table *table, size_t index)
{
    return state_of(entry_at(table, index));
}

struct slice group_key(const struct group_table *table, size_t index)
{
    return key_of(entry_at(table, index));
}

size_t group_index(const void *state)
{
    return ((const struct entry *)(const void *)((const char *)state - sizeof(struct entry)))->index;
}
