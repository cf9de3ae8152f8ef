/* Cohorts by their definitions: every life as arrays over its ages, every cell by asking every life. Slow, and with a
 * calendar of its own (gmtime, timegm). */
#ifndef CRM_TESTS_COHORT_REFERENCE_H
#define CRM_TESTS_COHORT_REFERENCE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "analysis/cohort.h"

enum { ROWS = 14, CUSTOMERS = 4, AGES = 260, LIVES = ROWS };
#define SECOND INT64_C(1000000)

struct log_row {
    int customer;
    int64_t time;
    bool starts, returns;
    int64_t cents; /* at scale 2 */
    int scale;     /* as it is written: 2, or less where the cents allow it */
    int order;     /* 0: without */
    int group;
};

struct log {
    struct log_row rows[ROWS];
    int count;
    int64_t end; /* of the analysis date */
};

static const char *const reference_groups[] = {"7", "", "10", "-2.5", "7.0", "x", "3"};

/* A customer from an entry on; by age, or by bracket. */
struct life {
    int customer;
    int64_t time; /* of the entry */
    int64_t key;  /* of its cohort */
    const char *group;
    bool active[AGES], begun[AGES], complete[AGES];
    int64_t cents[AGES], orders[AGES];
};

struct reference {
    const struct cohort_rules *rules;
    const struct log *log;
    struct life lives[LIVES];
    int count;
    int slots;
};

static int64_t reference_floor(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* The index of the period of a moment. */
static int64_t period_at(const struct cohort_rules *rules, enum cohort_period period, int64_t time)
{
    time_t seconds = reference_floor(time, SECOND);
    int64_t day = reference_floor(seconds, 86400);
    struct tm tm;

    gmtime_r(&seconds, &tm);
    switch (period) {
    case COHORT_HOUR:
        return reference_floor(seconds, 3600);
    case COHORT_DAY:
        return day;
    case COHORT_WEEK: /* weeks since that of 1970-01-01 (a Thursday) */
        return (day - (tm.tm_wday + 6 - rules->week_start) % 7 - rules->week_start + 3) / 7;
    case COHORT_MONTH:
        return (tm.tm_year + 1900) * 12 + tm.tm_mon;
    case COHORT_QUARTER:
        return (tm.tm_year + 1900) * 4 + tm.tm_mon / 3;
    case COHORT_YEAR:
        break;
    }
    return tm.tm_year + 1900;
}

/* When the k-th period from that of a moment begins. */
static int64_t period_begin(const struct cohort_rules *rules, int64_t time, int k)
{
    time_t seconds = reference_floor(time, SECOND);
    struct tm tm;

    gmtime_r(&seconds, &tm);
    tm.tm_sec = tm.tm_min = 0;
    if (rules->period == COHORT_HOUR) {
        tm.tm_hour += k;
        return timegm(&tm) * SECOND;
    }
    tm.tm_hour = 0;
    if (rules->period == COHORT_DAY)
        tm.tm_mday += k;
    else if (rules->period == COHORT_WEEK)
        tm.tm_mday += 7 * k - (tm.tm_wday + 6 - rules->week_start) % 7;
    else
        tm.tm_mday = 1;
    if (rules->period == COHORT_MONTH)
        tm.tm_mon += k;
    if (rules->period == COHORT_QUARTER)
        tm.tm_mon += 3 * k - tm.tm_mon % 3;
    if (rules->period == COHORT_YEAR) {
        tm.tm_mon = 0;
        tm.tm_year += k;
    }
    return timegm(&tm) * SECOND;
}

static int64_t age_begin(const struct reference *r, const struct life *life, int k)
{
    static const int64_t days[] = {0, 1, 7, 30, 91, 365};

    if (r->rules->window == COHORT_CALENDAR)
        return period_begin(r->rules, life->time, k);
    return life->time + k * (r->rules->period == COHORT_HOUR ? 3600 : days[r->rules->period] * 86400) * SECOND;
}

static int reference_slot(const struct cohort_rules *rules, int age)
{
    if (rules->kind != COHORT_BRACKET)
        return age;
    for (int i = 0; i < (int)rules->bracket_count; i++)
        if (rules->brackets[i].first <= age && age <= rules->brackets[i].last)
            return i;
    return -1;
}

static bool counted_before(const struct reference *r, const struct life *life, const int *slots, int row)
{
    const struct log_row *rows = r->log->rows;

    for (int i = 0; i < row; i++)
        if (rows[i].customer == life->customer && slots[i] == slots[row] && rows[row].order > 0 &&
            rows[i].order == rows[row].order && rows[i].returns)
            return true;
    return false;
}

/* What the life's rows bring, and how far its ages go. */
static void live(struct reference *r, struct life *life)
{
    int slots[ROWS];
    int last = 0;

    for (int i = 0; i < r->log->count; i++) {
        const struct log_row *row = &r->log->rows[i];
        slots[i] = -1;
        if (row->customer != life->customer || (!row->starts && !row->returns))
            continue;
        int age = AGES;
        while (age > 0 && age_begin(r, life, age - 1) > row->time)
            age--;
        if (age == 0) /* before the first age */
            continue;
        assert_true(age < AGES);
        last = age - 1 > last ? age - 1 : last;
        slots[i] = reference_slot(r->rules, age - 1);
        if (slots[i] < 0)
            continue;
        if (row->returns || age == 1) /* at age 0 the entry is active anyhow */
            life->active[slots[i]] = true;
        life->cents[slots[i]] += row->cents;
        life->orders[slots[i]] += row->returns && (!r->rules->order_ids || !counted_before(r, life, slots, i));
    }
    for (int k = 0; k < r->slots; k++) {
        int first = r->rules->kind == COHORT_BRACKET ? r->rules->brackets[k].first : k;
        int final = r->rules->kind == COHORT_BRACKET ? r->rules->brackets[k].last : k;
        life->begun[k] = age_begin(r, life, first) < r->log->end || first <= last;
        life->complete[k] = age_begin(r, life, final + 1) <= r->log->end;
    }
}

static const struct log_row *first_start(const struct log *log, int customer)
{
    const struct log_row *first = NULL;

    for (int i = 0; i < log->count; i++) {
        const struct log_row *row = &log->rows[i];
        if (row->customer == customer && row->starts && (!first || row->time < first->time))
            first = row;
    }
    return first;
}

/* Whether a start is the first of its customer in its period. */
static bool is_first_of_period(const struct reference *r, int row)
{
    const struct log_row *rows = r->log->rows;

    for (int i = 0; i < r->log->count; i++)
        if (rows[i].customer == rows[row].customer && rows[i].starts &&
            period_at(r->rules, r->rules->period, rows[i].time) ==
                period_at(r->rules, r->rules->period, rows[row].time) &&
            (rows[i].time < rows[row].time || (i < row && rows[i].time == rows[row].time)))
            return false;
    return true;
}

/* The group's number is that of its quantile; by value where there are none. */
static int64_t reference_quantile(const struct reference *r, const char *group)
{
    char *end;
    double value = strtod(group, &end);
    int below = 0;
    int numbers = 0;

    if (*end || end == group)
        return (int64_t)r->rules->quantiles;
    for (int customer = 0; customer < CUSTOMERS; customer++) {
        const struct log_row *entry = first_start(r->log, customer);
        if (!entry)
            continue;
        double other = strtod(reference_groups[entry->group], &end);
        if (*end || end == reference_groups[entry->group])
            continue;
        numbers++;
        below += other < value;
    }
    return below * (int)r->rules->quantiles / numbers;
}

static void add_reference_life(struct reference *r, const struct log_row *entry)
{
    struct life *life = &r->lives[r->count++];

    *life = (struct life){.customer = entry->customer, .time = entry->time, .group = reference_groups[entry->group]};
    if (!r->rules->grouped)
        life->key = period_at(r->rules, r->rules->cohort_period, entry->time);
    else
        life->key = r->rules->quantiles ? reference_quantile(r, life->group) : entry->group;
    live(r, life);
}

/* All lives, customers in order of first appearance. */
static void reference_init(struct reference *r, const struct cohort_rules *rules, const struct log *log)
{
    bool seen[CUSTOMERS] = {false};

    r->rules = rules;
    r->log = log;
    r->count = 0;
    r->slots = rules->kind == COHORT_BRACKET ? (int)rules->bracket_count : AGES;
    for (int i = 0; i < log->count; i++) {
        int customer = log->rows[i].customer;
        if (!rules->recurring && !seen[customer] && first_start(log, customer))
            add_reference_life(r, first_start(log, customer));
        if (rules->recurring && log->rows[i].starts && is_first_of_period(r, i))
            add_reference_life(r, &log->rows[i]);
        seen[customer] = true;
    }
}

static bool is_retained(const struct reference *r, const struct life *life, int k)
{
    bool any = false;
    bool all = true;

    for (int j = k; j < r->slots; j++)
        any = any || life->active[j];
    for (int j = 0; j <= k; j++)
        all = all && life->active[j];
    if (r->rules->kind == COHORT_UNBOUNDED)
        return any;
    return r->rules->kind == COHORT_FULL ? all : life->active[k];
}

/* Active earlier, but at none of the gap ages before k. */
static bool is_away(const struct reference *r, const struct life *life, int k)
{
    bool earlier = false;

    for (int j = 0; j < k; j++) {
        if (life->active[j] && j >= k - r->rules->gap)
            return false;
        earlier = earlier || life->active[j];
    }
    return earlier;
}

/* The time of the life for Kaplan and Meier; -1: never at risk. */
static int survival_time(const struct reference *r, const struct life *life, bool *lost)
{
    int last = r->slots - 1;

    while (last >= 0 && !life->active[last])
        last--;
    *lost = true;
    for (int j = last + 1; j <= last + r->rules->gap; j++)
        *lost = *lost && j < r->slots && life->complete[j];
    return *lost ? last + 1 : last;
}

#endif
