/* Cairo draws the shapes, Pango the text: it finds a font for each script, joins Arabic letters and orders what is
 * written from right to left. Cairo keeps the first thing that went wrong; it is asked at the end. */
#include "report/canvas_cairo.h"

#include <math.h>
#include <string.h>

#include "report/canvas_cairo_library.h"
#include "report/markup.h"

struct canvas_cairo {
    struct canvas canvas; /* first */
    const struct cairo_library *library;
    cairo_t *cairo;
    PangoLayout *layout;
    PangoFontDescription *font;
    struct markup text; /* of the layout, made safe */
};

static struct canvas_cairo *cairo_of(struct canvas *canvas)
{
    return (struct canvas_cairo *)(void *)canvas;
}

static void set_ink(struct canvas_cairo *own, enum ink ink, double opacity)
{
    unsigned color = ink_color(ink, false);

    own->library->cairo_set_source_rgba(own->cairo, (color >> 16 & 0xff) / 255.0, (color >> 8 & 0xff) / 255.0,
                                        (color & 0xff) / 255.0, opacity);
}

static void draw_rectangle(struct canvas *canvas, double x, double y, double width, double height, enum ink ink)
{
    struct canvas_cairo *own = cairo_of(canvas);

    set_ink(own, ink, 1);
    own->library->cairo_rectangle(own->cairo, x, y, width < 0.5 ? 0.5 : width, height < 0.5 ? 0.5 : height);
    own->library->cairo_fill(own->cairo);
}

static void path(struct canvas_cairo *own, const struct point *points, size_t count)
{
    own->library->cairo_new_path(own->cairo);
    for (size_t i = 0; i < count; i++)
        if (i == 0)
            own->library->cairo_move_to(own->cairo, points[i].x, points[i].y);
        else
            own->library->cairo_line_to(own->cairo, points[i].x, points[i].y);
}

static void draw_line(struct canvas *canvas, const struct point *points, size_t count, double thickness, int dash,
                      enum ink ink)
{
    static const double dashes[4][4] = {{0}, {6, 3}, {2, 3}, {8, 3, 2, 3}};
    static const int lengths[4] = {0, 2, 2, 4};
    struct canvas_cairo *own = cairo_of(canvas);

    set_ink(own, ink, 1);
    own->library->cairo_set_line_width(own->cairo, thickness);
    own->library->cairo_set_line_join(own->cairo, CAIRO_LINE_JOIN_ROUND);
    own->library->cairo_set_dash(own->cairo, dashes[dash], lengths[dash], 0);
    path(own, points, count);
    own->library->cairo_stroke(own->cairo);
}

static void draw_area(struct canvas *canvas, const struct point *points, size_t count, double opacity, enum ink ink)
{
    struct canvas_cairo *own = cairo_of(canvas);

    set_ink(own, ink, opacity);
    path(own, points, count);
    own->library->cairo_close_path(own->cairo);
    own->library->cairo_fill(own->cairo);
}

static void draw_dot(struct canvas *canvas, double x, double y, double radius, enum ink ink)
{
    struct canvas_cairo *own = cairo_of(canvas);

    set_ink(own, ink, 1);
    own->library->cairo_new_path(own->cairo); /* text leaves a point from which a line would be drawn */
    own->library->cairo_arc(own->cairo, x, y, radius, 0, 2 * M_PI);
    own->library->cairo_fill(own->cairo);
}

static void lay_out(struct canvas_cairo *own, double size, bool bold, struct slice text)
{
    buffer_clear(&own->text.text);
    markup_plain(&own->text, text);
    struct slice safe = buffer_slice(&own->text.text);
    own->library->pango_font_description_set_absolute_size(own->font, size * PANGO_SCALE);
    own->library->pango_font_description_set_weight(own->font, bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    own->library->pango_layout_set_font_description(own->layout, own->font);
    own->library->pango_layout_set_text(own->layout, safe.len ? safe.ptr : "", (int)safe.len);
}

static void draw_text(struct canvas *canvas, double x, double y, const struct text_style *style, struct slice text)
{
    struct canvas_cairo *own = cairo_of(canvas);
    int width, height;

    lay_out(own, style->size, style->bold, text);
    own->library->pango_layout_get_size(own->layout, &width, &height);
    double wide = (double)width / PANGO_SCALE;
    double from = style->anchor == ANCHOR_START ? x : style->anchor == ANCHOR_MIDDLE ? x - wide / 2 : x - wide;
    double base = (double)own->library->pango_layout_get_baseline(own->layout) / PANGO_SCALE;
    set_ink(own, style->ink, 1);
    own->library->cairo_move_to(own->cairo, from, y - base);
    own->library->pango_cairo_show_layout(own->cairo, own->layout);
}

static double measure_text(struct canvas *canvas, double size, bool bold, struct slice text)
{
    struct canvas_cairo *own = cairo_of(canvas);
    int width, height;

    lay_out(own, size, bold, text);
    own->library->pango_layout_get_size(own->layout, &width, &height);
    return (double)width / PANGO_SCALE;
}

/* A surface to draw on, at a scale. */
static int begin(struct canvas_cairo *own, const struct cairo_library *library, cairo_surface_t *surface, double scale,
                 struct error *err)
{
    static const struct canvas_backend backend = {draw_rectangle, draw_line, draw_area,
                                                  draw_dot,       draw_text, measure_text};

    *own = (struct canvas_cairo){.canvas = {&backend}, .library = library};
    markup_init(&own->text);
    own->cairo = library->cairo_create(surface);
    library->cairo_scale(own->cairo, scale, scale);
    own->layout = library->pango_cairo_create_layout(own->cairo);
    own->font = library->pango_font_description_new();
    library->pango_font_description_set_family_static(own->font, "sans-serif");
    library->pango_layout_set_single_paragraph_mode(own->layout, TRUE);
    lay_out(own, CHART_TEXT, false, SLICE("0"));
    if (library->pango_layout_get_unknown_glyphs_count(own->layout))
        return error_set(err, STATUS_SYSTEM, "no font is installed that has digits");
    return 0;
}

static void end(struct canvas_cairo *own)
{
    own->library->pango_font_description_free(own->font);
    own->library->g_object_unref(own->layout);
    own->library->cairo_destroy(own->cairo);
    markup_fini(&own->text);
}

static void draw_figure(struct canvas_cairo *own, const struct picture *picture, const struct figure *figure,
                        double height)
{
    draw_rectangle(&own->canvas, 0, 0, picture->width, height, INK_PAPER);
    chart_draw(figure, &own->canvas, picture->words, picture->width, height, true);
}

static double height_of(const struct picture *picture, const struct figure *figure)
{
    return picture->height > 0 ? picture->height : chart_height(figure, picture->width, true);
}

/* Cairo may forget that a write failed (1.16 does where it writes a PDF), so that it is kept here. */
struct stream {
    const struct picture *picture;
    bool lost;
};

static cairo_status_t write_bytes(void *context, const unsigned char *data, unsigned int length)
{
    struct stream *stream = context;
    const struct picture *picture = stream->picture;

    stream->lost = stream->lost || !picture->write(picture->context, (struct slice){(const char *)data, length});
    return stream->lost ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static int judge(const struct canvas_cairo *own, const struct stream *stream, cairo_status_t status, struct error *err)
{
    cairo_status_t drawing = own->library->cairo_status(own->cairo);

    if (stream->picture->words->failed || own->text.failed)
        return error_memory(err);
    if (drawing != CAIRO_STATUS_SUCCESS)
        status = drawing;
    if (status == CAIRO_STATUS_SUCCESS && stream->lost)
        status = CAIRO_STATUS_WRITE_ERROR;
    if (status == CAIRO_STATUS_NO_MEMORY)
        return error_memory(err);
    if (status != CAIRO_STATUS_SUCCESS)
        return error_set(err, STATUS_SYSTEM, "cannot draw: %s", own->library->cairo_status_to_string(status));
    return 0;
}

int canvas_cairo_png(const struct picture *picture, struct error *err)
{
    struct cairo_library library;
    struct canvas_cairo own;
    struct stream stream = {picture, false};
    double height = height_of(picture, picture->figures[0]);

    if (cairo_library_load(&library, err))
        return -1;
    cairo_surface_t *surface = library.cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)(picture->width * PICTURE_SCALE), (int)(height * PICTURE_SCALE));
    int failed = begin(&own, &library, surface, PICTURE_SCALE, err);
    if (!failed) {
        draw_figure(&own, picture, picture->figures[0], height);
        cairo_status_t status = library.cairo_surface_write_to_png_stream(surface, write_bytes, &stream);
        failed = judge(&own, &stream, status, err);
    }
    end(&own);
    library.cairo_surface_destroy(surface);
    return failed;
}

int canvas_cairo_pdf(const struct picture *picture, struct error *err)
{
    enum { POINTS = 72, PIXELS = 96 };
    const double scale = (double)POINTS / PIXELS;
    struct cairo_library library;
    struct canvas_cairo own;
    struct stream stream = {picture, false};

    if (cairo_library_load(&library, err))
        return -1;
    cairo_surface_t *surface =
        library.cairo_pdf_surface_create_for_stream(write_bytes, &stream, picture->width * scale, 100);
    library.cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, picture->date);
    int failed = begin(&own, &library, surface, scale, err);
    if (!failed) {
        lay_out(&own, CHART_TEXT, false, picture->title); /* for its safe text, which ends in no NUL yet */
        if (buffer_append_char(&own.text.text, '\0') == 0)
            library.cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, own.text.text.data);
        for (size_t i = 0; i < picture->count; i++) {
            double height = height_of(picture, picture->figures[i]);
            library.cairo_pdf_surface_set_size(surface, picture->width * scale, height * scale);
            draw_figure(&own, picture, picture->figures[i], height);
            library.cairo_show_page(own.cairo);
        }
        library.cairo_surface_finish(surface);
        failed = judge(&own, &stream, library.cairo_surface_status(surface), err);
    }
    end(&own);
    library.cairo_surface_destroy(surface);
    return failed;
}
