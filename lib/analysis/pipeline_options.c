/* The table of options, and which of them go together. */
#include "analysis/pipeline_options.h"

#include <string.h>

#include "analysis/pipeline.h"
#include "value/double.h"

const char *const pipeline_report_words[] = {"stages",   "winrate",  "velocity", "aging",
                                             "forecast", "slippage", "times",    NULL};

static int take_report(void *target, const char *argument, struct error *err)
{
    int choice = option_choice(argument, pipeline_report_words, err);

    *(enum pipeline_report *)target = (enum pipeline_report)choice;
    return choice < 0 ? -1 : 0;
}

static int take_trend(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"day", "week", "month", "quarter", "year", NULL};
    struct pipeline_command *command = target;
    int choice = option_choice(argument, words, err);

    if (choice < 0)
        return -1;
    command->trend = (enum period)choice;
    command->has_trend = true;
    return 0;
}

static int take_quota(void *target, const char *argument, struct error *err)
{
    struct pipeline_command *command = target;

    if (decimal_parse(slice_from_cstr(argument), &command->quota) != DECIMAL_OK || command->quota.units <= 0)
        return error_set(err, STATUS_USAGE, "'%s' is not an amount above 0", argument);
    command->has_quota = true;
    return 0;
}

/* .9, 90 or 90%: what is above 1 is per cent. */
static int read_probability(const char *argument, double *probability, struct error *err)
{
    struct slice text = slice_from_cstr(argument);
    bool per_cent = text.len && text.ptr[text.len - 1] == '%';
    double number;

    text.len -= per_cent;
    if (!double_from_text(text, &number) || !(number >= 0) || number > 100)
        return error_set(err, STATUS_USAGE, "'%s' is not a probability from 0 to 1, or to 100%%", argument);
    *probability = per_cent || number > 1 ? number / 100 : number;
    return 0;
}

static int take_commit(void *target, const char *argument, struct error *err)
{
    struct pipeline_command *command = target;

    command->split = true;
    return read_probability(argument, &command->commit, err);
}

static int take_best_case(void *target, const char *argument, struct error *err)
{
    struct pipeline_command *command = target;

    command->split = true;
    return read_probability(argument, &command->best_case, err);
}

static int check_report(const struct pipeline_command *c, struct error *err)
{
    if (c->has_trend && c->report != PIPELINE_WINRATE)
        return error_set(err, STATUS_USAGE, "--trend goes with --report winrate");
    if (c->has_quota && (c->report != PIPELINE_WINRATE || c->has_trend || c->by))
        return error_set(err, STATUS_USAGE, "--quota goes with --report winrate, without --trend and --by");
    if (c->split && c->report != PIPELINE_FORECAST)
        return error_set(err, STATUS_USAGE, "--commit and --best-case go with --report forecast");
    if (c->best_case > c->commit)
        return error_set(err, STATUS_USAGE, "--best-case is above --commit");
    if (c->learn && c->report != PIPELINE_STAGES && c->report != PIPELINE_FORECAST)
        return error_set(err, STATUS_USAGE, "--learn goes with --report stages and forecast, and with --show-stages");
    if (c->total && c->report == PIPELINE_TIMES)
        return error_set(err, STATUS_USAGE, "--report times has no total");
    return 0;
}

/* How many of what is read come from standard input. */
static size_t standard_inputs(const struct pipeline_command *c, char *const *operands, size_t count)
{
    const char *const beside[] = {c->history, c->rates, c->stages};
    bool parts = c->parts.partial || c->parts.merge;
    size_t found = count == 0 && (parts || !(c->show_stages && c->stages && !c->learn)); /* see pipeline_run.c */

    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        found += beside[i] && strcmp(beside[i], "-") == 0;
    for (size_t i = 0; i < count; i++)
        found += strcmp(operands[i], "-") == 0;
    return found;
}

static int check(const struct pipeline_command *c, char *const *operands, size_t count, struct error *err)
{
    bool converted = c->parts.merge && !c->history; /* by those that made the parts */

    if ((c->rates && !c->currency) || (c->currency && !c->rates && !converted))
        return error_set(err, STATUS_USAGE, "--currency and --rates go together");
    if (!c->history && (c->entered || c->history_rejects))
        return error_set(err, STATUS_USAGE, "--entered and --history-rejects go with --history");
    if (standard_inputs(c, operands, count) > 1)
        return error_set(err, STATUS_USAGE,
                         "only one of the deals, --history, --stages and --rates can come from standard input");
    if (c->show_stages && (c->by || c->total || c->report != PIPELINE_STAGES))
        return error_set(err, STATUS_USAGE, "--show-stages excludes --report, --by and --total");
    return partial_check(&c->parts, &c->common, err) || check_report(c, err) ? -1 : 0;
}

int pipeline_options_read(struct pipeline_command *c, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec columns[] = {
        {"deal", 0, "COL", "the key of a deal (default: deal_id or an alias)", option_text, &c->deal},
        {"stage", 0, "COL", "the step it has reached (default: stage or an alias)", option_text, &c->stage},
        {"status", 0, "COL", "open, won or lost (default: status or an alias)", option_text, &c->status},
        {"amount", 0, "COL", "what it is worth (default: amount or an alias)", option_text, &c->amount},
        {"probability", 0, "COL", "the chance to win (default: probability or an alias); '': not read", option_text,
         &c->probability},
        {"created", 0, "COL", "when it was opened (default: created_at or an alias)", option_text, &c->created},
        {"closed", 0, "COL", "when it was won or lost (default: closed_at or an alias)", option_text, &c->closed},
        {"expected", 0, "COL", "when it should close (default: expected_close or an alias)", option_text, &c->expected},
        {"first-contact", 0, "COL", "when first spoken to (default: first_contact)", option_text, &c->first_contact},
        {"paid", 0, "COL", "when the money came (default: paid_at)", option_text, &c->paid},
        {"by", 0, "COL", "report for each value of this column", option_text, &c->by},
    };
    struct option_spec values[] = {
        COMMON_AS_OF(&c->common),
        COMMON_TZ(&c->common),
        {"date-format", 0, "FORMAT", "how dates are written, as in strptime(3)", option_date_format, &c->date_format},
        {"currency", 0, "CODE", "convert all amounts to this currency, by --rates", option_text, &c->currency},
        {"rates", 0, "FILE", "records of currency and rate: what one unit is worth", option_text, &c->rates},
    };
    struct option_spec stages[] = {
        {"stages", 0, "FILE|NAME", "the stages in order: a file, or salesforce, hubspot, ...", option_text, &c->stages},
        {"won", 0, "LIST", "stages and statuses that mean won", option_text, &c->won},
        {"lost", 0, "LIST", "stages and statuses that mean lost", option_text, &c->lost},
        {"learn", 0, NULL, "learn probabilities of stages from the deals closed", option_true, &c->learn},
        {"show-stages", 0, NULL, "print the stages, read no more than is needed", option_true, &c->show_stages},
    };
    struct option_spec history[] = {
        {"history", 0, "FILE", "records of deal_id, stage, entered_at; also expected_close, amount", option_text,
         &c->history},
        {"entered", 0, "COL", "when it came into the stage (default: entered_at or an alias)", option_text,
         &c->entered},
        {"history-rejects", 0, "FILE", "set bad records of the history aside in FILE", option_text,
         &c->history_rejects},
    };
    struct option_spec report[] = {
        {"report", 0, "REPORT", "stages (default), winrate, velocity, aging, forecast, slippage, times", take_report,
         &c->report},
        {"trend", 0, "PERIOD", "winrate: a row for each day, week, month, quarter or year", take_trend, c},
        {"quota", 0, "N", "winrate: add coverage, the open amount by what the quota lacks", take_quota, c},
        {"commit", 0, "P", "forecast: committed from this probability (default: .9)", take_commit, c},
        {"best-case", 0, "P", "forecast: best case from this probability (default: .5)", take_best_case, c},
        {"total", 0, NULL, "a last row over all deals", option_true, &c->total},
    };
    struct option_spec parts[] = {PARTIAL_OPTIONS(&c->parts)};
    struct option_group groups[6 + COMMON_GROUPS] = {
        {"Columns", columns, sizeof columns / sizeof *columns}, {"Values", values, sizeof values / sizeof *values},
        {"Stages", stages, sizeof stages / sizeof *stages},     {"History", history, sizeof history / sizeof *history},
        {"Report", report, sizeof report / sizeof *report},     {PARTIAL_GROUP, parts, sizeof parts / sizeof *parts},
    };
    const struct command command = {
        "crm-pipeline",
        "[FILE ...]",
        "What is open in each stage, what it is worth, what is stalled, and how fast deals are won.",
        "crm-pipeline --stages hubspot --as-of 2026-10-31 --by owner deals.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&c->common, groups + 6);
    int go = options_parse(&command, argc, argv, first, err);
    return go > 0 && check(c, argv + *first, (size_t)(argc - *first), err) ? -1 : go;
}

const char *pipeline_missing(const struct pipeline_command *c, const struct pipeline_columns *has, const char **option)
{
    bool alone = !c->history;
    bool cohorts = c->report == PIPELINE_WINRATE && c->has_trend;
    bool dated = alone && (cohorts || c->report == PIPELINE_VELOCITY);
    const struct {
        bool needed, has;
        const char *option, *name;
    } columns[] = {{!alone, has->key, "--deal", "deal_id"},
                   {alone, has->status, "--stage", "stage"},
                   {dated, has->created, "--created", "created_at"},
                   {dated, has->closed, "--closed", "closed_at"},
                   {alone && c->report == PIPELINE_SLIPPAGE, has->expected, "--expected", "expected_close"}};

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        *option = columns[i].option;
        if (columns[i].needed && !columns[i].has)
            return columns[i].name;
    }
    return NULL;
}
