/* Elections: single values of every shape, what a column makes of them, and the reading of values by the result. The
 * wanted readings are written by hand; random amounts are written in every style by the test and have to come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/decimal.h"
#include "value/date_election.h"
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
    /* neither */
    {"", NUMBER_EMPTY, NULL, NULL, NULL},
    {"   ", NUMBER_EMPTY, NULL, NULL, NULL},
    {"1,23,456", NUMBER_EMPTY, NULL, NULL, NULL},
    {"12,34,567.00", NUMBER_EMPTY, NULL, NULL, NULL},
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
    {"- 5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"--5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"5-", NUMBER_EMPTY, NULL, NULL, NULL},
    {"(5)", NUMBER_EMPTY, NULL, NULL, NULL},
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
    {"$5", NUMBER_EMPTY, NULL, NULL, NULL},
    {"5 \xe2\x82\xac", NUMBER_EMPTY, NULL, NULL, NULL},
    {"0x1f", NUMBER_EMPTY, NULL, NULL, NULL},
    {"nan", NUMBER_EMPTY, NULL, NULL, NULL},
    {"inf", NUMBER_EMPTY, NULL, NULL, NULL},
    {"n/a", NUMBER_EMPTY, NULL, NULL, NULL},
    {"\xd9\xa1\xd9\xa2", NUMBER_EMPTY, NULL, NULL, NULL}, /* Arabic-Indic digits */
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
        char whole[16];
        char fraction[8] = "";
        char plain[40];
        char text[80];
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

static enum date_style elect_dates(const char *const *texts, struct date_election *election)
{
    *election = (struct date_election){0};
    for (uint64_t line = 2; *texts; texts++, line++)
        date_election_add(election, slice_from_cstr(*texts), line);
    return date_election_result(election);
}

static void assert_date(struct slice text, enum date_style style, const char *wanted)
{
    char out[MOMENT_TEXT];
    struct moment moment;
    bool good = date_parse_style(text, style, &moment);
    struct slice got = good ? moment_format(&moment, out) : SLICE("(refused)");

    if (!slice_equal_cstr(got, wanted ? wanted : "(refused)"))
        fail_msg("'%.*s' in style %d: '%.*s', not '%s'", SLICE_ARG(text), (int)style, SLICE_ARG(got),
                 wanted ? wanted : "(refused)");
}

struct date_case {
    const char *text;
    enum date_style elects;
    const char *day_first, *month_first, *year_first;
};

#define YEAR_FIRST(text, iso)                \
    {                                        \
        text, DATE_YEAR_FIRST, iso, iso, iso \
    }
#define DAY_FIRST(text, iso)                  \
    {                                         \
        text, DATE_DAY_FIRST, iso, NULL, NULL \
    }
#define MONTH_FIRST(text, iso)                  \
    {                                           \
        text, DATE_MONTH_FIRST, NULL, iso, NULL \
    }
#define NO_DATE(text)                      \
    {                                      \
        text, DATE_EMPTY, NULL, NULL, NULL \
    }

static const struct date_case dates[] = {
    YEAR_FIRST("2026-12-31", "2026-12-31"),
    YEAR_FIRST("2026/12/31", "2026-12-31"),
    YEAR_FIRST("2026.12.31", "2026-12-31"),
    YEAR_FIRST("20261231", "2026-12-31"),
    YEAR_FIRST("2026-1-5", "2026-01-05"),
    YEAR_FIRST("2026/1/5 9:05", "2026-01-05T09:05:00"),
    YEAR_FIRST(" 2026-01-05 ", "2026-01-05"),
    YEAR_FIRST("2026-01-05T10:00:00+03:00", "2026-01-05T10:00:00+03:00"),
    YEAR_FIRST("2026-01-05 10:00:00.250Z", "2026-01-05T10:00:00.25Z"),
    YEAR_FIRST("2026/01/05 10:00 PM", "2026-01-05T22:00:00"),
    YEAR_FIRST("0001-01-01", "0001-01-01"),
    YEAR_FIRST("9999-12-31", "9999-12-31"),
    YEAR_FIRST("2024-02-29", "2024-02-29"),
    YEAR_FIRST("2000/02/29", "2000-02-29"),
    DAY_FIRST("31/12/2026", "2026-12-31"),
    DAY_FIRST("13-1-2026", "2026-01-13"),
    DAY_FIRST("31.12.2026", "2026-12-31"),
    DAY_FIRST("1.2.2026", "2026-02-01"), /* dots: the day stands first */
    DAY_FIRST("05.05.2026", "2026-05-05"),
    DAY_FIRST("29/02/2024", "2024-02-29"),
    DAY_FIRST("31.12.2026 23:59", "2026-12-31T23:59:00"),
    DAY_FIRST("31.12.2026 23:59:60", "2026-12-31T23:59:59"), /* a leap second */
    DAY_FIRST("31/12/2026, 10:00:05 PM", "2026-12-31T22:00:05"),
    DAY_FIRST("31/12/2026 12:00 AM", "2026-12-31T00:00:00"),
    DAY_FIRST("31/12/2026 12:00 pm", "2026-12-31T12:00:00"),
    DAY_FIRST("31/12/2026 1:02am", "2026-12-31T01:02:00"),
    DAY_FIRST("31/12/2026T10:00:00.5-02:30", "2026-12-31T10:00:00.5-02:30"),
    DAY_FIRST("31/12/2026 10:00 +0300", "2026-12-31T10:00:00+03:00"),
    MONTH_FIRST("12/31/2026", "2026-12-31"),
    MONTH_FIRST("1-13-2026", "2026-01-13"),
    MONTH_FIRST("2/29/2024", "2024-02-29"),
    MONTH_FIRST("12/31/2026 9:05:07 AM", "2026-12-31T09:05:07"),
    {"01/02/2026", DATE_AMBIGUOUS, "2026-02-01", "2026-01-02", NULL},
    {"1-2-2026", DATE_AMBIGUOUS, "2026-02-01", "2026-01-02", NULL},
    {"12/11/2026 10:00", DATE_AMBIGUOUS, "2026-11-12T10:00:00", "2026-12-11T10:00:00", NULL},
    {"05/05/2026", DATE_DAY_FIRST, "2026-05-05", "2026-05-05", NULL}, /* the same either way */
    NO_DATE(""),
    NO_DATE("  "),
    NO_DATE("31/12/26"), /* two digits are no year */
    NO_DATE("26-12-31"),
    NO_DATE("1.2.26"),
    NO_DATE("29/02/2026"),
    NO_DATE("2/29/1900"),
    NO_DATE("2026-02-30"),
    NO_DATE("2026-13-01"),
    NO_DATE("2026-00-10"),
    NO_DATE("2026-10-00"),
    NO_DATE("0000-01-01"),
    NO_DATE("31/12/0000"),
    NO_DATE("10000-01-01"),
    NO_DATE("31/12/10000"),
    NO_DATE("12.31.2026"), /* nobody writes month.day.year */
    NO_DATE("32/12/2026"),
    NO_DATE("31/13/2026"),
    NO_DATE("31/12"),
    NO_DATE("31/12-2026"),
    NO_DATE("31 12 2026"),
    NO_DATE("031/12/2026"),
    NO_DATE("31/12/2026x"),
    NO_DATE("31/12/2026 25:00"),
    NO_DATE("31/12/2026 10:60"),
    NO_DATE("31/12/2026 10:00:61"),
    NO_DATE("31/12/2026 13:00 PM"),
    NO_DATE("31/12/2026 0:30 AM"),
    NO_DATE("31/12/2026 10:00 XM"),
    NO_DATE("31/12/2026 PM"),
    NO_DATE("31/12/2026 1000"),
    NO_DATE("31/12/2026 10:00+25:00"),
    NO_DATE("31/12/2026 10:00:00.000000000000000000000000000000000000000000000"),
    NO_DATE("-31/12/2026"),
    NO_DATE("yesterday"),
    NO_DATE("45678"), /* a spreadsheet's day number */
};

static void reads_every_shape_of_date(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        const struct date_case *d = &dates[i];
        struct slice text = slice_from_cstr(d->text);
        struct date_election e;
        enum date_style elected = elect_dates((const char *const[]){d->text, NULL}, &e);
        if (elected != d->elects)
            fail_msg("'%s' elects %d, not %d", d->text, (int)elected, (int)d->elects);
        assert_date(text, DATE_DAY_FIRST, d->day_first);
        assert_date(text, DATE_MONTH_FIRST, d->month_first);
        assert_date(text, DATE_YEAR_FIRST, d->year_first);
        assert_date(text, DATE_EMPTY, d->year_first);
    }
}

/* The end of a string constant is no separator, and no half of the day. */
static void a_nul_is_no_part_of_a_date(void **state)
{
    (void)state;
    assert_date(SLICE("25\0"
                      "12\0"
                      "2026"),
                DATE_DAY_FIRST, NULL);
    assert_date(SLICE("2026\0"
                      "12\0"
                      "25"),
                DATE_YEAR_FIRST, NULL);
    assert_date(SLICE("25/12/2026 10:00 \0M"), DATE_DAY_FIRST, NULL);
    assert_date(SLICE("25/12/2026\0"), DATE_DAY_FIRST, NULL);
}

static void elects_dates_by_the_column(void **state)
{
    struct date_election e;
    (void)state;

    assert_int_equal(elect_dates((const char *const[]){NULL}, &e), DATE_EMPTY);
    assert_int_equal(elect_dates((const char *const[]){"", "soon", NULL}, &e), DATE_EMPTY);
    assert_int_equal(e.invalid, 1);
    assert_string_equal(e.invalid_example.value.text, "soon");
    assert_int_equal(elect_dates((const char *const[]){"2026-01-02", "20260102", NULL}, &e), DATE_YEAR_FIRST);
    assert_int_equal(e.year_first, 2);
    assert_int_equal(elect_dates((const char *const[]){"2026-01-02", "01/02/2026", NULL}, &e), DATE_AMBIGUOUS);
    assert_string_equal(e.ambiguous_example.value.text, "01/02/2026");
    assert_int_equal(e.ambiguous_example.line, 3);
    assert_int_equal(elect_dates((const char *const[]){"01/02/2026", "13/02/2026", NULL}, &e), DATE_DAY_FIRST);
    assert_int_equal(elect_dates((const char *const[]){"01/02/2026", "02/13/2026", NULL}, &e), DATE_MONTH_FIRST);
    assert_int_equal(elect_dates((const char *const[]){"05/05/2026", "01/02/2026", NULL}, &e), DATE_AMBIGUOUS);
    assert_int_equal(elect_dates((const char *const[]){"05/05/2026", "02/13/2026", NULL}, &e), DATE_MONTH_FIRST);
    assert_int_equal(elect_dates((const char *const[]){"05/05/2026", "2026-01-01", NULL}, &e), DATE_DAY_FIRST);
    assert_int_equal(e.neutral, 1);
    assert_int_equal(elect_dates((const char *const[]){"13/02/2026", "02/13/2026", "1/2/2026", NULL}, &e),
                     DATE_CONFLICT);
    assert_string_equal(e.day_example.value.text, "13/02/2026");
    assert_string_equal(e.month_example.value.text, "02/13/2026");
    assert_int_equal(e.day_example.line, 2);
    assert_int_equal(e.month_example.line, 3);
}

/* Every day of some years, as written by the test, comes back; read the other way it is refused or another day, and
 * then it alone decides nothing. */
static void days_come_back_from_both_styles(void **state)
{
    (void)state;
    for (int32_t day = day_from_civil(1999, 1, 1); day < day_from_civil(2005, 1, 1); day++) {
        char iso[MOMENT_TEXT];
        char text[48];
        int year;
        int month;
        int day_of_month;
        struct date_election e;
        struct moment moment;
        civil_from_day(day, &year, &month, &day_of_month);
        snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day_of_month);
        snprintf(text, sizeof text, "%d/%02d/%d", day_of_month, month, year);
        assert_date(slice_from_cstr(text), DATE_DAY_FIRST, iso);
        enum date_style elected = elect_dates((const char *const[]){text, NULL}, &e);
        bool other = date_parse_style(slice_from_cstr(text), DATE_MONTH_FIRST, &moment);
        assert_int_equal(elected, day_of_month <= 12 && day_of_month != month ? DATE_AMBIGUOUS : DATE_DAY_FIRST);
        assert_int_equal(other, day_of_month <= 12);
        snprintf(text, sizeof text, "%02d-%d-%d", month, day_of_month, year);
        assert_date(slice_from_cstr(text), DATE_MONTH_FIRST, iso);
        snprintf(text, sizeof text, "%02d.%02d.%d", day_of_month, month, year);
        assert_date(slice_from_cstr(text), DATE_DAY_FIRST, iso);
        assert_date(slice_from_cstr(text), DATE_MONTH_FIRST, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_shape_of_number),        cmocka_unit_test(refuses_more_than_forty_digits),
        cmocka_unit_test(elects_numbers_by_the_column),       cmocka_unit_test(examples_are_fit_to_be_shown),
        cmocka_unit_test(amounts_come_back_from_every_style), cmocka_unit_test(reads_every_shape_of_date),
        cmocka_unit_test(a_nul_is_no_part_of_a_date),         cmocka_unit_test(elects_dates_by_the_column),
        cmocka_unit_test(days_come_back_from_both_styles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
