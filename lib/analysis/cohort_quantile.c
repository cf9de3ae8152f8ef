/* Cohorts by a number of the entry: the distinct values in order, each with how many customers have it; how many lie
 * below it decides its quantile. */
#include "analysis/cohort_parts.h"

#include <stdio.h>
#include <stdlib.h>

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

/* Customers in each group; the group's number is its place. */
static void count_customers(const struct cohort *cohort, struct value *values)
{
    for (size_t i = 0; i < cohort->rows.groups.count; i++)
        values[i].group = i;
    for (size_t i = 0; i < cohort->customers.count; i++) {
        const struct cohort_entrant *entrant = group_state(&cohort->customers, i);
        if (entrant->started)
            values[entrant->group].customers++;
    }
}

int cohort_quantiles(const struct cohort *cohort, int32_t *quantile_of, struct cohort_range *ranges, struct error *err)
{
    size_t groups = cohort->rows.groups.count;
    struct value *values = calloc(groups ? groups : 1, sizeof *values);
    size_t count = 0;
    uint64_t total = 0;
    uint64_t below = 0;
    uint64_t here = 0;

    if (!values)
        return error_memory(err);
    count_customers(cohort, values);
    for (size_t i = 0; i < groups; i++) {
        quantile_of[i] = (int32_t)cohort->rules.quantiles;
        if (values[i].customers == 0 || !value_of(cohort, i, &values[i].number))
            continue;
        total += values[i].customers;
        values[count++] = values[i];
    }
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
    free(values);
    return 0;
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
