/* What writing (cohort_partial.c) and reading (cohort_partial_read.c) parts of cohorts share. */
#ifndef CRM_ANALYSIS_COHORT_PARTIAL_PLAN_H
#define CRM_ANALYSIS_COHORT_PARTIAL_PLAN_H

#include "analysis/cohort_partial.h"
#include "stream/partial.h"
#include "value/duration.h"

enum {
    COHORT_PART_FIRST_START,
    COHORT_PART_LATEST,
    COHORT_PART_LAST_DAY,
    COHORT_PART_START_COUNT,
    COHORT_PART_RETURN_COUNT,
    COHORT_PART_WITH_OFFSET,
    COHORT_PART_WITHOUT_OFFSET,
    COHORT_PART_CURRENCY,
    COHORT_PART_FACTS,
    COHORT_PART_CUSTOMER = COHORT_PART_FACTS,
    COHORT_PART_ENTRY,  /* first_start, or group */
    COHORT_PART_LIST,   /* active, or rows */
    COHORT_PART_STARTS, /* of the compact state */
    COHORT_PART_COLUMNS
};

/* Microseconds; a time with an offset may lie a day beside the years there are. */
#define COHORT_MICROSECONDS_PER_HOUR (MICROSECONDS_PER_DAY / 24)
#define COHORT_FIRST_TIME ((DAY_MIN - 2) * MICROSECONDS_PER_DAY)
#define COHORT_LAST_TIME ((DAY_MAX + 2) * MICROSECONDS_PER_DAY)

#define COHORT_PART_OPTIONS 15
struct cohort_scheme {
    struct partial_plan plan;
    struct partial_option options[COHORT_PART_OPTIONS];
    char day[MOMENT_TEXT + 1];
};

/* Fills in the scheme, which must stay where it is. */
void cohort_scheme_make(struct cohort_scheme *scheme, const struct cohort_feed *feed, const struct cohort *cohort);

#endif
