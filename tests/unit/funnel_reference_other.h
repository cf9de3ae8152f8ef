/* A slow reference for funnels that are no chains: steps in any order or only present, credit, walks. */
#ifndef CRM_TESTS_FUNNEL_REFERENCE_OTHER_H
#define CRM_TESTS_FUNNEL_REFERENCE_OTHER_H

#include "funnel_reference.h"

/* The largest number of events from `i` up to `end` that can have different steps, none of `used`. */
static int matched(const struct funnel_event *events, int i, int end, uint32_t used, const struct funnel_rules *rules)
{
    int best;

    if (rules->reuse) {
        for (uint32_t all = 0;; all |= events[i++].steps)
            if (i > end)
                return __builtin_popcount(all);
    }
    if (i > end)
        return 0;
    best = matched(events, i + 1, end, used, rules);
    for (int step = 0; step < rules->steps; step++) {
        if (bit(events[i].steps, step) && !bit(used, step)) {
            int with = 1 + matched(events, i + 1, end, used | 1u << step, rules);
            best = with > best ? with : best;
        }
    }
    return best;
}

static struct answer any_answer(const struct reference *r)
{
    struct answer answer = {.first = -1, .last = -1, .has_events = true};
    bool anchored = false;

    for (int i = 0; i < r->count; i++) {
        if (!r->events[i].steps || (anchored && r->rules->anchor == FUNNEL_FIRST))
            continue;
        anchored = true;
        for (int end = i; end < r->count && r->events[end].time - r->events[i].time <= r->rules->window; end++) {
            int level = matched(r->events, i, end, 0, r->rules);
            if (level > answer.level || (level == answer.level && (end < answer.last || (end == answer.last)))) {
                answer.level = level;
                answer.first = i;
                answer.last = end;
            }
        }
    }
    memset(answer.event, -1, sizeof answer.event);
    for (int k = 0; k < answer.level; k++) {
        for (int end = answer.last; end >= answer.first; end--) {
            if (matched(r->events, answer.first, end, 0, r->rules) > k)
                answer.event[k] = end;
        }
    }
    answer.length = answer.level;
    return answer;
}

/* The first event of a step from `from` on, no later than `until`; -1. */
static int first_of(const struct reference *r, uint32_t steps, int from, int64_t until)
{
    for (int i = from; i < r->count; i++) {
        if ((r->events[i].steps & steps) && r->events[i].time <= until)
            return i;
    }
    return -1;
}

static int64_t end_of_window(const struct reference *r, int i)
{
    return r->rules->window == FUNNEL_NO_LIMIT ? INT64_MAX : r->events[i].time + r->rules->window;
}

static void count_events(struct answer *answer)
{
    answer->has_events = true;
    answer->length = 0;
    for (int step = 0; step < FUNNEL_STEPS; step++) {
        if (step >= answer->level)
            answer->event[step] = -1;
        answer->length += answer->event[step] >= 0;
    }
}

static struct answer present_answer(const struct reference *r)
{
    struct answer answer = {.first = -1, .last = -1};
    int anchor = first_of(r, 1, 0, INT64_MAX);

    if (anchor < 0 && r->rules->credit)
        anchor = first_of(r, UINT32_MAX, 0, INT64_MAX);
    for (int step = 0; step < r->rules->steps; step++) {
        bool before = anchor >= 0;
        answer.event[step] = anchor < 0 ? -1 : first_of(r, 1u << step, 0, end_of_window(r, anchor));
        for (int k = 0; k < step; k++)
            before = before && (answer.event[k] >= 0 || bit(r->rules->optional, k) || r->rules->credit);
        if (before && answer.event[step] >= 0) {
            answer.level = step + 1;
            answer.first = anchor;
            answer.last = answer.event[step];
        }
    }
    count_events(&answer);
    for (int a = 0; a < answer.level; a++) {
        for (int b = a + 1; b < answer.level; b++) {
            if (answer.event[a] >= 0 && answer.event[b] >= 0)
                answer.out_of_order |= r->events[answer.event[b]].time < r->events[answer.event[a]].time;
        }
    }
    return answer;
}

static struct answer credit_answer(const struct reference *r)
{
    struct answer answer = {.first = -1, .last = -1};
    const bool is_first = r->rules->anchor == FUNNEL_FIRST;
    int anchor = first_of(r, UINT32_MAX, 0, INT64_MAX);

    if (anchor < 0)
        return answer;
    for (int step = 0; step < r->rules->steps; step++) {
        if (first_of(r, 1u << step, anchor, is_first ? end_of_window(r, anchor) : INT64_MAX) >= 0)
            answer.level = step + 1;
    }
    if (!is_first) {
        int furthest = first_of(r, 1u << (answer.level - 1), 0, INT64_MAX);
        while (!r->events[anchor].steps || end_of_window(r, anchor) < r->events[furthest].time)
            anchor++;
    }
    for (int step = 0; step < answer.level; step++)
        answer.event[step] = first_of(r, 1u << step, anchor, end_of_window(r, anchor));
    answer.first = anchor;
    answer.last = answer.event[answer.level - 1];
    count_events(&answer);
    return answer;
}

/* The walk is told as a list of stays: where it was after each event. */
struct stay {
    int at, begin; /* -1: nowhere */
    bool ended;
};

static int walk_target(const struct reference *r, int at, uint32_t steps)
{
    for (int step = r->rules->steps - 1; step >= 0; step--) {
        bool near = true;
        for (int k = at + 1; k < step; k++)
            near = near && bit(r->rules->optional, k);
        if (bit(steps, step) && (near || r->rules->credit))
            return step;
    }
    return -1;
}

static struct stay next_stay(const struct reference *r, struct stay now, int i, struct answer *answer, int furthest)
{
    const struct funnel_event *event = &r->events[i];
    const bool again = r->rules->anchor == FUNNEL_LAST;
    bool seen = now.at < 0 || (!now.ended && event->time <= end_of_window(r, now.begin));
    int to = seen ? walk_target(r, now.at, event->steps) : (event->steps & 1) && again ? 0 : -1;

    if (to < 0) {
        uint32_t breaks = event->breaks & ((1u << (r->rules->steps - 1)) - 1);
        if (seen && now.at >= 0 && bit(breaks, now.at)) {
            now.ended = true;
            answer->dropped |= r->rules->drop && furthest <= highest_bit(breaks);
        }
        return now;
    }
    answer->moved_back |= seen && to < now.at;
    if (now.at < 0 || (to == 0 && again))
        now.begin = i;
    return (struct stay){to, now.begin, false};
}

static struct answer walk_answer(const struct reference *r)
{
    struct answer answer = {.first = -1, .last = -1};
    struct stay stays[MOST + 1];
    struct stay now = {-1, -1, false};
    int furthest = -1;

    memset(answer.event, -1, sizeof answer.event);
    for (int i = 0; i < r->count; i++) {
        now = next_stay(r, now, i, &answer, furthest);
        furthest = now.at > furthest ? now.at : furthest;
        stays[i] = now;
        if (answer.dropped)
            return (struct answer){.first = -1, .last = -1, .dropped = true, .moved_back = answer.moved_back};
    }
    answer.level = now.at + 1;
    for (int step = 0; step < answer.level; step++) {
        for (int i = r->count - 1; i >= now.begin; i--) {
            /* Without an event of the step the walk only stayed on. */
            if (stays[i].at == step && bit(r->events[i].steps, step))
                answer.event[step] = i;
        }
    }
    if (answer.level) {
        answer.first = now.begin;
        answer.last = answer.event[now.at];
    }
    count_events(&answer);
    return answer;
}

static struct answer answer_of(struct reference *r, const struct funnel_rules *rules, const struct funnel_event *events,
                               int count)
{
    r->rules = rules;
    r->events = events;
    r->count = count;
    if (rules->order == FUNNEL_ANY)
        return any_answer(r);
    if (rules->order == FUNNEL_PRESENT)
        return present_answer(r);
    if (rules->follow_back)
        return walk_answer(r);
    return rules->credit ? credit_answer(r) : chain_answer(r);
}

#endif
