/* Dates. The calendar is compared with gmtime_r() and timegm(), single days and instants with values from Python's
 * datetime and zoneinfo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "value/date.h"

#define DAY(year, month, day) day_from_civil(year, month, day)
#define FOUR_HUNDRED_YEARS 146097

static struct slice text_of(const char *text)
{
    return (struct slice){text, strlen(text)};
}

static void check_text(struct slice text, const char *expected)
{
    char shown[MOMENT_TEXT + 1] = {0};

    assert_in_range(text.len, 0, MOMENT_TEXT);
    memcpy(shown, text.ptr, text.len);
    assert_string_equal(shown, expected);
}

/* ---- calendar ---- */

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(DAY(1970, 1, 1), 0);
    assert_int_equal(DAY(1969, 12, 31), -1);
    assert_int_equal(DAY(2000, 2, 29), 11016);
    assert_int_equal(DAY(2026, 3, 1), 20513);
    assert_int_equal(DAY(1900, 3, 1), -25508);
    assert_int_equal(DAY(1582, 10, 15), -141427);
    assert_int_equal(DAY(1, 1, 1), DAY_MIN);
    assert_int_equal(DAY(9999, 12, 31), DAY_MAX);
}

static void every_day_of_400_years(void **state)
{
    (void)state;
    for (int32_t day = DAY(1900, 1, 1); day < DAY(1900, 1, 1) + FOUR_HUNDRED_YEARS; day++) {
        time_t seconds = (time_t)day * 86400;
        struct tm tm;
        int year;
        int month;
        int day_of_month;
        assert_non_null(gmtime_r(&seconds, &tm));
        civil_from_day(day, &year, &month, &day_of_month);
        if (year != tm.tm_year + 1900 || month != tm.tm_mon + 1 || day_of_month != tm.tm_mday)
            fail_msg("day %d is not %d-%d-%d", day, year, month, day_of_month);
        if (day_from_civil(year, month, day_of_month) != day || !civil_valid(year, month, day_of_month))
            fail_msg("%d-%d-%d is not day %d", year, month, day_of_month, day);
    }
}

static void every_day_there_is(void **state)
{
    int32_t expected = DAY_MIN;
    (void)state;

    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; civil_valid(year, month, day); day++, expected++)
                if (day_from_civil(year, month, day) != expected)
                    fail_msg("%d-%d-%d is not %d", year, month, day, expected);
    assert_int_equal(expected, DAY_MAX + 1);
}

static void impossible_days(void **state)
{
    static const int dates[][3] = {
        {0, 1, 1},     {10000, 1, 1}, {2026, 0, 1},  {2026, 13, 1}, {2026, 1, 0},
        {2026, 1, 32}, {2026, 4, 31}, {2026, 2, 29}, {1900, 2, 29}, {2000, 2, 30},
        {2024, 2, 30}, {2026, -1, 1}, {2026, 1, -1}, {-1, 1, 1},    {2026, 1000000, 1},
    };
    (void)state;

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (civil_valid(dates[i][0], dates[i][1], dates[i][2]))
            fail_msg("%d-%d-%d", dates[i][0], dates[i][1], dates[i][2]);
    assert_true(civil_valid(2000, 2, 29));
    assert_true(civil_valid(2024, 2, 29));
    assert_true(civil_valid(1, 1, 1));
    assert_true(civil_valid(9999, 12, 31));
}

static void any_number_is_a_day(void **state)
{
    int year;
    int month;
    int day;
    (void)state;

    for (int32_t n = -5; n <= 5; n++) {
        civil_from_day(n < 0 ? INT32_MAX + n : INT32_MIN + n, &year, &month, &day);
        assert_in_range(month, 1, 12);
        assert_in_range(day, 1, 31);
    }
}

/* ---- ISO 8601 ---- */

static void iso_accepts(void **state)
{
    static const struct {
        const char *text;
        const char *written; /* by moment_format() */
    } cases[] = {
        {"2026-03-01", "2026-03-01"},
        {"20260301", "2026-03-01"},
        {"0001-01-01", "0001-01-01"},
        {"9999-12-31", "9999-12-31"},
        {"2024-02-29", "2024-02-29"},
        {"2026-03-01T10:00", "2026-03-01T10:00:00"},
        {"2026-03-01T10:00:05", "2026-03-01T10:00:05"},
        {"2026-03-01 10:00:05", "2026-03-01T10:00:05"},
        {"2026-03-01t23:59:59z", "2026-03-01T23:59:59Z"},
        {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
        {"2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"},
        {"2026-03-01T10:00Z", "2026-03-01T10:00:00Z"},
        {"2026-03-01 10:00:00 UTC", "2026-03-01T10:00:00Z"},
        {"2026-03-01T10:00:00+03:00", "2026-03-01T10:00:00+03:00"},
        {"2026-03-01 10:00:00 +0300", "2026-03-01T10:00:00+03:00"},
        {"2026-03-01 10:00:00 -0330", "2026-03-01T10:00:00-03:30"},
        {"2026-03-01T10:00:00-05", "2026-03-01T10:00:00-05:00"},
        {"2026-03-01T10:00:00-00:00", "2026-03-01T10:00:00Z"},
        {"2026-03-01T10:00:00.5", "2026-03-01T10:00:00.5"},
        {"2026-03-01T10:00:00,250Z", "2026-03-01T10:00:00.25Z"},
        {"2026-03-01T10:00:00.000+03:00", "2026-03-01T10:00:00+03:00"},
        {"2026-03-01T10:00:00.000000001", "2026-03-01T10:00:00.000000001"},
        {"2026-03-01T10:00:00.9999999999999999999999", "2026-03-01T10:00:00.999999999"},
        {"20260301T100000Z", "2026-03-01T10:00:00Z"},
        {"20260301T1000", "2026-03-01T10:00:00"},
        {"20260301T1000+0300", "2026-03-01T10:00:00+03:00"},
        {"20260301T100000.25-03", "2026-03-01T10:00:00.25-03:00"},
        {"20260301 10:00:07", "2026-03-01T10:00:07"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct moment moment;
        struct moment again;
        char out[MOMENT_TEXT];
        if (!moment_parse_iso(text_of(cases[i].text), &moment))
            fail_msg("'%s' was refused", cases[i].text);
        struct slice written = moment_format(&moment, out);
        check_text(written, cases[i].written);
        assert_true(moment_parse_iso(written, &again));
        assert_true(again.day == moment.day && again.second == moment.second && again.nanosecond == moment.nanosecond &&
                    again.offset == moment.offset && again.has_time == moment.has_time &&
                    again.has_offset == moment.has_offset);
    }
}

static void iso_fields(void **state)
{
    struct moment moment;
    (void)state;

    assert_true(moment_parse_iso(text_of("2026-03-01T10:20:30.125-05:30"), &moment));
    assert_int_equal(moment.day, 20513);
    assert_int_equal(moment.second, 10 * 3600 + 20 * 60 + 30);
    assert_int_equal(moment.nanosecond, 125000000);
    assert_int_equal(moment.offset, -(5 * 3600 + 30 * 60));
    assert_true(moment.has_time && moment.has_offset);
    assert_true(moment_parse_iso(text_of("2026-03-01"), &moment));
    assert_false(moment.has_time || moment.has_offset);
    assert_int_equal(moment.second, 0);
    assert_true(moment_parse_iso((struct slice){"2026-03-011", 10}, &moment)); /* the slice ends before the digit */
}

static void iso_refuses(void **state)
{
    static const char *const texts[] = {
        "",
        "2",
        "2026",
        "2026-03",
        "2026-3-1",
        "26-03-01",
        "2026/03/01",
        "01.03.2026",
        "2026-0301",
        "202603-01",
        "2026-02-29",
        "2026-02-30",
        "2026-04-31",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "0000-01-01",
        "20260229",
        "2026030",
        "202603011",
        "202603011000",
        " 2026-03-01",
        "2026-03-01 ",
        "2026-03-01T",
        "+2026-03-01",
        "-026-03-01",
        "2026-03-01x",
        "2026-03-01T10",
        "2026-03-01T10Z",
        "2026-03-01T1000",
        "2026-03-01T10:0",
        "2026-03-01T10:00:",
        "2026-03-01T10:00:0",
        "2026-03-01T24:00:00",
        "2026-03-01T10:60",
        "2026-03-01T10:00:61",
        "2026-03-01T10:00:00.",
        "2026-03-01T10:00:00.x",
        "2026-03-01T10:00.5",
        "2026-03-01  10:00",
        "2026-03-01T10:00:00  Z",
        "2026-03-01T10:00:00 ",
        "2026-03-01T10:00:00Z ",
        "2026-03-01T10:00:00+3",
        "2026-03-01T10:00:00+03:",
        "2026-03-01T10:00:00+03:0",
        "2026-03-01T10:00:00+030",
        "2026-03-01T10:00:00+24:00",
        "2026-03-01T10:00:00+03:60",
        "2026-03-01T10:00:00+03:00x",
        "2026-03-01Z",
        "2026-03-01+03:00",
        "2026-03-01 UTC",
        "2026-03-01T10:00:00 UTCx",
        "2026-03-01T10:00:00 CET",
        "20260301T10000",
        "20260301T1",
        "today",
        "2026-03-01T10:00:00+",
        "2026-03-0\xd9\xa1",
        "2026-W09-7",
        "2026-060",
        "yyyy-mm-dd",
        "2026:03:01",
        "/026-03-01",
        "2026-03-0:",
    };
    struct moment moment;
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (moment_parse_iso(text_of(texts[i]), &moment))
            fail_msg("'%s' was accepted", texts[i]);
    assert_false(moment_parse_iso((struct slice){NULL, 0}, &moment));
    assert_false(moment_parse_iso((struct slice){"2026-03-01\0", 11}, &moment));
    /* no beginning of a long text is read past its end: sanitizers and the exact-size copy see to it */
    static const char longest[] = "2026-03-01T10:00:00.123456789 +03:00";
    for (size_t length = 0; length < sizeof longest; length++) {
        char *copy = malloc(length + 1);
        assert_non_null(copy);
        memcpy(copy + 1, longest, length);
        bool whole = length == 10 || length == 16 || length == 19 || (length >= 21 && length <= 29) || length == 33 ||
                     length == 36;
        if (moment_parse_iso((struct slice){copy + 1, length}, &moment) != whole)
            fail_msg("the first %zu bytes of %s", length, longest);
        free(copy);
    }
}

static void writing_every_day_reads_back(void **state)
{
    (void)state;
    for (int32_t day = DAY_MIN; day <= DAY_MAX; day += day > DAY(1990, 1, 1) && day < DAY(2040, 1, 1) ? 1 : 97) {
        char out[MOMENT_TEXT];
        struct moment moment;
        assert_true(moment_parse_iso(day_format(day, out), &moment));
        assert_int_equal(moment.day, day);
    }
}

static void writing_no_day(void **state)
{
    char out[MOMENT_TEXT];
    (void)state;

    assert_int_equal(day_format(DAY_NONE, out).len, 0);
    assert_int_equal(day_format(DAY_MIN - 1, out).len, 0);
    assert_int_equal(day_format(DAY_MAX + 1, out).len, 0);
    assert_int_equal(moment_format(&(struct moment){.day = DAY_NONE, .has_time = true}, out).len, 0);
    check_text(day_format(DAY_MAX, out), "9999-12-31");
    check_text(moment_format(&(struct moment){.day = DAY_MIN,
                                              .second = 86399,
                                              .nanosecond = 999999999,
                                              .offset = -86340,
                                              .has_time = true,
                                              .has_offset = true},
                             out),
               "0001-01-01T23:59:59.999999999-23:59");
}

/* ---- formats ---- */

static void format_accepts(void **state)
{
    static const struct {
        const char *format;
        const char *text;
        const char *written;
    } cases[] = {
        {"%d.%m.%Y", "01.03.2026", "2026-03-01"},
        {"%d.%m.%Y", "1.3.2026", "2026-03-01"},
        {"%m/%d/%Y", "02/29/2024", "2024-02-29"},
        {"%m/%d/%y", "3/1/26", "2026-03-01"},
        {"%y%m%d", "690101", "1969-01-01"},
        {"%y%m%d", "680101", "2068-01-01"},
        {"%D", "03/01/26", "2026-03-01"},
        {"%F", "2026-03-01", "2026-03-01"},
        {"%F %T", "2026-03-01 10:20:30", "2026-03-01T10:20:30"},
        {"%d.%m.%Y %H:%M", "01.03.2026 10:20", "2026-03-01T10:20:00"},
        {"%d %b %Y", "1 Mar 2026", "2026-03-01"},
        {"%B %d, %Y", "march 01, 2026", "2026-03-01"},
        {"%m/%d/%Y %I:%M %p", "3/1/2026 12:05 AM", "2026-03-01T00:05:00"},
        {"%m/%d/%Y %I:%M %p", "3/1/2026 12:05 PM", "2026-03-01T12:05:00"},
        {"%a, %d %b %Y %H:%M:%S %z", "Sun, 01 Mar 2026 10:20:30 +0300", "2026-03-01T10:20:30+03:00"},
        {"%FT%T%z", "2026-03-01T10:20:30Z", "2026-03-01T10:20:30Z"},
        {"%FT%T%z", "2026-03-01T10:20:30-05:30", "2026-03-01T10:20:30-05:30"},
        {"%c", "Sun Mar  1 10:20:30 2026", "2026-03-01T10:20:30"},
        {"%Y-%j", "2024-366", "2024-12-31"},
        {"%Y-%j", "2026-060", "2026-03-01"},
        {"%Y%m%d %j", "20260301 060", "2026-03-01"},
        {"%F %T", "2016-12-31 23:59:60", "2016-12-31T23:59:59"},
        {"%F%z", "2026-03-01+0300", "2026-03-01"},
        {"%d.%m.%Y", "01.01.0001", "0001-01-01"},
        {"100%% %F", "100% 2026-03-01", "2026-03-01"},
        {"%-d.%-m.%Y", "1.3.2026", "2026-03-01"},
        {"%s", "0", "1970-01-01T00:00:00Z"},
        {"%s", "1772359200", "2026-03-01T10:00:00Z"},
        {"%s", "-1", "1969-12-31T23:59:59Z"},
        {"%s", "-62135596800", "0001-01-01T00:00:00Z"},
        {"%s", "253402300799", "9999-12-31T23:59:59Z"},
    };
    struct error err;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct moment moment;
        char out[MOMENT_TEXT];
        if (date_format_check(cases[i].format, &err) != 0)
            fail_msg("%s", err.text);
        if (!moment_parse_format(text_of(cases[i].text), cases[i].format, &moment))
            fail_msg("'%s' by '%s' was refused", cases[i].text, cases[i].format);
        check_text(moment_format(&moment, out), cases[i].written);
    }
}

static void format_refuses(void **state)
{
    static const struct {
        const char *format;
        const char *text;
    } cases[] = {
        {"%d.%m.%Y", ""},
        {"%d.%m.%Y", "2026-03-01"},
        {"%d.%m.%Y", "31.02.2026"},
        {"%d.%m.%Y", "29.02.2026"},
        {"%d.%m.%Y", "31.04.2026"},
        {"%d.%m.%Y", "01.13.2026"},
        {"%d.%m.%Y", "00.01.2026"},
        {"%d.%m.%Y", "01.03.2026 "},
        {"%d.%m.%Y", "01.03.2026 10:00"},
        {"%d.%m.%Y", "01.03.20261"},
        {"%d.%m.%Y", "01.03.26"}, /* the year 26 */
        {"%d.%m.%Y", "01.03.0"},
        {"%d.%m.%Y", "01.03.0000"},
        {"%d.%m.%Y", "01.03.-2026"},
        {"%d.%m.%y", "01.03.2026"},
        {"%a %F", "Mon 2026-03-01"}, /* a Sunday */
        {"%F %j", "2026-03-01 061"},
        {"%Y-%j", "2026-366"},
        {"%Y-%j", "2026-000"},
        {"%F %T", "2026-03-01 24:00:00"},
        {"%F %T", "2026-03-01 10:00:61"},
        {"%F %T", "2026-03-01 10:60:00"},
        {"%F %H%z", "2026-03-01 10+2500"},
        {"%F %H%z", "2026-03-01 10+0360"},
        {"%b %d %Y", "M\xc3\xa4r 01 2026"},
        {"%s", ""},
        {"%s", "-"},
        {"%s", "+5"},
        {"%s", "1.5"},
        {"%s", " 5"},
        {"%s", "5 "},
        {"%s", "253402300800"},
        {"%s", "-62135596801"},
        {"%s", "1772359200000"}, /* milliseconds */
        {"%s", "18446744073709551616"},
    };
    struct moment moment;
    char text[301];
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (moment_parse_format(text_of(cases[i].text), cases[i].format, &moment))
            fail_msg("'%s' by '%s' was accepted", cases[i].text, cases[i].format);
    assert_false(moment_parse_format((struct slice){NULL, 0}, "%F", &moment));
    assert_false(moment_parse_format((struct slice){NULL, 0}, "%s", &moment));
    assert_false(moment_parse_format((struct slice){"2026-03-01\0", 11}, "%F", &moment));
    memset(text, ' ', sizeof text); /* strptime passes over blanks; this many are no date */
    memcpy(text + 290, "2026-03-01", 11);
    assert_false(moment_parse_format(text_of(text), " %F", &moment));
    assert_true(moment_parse_format(text_of(text + 250), " %F", &moment));
}

static void format_check_refuses(void **state)
{
    static const struct {
        const char *format;
        const char *text; /* that strptime itself would read */
        const char *message;
    } cases[] = {
        {"", "", "date format '' reads no date; a format is like %d.%m.%Y"},
        {"dd.mm.yyyy", "dd.mm.yyyy", "date format 'dd.mm.yyyy' reads no date; a format is like %d.%m.%Y"},
        {"%m/%Y", "03/2026", "date format '%m/%Y' has no day (%d)"},
        {"%d %Y", "01 2026", "date format '%d %Y' has no month (%m or %b)"},
        {"%d.%m.", "01.03.", "date format '%d.%m.' has no year (%Y or %y)"},
        {"%H:%M", "10:00", "date format '%H:%M' has no year (%Y or %y)"},
        {"%j", "060", "date format '%j' has no year (%Y or %y)"},
        {"%d.%m.%C", "01.03.20", "date format '%d.%m.%C' has no year (%Y or %y)"},
        {"%G-W%V-%u", "2026-W09-7", "date format '%G-W%V-%u' has no year (%Y or %y)"},
        {"%F %s", "2026-03-01 5", "date format '%F %s': %s (seconds since 1970) must stand alone"},
        {"%s ", "5 ", "date format '%s ': %s (seconds since 1970) must stand alone"},
        {"%F %H:%M:%S.%f", "2026-03-01 10:00:00.5", "date format '%F %H:%M:%S.%f': there is no conversion '%f'"},
        {"%F %Z", "2026-03-01 ", "date format '%F %Z': there is no conversion '%Z'"},
        {"%F %", "2026-03-01 %", "date format '%F %': there is no conversion '%'"},
        {"%d.%m.%EY", "01.03.2026", "date format '%d.%m.%EY': there is no conversion '%E'"},
        {"%F %\xc3\xa4", "2026-03-01 ", "date format '%F %\xc3\xa4': there is no conversion '%\\xc3'"},
        {"%%d.%%m.%%Y", "%d.%m.%Y", "date format '%%d.%%m.%%Y' reads no date; a format is like %d.%m.%Y"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {0};
        struct moment moment;
        assert_int_equal(date_format_check(cases[i].format, &err), -1);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_string_equal(err.text, cases[i].message);
        assert_false(moment_parse_format(text_of(cases[i].text), cases[i].format, &moment));
    }
}

/* ---- time zones ---- */

static bool zones_installed(void)
{
    if (access("/usr/share/zoneinfo/Pacific/Apia", R_OK) == 0)
        return true;
    print_message("no time zone database: skipped\n");
    return false;
}

static void check_day(struct date_reader *reader, const char *text, const char *expected)
{
    char out[MOMENT_TEXT];
    int32_t day;

    if (!date_read(reader, text_of(text), &day))
        fail_msg("'%s' was refused", text);
    check_text(day_format(day, out), expected);
}

static void no_zone_keeps_the_day_written(void **state)
{
    struct date_reader reader = {0};
    (void)state;

    check_day(&reader, "2026-03-01", "2026-03-01");
    check_day(&reader, "2026-03-01T00:30:00+03:00", "2026-03-01");
    check_day(&reader, "2026-03-01T23:30:00-10:00", "2026-03-01");
    check_day(&reader, "2026-03-01T23:30:00Z", "2026-03-01");
}

static void fixed_zones(void **state)
{
    static const struct {
        const char *name;
        int32_t offset;
    } zones[] = {
        {"UTC", 0},       {"GMT", 0},     {"Z", 0},           {"+00:00", 0},     {"+03:00", 10800},
        {"+0300", 10800}, {"+03", 10800}, {"-05:30", -19800}, {"-0530", -19800}, {"+14:00", 50400},
    };
    struct date_reader reader = {0};
    struct error err;
    (void)state;

    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        assert_int_equal(time_zone_open(&reader.zone, zones[i].name, &err), 0);
        assert_true(reader.zone.set && reader.zone.fixed);
        assert_int_equal(reader.zone.offset, zones[i].offset);
    }
    assert_int_equal(time_zone_open(&reader.zone, "+03:00", &err), 0);
    check_day(&reader, "2026-03-01T20:59:59Z", "2026-03-01");
    check_day(&reader, "2026-03-01T21:00:00Z", "2026-03-02");
    check_day(&reader, "2026-03-01T02:59:59+06:00", "2026-02-28");
    check_day(&reader, "2026-03-01T23:59:59", "2026-03-01"); /* no offset written */
    check_day(&reader, "2026-03-01", "2026-03-01");
    assert_int_equal(time_zone_open(&reader.zone, "-08", &err), 0);
    check_day(&reader, "2026-03-01T07:59:59Z", "2026-02-28");
    check_day(&reader, "1970-01-01T00:00:00Z", "1969-12-31");
    reader.format = "%s";
    check_day(&reader, "0", "1969-12-31");
}

static void days_beyond_the_calendar(void **state)
{
    struct date_reader reader = {0};
    struct error err;
    int32_t day;
    (void)state;

    assert_int_equal(time_zone_open(&reader.zone, "UTC", &err), 0);
    assert_false(date_read(&reader, text_of("0001-01-01T00:00:00+03:00"), &day));
    assert_false(date_read(&reader, text_of("9999-12-31T23:00:00-03:00"), &day));
    assert_true(date_read(&reader, text_of("9999-12-31T23:00:00Z"), &day));
    assert_int_equal(day, DAY_MAX);
    struct moment moment = {.day = DAY_MIN, .offset = 1, .has_time = true, .has_offset = true};
    assert_int_equal(moment_day(&moment, &reader.zone), DAY_NONE);
}

static void named_zones(void **state)
{
    static const struct {
        const char *zone;
        const char *text;
        const char *day;
    } cases[] = {
        {"Europe/Berlin", "2026-03-28T22:59:59Z", "2026-03-28"},
        {"Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29"},
        {"Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29"},
        {"Europe/Berlin", "2026-03-29T21:59:59Z", "2026-03-29"},
        {"Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30"},
        {"Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-25"},
        {"Europe/Berlin", "2026-10-25T23:00:00Z", "2026-10-26"},
        {"Europe/Berlin", "2026-03-29T01:59:59+03:00", "2026-03-28"},
        {"Europe/Berlin", "2026-03-29T23:59:59", "2026-03-29"},
        {"America/New_York", "2026-03-08T04:59:59Z", "2026-03-07"},
        {"America/New_York", "2026-03-08T05:00:00Z", "2026-03-08"},
        {"America/New_York", "2026-03-09T03:59:59Z", "2026-03-08"},
        {"America/New_York", "2026-03-09T04:00:00Z", "2026-03-09"},
        {"Asia/Kolkata", "2026-03-01T18:29:59Z", "2026-03-01"},
        {"Asia/Kolkata", "2026-03-01T18:30:00Z", "2026-03-02"},
        {"Asia/Kathmandu", "2026-03-01T18:14:59Z", "2026-03-01"},
        {"Asia/Kathmandu", "2026-03-01T18:15:00Z", "2026-03-02"},
        {"Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"},
        {"Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"}, /* there was no 30th */
        {"Pacific/Apia", "2011-12-31T09:59:59Z", "2011-12-31"},
        {"Pacific/Apia", "2011-12-31T10:00:00Z", "2012-01-01"},
        /* the clock went back at 00:01, in the middle of a quarter of an hour */
        {"America/St_Johns", "2006-10-29T02:29:59Z", "2006-10-28"},
        {"America/St_Johns", "2006-10-29T02:30:00Z", "2006-10-29"},
        {"America/St_Johns", "2006-10-29T02:30:59Z", "2006-10-29"},
        {"America/St_Johns", "2006-10-29T02:31:00Z", "2006-10-28"},
        {"America/St_Johns", "2006-10-29T02:30:30Z", "2006-10-29"},
        {"America/St_Johns", "2006-10-29T03:30:00Z", "2006-10-29"},
    };
    struct date_reader reader = {0};
    struct error err;
    const char *open = "";
    (void)state;

    if (!zones_installed())
        skip();
    unsetenv("TZDIR");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(open, cases[i].zone) != 0) {
            open = cases[i].zone;
            assert_int_equal(time_zone_open(&reader.zone, open, &err), 0);
            assert_true(reader.zone.set && !reader.zone.fixed);
        }
        check_day(&reader, cases[i].text, cases[i].day);
    }
}

/* The cached offset is the one localtime_r() gives without a cache, at every minute around the changes of two years,
 * forwards and in a scattered order. */
static void the_cache_changes_nothing(void **state)
{
    static const char *const names[] = {"America/St_Johns", "Europe/London", "Australia/Lord_Howe", "Asia/Gaza"};
    struct time_zone zone;
    struct error err;
    (void)state;

    if (!zones_installed())
        skip();
    unsetenv("TZDIR");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(time_zone_open(&zone, names[i], &err), 0);
        const int64_t minutes = 2 * 365 * 24 * 60;
        for (int64_t n = 0; n < 2 * minutes; n += 7) {
            int64_t minute = n < minutes ? n : n * 7919 % minutes;
            time_t instant = (time_t)DAY(2010, 1, 1) * 86400 + minute * 60 + 30;
            struct tm tm;
            struct moment moment = {.has_time = true, .has_offset = true};
            moment.day = (int32_t)(instant / 86400);
            moment.second = (int32_t)(instant % 86400);
            assert_non_null(localtime_r(&instant, &tm));
            int32_t expected =
                (int32_t)(timegm(&(struct tm){.tm_year = tm.tm_year, .tm_mon = tm.tm_mon, .tm_mday = tm.tm_mday}) /
                          86400);
            if (moment_day(&moment, &zone) != expected)
                fail_msg("%s at %lld", names[i], (long long)instant);
        }
    }
}

static void unknown_zones(void **state)
{
    static const char *const names[] = {
        "",
        "Europe/Berlln",
        "Europe",
        "europe/berlin",
        "zone.tab",
        "tzdata.zi",
        "/etc/passwd",
        "/Europe/Berlin",
        "../../../etc/localtime",
        "/usr/share/zoneinfo/UTC",
        "Europe/../UTC",
        "CET-1CEST",
        "EST5EDT4,M3.2.0",
        "+3",
        "+24:00",
        "+03:60",
        "+",
        "-",
        "03:00",
        "+03:00 ",
        ":UTC",
        "utc",
        "+030",
        "Europe/Berlin/",
        " ",
        "Europe/Berlin\n",
    };
    struct time_zone zone;
    (void)state;

    if (!zones_installed())
        skip();
    unsetenv("TZDIR");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct error err = {0};
        if (time_zone_open(&zone, names[i], &err) != -1)
            fail_msg("'%s' was accepted", names[i]);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_non_null(strstr(err.text, "unknown time zone: '"));
        assert_false(zone.set);
    }
    struct error err;
    assert_int_equal(time_zone_open(&zone, "Mars/Olympus", &err), -1);
    assert_string_equal(err.text, "unknown time zone: 'Mars/Olympus' (a zone is like Europe/Berlin, UTC or +03:00)");
    char long_name[8192];
    memset(long_name, 'x', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_int_equal(time_zone_open(&zone, long_name, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
}

static void no_zone_database(void **state)
{
    struct time_zone zone;
    struct error err;
    (void)state;

    setenv("TZDIR", "/nonexistent/zoneinfo", 1);
    assert_int_equal(time_zone_open(&zone, "Europe/Berlin", &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_string_equal(err.text, "no time zones in /nonexistent/zoneinfo: install the package tzdata");
    assert_false(zone.set);
    assert_int_equal(time_zone_open(&zone, "+03:00", &err), 0); /* needs none */
    unsetenv("TZDIR");
}

static void write_file(const char *directory, const char *name, const void *bytes, size_t size)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* A file that is cut off must not become UTC. */
static void damaged_zone_files(void **state)
{
    char directory[] = "/tmp/test_date.XXXXXX";
    char path[256];
    struct time_zone zone;
    struct error err;
    (void)state;

    assert_non_null(mkdtemp(directory));
    write_file(directory, "Broken", "TZif2\0\0\0", 8);
    write_file(directory, "Text", "TZi", 3);
    setenv("TZDIR", directory, 1);
    int broken = time_zone_open(&zone, "Broken", &err);
    enum status broken_status = err.status;
    bool broken_set = zone.set;
    int text = time_zone_open(&zone, "Text", &err);
    enum status text_status = err.status;
    unsetenv("TZDIR");
    snprintf(path, sizeof path, "%s/Broken", directory);
    unlink(path);
    snprintf(path, sizeof path, "%s/Text", directory);
    unlink(path);
    rmdir(directory);
    assert_int_equal(broken, -1);
    assert_int_equal(broken_status, STATUS_SYSTEM);
    assert_false(broken_set);
    assert_int_equal(text, -1);
    assert_int_equal(text_status, STATUS_USAGE);
}

static void reading_by_format(void **state)
{
    struct date_reader reader = {.format = "%d.%m.%Y %H:%M %z"};
    struct error err;
    int32_t day;
    (void)state;

    assert_int_equal(time_zone_open(&reader.zone, "+03", &err), 0);
    check_day(&reader, "01.03.2026 23:00 +0000", "2026-03-02");
    assert_false(date_read(&reader, text_of("2026-03-01"), &day));
    reader.format = NULL;
    assert_false(date_read(&reader, text_of("01.03.2026"), &day));
}

/* ---- periods ---- */

static void period_texts(void **state)
{
    static const struct {
        enum period period;
        int year, month, day;
        const char *text;
    } cases[] = {
        {PERIOD_DAY, 2026, 3, 1, "2026-03-01"},
        {PERIOD_WEEK, 2026, 3, 1, "2026-W09"},
        {PERIOD_WEEK, 2026, 3, 2, "2026-W10"},
        {PERIOD_WEEK, 2020, 12, 31, "2020-W53"},
        {PERIOD_WEEK, 2021, 1, 3, "2020-W53"},
        {PERIOD_WEEK, 2021, 1, 4, "2021-W01"},
        {PERIOD_WEEK, 2024, 12, 30, "2025-W01"},
        {PERIOD_WEEK, 2024, 12, 29, "2024-W52"},
        {PERIOD_WEEK, 1969, 12, 31, "1970-W01"},
        {PERIOD_WEEK, 1582, 10, 15, "1582-W41"},
        {PERIOD_MONTH, 2026, 3, 31, "2026-03"},
        {PERIOD_MONTH, 2026, 12, 1, "2026-12"},
        {PERIOD_QUARTER, 2026, 3, 31, "2026-Q1"},
        {PERIOD_QUARTER, 2026, 4, 1, "2026-Q2"},
        {PERIOD_QUARTER, 2026, 12, 31, "2026-Q4"},
        {PERIOD_YEAR, 2026, 12, 31, "2026"},
        {PERIOD_YEAR, 1, 1, 1, "0001"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[MOMENT_TEXT];
        int32_t day = DAY(cases[i].year, cases[i].month, cases[i].day);
        check_text(period_format(cases[i].period, period_of_day(cases[i].period, day), out), cases[i].text);
    }
}

/* A period's index grows by one exactly where the calendar, as gmtime_r() and strftime() have it, begins a new one. */
static void periods_of_400_years(void **state)
{
    static const char *const formats[] = {
        [PERIOD_DAY] = "%F",     [PERIOD_WEEK] = "%G-W%V", [PERIOD_MONTH] = "%Y-%m",
        [PERIOD_QUARTER] = NULL, [PERIOD_YEAR] = "%Y",
    };
    (void)state;

    for (int p = PERIOD_DAY; p <= PERIOD_YEAR; p++) {
        enum period period = (enum period)p;
        const int32_t begin = DAY(1801, 1, 1);
        char last[MOMENT_TEXT] = "";
        int32_t index = period_of_day(period, begin - 1);
        int32_t first = begin;
        for (int32_t day = begin; day < begin + FOUR_HUNDRED_YEARS; day++) {
            time_t seconds = (time_t)day * 86400;
            char expected[MOMENT_TEXT] = "";
            char out[MOMENT_TEXT];
            struct tm tm;
            gmtime_r(&seconds, &tm);
            if (formats[period] != NULL)
                strftime(expected, sizeof expected, formats[period], &tm);
            else
                snprintf(expected, sizeof expected, "%d-Q%d", tm.tm_year + 1900, tm.tm_mon / 3 + 1);
            if (strcmp(expected, last) != 0) {
                if (day > begin || period != PERIOD_WEEK) {
                    index++;
                    first = day;
                } else { /* 1801 begins within a week */
                    first = period_first_day(period, index);
                    assert_in_range(day - first, 0, 6);
                }
                strcpy(last, expected);
            }
            if (period_of_day(period, day) != index || period_first_day(period, index) != first)
                fail_msg("period %d, day %d: %d begins %d", p, day, period_of_day(period, day),
                         period_first_day(period, index));
            struct slice text = period_format(period, index, out);
            if (text.len != strlen(expected) || memcmp(text.ptr, expected, text.len) != 0)
                fail_msg("period %d, day %d is not '%.*s'", p, day, SLICE_ARG(text));
        }
    }
}

static void periods_at_the_ends(void **state)
{
    char out[MOMENT_TEXT];
    (void)state;

    for (int p = PERIOD_DAY; p <= PERIOD_YEAR; p++) /* 0001-01-01 is a Monday */
        assert_int_equal(period_first_day((enum period)p, period_of_day((enum period)p, DAY_MIN)), DAY_MIN);
    check_text(period_format(PERIOD_WEEK, period_of_day(PERIOD_WEEK, DAY_MIN), out), "0001-W01");
    check_text(period_format(PERIOD_WEEK, period_of_day(PERIOD_WEEK, DAY_MAX), out), "9999-W52");
    check_text(period_format(PERIOD_QUARTER, period_of_day(PERIOD_QUARTER, DAY_MAX), out), "9999-Q4");
}

/* ---- instants ---- */

static int64_t microseconds_of(const char *text)
{
    struct moment moment;

    if (!moment_parse_iso(text_of(text), &moment))
        fail_msg("%s is no moment", text);
    return moment_to_microseconds(&moment);
}

/* By Python's datetime. */
static void moments_are_microseconds(void **state)
{
    static const struct {
        const char *text;
        int64_t microseconds;
    } cases[] = {
        {"1970-01-01", 0},
        {"1970-01-01T00:00:00.000001", 1},
        {"1970-01-01T00:00:00.0000019", 1},
        {"1969-12-31T23:59:59.999999", -1},
        {"1969-12-31T23:59:59.9999999", -1}, /* finer is dropped from what is written: 9 tenths behind it are */
        {"1969-12-31", -86400000000},
        {"2026-03-01T10:00:00+03:00", 1772348400000000},
        {"2026-03-01T10:00:00Z", 1772359200000000},
        {"2026-03-01T10:00:00", 1772359200000000},
        {"2026-03-01T00:30:00+14:00", 1772274600000000},
        {"2026-02-28T23:30:00-12:00", 1772364600000000},
        {"0001-01-01", -62135596800000000},
        {"9999-12-31T23:59:59.999999999", 253402300799999999},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(microseconds_of(cases[i].text), cases[i].microseconds);
}

static void microseconds_are_moments(void **state)
{
    char out[MOMENT_TEXT];
    struct moment moment;
    (void)state;

    moment = moment_from_microseconds(0, false);
    check_text(moment_format(&moment, out), "1970-01-01T00:00:00");
    moment = moment_from_microseconds(-1, true);
    check_text(moment_format(&moment, out), "1969-12-31T23:59:59.999999Z");
    moment = moment_from_microseconds(1772348400000000, true);
    check_text(moment_format(&moment, out), "2026-03-01T07:00:00Z");
    moment = moment_from_microseconds(-62135596800000000, false);
    check_text(moment_format(&moment, out), "0001-01-01T00:00:00");
    moment = moment_from_microseconds(253402300799999999, false);
    check_text(moment_format(&moment, out), "9999-12-31T23:59:59.999999");
}

/* Steps that share no factor with a day or a second, over all the years there are. */
static void instants_go_to_moments_and_back(void **state)
{
    (void)state;
    for (int64_t at = -62135596800000000; at < 253402300800000000; at += 98765432109877) {
        const struct moment moment = moment_from_microseconds(at, at % 2 != 0);
        assert_int_equal(moment_to_microseconds(&moment), at);
        assert_in_range(moment.second, 0, 86399);
        assert_in_range(moment.nanosecond, 0, 999999000);
        assert_int_equal(moment.has_offset, at % 2 != 0);
    }
}

static void reading_moments(void **state)
{
    struct date_reader reader = {0};
    struct moment moment;
    (void)state;

    assert_true(moment_read(&reader, text_of("2026-03-01T10:00:00+03:00"), &moment));
    assert_int_equal(moment.offset, 3 * 3600);
    assert_int_equal(moment_to_microseconds(&moment), 1772348400000000);
    assert_false(moment_read(&reader, text_of("01.03.2026 10:00"), &moment));
    assert_false(moment_read(&reader, text_of(""), &moment));
    reader.format = "%d.%m.%Y %H:%M";
    assert_true(moment_read(&reader, text_of("01.03.2026 10:00"), &moment));
    assert_int_equal(moment_to_microseconds(&moment), 1772359200000000);
    assert_false(moment_read(&reader, text_of("2026-03-01T10:00:00"), &moment));
    reader.format = "%s";
    assert_true(moment_read(&reader, text_of("1772348400"), &moment));
    assert_int_equal(moment_to_microseconds(&moment), 1772348400000000);
}

/* By zoneinfo; where there is no midnight, as in Santiago and Havana in spring, the first instant behind it. */
static void days_end_at_midnight_of_the_zone(void **state)
{
    static const struct {
        const char *zone;
        int year, month, day;
        int64_t end; /* seconds */
    } cases[] = {
        {"Europe/Berlin", 2026, 1, 15, 1768518000},
        {"Europe/Berlin", 2026, 3, 28, 1774738800},
        {"Europe/Berlin", 2026, 3, 29, 1774821600},
        {"Europe/Berlin", 2026, 7, 1, 1782943200},
        {"Europe/Berlin", 2026, 10, 24, 1792879200},
        {"Europe/Berlin", 2026, 10, 25, 1792969200},
        {"Europe/Berlin", 1969, 12, 31, -3600},
        {"Europe/Berlin", 1945, 5, 23, -776570400},
        {"Asia/Beirut", 2026, 3, 28, 1774735200},
        {"Africa/Cairo", 2026, 4, 23, 1776981600},
        {"America/Santiago", 2026, 9, 5, 1788667200},
        {"America/Santiago", 2026, 4, 4, 1775361600},
        {"America/Havana", 2026, 3, 7, 1772946000},
        {"America/Havana", 2026, 10, 31, 1793505600},
        {"America/Sao_Paulo", 2018, 11, 3, 1541300400},
        {"Pacific/Auckland", 2026, 4, 4, 1775300400},
        {"Pacific/Auckland", 2026, 9, 26, 1790424000},
        {"Asia/Kolkata", 2026, 1, 1, 1767292200},
        {"+03:00", 2026, 1, 15, 1768510800},
        {"-12", 2026, 1, 15, 1768564800},
    };
    struct time_zone none = {0};
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct time_zone zone;
        int32_t day = DAY(cases[i].year, cases[i].month, cases[i].day);
        assert_int_equal(time_zone_open(&zone, cases[i].zone, &err), 0);
        if (day_end(day, true, &zone) != cases[i].end * 1000000)
            fail_msg("%s, day %d: %lld", cases[i].zone, (int)day, (long long)day_end(day, true, &zone) / 1000000);
        assert_int_equal(day_end(day, false, &zone), ((int64_t)day + 1) * 86400000000);
        assert_int_equal(day_end(day, true, &none), ((int64_t)day + 1) * 86400000000);
    }
}

/* What a zone takes for a day ends there: the instant before belongs to it, the one at the end to the next. */
static void days_end_where_the_next_begins(void **state)
{
    static const char *const zones[] = {
        "Europe/Berlin", "America/Santiago", "Pacific/Auckland", "America/St_Johns", "Asia/Beirut", "America/Havana",
        "-08",           "Africa/Casablanca"};
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        struct time_zone zone;
        assert_int_equal(time_zone_open(&zone, zones[i], &err), 0);
        for (int32_t day = DAY(2010, 1, 1); day < DAY(2030, 1, 1); day++) {
            int64_t end = day_end(day, true, &zone);
            const struct moment last = moment_from_microseconds(end - 1, true);
            const struct moment next = moment_from_microseconds(end, true);
            if (moment_day(&last, &zone) != day || moment_day(&next, &zone) != day + 1)
                fail_msg("%s: day %d ends at %lld", zones[i], (int)day, (long long)end);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),
        cmocka_unit_test(every_day_of_400_years),
        cmocka_unit_test(every_day_there_is),
        cmocka_unit_test(impossible_days),
        cmocka_unit_test(any_number_is_a_day),
        cmocka_unit_test(iso_accepts),
        cmocka_unit_test(iso_fields),
        cmocka_unit_test(iso_refuses),
        cmocka_unit_test(writing_every_day_reads_back),
        cmocka_unit_test(writing_no_day),
        cmocka_unit_test(format_accepts),
        cmocka_unit_test(format_refuses),
        cmocka_unit_test(format_check_refuses),
        cmocka_unit_test(no_zone_keeps_the_day_written),
        cmocka_unit_test(fixed_zones),
        cmocka_unit_test(days_beyond_the_calendar),
        cmocka_unit_test(named_zones),
        cmocka_unit_test(the_cache_changes_nothing),
        cmocka_unit_test(unknown_zones),
        cmocka_unit_test(no_zone_database),
        cmocka_unit_test(damaged_zone_files),
        cmocka_unit_test(reading_by_format),
        cmocka_unit_test(period_texts),
        cmocka_unit_test(periods_of_400_years),
        cmocka_unit_test(periods_at_the_ends),
        cmocka_unit_test(moments_are_microseconds),
        cmocka_unit_test(microseconds_are_moments),
        cmocka_unit_test(instants_go_to_moments_and_back),
        cmocka_unit_test(reading_moments),
        cmocka_unit_test(days_end_at_midnight_of_the_zone),
        cmocka_unit_test(days_end_where_the_next_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
