/* Bars and funnels. Bars grow from zero, to the left where a number is negative; each has its number behind it, so that
 * no axis is needed. In a funnel the label stands above the bar and what becomes of the step below it, which leaves the
 * whole width to the bars on any screen. */
#include "report/chart.h"

#include <math.h>

enum { BAR = 18, THIN_BAR = 13, BAR_GAP = 10, LABEL_LINE = 18, STEP = 62, REST = 20 };

static size_t bars_shown(const struct figure *figure)
{
    return figure->category_count < CHART_BARS_MAX ? figure->category_count : CHART_BARS_MAX;
}

static double group_height(const struct figure *figure)
{
    return figure->series_count > 1 ? (double)figure->series_count * THIN_BAR : BAR;
}

double bars_height(const struct figure *figure, double width)
{
    double row = group_height(figure) + BAR_GAP + (width < CHART_NARROW ? LABEL_LINE : 0);

    return chart_legend_height(figure, width) + row * (double)bars_shown(figure) +
           (figure->category_count > CHART_BARS_MAX ? REST : 0) + (figure->value_title.len ? REST : 0);
}

/* "and 12 more": never leave out anything in silence. */
static void say_rest(struct chart *chart, size_t shown)
{
    struct text_style style = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_START);
    size_t more = chart->figure->category_count - shown;

    if (more)
        canvas_text(chart->canvas, chart->left, chart->bottom - 5, &style,
                    words_printf(chart->words, "and %zu more", more));
}

struct bars {
    struct chart_scale scale;
    double labels;  /* the width of the labels at the left */
    double numbers; /* of the numbers */
    double zero;
};

static struct slice bar_number(const struct chart *chart, size_t series, size_t category)
{
    const struct figure_series *one = &chart->figure->series[series];

    return one->remarks && one->remarks[category].len
               ? one->remarks[category]
               : figure_value(chart->figure, chart->words, one->values[category]);
}

static struct bars measure(struct chart *chart, size_t shown)
{
    const struct figure *figure = chart->figure;
    struct bars bars = {0};
    double least, greatest, half = (chart->right - chart->left) * 0.4;

    figure_range(figure, &least, &greatest);
    least = least < 0 ? least : 0;
    greatest = greatest > 0 ? greatest : 0;
    for (size_t i = 0; i < shown; i++) {
        double width = canvas_text_width(chart->canvas, CHART_TEXT, figure->categories[i]);
        bars.labels = width > bars.labels ? width : bars.labels;
        for (size_t j = 0; j < figure->series_count; j++) {
            width = canvas_text_width(chart->canvas, CHART_SMALL, bar_number(chart, j, i));
            bars.numbers = width > bars.numbers ? width : bars.numbers;
        }
    }
    bars.labels = chart->narrow ? 0 : (bars.labels > half ? half : bars.labels) + 10;
    bars.numbers += 8;
    bars.scale = (struct chart_scale){.from = least, .to = greatest > least ? greatest : least + 1};
    bars.scale.near = chart->left + bars.labels + (least < 0 ? bars.numbers : 0);
    bars.scale.far = chart->right - (greatest > 0 || least == 0 ? bars.numbers : 0);
    bars.zero = chart_place(&bars.scale, 0);
    return bars;
}

static void draw_bar(struct chart *chart, const struct bars *bars, size_t series, size_t category, double y,
                     double height)
{
    double value = chart->figure->series[series].values[category];
    double end = chart_place(&bars->scale, value);
    struct text_style style = chart_style(CHART_SMALL, INK_TEXT, value < 0 ? ANCHOR_END : ANCHOR_START);

    if (isnan(value))
        return;
    canvas_rectangle(chart->canvas, value < 0 ? end : bars->zero, y, fabs(end - bars->zero), height,
                     ink_series(series));
    canvas_text(chart->canvas, end + (value < 0 ? -5 : 5), y + height / 2 + 4, &style,
                bar_number(chart, series, category));
}

void bars_draw(struct chart *chart)
{
    const struct figure *figure = chart->figure;
    size_t shown = bars_shown(figure);
    struct text_style style = chart_style(CHART_TEXT, INK_TEXT, chart->narrow ? ANCHOR_START : ANCHOR_END);
    struct text_style title = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_START);

    chart_legend(chart, false);
    if (figure->value_title.len) {
        canvas_text_within(chart->canvas, chart->left, chart->top + 11, chart->right - chart->left, &title,
                           figure->value_title);
        chart->top += REST;
    }
    struct bars bars = measure(chart, shown);
    double room = chart->bottom - chart->top - (figure->category_count > shown ? REST : 0);
    double row = room / (double)shown;
    double label = chart->narrow ? LABEL_LINE : 0;
    double group = row - label - BAR_GAP;
    double bar = group / (double)figure->series_count;
    for (size_t i = 0; i < shown; i++) {
        double y = chart->top + row * (double)i + BAR_GAP / 2.0;
        double x = chart->narrow ? chart->left : chart->left + bars.labels - 10;
        canvas_text_within(chart->canvas, x, chart->narrow ? y + 12 : y + group / 2 + 4.5,
                           chart->narrow ? chart->right - chart->left : bars.labels - 10, &style,
                           figure->categories[i]);
        for (size_t j = 0; j < figure->series_count; j++)
            draw_bar(chart, &bars, j, i, y + label + bar * (double)j, figure->series_count > 1 ? bar - 1 : bar);
    }
    if (!chart->narrow) /* it would cross the labels */
        canvas_line(chart->canvas, bars.zero, chart->top, bars.zero, chart->top + room, 1, INK_MUTED);
    say_rest(chart, shown);
}

double funnel_height(const struct figure *figure, double width)
{
    (void)width;
    return STEP * (double)bars_shown(figure) - (figure->series_count > 1 ? 16 : 0) +
           (figure->category_count > CHART_BARS_MAX ? REST : 0);
}

static void draw_step(struct chart *chart, size_t i, double y, double bar, double scale)
{
    const struct figure *figure = chart->figure;
    struct text_style name = {CHART_TEXT, INK_TEXT, ANCHOR_START, true};
    struct text_style number = chart_style(CHART_TEXT, INK_TEXT, ANCHOR_END);
    struct text_style remark = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_START);
    double first = figure->series[0].values[0], value = figure->series[0].values[i];
    struct slice text = figure_value(figure, chart->words, value);

    if (first > 0 && !isnan(value)) {
        struct slice share = words_number(chart->words, value / first, UNIT_SHARE, 1);
        text = words_printf(chart->words, "%.*s (%.*s)", SLICE_ARG(text), SLICE_ARG(share));
    }
    double width = canvas_text_width(chart->canvas, CHART_TEXT, text);
    canvas_text_within(chart->canvas, chart->left, y + 13, chart->right - chart->left - width - 8, &name,
                       figure->categories[i]);
    canvas_text(chart->canvas, chart->right, y + 13, &number, text);
    canvas_rectangle(chart->canvas, chart->left, y + 19, value * scale, bar,
                     figure->series_count > 1 ? INK_PALE : INK_SERIES);
    if (figure->series_count > 1)
        canvas_rectangle(chart->canvas, chart->left, y + 19, figure->series[1].values[i] * scale, bar, INK_SERIES);
    if (figure->series[0].remarks)
        canvas_text_within(chart->canvas, chart->left, y + 19 + bar + 14, chart->right - chart->left, &remark,
                           figure->series[0].remarks[i]);
}

void funnel_draw(struct chart *chart)
{
    const struct figure *figure = chart->figure;
    size_t shown = bars_shown(figure);
    double least, greatest;

    figure_range(figure, &least, &greatest);
    double rest = figure->category_count > shown ? REST : 0;
    double tail = figure->series_count > 1 ? 16 : 0;
    double row = (chart->bottom - chart->top - rest + tail) / (double)shown;
    double scale = greatest > 0 ? (chart->right - chart->left) / greatest : 0;
    for (size_t i = 0; i < shown; i++)
        draw_step(chart, i, chart->top + row * (double)i, row - 42, scale);
    say_rest(chart, shown);
}
