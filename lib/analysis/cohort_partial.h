/* Cohorts in parts: the state (cohort.h) as records of a part (partial.h), and back.
 *
 *   begin     facts: first_start and latest, the bounds of the part's positions (cohort_parts.h); last_day; starts,
 *             returns, with_offset, without_offset, as in cohort_feed.h; the currency of its amounts where it was named
 *   customer  customer, in order of first appearance, and
 *             where counts in calendar periods suffice: first_start, a period; active and, when starts recur, starts:
 *             lists of periods, ascending, each but the first as the difference from the one before
 *             else: group, the value of the part's first start; rows, a list with, for each row in the order of the
 *             input: its time in microseconds, less that of the row before; the hour of its day in the zone, as hours
 *             behind the time's; 1 (a start) + 2 (a return); the amount; the order, in hexadecimal digits of its hash
 *             with COHORT_FIXED_SEED, 0: none. Amount and order only where the measure needs them
 *   A customer with a long list has several records.
 *
 * Memory, when writing rows: 4 bytes a row and 4 a customer. */
#ifndef CRM_ANALYSIS_COHORT_PARTIAL_H
#define CRM_ANALYSIS_COHORT_PARTIAL_H

#include "analysis/cohort_feed.h"

/* Writes the state, of which orders were hashed alike (cohort_fix_hashes()); the feed has read everything. */
int cohort_partial_write(const struct cohort_feed *feed, const struct cohort *cohort, struct output *output,
                         struct error *err);

/* Adds all parts of the feed's stream to the state, in their order, and what they know to the feed; closes the account
 * of the stream. */
int cohort_partial_read(struct cohort_feed *feed, struct cohort *cohort, struct error *err);

#endif
