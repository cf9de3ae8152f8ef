/* What became of dates: how often and how far the expected close was moved (slippage), and how long it took from the
 * first contact to the money (times). */
#include "analysis/pipeline_table.h"

/* --- slippage --- */

/* What an entry is: a deal with an expected date on record; a move, by so many days; the first to the last date of one
 * that was moved; a closed deal, so many days after the date expected. */
enum { RECORDED, MOVE, NET, CLOSED };
enum { PUSHED_SPREAD, NET_SPREAD, LATE_SPREAD };

/* Of a record made when the deal was closed, or later, the date is that of closing. */
static bool tells_expected(const struct pipeline *pipeline, const struct pipeline_deal *deal,
                           const struct pipeline_past *past)
{
    if (deal->status != DEAL_OPEN && deal->closed != DAY_NONE && past->day > deal->closed)
        return false;
    return past->expected != DAY_NONE && past->day <= pipeline->as_of &&
           (past->stage == PIPELINE_NO_STAGE || pipeline->stages.items[past->stage].status == DEAL_OPEN);
}

/* Entries of the history of a deal's expected date; *last: the last one, or DAY_NONE. */
static int collect_moves(struct pipeline_table *table, size_t number, int32_t *last, struct error *err)
{
    const struct pipeline *pipeline = table->pipeline;
    const struct pipeline_deal *deal = &pipeline->deals[number];
    int32_t first = DAY_NONE;
    bool moved = false;

    *last = DAY_NONE;
    for (uint32_t i = 0; i < deal->past_count; i++) {
        const struct pipeline_past *past = &pipeline->past[deal->past + i];
        if (!tells_expected(pipeline, deal, past))
            continue;
        if (first == DAY_NONE)
            first = past->expected;
        else if (past->expected != *last) {
            moved = true;
            if (pipeline_entry_add(table, number, 0, MOVE, past->expected - *last, err))
                return -1;
        }
        *last = past->expected;
    }
    return (first != DAY_NONE && pipeline_entry_add(table, number, 0, RECORDED, 0, err)) ||
                   (moved && pipeline_entry_add(table, number, 0, NET, *last - first, err))
               ? -1
               : 0;
}

static int collect_slippage(struct pipeline_table *table, struct error *err)
{
    const struct pipeline *pipeline = table->pipeline;

    if (pipeline_always(table, 1, err))
        return -1;
    table->always[0] = true;
    for (size_t i = 0; i < pipeline->count; i++) {
        const struct pipeline_deal *deal = &pipeline->deals[i];
        int32_t last;
        if (collect_moves(table, i, &last, err))
            return -1;
        int32_t late = pipeline_days(deal->expected != DAY_NONE ? deal->expected : last, deal->closed);
        if (deal->status != DEAL_OPEN && late != PIPELINE_NO_VALUE &&
            pipeline_entry_add(table, i, 0, CLOSED, late, err))
            return -1;
    }
    return 0;
}

static int slippage_figures(struct pipeline_table *table, const struct pipeline_entry *entries, size_t count,
                            int32_t key, bool total, struct row *row, struct error *err)
{
    static const int spread_of[] = {[MOVE] = PUSHED_SPREAD, [NET] = NET_SPREAD, [CLOSED] = LATE_SPREAD};
    size_t parts[CLOSED + 1] = {0};

    (void)key, (void)total;
    for (size_t i = 0; i < count; i++) {
        const struct pipeline_entry *entry = &entries[i];
        parts[entry->part]++;
        if (entry->part != RECORDED && (entry->part == NET || entry->value > 0) &&
            pipeline_spread_add(table, spread_of[entry->part], entry->value, err))
            return -1;
    }
    size_t pushed = table->spreads[PUSHED_SPREAD].count;
    row_count(row, parts[RECORDED]);
    row_count(row, parts[NET]);
    row_count(row, parts[MOVE]);
    row_count(row, pushed);
    row_count(row, parts[MOVE] - pushed);
    pipeline_row_mean(table, PUSHED_SPREAD, row);
    pipeline_row_mean(table, NET_SPREAD, row);
    pipeline_row_quantile(table, NET_SPREAD, 1, 2, row);
    row_count(row, parts[CLOSED]);
    row_count(row, table->spreads[LATE_SPREAD].count);
    pipeline_row_mean(table, LATE_SPREAD, row);
    pipeline_row_quantile(table, LATE_SPREAD, 1, 2, row);
    return 0;
}

static const char *const no_keys[] = {NULL};
static const char *const slippage_columns[] = {
    "deals",  "moved",          "moves",          "pushed",
    "pulled", "mean_push_days", "net_days_mean",  "net_days_median",
    "closed", "closed_late",    "mean_days_late", "median_days_late",
    NULL,
};
const struct pipeline_kind pipeline_slippage_kind = {
    .keys = no_keys,
    .columns = slippage_columns,
    .collect = collect_slippage,
    .figures = slippage_figures,
};

/* --- times --- */

enum { FIRST_CONTACT, CREATED, WON, PAID, EVENTS };
static const char *const event_names[EVENTS] = {"first_contact", "created", "won", "paid"};

static int collect_times(struct pipeline_table *table, struct error *err)
{
    const struct pipeline *pipeline = table->pipeline;

    for (size_t i = 0; i < pipeline->count; i++) {
        const struct pipeline_deal *deal = &pipeline->deals[i];
        const int32_t days[EVENTS] = {deal->first_contact, deal->created,
                                      deal->status == DEAL_WON ? deal->closed : DAY_NONE, deal->paid};
        for (int from = 0; from < EVENTS; from++)
            for (int to = from + 1; to < EVENTS; to++) {
                int32_t time = pipeline_days(days[from], days[to]);
                if (time != PIPELINE_NO_VALUE && pipeline_entry_add(table, i, from * EVENTS + to, 0, time, err))
                    return -1;
            }
    }
    return 0;
}

static void name_times(const struct pipeline_table *table, int32_t key, struct row *row)
{
    (void)table;
    row_text(row, slice_from_cstr(event_names[key / EVENTS]));
    row_text(row, slice_from_cstr(event_names[key % EVENTS]));
}

static int times_figures(struct pipeline_table *table, const struct pipeline_entry *entries, size_t count, int32_t key,
                         bool total, struct row *row, struct error *err)
{
    size_t negative = 0;

    (void)key, (void)total;
    for (size_t i = 0; i < count; i++) {
        negative += entries[i].value < 0;
        if (pipeline_spread_add(table, 0, entries[i].value, err))
            return -1;
    }
    row_count(row, count);
    pipeline_row_quantile(table, 0, 0, 1, row);
    pipeline_row_quantile(table, 0, 1, 2, row);
    pipeline_row_mean(table, 0, row);
    pipeline_row_quantile(table, 0, 9, 10, row);
    pipeline_row_quantile(table, 0, 1, 1, row);
    row_count(row, negative);
    return 0;
}

static const char *const times_keys[] = {"from", "to", NULL};
static const char *const times_columns[] = {"deals", "min", "median", "mean", "p90", "max", "negative", NULL};
const struct pipeline_kind pipeline_times_kind = {
    .keys = times_keys,
    .columns = times_columns,
    .collect = collect_times,
    .name = name_times,
    .figures = times_figures,
};
