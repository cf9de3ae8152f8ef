/* The N leads of the highest score: records kept aside while all are read once.
 *
 * Memory: the N records, and those that were among the N for a time (N ln(leads / N) of them in a random order). */
#ifndef CRM_ANALYSIS_SCORE_TOP_H
#define CRM_ANALYSIS_SCORE_TOP_H

#include "stream/kept.h"

struct score_place {
    double score;
    size_t row; /* in kept; earlier leads have lower numbers */
};

struct score_top {
    size_t most; /* N */
    struct kept kept;
    struct score_place *places; /* a heap, the lowest first; sorted by score_top_sort() */
    size_t count, capacity;
};

void score_top_init(struct score_top *top, size_t most, size_t columns);
void score_top_fini(struct score_top *top);
/* A lead; of equal scores the earlier is higher. */
int score_top_offer(struct score_top *top, double score, const struct record *record, struct error *err);
/* Puts places in order, the highest first. */
void score_top_sort(struct score_top *top);

#endif
