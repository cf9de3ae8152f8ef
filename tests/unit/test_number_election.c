/* Number elections: single values of every shape, what a column makes of them, the reading of values by the result, and
 * what is said of those refused. The wanted readings are written by hand; random amounts are written in every style by
 * the test, with signs and units of all sorts, and have to come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/decimal.h"
#include "value/number_election.h"

#define NBSP "\xc2\xa0"
#define NARROW "\xe2\x80\xaf"
#define CURLY "\xe2\x80\x99"
#define MINUS "\xe2\x88\x92"

static void assert_normalised(struct slice text, enum number_style style, const char *wanted)
{
    struct buffer out;

    buffer_init(&out);
    assert_int_equal(buffer_append(&out, SLICE("before ")), 0);
    int result = number_normalise(text, style, &out);
    struct slice got = {out.data + 7, out.len - 7};
    if (result != (wanted ? 0 : 1) || !slice_equal_cstr(got, wanted ? wanted : ""))
        fail_msg("'%.*s' in style %d: %d '%.*s', not '%s'", SLICE_ARG(text), (int)style, result, SLICE_ARG(got),
                 wanted ? wanted : "(refused)");
    buffer_fini(&out);
}

static enum number_style elect_numbers(const char *const *texts, struct number_election *election)
{
    *election = (struct number_election){0};
    for (uint64_t line = 2; *texts; texts++, line++)
        number_election_add(election, slice_from_cstr(*texts), line);
    return number_election_result(election);
}

static enum number_style elect_number(const char *text)
{
    struct number_election election;

    return elect_numbers((const char *const[]){text, NULL}, &election);
}

/* What a value alone elects, and what it is in each style; NULL: no number in it. */
struct number_case {
    const char *text;
    enum number_style elects;
    const char *point, *comma, *plain;
};

static const struct number_case numbers[] = {
    {"0", NUMBER_PLAIN, "0", "0", "0"},
    {"-5", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"+5", NUMBER_PLAIN, "5", "5", "5"},
    {MINUS "5", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"-0", NUMBER_PLAIN, "-0", "-0", "-0"},
    {"00123", NUMBER_PLAIN, "123", "123", "123"},
    {"-000", NUMBER_PLAIN, "-0", "-0", "-0"},
    {"1234567", NUMBER_PLAIN, "1234567", "1234567", "1234567"},
    {"  42\t", NUMBER_PLAIN, "42", "42", "42"},
    {"1e5", NUMBER_PLAIN, "1e5", "1e5", "1e5"},
    {"2E-3", NUMBER_PLAIN, "2E-3", "2E-3", "2E-3"},
    {"1 234", NUMBER_PLAIN, "1234", "1234", "1234"},
    {"12" NBSP "345" NBSP "678", NUMBER_PLAIN, "12345678", "12345678", "12345678"},
    {"1'234'567", NUMBER_PLAIN, "1234567", "1234567", "1234567"},
    {"1" CURLY "234", NUMBER_PLAIN, "1234", "1234", "1234"},
    /* decided by themselves: a point */
    {"1,234.56", NUMBER_POINT, "1234.56", NULL, "1234.56"},
    {"-1,234,567.8", NUMBER_POINT, "-1234567.8", NULL, "-1234567.8"},
    {"1,234.567", NUMBER_POINT, "1234.567", NULL, "1234.567"},
    {"1,234,567", NUMBER_POINT, "1234567", NULL, "1234567"},
    {"1 234.5", NUMBER_POINT, "1234.5", NULL, "1234.5"},
    {"1'234.50", NUMBER_POINT, "1234.50", NULL, "1234.50"},
    {"0.123", NUMBER_POINT, "0.123", NULL, "0.123"},
    {"007.250", NUMBER_POINT, "7.250", NULL, "7.250"},
    {"1234.567", NUMBER_POINT, "1234.567", NULL, "1234.567"},
    {"1.5", NUMBER_POINT, "1.5", NULL, "1.5"},
    {"1.2345", NUMBER_POINT, "1.2345", NULL, "1.2345"},
    {".5", NUMBER_POINT, "0.5", NULL, "0.5"},
    {"-.5", NUMBER_POINT, "-0.5", NULL, "-0.5"},
    {".500", NUMBER_POINT, "0.500", NULL, "0.500"},
    {"5.", NUMBER_POINT, "5", NULL, "5"},
    {"1.5e3", NUMBER_POINT, "1.5e3", NULL, "1.5e3"},
    {"1.234e3", NUMBER_POINT, "1.234e3", NULL, "1.234e3"},
    /* a comma */
    {"1.234,56", NUMBER_COMMA, NULL, "1234.56", NULL},
    {MINUS "1.234.567,8", NUMBER_COMMA, NULL, "-1234567.8", NULL},
    {"1.234.567", NUMBER_COMMA, NULL, "1234567", NULL},
    {"1 234,56", NUMBER_COMMA, NULL, "1234.56", NULL},
    {"1" NBSP "234,56", NUMBER_COMMA, NULL, "1234.56", NULL},
    {"12" NARROW "345" NARROW "678,9", NUMBER_COMMA, NULL, "12345678.9", NULL},
    {"1'234,50", NUMBER_COMMA, NULL, "1234.50", NULL},
    {"0,123", NUMBER_COMMA, NULL, "0.123", NULL},
    {"1234,567", NUMBER_COMMA, NULL, "1234.567", NULL},
    {"12,5", NUMBER_COMMA, NULL, "12.5", NULL},
    {",5", NUMBER_COMMA, NULL, "0.5", NULL},
    {"5,", NUMBER_COMMA, NULL, "5", NULL},
    {"1,5e3", NUMBER_COMMA, NULL, "1.5e3", NULL},
    /* either */
    {"1.234", NUMBER_AMBIGUOUS, "1.234", "1234", NULL},
    {"1,234", NUMBER_AMBIGUOUS, "1234", "1.234", NULL},
    {"-123.456", NUMBER_AMBIGUOUS, "-123.456", "-123456", NULL},
    {"12,345", NUMBER_AMBIGUOUS, "12345", "12.345", NULL},
    /* signs and brackets */
    {"- 5", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"+ 5", NUMBER_PLAIN, "5", "5", "5"},
    {"5-", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"12.00-", NUMBER_POINT, "-12.00", NULL, "-12.00"},
    {"1.234,50 -", NUMBER_COMMA, NULL, "-1234.50", NULL},
    {"(5)", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"( 1,234.50 )", NUMBER_POINT, "-1234.50", NULL, "-1234.50"},
    {"（12）", NUMBER_PLAIN, "-12", "-12", "-12"},
    {"–5", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"—5", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"‑5", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"－5", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"＋5", NUMBER_PLAIN, "5", "5", "5"},
    {"5" MINUS, NUMBER_PLAIN, "-5", "-5", "-5"},
    {"\u200e-5\u200e", NUMBER_PLAIN, "-5", "-5", "-5"},
    {"\ufeff"
     "7",
     NUMBER_PLAIN, "7", "7", "7"},
    {"5+", NUMBER_EMPTY, NULL, NULL, NULL},
    {"5–", NUMBER_EMPTY, NULL, NULL, NULL},
    {"-5-", NUMBER_EMPTY, NULL, NULL, NULL},
    {"+-5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"(-5)", NUMBER_EMPTY, NULL, NULL, NULL},
    {"-(5)", NUMBER_EMPTY, NULL, NULL, NULL},
    {"(5-)", NUMBER_EMPTY, NULL, NULL, NULL},
    {"(+5)", NUMBER_EMPTY, NULL, NULL, NULL},
    {"((5))", NUMBER_EMPTY, NULL, NULL, NULL},
    {"(5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"5)", NUMBER_EMPTY, NULL, NULL, NULL},
    {")5(", NUMBER_EMPTY, NULL, NULL, NULL},
    {"()", NUMBER_EMPTY, NULL, NULL, NULL},
    /* no cents */
    {"12,-", NUMBER_COMMA, NULL, "12", NULL},
    {"12,--", NUMBER_COMMA, NULL, "12", NULL},
    {"12.–", NUMBER_POINT, "12", NULL, "12"},
    {"12,—", NUMBER_COMMA, NULL, "12", NULL},
    {"-12,-", NUMBER_COMMA, NULL, "-12", NULL},
    {"1.234,-", NUMBER_COMMA, NULL, "1234", NULL},
    {"12,---", NUMBER_EMPTY, NULL, NULL, NULL},
    {"12,-5", NUMBER_EMPTY, NULL, NULL, NULL},
    /* groups as they are made in India */
    {"1,23,456", NUMBER_POINT, "123456", NULL, "123456"},
    {"12,34,567.00", NUMBER_POINT, "1234567.00", NULL, "1234567.00"},
    {"1,23,45,67,890.5", NUMBER_POINT, "1234567890.5", NULL, "1234567890.5"},
    {"123,45,678", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1,23,45", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1,23,4567", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1,23,456,789", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1.23.456", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1 23 456", NUMBER_EMPTY, NULL, NULL, NULL},
    {"0,12,345", NUMBER_EMPTY, NULL, NULL, NULL},
    /* blanks and apostrophes of other widths */
    {"1\u2009234\u2009567", NUMBER_PLAIN, "1234567", "1234567", "1234567"},
    {"1\u2007234,5", NUMBER_COMMA, NULL, "1234.5", NULL},
    {"1´234.50", NUMBER_POINT, "1234.50", NULL, "1234.50"},
    {"1ʼ234.50", NUMBER_POINT, "1234.50", NULL, "1234.50"},
    {"1 234" NBSP "567", NUMBER_PLAIN, "1234567", "1234567", "1234567"},
    {"1 234'567", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1_234", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1\u3000234", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1\u200e234", NUMBER_EMPTY, NULL, NULL, NULL},
    /* digits of other scripts */
    {"١٢", NUMBER_PLAIN, "12", "12", "12"},
    {"-۱۲", NUMBER_PLAIN, "-12", "-12", "-12"},
    {"۱۲۳", NUMBER_PLAIN, "123", "123", "123"},
    {"०१२३", NUMBER_PLAIN, "123", "123", "123"},
    {"１２３", NUMBER_PLAIN, "123", "123", "123"},
    {"１，２３４．５０", NUMBER_POINT, "1234.50", NULL, "1234.50"},
    {"１２３．４５６", NUMBER_AMBIGUOUS, "123.456", "123456", NULL},
    {"১২৩", NUMBER_PLAIN, "123", "123", "123"},
    {"๑๒๓", NUMBER_PLAIN, "123", "123", "123"},
    {"១២៣", NUMBER_PLAIN, "123", "123", "123"},
    {"௧௨௩", NUMBER_PLAIN, "123", "123", "123"},
    {"၀၉", NUMBER_PLAIN, "9", "9", "9"},
    {"१,२३,४५६.००", NUMBER_POINT, "123456.00", NULL, "123456.00"},
    {"١٬٢٣٤٫٥٦", NUMBER_PLAIN, "1234.56", "1234.56", "1234.56"},
    {"۱۲٬۳۴٬۵۶۷٫۲۵", NUMBER_PLAIN, "1234567.25", "1234567.25", "1234567.25"},
    {"١٬٢٣٤", NUMBER_PLAIN, "1234", "1234", "1234"},
    {"٫٥", NUMBER_PLAIN, "0.5", "0.5", "0.5"},
    {"١٢٫٥", NUMBER_PLAIN, "12.5", "12.5", "12.5"},
    {"1٫5", NUMBER_PLAIN, "1.5", "1.5", "1.5"},
    {"1,234٫5", NUMBER_POINT, "1234.5", NULL, "1234.5"},
    {"1.234٫5", NUMBER_COMMA, NULL, "1234.5", NULL},
    {"1٬234.56", NUMBER_POINT, "1234.56", NULL, "1234.56"},
    {"١،٥", NUMBER_COMMA, NULL, "1.5", NULL},
    {"١٬٢٣٤٬٥٦", NUMBER_EMPTY, NULL, NULL, NULL},
    {"١٫٢٣٤٫٥٦", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1٢", NUMBER_EMPTY, NULL, NULL, NULL},
    {"١۲", NUMBER_EMPTY, NULL, NULL, NULL},
    {"५5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"²", NUMBER_EMPTY, NULL, NULL, NULL},
    {"½", NUMBER_EMPTY, NULL, NULL, NULL},
    {"5\xff", NUMBER_EMPTY, NULL, NULL, NULL},
    {"\xc2"
     "5",
     NUMBER_EMPTY, NULL, NULL, NULL},
    /* neither */
    {"", NUMBER_EMPTY, NULL, NULL, NULL},
    {"   ", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1,234,56", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1.2.3", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1,234.567.89", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1.234,567,89", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1234,567.8", NUMBER_EMPTY, NULL, NULL, NULL},
    {"0,123.4", NUMBER_EMPTY, NULL, NULL, NULL},
    {"12 34", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1234 567", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1  234", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1.5 000", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1 234,567.8", NUMBER_EMPTY, NULL, NULL, NULL},
    {"--5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"-", NUMBER_EMPTY, NULL, NULL, NULL},
    {MINUS, NUMBER_EMPTY, NULL, NULL, NULL},
    {"\xe2\x88", NUMBER_EMPTY, NULL, NULL, NULL},
    {".", NUMBER_EMPTY, NULL, NULL, NULL},
    {",", NUMBER_EMPTY, NULL, NULL, NULL},
    {"'5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"5'", NUMBER_EMPTY, NULL, NULL, NULL},
    {"e5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1e", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1e+", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1e5.5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1e55555", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1,234.5e3", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1 234e3", NUMBER_EMPTY, NULL, NULL, NULL},
    {"12,5O", NUMBER_EMPTY, NULL, NULL, NULL},
    {"0x1f", NUMBER_EMPTY, NULL, NULL, NULL},
    {"nan", NUMBER_EMPTY, NULL, NULL, NULL},
    {"inf", NUMBER_EMPTY, NULL, NULL, NULL},
    {"n/a", NUMBER_EMPTY, NULL, NULL, NULL},
};

static void reads_every_shape_of_number(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const struct number_case *n = &numbers[i];
        struct slice text = slice_from_cstr(n->text);
        if (elect_number(n->text) != n->elects)
            fail_msg("'%s' elects %d, not %d", n->text, (int)elect_number(n->text), (int)n->elects);
        assert_normalised(text, NUMBER_POINT, n->point);
        assert_normalised(text, NUMBER_COMMA, n->comma);
        assert_normalised(text, NUMBER_PLAIN, n->plain);
    }
    assert_normalised(SLICE("12\0"
                            "5"),
                      NUMBER_POINT, NULL);
    assert_normalised(SLICE("12\0"), NUMBER_POINT, NULL);
}

static void refuses_more_than_forty_digits(void **state)
{
    char text[45] = "";
    (void)state;

    memset(text, '7', 40);
    assert_int_equal(elect_number(text), NUMBER_PLAIN);
    assert_normalised(slice_from_cstr(text), NUMBER_PLAIN, text);
    text[40] = '7';
    assert_int_equal(elect_number(text), NUMBER_EMPTY);
    assert_normalised(slice_from_cstr(text), NUMBER_PLAIN, NULL);
    assert_normalised(slice_from_cstr(text), NUMBER_COMMA, NULL);
}

static void elects_numbers_by_the_column(void **state)
{
    struct number_election e;
    (void)state;

    assert_int_equal(elect_numbers((const char *const[]){NULL}, &e), NUMBER_EMPTY);
    assert_int_equal(elect_numbers((const char *const[]){"", " ", "n/a", NULL}, &e), NUMBER_EMPTY);
    assert_int_equal(e.invalid, 1);
    assert_string_equal(e.invalid_example.value.text, "n/a");
    assert_int_equal(e.invalid_example.line, 4);
    assert_int_equal(elect_numbers((const char *const[]){"1", "22", "", NULL}, &e), NUMBER_PLAIN);
    assert_int_equal(e.plain, 2);
    assert_int_equal(elect_numbers((const char *const[]){"1", "1.234", "2,345", NULL}, &e), NUMBER_AMBIGUOUS);
    assert_int_equal(e.ambiguous, 2);
    assert_string_equal(e.ambiguous_example.value.text, "1.234");
    assert_int_equal(e.ambiguous_example.line, 3);
    assert_int_equal(elect_numbers((const char *const[]){"1.234", "1,5", "7", NULL}, &e), NUMBER_COMMA);
    assert_int_equal(elect_numbers((const char *const[]){"1.234", "1.5", "7", NULL}, &e), NUMBER_POINT);
    assert_int_equal(elect_numbers((const char *const[]){"1.5", "1,5", NULL}, &e), NUMBER_CONFLICT);
    assert_string_equal(e.point_example.value.text, "1.5");
    assert_string_equal(e.comma_example.value.text, "1,5");
    assert_int_equal(e.point_example.line, 2);
    assert_int_equal(e.comma_example.line, 3);
}

/* An example goes into a message: it is short and clean. */
static void examples_are_fit_to_be_shown(void **state)
{
    struct number_election e = {0};
    char text[60];
    (void)state;

    memset(text, 'x', sizeof text);
    text[0] = '\n';
    number_election_add(&e, (struct slice){text, sizeof text}, 9);
    assert_int_equal(e.invalid_example.line, 9);
    assert_memory_equal(e.invalid_example.value.text, "\\x0axxx", 7);
    assert_true(strlen(e.invalid_example.value.text) < sizeof e.invalid_example.value.text);
    number_election_add(&e, SLICE("other"), 10);
    assert_int_equal(e.invalid_example.line, 9); /* the first stays */
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

/* Whole part with groups of three, and the fraction. */
static void write_in_style(char *out, size_t size, bool negative, const char *whole, const char *fraction,
                           const char *group, char decimal)
{
    size_t used = (size_t)snprintf(out, size, "%s", negative ? "-" : "");
    size_t length = strlen(whole);

    for (size_t i = 0; i < length; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%c", i && (length - i) % 3 == 0 ? group : "", whole[i]);
    if (*fraction)
        snprintf(out + used, size - used, "%c%s", decimal, fraction);
}

static void amounts_come_back_from_every_style(void **state)
{
    static const struct {
        const char *group;
        char decimal;
    } styles[] = {{"", '.'},   {"", ','},  {",", '.'}, {".", ','},    {" ", ','},  {" ", '.'},
                  {NBSP, ','}, {"'", '.'}, {"'", ','}, {NARROW, ','}, {CURLY, '.'}};
    uint64_t seed = 2026;
    (void)state;

    for (int round = 0; round < 20000; round++) {
        char whole[24];
        char fraction[8] = "";
        char plain[48];
        char text[96];
        uint64_t size = 1 + next_random(&seed) % 9;
        uint64_t power = 1;
        while (--size)
            power *= 10;
        snprintf(whole, sizeof whole, "%llu", (unsigned long long)(next_random(&seed) % (power * 10)));
        uint64_t decimals = next_random(&seed) % 5;
        for (uint64_t i = 0; i < decimals; i++)
            fraction[i] = (char)('0' + next_random(&seed) % 10);
        bool negative = next_random(&seed) % 4 == 0;
        snprintf(plain, sizeof plain, "%s%s%s%s", negative ? "-" : "", whole, *fraction ? "." : "", fraction);
        size_t s = next_random(&seed) % (sizeof styles / sizeof *styles);
        bool comma = styles[s].decimal == ',';
        write_in_style(text, sizeof text, negative, whole, fraction, styles[s].group, styles[s].decimal);
        assert_normalised(slice_from_cstr(text), comma ? NUMBER_COMMA : NUMBER_POINT, plain);
        switch (elect_number(text)) {
        case NUMBER_PLAIN:
            assert_normalised(slice_from_cstr(text), comma ? NUMBER_POINT : NUMBER_COMMA, plain);
            break;
        case NUMBER_POINT: /* decided, perhaps by the groups alone: 1,234,567 */
            assert_false(comma);
            assert_normalised(slice_from_cstr(text), NUMBER_COMMA, NULL);
            break;
        case NUMBER_COMMA:
            assert_true(comma);
            assert_normalised(slice_from_cstr(text), NUMBER_POINT, NULL);
            break;
        case NUMBER_AMBIGUOUS: /* one separator and three digits behind it */
            assert_normalised(slice_from_cstr(text), NUMBER_PLAIN, NULL);
            assert_true(strlen(whole) <= 3 ? strlen(fraction) == 3 : !*fraction && strlen(whole) <= 6);
            break;
        default:
            fail_msg("'%s' is a number", text);
        }
    }
}

/* What is read with units: unit is a code, "%", the first candidate of an ambiguous sign and "?", or "" for none. NULL
 * in a style: refused. */
struct unit_case {
    const char *text;
    const char *point, *comma;
    const char *unit;
};

static const struct unit_case units[] = {
    {"12.5", "12.5", NULL, ""},
    {"1200", "1200", "1200", ""},
    {"€12.50", "12.50", NULL, "EUR"},
    {"1.234,56 €", NULL, "1234.56", "EUR"},
    {"1 234,56" NBSP "€", NULL, "1234.56", "EUR"},
    {"€ 1.200,00", NULL, "1200.00", "EUR"},
    {"EUR 1.200,00", NULL, "1200.00", "EUR"},
    {"1,200.00 USD", "1200.00", NULL, "USD"},
    {"1200usd", "1200", "1200", "USD"},
    {"USD1,200.50", "1200.50", NULL, "USD"},
    {"$1,200.50", "1200.50", NULL, "USD?"},
    {"$.50", "0.50", NULL, "USD?"},
    {"$1,200 USD", "1200", "1.200", "USD"},
    {"$5 CAD", "5", "5", "CAD"},
    {"CAD $5", "5", "5", "CAD"},
    {"US$5 USD", "5", "5", "USD"},
    {"US$ 12", "12", "12", "USD"},
    {"C$12", "12", "12", "CAD"},
    {"A$ 12", "12", "12", "AUD"},
    {"HK$12", "12", "12", "HKD"},
    {"NT$12", "12", "12", "TWD"},
    {"R$ 1.234,56", NULL, "1234.56", "BRL"},
    {"£99", "99", "99", "GBP"},
    {"￡99", "99", "99", "GBP"},
    {"¥1,200", "1200", "1.200", "CNY?"},
    {"￥1,200", "1200", "1.200", "CNY?"},
    {"₽ 100", "100", "100", "RUB"},
    {"1 000 ₸", "1000", "1000", "KZT"},
    {"1000₴", "1000", "1000", "UAH"},
    {"₺1.250,00", NULL, "1250.00", "TRY"},
    {"1.250,00 TL", NULL, "1250.00", "TRY"},
    {"₹1,23,456.00", "123456.00", NULL, "INR"},
    {"Rs.1,23,456.00", "123456.00", NULL, "INR?"},
    {"Rs. 500", "500", "500", "INR?"},
    {"₩1,234,567", "1234567", NULL, "KRW"},
    {"1,234,567원", "1234567", NULL, "KRW"},
    {"1 234,56 zł", NULL, "1234.56", "PLN"},
    {"1 234,56 ZŁ", NULL, "1234.56", "PLN"},
    {"12,50 kr", NULL, "12.50", "SEK?"},
    {"kr. 12,50", NULL, "12.50", "SEK?"},
    {"1 200 Kč", "1200", "1200", "CZK"},
    {"1 200 Ft", "1200", "1200", "HUF"},
    {"CHF 1'234.50", "1234.50", NULL, "CHF"},
    {"Fr. 12.–", "12", NULL, "CHF"},
    {"12,- €", NULL, "12", "EUR"},
    {"1 200,00 руб.", NULL, "1200.00", "RUB"},
    {"1200руб", "1200", "1200", "RUB"},
    {"1 200 Руб.", "1200", "1200", "RUB"},
    {"1 200 р.", "1200", "1200", "RUB"},
    {"1 200 RUR", "1200", "1200", "RUB"},
    {"500 грн", "500", "500", "UAH"},
    {"500 тг.", "500", "500", "KZT"},
    {"100元", "100", "100", "CNY"},
    {"1,200円", "1200", "1.200", "JPY"},
    {"١٬٢٣٤٫٥٦ ر.س", "1234.56", "1234.56", "SAR"},
    {"\u200f١٬٢٣٤٫٥٦\u00a0ر.س.\u200f", "1234.56", "1234.56", "SAR"},
    {"د.إ 12", "12", "12", "AED"},
    {"12 ج.م", "12", "12", "EGP"},
    {"R 1 200.50", "1200.50", NULL, "ZAR"},
    {"S/. 12.00", "12.00", NULL, "PEN"},
    {"S/ 12.00", "12.00", NULL, "PEN"},
    {"12 TRY", "12", "12", "TRY"},
    {"1e3 €", "1e3", "1e3", "EUR"},
    {"12 F CFA", "12", "12", "XOF?"},
    /* signs beside units */
    {"-€12", "-12", "-12", "EUR"},
    {"€-12", "-12", "-12", "EUR"},
    {"- € 12", "-12", "-12", "EUR"},
    {"€ - 12", "-12", "-12", "EUR"},
    {MINUS "€12", "-12", "-12", "EUR"},
    {"€–12", "-12", "-12", "EUR"},
    {"(€12.00)", "-12.00", NULL, "EUR"},
    {"€(12.00)", "-12.00", NULL, "EUR"},
    {" $ (1,234.00) ", "-1234.00", NULL, "USD?"},
    {"(12,00) €", NULL, "-12.00", "EUR"},
    {"(12,00 €)", NULL, "-12.00", "EUR"},
    {"12,00- EUR", NULL, "-12.00", "EUR"},
    {"12,00 EUR-", NULL, "-12.00", "EUR"},
    {"+$5", "5", "5", "USD?"},
    {"(-€12)", NULL, NULL, ""},
    {"-€-12", NULL, NULL, ""},
    {"-€12-", NULL, NULL, ""},
    /* percent */
    {"12.5%", "12.5", NULL, "%"},
    {"12,5 %", NULL, "12.5", "%"},
    {"12%", "12", "12", "%"},
    {"%12", "12", "12", "%"},
    {"-5 %", "-5", "-5", "%"},
    {"١٢٪", "12", "12", "%"},
    {"１２％", "12", "12", "%"},
    {"(5%)", "-5", "-5", "%"},
    {"12%%", NULL, NULL, ""},
    {"%12%", NULL, NULL, ""},
    {"12% €", NULL, NULL, ""},
    {"€12%", NULL, NULL, ""},
    {"%", NULL, NULL, ""},
    /* nothing is guessed */
    {"1.5k", NULL, NULL, ""},
    {"2M", NULL, NULL, ""},
    {"2 млн", NULL, NULL, ""},
    {"5 тыс. руб.", NULL, NULL, ""},
    {"5万元", NULL, NULL, ""},
    {"5 ‰", NULL, NULL, ""},
    {"50 ct", NULL, NULL, ""},
    {"50 коп.", NULL, NULL, ""},
    {"12 apples", NULL, NULL, ""},
    {"12 cup", NULL, NULL, ""},
    {"12 CR", NULL, NULL, ""},
    {"12 DR", NULL, NULL, ""},
    {"12R", NULL, NULL, ""},
    {"€12 $", NULL, NULL, ""},
    {"USD 5 CAD", NULL, NULL, ""},
    {"£5 USD", NULL, NULL, ""},
    {"EUR.50", NULL, NULL, ""},
    {"12€50", NULL, NULL, ""},
    {"5 руб 50 коп", NULL, NULL, ""},
    {"€", NULL, NULL, ""},
    {"€ -", NULL, NULL, ""},
    {"€ 1,2,3", NULL, NULL, ""},
};

static void assert_read(const struct unit_case *c, enum number_style style, const char *wanted)
{
    struct slice text = slice_from_cstr(c->text);
    struct number_unit unit = {.percent = true, .currency = {"XXX", "?"}};
    struct buffer out;
    char got[8] = "";

    buffer_init(&out);
    int result = number_read(text, style, &out, &unit);
    assert_false(unit.percent && (unit.currency.code[0] || unit.currency.candidates));
    if (unit.percent)
        strcpy(got, "%");
    else if (unit.currency.candidates)
        snprintf(got, sizeof got, "%.3s?", unit.currency.candidates);
    else
        snprintf(got, sizeof got, "%s", unit.currency.code);
    if (result != (wanted ? 0 : 1) || !slice_equal_cstr(buffer_slice(&out), wanted ? wanted : "") ||
        strcmp(got, wanted ? c->unit : "") != 0)
        fail_msg("'%s' in style %d: %d '%.*s' %s", c->text, (int)style, result, SLICE_ARG(buffer_slice(&out)), got);
    if (c->unit[0] == '\0')
        assert_normalised(text, style, wanted);
    else
        assert_normalised(text, style, NULL);
    buffer_fini(&out);
}

static void reads_units(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const struct unit_case *c = &units[i];
        enum number_style elected = elect_number(c->text);
        enum number_style wanted = c->point && c->comma ? (strcmp(c->point, c->comma) ? NUMBER_AMBIGUOUS : NUMBER_PLAIN)
                                   : c->point           ? NUMBER_POINT
                                   : c->comma           ? NUMBER_COMMA
                                                        : NUMBER_EMPTY;
        assert_read(c, NUMBER_POINT, c->point);
        assert_read(c, NUMBER_COMMA, c->comma);
        assert_read(c, NUMBER_PLAIN, elected == NUMBER_AMBIGUOUS ? NULL : c->point);
        if (elected != wanted)
            fail_msg("'%s' elects %d, not %d", c->text, (int)elected, (int)wanted);
    }
}

static void counts_units_of_a_column(void **state)
{
    struct number_election e;
    (void)state;

    assert_int_equal(elect_numbers((const char *const[]){"5", "€5", "€ 1,5", "EUR 7", "3", NULL}, &e), NUMBER_COMMA);
    assert_int_equal(e.currencies, 3);
    assert_int_equal(e.other_currencies, 0);
    assert_int_equal(e.percents, 0);
    assert_string_equal(e.currency.code, "EUR");
    assert_int_equal(e.currency_example.line, 3);
    assert_string_equal(e.currency_example.value.text, "€5");
    assert_int_equal(elect_numbers((const char *const[]){"$5", "5 USD", "12%", "£1 k", "$6", NULL}, &e), NUMBER_PLAIN);
    assert_int_equal(e.currencies, 3);
    assert_int_equal(e.other_currencies, 1);
    assert_int_equal(e.percents, 1);
    assert_int_equal(e.invalid, 1);
    assert_int_equal(e.other_currency_example.line, 3);
    assert_string_equal(e.other_currency_example.value.text, "5 USD");
    assert_int_equal(e.percent_example.line, 4);
    assert_true(currency_may_be(&e.currency, SLICE("CAD")));
}

static void says_what_is_wrong(void **state)
{
    static const struct {
        const char *text;
        const char *problem;
    } cases[] = {
        {"5", NULL},
        {"1.234", NULL},
        {"1,5", NULL},
        {"(€1,234.50)", NULL},
        {"12 %", NULL},
        {"", "digits are missing"},
        {"  ", "digits are missing"},
        {"-", "digits are missing"},
        {"€", "digits are missing"},
        {"n/a", "digits are missing"},
        {"Foo", "digits are missing"},
        {"--", "digits are missing"},
        {"k€", "digits are missing"},
        {"12,5O", "a letter O among the digits"},
        {"1O0", "a letter O among the digits"},
        {"O5", "a letter O among the digits"},
        {"12,О", "a Cyrillic letter О among the digits"},
        {"1l5", "a letter l among the digits"},
        {"1.5k", "a unit that changes the value: 'k'"},
        {"2M", "a unit that changes the value: 'm'"},
        {"2 M€", "a unit that changes the value: 'm'"},
        {"5 тыс. руб.", "a unit that changes the value: 'тыс'"},
        {"5 т.р.", "a unit that changes the value: 'тр'"},
        {"5 TEUR", "a unit that changes the value: 't'"},
        {"5 Mio. €", "a unit that changes the value: 'mio'"},
        {"5万元", "a unit that changes the value: '万'"},
        {"5만원", "a unit that changes the value: '만'"},
        {"5 ‰", "a unit that changes the value: '‰'"},
        {"5 ألف", "a unit that changes the value: 'الف'"},
        {"12 ct", "a unit that changes the value: 'ct'"},
        {"12 34", "more than one number"},
        {"10-20", "more than one number"},
        {"10/20", "more than one number"},
        {"5 - 10 €", "more than one number"},
        {"5 руб 50 коп", "more than one number"},
        {"1,2,3", "separators that make no number"},
        {"1.2.3", "separators that make no number"},
        {"1,234.5e3", "separators and an exponent in one number"},
        {"-5-", "more than one sign"},
        {"(-5)", "more than one sign"},
        {"(5", "a bracket without its other half"},
        {"5)", "a bracket without its other half"},
        {"1٢", "digits of two scripts"},
        {"€5$", "more than one unit"},
        {"5%€", "more than one unit"},
        {"5 apples", "text that is no currency and no percent sign"},
        {"about 5", "text that is no currency and no percent sign"},
        {"'5", "text that is no currency and no percent sign"},
        {"#VALUE!", "an error of the spreadsheet"},
        {"#N/A", "an error of the spreadsheet"},
        {"#REF!", "an error of the spreadsheet"},
        {"#DIV/0!", "an error of the spreadsheet"},
        {"#NAME?", "an error of the spreadsheet"},
        {"#ЗНАЧ!", "an error of the spreadsheet"},
        {"#Н/Д", "an error of the spreadsheet"},
        {" #NV ", "an error of the spreadsheet"},
        {"########", "an error of the spreadsheet"},
        {"Err:502", "an error of the spreadsheet"},
        {"#", "digits are missing"},
        {"#5", "text that is no currency and no percent sign"},
        {"11111111112222222222333333333344444444445", "more than 40 digits"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *problem = number_problem(slice_from_cstr(cases[i].text));
        if (!problem || !cases[i].problem ? problem != cases[i].problem : strcmp(problem, cases[i].problem) != 0)
            fail_msg("'%s': %s", cases[i].text, problem ? problem : "(none)");
    }
}

/* A value is never read past its end, whatever it is cut from. */
static void reads_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        for (size_t length = 0; length <= strlen(units[i].text); length++) {
            char *copy = malloc(length + 1); /* exact, so that the sanitizer sees a byte too far */
            struct slice text = {copy + 1, length};
            struct number_election e = {0};
            struct buffer out = {0};
            struct number_unit unit;
            assert_non_null(copy);
            memcpy(copy + 1, units[i].text, length);
            number_election_add(&e, text, 1);
            bool readable = number_read(text, NUMBER_POINT, &out, &unit) == 0;
            readable = number_read(text, NUMBER_COMMA, &out, &unit) == 0 || readable;
            assert_int_equal(readable, number_problem(text) == NULL);
            assert_int_equal(e.invalid + (slice_trim(text).len == 0), !readable);
            buffer_fini(&out);
            free(copy);
        }
}

/* Random amounts, with a sign written in one of the ways and a unit on one side. */
static void amounts_come_back_with_their_units(void **state)
{
    static const struct {
        const char *text;
        const char *code;
    } signs[] = {{"€", "EUR"},  {"USD", "USD"}, {"руб.", "RUB"}, {"zł", "PLN"},
                 {"R$", "BRL"}, {"د.إ", "AED"}, {"円", "JPY"}};
    static const char *const patterns[] = {"%s %s", "%s%s", "(%s%s)", "-%s%s", "- %s %s", "%s%s-", "%s\u00a0%s"};
    static const bool negative[] = {false, false, true, true, true, true, false};
    uint64_t seed = 7;
    (void)state;

    for (int round = 0; round < 5000; round++) {
        size_t s = next_random(&seed) % 7;
        size_t p = next_random(&seed) % 7;
        char plain[40];
        char digits[60];
        char text[120];
        char whole[16];
        struct buffer out = {0};
        struct number_unit unit;
        snprintf(whole, sizeof whole, "%llu", 1 + (unsigned long long)(next_random(&seed) % 10000000));
        snprintf(plain, sizeof plain, "%s%s.25", negative[p] ? "-" : "", whole);
        bool comma = next_random(&seed) % 2;
        write_in_style(digits, sizeof digits, false, whole, "25", comma ? "." : ",", comma ? ',' : '.');
        bool front = next_random(&seed) % 2;
        snprintf(text, sizeof text, patterns[p], front ? signs[s].text : digits, front ? digits : signs[s].text);
        if (number_read(slice_from_cstr(text), comma ? NUMBER_COMMA : NUMBER_POINT, &out, &unit) ||
            !slice_equal_cstr(buffer_slice(&out), plain) || strcmp(unit.currency.code, signs[s].code) != 0)
            fail_msg("'%s' is not %s %s: '%.*s' %s", text, plain, signs[s].code, SLICE_ARG(buffer_slice(&out)),
                     unit.currency.code);
        buffer_fini(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_shape_of_number),
        cmocka_unit_test(refuses_more_than_forty_digits),
        cmocka_unit_test(elects_numbers_by_the_column),
        cmocka_unit_test(examples_are_fit_to_be_shown),
        cmocka_unit_test(amounts_come_back_from_every_style),
        cmocka_unit_test(reads_units),
        cmocka_unit_test(counts_units_of_a_column),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(reads_every_prefix),
        cmocka_unit_test(amounts_come_back_with_their_units),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
