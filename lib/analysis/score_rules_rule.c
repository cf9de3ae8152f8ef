/* One rule of a rule file. The kind of a rule follows from its keys: the first key of the list below that it has
 * decides, and every other key must go with that kind. */
#include <stdio.h>
#include <string.h>

#include "analysis/score_rules_read.h"
#include "base/buffer.h"

#define WHEN (1U << SCORE_WHEN)
#define CASES (1U << SCORE_CASES)
#define RANGES (1U << SCORE_RANGES)
#define EACH (1U << SCORE_EACH)
#define EVENTS (1U << SCORE_EVENTS)
#define LEAD (WHEN | CASES | RANGES)
#define ANY (LEAD | EACH | EVENTS)

/* The key of a rule, and the kinds that it goes with. */
struct rule_key {
    const char *name;
    unsigned kinds;
};

static const struct rule_key rule_keys[] = {
    {"name", ANY},
    {"when", WHEN},
    {"value", CASES | RANGES},
    {"points_by_value", CASES},
    {"ignore_case", CASES},
    {"event", EACH | EVENTS},
    {"where", EACH | EVENTS},
    {"within_days", EACH | EVENTS},
    {"half_life_days", EACH | EVENTS},
    {"decay", EACH | EVENTS},
    {"times", EACH},
    {"min", EACH},
    {"max", EACH},
    {"measure", EVENTS},
    {"amount", EVENTS},
    {"points", WHEN | EACH},
    {"ranges", RANGES | EVENTS},
    {"otherwise", CASES | RANGES | EVENTS},
    {"missing", CASES | RANGES | EVENTS},
};
#define RULE_KEYS (sizeof rule_keys / sizeof *rule_keys)

static const struct {
    const char *key;
    enum score_kind kind;
} deciding[] = {
    {"when", SCORE_WHEN},           {"measure", SCORE_EVENTS},   {"points_by_value", SCORE_CASES},
    {"value", SCORE_RANGES},        {"amount", SCORE_EVENTS},    {"event", SCORE_EACH},
    {"where", SCORE_EACH},          {"within_days", SCORE_EACH}, {"times", SCORE_EACH},
    {"half_life_days", SCORE_EACH}, {"decay", SCORE_EACH},
};

static bool has(const json_t *object, const char *key)
{
    return json_object_get(object, key) != NULL;
}

/* The kind, and the key that decided it. */
static int kind_of(const struct settings_place *place, const json_t *value, enum score_kind *kind, const char **decided,
                   struct error *err)
{
    for (size_t i = 0; i < sizeof deciding / sizeof *deciding; i++) {
        if (!has(value, deciding[i].key))
            continue;
        *decided = deciding[i].key;
        *kind = deciding[i].kind;
        if (*kind == SCORE_EACH && has(value, "ranges")) {
            *kind = SCORE_EVENTS;
            *decided = "ranges";
        }
        if (*kind == SCORE_RANGES && !has(value, "ranges"))
            return settings_fail(place, err, "'value' needs 'ranges' or 'points_by_value'");
        return 0;
    }
    if (has(value, "ranges"))
        return settings_fail(place, err, "'ranges' of what? 'value', 'event' or 'measure' is missing");
    return settings_fail(place, err, "has neither 'when' nor 'value' nor 'event': what are the points for?");
}

/* Every key must go with the kind. */
static int check_keys(const struct settings_place *place, const json_t *value, enum score_kind kind,
                      const char *decided, struct error *err)
{
    for (size_t i = 0; i < RULE_KEYS; i++) {
        const char *key = rule_keys[i].name;
        struct settings_place at = settings_member(place, key, 0);
        if (rule_keys[i].kinds & (1U << kind) || !has(value, key))
            continue;
        const char *hint = "";
        if (kind == SCORE_WHEN && strcmp(key, "event") == 0)
            hint = ", a condition on the lead; one on the event is 'where'";
        else if (kind == SCORE_RANGES && strcmp(key, "event") == 0)
            hint = ", which is one of the lead; a number of the event is 'amount', with a 'measure'";
        else if (kind == SCORE_EACH && strcmp(key, "missing") == 0)
            hint = "; with a 'measure' and 'ranges' it would";
        return settings_fail(&at, err, "does not go with '%s'%s", decided, hint);
    }
    return 0;
}

static int read_points(const struct settings_place *place, const json_t *value, const char *key, bool needed,
                       double *points, struct error *err)
{
    struct settings_place at;
    const json_t *member =
        needed ? score_read_needed(place, value, key, &at, err) : score_read_member(place, value, key, &at);

    if (!member)
        return needed ? -1 : 0;
    return score_read_points(&at, member, points, err);
}

static int read_flag(const struct settings_place *place, const json_t *value, const char *key, bool *flag,
                     struct error *err)
{
    struct settings_place at;
    const json_t *member = score_read_member(place, value, key, &at);

    if (member && !json_is_boolean(member))
        return settings_fail(&at, err, "neither true nor false");
    *flag = json_is_true(member);
    return 0;
}

/* WHEN, CASES and RANGES. */
static int read_lead_rule(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                          struct score_rule *rule, struct error *err)
{
    struct settings_place at;
    const json_t *expression = score_read_needed(place, value, rule->kind == SCORE_WHEN ? "when" : "value", &at, err);

    if (!expression || score_read_expression(&at, expression, &rules->lead, &rule->expression, err))
        return -1;
    if (rule->kind == SCORE_WHEN)
        return read_points(place, value, "points", true, &rule->points, err);
    if (read_points(place, value, "otherwise", false, &rule->otherwise, err) ||
        read_points(place, value, "missing", false, &rule->missing, err))
        return -1;
    if (rule->kind == SCORE_RANGES)
        return score_read_ranges(rules, place, value, rule, err);
    const json_t *cases = score_read_member(place, value, "points_by_value", &at);
    if (read_flag(place, value, "ignore_case", &rule->fold, err))
        return -1;
    return score_read_cases(rules, &at, cases, rule, err);
}

/* "event": a name, or a list of them. */
static int read_events(struct score_rules *rules, const struct settings_place *place, const json_t *object,
                       struct score_rule *rule, struct error *err)
{
    struct settings_place at;
    const json_t *value = score_read_member(place, object, "event", &at);
    size_t count = 1;
    struct quote q;

    if (!value)
        return 0;
    if (json_is_array(value) && score_read_array(&at, value, "name of an event", &count, err))
        return -1;
    rule->events = score_read_room(rules, count, sizeof *rule->events, err);
    if (!rule->events)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = json_is_array(value) ? settings_member(&at, NULL, i) : at;
        const json_t *name = json_is_array(value) ? json_array_get(value, i) : value;
        if (score_read_text(rules, &element, name, &rule->events[i], err))
            return -1;
        for (size_t j = 0; j < i; j++)
            if (slice_equal(rule->events[i], rule->events[j]))
                return settings_fail(&element, err, "'%s' is there twice", quote_name(&q, rule->events[i]));
    }
    rule->event_count = count;
    return 0;
}

static int read_steps(const struct settings_place *place, const json_t *value, struct score_decay *decay,
                      struct error *err)
{
    static const char *const keys[] = {"percent", "days", "of", NULL};
    static const char *const bases[] = {"rest", "first", NULL};
    struct settings_place at;
    double percent;
    int base = 0;

    if (score_read_keys(place, value, keys, err))
        return -1;
    const json_t *share = score_read_needed(place, value, "percent", &at, err);
    if (!share || score_read_number(&at, share, &percent, err))
        return -1;
    if (!(percent > 0 && percent <= 100))
        return settings_fail(&at, err, "%g is not above 0 and at most 100", percent);
    const json_t *days = score_read_needed(place, value, "days", &at, err);
    if (!days || score_read_count(&at, days, SCORE_DAYS_MOST, &decay->step_days, err))
        return -1;
    const json_t *of = score_read_member(place, value, "of", &at);
    if (of && score_read_word(&at, of, bases, &base, err))
        return -1;
    decay->step_share = percent / 100;
    decay->linear = base == 1;
    return 0;
}

static int read_decay(const struct settings_place *place, const json_t *value, struct score_decay *decay,
                      struct error *err)
{
    struct settings_place at;
    const json_t *half_life = score_read_member(place, value, "half_life_days", &at);

    if (half_life && score_read_number(&at, half_life, &decay->half_life, err))
        return -1;
    if (half_life && !(decay->half_life > 0 && decay->half_life <= SCORE_DAYS_MOST))
        return settings_fail(&at, err, "%g is not above 0 and at most %d", decay->half_life, SCORE_DAYS_MOST);
    const json_t *steps = score_read_member(place, value, "decay", &at);
    return steps ? read_steps(&at, steps, decay, err) : 0;
}

/* "points", "times", "min" and "max". */
static int read_each(const struct settings_place *place, const json_t *value, struct score_rule *rule,
                     struct error *err)
{
    struct settings_place at;
    const json_t *times = score_read_member(place, value, "times", &at);
    int32_t count = 0;

    if (times && score_read_count(&at, times, INT32_MAX, &count, err))
        return -1;
    rule->times = (size_t)count;
    if (read_points(place, value, "points", true, &rule->points, err) ||
        score_read_limits(place, value, &rule->limit, err))
        return -1;
    if (rule->limit.least > 0 || rule->limit.most < 0)
        return settings_fail(place, err, "'min' and 'max' must leave room for 0, the points of no event");
    if ((rule->points > 0 && rule->limit.most <= 0) || (rule->points < 0 && rule->limit.least >= 0))
        return settings_fail(place, err, "the points can never count: '%s' is 0", rule->points > 0 ? "max" : "min");
    return 0;
}

static int read_amount(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                       struct score_rule *rule, struct error *err)
{
    bool needed = rule->measure == SCORE_SUM || rule->measure == SCORE_LEAST || rule->measure == SCORE_MOST;
    const char *measure = score_measure_names[rule->measure];
    struct settings_place at;
    const json_t *amount = score_read_member(place, value, "amount", &at);

    if (!amount && needed)
        return settings_fail(&at, err, "missing: '%s' is of a number of the events, as \".value\"", measure);
    if (amount && !needed)
        return settings_fail(&at, err, "does not go with the measure '%s': sum, min and max have one", measure);
    return amount ? score_read_expression(&at, amount, &rules->event, &rule->amount, err) : 0;
}

/* "measure", "amount", "ranges", "otherwise" and "missing". */
static int read_measure(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                        struct score_rule *rule, struct error *err)
{
    struct settings_place at;
    const json_t *measure = score_read_member(place, value, "measure", &at);
    int index = SCORE_COUNT;

    if (measure && score_read_word(&at, measure, score_measure_names, &index, err))
        return -1;
    rule->measure = (enum score_measure)index;
    if (read_amount(rules, place, value, rule, err) ||
        read_points(place, value, "otherwise", false, &rule->otherwise, err) ||
        read_points(place, value, "missing", false, &rule->missing, err))
        return -1;
    if (has(value, "missing") && rule->measure <= SCORE_SUM) {
        at = settings_member(place, "missing", 0);
        return settings_fail(&at, err, "never used: without events '%s' is 0", score_measure_names[rule->measure]);
    }
    return score_read_ranges(rules, place, value, rule, err);
}

/* EACH and EVENTS. */
static int read_event_rule(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                           struct score_rule *rule, struct error *err)
{
    struct settings_place at;

    if (read_events(rules, place, value, rule, err))
        return -1;
    const json_t *where = score_read_member(place, value, "where", &at);
    if (where && score_read_expression(&at, where, &rules->event, &rule->where, err))
        return -1;
    const json_t *within = score_read_member(place, value, "within_days", &at);
    if (within && score_read_count(&at, within, SCORE_DAYS_MOST, &rule->within, err))
        return -1;
    if (read_decay(place, value, &rule->decay, err))
        return -1;
    rules->needs_events = true;
    return rule->kind == SCORE_EACH ? read_each(place, value, rule, err) : read_measure(rules, place, value, rule, err);
}

/* What a rule without a name is called: its expression, "count of visit, download", "any event". */
static int name_rule(struct score_rules *rules, const json_t *value, struct score_rule *rule, struct error *err)
{
    const char *text = json_string_value(json_object_get(value, rule->kind == SCORE_WHEN ? "when" : "value"));
    struct buffer name;
    int failed = 0;

    if (text)
        return score_read_copy(rules, slice_from_cstr(text), &rule->name, err);
    buffer_init(&name);
    if (rule->kind == SCORE_EVENTS)
        failed = buffer_printf(&name, "%s of ", score_measure_names[rule->measure]);
    for (size_t i = 0; i < rule->event_count && !failed; i++)
        failed = buffer_printf(&name, "%s%s", i ? ", " : "", rule->events[i].ptr);
    if (rule->event_count == 0 && !failed)
        failed = buffer_append(&name, SLICE("any event"));
    failed = failed ? error_memory(err) : score_read_copy(rules, buffer_slice(&name), &rule->name, err);
    buffer_fini(&name);
    return failed;
}

int score_read_rule(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                    struct score_rule *rule, struct error *err)
{
    const char *keys[RULE_KEYS + 1] = {NULL};
    const char *decided = "";
    struct settings_place at;

    for (size_t i = 0; i < RULE_KEYS; i++)
        keys[i] = rule_keys[i].name;
    if (score_read_keys(place, value, keys, err) || kind_of(place, value, &rule->kind, &decided, err) ||
        check_keys(place, value, rule->kind, decided, err))
        return -1;
    rule->limit = SCORE_NO_LIMITS;
    if (LEAD & (1U << rule->kind) ? read_lead_rule(rules, place, value, rule, err)
                                  : read_event_rule(rules, place, value, rule, err))
        return -1;
    const json_t *name = score_read_member(place, value, "name", &at);
    return name ? score_read_text(rules, &at, name, &rule->name, err) : name_rule(rules, value, rule, err);
}
