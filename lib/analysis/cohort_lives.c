/* Cohorts, the full state at the end: rows are counted out by customer, and each customer's become lives.
 *
 * For each entry the customer's rows get their ages, are put in order of slot and order id, and what shares a slot is
 * added up: distinct orders then stand together, and the order of the input makes no difference. */
#include "analysis/cohort_parts.h"

#include <stdlib.h>

#include "base/memory.h"
#include "value/date_parts.h"

enum { AHEAD = 4 }; /* customers whose rows, which lie all over memory, are asked for before they are wanted */

/* A row of the customer at hand. */
struct item {
    int64_t time;
    uint64_t order;
    struct decimal amount;
    int32_t period; /* in calendar windows */
    int32_t slot;   /* for the entry at hand */
    uint32_t hour;  /* and flags */
};

struct start {
    int64_t time;
    int32_t period;
    uint32_t hour; /* without flags */
};

struct walk {
    struct cohort_tally *tally;
    uint32_t *begin; /* of each customer in `order`, and the end of the last; owned, as are the others */
    uint32_t *order; /* numbers of rows, customer by customer */
    struct item *items, *placed;
    size_t count, capacity, placed_count, placed_capacity;
    struct start *starts;
    size_t start_count, start_capacity;
    struct cohort_spot *spots;
    size_t spot_count, spot_capacity;
    int32_t *slots;
    size_t slot_count, slot_capacity;
};

int cohort_rows_arrange(const struct cohort *cohort, uint32_t **begin, uint32_t **order)
{
    size_t customers = cohort->customers.count;
    uint32_t sum = 0;

    *begin = memory_large(customers + 1, sizeof **begin);
    *order = memory_large((size_t)cohort->rows.count + 1, sizeof **order);
    if (!*begin || !*order)
        return -1;
    for (size_t i = 0; i < customers; i++) {
        const struct cohort_entrant *entrant = group_state(&cohort->customers, i);
        (*begin)[i] = sum;
        sum += entrant->rows;
    }
    for (uint32_t i = 0; i < cohort->rows.count; i++)
        (*order)[(*begin)[cohort_row_at(&cohort->rows, i)->customer]++] = i;
    for (size_t i = customers; i > 0; i--) /* each now stands where the next begins */
        (*begin)[i] = (*begin)[i - 1];
    (*begin)[0] = 0;
    return 0;
}

static int32_t day_of(uint32_t hour)
{
    return (int32_t)((hour & COHORT_HOUR_BITS) / 24) + DAY_MIN;
}

static void prefetch(const struct walk *walk, size_t customer)
{
    const struct cohort *cohort = walk->tally->cohort;

    if (customer >= cohort->customers.count)
        return;
    for (uint32_t i = walk->begin[customer]; i < walk->begin[customer + 1]; i++)
        __builtin_prefetch(cohort_row_at(&cohort->rows, walk->order[i]));
}

static int gather(struct walk *walk, size_t customer)
{
    const struct cohort *cohort = walk->tally->cohort;
    bool calendar = cohort->rules.window == COHORT_CALENDAR;

    walk->count = walk->begin[customer + 1] - walk->begin[customer];
    if (ARRAY_GROW(walk->items, walk->capacity, walk->count))
        return -1;
    for (size_t i = 0; i < walk->count; i++) {
        const struct cohort_mark *mark = cohort_row_at(&cohort->rows, walk->order[walk->begin[customer] + i]);
        struct item *item = &walk->items[i];
        *item = (struct item){.time = cohort_mark_time(mark), .hour = mark->hour};
        if (calendar)
            item->period = cohort_period_of(&cohort->rules, cohort->rules.period, day_of(mark->hour),
                                            (int32_t)((mark->hour & COHORT_HOUR_BITS) % 24));
        if (cohort->rules.amounts)
            item->amount = (struct decimal){mark->extra[0], cohort_mark_scale(mark)};
        if (cohort->rules.order_ids)
            item->order = (uint64_t)mark->extra[cohort->rules.amounts];
    }
    return 0;
}

static int compare_starts(const void *a, const void *b)
{
    const struct start *left = a;
    const struct start *right = b;

    if (left->period != right->period)
        return left->period < right->period ? -1 : 1;
    if (left->time != right->time)
        return left->time < right->time ? -1 : 1;
    return left->hour < right->hour ? -1 : left->hour > right->hour;
}

/* Every period with a start, each by its first. */
static int collect_starts(struct walk *walk)
{
    size_t kept = 0;

    walk->start_count = 0;
    if (ARRAY_GROW(walk->starts, walk->start_capacity, walk->count))
        return -1;
    for (size_t i = 0; i < walk->count; i++)
        if (walk->items[i].hour & COHORT_STARTS)
            walk->starts[walk->start_count++] =
                (struct start){walk->items[i].time, walk->items[i].period, walk->items[i].hour & COHORT_HOUR_BITS};
    qsort(walk->starts, walk->start_count, sizeof *walk->starts, compare_starts);
    for (size_t i = 0; i < walk->start_count; i++)
        if (kept == 0 || walk->starts[kept - 1].period != walk->starts[i].period)
            walk->starts[kept++] = walk->starts[i];
    walk->start_count = kept;
    return 0;
}

static int64_t age_of(const struct cohort_rules *rules, const struct start *entry, const struct item *item)
{
    if (rules->window == COHORT_CALENDAR)
        return (int64_t)item->period - entry->period;
    return floor_divide(item->time - entry->time, cohort_period_length(rules->period));
}

static int compare_items(const void *a, const void *b)
{
    const struct item *left = a;
    const struct item *right = b;

    if (left->slot != right->slot)
        return left->slot < right->slot ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

/* Places what has a slot, in order; the last age with a row. */
static int place(struct walk *walk, const struct start *entry, int64_t *last)
{
    const struct cohort_rules *rules = &walk->tally->cohort->rules;
    bool sorted = true;

    walk->placed_count = 0;
    *last = 0;
    if (ARRAY_GROW(walk->placed, walk->placed_capacity, walk->count))
        return -1;
    for (size_t i = 0; i < walk->count; i++) {
        int64_t age = age_of(rules, entry, &walk->items[i]);
        int32_t slot = age < 0 ? -1 : cohort_slot(rules, age);
        if (age > *last)
            *last = age;
        if (slot < 0)
            continue;
        struct item *item = &walk->placed[walk->placed_count++];
        *item = walk->items[i];
        item->slot = slot;
        sorted = sorted && (walk->placed_count == 1 || compare_items(item - 1, item) <= 0);
    }
    if (!sorted)
        qsort(walk->placed, walk->placed_count, sizeof *walk->placed, compare_items);
    return 0;
}

/* Adds up what shares a slot; the entry itself is active at age 0. */
static int sum_up(struct walk *walk)
{
    const struct cohort_rules *rules = &walk->tally->cohort->rules;
    int32_t entry_slot = cohort_slot(rules, 0);
    struct cohort_spot *spot = NULL;
    uint64_t counted = 0; /* the order that was counted last in this slot; 0: none with an id */

    walk->spot_count = 0;
    if (ARRAY_GROW(walk->spots, walk->spot_capacity, walk->placed_count))
        return -1;
    for (size_t i = 0; i < walk->placed_count; i++) {
        const struct item *item = &walk->placed[i];
        bool returns = (item->hour & COHORT_RETURNS) != 0;
        if (!spot || spot->slot != item->slot) {
            counted = 0;
            spot = &walk->spots[walk->spot_count++];
            *spot = (struct cohort_spot){.slot = item->slot, .active = item->slot == entry_slot};
        }
        spot->active = spot->active || returns;
        if (rules->orders && returns && (item->order == 0 || item->order != counted)) {
            spot->orders++;
            counted = item->order;
        }
        if (rules->amounts && !decimal_sum_add(&spot->revenue, item->amount))
            return 1;
    }
    return 0;
}

static int too_large(const struct walk *walk, size_t customer, struct error *err)
{
    struct quote q;

    return error_set(err, STATUS_DATA, "the amounts of customer '%s' are too large to be summed",
                     quote(&q, group_key(&walk->tally->cohort->customers, customer)));
}

static int list_slots(struct walk *walk)
{
    walk->slot_count = 0;
    if (ARRAY_GROW(walk->slots, walk->slot_capacity, walk->spot_count))
        return -1;
    for (size_t i = 0; i < walk->spot_count; i++)
        if (walk->spots[i].active)
            walk->slots[walk->slot_count++] = walk->spots[i].slot;
    return 0;
}

static int32_t cohort_of(const struct walk *walk, const struct cohort_entrant *entrant, const struct start *entry)
{
    const struct cohort_rules *rules = &walk->tally->cohort->rules;

    if (rules->grouped)
        return walk->tally->quantile_of ? walk->tally->quantile_of[entrant->group] : (int32_t)entrant->group;
    return cohort_period_of(rules, rules->cohort_period, day_of(entry->hour), (int32_t)(entry->hour % 24));
}

static void set_ages(const struct cohort_tally *tally, const struct start *entry, int64_t last,
                     struct cohort_life *life)
{
    const struct cohort_rules *rules = &tally->cohort->rules;
    int64_t begun = (int64_t)tally->begun - entry->period;
    int64_t complete = (int64_t)tally->complete - entry->period;

    if (rules->window == COHORT_ROLLING) {
        int64_t length = cohort_period_length(rules->period);
        begun = floor_divide(tally->end - 1 - entry->time, length);
        complete = floor_divide(tally->end - entry->time, length) - 1;
    }
    life->begun = cohort_slot_begun(rules, begun > last ? begun : last);
    life->complete = cohort_slot_complete(rules, complete);
}

static int add_life(struct walk *walk, size_t customer, const struct start *entry, struct error *err)
{
    const struct cohort_rules *rules = &walk->tally->cohort->rules;
    struct cohort_life life = {0};
    int64_t last;

    if (place(walk, entry, &last))
        return error_memory(err);
    int result = sum_up(walk);
    if (result > 0)
        return too_large(walk, customer, err);
    if (result < 0 || list_slots(walk))
        return error_memory(err);
    set_ages(walk->tally, entry, last, &life);
    life.cohort = cohort_of(walk, group_state(&walk->tally->cohort->customers, customer), entry);
    life.place = walk->tally->cohort->places ? walk->tally->cohort->places[customer] : customer;
    life.slots = walk->slots;
    life.count = walk->slot_count;
    life.spots = walk->spots;
    life.spot_count = rules->amounts || rules->orders ? walk->spot_count : 0;
    return cohort_tally_add(walk->tally, &life, err);
}

static int add_lives(struct walk *walk, size_t customer, struct error *err)
{
    const struct cohort *cohort = walk->tally->cohort;
    const struct cohort_entrant *entrant = group_state(&cohort->customers, customer);

    if (!entrant->started) {
        walk->tally->table->never_started++;
        return 0;
    }
    if (gather(walk, customer))
        return error_memory(err);
    if (!cohort->rules.recurring) {
        struct start entry = {entrant->time, entrant->period, entrant->hour};
        return add_life(walk, customer, &entry, err);
    }
    if (collect_starts(walk))
        return error_memory(err);
    for (size_t i = 0; i < walk->start_count; i++)
        if (add_life(walk, customer, &walk->starts[i], err))
            return -1;
    return 0;
}

int cohort_rows_walk(struct cohort_tally *tally, struct error *err)
{
    struct walk walk = {.tally = tally};
    int result = cohort_rows_arrange(tally->cohort, &walk.begin, &walk.order) ? error_memory(err) : 0;

    for (size_t i = 0; i < tally->cohort->customers.count && result == 0; i++) {
        prefetch(&walk, i + AHEAD);
        result = add_lives(&walk, i, err);
    }
    free(walk.begin);
    free(walk.order);
    free(walk.items);
    free(walk.placed);
    free(walk.starts);
    free(walk.spots);
    free(walk.slots);
    return result;
}
