/* The state of a pipeline, and how it is brought to a day.
 *
 * Deals are rows in an array, keys and values to report by are in group tables, and the history is an array of its own
 * that is sorted once. Everything is decided at the end: whether a probability is in per cent depends on the whole
 * column, and what counts as the latest date on which deals are open. */
#include "analysis/pipeline.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

void pipeline_init(struct pipeline *pipeline, const struct pipeline_options *options)
{
    *pipeline = (struct pipeline){.options = *options, .as_of = options->as_of};
    stages_init(&pipeline->stages);
    group_init(&pipeline->ids, sizeof(uint64_t));
    group_init(&pipeline->by, sizeof(uint64_t));
}

void pipeline_fini(struct pipeline *pipeline)
{
    stages_fini(&pipeline->stages);
    group_fini(&pipeline->ids);
    group_fini(&pipeline->by);
    free(pipeline->deals);
    free(pipeline->past);
    free(pipeline->learned);
    free(pipeline->origin.by_deals);
    *pipeline = (struct pipeline){0};
}

int pipeline_add(struct pipeline *pipeline, const struct pipeline_deal *deal, struct slice id, struct slice by,
                 struct error *err)
{
    bool added;

    if (id.len) {
        uint64_t *number = group_get(&pipeline->ids, id, &added);
        if (!number)
            return error_memory(err);
        if (!added)
            return 1;
        *number = pipeline->count;
    }
    const void *value = group_get(&pipeline->by, by, &added);
    if (!value || pipeline->count >= UINT32_MAX || ARRAY_GROW(pipeline->deals, pipeline->capacity, pipeline->count + 1))
        return error_memory(err);
    pipeline->deals[pipeline->count] = *deal;
    pipeline->deals[pipeline->count++].by = (uint32_t)group_index(value);
    return 0;
}

bool pipeline_knows(struct pipeline *pipeline, struct slice id)
{
    if (id.len && group_find(&pipeline->ids, id))
        return true;
    pipeline->counts.strangers++;
    return false;
}

int pipeline_add_past_to(struct pipeline *pipeline, const struct pipeline_past *past, struct error *err)
{
    if (pipeline->past_count >= UINT32_MAX ||
        ARRAY_GROW(pipeline->past, pipeline->past_capacity, pipeline->past_count + 1))
        return error_memory(err);
    struct pipeline_past *added = &pipeline->past[pipeline->past_count++];
    *added = *past;
    if (added->sequence == 0)
        added->sequence = (uint32_t)pipeline->past_count;
    pipeline->has_past_expected |= past->expected != DAY_NONE;
    pipeline->has_past_amount |= past->has_amount;
    return 0;
}

int pipeline_add_past(struct pipeline *pipeline, const struct pipeline_past *past, struct slice id, struct error *err)
{
    const uint64_t *number = id.len ? group_find(&pipeline->ids, id) : NULL;
    struct pipeline_past added = *past;

    if (!number) {
        pipeline->counts.strangers++;
        return 0;
    }
    added.deal = (uint32_t)*number;
    return pipeline_add_past_to(pipeline, &added, err);
}

static int compare_past(const void *left, const void *right)
{
    const struct pipeline_past *a = left, *b = right;

    if (a->deal != b->deal)
        return a->deal < b->deal ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->instant != b->instant)
        return a->instant < b->instant ? -1 : 1;
    return a->sequence < b->sequence ? -1 : 1;
}

static void sort_past(struct pipeline *pipeline)
{
    if (pipeline->past_count)
        qsort(pipeline->past, pipeline->past_count, sizeof *pipeline->past, compare_past);
    for (size_t i = 0; i < pipeline->past_count; i++) {
        struct pipeline_deal *deal = &pipeline->deals[pipeline->past[i].deal];
        if (deal->past_count++ == 0)
            deal->past = (uint32_t)i;
    }
}

bool pipeline_next_stay(const struct pipeline *pipeline, const struct pipeline_deal *deal, int32_t up_to,
                        uint32_t *next, struct pipeline_stay *stay)
{
    uint32_t i = *next;

    if (deal->past_count == 0)
        return false;
    const struct pipeline_past *past = pipeline->past + deal->past;
    while (i < deal->past_count && past[i].stage == PIPELINE_NO_STAGE)
        i++;
    if (i == deal->past_count || past[i].day > up_to)
        return false;
    *stay = (struct pipeline_stay){past[i].stage, past[i].day, DAY_NONE};
    while (i < deal->past_count && (past[i].stage == PIPELINE_NO_STAGE || past[i].stage == stay->stage))
        i++;
    if (i < deal->past_count && past[i].day <= up_to)
        stay->until = past[i].day;
    *next = i;
    return true;
}

static bool last_stay(const struct pipeline *pipeline, const struct pipeline_deal *deal, int32_t up_to,
                      struct pipeline_stay *stay)
{
    uint32_t next = 0;
    bool found = false;

    while (pipeline_next_stay(pipeline, deal, up_to, &next, stay))
        found = true;
    return found;
}

static uint8_t status_of_stage(const struct pipeline *pipeline, uint32_t stage)
{
    return (uint8_t)pipeline->stages.items[stage].status;
}

/* What a deal is now, as far as its history tells what its record does not. */
static void settle(struct pipeline *pipeline, struct pipeline_deal *deal)
{
    struct pipeline_stay last;
    bool found = last_stay(pipeline, deal, INT32_MAX, &last);

    if (deal->created == DAY_NONE && deal->past_count)
        deal->created = pipeline->past[deal->past].day;
    if (found && deal->stage == PIPELINE_NO_STAGE) {
        deal->stage = last.stage;
        if (!deal->decided)
            deal->status = status_of_stage(pipeline, last.stage);
    }
    if (deal->status == DEAL_OPEN) {
        if (!pipeline->options.has_expected) {
            deal->expected = deal->closed;
            pipeline->counts.from_closed += deal->closed != DAY_NONE;
        }
        deal->closed = DAY_NONE;
    } else if (deal->closed == DAY_NONE && found && status_of_stage(pipeline, last.stage) == deal->status) {
        deal->closed = last.since;
    }
}

/* Of columns in which a bare number is above 1, all are per cent. */
static void settle_probabilities(struct pipeline *pipeline)
{
    bool per_cent = false;

    for (size_t i = 0; i < pipeline->count && !per_cent; i++)
        per_cent = pipeline->deals[i].bare && pipeline->deals[i].probability > PIPELINE_ONE;
    for (size_t i = 0; i < pipeline->count && per_cent; i++) {
        struct pipeline_deal *deal = &pipeline->deals[i];
        if (!deal->bare)
            continue;
        pipeline->counts.small_per_cents += deal->probability > 0 && deal->probability < PIPELINE_ONE;
        deal->probability = (deal->probability + 50) / 100;
    }
}

static void later(int32_t *latest, int32_t day)
{
    if (day > *latest) /* DAY_NONE is before every day */
        *latest = day;
}

static int32_t latest_day(const struct pipeline *pipeline)
{
    int32_t latest = DAY_NONE;

    for (size_t i = 0; i < pipeline->count; i++) {
        const struct pipeline_deal *deal = &pipeline->deals[i];
        later(&latest, deal->created);
        later(&latest, deal->closed);
        later(&latest, deal->first_contact);
        later(&latest, deal->paid);
    }
    for (size_t i = 0; i < pipeline->past_count; i++)
        later(&latest, pipeline->past[i].day);
    return latest;
}

/* Amount and expected date as last recorded up to the day; the latter of open deals only. */
static void restore_fields(const struct pipeline *pipeline, struct pipeline_deal *deal)
{
    for (uint32_t i = 0; i < deal->past_count; i++) {
        const struct pipeline_past *past = &pipeline->past[deal->past + i];
        if (past->day > pipeline->as_of)
            break;
        if (past->has_amount) {
            deal->amount = past->amount;
            deal->scale = past->scale;
            deal->has_amount = true;
        }
        if (past->expected != DAY_NONE && deal->status == DEAL_OPEN)
            deal->expected = past->expected;
    }
}

/* Takes a deal back to a day in the past. */
static void restore(struct pipeline *pipeline, struct pipeline_deal *deal)
{
    bool was_closed = deal->status != DEAL_OPEN;
    uint32_t stage = deal->stage;
    struct pipeline_stay stay;

    if (deal->first_contact > pipeline->as_of)
        deal->first_contact = DAY_NONE;
    if (deal->paid > pipeline->as_of)
        deal->paid = DAY_NONE;
    if (was_closed && deal->closed <= pipeline->as_of) { /* without a date as well */
        restore_fields(pipeline, deal);
        return;
    }
    bool found = last_stay(pipeline, deal, pipeline->as_of, &stay);
    deal->closed = DAY_NONE;
    deal->status = DEAL_OPEN;
    restore_fields(pipeline, deal);
    if (found) {
        deal->stage = stay.stage;
        deal->status = status_of_stage(pipeline, stay.stage);
        if (deal->status != DEAL_OPEN)
            deal->closed = stay.since;
    } else {
        pipeline->counts.unplaced++;
        if (was_closed)
            deal->stage = PIPELINE_NO_STAGE;
    }
    if (was_closed || deal->stage != stage)
        deal->probability = PIPELINE_UNKNOWN;
}

/* Since when an open deal is in its stage. */
static void date_stay(struct pipeline *pipeline, struct pipeline_deal *deal)
{
    struct pipeline_stay stay;
    bool found = last_stay(pipeline, deal, pipeline->as_of, &stay);

    deal->entered = DAY_NONE;
    if (deal->stage == PIPELINE_NO_STAGE)
        return;
    if (found && stay.stage == deal->stage) {
        deal->entered = stay.since;
        return;
    }
    deal->entered = deal->created;
    pipeline->counts.from_created += deal->created != DAY_NONE;
    pipeline->counts.other_stage += found;
}

/* Counts a closed deal for every stage it was in; seen: per stage, one more than the last deal counted. */
static void learn_from(struct pipeline *pipeline, size_t number, size_t *seen)
{
    const struct pipeline_deal *deal = &pipeline->deals[number];
    struct pipeline_stay stay = {.stage = deal->stage};
    uint32_t next = 0;

    do {
        if (stay.stage == PIPELINE_NO_STAGE || seen[stay.stage] == number + 1)
            continue;
        seen[stay.stage] = number + 1;
        pipeline->learned[stay.stage].closed++;
        pipeline->learned[stay.stage].won += deal->status == DEAL_WON;
    } while (pipeline_next_stay(pipeline, deal, pipeline->as_of, &next, &stay));
}

static int learn(struct pipeline *pipeline, struct error *err)
{
    size_t *seen = calloc(pipeline->stages.count + 1, sizeof *seen);

    pipeline->learned = calloc(pipeline->stages.count + 1, sizeof *pipeline->learned);
    if (!seen || !pipeline->learned) {
        free(seen);
        return error_memory(err);
    }
    for (size_t i = 0; i < pipeline->count; i++)
        if (pipeline->deals[i].status != DEAL_OPEN)
            learn_from(pipeline, i, seen);
    free(seen);
    return 0;
}

struct interval pipeline_learned_of(const struct pipeline *pipeline, uint32_t stage)
{
    if (!pipeline->learned || stage == PIPELINE_NO_STAGE || pipeline->learned[stage].closed == 0)
        return (struct interval){NAN, NAN, NAN};
    return proportion_wilson(pipeline->learned[stage].won, pipeline->learned[stage].closed, proportion_z(.95));
}

/* The probability of an open deal. */
static void weigh(struct pipeline *pipeline, struct pipeline_deal *deal)
{
    double probability = NAN;

    if (deal->probability == PIPELINE_UNKNOWN && deal->stage != PIPELINE_NO_STAGE) {
        probability = pipeline->stages.items[deal->stage].probability;
        if (isnan(probability)) {
            probability = pipeline_learned_of(pipeline, deal->stage).value;
            deal->learned = !isnan(probability);
        }
    }
    if (!isnan(probability))
        deal->probability = llround(probability * (double)PIPELINE_ONE);
    pipeline->counts.unweighted += deal->probability == PIPELINE_UNKNOWN;
    pipeline->counts.without_amount += !deal->has_amount;
}

static void count_closed(struct pipeline *pipeline, const struct pipeline_deal *deal)
{
    pipeline->counts.undated += deal->closed == DAY_NONE;
    pipeline->counts.negative_cycles +=
        deal->closed != DAY_NONE && deal->created != DAY_NONE && deal->closed < deal->created;
}

/* Leaves out deals that were not there yet, and takes the others to the day. */
static void bring_to_day(struct pipeline *pipeline)
{
    bool past = pipeline->as_of != DAY_NONE && pipeline->as_of < latest_day(pipeline);
    size_t kept = 0;

    for (size_t i = 0; i < pipeline->count; i++) {
        struct pipeline_deal *deal = &pipeline->deals[i];
        if (past && deal->created > pipeline->as_of)
            continue;
        if (past)
            restore(pipeline, deal);
        if (deal->scale > pipeline->scale)
            pipeline->scale = deal->scale;
        pipeline->deals[kept++] = *deal;
    }
    pipeline->counts.left_out = pipeline->count - kept;
    pipeline->count = kept;
}

int pipeline_finish(struct pipeline *pipeline, struct error *err)
{
    sort_past(pipeline);
    settle_probabilities(pipeline);
    for (size_t i = 0; i < pipeline->count; i++)
        settle(pipeline, &pipeline->deals[i]);
    if (pipeline->as_of == DAY_NONE)
        pipeline->as_of = latest_day(pipeline);
    bring_to_day(pipeline);
    if (pipeline->options.learn && learn(pipeline, err))
        return -1;
    for (size_t i = 0; i < pipeline->count; i++) {
        struct pipeline_deal *deal = &pipeline->deals[i];
        if (deal->status == DEAL_OPEN) {
            weigh(pipeline, deal);
            date_stay(pipeline, deal);
        } else {
            count_closed(pipeline, deal);
        }
    }
    return 0;
}
