/* Shade: the colours of a table for people whose cells show by their background how much they hold, so that a pattern
 * is seen at once (writer_put_shaded()). Only for terminals: never where a program reads. */
#ifndef CRM_STREAM_SHADE_H
#define CRM_STREAM_SHADE_H

#include <stdbool.h>

#include "base/error.h"

enum shade_when { SHADE_AUTO, SHADE_ALWAYS, SHADE_NEVER };

/* For an option table: target enum shade_when *; auto, always, never. */
int option_shade(void *target, const char *argument, struct error *err);

/* Whether to shade what goes to a descriptor. SHADE_AUTO: it is a terminal that is not dumb (TERM), and NO_COLOR is not
 * set, or empty. */
bool shade_wanted(enum shade_when when, int descriptor);

#define SHADE_STEPS 12
/* The background and foreground of a share, 0 .. 1, in the palette of 256 colours; what is below or above counts as
 * that. The foreground can be read on it (a contrast of 4.5 at least, WCAG 2.1). */
struct shade_colors {
    unsigned char background, foreground;
};
struct shade_colors shade_colors(double share);

#endif
