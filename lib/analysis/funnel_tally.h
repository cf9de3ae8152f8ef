/* Funnel tally: what became of the entities, added up by group and by period of entry.
 *
 * Definitions
 *   entered      entities (or passes) that came to the step; with credit, or to a later one
 *   converted    of these, those that came to the next step that is not optional; at the last step, all
 *   time         from the step's event to that of the next step, of those that have both; see spread.h
 *   whole time   from the first step to the last
 *   entry        the event of the first step (the anchor); its day, in the zone, is in the period
 *   matured      window after the entry the data still goes on: entry + window < end of the analysis date
 *   watched      for the curve: until the last step; or else until the end of the window or of the analysis date,
 * whichever comes first. A last step before the first (FUNNEL_PRESENT) counts as time 0. amount       of an entity:
 * that of the last event of its chain that has one
 *
 * Memory: 8 bytes for each time that is kept, 9 more for each entity with the curve. */
#ifndef CRM_ANALYSIS_FUNNEL_TALLY_H
#define CRM_ANALYSIS_FUNNEL_TALLY_H

#include "analysis/funnel_options.h"
#include "analysis/funnel_state.h"
#include "analysis/survival.h"

struct funnel_cell {
    uint32_t group; /* FUNNEL_NO_VALUE: none, or an empty one */
    int32_t period; /* 0 without a trend */
    uint64_t entered[FUNNEL_STEPS], converted[FUNNEL_STEPS];
    struct decimal_sum entered_amount[FUNNEL_STEPS], converted_amount[FUNNEL_STEPS];
    struct spread times[FUNNEL_STEPS]; /* from the step to the next */
    struct spread whole;
    struct survival survival;
};

struct funnel_tally {
    struct funnel_cell *cells; /* owned; in order of first appearance */
    size_t count, capacity;
    struct group_table index;
    uint64_t immature, dropped, out_of_order, moved_back, entities;
    bool overflow; /* a sum of amounts does not fit */
};

/* One entity's chain, or one pass of it. */
struct funnel_seen {
    size_t entity;
    const struct funnel_event *events; /* that path's indexes mean */
    const struct funnel_path *path;
};

/* What is asked for of every entity; all borrowed, shared by threads. */
struct funnel_question {
    const struct funnel_options *options;
    const struct funnel *funnel;
    struct time_zone zone;
    int64_t end;        /* of the analysis date, for moments without an offset, microseconds */
    int64_t offset_end; /* and with, when there is a zone */
};

/* Calls visit() for the entities first .. last - 1 in order, for each pass of them or for each entity: its best chain,
 * also where it never began (level 0). Ends at the first that does not return 0. */
typedef int funnel_visitor(void *context, const struct funnel_seen *seen, struct error *err);
int funnel_visit(const struct funnel_question *question, size_t first, size_t last, funnel_visitor *visit,
                 void *context, struct error *err);

/* Facts of one that began (level 1 or more). */
uint32_t funnel_seen_group(const struct funnel_question *question, const struct funnel_seen *seen);
bool funnel_seen_amount(const struct funnel_question *question, const struct funnel_seen *seen, struct decimal *amount);
/* From its entry to the end of the analysis date, microseconds. */
int64_t funnel_seen_watched(const struct funnel_question *question, const struct funnel_seen *seen);
bool funnel_seen_matured(const struct funnel_question *question, const struct funnel_seen *seen);
struct moment funnel_seen_moment(const struct funnel_question *question, const struct funnel_seen *seen,
                                 uint32_t event);
/* The required step behind `step`, or -1 behind the last. In any order, simply the next. */
int funnel_next_step(const struct funnel_rules *rules, int step);

void funnel_tally_fini(struct funnel_tally *tally);
/* Adds up all entities, with the threads of the options; the result is the same for any number of them. */
int funnel_tally_make(struct funnel_tally *tally, const struct funnel_question *question, struct error *err);

#endif
