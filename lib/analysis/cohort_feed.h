/* Cohort feed: records of a stream become rows of the state (cohort.h), bad ones by the policy of the stream. */
#ifndef CRM_ANALYSIS_COHORT_FEED_H
#define CRM_ANALYSIS_COHORT_FEED_H

#include "analysis/cohort_options.h"
#include "stream/rates.h"

struct cohort_feed {
    const struct cohort_options *options;
    struct stream *stream;
    struct cohort_rules rules; /* those of the options, with what the columns tell */
    struct date_reader dates;
    bool whole_times; /* not only the day of a time matters */
    int32_t as_of;    /* the analysis date: as given, else, once all is read, the latest day; DAY_NONE: there is none */
    int32_t last_day; /* in the data; DAY_NONE: no row */
    size_t customer, date, amount, order, event, group; /* columns of the stream, or COLUMN_ABSENT */
    struct rates rates;
    struct rates_column money;
    uint64_t starts, returns;             /* rows that are one */
    uint64_t with_offset, without_offset; /* rows, by how their time is written; only with whole_times */
    enum format to; /* --to as given; with --merge, once all is read, that of the input of the parts by default */
};

/* Finds the columns and reads --rates. The rules are then settled. After a failure, too, cohort_feed_fini(). */
int cohort_feed_open(struct cohort_feed *feed, const struct cohort_options *options, struct stream *stream,
                     struct error *err);
void cohort_feed_fini(struct cohort_feed *feed);

/* Reads everything into the state, with --merge from parts (cohort_partial.h), closes the account of the stream, and,
 * but with --partial, says what is odd: events that never came, times with and without an offset. */
int cohort_feed_run(struct cohort_feed *feed, struct cohort *cohort, struct error *err);

/* The end of the analysis date, in microseconds as rows have them. */
int64_t cohort_feed_end(struct cohort_feed *feed);

#endif
