/* Columns, and the Pareto chart: columns in descending order with the line of what they make together. Where there are
 * too many columns to see, the line alone is left, over the share of the categories. */
#include "report/chart.h"

#include <math.h>

enum { HEIGHT = 220, PARETO_COLUMNS = 60 };

double columns_height(const struct figure *figure, double width)
{
    return HEIGHT + chart_legend_height(figure, width) + chart_axis_height(figure) + (figure->value_title.len ? 20 : 0);
}

/* The numbers above the columns, where they fit. */
static void draw_numbers(struct chart *chart, const struct chart_scale *scale, double step)
{
    const struct figure *figure = chart->figure;
    struct text_style style = chart_style(CHART_SMALL, INK_TEXT, ANCHOR_MIDDLE);
    size_t count = figure->category_count;

    for (size_t i = 0; i < count; i++) {
        struct slice text = figure_value(figure, chart->words, figure->series[0].values[i]);
        if (canvas_text_width(chart->canvas, style.size, text) > step - 2)
            return;
    }
    for (size_t i = 0; i < count; i++) {
        double value = figure->series[0].values[i];
        if (!isnan(value))
            canvas_text(chart->canvas, chart->left + step * ((double)i + 0.5), chart_place(scale, value) - 4, &style,
                        figure_value(figure, chart->words, value));
    }
}

static void draw_columns(struct chart *chart, const struct chart_scale *scale, double step)
{
    const struct figure *figure = chart->figure;
    double gap = figure->touching ? 0.5 : step * 0.12;
    double width = (step - 2 * gap) / (double)figure->series_count;
    double zero = chart_place(scale, scale->from > 0 ? scale->from : 0);

    for (size_t i = 0; i < figure->category_count; i++)
        for (size_t j = 0; j < figure->series_count; j++) {
            double value = figure->series[j].values[i];
            double x = chart->left + step * (double)i + gap + width * (double)j;
            double y = chart_place(scale, value);
            if (!isnan(value))
                canvas_rectangle(chart->canvas, x, y < zero ? y : zero, width > 2 ? width - 0.5 : width, fabs(zero - y),
                                 ink_series(j));
        }
    canvas_line(chart->canvas, chart->left, zero, chart->right, zero, 1, INK_MUTED);
}

static void draw_reference(struct chart *chart, const struct chart_scale *scale)
{
    double y = chart_place(scale, chart->figure->reference);
    const struct point points[] = {{chart->left, y}, {chart->right, y}};

    if (!isnan(chart->figure->reference) && y <= scale->near && y >= scale->far)
        chart->canvas->backend->line(chart->canvas, points, 2, 1.5, 1, INK_TEXT);
}

static bool name_columns(struct chart *chart, double step)
{
    size_t count = chart->figure->category_count;
    double *positions = words_alloc(chart->words, (count + 1) * sizeof *positions);

    if (!positions)
        return false;
    for (size_t i = 0; i < count; i++)
        positions[i] = chart->left + step * ((double)i + 0.5);
    chart_names_below(chart, positions);
    return true;
}

void columns_draw(struct chart *chart)
{
    const struct figure *figure = chart->figure;

    chart_legend(chart, false);
    struct chart_scale scale = chart_upright_axis(chart);
    double step = (chart->right - chart->left) / (double)figure->category_count;
    draw_columns(chart, &scale, step);
    draw_reference(chart, &scale);
    if (figure->series_count == 1)
        draw_numbers(chart, &scale, step);
    name_columns(chart, step);
}

double pareto_height(const struct figure *figure, double width)
{
    (void)width;
    return HEIGHT + 24 + chart_axis_height(figure);
}

/* How many categories it takes, from the greatest on, to make a share of the whole. */
static size_t needed(const double *values, size_t count, double share)
{
    double whole = 0, sum = 0;
    size_t i = 0;

    for (size_t j = 0; j < count; j++)
        whole += values[j] > 0 ? values[j] : 0;
    while (i < count && sum < whole * share - whole * 1e-12)
        sum += values[i] > 0 ? values[i] : 0, i++;
    return i;
}

static void draw_share_axis(struct chart *chart, const struct chart_scale *share, bool right)
{
    struct text_style style = chart_style(CHART_SMALL, INK_MUTED, right ? ANCHOR_START : ANCHOR_END);

    for (int tick = 0; tick <= 5; tick++) {
        double y = chart_place(share, tick / 5.0);
        if (!right) /* else the other axis has its lines */
            canvas_line(chart->canvas, chart->left, y, chart->right, y, 1, INK_GRID);
        canvas_text(chart->canvas, right ? chart->right + 6 : chart->left - 6, y + 4, &style,
                    words_number(chart->words, tick / 5.0, UNIT_SHARE, 0));
    }
}

/* The line of the cumulated share; x runs over the share of the categories. */
static void draw_cumulated(struct chart *chart, const struct chart_scale *share)
{
    const double *values = chart->figure->series[0].values;
    size_t count = chart->figure->category_count;
    struct point *points = words_alloc(chart->words, (count + 1) * sizeof *points);
    double whole = 0, sum = 0, width = chart->right - chart->left;
    size_t kept = 1, every = count / 400 + 1; /* no more points than one sees */

    if (!points)
        return;
    for (size_t i = 0; i < count; i++)
        whole += values[i] > 0 ? values[i] : 0;
    points[0] = (struct point){chart->left, chart_place(share, 0)};
    for (size_t i = 0; i < count; i++) {
        sum += values[i] > 0 ? values[i] : 0;
        if ((i + 1) % every == 0 || i + 1 == count)
            points[kept++] = (struct point){chart->left + width * (double)(i + 1) / (double)count,
                                            chart_place(share, whole > 0 ? sum / whole : 0)};
    }
    chart->canvas->backend->line(chart->canvas, points, kept, 2.5, 0, INK_SERIES + 1);
}

static void mark_80(struct chart *chart, const struct chart_scale *share)
{
    const struct figure *figure = chart->figure;
    size_t count = figure->category_count, enough = needed(figure->series[0].values, count, 0.8);
    double x = chart->left + (chart->right - chart->left) * (double)enough / (double)count;
    double y = chart_place(share, 0.8);
    const struct point points[] = {{chart->left, y}, {x, y}, {x, chart_place(share, 0)}};
    struct slice first = words_number(chart->words, (double)enough, UNIT_NUMBER, 0);
    struct slice all = words_number(chart->words, (double)count, UNIT_NUMBER, 0);
    struct slice part = words_number(chart->words, (double)enough / (double)count, UNIT_SHARE, 1);
    struct slice text = words_printf(chart->words, "%.*s of %.*s (%.*s) make 80\xc2\xa0%%", SLICE_ARG(first),
                                     SLICE_ARG(all), SLICE_ARG(part));
    struct text_style style = chart_style(CHART_SMALL, INK_TEXT, ANCHOR_START);
    double width = canvas_text_width(chart->canvas, style.size, text);

    if (enough == 0)
        return; /* all of it is nothing */
    chart->canvas->backend->line(chart->canvas, points, 3, 1.5, 1, INK_TEXT);
    double at = x + 8 + width > chart->right ? chart->right - width : x + 8;
    canvas_text(chart->canvas, at, y + 18, &style, text);
}

void pareto_draw(struct chart *chart)
{
    const struct figure *figure = chart->figure;
    bool columns = figure->category_count <= PARETO_COLUMNS;
    struct chart_scale share = {.from = 0, .to = 1, .far = chart->top + 8};
    struct chart_scale own = {0};

    chart->right -= columns ? 44 : 0;
    chart->left += columns ? 0 : 44;
    if (columns) {
        own = chart_upright_axis(chart);
        share.far = own.far;
        share.near = own.near;
    } else
        share.near = chart->bottom - chart_axis_height(figure);
    draw_share_axis(chart, &share, columns);
    double step = (chart->right - chart->left) / (double)figure->category_count;
    if (columns)
        draw_columns(chart, &own, step);
    draw_cumulated(chart, &share);
    mark_80(chart, &share);
    if (columns) {
        name_columns(chart, step);
        return;
    }
    struct text_style style = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_MIDDLE);
    for (int tick = 0; tick <= 4; tick++)
        canvas_text(chart->canvas, chart->left + (chart->right - chart->left - 16) * tick / 4.0, share.near + 16,
                    &style, words_number(chart->words, tick / 4.0, UNIT_SHARE, 0));
    style.anchor = ANCHOR_END;
    canvas_text(chart->canvas, chart->right, share.near + 33, &style, figure->category_title);
}
