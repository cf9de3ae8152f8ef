/* Exchange rates: reading them, and products counted by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "folder.h"
#include "stream/rates.h"

static int read_text(struct rates *rates, const char *text, const char *target, struct error *err)
{
    struct folder folder;

    folder_make(&folder);
    file_put(folder_file(&folder, "rates.csv"), text);
    rates_init(rates);
    int result = rates_read(rates, folder_file(&folder, "rates.csv"), slice_from_cstr(target), err);
    if (result)
        memmove(err->text, err->text + strlen(folder.path) + 1, strlen(err->text) - strlen(folder.path));
    folder_remove(&folder);
    return result;
}

static void assert_converted(const struct rates *rates, const char *currency, const char *amount, const char *wanted)
{
    struct decimal value;
    char text[DECIMAL_TEXT];

    assert_int_equal(decimal_parse(slice_from_cstr(amount), &value), DECIMAL_OK);
    assert_int_equal(rates_convert(rates, slice_from_cstr(currency), &value), RATES_CONVERTED);
    struct slice got = decimal_format(value.units, value.scale, text);
    if (!slice_equal_cstr(got, wanted))
        fail_msg("%s %s: %.*s, not %s", amount, currency, SLICE_ARG(got), wanted);
}

static void converts_exactly(void **state)
{
    struct rates rates;
    struct error err;
    struct decimal value = {100, 2};
    (void)state;

    assert_int_equal(read_text(&rates, "currency,rate\nUSD,0.9\nJPY,0.00615\nGBP,1.15\nBHD,2\nEUR,1.00\n", "EUR", &err),
                     0);
    assert_converted(&rates, "EUR", "12.345", "12.345");
    assert_converted(&rates, "EUR", "7", "7");
    assert_converted(&rates, "USD", "10", "9.0");
    assert_converted(&rates, "USD", "0.01", "0.01");   /* 0.009, up */
    assert_converted(&rates, "USD", "-0.01", "-0.01"); /* and away from zero */
    assert_converted(&rates, "USD", "0.05", "0.05");   /* 0.045: a half goes away from zero */
    assert_converted(&rates, "USD", "-0.05", "-0.05");
    assert_converted(&rates, "JPY", "1000", "6.15");
    assert_converted(&rates, "JPY", "1", "0.01");      /* 0.00615 */
    assert_converted(&rates, "GBP", "1.005", "1.156"); /* 1.15575: as many decimals as the amount has */
    assert_converted(&rates, "BHD", "1.234", "2.468");
    assert_converted(&rates, "BHD", "0", "0");
    assert_int_equal(rates_convert(&rates, SLICE("usd"), &value), RATES_UNKNOWN);
    assert_int_equal(rates_convert(&rates, SLICE(""), &value), RATES_UNKNOWN);
    value = (struct decimal){INT64_MAX, 0};
    assert_int_equal(rates_convert(&rates, SLICE("BHD"), &value), RATES_TOO_LARGE);
    assert_true(value.units == INT64_MAX);
    value = (struct decimal){INT64_MIN, 0};
    assert_int_equal(rates_convert(&rates, SLICE("BHD"), &value), RATES_TOO_LARGE);
    value = (struct decimal){INT64_MAX, 0};
    assert_int_equal(rates_convert(&rates, SLICE("EUR"), &value), RATES_CONVERTED);
    assert_true(value.units == INT64_MAX);
    rates_fini(&rates);
}

static void the_target_needs_no_record(void **state)
{
    struct rates rates;
    struct error err;
    (void)state;

    assert_int_equal(read_text(&rates, "", "EUR", &err), 0);
    assert_converted(&rates, "EUR", "5.5", "5.5");
    rates_fini(&rates);
    assert_int_equal(read_text(&rates, "{\"rate\": 2, \"currency\": \"USD\"}\n", "EUR", &err), 0);
    assert_converted(&rates, "USD", "5.5", "11.0");
    rates_fini(&rates);
}

static void refuses_bad_rates(void **state)
{
    static const char *const cases[][2] = {
        {"currency,rate\n,1\n", "rates.csv:2: column 'currency': empty"},
        {"currency,rate\nUSD,\n", "rates.csv:2: column 'rate': not a rate above 0: ''"},
        {"currency,rate\nUSD,x\n", "rates.csv:2: column 'rate': not a rate above 0: 'x'"},
        {"currency,rate\nUSD,0.00\n", "rates.csv:2: column 'rate': not a rate above 0: '0.00'"},
        {"currency,rate\nUSD,-1\n", "rates.csv:2: column 'rate': not a rate above 0: '-1'"},
        {"currency,rate\nUSD,1\nJPY,2\nUSD,1\n", "rates.csv:4: column 'currency': 'USD' is there twice"},
        {"currency,rate\nEUR,1.1\n", "rates.csv:2: column 'rate': the rate of the target currency must be 1: '1.1'"},
        {"currency,price\nUSD,1\n", "rates.csv: no column 'rate'; the header is: currency, price"},
        {"name,rate\nUSD,1\n", "rates.csv: no column 'currency'; the header is: name, rate"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rates rates;
        struct error err;
        assert_int_equal(read_text(&rates, cases[i][0], "EUR", &err), -1);
        assert_string_equal(err.text, cases[i][1]);
        assert_int_equal(err.status, STATUS_DATA);
        rates_fini(&rates);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(converts_exactly),
        cmocka_unit_test(the_target_needs_no_record),
        cmocka_unit_test(refuses_bad_rates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
