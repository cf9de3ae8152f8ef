/* Events of leads, as the rules of a rule file see them: each event is tried against each rule over events once, when
 * it is read, and what counts is kept by lead.
 *
 * Memory: 16 bytes for each event and rule that it counts for (while events are read 20 to 30, while they are ordered
 * 36 to 46), and about 60 for each lead with such an event. */
#ifndef CRM_ANALYSIS_SCORE_EVENTS_H
#define CRM_ANALYSIS_SCORE_EVENTS_H

#include "analysis/score_rules.h"
#include "base/group.h"

/* An event that a rule counts. */
struct score_hit {
    int32_t day;
    uint32_t rule;
    double amount; /* of SUM, LEAST, MOST; else 0 */
};

/* Where the hits of a lead stand. */
struct score_lead_hits {
    size_t first, count;
};

/* An event whose lead was not looked up yet: the look-up waits for memory, and is served some events later. */
#define SCORE_WAITING 16
#define SCORE_WAITING_KEY 64
struct score_waiting {
    uint64_t hash;
    size_t first, count; /* its hits; count 0: nothing waits here */
    size_t key_length;
    char key[SCORE_WAITING_KEY];
};

/* A run of rule numbers in score_events.asking. */
struct score_asking {
    uint32_t first, count;
};

struct score_events {
    const struct score_rules *rules; /* borrowed */
    struct group_table leads;        /* by key: struct score_lead_hits, set by score_events_finish() */
    /* hits of all leads, in lead order and within a lead by rule, then by day, latest first, then by amount, least
     * first, after score_events_finish(): the order in which events were added does not count */
    struct score_hit *hits;
    size_t count, capacity;
    uint32_t *lead_of; /* per hit until finish */
    int32_t latest;    /* the day of the latest event that was added, hit or not; DAY_NONE: none */
    uint64_t added;
    bool finished;
    struct score_waiting waiting[SCORE_WAITING]; /* a ring */
    size_t turn;                                 /* where the next one waits */

    /* which rules count events of a name, made when the first event is added */
    bool indexed;
    struct group_table names;   /* of events that rules name: struct score_asking */
    struct score_asking others; /* for events of any other name */
    uint32_t *asking;           /* numbers of rules, ascending in each run */
    size_t asking_count, asking_capacity;
};

void score_events_init(struct score_events *events, const struct score_rules *rules);
void score_events_fini(struct score_events *events);

/* An event of lead `key`: what (its name), day (not DAY_NONE), and values of rules->event.names; context is that of the
 * reading thread, and what was made in it is gone afterwards (expression_next). An event without a key is not kept;
 * nor, for a rule that asks for an amount, one whose amount is null or empty. -1: STATUS_DATA, an expression failed or
 * an amount is not a finite number ("rule 'Spent': 'abc' is not a number"), or STATUS_SYSTEM; nothing of the event is
 * kept then, and more may be added. */
int score_events_add(struct score_events *events, struct slice key, struct slice what, int32_t day,
                     struct expression_context *context, struct expression_value *values, struct error *err);
/* Once, behind the last event. */
int score_events_finish(struct score_events *events, struct error *err);

/* The hits of a lead, *count of them; NULL and 0: none. After score_events_finish(); any thread may ask. */
const struct score_hit *score_events_of(const struct score_events *events, struct slice key, size_t *count);

#endif
