/* Profiles of columns: counts against plain counting, the estimate within its error, and parts merged in any way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "analysis/column_profile.h"

static struct column_profile *new_profile(enum value_kind kind)
{
    struct column_profile *profile;
    struct error err;

    assert_int_equal(column_profile_new(&profile, kind, &err), 0);
    return profile;
}

static void add(struct column_profile *profile, const char *text)
{
    const struct field field = field_text(slice_from_cstr(text));

    assert_int_equal(column_profile_add(profile, &field), 0);
}

static void few_values_are_counted(void **state)
{
    struct column_profile *profile = new_profile(VALUE_TEXT);
    struct column_value values[3];
    bool exact;

    (void)state;
    for (int i = 0; i < 10; i++)
        add(profile, i % 5 == 0 ? "b" : i % 2 ? "a" : "");
    add(profile, "long one");
    add(profile, "c");
    assert_int_equal(profile->records, 12);
    assert_int_equal(profile->filled, 8); /* b twice, a four times (1 3 7 9), two more */
    assert_int_equal(profile->longest, 8);
    assert_int_equal(column_profile_distinct(profile, &exact), 4);
    assert_true(exact);
    assert_int_equal(column_profile_values(profile, values, 3), 3);
    assert_true(slice_equal_cstr(values[0].text, "a") && values[0].count == 4);
    assert_true(slice_equal_cstr(values[1].text, "b") && values[1].count == 2);
    assert_true(slice_equal_cstr(values[2].text, "c") && values[2].count == 1); /* before "long one" */
    column_profile_free(profile);
}

static void numbers_and_dates_have_ends(void **state)
{
    struct column_profile *amounts = new_profile(VALUE_AMOUNT);
    struct column_profile *dates = new_profile(VALUE_DATE);

    (void)state;
    add(amounts, "9.5");
    add(amounts, "-3");
    add(amounts, "10");
    add(amounts, "none");
    add(dates, "2026-01-02");
    add(dates, "2025-12-31T10:00:00");
    assert_true(slice_equal_cstr(buffer_slice(&amounts->least), "-3"));
    assert_true(slice_equal_cstr(buffer_slice(&amounts->greatest), "10"));
    assert_true(slice_equal_cstr(buffer_slice(&dates->least), "2025-12-31T10:00:00"));
    assert_true(slice_equal_cstr(buffer_slice(&dates->greatest), "2026-01-02"));
    column_profile_free(amounts);
    column_profile_free(dates);
}

/* count different values, each twice, dealt out to `parts` profiles that are then merged. */
static uint64_t count_in_parts(size_t count, size_t parts, bool *exact)
{
    struct column_profile *profiles[4];
    char text[32];

    for (size_t p = 0; p < parts; p++)
        profiles[p] = new_profile(VALUE_TEXT);
    for (size_t i = 0; i < 2 * count; i++) {
        snprintf(text, sizeof text, "value %zu", i % count);
        add(profiles[i % parts], text);
    }
    for (size_t p = 1; p < parts; p++) {
        assert_int_equal(column_profile_merge(profiles[0], profiles[p]), 0);
        column_profile_free(profiles[p]);
    }
    assert_int_equal(profiles[0]->filled, 2 * count);
    uint64_t distinct = column_profile_distinct(profiles[0], exact);
    column_profile_free(profiles[0]);
    return distinct;
}

static void parts_make_the_whole(void **state)
{
    static const size_t counts[] = {1, 999, 1000, 1001, 5000, 100000};

    (void)state;
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        bool exact;
        uint64_t whole = count_in_parts(counts[c], 1, &exact);
        assert_int_equal(exact, counts[c] <= COLUMN_VALUES);
        if (exact)
            assert_int_equal(whole, counts[c]);
        else /* five standard errors */
            assert_true(llabs((long long)whole - (long long)counts[c]) < (long long)((double)counts[c] * 5 * 0.01625));
        for (size_t parts = 2; parts <= 4; parts++) {
            bool also;
            assert_int_equal(count_in_parts(counts[c], parts, &also), whole);
            assert_int_equal(also, exact);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_values_are_counted),
        cmocka_unit_test(numbers_and_dates_have_ends),
        cmocka_unit_test(parts_make_the_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
