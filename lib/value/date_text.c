/* Dates with words in them, in other digits, or with more around them than the plain forms have: "Thu, 15 Apr 2021
 * 10:00:00 GMT", "15 апреля 2021 г.", "2026年3月1日 下午10:05", "15. dubna 2021". The text is folded first; then up to
 * three parts are taken from it, numbers and one month by name, and the time behind them. */
#include "value/date_shape.h"

#include <string.h>

#include "value/date_words.h"

/* A number, or a month by name (width 0). */
struct part {
    int value;
    int width;
    uint32_t unit; /* UNIT_YEAR, UNIT_MONTH or UNIT_DAY, when it is written; ORDINAL: a day */
};

struct parts {
    struct part part[3];
    int count;
    char separators[2]; /* before the second and third; ' ', or 0 when they touch */
    bool spaced;        /* a blank behind each separator that is none */
};

static bool digit_at(const struct cursor *cursor, size_t ahead)
{
    return left(cursor) > ahead && cursor->at[ahead] >= '0' && cursor->at[ahead] <= '9';
}

/* A word with one of these meanings, perhaps shortened. */
static bool skip_word(struct cursor *cursor, uint32_t wanted)
{
    struct cursor at = *cursor;
    const char *end;

    date_skip_blanks(&at);
    if (!(date_word_at(&at, &end) & wanted))
        return false;
    at.at = end;
    take(&at, '.');
    *cursor = at;
    return true;
}

/* "Thu", ", Thu", "(Thu)", "quinta-feira" */
static bool skip_weekday(struct cursor *cursor)
{
    struct cursor at = *cursor;

    date_skip_blanks(&at);
    if (take(&at, ','))
        date_skip_blanks(&at);
    bool open = take(&at, '(');
    if (!skip_word(&at, WEEKDAY))
        return false;
    struct cursor second = at;
    if (take(&second, '-') && skip_word(&second, WEEKDAY))
        at = second;
    if (open && !take(&at, ')'))
        return false;
    *cursor = at;
    return true;
}

/* Before the date: a day of the week, "le", "den". */
static void skip_leading(struct cursor *cursor, bool weekday)
{
    if (weekday && skip_weekday(cursor) && !take(cursor, ','))
        take(cursor, '-');
    while (skip_word(cursor, JOIN))
        ;
    date_skip_blanks(cursor);
}

/* Between two parts: ". ", "-", ".-", ", ", " de ". */
static void take_joint(struct cursor *cursor, char *separator, bool *spaced)
{
    bool dot = take(cursor, '.');
    bool blank = date_skip_blanks(cursor);
    const char *end;

    *separator = dot ? '.' : blank ? ' ' : '\0';
    if (left(cursor) && memchr("-/,", *cursor->at, 3)) {
        *separator = dot ? ',' : *cursor->at;
        cursor->at++;
        blank = date_skip_blanks(cursor);
    }
    *spaced = *spaced && blank;
    while (date_word_at(cursor, &end) & JOIN) {
        cursor->at = end;
        take(cursor, '\'');
        date_skip_blanks(cursor);
    }
    take(cursor, '\''); /* '21 */
}

static void take_unit_of_part(struct cursor *cursor, struct part *part)
{
    struct cursor at = *cursor;
    const char *end;

    if (next_is(&at, '-'))
        at.at++;
    uint32_t means = date_word_at(&at, &end);
    if (means & ORDINAL) {
        part->unit = ORDINAL;
        cursor->at = end;
        return;
    }
    at = *cursor;
    date_skip_blanks(&at);
    means = date_word_at(&at, &end) & (UNIT_YEAR | UNIT_MONTH | UNIT_DAY);
    if (means) {
        part->unit = means;
        cursor->at = end;
    }
}

/* Whether a time begins here instead of a part. */
static bool clock_ahead(const struct cursor *cursor)
{
    size_t digits = digit_at(cursor, 1) ? 2 : 1;

    return digit_at(cursor, 0) && left(cursor) > digits && cursor->at[digits] == ':';
}

/* false: something that is no part of a date. */
static bool take_part(struct cursor *cursor, struct part *part)
{
    const char *end;

    if (digit_at(cursor, 0)) {
        part->width = date_take_number(cursor, 5, &part->value);
        if (part->width > 4)
            return false;
        take_unit_of_part(cursor, part);
        return true;
    }
    part->value = (int)(date_word_at(cursor, &end) & MONTH);
    if (part->value)
        cursor->at = end;
    return part->value != 0;
}

static bool take_parts(struct cursor *cursor, struct parts *parts)
{
    parts->spaced = true;
    while (parts->count < 3) {
        if (parts->count)
            take_joint(cursor, &parts->separators[parts->count - 1], &parts->spaced);
        if (parts->count == 2 && clock_ahead(cursor))
            return true;
        if (!take_part(cursor, &parts->part[parts->count]))
            return false;
        parts->count++;
    }
    return true;
}

/* ---- what the parts are ---- */

static bool fix(struct date_shape *shape, const struct part *year, int month, const struct part *day)
{
    if ((year->width != 2 && year->width != 4) || day->width > 2 || day->width < 1)
        return false;
    int full = date_full_year(year->value, year->width);
    if (!civil_valid(full, month, day->value))
        return false;
    shape->kind = SHAPE_FIXED;
    shape->moment.day = day_from_civil(full, month, day->value);
    return true;
}

static bool is_month(const struct part *part)
{
    return part->width == 0 || part->unit == UNIT_MONTH;
}

/* Three numbers without units. */
static bool fix_numbers(struct date_shape *shape, const struct parts *parts)
{
    int widths[3];
    char separator = parts->separators[0];

    if (separator != parts->separators[1] || !memchr("./- ", separator, 4))
        return false;
    for (int i = 0; i < 3; i++) {
        if (parts->part[i].unit)
            return false;
        shape->numbers[i] = parts->part[i].value;
        widths[i] = parts->part[i].width;
    }
    date_shape_numbers(shape, widths, separator, parts->spaced);
    return shape->kind != SHAPE_NONE;
}

/* 2026年3月1日, day and month by name, or numbers. */
static bool fix_parts(struct date_shape *shape, const struct parts *parts)
{
    const struct part *p = parts->part;
    int months = is_month(&p[0]) + is_month(&p[1]) + is_month(&p[2]);

    if (p[0].unit == UNIT_YEAR)
        return p[1].unit == UNIT_MONTH && p[2].unit == UNIT_DAY && p[0].width == 4 && p[1].width <= 2 &&
               fix(shape, &p[0], p[1].value, &p[2]);
    if (months == 0)
        return fix_numbers(shape, parts);
    if (months > 1 || is_month(&p[2]))
        return false;
    shape->in_words = true;
    if (is_month(&p[0]))
        return p[2].unit == 0 && fix(shape, &p[2], p[0].value, &p[1]);
    if (p[0].width == 4)
        return p[0].unit == 0 && fix(shape, &p[0], p[1].value, &p[2]);
    return p[2].unit == 0 && fix(shape, &p[2], p[1].value, &p[0]);
}

/* ---- what stands behind ---- */

/* "г.", a day of the week, a comma, "at". Whether a time must follow. */
static bool skip_trailing(struct cursor *cursor)
{
    take(cursor, '.');
    struct cursor mark = *cursor;
    struct cursor half = *cursor;
    if (skip_word(&mark, YEAR_MARK) && (mark.at == mark.end || !skip_word(&half, AFTER_NOON)))
        *cursor = mark; /* the Arabic one may also be the half of the day */
    skip_weekday(cursor);
    date_skip_blanks(cursor);
    bool time = take(cursor, ',');
    while (skip_word(cursor, AT))
        time = true;
    date_skip_blanks(cursor);
    return time;
}

/* Thu Apr 15 10:00:00 [UTC] 2021: the year behind the time. */
static bool take_late_year(struct cursor *cursor, struct parts *parts)
{
    struct part *year = &parts->part[2];

    date_skip_blanks(cursor);
    year->width = date_take_number(cursor, 5, &year->value);
    parts->count = 3;
    return year->width == 4 && parts->part[0].width == 0;
}

/* YYYYMMDD, as three parts. */
static bool take_compact(struct cursor *cursor, struct parts *parts)
{
    struct parts found = {.part = {{.width = 4}, {.width = 2}, {.width = 2}}, .count = 3, .separators = {'-', '-'}};
    struct cursor at = *cursor;

    for (int i = 0; i < 3; i++)
        if (!take_digits(&at, found.part[i].width, &found.part[i].value))
            return false;
    if (digit_at(&at, 0))
        return false;
    *parts = found;
    *cursor = at;
    return true;
}

static bool read_folded(struct cursor cursor, bool weekday, struct date_shape *shape)
{
    struct parts parts = {0};

    memset(shape, 0, sizeof *shape);
    skip_leading(&cursor, weekday);
    if (!take_compact(&cursor, &parts) && !take_parts(&cursor, &parts))
        return false;
    if (parts.count == 3 && skip_trailing(&cursor) && cursor.at == cursor.end)
        return false;
    if (next_is(&cursor, ':') && parts.part[1].width == 0) /* 15APR2021:10:05:00, of SAS */
        cursor.at++;
    if (cursor.at < cursor.end && !date_take_clock(&cursor, &shape->moment))
        return false;
    if (parts.count == 2 && !take_late_year(&cursor, &parts))
        return false;
    date_skip_blanks(&cursor);
    return cursor.at == cursor.end && fix_parts(shape, &parts);
}

/* With digits of their own, years such as 1447 and 1404 are those of the Islamic and the Persian calendar, and 04 may
 * be one of the latter. */
static bool other_calendar(const struct date_folded *folded, const struct date_shape *shape)
{
    int year = shape->numbers[2];
    int month;
    int day;

    if (!folded->arabic_digits && !folded->persian_digits)
        return false;
    if (shape->kind == SHAPE_FIXED)
        civil_from_day(shape->moment.day, &year, &month, &day);
    else if (shape->kind == SHAPE_NUMBERS && shape->short_year)
        return folded->persian_digits;
    return (shape->kind == SHAPE_FIXED || shape->kind == SHAPE_NUMBERS) && year >= 1300 && year < 1500;
}

bool date_shape_text(struct slice text, struct date_shape *shape)
{
    struct date_folded folded;

    if (!date_fold(text, &folded))
        return false;
    struct slice trimmed = slice_trim((struct slice){folded.text, folded.len});
    struct cursor cursor = {trimmed.ptr, trimmed.ptr + trimmed.len};
    if (trimmed.len == 0)
        return false;
    if (!date_shape_plain(trimmed, shape) && !read_folded(cursor, true, shape) && !read_folded(cursor, false, shape))
        return false;
    return shape->kind != SHAPE_NONE && !other_calendar(&folded, shape);
}
