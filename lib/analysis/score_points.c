/* Points of one rule. A value of the lead is looked up among cases or ranges. Hits of events stand by rule and latest
 * first, so one walk over those of a lead serves all rules: what lies behind the analysis date comes first and is
 * passed over, and the window ends at the first hit that is too old. */
#include "analysis/score_points.h"

#include <math.h>

#include "analysis/model.h"
#include "analysis/score_cases.h"

/* The points of a number: that of the last range that begins at or before it, if the number lies in it. */
static double range_points(const struct score_rule *rule, double number)
{
    size_t low = 0, high = rule->range_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rule->ranges[middle].from <= number)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || !(number < rule->ranges[low - 1].below))
        return rule->otherwise;
    return rule->ranges[low - 1].points;
}

static bool is_missing(const struct expression_value *value)
{
    return value->type == EXPRESSION_NULL || (value->type == EXPRESSION_STRING && value->text.len == 0);
}

static struct slice text_of(const struct expression_value *value)
{
    if (value->type == EXPRESSION_FALSE)
        return SLICE("false");
    return value->type == EXPRESSION_TRUE ? SLICE("true") : value->text;
}

static double case_points(struct score_cases *cases, struct expression_value *value)
{
    const struct score_case *found;
    double number;

    if (is_missing(value))
        return cases->rule->missing;
    if (value->type == EXPRESSION_NUMBER && expression_number(value, &number))
        found = score_cases_of_number(cases, number);
    else
        found = score_cases_of_text(cases, text_of(value));
    return found ? found->points : cases->rule->otherwise;
}

int score_value_number(struct expression_value *value, double *number, struct error *err)
{
    struct quote q;

    *number = NAN;
    if (is_missing(value) || expression_number(value, number))
        return 0;
    *number = NAN;
    if (value->type == EXPRESSION_STRING && value->untyped && model_missing(value->text))
        return 0;
    quote(&q, text_of(value));
    if (value->type == EXPRESSION_STRING && !value->untyped) {
        struct expression_value text = {.type = EXPRESSION_STRING, .untyped = true, .text = value->text};
        if (expression_number(&text, number))
            return error_set(err, STATUS_DATA, "'%s' is a string, not a number: '... | tonumber' reads it", q.text);
    }
    return error_set(err, STATUS_DATA, "'%s' is not a number", q.text);
}

/* The hits of a rule that lie in its window, and the rest of the lead's hits in *hits. */
static struct score_hits take_window(const struct score_rule *rule, size_t number, int32_t as_of,
                                     struct score_hits *hits)
{
    const struct score_hit *hit = hits->next, *end = hit + hits->count;
    struct score_hits window = {NULL, 0};

    while (hit < end && hit->rule < number)
        hit++;
    while (hit < end && hit->rule == number && hit->day > as_of)
        hit++;
    window.next = hit;
    while (hit < end && hit->rule == number && (rule->within == 0 || as_of - hit->day < rule->within))
        hit++;
    window.count = (size_t)(hit - window.next);
    *hits = (struct score_hits){hit, (size_t)(end - hit)};
    return window;
}

static struct score_part each_points(const struct score_rule *rule, int32_t as_of, struct score_hits window)
{
    double sum = 0;

    if (rule->times && window.count > rule->times)
        window.count = rule->times;
    for (size_t i = 0; i < window.count; i++)
        sum += score_decay_of(&rule->decay, rule->points, as_of - window.next[i].day);
    return (struct score_part){score_clamp(sum, rule->limit), (double)window.count};
}

static double count_days(struct score_hits window)
{
    size_t days = window.count > 0;

    for (size_t i = 1; i < window.count; i++)
        days += window.next[i].day != window.next[i - 1].day;
    return (double)days;
}

static double total_amount(struct score_hits window)
{
    double sum = 0;

    for (size_t i = 0; i < window.count; i++)
        sum += window.next[i].amount;
    return sum;
}

/* The least or the greatest amount; NAN without any. */
static double extreme_amount(struct score_hits window, bool greatest)
{
    double extreme = NAN;

    for (size_t i = 0; i < window.count; i++) {
        double amount = window.next[i].amount;
        if (isnan(extreme) || (greatest ? amount > extreme : amount < extreme))
            extreme = amount;
    }
    return extreme;
}

/* NAN: without an event it has no value. */
static double measure_of(enum score_measure measure, int32_t as_of, struct score_hits window)
{
    switch (measure) {
    case SCORE_COUNT:
        return (double)window.count;
    case SCORE_DAYS:
        return count_days(window);
    case SCORE_SUM:
        return total_amount(window);
    case SCORE_LEAST:
    case SCORE_MOST:
        return extreme_amount(window, measure == SCORE_MOST);
    case SCORE_SINCE_LAST:
        return window.count ? (double)(as_of - window.next[0].day) : NAN;
    case SCORE_SINCE_FIRST:
        return window.count ? (double)(as_of - window.next[window.count - 1].day) : NAN;
    }
    return NAN;
}

static struct score_part measure_points(const struct score_rule *rule, int32_t as_of, struct score_hits window)
{
    double measure = measure_of(rule->measure, as_of, window);
    double points = isnan(measure) ? rule->missing : range_points(rule, measure);

    if (window.count)
        points = score_decay_of(&rule->decay, points, as_of - window.next[0].day);
    return (struct score_part){points, measure};
}

struct score_part score_event_points(const struct score_rule *rule, size_t number, int32_t as_of,
                                     struct score_hits *hits)
{
    struct score_hits window = take_window(rule, number, as_of, hits);

    return rule->kind == SCORE_EACH ? each_points(rule, as_of, window) : measure_points(rule, as_of, window);
}

int score_value_points(struct scorer *scorer, size_t number, struct expression_value *lead, struct score_part *part,
                       struct error *err)
{
    const struct score_rule *rule = &scorer->rules->rules[number];
    struct expression_value room;
    struct expression_value *value;

    if (rule->kind == SCORE_WHEN) {
        int met = expression_test(rule->expression, &scorer->context, lead, err);
        *part = (struct score_part){met > 0 ? rule->points : 0, met};
        return met < 0 ? -1 : 0;
    }
    if (expression_find(rule->expression, &scorer->context, lead, &room, &value, err))
        return -1;
    if (rule->kind == SCORE_CASES) {
        *part = (struct score_part){case_points(&scorer->cases[number], value), NAN};
        return 0;
    }
    if (score_value_number(value, &part->measure, err))
        return -1;
    part->points = isnan(part->measure) ? rule->missing : range_points(rule, part->measure);
    return 0;
}
