/* The figures of crm-pipeline's tables. With --by the first column has the name of that column: then the groups are the
 * colours, or where they are too many, the bars. */
#include <math.h>

#include "report/figure_maker.h"

enum { GROUPS_MAX = 6 };

/* The column of --by: the one before a column that otherwise comes first. */
static size_t group_column(const struct figure_maker *maker, const char *first)
{
    size_t column = maker_column(maker, first);

    return column != COLUMN_ABSENT && column > 0 ? 0 : COLUMN_ABSENT;
}

/* One number by two columns: bars for each value of one, in the colours of the other. */
static struct figure *by_groups(struct figure_maker *maker, const char *title, size_t label, size_t group,
                                const char *value)
{
    struct distinct labels, groups;
    size_t column = maker_column(maker, value);

    if (column == COLUMN_ABSENT || !maker_distinct(maker, label, &labels) || !maker_distinct(maker, group, &groups) ||
        groups.count > GROUPS_MAX)
        return NULL;
    struct figure *figure = maker_add(maker, FIGURE_BARS, title, labels.count, groups.count);
    if (!figure)
        return NULL;
    for (size_t i = 0; i < labels.count; i++)
        figure->categories[i] = labels.values[i].len ? labels.values[i] : SLICE("(none)");
    for (size_t i = 0; i < groups.count; i++)
        figure->series[i].name = groups.values[i].len ? groups.values[i] : SLICE("(none)");
    for (size_t row = 0; row < maker->table->rows; row++)
        figure->series[groups.of_row[row]].values[labels.of_row[row]] = report_number(maker->table, row, column);
    figure->unit = report_column_share(maker->table, column) ? UNIT_SHARE : UNIT_NUMBER;
    figure->decimals = figure->unit == UNIT_SHARE ? 1 : report_column_decimals(maker->table, column);
    figure->category_title = maker->table->names[label];
    figure->value_title = slice_from_cstr(value);
    return figure;
}

static void say_open(struct figure_maker *maker, bool amounts)
{
    struct slice deals = words_count(maker->words, maker_sum(maker, "deals"), "deal", "deals");
    double stalled = maker_sum(maker, "stalled");
    struct slice text = words_printf(maker->words, "%.*s open", SLICE_ARG(deals));

    if (amounts) {
        struct slice all = maker_money(maker, maker_sum(maker, "amount"), maker_column(maker, "amount"));
        struct slice weighted =
            maker_money(maker, maker_sum(maker, "weighted_amount"), maker_column(maker, "weighted_amount"));
        text = words_printf(maker->words, "%.*s, worth %.*s; weighted by probability %.*s", SLICE_ARG(text),
                            SLICE_ARG(all), SLICE_ARG(weighted));
    }
    if (stalled > 0) {
        struct slice number = words_number(maker->words, stalled, UNIT_NUMBER, 0);
        text = words_printf(maker->words, "%.*s; %.*s %s stalled", SLICE_ARG(text), SLICE_ARG(number),
                            stalled == 1 ? "is" : "are");
    }
    maker->out->sentence = words_printf(maker->words, "%.*s.", SLICE_ARG(text));
}

void make_pipeline_stages(struct figure_maker *maker)
{
    static const char *const money[] = {"amount", "weighted_amount", NULL};
    static const char *const number[] = {"deals", NULL};
    bool amounts = report_column_numeric(maker->table, maker_column(maker, "amount"));
    size_t stage = maker_column(maker, "stage"), group = group_column(maker, "stage");
    struct figure *figure;

    if (group != COLUMN_ABSENT)
        by_groups(maker, amounts ? "Open amount by stage" : "Open deals by stage", stage, group,
                  amounts ? "amount" : "deals");
    else {
        figure = amounts ? maker_rows(maker, FIGURE_BARS, "Open amount by stage", stage, money) : NULL;
        if (figure) {
            figure->series[0].name = SLICE("amount");
            figure->series[figure->series_count - 1].name = SLICE("weighted by probability");
        }
        maker_rows(maker, FIGURE_BARS, "Open deals by stage", stage, number);
    }
    say_open(maker, amounts);
}

static bool copy_limits(struct figure_maker *maker, struct figure_series *series)
{
    size_t rows = maker->table->rows;

    series->low = words_alloc(maker->words, (rows + 1) * sizeof(double));
    series->high = words_alloc(maker->words, (rows + 1) * sizeof(double));
    for (size_t row = 0; series->low && series->high && row < rows; row++) {
        series->low[row] = maker_number(maker, row, "win_rate_low");
        series->high[row] = maker_number(maker, row, "win_rate_high");
    }
    return series->low && series->high;
}

static void say_winrate(struct figure_maker *maker)
{
    double won = maker_sum(maker, "won"), lost = maker_sum(maker, "lost");

    if (!(won + lost > 0))
        return;
    struct slice closed = words_count(maker->words, won + lost, "closed deal", "closed deals");
    struct slice number = words_number(maker->words, won, UNIT_NUMBER, 0);
    struct slice share = maker_share(maker, won / (won + lost));
    maker->out->sentence = words_printf(maker->words, "Of %.*s, %.*s (%.*s) were won.", SLICE_ARG(closed),
                                        SLICE_ARG(number), SLICE_ARG(share));
}

void make_pipeline_winrate(struct figure_maker *maker)
{
    static const char *const names[] = {"win_rate", NULL};
    size_t period = maker_column(maker, "period");
    size_t group = group_column(maker, period == COLUMN_ABSENT ? "created" : "period");
    struct figure *figure = NULL;

    if (period != COLUMN_ABSENT && group == COLUMN_ABSENT) {
        figure = maker_rows(maker, FIGURE_LINES, "Win rate", period, names);
        if (figure)
            copy_limits(maker, &figure->series[0]);
    } else if (group != COLUMN_ABSENT && period == COLUMN_ABSENT)
        maker_rows(maker, FIGURE_BARS, "Win rate", group, names);
    else if (group != COLUMN_ABSENT)
        by_groups(maker, "Win rate", period, group, "win_rate");
    say_winrate(maker);
}

void make_pipeline_velocity(struct figure_maker *maker)
{
    static const char *const names[] = {"velocity_per_day", NULL};
    size_t group = group_column(maker, "deals");
    struct slice velocity = words_decimal(maker->words, maker_text(maker, 0, "velocity_per_day"));
    struct slice cycle = words_decimal(maker->words, maker_text(maker, 0, "cycle_days"));

    if (group != COLUMN_ABSENT)
        maker_rows(maker, FIGURE_BARS, "What an average day brings", group, names);
    else if (velocity.len)
        maker->out->sentence =
            words_printf(maker->words, "An average day brings %.*s; a deal that is won takes %.*s days on average.",
                         SLICE_ARG(velocity), SLICE_ARG(cycle));
}

void make_pipeline_aging(struct figure_maker *maker)
{
    static const char *const names[] = {"median", "p90", NULL};
    size_t stage = maker_column(maker, "stage"), group = group_column(maker, "stage");
    struct figure *figure;

    if (group != COLUMN_ABSENT) {
        by_groups(maker, "Median days in the stage", stage, group, "median");
        return;
    }
    figure = maker_rows(maker, FIGURE_BARS, "Days in the stage", stage, names);
    if (!figure)
        return;
    size_t oldest = SIZE_MAX;
    for (size_t row = 0; row < maker->table->rows; row++)
        if (!isnan(figure->series[0].values[row]) &&
            (oldest == SIZE_MAX || figure->series[0].values[row] > figure->series[0].values[oldest]))
            oldest = row;
    if (oldest == SIZE_MAX)
        return;
    struct slice days = words_decimal(maker->words, maker_text(maker, oldest, "median"));
    struct slice stage_name = maker_name(maker, maker_text(maker, oldest, "stage"));
    maker->out->sentence = words_printf(maker->words, "Deals wait longest in %.*s: the median is %.*s days.",
                                        SLICE_ARG(stage_name), SLICE_ARG(days));
}

void make_pipeline_forecast(struct figure_maker *maker)
{
    static const char *const names[] = {"amount", "weighted_amount", "won_amount", NULL};
    size_t month = maker_column(maker, "month"), group = group_column(maker, "month");
    double overdue = 0;

    if (group != COLUMN_ABSENT)
        by_groups(maker, "Weighted amount by month", month, group, "weighted_amount");
    else {
        struct figure *figure = maker_rows(maker, FIGURE_COLUMNS, "Expected and won by month", month, names);
        static const char *const labels[] = {"expected", "weighted by probability", "won"};
        for (size_t i = 0; figure && figure->series_count == 3 && i < 3; i++)
            figure->series[i].name = slice_from_cstr(labels[i]);
    }
    for (size_t row = 0; row < maker->table->rows; row++)
        if (slice_equal_cstr(maker_text(maker, row, "month"), "overdue"))
            overdue += maker_number(maker, row, "deals");
    struct slice weighted =
        maker_money(maker, maker_sum(maker, "weighted_amount"), maker_column(maker, "weighted_amount"));
    struct slice deals = words_count(maker->words, maker_sum(maker, "deals"), "open deal", "open deals");
    struct slice late = words_number(maker->words, overdue, UNIT_NUMBER, 0);
    maker->out->sentence = words_printf(maker->words, "%.*s, worth %.*s by their probabilities; %.*s overdue.",
                                        SLICE_ARG(deals), SLICE_ARG(weighted), SLICE_ARG(late));
}

void make_pipeline_slippage(struct figure_maker *maker)
{
    static const char *const names[] = {"moved", "pushed", "pulled", NULL};
    size_t group = group_column(maker, "deals");

    if (group != COLUMN_ABSENT)
        maker_rows(maker, FIGURE_BARS, "Deals whose date was moved", group, names);
    struct slice deals = words_count(maker->words, maker_sum(maker, "deals"), "deal", "deals");
    struct slice moved = words_number(maker->words, maker_sum(maker, "moved"), UNIT_NUMBER, 0);
    struct slice late = words_number(maker->words, maker_sum(maker, "closed_late"), UNIT_NUMBER, 0);
    struct slice closed = words_number(maker->words, maker_sum(maker, "closed"), UNIT_NUMBER, 0);
    maker->out->sentence = words_printf(maker->words,
                                        "Of %.*s with an expected date, %.*s had it moved; of %.*s closed, %.*s were "
                                        "late.",
                                        SLICE_ARG(deals), SLICE_ARG(moved), SLICE_ARG(closed), SLICE_ARG(late));
}

void make_pipeline_times(struct figure_maker *maker)
{
    static const char *const names[] = {"median", "mean", "p90", NULL};
    struct figure *figure = maker_rows(maker, FIGURE_BARS, "Days between", maker_column(maker, "from"), names);

    for (size_t row = 0; figure && row < maker->table->rows; row++) {
        struct slice from = maker_text(maker, row, "from"), to = maker_text(maker, row, "to");
        figure->categories[row] = words_printf(maker->words, "%.*s \xe2\x86\x92 %.*s", SLICE_ARG(from), SLICE_ARG(to));
    }
    if (figure)
        figure->value_title = SLICE("days");
}
