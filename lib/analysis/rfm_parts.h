/* RFM from the inside: what the state keeps per customer. Private to rfm.c and to what writes and reads the state
 * (rfm_partial.c). */
#ifndef CRM_ANALYSIS_RFM_PARTS_H
#define CRM_ANALYSIS_RFM_PARTS_H

#include "analysis/rfm.h"

typedef int128 rfm_int128_aligned8 __attribute__((aligned(8))); /* as states of groups are */

/* Of a customer. While frequency is 0 the days are those of returns; the first order starts them anew. */
struct rfm_history {
    rfm_int128_aligned8 units; /* at the scale of the state */
    int64_t frequency;
    int32_t first_day; /* DAY_NONE in a table of customers */
    int32_t last_day;  /* DAY_NONE: recency_days is given */
    int32_t recency_days;
    uint32_t products;
};

/* Days from *first to *last, DAY_NONE when there is none yet, with one more. */
static inline void rfm_widen(int32_t *first, int32_t *last, int32_t day)
{
    if (day < *first || *first == DAY_NONE)
        *first = day;
    if (day > *last) /* DAY_NONE is below every day */
        *last = day;
}

/* STATUS_DATA: the customer's sum does not fit. Returns -1. */
int rfm_too_large(struct slice customer, struct error *err);

/* Brings all sums to a larger scale, or none. */
int rfm_raise_scale(struct rfm *rfm, int scale, struct error *err);

/* Adds one customer's history of a later part to that of the parts before; `added`: there is none, into is all zero.
 * from_scale is at most into_scale. Orders and products that both parts have are counted twice. -1: a sum or a count
 * does not fit. */
int rfm_merge_history(struct rfm_history *into, const struct rfm_history *from, bool added, int from_scale,
                      int into_scale);

#endif
