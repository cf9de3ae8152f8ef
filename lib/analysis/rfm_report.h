/* RFM reports: the summary by segment, and the migration between two runs.
 *
 * Figures are exact: a share or an average is the exact quotient, rounded half away from zero once. */
#ifndef CRM_ANALYSIS_RFM_REPORT_H
#define CRM_ANALYSIS_RFM_REPORT_H

#include "analysis/rfm_segment.h"

/* A figure to print with decimal_format(units, scale), or, if not known, as an empty field. */
struct rfm_figure {
    bool known;
    int128 units;
    int scale;
};

struct rfm_summary_row {
    size_t segment; /* number; rfm_segment_name() names it */
    size_t customers;
    struct rfm_figure customer_share; /* of all customers: a fraction with 4 decimals */
    struct rfm_figure orders;         /* sum of frequency */
    struct rfm_figure revenue;        /* sum of monetary */
    struct rfm_figure
        revenue_share;     /* of all revenue: a fraction with 4 decimals; not known when all revenue is 0 or less */
    struct rfm_figure aov; /* average order value, revenue / orders; at least 2 decimals; not known without orders */
    struct rfm_figure median[RFM_DIMENSIONS]; /* type-7 medians; a half is one more decimal */
};

struct rfm_summary {
    struct rfm_summary_row
        *rows; /* owned; the segments that have customers, in the order of their table, the others last */
    size_t count;
};

/* Sums up a table whose customers have segments. -1: out of memory, or STATUS_DATA, sums too large. On -1 the summary
 * is empty. */
int rfm_summary_init(struct rfm_summary *summary, const struct rfm_table *table, const struct rfm_segments *segments,
                     struct error *err);
void rfm_summary_fini(struct rfm_summary *summary);

/* Migration: how customers moved from the segments of an earlier run to those of this one.
 *
 *     rfm_migration_init(), rfm_migration_add_previous() for every customer of the earlier run, rfm_migration_count()
 */
struct rfm_migration_row {
    struct slice previous_segment; /* "(new)": was not there before; borrowed, as is: */
    struct slice segment;          /* "(gone)": is not there now */
    size_t customers;
    struct rfm_figure share; /* of the customers of previous_segment, a fraction with 4 decimals */
};

struct rfm_migration {
    struct group_table customers;   /* of the earlier run */
    struct group_table names;       /* of its segments */
    struct rfm_migration_row *rows; /* owned; set by rfm_migration_count() */
    size_t count;
};

void rfm_migration_init(struct rfm_migration *migration);
void rfm_migration_fini(struct rfm_migration *migration);

/* A customer of the earlier run. Slices are copied. -1: STATUS_DATA, a repeated customer (nothing changed); out of
 * memory. */
int rfm_migration_add_previous(struct rfm_migration *migration, struct slice customer, struct slice segment,
                               struct error *err);

/* Counts the moves to the segments of this run into rows, those with customers, ordered by previous_segment, then
 * segment: each in the order of the segment table, the others, names the table does not have (bytewise), "(new)" or
 * "(gone)". A segment of the earlier run is the one of the same name. The rows are valid as long as migration and
 * segments. Call once. -1: out of memory. */
int rfm_migration_count(struct rfm_migration *migration, const struct rfm_table *table,
                        const struct rfm_segments *segments, struct error *err);

#endif
