/* Canvas that writes SVG: for a page, whose style decides the colours, or alone, with its own. */
#ifndef CRM_REPORT_CANVAS_SVG_H
#define CRM_REPORT_CANVAS_SVG_H

#include "report/canvas.h"
#include "report/markup.h"

struct canvas_svg {
    struct canvas canvas; /* first */
    struct markup *out;   /* borrowed */
    bool alone;
};

struct svg_head {
    double width, height;
    struct slice title, description; /* for those who do not see it */
    const char *id;                  /* not used by another drawing of the page; letters and digits */
    bool alone;                      /* a file of its own */
};

void canvas_svg_begin(struct canvas_svg *svg, struct markup *out, const struct svg_head *head);
void canvas_svg_end(struct canvas_svg *svg);

/* The style that the inks have in a page: rules for light, and for dark where the reader prefers that and does not
 * print. */
void canvas_svg_style(struct markup *out);

#endif
