/* RFM feed: records of a stream become rows of the state (rfm.h), bad ones by the policy of the stream (rejects.h). */
#ifndef CRM_ANALYSIS_RFM_FEED_H
#define CRM_ANALYSIS_RFM_FEED_H

#include "analysis/rfm_report.h"
#include "stream/rates.h"
#include "stream/stream.h"

/* Columns of the stream, COLUMN_ABSENT where there is none. */
struct rfm_columns {
    size_t customer;
    size_t date; /* of the order; of the last one in a table of customers */
    size_t amount;
    size_t order;
    size_t product;
    size_t currency;
    size_t recency;   /* of a table of customers, instead of date */
    size_t frequency; /* of a table of customers, as is: */
    size_t monetary;
};

struct rfm_feed {
    struct rfm *rfm;
    struct stream *stream;
    struct rfm_columns columns;
    struct date_reader dates;
    size_t threads;            /* 1 or more */
    int32_t as_of;             /* rows of later days are filtered out; DAY_NONE: none */
    const struct rates *rates; /* brings all amounts to one currency; NULL: there must be one only */
    struct rates_column money; /* set by rfm_feed_orders(); without rates `first` is the currency of the amounts */
};

/* Reads all orders. -1: the stream stopped, or the state failed. */
int rfm_feed_orders(struct rfm_feed *feed, struct error *err);

/* Reads a table of customers: one record each, with days since the last order or its date, the number of orders and
 * their sum. */
int rfm_feed_customers(struct rfm_feed *feed, struct error *err);

/* Reads an earlier run's output, the customers and their segments, from the file at path. */
int rfm_feed_previous(struct rfm_migration *migration, const char *path, struct error *err);

#endif
