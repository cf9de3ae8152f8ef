/* Formulas: what is disarmed and what is left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/formula.h"

static void formulas_are_recognised(void **state)
{
    static const char *const cells[] = {
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "-",
        "+",
        "+a",
        "-1-1",
        "+49 30 123",
        "-1e",
        "-1e+",
        "-1.",
        "--1",
        "-=1",
        "-1,",
        "=",
        "-5%%",
        "\xef\xbc\x9d\x31",
        "\xef\xbc\x8b\x31",
        "\xef\xbc\x8d\x31",
        "\xef\xbc\xa0\x61",
    };

    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (!formula_like(slice_from_cstr(cells[i])))
            fail_msg("'%s' is not recognised", cells[i]);
}

static void numbers_and_text_are_left_alone(void **state)
{
    static const char *const cells[] = {
        "",    "1",   "-1",     "+493012345678", "-12.50",           "-1.234,50", "-1,234.50", "-1e5", "+1.5E-3", "-5%",
        "a=b", " =1", "x@y.de", "1-1",           "\xe2\x88\x92\x31", "-.5",       "-,5",       "0x1",  "'=1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (formula_like(slice_from_cstr(cells[i])))
            fail_msg("'%s' is taken for a formula", cells[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_are_recognised),
        cmocka_unit_test(numbers_and_text_are_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
