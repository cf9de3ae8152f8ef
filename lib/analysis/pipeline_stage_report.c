/* Reports by stage: what is open in each (stages), and how long deals stay there (aging). */
#include "analysis/pipeline_table.h"

#include <math.h>

static const char *const stage_keys[] = {"stage", NULL};

/* The listed stages that deals can be open in have a row, also an empty one. */
static int always_listed(struct pipeline_table *table, struct error *err)
{
    const struct stages *stages = &table->pipeline->stages;

    if (pipeline_always(table, stages->count, err))
        return -1;
    for (size_t i = 0; i < stages->count; i++)
        table->always[i] = stages->items[i].listed && stages->items[i].status == DEAL_OPEN;
    return 0;
}

/* An entry for each open deal, with its days in the stage. */
static int collect_open(struct pipeline_table *table, struct error *err)
{
    const struct pipeline *pipeline = table->pipeline;

    for (size_t i = 0; i < pipeline->count; i++) {
        const struct pipeline_deal *deal = &pipeline->deals[i];
        if (deal->status == DEAL_OPEN && pipeline_entry_add(table, i, pipeline_stage_key(deal->stage), 0,
                                                            pipeline_days(deal->entered, pipeline->as_of), err))
            return -1;
    }
    return 0;
}

/* --- stages --- */

static int collect_stages(struct pipeline_table *table, struct error *err)
{
    return always_listed(table, err) || collect_open(table, err) ? -1 : 0;
}

enum { AGE, STAY };

struct open_sums {
    int128 amount, weighted, stalled_amount, probability;
    size_t weighed, stalled;
};

static int add_open(struct pipeline_table *table, const struct pipeline_entry *entry, struct open_sums *sums,
                    struct error *err)
{
    const struct pipeline *pipeline = table->pipeline;
    const struct pipeline_deal *deal = &pipeline->deals[entry->deal];
    int128 amount = pipeline_amount(pipeline, deal);

    if (pipeline_sum(&sums->amount, amount, err) ||
        pipeline_spread_add(table, AGE, pipeline_days(deal->created, pipeline->as_of), err) ||
        pipeline_spread_add(table, STAY, entry->value, err))
        return -1;
    if (deal->probability != PIPELINE_UNKNOWN) {
        sums->weighed++;
        sums->probability += deal->probability;
        if (pipeline_sum_weighted(&sums->weighted, amount, deal->probability, err))
            return -1;
    }
    if (deal->stage == PIPELINE_NO_STAGE || entry->value == PIPELINE_NO_VALUE ||
        !(entry->value > pipeline->stages.items[deal->stage].limit_days))
        return 0;
    sums->stalled++;
    return pipeline_sum(&sums->stalled_amount, amount, err);
}

/* The mean of the deals' probabilities; of a stage without deals, its own. */
static double mean_probability(const struct pipeline_table *table, const struct open_sums *sums, size_t count,
                               int32_t key, bool total)
{
    if (sums->weighed)
        return (double)sums->probability / (double)PIPELINE_ONE / (double)sums->weighed;
    if (total || count || key == PIPELINE_KEY_LAST)
        return NAN;
    double own = table->pipeline->stages.items[key].probability;
    return isnan(own) ? pipeline_learned_of(table->pipeline, (uint32_t)key).value : own;
}

static int stages_figures(struct pipeline_table *table, const struct pipeline_entry *entries, size_t count, int32_t key,
                          bool total, struct row *row, struct error *err)
{
    struct open_sums sums = {0};

    for (size_t i = 0; i < count; i++)
        if (add_open(table, &entries[i], &sums, err))
            return -1;
    row_count(row, count);
    pipeline_row_sum(table, sums.amount, row);
    pipeline_row_weighted(table, sums.weighted, sums.weighed || !count, row);
    row_count(row, count - sums.weighed);
    pipeline_row_rate(mean_probability(table, &sums, count, key, total), row);
    pipeline_row_mean(table, AGE, row);
    pipeline_row_quantile(table, AGE, 1, 2, row);
    pipeline_row_mean(table, STAY, row);
    row_count(row, sums.stalled);
    pipeline_row_sum(table, sums.stalled_amount, row);
    return 0;
}

static const char *const stages_columns[] = {
    "deals",           "amount",          "weighted_amount", "unweighted",     "probability", "mean_age_days",
    "median_age_days", "mean_stage_days", "stalled",         "stalled_amount", NULL,
};
const struct pipeline_kind pipeline_stages_kind = {
    .keys = stage_keys,
    .columns = stages_columns,
    .collect = collect_stages,
    .name = pipeline_name_stage,
    .figures = stages_figures,
};

/* --- aging --- */

enum { OPEN, FINISHED };

/* The stays of a deal that have ended, by another stage or by closing. */
static int collect_finished(struct pipeline_table *table, size_t number, struct error *err)
{
    const struct pipeline *pipeline = table->pipeline;
    const struct pipeline_deal *deal = &pipeline->deals[number];
    struct pipeline_stay stay;
    uint32_t next = 0;

    while (pipeline_next_stay(pipeline, deal, pipeline->as_of, &next, &stay)) {
        int32_t until = stay.until;
        if (deal->closed != DAY_NONE && deal->status != DEAL_OPEN && (until == DAY_NONE || until > deal->closed))
            until = deal->closed;
        if (pipeline->stages.items[stay.stage].status != DEAL_OPEN || until == DAY_NONE || until < stay.since)
            continue;
        if (pipeline_entry_add(table, number, pipeline_stage_key(stay.stage), FINISHED, until - stay.since, err))
            return -1;
    }
    return 0;
}

static int collect_aging(struct pipeline_table *table, struct error *err)
{
    if (always_listed(table, err) || collect_open(table, err))
        return -1;
    for (size_t i = 0; i < table->pipeline->count; i++)
        if (collect_finished(table, i, err))
            return -1;
    return 0;
}

static int aging_figures(struct pipeline_table *table, const struct pipeline_entry *entries, size_t count, int32_t key,
                         bool total, struct row *row, struct error *err)
{
    size_t deals = 0;

    (void)key, (void)total;
    for (size_t i = 0; i < count; i++) {
        deals += entries[i].part == OPEN;
        if (pipeline_spread_add(table, entries[i].part, entries[i].value, err))
            return -1;
    }
    row_count(row, deals);
    for (unsigned quarter = 0; quarter < 4; quarter++)
        pipeline_row_quantile(table, OPEN, quarter, 4, row);
    pipeline_row_quantile(table, OPEN, 9, 10, row);
    pipeline_row_quantile(table, OPEN, 1, 1, row);
    if (table->pipeline->options.has_history) {
        row_count(row, table->spreads[FINISHED].count);
        pipeline_row_quantile(table, FINISHED, 1, 2, row);
        pipeline_row_quantile(table, FINISHED, 9, 10, row);
    }
    return 0;
}

static const char *const aging_columns[] = {"deals", "min", "p25", "median", "p75", "p90", "max", NULL};
static const char *const aging_extra[] = {"stays", "stay_median", "stay_p90", NULL};
const struct pipeline_kind pipeline_aging_kind = {
    .keys = stage_keys,
    .columns = aging_columns,
    .extra = aging_extra,
    .collect = collect_aging,
    .name = pipeline_name_stage,
    .figures = aging_figures,
};
