/* Dates: the calendar, and reading and writing moments as ISO 8601. The reading is on the hot path of every analysis:
 * no allocation, no copies. */
#include "value/date.h"

#include <stdlib.h>
#include <string.h>

#include "value/date_parts.h"

int32_t day_from_civil(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

/* C. Neri, L. Schneider, "Euclidean affine functions and their application to calendar algorithms", Software: Practice
 * and Experience 53 (2023), figure 12: years begin in March, divisions are by constants. */
void civil_from_day(int32_t day, int *year, int *month, int *day_of_month)
{
    const uint32_t eras = 2; /* of 400 years, so that nothing is negative */
    const uint32_t in_quarters = 4 * ((uint32_t)day + 719468 + eras * 146097) + 3;
    const uint32_t century = in_quarters / 146097;
    const uint64_t years = UINT64_C(2939745) * (in_quarters % 146097 | 3); /* of the century, times 2^32 */
    const uint32_t day_of_year = (uint32_t)years / 2939745 / 4;
    const uint32_t months = 2141 * day_of_year + 197913; /* times 2^16 */
    const bool next = day_of_year >= 306;                /* January or February */

    *day_of_month = (int)((months & 0xffff) / 2141) + 1;
    *month = (int)(months >> 16) - (next ? 12 : 0);
    *year = (int)(100 * century + (uint32_t)(years >> 32) + next) - (int)eras * 400;
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

bool take_fraction(struct cursor *cursor, int32_t *nanosecond)
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
bool take_numeric_offset(struct cursor *cursor, int32_t *offset)
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

static inline bool read_moment(const struct date_reader *reader, struct slice text, struct moment *moment)
{
    return reader->format != NULL ? moment_parse_format(text, reader->format, moment) : parse_iso(text, moment);
}

bool moment_read(const struct date_reader *reader, struct slice text, struct moment *moment)
{
    return read_moment(reader, text, moment);
}

int64_t moment_to_microseconds(const struct moment *moment)
{
    int64_t seconds = (int64_t)moment->day * SECONDS_PER_DAY + moment->second;

    if (moment->has_offset)
        seconds -= moment->offset;
    return seconds * 1000000 + moment->nanosecond / 1000;
}

struct moment moment_from_microseconds(int64_t microseconds, bool has_offset)
{
    int64_t seconds = floor_divide(microseconds, 1000000);
    int64_t day = floor_divide(seconds, SECONDS_PER_DAY);

    return (struct moment){
        .day = (int32_t)day,
        .second = (int32_t)(seconds - day * SECONDS_PER_DAY),
        .nanosecond = (int32_t)(microseconds - seconds * 1000000) * 1000,
        .has_time = true,
        .has_offset = has_offset,
    };
}

/* "2026-03-01", its digits taken together: nearly all dates of an export are written so. False: it is something else,
 * or no date. */
static inline bool read_plain_day(struct slice text, int32_t *day)
{
    static const char zeros[8] = {'0', '0', '0', '0', '0', '0', '0', '0'};
    char digits[8];
    uint64_t word, zero;

    if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-')
        return false;
    memcpy(digits, text.ptr, 4);
    memcpy(digits + 4, text.ptr + 5, 2);
    memcpy(digits + 6, text.ptr + 8, 2);
    memcpy(&word, digits, 8);
    memcpy(&zero, zeros, 8);
    word ^= zero;
    if (((word + UINT64_C(0x7676767676767676)) | word) & UINT64_C(0x8080808080808080)) /* a byte above 9 */
        return false;
    memcpy(digits, &word, 8);
    int year = (digits[0] * 10 + digits[1]) * 100 + digits[2] * 10 + digits[3];
    int month = digits[4] * 10 + digits[5];
    int day_of_month = digits[6] * 10 + digits[7];
    if (!civil_valid(year, month, day_of_month))
        return false;
    *day = day_from_civil(year, month, day_of_month);
    return true;
}

bool date_read(struct date_reader *reader, struct slice text, int32_t *day)
{
    struct moment moment;

    if (!reader->format && read_plain_day(text, day))
        return true;
    if (!read_moment(reader, text, &moment))
        return false;
    *day = moment_day(&moment, &reader->zone);
    return *day != DAY_NONE;
}
