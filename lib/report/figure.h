/* Figures: what a chart shows, apart from how it is drawn.
 *
 * A figure has categories (the bars, the points of a line, the rows of a heat map) and series (colours of bars, lines,
 * the columns of a heat map), and a number for each pair of them; NAN where there is none. All that it points to is in
 * the arena of the words it was made with, or borrowed from the table. */
#ifndef CRM_REPORT_FIGURE_H
#define CRM_REPORT_FIGURE_H

#include "report/report_words.h"

enum figure_kind {
    FIGURE_BARS,    /* horizontal bars, a group for each category */
    FIGURE_FUNNEL,  /* the same of steps: what went on in full colour, what was lost paler; one series */
    FIGURE_COLUMNS, /* upright bars in an order of their own: a histogram, months */
    FIGURE_LINES,   /* a line for each series; with low and high a band around it */
    FIGURE_HEAT,    /* cells coloured by their number */
    FIGURE_MAP,     /* rectangles, areas as the first series, colours as the second if there is one */
    FIGURE_PARETO,  /* columns in descending order and the line of their cumulated share */
    FIGURE_KINDS
};
extern const char *const figure_kind_names[FIGURE_KINDS + 1]; /* "bars" ... NULL */

struct figure_series {
    struct slice name;
    double *values;
    double *low, *high;          /* limits of the values; NULL: none */
    const struct slice *remarks; /* said behind each value; NULL: none */
};

struct figure {
    enum figure_kind kind;
    struct slice title;
    struct slice category_title, value_title; /* what the axes are, with the unit; may be empty */
    enum number_unit unit;                    /* of the values; UNIT_NUMBER or UNIT_SHARE */
    int decimals;
    struct slice *categories;
    size_t category_count;
    const double *positions; /* of the categories along the axis; NULL: one behind the other */
    struct figure_series *series;
    size_t series_count;
    double reference;         /* a line to compare with, at this value; NAN: none */
    bool diagonal;            /* what is measured is as good as expected where it lies on the diagonal */
    bool touching;            /* columns are bins of one range: no gap between them */
    const bool *unsure;       /* by category * series_count + series: the number may still change; NULL: none */
    struct slice unsure_note; /* what that means */
};

/* Room for so many categories and series, all values NAN; false when memory is short. */
bool figure_make(struct figure *figure, struct words *words, enum figure_kind kind, size_t categories, size_t series);

/* The least and the greatest value of all series, limits included. NAN both when there is none. */
void figure_range(const struct figure *figure, double *least, double *greatest);

/* The value as people read it. */
struct slice figure_value(const struct figure *figure, struct words *words, double value);

/* What the chart shows in words, for those who do not see it: what it is, and its values, as many as one listens to. */
struct slice figure_describe(const struct figure *figure, struct words *words);

/* The figures of one table and what they say, in their order. */
#define FIGURES_MAX 4
struct figures {
    struct figure items[FIGURES_MAX];
    size_t count;
    struct slice sentence; /* the key figure in words; empty: none */
};

#endif
