/* Steps in any order: how many different steps the events within one window can be taken for.
 *
 * That is the size of a matching of events and steps. The sets of events that can be matched are the independent sets
 * of a transversal matroid (Edmonds and Fulkerson 1965): of all largest ones, that with the latest events is kept by
 * adding each event and, when there is no step for it, giving up the earliest event whose place can be made free for it
 * (the earliest of the circuit that it closes). Of any window that ends with the newest event, the largest number is
 * that of the kept events within it: the greedy algorithm would have taken them first. So no event is looked at twice,
 * whatever the window. When each event is one step, this is the latest event of each step. */
#include "analysis/funnel_chain_parts.h"

struct matching {
    uint32_t taken;               /* steps that have an event */
    uint32_t event[FUNNEL_STEPS]; /* of each of these */
    uint32_t could[FUNNEL_STEPS]; /* the steps it can be */
    int from[FUNNEL_STEPS];       /* the step whose event could move to this; -1: the new one */
};

/* Looks for a step to put an event to that can be `steps`: a free one, or -1 and in *seen all that could be made free
 * of their events. */
static int find_place(struct matching *m, uint32_t steps, uint32_t *seen)
{
    uint32_t open = steps;

    *seen = steps;
    for (uint32_t left = steps; left; left &= left - 1)
        m->from[__builtin_ctz(left)] = -1;
    while (open) {
        if (open & ~m->taken)
            return __builtin_ctz(open & ~m->taken);
        int step = __builtin_ctz(open);
        open &= open - 1;
        uint32_t more = m->could[step] & ~*seen;
        for (uint32_t left = more; left; left &= left - 1)
            m->from[__builtin_ctz(left)] = step;
        *seen |= more;
        open |= more;
    }
    return -1;
}

/* Moves events along so that the new one has a place; the event of `place`, if any, is given up. */
static void put(struct matching *m, uint32_t event, uint32_t steps, int place)
{
    m->taken |= 1u << place;
    for (int from; (from = m->from[place]) >= 0; place = from) {
        m->event[place] = m->event[from];
        m->could[place] = m->could[from];
    }
    m->event[place] = event;
    m->could[place] = steps;
}

/* Adds an event that can be `steps`. True: there is one more event now. */
static bool add(struct matching *m, uint32_t event, uint32_t steps)
{
    uint32_t seen;
    int place = find_place(m, steps, &seen);

    if (place >= 0) {
        put(m, event, steps, place);
        return true;
    }
    place = __builtin_ctz(seen);
    for (uint32_t left = seen; left; left &= left - 1) {
        int step = __builtin_ctz(left);
        if (m->event[step] < m->event[place])
            place = step;
    }
    put(m, event, steps, place);
    return false;
}

/* The kept events in the window that ends at `time`: how many, and the earliest of them. */
static int within(const struct funnel_rules *rules, const struct funnel_event *events, const struct matching *m,
                  int64_t time, uint32_t *first)
{
    int count = 0;

    *first = FUNNEL_NO_EVENT;
    for (uint32_t left = m->taken; left; left &= left - 1) {
        uint32_t event = m->event[__builtin_ctz(left)];
        if (!funnel_in_window(rules, events[event].time, time))
            continue;
        count++;
        if (event < *first)
            *first = event;
    }
    return count;
}

/* Adds an event, with `reuse` once for each of its steps; says how many more are matched. */
static int add_event(const struct funnel_rules *rules, struct matching *m, uint32_t event, uint32_t steps)
{
    int more = 0;

    if (!rules->reuse)
        return steps ? add(m, event, steps) : 0;
    for (; steps; steps &= steps - 1)
        more += add(m, event, steps & -steps);
    return more;
}

/* The first window, by its end, that holds most; of those with that end the latest. False: no event is a step. */
static bool find_best(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                      uint32_t *first, uint32_t *last)
{
    struct matching m = {0};
    int level = 0;

    for (uint32_t i = 0; i < count && level < rules->steps; i++) {
        uint32_t begin;
        if (!events[i].steps)
            continue;
        add_event(rules, &m, i, events[i].steps);
        if (__builtin_popcount(m.taken) <= level)
            continue;
        int here = within(rules, events, &m, events[i].time, &begin);
        if (here > level) {
            level = here;
            *first = begin;
            *last = i;
        }
    }
    return level > 0;
}

void funnel_follow_any(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                       struct funnel_path *path)
{
    struct matching m = {0};
    uint32_t first = 0;
    uint32_t last = count - 1;

    if (rules->anchor == FUNNEL_LAST && !find_best(rules, events, count, &first, &last))
        return;
    while (first < count && !events[first].steps)
        first++;
    for (uint32_t i = first; i <= last && i < count && path->level < rules->steps; i++) {
        if (!funnel_in_window(rules, events[first].time, events[i].time))
            break;
        for (int more = add_event(rules, &m, i, events[i].steps); more > 0; more--) {
            path->event[path->level++] = i;
            path->last = i;
        }
    }
    path->passed = funnel_bits_below(path->level);
    if (path->level)
        path->first = first;
}
