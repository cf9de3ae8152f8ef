/* Doubles as text: what is read against the C library; what is written against jq 1.6 and by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/double.h"
#include "random.h"

static void check_number(const char *text)
{
    double number;
    double again;
    char out[DOUBLE_TEXT];
    const double wanted = strtod(text, NULL);

    if (!double_from_text(slice_from_cstr(text), &number))
        fail_msg("%s is a number", text);
    if (number != wanted)
        fail_msg("%s: %.17g, not %.17g", text, number, wanted);
    if (wanted != wanted * 0.5 || wanted == 0) {
        size_t length = double_to_text(number, out);
        assert_true(length < DOUBLE_TEXT);
        assert_true(double_from_text((struct slice){out, length}, &again));
        assert_true(again == number);
    }
}

static void reads_numbers_as_the_c_library(void **state)
{
    static const char *const hard[] = {
        "9007199254740993",
        "72057594037927945",
        "1e22",
        "1e23",
        "123456789012345e22",
        "123456789012345e-22",
        "4.35",
        "0.1",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "5e-324",
        "1.7976931348623157e308",
        "00000000000001",
        "0.000000000000000000000000000000000000000000000000001",
        "-0",
        "-0.0",
        "-.5",
        "5.",
        "0e999999999",
        "1e-999999999",
        "100000000000000000000000000000000000000000000000000000000000000000000000000e-70",
        "999999999999999",
        "99999999999999.9",
        "-99999999999999",
        "9999999999999999",
    };
    uint64_t seed = 88172645463325252U;
    char text[1200];

    (void)state;
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++)
        check_number(hard[i]);
    for (int i = 0; i < 30000; i++) {
        uint64_t bits = next_random(&seed);
        double number;
        memcpy(&number, &bits, sizeof number);
        if (number - number != 0)
            continue;
        snprintf(text, sizeof text, "%.*e", (int)(bits % 18), number);
        check_number(text);
        snprintf(text, sizeof text, "%s%llu.%0*llu", bits & 1 ? "-" : "", (unsigned long long)(bits >> (bits % 64)),
                 (int)(bits % 12), (unsigned long long)(bits % 1000));
        check_number(text);
    }
    /* half way between two doubles, and a digit far behind decides */
    memset(text, '0', sizeof text);
    memcpy(text, "9007199254740993.", 17);
    text[1150] = '\0';
    check_number(text);
    text[1100] = '1';
    check_number(text);
}

static void refuses_other_numbers(void **state)
{
    static const char *const none[] = {"",    " ",     "-",    "+",   ".",     "-.",     "e5",    "1e",
                                       "1e+", "1 2",   "0x10", "--1", "1.2.3", "1,5",    "1_000", "nan",
                                       "inf", "1e5.5", "12a",  "- 5", "1-2",   "\u00a05"};
    double number;

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (double_from_text(slice_from_cstr(none[i]), &number))
            fail_msg("'%s' is no number", none[i]);
}

/* The digits are those of Python's repr(). */
static void writes_the_fewest_digits(void **state)
{
    static const struct {
        double number;
        const char *general, *scientific;
    } all[] = {
        {0.1, "0.1", "1.00000000000000e-01"},
        {0.1 + 0.2, "0.30000000000000004", "3.0000000000000004e-01"},
        {1. / 3, "0.3333333333333333", "3.333333333333333e-01"},
        {1e6, "1000000", "1.00000000000000e+06"},
        {1e15, "1e+15", "1.00000000000000e+15"},
        {1234567890123456, "1234567890123456", "1.234567890123456e+15"},
        {-2.5, "-2.5", "-2.50000000000000e+00"},
        {5e-324, "5e-324", "5e-324"},
        {2.2250738585072014e-308, "2.2250738585072014e-308", "2.2250738585072014e-308"},
        {1.7976931348623157e308, "1.7976931348623157e+308", "1.7976931348623157e+308"},
        {0, "0", "0e+00"},
        {-0., "-0", "-0e+00"},
    };
    char text[DOUBLE_TEXT];
    (void)state;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_int_equal(double_shortest(all[i].number, false, text), strlen(all[i].general));
        assert_string_equal(text, all[i].general);
        assert_int_equal(double_shortest(all[i].number, true, text), strlen(all[i].scientific));
        assert_string_equal(text, all[i].scientific);
    }
}

/* printf '1e6 ...' | jq . */
static void writes_numbers_as_jq(void **state)
{
    static const struct {
        double number;
        const char *text;
    } all[] = {{1e6, "1000000"}, {1e15, "1000000000000000"}, {1e16, "1e+16"},
               {1e-5, "1e-05"},  {0.001, "0.001"},           {-0., "-0"}};
    char text[DOUBLE_TEXT];
    (void)state;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const size_t length = double_to_text(all[i].number, text);

        assert_memory_equal(text, all[i].text, length);
        assert_int_equal(length, strlen(all[i].text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers_as_the_c_library),
        cmocka_unit_test(refuses_other_numbers),
        cmocka_unit_test(writes_the_fewest_digits),
        cmocka_unit_test(writes_numbers_as_jq),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
