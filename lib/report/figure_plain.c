/* Figures of tables of any origin: a trend where a column of periods leads; for --chart whatever the columns allow. */
#include <math.h>
#include <stdlib.h>

#include "report/figure_maker.h"

/* Series that can be told apart, and bars that fit on a page. */
enum { SERIES_MAX = 6, CATEGORIES_MAX = 60 };

/* The columns of quantities, as many as can be shown. */
static size_t find_numbers(const struct report_table *table, size_t but, const char *names[SERIES_MAX + 1],
                           struct words *words)
{
    size_t count = 0;

    for (size_t i = 0; i < table->column_count && count < SERIES_MAX; i++)
        if (i != but && !report_column_label(table, i) && report_column_numeric(table, i))
            names[count++] = words_copy(words, table->names[i]).ptr;
    names[count] = NULL;
    return count;
}

/* The column that names the rows: one of periods, else the first that is not of quantities; else the first. */
static size_t find_label(const struct report_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (report_column_period(table, i))
            return i;
    for (size_t i = 0; i < table->column_count; i++)
        if (report_column_label(table, i) || !report_column_numeric(table, i))
            return i;
    return 0;
}

static int by_value(const void *a, const void *b, void *context)
{
    const double *values = context;
    size_t one = *(const size_t *)a, other = *(const size_t *)b;

    if (values[one] != values[other])
        return values[one] > values[other] ? -1 : 1;
    return one < other ? -1 : one > other;
}

/* Categories in descending order of the first series. */
static void sort_figure(struct figure *figure, struct words *words)
{
    size_t count = figure->category_count;
    size_t *order = words_alloc(words, (count + 1) * sizeof *order);
    struct slice *names = words_alloc(words, (count + 1) * sizeof *names);
    double *values = words_alloc(words, (count + 1) * sizeof *values);

    if (!order || !names || !values)
        return;
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
        if (isnan(figure->series[0].values[i]))
            figure->series[0].values[i] = 0;
    }
    qsort_r(order, count, sizeof *order, by_value, figure->series[0].values);
    for (size_t i = 0; i < count; i++) {
        names[i] = figure->categories[order[i]];
        values[i] = figure->series[0].values[order[i]];
    }
    figure->categories = names;
    figure->series[0].values = values;
}

bool make_chosen(struct figure_maker *maker, enum figure_kind kind)
{
    const struct report_table *table = maker->table;
    const char *names[SERIES_MAX + 1];
    size_t label = table->column_count ? find_label(table) : 0;
    bool one = kind == FIGURE_PARETO || kind == FIGURE_MAP || kind == FIGURE_FUNNEL;

    if (table->column_count < 2 || table->rows > CATEGORIES_MAX * 20 ||
        find_numbers(table, label, names, maker->words) == 0 || maker->words->failed)
        return false;
    if (one)
        names[1] = NULL;
    struct figure *figure = maker_rows(maker, kind, "Chart", label, names);
    if (!figure)
        return false;
    figure->title = figure->series_count == 1 ? figure->series[0].name
                                              : words_printf(maker->words, "By %.*s", SLICE_ARG(table->names[label]));
    if (kind == FIGURE_PARETO)
        sort_figure(figure, maker->words);
    return true;
}

void make_trend(struct figure_maker *maker)
{
    if (maker->table->rows > 1)
        make_chosen(maker, FIGURE_LINES);
}

/* A table that is of no kind is shown; where a column of periods leads and all others are numbers, as lines too. */
void make_plain(struct figure_maker *maker)
{
    const struct report_table *table = maker->table;

    if (table->column_count < 2 || table->rows > CATEGORIES_MAX * 20 || !report_column_period(table, 0))
        return;
    for (size_t row = 1; row < table->rows; row++)
        if (slice_equal(report_cell(table, row - 1, 0), report_cell(table, row, 0)))
            return;
    make_trend(maker);
}
