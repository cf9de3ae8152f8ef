/* Cairo and Pango are loaded when a picture is drawn: a program that was linked with them would load them, GLib and
 * thirty others at every start. */
#ifndef CRM_REPORT_CANVAS_CAIRO_LIBRARY_H
#define CRM_REPORT_CANVAS_CAIRO_LIBRARY_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/error.h"

#define CAIRO_FUNCTIONS(F)                      \
    F(cairo_image_surface_create)               \
    F(cairo_pdf_surface_create_for_stream)      \
    F(cairo_pdf_surface_set_size)               \
    F(cairo_pdf_surface_set_metadata)           \
    F(cairo_surface_write_to_png_stream)        \
    F(cairo_surface_finish)                     \
    F(cairo_surface_status)                     \
    F(cairo_surface_destroy)                    \
    F(cairo_create)                             \
    F(cairo_destroy)                            \
    F(cairo_status)                             \
    F(cairo_status_to_string)                   \
    F(cairo_scale)                              \
    F(cairo_show_page)                          \
    F(cairo_set_source_rgba)                    \
    F(cairo_set_line_width)                     \
    F(cairo_set_dash)                           \
    F(cairo_set_line_join)                      \
    F(cairo_rectangle)                          \
    F(cairo_new_path)                           \
    F(cairo_move_to)                            \
    F(cairo_line_to)                            \
    F(cairo_arc)                                \
    F(cairo_close_path)                         \
    F(cairo_fill)                               \
    F(cairo_stroke)                             \
    F(pango_cairo_create_layout)                \
    F(pango_cairo_update_layout)                \
    F(pango_cairo_show_layout)                  \
    F(pango_layout_set_text)                    \
    F(pango_layout_set_font_description)        \
    F(pango_layout_set_single_paragraph_mode)   \
    F(pango_layout_get_size)                    \
    F(pango_layout_get_baseline)                \
    F(pango_layout_get_unknown_glyphs_count)    \
    F(pango_font_description_new)               \
    F(pango_font_description_set_family_static) \
    F(pango_font_description_set_absolute_size) \
    F(pango_font_description_set_weight)        \
    F(pango_font_description_free)              \
    F(g_object_unref)

#define CAIRO_POINTER(function) __typeof__(function) *(function);
#define CAIRO_NAME(function) #function,

struct cairo_library {
    CAIRO_FUNCTIONS(CAIRO_POINTER)
};

/* Loads them. STATUS_SYSTEM: they are not there. */
int cairo_library_load(struct cairo_library *library, struct error *err);

#endif
