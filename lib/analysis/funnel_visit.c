/* Funnel visit: the chains of entities, one by one. An entity's events are split into runs where steps must share a
 * value or a session; each run is followed by itself, and the best one is the entity's. */
#include <stdlib.h>
#include <string.h>

#include "analysis/funnel_tally.h"
#include "base/memory.h"

struct visit {
    const struct funnel_question *question;
    funnel_visitor *tell;
    void *context;
    struct funnel_room room;
    struct funnel_event *runs; /* owned: events by value, when something is held */
    size_t run_capacity;
    struct funnel_scratch scratch;
};

static uint32_t held_value(const struct visit *visit, const struct funnel_event *event)
{
    return funnel_event_values(visit->question->funnel, event->source)->held;
}

/* Puts events of one value together, each value's in their order, values in the order of their first event; those
 * without a value are left out. Returns how many there are, or SIZE_MAX: out of memory. */
static size_t gather_held(struct visit *visit, size_t count)
{
    const struct funnel_event *events = visit->room.events;
    struct group_table values;
    size_t kept = 0;
    bool added;

    group_init(&values, 2 * sizeof(size_t)); /* how many, then where the next goes */
    if (ARRAY_GROW(visit->runs, visit->run_capacity, count))
        return SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        uint32_t value = held_value(visit, &events[i]);
        if (value == FUNNEL_NO_VALUE)
            continue;
        size_t *state = group_get(&values, (struct slice){(const char *)&value, sizeof value}, &added);
        if (!state) {
            group_fini(&values);
            return SIZE_MAX;
        }
        state[0]++;
    }
    for (size_t i = 0; i < values.count; i++) {
        size_t *state = group_state(&values, i);
        state[1] = kept;
        kept += state[0];
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t value = held_value(visit, &events[i]);
        if (value == FUNNEL_NO_VALUE)
            continue;
        size_t *state = group_find(&values, (struct slice){(const char *)&value, sizeof value});
        visit->runs[state[1]++] = events[i];
    }
    group_fini(&values);
    return kept;
}

/* Where the run that begins at `begin` ends. */
static size_t run_end(const struct visit *visit, const struct funnel_event *events, size_t begin, size_t count)
{
    const struct funnel_options *o = visit->question->options;
    size_t end = begin + 1;

    while (end < count && events[end].time - events[end - 1].time <= o->session &&
           (!o->held || held_value(visit, &events[end]) == held_value(visit, &events[begin])))
        end++;
    return end;
}

/* Further, or there first; or there at once, and began later. */
static bool is_better(const struct funnel_path *a, const struct funnel_event *a_events, const struct funnel_path *b,
                      const struct funnel_event *b_events)
{
    if (a->level != b->level || a->level == 0)
        return a->level > b->level;
    if (a_events[a->last].time != b_events[b->last].time)
        return a_events[a->last].time < b_events[b->last].time;
    return a_events[a->first].time > b_events[b->first].time;
}

static int follow_best(struct visit *visit, size_t entity, const struct funnel_event *events, size_t count,
                       struct error *err)
{
    struct funnel_path best = {0};
    struct funnel_seen seen = {.entity = entity, .events = events, .path = &best};

    for (size_t begin = 0, end; begin < count; begin = end) {
        struct funnel_path path;
        end = run_end(visit, events, begin, count);
        if (funnel_follow(&visit->question->options->rules, events + begin, end - begin, &visit->scratch, &path, err))
            return -1;
        if (begin == 0 || is_better(&path, events + begin, &best, seen.events)) {
            best = path;
            seen.events = events + begin;
        }
    }
    return visit->tell(visit->context, &seen, err);
}

static int follow_passes(struct visit *visit, size_t entity, const struct funnel_event *events, size_t count,
                         struct error *err)
{
    for (size_t begin = 0, end; begin < count; begin = end) {
        struct funnel_path path;
        size_t next = 0;
        int more;
        end = run_end(visit, events, begin, count);
        while ((more = funnel_follow_pass(&visit->question->options->rules, events + begin, end - begin, &next,
                                          &visit->scratch, &path, err)) > 0) {
            struct funnel_seen seen = {.entity = entity, .events = events + begin, .path = &path};
            if (visit->tell(visit->context, &seen, err))
                return -1;
        }
        if (more < 0)
            return -1;
    }
    return 0;
}

static int visit_entity(struct visit *visit, size_t entity, struct error *err)
{
    const struct funnel_options *o = visit->question->options;
    const struct funnel_event *events;
    size_t count;

    if (funnel_entity_events(visit->question->funnel, entity, &visit->room, &count, err))
        return -1;
    events = visit->room.events;
    if (o->held) {
        count = gather_held(visit, count);
        if (count == SIZE_MAX)
            return error_memory(err);
        events = visit->runs;
    }
    return o->passes ? follow_passes(visit, entity, events, count, err)
                     : follow_best(visit, entity, events, count, err);
}

int funnel_visit(const struct funnel_question *question, size_t first, size_t last, funnel_visitor *tell, void *context,
                 struct error *err)
{
    struct visit visit = {.question = question, .tell = tell, .context = context};
    int result = 0;

    for (size_t i = first; i < last && result == 0; i++)
        result = visit_entity(&visit, i, err);
    funnel_room_fini(&visit.room);
    funnel_scratch_fini(&visit.scratch);
    free(visit.runs);
    return result;
}

/* ---- facts ---- */

/* The events of a chain, in the order of its steps; the last `count` of room. */
static size_t chain_events(const struct funnel_path *path, uint32_t room[FUNNEL_STEPS])
{
    size_t count = 0;

    for (int i = 0; i < FUNNEL_STEPS; i++)
        if ((path->passed >> i & 1) && path->event[i] != FUNNEL_NO_EVENT)
            room[count++] = path->event[i];
    return count;
}

uint32_t funnel_seen_group(const struct funnel_question *question, const struct funnel_seen *seen)
{
    const struct funnel_options *o = question->options;
    uint32_t events[FUNNEL_STEPS];
    size_t count = 1;

    if (!o->group)
        return FUNNEL_NO_VALUE;
    if (o->attribution == FUNNEL_STEP_VALUE) {
        if (!(seen->path->passed >> o->attribution_step & 1) ||
            seen->path->event[o->attribution_step] == FUNNEL_NO_EVENT)
            return FUNNEL_NO_VALUE;
        events[0] = seen->path->event[o->attribution_step];
    } else {
        count = chain_events(seen->path, events);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t event = events[o->attribution == FUNNEL_LAST_VALUE ? count - 1 - i : i];
        uint32_t group = funnel_event_values(question->funnel, seen->events[event].source)->group;
        if (group != FUNNEL_NO_VALUE)
            return group;
    }
    return FUNNEL_NO_VALUE;
}

bool funnel_seen_amount(const struct funnel_question *question, const struct funnel_seen *seen, struct decimal *amount)
{
    uint32_t events[FUNNEL_STEPS];

    for (size_t i = chain_events(seen->path, events); i > 0; i--) {
        const struct funnel_values *values = funnel_event_values(question->funnel, seen->events[events[i - 1]].source);
        *amount = values->amount;
        if (values->has_amount)
            return true;
    }
    return false;
}

int64_t funnel_seen_watched(const struct funnel_question *question, const struct funnel_seen *seen)
{
    const struct funnel_event *entry = &seen->events[seen->path->first];
    int32_t offset;

    if (!funnel_event_offset(question->funnel, entry->source, &offset))
        return question->end - entry->time;
    return question->zone.set ? question->offset_end - entry->time
                              : question->end - (entry->time + offset * 1000000LL); /* its day is that written */
}

bool funnel_seen_matured(const struct funnel_question *question, const struct funnel_seen *seen)
{
    return funnel_seen_watched(question, seen) > question->options->rules.window;
}

struct moment funnel_seen_moment(const struct funnel_question *question, const struct funnel_seen *seen, uint32_t event)
{
    return funnel_event_moment(question->funnel, &seen->events[event]);
}

int funnel_next_step(const struct funnel_rules *rules, int step)
{
    int next = step + 1;

    while (next < rules->steps && rules->order != FUNNEL_ANY && rules->optional >> next & 1)
        next++;
    return next < rules->steps ? next : -1;
}
