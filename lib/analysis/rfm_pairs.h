/* Distinct pairs: which orders, which products a customer has had already.
 *
 * A set of (owner, text), the text known by 96 bits of its XXH3 hash (128 bits, with a seed): 16 bytes
 * a pair and one memory access a look-up, whatever the length of the text. Two texts of one owner would be taken for
 * one with a probability of n^2 / 2^97 for n texts of that owner: below 10^-11 for a thousand million of them. */
#ifndef CRM_ANALYSIS_RFM_PAIRS_H
#define CRM_ANALYSIS_RFM_PAIRS_H

#include <stdint.h>

#include "base/slice.h"

struct rfm_pair {
    uint64_t low; /* of the hash */
    uint32_t high;
    uint32_t owner; /* UINT32_MAX: no pair */
};

struct rfm_pairs {
    struct rfm_pair *slots; /* owned */
    size_t slot_count;      /* a power of two, or 0 */
    size_t count;
    struct rfm_pair last; /* the last one added: rows of one order usually stand together */
};

void rfm_pairs_init(struct rfm_pairs *pairs); /* takes no memory yet */
void rfm_pairs_fini(struct rfm_pairs *pairs);

/* seed: group_seed(), that of the process, which nobody knows beforehand; or the fixed one, for pairs that are written
 * and met by those of another process. Whoever knows the seed and chooses the texts can make look-ups slow, and with
 * 2^48 hashes computed can make two texts that are taken for one. */
#define RFM_PAIRS_FIXED_SEED UINT64_C(0x7266)
struct rfm_pair rfm_pair_of(uint32_t owner, struct slice text, uint64_t seed);

/* The bytes that the set would take, at its largest moment, with `more` further pairs, or while it is sorted. */
size_t rfm_pairs_bytes(const struct rfm_pairs *pairs, size_t more);
/* All pairs, by owner ascending; the set can only be freed then. */
const struct rfm_pair *rfm_pairs_sort(struct rfm_pairs *pairs);

/* A hint to the processor that the pair will be added. */
void rfm_pairs_prefetch(const struct rfm_pairs *pairs, struct rfm_pair pair);

/* 1: it is new; 0: it was there; -1: out of memory. */
int rfm_pairs_add(struct rfm_pairs *pairs, struct rfm_pair pair);

#endif
