/* Display: text as it may stand on a terminal, and how many columns it takes there.
 *
 * Data must not drive the terminal: a line feed is shown as \n, a carriage return as \r, a tab as \t, any other control
 * character (C0, DEL, C1) and every byte that is not UTF-8 as \xNN. All other characters are shown as they are. */
#ifndef CRM_VALUE_DISPLAY_H
#define CRM_VALUE_DISPLAY_H

#include "base/buffer.h"

/* Appends text, made safe as above; adds the columns it takes to *width. 0, or -1 out of memory (nothing changed).
 *
 * Widths follow Unicode Standard Annex 11 through utf8proc: 2 for East Asian wide and fullwidth characters and for
 * emoji, 0 for non-spacing and enclosing marks, format characters and the later letters of a Hangul syllable, else 1.
 * An emoji sequence (skin tone, zero width joiner) is as wide as its first emoji; the emoji variation selector makes
 * its character wide. */
int display_append(struct buffer *out, struct slice text, size_t *width);

/* The columns that display_append() would add. */
size_t display_width(struct slice text);

#endif
