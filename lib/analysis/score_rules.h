/* Score rules: what a rule file says, crm-rules(5). Read once, then applied to each lead (score.h).
 *
 * The model is that of the marketing programs: rules give points, which count for the fit of a lead (who it is) or for
 * its engagement (what it did); rules stand in groups, whose sum is held within limits, then the sum of each dimension,
 * then the total:
 *
 *     score = clamp(base + fit + engagement),  fit = clamp(sum over its groups of clamp(sum of rules))
 *
 * All texts are in the arena. A number without a limit is -INFINITY or INFINITY. */
#ifndef CRM_ANALYSIS_SCORE_RULES_H
#define CRM_ANALYSIS_SCORE_RULES_H

#include <stdint.h>

#include "base/arena.h"
#include "value/expression.h"

enum score_dimension { SCORE_FIT, SCORE_ENGAGEMENT, SCORE_DIMENSIONS };
extern const char *const score_dimension_names[]; /* "fit", "engagement", NULL */

struct score_limits {
    double least, most;
};

/* Points for from <= x < below. */
struct score_range {
    double from, below, points;
};

/* Points for a value, as it is written in the file. */
struct score_case {
    struct slice value;
    double points;
};

/* What is left of points after `age` days: both parts multiply. Steps: each full step_days take step_share of what is
 * left then or, with linear, of what it was at first, never below nothing. Half-life: points * 2^(-age / half_life). */
struct score_decay {
    int32_t step_days; /* 0: no steps */
    double step_share; /* 0 < share <= 1 */
    bool linear;
    double half_life; /* days; 0: none */
};

/* What is looked at of the events of a lead that a rule counts. */
enum score_measure {
    SCORE_COUNT,       /* how many */
    SCORE_DAYS,        /* on how many different days */
    SCORE_SUM,         /* of the number `amount` of each */
    SCORE_LEAST,       /* ... the least of them */
    SCORE_MOST,        /* ... the greatest */
    SCORE_SINCE_LAST,  /* days from the last to the analysis date */
    SCORE_SINCE_FIRST, /* ... from the first */
};
extern const char *const score_measure_names[]; /* "count", "days", "sum", "min", "max", "days_since_last", ... */

enum score_kind {
    SCORE_WHEN,   /* points if a condition on the lead is true */
    SCORE_CASES,  /* points by a value of the lead, from a table of values */
    SCORE_RANGES, /* points by a number of the lead, from a table of ranges */
    SCORE_EACH,   /* points for each event */
    SCORE_EVENTS, /* points by a measure of the events, from a table of ranges */
};

struct score_rule {
    struct slice name;
    size_t group;
    enum score_kind kind;
    struct expression *expression; /* WHEN: the condition; CASES, RANGES: the value. Over score_rules.lead. Owned */
    double points;                 /* WHEN, EACH */
    struct score_case *cases;
    size_t case_count;
    bool fold; /* CASES: letters of either case are alike (folded as names of columns are not: ASCII and Unicode simple
                  case) */
    double otherwise; /* CASES, RANGES, EVENTS: for a value that is in no row, 0 unless said */
    double missing; /* CASES, RANGES: for no value at all (null or empty), 0 unless said; EVENTS: for no event where the
                       measure has no value (all but count, days and sum, which are 0 then) */
    struct score_range *ranges; /* ascending, without overlap */
    size_t range_count;

    /* EACH, EVENTS */
    struct slice *events; /* names of events, any of them counts; none: all */
    size_t event_count;
    struct expression *where;  /* a condition on the event; NULL: none. Over score_rules.event. Owned */
    struct expression *amount; /* a number of the event, for SUM, LEAST, MOST. Over score_rules.event. Owned */
    int32_t within;            /* only events at most so many days before the analysis date: age < within; 0: all */
    enum score_measure measure;
    size_t times;              /* EACH: at most so many events, the latest ones; 0: all */
    struct score_limits limit; /* EACH: of the sum of the rule's points */
    struct score_decay decay;  /* EACH: by the age of each event; EVENTS: by that of the last */
};

struct score_group {
    struct slice name;
    enum score_dimension dimension;
    struct score_limits limit;
};

/* A threshold: at or above `from` it is called `name`. Descending; what is below all has the last name. */
struct score_threshold {
    struct slice name;
    double from;
};
struct score_bands {
    struct score_threshold *items;
    size_t count;
};

enum score_grading {
    SCORE_NO_GRADE,
    SCORE_BANDS,  /* a name by thresholds on one number */
    SCORE_MATRIX, /* a letter by the fit and a digit by the engagement: A1 ... C3 (HubSpot) */
    SCORE_THIRDS, /* starting from a letter, criteria move it by thirds of a letter: F, D-, D, D+ ... A+ (Pardot) */
};

/* What a threshold is of. */
enum score_number { SCORE_OF_TOTAL, SCORE_OF_FIT, SCORE_OF_ENGAGEMENT, SCORE_OF_PROBABILITY };
extern const char *const score_number_names[]; /* "score", "fit", "engagement", "probability", NULL */

struct score_criterion {
    struct slice name;
    struct expression *when; /* over score_rules.lead. Owned */
    int thirds;              /* up, or down where it is negative */
};

struct score_grades {
    enum score_grading kind;
    enum score_number of;      /* BANDS */
    struct score_bands bands;  /* BANDS */
    struct score_bands letter; /* MATRIX, by fit */
    struct score_bands digit;  /* MATRIX, by engagement */
    size_t start;              /* THIRDS: 0 for F ... 12 for A+ , see score_third_names */
    struct score_criterion *criteria;
    size_t criterion_count;
};
/* F, D-, D, D+, C-, C, C+, B-, B, B+, A-, A, A+, NULL: from D to A+ are ten thirds (Pardot). What leaves the scale
 * stays at its end. */
extern const char *const score_third_names[];

/* A lead becomes `stage` when the condition is true. Over score_rules.lead, where .score, .fit, .engagement, .grade and
 * .probability are the results of the rules. A file whose conditions ask for a grade or a probability has one. */
struct score_promotion {
    unsigned stage; /* score_stage.h */
    struct expression *when;
};

/* BANT, CHAMP: things to be known of a lead. Adds NAME_met, NAME_known, NAME_unknown,
 * NAME_required and NAME_qualified. */
struct score_item {
    struct slice name;
    struct expression *met;   /* true: it is so. Over score_rules.lead. Owned */
    struct expression *known; /* true: it was asked and answered; else it is not met, either. Owned */
};
struct score_checklist {
    struct slice name; /* letters, digits and _ : names of columns are made of it */
    struct score_item *items;
    size_t count;
    size_t required; /* so many met: qualified */
};

struct score_rules {
    struct arena arena;
    struct slice title;
    struct score_group *groups;
    size_t group_count;
    struct score_rule *rules;
    size_t rule_count;
    struct score_limits dimension[SCORE_DIMENSIONS];
    struct score_limits total;
    double base; /* what the total of every lead begins with; 0 unless said */
    struct score_grades grades;
    struct score_promotion *promotions; /* from the highest stage to the lowest */
    size_t promotion_count;
    bool may_fall; /* stages may move backwards */
    enum score_number temperature_of;
    struct score_bands temperature; /* none: no such column */
    struct score_checklist *checklists;
    size_t checklist_count;
    /* The probability of a score: 1 / (1 + exp(-(score - offset) / factor)), as crm-train --to-rules writes it; factor
     * 0: not known. */
    double offset, factor;

    struct expression_columns
        lead; /* what expressions ask of a lead, results (score, fit, ...) of promotions among them */
    struct expression_columns event; /* what expressions ask of an event, beside who, what and when */
    bool has_fit, has_engagement;    /* there are groups of that dimension */
    bool needs_events;               /* there are rules over events */
};

/* Reads and checks a rule file: unknown keys, wrong types, keys that do not go together, overlapping ranges, points
 * that can never count, names that occur twice, expressions that do not compile. -1, STATUS_USAGE: "FILE:
 * groups[1].rules[0].when: column 9: ..."; a syntax error of the JSON names the line. On failure rules is all zero. */
int score_rules_read(struct score_rules *rules, struct slice text, const char *file, struct error *err);
/* Whether a condition or value of a lead uses days_since(). */
bool score_rules_need_day(const struct score_rules *rules);
void score_rules_fini(struct score_rules *rules);

/* The text of a rule file that is built in: "bant", "champ"; NULL: there is none of that name. score_rules_words: all
 * of them, ended by NULL. */
const char *score_rules_builtin(const char *name);
extern const char *const score_rules_words[];

#endif
