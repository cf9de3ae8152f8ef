/* How wide text is, without a font: for SVG, which is drawn with whatever font the reader has. */
#ifndef CRM_REPORT_TEXT_WIDTH_H
#define CRM_REPORT_TEXT_WIDTH_H

#include <stdbool.h>

#include "base/slice.h"

/* The width in the unit of size, rather too large than too small: the advances of Helvetica for ASCII and a
 * seventh more, since others (Noto, DejaVu) are wider; an em for signs and for what is wide on a terminal, nothing for
 * marks, 0.62 em for all others. */
double text_width_estimate(struct slice text, double size, bool bold);

#endif
