/* Dates, instants, time zones and periods.
 *
 * A day is a number of days since 1970-01-01 in the proleptic Gregorian calendar, years 0001 to 9999. An instant
 * written with an offset
 * ("2026-03-01T10:00:00+03:00", "...Z") belongs to the day it is in a chosen time zone; without a zone chosen, or
 * without an offset written, it belongs to the day that is written. */
#ifndef CRM_VALUE_DATE_H
#define CRM_VALUE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

#define DAY_NONE INT32_MIN
#define DAY_MIN (-719162) /* 0001-01-01 */
#define DAY_MAX 2932896   /* 9999-12-31 */

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013): days_from_civil, civil_from_days. month 1 ..
 * 12, day 1 .. 31; years 0 .. 10000 for the first, days of years -400 and later for the second. */
int32_t day_from_civil(int year, int month, int day);
void civil_from_day(int32_t day, int *year, int *month, int *day_of_month);
/* Whether there is such a day; year 1 .. 9999. */
bool civil_valid(int year, int month, int day);

struct moment {
    int32_t day;        /* as written */
    int32_t second;     /* of that day, 0 .. 86399 (a leap second :60 is read as :59); 0 when there is no time */
    int32_t nanosecond; /* 0 .. 999,999,999 */
    int32_t offset;     /* seconds east of UTC, when has_offset; less than a day either way */
    bool has_time;
    bool has_offset; /* only with has_time */
};

/* ISO 8601 as exports write it: YYYY-MM-DD or YYYYMMDD, then optionally "T" or a blank and HH:MM[:SS[.fraction]]
 * (HHMM[SS[.fraction]] too behind YYYYMMDD) and optionally Z, UTC, +HH, +HHMM or +HH:MM (with an optional blank
 * before). T and Z may be small, the fraction may follow a comma; its digits beyond the ninth are dropped. Hours end
 * at 23. No blanks around. false: it is not one, or no such day; *moment is then undefined. */
bool moment_parse_iso(struct slice text, struct moment *moment);

/* The same by a strptime(3) format (C locale; %Y %m %d %H %M %S %y %b %B %d %e %p %I %z %T %F %j ...). The whole text
 * must be used up. Stricter than strptime: a day that does not exist, a year of %Y below 1000 not written with four
 * digits, and a weekday or day of the year that contradicts the date are refused, as is a format that
 * date_format_check() refuses. %Z, %E and %O are not read. "%s" is seconds since 1970-01-01 in UTC. */
bool moment_parse_format(struct slice text, const char *format, struct moment *moment);

/* Whether a format gives a whole date: year and month and day, or year and day of the year, or %s alone; for the option
 * that takes it. 0, or -1 with STATUS_USAGE and what is missing. */
int date_format_check(const char *format, struct error *err);

/* Text as ISO 8601: the date, and the time and offset if there are any ("Z" for UTC). out has room for MOMENT_TEXT; the
 * slice points into it, there is no NUL behind it. A day outside DAY_MIN .. DAY_MAX, DAY_NONE among them, gives an
 * empty text. */
#define MOMENT_TEXT 48
struct slice moment_format(const struct moment *moment, char out[MOMENT_TEXT]);
struct slice day_format(int32_t day, char out[MOMENT_TEXT]);

/* A time zone: an IANA name ("Europe/Berlin"), "UTC", "GMT", "Z", or a fixed offset ("+03:00", "+0300", "+03"). All
 * zero is no zone chosen. Only one named zone can be in use in a process, because glibc keeps it in the environment:
 * open it before there are threads, and give each thread a copy of the structure. An unknown name is an error
 * (STATUS_USAGE), not UTC; a missing or unreadable zone database is STATUS_SYSTEM. Zones are looked up under $TZDIR,
 * else /usr/share/zoneinfo. Nothing to free. */
struct time_zone {
    bool set;
    bool fixed;
    int32_t offset;         /* when fixed */
    int64_t cached_quarter; /* the quarter of an hour (UTC) the cached offset belongs to; one in which the zone changes
                               is never kept */
    int32_t cached_offset;
};
int time_zone_open(struct time_zone *zone, const char *name, struct error *err);

/* The day of a moment: see above. DAY_NONE when the zone moves it out of the years 0001 to 9999. */
int32_t moment_day(const struct moment *moment, struct time_zone *zone);

/* How a column's dates are read: by format when given, else ISO. */
struct date_reader {
    const char *format; /* NULL: ISO 8601 */
    struct time_zone zone;
};
/* false: not a date. The usual case, "YYYY-MM-DD" possibly with a time and no offset, is fast. */
bool date_read(struct date_reader *reader, struct slice text, int32_t *day);
/* The same, as a moment. moment_day() then gives the day. */
bool moment_read(const struct date_reader *reader, struct slice text, struct moment *moment);

/* Microseconds since 1970-01-01T00:00 in UTC; without an offset written, as if that were UTC. What is finer than a
 * microsecond is dropped. And back, with an offset of zero or none. */
int64_t moment_to_microseconds(const struct moment *moment);
struct moment moment_from_microseconds(int64_t microseconds, bool has_offset);

/* When the day after `day` begins, in microseconds as above: in the zone for moments with an offset, else as written.
 */
int64_t day_end(int32_t day, bool has_offset, struct time_zone *zone);

enum period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };
/* The index of the period a day lies in; consecutive periods have consecutive indexes. Weeks begin on Monday (ISO
 * 8601). Days and indexes within DAY_MIN .. DAY_MAX. */
int32_t period_of_day(enum period period, int32_t day);
int32_t period_first_day(enum period period, int32_t index);
/* "2026-03-01", "2026-W09" (the year is the ISO week-year, that of the week's Thursday), "2026-03", "2026-Q1", "2026".
 */
struct slice period_format(enum period period, int32_t index, char out[MOMENT_TEXT]);

#endif
