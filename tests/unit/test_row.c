/* Rows: every kind of cell, how it is written, and that each has a place of its own. Expected texts of numbers are
 * those of Python's format(). */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stream/row.h"

static void assert_cell(const struct row *row, size_t index, enum field_kind kind, const char *text)
{
    assert_in_range(index, 0, row->count - 1);
    if (row->fields[index].kind != kind || !slice_equal_cstr(row->fields[index].text, text))
        fail_msg("cell %zu is '%.*s', not '%s'", index, SLICE_ARG(row->fields[index].text), text);
}

static void texts_are_borrowed_or_copied(void **state)
{
    static struct row row;
    char text[] = "abc", full[DECIMAL_TEXT];

    (void)state;
    memset(full, 'x', sizeof full);
    row.count = 0;
    row_text(&row, slice_from_cstr(text));
    row_copy(&row, slice_from_cstr(text));
    row_copy(&row, (struct slice){NULL, 0});
    row_copy(&row, (struct slice){full, sizeof full});
    row_null(&row);
    text[0] = 'x';
    assert_int_equal(row.count, 5);
    assert_cell(&row, 0, FIELD_TEXT, "xbc");
    assert_cell(&row, 1, FIELD_TEXT, "abc");
    assert_cell(&row, 2, FIELD_TEXT, "");
    assert_int_equal(row.fields[3].text.len, DECIMAL_TEXT);
    assert_memory_equal(row.fields[3].text.ptr, full, sizeof full);
    assert_cell(&row, 4, FIELD_NULL, "");
}

static void whole_numbers_and_decimals(void **state)
{
    static struct row row;
    (void)state;

    row.count = 0;
    row_count(&row, 0);
    row_count(&row, UINT64_MAX);
    row_decimal(&row, 12345, 2);
    row_decimal(&row, -5, 3);
    row_decimal(&row, 0, 2);
    assert_cell(&row, 0, FIELD_NUMBER, "0");
    assert_cell(&row, 1, FIELD_NUMBER, "18446744073709551615");
    assert_cell(&row, 2, FIELD_NUMBER, "123.45");
    assert_cell(&row, 3, FIELD_NUMBER, "-0.005");
    assert_cell(&row, 4, FIELD_NUMBER, "0.00");
}

static void real_numbers(void **state)
{
    static const struct {
        double value;
        int decimals;
        const char *text;
    } cases[] = {
        {0, 4, "0.0000"},
        {-0.0, 4, "0.0000"},
        {1 / 3., 4, "0.3333"},
        {2 / 3., 4, "0.6667"},
        {-2 / 3., 0, "-1"},
        {-0.4, 0, "0"},
        {-0.00004, 4, "0.0000"},
        {-0.00006, 4, "-0.0001"},
        {-10.00001, 4, "-10.0000"},
        {0.125, 2, "0.12"},
        {1e15, 9, "1000000000000000.000000000"},
        {-1e300, 4, "-1.0000000000000001e+300"},
        {DBL_MAX, 0, "1.7976931348623157e+308"},
        {1e58, 4, "9999999999999999438119489974413630815797154428513196965888.0000"},
    };
    static struct row row;

    (void)state;
    row.count = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        row_real(&row, cases[i].value, cases[i].decimals);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_cell(&row, i, FIELD_NUMBER, cases[i].text);
    row.count = 0;
    row_real(&row, NAN, 4);
    row_real(&row, INFINITY, 4);
    row_real(&row, -INFINITY, 0);
    for (size_t i = 0; i < 3; i++)
        assert_cell(&row, i, FIELD_NULL, "");
}

static void days_and_moments(void **state)
{
    static struct row row;
    const struct moment moment = moment_from_microseconds(1772348400250000, true);
    (void)state;

    row.count = 0;
    row_day(&row, 20513);
    row_day(&row, DAY_NONE);
    row_day(&row, DAY_MIN);
    row_day(&row, DAY_MAX);
    row_moment(&row, &moment);
    assert_cell(&row, 0, FIELD_TEXT, "2026-03-01");
    assert_cell(&row, 1, FIELD_NULL, "");
    assert_cell(&row, 2, FIELD_TEXT, "0001-01-01");
    assert_cell(&row, 3, FIELD_TEXT, "9999-12-31");
    assert_cell(&row, 4, FIELD_TEXT, "2026-03-01T07:00:00.25Z");
}

static void as_many_cells_as_there_is_room_for(void **state)
{
    static struct row row;
    char text[24];
    (void)state;

    for (int round = 0; round < 2; round++) {
        row.count = 0;
        for (uint64_t i = 0; i < ROW_COLUMNS; i++)
            row_count(&row, 1000000007 * i);
        assert_int_equal(row.count, ROW_COLUMNS);
        for (size_t i = 0; i < ROW_COLUMNS; i++) {
            snprintf(text, sizeof text, "%zu", 1000000007 * i);
            assert_cell(&row, i, FIELD_NUMBER, text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_borrowed_or_copied),
        cmocka_unit_test(whole_numbers_and_decimals),
        cmocka_unit_test(real_numbers),
        cmocka_unit_test(days_and_moments),
        cmocka_unit_test(as_many_cells_as_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
