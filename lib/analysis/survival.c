/* Survival: the product-limit estimate as a walk over two sorted lists, the times of events and those of censorings.
 *
 * Between two censorings the product telescopes: (n - d) / n times (n - d - e) / (n - d) is (n - d - e) / n, and so
 * does Greenwood's sum, d / (n (n - d)) = 1 / (n - d) - 1 / n. So the walk only counts events, keeps S and the sum as
 * they were behind the last censoring, and makes both from these and two counts. Without censoring S is then the plain
 * share, rounded once, and a median is not missed for half a unit in the last place. */
#include "analysis/survival.h"

#include <math.h>

void survival_fini(struct survival *survival)
{
    spread_fini(&survival->events);
    spread_fini(&survival->censored);
    *survival = (struct survival){0};
}

int survival_add(struct survival *survival, int64_t time, bool event)
{
    return spread_add(event ? &survival->events : &survival->censored, time);
}

void survival_start(struct survival *survival)
{
    spread_sort(&survival->events);
    spread_sort(&survival->censored);
    survival->event = 0;
    survival->censoring = 0;
    survival->left = survival->events.count + survival->censored.count;
    survival->share = survival->left ? 1 : NAN;
    survival->variance = 0;
}

/* Those whom neither an event nor a censoring took yet. */
static size_t at_risk(const struct survival *survival)
{
    return survival->events.count - survival->event + survival->censored.count - survival->censoring;
}

static double share_now(const struct survival *survival, size_t risk)
{
    return survival->left ? survival->share * ((double)risk / (double)survival->left) : survival->share;
}

static double variance_now(const struct survival *survival, size_t risk)
{
    return risk ? survival->variance + (double)(survival->left - risk) / ((double)survival->left * (double)risk)
                : survival->variance;
}

/* Censorings up to and at `time`. */
static void pass_censorings(struct survival *survival, int64_t time)
{
    size_t risk = at_risk(survival), before = survival->censoring;

    while (survival->censoring < survival->censored.count && survival->censored.values[survival->censoring] <= time)
        survival->censoring++;
    if (survival->censoring == before)
        return;
    double share = share_now(survival, risk), variance = variance_now(survival, risk);
    survival->left = at_risk(survival);
    survival->share = share;
    survival->variance = variance;
}

/* The next event and all at the same time. */
static void pass_event(struct survival *survival)
{
    int64_t time = survival->events.values[survival->event];

    pass_censorings(survival, time - 1);
    while (survival->event < survival->events.count && survival->events.values[survival->event] == time)
        survival->event++;
}

/* The interval of S on the scale log(-log S), by Greenwood's sum. */
static void set_limits(struct survival_point *point, double variance, double z)
{
    point->low = point->high = point->share;
    if (!(point->share > 0 && point->share < 1))
        return;
    double hazard = -log(point->share);
    double reach = z * sqrt(variance) / hazard;

    point->low = exp(-hazard * exp(reach));
    point->high = exp(-hazard * exp(-reach));
}

struct survival_point survival_at(struct survival *survival, int64_t time, double z)
{
    struct survival_point point = {.time = time, .at_risk = at_risk(survival)};
    size_t event = survival->event, censoring = survival->censoring;

    while (survival->event < survival->events.count && survival->events.values[survival->event] <= time)
        pass_event(survival);
    pass_censorings(survival, time);
    point.events = survival->event - event;
    point.censored = survival->censoring - censoring;
    size_t risk = at_risk(survival);
    point.share = share_now(survival, risk);
    set_limits(&point, variance_now(survival, risk), z);
    return point;
}
