/* Steps that are credited, and steps that only need to be present: no chains, but the first event of each step. */
#include "analysis/funnel_chain_parts.h"

/* Gives each of `steps` that has none its first event of those given, up to the end of the window. Times ascend. */
static void take_first_events(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t start,
                              uint32_t count, uint32_t steps, struct funnel_path *path)
{
    for (uint32_t i = start; i < count && steps; i++) {
        if (!funnel_in_window(rules, events[start].time, events[i].time))
            break;
        for (uint32_t left = events[i].steps & steps; left; left &= left - 1)
            path->event[__builtin_ctz(left)] = i;
        steps &= ~events[i].steps;
    }
}

static uint32_t first_step(const struct funnel_event *events, uint32_t count)
{
    uint32_t i = 0;

    while (i < count && !events[i].steps)
        i++;
    return i;
}

/* The first event that is a step and no more than a window before the first one of the furthest step. */
static uint32_t last_anchor(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count)
{
    uint32_t furthest = 0;
    uint32_t at = 0;
    uint32_t i = 0;

    for (uint32_t k = 0; k < count; k++) {
        if (events[k].steps > furthest && (!furthest || funnel_highest(events[k].steps) > funnel_highest(furthest))) {
            furthest = events[k].steps;
            at = k;
        }
    }
    while (i < at && (!events[i].steps || !funnel_in_window(rules, events[i].time, events[at].time)))
        i++;
    return i;
}

void funnel_follow_credit(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                          struct funnel_path *path)
{
    uint32_t anchor = first_step(events, count);
    uint32_t steps = 0;

    if (anchor == count)
        return;
    if (rules->anchor == FUNNEL_LAST)
        anchor = last_anchor(rules, events, count);
    for (uint32_t i = anchor; i < count && funnel_in_window(rules, events[anchor].time, events[i].time); i++)
        steps |= events[i].steps;
    path->level = funnel_highest(steps) + 1;
    path->passed = funnel_bits_below(path->level);
    take_first_events(rules, events, anchor, count, steps, path);
    path->first = anchor;
    path->last = path->event[path->level - 1];
}

/* The earliest event of each step, whatever the window; says which steps have one. */
static uint32_t earliest_events(const struct funnel_event *events, uint32_t count, uint32_t *earliest)
{
    uint32_t present = 0;

    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t left = events[i].steps & ~present; left; left &= left - 1)
            earliest[__builtin_ctz(left)] = i;
        present |= events[i].steps;
    }
    return present;
}

static void find_disorder(const struct funnel_event *events, struct funnel_path *path)
{
    int64_t latest = INT64_MIN;

    for (int step = 0; step < path->level; step++) {
        if (path->event[step] == FUNNEL_NO_EVENT)
            continue;
        int64_t time = events[path->event[step]].time;
        path->out_of_order |= time < latest;
        latest = time > latest ? time : latest;
    }
}

void funnel_follow_present(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                           struct funnel_path *path)
{
    uint32_t earliest[FUNNEL_STEPS];
    uint32_t present = earliest_events(events, count, earliest);

    if (!present || (!(present & 1) && !rules->credit))
        return;
    path->first = present & 1 ? earliest[0] : first_step(events, count);
    int64_t begin = events[path->first].time;
    for (int step = 0; step < rules->steps; step++) {
        bool here = present >> step & 1;
        if (here && events[earliest[step]].time > begin && !funnel_in_window(rules, begin, events[earliest[step]].time))
            here = false;
        if (here) {
            path->event[step] = path->last = earliest[step];
            path->passed |= 1u << step;
            path->level = step + 1;
        } else if (!rules->credit && !(rules->optional >> step & 1)) {
            break;
        }
    }
    if (rules->credit)
        path->passed = funnel_bits_below(path->level);
    find_disorder(events, path);
}
