/* Funnel tally: entities in chunks, each added up by itself by any thread, the sums put together in the order of the
 * chunks. */
#include "analysis/funnel_tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/workers.h"

enum { CHUNK_ENTITIES = 8192, AHEAD = 4 };

/* A chunk of entities, as a job. */
struct chunk {
    struct job job;
    const struct funnel_question *question;
    size_t first, last;
    struct funnel_tally tally;
    int failed;
    struct error err;
};

/* What a visit needs. */
struct counting {
    const struct funnel_question *question;
    struct funnel_tally *tally;
    struct time_zone zone;
};

void funnel_tally_fini(struct funnel_tally *tally)
{
    for (size_t i = 0; i < tally->count; i++) {
        struct funnel_cell *cell = &tally->cells[i];
        for (int s = 0; s < FUNNEL_STEPS; s++)
            spread_fini(&cell->times[s]);
        spread_fini(&cell->whole);
        survival_fini(&cell->survival);
    }
    free(tally->cells);
    group_fini(&tally->index);
    *tally = (struct funnel_tally){0};
}

static struct funnel_cell *find_cell(struct funnel_tally *tally, uint32_t group, int32_t period)
{
    const struct {
        uint32_t group;
        int32_t period;
    } key = {group, period};
    bool added;

    if (tally->count && tally->cells[tally->count - 1].group == group &&
        tally->cells[tally->count - 1].period == period)
        return &tally->cells[tally->count - 1];
    const void *state = group_get(&tally->index, (struct slice){(const char *)&key, sizeof key}, &added);
    if (!state)
        return NULL;
    if (added) {
        if (ARRAY_GROW(tally->cells, tally->capacity, tally->count + 1))
            return NULL;
        memset(&tally->cells[tally->count], 0, sizeof *tally->cells);
        tally->cells[tally->count].group = group;
        tally->cells[tally->count].period = period;
        tally->count++;
    }
    return &tally->cells[group_index(state)];
}

/* ---- one entity ---- */

static bool needs_times(const struct funnel_options *o)
{
    return !funnel_is_list(o) && (o->report == FUNNEL_REPORT_STEPS || o->report == FUNNEL_REPORT_TIMES ||
                                  o->report == FUNNEL_REPORT_HISTOGRAM);
}

/* Whether it came to the step, or is counted as if. */
static bool came_to(const struct funnel_path *path, int step)
{
    return path->passed >> step & 1;
}

static int add_time(struct spread *spread, const struct funnel_seen *seen, int from, int to)
{
    uint32_t first = seen->path->event[from];
    uint32_t second = seen->path->event[to];

    if (first == FUNNEL_NO_EVENT || second == FUNNEL_NO_EVENT)
        return 0;
    return spread_add(spread, seen->events[second].time - seen->events[first].time);
}

static int add_watched(const struct counting *counting, struct funnel_cell *cell, const struct funnel_seen *seen)
{
    const struct funnel_question *question = counting->question;
    const struct funnel_rules *rules = &question->options->rules;
    const struct funnel_event *entry = &seen->events[seen->path->first];
    int64_t time = funnel_seen_watched(question, seen);
    bool converted = came_to(seen->path, rules->steps - 1);

    if (converted)
        time = seen->events[seen->path->last].time - entry->time;
    else if (time > rules->window)
        time = rules->window;
    return survival_add(&cell->survival, time > 0 ? time : 0, converted);
}

static void add_amount(struct funnel_tally *tally, struct decimal_sum *sum, struct decimal amount)
{
    if (!decimal_sum_add(sum, amount))
        tally->overflow = true;
}

static int add_steps(const struct counting *counting, struct funnel_cell *cell, const struct funnel_seen *seen)
{
    const struct funnel_question *question = counting->question;
    const struct funnel_rules *rules = &question->options->rules;
    bool times = needs_times(question->options);
    struct decimal amount;
    bool has_amount = question->options->amount && funnel_seen_amount(question, seen, &amount);

    for (int s = 0; s < rules->steps; s++) {
        int next = funnel_next_step(rules, s);
        bool went_on = next < 0 || came_to(seen->path, next);
        if (!came_to(seen->path, s))
            continue;
        cell->entered[s]++;
        cell->converted[s] += went_on;
        if (has_amount)
            add_amount(counting->tally, &cell->entered_amount[s], amount);
        if (has_amount && went_on)
            add_amount(counting->tally, &cell->converted_amount[s], amount);
        if (times && went_on && next > 0 && add_time(&cell->times[s], seen, s, next))
            return -1;
    }
    if (times && came_to(seen->path, 0) && came_to(seen->path, rules->steps - 1))
        return add_time(&cell->whole, seen, 0, rules->steps - 1);
    return 0;
}

static int count_one(void *context, const struct funnel_seen *seen, struct error *err)
{
    struct counting *counting = context;
    struct funnel_tally *tally = counting->tally;
    const struct funnel_options *o = counting->question->options;
    int32_t period = 0;

    tally->dropped += seen->path->dropped;
    if (seen->path->level == 0)
        return 0;
    if (o->matured && !funnel_seen_matured(counting->question, seen)) {
        tally->immature++;
        return 0;
    }
    tally->entities++;
    tally->out_of_order += seen->path->out_of_order;
    tally->moved_back += seen->path->moved_back;
    if (o->trend) {
        struct moment entry = funnel_seen_moment(counting->question, seen, seen->path->first);
        period = period_of_day(o->period, moment_day(&entry, &counting->zone));
    }
    struct funnel_cell *cell = find_cell(tally, funnel_seen_group(counting->question, seen), period);
    if (!cell || add_steps(counting, cell, seen) ||
        (o->report == FUNNEL_REPORT_CURVE && add_watched(counting, cell, seen)))
        return error_memory(err);
    return 0;
}

/* ---- all ---- */

static int merge_cell(struct funnel_tally *into, const struct funnel_cell *from, int steps)
{
    struct funnel_cell *cell = find_cell(into, from->group, from->period);

    if (!cell)
        return -1;
    for (int s = 0; s < steps; s++) {
        cell->entered[s] += from->entered[s];
        cell->converted[s] += from->converted[s];
        if (!decimal_sum_merge(&cell->entered_amount[s], &from->entered_amount[s]) ||
            !decimal_sum_merge(&cell->converted_amount[s], &from->converted_amount[s]))
            into->overflow = true;
        if (spread_merge(&cell->times[s], &from->times[s]))
            return -1;
    }
    return spread_merge(&cell->whole, &from->whole) || spread_merge(&cell->survival.events, &from->survival.events) ||
                   spread_merge(&cell->survival.censored, &from->survival.censored)
               ? -1
               : 0;
}

static int merge(struct funnel_tally *into, const struct funnel_tally *from, int steps)
{
    into->immature += from->immature;
    into->dropped += from->dropped;
    into->out_of_order += from->out_of_order;
    into->moved_back += from->moved_back;
    into->entities += from->entities;
    into->overflow = into->overflow || from->overflow;
    for (size_t i = 0; i < from->count; i++)
        if (merge_cell(into, &from->cells[i], steps))
            return -1;
    return 0;
}

static void init(struct funnel_tally *tally)
{
    *tally = (struct funnel_tally){0};
    group_init(&tally->index, 0);
}

static void do_chunk(struct job *job, void *context, size_t worker)
{
    struct chunk *chunk = (struct chunk *)job;
    struct counting counting = {.question = chunk->question, .tally = &chunk->tally, .zone = chunk->question->zone};

    (void)context;
    (void)worker;
    chunk->failed = funnel_visit(chunk->question, chunk->first, chunk->last, count_one, &counting, &chunk->err);
}

static int take_chunk(struct funnel_tally *tally, struct workers *workers, struct chunk *chunk, struct error *err)
{
    workers_wait(workers, &chunk->job);
    int failed = chunk->failed;
    if (failed)
        *err = chunk->err;
    else if (merge(tally, &chunk->tally, chunk->question->options->rules.steps))
        failed = error_memory(err);
    funnel_tally_fini(&chunk->tally);
    return failed;
}

/* The making of a tally, part by part of the state. */
struct making {
    struct funnel_tally *tally;
    const struct funnel_question *question;
    struct workers *workers;
    struct chunk *ring; /* owned */
    size_t ring_size;
};

static int add_part(void *context, const struct funnel *part, struct error *err)
{
    const struct making *making = context;
    struct funnel_question question = *making->question;
    size_t entities = part->entities.count;
    size_t chunks = (entities + CHUNK_ENTITIES - 1) / CHUNK_ENTITIES;
    size_t begun = 0;
    size_t done = 0;
    int failed = 0;

    assert(making->ring_size > 0);
    question.funnel = part;
    for (; done < chunks && !failed; done++) {
        for (; begun < chunks && begun < done + making->ring_size; begun++) {
            struct chunk *chunk = &making->ring[begun % making->ring_size];
            size_t last = (begun + 1) * CHUNK_ENTITIES;
            *chunk = (struct chunk){
                .question = &question, .first = begun * CHUNK_ENTITIES, .last = last < entities ? last : entities};
            init(&chunk->tally);
            workers_submit(making->workers, &chunk->job);
        }
        failed = take_chunk(making->tally, making->workers, &making->ring[done % making->ring_size], err);
    }
    for (; done < begun; done++) /* after a failure: the part goes away */
        workers_wait(making->workers, &making->ring[done % making->ring_size].job);
    return failed;
}

int funnel_tally_make(struct funnel_tally *tally, const struct funnel_question *question, struct error *err)
{
    struct making making = {.tally = tally, .question = question, .ring_size = AHEAD * question->options->threads};

    init(tally);
    making.ring = calloc(making.ring_size, sizeof *making.ring);
    if (!making.ring)
        return error_memory(err);
    int failed = workers_new(&making.workers, question->options->threads, do_chunk, NULL, err) ||
                 funnel_visit_parts(question->funnel, add_part, &making, err);
    workers_free(making.workers);
    for (size_t i = 0; i < making.ring_size; i++)
        funnel_tally_fini(&making.ring[i].tally);
    free(making.ring);
    if (!failed && tally->overflow)
        failed = error_set(err, STATUS_DATA, "the sum of the amounts does not fit in 128 bits");
    return failed ? -1 : 0;
}
