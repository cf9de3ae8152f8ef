/* Group table: from a key of bytes to the state that an analysis keeps for it.
 *
 * Open addressing over xxHash (XXH3, 64 bits, a seed of the process, so that nobody can prepare keys that collide);
 * keys in an arena; states in chunks that never move, numbered 0, 1, 2, ... in order of first appearance. Whatever is
 * computed by walking the table is therefore the same for the same input, whatever the seed. */
#ifndef CRM_BASE_GROUP_H
#define CRM_BASE_GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct group_slot;

#define GROUP_CHUNKS 21 /* 4096, 4096, 8192, 16384, ... entries: up to 2^32 */

struct group_table {
    struct group_slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    size_t count;      /* groups so far */
    size_t entry_size; /* header and state */
    char *chunks[GROUP_CHUNKS];
    size_t chunk_count;
    struct arena keys;
};

/* Takes no memory yet. States are aligned to 8 bytes; the fastest are those of at most 40. */
void group_init(struct group_table *table, size_t state_size);
void group_fini(struct group_table *table);

/* The state of key, made all zero and *added set when it was not there. The pointer stays valid until group_fini().
 * NULL out of memory. */
void *group_get(struct group_table *table, struct slice key, bool *added);

/* The state of key, or NULL. */
void *group_find(const struct group_table *table, struct slice key);

/* The index-th group, index < count: its state, and its key (valid until group_fini()). */
void *group_state(const struct group_table *table, size_t index);
struct slice group_key(const struct group_table *table, size_t index);

/* The number of the group a state belongs to. */
size_t group_index(const void *state);

/* The bytes that the table would take, at its largest moment, with `more` further groups of short keys: what is used,
 * and while the slots are doubled, both. */
size_t group_bytes(const struct group_table *table, size_t more);
/* No group will be looked up, added or cleared any more: gives back the memory that only this needs. States, keys and
 * their numbers stay. */
void group_close(struct group_table *table);
/* Empties the table, but keeps most of its memory for what comes next. */
void group_clear(struct group_table *table);

/* In steps, so that a caller can keep many look-ups under way, each waiting for memory while the others are served: the
 * hash of a key; a hint that its slot will be looked at; some look-ups later, a hint that the group in that slot will
 * be; and later still the look-up itself. `hash` must be group_hash(key). */
uint64_t group_hash(struct slice key);
uint64_t group_seed(void); /* what hashes of this process are seeded with */
void group_prefetch_slot(const struct group_table *table, uint64_t hash);
void group_prefetch_state(const struct group_table *table, uint64_t hash);
void *group_get_hashed(struct group_table *table, struct slice key, uint64_t hash, bool *added);

#endif
