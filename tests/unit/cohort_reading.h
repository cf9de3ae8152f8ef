/* Cohorts of rows written as text, for tests. */
#ifndef CRM_TESTS_COHORT_READING_H
#define CRM_TESTS_COHORT_READING_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/cohort.h"

#define Z 1.959963984540054

static const struct cohort_rules monthly = {.period = COHORT_MONTH, .cohort_period = COHORT_MONTH, .gap = 1};
static const struct cohort_rules daily = {.period = COHORT_DAY, .cohort_period = COHORT_DAY, .gap = 1};

/* Rows: "customer moment" with what may follow: an amount, "start", "return", "=group", "#order". */

static struct cohort_row row_of(char *line)
{
    struct moment moment;
    char *rest = line;
    struct cohort_row row = {.customer = slice_from_cstr(strsep(&rest, " ")), .group = {"", 0}, .order = {"", 0}};
    const char *word = strsep(&rest, " ");

    assert_true(moment_parse_iso(slice_from_cstr(word), &moment));
    row.hash = group_hash(row.customer);
    row.day = moment.day;
    row.hour = moment.second / 3600;
    row.time = moment_to_microseconds(&moment);
    row.starts = row.returns = true;
    while ((word = strsep(&rest, " "))) {
        if (strcmp(word, "start") == 0)
            row.returns = false;
        else if (strcmp(word, "return") == 0)
            row.starts = false;
        else if (word[0] == '=')
            row.group = slice_from_cstr(word + 1);
        else if (word[0] == '#')
            row.order = slice_from_cstr(word + 1);
        else
            assert_int_equal(decimal_parse(slice_from_cstr(word), &row.amount), DECIMAL_OK);
    }
    return row;
}

static void add_line(struct cohort *cohort, const char *line)
{
    char text[128];
    struct error err;

    snprintf(text, sizeof text, "%s", line);
    struct cohort_row row = row_of(text);
    assert_int_equal(cohort_add(cohort, &row, 1, &err), 0);
}

static struct cohort *cohort_of(const struct cohort_rules *rules, enum cohort_measure measure, const char *const *lines)
{
    struct cohort *cohort;
    struct error err;

    assert_int_equal(cohort_new(&cohort, rules, measure, &err), 0);
    for (; *lines; lines++)
        add_line(cohort, *lines);
    return cohort;
}

static struct cohort_table table_of(struct cohort *cohort, const char *last_day)
{
    struct cohort_table table;
    struct moment moment;
    struct time_zone zone = {0};
    struct error err;

    assert_true(moment_parse_iso(slice_from_cstr(last_day), &moment));
    assert_int_equal(cohort_table_init(&table, cohort, day_end(moment.day, false, &zone), moment.day, Z, &err), 0);
    cohort_free(cohort);
    return table;
}

static void assert_retained(const struct cohort_table *table, size_t line, const int *expected, size_t count)
{
    for (size_t k = 0; k < count; k++)
        assert_int_equal(table->lines[line].cells[k].retained, expected[k]);
}

static void assert_rate(double rate, double expected)
{
    if (isnan(expected))
        assert_true(isnan(rate));
    else
        assert_true(fabs(rate - expected) < 5e-7);
}

static double cell_rate(const struct cohort_table *table, size_t line, size_t age, enum cohort_measure measure,
                        enum cohort_base base)
{
    return cohort_cell_rate(table, &table->lines[line], age, measure, base, Z).rate;
}

#endif
