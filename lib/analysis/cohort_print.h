/* The report of crm-cohort: long, as a matrix, by the calendar. */
#ifndef CRM_ANALYSIS_COHORT_PRINT_H
#define CRM_ANALYSIS_COHORT_PRINT_H

#include "analysis/cohort_options.h"
#include "stream/row.h"

/* Everything is borrowed. */
struct cohort_print {
    const struct cohort_options *options;
    const struct cohort_rules *rules; /* settled: cohort_feed.h */
    const struct cohort_table *table;
    const struct stream *stream;
    struct output *output; /* prepared or not */
    double z;              /* of intervals */
    int32_t as_of;
};

/* Opens the output, writes the report in the layout of the options, and finishes it. */
int cohort_print(const struct cohort_print *print, struct error *err);

/* The layouts that stand in a file of their own: matrix and calendar. Says on standard error which cells are not
 * complete, as it cannot be seen in them. */
int cohort_print_matrix(const struct cohort_print *print, struct error *err);

/* ---- for them ---- */

/* The ages that are shown: *first, and how many. */
size_t cohort_print_ages(const struct cohort_print *print, size_t *first);
struct slice cohort_print_name(const struct cohort_print *print, const struct cohort_line *line, char out[MOMENT_TEXT]);
/* The figures of a cell. false: it is not shown, since it has not begun, or by --complete-only. */
bool cohort_print_cell(const struct cohort_print *print, const struct cohort_line *line, size_t age,
                       struct cohort_rate *rate);
/* Those of --mean; false: there is nothing to take it of. */
bool cohort_print_mean(const struct cohort_print *print, size_t age, struct cohort_rate *rate);
uint64_t cohort_print_customers(const struct cohort_print *print); /* of all cohorts together */
/* The value as the next field of a row: numbers of customers and orders, money; exact where it is a sum. cell NULL: of
 * the mean. */
void cohort_print_value(const struct cohort_print *print, const struct cohort_cell *cell,
                        const struct cohort_rate *rate, struct row *row);
/* Shares, four decimals. */
void cohort_print_rate(double rate, struct row *row);

#endif
