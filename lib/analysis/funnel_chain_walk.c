/* Where an entity was last: the walk of follow_back.
 *
 * One state, moved by each event in turn. */
#include "analysis/funnel_chain_parts.h"

struct walk {
    const struct funnel_rules *rules;
    const struct funnel_event *events;
    struct funnel_path *path;
    int at;       /* the step; -1: nowhere */
    int furthest; /* so far, whatever it began with */
    bool ended;   /* by a break */
};

/* The step that an event takes the walk to; -1: none. */
static int target_of(const struct walk *walk, uint32_t steps)
{
    if (!walk->rules->credit) {
        int next = walk->at + 1;
        while (next < walk->rules->steps && walk->rules->optional >> next & 1)
            next++;
        steps &= funnel_bits_below(next + 1);
    }
    return steps ? funnel_highest(steps) : -1;
}

static void move_to(struct walk *walk, uint32_t i, int step, bool anew)
{
    struct funnel_path *path = walk->path;

    if (anew) {
        path->passed = 0;
        path->first = i;
        walk->ended = false;
    }
    walk->at = step;
    if (step > walk->furthest)
        walk->furthest = step;
    if (!(path->passed >> step & 1))
        path->event[step] = i;
    path->passed |= 1u << step;
}

/* False: nothing more can happen. */
static bool walk_on(struct walk *walk, uint32_t i)
{
    const struct funnel_event *event = &walk->events[i];
    const bool may_begin = walk->at < 0 || walk->rules->anchor == FUNNEL_LAST;

    if (walk->at >= 0 &&
        (walk->ended || !funnel_in_window(walk->rules, walk->events[walk->path->first].time, event->time))) {
        if (may_begin && (event->steps & 1))
            move_to(walk, i, 0, true);
        return may_begin;
    }
    int step = target_of(walk, event->steps);
    if (step >= 0) {
        walk->path->moved_back |= step < walk->at;
        move_to(walk, i, step, walk->at < 0 || (step == 0 && may_begin));
    } else if (walk->at >= 0 && walk->at < walk->rules->steps - 1 && (event->breaks >> walk->at & 1)) {
        uint32_t breaks = event->breaks & funnel_bits_below(walk->rules->steps - 1);
        walk->ended = true;
        walk->path->dropped = walk->rules->drop && walk->furthest <= funnel_highest(breaks);
        return may_begin && !walk->path->dropped;
    }
    return true;
}

void funnel_follow_walk(const struct funnel_rules *rules, const struct funnel_event *events, uint32_t count,
                        bool until_last, struct funnel_path *path)
{
    struct walk walk = {.rules = rules, .events = events, .path = path, .at = -1, .furthest = -1};

    for (uint32_t i = 0; i < count; i++) {
        if (!walk_on(&walk, i) || (until_last && walk.at == rules->steps - 1))
            break;
    }
    if (path->dropped || walk.at < 0) {
        bool dropped = path->dropped;
        funnel_path_clear(path);
        path->dropped = dropped;
        return;
    }
    path->level = walk.at + 1;
    path->passed &= funnel_bits_below(path->level);
    for (int step = 0; step < FUNNEL_STEPS; step++) {
        if (!(path->passed >> step & 1))
            path->event[step] = FUNNEL_NO_EVENT;
    }
    path->last = path->event[walk.at];
    if (rules->credit)
        path->passed = funnel_bits_below(path->level);
}
