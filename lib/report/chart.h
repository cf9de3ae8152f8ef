/* Charts: a figure drawn on a canvas.
 *
 * A chart is as wide as it is told and as high as it needs; below CHART_NARROW it is laid out for a telephone: labels
 * above bars instead of beside them. */
#ifndef CRM_REPORT_CHART_H
#define CRM_REPORT_CHART_H

#include "report/canvas.h"
#include "report/figure.h"

#define CHART_WIDTH 680.0
#define CHART_PHONE 340.0
#define CHART_NARROW 480.0
#define CHART_WIDTH_MIN 200
#define CHART_WIDTH_MAX 4000

/* The height that the figure needs at that width; with its title, that included. */
double chart_height(const struct figure *figure, double width, bool titled);

/* Draws the figure into width x height from the upper left corner. */
void chart_draw(const struct figure *figure, struct canvas *canvas, struct words *words, double width, double height,
                bool titled);

/* ---- for the kinds of charts, a file each ---- */

struct chart {
    const struct figure *figure;
    struct canvas *canvas;
    struct words *words;
    double left, top, right, bottom; /* where to draw */
    bool narrow;
};

#define CHART_TEXT 13.0  /* sizes of text */
#define CHART_SMALL 12.0 /* of axes and remarks */
#define CHART_LEGEND 22.0
#define CHART_BARS_MAX 40 /* more bars are not drawn but counted */

struct text_style chart_style(double size, enum ink ink, enum anchor anchor);
/* A legend of the series, if there are several, from the top on; moves chart->top below it. lines: as samples of
 * lines. */
void chart_legend(struct chart *chart, bool lines);
/* The height that it takes. */
double chart_legend_height(const struct figure *figure, double width);
/* The height of an axis with its labels and title below the drawing. */
double chart_axis_height(const struct figure *figure);
/* The dash of a series: lines differ by more than colour. */
int chart_dash(size_t series);

typedef double chart_height_function(const struct figure *figure, double width);
typedef void chart_draw_function(struct chart *chart);

chart_height_function bars_height, funnel_height, columns_height, lines_height, heat_height, map_height, pareto_height;
chart_draw_function bars_draw, funnel_draw, columns_draw, lines_draw, heat_draw, map_draw, pareto_draw;

/* An upright axis at the left with lines across, for values between two ends, 0 among them where that is near; moves
 * chart->left beside it. top: room above; bottom: of the drawing. */
struct chart_scale {
    double from, to, step;
    double near, far; /* the places, in pixels, of from and to */
    enum number_unit unit;
    int decimals;
};
struct chart_scale chart_scale(double least, double greatest, size_t ticks, bool from_zero);
double chart_place(const struct chart_scale *scale, double value);
/* How many ticks there are, both ends included; the value of the i-th. */
size_t chart_ticks(const struct chart_scale *scale);
double chart_tick_value(const struct chart_scale *scale, size_t i);
/* A tick's label. */
struct slice chart_tick(const struct chart_scale *scale, struct words *words, double value);
struct chart_scale chart_upright_axis(struct chart *chart);
/* The names of the categories below the drawing, those that do not fit left out; positions: the middle of each. */
void chart_names_below(struct chart *chart, const double *positions);

#endif
