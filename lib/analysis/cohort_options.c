/* The table of options, and which of them go together. */
#include "analysis/cohort_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/workers.h"

enum { AGES_MOST = 100000, QUANTILES_MOST = 100 };

/* ---- arguments ---- */

static int take_period(void *target, const char *argument, struct error *err)
{
    int choice = option_choice(argument, cohort_period_words, err);

    *(enum cohort_period *)target = (enum cohort_period)choice;
    return choice < 0 ? -1 : 0;
}

static int take_cohort_period(void *target, const char *argument, struct error *err)
{
    struct cohort_options *o = target;

    o->cohort_period_given = true;
    return take_period(&o->rules.cohort_period, argument, err);
}

static int take_week_start(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday",    NULL};
    int choice = option_choice(argument, words, err);

    *(int *)target = choice;
    return choice < 0 ? -1 : 0;
}

static int take_measure(void *target, const char *argument, struct error *err)
{
    int choice = option_choice(argument, cohort_measure_words, err);

    *(enum cohort_measure *)target = (enum cohort_measure)choice;
    return choice < 0 ? -1 : 0;
}

/* A whole number of digits, low .. high. */
static bool read_whole(struct slice text, int32_t low, int32_t high, int32_t *number)
{
    int32_t value = 0;

    if (text.len == 0 || text.len > 9)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (text.ptr[i] - '0');
    }
    *number = value;
    return value >= low && value <= high;
}

/* "0,1-3,4-7" */
static int read_brackets(struct cohort_rules *rules, const char *list, struct error *err)
{
    int32_t next = 0;

    rules->bracket_count = 0;
    for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        struct slice text = {at, strcspn(at, ",")};
        size_t digits = strcspn(at, "-,");
        struct cohort_bracket bracket;
        struct quote q;
        bool good = read_whole((struct slice){at, digits}, next, AGES_MOST, &bracket.first);
        bracket.last = bracket.first;
        if (good && digits < text.len)
            good = read_whole((struct slice){at + digits + 1, text.len - digits - 1}, bracket.first, AGES_MOST,
                              &bracket.last);
        if (!good)
            return error_set(err, STATUS_USAGE, "'%s' is not an age or a range of ages behind those before it",
                             quote_name(&q, text));
        if (rules->bracket_count == COHORT_BRACKETS)
            return error_set(err, STATUS_USAGE, "more than %d brackets", COHORT_BRACKETS);
        rules->brackets[rules->bracket_count++] = bracket;
        next = bracket.last + 1;
    }
    return 0;
}

static int take_kind(void *target, const char *argument, struct error *err)
{
    struct cohort_rules *rules = target;

    if (strncmp(argument, "bracket=", 8) == 0) {
        rules->kind = COHORT_BRACKET;
        return read_brackets(rules, argument + 8, err);
    }
    int choice = option_choice(argument, cohort_kind_words, err);
    if (choice == COHORT_BRACKET)
        return error_set(err, STATUS_USAGE, "'bracket' needs its ages, as bracket=0,1-3,4-7");
    rules->kind = (enum cohort_kind)choice;
    return choice < 0 ? -1 : 0;
}

static int take_entry(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"first", "recurring", NULL};

    return option_second(target, argument, words, err);
}

static int take_window(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"calendar", "rolling", NULL};
    int choice = option_choice(argument, words, err);

    *(enum cohort_window *)target = (enum cohort_window)choice;
    return choice < 0 ? -1 : 0;
}

static int take_base(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"first", "previous", NULL};
    struct cohort_options *o = target;
    int choice = option_choice(argument, words, err);

    o->base = (enum cohort_base)choice;
    o->base_given = true;
    return choice < 0 ? -1 : 0;
}

static int take_layout(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"long", "matrix", "calendar", NULL};
    int choice = option_choice(argument, words, err);

    *(enum cohort_layout *)target = (enum cohort_layout)choice;
    return choice < 0 ? -1 : 0;
}

static int take_mean(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"weighted", "simple", NULL};
    int choice = option_choice(argument, words, err);

    *(enum cohort_mean *)target = (enum cohort_mean)(choice + 1);
    return choice < 0 ? -1 : 0;
}

static int take_ages(void *target, const char *argument, struct error *err)
{
    if (!read_whole(slice_from_cstr(argument), 1, AGES_MOST, target))
        return error_set(err, STATUS_USAGE, "'%s' is not a number of ages from 1 to %d", argument, AGES_MOST);
    return 0;
}

static int take_gap(void *target, const char *argument, struct error *err)
{
    struct cohort_options *o = target;
    int32_t gap;

    if (!read_whole(slice_from_cstr(argument), 1, AGES_MOST, &gap))
        return error_set(err, STATUS_USAGE, "'%s' is not a number of ages from 1 to %d", argument, AGES_MOST);
    o->rules.gap = gap;
    o->gap_given = true;
    return 0;
}

static int take_quantiles(void *target, const char *argument, struct error *err)
{
    int32_t number;

    if (!read_whole(slice_from_cstr(argument), 2, QUANTILES_MOST, &number))
        return error_set(err, STATUS_USAGE, "'%s' is not a number of quantiles from 2 to %d", argument, QUANTILES_MOST);
    *(size_t *)target = (size_t)number;
    return 0;
}

/* ---- what others ask ---- */

bool cohort_event_is(const char *names, struct slice name)
{
    const char *at = names;

    for (;;) {
        size_t i = 0;
        bool same = true;
        for (; *at && *at != '|'; at++) {
            if (*at == '\\' && (at[1] == '|' || at[1] == '\\'))
                at++;
            same = same && i < name.len && name.ptr[i] == *at;
            i++;
        }
        if (same && i == name.len)
            return true;
        if (*at++ == '\0')
            return false;
    }
}

struct slice cohort_age_name(const struct cohort_rules *rules, size_t age, char out[COHORT_AGE_TEXT])
{
    int length;

    if (rules->kind != COHORT_BRACKET)
        length = snprintf(out, COHORT_AGE_TEXT, "%zu", age);
    else if (rules->brackets[age].first == rules->brackets[age].last)
        length = snprintf(out, COHORT_AGE_TEXT, "%d", (int)rules->brackets[age].first);
    else
        length =
            snprintf(out, COHORT_AGE_TEXT, "%d-%d", (int)rules->brackets[age].first, (int)rules->brackets[age].last);
    return (struct slice){out, (size_t)length};
}

/* ---- what goes together ---- */

/* --age: which column that is. */
static int find_age(struct cohort_options *o, struct error *err)
{
    struct slice text = slice_from_cstr(o->age_text);
    char name[COHORT_AGE_TEXT];

    if (o->rules.kind == COHORT_BRACKET) {
        for (size_t i = 0; i < o->rules.bracket_count; i++)
            if (slice_equal(text, cohort_age_name(&o->rules, i, name))) {
                o->age = (int32_t)i;
                return 0;
            }
        return error_set(err, STATUS_USAGE, "option '--age': '%s' is not one of the brackets", o->age_text);
    }
    if (!read_whole(text, 0, AGES_MOST - 1, &o->age))
        return error_set(err, STATUS_USAGE, "option '--age': '%s' is not an age from 0", o->age_text);
    o->rules.ages = o->age + 1;
    return 0;
}

static int check_measure(const struct cohort_options *o, struct error *err)
{
    const char *measure = cohort_measure_words[o->measure];
    bool of_customers = o->measure == COHORT_RETENTION || o->measure == COHORT_CUSTOMERS || o->measure == COHORT_CHURN;
    bool of_gaps = o->measure == COHORT_WINBACKS || o->measure == COHORT_SURVIVAL;
    bool has_base = o->measure <= COHORT_ORDERS;

    if ((o->rules.kind == COHORT_UNBOUNDED || o->rules.kind == COHORT_FULL) && !of_customers)
        return error_set(err, STATUS_USAGE,
                         "--kind %s is one of --measure retention, customers and churn; %s is counted age by age",
                         cohort_kind_words[o->rules.kind], measure);
    if (o->rules.kind == COHORT_BRACKET && of_gaps)
        return error_set(err, STATUS_USAGE, "--measure %s looks at single ages: it has no brackets", measure);
    if (o->gap_given && !of_gaps)
        return error_set(err, STATUS_USAGE, "--gap goes with --measure winbacks and survival");
    if (o->base_given && !has_base)
        return error_set(err, STATUS_USAGE, "--base goes with --measure retention, customers, revenue and orders");
    if (o->base_given && o->layout != COHORT_LONG && o->measure != COHORT_RETENTION)
        return error_set(err, STATUS_USAGE, "--base is about rates; a %s of %s shows none",
                         o->layout == COHORT_MATRIX ? "matrix" : "calendar", measure);
    if (o->order && o->measure != COHORT_ORDERS)
        return error_set(err, STATUS_USAGE, "--order goes with --measure orders");
    if (o->rates && !o->rules.amounts)
        return error_set(err, STATUS_USAGE,
                         "--currency and --rates go with the measures of amounts: revenue, ltv, "
                         "arpu, revenue-churn");
    return 0;
}

static int check_periods(const struct cohort_options *o, struct error *err)
{
    const struct cohort_rules *rules = &o->rules;
    bool rolling = rules->window == COHORT_ROLLING;

    if (options_exclude(rules->grouped, "--by", o->cohort_period_given, "--cohort-period", err) ||
        options_exclude(rules->grouped, "--by", rules->recurring, "--entry recurring", err) ||
        options_exclude(rolling, "--window rolling", rules->recurring, "--entry recurring", err) ||
        options_exclude(o->whole_days, "--whole-days", rules->period == COHORT_HOUR, "--period hour", err))
        return -1;
    if (rules->cohort_period < rules->period)
        return error_set(err, STATUS_USAGE, "--cohort-period %s is shorter than --period %s",
                         cohort_period_words[rules->cohort_period], cohort_period_words[rules->period]);
    if (rules->quantiles && !rules->grouped)
        return error_set(err, STATUS_USAGE, "--quantiles needs the column of numbers: --by COL");
    if (rules->week_start && rules->period != COHORT_WEEK && rules->cohort_period != COHORT_WEEK)
        return error_set(err, STATUS_USAGE, "--week-start goes with --period or --cohort-period week");
    if (o->whole_days && !rolling)
        return error_set(err, STATUS_USAGE, "--whole-days goes with --window rolling; the calendar has whole days");
    return 0;
}

static int check_layout(const struct cohort_options *o, struct error *err)
{
    const struct cohort_rules *rules = &o->rules;
    const char *calendar = "--layout calendar";
    bool dates = o->layout == COHORT_CALENDAR_DATE;

    return options_exclude(o->age_text != NULL, "--age", rules->ages != 0, "--ages", err) ||
                   options_exclude(dates, calendar, rules->kind == COHORT_BRACKET, "--kind bracket", err) ||
                   options_exclude(dates, calendar, rules->window == COHORT_ROLLING, "--window rolling", err) ||
                   options_exclude(dates, calendar, rules->grouped, "--by", err) ||
                   options_exclude(dates, calendar, rules->cohort_period != rules->period, "a longer --cohort-period",
                                   err) ||
                   options_exclude(dates, calendar, o->age_text != NULL, "--age", err) ||
                   options_exclude(dates, calendar, o->mean != COHORT_MEAN_NONE, "--mean, which is of ages,", err)
               ? -1
               : 0;
}

static int read_rest(struct cohort_options *o, struct error *err)
{
    struct cohort_rules *rules = &o->rules;

    if (!o->cohort_period_given)
        rules->cohort_period = rules->period;
    rules->grouped = o->group != NULL;
    rules->amounts = o->measure == COHORT_REVENUE || o->measure == COHORT_LTV || o->measure == COHORT_ARPU ||
                     o->measure == COHORT_REVENUE_CHURN;
    rules->orders = o->measure == COHORT_ORDERS;
    if (!o->parts.merge && !o->currency != !o->rates) /* the parts are converted already */
        return error_set(err, STATUS_USAGE, "--currency and --rates go together");
    if (o->event && !o->start_events && !o->return_events)
        return error_set(err, STATUS_USAGE, "--event goes with --start-event and --return-event");
    if (partial_check(&o->parts, &o->common, err) ||
        options_exclude(o->parts.partial, "--partial", o->max_memory > 0, "--max-memory", err) ||
        options_exclude(o->parts.merge, "--merge", o->max_memory > 0, "--max-memory", err))
        return -1;
    if (check_measure(o, err) || check_periods(o, err) || check_layout(o, err) || (o->age_text && find_age(o, err)))
        return -1;
    return 1;
}

/* ---- the table ---- */

int cohort_options_read(struct cohort_options *o, int argc, char **argv, int *first, struct error *err)
{
    struct option_spec columns[] = {
        {"customer", 0, "COL", "who: customer_id, entity_id, ... or an alias", option_text, &o->customer},
        {"date", 0, "COL", "when: order_date, occurred_at, ... or an alias", option_text, &o->date},
        {"amount", 0, "COL", "what was paid: amount, value or an alias", option_text, &o->amount},
        {"order", 0, "COL", "what order a row is part of (default: order_id); '': each row is one", option_text,
         &o->order},
        {"event", 0, "COL", "what happened: event, stage or an alias", option_text, &o->event},
        {"date-format", 0, "FORMAT", "how dates are written, as in strptime(3)", option_date_format, &o->date_format},
        {"currency", 0, "CODE", "convert all amounts to this currency, by --rates", option_text, &o->currency},
        {"rates", 0, "FILE", "records of currency and rate: what one unit is worth", option_text, &o->rates},
        COMMON_AS_OF(&o->common),
        COMMON_TZ(&o->common),
        COMMON_THREADS(&o->threads),
        COMMON_MAX_MEMORY(&o->max_memory),
    };
    struct option_spec cohorts[] = {
        {"period", 'p', "PERIOD", "of ages: hour, day, week, month (default), quarter, year", take_period,
         &o->rules.period},
        {"cohort-period", 0, "PERIOD", "of cohorts, where it is a longer one than that of ages", take_cohort_period, o},
        {"week-start", 0, "DAY", "the first day of weeks: monday (default) .. sunday", take_week_start,
         &o->rules.week_start},
        {"by", 'b', "COL", "cohorts by the value of COL at entry, not by period", option_text, &o->group},
        {"quantiles", 0, "N", "with --by: of numbers, N cohorts of equal size", take_quantiles, &o->rules.quantiles},
        {"start-event", 0, "NAME|...", "the events that begin (default: any)", option_text, &o->start_events},
        {"return-event", 0, "NAME|...", "the events that count as coming back (default: any)", option_text,
         &o->return_events},
        {"entry", 0, "first|recurring", "a customer enters once (default), or in each period with a start", take_entry,
         &o->rules.recurring},
        {"window", 0, "calendar|rolling", "ages by the calendar (default), or by the time since entry", take_window,
         &o->rules.window},
        {"whole-days", 0, NULL, "with --window rolling: only the day of a time counts", option_true, &o->whole_days},
    };
    struct option_spec report[] = {
        {"measure", 'm', "MEASURE", "retention (default), customers, revenue, orders, ltv, arpu, churn, ...",
         take_measure, &o->measure},
        {"kind", 0, "KIND", "active at an age: nday (default), unbounded, full, bracket=0,1-3,4-7", take_kind,
         &o->rules},
        {"gap", 0, "N", "winbacks, survival: so many ages without activity are a loss (default: 1)", take_gap, o},
        {"base", 0, "first|previous", "what rates are shares of: age 0 (default), the age before", take_base, o},
        {"layout", 'l', "LAYOUT", "long (default), matrix, calendar", take_layout, &o->layout},
        {"mean", 0, "weighted|simple", "add a line with the mean over cohorts", take_mean, &o->mean},
        {"ages", 0, "N", "only ages below N", take_ages, &o->rules.ages},
        {"age", 0, "K", "only age K: how it changes from cohort to cohort", option_text, &o->age_text},
        {"complete-only", 0, NULL, "leave out ages that have not ended", option_true, &o->complete_only},
        {"confidence", 0, "PERCENT", "of rate_low and rate_high (default: 95)", option_confidence, &o->confidence},
        {"color", 0, "auto|always|never", "shade tables of a matrix (default: on a terminal)", option_shade, &o->color},
    };
    struct option_spec parts[] = {PARTIAL_OPTIONS(&o->parts)};
    struct option_group groups[4 + COMMON_GROUPS] = {
        {"Data", columns, sizeof columns / sizeof *columns},
        {"Cohorts", cohorts, sizeof cohorts / sizeof *cohorts},
        {"Report", report, sizeof report / sizeof *report},
        {PARTIAL_GROUP, parts, sizeof parts / sizeof *parts},
    };
    const struct command command = {
        "crm-cohort",
        "[FILE ...]",
        "Follow customers that began together: how many stay, and what they bring.",
        "crm-cohort --layout matrix --to table orders.csv",
        groups,
        sizeof groups / sizeof *groups,
    };

    *o = (struct cohort_options){
        .common = COMMON_INIT,
        .rules = {.period = COHORT_MONTH, .gap = 1},
        .confidence = .95,
        .age = -1,
        .threads = workers_available(8),
    };
    common_groups(&o->common, groups + 4);
    int go = options_parse(&command, argc, argv, first, err);
    return go <= 0 ? go : read_rest(o, err);
}
