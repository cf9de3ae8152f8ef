/* What makers share: cells by the names of columns, distinct values, histograms, a figure of the rows as they are. */
#include "report/figure_maker.h"

#include <math.h>

struct figure *maker_add(struct figure_maker *maker, enum figure_kind kind, const char *title, size_t categories,
                         size_t series)
{
    if (maker->out->count == FIGURES_MAX || maker->words->failed || categories == 0 || series == 0)
        return NULL;
    struct figure *figure = &maker->out->items[maker->out->count];
    if (!figure_make(figure, maker->words, kind, categories, series))
        return NULL;
    figure->title = slice_from_cstr(title);
    maker->out->count++;
    return figure;
}

size_t maker_column(const struct figure_maker *maker, const char *name)
{
    return report_table_find(maker->table, name);
}

double maker_number(const struct figure_maker *maker, size_t row, const char *name)
{
    size_t column = maker_column(maker, name);

    return column == COLUMN_ABSENT ? NAN : report_number(maker->table, row, column);
}

struct slice maker_text(const struct figure_maker *maker, size_t row, const char *name)
{
    size_t column = maker_column(maker, name);

    return column == COLUMN_ABSENT ? SLICE("") : report_cell(maker->table, row, column);
}

struct slice maker_name(const struct figure_maker *maker, struct slice text)
{
    return words_name(maker->words, text);
}

struct slice maker_share(const struct figure_maker *maker, double share)
{
    return words_number(maker->words, share, UNIT_SHARE, 1);
}

struct slice maker_money(const struct figure_maker *maker, double amount, size_t column)
{
    return words_number(maker->words, amount, UNIT_NUMBER, report_column_decimals(maker->table, column));
}

double maker_sum(const struct figure_maker *maker, const char *name)
{
    double sum = 0;

    for (size_t row = 0; row < maker->table->rows; row++) {
        double number = maker_number(maker, row, name);
        sum += isnan(number) ? 0 : number;
    }
    return sum;
}

bool maker_distinct(struct figure_maker *maker, size_t column, struct distinct *distinct)
{
    const struct report_table *table = maker->table;

    *distinct = (struct distinct){
        .values = words_alloc(maker->words, DISTINCT_MAX * sizeof *distinct->values),
        .of_row = words_alloc(maker->words, (table->rows + 1) * sizeof *distinct->of_row),
    };
    if (!distinct->values || !distinct->of_row)
        return false;
    for (size_t row = 0; row < table->rows; row++) {
        struct slice value = report_cell(table, row, column);
        size_t i = 0;
        while (i < distinct->count && !slice_equal(distinct->values[i], value))
            i++;
        if (i == DISTINCT_MAX)
            return false;
        if (i == distinct->count)
            distinct->values[distinct->count++] = value;
        distinct->of_row[row] = i;
    }
    return true;
}

static void fill_rows(struct figure_maker *maker, struct figure *figure, size_t label, const size_t *columns)
{
    bool shares = true;
    int decimals = 0;

    for (size_t row = 0; row < figure->category_count; row++)
        figure->categories[row] = report_cell(maker->table, row, label);
    for (size_t i = 0; i < figure->series_count; i++) {
        int own = report_column_decimals(maker->table, columns[i]);
        figure->series[i].name = maker->table->names[columns[i]];
        for (size_t row = 0; row < figure->category_count; row++)
            figure->series[i].values[row] = report_number(maker->table, row, columns[i]);
        shares = shares && report_column_share(maker->table, columns[i]);
        decimals = own > decimals ? own : decimals;
    }
    figure->unit = shares ? UNIT_SHARE : UNIT_NUMBER;
    figure->decimals = shares ? 1 : decimals;
    figure->category_title = maker->table->names[label];
    if (figure->series_count == 1)
        figure->value_title = figure->series[0].name;
}

struct figure *maker_rows(struct figure_maker *maker, enum figure_kind kind, const char *title, size_t label,
                          const char *const *names)
{
    size_t columns[16] = {0};
    size_t count = 0;

    for (; *names && count < sizeof columns / sizeof *columns; names++) {
        size_t column = maker_column(maker, *names);
        if (column != COLUMN_ABSENT && report_column_numeric(maker->table, column))
            columns[count++] = column;
    }
    struct figure *figure = maker_add(maker, kind, title, maker->table->rows, count);
    if (figure)
        fill_rows(maker, figure, label, columns);
    return figure;
}

struct figure *maker_histogram(struct figure_maker *maker, const char *title, size_t column, double from, double to,
                               size_t bins)
{
    struct figure *figure = maker_add(maker, FIGURE_COLUMNS, title, bins, 1);
    double width = (to - from) / (double)bins;
    int decimals = width >= 1 ? 0 : width >= 0.1 ? 1 : 2;

    if (!figure)
        return NULL;
    for (size_t i = 0; i < bins; i++) {
        struct slice low = words_number(maker->words, from + width * (double)i, UNIT_NUMBER, decimals);
        struct slice high = words_number(maker->words, from + width * (double)(i + 1), UNIT_NUMBER, decimals);
        figure->categories[i] = words_printf(maker->words, "%.*s\xe2\x80\x93%.*s", SLICE_ARG(low), SLICE_ARG(high));
        figure->series[0].values[i] = 0;
    }
    for (size_t row = 0; row < maker->table->rows; row++) {
        double number = report_number(maker->table, row, column);
        if (isnan(number) || number < from || number > to)
            continue;
        size_t bin = (size_t)((number - from) / width);
        figure->series[0].values[bin < bins ? bin : bins - 1]++;
    }
    figure->touching = true;
    figure->category_title = maker->table->names[column];
    return figure;
}

struct figure *maker_counts(struct figure_maker *maker, const char *title, size_t column, const char *unit)
{
    struct distinct values;
    struct figure *figure;

    if (!maker_distinct(maker, column, &values))
        return NULL;
    figure = maker_add(maker, FIGURE_BARS, title, values.count, 1);
    if (!figure)
        return NULL;
    for (size_t i = 0; i < values.count; i++) {
        figure->categories[i] = values.values[i].len ? values.values[i] : SLICE("(none)");
        figure->series[0].values[i] = 0;
    }
    for (size_t row = 0; row < maker->table->rows; row++)
        figure->series[0].values[values.of_row[row]]++;
    figure->category_title = maker->table->names[column];
    figure->value_title = slice_from_cstr(unit);
    return figure;
}
