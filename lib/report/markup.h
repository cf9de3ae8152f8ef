/* Markup: the text of HTML and SVG, in which nothing that comes from data is ever taken for markup.
 *
 * When memory is short, `failed` is set and the text is not whole; who wrote it looks once, at the end. */
#ifndef CRM_REPORT_MARKUP_H
#define CRM_REPORT_MARKUP_H

#include <stdbool.h>

#include "base/buffer.h"

struct markup {
    struct buffer text;
    bool failed;
};

void markup_init(struct markup *markup);
void markup_fini(struct markup *markup);

/* As it is: for what we wrote ourselves. */
void markup_raw(struct markup *markup, const char *text);
void markup_format(struct markup *markup, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As text, or as part of an attribute in quotes: &, <, >, " and ' as character references, white space as a blank,
 * bytes that are no UTF-8 as \xNN, and characters that are not seen or turn the direction of others (utf8_invisible())
 * as \u{202E}. */
void markup_text(struct markup *markup, struct slice text);

/* The same for what draws text itself: no character references. */
void markup_plain(struct markup *markup, struct slice text);

/* A number of pixels with at most one decimal. */
void markup_number(struct markup *markup, double number);

#endif
