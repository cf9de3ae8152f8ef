/* RFM in parts: the state (rfm.h) as records of a part (partial.h), and back.
 *
 *   begin     facts: first_day and last_day of the part's data, the currency of its amounts where it was named
 *   customer  customer, in order of first appearance; monetary, with as many decimals as the most of the part;
 *             frequency, first, last (days), products; order_ids, product_ids: each distinct id as 24 hexadecimal
 * digits of its hash with RFM_PAIRS_FIXED_SEED, one behind another ids       customer, order_ids, product_ids: more of
 * the same customer
 *
 * Memory, when writing: 16 bytes for each distinct (customer, order id) and (customer, product), and 8 a customer. */
#ifndef CRM_ANALYSIS_RFM_PARTIAL_H
#define CRM_ANALYSIS_RFM_PARTIAL_H

#include "analysis/rfm.h"
#include "stream/partial.h"

/* What the state depends on, besides rfm->options; all as given, NULL: not. */
struct rfm_partial {
    bool rows_are_orders; /* --order '' */
    int32_t as_of;        /* DAY_NONE: not given */
    const char *tz, *where, *currency;
    const struct common *common;
};

/* Writes the state, made with rfm_fix_hashes(); currency: the one its amounts have, or empty. stream: the input,
 * finished.
 */
int rfm_partial_write(const struct rfm *rfm, const struct rfm_partial *partial, struct slice currency,
                      const struct stream *stream, struct output *output, struct error *err);

/* Adds all parts of the stream to the state, in their order, and closes its account; *to as partial_read_finish(). */
int rfm_partial_read(struct rfm *rfm, const struct rfm_partial *partial, struct stream *stream, enum format *to,
                     struct error *err);

#endif
