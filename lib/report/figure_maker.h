/* Makers: each makes the figures of one kind of table, and the sentence that says what is to be seen.
 *
 * A maker is called with a table that has the columns of its kind (report_kind.h). It adds the figures that the data
 * allow, none where there are no records. When memory is short the words have failed, and what was made is not used. */
#ifndef CRM_REPORT_FIGURE_MAKER_H
#define CRM_REPORT_FIGURE_MAKER_H

#include "report/figure.h"
#include "report/report_table.h"

struct figure_maker {
    const struct report_table *table;
    struct words *words;
    struct figures *out;
};

/* Room for one more figure, with all values NAN; NULL when there is none, or memory is short. */
struct figure *maker_add(struct figure_maker *maker, enum figure_kind kind, const char *title, size_t categories,
                         size_t series);

/* The column, which the table has; its cells. */
size_t maker_column(const struct figure_maker *maker, const char *name);
double maker_number(const struct figure_maker *maker, size_t row, const char *name);
struct slice maker_text(const struct figure_maker *maker, size_t row, const char *name);
struct slice maker_name(const struct figure_maker *maker, struct slice text); /* words_name() */
struct slice maker_share(const struct figure_maker *maker, double share);     /* "45.0 %" */
struct slice maker_money(const struct figure_maker *maker, double amount, size_t column);

/* Sums the numbers of a column over all rows; what is none counts as 0. */
double maker_sum(const struct figure_maker *maker, const char *name);

/* The distinct values of a column in order of appearance. */
#define DISTINCT_MAX 1000
struct distinct {
    struct slice *values;
    size_t count;
    size_t *of_row; /* for each row the number of its value */
};
/* false: more than DISTINCT_MAX of them, or memory is short. */
bool maker_distinct(struct figure_maker *maker, size_t column, struct distinct *distinct);

/* A figure with a category for each row, labelled by a column, and a series for each of the columns named (those that
 * the table has and that hold numbers). NULL-terminated. */
struct figure *maker_rows(struct figure_maker *maker, enum figure_kind kind, const char *title, size_t label,
                          const char *const *names);

/* A histogram of numbers: `bins` columns of equal width between two ends; the last one includes its upper end. */
struct figure *maker_histogram(struct figure_maker *maker, const char *title, size_t column, double from, double to,
                               size_t bins);

/* How many rows hold each value of a column, in order of appearance. NULL too many, or memory is short. */
struct figure *maker_counts(struct figure_maker *maker, const char *title, size_t column, const char *unit);

typedef void figure_make_function(struct figure_maker *maker);

figure_make_function make_funnel_steps, make_funnel_times, make_funnel_histogram, make_funnel_curve,
    make_funnel_compare, make_funnel_events;
figure_make_function make_cohort_rows, make_cohort_matrix;
figure_make_function make_rfm_customers, make_rfm_summary, make_rfm_migration;
figure_make_function make_pipeline_stages, make_pipeline_winrate, make_pipeline_velocity, make_pipeline_aging,
    make_pipeline_forecast, make_pipeline_slippage, make_pipeline_times;
figure_make_function make_scores, make_measures;
figure_make_function make_clusters, make_pairs, make_blocks, make_truth;
figure_make_function make_import_report, make_import_columns;
figure_make_function make_trend, make_plain;

/* What --chart asks for of any table: the first column of words, or of periods, names the categories, the columns of
 * numbers are the series. false: the table has nothing to draw, and nothing was added. */
bool make_chosen(struct figure_maker *maker, enum figure_kind kind);

#endif
