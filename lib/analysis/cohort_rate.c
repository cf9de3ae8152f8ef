/* Cohorts: values and rates of cells, and their means.
 *
 * A rate is worked out of figures: those of one cell, or the sums of those of many cells, which is the weighted mean.
 * So the two cannot differ in what they mean. */
#include "analysis/cohort.h"

#include <math.h>

#include "analysis/proportion.h"

/* Of all cells that were taken in: each of its eligible customers, or of all when nobody is; then what
 * compares with the ages before stays 0. */
struct figures {
    uint64_t customers, retained, retained_before;
    uint64_t before, kept, away, back;
    struct decimal_sum paid_before, paid_less;
    uint64_t active, orders, first_orders, prior_orders;
    struct decimal_sum revenue, first, prior, total;
    bool overflow;
};

static void add_sum(struct figures *figures, struct decimal_sum *sum, const struct decimal_sum *other)
{
    if (!decimal_sum_merge(sum, other))
        figures->overflow = true;
}

static void add_eligible(struct figures *figures, const struct cohort_line *line, size_t age)
{
    const struct cohort_cell *cell = &line->cells[age];

    figures->customers += cell->eligible;
    figures->retained += cell->retained_of_eligible;
    figures->retained_before += cell->before;
    figures->before += cell->before;
    figures->kept += cell->kept;
    figures->away += cell->away;
    figures->back += cell->back;
    add_sum(figures, &figures->paid_before, &cell->paid_before);
    add_sum(figures, &figures->paid_less, &cell->paid_less);
    if (!line->money)
        return;
    const struct cohort_money *money = &line->money[age];
    figures->active += money->active;
    figures->orders += money->orders;
    figures->first_orders += money->first_orders;
    figures->prior_orders += money->prior_orders;
    add_sum(figures, &figures->revenue, &money->revenue);
    add_sum(figures, &figures->first, &money->first);
    add_sum(figures, &figures->prior, &money->prior);
    add_sum(figures, &figures->total, &money->total);
}

static void add_all(struct figures *figures, const struct cohort_line *line, size_t age)
{
    const struct cohort_cell *cell = &line->cells[age];
    const struct cohort_cell *before = age ? cell - 1 : cell;

    figures->customers += line->size;
    figures->retained += cell->retained;
    figures->retained_before += before->retained;
    figures->active += cell->active;
    figures->orders += cell->orders;
    figures->first_orders += line->cells[0].orders;
    figures->prior_orders += before->orders;
    add_sum(figures, &figures->revenue, &cell->revenue);
    add_sum(figures, &figures->first, &line->cells[0].revenue);
    add_sum(figures, &figures->prior, &before->revenue);
    for (size_t k = 0; k <= age; k++)
        add_sum(figures, &figures->total, &line->cells[k].revenue);
}

static double sum_value(const struct decimal_sum *sum)
{
    return decimal_to_double(sum->units, sum->scale);
}

static double money_per(const struct decimal_sum *sum, uint64_t count)
{
    return count ? sum_value(sum) / (double)count : NAN;
}

static void set_share(struct cohort_rate *rate, uint64_t part, uint64_t whole, double z)
{
    struct interval interval = proportion_wilson(part, whole, z);

    rate->rate = interval.value;
    rate->low = interval.low;
    rate->high = interval.high;
}

/* Money: only of what is above zero is there a share. */
static void set_money_ratio(struct cohort_rate *rate, const struct decimal_sum *part, const struct decimal_sum *whole)
{
    if (whole->units > 0)
        rate->rate = sum_value(part) / sum_value(whole);
}

static void set_retention(struct cohort_rate *rate, const struct figures *figures, bool previous, bool within, double z)
{
    if (!previous)
        set_share(rate, figures->retained, figures->customers, z);
    else if (within)
        set_share(rate, figures->retained, figures->retained_before, z);
    else if (figures->retained_before)
        rate->rate = (double)figures->retained / (double)figures->retained_before;
}

/* rate, limits; and the value where it is a mean per customer. previous: of the age before. */
static void set_rate(struct cohort_rate *rate, const struct figures *figures, enum cohort_measure measure,
                     bool previous, enum cohort_kind kind, double z)
{
    bool within = kind == COHORT_UNBOUNDED || kind == COHORT_FULL; /* those retained were so at the age before */
    uint64_t orders = previous ? figures->prior_orders : figures->first_orders;

    switch (measure) {
    case COHORT_RETENTION:
    case COHORT_CUSTOMERS:
        set_retention(rate, figures, previous, within, z);
        break;
    case COHORT_REVENUE:
        set_money_ratio(rate, &figures->revenue, previous ? &figures->prior : &figures->first);
        break;
    case COHORT_ORDERS:
        rate->rate = orders ? (double)figures->orders / (double)orders : NAN;
        break;
    case COHORT_LTV:
        rate->value = money_per(&figures->total, figures->customers);
        break;
    case COHORT_ARPU:
        rate->value = money_per(&figures->revenue, figures->active);
        break;
    case COHORT_CHURN:
        set_share(rate, figures->before - figures->kept, figures->before, z);
        break;
    case COHORT_REVENUE_CHURN:
        set_money_ratio(rate, &figures->paid_less, &figures->paid_before);
        break;
    case COHORT_WINBACKS:
        set_share(rate, figures->back, figures->away, z);
        break;
    case COHORT_SURVIVAL:
        break;
    }
}

/* The value of a cell that is not a mean per customer; NAN: nothing. */
static double value_of(const struct cohort_cell *cell, size_t age, enum cohort_measure measure)
{
    switch (measure) {
    case COHORT_RETENTION:
    case COHORT_CUSTOMERS:
        return (double)cell->retained;
    case COHORT_REVENUE:
        return sum_value(&cell->revenue);
    case COHORT_ORDERS:
        return (double)cell->orders;
    case COHORT_CHURN:
        return cell->eligible && age ? (double)(cell->before - cell->kept) : NAN;
    case COHORT_REVENUE_CHURN:
        return cell->eligible && age ? sum_value(&cell->paid_less) : NAN;
    case COHORT_WINBACKS:
        return cell->eligible ? (double)cell->back : NAN;
    case COHORT_SURVIVAL:
        return (double)cell->at_risk;
    case COHORT_LTV:
    case COHORT_ARPU:
        break;
    }
    return NAN;
}

static void set_survival(struct cohort_rate *rate, const struct cohort_cell *cell)
{
    rate->rate = cell->share;
    rate->low = cell->low;
    rate->high = cell->high;
}

struct cohort_rate cohort_cell_rate(const struct cohort_table *table, const struct cohort_line *line, size_t age,
                                    enum cohort_measure measure, enum cohort_base base, double z)
{
    struct cohort_rate rate = {.value = NAN, .rate = NAN, .low = NAN, .high = NAN};
    struct figures figures = {0};
    const struct cohort_cell *cell = age < table->ages ? &line->cells[age] : NULL;

    if (!cell || !cell->begun)
        return rate;
    if (cell->eligible)
        add_eligible(&figures, line, age);
    else
        add_all(&figures, line, age);
    rate.eligible = cell->eligible;
    rate.complete = cell->eligible == line->size;
    rate.value = value_of(cell, age, measure);
    if (measure == COHORT_SURVIVAL)
        set_survival(&rate, cell);
    else if (!figures.overflow)
        set_rate(&rate, &figures, measure, base == COHORT_BASE_PREVIOUS && age > 0, table->kind, z);
    return rate;
}

/* A mean of numbers; others are left out. */
struct mean {
    double sum;
    uint64_t count;
};

static void add_number(struct mean *mean, double number)
{
    if (isnan(number))
        return;
    mean->sum += number;
    mean->count++;
}

static double mean_value(const struct mean *mean)
{
    return mean->count ? mean->sum / (double)mean->count : NAN;
}

struct cohort_rate cohort_mean_rate(const struct cohort_table *table, size_t age, enum cohort_measure measure,
                                    enum cohort_base base, bool weighted, double z)
{
    struct cohort_rate rate = {.value = NAN, .rate = NAN, .low = NAN, .high = NAN};
    struct figures figures = {0};
    struct mean values = {0};
    struct mean rates = {0};

    for (size_t i = 0; age < table->ages && i < table->count; i++) {
        const struct cohort_line *line = &table->lines[i];
        if (line->cells[age].eligible == 0)
            continue;
        struct cohort_rate one = cohort_cell_rate(table, line, age, measure, base, z);
        add_number(&values, one.value);
        add_number(&rates, one.rate);
        add_eligible(&figures, line, age);
    }
    rate.eligible = figures.customers;
    rate.complete = figures.customers > 0;
    rate.value = mean_value(&values);
    if (!weighted)
        rate.rate = mean_value(&rates);
    else if (!figures.customers)
        return rate;
    else if (measure == COHORT_SURVIVAL && table->all)
        set_survival(&rate, &table->all[age]);
    else if (!figures.overflow)
        set_rate(&rate, &figures, measure, base == COHORT_BASE_PREVIOUS && age > 0, table->kind, z);
    return rate;
}
