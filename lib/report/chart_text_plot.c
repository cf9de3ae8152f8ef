/* Text charts that stand upright: columns of eighths, lines as rows of small columns on one scale, heat maps. */
#include "report/chart_text.h"

#include <math.h>

#include "stream/shade.h"
#include "value/display.h"

enum { ROWS = 8, COLUMN_MAX = 6 };

static const char *const levels[] = {" ",
                                     "\xe2\x96\x81",
                                     "\xe2\x96\x82",
                                     "\xe2\x96\x83",
                                     "\xe2\x96\x84",
                                     "\xe2\x96\x85",
                                     "\xe2\x96\x86",
                                     "\xe2\x96\x87",
                                     "\xe2\x96\x88"};

/* The names below columns of a width, each where its column begins; those that would touch the one before are left
 * out. */
static void names_below(struct text_chart *chart, size_t indent, size_t step)
{
    const struct figure *figure = chart->figure;
    size_t at = 0;

    text_repeat(chart, " ", indent);
    for (size_t i = 0; i < figure->category_count; i++) {
        size_t begin = i * step, width = display_width(figure->categories[i]);
        if ((i && begin <= at) || (begin + width > figure->category_count * step && i))
            continue;
        text_repeat(chart, " ", begin - at);
        text_cell(chart, figure->categories[i], width, false);
        at = begin + width;
    }
    markup_raw(chart->out, "\n");
}

/* One series from zero upwards, ROWS high. */
static void upright(struct text_chart *chart, double greatest, size_t step)
{
    const struct figure *figure = chart->figure;
    struct slice top = figure_value(figure, chart->words, greatest);
    size_t indent = display_width(top);

    for (int row = ROWS - 1; row >= 0; row--) {
        text_cell(chart, row == ROWS - 1 ? top : row == 0 ? SLICE("0") : SLICE(""), indent, true);
        markup_raw(chart->out, " ");
        text_color(chart, 0);
        for (size_t i = 0; i < figure->category_count; i++) {
            double value = figure->series[0].values[i] / greatest * ROWS * 8 - row * 8;
            int level = !(value > 0) ? 0 : value >= 8 ? 8 : (int)lround(value);
            level = level == 0 && row == 0 && figure->series[0].values[i] > 0 ? 1 : level;
            text_repeat(chart, levels[level], step - (step > 1));
            markup_raw(chart->out, step > 1 ? " " : "");
        }
        text_color(chart, SIZE_MAX);
        markup_raw(chart->out, "\n");
    }
    names_below(chart, indent + 1, step);
}

/* Several series, negative numbers, or more columns than fit: bars say the same. */
void text_columns(struct text_chart *chart)
{
    const struct figure *figure = chart->figure;
    double least, greatest;

    figure_range(figure, &least, &greatest);
    struct slice top = figure_value(figure, chart->words, greatest);
    size_t taken = display_width(top) + 1;
    size_t room = chart->width > taken ? chart->width - taken : 0;
    size_t step = figure->category_count ? room / figure->category_count : 0;
    if (figure->series_count > 1 || !(least >= 0) || !(greatest > 0) || step == 0) {
        text_bars(chart);
        return;
    }
    upright(chart, greatest, step > COLUMN_MAX ? COLUMN_MAX : step);
}

/* The mean of the values that fall into a cell. */
static double cell_value(const struct figure_series *series, size_t count, size_t cell, size_t cells)
{
    size_t from = cell * count / cells, to = (cell + 1) * count / cells;
    double sum = 0;
    size_t known = 0;

    for (size_t i = from; i < (to > from ? to : from + 1) && i < count; i++)
        if (!isnan(series->values[i])) {
            sum += series->values[i];
            known++;
        }
    return known ? sum / (double)known : NAN;
}

/* The first and the last value that there are: "50.0 % → 60.0 %". */
static struct slice ends_of(const struct text_chart *chart, const struct figure_series *series)
{
    size_t first = 0, last = chart->figure->category_count;

    while (first < last && isnan(series->values[first]))
        first++;
    while (last > first && isnan(series->values[last - 1]))
        last--;
    if (first == last)
        return SLICE("");
    struct slice from = figure_value(chart->figure, chart->words, series->values[first]);
    struct slice to = figure_value(chart->figure, chart->words, series->values[last - 1]);
    return words_printf(chart->words, "%.*s \xe2\x86\x92 %.*s", SLICE_ARG(from), SLICE_ARG(to));
}

static void one_line(struct text_chart *chart, size_t i, size_t cells, double least, double greatest)
{
    const struct figure *figure = chart->figure;
    const struct figure_series *series = &figure->series[i];

    text_color(chart, i);
    for (size_t cell = 0; cell < cells; cell++) {
        double value = cell_value(series, figure->category_count, cell, cells);
        double share = greatest > least ? (value - least) / (greatest - least) : 0.5;
        markup_raw(chart->out, isnan(value) ? " " : levels[1 + (int)lround(share * 7)]);
    }
    text_color(chart, SIZE_MAX);
    markup_raw(chart->out, "  ");
    struct slice ends = ends_of(chart, series);
    text_cell(chart, ends, display_width(ends), false);
    markup_raw(chart->out, "\n");
}

void text_lines(struct text_chart *chart)
{
    const struct figure *figure = chart->figure;
    size_t count = figure->category_count, names = 0;
    double least, greatest;

    figure_range(figure, &least, &greatest);
    least = least > 0 && least < greatest / 3 ? 0 : least;
    for (size_t i = 0; i < figure->series_count; i++) {
        size_t width = display_width(figure->series[i].name);
        names = width > names ? width : names;
    }
    names = names > chart->width / 3 ? chart->width / 3 : names;
    size_t room = chart->width > names + 26 ? chart->width - names - 26 : 8;
    size_t cells = count < room ? count : room;
    for (size_t i = 0; i < figure->series_count; i++) {
        text_cell(chart, figure->series[i].name, names, false);
        markup_raw(chart->out, names ? " " : "");
        one_line(chart, i, cells, least, greatest);
    }
    if (count == 0)
        return;
    struct slice last = figure->categories[count - 1];
    text_repeat(chart, " ", names + (names > 0));
    text_cell(chart, figure->categories[0], display_width(figure->categories[0]), false);
    markup_raw(chart->out, " \xe2\x80\xa6 ");
    text_cell(chart, last, display_width(last), false);
    markup_raw(chart->out, "\n");
}

/* The number of a cell, without a per cent sign; without colours a shade beside it tells how much it is. */
static struct slice heat_text(const struct text_chart *chart, size_t row, size_t column)
{
    const struct figure *figure = chart->figure;
    double value = figure->series[column].values[row];
    bool unsure = figure->unsure && figure->unsure[row * figure->series_count + column];

    if (isnan(value))
        return SLICE("");
    struct slice text = figure->unit == UNIT_SHARE ? words_number(chart->words, value * 100, UNIT_NUMBER, 0)
                                                   : figure_value(figure, chart->words, value);
    return unsure ? words_printf(chart->words, "%.*s*", SLICE_ARG(text)) : text;
}

static void heat_cell(struct text_chart *chart, size_t row, size_t column, size_t width, double greatest)
{
    static const char *const shades[] = {" ", "\xe2\x96\x91", "\xe2\x96\x92", "\xe2\x96\x93", "\xe2\x96\x88"};
    double value = chart->figure->series[column].values[row];
    double share = isnan(value) || !(greatest > 0) ? 0 : value / greatest;

    if (chart->color && !isnan(value)) {
        struct shade_colors colors = shade_colors(share);
        markup_format(chart->out, "\033[48;5;%d;38;5;%dm", colors.background, colors.foreground);
    }
    text_cell(chart, heat_text(chart, row, column), width, true);
    if (chart->color)
        markup_raw(chart->out, isnan(value) ? " " : " \033[0m");
    else
        markup_raw(chart->out, shades[share >= 1  ? 4
                                      : share > 0 ? (int)(share * 4) + 1 > 4 ? 4 : (int)(share * 4) + 1
                                                  : 0]);
}

/* The width of a column, without the blanks around it. */
static size_t heat_width(const struct text_chart *chart, size_t labels)
{
    const struct figure *figure = chart->figure;
    size_t most = (chart->width - labels) / figure->series_count; /* of a name; numbers are always whole */
    size_t width = 0;

    most = most > 12 ? 10 : most > 3 ? most - 2 : 1;
    for (size_t i = 0; i < figure->series_count; i++) {
        size_t own = display_width(figure->series[i].name);
        own = own > most ? most : own;
        width = own > width ? own : width;
        for (size_t row = 0; row < figure->category_count; row++) {
            own = display_width(heat_text(chart, row, i));
            width = own > width ? own : width;
        }
    }
    return width;
}

void text_heat(struct text_chart *chart)
{
    const struct figure *figure = chart->figure;
    size_t labels = text_widest(figure->categories, figure->category_count, chart->width / 3);
    size_t width = heat_width(chart, labels), rows = figure->category_count < 60 ? figure->category_count : 60;
    size_t columns = (chart->width - labels) / (width + 2);
    double least, greatest;

    columns = columns < 1 ? 1 : columns < figure->series_count ? columns : figure->series_count;
    figure_range(figure, &least, &greatest);
    text_repeat(chart, " ", labels);
    for (size_t i = 0; i < columns; i++) {
        markup_raw(chart->out, " ");
        text_cell(chart, figure->series[i].name, width, true);
        markup_raw(chart->out, " ");
    }
    markup_raw(chart->out, "\n");
    for (size_t row = 0; row < rows; row++) {
        text_cell(chart, figure->categories[row], labels, false);
        for (size_t i = 0; i < columns; i++) {
            markup_raw(chart->out, " ");
            heat_cell(chart, row, i, width, greatest);
        }
        markup_raw(chart->out, "\n");
    }
    if (columns < figure->series_count)
        markup_format(chart->out, "... and %zu more columns\n", figure->series_count - columns);
    if (rows < figure->category_count)
        markup_format(chart->out, "... and %zu more rows\n", figure->category_count - rows);
    if (figure->unsure)
        markup_format(chart->out, "%.*s\n", SLICE_ARG(figure->unsure_note));
}

/* The cumulated share as one line of columns, and how many make 80 % of the whole. */
void text_pareto(struct text_chart *chart)
{
    struct figure sums = *chart->figure;
    struct text_chart own = *chart;
    struct figure_series cumulated = {.name = SLICE_INIT("cumulated")};
    size_t count = sums.category_count, enough = 0;
    double whole = 0, sum = 0;

    cumulated.values = words_alloc(chart->words, (count + 1) * sizeof(double));
    if (!cumulated.values)
        return;
    for (size_t i = 0; i < count; i++)
        whole += sums.series[0].values[i] > 0 ? sums.series[0].values[i] : 0;
    for (size_t i = 0; i < count; i++) {
        enough += sum < whole * 0.8 - whole * 1e-12;
        sum += sums.series[0].values[i] > 0 ? sums.series[0].values[i] : 0;
        cumulated.values[i] = whole > 0 ? sum / whole : 0;
    }
    sums.series = &cumulated;
    sums.series_count = 1;
    sums.unit = UNIT_SHARE;
    sums.decimals = 0;
    own.figure = &sums;
    text_lines(&own);
    if (enough == 0)
        return; /* all of it is nothing */
    struct slice first = words_number(chart->words, (double)enough, UNIT_NUMBER, 0);
    struct slice all = words_number(chart->words, (double)count, UNIT_NUMBER, 0);
    struct slice share = words_number(chart->words, (double)enough / (double)count, UNIT_SHARE, 1);
    markup_format(chart->out, "%.*s of %.*s (%.*s) make 80 %%\n", SLICE_ARG(first), SLICE_ARG(all), SLICE_ARG(share));
}
