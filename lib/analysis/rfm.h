/* RFM: recency, frequency and monetary value of every customer.
 *
 * The state, struct rfm, is filled from orders (rfm_add) or from a table of customers (rfm_add_customer), can be filled
 * in parts and merged, and ends as a table of customers (rfm_table_init), which rfm_score.h scores, rfm_segment.h names
 * and rfm_report.h sums up.
 *
 *     rfm_init(&rfm, &options);
 *     rfm_add(&rfm, &row, &err);                              for every row
 *     rfm_table_init(&table, &rfm, DAY_NONE, NULL, &err);
 *     rfm_score(&table, &scoring, &cuts, spread, &err);
 *     rfm_segment_customers(&table, &segments);
 *     rfm_table_fini(&table), rfm_fini(&rfm);
 *
 * Definitions
 *   recency_days   the analysis date less the day of the customer's last order, in days
 *   frequency      the number of orders: distinct order ids of the customer when orders have ids (a row with an empty
 *                  id is an order of its own), else rows
 *   monetary       the sum of the amounts, exact
 *   first_day      the day of the first order; tenure_days is the analysis date less that day
 *   products       the number of distinct products bought, when products have ids (ecommercetools' heterogeneity, H)
 *   analysis date  as given, else the latest day in the data, returns included
 *
 * Sources: J. R. Bult and T. Wansbeek, "Optimal Selection for Direct Mail", Marketing Science 14 (1995), for the three
 * measures; the R package rfm (rsquaredacademy/rfm), whose results on its own data are reproduced.
 *
 * Memory: per customer 64 bytes and 12 to 24 of its index (an id of more than 16 bytes adds its length), and 96 in the
 * table at the end; per distinct (customer, order id) or (customer, product) 22 to 43 bytes. */
#ifndef CRM_ANALYSIS_RFM_H
#define CRM_ANALYSIS_RFM_H

#include "analysis/rfm_pairs.h"
#include "base/error.h"
#include "base/group.h"
#include "stream/spill.h"
#include "value/date.h"
#include "value/decimal.h"

enum rfm_dimension { RFM_RECENCY, RFM_FREQUENCY, RFM_MONETARY, RFM_DIMENSIONS };

/* "recency_days", "frequency", "monetary" */
extern const char *const rfm_dimension_names[RFM_DIMENSIONS];

/* What a row with a negative amount is. An amount of zero is never a return. */
enum rfm_returns {
    /* It lowers monetary, but is neither an order nor a visit: it counts neither for frequency, the days nor products.
     * An order counts once if any of its rows is no return. A customer with nothing but returns has frequency 0 and the
     * days of his returns. */
    RFM_RETURNS_NET,
    RFM_RETURNS_COUNT, /* a row like any other, as in the R package rfm */
    RFM_RETURNS_DROP,  /* left out altogether */
};
/* "net", "count", "drop", NULL: in the order of the enum, for option_choice() */
extern const char *const rfm_returns_words[];

struct rfm_options {
    enum rfm_returns returns;
    bool has_orders;   /* rows have an order id */
    bool has_products; /* rows have a product id */
};

struct rfm {
    struct rfm_options options;
    uint64_t seed;     /* of the hashes of ids */
    int scale;         /* of all amounts: the largest seen */
    int32_t first_day; /* of the data; DAY_NONE before the first row */
    int32_t last_day;  /* of the data: the default analysis date */
    struct group_table customers;
    struct rfm_pairs orders;   /* distinct (customer, order id) */
    struct rfm_pairs products; /* distinct (customer, product id) */
    size_t limit;              /* bytes that the state may take; 0: any */
    int level;                 /* 0; of a part of a spilled state one more than that state's */
    struct spill *spill;       /* NULL: the limit has not been reached. Owned, as is: */
    uint64_t *places;          /* of a part's customers in the order of first appearance: ascending, not without gaps */
    size_t place_capacity;
    uint64_t place_base;             /* customers that went to the spill */
    uint64_t row_count, rows_before; /* rows added, and before the limit was reached */
};

void rfm_init(struct rfm *rfm, const struct rfm_options *options); /* takes no memory yet */
void rfm_fini(struct rfm *rfm);

/* Before the first row: ids are told apart by hashes with RFM_PAIRS_FIXED_SEED, as they are in every process, not with
 * the seed of this one. */
void rfm_fix_hashes(struct rfm *rfm);

struct rfm_row {
    struct slice customer; /* any bytes; slices are copied where needed */
    uint64_t hash;         /* group_hash(customer) */
    int32_t day;           /* DAY_MIN .. DAY_MAX */
    struct decimal amount;
    struct slice order;   /* only if has_orders */
    struct slice product; /* only if has_products; an empty one is no product */
};

/* Adds a row. 0; 1 when it was left out (RFM_RETURNS_DROP), so that the caller can count it; -1: STATUS_DATA, the
 * customer's sum does not fit in 128 bits (no sum has changed, but the customer may have been added); or STATUS_SYSTEM,
 * out of memory. After both the state is only to be freed.
 * No allocation once the customer, the order and the product are known. */
int rfm_add(struct rfm *rfm, const struct rfm_row *row, struct error *err);

/* The same for many rows at once, which is much faster: while one look-up waits for memory, the others go on. Returns
 * how many were left out, or -1. */
int rfm_add_rows(struct rfm *rfm, const struct rfm_row *rows, size_t count, struct error *err);

/* From now on the state takes no more than about so many bytes; 0: as many as there are. When it reaches them, and
 * whenever it does so again, it goes to a temporary file, and the table that is made of it lies in another; the results
 * are the same. For a state that is filled by rows alone, and not merged. What one customer has must fit. */
void rfm_limit(struct rfm *rfm, size_t bytes);
/* Of a state with a limit, after the last row and before the table: what went to temporary files. */
int rfm_settle(struct rfm *rfm, struct spill_account *account, struct error *err);
/* Optional, after that: no row will be added, and no state merged. Gives back the memory that only this needs. */
void rfm_close(struct rfm *rfm);

struct rfm_totals {
    struct slice customer;
    uint64_t hash;        /* group_hash(customer) */
    int32_t last_day;     /* or DAY_NONE, and then: */
    int32_t recency_days; /* as the input has it, 0 or more; the analysis date has no say in it */
    int64_t frequency;    /* 0 or more */
    struct decimal monetary;
};

/* Adds a customer whose figures are known. A state is filled by rfm_add() or by this, never by both.
 * -1: STATUS_DATA, a repeated customer or a negative number (the state is as before); STATUS_SYSTEM as above. */
int rfm_add_customer(struct rfm *rfm, const struct rfm_totals *totals, struct error *err);

/* Adds all of `from`, made with the same options, to `into`. Merging the states of consecutive parts of the input in
 * their order gives exactly the state of one pass, order of first appearance included. from is not changed. -1 as
 * above, but into can then only be freed. */
int rfm_merge(struct rfm *into, const struct rfm *from, struct error *err);

/* Limits, both ends included, in exact decimals. A limit that is not set does not limit. */
struct rfm_range {
    bool has_low;
    bool has_high;
    struct decimal low;
    struct decimal high;
};
/* Whether units / 10^scale lies within. */
bool rfm_range_holds(const struct rfm_range *range, int128 units, int scale);

#define RFM_NO_SEGMENT UINT16_MAX

struct rfm_customer {
    struct slice id; /* borrowed from the state */
    int128 monetary; /* units at the table's scale */
    int64_t frequency;
    int32_t first_day; /* DAY_NONE: not known (a table of customers) */
    int32_t last_day;  /* DAY_NONE: not known (recency_days given) */
    int32_t recency_days;
    int32_t tenure_days; /* -1: not known */
    uint32_t products;
    uint16_t segment;              /* set by rfm_segment_customers(), RFM_NO_SEGMENT before */
    uint8_t score[RFM_DIMENSIONS]; /* 1 .. bins, higher is better; set by rfm_score(), 0 before */
};

struct rfm_table {
    struct rfm_customer *customers; /* owned; in order of first appearance; NULL: they are on disk */
    size_t count;
    size_t filtered;         /* customers the filter left out */
    int scale;               /* of monetary */
    int32_t as_of;           /* the analysis date; DAY_NONE when none was given and no day is known */
    struct rfm_store *store; /* what is on disk; owned; NULL: nothing */
};

/* The customers as of a day (DAY_NONE: the latest in the data), those outside the filter left out (filter: one range
 * per dimension, or NULL). Must be freed before the state. -1: out of memory, or STATUS_DATA, a customer's last day is
 * after as_of: rows after the analysis date must not be added. On -1 the table is empty. */
int rfm_table_init(struct rfm_table *table, const struct rfm *rfm, int32_t as_of, const struct rfm_range *filter,
                   struct error *err);
void rfm_table_fini(struct rfm_table *table);

/* A customer's value in a dimension, as an integer; monetary at the table's scale. */
static inline int128 rfm_value(const struct rfm_customer *customer, enum rfm_dimension dimension)
{
    switch (dimension) {
    case RFM_RECENCY:
        return customer->recency_days;
    case RFM_FREQUENCY:
        return customer->frequency;
    default:
        return customer->monetary;
    }
}

/* The scale rfm_value() is at: the table's for monetary, else 0. */
static inline int rfm_value_scale(const struct rfm_table *table, enum rfm_dimension dimension)
{
    return dimension == RFM_MONETARY ? table->scale : 0;
}

#endif
