/* Training table: leads with a known outcome, column by column, as learners want them.
 *
 * A value is taken without the blanks around it; it is missing when model_missing() says so. What kind a column is
 * follows from the values that are there:
 * - a date when at least 95 % of them are dates: its age in days at the analysis date. Digits alone ("20260131") are a
 *   date only in the years 1971 to 2100;
 * - a number when at least 99 % of them are numbers (model_number()), and fewer than 1 % of those are written with a
 *   zero in front (007), which only codes are;
 * - else a category of at most TRAIN_LEVELS values, compared byte for byte.
 * The few others in a column of dates or numbers are taken as missing, and counted (odd), as are in a category those
 * that kept it from being a number or a date. A date before 1900 or behind 2100 stands for none.
 *
 * Left out are
 * - "empty" and "one value": a value is missing in every lead, or the same in every lead;
 * - "identifier": 20 values or more, more than 90 % of them different, of a category or text; of whole numbers if also
 *   the last word of the name says so (id, number, no, ...), or they have nine digits and more and are hardly ever
 *   round. Also whole numbers that only rise or only fall from lead to lead, by ten or less on average;
 * - "text": more than TRAIN_LEVELS different values, or more than 100 with more than 60 characters on average;
 * - "not asked for" and "left out", as the options say. A column that is asked for by name may be an identifier.
 * What looks as if it had been written after the outcome was known is left to train_guard.h. */
#ifndef CRM_ANALYSIS_TRAIN_TABLE_H
#define CRM_ANALYSIS_TRAIN_TABLE_H

#include <stdint.h>

#include "base/arena.h"
#include "stream/kept.h"
#include "value/date.h"

enum train_kind { TRAIN_NUMBER, TRAIN_CATEGORY, TRAIN_DATE };
extern const char *const train_kind_names[]; /* "number", "category", "date", NULL */

#define TRAIN_LEVELS 1000 /* more different values than this: text */
#define TRAIN_LEAST 20    /* leads of either outcome that are needed */

struct train_feature {
    struct slice name; /* in the arena */
    enum train_kind kind;
    const char *skipped; /* why it is not used: "empty", "one value", "identifier", "text", "not asked for", "left out",
                            "suspected" (by the guard); NULL: it is used. Of skipped ones nothing below need be there */
    bool allowed;        /* the guard may not leave it out */
    double *number;      /* NUMBER, DATE: per row; NAN: missing. Owned */
    uint32_t *code;      /* CATEGORY: per row the number of its level; 0: missing. Owned */
    struct slice
        *levels; /* CATEGORY: in order of first appearance, levels[0] is "" for missing. Owned; texts in the arena */
    size_t level_count; /* with levels[0]; at most TRAIN_LEVELS + 1 */
    size_t missing;     /* rows */
    size_t odd;         /* NUMBER, DATE: values that are none, taken as missing. CATEGORY: values that are no numbers in
                           a column of which at least 90 % are, or dates likewise; else 0 */
    size_t odd_record;  /* of the first of them, its number in kept */
    struct slice odd_value; /* its text, in the arena */
};

struct train_table {
    size_t rows, yes;               /* leads, and those with the outcome */
    uint8_t *outcome;               /* per row, 1 or 0. Owned */
    size_t *record;                 /* per row: its number in kept. Owned */
    struct train_feature *features; /* every column but the target, in the order of the input. Owned */
    size_t count;
    struct slice target, positive; /* the column, and the value that counts as the outcome (the first of them) */
    size_t undecided;              /* rows without an outcome, left out */
    int32_t as_of;                 /* DAY_NONE: not given, and there is no date */
    struct arena arena;
};

struct train_options {
    const char *target;   /* the column: its name, or "#3"; so are those below */
    const char *positive; /* the value that is the outcome; NULL: yes, true, 1, won, converted, customer, closed won,
                             ... whichever is there */
    const char *model_positive;  /* the outcome of a model that the leads are added to; NULL: they make a model. Any
                                    number of leads will do then, and of one outcome */
    const char *const *features; /* use only these; NULL: all */
    size_t feature_count;
    const char *const *drop;
    size_t drop_count;
    const char *const *allow; /* features that the guard may not leave out; "all" */
    size_t allow_count;
    struct date_reader dates;
    int32_t as_of; /* DAY_NONE: the latest date in the columns of dates */
};

/* names: of the columns of kept, kept->columns of them; neither is needed afterwards. A column is found by its name as
 * it stands, else by its number ("#3"), else in any case, else without blanks and punctuation (vocabulary_normalise()).
 *
 * The outcome: values of the target are compared in any case, numbers by value. `positive`, when given, is the outcome
 * and every other value is not. Else values known as yes (boolean_find(), won, closed won, converted, customer, paid,
 * ... in some languages; 1 against 0 or -1) are; with two values of which one is known as no (lost, closed lost, ...)
 * the other is; and where there are values known as yes and as no and others (open, negotiation), leads with the others
 * are undecided, as are those without a value. Of leads for a model the same holds if its outcome is a word known as
 * yes, but that no other words come to be the outcome; else its outcome is, and every other value is not.
 *
 * Errors (STATUS_DATA, STATUS_USAGE): no such column (the nearest named), no such value as `positive`, a target with
 * one outcome only or with values of which none is known (listed), fewer than TRAIN_LEAST rows of either outcome.
 * Memory: 8 bytes a value of a number or date, 4 of a category. */
int train_table_make(struct train_table *table, const struct kept *kept, const struct slice *names,
                     const struct train_options *options, struct error *err);
void train_table_fini(struct train_table *table);

/* The column a name stands for, see above, but for a number; SIZE_MAX: none. */
size_t train_column_find(const struct slice *names, size_t count, struct slice given);

#endif
