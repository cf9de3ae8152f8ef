/* Map of areas: rectangles whose areas are the numbers, as square as can be (Bruls, Huizing and van Wijk, "Squarified
 * Treemaps", 2000). Their colours are those of a second series, or of the areas themselves. A rectangle too small for
 * its name has none: the table beside it does. */
#include "report/chart.h"

#include <math.h>
#include <stdlib.h>

enum { HEIGHT = 300, SCALE = 34, SECOND_LINE = 18 };

double map_height(const struct figure *figure, double width)
{
    (void)figure;
    return (width < CHART_NARROW ? HEIGHT + 60 + SECOND_LINE : HEIGHT) + SCALE;
}

struct tile {
    size_t category;
    double area; /* in square pixels */
    double x, y, width, height;
};

static int by_area(const void *a, const void *b)
{
    const struct tile *one = a, *other = b;

    if (one->area != other->area)
        return one->area > other->area ? -1 : 1;
    return one->category < other->category ? -1 : 1;
}

/* The worst ratio of sides in a row of tiles of these areas along a side. */
static double worst_ratio(const struct tile *tiles, size_t count, double side)
{
    double sum = 0, least = tiles[count - 1].area, greatest = tiles[0].area;

    for (size_t i = 0; i < count; i++)
        sum += tiles[i].area;
    return fmax(side * side * greatest / (sum * sum), sum * sum / (side * side * least));
}

/* Tiles in rows along the shorter side of what is left, each row as long as that makes its tiles squarer. */
static void place_tiles(struct tile *tiles, size_t count, double x, double y, double width, double height)
{
    while (count > 0) {
        double side = fmin(width, height), sum = 0, at = 0;
        size_t row = 1;
        while (row < count && worst_ratio(tiles, row + 1, side) <= worst_ratio(tiles, row, side))
            row++;
        for (size_t i = 0; i < row; i++)
            sum += tiles[i].area;
        double depth = sum / side;
        for (size_t i = 0; i < row; i++) {
            double length = tiles[i].area / depth;
            bool upright = width >= height; /* the row is a column at the left */
            tiles[i].x = upright ? x : x + at;
            tiles[i].y = upright ? y + at : y;
            tiles[i].width = upright ? depth : length;
            tiles[i].height = upright ? length : depth;
            at += length;
        }
        if (width >= height) {
            x += depth;
            width -= depth;
        } else {
            y += depth;
            height -= depth;
        }
        tiles += row;
        count -= row;
    }
}

static size_t make_tiles(const struct figure *figure, struct tile *tiles, double area)
{
    const double *values = figure->series[0].values;
    double sum = 0;
    size_t count = 0;

    for (size_t i = 0; i < figure->category_count; i++)
        sum += values[i] > 0 ? values[i] : 0;
    for (size_t i = 0; i < figure->category_count; i++)
        if (values[i] > sum * 1e-6)
            tiles[count++] = (struct tile){.category = i, .area = values[i] / sum * area};
    if (count)
        qsort(tiles, count, sizeof *tiles, by_area);
    return count;
}

static void draw_tile(struct chart *chart, const struct tile *tile, double share)
{
    const struct figure *figure = chart->figure;
    enum ink ink = ink_heat(share), on = (enum ink)(ink - INK_HEAT + INK_ON_HEAT);
    struct text_style name = {CHART_TEXT, on, ANCHOR_START, true};
    struct text_style number = chart_style(CHART_SMALL, on, ANCHOR_START);
    const struct slice *remarks = figure->series[0].remarks;
    struct slice text = remarks ? remarks[tile->category]
                                : figure_value(figure, chart->words, figure->series[0].values[tile->category]);

    canvas_rectangle(chart->canvas, tile->x + 1, tile->y + 1, tile->width - 2, tile->height - 2, ink);
    if (tile->width < 40 || tile->height < 20)
        return;
    canvas_text_within(chart->canvas, tile->x + 8, tile->y + 19, tile->width - 12, &name,
                       figure->categories[tile->category]);
    if (tile->height > 40)
        canvas_text_within(chart->canvas, tile->x + 8, tile->y + 37, tile->width - 12, &number, text);
}

static void draw_scale(struct chart *chart, const struct figure_series *shade, double least, double greatest)
{
    struct text_style style = chart_style(CHART_SMALL, INK_MUTED, ANCHOR_START);
    double y = chart->bottom - 18 - (chart->narrow ? SECOND_LINE : 0), x = chart->left;
    struct slice low = words_number(chart->words, least, UNIT_COMPACT, 3);
    struct slice high = words_number(chart->words, greatest, UNIT_COMPACT, 3);
    struct slice area = chart->figure->series[0].name;

    canvas_text(chart->canvas, x, y + 11, &style, low);
    x += canvas_text_width(chart->canvas, style.size, low) + 6;
    for (int i = 0; i < HEAT_INKS; i++)
        canvas_rectangle(chart->canvas, x + 10.0 * i, y, 10, 13, (enum ink)(INK_HEAT + i));
    x += 10.0 * HEAT_INKS + 6;
    struct slice what = words_printf(chart->words, "Colour: %.*s; area: %.*s", SLICE_ARG(shade->name), SLICE_ARG(area));
    canvas_text(chart->canvas, x, y + 11, &style, high);
    x = chart->narrow ? chart->left : x + canvas_text_width(chart->canvas, style.size, high) + 12;
    y += chart->narrow ? SECOND_LINE : 0;
    canvas_text_within(chart->canvas, x, y + 11, chart->right - x, &style, what);
}

void map_draw(struct chart *chart)
{
    const struct figure *figure = chart->figure;
    const struct figure_series *shade = &figure->series[figure->series_count > 1 ? 1 : 0];
    struct tile *tiles = words_alloc(chart->words, (figure->category_count + 1) * sizeof *tiles);
    double width = chart->right - chart->left,
           height = chart->bottom - chart->top - SCALE - (chart->narrow ? SECOND_LINE : 0);
    double least = 0, greatest = 0;

    if (!tiles)
        return;
    for (size_t i = 0; i < figure->category_count; i++) {
        least = shade->values[i] < least ? shade->values[i] : least;
        greatest = shade->values[i] > greatest ? shade->values[i] : greatest;
    }
    size_t count = make_tiles(figure, tiles, width * height);
    place_tiles(tiles, count, chart->left, chart->top, width, height);
    for (size_t i = 0; i < count; i++) {
        double value = shade->values[tiles[i].category];
        draw_tile(chart, &tiles[i],
                  isnan(value) || greatest <= least ? 0 : (value - least) / (greatest - least) * 0.999);
    }
    draw_scale(chart, shade, least, greatest);
}
