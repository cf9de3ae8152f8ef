/* Cohorts, the full state: all rows in chunks, as they come, each with the number of its customer; and of each customer
 * its entry, which is the first of its starts, with the value of that row. */
#include "analysis/cohort_parts.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/memory.h"

void cohort_rows_fini(struct cohort_rows *rows)
{
    for (size_t i = 0; i < rows->chunk_count; i++)
        free(rows->chunks[i]);
    free(rows->chunks);
    group_fini(&rows->groups);
}

static int add_chunk(struct cohort_rows *rows)
{
    if (ARRAY_GROW(rows->chunks, rows->chunk_capacity, rows->chunk_count + 1))
        return -1;
    rows->chunks[rows->chunk_count] = memory_large(COHORT_CHUNK, rows->size);
    if (!rows->chunks[rows->chunk_count])
        return -1;
    rows->chunk_count++;
    return 0;
}

/* The order ids of a customer are told apart by 64 bits of their hashes; none has 0. */
static uint64_t order_hash(struct slice order, uint64_t seed)
{
    uint64_t hash = order.len ? XXH3_64bits_withSeed(order.ptr, order.len, seed) : 0;

    return order.len && hash == 0 ? 1 : hash;
}

/* Room for one more row, as the mark says, whose amount and order are still to be set. */
static struct cohort_mark *append(struct cohort_rows *rows, const struct cohort_mark *mark, struct error *err)
{
    if (rows->count >= UINT32_MAX - 1) {
        error_set(err, STATUS_DATA, "more than %u rows", UINT32_MAX - 1);
        return NULL;
    }
    if (rows->count == rows->chunk_count << COHORT_CHUNK_BITS && add_chunk(rows)) {
        error_memory(err);
        return NULL;
    }
    struct cohort_mark *added = cohort_row_at(rows, rows->count++);
    *added = *mark;
    return added;
}

/* A start that may be the customer's first. Of several at one moment the first row gives the group, the earliest day
 * the cohort. */
int cohort_rows_note_entry(struct cohort *cohort, struct cohort_entrant *entrant, const struct cohort_entrant *start,
                           struct slice group, struct error *err)
{
    bool added;

    if (entrant->started) {
        if (start->period > entrant->period || (start->period == entrant->period && start->time > entrant->time))
            return 0;
        if (start->period == entrant->period && start->time == entrant->time) {
            if (start->hour < entrant->hour)
                entrant->hour = start->hour;
            return 0;
        }
    }
    entrant->started = true;
    entrant->time = start->time;
    entrant->period = start->period;
    entrant->hour = start->hour;
    if (!cohort->rules.grouped)
        return 0;
    const void *state = group_get(&cohort->rows.groups, group, &added);
    if (!state)
        return error_memory(err);
    entrant->group = (uint32_t)group_index(state);
    return 0;
}

struct cohort_arrival cohort_rows_arrive(struct cohort *cohort, const struct cohort_row *row)
{
    const struct cohort_rules *rules = &cohort->rules;
    struct cohort_arrival arrival = {
        .time_and_scale = row->time * 32 + (rules->amounts ? row->amount.scale : 0),
        .hour = (uint32_t)((row->day - DAY_MIN) * 24 + row->hour) | (row->starts ? COHORT_STARTS : 0) |
                (row->returns ? COHORT_RETURNS : 0),
    };

    cohort_note(cohort, rules->window == COHORT_CALENDAR ? cohort_row_period(cohort, row->day, row->hour) : row->time,
                row->starts);
    if (rules->amounts) {
        arrival.extra[0] = row->amount.units;
        if (row->amount.scale > cohort->rows.scale)
            cohort->rows.scale = row->amount.scale;
    }
    if (rules->order_ids)
        arrival.extra[rules->amounts] = (int64_t)order_hash(row->order, cohort->rows.seed);
    return arrival;
}

int cohort_rows_put(struct cohort *cohort, struct cohort_entrant *entrant, const struct cohort_arrival *arrival,
                    struct slice group, struct error *err)
{
    const struct cohort_mark mark = {
        .time_and_scale = arrival->time_and_scale,
        .customer = (uint32_t)group_index(entrant),
        .hour = arrival->hour,
    };

    if (arrival->hour & COHORT_STARTS) {
        uint32_t hour = arrival->hour & COHORT_HOUR_BITS;
        struct cohort_entrant start = {.time = cohort_mark_time(&mark), .hour = hour};
        if (cohort->rules.window == COHORT_CALENDAR)
            start.period = cohort_row_period(cohort, (int32_t)(hour / 24) + DAY_MIN, (int32_t)(hour % 24));
        if (cohort_rows_note_entry(cohort, entrant, &start, group, err))
            return -1;
    }
    entrant->rows++;
    struct cohort_mark *added = append(&cohort->rows, &mark, err);
    if (!added)
        return -1;
    memcpy(added->extra, arrival->extra, cohort->rows.size - sizeof *added);
    return 0;
}

static int add_row(struct cohort *cohort, const struct cohort_row *row, struct error *err)
{
    bool is_new;
    struct cohort_entrant *entrant = group_get_hashed(&cohort->customers, row->customer, row->hash, &is_new);

    if (!entrant)
        return error_memory(err);
    if (!row->starts && !row->returns)
        return 0;
    struct cohort_arrival arrival = cohort_rows_arrive(cohort, row);
    return cohort_rows_put(cohort, entrant, &arrival, row->group, err);
}

int cohort_rows_add(struct cohort *cohort, const struct cohort_row *rows, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (add_row(cohort, &rows[i], err))
            return -1;
    return 0;
}

static int merge_customers(struct cohort *into, const struct cohort *from, uint32_t *numbers, struct error *err)
{
    for (size_t i = 0; i < from->customers.count; i++) {
        const struct cohort_entrant *source = group_state(&from->customers, i);
        bool added;
        struct cohort_entrant *entrant = group_get(&into->customers, group_key(&from->customers, i), &added);
        if (!entrant)
            return error_memory(err);
        numbers[i] = (uint32_t)group_index(entrant);
        entrant->rows += source->rows;
        struct slice group = {"", 0};
        if (into->rules.grouped && source->started)
            group = group_key(&from->rows.groups, source->group);
        if (source->started && cohort_rows_note_entry(into, entrant, source, group, err))
            return -1;
    }
    return 0;
}

static int merge_rows(struct cohort *into, const struct cohort *from, const uint32_t *numbers, struct error *err)
{
    size_t extra = from->rows.size - sizeof(struct cohort_mark);

    if (from->rows.scale > into->rows.scale)
        into->rows.scale = from->rows.scale;
    for (uint32_t i = 0; i < from->rows.count; i++) {
        const struct cohort_mark *mark = cohort_row_at(&from->rows, i);
        struct cohort_mark *added = append(&into->rows, mark, err);
        if (!added)
            return -1;
        added->customer = numbers[mark->customer];
        memcpy(added->extra, mark->extra, extra);
    }
    return 0;
}

int cohort_rows_merge(struct cohort *into, const struct cohort *from, struct error *err)
{
    size_t count = from->customers.count;
    uint32_t *numbers = malloc((count ? count : 1) * sizeof *numbers); /* of from's customers, in into */

    if (!numbers)
        return error_memory(err);
    int result = merge_customers(into, from, numbers, err);
    if (result == 0)
        result = merge_rows(into, from, numbers, err);
    free(numbers);
    return result;
}
