/* How many deals are won, and how fast money flows: winrate, winrate over time, velocity.
 *
 * There are two win rates, of two cohorts of deals. Of those closed (in the period, by the date of closing), the share
 * won: known at once, but the deals were created at all times. Of those created (in the period, by the date of
 * creation), the share won so far: it grows as long as any of them is open. */
#include "analysis/pipeline_table.h"

#include <math.h>

static const char *const no_keys[] = {NULL};
static const char *const trend_keys[] = {"period", NULL};

enum { CREATED, CLOSED };

/* --- win rates --- */

static int32_t period_key(const struct pipeline_table *table, int32_t day)
{
    if (!table->command->has_trend)
        return 0;
    return day == DAY_NONE ? PIPELINE_KEY_LAST : period_of_day(table->command->trend, day);
}

static int collect_cohorts(struct pipeline_table *table, struct error *err)
{
    const struct pipeline *pipeline = table->pipeline;

    for (size_t i = 0; i < pipeline->count; i++) {
        const struct pipeline_deal *deal = &pipeline->deals[i];
        if (pipeline_entry_add(table, i, period_key(table, deal->created), CREATED, 0, err) ||
            (deal->status != DEAL_OPEN &&
             pipeline_entry_add(table, i, period_key(table, deal->closed), CLOSED, 0, err)))
            return -1;
    }
    return 0;
}

/* One row, even when there is no deal. */
static int collect_winrate(struct pipeline_table *table, struct error *err)
{
    if (pipeline_always(table, 1, err))
        return -1;
    table->always[0] = true;
    return collect_cohorts(table, err);
}

static void name_period(const struct pipeline_table *table, int32_t key, struct row *row)
{
    if (key == PIPELINE_KEY_LAST)
        row_text(row, SLICE(""));
    else
        row_text(row, period_format(table->command->trend, key, row->texts[row->count]));
}

struct rate_sums {
    uint64_t created, created_won, open; /* of those created */
    uint64_t won, lost;                  /* of those closed, as is: */
    int128 won_amount, lost_amount, open_amount;
};

static int add_cohort(struct pipeline_table *table, const struct pipeline_entry *entry, struct rate_sums *sums,
                      struct error *err)
{
    const struct pipeline_deal *deal = &table->pipeline->deals[entry->deal];
    int128 amount = pipeline_amount(table->pipeline, deal);

    if (entry->part == CREATED) {
        sums->created++;
        sums->created_won += deal->status == DEAL_WON;
        sums->open += deal->status == DEAL_OPEN;
        return deal->status == DEAL_OPEN ? pipeline_sum(&sums->open_amount, amount, err) : 0;
    }
    if (deal->status == DEAL_LOST) {
        sums->lost++;
        return pipeline_sum(&sums->lost_amount, amount, err);
    }
    sums->won++;
    return pipeline_sum(&sums->won_amount, amount, err) || pipeline_amount_add(table, deal, err) ? -1 : 0;
}

static double as_double(const struct pipeline_table *table, int128 amount)
{
    return decimal_to_double(amount, table->pipeline->scale);
}

/* Open amount by what the quota lacks; empty when it lacks nothing. */
static void add_coverage(const struct pipeline_table *table, const struct rate_sums *sums, struct row *row)
{
    const struct decimal *quota = &table->command->quota;
    double lacks = decimal_to_double(quota->units, quota->scale) - as_double(table, sums->won_amount);

    if (table->pipeline->options.has_amount && lacks > 0)
        pipeline_row_rate(as_double(table, sums->open_amount) / lacks, row);
    else
        row_null(row);
}

static int winrate_figures(struct pipeline_table *table, const struct pipeline_entry *entries, size_t count,
                           int32_t key, bool total, struct row *row, struct error *err)
{
    struct rate_sums sums = {0};
    int128 closed_amount = 0;

    (void)key, (void)total;
    for (size_t i = 0; i < count; i++)
        if (add_cohort(table, &entries[i], &sums, err))
            return -1;
    row_count(row, sums.created);
    row_count(row, sums.won);
    row_count(row, sums.lost);
    row_count(row, sums.open);
    pipeline_row_interval(sums.won, sums.won + sums.lost, row);
    pipeline_row_interval(sums.created_won, sums.created, row);
    pipeline_row_sum(table, sums.won_amount, row);
    pipeline_row_sum(table, sums.lost_amount, row);
    if (pipeline_sum(&closed_amount, sums.won_amount, err) || pipeline_sum(&closed_amount, sums.lost_amount, err))
        return -1;
    pipeline_row_rate(closed_amount > 0 ? as_double(table, sums.won_amount) / as_double(table, closed_amount) : NAN,
                      row);
    if (pipeline_row_average(table, sums.won_amount, table->amount_count, row, err) ||
        pipeline_row_median(table, row, err))
        return -1;
    if (table->command->has_quota)
        add_coverage(table, &sums, row);
    return 0;
}

static const char *const winrate_columns[] = {
    "created",
    "won",
    "lost",
    "open",
    "win_rate",
    "win_rate_low",
    "win_rate_high",
    "created_win_rate",
    "created_win_rate_low",
    "created_win_rate_high",
    "won_amount",
    "lost_amount",
    "amount_win_rate",
    "mean_won_amount",
    "median_won_amount",
    NULL,
};
static const char *const winrate_extra[] = {"coverage", NULL};
const struct pipeline_kind pipeline_winrate_kind = {
    .keys = no_keys,
    .columns = winrate_columns,
    .extra = winrate_extra,
    .collect = collect_winrate,
    .figures = winrate_figures,
};
const struct pipeline_kind pipeline_trend_kind = {
    .keys = trend_keys,
    .columns = winrate_columns,
    .collect = collect_cohorts,
    .name = name_period,
    .figures = winrate_figures,
};

/* --- velocity --- */

static int collect_velocity(struct pipeline_table *table, struct error *err)
{
    const struct pipeline *pipeline = table->pipeline;

    if (pipeline_always(table, 1, err))
        return -1;
    table->always[0] = true;
    for (size_t i = 0; i < pipeline->count; i++) {
        const struct pipeline_deal *deal = &pipeline->deals[i];
        if (pipeline_entry_add(table, i, 0, deal->status, pipeline_days(deal->created, deal->closed), err))
            return -1;
    }
    return 0;
}

/* Open deals x win rate x mean amount won / mean days from creation to winning: what an average day brings. */
static int velocity_figures(struct pipeline_table *table, const struct pipeline_entry *entries, size_t count,
                            int32_t key, bool total, struct row *row, struct error *err)
{
    size_t deals[3] = {0}, with_amount = 0;
    int128 won_amount = 0;

    (void)key, (void)total;
    for (size_t i = 0; i < count; i++) {
        const struct pipeline_deal *deal = &table->pipeline->deals[entries[i].deal];
        deals[entries[i].part]++;
        if (deal->status == DEAL_OPEN)
            continue;
        if (pipeline_spread_add(table, entries[i].part, entries[i].value, err))
            return -1;
        with_amount += deal->status == DEAL_WON && deal->has_amount;
        if (deal->status == DEAL_WON && pipeline_sum(&won_amount, pipeline_amount(table->pipeline, deal), err))
            return -1;
    }
    size_t closed = deals[DEAL_WON] + deals[DEAL_LOST];
    double rate = closed ? (double)deals[DEAL_WON] / (double)closed : NAN;
    double mean = with_amount ? as_double(table, won_amount) / (double)with_amount : NAN;
    double cycle = spread_mean(&table->spreads[DEAL_WON]);
    row_count(row, deals[DEAL_OPEN]);
    pipeline_row_rate(rate, row);
    if (pipeline_row_average(table, won_amount, with_amount, row, err))
        return -1;
    pipeline_row_mean(table, DEAL_WON, row);
    row_real(row, cycle > 0 ? (double)deals[DEAL_OPEN] * rate * mean / cycle : NAN, 2);
    pipeline_row_quantile(table, DEAL_WON, 1, 2, row);
    pipeline_row_mean(table, DEAL_LOST, row);
    return 0;
}

static const char *const velocity_columns[] = {
    "deals",           "win_rate", "mean_won_amount", "cycle_days", "velocity_per_day", "median_cycle_days",
    "lost_cycle_days", NULL,
};
const struct pipeline_kind pipeline_velocity_kind = {
    .keys = no_keys,
    .columns = velocity_columns,
    .collect = collect_velocity,
    .figures = velocity_figures,
};
