/* What the tests of dates share: electing a column, and comparing what a value is in a style. */
#ifndef CRM_TESTS_DATE_READING_H
#define CRM_TESTS_DATE_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "value/date_election.h"

static inline enum date_style elect_dates(const char *const *texts, struct date_election *election)
{
    *election = (struct date_election){0};
    for (uint64_t line = 2; *texts; texts++, line++)
        date_election_add(election, slice_from_cstr(*texts), line);
    return date_election_result(election);
}

/* The texts as a column. */
#define ELECT(election, ...) elect_dates((const char *const[]){__VA_ARGS__, NULL}, election)

static inline void assert_date(struct slice text, enum date_style style, const char *wanted)
{
    char out[MOMENT_TEXT];
    struct moment moment;
    bool good = date_parse_style(text, style, &moment);
    struct slice got = good ? moment_format(&moment, out) : SLICE("(refused)");

    if (!slice_equal_cstr(got, wanted ? wanted : "(refused)"))
        fail_msg("'%.*s' in style %d: '%.*s', not '%s'", SLICE_ARG(text), (int)style, SLICE_ARG(got),
                 wanted ? wanted : "(refused)");
}

static inline void assert_reads(const char *text, enum date_style style, const char *wanted)
{
    assert_date(slice_from_cstr(text), style, wanted);
}

#endif
