/* The command line of crm-pipeline. */
#ifndef CRM_ANALYSIS_PIPELINE_OPTIONS_H
#define CRM_ANALYSIS_PIPELINE_OPTIONS_H

#include "stream/common.h"
#include "stream/partial.h"
#include "value/date.h"
#include "value/decimal.h"

enum pipeline_report {
    PIPELINE_STAGES,
    PIPELINE_WINRATE,
    PIPELINE_VELOCITY,
    PIPELINE_AGING,
    PIPELINE_FORECAST,
    PIPELINE_SLIPPAGE,
    PIPELINE_TIMES,
};
/* "stages", "winrate", ..., NULL */
extern const char *const pipeline_report_words[];

struct pipeline_command {
    struct common common;
    struct partial_choice parts;
    const char *deal, *stage, *status, *amount, *probability; /* columns; NULL: by their standard names */
    const char *created, *closed, *expected, *paid, *first_contact;
    const char *by; /* NULL: none */
    const char *date_format, *currency, *rates;
    const char *stages, *won, *lost;
    const char *history, *entered, *history_rejects;
    bool learn, show_stages;
    enum pipeline_report report;
    bool has_trend, has_quota, total;
    enum period trend;
    double commit, best_case; /* 0 .. 1 */
    bool split;               /* one of these was given */
    struct decimal quota;
};

#define PIPELINE_COMMAND_INIT                                 \
    {                                                         \
        .common = COMMON_INIT, .commit = .9, .best_case = .5, \
    }

/* 1: go on, with *first the first operand; 0: --help or --version was printed; -1: STATUS_USAGE. */
int pipeline_options_read(struct pipeline_command *command, int argc, char **argv, int *first, struct error *err);

struct pipeline_columns;
/* The first column, by its standard name, that the report of the command cannot do without and that is not there, and
 * the option that names it; NULL: none. A history tells all but which deal is which. */
const char *pipeline_missing(const struct pipeline_command *command, const struct pipeline_columns *has,
                             const char **option);

#endif
