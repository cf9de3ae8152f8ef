/* Leads as they are scored: which columns of the stream the rules or the model ask for, and what each lead gets.
 *
 * Finding columns and reading are done by one thread; scoring (struct score_desk) by any number, each with a desk of
 * its own. */
#ifndef CRM_ANALYSIS_SCORE_LEADS_H
#define CRM_ANALYSIS_SCORE_LEADS_H

#include "analysis/model.h"
#include "analysis/score.h"
#include "analysis/score_options.h"

struct score_partial;

struct score_leads {
    const struct score_options *options;
    const struct score_partial *partial; /* with --partial and --merge (score_partial.h) */
    const struct score_rules *rules;     /* or NULL: the model */
    const struct score_events *events;   /* or NULL */
    const struct model *model;
    struct stream *stream;
    size_t columns; /* of the input; those that follow in a record are the ones below */
    size_t *wanted; /* for each column of rules->lead or feature of the model: its number, or COLUMN_ABSENT. Owned */
    size_t wanted_count;
    size_t key, stage, as_of_column, outcome; /* COLUMN_ABSENT: there is none */
    const char *key_name;                     /* of the column, or NULL; borrowed from the stream */
    struct expression_context context;        /* dates and day, for all */
};

/* Finds the columns; all of the input are kept. */
int score_leads_open(struct score_leads *leads, struct stream *stream, struct error *err);
void score_leads_fini(struct score_leads *leads);

/* Whether the analysis date matters: a rule counts days, or the model ages. Before score_leads_open(), too. */
bool score_leads_need_day(const struct score_leads *leads);

/* What a lead gets; texts are valid until the desk scores the next. */
struct score_line {
    double score, fit, engagement; /* NAN: there is none */
    double probability;            /* NAN: not known */
    struct slice grade, stage, temperature;
    struct slice reasons;
};

struct score_desk {
    const struct score_leads *leads;
    struct scorer scorer;            /* with rules */
    struct expression_value *values; /* with rules, for each wanted column */
    struct model_use *use;           /* with a model */
    struct slice *texts;             /* with a model, for each feature */
    double *parts;                   /* with a model, for each feature */
    uint32_t *bins;                  /* with a model, for each feature */
    struct date_reader dates;
    struct buffer reasons;
    struct score_line line;
};
int score_desk_init(struct score_desk *desk, const struct score_leads *leads, struct error *err);
void score_desk_fini(struct score_desk *desk);

/* Scores a record. untyped: of CSV. -1, STATUS_DATA: the lead cannot be scored; *column is the number of the bad column
 * or COLUMN_ABSENT. */
int score_desk_lead(struct score_desk *desk, const struct field *fields, bool untyped, size_t *column,
                    struct error *err);

#endif
