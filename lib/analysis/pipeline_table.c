/* What all reports of the pipeline share. Sums are of 128 bits at one scale, the largest of all amounts: an amount of
 * 64 bits fits at any scale, and overflow of a sum is an error. */
#include "analysis/pipeline_table.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/quantile.h"
#include "base/memory.h"

void pipeline_table_init(struct pipeline_table *table, const struct pipeline *pipeline,
                         const struct pipeline_command *command)
{
    *table = (struct pipeline_table){.pipeline = pipeline, .command = command};
}

void pipeline_table_fini(struct pipeline_table *table)
{
    for (int i = 0; i < PIPELINE_SPREADS; i++)
        spread_fini(&table->spreads[i]);
    free(table->entries);
    free(table->always);
    free(table->amounts);
    free(table->spare);
    *table = (struct pipeline_table){0};
}

int pipeline_entry_add(struct pipeline_table *table, size_t deal, int32_t key, unsigned part, int32_t value,
                       struct error *err)
{
    if (ARRAY_GROW(table->entries, table->capacity, table->count + 1))
        return error_memory(err);
    table->entries[table->count++] =
        (struct pipeline_entry){table->pipeline->deals[deal].by, key, (uint32_t)deal, (uint16_t)part, value};
    return 0;
}

int pipeline_always(struct pipeline_table *table, size_t count, struct error *err)
{
    table->always = calloc(count + 1, sizeof *table->always);
    table->always_count = count;
    return table->always ? 0 : error_memory(err);
}

static int compare(const void *left, const void *right)
{
    const struct pipeline_entry *a = left, *b = right;

    if (a->by != b->by)
        return a->by < b->by ? -1 : 1;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->deal > b->deal) - (a->deal < b->deal); /* what is summed up does not depend on the order of the rest */
}

void pipeline_table_sort(struct pipeline_table *table)
{
    if (table->count)
        qsort(table->entries, table->count, sizeof *table->entries, compare);
}

int32_t pipeline_stage_key(uint32_t stage)
{
    return stage == PIPELINE_NO_STAGE ? PIPELINE_KEY_LAST : (int32_t)stage;
}

void pipeline_name_stage(const struct pipeline_table *table, int32_t key, struct row *row)
{
    row_text(row, key == PIPELINE_KEY_LAST ? SLICE("") : table->pipeline->stages.items[key].name);
}

int32_t pipeline_days(int32_t earlier, int32_t later)
{
    return earlier == DAY_NONE || later == DAY_NONE ? PIPELINE_NO_VALUE : later - earlier;
}

void pipeline_row_begin(struct pipeline_table *table)
{
    for (int i = 0; i < PIPELINE_SPREADS; i++) {
        struct spread *spread = &table->spreads[i];
        *spread = (struct spread){.values = spread->values, .capacity = spread->capacity};
    }
    table->amount_count = 0;
}

int pipeline_spread_add(struct pipeline_table *table, int which, int32_t value, struct error *err)
{
    return value != PIPELINE_NO_VALUE && spread_add(&table->spreads[which], value) ? error_memory(err) : 0;
}

void pipeline_row_mean(struct pipeline_table *table, int which, struct row *row)
{
    row_real(row, spread_mean(&table->spreads[which]), 2);
}

void pipeline_row_quantile(struct pipeline_table *table, int which, unsigned i, unsigned n, struct row *row)
{
    row_real(row, spread_quantile(&table->spreads[which], i, n), 2);
}

int128 pipeline_amount(const struct pipeline *pipeline, const struct pipeline_deal *deal)
{
    return (int128)deal->amount * power_of_ten(pipeline->scale - deal->scale);
}

static int too_large(struct error *err)
{
    return error_set(err, STATUS_DATA, "the amounts are too large to be added");
}

int pipeline_sum(int128 *sum, int128 amount, struct error *err)
{
    return __builtin_add_overflow(*sum, amount, sum) ? too_large(err) : 0;
}

int pipeline_sum_weighted(int128 *sum, int128 amount, int64_t probability, struct error *err)
{
    int128 product;

    if (__builtin_mul_overflow(amount, (int128)probability, &product))
        return too_large(err);
    return pipeline_sum(sum, product, err);
}

int pipeline_amount_add(struct pipeline_table *table, const struct pipeline_deal *deal, struct error *err)
{
    if (!deal->has_amount)
        return 0;
    if (ARRAY_GROW(table->amounts, table->amount_capacity, table->amount_count + 1) ||
        ARRAY_GROW(table->spare, table->spare_capacity, table->amount_count + 1))
        return error_memory(err);
    table->amounts[table->amount_count++] = pipeline_amount(table->pipeline, deal);
    return 0;
}

/* How many decimals a weighted or average amount has. */
static int shown_scale(const struct pipeline_table *table)
{
    return table->pipeline->scale < 2 ? 2 : table->pipeline->scale;
}

void pipeline_row_sum(const struct pipeline_table *table, int128 sum, struct row *row)
{
    if (table->pipeline->options.has_amount)
        row_decimal(row, sum, table->pipeline->scale);
    else
        row_null(row);
}

void pipeline_row_weighted(const struct pipeline_table *table, int128 sum, bool known, struct row *row)
{
    int shown = shown_scale(table);

    if (known && table->pipeline->options.has_amount)
        row_decimal(row, int128_divide_round(sum, power_of_ten(9 + table->pipeline->scale - shown)), shown);
    else
        row_null(row);
}

int pipeline_row_average(const struct pipeline_table *table, int128 sum, size_t count, struct row *row,
                         struct error *err)
{
    int shown = shown_scale(table);

    if (count == 0 || !table->pipeline->options.has_amount) {
        row_null(row);
        return 0;
    }
    if (__builtin_mul_overflow(sum, power_of_ten(shown - table->pipeline->scale), &sum))
        return too_large(err);
    row_decimal(row, int128_divide_round(sum, (int128)count), shown);
    return 0;
}

int pipeline_row_median(struct pipeline_table *table, struct row *row, struct error *err)
{
    int scale = table->pipeline->scale;
    int128 twice;

    if (table->amount_count == 0) {
        row_null(row);
        return 0;
    }
    quantile_sort(table->amounts, table->spare, table->amount_count);
    if (!quantile_type7(table->amounts, table->amount_count, 1, 2, &twice))
        return too_large(err);
    if (twice % 2 == 0)
        twice /= 2;
    else if (__builtin_mul_overflow(twice, (int128)5, &twice)) /* a half is one more decimal */
        return too_large(err);
    else
        scale++;
    if (scale < 2) {
        if (__builtin_mul_overflow(twice, power_of_ten(2 - scale), &twice))
            return too_large(err);
        scale = 2;
    }
    row_decimal(row, twice, scale);
    return 0;
}

void pipeline_row_rate(double rate, struct row *row)
{
    row_real(row, rate, 4);
}

void pipeline_row_interval(uint64_t part, uint64_t whole, struct row *row)
{
    const struct interval interval = proportion_wilson(part, whole, proportion_z(.95));

    pipeline_row_rate(interval.value, row);
    pipeline_row_rate(interval.low, row);
    pipeline_row_rate(interval.high, row);
}
