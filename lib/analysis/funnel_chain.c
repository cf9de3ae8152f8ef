/* Funnel chain: which rules go together, and which way of following serves them.
 *
 * The common case (ordered, no gaps) needs a few numbers per step: funnel_chain_quick.c. All else that is a chain goes
 * through a table of the chains that can still go on: funnel_chain_table.c. With FUNNEL_FIRST both see only the events
 * from the first step-1 event to the end of its window. Steps in any order, dates that are only present, credit and
 * walks are no chains, and each has a file of its own. */
#include "analysis/funnel_chain_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/options.h"

static int check_numbers(const struct funnel_rules *rules, struct error *err)
{
    if (rules->steps < 1 || rules->steps > FUNNEL_STEPS)
        return error_set(err, STATUS_USAGE, "a funnel has 1 to %d steps, not %d", FUNNEL_STEPS, rules->steps);
    if (rules->optional & (1u | ~funnel_bits_below(rules->steps - 1)))
        return error_set(err, STATUS_USAGE, "the first and the last step cannot be optional");
    if (rules->window < 0)
        return error_set(err, STATUS_USAGE, "--window cannot be negative");
    for (int step = 1; rules->has_gaps && step < rules->steps; step++) {
        if (rules->gap[step].least < 0 || rules->gap[step].most < rules->gap[step].least)
            return error_set(err, STATUS_USAGE, "--gap: no time lies within the limits of step %d", step + 1);
    }
    return 0;
}

int funnel_rules_check(const struct funnel_rules *rules, struct error *err)
{
    const bool any = rules->order == FUNNEL_ANY;
    const bool present = rules->order == FUNNEL_PRESENT;
    const bool strict = rules->order == FUNNEL_STRICT;
    const char *order = any ? "--order any" : present ? "--order present" : "--order strict";
    const bool gaps = rules->has_gaps;

    if (check_numbers(rules, err) || options_exclude(any || present, order, gaps, "--gap", err) ||
        options_exclude(any || present, order, rules->increase, "--strict-increase", err) ||
        options_exclude(any || present, order, rules->dedup, "--dedup", err) ||
        options_exclude(any || strict, order, rules->credit, "--skipped credit", err) ||
        options_exclude(any || present || strict, order, rules->follow_back, "--back last", err) ||
        options_exclude(any || present, order, rules->drop, "--excluded entity", err))
        return -1;
    if (options_exclude(rules->credit, "--skipped credit", gaps, "--gap", err) ||
        options_exclude(rules->credit, "--skipped credit", rules->increase, "--strict-increase", err) ||
        options_exclude(rules->credit, "--skipped credit", rules->dedup, "--dedup", err) ||
        options_exclude(rules->credit && !rules->follow_back, "--skipped credit", rules->drop, "--excluded entity",
                        err))
        return -1;
    if (options_exclude(rules->follow_back, "--back last", gaps, "--gap", err) ||
        options_exclude(rules->follow_back, "--back last", rules->increase, "--strict-increase", err) ||
        options_exclude(rules->follow_back, "--back last", rules->dedup, "--dedup", err) ||
        options_exclude(rules->follow_back, "--back last", rules->reuse, "--reuse", err))
        return -1;
    return 0;
}

void funnel_scratch_fini(struct funnel_scratch *scratch)
{
    free(scratch->room);
    *scratch = (struct funnel_scratch){0};
}

void funnel_path_clear(struct funnel_path *path)
{
    path->level = 0;
    path->passed = 0;
    memset(path->event, 0xff, sizeof path->event);
    path->first = path->last = FUNNEL_NO_EVENT;
    path->dropped = path->moved_back = path->out_of_order = false;
}

/* With FUNNEL_FIRST: the events from the first step-1 event to the end of its window; others change nothing. */
static void cut_to_first(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t *start,
                         uint32_t *end)
{
    uint32_t i = 0;

    while (i < *end && !(events[i].steps & 1))
        i++;
    *start = i;
    while (i < *end && funnel_in_window(rules, events[*start].time, events[i].time))
        i++;
    *end = i;
}

static void shift(struct funnel_path *path, uint32_t by)
{
    if (!path->level || !by)
        return;
    for (int step = 0; step < FUNNEL_STEPS; step++) {
        if (path->event[step] != FUNNEL_NO_EVENT)
            path->event[step] += by;
    }
    path->first += by;
    path->last += by;
}

static int follow_chain(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                        struct funnel_scratch *scratch, struct funnel_path *path, struct error *err)
{
    const bool quick =
        rules->order == FUNNEL_ORDERED && !rules->has_gaps && !rules->increase && !rules->optional && !rules->reuse;
    uint32_t start = 0;

    if (rules->anchor == FUNNEL_FIRST)
        cut_to_first(rules, events, &start, &count);
    int result = quick ? funnel_follow_quick(rules, events + start, count - start, scratch, path, err)
                       : funnel_follow_table(rules, events + start, count - start, scratch, path, err);
    shift(path, start);
    return result;
}

int funnel_follow(const struct funnel_rules *rules, const struct funnel_event *events, size_t count,
                  struct funnel_scratch *scratch, struct funnel_path *path, struct error *err)
{
    const uint32_t all = (uint32_t)count;

    funnel_path_clear(path);
    if (!all)
        return 0;
    if (rules->order == FUNNEL_ANY)
        funnel_follow_any(rules, events, all, path);
    else if (rules->order == FUNNEL_PRESENT)
        funnel_follow_present(rules, events, all, path);
    else if (rules->follow_back)
        funnel_follow_walk(rules, events, all, false, path);
    else if (rules->credit)
        funnel_follow_credit(rules, events, all, path);
    else
        return follow_chain(rules, events, all, scratch, path, err);
    return 0;
}

/* How many events from `start` on a pass is looked for in: all that `size` reaches. With reuse a later event of the
 * same instant may come between the steps of an earlier one; where that can make a difference, whole instants. */
static size_t cut_pass(const struct funnel_rules *rules, const struct funnel_event *events, size_t count, size_t start,
                       size_t size)
{
    const bool whole = rules->reuse && (rules->order == FUNNEL_STRICT || rules->dedup || rules->optional);

    if (size >= count - start)
        return count - start;
    while (whole && start + size < count && events[start + size].time == events[start + size - 1].time)
        size++;
    return size;
}

/* Follows the pass that begins with `start`, in ever more events, so that the cost is that of the pass and not that of
 * all that comes behind it. */
static int follow_one_pass(const struct funnel_rules *rules, const struct funnel_event *events, size_t count,
                           size_t start, struct funnel_scratch *scratch, struct funnel_path *path, struct error *err)
{
    for (size_t size = 32;; size *= 2) {
        size_t cut = cut_pass(rules, events, count, start, size);
        if (rules->follow_back) {
            funnel_path_clear(path);
            funnel_follow_walk(rules, events + start, (uint32_t)cut, true, path);
        } else if (funnel_follow(rules, events + start, cut, scratch, path, err)) {
            return -1;
        }
        if (path->level == rules->steps || path->dropped || start + cut == count ||
            !funnel_in_window(rules, events[start].time, events[start + cut - 1].time))
            break;
    }
    if (rules->credit && !rules->follow_back && path->level == rules->steps)
        return funnel_follow(rules, events + start, path->last + 1, scratch, path, err);
    return 0;
}

static size_t end_of_pass(const struct funnel_rules *rules, const struct funnel_event *events, size_t count,
                          size_t start, const struct funnel_path *path)
{
    size_t end = start;

    if (path->level == rules->steps) {
        for (int step = 0; step < rules->steps; step++) {
            if (path->event[step] != FUNNEL_NO_EVENT && path->event[step] >= end)
                end = path->event[step] + 1;
        }
        return end;
    }
    if (rules->window == FUNNEL_NO_LIMIT)
        return count;
    while (end < count && funnel_in_window(rules, events[start].time, events[end].time))
        end++;
    return end;
}

int funnel_follow_pass(const struct funnel_rules *rules, const struct funnel_event *events, size_t count, size_t *next,
                       struct funnel_scratch *scratch, struct funnel_path *path, struct error *err)
{
    struct funnel_rules first = *rules;
    const uint32_t begins = rules->order == FUNNEL_ANY || rules->credit ? UINT32_MAX : 1;
    size_t start = *next;

    first.anchor = FUNNEL_FIRST;
    if (rules->order == FUNNEL_PRESENT) {
        *next = count;
        if (start || funnel_follow(rules, events, count, scratch, path, err))
            return start ? 0 : -1;
        return path->level > 0;
    }
    while (start < count && !(events[start].steps & begins))
        start++;
    *next = start;
    if (start == count)
        return 0;
    if (follow_one_pass(&first, events, count, start, scratch, path, err))
        return -1;
    shift(path, (uint32_t)start);
    *next = end_of_pass(rules, events, count, start, path);
    return 1;
}
