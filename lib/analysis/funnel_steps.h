/* Funnel steps: how steps, gaps and exclusions are written on the command line, and which events they are.
 *
 *     visit,"signup|register",pay       steps in order, separated by commas
 *     a|b                               a step that either event is
 *     trial?                            a step that may be left out; not the first or the last
 *     \, \| \? \\                       these characters in a name
 *
 * A step is referred to by its name as it is shown, or by its number from 1. */
#ifndef CRM_ANALYSIS_FUNNEL_STEPS_H
#define CRM_ANALYSIS_FUNNEL_STEPS_H

#include "analysis/funnel_chain.h"
#include "analysis/stages.h"
#include "base/options.h"
#include "value/expression.h"

struct funnel_step {
    struct slice name;    /* as it is shown; all differ */
    struct slice *events; /* the names of events that are this step; none with a condition */
    size_t event_count;
    struct expression *condition; /* or NULL; owned */
};

struct funnel_exclusion {
    struct slice event;
    uint32_t breaks; /* the steps behind which it breaks a chain */
};

struct funnel_steps {
    struct funnel_step items[FUNNEL_STEPS];
    int count;
    uint32_t optional;
    struct funnel_exclusion *exclusions; /* owned */
    size_t exclusion_count, exclusion_capacity;
    struct expression_columns columns; /* that conditions ask for */
    struct stages *stages;             /* names are compared as those of stages; NULL: byte by byte. Borrowed */
    struct arena arena;
};

void funnel_steps_init(struct funnel_steps *steps);
void funnel_steps_fini(struct funnel_steps *steps);

/* The argument of --steps. */
int funnel_steps_parse(struct funnel_steps *steps, const char *text, struct error *err);
/* The argument of --step, "NAME=CONDITION" or "NAME?=CONDITION": one more step, the condition an expression over the
 * event's record (crm-expr(5)). */
int funnel_steps_add(struct funnel_steps *steps, const char *text, struct error *err);
/* The steps of a set of stages: each open one that deals do not begin behind, and all that are won as the last. */
int funnel_steps_of_stages(struct funnel_steps *steps, struct error *err);
/* Once all are there: names made different, no optional first or last step. */
int funnel_steps_finish(struct funnel_steps *steps, struct error *err);

/* The number of a step, 0 .. count - 1. -1: there is none such; the error lists them. */
int funnel_steps_find(const struct funnel_steps *steps, struct slice text, struct error *err);

/* The arguments of --exclude: "EVENT", or "EVENT@FROM..TO": only behind step FROM and before TO. */
int funnel_steps_exclude(struct funnel_steps *steps, const char *text, struct error *err);
/* The arguments of --gap: "STEP<7d", "STEP<=7d", "STEP>1h", "STEP>=1h"; without a STEP for every step but the first. */
int funnel_steps_gap(const struct funnel_steps *steps, const char *text, struct funnel_rules *rules, struct error *err);

/* What an event of this name can be and breaks. With stages, names are looked up and may be added there. */
int funnel_steps_match(const struct funnel_steps *steps, struct slice event, struct funnel_event *masks,
                       struct error *err);

#endif
