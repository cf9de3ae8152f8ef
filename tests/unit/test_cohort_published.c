/* Cohorts: published examples, and the published matrix of the UCI Online Retail data. */
#include "cohort_reading.h"

#include <stdlib.h>
#include <zlib.h>

#define DATA "../shared/data/online_retail/"

/* The table of the documentation of retention(): users 0 to 4 on the first day, 0 to 9 on the second, 0 to 14 on the
 * third; the sums for those of the first day are 5, 5, 5. */
static void clickhouse(void **state)
{
    struct cohort *cohort;
    struct error err;

    (void)state;
    assert_int_equal(cohort_new(&cohort, &daily, COHORT_RETENTION, &err), 0);
    for (int day = 1; day <= 3; day++)
        for (int user = 0; user < day * 5; user++) {
            char line[64];
            snprintf(line, sizeof line, "%d 2020-01-0%d", user, day);
            add_line(cohort, line);
        }
    struct cohort_table table = table_of(cohort, "2020-01-03");
    assert_int_equal(table.count, 3);
    assert_int_equal(table.ages, 3);
    assert_retained(&table, 0, (int[]){5, 5, 5}, 3);
    assert_retained(&table, 1, (int[]){5, 5, 0}, 3);
    assert_false(table.lines[1].cells[2].begun);
    cohort_table_fini(&table);
}

/* {"first": 10, "counts": [9, 7, 6]} */
static void mixpanel(void **state)
{
    const int counts[] = {10, 9, 7, 6};
    struct cohort *cohort;
    struct error err;

    (void)state;
    assert_int_equal(cohort_new(&cohort, &daily, COHORT_RETENTION, &err), 0);
    for (int day = 0; day < 4; day++)
        for (int user = 0; user < counts[day]; user++) {
            char line[64];
            snprintf(line, sizeof line, "%d 2012-01-0%d", day == 2 ? 9 - user : user, day + 1);
            add_line(cohort, line);
        }
    struct cohort_table table = table_of(cohort, "2012-01-04");
    assert_retained(&table, 0, counts, 4);
    assert_rate(cell_rate(&table, 0, 1, COHORT_RETENTION, COHORT_BASE_FIRST), .9);
    assert_rate(cell_rate(&table, 0, 2, COHORT_RETENTION, COHORT_BASE_PREVIOUS), 7 / 9.);
    /* Wilson's limits of 6 of 10 */
    struct cohort_rate rate = cohort_cell_rate(&table, &table.lines[0], 3, COHORT_RETENTION, COHORT_BASE_FIRST, Z);
    assert_true(fabs(rate.low - .3126738) < 1e-6 && fabs(rate.high - .8318197) < 1e-6);
    assert_true(rate.complete && rate.eligible == 10 && rate.value == 6);
    cohort_table_fini(&table);
}

/* PostHog, issue 13748: of three users one is back on day 1, one on day 5. */
static void posthog(void **state)
{
    const char *const lines[] = {"a 2023-01-01", "b 2023-01-01", "c 2023-01-01", "a 2023-01-02", "b 2023-01-06", NULL};
    struct cohort_rules rules = daily;

    (void)state;
    struct cohort_table table = table_of(cohort_of(&rules, COHORT_RETENTION, lines), "2023-01-07");
    assert_retained(&table, 0, (int[]){3, 1, 0, 0, 0, 1, 0}, 7);
    cohort_table_fini(&table);
    rules.kind = COHORT_UNBOUNDED;
    table = table_of(cohort_of(&rules, COHORT_RETENTION, lines), "2023-01-07");
    assert_retained(&table, 0, (int[]){3, 2, 1, 1, 1, 1, 0}, 7);
    assert_rate(cell_rate(&table, 0, 1, COHORT_RETENTION, COHORT_BASE_FIRST), 2 / 3.);
    assert_rate(cell_rate(&table, 0, 2, COHORT_RETENTION, COHORT_BASE_PREVIOUS), 1 / 2.);
    cohort_table_fini(&table);
    rules.kind = COHORT_FULL;
    table = table_of(cohort_of(&rules, COHORT_RETENTION, lines), "2023-01-07");
    assert_retained(&table, 0, (int[]){3, 1, 0, 0, 0, 0, 0}, 7);
    cohort_table_fini(&table);
    rules.kind = COHORT_BRACKET;
    rules.brackets[0] = (struct cohort_bracket){0, 0};
    rules.brackets[1] = (struct cohort_bracket){1, 3};
    rules.brackets[2] = (struct cohort_bracket){4, 7};
    rules.bracket_count = 3;
    table = table_of(cohort_of(&rules, COHORT_RETENTION, lines), "2023-01-07");
    assert_int_equal(table.ages, 3);
    assert_retained(&table, 0, (int[]){3, 1, 1}, 3);
    assert_int_equal(table.lines[0].cells[1].eligible, 3);
    assert_int_equal(table.lines[0].cells[2].eligible, 0); /* day 7 is still to come */
    cohort_table_fini(&table);
}

/* Signed up at 23:45, seen for the last time at 00:01. */
static void midnight(void **state)
{
    const char *const lines[] = {"a 2023-01-01T23:45", "a 2023-01-02T00:01", NULL};
    struct cohort_rules rules = daily;

    (void)state;
    struct cohort_table table = table_of(cohort_of(&rules, COHORT_RETENTION, lines), "2023-01-04");
    assert_retained(&table, 0, (int[]){1, 1, 0, 0}, 4);
    assert_int_equal(table.lines[0].cells[3].eligible, 1);
    cohort_table_fini(&table);
    rules.window = COHORT_ROLLING;
    table = table_of(cohort_of(&rules, COHORT_RETENTION, lines), "2023-01-04");
    assert_int_equal(table.ages, 4);
    assert_retained(&table, 0, (int[]){1, 0, 0, 0}, 4);
    assert_int_equal(table.lines[0].cells[2].eligible, 1);
    assert_int_equal(table.lines[0].cells[3].eligible, 0); /* it ends at 23:45 on the fifth */
    cohort_table_fini(&table);
}

/* Kaplan and Meier by days: remission of 21 patients given 6-MP (E. J. Freireich and others, Blood 21, 1963; E. L.
 * Kaplan and P. Meier's estimate is in every textbook). Each stands for a customer: an event at t is a last activity at
 * t - 1. */
static void survival_of_leukemia_patients(void **state)
{
    const int events[] = {6, 6, 6, 7, 10, 13, 16, 22, 23};
    const int censored[] = {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35};
    const struct {
        int time, at_risk, lost;
        double share, low, high;
    } expected[] = {{6, 21, 3, .857143, .619718, .951552},  {7, 17, 1, .806723, .563147, .922809},
                    {10, 15, 1, .752941, .503200, .889362}, {13, 12, 1, .690196, .431610, .849066},
                    {16, 11, 1, .627451, .367511, .804912}, {22, 7, 1, .537815, .267779, .746791},
                    {23, 6, 1, .448179, .188052, .680143}};
    struct cohort_rules rules = {.period = COHORT_DAY, .cohort_period = COHORT_YEAR, .gap = 1};
    const int end = day_from_civil(2023, 12, 31);
    struct cohort *cohort;
    struct error err;
    char date[MOMENT_TEXT];
    char line[64];

    (void)state;
    assert_int_equal(cohort_new(&cohort, &rules, COHORT_SURVIVAL, &err), 0);
    for (int i = 0; i < 21; i++) {
        int time = i < 9 ? events[i] : censored[i - 9];
        int last = i < 9 ? time - 1 : time;
        for (int age = 0; age <= last; age += last) {
            snprintf(line, sizeof line, "%d %.*s", i, SLICE_ARG(day_format(end - time + age, date)));
            add_line(cohort, line);
        }
    }
    struct cohort_table table = table_of(cohort, "2023-12-31");
    assert_int_equal(table.count, 1);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct cohort_cell *cell = &table.lines[0].cells[expected[i].time];
        struct cohort_rate mean =
            cohort_mean_rate(&table, (size_t)expected[i].time, COHORT_SURVIVAL, COHORT_BASE_FIRST, true, Z);
        assert_int_equal(cell->at_risk, expected[i].at_risk);
        assert_int_equal(cell->lost, expected[i].lost);
        assert_rate(cell->share, expected[i].share);
        assert_rate(cell->low, expected[i].low);
        assert_rate(cell->high, expected[i].high);
        assert_rate(mean.rate, expected[i].share);
        assert_rate(mean.low, expected[i].low);
    }
    assert_true(table.lines[0].cells[0].share == 1);
    cohort_table_fini(&table);
}

/* InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country; only a description has commas. */
static void add_invoice_line(struct cohort *cohort, char *line)
{
    char *fields[3]; /* from the end: customer, price, date */
    struct moment moment;
    struct error err;

    *strrchr(line, ',') = '\0';
    for (int i = 0; i < 3; i++) {
        char *comma = strrchr(line, ',');
        *comma = '\0';
        fields[i] = comma + 1;
    }
    if (!*fields[0])
        return;
    assert_true(moment_parse_iso(slice_from_cstr(fields[2]), &moment));
    struct cohort_row row = {.customer = slice_from_cstr(fields[0]),
                             .day = moment.day,
                             .time = moment_to_microseconds(&moment),
                             .starts = true,
                             .returns = true};
    row.hash = group_hash(row.customer);
    assert_int_equal(cohort_add(cohort, &row, 1, &err), 0);
}

static void online_retail(void **state)
{
    gzFile data = gzopen(DATA "online_retail.csv.gz", "rb");
    FILE *matrix = fopen(DATA "cohort_customers_cancellations_kept.csv", "r");
    struct cohort *cohort;
    struct error err;
    char line[1024];
    int cells = 0;

    (void)state;
    if (!data || !matrix) {
        print_message("no " DATA ", which is not part of the repository\n");
        skip();
    }
    assert_int_equal(cohort_new(&cohort, &monthly, COHORT_CUSTOMERS, &err), 0);
    assert_non_null(gzgets(data, line, sizeof line));
    while (gzgets(data, line, sizeof line))
        add_invoice_line(cohort, line);
    gzclose(data);
    struct cohort_table table = table_of(cohort, "2011-12-09");
    assert_int_equal(table.customers, 4372);
    assert_int_equal(table.count, 13);
    assert_int_equal(table.ages, 13);
    assert_non_null(fgets(line, sizeof line, matrix));
    for (size_t i = 0; i < 13; i++) {
        char name[MOMENT_TEXT];
        assert_non_null(fgets(line, sizeof line, matrix));
        line[strcspn(line, "\r\n")] = '\0';
        char *rest = line;
        assert_true(slice_equal_cstr(cohort_period_name(&monthly, table.lines[i].index, name), strsep(&rest, ",")));
        for (size_t k = 0; k < 13; k++, cells++) {
            const char *text = strsep(&rest, ",");
            assert_int_equal(table.lines[i].cells[k].begun, text && *text);
            if (text && *text)
                assert_int_equal(table.lines[i].cells[k].retained, atoi(text));
        }
    }
    assert_int_equal(cells, 169);
    fclose(matrix);
    cohort_table_fini(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clickhouse),
        cmocka_unit_test(mixpanel),
        cmocka_unit_test(posthog),
        cmocka_unit_test(midnight),
        cmocka_unit_test(survival_of_leukemia_patients),
        cmocka_unit_test(online_retail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
