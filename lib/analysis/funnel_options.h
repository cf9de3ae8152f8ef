/* The options of crm-funnel: how they are read from the command line. */
#ifndef CRM_ANALYSIS_FUNNEL_OPTIONS_H
#define CRM_ANALYSIS_FUNNEL_OPTIONS_H

#include "analysis/funnel_steps.h"
#include "stream/common.h"
#include "stream/partial.h"

enum funnel_report {
    FUNNEL_REPORT_STEPS,     /* how many pass each step */
    FUNNEL_REPORT_TIMES,     /* how long it takes from step to step */
    FUNNEL_REPORT_HISTOGRAM, /* how the time from first to last step is distributed */
    FUNNEL_REPORT_CURVE,     /* the share converted by time since the first step (Kaplan-Meier) */
    FUNNEL_REPORT_COMPARE,   /* whether groups differ */
    FUNNEL_REPORT_ENTITIES,  /* a row for each that entered: how far, when */
    FUNNEL_REPORT_EVENTS,    /* which events there are, and what step each is */
};

/* In which event of a chain the value for a breakdown is looked for. */
enum funnel_attribution { FUNNEL_FIRST_VALUE, FUNNEL_LAST_VALUE, FUNNEL_STEP_VALUE };

struct funnel_unit { /* of times in reports */
    const char *name;
    int64_t microseconds;
};

struct funnel_options {
    struct common common;
    struct partial_choice parts;
    const char *entity, *event, *time, *date_format; /* columns and format as given, or NULL */
    const char *steps_text;
    struct option_list step_list, excluded, gap_list;
    const char *stages_name;
    const char *group;  /* --by */
    const char *held;   /* --hold */
    const char *amount; /* NULL: none */
    struct funnel_rules rules;
    int64_t session; /* microseconds without an event that end a session; FUNNEL_NO_LIMIT: no sessions */
    const char *attribution_text;
    enum funnel_attribution attribution;
    int attribution_step;
    enum period period;
    double confidence; /* 0 .. 1 */
    enum funnel_report report;
    const char *dropped, *converted; /* a step, or NULL */
    int listed_step;                 /* of these */
    struct funnel_unit unit;
    int64_t every; /* microseconds between points of the curve, the width of bars; 0: chosen */
    size_t threads;
    size_t max_memory; /* bytes; 0: no limit */
    struct funnel_steps steps;
    struct stages stages;
    bool wide;
    bool whole_days; /* of a time only its day counts */
    bool order_given;
    bool passes;
    bool trend;
    bool matured;
    bool intervals;
    bool confidence_given;
    bool has_stages;
};

/* Whether the report is a list of entities. */
bool funnel_is_list(const struct funnel_options *options);

/* Fills the options. 1 to go on with *first the first operand, 0 when --help or --version was printed, -1. */
int funnel_options_read(struct funnel_options *options, int argc, char **argv, int *first, struct error *err);
void funnel_options_fini(struct funnel_options *options);

#endif
