/* Charts as text, of block characters, for a terminal or a mail without pictures. */
#ifndef CRM_REPORT_CHART_TEXT_H
#define CRM_REPORT_CHART_TEXT_H

#include "report/figure.h"
#include "report/markup.h"

#define CHART_COLUMNS_MIN 20
#define CHART_COLUMNS_MAX 400

/* Appends the chart, at most so many columns wide where its labels let it, with the colours of a terminal (256 of them)
 * if wanted. Labels are made safe for a terminal (display.h). */
void chart_text(struct markup *out, const struct figure *figure, struct words *words, size_t width, bool color);

/* ---- its parts ---- */

struct text_chart {
    struct markup *out;
    const struct figure *figure;
    struct words *words;
    size_t width;
    bool color;
};

/* The text safe for a terminal, filled up with blanks to the width, before it or behind it; longer text is cut and ends
 * in an ellipsis. */
void text_cell(struct text_chart *chart, struct slice text, size_t width, bool right);
/* The display width of the widest of them, at most `most`. */
size_t text_widest(const struct slice *texts, size_t count, size_t most);
void text_repeat(struct text_chart *chart, const char *text, size_t count);
/* A bar of share (0 .. 1) of width cells, in eighths of a cell; gives the cells taken. */
size_t text_bar(struct text_chart *chart, double share, size_t width);
/* From here on in the colour of a series; SIZE_MAX: as before. Nothing without colours. */
void text_color(struct text_chart *chart, size_t series);

void text_bars(struct text_chart *chart);
void text_columns(struct text_chart *chart);
void text_lines(struct text_chart *chart);
void text_heat(struct text_chart *chart);
void text_pareto(struct text_chart *chart);

#endif
