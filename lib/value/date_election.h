/* Date elections: how the dates of a column are written, decided by the whole column, never by a cell.
 *
 * Most dates can be read in one way: 2026-12-31, 31 Dec 2026, 2026年12月31日. "01/02/2026" may be January or February,
 * and "01/02/03" has three readings. Each such value rules out the orders of day, month and year in which it is no day
 * ("25/12/2026" is not month first); a column is read in the order that is left when every value has been heard. If
 * more than one is left and they differ, or none, there is no answer, and the caller refuses to go on rather than
 * guess. A column of bare numbers holds the day numbers of a spreadsheet or the time since 1970, as their size says.
 *
 * What is read: year first with any of - / . and ISO 8601; three numbers with / - . or blanks between them; names of
 * months in the languages of date_words.h, "15 Apr, 2021", "April 15th 2021", "15-Apr-21", "15 de abril de 2021",
 * "15 апреля 2021 г.", "2021-Apr-15", "Thu Apr 15 10:00:00 2021"; 2026年3月1日, 2026년 3월 1일. Small or capital
 * letters, with or without accents and dots; Arabic-Indic, Persian and full-width digits; a day of the week before or
 * behind is not looked at. A time may follow: HH:MM[:SS[.fraction]], 10.05, 10h05, 10时05分, am/pm and their like in
 * Chinese, Japanese, Korean, Arabic and Turkish; behind it an offset (+03:00, +0300, GMT+3, UTC, Z) or one of EST, EDT,
 * PST, PDT, WET, WEST, CET, MEZ, CEST, MESZ, EET, EEST, MSK (+03:00 always) as fixed offsets, and behind that a name of
 * the zone in brackets or parentheses. Years of two digits are 1969 .. 2068, as in POSIX (strptime, %y). Where dots
 * stand between the numbers the day comes first: no locale of the Unicode CLDR writes month.day.year, none yy.mm.dd
 * but with blanks behind the dots (Korean).
 *
 * What is not: dates without a year, names of zones that several countries use, years in other calendars. */
#ifndef CRM_VALUE_DATE_ELECTION_H
#define CRM_VALUE_DATE_ELECTION_H

#include "value/date.h"
#include "value/example.h"

enum date_style {
    DATE_EMPTY,
    DATE_YEAR_FIRST, /* 2026-12-31, 2026/12/31, 20261231 */
    DATE_DAY_FIRST,  /* 31/12/2026, 31/12/26; what can be read in one way only as well, here and below */
    DATE_MONTH_FIRST,
    DATE_AMBIGUOUS,
    DATE_CONFLICT,         /* no one order reads all values: date_election_conflict() has two that disagree */
    DATE_WRITTEN,          /* months by name; reads what DATE_YEAR_FIRST does */
    DATE_SHORT_YEAR_FIRST, /* 26-12-31 */
    DATE_SERIAL,           /* days of a spreadsheet: 46387 or 46387.4375 */
    DATE_EPOCH,            /* seconds since 1970-01-01 in UTC, */
    DATE_EPOCH_MILLI,      /* thousandths, */
    DATE_EPOCH_MICRO,      /* millionths */
    DATE_MIXED,            /* bare numbers of several sorts, or among dates that need an order: no answer */
};

/* What single values are; each is counted in one class. */
enum date_class {
    DATE_CLASS_YEAR_FIRST,
    DATE_CLASS_WRITTEN,
    DATE_CLASS_DAY_FIRST,        /* 31/12/2026 */
    DATE_CLASS_MONTH_FIRST,      /* 12/31/2026 */
    DATE_CLASS_SHORT_YEAR_FIRST, /* 99-12-31 */
    DATE_CLASS_NEUTRAL,          /* 05/05/2026: the same in any order it can have */
    DATE_CLASS_AMBIGUOUS,        /* 01/02/2026, 25/12/21 */
    DATE_CLASS_SERIAL,           /* numbers that are days of a spreadsheet in 1950 .. 2100 */
    DATE_CLASS_EPOCH,            /* seconds of 1973 .. 2100: 9 or 10 digits */
    DATE_CLASS_EPOCH_MILLI,      /* of 2001 .. 2100: 13 digits */
    DATE_CLASS_EPOCH_MICRO,      /* 16 digits */
    DATE_CLASS_NUMBER,           /* other numbers that are a date in one of those styles, but evidence for none */
    DATE_CLASS_NONE,             /* date_is_void() */
    DATE_CLASS_INVALID,
    DATE_CLASSES
};

/* All zero before the first value. */
struct date_election {
    union {
        uint64_t counts[DATE_CLASSES];
        struct {
            uint64_t year_first, written, day_first, month_first, short_year_first, neutral, ambiguous, serial, epoch,
                epoch_milli, epoch_micro, number, none, invalid;
        };
    };
    union {
        struct example examples[DATE_CLASSES];
        struct {
            struct example year_example, written_example, day_example, month_example, short_year_example,
                neutral_example, ambiguous_example, serial_example, epoch_example, epoch_milli_example,
                epoch_micro_example, number_example, none_example, invalid_example;
        };
    };
    struct example against[3]; /* the first value that is no day with day, month, short year first */
    unsigned differing;        /* pairs of orders that some value is two days in; bits of date_election.c */
};

/* An empty text is no value. line: from 1, for the examples. */
void date_election_add(struct date_election *election, struct slice text, uint64_t line);
enum date_style date_election_result(const struct date_election *election);

/* "year-first", "day-month", "month-day", "written", "short-year-first", "serial", "epoch", "epoch-milli",
 * "epoch-micro": as settings files name the styles in which dates are read; NULL for any other style. */
const char *date_style_name(enum date_style style);
/* The style of that name. false: there is none, *style is left alone. */
bool date_style_find(struct slice name, enum date_style *style);

/* "day first", ...: for a report. */
const char *date_class_name(enum date_class class);

/* For DATE_CONFLICT and DATE_MIXED: two values that no one style reads. false: it is neither. */
bool date_election_conflict(const struct date_election *election, const struct example **one,
                            const struct example **other);

/* For DATE_AMBIGUOUS: the orders that are left, for messages: "day-month or month-day", "day-month-year or
 * year-month-day", "day-month-year, month-day-year or year-month-day". */
const char *date_election_doubt(const struct date_election *election);

/* Whether a hint (--dmy, a region) may settle a DATE_AMBIGUOUS column: the style is an order of day, month and year,
 * and no value rules it out. */
bool date_election_allows(const struct date_election *election, enum date_style style);

/* Reads a date in the style of its column; with any style what can be read in one way. Serials: the 1900 system of
 * Excel, in which 25569 is 1970-01-01 and there is no 60; 1 .. 2958465, but not 1900 .. 2100, which are years; with a
 * fraction from 2101 on. Its time is exact to the second, with nine digits or more to the millisecond. Times since 1970
 * are at UTC; they have 9 or 10 digits, thousandths 11 to 13, millionths 15 or 16, with or without a fraction, and may
 * be negative. false: not a date in this style, or no such day; *moment is then undefined. */
bool date_parse_style(struct slice text, enum date_style style, struct moment *moment);

/* Whether this is what programs write where there is no date: 0000-00-00 and all zeros in any form, with or without a
 * time of zeros, a single 0, and Excel's day 0 (1900-01-00, 1/0/1900, 00.01.1900). Not a date in any style. */
bool date_is_void(struct slice text);

#endif
