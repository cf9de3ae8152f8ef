/* Group table: from a key of bytes to the state that an analysis keeps for it.
 *
 * Open addressing over xxHash (XXH3, 64 bits, a seed of the process, so that nobody can prepare keys that collide); keys in an
 * arena; states in chunks that never move, numbered 0, 1, 2, ... in order of first appearance. Whatever is computed
 * by walking the table is therefore the same for the same input, whatever the seed. */
#ifndef CRM_BASE_GROUP_H
#define CRM_BASE_GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct group_slot;

struct group_table {
    struct group_slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    size_t count;      /* groups so far */
    size_t entry_size; /* header and state */
    char **chunks;
    size_t chunk_count;
    size_t chunk_capacity;
    struct arena keys;
};

void group_init(struct group_table *table, size_t state_size); /* takes no memory yet */
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

/* In two steps, so that a caller can keep several look-ups under way: the hash of a key, a hint to the processor that it will
 * be looked up, and the look-up with the hash at hand. */
uint64_t group_hash(struct slice key);
void group_prefetch(const struct group_table *table, uint64_t hash);
void *group_get_hashed(struct group_table *table, struct slice key, uint64_t hash, bool *added);

#endif
