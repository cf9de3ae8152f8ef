/* RFM beyond memory: the state in parts (rfm_spill.c), and the table of customers on disk (rfm_store.c). Private to
 * rfm*.c. */
#ifndef CRM_ANALYSIS_RFM_SPILL_H
#define CRM_ANALYSIS_RFM_SPILL_H

#include "analysis/rfm_parts.h"
#include "analysis/rfm_report.h"
#include "analysis/rfm_score.h"
#include "analysis/rfm_segment.h"
#include "analysis/selection.h"
#include "stream/spill_sort.h"

/* Before so many rows are added to a state with a limit: sees to it. */
int rfm_spill_check(struct rfm *rfm, size_t count, struct error *err);
/* Calls visit for each part of a state that has spilled and was settled, as a state of its own, which has all of its
 * customers but neither days nor an analysis date. Ends at the first that does not return 0. */
typedef int rfm_part_visitor(void *context, const struct rfm *part, struct error *err);
int rfm_visit_parts(const struct rfm *rfm, rfm_part_visitor *visit, void *context, struct error *err);

/* The index-th customer of the state as of a day (rfm.c). -1: STATUS_DATA, it was last seen later. */
int rfm_fill_customer(struct rfm_customer *customer, const struct rfm *rfm, size_t index, int32_t as_of,
                      struct error *err);
/* Whether the customer lies within all ranges of the filter (NULL: it does). */
bool rfm_filter_holds(const struct rfm_table *table, const struct rfm_customer *customer,
                      const struct rfm_range *filter);

/* Customers on disk. Scores and segments are not kept: they are worked out again whenever customers are read. */
struct rfm_store {
    struct spill *spill; /* in order of first appearance; owned */
    uint64_t places;
    bool has_cuts;
    struct rfm_cuts cuts;
    const struct rfm_segments *segments; /* borrowed; NULL: none yet */
    struct arena ids;                    /* once loaded */
};

/* Fills table->store from the parts of a state. */
int rfm_store_init(struct rfm_table *table, const struct rfm *rfm, const struct rfm_range *filter, struct error *err);
void rfm_store_free(struct rfm_store *store); /* NULL is fine */
/* Takes all customers into memory, where they are not: the store then has only their ids. */
int rfm_store_load(struct rfm_table *table, struct error *err);

static inline bool rfm_is_on_disk(const struct rfm_table *table)
{
    return table->store && !table->customers;
}

/* Calls visit for customers in tables of some of them, with scores and segments as far as these are settled: of a table
 * in memory once, of one on disk several times. in_order: in order of first appearance; otherwise faster. */
typedef int rfm_table_visitor(void *context, const struct rfm_table *some, struct error *err);
int rfm_table_visit(const struct rfm_table *table, bool in_order, rfm_table_visitor *visit, void *context,
                    struct error *err);

/* Of rfm_score.c: three decimals more than those of the values, and rounds numerator / n units of these; false: it does
 * not fit. How the customers of a table spread over the bins of a dimension. */
bool rfm_round_cut(int128 numerator, int n, struct rfm_cut *cut);
void rfm_count_spread(const struct rfm_table *table, enum rfm_dimension dimension, int asked,
                      const struct rfm_cut_list *list, struct rfm_spread *spread);
/* STATUS_DATA, saying so. Returns -1. */
int rfm_cuts_too_large(enum rfm_dimension dimension, struct error *err);

/* rfm_score() of a table on disk that has customers, by quantile or r (rfm_score_disk.c). */
int rfm_score_on_disk(struct rfm_table *table, const struct rfm_scoring *scoring, struct rfm_cuts *cuts,
                      struct rfm_spread *spread, struct error *err);
/* All passes of `count` selections, whose values were all seen and whose ranks are wanted. tell: a visitor whose
 * context they are, and that counts values of those that have `counts`. */
int rfm_select(const struct rfm_table *table, struct selection *selections, size_t count, rfm_table_visitor *tell,
               struct error *err);

/* The summary of a table on disk (rfm_report_disk.c): customers, orders, revenue and medians of each segment, rows[0]
 * .. rows[segments - 1], which are zero before. */
int rfm_summarise_on_disk(const struct rfm_table *table, struct rfm_summary_row *rows, size_t segments,
                          struct error *err);
/* Of rfm_report.c: the figure of a median from twice its units; STATUS_DATA, a sum or a figure does not fit. */
int rfm_summary_median(struct rfm_figure *figure, int128 twice, int scale, struct error *err);
int rfm_summary_too_large(struct error *err);

#endif
