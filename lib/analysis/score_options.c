/* The table of options, and which of them go together. */
#include "analysis/score_options.h"

#include <string.h>

static int take_reasons(void *target, const char *argument, struct error *err)
{
    if (strcmp(argument, "0") != 0)
        return option_positive(target, argument, err);
    *(size_t *)target = 0;
    return 0;
}

static int check(const struct score_options *o, bool operands, struct error *err)
{
    const struct {
        bool given;
        const char *what;
    } runs[] = {{o->check, "--check"}, {o->explain, "--explain"}, {o->backtest != NULL, "--backtest"}};
    int reports = 0;

    if (o->print_rules)
        return 0;
    if (!o->rules == !o->model)
        return error_set(err, STATUS_USAGE,
                         o->rules ? "--rules and --model exclude each other"
                                  : "say how to score: --rules FILE, --rules bant, or --model FILE");
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        if (runs[i].given && reports++)
            return error_set(err, STATUS_USAGE, "--check, --explain and --backtest exclude each other");
    if (o->top && (o->check || o->backtest))
        return error_set(err, STATUS_USAGE, "--top goes with leads, not with --check or --backtest");
    if (!o->events && (o->event_key || o->event || o->event_time || o->event_rejects || o->event_delimiter))
        return error_set(err, STATUS_USAGE,
                         "--event-key, --event, --time, --event-delimiter and --event-rejects go with --events");
    if (o->model && (o->events || o->may_fall))
        return error_set(err, STATUS_USAGE, "--events and --may-fall go with --rules");
    if (o->events && strcmp(o->events, "-") == 0 && !operands)
        return error_set(err, STATUS_USAGE, "leads and --events cannot both come from standard input");
    if (o->common.as_of && o->as_of_column)
        return error_set(err, STATUS_USAGE, "--as-of and --as-of-column exclude each other");
    if (o->positive && !o->backtest)
        return error_set(err, STATUS_USAGE, "--positive goes with --backtest");
    if (o->check && operands)
        return error_set(err, STATUS_USAGE, "--check reads no leads");
    if ((o->parts.partial || o->parts.merge) && (o->explain || (!o->top && !o->backtest)))
        return error_set(err, STATUS_USAGE,
                         "--partial and --merge go with --top and --backtest: other leads are scored each by itself, "
                         "and the output of a part is its part of the output");
    return partial_check(&o->parts, &o->common, err);
}

int score_options_read(struct score_options *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec how[] = {
        {"rules", 'r', "FILE|NAME", "score by the rules in FILE, or by bant or champ", option_text, &o->rules},
        {"model", 'm', "FILE", "score by a model that crm-train has learned", option_text, &o->model},
        {"may-fall", 0, NULL, "lifecycle stages may move backwards", option_true, &o->may_fall},
        {"check", 0, NULL, "check the rules or the model, read no leads", option_true, &o->check},
        {"print-rules", 0, "NAME", "print the built-in rules: bant, champ", option_text, &o->print_rules},
    };
    struct option_spec columns[] = {
        {"key", 'k', "COL", "who a lead is (default: lead_id, contact_id, customer_id or an alias)", option_text,
         &o->key},
        COMMON_AS_OF_TODAY(&o->common),
        {"as-of-column", 0, "COL", "each lead's own analysis date", option_text, &o->as_of_column},
        COMMON_TZ(&o->common),
        {"date-format", 0, "FORMAT", "how dates are written, as in strptime(3)", option_date_format, &o->date_format},
    };
    struct option_spec events[] = {
        {"events", 'e', "FILE", "what leads did: records of whom, what and when", option_text, &o->events},
        {"event-key", 0, "COL", "whose event (default: the name of --key, entity_id or an alias)", option_text,
         &o->event_key},
        {"event", 0, "COL", "what happened (default: event or an alias)", option_text, &o->event},
        {"time", 0, "COL", "when (default: occurred_at or an alias)", option_text, &o->event_time},
        {"event-delimiter", 0, "C", "what separates the fields of events (default: as --delimiter)", option_delimiter,
         &o->event_delimiter},
        {"event-rejects", 0, "FILE", "set bad events aside in FILE and go on", option_text, &o->event_rejects},
    };
    struct option_spec report[] = {
        {"explain", 0, NULL, "a row for each lead and rule", option_true, &o->explain},
        {"keep-reasons", 0, "N", "so many reasons for each lead (default: 3)", take_reasons, &o->reasons},
        {"top", 'n', "N", "only the N leads of the highest score, highest first", option_positive, &o->top},
        {"backtest", 0, "COL", "how well the score tells the known outcome in COL", option_text, &o->backtest},
        {"positive", 0, "VALUE", "the outcome that is the good one (default: yes, true, 1, won, ...)", option_text,
         &o->positive},
        {"threads", 'j', "N", "threads that score (default: as many as processors, at most 8)", option_threads,
         &o->threads},
    };
    struct option_spec parts[] = {PARTIAL_OPTIONS(&o->parts)};
    struct option_group groups[5 + COMMON_GROUPS] = {
        {"Rules", how, sizeof how / sizeof *how},
        {"Columns", columns, sizeof columns / sizeof *columns},
        {"Events", events, sizeof events / sizeof *events},
        {"Report", report, sizeof report / sizeof *report},
        {PARTIAL_GROUP, parts, sizeof parts / sizeof *parts},
    };
    const struct command command = {
        "crm-score",
        "[FILE ...]",
        "Score leads by rules or by a learned model: points, grade, stage, temperature, and the reasons.",
        "crm-score --rules rules-b2b.json --events lead-events.csv --as-of 2026-10-31 leads.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    common_groups(&o->common, groups + 5);
    int go = options_parse(&command, argc, argv, first, err);
    return go > 0 && check(o, *first < argc, err) ? -1 : go;
}
