/* Lines: a trend, a curve. A number that is missing breaks the line. Lines differ by colour and by their dashes; where
 * points are few each has a dot. */
#include "report/chart.h"

#include <math.h>

enum { HEIGHT = 220, DOTS_MAX = 40 };

double lines_height(const struct figure *figure, double width)
{
    return HEIGHT + chart_legend_height(figure, width) + chart_axis_height(figure) + (figure->value_title.len ? 20 : 0);
}

static void draw_band(struct chart *chart, const struct chart_scale *scale, const double *x, size_t series)
{
    const struct figure_series *one = &chart->figure->series[series];
    size_t count = chart->figure->category_count, kept = 0;
    struct point *points = words_alloc(chart->words, (2 * count + 1) * sizeof *points);

    if (!points || !one->low || !one->high)
        return;
    for (size_t i = 0; i < count; i++)
        if (!isnan(one->low[i]))
            points[kept++] = (struct point){x[i], chart_place(scale, one->low[i])};
    for (size_t i = count; i-- > 0;)
        if (!isnan(one->high[i]))
            points[kept++] = (struct point){x[i], chart_place(scale, one->high[i])};
    if (kept > 2)
        chart->canvas->backend->area(chart->canvas, points, kept, 0.18, ink_series(series));
}

static void draw_line(struct chart *chart, const struct chart_scale *scale, const double *x, size_t series)
{
    const struct figure_series *one = &chart->figure->series[series];
    size_t count = chart->figure->category_count, kept = 0;
    struct point *points = words_alloc(chart->words, (count + 1) * sizeof *points);

    if (!points)
        return;
    for (size_t i = 0; i <= count; i++) {
        if (i < count && !isnan(one->values[i])) {
            points[kept++] = (struct point){x[i], chart_place(scale, one->values[i])};
            if (count <= DOTS_MAX)
                chart->canvas->backend->dot(chart->canvas, points[kept - 1].x, points[kept - 1].y, 3,
                                            ink_series(series));
            continue;
        }
        if (kept > 1)
            chart->canvas->backend->line(chart->canvas, points, kept, 2.2, chart_dash(series), ink_series(series));
        kept = 0;
    }
}

/* Where numbers decide the place along the axis, round ones are written below it. */
static void draw_number_axis(struct chart *chart, const struct chart_scale *along)
{
    struct text_style style = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_MIDDLE);
    double base = chart->bottom - chart_axis_height(chart->figure) + 16;

    for (size_t i = 0; i < chart_ticks(along); i++) {
        double tick = chart_tick_value(along, i);
        canvas_text(chart->canvas, chart_place(along, tick), base, &style, chart_tick(along, chart->words, tick));
    }
    style.anchor = ANCHOR_END;
    canvas_text(chart->canvas, chart->right, base + 17, &style, chart->figure->category_title);
}

static struct chart_scale scale_along(const struct chart *chart)
{
    const struct figure *figure = chart->figure;
    double least = figure->positions[0], greatest = least;

    for (size_t i = 0; i < figure->category_count; i++) {
        least = figure->positions[i] < least ? figure->positions[i] : least;
        greatest = figure->positions[i] > greatest ? figure->positions[i] : greatest;
    }
    struct chart_scale along = chart_scale(least, greatest, chart->narrow ? 4 : 8, false);
    along.near = chart->left + 6;
    along.far = chart->right - 16;
    return along;
}

static void draw_diagonal(struct chart *chart, const struct chart_scale *along, const struct chart_scale *up)
{
    double low = along->from > up->from ? along->from : up->from, high = along->to < up->to ? along->to : up->to;
    const struct point points[] = {{chart_place(along, low), chart_place(up, low)},
                                   {chart_place(along, high), chart_place(up, high)}};

    chart->canvas->backend->line(chart->canvas, points, 2, 1.5, 1, INK_MUTED);
}

void lines_draw(struct chart *chart)
{
    const struct figure *figure = chart->figure;
    size_t count = figure->category_count;
    double *x = words_alloc(chart->words, (count + 1) * sizeof *x);

    if (!x)
        return;
    chart_legend(chart, true);
    struct chart_scale scale = chart_upright_axis(chart);
    double inset = 16, width = chart->right - chart->left - 2 * inset;
    if (figure->positions) {
        struct chart_scale along = scale_along(chart);
        for (size_t i = 0; i < count; i++)
            x[i] = chart_place(&along, figure->positions[i]);
        draw_number_axis(chart, &along);
        if (figure->diagonal)
            draw_diagonal(chart, &along, &scale);
    } else {
        for (size_t i = 0; i < count; i++)
            x[i] = chart->left + inset + (count > 1 ? width * (double)i / (double)(count - 1) : width / 2);
        chart_names_below(chart, x);
    }
    for (size_t i = 0; i < figure->series_count; i++)
        draw_band(chart, &scale, x, i);
    for (size_t i = 0; i < figure->series_count; i++)
        draw_line(chart, &scale, x, i);
}
