/* A slow reference for chains of funnels: every chain of a short log is enumerated, as the definitions of
 * analysis/funnel_chain.h say, and the best one picked. Nothing of the library's ways of following is used. */
#ifndef CRM_TESTS_FUNNEL_REFERENCE_H
#define CRM_TESTS_FUNNEL_REFERENCE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/funnel_chain.h"

#define MOST 8 /* events of a log */

/* What the definitions say of a log. */
struct answer {
    int level;
    bool dropped, moved_back, out_of_order;
    int first, last, length; /* -1: none; length: steps passed by an event */
    int event[FUNNEL_STEPS]; /* where they are determined; -1: none */
    bool has_events;
};

struct unit { /* an event taken for a step; -1: for none */
    int event, step, place;
};

struct chain {
    struct unit unit[FUNNEL_STEPS];
    int length;
};

struct reference {
    const struct funnel_rules *rules;
    const struct funnel_event *events;
    int count;
    struct unit units[MOST * 6];
    int unit_count;
    int first_place[MOST], last_place[MOST]; /* of each event */
    int cut;                                 /* units behind this place do not count */
    struct chain chains[40000];
    int chain_count;
};

static int highest_bit(uint32_t mask) /* mask != 0 */
{
    int step = 31;

    while (!(mask >> step & 1))
        step--;
    return step;
}

static bool bit(uint32_t mask, int step)
{
    return mask >> step & 1;
}

/* With reuse: by time, breaking events last and one by one, then by step (none last), then by place. */
static int compare_units(const struct funnel_event *events, struct unit a, struct unit b)
{
    const struct funnel_event *left = &events[a.event];
    const struct funnel_event *right = &events[b.event];
    int step_a = a.step < 0 ? 99 : a.step;
    int step_b = b.step < 0 ? 99 : b.step;

    if (left->time != right->time)
        return left->time < right->time ? -1 : 1;
    if (!left->breaks != !right->breaks)
        return left->breaks ? 1 : -1;
    if (left->breaks && a.event != b.event)
        return a.event - b.event;
    return step_a != step_b ? step_a - step_b : a.event - b.event;
}

static void make_units(struct reference *r)
{
    r->unit_count = 0;
    for (int i = 0; i < r->count; i++) {
        for (int step = -1; step < r->rules->steps; step++) {
            if (step < 0 ? !r->events[i].steps : bit(r->events[i].steps, step))
                r->units[r->unit_count++] = (struct unit){i, step, i};
        }
    }
    for (int i = 0; r->rules->reuse && i < r->unit_count; i++) {
        r->units[i].place = 0;
        for (int k = 0; k < r->unit_count; k++)
            r->units[i].place += compare_units(r->events, r->units[k], r->units[i]) < 0;
    }
    for (int i = 0; i < r->count; i++) {
        r->first_place[i] = 1000;
        r->last_place[i] = -1;
    }
    for (int i = 0; i < r->unit_count; i++) {
        struct unit unit = r->units[i];
        if (unit.place < r->first_place[unit.event])
            r->first_place[unit.event] = unit.place;
        if (unit.place > r->last_place[unit.event])
            r->last_place[unit.event] = unit.place;
    }
}

/* Whether an event breaks at the step of `a` behind `a` and before the place `end`. */
static bool broken_before(const struct reference *r, struct unit a, int end)
{
    for (int x = 0; x < r->count; x++) {
        if (x != a.event && a.step < r->rules->steps - 1 && bit(r->events[x].breaks, a.step) &&
            r->last_place[x] > a.place && r->last_place[x] < end)
            return true;
    }
    return false;
}

static bool may_follow(const struct reference *r, struct unit a, struct unit b)
{
    const struct funnel_rules *rules = r->rules;
    int64_t time = r->events[b.event].time - r->events[a.event].time;

    if (b.place <= a.place || b.step <= a.step || (rules->increase && time <= 0))
        return false;
    for (int step = a.step + 1; step < b.step; step++) {
        if (!bit(rules->optional, step))
            return false;
    }
    if (rules->order == FUNNEL_STRICT && b.place != a.place + 1)
        return false;
    if (rules->has_gaps && (time < rules->gap[b.step].least || time > rules->gap[b.step].most))
        return false;
    return !broken_before(r, a, b.place);
}

static bool may_begin(const struct reference *r, struct unit a)
{
    if (a.step != 0)
        return false;
    for (int i = 0; r->rules->anchor == FUNNEL_FIRST && i < r->unit_count; i++) {
        if (r->units[i].step == 0 && r->units[i].place < a.place)
            return false;
    }
    return true;
}

static bool is_chain(const struct reference *r, const struct chain *chain)
{
    int64_t begin = r->events[chain->unit[0].event].time;

    for (int i = 0; i < chain->length; i++) {
        struct unit unit = chain->unit[i];
        if (i == 0 ? !may_begin(r, unit) : !may_follow(r, chain->unit[i - 1], unit))
            return false;
        if (r->events[unit.event].time - begin > r->rules->window || unit.place > r->cut)
            return false;
    }
    return true;
}

static void enumerate(struct reference *r, const struct chain *chain)
{
    for (int i = 0; i < r->unit_count; i++) {
        struct chain longer = *chain;
        if (r->units[i].step < 0)
            continue;
        longer.unit[longer.length++] = r->units[i];
        if (!is_chain(r, &longer))
            continue;
        assert_true(r->chain_count < (int)(sizeof r->chains / sizeof *r->chains));
        r->chains[r->chain_count++] = longer;
        enumerate(r, &longer);
    }
}

static struct unit end_of(const struct chain *chain)
{
    return chain->unit[chain->length - 1];
}

/* Steps of chains whose last place is from `from` up to and without `end`. */
static uint32_t reached(const struct reference *r, int from, int end)
{
    uint32_t steps = 0;

    for (int i = 0; i < r->chain_count; i++) {
        struct unit unit = end_of(&r->chains[i]);
        if (unit.place >= from && unit.place < end)
            steps |= 1u << unit.step;
    }
    return steps;
}

/* dedup: the place behind which nothing counts. */
static int find_cut(const struct reference *r)
{
    for (int place = 0; place < 1000; place++) {
        uint32_t known = reached(r, 0, place);
        uint32_t here = 0;
        for (int i = 0; i < r->unit_count; i++) {
            if (r->units[i].place == place && r->units[i].step >= 0)
                here |= 1u << r->units[i].step;
        }
        if ((here & known & ~1u) && !(reached(r, place, place + 1) & ~known))
            return place;
        if (place > r->unit_count)
            break;
    }
    return 1000;
}

/* drop: whether event x breaks a chain in its window, and none got further than where it breaks. */
static bool drops(const struct reference *r, int x)
{
    const struct funnel_event *event = &r->events[x];
    uint32_t breaks = event->breaks & ((1u << (r->rules->steps - 1)) - 1);
    uint32_t so_far = reached(r, 0, r->last_place[x] + 1);
    bool breaks_one = false;

    if (!breaks || r->last_place[x] >= r->cut || (so_far && highest_bit(so_far) > highest_bit(breaks)))
        return false;
    for (int i = 0; i < r->chain_count; i++) {
        struct unit unit = end_of(&r->chains[i]);
        if (bit(breaks, unit.step) && unit.place < r->first_place[x] && unit.place <= r->cut &&
            event->time - r->events[r->chains[i].unit[0].event].time <= r->rules->window &&
            !broken_before(r, unit, r->first_place[x]) &&
            (r->rules->order != FUNNEL_STRICT || unit.place + 1 == r->first_place[x]))
            breaks_one = true;
    }
    return breaks_one;
}

static bool is_better(const struct chain *a, const struct chain *b)
{
    struct unit end_a = end_of(a);
    struct unit end_b = end_of(b);

    if (end_a.step != end_b.step)
        return end_a.step > end_b.step;
    if (end_a.place != end_b.place)
        return end_a.place < end_b.place;
    if (a->unit[0].place != b->unit[0].place)
        return a->unit[0].place > b->unit[0].place;
    return a->length > b->length;
}

static struct answer chain_answer(struct reference *r)
{
    struct answer answer = {.first = -1, .last = -1};
    const struct chain *best = NULL;

    make_units(r);
    r->cut = 1000;
    r->chain_count = 0;
    enumerate(r, &(struct chain){.length = 0});
    if (r->rules->dedup) {
        r->cut = find_cut(r);
        r->chain_count = 0;
        enumerate(r, &(struct chain){.length = 0});
    }
    for (int x = 0; r->rules->drop && x < r->count; x++)
        answer.dropped |= drops(r, x);
    for (int i = 0; i < r->chain_count && !answer.dropped; i++) {
        if (!best || is_better(&r->chains[i], best))
            best = &r->chains[i];
    }
    if (best) {
        answer.level = end_of(best).step + 1;
        answer.first = best->unit[0].event;
        answer.last = end_of(best).event;
        answer.length = best->length;
    }
    return answer;
}

#endif
