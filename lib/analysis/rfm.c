/* RFM: the state that rows are added to, merging, and the table of customers at the end.
 *
 * Sums of all customers are kept at one scale, so that adding a row is adding an integer; a row with more decimals than
 * any before rescales all sums, which happens at most DECIMAL_MAX_SCALE times. */
#include "analysis/rfm_spill.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { TOGETHER = 32 }; /* rows whose look-ups wait side by side */

const char *const rfm_dimension_names[RFM_DIMENSIONS] = {"recency_days", "frequency", "monetary"};
const char *const rfm_returns_words[] = {"net", "count", "drop", NULL};

void rfm_init(struct rfm *rfm, const struct rfm_options *options)
{
    *rfm = (struct rfm){
        .options = *options,
        .seed = group_seed(),
        .first_day = DAY_NONE,
        .last_day = DAY_NONE,
    };
    group_init(&rfm->customers, sizeof(struct rfm_history));
    rfm_pairs_init(&rfm->orders);
    rfm_pairs_init(&rfm->products);
}

void rfm_fix_hashes(struct rfm *rfm)
{
    rfm->seed = RFM_PAIRS_FIXED_SEED;
}

void rfm_close(struct rfm *rfm)
{
    group_close(&rfm->customers);
    rfm_pairs_fini(&rfm->orders);
    rfm_pairs_fini(&rfm->products);
    free(rfm->places);
    rfm->places = NULL;
}

void rfm_fini(struct rfm *rfm)
{
    rfm_close(rfm);
    group_fini(&rfm->customers);
    spill_free(rfm->spill);
}

int rfm_too_large(struct slice customer, struct error *err)
{
    struct quote q;

    return error_set(err, STATUS_DATA, "the amounts of customer '%s' are too large to be summed", quote(&q, customer));
}

int rfm_raise_scale(struct rfm *rfm, int scale, struct error *err)
{
    int128 units;

    for (size_t i = 0; i < rfm->customers.count; i++) {
        const struct rfm_history *history = group_state(&rfm->customers, i);
        if (!decimal_rescale(history->units, rfm->scale, scale, &units))
            return rfm_too_large(group_key(&rfm->customers, i), err);
    }
    for (size_t i = 0; i < rfm->customers.count; i++) {
        struct rfm_history *history = group_state(&rfm->customers, i);
        decimal_rescale(history->units, rfm->scale, scale, &units);
        history->units = units;
    }
    rfm->scale = scale;
    return 0;
}

/* A row on its way into the state. */
struct arrival {
    struct rfm_history *history;
    struct rfm_pair order;
    struct rfm_pair product;
    bool added; /* the customer is new */
};

static bool has_order(const struct rfm *rfm, const struct rfm_row *row)
{
    return rfm->options.has_orders && row->order.len > 0;
}

static bool has_product(const struct rfm *rfm, const struct rfm_row *row)
{
    return rfm->options.has_products && row->product.len > 0;
}

static bool is_left_out(const struct rfm *rfm, const struct rfm_row *row)
{
    return row->amount.units < 0 && rfm->options.returns == RFM_RETURNS_DROP;
}

/* Finds the customer, and what else will be looked up. */
static int arrive(struct rfm *rfm, const struct rfm_row *row, struct arrival *arrival, struct error *err)
{
    arrival->history = group_get_hashed(&rfm->customers, row->customer, row->hash, &arrival->added);
    if (!arrival->history)
        return error_memory(err);
    uint32_t number = (uint32_t)group_index(arrival->history);
    if (has_order(rfm, row))
        arrival->order = rfm_pair_of(number, row->order, rfm->seed);
    if (has_product(rfm, row))
        arrival->product = rfm_pair_of(number, row->product, rfm->seed);
    return 0;
}

/* The row is an order, or part of one. */
static int add_order(struct rfm *rfm, const struct arrival *arrival, const struct rfm_row *row, struct error *err)
{
    struct rfm_history *history = arrival->history;
    int new_order = has_order(rfm, row) ? rfm_pairs_add(&rfm->orders, arrival->order) : 1;
    int new_product = has_product(rfm, row) ? rfm_pairs_add(&rfm->products, arrival->product) : 0;

    if (new_order < 0 || new_product < 0)
        return error_memory(err);
    if (history->frequency == 0)
        history->first_day = history->last_day = row->day;
    else
        rfm_widen(&history->first_day, &history->last_day, row->day);
    history->frequency += new_order;
    history->products += (uint32_t)new_product;
    return 0;
}

static int add_row(struct rfm *rfm, const struct rfm_row *row, const struct arrival *arrival, struct error *err)
{
    struct rfm_history *history = arrival->history;
    bool is_return = row->amount.units < 0;
    int128 units = row->amount.units;

    if (row->amount.scale > rfm->scale && rfm_raise_scale(rfm, row->amount.scale, err))
        return -1;
    if (row->amount.scale < rfm->scale)
        units *= power_of_ten(rfm->scale - row->amount.scale); /* 2^63 x 10^18 fits */
    if (__builtin_add_overflow(history->units, units, &units))
        return rfm_too_large(row->customer, err);
    history->units = units;
    rfm_widen(&rfm->first_day, &rfm->last_day, row->day);
    if (!is_return || rfm->options.returns == RFM_RETURNS_COUNT)
        return add_order(rfm, arrival, row, err);
    if (arrival->added)
        history->first_day = history->last_day = row->day;
    else if (history->frequency == 0)
        rfm_widen(&history->first_day, &history->last_day, row->day);
    return 0;
}

int rfm_add(struct rfm *rfm, const struct rfm_row *row, struct error *err)
{
    struct arrival arrival;

    if (is_left_out(rfm, row))
        return 1;
    if (rfm->limit && rfm_spill_check(rfm, 1, err))
        return -1;
    rfm->row_count++;
    return arrive(rfm, row, &arrival, err) || add_row(rfm, row, &arrival, err) ? -1 : 0;
}

/* At most TOGETHER rows, whose slots were asked for before. */
static int add_together(struct rfm *rfm, const struct rfm_row *rows, size_t count, struct error *err)
{
    struct arrival arrivals[TOGETHER];
    int left_out = 0;

    if (rfm->limit && rfm_spill_check(rfm, count, err))
        return -1;
    rfm->row_count += count;
    for (size_t i = 0; i < count; i++)
        group_prefetch_state(&rfm->customers, rows[i].hash);
    for (size_t i = 0; i < count; i++) {
        if (is_left_out(rfm, &rows[i]))
            continue;
        if (arrive(rfm, &rows[i], &arrivals[i], err))
            return -1;
        if (has_order(rfm, &rows[i]))
            rfm_pairs_prefetch(&rfm->orders, arrivals[i].order);
        if (has_product(rfm, &rows[i]))
            rfm_pairs_prefetch(&rfm->products, arrivals[i].product);
    }
    for (size_t i = 0; i < count; i++) {
        if (is_left_out(rfm, &rows[i]))
            left_out++;
        else if (add_row(rfm, &rows[i], &arrivals[i], err))
            return -1;
    }
    return left_out;
}

static void prefetch(const struct rfm *rfm, const struct rfm_row *rows, size_t from, size_t count)
{
    for (size_t i = from; i < count && i < from + TOGETHER; i++)
        group_prefetch_slot(&rfm->customers, rows[i].hash);
}

int rfm_add_rows(struct rfm *rfm, const struct rfm_row *rows, size_t count, struct error *err)
{
    int left_out = 0;

    prefetch(rfm, rows, 0, count);
    for (size_t at = 0; at < count; at += TOGETHER) {
        prefetch(rfm, rows, at + TOGETHER, count);
        int more = add_together(rfm, rows + at, count - at < TOGETHER ? count - at : TOGETHER, err);
        if (more < 0)
            return -1;
        left_out += more;
    }
    return left_out;
}

static int repeated(struct slice customer, struct error *err)
{
    struct quote q;

    return error_set(err, STATUS_DATA, "customer '%s' is there twice; a table of customers has each once",
                     quote(&q, customer));
}

int rfm_add_customer(struct rfm *rfm, const struct rfm_totals *totals, struct error *err)
{
    bool has_day = totals->last_day != DAY_NONE;
    bool added;

    if (!has_day && totals->recency_days < 0)
        return error_set(err, STATUS_DATA, "recency_days is negative: %d", totals->recency_days);
    if (totals->frequency < 0)
        return error_set(err, STATUS_DATA, "frequency is negative: %lld", (long long)totals->frequency);
    if (group_find(&rfm->customers, totals->customer))
        return repeated(totals->customer, err);
    if (totals->monetary.scale > rfm->scale && rfm_raise_scale(rfm, totals->monetary.scale, err))
        return -1;
    struct rfm_history *history = group_get_hashed(&rfm->customers, totals->customer, totals->hash, &added);
    if (!history)
        return error_memory(err);
    history->units = totals->monetary.units * power_of_ten(rfm->scale - totals->monetary.scale);
    history->frequency = totals->frequency;
    history->first_day = DAY_NONE;
    history->last_day = totals->last_day;
    history->recency_days = has_day ? 0 : totals->recency_days;
    if (has_day)
        rfm_widen(&rfm->first_day, &rfm->last_day, totals->last_day);
    return 0;
}

int rfm_merge_history(struct rfm_history *into, const struct rfm_history *from, bool added, int from_scale,
                      int into_scale)
{
    int128 units;

    if (!decimal_rescale(from->units, from_scale, into_scale, &units))
        return -1;
    if (added) {
        *into = *from;
        into->units = units;
        return 0;
    }
    if (__builtin_add_overflow(into->units, units, &into->units))
        return -1;
    if (into->frequency == 0 && from->frequency > 0) {
        into->first_day = from->first_day;
        into->last_day = from->last_day;
    } else if (into->frequency == 0 || from->frequency > 0) {
        rfm_widen(&into->first_day, &into->last_day, from->first_day);
        rfm_widen(&into->first_day, &into->last_day, from->last_day);
    }
    return __builtin_add_overflow(into->frequency, from->frequency, &into->frequency) ||
                   __builtin_add_overflow(into->products, from->products, &into->products)
               ? -1
               : 0;
}

/* Adds the distinct pairs of a later part; what both parts counted is taken off again. */
static int merge_pairs(struct rfm *into, const struct rfm *from, bool orders, const uint32_t *numbers)
{
    struct rfm_pairs *pairs = orders ? &into->orders : &into->products;
    const struct rfm_pairs *source = orders ? &from->orders : &from->products;

    for (size_t i = 0; i < source->slot_count; i++) {
        struct rfm_pair pair = source->slots[i];
        if (pair.owner == UINT32_MAX)
            continue;
        pair.owner = numbers[pair.owner];
        int added = rfm_pairs_add(pairs, pair);
        if (added < 0)
            return -1;
        struct rfm_history *history = group_state(&into->customers, pair.owner);
        if (!added && orders)
            history->frequency--;
        else if (!added)
            history->products--;
    }
    return 0;
}

static int merge_customers(struct rfm *into, const struct rfm *from, uint32_t *numbers, struct error *err)
{
    for (size_t i = 0; i < from->customers.count; i++) {
        const struct rfm_history *source = group_state(&from->customers, i);
        struct slice customer = group_key(&from->customers, i);
        bool added;
        struct rfm_history *history = group_get(&into->customers, customer, &added);
        if (!history)
            return error_memory(err);
        if (!added && (history->first_day == DAY_NONE || source->first_day == DAY_NONE))
            return repeated(customer, err);
        if (rfm_merge_history(history, source, added, from->scale, into->scale))
            return rfm_too_large(customer, err);
        numbers[i] = (uint32_t)group_index(history);
    }
    return 0;
}

int rfm_merge(struct rfm *into, const struct rfm *from, struct error *err)
{
    if (from->customers.count == 0)
        return 0;
    if (from->scale > into->scale && rfm_raise_scale(into, from->scale, err))
        return -1;
    uint32_t *numbers = malloc(from->customers.count * sizeof *numbers); /* of from's customers, in into */
    if (!numbers)
        return error_memory(err);
    int result = merge_customers(into, from, numbers, err);
    if (result == 0 && (merge_pairs(into, from, true, numbers) || merge_pairs(into, from, false, numbers)))
        result = error_memory(err);
    free(numbers);
    if (result == 0 && from->first_day != DAY_NONE) {
        rfm_widen(&into->first_day, &into->last_day, from->first_day);
        rfm_widen(&into->first_day, &into->last_day, from->last_day);
    }
    return result;
}

bool rfm_range_holds(const struct rfm_range *range, int128 units, int scale)
{
    if (range->has_low && decimal_compare(units, scale, range->low.units, range->low.scale) < 0)
        return false;
    return !range->has_high || decimal_compare(units, scale, range->high.units, range->high.scale) <= 0;
}

static int after_as_of(const struct rfm_customer *customer, int32_t as_of, struct error *err)
{
    char last[MOMENT_TEXT];
    char limit[MOMENT_TEXT];
    struct quote q;

    return error_set(err, STATUS_DATA, "customer '%s' was last seen on %.*s, after the analysis date %.*s",
                     quote(&q, customer->id), SLICE_ARG(day_format(customer->last_day, last)),
                     SLICE_ARG(day_format(as_of, limit)));
}

int rfm_fill_customer(struct rfm_customer *customer, const struct rfm *rfm, size_t index, int32_t as_of,
                      struct error *err)
{
    const struct rfm_history *history = group_state(&rfm->customers, index);

    *customer = (struct rfm_customer){
        .id = group_key(&rfm->customers, index),
        .monetary = history->units,
        .frequency = history->frequency,
        .first_day = history->first_day,
        .last_day = history->last_day,
        .recency_days = history->recency_days,
        .tenure_days = -1,
        .products = history->products,
        .segment = RFM_NO_SEGMENT,
    };
    if (history->last_day != DAY_NONE) {
        if (history->last_day > as_of)
            return after_as_of(customer, as_of, err);
        customer->recency_days = as_of - history->last_day;
    }
    if (history->first_day != DAY_NONE)
        customer->tenure_days = as_of - history->first_day;
    return 0;
}

bool rfm_filter_holds(const struct rfm_table *table, const struct rfm_customer *customer,
                      const struct rfm_range *filter)
{
    for (enum rfm_dimension d = 0; filter && d < RFM_DIMENSIONS; d++)
        if (!rfm_range_holds(&filter[d], rfm_value(customer, d), rfm_value_scale(table, d)))
            return false;
    return true;
}

static int fill_table(struct rfm_table *table, const struct rfm *rfm, const struct rfm_range *filter, struct error *err)
{
    size_t count = rfm->customers.count;

    table->customers = memory_large(count ? count : 1, sizeof *table->customers);
    if (!table->customers)
        return error_memory(err);
    for (size_t i = 0; i < count; i++) {
        struct rfm_customer *customer = &table->customers[table->count];
        if (rfm_fill_customer(customer, rfm, i, table->as_of, err))
            return -1;
        if (rfm_filter_holds(table, customer, filter))
            table->count++;
        else
            table->filtered++;
    }
    return 0;
}

int rfm_table_init(struct rfm_table *table, const struct rfm *rfm, int32_t as_of, const struct rfm_range *filter,
                   struct error *err)
{
    *table = (struct rfm_table){.scale = rfm->scale, .as_of = as_of == DAY_NONE ? rfm->last_day : as_of};
    if ((rfm->spill ? rfm_store_init(table, rfm, filter, err) : fill_table(table, rfm, filter, err)) == 0)
        return 0;
    rfm_table_fini(table);
    return -1;
}

void rfm_table_fini(struct rfm_table *table)
{
    free(table->customers);
    rfm_store_free(table->store);
    *table = (struct rfm_table){0};
}
