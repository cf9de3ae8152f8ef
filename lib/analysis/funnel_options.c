/* The table of options, and which of them go together. */
#include "analysis/funnel_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/workers.h"
#include "value/duration.h"

static const struct funnel_unit units[] = {
    {"days", MICROSECONDS_PER_DAY},
    {"hours", 3600 * MICROSECONDS_PER_SECOND},
    {"minutes", 60 * MICROSECONDS_PER_SECOND},
    {"seconds", MICROSECONDS_PER_SECOND},
};

static int take_unit(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"days", "hours", "minutes", "seconds", NULL};
    int choice = option_choice(argument, words, err);

    if (choice < 0)
        return -1;
    *(struct funnel_unit *)target = units[choice];
    return 0;
}

static int take_duration(void *target, const char *argument, struct error *err)
{
    int64_t duration;

    if (duration_parse(slice_from_cstr(argument), &duration, err))
        return -1;
    if (duration == 0)
        return error_set(err, STATUS_USAGE, "'%s': a duration above 0 is needed", argument);
    *(int64_t *)target = duration;
    return 0;
}

static int take_order(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"ordered", "strict", "any", "present", NULL};
    struct funnel_options *o = target;
    int choice = option_choice(argument, words, err);

    if (choice < 0)
        return -1;
    o->rules.order = (enum funnel_order)choice;
    o->order_given = true;
    return 0;
}

static int take_anchor(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"last", "first", NULL};
    int choice = option_choice(argument, words, err);

    *(enum funnel_anchor *)target = (enum funnel_anchor)choice;
    return choice < 0 ? -1 : 0;
}

static int take_skipped(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"require", "credit", NULL};

    return option_second(target, argument, words, err);
}

static int take_back(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"furthest", "last", NULL};

    return option_second(target, argument, words, err);
}

static int take_excluded(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"chain", "entity", NULL};

    return option_second(target, argument, words, err);
}

static int take_count(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"entities", "passes", NULL};

    return option_second(target, argument, words, err);
}

static int take_confidence(void *target, const char *argument, struct error *err)
{
    struct funnel_options *o = target;

    o->confidence_given = true;
    return option_confidence(&o->confidence, argument, err);
}

static int take_report(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"steps", "times", "histogram", "curve", "compare", "entities", "events", NULL};
    int choice = option_choice(argument, words, err);

    *(enum funnel_report *)target = (enum funnel_report)choice;
    return choice < 0 ? -1 : 0;
}

static int take_trend(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"day", "week", "month", "quarter", "year", NULL};
    struct funnel_options *o = target;
    int choice = option_choice(argument, words, err);

    o->trend = true;
    o->period = (enum period)choice;
    return choice < 0 ? -1 : 0;
}

/* Which steps there are, and what was said about them. */
static int read_steps(struct funnel_options *o, struct error *err)
{
    struct funnel_steps *steps = &o->steps;

    if (o->stages_name) {
        o->has_stages = true;
        steps->stages = &o->stages;
        if (stages_read(&o->stages, o->stages_name, err)) {
            error_prefix(err, "option '--stages': ");
            return -1;
        }
    }
    if (o->steps_text && funnel_steps_parse(steps, o->steps_text, err)) {
        error_prefix(err, "option '--steps': ");
        return -1;
    }
    for (size_t i = 0; i < o->step_list.count; i++)
        if (funnel_steps_add(steps, o->step_list.items[i], err)) {
            error_prefix(err, "option '--step': ");
            return -1;
        }
    if (steps->count == 0 && o->has_stages && funnel_steps_of_stages(steps, err))
        return -1;
    if (steps->count == 0 && o->report == FUNNEL_REPORT_EVENTS)
        return 0;
    if (funnel_steps_finish(steps, err))
        return -1;
    for (size_t i = 0; i < o->excluded.count; i++)
        if (funnel_steps_exclude(steps, o->excluded.items[i], err)) {
            error_prefix(err, "option '--exclude': ");
            return -1;
        }
    for (size_t i = 0; i < o->gap_list.count; i++)
        if (funnel_steps_gap(steps, o->gap_list.items[i], &o->rules, err)) {
            error_prefix(err, "option '--gap': ");
            return -1;
        }
    return 0;
}

/* The arguments that name steps. */
static int find_steps(struct funnel_options *o, struct error *err)
{
    const char *listed = o->dropped ? o->dropped : o->converted;

    if (o->attribution_text && strcmp(o->attribution_text, "first") == 0) {
        o->attribution = FUNNEL_FIRST_VALUE;
    } else if (o->attribution_text && strcmp(o->attribution_text, "last") == 0) {
        o->attribution = FUNNEL_LAST_VALUE;
    } else if (o->attribution_text) {
        o->attribution = FUNNEL_STEP_VALUE;
        o->attribution_step = funnel_steps_find(&o->steps, slice_from_cstr(o->attribution_text), err);
        if (o->attribution_step < 0) {
            error_prefix(err, "option '--attribution': neither first nor last, and ");
            return -1;
        }
    }
    if (listed) {
        o->listed_step = funnel_steps_find(&o->steps, slice_from_cstr(listed), err);
        if (o->listed_step < 0) {
            error_prefix(err, "option '%s': ", o->dropped ? "--dropped" : "--converted");
            return -1;
        }
    }
    return 0;
}

bool funnel_is_list(const struct funnel_options *o)
{
    return o->report == FUNNEL_REPORT_ENTITIES || o->dropped || o->converted;
}

/* What would have no effect on the report. */
static int check_effects(const struct funnel_options *o, struct error *err)
{
    bool list = funnel_is_list(o);
    bool events = o->report == FUNNEL_REPORT_EVENTS;
    bool limits = o->intervals || o->report == FUNNEL_REPORT_CURVE || o->report == FUNNEL_REPORT_COMPARE;

    if (options_exclude(events, "--report events",
                        o->group || o->matured || o->passes || o->step_list.count || o->excluded.count ||
                            o->gap_list.count,
                        "--by, --matured, --count passes, --step, --exclude, --gap", err) ||
        options_exclude(o->wide && list, "lists of --wide", o->passes, "--count passes", err) ||
        options_exclude(o->rules.order == FUNNEL_PRESENT, "--order present", o->passes, "--count passes", err))
        return -1;
    if (o->amount && !list && o->report != FUNNEL_REPORT_STEPS)
        return error_set(err, STATUS_USAGE, "--amount goes with the report of steps and with lists");
    if (o->confidence_given && !limits)
        return error_set(err, STATUS_USAGE, "--confidence goes with --ci, --report curve and compare");
    return 0;
}

static int check(struct funnel_options *o, struct error *err)
{
    bool list = o->dropped || o->converted;

    if (options_exclude(o->steps_text != NULL, "--steps", o->step_list.count > 0, "--step", err) ||
        options_exclude(o->dropped != NULL, "--dropped", o->converted != NULL, "--converted", err) ||
        options_exclude(list, "--dropped, --converted", o->report != FUNNEL_REPORT_STEPS, "--report", err) ||
        options_exclude(o->wide, "--wide", o->event || o->time, "--event, --time", err) ||
        options_exclude(o->wide, "--wide", o->step_list.count > 0, "--step", err) ||
        options_exclude(o->wide, "--wide", o->report == FUNNEL_REPORT_EVENTS, "--report events", err) ||
        options_exclude(o->session != FUNNEL_NO_LIMIT, "--session",
                        o->rules.order == FUNNEL_PRESENT || (o->wide && !o->order_given), "--order present", err))
        return -1;
    if (o->rules.drop && o->excluded.count == 0)
        return error_set(err, STATUS_USAGE, "--excluded says what the events of --exclude do: give some");
    if (o->matured && o->rules.window == FUNNEL_NO_LIMIT)
        return error_set(err, STATUS_USAGE, "--matured needs a --window: those whose window has elapsed are matured");
    if (o->report == FUNNEL_REPORT_COMPARE && !o->group)
        return error_set(err, STATUS_USAGE, "--report compare needs the groups: --by COL");
    if (o->trend && (list || o->report == FUNNEL_REPORT_COMPARE || o->report >= FUNNEL_REPORT_ENTITIES))
        return error_set(err, STATUS_USAGE, "--trend does not go with lists, compare and events");
    if (o->intervals && (list || o->report != FUNNEL_REPORT_STEPS))
        return error_set(err, STATUS_USAGE, "--ci goes with the report of steps");
    if (o->attribution_text && !o->group)
        return error_set(err, STATUS_USAGE, "--attribution goes with --by");
    if (o->every && o->report != FUNNEL_REPORT_CURVE && o->report != FUNNEL_REPORT_HISTOGRAM)
        return error_set(err, STATUS_USAGE, "--every goes with --report curve and histogram");
    if (o->wide && !o->order_given)
        o->rules.order = FUNNEL_PRESENT;
    if ((o->parts.partial || o->parts.merge) && o->wide && funnel_is_list(o))
        return error_set(err, STATUS_USAGE,
                         "lists of --wide are of whole records, which parts do not hold: --partial and --merge do not "
                         "go with them");
    if (options_exclude(o->max_memory != 0, "--max-memory", o->parts.partial || o->parts.merge, "--partial, --merge",
                        err))
        return -1;
    if (o->max_memory && o->wide && funnel_is_list(o))
        return error_set(err, STATUS_USAGE,
                         "lists of --wide are of whole records, which stay in memory: --max-memory does not go with "
                         "them");
    return partial_check(&o->parts, &o->common, err) ? -1 : check_effects(o, err);
}

/* Exclusions end chains; where a funnel is no chain they would be overlooked. */
static int check_excluded(const struct funnel_options *o, struct error *err)
{
    const struct funnel_rules *rules = &o->rules;
    const char *what = rules->order == FUNNEL_ANY             ? "--order any"
                       : rules->order == FUNNEL_PRESENT       ? "--order present, the default with --wide"
                       : rules->credit && !rules->follow_back ? "--skipped credit"
                                                              : NULL;

    if (o->excluded.count == 0)
        return 0;
    if (o->steps.count < 2)
        return error_set(err, STATUS_USAGE, "--exclude needs two steps or more, to come in between");
    if (!what)
        return 0;
    return error_set(err, STATUS_USAGE, "--exclude ends chains, and there are none with %s", what);
}

static int read_rest(struct funnel_options *o, struct error *err)
{
    if (check(o, err) || read_steps(o, err) || check_excluded(o, err) || find_steps(o, err))
        return -1;
    o->rules.steps = o->steps.count;
    o->rules.optional = o->steps.optional;
    if (o->rules.order == FUNNEL_ANY && o->rules.optional)
        return error_set(err, STATUS_USAGE, "with --order any no step is needed: none is optional");
    if (o->rules.order == FUNNEL_PRESENT && (o->rules.anchor == FUNNEL_FIRST || o->rules.reuse))
        return error_set(err, STATUS_USAGE,
                         "--anchor and --reuse are about chains, and there are none with --order present");
    if (o->report == FUNNEL_REPORT_COMPARE && o->steps.count < 2)
        return error_set(err, STATUS_USAGE, "--report compare needs two steps or more");
    if (o->steps.count && funnel_rules_check(&o->rules, err))
        return -1;
    return 1;
}

int funnel_options_read(struct funnel_options *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec input[] = {
        {"entity", 'e', "COL", "who: entity_id, deal_id, ... or an alias", option_text, &o->entity},
        {"event", 'E', "COL", "what happened: event, stage or an alias", option_text, &o->event},
        {"time", 'T', "COL", "when: occurred_at, entered_at or an alias", option_text, &o->time},
        {"wide", 0, NULL, "a row per entity: each step is a column of dates", option_true, &o->wide},
        {"date-format", 0, "FORMAT", "how dates are written, as in strptime(3)", option_date_format, &o->date_format},
        {"whole-days", 0, NULL, "only the day of a time counts, not the hour", option_true, &o->whole_days},
        COMMON_AS_OF(&o->common),
        COMMON_TZ(&o->common),
        COMMON_THREADS(&o->threads),
        COMMON_MAX_MEMORY(&o->max_memory),
    };
    struct option_spec steps[] = {
        {"steps", 's', "A,B,...", "the steps: 'a|b' is either, 'c?' may be left out", option_text, &o->steps_text},
        {"step", 0, "NAME=EXPR", "one step, the events for which EXPR is true; again for each", option_append,
         &o->step_list},
        {"stages", 0, "FILE|NAME", "the stages of a sale as steps: a file, salesforce, hubspot, ...", option_text,
         &o->stages_name},
        {"order", 0, "ORDER", "ordered (default), strict, any, present", take_order, o},
        {"window", 0, "DURATION", "time from the first step to any other, at most: 14d, 12h", take_duration,
         &o->rules.window},
        {"gap", 0, "STEP<DURATION", "limit of the time since the step before; also >", option_append, &o->gap_list},
        {"session", 0, "DURATION", "so long without an event ends a session; steps within one", take_duration,
         &o->session},
        {"hold", 0, "COL", "steps count together only with the same value here", option_text, &o->held},
        {"anchor", 0, "last|first", "which first step begins: any, a later one anew (default), the first", take_anchor,
         &o->rules.anchor},
        {"strict-increase", 0, NULL, "steps at one instant do not follow each other", option_true, &o->rules.increase},
        {"dedup", 0, NULL, "a step that comes again ends it", option_true, &o->rules.dedup},
        {"reuse", 0, NULL, "one event may be several steps", option_true, &o->rules.reuse},
        {"exclude", 'x', "EVENT[@A..B]", "an event that must not come in between", option_append, &o->excluded},
        {"excluded", 0, "chain|entity", "what it ends: what was done so far (default), or all", take_excluded,
         &o->rules.drop},
        {"skipped", 0, "require|credit", "steps left out: needed (default), or credited", take_skipped,
         &o->rules.credit},
        {"back", 0, "furthest|last", "after moves back, count the furthest step (default) or the last", take_back,
         &o->rules.follow_back},
    };
    struct option_spec report[] = {
        {"report", 'r', "REPORT", "steps (default), times, histogram, curve, compare, entities, events", take_report,
         &o->report},
        {"by", 'b', "COL", "for each value of COL", option_text, &o->group},
        {"attribution", 0, "first|last|STEP", "of which event that is the value (default: first)", option_text,
         &o->attribution_text},
        {"trend", 0, "PERIOD", "for each day, week, month, quarter, year of entry", take_trend, o},
        {"matured", 0, NULL, "only those whose window has elapsed by --as-of", option_true, &o->matured},
        {"count", 0, "entities|passes", "each entity once (default), or every pass", take_count, &o->passes},
        {"amount", 0, "COL", "add sums of amounts", option_text, &o->amount},
        {"ci", 0, NULL, "add confidence intervals of rates", option_true, &o->intervals},
        {"confidence", 0, "PERCENT", "of intervals (default: 95)", take_confidence, o},
        {"unit", 0, "UNIT", "of times: days (default), hours, minutes, seconds", take_unit, &o->unit},
        {"every", 0, "DURATION", "distance of points of the curve, width of bars", take_duration, &o->every},
        {"dropped", 0, "STEP", "list those that came to STEP and no further", option_text, &o->dropped},
        {"converted", 0, "STEP", "list those that came to STEP and went on", option_text, &o->converted},
    };
    struct option_spec parts[] = {PARTIAL_OPTIONS(&o->parts)};
    struct option_group groups[4 + COMMON_GROUPS] = {
        {"Data", input, sizeof input / sizeof *input},
        {"Steps", steps, sizeof steps / sizeof *steps},
        {"Report", report, sizeof report / sizeof *report},
        {PARTIAL_GROUP, parts, sizeof parts / sizeof *parts},
    };
    const struct command command = {
        "crm-funnel",
        "[FILE ...]",
        "Count how many pass each step, how fast, and where they drop out.",
        "crm-funnel --steps visit,signup,order --window 14d events.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    *o = (struct funnel_options){
        .common = COMMON_INIT,
        .rules = {.window = FUNNEL_NO_LIMIT},
        .session = FUNNEL_NO_LIMIT,
        .confidence = .95,
        .unit = units[0],
        .threads = workers_available(8),
    };
    for (int i = 0; i < FUNNEL_STEPS; i++)
        o->rules.gap[i].most = FUNNEL_NO_LIMIT;
    funnel_steps_init(&o->steps);
    stages_init(&o->stages);
    common_groups(&o->common, groups + 4);
    int go = options_parse(&command, argc, argv, first, err);
    return go <= 0 ? go : read_rest(o, err);
}

void funnel_options_fini(struct funnel_options *o)
{
    option_list_free(&o->step_list);
    option_list_free(&o->excluded);
    option_list_free(&o->gap_list);
    funnel_steps_fini(&o->steps);
    stages_fini(&o->stages);
}
