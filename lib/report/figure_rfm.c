/* The figures of crm-rfm's tables. Of customers: how many stand in each cell of recency and frequency, how many in each
 * segment, and how the revenue is spread over them. */
#include <math.h>
#include <stdlib.h>

#include "report/figure_maker.h"

enum { SCORES_MAX = 9 };

static size_t score_of(const struct figure_maker *maker, size_t row, const char *name)
{
    double score = maker_number(maker, row, name);

    return score >= 1 && score <= SCORES_MAX ? (size_t)score : 0;
}

/* Recency upwards, so that the best are in the upper right corner. */
static void make_grid(struct figure_maker *maker)
{
    size_t most_r = 0, most_f = 0;

    for (size_t row = 0; row < maker->table->rows; row++) {
        size_t r = score_of(maker, row, "r"), f = score_of(maker, row, "f");
        most_r = r > most_r ? r : most_r;
        most_f = f > most_f ? f : most_f;
    }
    if (most_r < 2 || most_f < 2)
        return;
    struct figure *figure =
        maker_add(maker, FIGURE_HEAT, "Customers by recency and frequency (5 is best)", most_r, most_f);
    if (!figure)
        return;
    figure->title = words_printf(maker->words, "Customers by recency and frequency (%zu is best)", most_r);
    for (size_t i = 0; i < most_r; i++)
        figure->categories[i] = words_printf(maker->words, "R%zu", most_r - i);
    for (size_t i = 0; i < most_f; i++) {
        figure->series[i].name = words_printf(maker->words, "F%zu", i + 1);
        for (size_t j = 0; j < most_r; j++)
            figure->series[i].values[j] = 0;
    }
    for (size_t row = 0; row < maker->table->rows; row++) {
        size_t r = score_of(maker, row, "r"), f = score_of(maker, row, "f");
        if (r && f)
            figure->series[f - 1].values[most_r - r]++;
    }
    figure->value_title = SLICE("customers");
    figure->category_title = SLICE("recency and frequency");
}

static int descending(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;

    return one > other ? -1 : one < other;
}

static void make_revenue_curve(struct figure_maker *maker)
{
    size_t rows = maker->table->rows, count = 0;
    size_t column = maker_column(maker, "monetary");
    struct figure *figure = rows > 9 ? maker_add(maker, FIGURE_PARETO, "How revenue is spread", rows, 1) : NULL;

    if (!figure)
        return;
    for (size_t row = 0; row < rows; row++) {
        double amount = report_number(maker->table, row, column);
        if (!isnan(amount))
            figure->series[0].values[count++] = amount;
    }
    figure->category_count = count;
    if (count == 0) {
        maker->out->count--;
        return;
    }
    qsort(figure->series[0].values, count, sizeof(double), descending);
    for (size_t i = 0; i < count; i++)
        figure->categories[i] = words_printf(maker->words, "%zu", i + 1);
    figure->decimals = report_column_decimals(maker->table, column);
    figure->category_title = SLICE("customers, by what they brought");
    figure->value_title = SLICE("monetary");
}

static void say_segments(struct figure_maker *maker, const struct figure *bars)
{
    size_t most = 0;

    for (size_t i = 1; i < bars->category_count; i++)
        if (bars->series[0].values[i] > bars->series[0].values[most])
            most = i;
    struct slice number = words_number(maker->words, bars->series[0].values[most], UNIT_NUMBER, 0);
    struct slice all = words_count(maker->words, (double)maker->table->rows, "customer", "customers");
    struct slice share = maker_share(maker, bars->series[0].values[most] / (double)maker->table->rows);
    struct slice name = maker_name(maker, bars->categories[most]);
    maker->out->sentence = words_printf(maker->words, "The largest segment is %.*s: %.*s of %.*s (%.*s).",
                                        SLICE_ARG(name), SLICE_ARG(number), SLICE_ARG(all), SLICE_ARG(share));
}

void make_rfm_customers(struct figure_maker *maker)
{
    struct figure *bars = maker_counts(maker, "Customers in each segment", maker_column(maker, "segment"), "customers");

    if (bars)
        say_segments(maker, bars);
    make_grid(maker);
    make_revenue_curve(maker);
}

static void say_summary(struct figure_maker *maker)
{
    size_t most = 0;

    for (size_t row = 1; row < maker->table->rows; row++)
        if (maker_number(maker, row, "customers") > maker_number(maker, most, "customers"))
            most = row;
    struct slice name = maker_name(maker, maker_text(maker, most, "segment"));
    struct slice number = words_decimal(maker->words, maker_text(maker, most, "customers"));
    struct slice all = words_count(maker->words, maker_sum(maker, "customers"), "customer", "customers");
    struct slice share = maker_share(maker, maker_number(maker, most, "customer_share"));
    struct slice text = words_printf(maker->words, "The largest segment is %.*s: %.*s of %.*s (%.*s)", SLICE_ARG(name),
                                     SLICE_ARG(number), SLICE_ARG(all), SLICE_ARG(share));
    struct slice revenue = maker_share(maker, maker_number(maker, most, "revenue_share"));
    if (revenue.len)
        text = words_printf(maker->words, "%.*s; it brings %.*s of the revenue", SLICE_ARG(text), SLICE_ARG(revenue));
    maker->out->sentence = words_printf(maker->words, "%.*s.", SLICE_ARG(text));
}

/* Areas are customers, colours what one of them brings: a small dark one is to be looked after. */
static void make_segment_map(struct figure_maker *maker)
{
    static const char *const names[] = {"customers", "revenue", NULL};
    struct figure *map = maker_rows(maker, FIGURE_MAP, "Segments", maker_column(maker, "segment"), names);
    struct slice *remarks = words_alloc(maker->words, (maker->table->rows + 1) * sizeof *remarks);

    if (!map || !remarks)
        return;
    for (size_t row = 0; row < maker->table->rows; row++) {
        double customers = map->series[0].values[row];
        struct slice number = words_number(maker->words, customers, UNIT_NUMBER, 0);
        struct slice share = maker_share(maker, maker_number(maker, row, "customer_share"));
        remarks[row] = words_printf(maker->words, "%.*s (%.*s)", SLICE_ARG(number), SLICE_ARG(share));
        if (map->series_count > 1)
            map->series[1].values[row] = customers > 0 ? map->series[1].values[row] / customers : NAN;
    }
    map->series[0].remarks = remarks;
    if (map->series_count > 1)
        map->series[1].name = SLICE("revenue per customer");
    map->decimals = 0;
}

void make_rfm_summary(struct figure_maker *maker)
{
    static const char *const shares[] = {"customer_share", "revenue_share", NULL};
    struct figure *bars;

    make_segment_map(maker);
    bars = maker_rows(maker, FIGURE_BARS, "Share of customers and of revenue", maker_column(maker, "segment"), shares);
    if (bars) {
        bars->series[0].name = SLICE("of customers");
        if (bars->series_count > 1)
            bars->series[1].name = SLICE("of revenue");
    }
    say_summary(maker);
}

void make_rfm_migration(struct figure_maker *maker)
{
    struct distinct from, to;
    double stayed = 0, known = 0;

    if (!maker_distinct(maker, maker_column(maker, "previous_segment"), &from) ||
        !maker_distinct(maker, maker_column(maker, "segment"), &to))
        return;
    struct figure *figure = maker_add(maker, FIGURE_HEAT, "From segment to segment", from.count, to.count);
    if (!figure)
        return;
    for (size_t i = 0; i < from.count; i++)
        figure->categories[i] = from.values[i];
    for (size_t i = 0; i < to.count; i++)
        figure->series[i].name = to.values[i];
    for (size_t row = 0; row < maker->table->rows; row++) {
        double customers = maker_number(maker, row, "customers");
        figure->series[to.of_row[row]].values[from.of_row[row]] = maker_number(maker, row, "share");
        if (slice_equal_cstr(maker_text(maker, row, "previous_segment"), "(new)"))
            continue;
        known += customers;
        if (slice_equal(maker_text(maker, row, "previous_segment"), maker_text(maker, row, "segment")))
            stayed += customers;
    }
    figure->unit = UNIT_SHARE;
    figure->category_title = SLICE("segment before");
    figure->value_title = SLICE("share of the customers of a row");
    if (!(known > 0))
        return;
    struct slice number = words_number(maker->words, stayed, UNIT_NUMBER, 0);
    struct slice all = words_count(maker->words, known, "customer", "customers");
    struct slice share = maker_share(maker, stayed / known);
    maker->out->sentence = words_printf(maker->words, "Of %.*s known before, %.*s (%.*s) are in the same segment.",
                                        SLICE_ARG(all), SLICE_ARG(number), SLICE_ARG(share));
}
