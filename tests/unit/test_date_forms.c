/* The forms of single dates: what each elects alone and what it is in every style. The wanted readings are written by
 * hand, the names of months and days from the calendars of their languages and of the Unicode CLDR; random moments are
 * written in every form by the test and have to come back. */
#include "date_reading.h"

#define NBSP "\xc2\xa0"
#define NARROW "\xe2\x80\xaf"
#define RIGHT_TO_LEFT "\xe2\x80\x8f"

/* ---- single values ---- */

struct date_case {
    const char *text;
    enum date_style elects;
    const char *day_first, *month_first, *short_year_first, *year_first;
};

#define YEAR_FIRST(text, iso)                     \
    {                                             \
        text, DATE_YEAR_FIRST, iso, iso, iso, iso \
    }
#define WRITTEN(text, iso)                     \
    {                                          \
        text, DATE_WRITTEN, iso, iso, iso, iso \
    }
#define DAY_FIRST(text, iso)                        \
    {                                               \
        text, DATE_DAY_FIRST, iso, NULL, NULL, NULL \
    }
#define MONTH_FIRST(text, iso)                        \
    {                                                 \
        text, DATE_MONTH_FIRST, NULL, iso, NULL, NULL \
    }
#define SHORT_YEAR_FIRST(text, iso)                        \
    {                                                      \
        text, DATE_SHORT_YEAR_FIRST, NULL, NULL, iso, NULL \
    }
#define NO_DATE(text)                            \
    {                                            \
        text, DATE_EMPTY, NULL, NULL, NULL, NULL \
    }

static void assert_cases(const struct date_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct date_case *d = &cases[i];
        struct date_election e;
        enum date_style elected = ELECT(&e, d->text);
        if (elected != d->elects)
            fail_msg("'%s' elects %d, not %d", d->text, (int)elected, (int)d->elects);
        assert_reads(d->text, DATE_DAY_FIRST, d->day_first);
        assert_reads(d->text, DATE_MONTH_FIRST, d->month_first);
        assert_reads(d->text, DATE_SHORT_YEAR_FIRST, d->short_year_first);
        assert_reads(d->text, DATE_YEAR_FIRST, d->year_first);
        assert_reads(d->text, DATE_WRITTEN, d->year_first);
        assert_reads(d->text, DATE_EMPTY, d->year_first);
        assert_reads(d->text, DATE_AMBIGUOUS, d->year_first);
        assert_reads(d->text, DATE_CONFLICT, d->year_first);
        assert_reads(d->text, DATE_MIXED, d->year_first);
        assert_reads(d->text, DATE_SERIAL, d->year_first);
        assert_reads(d->text, DATE_EPOCH, d->year_first);
    }
}

#define ASSERT_CASES(cases) assert_cases(cases, sizeof(cases) / sizeof(*(cases)))

static const struct date_case in_numbers[] = {
    YEAR_FIRST("2026-12-31", "2026-12-31"),
    YEAR_FIRST("2026/12/31", "2026-12-31"),
    YEAR_FIRST("2026.12.31", "2026-12-31"),
    YEAR_FIRST("2026 12 31", "2026-12-31"),
    YEAR_FIRST("20261231", "2026-12-31"),
    YEAR_FIRST("20261231235958", "2026-12-31T23:59:58"),
    YEAR_FIRST("2026-1-5", "2026-01-05"),
    YEAR_FIRST("20260105 9:05 PM", "2026-01-05T21:05:00"),
    YEAR_FIRST("2026/1/5 9:05", "2026-01-05T09:05:00"),
    YEAR_FIRST(" 2026-01-05 ", "2026-01-05"),
    YEAR_FIRST("0001-01-01", "0001-01-01"),
    YEAR_FIRST("9999-12-31", "9999-12-31"),
    YEAR_FIRST("2024-02-29", "2024-02-29"),
    YEAR_FIRST("2000/02/29", "2000-02-29"),
    YEAR_FIRST("2026. 3. 1.", "2026-03-01"),
    YEAR_FIRST("2026. 03. 01.", "2026-03-01"),
    YEAR_FIRST("2026 - 03 - 01", "2026-03-01"),
    DAY_FIRST("31/12/2026", "2026-12-31"),
    DAY_FIRST("13-1-2026", "2026-01-13"),
    DAY_FIRST("31.12.2026", "2026-12-31"),
    DAY_FIRST("31 12 2026", "2026-12-31"),
    DAY_FIRST("1.2.2026", "2026-02-01"), /* dots: the day stands first */
    DAY_FIRST("1. 2. 2026", "2026-02-01"),
    DAY_FIRST("05.05.2026", "2026-05-05"),
    DAY_FIRST("1.2.26", "2026-02-01"),
    DAY_FIRST("01.02.03", "2003-02-01"), /* with dots alone, no locale has the year first */
    DAY_FIRST("31.12.68", "2068-12-31"), /* POSIX: two digits are 1969 .. 2068 */
    DAY_FIRST("31.12.69", "1969-12-31"),
    DAY_FIRST("31.12.99", "1999-12-31"),
    DAY_FIRST("31.12.00", "2000-12-31"),
    DAY_FIRST("31/12/99", "1999-12-31"),
    DAY_FIRST("31-12-45", "2045-12-31"),
    DAY_FIRST("15.04.2021.", "2021-04-15"),
    DAY_FIRST("5.3.2021 г.", "2021-03-05"),
    DAY_FIRST("05.03.2021г", "2021-03-05"),
    DAY_FIRST("29/02/2024", "2024-02-29"),
    DAY_FIRST("Do, 15.04.2021", "2021-04-15"),
    DAY_FIRST("jueves, 15/04/2021", "2021-04-15"),
    DAY_FIRST("15/04/2021 (Thu)", "2021-04-15"),
    MONTH_FIRST("12/31/2026", "2026-12-31"),
    MONTH_FIRST("1-13-2026", "2026-01-13"),
    MONTH_FIRST("2/29/2024", "2024-02-29"),
    MONTH_FIRST("04 15 2021", "2021-04-15"),
    MONTH_FIRST("12/25/21", "2021-12-25"),
    MONTH_FIRST("Thu 04/15/2021", "2021-04-15"),
    SHORT_YEAR_FIRST("99-12-31", "1999-12-31"),
    SHORT_YEAR_FIRST("69/01/31", "1969-01-31"),
    SHORT_YEAR_FIRST("00-12-31", "2000-12-31"),
    SHORT_YEAR_FIRST("21/4/5", "2021-04-05"), /* one digit is no year */
    SHORT_YEAR_FIRST("26. 3. 1.", "2026-03-01"),
    {"01/02/2026", DATE_AMBIGUOUS, "2026-02-01", "2026-01-02", NULL, NULL},
    {"1-2-2026", DATE_AMBIGUOUS, "2026-02-01", "2026-01-02", NULL, NULL},
    {"1 2 2026", DATE_AMBIGUOUS, "2026-02-01", "2026-01-02", NULL, NULL},
    {"12/11/2026 10:00", DATE_AMBIGUOUS, "2026-11-12T10:00:00", "2026-12-11T10:00:00", NULL, NULL},
    {"25/12/21", DATE_AMBIGUOUS, "2021-12-25", NULL, "2025-12-21", NULL},
    {"31/12/26", DATE_AMBIGUOUS, "2026-12-31", NULL, "2031-12-26", NULL},
    {"26-12-31", DATE_AMBIGUOUS, "2031-12-26", NULL, "2026-12-31", NULL},
    {"01/02/03", DATE_AMBIGUOUS, "2003-02-01", "2003-01-02", "2001-02-03", NULL},
    {"1/2/03", DATE_AMBIGUOUS, "2003-02-01", "2003-01-02", NULL, NULL},
    {"26. 12. 31.", DATE_AMBIGUOUS, "2031-12-26", NULL, "2026-12-31", NULL},
    {"05/05/2026", DATE_DAY_FIRST, "2026-05-05", "2026-05-05", NULL, NULL}, /* the same either way */
    {"05/05/05", DATE_DAY_FIRST, "2005-05-05", "2005-05-05", "2005-05-05", NULL},
    {"05/05/99", DATE_DAY_FIRST, "1999-05-05", "1999-05-05", NULL, NULL},
    {"21/12/21", DATE_DAY_FIRST, "2021-12-21", NULL, "2021-12-21", NULL},
};

static const struct date_case no_dates[] = {
    NO_DATE(""),
    NO_DATE("  "),
    NO_DATE("29/02/2026"),
    NO_DATE("2/29/1900"),
    NO_DATE("29.02.21"),
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
    NO_DATE("31/12 2026"),
    NO_DATE("31. 12 2026"),
    NO_DATE("31,12,2026"),
    NO_DATE("31//12//2026"),
    NO_DATE("031/12/2026"),
    NO_DATE("31/12/026"),
    NO_DATE("31/12/2026x"),
    NO_DATE("31/12/2026 25:00"),
    NO_DATE("31/12/2026 10:60"),
    NO_DATE("31/12/2026 10:00:61"),
    NO_DATE("31/12/2026 13:00 PM"),
    NO_DATE("31/12/2026 0:30 AM"),
    NO_DATE("31/12/2026 10:00 XM"),
    NO_DATE("31/12/2026 10:00 AMx"),
    NO_DATE("31/12/2026 PM"),
    NO_DATE("31/12/2026 10"),
    NO_DATE("31/12/2026 1000"),
    NO_DATE("31/12/2026 10:0"),
    NO_DATE("31/12/2026 10:00:"),
    NO_DATE("31/12/2026 10:00:00."),
    NO_DATE("31/12/2026 10:00:00:00"),
    NO_DATE("31/12/202610:00"),
    NO_DATE("31/12/2026 10:00+25:00"),
    NO_DATE("31/12/2026 10:00 +123"),
    NO_DATE("31/12/2026 10:00 - 11:00"), /* a span */
    NO_DATE("31/12/2026 +03:00"),
    NO_DATE("31/12/2026 GMT"),
    NO_DATE("2026-12-31 10:00 IST"), /* India, Israel, Ireland */
    NO_DATE("2026-12-31 10:00 CST"), /* Chicago, China, Cuba */
    NO_DATE("2026-12-31 10:00 BST"),
    NO_DATE("2026-12-31 10:00 [Europe/Berlin]"), /* without an offset */
    NO_DATE("2026-12-31 10:00Z[Europe/Berlin"),
    NO_DATE("2026-12-31T12:00:00.000Z-0300"),
    NO_DATE("2026-12-31 10:00 (UTC+3"),
    NO_DATE("2026-12-31 10:00 (soon)"),
    NO_DATE("2026-12-31 10 h 05 mi"),
    NO_DATE("15 \xf0\x9f\x98\x80 2021"),
    NO_DATE("-31/12/2026"),
    NO_DATE("yesterday"),
    NO_DATE("Apr"),
    NO_DATE("15 Apr"),
    NO_DATE("Apr 15"),
    NO_DATE("Apr 2021"),
    NO_DATE("April 2021 15"),
    NO_DATE("Apr 15 10:00:00"),
    NO_DATE("Apr 15 10:00:00 21"),
    NO_DATE("15 Apr 2021 10:00:00 2021"),
    NO_DATE("15 Apr Apr 2021"),
    NO_DATE("Apr Apr 2021"),
    NO_DATE("31 Apr 2021"),
    NO_DATE("15 Aprill 2021"),
    NO_DATE("15 Foo 2021"),
    NO_DATE("15 Apr 021"),
    NO_DATE("15 Apr 12021"),
    NO_DATE("115 Apr 2021"),
    NO_DATE("0 Apr 2021"),
    NO_DATE("15th 04 2021"),
    NO_DATE("15 Apr 2021 and more"),
    NO_DATE("Thursday"),
    NO_DATE("Thu Fri 15 Apr 2021"),
    NO_DATE("15 Apr 2021 Thu Fri"),
    NO_DATE("15 Apr 2021 at"),
    NO_DATE("15 Apr 2021,"),
    NO_DATE("2021-04-15T"),
    NO_DATE("15 Apr 2021 (Thu"),
    NO_DATE("15 Apr 2021 ()"),
    NO_DATE("15/04/2021 to 16/04/2021"),
    NO_DATE("15-16 Apr 2021"),
    NO_DATE("15/04/2021 10:05 11:05"),
    NO_DATE("Thu, "),
    NO_DATE("2026年3月"),
    NO_DATE("3月1日"),
    NO_DATE("26年3月1日"),    /* of which era? */
    NO_DATE("令和8年3月1日"), /* of another one */
    NO_DATE("2026年13月1日"),
    NO_DATE("2026日3月1年"),
    NO_DATE("2026年3月1日 10时60分"),
    NO_DATE("2026年3月1日 下午13:05"),
    NO_DATE("2026年3月1日 下午"),
    NO_DATE("2026年3月1日 下午10:05 PM"),
    NO_DATE("2026年3月1日 晚上12:05"), /* midnight or noon? */
    NO_DATE("15 رمضان 1447"),
    NO_DATE("۱۴۰۴/۱۲/۱۰"), /* the Persian calendar */
    NO_DATE("١٤٤٧/٠٩/١٢"), /* the Islamic calendar */
    NO_DATE("۰۴/۱۲/۱۰"),
    NO_DATE("\xff\xfe"),
    NO_DATE("15 Apr\x01 2021"),
    NO_DATE("15 \xc3pr 2021"),
    NO_DATE("45678,"),
    NO_DATE("1.5e4"),
    NO_DATE("+45678"),
    NO_DATE("31122026"),
    NO_DATE("20261232"),
    NO_DATE("20261231235960123"),
    NO_DATE("20261231245959"),
};

static const struct date_case with_time[] = {
    YEAR_FIRST("2026-01-05T10:00:00+03:00", "2026-01-05T10:00:00+03:00"),
    YEAR_FIRST("2026-01-05 10:00:00.250Z", "2026-01-05T10:00:00.25Z"),
    YEAR_FIRST("2026/01/05 10:00 PM", "2026-01-05T22:00:00"),
    YEAR_FIRST("2026-1-5T10:00:00Z", "2026-01-05T10:00:00Z"),
    YEAR_FIRST("2026-01-05T10:00:00+01:00[Europe/Berlin]", "2026-01-05T10:00:00+01:00"),
    YEAR_FIRST("2026-01-05T10:00:00Z[UTC]", "2026-01-05T10:00:00Z"),
    YEAR_FIRST("2026-01-05 10:00 UTC", "2026-01-05T10:00:00Z"),
    YEAR_FIRST("2026-01-05 10:00 (UTC+3)", "2026-01-05T10:00:00+03:00"),
    YEAR_FIRST("2026-01-05 10:00 GMT+3", "2026-01-05T10:00:00+03:00"),
    YEAR_FIRST("2026-01-05 10:00 GMT-03:30", "2026-01-05T10:00:00-03:30"),
    YEAR_FIRST("2026-01-05 10:00 +5", "2026-01-05T10:00:00+05:00"),
    YEAR_FIRST("2026-01-05 10:00 +5:30", "2026-01-05T10:00:00+05:30"),
    YEAR_FIRST("2026-01-05 10:00 +05", "2026-01-05T10:00:00+05:00"),
    YEAR_FIRST("2026-01-05 10:00 EST", "2026-01-05T10:00:00-05:00"),
    YEAR_FIRST("2026-01-05 10:00 EDT", "2026-01-05T10:00:00-04:00"),
    YEAR_FIRST("2026-01-05 10:00 PST", "2026-01-05T10:00:00-08:00"),
    YEAR_FIRST("2026-01-05 10:00 pdt", "2026-01-05T10:00:00-07:00"),
    YEAR_FIRST("2026-01-05 10:00 WET", "2026-01-05T10:00:00Z"),
    YEAR_FIRST("2026-01-05 10:00 WEST", "2026-01-05T10:00:00+01:00"),
    YEAR_FIRST("2026-01-05 10:00 CET", "2026-01-05T10:00:00+01:00"),
    YEAR_FIRST("2026-01-05 10:00 MEZ", "2026-01-05T10:00:00+01:00"),
    YEAR_FIRST("2026-01-05 10:00 CEST", "2026-01-05T10:00:00+02:00"),
    YEAR_FIRST("2026-01-05 10:00 MESZ", "2026-01-05T10:00:00+02:00"),
    YEAR_FIRST("2026-01-05 10:00 EET", "2026-01-05T10:00:00+02:00"),
    YEAR_FIRST("2026-01-05 10:00 EEST", "2026-01-05T10:00:00+03:00"),
    YEAR_FIRST("2026-01-05 10:00:00 MSK", "2026-01-05T10:00:00+03:00"),
    YEAR_FIRST("2026-01-05 UTC 10:00", "2026-01-05T10:00:00Z"),
    YEAR_FIRST("2026-01-05 10h05", "2026-01-05T10:05:00"),
    YEAR_FIRST("2026-01-05 10 h 05", "2026-01-05T10:05:00"),
    YEAR_FIRST("2026-01-05 10h05m07s", "2026-01-05T10:05:07"),
    YEAR_FIRST("2026-01-05 10 h 05 min 07 s", "2026-01-05T10:05:07"),
    YEAR_FIRST("2026-01-05 10h", "2026-01-05T10:00:00"),
    YEAR_FIRST("2026-01-05 10.05", "2026-01-05T10:05:00"),
    YEAR_FIRST("2026-01-05 10:05 h", "2026-01-05T10:05:00"),
    YEAR_FIRST("2026-01-05 10:05:07,25", "2026-01-05T10:05:07.25"),
    DAY_FIRST("31.12.2026 23:59", "2026-12-31T23:59:00"),
    DAY_FIRST("31.12.2026 23.59", "2026-12-31T23:59:00"),
    DAY_FIRST("31.12.2026 23.59.58", "2026-12-31T23:59:58"),
    DAY_FIRST("31.12.2026 23:59:60", "2026-12-31T23:59:59"), /* a leap second */
    DAY_FIRST("31.12.2026, 9:05 Uhr", "2026-12-31T09:05:00"),
    DAY_FIRST("31.12.2026 um 9.05 Uhr", "2026-12-31T09:05:00"),
    DAY_FIRST("31/12/2026, 10:00:05 PM", "2026-12-31T22:00:05"),
    DAY_FIRST("31/12/2026 12:00 AM", "2026-12-31T00:00:00"),
    DAY_FIRST("31/12/2026 12:00 pm", "2026-12-31T12:00:00"),
    DAY_FIRST("31/12/2026 1:02am", "2026-12-31T01:02:00"),
    DAY_FIRST("31/12/2026 10 PM", "2026-12-31T22:00:00"),
    DAY_FIRST("31/12/2026 10:05:00 p.m.", "2026-12-31T22:05:00"),
    DAY_FIRST("31/12/2026 10:05 a. m.", "2026-12-31T10:05:00"),
    DAY_FIRST("31/12/2026 10:05" NARROW "p." NBSP "m.", "2026-12-31T22:05:00"),
    DAY_FIRST("31/12/2026 a las 10:05 p. m.", "2026-12-31T22:05:00"),
    DAY_FIRST("31/12/2026 à 10h05", "2026-12-31T10:05:00"),
    DAY_FIRST("31/12/2026T10:00:00.5-02:30", "2026-12-31T10:00:00.5-02:30"),
    DAY_FIRST("31/12/2026 10:00 +0300", "2026-12-31T10:00:00+03:00"),
    DAY_FIRST("31/12/2026 ٠١:٠٥ م", "2026-12-31T13:05:00"),
    DAY_FIRST("31/12/2026 01:05 ص", "2026-12-31T01:05:00"),
    MONTH_FIRST("12/31/2026 9:05:07 AM", "2026-12-31T09:05:07"),
    MONTH_FIRST("07/15/2009 02:14:45+0800", "2009-07-15T02:14:45+08:00"), /* Salesforce Data Loader */
    YEAR_FIRST("2026年3月1日", "2026-03-01"),
    YEAR_FIRST("2026年03月01日 10:05", "2026-03-01T10:05:00"),
    YEAR_FIRST("2026年3月1日 10:05:07", "2026-03-01T10:05:07"),
    YEAR_FIRST("2026年3月1日、10:05", "2026-03-01T10:05:00"),
    YEAR_FIRST("\xef\xbb\xbf"
               "2026-03-01",
               "2026-03-01"), /* a mark of byte order in the middle of a file */
    YEAR_FIRST("2026年3月1日星期日", "2026-03-01"),
    YEAR_FIRST("2026年3月1日(日)", "2026-03-01"),
    YEAR_FIRST("2026年3月1日 日曜日", "2026-03-01"),
    YEAR_FIRST("星期日 2026年3月1日", "2026-03-01"),
    YEAR_FIRST("2026年3月1号", "2026-03-01"),
    YEAR_FIRST("2026年3月1日 下午10:05", "2026-03-01T22:05:00"),
    YEAR_FIRST("2026年3月1日上午10时05分", "2026-03-01T10:05:00"),
    YEAR_FIRST("2026年3月1日 10时5分7秒", "2026-03-01T10:05:07"),
    YEAR_FIRST("2026年3月1日 10時", "2026-03-01T10:00:00"),
    YEAR_FIRST("2026年3月1日 午後0時05分", "2026-03-01T12:05:00"),
    YEAR_FIRST("2026年3月1日 午前0:05", "2026-03-01T00:05:00"),
    YEAR_FIRST("2026年3月1日 凌晨12:05", "2026-03-01T00:05:00"),
    YEAR_FIRST("２０２６／０３／０１　１０：０５", "2026-03-01T10:05:00"),
    YEAR_FIRST("2026년 3월 1일", "2026-03-01"),
    YEAR_FIRST("2026년 3월 1일 일요일", "2026-03-01"),
    YEAR_FIRST("2026년 3월 1일 오후 10:05", "2026-03-01T22:05:00"),
    YEAR_FIRST("2026년 3월 1일 오전 10시 5분", "2026-03-01T10:05:00"),
    YEAR_FIRST("2026. 3. 1. 오후 10:05", "2026-03-01T22:05:00"),
    YEAR_FIRST("2026/3/1 下午10:05", "2026-03-01T22:05:00"),
    YEAR_FIRST("٢٠٢٦/٠٣/٠١", "2026-03-01"),
    YEAR_FIRST("۲۰۲۶-۰۳-۰۱ ۱۰:۰۵", "2026-03-01T10:05:00"),
    YEAR_FIRST(RIGHT_TO_LEFT "٢٠٢٦" RIGHT_TO_LEFT "/٠٣/٠١", "2026-03-01"),
    DAY_FIRST("٣١/١٢/٢٠٢٦", "2026-12-31"),
};

static const struct date_case in_words[] = {
    WRITTEN("15 Apr, 2021 00:03:00", "2021-04-15T00:03:00"),
    WRITTEN("Apr 15, 2021", "2021-04-15"),
    WRITTEN("Apr. 15, 2021", "2021-04-15"),
    WRITTEN("April 15th 2021", "2021-04-15"),
    WRITTEN("April 1st, 2021", "2021-04-01"),
    WRITTEN("2nd of April, 2021", "2021-04-02"),
    WRITTEN("the 3rd of April 2021", "2021-04-03"),
    WRITTEN("15-Apr-21", "2021-04-15"),
    WRITTEN("15-APR-69", "1969-04-15"),
    WRITTEN("15/Apr/2021", "2021-04-15"),
    WRITTEN("15.Apr.2021", "2021-04-15"),
    WRITTEN("15-abr.-2021", "2021-04-15"),
    WRITTEN("15Apr2021", "2021-04-15"),
    WRITTEN("15APR2021:10:05:00", "2021-04-15T10:05:00"),
    WRITTEN("15 Apr '21", "2021-04-15"),
    WRITTEN("15. April 2021", "2021-04-15"),
    WRITTEN("am 15. April 2021 um 10:05 Uhr", "2021-04-15T10:05:00"),
    WRITTEN("15 de abril de 2021", "2021-04-15"),
    WRITTEN("15 de Abril del 2021, 10:05", "2021-04-15T10:05:00"),
    WRITTEN("15 d'abril de 2021", "2021-04-15"),
    WRITTEN("1º de abril de 2021", "2021-04-01"),
    WRITTEN("1er avril 2021", "2021-04-01"),
    WRITTEN("le 15 avril 2021 à 10h05", "2021-04-15T10:05:00"),
    WRITTEN("2021-Apr-15", "2021-04-15"),
    WRITTEN("2021 Apr 15 10:05", "2021-04-15T10:05:00"),
    WRITTEN("Thu, 15 Apr 2021 10:00:00 GMT", "2021-04-15T10:00:00Z"),
    WRITTEN("Thu, 15 Apr 2021 10:00:00 +0300", "2021-04-15T10:00:00+03:00"),
    WRITTEN("Thu Apr 15 10:00:00 2021", "2021-04-15T10:00:00"),
    WRITTEN("Thu Apr  1 10:00:00 2021", "2021-04-01T10:00:00"),
    WRITTEN("Thu Apr 15 10:00:00 UTC 2021", "2021-04-15T10:00:00Z"),
    WRITTEN("Thu Apr 15 10:00:00 +0300 2021", "2021-04-15T10:00:00+03:00"),
    WRITTEN("Thu Apr 15 2021 10:00:00 GMT+0300 (Moscow Standard Time)", "2021-04-15T10:00:00+03:00"),
    WRITTEN("Thursday, April 15, 2021 at 10:05 PM", "2021-04-15T22:05:00"),
    WRITTEN("15 Apr 2021, Thursday", "2021-04-15"),
    WRITTEN("15 Apr 2021, Thursday, 10:05", "2021-04-15T10:05:00"),
    WRITTEN("quinta-feira 15 abr 2021", "2021-04-15"),
    WRITTEN("Thu-15-Apr-2021", "2021-04-15"),
    WRITTEN("Thursday, the 15th of April, 2021", "2021-04-15"),
    WRITTEN("15 апреля 2021 г.", "2021-04-15"),
    WRITTEN("15 апреля 2021 года в 10:05", "2021-04-15T10:05:00"),
    WRITTEN("15-го апреля 2021", "2021-04-15"),
    WRITTEN("15 АПР. 2021г.", "2021-04-15"),
    WRITTEN("чт, 15 апр 2021 10:05:00", "2021-04-15T10:05:00"),
    WRITTEN("15 квітня 2021 р. о 10:05", "2021-04-15T10:05:00"),
    WRITTEN("15 kwietnia 2021 r., godz. 10:05", "2021-04-15T10:05:00"),
    WRITTEN("15. dubna 2021", "2021-04-15"),
    WRITTEN("15 Nisan 2021 Perşembe", "2021-04-15"),
    WRITTEN("torsdag den 15. april 2021 kl. 10.05", "2021-04-15T10:05:00"),
    WRITTEN("segunda-feira, 19 de abril de 2021 às 10:05", "2021-04-19T10:05:00"),
    WRITTEN("mar 15 apr 2021", "2021-04-15"), /* Tuesday */
    WRITTEN("mar 15 2021", "2021-03-15"),     /* March */
    WRITTEN("15 mar 2021", "2021-03-15"),
    WRITTEN("15 سبتمبر 2021", "2021-09-15"),
    WRITTEN("15 سبتمبر 2021 م", "2021-09-15"),                /* of the Christian era, */
    WRITTEN("15 سبتمبر 2021 م 10:05", "2021-09-15T22:05:00"), /* or afternoon */
    WRITTEN("١٥ أيلول ٢٠٢١", "2021-09-15"),
    WRITTEN("الخميس، 15 كانون الثاني 2021، 10:05 م", "2021-01-15T22:05:00"),
    WRITTEN("15 كانون الثانى 2021", "2021-01-15"), /* as Egypt spells */
    WRITTEN("15 اکتوبر 2021", "2021-10-15"),       /* typed on a Persian keyboard */
    WRITTEN("15 یونیو 2021", "2021-06-15"),
    WRITTEN("15 يونـيو 2021", "2021-06-15"), /* lengthened */
    WRITTEN("15 يُونيو 2021", "2021-06-15"),
    WRITTEN("пʼятниця, 16 квітня 2021", "2021-04-16"),
    WRITTEN("1° aprile 2021", "2021-04-01"),
    WRITTEN("15-4月 -21", "2021-04-15"), /* Oracle in Chinese */
    WRITTEN("15-四月-2021", "2021-04-15"),
    WRITTEN("１５ Ａｐｒ ２０２１", "2021-04-15"),
    WRITTEN("15" NBSP "Apr" NARROW "2021", "2021-04-15"),
    WRITTEN("15\tApr\t2021", "2021-04-15"),
    WRITTEN("15 fe\xcc\x81vrier 2021", "2021-02-15"), /* the accent apart */
    WRITTEN("15 Fevrier 2021", "2021-02-15"),
    WRITTEN("15\xe2\x80\x93"
            "Apr\xe2\x80\x93"
            "2021",
            "2021-04-15"),
};

static void reads_every_shape_of_date(void **state)
{
    (void)state;
    ASSERT_CASES(in_numbers);
    ASSERT_CASES(with_time);
    ASSERT_CASES(in_words);
    ASSERT_CASES(no_dates);
}

/* The end of a string constant is no separator, and no half of the day. */
static void a_nul_is_no_part_of_a_date(void **state)
{
    struct moment moment;
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
    assert_date(SLICE("25\0Apr\0"
                      "2026"),
                DATE_DAY_FIRST, NULL);
    assert_date(SLICE("25 Apr 2026\0"), DATE_DAY_FIRST, NULL);
    assert_false(date_parse_style((struct slice){NULL, 0}, DATE_DAY_FIRST, &moment));
    assert_false(date_is_void((struct slice){NULL, 0}));
}

/* A text is read up to 128 bytes; nothing behind its end is looked at, wherever it is cut. */
static void texts_end_where_they_end(void **state)
{
    static const char *const texts[] = {"Thu, 15 Apr 2021 10:00:00 GMT+0300 (Moscow Standard Time)",
                                        "15 كانون الثاني 2021، 10:05 م",
                                        "2026年3月1日 下午10时05分07秒",
                                        "15 апреля 2021 г. в 10:05",
                                        "1er février 2021 à 10 h 05 min 07 s",
                                        "44301.437500000",
                                        "2026-03-01T10:00:00.5+01:00[Europe/Berlin]"};
    char blanks[140];
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (size_t size = 0; size <= strlen(texts[i]); size++) {
            struct moment moment;
            char *copy = malloc(size ? size : 1); /* the sanitizers watch what is read of it */
            assert_non_null(copy);
            memcpy(copy, texts[i], size);
            struct slice text = {copy, size};
            struct date_election e = {0};
            date_election_add(&e, text, 1);
            bool fixed = date_parse_style(text, DATE_YEAR_FIRST, &moment);
            assert_int_equal(fixed, e.year_first + e.written);
            free(copy);
        }
    }
    memset(blanks, ' ', sizeof blanks);
    memcpy(blanks, "15 Apr", 6);
    memcpy(blanks + 124, "2021", 4);
    assert_date((struct slice){blanks, 128}, DATE_YEAR_FIRST, "2021-04-15");
    memcpy(blanks + 124, " 2021", 5);
    assert_date((struct slice){blanks, 129}, DATE_YEAR_FIRST, NULL);
}

/* ---- names ---- */

/* The months of a language as they stand in a date, and perhaps shortened; several forms behind each other. */
static const char *const months[][12] = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    {"JAN.", "FEB.", "MAR.", "APR.", "MAY", "JUN.", "JUL.", "AUG.", "SEPT.", "OCT.", "NOV.", "DEC."},
    {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
     "Dezember"},
    {"Jänner", "Feber", "Maerz", "Apr.", "Mai", "Jun.", "Jul.", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
    {"Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"},
    {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
     "diciembre"},
    {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
    {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
     "dezembro"},
    {"jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."},
    {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
     "novembre", "dicembre"},
    {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
     "december"},
    {"jan.", "feb.", "mrt.", "apr.", "mei", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."},
    {"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
     "декабрь"},
    {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
     "декабря"},
    {"ЯНВАРЯ", "ФЕВРАЛЯ", "МАРТА", "АПРЕЛЯ", "МАЯ", "ИЮНЯ", "ИЮЛЯ", "АВГУСТА", "СЕНТЯБРЯ", "ОКТЯБРЯ", "НОЯБРЯ",
     "ДЕКАБРЯ"},
    {"янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."},
    {"січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень", "жовтень",
     "листопад", "грудень"},
    {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада",
     "грудня"},
    {"СІЧ.", "ЛЮТ.", "БЕР.", "КВІТ.", "ТРАВ.", "ЧЕРВ.", "ЛИП.", "СЕРП.", "ВЕР.", "ЖОВТ.", "ЛИСТ.", "ГРУД."},
    {"styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik",
     "listopad", "grudzień"},
    {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
     "listopada", "grudnia"},
    {"sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"},
    {"leden", "únor", "březen", "duben", "květen", "červen", "červenec", "srpen", "září", "říjen", "listopad",
     "prosinec"},
    {"LEDNA", "ÚNORA", "BŘEZNA", "DUBNA", "KVĚTNA", "ČERVNA", "ČERVENCE", "SRPNA", "ZÁŘÍ", "ŘÍJNA", "LISTOPADU",
     "PROSINCE"},
    {"led", "úno", "bře", "dub", "kvě", "čvn", "čvc", "srp", "zář", "říj", "lis", "pro"},
    {"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"},
    {"OCAK", "ŞUBAT", "MART", "NİSAN", "MAYIS", "HAZİRAN", "TEMMUZ", "AĞUSTOS", "EYLÜL", "EKİM", "KASIM", "ARALIK"},
    {"Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"},
    {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
     "december"},
    {"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
     "december"},
    {"jan.", "feb.", "mars", "apr.", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."},
    {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
    {"كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
     "كانون الأول"},
    {"جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
    {"يناير", "فبراير", "مارس", "إبريل", "ماي", "يونيه", "يوليوز", "غشت", "شتنبر", "اكتوبر", "نونبر", "دجنبر"},
    {"一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"},
};
#define LANGUAGES (sizeof months / sizeof *months)

static void knows_the_months(void **state)
{
    static const char *const forms[] = {"15 %s 2021", "15. %s 2021",     "%s 15, 2021",           "15-%s-21",
                                        "2021 %s 15", "Thu, 15 %s 2021", "15 de %s de 2021 10:05"};
    (void)state;

    for (size_t language = 0; language < LANGUAGES; language++) {
        for (int month = 0; month < 12; month++) {
            for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
                char text[120];
                char wanted[40];
                snprintf(text, sizeof text, forms[form], months[language][month]);
                snprintf(wanted, sizeof wanted, "2021-%02d-15%s", month + 1, form == 6 ? "T10:05:00" : "");
                assert_reads(text, DATE_EMPTY, wanted);
            }
        }
    }
}

static void passes_over_days_of_the_week(void **state)
{
    static const char *const days[] = {
        "Monday",      "Tuesday",      "Wednesday",    "Thursday",    "Friday",
        "Saturday",    "Sunday",       "Mon",          "TUE",         "wed",
        "Thu",         "Fri",          "Sat",          "Sun",         "Montag",
        "Dienstag",    "Mittwoch",     "Donnerstag",   "Freitag",     "Samstag",
        "Sonntag",     "Mo",           "Di",           "Mi",          "Do",
        "Fr",          "Sa",           "So",           "lundi",       "mardi",
        "mercredi",    "jeudi",        "vendredi",     "samedi",      "dimanche",
        "lun.",        "mar.",         "mer.",         "jeu.",        "ven.",
        "sam.",        "dim.",         "lunes",        "martes",      "miércoles",
        "jueves",      "viernes",      "sábado",       "domingo",     "segunda-feira",
        "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "seg.",
        "ter.",        "qua.",         "qui.",         "sex.",        "sáb.",
        "dom.",        "lunedì",       "martedì",      "mercoledì",   "giovedì",
        "venerdì",     "sabato",       "domenica",     "maandag",     "dinsdag",
        "woensdag",    "donderdag",    "vrijdag",      "zaterdag",    "zondag",
        "понедельник", "вторник",      "среда",        "четверг",     "пятница",
        "суббота",     "воскресенье",  "Пн",           "Вт",          "Ср",
        "Чт",          "Пт",           "Сб",           "Вс",          "понеділок",
        "вівторок",    "середа",       "четвер",       "п'ятниця",    "п’ятниця",
        "субота",      "неділя",       "poniedziałek", "wtorek",      "środa",
        "czwartek",    "piątek",       "sobota",       "niedziela",   "Pazartesi",
        "Salı",        "Çarşamba",     "Perşembe",     "Cuma",        "Cumartesi",
        "Pazar",       "pondělí",      "úterý",        "středa",      "čtvrtek",
        "pátek",       "neděle",       "måndag",       "tisdag",      "onsdag",
        "torsdag",     "fredag",       "lördag",       "söndag",      "mandag",
        "tirsdag",     "lørdag",       "søndag",       "الاثنين",     "الإثنين",
        "الثلاثاء",    "الأربعاء",     "الخميس",       "الجمعة",      "السبت",
        "الأحد",       "星期一",       "星期四",       "星期日",      "周四",
        "週四",        "月曜日",       "木曜日",       "월요일",      "목요일",
    };
    char text[120];
    (void)state;

    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        snprintf(text, sizeof text, "%s, 15 Apr 2021", days[i]);
        assert_reads(text, DATE_EMPTY, "2021-04-15");
        snprintf(text, sizeof text, "%s 15.04.2021 10:05", days[i]);
        assert_reads(text, DATE_DAY_FIRST, "2021-04-15T10:05:00");
        snprintf(text, sizeof text, "2021-04-15 (%s) 10:05", days[i]);
        if (!strchr(days[i], '-') && !strchr(days[i], '.'))
            assert_reads(text, DATE_EMPTY, "2021-04-15T10:05:00");
    }
}

/* ---- random moments ---- */

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

struct written {
    int year, month, day, hour, minute, second;
    size_t language;
};

/* %Y %y years, %m %M month, %d %D day, %H %K hour, %I hour of twelve, %i minute, %s second: two digits, or as few as
 * can be for K, D, M; %N the month by name; %p AM or PM, %c 上午 or 下午. */
static void write_in_form(char *out, size_t size, const char *form, const struct written *w)
{
    size_t used = 0;

    for (; *form; form++) {
        int n = *form != '%' ? snprintf(out + used, size - used, "%c", *form) : 0;
        int twelve = w->hour % 12 ? w->hour % 12 : 12;
        switch (*form == '%' ? *++form : '\0') {
        case 'Y':
            n = snprintf(out + used, size - used, "%04d", w->year);
            break;
        case 'y':
            n = snprintf(out + used, size - used, "%02d", w->year % 100);
            break;
        case 'm':
            n = snprintf(out + used, size - used, "%02d", w->month);
            break;
        case 'M':
            n = snprintf(out + used, size - used, "%d", w->month);
            break;
        case 'd':
            n = snprintf(out + used, size - used, "%02d", w->day);
            break;
        case 'D':
            n = snprintf(out + used, size - used, "%d", w->day);
            break;
        case 'H':
            n = snprintf(out + used, size - used, "%02d", w->hour);
            break;
        case 'K':
            n = snprintf(out + used, size - used, "%d", w->hour);
            break;
        case 'I':
            n = snprintf(out + used, size - used, "%d", twelve);
            break;
        case 'i':
            n = snprintf(out + used, size - used, "%02d", w->minute);
            break;
        case 's':
            n = snprintf(out + used, size - used, "%02d", w->second);
            break;
        case 'N':
            n = snprintf(out + used, size - used, "%s", months[w->language][w->month - 1]);
            break;
        case 'p':
            n = snprintf(out + used, size - used, "%s", w->hour < 12 ? "AM" : "PM");
            break;
        case 'c':
            n = snprintf(out + used, size - used, "%s", w->hour < 12 ? "上午" : "下午");
            break;
        default:
            break;
        }
        assert_true(n > 0 && used + (size_t)n < size);
        used += (size_t)n;
    }
}

/* The digits of a text as others, which follow each other from `zero` on in UTF-8. */
static void write_digits(char *out, size_t size, const char *text, const char *zero)
{
    size_t used = 0;
    size_t length = strlen(zero);

    for (; *text; text++) {
        bool digit = *text >= '0' && *text <= '9';
        int n = digit ? snprintf(out + used, size - used, "%.*s%c", (int)length - 1, zero,
                                 (char)(zero[length - 1] + (*text - '0')))
                      : snprintf(out + used, size - used, "%c", *text);
        assert_true(n > 0 && used + (size_t)n < size);
        used += (size_t)n;
    }
}

static void moments_come_back_from_every_form(void **state)
{
    static const struct {
        const char *form;
        enum date_style style;
    } dates[] = {
        {"%Y-%m-%d", DATE_YEAR_FIRST},       {"%Y/%M/%D", DATE_YEAR_FIRST},
        {"%Y.%m.%d", DATE_YEAR_FIRST},       {"%Y. %M. %D.", DATE_YEAR_FIRST},
        {"%Y%m%d", DATE_YEAR_FIRST},         {"%d/%m/%Y", DATE_DAY_FIRST},
        {"%D/%M/%Y", DATE_DAY_FIRST},        {"%d.%m.%Y", DATE_DAY_FIRST},
        {"%D. %M. %Y", DATE_DAY_FIRST},      {"%d-%m-%Y", DATE_DAY_FIRST},
        {"%d %m %Y", DATE_DAY_FIRST},        {"%d/%m/%y", DATE_DAY_FIRST},
        {"%d.%m.%y", DATE_DAY_FIRST},        {"%D.%M.%Y г.", DATE_DAY_FIRST},
        {"%m/%d/%Y", DATE_MONTH_FIRST},      {"%M/%D/%Y", DATE_MONTH_FIRST},
        {"%m-%d-%y", DATE_MONTH_FIRST},      {"%y-%m-%d", DATE_SHORT_YEAR_FIRST},
        {"%y/%M/%D", DATE_SHORT_YEAR_FIRST}, {"%y. %M. %D.", DATE_SHORT_YEAR_FIRST},
        {"%D %N %Y", DATE_WRITTEN},          {"%d-%N-%y", DATE_WRITTEN},
        {"%N %D, %Y", DATE_WRITTEN},         {"%D. %N %Y", DATE_WRITTEN},
        {"%D de %N de %Y", DATE_WRITTEN},    {"%Y-%N-%d", DATE_WRITTEN},
        {"Thu, %d %N %Y", DATE_WRITTEN},     {"%Y年%M月%D日", DATE_YEAR_FIRST},
        {"%Y년 %M월 %D일", DATE_YEAR_FIRST},
    };
    static const struct {
        const char *form;
        bool seconds;
    } times[] = {{"", false},           {" %H:%i", false},      {" %K:%i", false},       {" %H:%i:%s", true},
                 {", %H:%i:%s", true},  {" %I:%i %p", false},   {" %I:%i:%s%p", true},   {" %c%I:%i", false},
                 {" %Hh%i", false},     {" %H.%i", false},      {" %H时%i分%s秒", true}, {" %K시 %i분", false},
                 {" %H:%i:%s Z", true}, {" %H:%i GMT+3", false}};
    static const char *const zeros[] = {"0", "\xd9\xa0", "\xdb\xb0", "\xef\xbc\x90"}; /* Arabic, Persian, full width */
    const char *wanted_forms[] = {"%Y-%m-%d", "%Y-%m-%dT%H:%i:00", "%Y-%m-%dT%H:%i:%s"};
    uint64_t seed = 2026;
    (void)state;

    for (int round = 0; round < 40000; round++) {
        struct written w = {.hour = (int)(next_random(&seed) % 24),
                            .minute = (int)(next_random(&seed) % 60),
                            .second = (int)(next_random(&seed) % 60),
                            .language = next_random(&seed) % LANGUAGES};
        int32_t day = day_from_civil(1969, 1, 1) + (int32_t)(next_random(&seed) % 36524);
        size_t d = next_random(&seed) % (sizeof dates / sizeof *dates);
        size_t t = next_random(&seed) % (sizeof times / sizeof *times);
        size_t z = next_random(&seed) % 8;
        char form[80];
        char text[160];
        char digits[320];
        char wanted[60];
        struct date_election e = {0};
        civil_from_day(day, &w.year, &w.month, &w.day);
        snprintf(form, sizeof form, "%s%s", dates[d].form, times[t].form);
        write_in_form(text, sizeof text, form, &w);
        write_in_form(wanted, sizeof wanted, wanted_forms[!*times[t].form ? 0 : times[t].seconds ? 2 : 1], &w);
        strcat(wanted, strchr(times[t].form, 'Z') ? "Z" : strchr(times[t].form, '+') ? "+03:00" : "");
        write_digits(digits, sizeof digits, text, z < 4 ? zeros[z] : "0");
        if (strlen(digits) > 128 || (z == 2 && strstr(dates[d].form, "%y")))
            continue;
        assert_reads(digits, dates[d].style, wanted);
        date_election_add(&e, slice_from_cstr(digits), 1);
        enum date_style elected = date_election_result(&e);
        if (elected != DATE_AMBIGUOUS && elected != dates[d].style && !e.neutral)
            fail_msg("'%s' elects %d, not %d", digits, (int)elected, (int)dates[d].style);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_shape_of_date),    cmocka_unit_test(a_nul_is_no_part_of_a_date),
        cmocka_unit_test(texts_end_where_they_end),     cmocka_unit_test(knows_the_months),
        cmocka_unit_test(passes_over_days_of_the_week), cmocka_unit_test(moments_come_back_from_every_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
