/* Texts by hash: linear probing at most two thirds full. A slot's place is given by the upper bits of the hash that it
 * keeps, so that a table grows by being read from one end to the other, without a look at the texts. */
#include "analysis/link_texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define FIRST_BITS 10
#define MOST_BITS 32 /* of the hash that a slot keeps */
#define EMPTY UINT32_MAX

struct link_text_slot {
    uint32_t tag; /* the upper half of the hash */
    uint32_t number;
};

void link_texts_init(struct link_texts *texts)
{
    *texts = (struct link_texts){0};
}

void link_texts_fini(struct link_texts *texts)
{
    free(texts->slots);
    link_texts_init(texts);
}

void link_texts_settle(struct link_texts *texts)
{
    free(texts->slots);
    texts->slots = NULL;
    texts->bits = 0;
}

size_t link_texts_bytes(const struct link_texts *texts)
{
    return texts->bits ? sizeof *texts->slots << texts->bits : 0;
}

static size_t place_of(uint32_t tag, unsigned bits)
{
    return tag >> (MOST_BITS - bits);
}

static bool is_full(const struct link_texts *texts, size_t count)
{
    return !texts->bits || count * 3 > (size_t)2 << texts->bits;
}

static int grow(struct link_texts *texts, unsigned bits)
{
    size_t count = (size_t)1 << bits;
    struct link_text_slot *slots = bits > MOST_BITS ? NULL : memory_large(count, sizeof *slots);

    if (!slots)
        return -1;
    memset(slots, 0xff, count * sizeof *slots); /* EMPTY */
    for (size_t i = 0; texts->bits && i < (size_t)1 << texts->bits; i++) {
        size_t at = place_of(texts->slots[i].tag, bits);

        if (texts->slots[i].number == EMPTY)
            continue;
        while (slots[at].number != EMPTY)
            at = (at + 1) & (count - 1);
        slots[at] = texts->slots[i];
    }
    free(texts->slots);
    texts->slots = slots;
    texts->bits = bits;
    return 0;
}

int link_texts_reserve(struct link_texts *texts, size_t count)
{
    unsigned bits = FIRST_BITS;

    while (bits < MOST_BITS && count * 3 > (size_t)2 << bits)
        bits++;
    return bits > texts->bits ? grow(texts, bits) : 0;
}

/* The first slot that may be that of a text, or the empty one where it would go. */
static const struct link_text_slot *probe(const struct link_texts *texts, uint64_t hash)
{
    uint32_t tag = (uint32_t)(hash >> 32);
    size_t at = place_of(tag, texts->bits);

    while (texts->slots[at].number != EMPTY && texts->slots[at].tag != tag)
        at = (at + 1) & (((size_t)1 << texts->bits) - 1);
    return &texts->slots[at];
}

static const struct slice *text_at(const void *items, size_t size, uint32_t number)
{
    return (const struct slice *)(const void *)((const char *)items + number * size);
}

#define NEAR_BITS 12 /* slots and texts of so few stay in the nearest caches */

void link_texts_prefetch_slot(const struct link_texts *texts, uint64_t hash)
{
    if (texts->bits > NEAR_BITS)
        __builtin_prefetch(&texts->slots[place_of((uint32_t)(hash >> 32), texts->bits)]);
}

void link_texts_prefetch_item(const struct link_texts *texts, uint64_t hash, const void *items, size_t size)
{
    const struct link_text_slot *slot = texts->bits > NEAR_BITS ? probe(texts, hash) : NULL;

    if (slot && slot->number != EMPTY)
        __builtin_prefetch(text_at(items, size, slot->number));
}

void link_texts_prefetch_text(const struct link_texts *texts, uint64_t hash, const void *items, size_t size)
{
    const struct link_text_slot *slot = texts->bits > NEAR_BITS ? probe(texts, hash) : NULL;

    if (slot && slot->number != EMPTY)
        __builtin_prefetch(text_at(items, size, slot->number)->ptr);
}

int link_texts_get(struct link_texts *texts, struct slice text, uint64_t hash, const void *items, size_t size,
                   uint32_t *number, bool *added)
{
    uint32_t tag = (uint32_t)(hash >> 32);

    *added = false;
    if (texts->count + 1 >= EMPTY ||
        (is_full(texts, texts->count + 1) && grow(texts, texts->bits ? texts->bits + 1 : FIRST_BITS)))
        return -1;
    for (size_t at = place_of(tag, texts->bits);; at = (at + 1) & (((size_t)1 << texts->bits) - 1)) {
        struct link_text_slot *slot = &texts->slots[at];

        if (slot->number == EMPTY) {
            *added = true;
            *slot = (struct link_text_slot){tag, (uint32_t)texts->count++};
        } else if (slot->tag != tag || !slice_equal(*text_at(items, size, slot->number), text)) {
            continue;
        }
        *number = slot->number;
        return 0;
    }
}
