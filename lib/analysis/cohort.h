/* Cohorts: of the customers that began together, how many stay, and what they bring.
 *
 * Definitions
 *   activity    a row: a customer, a moment, and with amounts what was paid. It can be a start, a return or both (where
 *               starts and returns are different events); without events every row is both. A row that is neither only
 *               makes its customer known
 *   entry       the first start of a customer; with `recurring`, each period with a start is an entry of its own, and
 *               the customer is counted in each of these cohorts (in a cohort longer than a period once for each entry)
 *   age         of an activity, in whole periods since the entry. calendar: the index of its period less that of the
 *               entry's (period_of_day(); hours likewise). rolling: floor of the time since the entry, divided by the
 *               length of a period: 1 hour, 24 hours, 7 days, 30 days, 91 days, 365 days (Amplitude). Activities before
 *               the entry have no age and do not count; in calendar windows those are the ones of earlier periods
 *   active at k a return (or, without events, any row) at age k. At age 0 the entry itself counts as activity
 *   retained at k
 *               nday: active at k. unbounded: active at k or later. full: active at every age 0 .. k. bracket: active
 *               at any age of the k-th bracket (the first is usually 0 alone)
 *   begun       age k has begun for a customer when its first moment is not after the analysis date's end, or when it
 *               has an activity at k or later. A bracket: when its first age has
 *   complete    age k has ended: its last moment is before the analysis date's end. A bracket: its last age has
 *   eligible    customers for which the age is complete
 *   base        what a rate is a share of: the cohort (age 0), or the age before (previous; at age 0 the cohort)
 *
 * With brackets, k below is the number of a bracket (0, 1, ...), and so are the ages of winbacks and survival.
 *
 *   measures, at age k of a cohort; of eligible customers where there are some: see struct cohort_rate
 *     retention, customers   retained; rate: retained / size, or / retained at k - 1 (of nday and brackets it may
 *                            exceed 1)
 *     revenue                sum of amounts at age k (of the bracket), starts and returns alike; rate: / that at age 0,
 *                            or at k - 1
 *     orders                 returns at age k; with order ids, distinct ids of each customer's returns at
 *                            that age (in that bracket), where a row without id is an order of its own; rate as revenue
 *     ltv                    revenue of ages 0 .. k / size
 *     arpu                   revenue at k / customers active at k
 *     churn                  of those retained at k - 1, the share not retained at k (logo churn); none at 0
 *     revenue_churn          sum over those active at k - 1 of what they pay less at k (who pays more: 0), / their
 *                            revenue at k - 1
 *     winbacks               active at k and at no one of the `gap` ages before, but earlier; rate: / those that were
 *                            at no one of these ages active, but earlier
 *     survival               Kaplan-Meier (survival.h): a customer whose last activity is at age a is lost at age a + 1
 *                            if the `gap` ages a + 1 .. a + gap are complete, else watched to age a
 *
 * Sources: Amplitude, Mixpanel, PostHog, documentation of retention; ClickHouse, retention(); reference results of the
 * tests are those published for the UCI Online Retail data.
 *
 * Memory: for counts of customers in calendar periods, 64 bytes a customer and 12 to 24 of its index (an id of more
 * than 16 bytes adds its length) as long as the data spans at most 128 periods either side of the first row's (64 with
 * recurring), and 48 and as much of an index for each further 64 of them in which a customer was active. For
 * everything else 56 a customer and 12 to 24 of its index, 16 bytes a row, 8 more with amounts, 8 with order ids, 4 at
 * the end. Cells: 224 bytes for each cohort and age that has begun, 160 more with amounts or orders. Survival: 16 to 24
 * bytes a customer, at the end. */
#ifndef CRM_ANALYSIS_COHORT_H
#define CRM_ANALYSIS_COHORT_H

#include "analysis/survival.h"
#include "base/error.h"
#include "base/group.h"
#include "stream/spill.h"
#include "value/date.h"
#include "value/decimal.h"

enum cohort_period { COHORT_HOUR, COHORT_DAY, COHORT_WEEK, COHORT_MONTH, COHORT_QUARTER, COHORT_YEAR };
enum cohort_window { COHORT_CALENDAR, COHORT_ROLLING };
enum cohort_kind { COHORT_NDAY, COHORT_UNBOUNDED, COHORT_FULL, COHORT_BRACKET };
enum cohort_measure {
    COHORT_RETENTION,
    COHORT_CUSTOMERS,
    COHORT_REVENUE,
    COHORT_ORDERS,
    COHORT_LTV,
    COHORT_ARPU,
    COHORT_CHURN,
    COHORT_REVENUE_CHURN,
    COHORT_WINBACKS,
    COHORT_SURVIVAL,
};
/* "retention", ..., NULL: in the order of the enum, for option_choice(). */
extern const char *const cohort_period_words[];
extern const char *const cohort_kind_words[];
extern const char *const cohort_measure_words[];

#define COHORT_AGES 1000000    /* more are an error */
#define COHORT_CELLS 20000000u /* the same, of all cohorts; a cell that is used takes 224 bytes */
#define COHORT_BRACKETS 64
struct cohort_bracket {
    int32_t first, last; /* ages, both included; ascending, not overlapping */
};

struct cohort_rules {
    enum cohort_period period;        /* of ages */
    enum cohort_period cohort_period; /* of cohorts: the same, or a longer one */
    enum cohort_window window;
    int week_start; /* 0: Monday (ISO) .. 6: Sunday */
    enum cohort_kind kind;
    struct cohort_bracket brackets[COHORT_BRACKETS];
    size_t bracket_count;
    bool recurring; /* not together with grouped or a rolling window */
    bool grouped;   /* cohorts by a value of the entry, not by period */
    /* With grouped: the values are numbers, cohorts their quantiles (2 .. 100); 0: the values as text. A value with b
     * of n below it is in quantile floor(b quantiles / n) + 1, so that equal ones are together; its name says what is
     * in it: "Q1: 0.5 to 12.99", and one that has nobody is not there. What is no number (decimal_parse()) is a cohort
     * of its own, named "", behind the others. */
    size_t quantiles;
    bool amounts, orders, order_ids; /* what the measure needs: rows have an amount; orders are counted, by id */
    int gap;                         /* of winbacks and survival, in ages; 1 or more */
    int32_t ages; /* cells only for ages below this, brackets that begin below it; 0: all. What is known of later ages
                     still counts in unbounded, in survival and within a bracket */
};

/* Whether customers and bits suffice: nothing but who was active in which calendar period is asked for. */
bool cohort_is_compact(const struct cohort_rules *rules, enum cohort_measure measure);

struct cohort_row {
    struct slice customer; /* any bytes; slices are copied where needed */
    uint64_t hash;         /* group_hash(customer) */
    int64_t time;          /* microseconds as moment_to_microseconds() gives them */
    int32_t day;           /* in the zone, or as written */
    int32_t hour;          /* of that day, 0 .. 23, in the zone */
    bool starts, returns;
    struct decimal amount; /* with rules.amounts */
    struct slice order;    /* with rules.order_ids; an empty one is an order of its own */
    struct slice group;    /* with rules.grouped; empty is a value too */
};

struct cohort; /* the state */

/* measure: what will be asked for. 0, or -1 out of memory. */
int cohort_new(struct cohort **cohort, const struct cohort_rules *rules, enum cohort_measure measure,
               struct error *err);
void cohort_free(struct cohort *cohort); /* NULL is fine */

/* Before the first row: order ids are hashed with this seed instead of that of the process, for a state that is written
 * and met by that of another process. Whoever knows the seed and chooses the ids can, with 2^32 hashes computed, make
 * two orders of a customer that are taken for one. */
#define COHORT_FIXED_SEED UINT64_C(0x636f)
void cohort_fix_hashes(struct cohort *cohort);

/* Adds rows in the order of the input, several at once (at most COHORT_ROWS), so that look-ups wait side by side;
 * cohort_prefetch() for each as soon as it is known makes it faster. -1: STATUS_SYSTEM, out of memory; STATUS_DATA,
 * more than 2^32 - 2 rows. The value of the group is that of the entry; of several starts at its moment the first
 * row's. In calendar windows the entry is in the period of the first start, whatever the times. Rows behind the
 * analysis date are the caller's to leave out. */
#define COHORT_ROWS 32
int cohort_add(struct cohort *cohort, const struct cohort_row *rows, size_t count, struct error *err);
void cohort_prefetch(const struct cohort *cohort, const struct cohort_row *row);

/* From now on the state takes no more than about so many bytes; 0: as many as there are. When it reaches them, and
 * whenever it does so again, it goes to a temporary file, and comes back in parts when the table is made: the table is
 * the same. A state with a limit is not to be merged. What one customer has must fit. */
void cohort_limit(struct cohort *cohort, size_t bytes);
/* After the last row: what went to temporary files. */
int cohort_settle(struct cohort *cohort, struct spill_account *account, struct error *err);

/* Adds all of from, made with the same rules, to into: consecutive parts of the input in their order give the state of
 * one pass. */
int cohort_merge(struct cohort *into, const struct cohort *from, struct error *err);

/* One cohort at one age (bracket). */
struct cohort_cell {
    uint64_t eligible; /* customers for which the age is complete */
    uint64_t active;   /* at this age (in this bracket), whatever the kind */
    uint64_t retained; /* of the kind asked for, of all customers */
    uint64_t retained_of_eligible;
    /* of customers eligible at this age: */
    uint64_t before, kept; /* retained at k - 1; of these retained at k */
    uint64_t away, back;   /* see winbacks */
    struct decimal_sum paid_before,
        paid_less; /* of those active at k - 1: their revenue then; what they pay less at k */
    /* of all customers: */
    struct decimal_sum revenue;
    uint64_t orders;
    /* survival: */
    uint64_t at_risk, lost;
    double share, low, high; /* S(k) and its limits */
    bool begun;              /* for some customer */
};

/* Money and orders of the customers eligible at this age, so that a rate or a mean per customer never compares
 * different customers. */
struct cohort_money {
    uint64_t active;
    uint64_t orders, first_orders, prior_orders;     /* at k, at 0, at k - 1 */
    struct decimal_sum revenue, first, prior, total; /* at k, at 0, at k - 1, at all of 0 .. k */
};

struct cohort_line {   /* one cohort */
    struct slice name; /* of a grouped one; "" otherwise. Borrowed from the table */
    int32_t index;     /* of its period; 0 when grouped */
    uint64_t size;
    uint64_t place;             /* ascends in the order of the first customers */
    struct cohort_cell *cells;  /* owned; table->ages of them; those not begun are all zero */
    struct cohort_money *money; /* owned; alike; NULL without amounts and orders */
};

struct cohort_table {
    /* Owned; only cohorts that have customers. By period ascending; grouped: in order of the first appearance of their
     * customers in the input, quantiles ascending. */
    struct cohort_line *lines;
    size_t count;
    size_t ages;                       /* columns: the largest age (bracket) that has begun for anybody, + 1 */
    int scale;                         /* of all sums of revenue: the largest seen */
    enum cohort_kind kind;             /* of the rules */
    uint64_t customers, never_started; /* in all; without any start: in no cohort */
    struct cohort_cell *all;           /* survival of all customers together, ages of them; else NULL. Owned */
    struct arena arena;
};

/* Works it all out as of the end of a day (day_end()): `end` in microseconds for moments without an offset, which
 * counts in rolling windows, `last_day`, which counts in calendar windows (to its last hour). z: for survival,
 * proportion_z(). The state stays as it is. STATUS_DATA: a sum that does not fit. After a failure there is nothing to
 * be freed. */
int cohort_table_init(struct cohort_table *table, struct cohort *cohort, int64_t end, int32_t last_day, double z,
                      struct error *err);
void cohort_table_fini(struct cohort_table *table);

struct cohort_rate {
    /* The measure itself. retention and customers: customers retained; revenue; orders; ltv, arpu: money per customer;
     * churn: customers lost since k - 1; revenue_churn: money lost; winbacks: customers won back; survival: customers
     * at risk. NAN: nothing. */
    double value;
    double rate;      /* NAN: none, as of ltv and arpu, or of nothing */
    double low, high; /* Wilson's limits where the rate is a share of customers (or of survival), else NAN */
    uint64_t eligible;
    bool complete; /* for every customer of the cohort */
};
enum cohort_base { COHORT_BASE_FIRST, COHORT_BASE_PREVIOUS };

/* Of one cell. Customers, orders and revenue as values are of all customers. Rates, ltv and arpu are those of eligible
 * customers where there are any, else of all; churn, revenue_churn and winbacks, which compare with the ages before,
 * are NAN where nobody is eligible. NAN throughout where the age has not begun. */
struct cohort_rate cohort_cell_rate(const struct cohort_table *table, const struct cohort_line *line, size_t age,
                                    enum cohort_measure measure, enum cohort_base base, double z);

/* The mean over cohorts, of those with eligible customers at this age; others are left out. Rates, ltv and arpu:
 * weighted (sum over sum, of eligible customers; survival: of all customers together) or simple (mean of the cells'
 * rates that are numbers, without limits). Other values: the mean of the cells' values either way. `eligible` is their
 * sum; complete: there is any such cohort. */
struct cohort_rate cohort_mean_rate(const struct cohort_table *table, size_t age, enum cohort_measure measure,
                                    enum cohort_base base, bool weighted, double z);

/* The name of a period of cohorts (rules->cohort_period): "2026-03-01T10", "2026-03-01", "2026-W09", "2026-03",
 * "2026-Q1", "2026"; weeks that do not begin on Monday by their first day. */
struct slice cohort_period_name(const struct cohort_rules *rules, int32_t index, char out[MOMENT_TEXT]);

#endif
