/* Cohorts: periods, their names, and what an age is in brackets. The periods of value/date.h, and besides hours and
 * weeks that begin on other days, which are the weeks of days moved by so many. */
#include "analysis/cohort_parts.h"

#include <assert.h>
#include <stdio.h>

#include "value/date_parts.h"

const char *const cohort_period_words[] = {"hour", "day", "week", "month", "quarter", "year", NULL};
const char *const cohort_kind_words[] = {"nday", "unbounded", "full", "bracket", NULL};
const char *const cohort_measure_words[] = {"retention", "customers",     "revenue",  "orders",   "ltv", "arpu",
                                            "churn",     "revenue-churn", "winbacks", "survival", NULL};

static const enum period calendar_periods[] = {
    [COHORT_HOUR] = PERIOD_DAY,    [COHORT_DAY] = PERIOD_DAY,         [COHORT_WEEK] = PERIOD_WEEK,
    [COHORT_MONTH] = PERIOD_MONTH, [COHORT_QUARTER] = PERIOD_QUARTER, [COHORT_YEAR] = PERIOD_YEAR,
};

int32_t cohort_period_of(const struct cohort_rules *rules, enum cohort_period period, int32_t day, int32_t hour)
{
    if (period == COHORT_HOUR)
        return day * 24 + hour;
    return period_of_day(calendar_periods[period], period == COHORT_WEEK ? day - rules->week_start : day);
}

int32_t cohort_period_first_day(const struct cohort_rules *rules, enum cohort_period period, int32_t index)
{
    if (period == COHORT_HOUR)
        return (int32_t)floor_divide(index, 24);
    return period_first_day(calendar_periods[period], index) + (period == COHORT_WEEK ? rules->week_start : 0);
}

int64_t cohort_period_length(enum cohort_period period)
{
    static const int hours[] = {1, 24, 7 * 24, 30 * 24, 91 * 24, 365 * 24};

    return hours[period] * INT64_C(3600000000);
}

bool cohort_periods_nest(const struct cohort_rules *rules)
{
    return rules->period == rules->cohort_period || rules->period != COHORT_WEEK;
}

struct slice cohort_period_name(const struct cohort_rules *rules, int32_t index, char out[MOMENT_TEXT])
{
    int32_t first = cohort_period_first_day(rules, rules->cohort_period, index);

    if (rules->cohort_period == COHORT_HOUR) {
        struct slice day = day_format(first, out);
        if (day.len)
            day.len += (size_t)snprintf(out + day.len, MOMENT_TEXT - day.len, "T%02d", index - first * 24);
        return day;
    }
    if (rules->cohort_period == COHORT_WEEK && rules->week_start != 0)
        return day_format(first < DAY_MIN ? DAY_MIN : first, out); /* the first week of all begins before the days */
    return period_format(calendar_periods[rules->cohort_period], index, out);
}

int32_t cohort_slot(const struct cohort_rules *rules, int64_t age)
{
    if (rules->kind != COHORT_BRACKET)
        return (int32_t)age;
    for (size_t i = 0; i < rules->bracket_count && rules->brackets[i].first <= age; i++)
        if (age <= rules->brackets[i].last)
            return (int32_t)i;
    return -1;
}

int32_t cohort_slot_begun(const struct cohort_rules *rules, int64_t age)
{
    size_t slots = 0;

    if (rules->kind != COHORT_BRACKET)
        return age < -1 ? -1 : (int32_t)age;
    while (slots < rules->bracket_count && rules->brackets[slots].first <= age)
        slots++;
    return (int32_t)slots - 1;
}

int32_t cohort_slot_complete(const struct cohort_rules *rules, int64_t age)
{
    size_t slots = 0;

    if (rules->kind != COHORT_BRACKET)
        return age < -1 ? -1 : (int32_t)age;
    while (slots < rules->bracket_count && rules->brackets[slots].last <= age)
        slots++;
    return (int32_t)slots - 1;
}
