/* Random rules and logs of cohorts. */
#ifndef CRM_TESTS_COHORT_RANDOM_H
#define CRM_TESTS_COHORT_RANDOM_H

#include "cohort_reference.h"
#include "random.h"

static int below(uint64_t *state, int limit)
{
    return (int)(next_random(state) % (uint64_t)limit);
}

static bool chance(uint64_t *state, int in)
{
    return below(state, in) == 0;
}

static void random_brackets(uint64_t *seed, struct cohort_rules *rules)
{
    int age = chance(seed, 3) ? below(seed, 3) : 0;

    rules->bracket_count = 1 + (size_t)below(seed, 4);
    for (size_t i = 0; i < rules->bracket_count; i++) {
        rules->brackets[i].first = age;
        rules->brackets[i].last = age + below(seed, 3);
        age = rules->brackets[i].last + 1 + (chance(seed, 3) ? below(seed, 3) : 0);
    }
}

static struct cohort_rules random_rules(uint64_t *seed, enum cohort_measure measure)
{
    struct cohort_rules rules = {
        .period = (enum cohort_period)below(seed, 6),
        .window = (enum cohort_window)below(seed, 2),
        .kind = (enum cohort_kind)below(seed, 4),
        .week_start = below(seed, 7),
        .grouped = chance(seed, 3),
        .gap = 1 + below(seed, 3),
        .ages = chance(seed, 4) ? 1 + below(seed, 6) : 0,
    };

    rules.cohort_period = rules.period;
    if (chance(seed, 3))
        rules.cohort_period += (enum cohort_period)below(seed, 6 - (int)rules.period);
    rules.quantiles = rules.grouped && chance(seed, 2) ? 2 + (size_t)below(seed, 3) : 0;
    rules.recurring = !rules.grouped && rules.window == COHORT_CALENDAR && chance(seed, 3);
    rules.amounts = measure == COHORT_REVENUE || measure == COHORT_LTV || measure == COHORT_ARPU ||
                    measure == COHORT_REVENUE_CHURN || chance(seed, 6);
    rules.orders = measure == COHORT_ORDERS || chance(seed, 6);
    rules.order_ids = rules.orders && chance(seed, 2);
    if (rules.kind == COHORT_BRACKET)
        random_brackets(seed, &rules);
    return rules;
}

static void random_row(uint64_t *seed, struct log_row *row, bool differ, bool negative)
{
    *row = (struct log_row){
        .customer = below(seed, CUSTOMERS),
        .starts = !differ || chance(seed, 2),
        .returns = !differ || chance(seed, 2),
        .cents = below(seed, 1000) - (negative && chance(seed, 3) ? 900 : 0),
        .scale = 2,
        .order = below(seed, 4),
        .group = below(seed, 7),
    };
    while (row->scale > 0 && chance(seed, 2)) {
        row->scale--;
        row->cents -= row->cents % (row->scale ? 10 : 100);
    }
}

static struct log random_log(uint64_t *seed, const struct cohort_rules *rules, bool negative)
{
    static const int64_t hours[] = {1, 24, 7 * 24, 30 * 24, 91 * 24, 365 * 24};
    const int64_t unit = hours[rules->period] * 3600;
    const int64_t begin = INT64_C(86400) * below(seed, 20000);
    const int64_t span = unit * (chance(seed, 8) ? 200 : chance(seed, 2) ? 12 : 4);
    const bool differ = chance(seed, 2);
    const int64_t days = 1 + span / 86400;
    struct log log = {.count = 1 + below(seed, ROWS)};

    for (int i = 0; i < log.count; i++) {
        random_row(seed, &log.rows[i], differ, negative);
        log.rows[i].time = (begin + (int64_t)(next_random(seed) % (uint64_t)span)) * SECOND + below(seed, 2);
        if (i > 0 && chance(seed, 6)) /* in step with another */
            log.rows[i].time = log.rows[below(seed, i)].time + unit * (chance(seed, 2)) * SECOND;
        if (log.rows[i].time >= (begin + days * 86400) * SECOND)
            log.rows[i].time = begin * SECOND;
    }
    int64_t last = 0;
    for (int i = 0; i < log.count; i++)
        last = log.rows[i].time > last ? log.rows[i].time : last;
    last = reference_floor(last, 86400 * SECOND) + (chance(seed, 3) ? below(seed, 40) : 0);
    if (rules->period == COHORT_HOUR)
        last = reference_floor(begin, 86400) + days - 1;
    log.end = (last + 1) * 86400 * SECOND;
    return log;
}

#endif
