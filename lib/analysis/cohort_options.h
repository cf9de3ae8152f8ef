/* The options of crm-cohort: how they are read from the command line. */
#ifndef CRM_ANALYSIS_COHORT_OPTIONS_H
#define CRM_ANALYSIS_COHORT_OPTIONS_H

#include "analysis/cohort.h"
#include "stream/common.h"
#include "stream/partial.h"
#include "stream/shade.h"

enum cohort_layout {
    COHORT_LONG,          /* a row for each cohort and age */
    COHORT_MATRIX,        /* a row for each cohort, a column for each age */
    COHORT_CALENDAR_DATE, /* a row for each cohort, a column for each period of the calendar */
};
enum cohort_mean { COHORT_MEAN_NONE, COHORT_MEAN_WEIGHTED, COHORT_MEAN_SIMPLE };

struct cohort_options {
    struct common common;
    const char *customer, *date, *amount, *order, *event; /* columns as given, or NULL; order "": each row is one */
    const char *start_events, *return_events;             /* names, with | between them; NULL: any */
    const char *group;                                    /* --by */
    const char *date_format, *currency, *rates;
    bool whole_days;           /* with rolling windows: of a time only its day counts */
    struct cohort_rules rules; /* order_ids is not known before the columns are */
    bool cohort_period_given;
    enum cohort_measure measure;
    enum cohort_base base;
    bool base_given;
    bool gap_given;
    enum cohort_layout layout;
    enum cohort_mean mean;
    const char *age_text;
    int32_t age; /* the one age, or bracket, that is shown; -1: all */
    bool complete_only;
    double confidence; /* 0 .. 1 */
    enum shade_when color;
    size_t threads;
    struct partial_choice parts;
    size_t max_memory; /* bytes; 0: no limit */
};

/* Fills the options. 1 to go on with *first the first operand, 0 when --help or --version was printed, -1. Owns
 * nothing: the texts stay in argv. */
int cohort_options_read(struct cohort_options *options, int argc, char **argv, int *first, struct error *err);

/* Whether name is one of names, as --start-event writes them: '|' between them, a backslash before a '|' or a backslash
 * that is part of a name. */
bool cohort_event_is(const char *names, struct slice name);

/* "3", or of a bracket "4-7"; out has room for COHORT_AGE_TEXT. */
#define COHORT_AGE_TEXT 32
struct slice cohort_age_name(const struct cohort_rules *rules, size_t age, char out[COHORT_AGE_TEXT]);

#endif
