/* SVG: each shape has a class for its ink, which sets the property color, and one that says whether that is its filling
 * or its line. A drawing of its own has the colours as attributes as well, for programs that know no style sheets.
 *
 * Text is laid out from left to right whatever the page is: an anchor would else turn with the direction of the page.
 * unicode-bidi: plaintext orders each label by its own first letter. */
#include "report/canvas_svg.h"

#include "report/text_width.h"

static void write_class(struct markup *out, enum ink ink)
{
    static const char letters[INK_SERIES] = {'t', 'm', 'g', 'p', 'l'};

    if (ink < INK_SERIES)
        markup_format(out, "%c", letters[ink]);
    else if (ink < INK_HEAT)
        markup_format(out, "s%d", (int)(ink - INK_SERIES));
    else if (ink < INK_ON_HEAT)
        markup_format(out, "h%d", (int)(ink - INK_HEAT));
    else
        markup_format(out, "o%d", (int)(ink - INK_ON_HEAT));
}

/* class="f s0" and, alone, fill="#0072b2". */
static void write_ink(const struct canvas_svg *svg, bool line, enum ink ink)
{
    markup_format(svg->out, " class=\"%c ", line ? 'k' : 'f');
    write_class(svg->out, ink);
    markup_raw(svg->out, "\"");
    if (svg->alone)
        markup_format(svg->out, line ? " stroke=\"#%06x\" fill=\"none\"" : " fill=\"#%06x\"", ink_color(ink, false));
}

static void write_number(const struct canvas_svg *svg, const char *name, double number)
{
    markup_format(svg->out, " %s=\"", name);
    markup_number(svg->out, number);
    markup_raw(svg->out, "\"");
}

static struct canvas_svg *svg_of(struct canvas *canvas)
{
    return (struct canvas_svg *)(void *)canvas;
}

static void svg_rectangle(struct canvas *canvas, double x, double y, double width, double height, enum ink ink)
{
    struct canvas_svg *svg = svg_of(canvas);

    markup_raw(svg->out, "<rect");
    write_ink(svg, false, ink);
    write_number(svg, "x", x);
    write_number(svg, "y", y);
    write_number(svg, "width", width < 0.5 ? 0.5 : width);
    write_number(svg, "height", height < 0.5 ? 0.5 : height);
    markup_raw(svg->out, "/>\n");
}

static void write_points(struct markup *out, const struct point *points, size_t count)
{
    markup_raw(out, " points=\"");
    for (size_t i = 0; i < count; i++) {
        markup_raw(out, i ? " " : "");
        markup_number(out, points[i].x);
        markup_raw(out, ",");
        markup_number(out, points[i].y);
    }
    markup_raw(out, "\"");
}

static void svg_line(struct canvas *canvas, const struct point *points, size_t count, double thickness, int dash,
                     enum ink ink)
{
    static const char *const dashes[] = {"", "6 3", "2 3", "8 3 2 3"};
    struct canvas_svg *svg = svg_of(canvas);

    markup_raw(svg->out, "<polyline");
    write_ink(svg, true, ink);
    write_number(svg, "stroke-width", thickness);
    if (dash)
        markup_format(svg->out, " stroke-dasharray=\"%s\"", dashes[dash]);
    write_points(svg->out, points, count);
    markup_raw(svg->out, "/>\n");
}

static void svg_area(struct canvas *canvas, const struct point *points, size_t count, double opacity, enum ink ink)
{
    struct canvas_svg *svg = svg_of(canvas);

    markup_raw(svg->out, "<polygon");
    write_ink(svg, false, ink);
    markup_format(svg->out, " fill-opacity=\"%g\"", opacity);
    write_points(svg->out, points, count);
    markup_raw(svg->out, "/>\n");
}

static void svg_dot(struct canvas *canvas, double x, double y, double radius, enum ink ink)
{
    struct canvas_svg *svg = svg_of(canvas);

    markup_raw(svg->out, "<circle");
    write_ink(svg, false, ink);
    write_number(svg, "cx", x);
    write_number(svg, "cy", y);
    write_number(svg, "r", radius);
    markup_raw(svg->out, "/>\n");
}

static void svg_text(struct canvas *canvas, double x, double y, const struct text_style *style, struct slice text)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    struct canvas_svg *svg = svg_of(canvas);

    markup_raw(svg->out, "<text");
    write_ink(svg, false, style->ink);
    write_number(svg, "x", x);
    write_number(svg, "y", y);
    write_number(svg, "font-size", style->size);
    if (style->bold)
        markup_raw(svg->out, " font-weight=\"600\"");
    if (style->anchor != ANCHOR_START)
        markup_format(svg->out, " text-anchor=\"%s\"", anchors[style->anchor]);
    markup_raw(svg->out, ">");
    markup_text(svg->out, text);
    markup_raw(svg->out, "</text>\n");
}

static double svg_text_width(struct canvas *canvas, double size, bool bold, struct slice text)
{
    (void)canvas;
    return text_width_estimate(text, size, bold);
}

static void write_colors(struct markup *out, bool dark)
{
    for (enum ink ink = 0; ink < INKS; ink++) {
        markup_raw(out, ".");
        write_class(out, ink);
        markup_format(out, "{color:#%06x}", ink_color(ink, dark));
    }
    markup_raw(out, "\n");
}

void canvas_svg_style(struct markup *out)
{
    markup_raw(out, ".f{fill:currentColor}.k{stroke:currentColor;fill:none}\n");
    write_colors(out, false);
    markup_raw(out, "@media screen and (prefers-color-scheme:dark){\n");
    write_colors(out, true);
    markup_raw(out, "}\n");
}

void canvas_svg_begin(struct canvas_svg *svg, struct markup *out, const struct svg_head *head)
{
    static const struct canvas_backend backend = {svg_rectangle, svg_line, svg_area, svg_dot, svg_text, svg_text_width};

    *svg = (struct canvas_svg){{&backend}, out, head->alone};
    markup_raw(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    if (head->alone) {
        write_number(svg, "width", head->width);
        write_number(svg, "height", head->height);
    }
    markup_raw(out, " viewBox=\"0 0 ");
    markup_number(out, head->width);
    markup_raw(out, " ");
    markup_number(out, head->height);
    markup_format(out, "\" role=\"img\" aria-labelledby=\"%st %sd\" direction=\"ltr\"", head->id, head->id);
    if (head->alone)
        markup_raw(out, " font-family=\"system-ui, sans-serif\"");
    markup_format(out, ">\n<title id=\"%st\">", head->id);
    markup_text(out, head->title);
    markup_format(out, "</title>\n<desc id=\"%sd\">", head->id);
    markup_text(out, head->description);
    markup_raw(out, "</desc>\n");
    if (!head->alone)
        return;
    markup_raw(out, "<style>\ntext{unicode-bidi:plaintext}\n");
    canvas_svg_style(out);
    markup_raw(out, "</style>\n");
    svg_rectangle(&svg->canvas, 0, 0, head->width, head->height, INK_PAPER);
}

void canvas_svg_end(struct canvas_svg *svg)
{
    markup_raw(svg->out, "</svg>\n");
}
