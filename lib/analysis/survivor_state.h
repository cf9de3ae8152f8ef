/* Inside of survivorship; only for survivor*.c. */
#ifndef CRM_ANALYSIS_SURVIVOR_STATE_H
#define CRM_ANALYSIS_SURVIVOR_STATE_H

#include "analysis/survivor.h"
#include "analysis/survivor_tally.h"
#include "base/arena.h"
#include "value/date_election.h"
#include "value/decimal.h"
#include "value/vocabulary.h"

/* How the values of a column are put in order, for min and max. */
enum survivor_scale { SCALE_NONE, SCALE_NUMBERS, SCALE_DATES };

struct survivor_column {
    enum survivor_rule rule;
    bool asked;            /* by the file or an option */
    bool usual;            /* the vocabulary has the rule: not replaced by the default */
    const char *canonical; /* in the vocabulary; "" */
    unsigned rank;         /* how well the name stands for it */
    enum tally_equality equality;
    const struct slice *order; /* in the arena; NULL: none */
    size_t order_count;
    size_t source;   /* for source_priority: the column, or COLUMN_ABSENT: the input */
    size_t leader;   /* the first of its group; itself */
    bool grouped;    /* it follows the record of a group, or leads one */
    size_t overflow; /* where values that lose go, or COLUMN_ABSENT */
    enum survivor_scale scale;
    enum date_style style;
};

struct survivor_group {
    size_t *columns; /* in the arena */
    size_t count;
};

struct survivor_plan {
    const struct slice *names; /* borrowed */
    size_t count;
    struct survivor_column *columns; /* owned */
    enum survivor_rule other;        /* of columns without a rule of their own */
    size_t recent;                   /* COLUMN_ABSENT: none */
    bool recent_asked;
    enum date_style recent_style;
    size_t currency;               /* the column of currencies, or COLUMN_ABSENT */
    struct survivor_group *groups; /* owned */
    size_t group_count;
    size_t group_capacity;
    const char **doubts; /* owned; the texts in the arena */
    size_t doubt_count;
    size_t doubt_capacity;
    struct arena arena;
};

/* Where a value stands on a scale. */
struct survivor_mark {
    bool known;
    int64_t second; /* of a date, since 1970, in UTC where an offset is written */
    int32_t nanosecond;
    struct decimal number;
};

struct survivor_work {
    const struct survivor_plan *plan;
    const struct kept *kept;
    struct arena arena;   /* texts made for one cluster */
    struct field *fields; /* of every record of the cluster, one behind the other */
    size_t field_capacity;
    const size_t *rows; /* of the cluster: the caller's */
    size_t count;
    const double *weights;
    size_t *order; /* positions in rows, the master first */
    size_t order_capacity;
    size_t *filled; /* columns filled, by position */
    size_t filled_capacity;
    struct survivor_mark *when; /* by position */
    size_t when_capacity;
    struct tally tally;
};

static inline const struct field *survivor_field(const struct survivor_work *work, size_t position, size_t column)
{
    return &work->fields[position * work->plan->count + column];
}

/* Not absent, null, blank, [] or {}. */
bool survivor_filled(const struct field *field);

/* Whether a rule takes the value of one record, so that a group can follow it. */
bool survivor_rule_picks(enum survivor_rule rule);

/* The column of that name. STATUS_USAGE when there is none. */
int survivor_plan_find(const struct survivor_plan *plan, struct slice name, size_t *column, struct error *err);

/* A group of these columns; they are copied. 0, or -1 out of memory. */
int survivor_plan_group(struct survivor_plan *plan, const size_t *columns, size_t count, struct error *err);

/* Keeps a copy of the list as the order of the column. */
int survivor_plan_order(struct survivor_plan *plan, size_t column, const struct slice *order, size_t count,
                        struct error *err);

/* The column that is this one of the vocabulary, the best if there are several, or COLUMN_ABSENT. */
size_t survivor_plan_canonical(const struct survivor_plan *plan, const char *canonical);

struct survivor_mark survivor_mark_date(struct slice text, enum date_style style);
struct survivor_mark survivor_mark_of(const struct survivor_column *column, struct slice text);
/* Below 0, 0, above 0; what is not known comes first. */
int survivor_mark_compare(const struct survivor_mark *a, const struct survivor_mark *b);

/* The position of the record whose value in the column wins by the rule; COLUMN_ABSENT: none is filled. -1: memory. */
int survivor_pick(struct survivor_work *work, size_t column, enum survivor_rule rule, size_t *position,
                  struct error *err);

/* Counts the different filled values of the column in work->tally, in the order of records. 0 or -1, memory. */
int survivor_tally(struct survivor_work *work, size_t column, struct error *err);

/* The rules that make a value of several: *field, and how many different values (elements) there were. */
int survivor_sum(struct survivor_work *work, size_t column, struct field *field, struct error *err);
int survivor_union(struct survivor_work *work, size_t column, struct field *field, size_t *distinct, struct error *err);
int survivor_concat(struct survivor_work *work, size_t column, struct field *field, struct error *err);

/* Appends to the values of `column`, a union, those of `from` in the cluster but for the one that survived there, and
 * takes that one off. *joined: whether that was possible. */
int survivor_overflow(struct survivor_work *work, size_t from, size_t column, struct field *out,
                      struct survivor_choice *why, struct error *err);

#endif
