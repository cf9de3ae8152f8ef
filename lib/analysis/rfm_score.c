/* RFM scores: computing cuts, applying them, and ranking. The definitions are in the header. */
#include "analysis/rfm_score.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/kmeans1d.h"
#include "analysis/quantile.h"
#include "analysis/rfm_rank.h"
#include "analysis/rfm_spill.h"
#include "base/memory.h"

int rfm_scoring_check(const struct rfm_scoring *scoring, struct error *err)
{
    bool ranks = scoring->method == RFM_RANK || scoring->method == RFM_NESTED;
    const char *method = rfm_method_words[scoring->method];
    const char *ties = rfm_ties_words[scoring->ties];

    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
        if (scoring->bins[d] < 1 || scoring->bins[d] > RFM_BINS_MAX)
            return error_set(err, STATUS_USAGE, "%s: %d bins: there can be 1 to %d", rfm_dimension_names[d],
                             scoring->bins[d], RFM_BINS_MAX);
    if (scoring->method == RFM_CUTS)
        return error_set(err, STATUS_USAGE, "the method cuts needs cuts");
    if (scoring->ties == RFM_TIES_DEFAULT || ranks)
        return 0;
    if (scoring->method == RFM_R && scoring->ties != RFM_TIES_HIGH)
        return error_set(err, STATUS_USAGE, "the method r has ties high, not %s", ties);
    if (scoring->ties != RFM_TIES_LOW && scoring->ties != RFM_TIES_HIGH)
        return error_set(err, STATUS_USAGE, "the method %s has ties low or high, not %s", method, ties);
    return 0;
}

int rfm_cuts_too_large(enum rfm_dimension dimension, struct error *err)
{
    return error_set(err, STATUS_DATA, "%s: the values are too large for cuts", rfm_dimension_names[dimension]);
}

/* Cuts have three decimals more than the values: rounds numerator / n units of the values. */
bool rfm_round_cut(int128 numerator, int n, struct rfm_cut *cut)
{
    if (__builtin_mul_overflow(numerator, (int128)1000, &numerator))
        return false;
    cut->units = int128_divide_round(numerator, n);
    return true;
}

/* The type-7 quantiles at i/n of sorted values, each plus `plus`. */
static int quantile_cuts(struct rfm_cut_list *list, const int128 *sorted, size_t count, int bins, int128 plus)
{
    list->count = bins - 1;
    for (int i = 1; i < bins; i++) {
        int128 numerator;
        if (!quantile_type7(sorted, count, (unsigned)i, (unsigned)bins, &numerator) ||
            __builtin_add_overflow(numerator, plus * bins, &numerator) ||
            !rfm_round_cut(numerator, bins, &list->cuts[i - 1]))
            return -1;
    }
    return 0;
}

/* Leaves the distinct values in sorted, with how often each occurs. */
static size_t count_distinct(int128 *sorted, uint64_t *weights, size_t count)
{
    size_t distinct = 0;

    for (size_t i = 0; i < count; i++) {
        if (distinct == 0 || sorted[distinct - 1] != sorted[i]) {
            sorted[distinct] = sorted[i];
            weights[distinct++] = 0;
        }
        weights[distinct - 1]++;
    }
    return distinct;
}

/* Midway between the neighbouring values of two clusters: a half at most, so it is exact and separates them. */
static int kmeans_cuts(struct rfm_cut_list *list, int128 *sorted, size_t count, int bins, enum rfm_dimension dimension,
                       struct error *err)
{
    size_t starts[RFM_BINS_MAX];
    long double within;
    uint64_t *weights = malloc(count * sizeof *weights);

    if (!weights)
        return error_memory(err);
    size_t distinct = count_distinct(sorted, weights, count);
    if (distinct < (size_t)bins)
        bins = (int)distinct;
    int result = kmeans1d(sorted, weights, distinct, (size_t)bins, starts, &within, err);
    free(weights);
    if (result)
        return -1;
    list->count = bins - 1;
    for (int i = 1; i < bins; i++) {
        int128 both;
        if (__builtin_add_overflow(sorted[starts[i] - 1], sorted[starts[i]], &both) ||
            !rfm_round_cut(both, 2, &list->cuts[i - 1]))
            return rfm_cuts_too_large(dimension, err);
    }
    return 0;
}

static int compute_cuts(const struct rfm_table *table, const struct rfm_scoring *scoring, enum rfm_dimension dimension,
                        int128 *values, struct rfm_cut_list *list, struct error *err)
{
    int bins = scoring->bins[dimension];
    int scale = rfm_value_scale(table, dimension);

    for (size_t i = 0; i < table->count; i++)
        values[i] = rfm_value(&table->customers[i], dimension);
    quantile_sort(values, values + table->count, table->count);
    for (int i = 0; i < RFM_BINS_MAX - 1; i++)
        list->cuts[i] = (struct rfm_cut){0, scale + 3};
    if (scoring->method == RFM_KMEANS)
        return kmeans_cuts(list, values, table->count, bins, dimension, err);
    if (quantile_cuts(list, values, table->count, bins, scoring->method == RFM_R ? power_of_ten(scale) : 0))
        return rfm_cuts_too_large(dimension, err);
    return 0;
}

/* The cuts as integers of the values' scale: a value is above a cut when it is >= the cut's limit. Cuts that leave 128
 * bits at that scale lie above or below every value. */
struct limits {
    int below_all; /* cuts that every value is above */
    int count;
    int128 limit[RFM_BINS_MAX - 1];
};

static struct limits find_limits(const struct rfm_cut_list *list, bool high, int scale)
{
    struct limits limits = {0};

    for (int i = 0; i < list->count; i++) {
        int128 units = list->cuts[i].units;
        bool exact = true;
        if (list->cuts[i].scale > scale) {
            int128 power = power_of_ten(list->cuts[i].scale - scale);
            int128 rest = units % power;
            units = units / power - (rest < 0); /* rounded down */
            exact = rest == 0;
        } else if (!decimal_rescale(units, list->cuts[i].scale, scale, &units)) {
            limits.below_all += units < 0;
            continue;
        }
        if ((exact && high) || !__builtin_add_overflow(units, (int128)1, &units))
            limits.limit[limits.count++] = units;
    }
    return limits;
}

static int count_above(const struct limits *limits, int128 value)
{
    int above = limits->below_all;

    for (int i = 0; i < limits->count; i++)
        above += value >= limits->limit[i];
    return above;
}

void rfm_count_spread(const struct rfm_table *table, enum rfm_dimension dimension, int asked,
                      const struct rfm_cut_list *list, struct rfm_spread *spread)
{
    *spread = (struct rfm_spread){.bins = asked, .bins_asked = asked};
    if (list) {
        spread->bins = list->count + 1;
        spread->cuts = list->count;
        spread->distinct_cuts = rfm_cuts_distinct(list);
    }
    for (size_t i = 0; i < table->count; i++)
        spread->customers[table->customers[i].score[dimension] - 1]++;
    for (int i = 0; i < spread->bins; i++)
        spread->used += spread->customers[i] > 0;
}

void rfm_score_by_cuts(struct rfm_table *table, const struct rfm_cuts *cuts, struct rfm_spread *spread)
{
    const bool high = cuts->ties == RFM_TIES_HIGH;
    struct limits limits[RFM_DIMENSIONS];

    if (rfm_is_on_disk(table)) { /* they get their scores whenever they are read */
        table->store->cuts = *cuts;
        table->store->has_cuts = true;
        return;
    }
    for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
        limits[d] = find_limits(&cuts->lists[d], high, rfm_value_scale(table, d));
    for (size_t i = 0; i < table->count; i++) {
        struct rfm_customer *customer = &table->customers[i];
        int recent = count_above(&limits[RFM_RECENCY], customer->recency_days);
        customer->score[RFM_RECENCY] = (uint8_t)(cuts->lists[RFM_RECENCY].count + 1 - recent);
        customer->score[RFM_FREQUENCY] = (uint8_t)(1 + count_above(&limits[RFM_FREQUENCY], customer->frequency));
        customer->score[RFM_MONETARY] = (uint8_t)(1 + count_above(&limits[RFM_MONETARY], customer->monetary));
    }
    for (enum rfm_dimension d = 0; spread && d < RFM_DIMENSIONS; d++)
        rfm_count_spread(table, d, cuts->lists[d].count + 1, &cuts->lists[d], &spread[d]);
}

static int score_by_values(struct rfm_table *table, const struct rfm_scoring *scoring, struct rfm_cuts *cuts,
                           struct rfm_spread *spread, struct error *err)
{
    int128 *values = memory_large(2 * table->count, sizeof *values);
    int result = 0;

    if (!values)
        return error_memory(err);
    for (enum rfm_dimension d = 0; result == 0 && d < RFM_DIMENSIONS; d++)
        result = compute_cuts(table, scoring, d, values, &cuts->lists[d], err);
    free(values);
    if (result)
        return -1;
    cuts->ties = scoring->method == RFM_R || scoring->ties == RFM_TIES_HIGH ? RFM_TIES_HIGH : RFM_TIES_LOW;
    rfm_score_by_cuts(table, cuts, spread);
    for (enum rfm_dimension d = 0; spread && d < RFM_DIMENSIONS; d++)
        spread[d].bins_asked = scoring->bins[d];
    return 0;
}

int rfm_score(struct rfm_table *table, const struct rfm_scoring *scoring, struct rfm_cuts *cuts,
              struct rfm_spread *spread, struct error *err)
{
    struct rfm_cuts own;

    if (!cuts)
        cuts = &own;
    *cuts = (struct rfm_cuts){.method = scoring->method, .as_of = table->as_of};
    if (rfm_scoring_check(scoring, err))
        return -1;
    bool ranks = scoring->method == RFM_RANK || scoring->method == RFM_NESTED;
    if (table->count > 0 && rfm_is_on_disk(table)) {
        if (!ranks && scoring->method != RFM_KMEANS)
            return rfm_score_on_disk(table, scoring, cuts, spread, err);
        if (rfm_store_load(table, err))
            return -1;
    }
    if (table->count > 0 && !ranks)
        return score_by_values(table, scoring, cuts, spread, err);
    if (table->count > 0 && rfm_rank(table, scoring, err))
        return -1;
    for (enum rfm_dimension d = 0; spread && d < RFM_DIMENSIONS; d++)
        rfm_count_spread(table, d, scoring->bins[d], NULL, &spread[d]);
    return 0;
}

int rfm_weights_parse(struct rfm_weights *weights, struct slice text, struct error *err)
{
    struct slice rest = text;
    bool positive = false;
    struct quote q;

    for (int i = 0; i < RFM_DIMENSIONS; i++) {
        const char *comma = rest.len ? memchr(rest.ptr, ',', rest.len) : NULL;
        struct slice item = {rest.ptr, comma ? (size_t)(comma - rest.ptr) : rest.len};
        struct decimal *weight = &weights->weight[i];
        if ((comma != NULL) != (i + 1 < RFM_DIMENSIONS))
            return error_set(err, STATUS_USAGE, "not three weights, \"3,2,1\": '%s'", quote_name(&q, text));
        item = slice_trim(item);
        if (decimal_parse(item, weight) != DECIMAL_OK || weight->units < 0 || weight->scale > 6 ||
            weight->units > 1000000 * (int64_t)power_of_ten(weight->scale))
            return error_set(err, STATUS_USAGE, "not a weight (0 to 1000000, at most 6 decimals): '%s'",
                             quote_name(&q, item));
        positive = positive || weight->units > 0;
        if (comma)
            rest = (struct slice){comma + 1, rest.len - (size_t)(comma + 1 - rest.ptr)};
    }
    return positive ? 0 : error_set(err, STATUS_USAGE, "all weights are zero");
}

int rfm_weighted_score(const struct rfm_customer *customer, const struct rfm_weights *weights)
{
    int128 total = 0;
    int128 sum = 0;

    for (int i = 0; i < RFM_DIMENSIONS; i++) {
        int128 weight = weights->weight[i].units * power_of_ten(6 - weights->weight[i].scale);
        total += weight;
        sum += weight * customer->score[i];
    }
    return (int)int128_divide_round(sum * 100, total);
}
