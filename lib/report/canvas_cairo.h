/* Canvas that draws with Cairo, its text by Pango: PNG and PDF. The libraries are loaded when the first picture is
 * drawn (canvas_cairo_library.h); GLib below them ends the process when memory is short, so that this belongs into a
 * process of its own (report_picture.c). */
#ifndef CRM_REPORT_CANVAS_CAIRO_H
#define CRM_REPORT_CANVAS_CAIRO_H

#include "base/error.h"
#include "report/chart.h"

struct picture {
    const struct figure *const *figures;
    size_t count;
    struct words *words;
    double width, height; /* of each chart, in pixels; height 0: as it needs */
    struct slice title;   /* of a PDF */
    const char *date;     /* of a PDF, ISO 8601 */
    /* Takes the bytes of the file. false: it cannot. */
    bool (*write)(void *context, struct slice bytes);
    void *context;
};

/* The pixels of a PNG for each one that it is laid out in, for sharp screens. */
#define PICTURE_SCALE 2

/* The first figure as PNG. STATUS_SYSTEM: no library, no font, short of memory, or it could not be written. */
int canvas_cairo_png(const struct picture *picture, struct error *err);

/* All figures, a page each; a pixel is 1/96 inch. */
int canvas_cairo_pdf(const struct picture *picture, struct error *err);

#endif
