/* Cohorts by a number of the entry: the distinct values in order, each with how many customers have it; how many lie
 * below it decides its quantile. */
#include "analysis/cohort_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

struct value {
    struct decimal number;
    size_t group;
    uint64_t customers;
};

static int compare_values(const void *a, const void *b)
{
    const struct value *left = a;
    const struct value *right = b;

    return decimal_compare(left->number.units, left->number.scale, right->number.units, right->number.scale);
}

static bool value_of(const struct cohort *cohort, size_t group, struct decimal *number)
{
    return decimal_parse(group_key(&cohort->rows.groups, group), number) == DECIMAL_OK;
}

struct values {
    struct value *items; /* owned; the group's number is its place */
    size_t count, capacity;
};

/* Customers in each group. */
static int count_customers(void *context, const struct cohort *part, struct error *err)
{
    struct values *values = context;
    size_t groups = part->rows.groups.count;

    if (ARRAY_GROW(values->items, values->capacity, groups))
        return error_memory(err);
    for (; values->count < groups; values->count++)
        values->items[values->count] = (struct value){.group = values->count};
    for (size_t i = 0; i < part->customers.count; i++) {
        const struct cohort_entrant *entrant = group_state(&part->customers, i);
        if (entrant->started)
            values->items[entrant->group].customers++;
    }
    return 0;
}

/* Puts the values that are numbers in order, and finds the quantile of each. */
static void choose_quantiles(const struct cohort *cohort, struct value *values, size_t groups, int32_t *quantile_of,
                             struct cohort_range *ranges)
{
    size_t count = 0;
    uint64_t total = 0;
    uint64_t below = 0;
    uint64_t here = 0;

    for (size_t i = 0; i < groups; i++) {
        quantile_of[i] = (int32_t)cohort->rules.quantiles;
        if (values[i].customers == 0 || !value_of(cohort, i, &values[i].number))
            continue;
        total += values[i].customers;
        values[count++] = values[i];
    }
    if (count > 1)
        qsort(values, count, sizeof *values, compare_values);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && compare_values(&values[i - 1], &values[i]) != 0) {
            below += here;
            here = 0;
        }
        here += values[i].customers;
        int32_t quantile = (int32_t)(below * cohort->rules.quantiles / total);
        quantile_of[values[i].group] = quantile;
        if (i == 0 || quantile_of[values[i - 1].group] != quantile)
            ranges[quantile].low = values[i].number;
        ranges[quantile].high = values[i].number;
    }
}

int cohort_quantiles(struct cohort *cohort, int32_t **quantile_of, struct cohort_range *ranges, struct error *err)
{
    struct values values = {0};
    int failed = cohort_visit_parts(cohort, count_customers, &values, err);

    if (!failed) {
        *quantile_of = calloc(values.count + 1, sizeof **quantile_of);
        if (*quantile_of)
            choose_quantiles(cohort, values.items, values.count, *quantile_of, ranges);
        else
            failed = error_memory(err);
    }
    free(values.items);
    return failed;
}

/* Without zeros at the end of its fraction. */
static struct decimal plain(struct decimal number)
{
    while (number.scale > 0 && number.units % 10 == 0) {
        number.units /= 10;
        number.scale--;
    }
    return number;
}

static struct slice format(struct decimal number, char out[DECIMAL_TEXT])
{
    number = plain(number);
    return decimal_format(number.units, number.scale, out);
}

int cohort_quantile_name(const struct cohort_range *range, int32_t quantile, struct arena *arena, struct slice *name,
                         struct error *err)
{
    char low[DECIMAL_TEXT];
    char high[DECIMAL_TEXT];
    char text[2 * DECIMAL_TEXT + 32];
    struct slice from = format(range->low, low);
    struct slice to = format(range->high, high);
    int length = slice_equal(from, to)
                     ? snprintf(text, sizeof text, "Q%d: %.*s", quantile + 1, SLICE_ARG(from))
                     : snprintf(text, sizeof text, "Q%d: %.*s to %.*s", quantile + 1, SLICE_ARG(from), SLICE_ARG(to));

    *name = (struct slice){arena_copy(arena, (struct slice){text, (size_t)length}), (size_t)length};
    return name->ptr ? 0 : error_memory(err);
}
