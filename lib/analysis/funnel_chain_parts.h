/* The parts of funnel_chain.h, one for each way of following an entity: private to funnel_chain*.c. */
#ifndef CRM_ANALYSIS_FUNNEL_CHAIN_PARTS_H
#define CRM_ANALYSIS_FUNNEL_CHAIN_PARTS_H

#include "analysis/funnel_chain.h"

/* A moment: what counts at once. Without `reuse` each event is one; with it each step of an event is one, in the order
 * in which they count, and an event that is no step is one moment without steps. */
struct funnel_moment {
    uint64_t number;        /* 0, 1, ... */
    uint32_t event;         /* its index */
    int64_t time;           /* of the event */
    uint32_t steps;         /* for which it can be taken */
    uint32_t breaks;        /* of the event; all moments of an event that breaks follow each other directly */
    bool is_first, is_last; /* of the event, when it breaks */
};

struct funnel_moments {
    const struct funnel_event *events;
    uint32_t count, at; /* at: the next event to look at */
    bool reuse;
    uint64_t number;
    uint32_t start, end; /* reuse: the events that are put in the order of the steps now */
    uint64_t left;       /* reuse: steps of these that are not finished; bit FUNNEL_STEPS: those without a step */
};

struct funnel_moments funnel_moments_of(const struct funnel_rules *rules, const struct funnel_event *events,
                                        uint32_t count);
/* Whether there was another one. */
bool funnel_moments_next(struct funnel_moments *moments, struct funnel_moment *moment);

/* Whether `later` is no more than the window behind `earlier`, which is not behind it. */
static inline bool funnel_in_window(const struct funnel_rules *rules, int64_t earlier, int64_t later)
{
    return (uint64_t)later - (uint64_t)earlier <= (uint64_t)rules->window || rules->window == FUNNEL_NO_LIMIT;
}

static inline int funnel_highest(uint32_t mask) /* mask != 0 */
{
    return 31 - __builtin_clz(mask);
}

static inline uint32_t funnel_bits_below(int step) /* 0 .. 32 */
{
    return step >= 32 ? UINT32_MAX : (UINT32_C(1) << step) - 1;
}

/* Level 0, no events. */
void funnel_path_clear(struct funnel_path *path);

/* FUNNEL_ORDERED without gaps, increase, optional steps, reuse. Breaks need the scratch. */
int funnel_follow_quick(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                        struct funnel_scratch *scratch, struct funnel_path *path, struct error *err);

/* FUNNEL_ORDERED and FUNNEL_STRICT with any rules but credit and follow_back. */
int funnel_follow_table(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                        struct funnel_scratch *scratch, struct funnel_path *path, struct error *err);

void funnel_follow_any(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                       struct funnel_path *path);
void funnel_follow_present(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                           struct funnel_path *path);
void funnel_follow_credit(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                          struct funnel_path *path);

/* follow_back. until_last: the walk stops when it is at the last step. */
void funnel_follow_walk(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                        bool until_last, struct funnel_path *path);

#endif
