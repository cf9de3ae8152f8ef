/* Decimals. Expected values are worked out by hand, or with Python's integers and fractions, or come from strtod(). */
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "value/decimal.h"
#include "random.h"

#define INT128_MAX ((int128)(~(unsigned __int128)0 >> 1))
#define INT128_MIN (-INT128_MAX - 1)

static enum decimal_result parse(const char *text, struct decimal *value)
{
    return decimal_parse((struct slice){text, strlen(text)}, value);
}

static void check_format(int128 units, int scale, const char *expected)
{
    char out[DECIMAL_TEXT];
    struct slice text = decimal_format(units, scale, out);

    assert_in_range(text.ptr - out, 0, DECIMAL_TEXT);
    assert_int_equal(text.len, strlen(expected));
    assert_memory_equal(text.ptr, expected, text.len);
}

static void parse_accepts(void **state)
{
    static const struct {
        const char *text;
        int64_t units;
        int scale;
    } cases[] = {
        {"0", 0, 0},
        {"7", 7, 0},
        {"12.50", 1250, 2},
        {"-12.50", -1250, 2},
        {"+5", 5, 0},
        {"-.5", -5, 1},
        {".5", 5, 1},
        {"5.", 5, 0},
        {"-0", 0, 0},
        {"-0.00", 0, 2},
        {"007", 7, 0},
        {"000000000000000000000000012.5", 125, 1},
        {"0.000000000000000001", 1, 18},
        {"123456789012345678", 123456789012345678, 0},
        {"12345678901234567.8", 123456789012345678, 1},
        {"-12345678901234.567", -12345678901234567, 3},
        {"1234567890123456.78", 123456789012345678, 2},
        {"9223372036854775807", INT64_MAX, 0},
        {"-9223372036854775807", -INT64_MAX, 0},
        {"-9223372036854775808", INT64_MIN, 0},
        {"92233720368547758.07", INT64_MAX, 2},
        {"-92233720368547758.08", INT64_MIN, 2},
        {"-9.223372036854775808", INT64_MIN, 18},
        {"+0009223372036854775807.", INT64_MAX, 0},
        /* exponents */
        {"1e3", 1000, 0},
        {"1E3", 1000, 0},
        {"1e+3", 1000, 0},
        {"1.5E-2", 15, 3},
        {"1.50e1", 150, 1},
        {"1.25e1", 125, 1},
        {"-1.5e3", -1500, 0},
        {"5.e1", 50, 0},
        {".5e1", 5, 0},
        {"1e0", 1, 0},
        {"1e-0", 1, 0},
        {"1e0000000000000000000000000000002", 100, 0},
        {"1e18", 1000000000000000000, 0},
        {"9e18", 9000000000000000000, 0},
        {"1e-18", 1, 18},
        {"10e-19", 1, 18},
        {"922337203685477580700e-2", INT64_MAX, 0},
        {"0.0000000000000000000000001e25", 1, 0},
        {"10000000000000000000000000e-25", 1000000000000000000, 18},
        /* zeros at the end that cannot all stay */
        {"1.000000000000000000", 1000000000000000000, 18},
        {"1.000000000000000000000", 1000000000000000000, 18},
        {"10.000000000000000000000", 1000000000000000000, 17},
        {"100.00000000000000000", 1000000000000000000, 16},
        {"9223372036854775807.00", INT64_MAX, 0},
        {"-9223372036854775808.00", INT64_MIN, 0},
        {"922337203685477580.700000", INT64_MAX, 1},
        {"922337203685477580.00", 9223372036854775800, 1},
        {"922337203685477581.00", 922337203685477581, 0},
        {"-922337203685477580.00", -9223372036854775800, 1},
        {"0.0000000000000000000000", 0, 18},
        {"0e99999999999999999999999", 0, 0},
        {"0e-99999999999999999999999", 0, 18},
        {"0.000e1", 0, 2},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal value = {-1, -1};
        enum decimal_result result = parse(cases[i].text, &value);
        if (result != DECIMAL_OK || value.units != cases[i].units || value.scale != cases[i].scale)
            fail_msg("'%s': result %d, %lld at scale %d", cases[i].text, (int)result, (long long)value.units,
                     value.scale);
    }
}

static void parse_refuses(void **state)
{
    static const char *const not_numbers[] = {
        "",
        ".",
        "+",
        "-",
        "+.",
        "-.",
        "e5",
        ".e5",
        "-e5",
        "1e",
        "1e+",
        "1e-",
        "1e1.5",
        "1e5 ",
        "1 ",
        " 1",
        "1,000",
        "12,5",
        "12,5O",
        "--1",
        "+-1",
        "1-",
        "1.2.3",
        "..1",
        "0x10",
        "inf",
        "nan",
        "NaN",
        "1_000",
        "$5",
        "5%",
        "1e5e5",
        "1d5",
        "\xd9\xa1",
        "1\xc2\xa0",
        "1/2",
        "1:2",
        "(5)",
        "99999999999999999999999x",
        "1e99999999999x",
        "-",
        "5-",
        "\t5",
        "5\n",
        "12.5.0000000000000000000000000",
    };
    static const char *const too_large[] = {
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "18446744073709551617.0",
        "99999999999999999999999999999999999999999999",
        "92233720368547758.08",
        "1e19",
        "-1e19",
        "10e18",
        "1e20",
        "1e38",
        "1e9999999999999999999999999999",
        "1e-19",
        "0.0000000000000000001",
        "1.0000000000000000001",
        "1e-9999999999999999999999999999",
        "1000000000000000000000000000000000000001e-39",
        "340282366920938463463374607431768211456",
    };
    struct decimal value = {42, 7};
    (void)state;

    for (size_t i = 0; i < sizeof not_numbers / sizeof *not_numbers; i++)
        if (parse(not_numbers[i], &value) != DECIMAL_NOT_A_NUMBER)
            fail_msg("'%s' was not refused", not_numbers[i]);
    for (size_t i = 0; i < sizeof too_large / sizeof *too_large; i++)
        if (parse(too_large[i], &value) != DECIMAL_TOO_LARGE)
            fail_msg("'%s' was not too large", too_large[i]);
    assert_int_equal(decimal_parse((struct slice){NULL, 0}, &value), DECIMAL_NOT_A_NUMBER);
    assert_int_equal(decimal_parse((struct slice){"1\0", 2}, &value), DECIMAL_NOT_A_NUMBER);
    assert_int_equal(value.units, 42);
    assert_int_equal(value.scale, 7);
}

/* The slice's end is respected: what lies behind it is a digit too. */
static void parse_stops_at_the_end(void **state)
{
    struct decimal value;
    (void)state;

    assert_int_equal(decimal_parse((struct slice){"12.509", 5}, &value), DECIMAL_OK);
    assert_int_equal(value.units, 1250);
    assert_int_equal(decimal_parse((struct slice){"1e35", 3}, &value), DECIMAL_OK);
    assert_int_equal(value.units, 1000);
}

/* Every short text over an alphabet: numbers by a plain reading of the grammar, their values by strtod(). */
static bool grammar_accepts(const char *s)
{
    size_t digits = 0;

    s += *s == '+' || *s == '-';
    for (; *s >= '0' && *s <= '9'; s++)
        digits++;
    if (*s == '.')
        for (s++; *s >= '0' && *s <= '9'; s++)
            digits++;
    if (digits == 0)
        return false;
    if (*s == 'e') {
        s++;
        s += *s == '+' || *s == '-';
        size_t length = strspn(s, "0123456789");
        if (length == 0)
            return false;
        s += length;
    }
    return *s == '\0';
}

static void parse_agrees_with_the_grammar(void **state)
{
    static const char alphabet[] = "01+-.e ";
    enum { LETTERS = sizeof alphabet - 1, LONGEST = 6 };
    size_t numbers = 0;
    (void)state;

    for (int length = 0, total = 1; length <= LONGEST; length++, total *= LETTERS) {
        for (int n = 0; n < total; n++) {
            char text[LONGEST + 1] = {0};
            struct decimal value;
            for (int i = 0, rest = n; i < length; i++, rest /= LETTERS)
                text[i] = alphabet[rest % LETTERS];
            enum decimal_result result = parse(text, &value);
            if ((result != DECIMAL_NOT_A_NUMBER) != grammar_accepts(text))
                fail_msg("'%s': %d", text, (int)result);
            if (result != DECIMAL_OK)
                continue;
            numbers++;
            if (decimal_to_double(value.units, value.scale) != strtod(text, NULL))
                fail_msg("'%s' is %lld at scale %d", text, (long long)value.units, value.scale);
        }
    }
    assert_true(numbers > 1000);
}

static void format_and_parse_agree(void **state)
{
    uint64_t seed = 88172645463325252u;
    (void)state;

    for (int i = 0; i < 200000; i++) {
        int64_t units = (int64_t)(next_random(&seed)) >> (next_random(&seed) % 64);
        int scale = (int)(next_random(&seed) % 19);
        char out[DECIMAL_TEXT];
        struct decimal back;
        assert_int_equal(decimal_parse(decimal_format(units, scale, out), &back), DECIMAL_OK);
        assert_true(back.units == units && back.scale == scale);
    }
}

static void format_writes(void **state)
{
    (void)state;
    check_format(0, 0, "0");
    check_format(0, 2, "0.00");
    check_format(5, 0, "5");
    check_format(5, 1, "0.5");
    check_format(-5, 2, "-0.05");
    check_format(1250, 2, "12.50");
    check_format(-1250, 2, "-12.50");
    check_format(100, 2, "1.00");
    check_format(INT64_MIN, 0, "-9223372036854775808");
    check_format(INT64_MIN, 18, "-9.223372036854775808");
    check_format(power_of_ten(19), 0, "10000000000000000000");
    check_format(power_of_ten(19) - 1, 0, "9999999999999999999");
    check_format(power_of_ten(38), 0, "100000000000000000000000000000000000000");
    check_format(power_of_ten(38), 38, "1.00000000000000000000000000000000000000");
    check_format(-power_of_ten(38) + 1, 19, "-9999999999999999999.9999999999999999999");
    check_format(power_of_ten(20) + 7, 0, "100000000000000000007");
    check_format(-1, 38, "-0.00000000000000000000000000000000000001");
    /* 2^127 as printed by Python */
    check_format(INT128_MAX, 0, "170141183460469231731687303715884105727");
    check_format(INT128_MIN, 0, "-170141183460469231731687303715884105728");
    check_format(INT128_MIN, 18, "-170141183460469231731.687303715884105728");
    check_format(INT128_MIN, 38, "-1.70141183460469231731687303715884105728");
}

static void powers_of_ten(void **state)
{
    int128 power = 1;
    (void)state;

    for (int n = 0; n <= 38; n++, power = n <= 38 ? power * 10 : power)
        assert_true(power_of_ten(n) == power);
}

static void sums_take_the_larger_scale(void **state)
{
    struct decimal_sum sum = {0};
    (void)state;

    assert_true(decimal_sum_add(&sum, (struct decimal){5, 0}));
    check_format(sum.units, sum.scale, "5");
    assert_true(decimal_sum_add(&sum, (struct decimal){1250, 2}));
    check_format(sum.units, sum.scale, "17.50");
    assert_true(decimal_sum_add(&sum, (struct decimal){-5, 1}));
    check_format(sum.units, sum.scale, "17.00");
    assert_true(decimal_sum_add(&sum, (struct decimal){1, 18}));
    check_format(sum.units, sum.scale, "17.000000000000000001");

    struct decimal_sum other = {3, 0};
    assert_true(decimal_sum_merge(&other, &sum));
    check_format(other.units, other.scale, "20.000000000000000001");
    assert_true(decimal_sum_merge(&sum, &(struct decimal_sum){-3, 0}));
    check_format(sum.units, sum.scale, "14.000000000000000001");
    assert_true(decimal_sum_merge(&sum, &sum));
    check_format(sum.units, sum.scale, "28.000000000000000002");
}

static void sums_do_not_depend_on_the_order(void **state)
{
    enum { COUNT = 1000 };
    struct decimal values[COUNT];
    struct decimal_sum forward = {0};
    struct decimal_sum backward = {0};
    struct decimal_sum parts[3] = {0};
    uint64_t seed = 1;
    (void)state;

    for (int i = 0; i < COUNT; i++)
        values[i] = (struct decimal){(int64_t)next_random(&seed) >> 8, (int)(next_random(&seed) % 5)};
    for (int i = 0; i < COUNT; i++) {
        assert_true(decimal_sum_add(&forward, values[i]));
        assert_true(decimal_sum_add(&backward, values[COUNT - 1 - i]));
        assert_true(decimal_sum_add(&parts[i % 3], values[i]));
    }
    assert_true(decimal_sum_merge(&parts[2], &parts[0]));
    assert_true(decimal_sum_merge(&parts[2], &parts[1]));
    assert_true(forward.units == backward.units && forward.scale == backward.scale);
    assert_true(forward.units == parts[2].units && forward.scale == parts[2].scale);
}

static void sums_overflow_unchanged(void **state)
{
    struct decimal_sum sum = {INT128_MAX, 2};
    (void)state;

    assert_true(decimal_sum_add(&sum, (struct decimal){0, 2}));
    assert_false(decimal_sum_add(&sum, (struct decimal){1, 2}));
    assert_false(decimal_sum_add(&sum, (struct decimal){1, 0}));
    assert_false(decimal_sum_add(&sum, (struct decimal){1, 3})); /* the sum itself does not fit at scale 3 */
    assert_true(sum.units == INT128_MAX && sum.scale == 2);
    assert_true(decimal_sum_add(&sum, (struct decimal){-1, 2}));
    sum.units = INT128_MIN;
    assert_false(decimal_sum_add(&sum, (struct decimal){-1, 2}));
    assert_false(decimal_sum_merge(&sum, &(struct decimal_sum){-1, 2}));
    assert_true(sum.units == INT128_MIN && sum.scale == 2);
    sum = (struct decimal_sum){1, 18};
    assert_false(decimal_sum_merge(&sum, &(struct decimal_sum){INT128_MAX, 0}));
    assert_true(sum.units == 1 && sum.scale == 18);
}

static void rescale(void **state)
{
    int128 result = 99;
    (void)state;

    assert_true(decimal_rescale(125, 1, 3, &result) && result == 12500);
    assert_true(decimal_rescale(-125, 2, 2, &result) && result == -125);
    assert_true(decimal_rescale(1, 0, 38, &result) && result == power_of_ten(38));
    assert_true(decimal_rescale(INT128_MIN, 5, 5, &result) && result == INT128_MIN);
    assert_true(decimal_rescale(0, 0, 60, &result) && result == 0);
    result = 99;
    assert_false(decimal_rescale(2, 0, 38, &result));
    assert_false(decimal_rescale(1, 0, 39, &result));
    assert_false(decimal_rescale(INT128_MIN, 5, 6, &result));
    assert_false(decimal_rescale(100, 2, 1, &result));
    assert_true(result == 99);
}

static void multiply(void **state)
{
    static const struct {
        struct decimal a, b;
        const char *product; /* NULL: overflow */
    } cases[] = {
        {{255, 2}, {6, 0}, "15.30"},
        {{25, 2}, {4, 1}, "0.10"},
        {{1250, 2}, {25, 1}, "31.25"},
        {{199, 2}, {333, 3}, "0.66267"},
        {{-199, 2}, {3, 0}, "-5.97"},
        {{0, 2}, {12345, 4}, "0.0000"},
        {{100, 2}, {100, 2}, "1.00"},
        {{INT64_MAX, 0}, {1, 0}, "9223372036854775807"},
        {{INT64_MIN, 0}, {1, 0}, "-9223372036854775808"},
        {{INT64_MIN, 3}, {1000, 3}, "-9223372036854775.808"},
        {{INT64_MIN, 2}, {1000, 3}, NULL}, /* three digits behind the point are kept, and one more does not fit */
        {{INT64_MIN, 0}, {-1, 0}, NULL},
        {{INT64_MIN, 0}, {INT64_MIN, 0}, NULL},
        {{INT64_MAX, 0}, {2, 0}, NULL},
        {{3037000500, 0}, {3037000500, 0}, NULL}, /* just above the root of 2^63 */
        {{3037000499, 0}, {3037000499, 0}, "9223372030926249001"},
        {{1, 10}, {1, 9}, NULL}, /* 10^-19 */
        {{1, 9}, {1, 9}, "0.000000000000000001"},
        {{10, 18}, {10, 18}, NULL},
        {{500000000, 9}, {2000000000, 9}, "1.000000000"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal product = {42, 7};
        if (cases[i].product == NULL) {
            assert_false(decimal_multiply(cases[i].a, cases[i].b, &product));
            assert_int_equal(product.units, 42);
            continue;
        }
        assert_true(decimal_multiply(cases[i].a, cases[i].b, &product));
        check_format(product.units, product.scale, cases[i].product);
        assert_true(decimal_multiply(cases[i].b, cases[i].a, &product));
        check_format(product.units, product.scale, cases[i].product);
    }
}

static void divide_rounds_half_away_from_zero(void **state)
{
    (void)state;
    assert_true(int128_divide_round(0, 3) == 0);
    assert_true(int128_divide_round(7, 2) == 4);
    assert_true(int128_divide_round(-7, 2) == -4);
    assert_true(int128_divide_round(5, 10) == 1);
    assert_true(int128_divide_round(-5, 10) == -1);
    assert_true(int128_divide_round(4, 10) == 0);
    assert_true(int128_divide_round(-4, 10) == 0);
    assert_true(int128_divide_round(1, 3) == 0);
    assert_true(int128_divide_round(2, 3) == 1);
    assert_true(int128_divide_round(-2, 3) == -1);
    assert_true(int128_divide_round(INT128_MAX, 1) == INT128_MAX);
    assert_true(int128_divide_round(INT128_MIN, 1) == INT128_MIN);
    assert_true(int128_divide_round(INT128_MAX, INT128_MAX) == 1);
    assert_true(int128_divide_round(INT128_MIN, INT128_MAX) == -1);
    assert_true(int128_divide_round(INT128_MAX - 1, INT128_MAX) == 1);
    assert_true(int128_divide_round(INT128_MAX / 2, INT128_MAX) == 0); /* INT128_MAX is odd: just below a half */
    assert_true(int128_divide_round(INT128_MAX / 2 + 1, INT128_MAX) == 1);
    assert_true(int128_divide_round(INT128_MAX, 2) == INT128_MAX / 2 + 1);
    assert_true(int128_divide_round(INT128_MIN, 2) == INT128_MIN / 2);

    for (int n = -300; n <= 300; n++)
        for (int d = 1; d <= 40; d++) /* llround() is half away from zero, and the double's error is below 1/2d */
            if (int128_divide_round(n, d) != llround((double)n / d))
                fail_msg("%d / %d", n, d);
}

static void to_double_is_the_nearest(void **state)
{
    uint64_t seed = 2463534242u;
    (void)state;

    assert_true(decimal_to_double(0, 0) == 0.0);
    assert_true(decimal_to_double(1250, 2) == 12.5);
    assert_true(decimal_to_double(-1, 1) == -0.1);
    assert_true(decimal_to_double(1, 18) == 1e-18);
    assert_true(decimal_to_double(1, 38) == 1e-38);
    assert_true(decimal_to_double(INT64_MIN, 0) == -0x1p63);
    assert_true(decimal_to_double(INT128_MIN, 0) == -0x1p127);
    assert_true(decimal_to_double(INT128_MAX, 0) == 0x1p127);
    assert_true(decimal_to_double(((int128)1 << 53) + 1, 0) == 0x1p53); /* a tie goes to the even one */
    assert_true(decimal_to_double(((int128)1 << 53) + 3, 0) == 0x1p53 + 4);
    for (int i = 0; i < 100000; i++) {
        int128 units = (int128)((unsigned __int128)next_random(&seed) << 64 | next_random(&seed));
        units >>= next_random(&seed) % 128;
        int scale = (int)(next_random(&seed) % 39);
        char out[DECIMAL_TEXT];
        char text[DECIMAL_TEXT + 1] = {0};
        struct slice digits = decimal_format(units, scale, out);
        memcpy(text, digits.ptr, digits.len);
        if (decimal_to_double(units, scale) != strtod(text, NULL))
            fail_msg("%s", text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_accepts),
        cmocka_unit_test(parse_refuses),
        cmocka_unit_test(parse_stops_at_the_end),
        cmocka_unit_test(parse_agrees_with_the_grammar),
        cmocka_unit_test(format_and_parse_agree),
        cmocka_unit_test(format_writes),
        cmocka_unit_test(powers_of_ten),
        cmocka_unit_test(sums_take_the_larger_scale),
        cmocka_unit_test(sums_do_not_depend_on_the_order),
        cmocka_unit_test(sums_overflow_unchanged),
        cmocka_unit_test(rescale),
        cmocka_unit_test(multiply),
        cmocka_unit_test(divide_rounds_half_away_from_zero),
        cmocka_unit_test(to_double_is_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
