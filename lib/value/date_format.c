/* Dates by a format: strptime(3) in the C locale, made strict. glibc fills in what a format does not give and accepts
 * days that do not exist; both are refused here. */
#include "value/date.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "value/date_parts.h"

#define FORMAT_TEXT 128 /* a longer text is not a date */

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
    quote_name(&q, slice_from_cstr(format));
    if (unknown != NULL)
        return error_set(err, STATUS_USAGE, "date format '%s': there is no conversion '%%%s'", q.text,
                         quote_name(&letter, (struct slice){unknown, strnlen(unknown, 1)}));
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
