/* Chains in order, without gaps: for each step the chain that is there and began last.
 *
 * Without limits of the time from step to step, that chain can do whatever another one that is at the same step can,
 * and longer. So a number per step is all there is to know, and an event of step s has that of step s - 1 for its own
 * when the window is still open. The level rises when a step is reached for the first time, by the chain that began
 * last. What lies between its beginning and its end is found by going through it once more: taking each step as soon as
 * it comes reaches the end, unless something breaks; then the table does it. */
#include "analysis/funnel_chain_parts.h"

#include <string.h>

struct quick {
    const struct funnel_rules *rules;
    const struct funnel_event *events;
    uint32_t began[FUNNEL_STEPS]; /* of the chain at the step: 1 + the event it began with; 0: none is there */
    uint32_t made[FUNNEL_STEPS];  /* the same, of those the event at hand is the latest of; kept when it breaks */
    uint32_t reached;             /* steps at which some chain was */
    uint32_t first, last;         /* of the chain that raised the level */
    int level;
    bool dropped;
};

/* The chain that event `i` ends as step `step`. */
static uint32_t chain_to(const struct quick *q, uint32_t i, int step)
{
    if (step == 0)
        return q->rules->anchor == FUNNEL_LAST || !q->reached ? i + 1 : 0;
    uint32_t began = q->began[step - 1];
    return began && funnel_in_window(q->rules, q->events[began - 1].time, q->events[i].time) ? began : 0;
}

/* Takes event `i` for its steps, the furthest first, so that it is used once in a chain. Says which are new. */
static uint32_t take(struct quick *q, uint32_t i)
{
    const bool breaks = q->events[i].breaks != 0;
    uint32_t reached = 0;

    for (uint32_t left = q->events[i].steps; left;) {
        int step = funnel_highest(left);
        left ^= 1u << step;
        uint32_t began = chain_to(q, i, step);
        if (breaks)
            q->made[step] = began;
        if (!began)
            continue;
        reached |= 1u << step;
        if (began > q->began[step])
            q->began[step] = began;
        if (step >= q->level) {
            q->level = step + 1;
            q->first = began - 1;
            q->last = i;
        }
    }
    reached &= ~q->reached;
    q->reached |= reached;
    return reached;
}

/* Whether event `i` breaks a chain in its window. */
static bool threatens(const struct quick *q, uint32_t i)
{
    for (uint32_t left = q->events[i].breaks & funnel_bits_below(q->rules->steps - 1); left; left &= left - 1) {
        uint32_t began = q->began[__builtin_ctz(left)];
        if (began && funnel_in_window(q->rules, q->events[began - 1].time, q->events[i].time))
            return true;
    }
    return false;
}

static void break_chains(struct quick *q, uint32_t i)
{
    for (uint32_t left = q->events[i].breaks & funnel_bits_below(q->rules->steps - 1); left; left &= left - 1) {
        int step = __builtin_ctz(left);
        q->began[step] = q->made[step];
    }
}

static void follow(struct quick *q, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct funnel_event *event = &q->events[i];
        const uint32_t known = q->reached;
        bool threatened = false;
        if (event->breaks) {
            threatened = q->rules->drop && threatens(q, i);
            memset(q->made, 0, sizeof q->made);
        }
        uint32_t reached = take(q, i);
        if (q->level == q->rules->steps || (q->rules->dedup && !reached && (event->steps & known & ~1u)))
            return;
        if (!event->breaks)
            continue;
        if (threatened && q->level <= 1 + funnel_highest(event->breaks & funnel_bits_below(q->rules->steps - 1))) {
            q->dropped = true;
            return;
        }
        break_chains(q, i);
    }
}

/* Each step as soon as it comes. False: something breaks on the way. */
static bool fill(const struct quick *q, struct funnel_path *path)
{
    int level = 0;

    for (uint32_t i = q->first; i <= q->last; i++) {
        if (q->events[i].steps >> level & 1)
            path->event[level++] = i;
        if (i < q->last && q->events[i].breaks)
            return false;
        if (level == q->level)
            break;
    }
    path->level = level;
    path->passed = funnel_bits_below(level);
    path->first = q->first;
    path->last = q->last;
    return true;
}

int funnel_follow_quick(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                        struct funnel_scratch *scratch, struct funnel_path *path, struct error *err)
{
    struct quick q = {.rules = rules, .events = events};

    follow(&q, count);
    path->dropped = q.dropped;
    if (q.dropped || !q.level || fill(&q, path))
        return 0;
    struct funnel_rules again = *rules;
    again.anchor = FUNNEL_FIRST;
    again.dedup = again.drop = false;
    funnel_path_clear(path);
    if (funnel_follow_table(&again, events + q.first, q.last - q.first + 1, scratch, path, err))
        return -1;
    for (int step = 0; step < path->level; step++)
        path->event[step] += q.first;
    path->first = q.first;
    path->last = q.last;
    return 0;
}
