/* Dates: the calendar, reading and writing moments, time zones, and periods.
 *
 * ISO 8601 is read by hand, because that is what the big inputs hold; other formats go through strptime(3), which lets
 * 31 February and half a date pass, so what it found is checked here. Time zones are glibc's: of a zone only the offset
 * at an instant is asked, the calendar is always the one in this file. */
#include "value/date.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SECONDS_PER_DAY 86400
#define QUARTER 900
#define FORMAT_TEXT 128 /* a longer text is not a date */

/* ---- calendar ---- */

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int32_t day_from_civil(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

void civil_from_day(int32_t day, int *year, int *month, int *day_of_month)
{
    int64_t shifted = (int64_t)day + 719468;
    int era = (int)floor_divide(shifted, 146097);
    int day_of_era = (int)(shifted - (int64_t)era * 146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;

    *day_of_month = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

bool civil_valid(int year, int month, int day)
{
    static const signed char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        return day <= 29;
    return day <= lengths[month - 1];
}

/* ---- writing ---- */

static char *put_digits(char *out, int value, int count)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + count;
}

static char *put_day(char *out, int32_t day)
{
    int year;
    int month;
    int day_of_month;

    civil_from_day(day, &year, &month, &day_of_month);
    out = put_digits(out, year, 4);
    *out++ = '-';
    out = put_digits(out, month, 2);
    *out++ = '-';
    return put_digits(out, day_of_month, 2);
}

static char *put_clock(char *out, int second, bool with_second)
{
    out = put_digits(out, second / 3600, 2);
    *out++ = ':';
    out = put_digits(out, second / 60 % 60, 2);
    if (with_second) {
        *out++ = ':';
        out = put_digits(out, second % 60, 2);
    }
    return out;
}

struct slice day_format(int32_t day, char out[MOMENT_TEXT])
{
    if (day < DAY_MIN || day > DAY_MAX)
        return (struct slice){out, 0};
    return (struct slice){out, (size_t)(put_day(out, day) - out)};
}

struct slice moment_format(const struct moment *moment, char out[MOMENT_TEXT])
{
    struct slice text = day_format(moment->day, out);
    char *at = out + text.len;

    if (!moment->has_time || text.len == 0)
        return text;
    *at++ = 'T';
    at = put_clock(at, moment->second, true);
    if (moment->nanosecond != 0) {
        *at++ = '.';
        at = put_digits(at, moment->nanosecond, 9);
        while (at[-1] == '0')
            at--;
    }
    if (moment->has_offset && moment->offset == 0) {
        *at++ = 'Z';
    } else if (moment->has_offset) {
        *at++ = moment->offset < 0 ? '-' : '+';
        at = put_clock(at, abs(moment->offset), false);
    }
    return (struct slice){out, (size_t)(at - out)};
}

/* ---- reading ISO 8601 ---- */

/* What is left of a text. */
struct cursor {
    const char *at;
    const char *end;
};

static inline size_t left(const struct cursor *cursor)
{
    return (size_t)(cursor->end - cursor->at);
}

static inline bool next_is(const struct cursor *cursor, char c)
{
    return cursor->at < cursor->end && *cursor->at == c;
}

static inline bool take(struct cursor *cursor, char c)
{
    if (!next_is(cursor, c))
        return false;
    cursor->at++;
    return true;
}

static inline bool take_digits(struct cursor *cursor, int count, int *value)
{
    int result = 0;

    if (left(cursor) < (size_t)count)
        return false;
    for (int i = 0; i < count; i++) {
        unsigned digit = (unsigned char)cursor->at[i] - (unsigned)'0';
        if (digit > 9)
            return false;
        result = result * 10 + (int)digit;
    }
    cursor->at += count;
    *value = result;
    return true;
}

/* *compact: the form without dashes. */
static inline bool take_date(struct cursor *cursor, int32_t *day, bool *compact)
{
    int year;
    int month;
    int day_of_month;

    if (!take_digits(cursor, 4, &year))
        return false;
    *compact = !take(cursor, '-');
    if (!take_digits(cursor, 2, &month) || (!*compact && !take(cursor, '-')) || !take_digits(cursor, 2, &day_of_month))
        return false;
    if (!civil_valid(year, month, day_of_month))
        return false;
    *day = day_from_civil(year, month, day_of_month);
    return true;
}

static bool take_fraction(struct cursor *cursor, int32_t *nanosecond)
{
    int32_t weight = 100000000;
    int digit;

    *nanosecond = 0;
    if (!take_digits(cursor, 1, &digit))
        return false;
    do {
        *nanosecond += digit * weight;
        weight /= 10;
    } while (take_digits(cursor, 1, &digit));
    return true;
}

static inline bool take_time(struct cursor *cursor, bool compact, struct moment *moment)
{
    int hour;
    int minute;
    int second = 0;
    bool has_second;

    if (!take_digits(cursor, 2, &hour))
        return false;
    if (take(cursor, ':'))
        compact = false;
    else if (!compact)
        return false;
    if (!take_digits(cursor, 2, &minute))
        return false;
    has_second = compact ? cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9' : take(cursor, ':');
    if (has_second) {
        if (!take_digits(cursor, 2, &second))
            return false;
        if ((take(cursor, '.') || take(cursor, ',')) && !take_fraction(cursor, &moment->nanosecond))
            return false;
    }
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    moment->second = hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
    moment->has_time = true;
    return true;
}

/* +HH, +HHMM or +HH:MM. */
static bool take_numeric_offset(struct cursor *cursor, int32_t *offset)
{
    bool west = next_is(cursor, '-');
    int hour;
    int minute = 0;

    if (!west && !next_is(cursor, '+'))
        return false;
    cursor->at++;
    if (!take_digits(cursor, 2, &hour))
        return false;
    if (cursor->at < cursor->end) {
        take(cursor, ':');
        if (!take_digits(cursor, 2, &minute))
            return false;
    }
    if (hour > 23 || minute > 59)
        return false;
    *offset = (west ? -1 : 1) * (hour * 3600 + minute * 60);
    return true;
}

static bool take_offset(struct cursor *cursor, struct moment *moment)
{
    take(cursor, ' ');
    moment->has_offset = true;
    moment->offset = 0;
    if (take(cursor, 'Z') || take(cursor, 'z'))
        return true;
    if (left(cursor) == 3 && memcmp(cursor->at, "UTC", 3) == 0) {
        cursor->at += 3;
        return true;
    }
    return take_numeric_offset(cursor, &moment->offset);
}

static inline bool parse_iso(struct slice text, struct moment *moment)
{
    struct cursor cursor = {text.ptr, text.ptr + text.len};
    bool compact;

    *moment = (struct moment){0};
    if (text.len < 8 || !take_date(&cursor, &moment->day, &compact))
        return false;
    if (cursor.at == cursor.end)
        return true;
    if (!take(&cursor, 'T') && !take(&cursor, ' ') && !take(&cursor, 't'))
        return false;
    if (!take_time(&cursor, compact, moment))
        return false;
    return cursor.at == cursor.end || (take_offset(&cursor, moment) && cursor.at == cursor.end);
}

bool moment_parse_iso(struct slice text, struct moment *moment)
{
    return parse_iso(text, moment);
}

/* ---- reading by a format ---- */

/* What the conversions of a format tell about a date. */
enum {
    GIVES_YEAR = 1 << 0,
    GIVES_MONTH = 1 << 1,
    GIVES_DAY = 1 << 2,
    GIVES_DAY_OF_YEAR = 1 << 3,
    GIVES_WEEKDAY = 1 << 4,
    GIVES_TIME = 1 << 5,
    GIVES_OFFSET = 1 << 6,
    GIVES_EPOCH = 1 << 7,
    GIVES_FULL_YEAR = 1 << 8, /* with its century */
    GIVES_DATE = GIVES_YEAR | GIVES_MONTH | GIVES_DAY,
};

/* Every conversion of glibc's strptime but %Z, for which it reads nothing, and the eras and other digits of locales
 * (%E, %O). */
static const struct {
    const char *letters;
    unsigned gives;
} conversions[] = {
    {"Y", GIVES_YEAR | GIVES_FULL_YEAR},
    {"y", GIVES_YEAR},
    {"mbBh", GIVES_MONTH},
    {"de", GIVES_DAY},
    {"j", GIVES_DAY_OF_YEAR},
    {"aAuw", GIVES_WEEKDAY},
    {"F", GIVES_DATE | GIVES_FULL_YEAR},
    {"Dx", GIVES_DATE},
    {"c", GIVES_DATE | GIVES_FULL_YEAR | GIVES_WEEKDAY | GIVES_TIME},
    {"HIklRrTX", GIVES_TIME},
    {"z", GIVES_OFFSET},
    {"s", GIVES_EPOCH},
    {"MSpCgGUVWnt%", 0},
};

static bool conversion_gives(char letter, unsigned *gives)
{
    for (size_t i = 0; letter != '\0' && i < sizeof conversions / sizeof *conversions; i++) {
        if (strchr(conversions[i].letters, letter) != NULL) {
            *gives |= conversions[i].gives;
            return true;
        }
    }
    return false;
}

/* What a format gives; *unknown: its first conversion that strptime cannot read (its letter, or the end), or NULL. */
static unsigned format_gives(const char *format, const char **unknown)
{
    const char *at = format;
    unsigned gives = 0;

    *unknown = NULL;
    while ((at = strchr(at, '%')) != NULL) {
        at += 1 + strspn(at + 1, "_-0^#"); /* glibc passes over the flags of strftime */
        if (!conversion_gives(*at, &gives)) {
            *unknown = at;
            break;
        }
        at++;
    }
    return gives;
}

static bool gives_day(unsigned gives)
{
    return (gives & GIVES_DATE) == GIVES_DATE || ((gives & GIVES_YEAR) && (gives & GIVES_DAY_OF_YEAR));
}

int date_format_check(const char *format, struct error *err)
{
    const char *unknown;
    unsigned gives = format_gives(format, &unknown);
    struct quote q;
    struct quote letter;

    if (strcmp(format, "%s") == 0)
        return 0;
    quote(&q, slice_from_cstr(format));
    if (unknown != NULL)
        return error_set(err, STATUS_USAGE, "date format '%s': there is no conversion '%%%s'", q.text,
                         quote(&letter, (struct slice){unknown, strnlen(unknown, 1)}));
    if (gives & GIVES_EPOCH)
        return error_set(err, STATUS_USAGE, "date format '%s': %%s (seconds since 1970) must stand alone", q.text);
    if (gives_day(gives))
        return 0;
    if (gives == 0)
        return error_set(err, STATUS_USAGE, "date format '%s' reads no date; a format is like %%d.%%m.%%Y", q.text);
    return error_set(err, STATUS_USAGE, "date format '%s' has no %s", q.text,
                     !(gives & GIVES_YEAR)    ? "year (%Y or %y)"
                     : !(gives & GIVES_MONTH) ? "month (%m or %b)"
                                              : "day (%d)");
}

/* Seconds since 1970; strptime would not see an overflow, and would ask the zone of the environment. */
static bool parse_epoch(struct slice text, struct moment *moment)
{
    struct cursor cursor = {text.ptr, text.ptr + text.len};
    bool negative = text.len > 0 && take(&cursor, '-');
    int64_t seconds = 0;
    int digit;

    if (text.len == 0 || left(&cursor) < 1 || left(&cursor) > 18)
        return false;
    while (take_digits(&cursor, 1, &digit))
        seconds = seconds * 10 + digit;
    if (cursor.at != cursor.end)
        return false;
    if (negative)
        seconds = -seconds;
    int64_t day = floor_divide(seconds, SECONDS_PER_DAY);
    if (day < DAY_MIN || day > DAY_MAX)
        return false;
    *moment = (struct moment){.day = (int32_t)day, .has_time = true, .has_offset = true};
    moment->second = (int32_t)(seconds - day * SECONDS_PER_DAY);
    return true;
}

/* What strptime found, as a moment; the text to look at the year once more. */
static bool moment_from_tm(const struct tm *tm, unsigned gives, const char *text, struct moment *moment)
{
    int year = tm->tm_year > 9999 - 1900 ? 0 : tm->tm_year + 1900;

    if (!civil_valid(year, tm->tm_mon + 1, tm->tm_mday))
        return false;
    if ((gives & GIVES_FULL_YEAR) && year < 1000) { /* %Y reads "26" as the year 26 */
        char digits[5];
        *put_digits(digits, year, 4) = '\0';
        if (strstr(text, digits) == NULL)
            return false;
    }
    *moment = (struct moment){.day = day_from_civil(year, tm->tm_mon + 1, tm->tm_mday)};
    if ((gives & GIVES_WEEKDAY) && tm->tm_wday != (int)((moment->day - DAY_MIN + 1) % 7)) /* 0001-01-01 is a Monday */
        return false;
    if ((gives & GIVES_DAY_OF_YEAR) && tm->tm_yday != moment->day - day_from_civil(year, 1, 1))
        return false;
    if (gives & GIVES_TIME) {
        moment->has_time = true;
        moment->second = tm->tm_hour * 3600 + tm->tm_min * 60 + (tm->tm_sec > 59 ? 59 : tm->tm_sec);
        moment->has_offset = gives & GIVES_OFFSET;
        moment->offset = moment->has_offset ? (int32_t)tm->tm_gmtoff : 0;
        return tm->tm_sec <= 60 && labs(tm->tm_gmtoff) < SECONDS_PER_DAY;
    }
    return true;
}

bool moment_parse_format(struct slice text, const char *format, struct moment *moment)
{
    char copy[FORMAT_TEXT];
    struct tm tm = {0};
    const char *unknown;
    unsigned gives;

    if (strcmp(format, "%s") == 0)
        return parse_epoch(text, moment);
    gives = format_gives(format, &unknown);
    if (unknown != NULL || !gives_day(gives) || (gives & GIVES_EPOCH))
        return false;
    if (text.len == 0 || text.len >= sizeof copy || memchr(text.ptr, '\0', text.len) != NULL)
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';

    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0); /* glibc's own constant: nothing is allocated */
    if (c_locale == (locale_t)0)
        return false;
    const char *end = strptime_l(copy, format, &tm, c_locale);
    freelocale(c_locale);
    return end != NULL && *end == '\0' && moment_from_tm(&tm, gives, copy, moment);
}

/* ---- time zones ---- */

static int unknown_zone(const char *name, struct error *err)
{
    struct quote q;

    return error_set(err, STATUS_USAGE, "unknown time zone: '%s' (a zone is like Europe/Berlin, UTC or +03:00)",
                     quote(&q, slice_from_cstr(name)));
}

/* UTC and its like, and offsets. */
static bool parse_fixed_zone(const char *name, int32_t *offset)
{
    struct cursor cursor = {name, name + strlen(name)};

    *offset = 0;
    if (strcmp(name, "UTC") == 0 || strcmp(name, "GMT") == 0 || strcmp(name, "Z") == 0)
        return true;
    return take_numeric_offset(&cursor, offset) && cursor.at == cursor.end;
}

/* The zone's file, which must be there and look like one (RFC 8536: it begins with "TZif"). */
static int find_zone_file(const char *name, char path[PATH_MAX], struct error *err)
{
    const char *directory = getenv("TZDIR");
    char joined[PATH_MAX];
    char magic[4];
    struct stat status;

    if (*name == '\0' || *name == '/' || strstr(name, "..") != NULL)
        return unknown_zone(name, err);
    if (directory == NULL || *directory == '\0')
        directory = "/usr/share/zoneinfo";
    if (stat(directory, &status) != 0 || !S_ISDIR(status.st_mode))
        return error_set(err, STATUS_SYSTEM, "no time zones in %s: install the package tzdata", directory);
    int length = snprintf(joined, sizeof joined, "%s/%s", directory, name);
    if (length < 0 || (size_t)length >= sizeof joined || realpath(joined, path) == NULL || stat(path, &status) != 0 ||
        !S_ISREG(status.st_mode))
        return unknown_zone(name, err);

    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_errno(err, "cannot open %s", path);
    size_t filled = 0;
    ssize_t got = 1;
    while (filled < sizeof magic && got != 0) {
        got = read(fd, magic + filled, sizeof magic - filled);
        if (got < 0 && errno != EINTR)
            break;
        filled += got > 0 ? (size_t)got : 0;
    }
    int saved = errno;
    close(fd);
    errno = saved;
    if (got < 0)
        return error_errno(err, "cannot read %s", path);
    return filled == sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0 ? 0 : unknown_zone(name, err);
}

int time_zone_open(struct time_zone *zone, const char *name, struct error *err)
{
    char path[PATH_MAX];

    *zone = (struct time_zone){.cached_quarter = INT64_MIN};
    if (parse_fixed_zone(name, &zone->offset)) {
        zone->set = zone->fixed = true;
        return 0;
    }
    if (find_zone_file(name, path, err) != 0)
        return -1;
    if (setenv("TZ", path, 1) != 0)
        return error_memory(err);
    tzset();
    /* Where glibc cannot load the file (damaged, out of memory) it reads TZ as a rule instead; a path is none, and that
     * leaves an unnamed UTC. */
    if (tzname[0][0] == '\0')
        return error_set(err, STATUS_SYSTEM, "cannot load the time zone file %s", path);
    zone->set = true;
    return 0;
}

static bool zone_offset_at(int64_t instant, int32_t *offset)
{
    time_t seconds = instant;
    struct tm tm;

    if (localtime_r(&seconds, &tm) == NULL)
        return false;
    *offset = (int32_t)tm.tm_gmtoff;
    return true;
}

/* The offset of a named zone. Some zones change in the middle of a quarter (St. John's did at 00:01), so a quarter is
 * kept only if its first and last second agree; no zone has ever changed twice within hours. */
static bool zone_offset(struct time_zone *zone, int64_t instant, int32_t *offset)
{
    int64_t quarter = floor_divide(instant, QUARTER);
    int32_t last;

    if (quarter != zone->cached_quarter) {
        if (!zone_offset_at(quarter * QUARTER, offset) || !zone_offset_at(quarter * QUARTER + QUARTER - 1, &last))
            return false;
        if (*offset != last)
            return zone_offset_at(instant, offset);
        zone->cached_quarter = quarter;
        zone->cached_offset = last;
    }
    *offset = zone->cached_offset;
    return true;
}

int32_t moment_day(const struct moment *moment, struct time_zone *zone)
{
    if (!moment->has_offset || !zone->set)
        return moment->day;

    int64_t instant = (int64_t)moment->day * SECONDS_PER_DAY + moment->second - moment->offset;
    int32_t offset = zone->offset;
    if (!zone->fixed && !zone_offset(zone, instant, &offset))
        return DAY_NONE;
    int64_t day = floor_divide(instant + offset, SECONDS_PER_DAY);
    return day < DAY_MIN || day > DAY_MAX ? DAY_NONE : (int32_t)day;
}

bool date_read(struct date_reader *reader, struct slice text, int32_t *day)
{
    struct moment moment;

    if (reader->format != NULL ? !moment_parse_format(text, reader->format, &moment) : !parse_iso(text, &moment))
        return false;
    *day = moment_day(&moment, &reader->zone);
    return *day != DAY_NONE;
}

/* ---- periods ---- */

#define MONDAY (-3) /* 1969-12-29 */

int32_t period_of_day(enum period period, int32_t day)
{
    int year;
    int month;
    int day_of_month;

    if (period == PERIOD_DAY)
        return day;
    if (period == PERIOD_WEEK)
        return (int32_t)floor_divide((int64_t)day - MONDAY, 7);
    civil_from_day(day, &year, &month, &day_of_month);
    if (period == PERIOD_MONTH)
        return year * 12 + month - 1;
    return period == PERIOD_QUARTER ? year * 4 + (month - 1) / 3 : year;
}

int32_t period_first_day(enum period period, int32_t index)
{
    switch (period) {
    case PERIOD_DAY:
        return index;
    case PERIOD_WEEK:
        return index * 7 + MONDAY;
    case PERIOD_MONTH:
        return day_from_civil(index / 12, index % 12 + 1, 1);
    case PERIOD_QUARTER:
        return day_from_civil(index / 4, index % 4 * 3 + 1, 1);
    case PERIOD_YEAR:
        break;
    }
    return day_from_civil(index, 1, 1);
}

struct slice period_format(enum period period, int32_t index, char out[MOMENT_TEXT])
{
    int32_t first = period_first_day(period, index);
    int year;
    int month;
    int day_of_month;
    char *at;

    if (period == PERIOD_DAY)
        return day_format(index, out);
    if (period == PERIOD_WEEK)
        first += 3; /* its Thursday */
    civil_from_day(first, &year, &month, &day_of_month);
    at = put_digits(out, year, 4);
    if (period == PERIOD_WEEK) {
        *at++ = '-';
        *at++ = 'W';
        at = put_digits(at, (first - day_from_civil(year, 1, 1)) / 7 + 1, 2);
    } else if (period == PERIOD_MONTH) {
        *at++ = '-';
        at = put_digits(at, month, 2);
    } else if (period == PERIOD_QUARTER) {
        *at++ = '-';
        *at++ = 'Q';
        at = put_digits(at, (month + 2) / 3, 1);
    }
    return (struct slice){out, (size_t)(at - out)};
}
