/* Funnel chain: how far one entity got through the steps of a funnel, and by which of its events.
 *
 * Definitions
 *   order of events   by time; events of one instant by the lowest step they can be, those that are no step last; and
 *                     then as they stood in the input. So an entity that did steps 1 and 2 at one instant did them in
 *                     that order. An event that breaks (below) comes behind all others of its instant, also when it is
 *                     a step.
 *   chain             events e1, e2, ... of the entity, each taken for one step it can be. The first is step 1; each
 *                     further one is a later step, and no step is left out but an optional one. Its steps ascend, its
 *                     events come one behind the other in the order above, each is used once. With `reuse`, an event
 *                     may be used for several steps: it counts as several events, one for each of its steps, and
 *                     those of one instant (but events that break) come in the order of the steps.
 *   window            the time from e1 to any event of the chain is at most that
 *   gap               the time from the event before it in the chain to the event of a step lies within that step's
 *                     limits
 *   break             no event that breaks at step s lies behind an event taken for step s and before the next one of
 *                     the chain; an event does not break a chain whose latest event it is itself. At the last step
 *                     there is nothing to break.
 *   level             the furthest step of any chain
 *
 * What is reported is a chain of that level: of those one whose last event comes first, of these one that began last,
 * of these one with the most steps (optional ones not left out), and of what is then left always the same.
 *
 *   FUNNEL_ORDERED    as above
 *   FUNNEL_STRICT     the events of a chain follow each other directly: no other event of the entity in between
 *   FUNNEL_ANY        steps in any order: the level is the largest number of different steps that events within one
 *                     window (from an event that can be a step, itself included) can be taken for, each event for one,
 *                     with `reuse` for any. Optional steps and breaks have no meaning here.
 *   FUNNEL_PRESENT    a step is reached when there is an event of it and of all required steps before, whatever the
 *                     order of their times, none later than the window behind the one of step 1; each step has its
 *                     earliest event, and an event counts for all of its steps. For tables with a date per step: times
 *                     between steps may be negative. Anchor, reuse and breaks have no meaning here.
 *
 *   anchor            which step-1 event a chain may begin with: any (FUNNEL_LAST, as ClickHouse's windowFunnel: a
 *                     later one begins anew), or only the entity's first (FUNNEL_FIRST, as Mixpanel). For FUNNEL_ANY
 *                     the first event that can be a step.
 *   increase          events of a chain at strictly increasing times
 *   dedup             an event of a step after the first that some chain has reached, and that brings no step that
 *                     none had reached, ends everything: later events do not count, nor what it breaks itself
 *                     (ClickHouse's strict_deduplication)
 *   credit            steps left out are credited, optional ones too: the level is the furthest step of any event
 *                     within the window of the anchor, any step may be the first. Every step up to it has its first
 *                     event from the anchor on and within its window, also when that comes behind the one of a later
 *                     step; an event counts for all of its steps. The anchor is the entity's first event that can be a
 *                     step or, with FUNNEL_LAST, the first that is no more than a window before the first event of the
 *                     furthest step. Breaks and reuse have no meaning here. For FUNNEL_ORDERED, and FUNNEL_PRESENT
 *                     (where it is only that missing steps are credited; without an event of step 1 the window counts
 *                     from the earliest event of any step).
 *   follow_back       the level is where the entity was last, not the furthest: an event of an earlier step, in the
 *                     window, takes it back there. Defined by a walk: at first it is nowhere. An event takes it to a
 *                     step that it can be: the furthest that is no further than the next required one (with credit:
 *                     than any), which may be further, the same or back; step 1 begins anew unless the anchor is the
 *                     first. An event out of the window is not seen, but one of step 1 begins anew (unless the anchor
 *                     is the first); that and beginning anew after a break is no move back. An event that breaks at the
 *                     step where the walk is, and does not take it to a step itself, ends it there; only step 1 begins
 *                     anew, if it may. Each step up to the level has the first event that took the walk there since it
 *                     began; of steps it was not at, optional ones are not passed, and with credit all are credited.
 *                     For FUNNEL_ORDERED.
 *   drop              what breaks a chain drops the entity (PostHog): when an event breaks at a step at which a chain
 *                     in its window has its latest event (another one), and no chain has so far got further than the
 *                     furthest step that it breaks at, the entity is dropped altogether. With FUNNEL_STRICT only the
 *                     event directly behind the chain breaks it: any other comes when it has ended.
 *
 * Sources: ClickHouse, AggregateFunctionWindowFunnel (its documentation; modes strict_deduplication, strict_order,
 * strict_increase, strict_once); Mixpanel and PostHog, documentation of funnels (conversion window, exclusion steps,
 * strict and any order). Against windowFunnel of ClickHouse 26.9, all with FUNNEL_LAST:
 *   default               reuse: the same
 *   strict_deduplication  reuse and dedup: the same
 *   strict_once           without reuse: the same, but of events of one instant that can be several steps it takes
 *                         whatever order serves best
 *   strict_increase       reuse and increase: there a chain is lost because a step came again at the instant of
 *                         the next one
 *   strict_order          FUNNEL_STRICT: there nothing begins anew once another event came in between, a step that
 *                         came again is no such event, and one that is no step comes first in its instant
 *
 * Time O(n K R) for n sorted events, K steps and runs of at most R - 1 optional steps. Without gaps, increase, optional
 * steps, reuse, breaks and FUNNEL_STRICT memory O(K); otherwise up to O(n K R) in the scratch. */
#ifndef CRM_ANALYSIS_FUNNEL_CHAIN_H
#define CRM_ANALYSIS_FUNNEL_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define FUNNEL_STEPS 32

enum funnel_order { FUNNEL_ORDERED, FUNNEL_STRICT, FUNNEL_ANY, FUNNEL_PRESENT };
enum funnel_anchor { FUNNEL_LAST, FUNNEL_FIRST };

#define FUNNEL_NO_LIMIT INT64_MAX

struct funnel_gap { /* microseconds, both ends included; 0 and FUNNEL_NO_LIMIT limit nothing */
    int64_t least, most;
};

struct funnel_rules {
    int steps;         /* 1 .. FUNNEL_STEPS; numbered 0 .. steps - 1 */
    uint32_t optional; /* bit s: step s may be left out; never the first or the last */
    enum funnel_order order;
    enum funnel_anchor anchor;
    int64_t window;                      /* microseconds, included; FUNNEL_NO_LIMIT: none */
    struct funnel_gap gap[FUNNEL_STEPS]; /* [0] is not used */
    bool has_gaps;                       /* some gap limits */
    bool reuse, increase, dedup, credit, follow_back, drop;
};

/* Says which rules exclude each other. -1: STATUS_USAGE, in the words of the options. Excluded are:
 *   FUNNEL_ANY        with gaps, increase, dedup, credit, follow_back, drop
 *   FUNNEL_STRICT     with credit, follow_back
 *   FUNNEL_PRESENT    with gaps, increase, dedup, follow_back, drop
 *   credit            with gaps, increase, dedup; and with drop unless it is followed back
 *   follow_back       with gaps, increase, dedup, reuse */
int funnel_rules_check(const struct funnel_rules *rules, struct error *err);

struct funnel_event {
    int64_t time;    /* microseconds since 1970 */
    uint32_t steps;  /* bit s: it is an event of step s */
    uint32_t breaks; /* bit s: it breaks chains whose latest step is s */
    uint32_t source; /* the caller's: its place in the input */
};

/* Sorts the events of one entity into the order above (source is their order in the input), in place: O(n) when they
 * are nearly sorted, never more than O(n log n). */
void funnel_sort(struct funnel_event *events, size_t count);

#define FUNNEL_NO_EVENT UINT32_MAX

struct funnel_path {
    int level;       /* steps got to, 1 .. steps; 0: it never began. FUNNEL_ANY: how many different steps */
    uint32_t passed; /* bit s: step s was done, or is credited. FUNNEL_ANY: the lowest `level` bits */
    /* Of each step in `passed`, the index of its event in `events`, or FUNNEL_NO_EVENT when it is credited. FUNNEL_ANY:
     * by which the first, second, ... of its steps were reached. FUNNEL_NO_EVENT for all others. */
    uint32_t event[FUNNEL_STEPS];
    uint32_t first;    /* the event of its beginning: step 1, or with credit the anchor; level 0: FUNNEL_NO_EVENT */
    uint32_t last;     /* the event of its furthest step; level 0: FUNNEL_NO_EVENT */
    bool dropped;      /* by a break, with `drop`; level is 0 */
    bool moved_back;   /* follow_back: it was once taken back to an earlier step */
    bool out_of_order; /* FUNNEL_PRESENT: some step is earlier than one before it */
};

/* Memory that is used again from entity to entity; all zero is a good start. */
struct funnel_scratch {
    void *room;
    size_t capacity;
};
void funnel_scratch_fini(struct funnel_scratch *scratch);

/* events: of one entity, sorted by funnel_sort(), fewer than 2^32 - 1; no step beyond those of the rules. The rules are
 * such as funnel_rules_check() lets pass. -1 only out of memory. */
int funnel_follow(const struct funnel_rules *rules, const struct funnel_event *events, size_t count,
                  struct funnel_scratch *scratch, struct funnel_path *path, struct error *err);

/* Passes: how often one entity goes through, for counts of passes instead of entities. A pass begins with the first
 * step-1 event behind the pass before (FUNNEL_ANY, credit: the first that can be a step), and is followed from there
 * with FUNNEL_FIRST, its events those not used up by the pass before. A pass that reached the last step ends with that
 * event (follow_back: when it is there first; `reuse`: with the last of its events); any other, a dropped one too, at
 * the end of its window, without a window never. FUNNEL_PRESENT: one pass of all events. *next is 0 for the first pass,
 * and is moved on. 1 and the path, its indexes into `events`; 0: there is no further pass; -1 as above. */
int funnel_follow_pass(const struct funnel_rules *rules, const struct funnel_event *events, size_t count, size_t *next,
                       struct funnel_scratch *scratch, struct funnel_path *path, struct error *err);

#endif
