/* Parts of a funnel: the events that were kept, entity by entity, written by --partial and read again by --merge.
 *
 * Facts of a part: last_day; entity, by: what the columns are called (empty: there is none); names: whether all names
 * of events are in it. Its records, in this order: name     text: a name of events; values: how many events have it. In
 * order of first appearance, as are by       text: a value of --by hold     text: a value of --hold kind     values:
 * what events can be: the steps and the breaks, as sums of 2^step; 1 if they have a time of day; the minutes of their
 * offset from UTC, or 9999; 1 if they have an amount; the microseconds that their times are counted in. Before the
 * first event of the kind entity   text: who; values: its events in order of time: of each the time since the one
 * before, or since 1970, in the unit of its kind; the number of its kind, from 0; with --by and with --hold the number
 * of its value, from 1, or 0; the amount, if it has one. An entity with very many events has several records What is
 * only asked for by the report (windows, gaps, order, sessions, trends, ...) is not decided by a part, except that
 * events that are no step are in it only if they may matter: with --order strict, and with --session. */
#ifndef CRM_ANALYSIS_FUNNEL_PARTIAL_H
#define CRM_ANALYSIS_FUNNEL_PARTIAL_H

#include "analysis/funnel_feed.h"
#include "base/arena.h"
#include "stream/partial.h"

#define FUNNEL_PARTIAL_NO_OFFSET 9999
#define FUNNEL_PARTIAL_OPTIONS 16
enum {
    FUNNEL_PARTIAL_NAME,
    FUNNEL_PARTIAL_BY,
    FUNNEL_PARTIAL_HOLD,
    FUNNEL_PARTIAL_KIND,
    FUNNEL_PARTIAL_ENTITY,
    FUNNEL_PARTIAL_KINDS,
};
enum {
    FUNNEL_PARTIAL_LAST_DAY,
    FUNNEL_PARTIAL_ENTITY_NAME,
    FUNNEL_PARTIAL_BY_NAME,
    FUNNEL_PARTIAL_NAMES,
    FUNNEL_PARTIAL_FACTS,
    FUNNEL_PARTIAL_TEXT = FUNNEL_PARTIAL_FACTS,
    FUNNEL_PARTIAL_VALUES,
    FUNNEL_PARTIAL_COLUMNS,
};

/* What parts are, by the options. */
struct funnel_partial {
    struct partial_plan plan;
    struct partial_option options[FUNNEL_PARTIAL_OPTIONS];
    struct arena arena; /* of values of options */
};

/* To be called before the first record is read: names of stages that are met are added to those of the options, which
 * are borrowed. After a failure, too, funnel_partial_fini(). */
int funnel_partial_init(struct funnel_partial *plan, const struct funnel_options *options, struct error *err);
void funnel_partial_fini(struct funnel_partial *plan); /* all zero is fine */

/* feed has run. Writes the part and finishes the output. */
int funnel_partial_write(const struct funnel_partial *plan, const struct funnel_feed *feed, struct output *output,
                         struct error *err);

/* Reads parts from the stream of the feed, in place of funnel_feed_run(). *to: as partial_read_finish() says. */
int funnel_partial_read(const struct funnel_partial *plan, struct funnel_feed *feed, enum format *to,
                        struct error *err);

#endif
