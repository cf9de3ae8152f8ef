/* Tables that fit a terminal: widths, folded names, parts, and when records are set upright. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "stream/table_fit.h"

static void assert_slice(struct slice found, const char *expected)
{
    assert_int_equal(found.len, strlen(expected));
    assert_memory_equal(found.ptr, expected, found.len);
}

/* Columns with names and the widths of their cells. */
static size_t make(struct table_column *columns, const char *const *names, const size_t *widths)
{
    size_t count = 0;

    for (; names[count]; count++)
        columns[count] = (struct table_column){
            .name = slice_from_cstr(names[count]),
            .name_width = strlen(names[count]),
            .cell_width = widths[count],
        };
    return count;
}

static const char *const report[] = {"segment", "customers", "customer_share", "median_recency_days", NULL};
static const size_t report_cells[] = {18, 3, 6, 5};

static void a_table_that_fits_stays(void **state)
{
    struct table_column columns[4];
    size_t count = make(columns, report, report_cells);

    (void)state;
    assert_int_equal(table_fit(columns, count, 10, 0), TABLE_ROWS);
    assert_int_equal(columns[3].width, 19);
    /* 18 + 9 + 14 + 19 and three gaps */
    assert_int_equal(table_fit(columns, count, 10, 66), TABLE_ROWS);
    assert_int_equal(columns[2].width, 14);
}

static void names_are_folded_first(void **state)
{
    struct table_column columns[4];
    size_t count = make(columns, report, report_cells);
    bool lead;

    (void)state;
    assert_int_equal(table_fit(columns, count, 1000, 65), TABLE_ROWS);
    assert_int_equal(columns[1].width, 9);
    assert_int_equal(columns[2].width, 9); /* customer_ */
    assert_int_equal(columns[3].width, 8); /* recency_ */
    assert_int_equal(table_part_end(columns, count, 0, 65, &lead), 4);
    assert_false(lead);
    assert_int_equal(table_fit(columns, count, 1000, 18 + 9 + 9 + 8 + 6), TABLE_ROWS);
}

static void a_name_is_folded_behind_its_signs(void **state)
{
    struct slice name = SLICE("median_recency_days");

    (void)state;
    assert_slice(table_fold(&name, 8), "median_");
    assert_slice(table_fold(&name, 8), "recency_");
    assert_slice(table_fold(&name, 8), "days");
    assert_int_equal(name.len, 0);
    name = SLICE("median_recency_days");
    assert_slice(table_fold(&name, 18), "median_recency_");
    assert_slice(table_fold(&name, 18), "days");
    name = SLICE("a b-c__d");
    assert_slice(table_fold(&name, 3), "a ");
    assert_slice(table_fold(&name, 3), "b-");
    assert_slice(table_fold(&name, 3), "c__");
    assert_slice(table_fold(&name, 3), "d");
    name = SLICE("unbreakable");
    assert_slice(table_fold(&name, 3), "unbreakable");
    name = SLICE("日_期");
    assert_slice(table_fold(&name, 3), "日_");
    assert_slice(table_fold(&name, 3), "期");
    name = SLICE("");
    assert_slice(table_fold(&name, 3), "");
}

static void columns_stand_in_parts(void **state)
{
    struct table_column columns[4];
    size_t count = make(columns, report, report_cells);
    bool lead;

    (void)state;
    assert_int_equal(table_fit(columns, count, 59, 40), TABLE_ROWS);
    assert_int_equal(table_part_end(columns, count, 0, 40, &lead), 3);
    assert_false(lead);
    assert_int_equal(table_part_end(columns, count, 3, 40, &lead), 4);
    assert_true(lead);
    assert_int_equal(table_fit(columns, count, 60, 40), TABLE_UPRIGHT);
    assert_int_equal(table_fit(columns, count, 0, 40), TABLE_ROWS);
    /* each column needs a part of its own: 4 */
    assert_int_equal(table_fit(columns, count, 1, 20), TABLE_UPRIGHT);
}

static void what_does_not_fit_alone_stands_alone(void **state)
{
    static const char *const names[] = {"a", "b", NULL};
    static const size_t widths[] = {100, 100};
    struct table_column columns[2];
    size_t count = make(columns, names, widths);
    bool lead;

    (void)state;
    assert_int_equal(table_fit(columns, count, 5, 30), TABLE_ROWS);
    assert_int_equal(table_part_end(columns, count, 0, 30, &lead), 1);
    assert_int_equal(table_part_end(columns, count, 1, 30, &lead), 2);
    assert_int_equal(table_fit(columns, 1, 500, 30), TABLE_ROWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_that_fits_stays),
        cmocka_unit_test(names_are_folded_first),
        cmocka_unit_test(a_name_is_folded_behind_its_signs),
        cmocka_unit_test(columns_stand_in_parts),
        cmocka_unit_test(what_does_not_fit_alone_stands_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
