/* Selection: the values at chosen ranks of whole numbers that are too many to be held, found in several passes over
 * them.
 *
 *     selection_see() for all of them, selection_want() for each rank; then, while selection_begin() says so, a pass:
 *     selection_count() for all of them, selection_end()
 *
 * Each pass settles SELECTION_BITS bits of the values wanted, the highest first, by counting how many values have which
 * bits there (a radix sort's first half): so many passes as the difference of the greatest and the least value has
 * bits, by SELECTION_BITS. Memory: 32 KiB for each rank, less where values wanted lie close together. */
#ifndef CRM_ANALYSIS_SELECTION_H
#define CRM_ANALYSIS_SELECTION_H

#include "base/error.h"
#include "value/decimal.h"

enum { SELECTION_RANKS = 16, SELECTION_BITS = 12 };

typedef unsigned __int128 selection_key; /* a value less the least one */

struct selection {
    int128 least, greatest;
    uint64_t count;
    uint64_t *counts;                       /* owned: of each distinct prefix, by the next bits */
    int ranks;                              /* that are wanted */
    int unknown;                            /* bits of their values */
    int digit;                              /* of these, the bits of this pass */
    int counters;                           /* distinct prefixes */
    uint64_t rank[SELECTION_RANKS];         /* among the values with the same known bits */
    selection_key prefix[SELECTION_RANKS];  /* the known bits */
    int counter[SELECTION_RANKS];           /* of the prefix */
    selection_key counted[SELECTION_RANKS]; /* the prefix of each counter */
};

/* All zero is empty. */
void selection_fini(struct selection *selection);

void selection_see(struct selection *selection, int128 value);
/* Once all were seen; rank < count. Returns its number, for selection_value(). */
int selection_want(struct selection *selection, uint64_t rank);
/* 1: there is to be a pass; 0: all is known, `counts` is NULL, and a pass for others does nothing; -1: out of memory.
 */
int selection_begin(struct selection *selection, struct error *err);
/* Only in a pass of this selection's own. */
void selection_count(struct selection *selection, int128 value);
void selection_end(struct selection *selection);
int128 selection_value(const struct selection *selection, int number);

#endif
