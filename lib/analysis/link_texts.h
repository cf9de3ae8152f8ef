/* Texts of which each is kept once, and numbered from 0 in the order in which they are first met.
 *
 * The texts stand in an array of the caller, of structures that begin with a struct slice; here is what finds them. In
 * steps, as in group.h, so that many look-ups are under way at the same time. */
#ifndef CRM_ANALYSIS_LINK_TEXTS_H
#define CRM_ANALYSIS_LINK_TEXTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct link_texts {
    struct link_text_slot *slots; /* owned */
    unsigned bits;                /* there are 2^bits slots; 0: none */
    size_t count;                 /* texts */
};

void link_texts_init(struct link_texts *texts); /* takes no memory yet */
void link_texts_fini(struct link_texts *texts);
/* No text is looked up any more: gives back all memory, but the count stays. */
void link_texts_settle(struct link_texts *texts);
size_t link_texts_bytes(const struct link_texts *texts); /* that it takes */

/* Slots for so many texts, all at once. -1 out of memory: nothing has changed. */
int link_texts_reserve(struct link_texts *texts, size_t count);

/* Hints that the slot of a text, its structure, and the text itself will soon be looked at. hash: group_hash(text).
 * items: the array; size: of a structure. */
void link_texts_prefetch_slot(const struct link_texts *texts, uint64_t hash);
void link_texts_prefetch_item(const struct link_texts *texts, uint64_t hash, const void *items, size_t size);
void link_texts_prefetch_text(const struct link_texts *texts, uint64_t hash, const void *items, size_t size);

/* The number of a text. When *added it is a new one, count has grown, and the caller puts the text (with its own copy
 * of the bytes) into items before the next call. -1 out of memory: nothing has changed. */
int link_texts_get(struct link_texts *texts, struct slice text, uint64_t hash, const void *items, size_t size,
                   uint32_t *number, bool *added);

#endif
