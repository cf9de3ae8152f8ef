/* The order in which events count.
 *
 * Without `reuse` that is the order they are sorted in. With it, each step of an event counts by itself: the events of
 * an instant are gone through once for each step that any of them can be. An event that breaks comes behind the others
 * and is gone through by itself, so that what lies before its break is what came before it. */
#include "analysis/funnel_chain_parts.h"

struct funnel_moments funnel_moments_of(const struct funnel_rules *rules, const struct funnel_event *events,
                                        uint32_t count)
{
    return (struct funnel_moments){.events = events, .count = count, .reuse = rules->reuse};
}

static uint64_t steps_or_none(const struct funnel_event *event)
{
    return event->steps ? event->steps : UINT64_C(1) << FUNNEL_STEPS;
}

/* The next events that are put in the order of the steps: those of an instant, or one that breaks. */
static bool next_group(struct funnel_moments *m)
{
    const struct funnel_event *events = m->events;

    if (m->end >= m->count)
        return false;
    m->start = m->at = m->end++;
    m->left = steps_or_none(&events[m->start]);
    if (events[m->start].breaks)
        return true;
    while (m->end < m->count && events[m->end].time == events[m->start].time && !events[m->end].breaks)
        m->left |= steps_or_none(&events[m->end++]);
    return true;
}

static bool next_of_steps(struct funnel_moments *m, struct funnel_moment *moment)
{
    for (;;) {
        if (!m->left && !next_group(m))
            return false;
        uint64_t step = m->left & -m->left;
        while (m->at < m->end && !(steps_or_none(&m->events[m->at]) & step))
            m->at++;
        if (m->at < m->end) {
            const struct funnel_event *event = &m->events[m->at];
            *moment = (struct funnel_moment){
                .number = m->number++,
                .event = m->at++,
                .time = event->time,
                .steps = (uint32_t)step,
                .breaks = event->breaks,
                .is_first = steps_or_none(event) == m->left,
                .is_last = step == m->left,
            };
            return true;
        }
        m->left &= m->left - 1;
        m->at = m->start;
    }
}

bool funnel_moments_next(struct funnel_moments *m, struct funnel_moment *moment)
{
    if (m->reuse)
        return next_of_steps(m, moment);
    if (m->at >= m->count)
        return false;
    const struct funnel_event *event = &m->events[m->at];
    *moment = (struct funnel_moment){
        .number = m->number++,
        .event = m->at++,
        .time = event->time,
        .steps = event->steps,
        .breaks = event->breaks,
        .is_first = true,
        .is_last = true,
    };
    return true;
}
