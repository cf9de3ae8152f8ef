/* The command line of crm-score. */
#ifndef CRM_ANALYSIS_SCORE_OPTIONS_H
#define CRM_ANALYSIS_SCORE_OPTIONS_H

#include "stream/common.h"
#include "stream/partial.h"

struct score_options {
    struct common common;
    struct partial_choice parts;
    const char *rules, *model, *print_rules;
    bool check; /* the rule file or the model alone */
    const char *key, *as_of_column;
    const char *events, *event_key, *event, *event_time, *event_rejects;
    char event_delimiter; /* 0: not given */
    const char *date_format;
    size_t reasons; /* at most so many */
    size_t top;     /* 0: all leads, in their order */
    size_t threads;
    bool explain, may_fall;
    const char *backtest, *positive;
};

#define SCORE_REASONS 3
#define SCORE_OPTIONS_INIT                               \
    {                                                    \
        .common = COMMON_INIT, .reasons = SCORE_REASONS, \
    }

/* 1: go on, with *first the first operand; 0: --help or --version was printed; -1: STATUS_USAGE. */
int score_options_read(struct score_options *options, int argc, char **argv, int *first, struct error *err);

#endif
