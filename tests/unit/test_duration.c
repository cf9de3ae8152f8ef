/* Durations: what is read, what is refused with which words, what is written; worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "value/duration.h"

#define SECOND MICROSECONDS_PER_SECOND
#define DAY MICROSECONDS_PER_DAY

static void durations_are_read(void **unused)
{
    static const struct {
        const char *text;
        int64_t expected;
    } cases[] = {
        {"14d", 14 * DAY},
        {"1h30m", 5400 * SECOND},
        {"1h30min", 5400 * SECOND},
        {"90s", 90 * SECOND},
        {"2w", 14 * DAY},
        {"1w2d3h4m5s6ms", 9 * DAY + 11045 * SECOND + 6000},
        {"500ms", 500000},
        {"0.001ms", 1},
        {"0.000001s", 1},
        {"0.000001000000000000000000s", 1},
        {"1.5d", 129600 * SECOND},
        {".5h", 1800 * SECOND},
        {"1.50h0.5m", 5430 * SECOND},
        {"0.1s", 100000},
        {"0s", 0},
        {"0w0ms", 0},
        {"00000000000000000000000000001d", DAY},
        {"25h", 90000 * SECOND},
        {"1d36h", 216000 * SECOND},
        {"3652425d", DURATION_MOST},
        {"3652424d24h", DURATION_MOST},
        {"315569520000s", DURATION_MOST},
        {"315569520000000ms", DURATION_MOST},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err;
        int64_t read = -1;

        assert_int_equal(duration_parse(slice_from_cstr(cases[i].text), &read, &err), 0);
        assert_true(read == cases[i].expected);
    }
}

#define UNITS " (the units are w, d, h, m or min, s, ms, without blanks)"
#define NEEDS " (a number needs a unit: w, d, h, m or min, s, ms)"
#define ORDER " (the larger unit comes first, and none twice)"
#define FINER " (finer than a microsecond)"
#define LONGER " (longer than 10,000 years)"

static void others_are_refused(void **unused)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {
        {"", ""},
        {"d", ""},
        {"abc", ""},
        {"-1d", ""},
        {"+1d", ""},
        {" 1d", ""},
        {"1..5d", ""},
        {"1.5.2d", ""},
        {".d", ""},
        {"14", NEEDS},
        {"0", NEEDS},
        {"1h30", NEEDS},
        {"3mo", UNITS},
        {"1y", UNITS},
        {"1 d", UNITS},
        {"1d ", UNITS},
        {"1h 30m", UNITS},
        {"14D", UNITS},
        {"14 days", UNITS},
        {"1,5d", UNITS},
        {"2025-01-31", UNITS},
        {"1e3s", UNITS},
        {"1d1d", ORDER},
        {"1m1min", ORDER},
        {"1m1h", ORDER},
        {"1ms1s", ORDER},
        {"0.0001ms", FINER},
        {"0.0000001s", FINER},
        {"0.123456789s", FINER},
        {"0.00000000000000000000000001d", FINER},
        {"1.00000000000000000000000001d", FINER},
        {"3652425d0.0001ms", FINER},
        {"3652426d", LONGER},
        {"3652425.00000001d", LONGER}, /* 864 microseconds more */
        {"3652425d1ms", LONGER},
        {"521776w", LONGER},
        {"9223372036854775807d", LONGER},
        {"9223372036854775808ms", LONGER},
        {"99999999999999999999999999999999.5ms", LONGER},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[256];
        struct error err = {0};
        int64_t read = -1;

        stpcpy(stpcpy(stpcpy(stpcpy(expected, "not a duration such as 14d, 12h or 1h30m: '"), cases[i].text), "'"),
               cases[i].reason);
        assert_int_equal(duration_parse(slice_from_cstr(cases[i].text), &read, &err), -1);
        assert_string_equal(err.text, expected);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_true(read == -1);
    }
}

static void a_nul_is_no_end(void **unused)
{
    struct error err;
    int64_t read;

    (void)unused;
    assert_int_equal(duration_parse((struct slice){"1d\0", 3}, &read, &err), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_read),
        cmocka_unit_test(others_are_refused),
        cmocka_unit_test(a_nul_is_no_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
