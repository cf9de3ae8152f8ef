/* Scales: ticks at 1, 2 or 5 times a power of ten (Heckbert, "Nice Numbers for Graph Labels", Graphics Gems 1990). */
#include "report/chart.h"

#include <math.h>

struct chart_scale chart_scale(double least, double greatest, size_t ticks, bool from_zero)
{
    struct chart_scale scale = {.unit = UNIT_COMPACT};

    if (isnan(least) || isnan(greatest))
        least = greatest = 0;
    if (from_zero || (least > 0 && least < greatest / 3))
        least = least > 0 ? 0 : least;
    if (from_zero && greatest < 0)
        greatest = 0;
    if (!(greatest > least))
        greatest = least + (least == 0 ? 1 : fabs(least) * 0.1);
    double rough = (greatest - least) / (double)ticks;
    double power = pow(10, floor(log10(rough)));
    double times = rough / power;
    scale.step = (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10) * power;
    scale.from = floor(least / scale.step + 1e-9) * scale.step;
    scale.to = ceil(greatest / scale.step - 1e-9) * scale.step;
    return scale;
}

double chart_place(const struct chart_scale *scale, double value)
{
    return scale->near + (value - scale->from) / (scale->to - scale->from) * (scale->far - scale->near);
}

size_t chart_ticks(const struct chart_scale *scale)
{
    return (size_t)((scale->to - scale->from) / scale->step + 1.5);
}

double chart_tick_value(const struct chart_scale *scale, size_t i)
{
    return scale->from + scale->step * (double)i;
}

struct slice chart_tick(const struct chart_scale *scale, struct words *words, double value)
{
    if (fabs(value) < scale->step / 1e6)
        value = 0;
    if (scale->unit == UNIT_SHARE)
        return words_number(words, value, UNIT_SHARE, scale->step < 0.0099999 ? 1 : 0);
    return words_number(words, value, UNIT_COMPACT, 0);
}

struct chart_scale chart_upright_axis(struct chart *chart)
{
    const struct figure *figure = chart->figure;
    struct text_style style = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_END);
    struct text_style title = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_START);
    double least, greatest, widest = 0;

    figure_range(figure, &least, &greatest);
    struct chart_scale scale =
        chart_scale(least, greatest, 5, figure->kind != FIGURE_LINES || figure->unit == UNIT_SHARE);
    scale.unit = figure->unit;
    if (figure->unit == UNIT_SHARE && scale.to > 1 && greatest <= 1)
        scale.to = 1;
    if (figure->value_title.len) {
        canvas_text_within(chart->canvas, chart->left, chart->top + 11, chart->right - chart->left, &title,
                           figure->value_title);
        chart->top += 20;
    }
    scale.near = chart->bottom - chart_axis_height(figure);
    scale.far = chart->top + 8;
    for (size_t i = 0; i < chart_ticks(&scale); i++) {
        struct slice text = chart_tick(&scale, chart->words, chart_tick_value(&scale, i));
        double width = canvas_text_width(chart->canvas, style.size, text);
        widest = width > widest ? width : widest;
    }
    chart->left += widest + 8;
    for (size_t i = 0; i < chart_ticks(&scale); i++) {
        double tick = chart_tick_value(&scale, i), y = chart_place(&scale, tick);
        canvas_line(chart->canvas, chart->left, y, chart->right, y, 1, INK_GRID);
        canvas_text(chart->canvas, chart->left - 6, y + 4, &style, chart_tick(&scale, chart->words, tick));
    }
    return scale;
}

/* Labels are thinned to every n-th, so that what is left out is clear. */
void chart_names_below(struct chart *chart, const double *positions)
{
    const struct figure *figure = chart->figure;
    struct text_style style = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_MIDDLE);
    double base = chart->bottom - chart_axis_height(figure) + 16, widest = 0;
    size_t every = 1, count = figure->category_count;

    for (size_t i = 0; i < count; i++) {
        double width = canvas_text_width(chart->canvas, style.size, figure->categories[i]);
        widest = width > widest ? width : widest;
    }
    widest = widest > 120 ? 120 : widest;
    double room = count > 1 ? (positions[count - 1] - positions[0]) / (double)(count - 1) : chart->right - chart->left;
    if (room > 0 && room < widest + 10)
        every = (size_t)ceil((widest + 10) / room);
    for (size_t i = 0; i < count; i += every) {
        double half = canvas_text_width(chart->canvas, style.size, figure->categories[i]) / 2;
        double x = positions[i] + half > chart->right ? chart->right - half : positions[i];
        canvas_text_within(chart->canvas, x < half ? half : x, base,
                           room * (double)every - 4 > 60 || count == 1 ? room * (double)every : widest + 10, &style,
                           figure->categories[i]);
    }
    style.anchor = ANCHOR_END;
    canvas_text(chart->canvas, chart->right, base + 17, &style, figure->category_title);
}
