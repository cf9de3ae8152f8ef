/* Cohorts: the state, of one of two kinds: bits of calendar periods (cohort_bits.c) where they suffice, else all rows
 * (cohort_rows.c). Both know the first start and the last row of all, which bounds the ages there can be. */
#include "analysis/cohort_parts.h"

#include <stdlib.h>

bool cohort_is_compact(const struct cohort_rules *rules, enum cohort_measure measure)
{
    if (rules->window != COHORT_CALENDAR || rules->grouped || rules->amounts || rules->orders || rules->order_ids)
        return false;
    switch (measure) {
    case COHORT_RETENTION:
    case COHORT_CUSTOMERS:
    case COHORT_CHURN:
    case COHORT_WINBACKS:
    case COHORT_SURVIVAL:
        return cohort_periods_nest(rules);
    case COHORT_REVENUE:
    case COHORT_ORDERS:
    case COHORT_LTV:
    case COHORT_ARPU:
    case COHORT_REVENUE_CHURN:
        break;
    }
    return false;
}

int cohort_new(struct cohort **cohort, const struct cohort_rules *rules, enum cohort_measure measure, struct error *err)
{
    struct cohort *new = calloc(1, sizeof *new);

    *cohort = new;
    if (!new)
        return error_memory(err);
    new->rules = *rules;
    new->measure = measure;
    new->compact = cohort_is_compact(rules, measure);
    new->first_start = INT64_MAX;
    new->latest = INT64_MIN;
    for (size_t i = 0; i < COHORT_DAYS; i++)
        new->days[i].day = DAY_NONE;
    group_init(&new->customers, new->compact ? sizeof(struct cohort_member) : sizeof(struct cohort_entrant));
    group_init(&new->bits.words, sizeof(struct cohort_word));
    group_init(&new->rows.groups, 0);
    new->rows.seed = group_seed();
    new->rows.size = sizeof(struct cohort_mark) + (rules->amounts + (size_t)rules->order_ids) * sizeof(int64_t);
    return 0;
}

void cohort_fix_hashes(struct cohort *cohort)
{
    cohort->rows.seed = COHORT_FIXED_SEED;
}

void cohort_free(struct cohort *cohort)
{
    if (!cohort)
        return;
    group_fini(&cohort->customers);
    group_fini(&cohort->bits.words);
    cohort_rows_fini(&cohort->rows);
    spill_free(cohort->spill);
    free(cohort->places);
    free(cohort);
}

int32_t cohort_row_period(struct cohort *cohort, int32_t day, int32_t hour)
{
    struct cohort_day *known = &cohort->days[(uint32_t)day % COHORT_DAYS];

    if (cohort->rules.period == COHORT_HOUR)
        return cohort_period_of(&cohort->rules, COHORT_HOUR, day, hour);
    if (known->day != day)
        *known = (struct cohort_day){day, cohort_period_of(&cohort->rules, cohort->rules.period, day, 0)};
    return known->period;
}

void cohort_prefetch(const struct cohort *cohort, const struct cohort_row *row)
{
    group_prefetch_slot(&cohort->customers, row->hash);
}

int cohort_add(struct cohort *cohort, const struct cohort_row *rows, size_t count, struct error *err)
{
    if (cohort->limit && cohort_spill_check(cohort, count, err))
        return -1;
    cohort->row_count += count;
    if (cohort->spill && !cohort->compact)
        return cohort_spill_rows(cohort, rows, count, err);
    for (size_t i = 0; i < count; i++)
        group_prefetch_state(&cohort->customers, rows[i].hash);
    return cohort->compact ? cohort_bits_add(cohort, rows, count, err) : cohort_rows_add(cohort, rows, count, err);
}

int cohort_merge(struct cohort *into, const struct cohort *from, struct error *err)
{
    if (from->latest > into->latest)
        into->latest = from->latest;
    if (from->first_start < into->first_start)
        into->first_start = from->first_start;
    return into->compact ? cohort_bits_merge(into, from, err) : cohort_rows_merge(into, from, err);
}
