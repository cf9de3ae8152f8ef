/* Events by lead. A table from the names that rules ask for to the rules that do makes an event cost what its own rules
 * cost, however many others there are. Leads are looked up a few events late, so that several look-ups wait for memory
 * at a time. Hits are appended as they come, with the number of their lead, and are put in
 * order at the end: by counting over leads, and then within each lead, where there are few. The order is total, so that
 * sums of amounts come out the same in whatever order events are read. */
#include "analysis/score_events.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/score_points.h"
#include "base/memory.h"

void score_events_init(struct score_events *events, const struct score_rules *rules)
{
    *events = (struct score_events){.rules = rules, .latest = DAY_NONE};
    group_init(&events->leads, sizeof(struct score_lead_hits));
    group_init(&events->names, sizeof(struct score_asking));
}

void score_events_fini(struct score_events *events)
{
    group_fini(&events->leads);
    group_fini(&events->names);
    free(events->hits);
    free(events->lead_of);
    free(events->asking);
    *events = (struct score_events){0};
}

/* Whether a rule counts events of this name; of a name that no rule has: NULL. */
static bool counts_name(const struct score_rule *rule, const struct slice *name)
{
    for (size_t i = 0; name && i < rule->event_count; i++)
        if (slice_equal(rule->events[i], *name))
            return true;
    return rule->event_count == 0;
}

/* Appends the rules that count events of a name. */
static int list_rules(struct score_events *events, const struct slice *name, struct score_asking *asking)
{
    const struct score_rules *rules = events->rules;
    size_t first = events->asking_count;

    for (size_t i = 0; i < rules->rule_count; i++) {
        if (!score_is_over_events(&rules->rules[i]) || !counts_name(&rules->rules[i], name))
            continue;
        if (first >= UINT32_MAX || ARRAY_GROW(events->asking, events->asking_capacity, events->asking_count + 1))
            return -1;
        events->asking[events->asking_count++] = (uint32_t)i;
    }
    *asking = (struct score_asking){(uint32_t)first, (uint32_t)(events->asking_count - first)};
    return 0;
}

static int index_names(struct score_events *events)
{
    const struct score_rules *rules = events->rules;

    if (list_rules(events, NULL, &events->others))
        return -1;
    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct score_rule *rule = &rules->rules[i];
        for (size_t j = 0; score_is_over_events(rule) && j < rule->event_count; j++) {
            bool added;
            struct score_asking *asking = group_get(&events->names, rule->events[j], &added);
            if (!asking || (added && list_rules(events, &rule->events[j], asking)))
                return -1;
        }
    }
    events->indexed = true;
    return 0;
}

/* Whether a rule counts an event of a name that it asks for: 1, 0, or -1. *amount: its amount. */
static int is_counted(const struct score_rule *rule, struct expression_context *context,
                      struct expression_value *values, double *amount, struct error *err)
{
    struct expression_value value;

    *amount = 0;
    if (rule->where) {
        int met = expression_test(rule->where, context, values, err);
        if (met <= 0)
            return met;
    }
    bool needs_amount = rule->measure == SCORE_SUM || rule->measure == SCORE_LEAST || rule->measure == SCORE_MOST;
    if (rule->kind != SCORE_EVENTS || !needs_amount || !rule->amount)
        return 1;
    if (expression_value(rule->amount, context, values, &value, err))
        return -1;
    if (value.type == EXPRESSION_NULL || (value.type == EXPRESSION_STRING && value.text.len == 0))
        return 0;
    if (score_value_number(&value, amount, err))
        return -1;
    if (isnan(*amount)) /* a word for no value */
        return 0;
    return isfinite(*amount) ? 1 : error_set(err, STATUS_DATA, "the amount is not a finite number");
}

static int append(struct score_events *events, struct score_hit hit, struct error *err)
{
    size_t lead_capacity = events->capacity;

    if (ARRAY_GROW(events->lead_of, lead_capacity, events->count + 1) ||
        ARRAY_GROW(events->hits, events->capacity, events->count + 1))
        return error_memory(err);
    events->hits[events->count++] = hit;
    return 0;
}

/* Adds the hits of an event; whose they are is found out later. */
static int add_hits(struct score_events *events, struct score_asking asking, int32_t day,
                    struct expression_context *context, struct expression_value *values, struct error *err)
{
    for (uint32_t i = 0; i < asking.count; i++) {
        uint32_t number = events->asking[asking.first + i];
        const struct score_rule *rule = &events->rules->rules[number];
        double amount;
        int counted = is_counted(rule, context, values, &amount, err);
        if (counted < 0) {
            struct quote q;
            error_prefix(err, "rule '%s': ", quote_name(&q, rule->name));
            return -1;
        }
        if (counted && append(events, (struct score_hit){day, number, amount}, err))
            return -1;
    }
    return 0;
}

/* Gives hits first ... first + count - 1 to a lead. */
static int give_hits(struct score_events *events, struct slice key, uint64_t hash, size_t first, size_t count,
                     struct error *err)
{
    bool added;
    const void *lead = group_get_hashed(&events->leads, key, hash, &added);

    if (!lead)
        return error_memory(err);
    for (size_t i = first; i < first + count; i++)
        events->lead_of[i] = (uint32_t)group_index(lead);
    return 0;
}

/* Serves the one that waits; it goes on waiting when that fails. */
static int serve(struct score_events *events, struct score_waiting *waiting, struct error *err)
{
    struct slice key = {waiting->key, waiting->key_length};

    if (waiting->count && give_hits(events, key, waiting->hash, waiting->first, waiting->count, err))
        return -1;
    waiting->count = 0;
    return 0;
}

/* The hits from first on are those of the event of this key. */
static int put_hits(struct score_events *events, struct slice key, size_t first, struct error *err)
{
    struct score_waiting *waiting = &events->waiting[events->turn % SCORE_WAITING];
    const struct score_waiting *halfway = &events->waiting[(events->turn + SCORE_WAITING / 2) % SCORE_WAITING];
    uint64_t hash = group_hash(key);

    if (key.len > SCORE_WAITING_KEY)
        return give_hits(events, key, hash, first, events->count - first, err);
    if (serve(events, waiting, err))
        return -1;
    group_prefetch_slot(&events->leads, hash);
    if (halfway->count)
        group_prefetch_state(&events->leads, halfway->hash);
    waiting->hash = hash;
    waiting->first = first;
    waiting->count = events->count - first;
    waiting->key_length = key.len;
    memcpy(waiting->key, key.ptr, key.len);
    events->turn++;
    return 0;
}

int score_events_add(struct score_events *events, struct slice key, struct slice what, int32_t day,
                     struct expression_context *context, struct expression_value *values, struct error *err)
{
    size_t before = events->count;

    assert(!events->finished);
    if (!events->indexed && index_names(events))
        return error_memory(err);
    const struct score_asking *named = group_find(&events->names, what);
    int result = add_hits(events, named ? *named : events->others, day, context, values, err);
    expression_next(context);
    if (result == 0 && key.len == 0)
        events->count = before;
    else if (result == 0 && events->count > before)
        result = put_hits(events, key, before, err);
    if (result) {
        events->count = before;
        return -1;
    }
    events->added++;
    if (day > events->latest)
        events->latest = day;
    return 0;
}

static int compare_hits(const void *left, const void *right)
{
    const struct score_hit *a = left, *b = right;

    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    if (a->day != b->day)
        return a->day > b->day ? -1 : 1;
    return (a->amount > b->amount) - (a->amount < b->amount);
}

/* Few are put in their place one by one; of many, usually a lead that is no person, qsort takes care. */
static void order_hits(struct score_hit *hits, size_t count)
{
    if (count > 48) {
        qsort(hits, count, sizeof *hits, compare_hits);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct score_hit hit = hits[i];
        size_t at = i;
        for (; at > 0 && compare_hits(&hits[at - 1], &hit) > 0; at--)
            hits[at] = hits[at - 1];
        hits[at] = hit;
    }
}

/* Where the hits of each lead begin, in [1 + its number]; [0] is 0. */
static size_t *count_leads(const struct score_events *events)
{
    size_t leads = events->leads.count;
    size_t *first = memory_large_zeroed(leads + 2, sizeof *first);

    if (!first)
        return NULL;
    for (size_t i = 0; i < events->count; i++)
        first[events->lead_of[i] + 2]++;
    for (size_t i = 2; i < leads + 2; i++)
        first[i] += first[i - 1];
    return first;
}

int score_events_finish(struct score_events *events, struct error *err)
{
    for (size_t i = 0; i < SCORE_WAITING; i++)
        if (serve(events, &events->waiting[(events->turn + i) % SCORE_WAITING], err))
            return -1;
    size_t *first = count_leads(events);
    struct score_hit *ordered = memory_large(events->count ? events->count : 1, sizeof *ordered);
    if (!first || !ordered) {
        free(first);
        free(ordered);
        return error_memory(err);
    }
    /* first[i + 1] is where the next hit of lead i goes; when all are placed it is where those of lead i + 1 begin. */
    for (size_t i = 0; i < events->count; i++)
        ordered[first[events->lead_of[i] + 1]++] = events->hits[i];
    free(events->hits);
    free(events->lead_of);
    events->hits = ordered;
    events->lead_of = NULL;
    events->capacity = events->count;
    events->finished = true;
    for (size_t i = 0; i < events->leads.count; i++) {
        struct score_lead_hits *lead = group_state(&events->leads, i);
        *lead = (struct score_lead_hits){first[i], first[i + 1] - first[i]};
        order_hits(ordered + lead->first, lead->count);
    }
    free(first);
    return 0;
}

const struct score_hit *score_events_of(const struct score_events *events, struct slice key, size_t *count)
{
    const struct score_lead_hits *lead = key.len ? group_find(&events->leads, key) : NULL;

    *count = lead ? lead->count : 0;
    return *count ? events->hits + lead->first : NULL;
}
