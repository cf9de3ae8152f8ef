/* Survivorship: of several records that are one person or company, the one best record.
 *
 * Each column has a rule that says which value survives. Without configuration a column that the vocabulary knows has
 * the rule that loses least (the earliest created_at, the latest updated_at, any opt_out, all tags, all notes, the
 * furthest lifecycle_stage), and every other the value of the most complete record that has one. Columns that only
 * mean something together (an address, a name, an amount and its currency) come from one record: never a street from
 * Berlin with a postal code from Paris. An empty value never wins over a filled one, but for `unanimous` and within
 * such a group.
 *
 * The rules are those of data-quality suites (Reltio, Oracle CDM, Talend tRuleSurvivorship, GoldenMatch). Their order
 * of records, which also breaks every tie, is: more filled columns first; then the later date in the `recent_by`
 * column, if there is one; then the earlier record. The first is the master. A column in which a value is empty counts
 * as not filled: absent, null, blank text, [] and {}. */
#ifndef CRM_ANALYSIS_SURVIVOR_H
#define CRM_ANALYSIS_SURVIVOR_H

#include "stream/kept.h"
#include "stream/writer.h"

enum survivor_rule {
    SURVIVOR_MOST_COMPLETE,       /* of the first record, in the order above, that has one */
    SURVIVOR_MOST_RECENT,         /* of the record with the latest date in the recent_by column */
    SURVIVOR_MOST_FREQUENT,       /* the one that most records have; equal but for case and blanks around is the same */
    SURVIVOR_CONFIDENCE_MAJORITY, /* the same, each record counting with its match probability (unknown: 1) */
    SURVIVOR_LONGEST,             /* the one of most characters */
    SURVIVOR_FIRST,               /* in the order of the input */
    SURVIVOR_LAST,
    SURVIVOR_SOURCE_PRIORITY, /* of the record whose source stands first in a list; without one, of the first file */
    SURVIVOR_MIN, /* the least number, or the earliest date; so that it is compared, the column must be one */
    SURVIVOR_MAX,
    SURVIVOR_SUM,       /* the exact sum of numbers in one currency */
    SURVIVOR_UNION,     /* all, joined by "; " in order of appearance, or as a JSON array; lists are taken apart */
    SURVIVOR_CONCAT,    /* all, joined by " | ", never taken apart: for notes */
    SURVIVOR_UNANIMOUS, /* the value if no record has another one, else none */
    SURVIVOR_ORDER,     /* the one that stands first in a list of values */
    SURVIVOR_ANY,       /* yes if any says so (what is neither yes nor no comes before a no) */
    SURVIVOR_ALL,       /* no if any says so (what is neither comes before a yes) */
};
#define SURVIVOR_RULES (SURVIVOR_ALL + 1)

/* "most_complete", ... */
const char *survivor_rule_name(enum survivor_rule rule);

struct survivor_plan;

/* The default plan for columns of these names, which must outlive it. 0, or -1 out of memory. */
int survivor_plan_new(struct survivor_plan **plan, const struct slice *names, size_t count, struct error *err);
void survivor_plan_free(struct survivor_plan *plan); /* NULL is fine */

/* Changes the plan as a settings file says; all keys may be left out:
 *     {"default": RULE, "recent_by": COLUMN, "columns": {COLUMN: RULE or {"rule": RULE, "column": COLUMN, "order":
 *      [VALUE, ...]}, ...}, "groups": [[COLUMN, ...], ...]}
 * default: for columns that neither the file nor the vocabulary has a rule for. order: of the values (order) or sources
 * (source_priority; "column" is where they stand, else the column that the vocabulary knows as source). groups: instead
 * of the usual ones; [] is none. In a group the rule of its first column decides for all; a rule given for another one
 * takes that column out. STATUS_USAGE: what is wrong, with file and place. */
int survivor_plan_read(struct survivor_plan *plan, struct slice text, const char *file, struct error *err);

/* Changes the plan by "COL=RULE" or "COL=RULE:VALUE,VALUE,..." with an order; "*=RULE" is the default. */
int survivor_plan_set(struct survivor_plan *plan, const char *text, struct error *err);

/* The column of dates that says what is recent. */
int survivor_plan_recent_by(struct survivor_plan *plan, struct slice name, struct error *err);

/* Once, when the plan is as it shall be: finds out from all records how the dates and numbers are written that rules
 * need. A rule that was asked for and cannot be followed is STATUS_DATA, naming the column, the file and the line; one
 * that was a default is replaced by most_complete, and survivor_plan_doubt() says so. */
int survivor_plan_survey(struct survivor_plan *plan, const struct kept *kept, const struct stream *stream,
                         struct error *err);

/* What was replaced, a line for each, for the program to print; NULL behind the last. */
const char *survivor_plan_doubt(const struct survivor_plan *plan, size_t index);

/* The rule of a column; and the column whose record it follows, itself without a group. */
enum survivor_rule survivor_plan_rule(const struct survivor_plan *plan, size_t column);
size_t survivor_plan_leader(const struct survivor_plan *plan, size_t column);
/* The column that says what is recent, or COLUMN_ABSENT. */
size_t survivor_plan_recent(const struct survivor_plan *plan);

/* Where the value of a column is from. */
#define SURVIVOR_MANY SIZE_MAX
struct survivor_choice {
    size_t row; /* of kept; SURVIVOR_MANY: made of several, or of none */
    enum survivor_rule rule;
    uint32_t distinct; /* different filled values (elements, for a union) in the cluster */
    uint32_t dropped;  /* of these, those that the surviving record does not have: not even, of e-mail addresses and
                          telephone numbers, in other_emails and other_phones. To be said in a summary */
};

/* What choosing needs; one per thread. */
struct survivor_work;
int survivor_work_new(struct survivor_work **work, const struct survivor_plan *plan, const struct kept *kept,
                      struct error *err);
void survivor_work_free(struct survivor_work *work); /* NULL is fine */

/* The one record of the cluster that the rows, ascending and one at least, are: out and why have room for every column.
 * weights: the match probability of each row of kept, NULL: none is known. Fields of out are valid as long as kept and
 * until the next call with this work. 0, or -1: out of memory, or STATUS_DATA: a sum that is too large or of several
 * currencies.
 */
int survivor_choose(struct survivor_work *work, const size_t *rows, size_t count, const double *weights,
                    struct field *out, struct survivor_choice *why, struct error *err);

/* The provenance of merged records, a record for each value that survived in a cluster of two or more:
 * cluster_id,column,value,rule,input,line,record,distinct,alternatives. input, line and record are empty for a value
 * made of several records; alternatives are the other values, joined by " | ", at most SURVIVOR_ALTERNATIVES of them
 * and then "...". */
#define SURVIVOR_ALTERNATIVES 100
#define SURVIVOR_TRACE_COLUMNS 9
extern const struct slice survivor_trace_columns[SURVIVOR_TRACE_COLUMNS];
/* Behind survivor_choose(), with what it gave. cluster: from 1. */
int survivor_trace(struct survivor_work *work, const struct stream *stream, uint64_t cluster, const struct field *out,
                   const struct survivor_choice *why, struct writer *writer, struct error *err);

#endif
