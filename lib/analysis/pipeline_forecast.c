/* The forecast: the amount of open deals by the month in which they are expected to close, weighted by their
 * probability, and what was won in each month.
 *
 * An open deal that should have closed before the analysis date is overdue: it belongs to no month, lest last year's
 * hopes make up next month's figure. commit, best_case and pipeline part the amount by probability (at least --commit;
 * at least --best-case; the rest, unknown ones included). The limits of a weighted amount take learned probabilities at
 * the limits of their interval, and others as they are. */
#include "analysis/pipeline_table.h"

#include <math.h>

enum { OPEN, WON };

static int32_t month_key(int32_t day)
{
    return day == DAY_NONE ? PIPELINE_KEY_LAST : period_of_day(PERIOD_MONTH, day);
}

static int collect(struct pipeline_table *table, struct error *err)
{
    const struct pipeline *pipeline = table->pipeline;

    for (size_t i = 0; i < pipeline->count; i++) {
        const struct pipeline_deal *deal = &pipeline->deals[i];
        bool overdue = deal->expected != DAY_NONE && deal->expected < pipeline->as_of;
        if (deal->status == DEAL_LOST)
            continue;
        if (deal->status == DEAL_WON
                ? pipeline_entry_add(table, i, month_key(deal->closed), WON, 0, err)
                : pipeline_entry_add(table, i, overdue ? PIPELINE_KEY_FIRST : month_key(deal->expected), OPEN, 0, err))
            return -1;
    }
    return 0;
}

static void name_month(const struct pipeline_table *table, int32_t key, struct row *row)
{
    (void)table;
    if (key == PIPELINE_KEY_FIRST)
        row_text(row, SLICE("overdue"));
    else if (key == PIPELINE_KEY_LAST)
        row_text(row, SLICE("unknown"));
    else
        row_text(row, period_format(PERIOD_MONTH, key, row->texts[row->count]));
}

struct sums {
    size_t deals, weighed;
    int128 amount, commit, best_case, pipeline;
    int128 weighted, low, high;
    int128 won;
};

static int64_t parts(double probability)
{
    return llround(probability * (double)PIPELINE_ONE);
}

static int add_weighted(const struct pipeline *pipeline, const struct pipeline_deal *deal, int128 amount,
                        struct sums *sums, struct error *err)
{
    int64_t low = deal->probability, high = low;

    if (deal->learned) {
        const struct interval learned = pipeline_learned_of(pipeline, deal->stage);
        low = parts(amount < 0 ? learned.high : learned.low);
        high = parts(amount < 0 ? learned.low : learned.high);
    }
    sums->weighed++;
    return pipeline_sum_weighted(&sums->weighted, amount, deal->probability, err) ||
                   pipeline_sum_weighted(&sums->low, amount, low, err) ||
                   pipeline_sum_weighted(&sums->high, amount, high, err)
               ? -1
               : 0;
}

static int add_open(const struct pipeline_table *table, const struct pipeline_deal *deal, struct sums *sums,
                    struct error *err)
{
    int128 amount = pipeline_amount(table->pipeline, deal);
    int128 *part = deal->probability >= parts(table->command->commit)      ? &sums->commit
                   : deal->probability >= parts(table->command->best_case) ? &sums->best_case
                                                                           : &sums->pipeline;

    sums->deals++;
    if (deal->probability == PIPELINE_UNKNOWN)
        part = &sums->pipeline;
    else if (add_weighted(table->pipeline, deal, amount, sums, err))
        return -1;
    return pipeline_sum(&sums->amount, amount, err) || pipeline_sum(part, amount, err) ? -1 : 0;
}

static int figures(struct pipeline_table *table, const struct pipeline_entry *entries, size_t count, int32_t key,
                   bool total, struct row *row, struct error *err)
{
    struct sums sums = {0};

    (void)key, (void)total;
    for (size_t i = 0; i < count; i++) {
        const struct pipeline_deal *deal = &table->pipeline->deals[entries[i].deal];
        if (entries[i].part == WON ? pipeline_sum(&sums.won, pipeline_amount(table->pipeline, deal), err)
                                   : add_open(table, deal, &sums, err))
            return -1;
    }
    bool known = sums.weighed || !sums.deals;
    bool limits = known && table->pipeline->options.learn;
    row_count(row, sums.deals);
    pipeline_row_sum(table, sums.amount, row);
    pipeline_row_sum(table, sums.commit, row);
    pipeline_row_sum(table, sums.best_case, row);
    pipeline_row_sum(table, sums.pipeline, row);
    pipeline_row_weighted(table, sums.weighted, known, row);
    pipeline_row_weighted(table, sums.low, limits, row);
    pipeline_row_weighted(table, sums.high, limits, row);
    pipeline_row_sum(table, sums.won, row);
    row_count(row, sums.deals - sums.weighed);
    return 0;
}

static const char *const keys[] = {"month", NULL};
static const char *const columns[] = {
    "deals",        "amount",        "commit",     "best_case",  "pipeline", "weighted_amount",
    "weighted_low", "weighted_high", "won_amount", "unweighted", NULL,
};
const struct pipeline_kind pipeline_forecast_kind = {
    .keys = keys,
    .columns = columns,
    .collect = collect,
    .name = name_month,
    .figures = figures,
};
