/* Reading the columns of a training table: private to train_table*.c. */
#ifndef CRM_ANALYSIS_TRAIN_TABLE_READ_H
#define CRM_ANALYSIS_TRAIN_TABLE_READ_H

#include "analysis/train_table.h"

#define NEARLY_ALL(part, whole) ((part)*10 > (whole)*9)
#define PRESENT_LEAST 20 /* values of which "nearly all different" can be said */

/* Which value of the target is which outcome: outcome, record, rows, yes, undecided and positive of the table, whose
 * target is set. column: the target's number in kept. */
int train_target_read(struct train_table *table, const struct kept *kept, size_t column,
                      const struct train_options *options, struct error *err);

/* A column while its kind is not settled: what its values would be as numbers and as dates. */
struct train_column {
    size_t column;             /* its number in kept */
    bool wanted;               /* asked for by name */
    bool not_number, not_date; /* settled: too many values are none */
    size_t present;            /* values that are not missing; counted until both are settled */
    size_t numbers, dates;
    size_t padded;                           /* numbers with a zero in front */
    size_t fractions;                        /* numbers that are not whole */
    double *number;                          /* owned; NULL: no number yet */
    int32_t *day;                            /* owned; NULL: no date yet. DAY_NONE: none, or beyond all sense */
    size_t first_not_number, first_not_date; /* records; SIZE_MAX: none */
};

/* Reads all values of the columns that are not skipped, and sets kind and what belongs to it. columns[i] belongs to
 * table->features[i]. Categories are read a second time. */
int train_columns_read(struct train_table *table, const struct kept *kept, struct train_column *columns,
                       struct date_reader *dates, struct error *err);
/* The codes and levels of the categories; many different values make a column "text" or "identifier". */
int train_levels_read(struct train_table *table, const struct kept *kept, struct train_column *columns,
                      struct error *err);
/* Whether a column of numbers only tells leads apart; its values are in feature->number. */
int train_number_identifies(const struct train_table *table, const struct train_feature *feature,
                            const struct train_column *column, bool *identifies, struct error *err);

/* Sorts ascending, without those that are NAN; *count: in, out. Those that are equal stay together. */
int train_sort_numbers(double *values, size_t *count, struct error *err);

#endif
