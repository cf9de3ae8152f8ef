/* Cohorts: the table at the end. How many ages there can be is known from the first start of all; then every customer's
 * lives go into the tally once, and the lines that came of it are named and put in order. */
#include "analysis/cohort_parts.h"

#include <stdlib.h>

#include "value/date_parts.h"

/* The analysis date, as ages need it. */
static void set_end(struct cohort_tally *tally, int64_t end, int32_t last_day)
{
    const struct cohort_rules *rules = &tally->cohort->rules;
    int32_t next = cohort_period_of(rules, rules->period, last_day + 1, 0);

    tally->end = end;
    tally->begun = cohort_period_of(rules, rules->period, last_day, 23);
    tally->complete = next > tally->begun ? tally->begun : tally->begun - 1;
}

/* The number of slots that can have begun, within the limit. */
static size_t most_columns(const struct cohort_tally *tally)
{
    const struct cohort *cohort = tally->cohort;
    const struct cohort_rules *rules = &cohort->rules;
    int64_t ages;

    if (cohort->first_start == INT64_MAX)
        return 0;
    if (rules->window == COHORT_CALENDAR) {
        int64_t last = cohort->latest > tally->begun ? cohort->latest : tally->begun;
        ages = last - cohort->first_start;
    } else {
        int64_t last = cohort->latest > tally->end - 1 ? cohort->latest : tally->end - 1;
        ages = floor_divide(last - cohort->first_start, cohort_period_length(rules->period));
    }
    if (rules->ages > 0 && ages >= rules->ages)
        ages = rules->ages - 1;
    return (size_t)(cohort_slot_begun(rules, ages) + 1);
}

static int compare_lines(const void *a, const void *b)
{
    const struct cohort_line *left = a;
    const struct cohort_line *right = b;

    return left->index < right->index ? -1 : left->index > right->index;
}

static int compare_places(const void *a, const void *b)
{
    const struct cohort_line *left = a;
    const struct cohort_line *right = b;

    return left->place < right->place ? -1 : left->place > right->place;
}

/* Until here a line's index is what its customers have in common: the period, the group, the quantile. */
static int name_lines(struct cohort_table *table, const struct cohort *cohort, const struct cohort_range *ranges,
                      struct error *err)
{
    bool by_place = cohort->rules.grouped && !cohort->rules.quantiles;

    if (table->count > 1)
        qsort(table->lines, table->count, sizeof *table->lines, by_place ? compare_places : compare_lines);
    for (size_t i = 0; cohort->rules.grouped && i < table->count; i++) {
        struct cohort_line *line = &table->lines[i];
        int32_t index = line->index;
        line->index = 0;
        if (!cohort->rules.quantiles) {
            struct slice text = group_key(&cohort->rows.groups, (size_t)index);
            line->name = (struct slice){arena_copy(&table->arena, text), text.len};
            if (!line->name.ptr)
                return error_memory(err);
        } else if (index < (int32_t)cohort->rules.quantiles &&
                   cohort_quantile_name(&ranges[index], index, &table->arena, &line->name, err)) {
            return -1;
        }
    }
    return 0;
}

static int walk_part(void *context, const struct cohort *part, struct error *err)
{
    struct cohort_tally *tally = context;
    const struct cohort *whole = tally->cohort;

    tally->cohort = part;
    tally->table->customers += part->customers.count;
    int result = part->compact ? cohort_bits_walk(tally, err) : cohort_rows_walk(tally, err);
    tally->cohort = whole;
    return result;
}

static int fill(struct cohort_tally *tally, struct cohort *cohort, double z, struct error *err)
{
    return cohort_visit_parts(cohort, walk_part, tally, err) || cohort_tally_finish(tally, z, err) ? -1 : 0;
}

static int fill_quantiles(struct cohort_tally *tally, struct cohort *cohort, double z, struct error *err)
{
    int32_t *quantile_of = NULL;
    struct cohort_range *ranges = calloc(cohort->rules.quantiles, sizeof *ranges);
    int result = -1;

    if (!ranges) {
        error_memory(err);
    } else if (cohort_quantiles(cohort, &quantile_of, ranges, err) == 0) {
        tally->quantile_of = quantile_of;
        result = fill(tally, cohort, z, err) || name_lines(tally->table, cohort, ranges, err) ? -1 : 0;
    }
    free(quantile_of);
    free(ranges);
    return result;
}

int cohort_table_init(struct cohort_table *table, struct cohort *cohort, int64_t end, int32_t last_day, double z,
                      struct error *err)
{
    struct cohort_tally tally;
    int result;

    *table = (struct cohort_table){.kind = cohort->rules.kind, .scale = cohort->rows.scale};
    arena_init(&table->arena);
    cohort_tally_init(&tally, cohort, table);
    set_end(&tally, end, last_day);
    tally.columns = most_columns(&tally);
    if (tally.columns > COHORT_AGES)
        result = error_set(err, STATUS_DATA,
                           "%zu ages from the first entry to the last day: a date far off? --ages limits them",
                           tally.columns);
    else if (cohort->rules.grouped && cohort->rules.quantiles)
        result = fill_quantiles(&tally, cohort, z, err);
    else
        result = fill(&tally, cohort, z, err) || name_lines(table, cohort, NULL, err) ? -1 : 0;
    cohort_tally_fini(&tally);
    if (result)
        cohort_table_fini(table);
    return result;
}

void cohort_table_fini(struct cohort_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free(table->lines[i].cells);
        free(table->lines[i].money);
    }
    free(table->lines);
    free(table->all);
    arena_fini(&table->arena);
    *table = (struct cohort_table){0};
}
