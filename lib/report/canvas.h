/* Canvas: what charts are drawn on. A backend writes SVG (canvas_svg.h), or draws with Cairo (canvas_cairo.h).
 *
 * Units are CSS pixels, y grows downwards. Colours are inks, names of what they mean: the page, light or dark, decides
 * how they look; a file of its own has the light ones. A call cannot fail; a backend that ran out of memory says so at
 * its end. */
#ifndef CRM_REPORT_CANVAS_H
#define CRM_REPORT_CANVAS_H

#include <stdbool.h>

#include "base/slice.h"

#define SERIES_INKS 8
#define HEAT_INKS 9

enum ink {
    INK_TEXT,
    INK_MUTED, /* text of less weight */
    INK_GRID,
    INK_PAPER, /* what is behind all */
    INK_PALE,  /* the part of a bar that was lost */
    INK_SERIES,
    INK_HEAT = INK_SERIES + SERIES_INKS,
    INK_ON_HEAT = INK_HEAT + HEAT_INKS, /* text on it */
    INKS = INK_ON_HEAT + HEAT_INKS
};

/* 0xRRGGBB, in daylight or on a dark page. */
unsigned ink_color(enum ink ink, bool dark);

/* The ink of the i-th series, and of a share 0 .. 1 of the greatest number of a heat map. */
enum ink ink_series(size_t series);
enum ink ink_heat(double share);

/* The relative luminance of a colour, 0 to 1, and the contrast of two, 1 to 21 (WCAG 2.1). */
double color_luminance(unsigned color);
double color_contrast(unsigned one, unsigned other);

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct point {
    double x, y;
};

struct text_style {
    double size;
    enum ink ink;
    enum anchor anchor;
    bool bold;
};

struct canvas;

struct canvas_backend {
    void (*rectangle)(struct canvas *canvas, double x, double y, double width, double height, enum ink ink);
    /* A line through the points; dash: 0 whole, 1 .. 3 other patterns. */
    void (*line)(struct canvas *canvas, const struct point *points, size_t count, double thickness, int dash,
                 enum ink ink);
    void (*area)(struct canvas *canvas, const struct point *points, size_t count, double opacity, enum ink ink);
    void (*dot)(struct canvas *canvas, double x, double y, double radius, enum ink ink);
    /* y: the base line */
    void (*text)(struct canvas *canvas, double x, double y, const struct text_style *style, struct slice text);
    double (*text_width)(struct canvas *canvas, double size, bool bold, struct slice text);
};

/* The first member of every backend's own. */
struct canvas {
    const struct canvas_backend *backend;
};

void canvas_rectangle(struct canvas *canvas, double x, double y, double width, double height, enum ink ink);
void canvas_line(struct canvas *canvas, double x1, double y1, double x2, double y2, double thickness, enum ink ink);
void canvas_text(struct canvas *canvas, double x, double y, const struct text_style *style, struct slice text);
double canvas_text_width(struct canvas *canvas, double size, struct slice text);
/* The text, shortened with an ellipsis until it is not wider than that. room has space for text.len + 4 bytes. */
void canvas_text_within(struct canvas *canvas, double x, double y, double width, const struct text_style *style,
                        struct slice text);

#endif
