/* Funnel feed: records of a stream become events of the state (funnel_state.h), bad ones by the policy of the stream.
 */
#ifndef CRM_ANALYSIS_FUNNEL_FEED_H
#define CRM_ANALYSIS_FUNNEL_FEED_H

#include "analysis/funnel_options.h"
#include "analysis/funnel_state.h"
#include "stream/kept.h"

/* Events by name, as they were met: for the report of them. */
struct funnel_name {
    struct slice text; /* borrowed from the feed */
    uint64_t events;
    struct funnel_event masks;
};

/* What is known of a name: the state in funnel_feed.names. */
struct funnel_known {
    bool not_text; /* it is no UTF-8 */
    uint64_t events;
    uint32_t steps, breaks;
    uint32_t kind;
};

/* --wide: a column of dates, and what its dates are. */
struct funnel_dates {
    size_t column; /* of the stream, or COLUMN_ABSENT */
    uint32_t kind;
    uint32_t steps;
};

struct batches;

struct funnel_feed {
    const struct funnel_options *options;
    struct stream *stream;
    struct funnel *funnel;
    struct date_reader dates;
    int32_t as_of;    /* the analysis date: as given, else, once all is read, the latest day; DAY_NONE: there is none */
    int32_t last_day; /* in the data; DAY_NONE: no event */
    size_t entity, event, time, group, held, amount; /* columns of the stream, or COLUMN_ABSENT */
    struct slice entity_name;                        /* of the column of the first input, for output; borrowed */
    struct slice group_name;                         /* likewise, with --by */
    bool entity_named, group_named;                  /* with --merge: a part had these columns */
    struct arena arena;                              /* with --merge, of these names */
    size_t *inputs;                                  /* columns that conditions ask for; owned */
    struct funnel_dates *columns;                    /* --wide; owned */
    size_t column_count;
    struct kept rows; /* --wide with a list of entities: the records, the entity as a field behind those of the input */
    size_t row_columns;       /* of the input */
    struct field *row_fields; /* room for one record; owned. NULL: records are not kept */
    struct expression_context context;
    struct expression_value *values; /* of inputs; owned */
    struct batches *batches;         /* while it reads */
    struct funnel_known unremembered;
    struct funnel_known *known; /* of the record; NULL: it has no name */
    struct group_table names;   /* of events; of struct funnel_known */
    uint64_t step_events[FUNNEL_STEPS];
    bool breaks_seen;                     /* an event of --exclude */
    uint64_t with_offset, without_offset; /* events that were kept, by how their time is written */
};

/* Finds the columns. */
int funnel_feed_open(struct funnel_feed *feed, const struct funnel_options *options, struct stream *stream,
                     struct funnel *funnel, struct error *err);
void funnel_feed_fini(struct funnel_feed *feed);

/* Reads everything, puts the state in order and says what is odd: steps that never came, times with and without an
 * offset. */
int funnel_feed_run(struct funnel_feed *feed, struct error *err);

/* For what reads events in another way (funnel_partial.h), in place of funnel_feed_run(): events of that name; an event
 * that was added to the state; and when all were added, as funnel_feed_run() does then. */
int funnel_feed_know(struct funnel_feed *feed, struct slice name, uint64_t events, struct error *err);
void funnel_feed_count(struct funnel_feed *feed, uint32_t steps, uint32_t breaks, bool has_offset);
int funnel_feed_finish(struct funnel_feed *feed, struct error *err);

/* Whether feed->names has the names of all events: of those that are hardly names some are not kept. */
bool funnel_feed_knows_all(const struct funnel_feed *feed);

/* The index-th of feed->names. */
struct funnel_name funnel_feed_name(const struct funnel_feed *feed, size_t index);

#endif
