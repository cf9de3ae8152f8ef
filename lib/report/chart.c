/* What all charts share: title, legend, which file draws which kind. */
#include "report/chart.h"

#include <math.h>

enum { TITLE_HEIGHT = 30, MARGIN = 16 };

static const struct {
    chart_height_function *height;
    chart_draw_function *draw;
} charts[FIGURE_KINDS] = {
    [FIGURE_BARS] = {bars_height, bars_draw},          [FIGURE_FUNNEL] = {funnel_height, funnel_draw},
    [FIGURE_COLUMNS] = {columns_height, columns_draw}, [FIGURE_LINES] = {lines_height, lines_draw},
    [FIGURE_HEAT] = {heat_height, heat_draw},          [FIGURE_MAP] = {map_height, map_draw},
    [FIGURE_PARETO] = {pareto_height, pareto_draw},
};

struct text_style chart_style(double size, enum ink ink, enum anchor anchor)
{
    return (struct text_style){size, ink, anchor, false};
}

int chart_dash(size_t series)
{
    return (int)(series % 4);
}

double chart_height(const struct figure *figure, double width, bool titled)
{
    double inner = titled ? width - 2 * MARGIN : width;

    return ceil(charts[figure->kind].height(figure, inner)) + (titled ? TITLE_HEIGHT + 2 * MARGIN : 0);
}

void chart_draw(const struct figure *figure, struct canvas *canvas, struct words *words, double width, double height,
                bool titled)
{
    double margin = titled ? MARGIN : 0;
    struct chart chart = {
        .figure = figure,
        .canvas = canvas,
        .words = words,
        .left = margin,
        .top = margin,
        .right = width - margin,
        .bottom = height - margin,
        .narrow = width - 2 * margin < CHART_NARROW,
    };
    struct text_style style = {16, INK_TEXT, ANCHOR_START, true};

    if (titled) {
        canvas_text_within(canvas, chart.left, chart.top + 15, chart.right - chart.left, &style, figure->title);
        chart.top += TITLE_HEIGHT;
    }
    charts[figure->kind].draw(&chart);
}

/* Where each entry goes is worked out the same way for the height and for the drawing: with the widths of no font. */
enum { SAMPLE = 20, ENTRY_GAP = 16 };

static double entry_width(struct slice name)
{
    double chars = 0;

    for (size_t i = 0; i < name.len; i++)
        chars += ((unsigned char)name.ptr[i] & 0xc0) != 0x80 ? 1 : 0;
    return SAMPLE + ENTRY_GAP + chars * 7.6;
}

double chart_legend_height(const struct figure *figure, double width)
{
    double x = 0, height = CHART_LEGEND;

    if (figure->series_count < 2)
        return 0;
    for (size_t i = 0; i < figure->series_count; i++) {
        double entry = entry_width(figure->series[i].name);
        if (x > 0 && x + entry > width) {
            x = 0;
            height += CHART_LEGEND;
        }
        x += entry;
    }
    return height + 4;
}

void chart_legend(struct chart *chart, bool lines)
{
    const struct figure *figure = chart->figure;
    struct text_style style = chart_style(CHART_SMALL, INK_TEXT, ANCHOR_START);
    double width = chart->right - chart->left;
    double x = 0, y = chart->top;

    if (figure->series_count < 2)
        return;
    for (size_t i = 0; i < figure->series_count; i++) {
        double entry = entry_width(figure->series[i].name);
        if (x > 0 && x + entry > width) {
            x = 0;
            y += CHART_LEGEND;
        }
        double from = chart->left + x;
        const struct point sample[] = {{from, y + 8}, {from + SAMPLE - 6, y + 8}};
        if (lines)
            chart->canvas->backend->line(chart->canvas, sample, 2, 2.5, chart_dash(i), ink_series(i));
        else
            canvas_rectangle(chart->canvas, from, y + 2, 12, 12, ink_series(i));
        canvas_text_within(chart->canvas, from + SAMPLE, y + 12, width - x - SAMPLE, &style, figure->series[i].name);
        x += entry;
    }
    chart->top = y + CHART_LEGEND + 4;
}

double chart_axis_height(const struct figure *figure)
{
    return figure->category_title.len ? 40 : 24;
}
