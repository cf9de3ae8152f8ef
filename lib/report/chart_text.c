/* Charts as text: what they share, and those of bars. A bar is built of eighths, so that on 40 cells 320 lengths can be
 * told apart. */
#include "report/chart_text.h"

#include <math.h>

#include "base/utf8.h"
#include "value/display.h"

enum { TEXT_BARS_MAX = 60 };

void text_repeat(struct text_chart *chart, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        markup_raw(chart->out, text);
}

/* As much of the text as is not wider. */
static struct slice cut(struct slice text, size_t width)
{
    size_t len = 0;

    while (len < text.len) {
        size_t step = utf8_char_length(text.ptr + len, text.len - len);
        step = step ? step : 1;
        if (display_width((struct slice){text.ptr, len + step}) > width)
            break;
        len += step;
    }
    return (struct slice){text.ptr, len};
}

void text_cell(struct text_chart *chart, struct slice text, size_t width, bool right)
{
    size_t taken = display_width(text), written = 0;
    bool shortened = taken > width;

    if (shortened) {
        text = cut(text, width ? width - 1 : 0);
        taken = display_width(text) + 1;
    }
    if (taken > width)
        return; /* there is no room even for the ellipsis */
    if (right)
        text_repeat(chart, " ", width - taken);
    if (!chart->out->failed && display_append(&chart->out->text, text, &written))
        chart->out->failed = true;
    markup_raw(chart->out, shortened ? "\xe2\x80\xa6" : "");
    if (!right)
        text_repeat(chart, " ", width - taken);
}

size_t text_widest(const struct slice *texts, size_t count, size_t most)
{
    size_t widest = 0;

    for (size_t i = 0; i < count && widest < most; i++) {
        size_t width = display_width(texts[i]);
        widest = width > widest ? width : widest;
    }
    return widest < most ? widest : most;
}

void text_color(struct text_chart *chart, size_t series)
{
    /* of the palette of 256, near the colours of canvas.c on light and dark terminals */
    static const unsigned char colors[] = {32, 166, 36, 175, 178, 74, 245, 134};

    if (!chart->color)
        return;
    if (series == SIZE_MAX)
        markup_raw(chart->out, "\033[0m");
    else
        markup_format(chart->out, "\033[38;5;%dm", colors[series % sizeof colors]);
}

size_t text_bar(struct text_chart *chart, double share, size_t width)
{
    static const char *const eighths[] = {"",
                                          "\xe2\x96\x8f",
                                          "\xe2\x96\x8e",
                                          "\xe2\x96\x8d",
                                          "\xe2\x96\x8c",
                                          "\xe2\x96\x8b",
                                          "\xe2\x96\x8a",
                                          "\xe2\x96\x89"};
    size_t parts = share > 0 ? (size_t)llround(share * (double)width * 8) : 0;

    parts = parts == 0 && share > 0 ? 1 : parts;
    text_repeat(chart, "\xe2\x96\x88", parts / 8);
    markup_raw(chart->out, eighths[parts % 8]);
    return parts / 8 + (parts % 8 != 0);
}

/* What stands behind a bar. A funnel's has its share of the first step as well. */
static struct slice number_of(const struct text_chart *chart, size_t series, size_t i)
{
    const struct figure *figure = chart->figure;
    double value = figure->series[series].values[i], first = figure->series[0].values[0];
    struct slice text = figure_value(figure, chart->words, value);

    if (figure->kind == FIGURE_MAP && figure->series[0].remarks)
        return figure->series[0].remarks[i];
    if (figure->kind != FIGURE_FUNNEL || !(first > 0) || isnan(value))
        return text;
    struct slice share = words_number(chart->words, value / first, UNIT_SHARE, 1);
    return words_printf(chart->words, "%.*s (%.*s)", SLICE_ARG(text), SLICE_ARG(share));
}

struct text_bars {
    size_t labels, names, numbers, room; /* widths */
    size_t series;                       /* how many are bars */
    double greatest;
};

static struct text_bars measure(const struct text_chart *chart)
{
    const struct figure *figure = chart->figure;
    bool one = figure->kind == FIGURE_FUNNEL || figure->kind == FIGURE_MAP;
    struct text_bars bars = {.series = one ? 1 : figure->series_count};

    bars.labels = text_widest(figure->categories, figure->category_count, chart->width / 3);
    for (size_t i = 0; i < bars.series; i++) {
        size_t width = bars.series > 1 ? display_width(figure->series[i].name) : 0;
        bars.names = width > bars.names ? width : bars.names;
        for (size_t j = 0; j < figure->category_count; j++) {
            double value = fabs(figure->series[i].values[j]);
            width = display_width(number_of(chart, i, j));
            bars.numbers = width > bars.numbers ? width : bars.numbers;
            bars.greatest = value > bars.greatest ? value : bars.greatest;
        }
    }
    bars.names = bars.names > chart->width / 4 ? chart->width / 4 : bars.names;
    size_t taken = bars.labels + 1 + (bars.names ? bars.names + 1 : 0) + bars.numbers + 1;
    bars.room = chart->width > taken + 8 ? chart->width - taken : 8;
    return bars;
}

/* Negative numbers have a bar as well, of its size; the sign of the number tells. In a funnel what was lost at the step
 * follows in a lighter shade. */
static void one_bar(struct text_chart *chart, const struct text_bars *bars, size_t series, size_t i)
{
    const struct figure *figure = chart->figure;
    double value = figure->series[series].values[i];
    double share = bars->greatest > 0 && !isnan(value) ? fabs(value) / bars->greatest : 0;
    bool funnel = figure->kind == FIGURE_FUNNEL && figure->series_count > 1;
    size_t taken;

    text_color(chart, series);
    if (funnel) {
        double went = figure->series[1].values[i] / bars->greatest;
        went = went > 0 ? fmin(went, share) : 0; /* not a number: nobody is known to have */
        size_t whole = (size_t)llround(share * (double)bars->room), on = (size_t)llround(went * (double)bars->room);
        text_repeat(chart, "\xe2\x96\x88", on);
        text_repeat(chart, "\xe2\x96\x91", whole > on ? whole - on : 0);
        taken = whole > on ? whole : on;
    } else
        taken = text_bar(chart, share, bars->room);
    text_color(chart, SIZE_MAX);
    text_repeat(chart, " ", bars->room > taken ? bars->room - taken + 1 : 1);
    text_cell(chart, number_of(chart, series, i), bars->numbers, true);
    markup_raw(chart->out, "\n");
}

void text_bars(struct text_chart *chart)
{
    const struct figure *figure = chart->figure;
    struct text_bars bars = measure(chart);
    size_t shown = figure->category_count < TEXT_BARS_MAX ? figure->category_count : TEXT_BARS_MAX;

    for (size_t i = 0; i < shown; i++)
        for (size_t j = 0; j < bars.series; j++) {
            text_cell(chart, j ? SLICE("") : figure->categories[i], bars.labels, false);
            markup_raw(chart->out, " ");
            if (bars.names) {
                text_cell(chart, figure->series[j].name, bars.names, false);
                markup_raw(chart->out, " ");
            }
            one_bar(chart, &bars, j, i);
        }
    if (figure->category_count > shown)
        markup_format(chart->out, "... and %zu more\n", figure->category_count - shown);
    if (figure->kind == FIGURE_FUNNEL && figure->series[0].remarks)
        for (size_t i = 0; i < shown; i++)
            if (figure->series[0].remarks[i].len) {
                markup_raw(chart->out, "  ");
                text_cell(chart, figure->categories[i], bars.labels, false);
                markup_raw(chart->out, " ");
                text_cell(chart, figure->series[0].remarks[i], display_width(figure->series[0].remarks[i]), false);
                markup_raw(chart->out, "\n");
            }
}

/* Blanks at the ends of lines are nothing to see, and a nuisance in a file. */
static void strip_line_ends(struct markup *out, size_t from)
{
    char *data = out->text.data;
    size_t kept = from;

    for (size_t i = from; i < out->text.len; i++) {
        if (data[i] == '\n')
            while (kept > from && data[kept - 1] == ' ')
                kept--;
        data[kept++] = data[i];
    }
    out->text.len = kept;
}

void chart_text(struct markup *out, const struct figure *figure, struct words *words, size_t width, bool color)
{
    static void (*const charts[FIGURE_KINDS])(struct text_chart *) = {
        [FIGURE_BARS] = text_bars,     [FIGURE_FUNNEL] = text_bars, [FIGURE_COLUMNS] = text_columns,
        [FIGURE_LINES] = text_lines,   [FIGURE_HEAT] = text_heat,   [FIGURE_MAP] = text_bars,
        [FIGURE_PARETO] = text_pareto,
    };
    struct text_chart chart = {out, figure, words, width, color};
    size_t from = out->text.len;

    charts[figure->kind](&chart);
    if (!color && !out->failed)
        strip_line_ends(out, from);
}
