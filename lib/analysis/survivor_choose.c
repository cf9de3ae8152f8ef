/* One cluster: its records in order, then column by column, groups as one. */
#include <stdlib.h>
#include <string.h>

#include "analysis/survivor_state.h"
#include "base/memory.h"

int survivor_work_new(struct survivor_work **work, const struct survivor_plan *plan, const struct kept *kept,
                      struct error *err)
{
    *work = calloc(1, sizeof **work);
    if (!*work)
        return error_memory(err);
    (*work)->plan = plan;
    (*work)->kept = kept;
    arena_init(&(*work)->arena);
    return 0;
}

void survivor_work_free(struct survivor_work *work)
{
    if (!work)
        return;
    arena_fini(&work->arena);
    tally_fini(&work->tally);
    free(work->fields);
    free(work->order);
    free(work->filled);
    free(work->when);
    free(work);
}

/* Below 0 when the first position comes before the second. */
static int compare_records(const void *first, const void *second, void *context)
{
    const struct survivor_work *work = context;
    const size_t a = *(const size_t *)first;
    const size_t b = *(const size_t *)second;

    if (work->filled[a] != work->filled[b])
        return work->filled[a] > work->filled[b] ? -1 : 1;
    int recent = survivor_mark_compare(&work->when[b], &work->when[a]);
    return recent ? recent : a < b ? -1 : 1;
}

static void sort_records(struct survivor_work *work)
{
    for (size_t i = 0; i < work->count; i++)
        work->order[i] = i;
    if (work->count > 16) {
        qsort_r(work->order, work->count, sizeof *work->order, compare_records, work);
        return;
    }
    for (size_t i = 1; i < work->count; i++) {
        size_t moved = work->order[i];
        size_t at = i;
        for (; at && compare_records(&moved, &work->order[at - 1], work) < 0; at--)
            work->order[at] = work->order[at - 1];
        work->order[at] = moved;
    }
}

static int load(struct survivor_work *work, const size_t *rows, size_t count, const double *weights, struct error *err)
{
    const struct survivor_plan *plan = work->plan;

    if (plan->count && count > SIZE_MAX / plan->count / sizeof *work->fields)
        return error_memory(err);
    if (ARRAY_GROW(work->fields, work->field_capacity, count * plan->count + 1) ||
        ARRAY_GROW(work->order, work->order_capacity, count) ||
        ARRAY_GROW(work->filled, work->filled_capacity, count) || ARRAY_GROW(work->when, work->when_capacity, count))
        return error_memory(err);
    arena_reset(&work->arena);
    work->rows = rows;
    work->count = count;
    work->weights = weights;
    for (size_t i = 0; i < count; i++) {
        struct field *fields = &work->fields[i * plan->count];
        kept_fields(work->kept, rows[i], fields);
        work->filled[i] = 0;
        for (size_t column = 0; column < plan->count; column++)
            work->filled[i] += survivor_filled(&fields[column]);
        work->when[i] = (struct survivor_mark){0};
        if (plan->recent != COLUMN_ABSENT && survivor_filled(&fields[plan->recent]))
            work->when[i] = survivor_mark_date(fields[plan->recent].text, plan->recent_style);
    }
    sort_records(work);
    return 0;
}

/* The value of the column is that of the record at this position, which may be empty. */
static int take(struct survivor_work *work, size_t column, size_t position, struct field *out,
                struct survivor_choice *why, struct error *err)
{
    if (survivor_tally(work, column, err))
        return -1;
    bool filled = position != COLUMN_ABSENT && survivor_filled(survivor_field(work, position, column));
    *why = (struct survivor_choice){.row = filled ? work->rows[position] : SURVIVOR_MANY,
                                    .rule = work->plan->columns[work->plan->columns[column].leader].rule,
                                    .distinct = (uint32_t)work->tally.count,
                                    .dropped = (uint32_t)work->tally.count - filled};
    *out = *survivor_field(work, position == COLUMN_ABSENT ? work->order[0] : position, column);
    return 0;
}

/* The only filled position, COLUMN_ABSENT when there are none or several with more than one value; byte for byte. */
static size_t only_value(const struct survivor_work *work, size_t column)
{
    size_t only = COLUMN_ABSENT;

    for (size_t i = 0; i < work->count; i++) {
        const struct field *field = survivor_field(work, work->order[i], column);
        if (!survivor_filled(field))
            continue;
        if (only == COLUMN_ABSENT)
            only = work->order[i];
        else if (!slice_equal(survivor_field(work, only, column)->text, field->text))
            return COLUMN_ABSENT;
    }
    return only;
}

static size_t count_filled(const struct survivor_work *work, size_t column)
{
    size_t count = 0;

    for (size_t i = 0; i < work->count; i++)
        count += survivor_filled(survivor_field(work, i, column));
    return count;
}

/* The rules that make a value of several. */
static int combine(struct survivor_work *work, size_t column, struct field *out, struct survivor_choice *why,
                   struct error *err)
{
    const enum survivor_rule rule = work->plan->columns[column].rule;
    size_t only = only_value(work, column);
    size_t elements = 0;
    size_t filled = count_filled(work, column);

    if (filled == 0 || filled == 1 || (only != COLUMN_ABSENT && rule != SURVIVOR_SUM))
        return take(work, column, only, out, why, err);
    if (take(work, column, COLUMN_ABSENT, out, why, err))
        return -1;
    why->dropped = 0;
    switch (rule) {
    case SURVIVOR_SUM:
        return survivor_sum(work, column, out, err);
    case SURVIVOR_UNION:
        if (survivor_union(work, column, out, &elements, err))
            return -1;
        why->distinct = (uint32_t)elements;
        return 0;
    case SURVIVOR_CONCAT:
        return survivor_concat(work, column, out, err);
    default: /* unanimous */
        if (why->distinct == 1)
            return take(work, column, work->tally.values[0].position, out, why, err);
        why->dropped = why->distinct;
        *out = (struct field){{"", 0}, FIELD_NULL};
        return 0;
    }
}

static int choose_column(struct survivor_work *work, size_t column, struct field *out, struct survivor_choice *why,
                         struct error *err)
{
    const enum survivor_rule rule = work->plan->columns[column].rule;
    size_t position;

    if (!survivor_rule_picks(rule))
        return combine(work, column, out, why, err);
    return survivor_pick(work, column, rule, &position, err) || take(work, column, position, out, why, err) ? -1 : 0;
}

/* Of the records that have the column, the one with the most columns of the group, so that an address is as whole as
 * it can be. */
static size_t most_of_group(const struct survivor_work *work, const struct survivor_group *group, size_t column)
{
    size_t best = COLUMN_ABSENT;
    size_t most = 0;

    for (size_t i = 0; i < work->count; i++) {
        size_t filled = 0;
        if (!survivor_filled(survivor_field(work, work->order[i], column)))
            continue;
        for (size_t j = 0; j < group->count; j++)
            filled += survivor_filled(survivor_field(work, work->order[i], group->columns[j]));
        if (filled > most) {
            most = filled;
            best = work->order[i];
        }
    }
    return best;
}

/* Whether two records say the same of a group as far as both say something, and both say something. */
static bool agree(const struct survivor_work *work, const struct survivor_group *group, size_t a, size_t b)
{
    bool common = false;

    for (size_t i = 0; i < group->count; i++) {
        const struct field *one = survivor_field(work, a, group->columns[i]);
        const struct field *other = survivor_field(work, b, group->columns[i]);
        if (!survivor_filled(one) || !survivor_filled(other))
            continue;
        if (!tally_equal(work->plan->columns[group->columns[i]].equality, one->text, other->text))
            return false;
        common = true;
    }
    return common;
}

/* Where a column of the group is taken from: the group's record, or if that has none, the first that agrees with it in
 * all else. */
static size_t group_source(const struct survivor_work *work, const struct survivor_group *group, size_t column,
                           size_t winner)
{
    if (survivor_filled(survivor_field(work, winner, column)))
        return winner;
    for (size_t i = 0; i < work->count; i++)
        if (survivor_filled(survivor_field(work, work->order[i], column)) && agree(work, group, winner, work->order[i]))
            return work->order[i];
    return winner;
}

static int choose_group(struct survivor_work *work, const struct survivor_group *group, struct field *out,
                        struct survivor_choice *why, struct error *err)
{
    const enum survivor_rule rule = work->plan->columns[group->columns[0]].rule;
    size_t winner = COLUMN_ABSENT;

    for (size_t i = 0; i < group->count && winner == COLUMN_ABSENT; i++) {
        if (rule == SURVIVOR_MOST_COMPLETE)
            winner = most_of_group(work, group, group->columns[i]);
        else if (survivor_pick(work, group->columns[i], rule, &winner, err))
            return -1;
    }
    for (size_t i = 0; i < group->count; i++) {
        size_t column = group->columns[i];
        size_t source = winner == COLUMN_ABSENT ? COLUMN_ABSENT : group_source(work, group, column, winner);
        if (take(work, column, source, &out[column], &why[column], err))
            return -1;
    }
    return 0;
}

static void choose_alone(struct survivor_work *work, size_t row, struct field *out, struct survivor_choice *why)
{
    kept_fields(work->kept, row, out);
    for (size_t i = 0; i < work->plan->count; i++) {
        bool filled = survivor_filled(&out[i]);
        why[i] = (struct survivor_choice){.row = filled ? row : SURVIVOR_MANY,
                                          .rule = work->plan->columns[work->plan->columns[i].leader].rule,
                                          .distinct = filled};
    }
}

int survivor_choose(struct survivor_work *work, const size_t *rows, size_t count, const double *weights,
                    struct field *out, struct survivor_choice *why, struct error *err)
{
    const struct survivor_plan *plan = work->plan;

    if (count == 1) {
        work->count = 0;
        choose_alone(work, rows[0], out, why);
        return 0;
    }
    if (load(work, rows, count, weights, err))
        return -1;
    for (size_t i = 0; i < plan->group_count; i++)
        if (plan->groups[i].count > 1 && choose_group(work, &plan->groups[i], out, why, err))
            return -1;
    for (size_t i = 0; i < plan->count; i++)
        if (!plan->columns[i].grouped && choose_column(work, i, &out[i], &why[i], err))
            return -1;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].overflow != COLUMN_ABSENT &&
            survivor_overflow(work, i, plan->columns[i].overflow, out, why, err))
            return -1;
    return 0;
}
