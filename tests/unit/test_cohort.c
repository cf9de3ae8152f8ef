/* Cohorts: examples worked by hand, names of periods, and memory that runs short. */
#include "cohort_reading.h"

#include "short_memory.h"

static double cell_value(const struct cohort_table *table, size_t line, size_t age, enum cohort_measure measure)
{
    return cohort_cell_rate(table, &table->lines[line], age, measure, COHORT_BASE_FIRST, Z).value;
}

/* The start counts at age 0 whether or not there is a return; returns before it do not count, nor do further starts. */
static void starts_and_returns_differ(void **state)
{
    const char *const lines[] = {"a 2026-01-20 start",  "a 2026-02-03 return", "b 2026-01-05 return",
                                 "b 2026-02-11 start",  "b 2026-03-01 start",  "b 2026-04-01 return",
                                 "c 2026-02-01 return", "a 2026-02-04 return", NULL};
    struct cohort_rules rules = monthly;

    (void)state;
    struct cohort_table table = table_of(cohort_of(&rules, COHORT_RETENTION, lines), "2026-04-15");
    assert_int_equal(table.customers, 3);
    assert_int_equal(table.never_started, 1);
    assert_int_equal(table.count, 2);
    assert_int_equal(table.ages, 4);
    assert_retained(&table, 0, (int[]){1, 1, 0, 0}, 4);
    assert_retained(&table, 1, (int[]){1, 0, 1}, 3);
    assert_int_equal(table.lines[0].cells[2].eligible, 1);
    assert_int_equal(table.lines[0].cells[3].eligible, 0); /* April is not over */
    assert_true(table.lines[0].cells[3].begun && !table.lines[1].cells[3].begun);
    cohort_table_fini(&table);
    rules.recurring = true; /* b is of February and of March */
    table = table_of(cohort_of(&rules, COHORT_RETENTION, lines), "2026-04-30");
    assert_int_equal(table.count, 3);
    assert_retained(&table, 1, (int[]){1, 0, 1}, 3);
    assert_retained(&table, 2, (int[]){1, 1}, 2);
    assert_int_equal(table.lines[2].cells[1].eligible, 1);
    cohort_table_fini(&table);
}

static const char *const purchases[] = {
    "a 2026-01-03 100 #1", "a 2026-01-03 20.5 #1", "b 2026-01-09 80 #2", "a 2026-02-01 60 #3",  "b 2026-03-01 90 #4",
    "b 2026-03-02 10 #",   "c 2026-02-10 40 #5",   "c 2026-03-20 50 #6", "c 2026-02-10 -10 #7", NULL};

/* January: a and b pay 200.5, then a 60, then b 100. February: c pays 30, then 50. March is over. */
static void money(void **state)
{
    struct cohort_rules rules = monthly;

    (void)state;
    rules.amounts = true;
    struct cohort_table table = table_of(cohort_of(&rules, COHORT_REVENUE, purchases), "2026-03-31");
    assert_int_equal(table.scale, 1);
    assert_true(table.lines[0].cells[0].revenue.units == 2005 && table.lines[0].cells[0].revenue.scale == 1);
    assert_rate(cell_rate(&table, 0, 1, COHORT_REVENUE, COHORT_BASE_FIRST), 60 / 200.5);
    assert_rate(cell_rate(&table, 0, 2, COHORT_REVENUE, COHORT_BASE_PREVIOUS), 100 / 60.);
    assert_rate(cell_rate(&table, 1, 1, COHORT_REVENUE, COHORT_BASE_FIRST), 50 / 30.);
    assert_rate(cell_value(&table, 0, 2, COHORT_LTV), 360.5 / 2);
    assert_rate(cell_value(&table, 0, 1, COHORT_ARPU), 60);
    assert_rate(cell_value(&table, 0, 1, COHORT_REVENUE_CHURN), 60.5 + 80);
    assert_rate(cell_rate(&table, 0, 1, COHORT_REVENUE_CHURN, COHORT_BASE_FIRST), 140.5 / 200.5);
    assert_rate(cell_rate(&table, 1, 1, COHORT_REVENUE_CHURN, COHORT_BASE_FIRST), 0);
    assert_rate(cell_rate(&table, 0, 0, COHORT_REVENUE_CHURN, COHORT_BASE_FIRST), NAN);
    /* over both cohorts: of three customers 230.5, then 110; ltv at age 1 is 340.5 / 3, or (130.25 + 80) / 2 */
    assert_rate(cohort_mean_rate(&table, 1, COHORT_REVENUE, COHORT_BASE_FIRST, true, Z).rate, 110 / 230.5);
    assert_rate(cohort_mean_rate(&table, 1, COHORT_REVENUE, COHORT_BASE_FIRST, true, Z).value, 55);
    assert_rate(cohort_mean_rate(&table, 1, COHORT_LTV, COHORT_BASE_FIRST, true, Z).value, 340.5 / 3);
    assert_rate(cohort_mean_rate(&table, 1, COHORT_LTV, COHORT_BASE_FIRST, false, Z).value, (130.25 + 80) / 2);
    cohort_table_fini(&table);
}

static void orders(void **state)
{
    struct cohort_rules rules = monthly;

    (void)state;
    rules.orders = true;
    struct cohort_table table = table_of(cohort_of(&rules, COHORT_ORDERS, purchases), "2026-03-31");
    assert_int_equal(table.lines[0].cells[0].orders, 3);
    cohort_table_fini(&table);
    rules.order_ids = true;
    table = table_of(cohort_of(&rules, COHORT_ORDERS, purchases), "2026-03-31");
    assert_int_equal(table.lines[0].cells[0].orders, 2);
    assert_int_equal(table.lines[0].cells[2].orders, 2); /* one without id */
    assert_rate(cell_rate(&table, 0, 1, COHORT_ORDERS, COHORT_BASE_FIRST), .5);
    cohort_table_fini(&table);
}

/* By source, as of the middle of March: a's second month is complete, b's too, c's not. */
static void groups_and_quantiles(void **state)
{
    const char *const lines[] = {"a 2026-01-03 10 =web",
                                 "b 2026-01-20 10 =shop",
                                 "b 2026-01-19 20 =web",
                                 "c 2026-03-01 30 =web",
                                 "d 2026-02-01 5 =shop",
                                 "a 2026-02-02 40 =shop",
                                 NULL};
    const char *const numbers[] = {"a 2026-01-03 =5", "b 2026-01-03 =7.50", "c 2026-01-03 =7.5",
                                   "d 2026-01-03 =",  "e 2026-01-03 =20",   NULL};
    struct cohort_rules rules = monthly;

    (void)state;
    rules.grouped = rules.amounts = true;
    struct cohort_table table = table_of(cohort_of(&rules, COHORT_LTV, lines), "2026-03-15");
    assert_int_equal(table.count, 2);
    assert_true(slice_equal_cstr(table.lines[0].name, "web") && table.lines[0].size == 3);
    assert_true(slice_equal_cstr(table.lines[1].name, "shop") && table.lines[1].size == 1);
    assert_int_equal(table.lines[0].cells[1].eligible, 2);
    assert_rate(cell_value(&table, 0, 1, COHORT_LTV), (10 + 20 + 10 + 40) / 2.); /* without c's 30 */
    struct cohort_rate rate = cohort_cell_rate(&table, &table.lines[0], 1, COHORT_RETENTION, COHORT_BASE_FIRST, Z);
    assert_true(!rate.complete && rate.eligible == 2 && rate.rate == .5);
    cohort_table_fini(&table);
    rules.amounts = false;
    rules.quantiles = 2; /* of 5, 7.5, 7.5, 20: below the second and the third is one of four */
    table = table_of(cohort_of(&rules, COHORT_RETENTION, numbers), "2026-03-15");
    assert_int_equal(table.count, 3);
    assert_true(slice_equal_cstr(table.lines[0].name, "Q1: 5 to 7.5") && table.lines[0].size == 3);
    assert_true(slice_equal_cstr(table.lines[1].name, "Q2: 20") && table.lines[1].size == 1);
    assert_true(slice_equal_cstr(table.lines[2].name, "") && table.lines[2].size == 1);
    cohort_table_fini(&table);
}

/* Active in months 0, 1 and 4: with a gap of two, away in 4 and back. */
static void churn_and_winbacks(void **state)
{
    const char *const lines[] = {"a 2026-01-03", "a 2026-02-03", "a 2026-05-03", "b 2026-01-03", NULL};
    struct cohort_rules rules = monthly;

    (void)state;
    rules.gap = 2;
    struct cohort_table table = table_of(cohort_of(&rules, COHORT_WINBACKS, lines), "2026-06-30");
    assert_rate(cell_rate(&table, 0, 2, COHORT_WINBACKS, COHORT_BASE_FIRST), NAN);
    assert_rate(cell_rate(&table, 0, 3, COHORT_WINBACKS, COHORT_BASE_FIRST), 0); /* of b */
    assert_rate(cell_rate(&table, 0, 4, COHORT_WINBACKS, COHORT_BASE_FIRST), .5);
    assert_rate(cell_rate(&table, 0, 5, COHORT_WINBACKS, COHORT_BASE_FIRST), 0);
    assert_rate(cell_rate(&table, 0, 1, COHORT_CHURN, COHORT_BASE_FIRST), .5);
    assert_rate(cell_rate(&table, 0, 2, COHORT_CHURN, COHORT_BASE_FIRST), 1);
    assert_rate(cell_rate(&table, 0, 3, COHORT_CHURN, COHORT_BASE_FIRST), NAN);
    cohort_table_fini(&table);
}

/* Moments with an offset may lie behind an end that is meant for those without: they have an age that has begun, but is
 * not complete. */
static void activity_behind_the_end(void **state)
{
    const char *const lines[] = {"a 2026-01-01", "a 2026-01-05", NULL};
    struct cohort_rules rules = daily;

    (void)state;
    for (int rolling = 0; rolling < 2; rolling++) {
        rules.window = rolling ? COHORT_ROLLING : COHORT_CALENDAR;
        struct cohort_table table = table_of(cohort_of(&rules, COHORT_RETENTION, lines), "2026-01-03");
        assert_int_equal(table.ages, 5);
        assert_retained(&table, 0, (int[]){1, 0, 0, 0, 1}, 5);
        assert_int_equal(table.lines[0].cells[2].eligible, 1);
        assert_int_equal(table.lines[0].cells[3].eligible, 0);
        cohort_table_fini(&table);
    }
}

/* One moment, written on two days: the cohort is of the earlier, the group that of the first row. */
static void starts_at_one_moment(void **state)
{
    struct cohort_rules rules = {.period = COHORT_DAY, .cohort_period = COHORT_MONTH, .window = COHORT_ROLLING};

    (void)state;
    for (int grouped = 0; grouped < 2; grouped++) {
        struct cohort *cohort;
        struct error err;
        rules.grouped = grouped;
        assert_int_equal(cohort_new(&cohort, &rules, COHORT_RETENTION, &err), 0);
        struct cohort_row rows[] = {
            {.day = day_from_civil(2026, 3, 1), .group = SLICE("first")},
            {.day = day_from_civil(2026, 2, 28), .group = SLICE("second")},
        };
        for (size_t i = 0; i < 2; i++) {
            rows[i].customer = SLICE("a");
            rows[i].hash = group_hash(rows[i].customer);
            rows[i].time = day_from_civil(2026, 3, 1) * INT64_C(86400000000);
            rows[i].starts = true;
        }
        assert_int_equal(cohort_add(cohort, rows, 2, &err), 0);
        struct cohort_table table = table_of(cohort, "2026-03-15");
        assert_int_equal(table.count, 1);
        if (grouped)
            assert_true(slice_equal_cstr(table.lines[0].name, "first"));
        else
            assert_int_equal(table.lines[0].index, 2026 * 12 + 1);
        cohort_table_fini(&table);
    }
}

static void period_names(void **state)
{
    const struct {
        enum cohort_period period;
        int week_start;
        int32_t index;
        const char *name;
    } expected[] = {
        {COHORT_HOUR, 0, 20513 * 24 + 10, "2026-03-01T10"}, /* a Sunday */
        {COHORT_HOUR, 0, -1, "1969-12-31T23"},
        {COHORT_DAY, 0, 20513, "2026-03-01"},
        {COHORT_WEEK, 0, (20513 + 3) / 7, "2026-W09"},
        {COHORT_WEEK, 6, (20513 + 3 - 6) / 7, "2026-03-01"},
        {COHORT_MONTH, 0, 2026 * 12 + 2, "2026-03"},
        {COHORT_QUARTER, 0, 2026 * 4, "2026-Q1"},
        {COHORT_YEAR, 0, 2026, "2026"},
    };
    char text[MOMENT_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct cohort_rules rules = {.cohort_period = expected[i].period, .week_start = expected[i].week_start};
        assert_true(slice_equal_cstr(cohort_period_name(&rules, expected[i].index, text), expected[i].name));
    }
}

static int all_of_it(const struct cohort_rules *rules, enum cohort_measure measure, struct error *err)
{
    struct cohort *cohort = NULL;
    struct cohort *second = NULL;
    struct cohort_table table;
    int result = cohort_new(&cohort, rules, measure, err) || cohort_new(&second, rules, measure, err) ? -1 : 0;

    for (int i = 0; i < 12 && result == 0; i++) {
        struct cohort_row row = {.customer = slice_from_cstr(i % 3 ? "one with a long name" : "b"),
                                 .day = 20000 + i * 1500, /* further words */
                                 .time = (20000 + i * 1500) * INT64_C(86400000000),
                                 .starts = true,
                                 .returns = true,
                                 .order = slice_from_cstr(i % 2 ? "1" : ""),
                                 .group = slice_from_cstr(i % 2 ? "1" : "x")};
        row.hash = group_hash(row.customer);
        result = cohort_add(i % 2 ? cohort : second, &row, 1, err);
    }
    if (result == 0)
        result = cohort_merge(cohort, second, err);
    if (result == 0) {
        result = cohort_table_init(&table, cohort, 40000 * INT64_C(86400000000), 40000 - 1, Z, err);
        if (result == 0)
            cohort_table_fini(&table);
    }
    cohort_free(cohort);
    cohort_free(second);
    return result;
}

static void survives_short_memory(void **state)
{
    struct cohort_rules rules[] = {monthly, monthly, monthly, daily, monthly};
    const enum cohort_measure measures[] = {COHORT_RETENTION, COHORT_SURVIVAL, COHORT_LTV, COHORT_ORDERS,
                                            COHORT_SURVIVAL};

    (void)state;
    rules[1].recurring = true;
    rules[2].amounts = rules[2].grouped = true;
    rules[2].quantiles = 2;
    rules[3].orders = rules[3].order_ids = true;
    rules[3].window = COHORT_ROLLING;
    rules[3].ages = 40;
    rules[4].grouped = true;
    const long live = memory_live;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        for (long left = 0;; left++) {
            struct error err = {.status = STATUS_OK};
            memory_limit(left, left % 2);
            int result = all_of_it(&rules[i], measures[i], &err);
            memory_limit(-1, false);
            assert_int_equal(memory_live, live);
            if (!memory_reached) {
                assert_int_equal(result, 0);
                break;
            }
            assert_true(result == 0 || err.status == STATUS_SYSTEM);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_and_returns_differ),
        cmocka_unit_test(money),
        cmocka_unit_test(orders),
        cmocka_unit_test(groups_and_quantiles),
        cmocka_unit_test(churn_and_winbacks),
        cmocka_unit_test(activity_behind_the_end),
        cmocka_unit_test(starts_at_one_moment),
        cmocka_unit_test(period_names),
        cmocka_unit_test(survives_short_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
