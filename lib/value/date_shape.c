/* The shape of a date: the plain forms, which have to be fast, and what the others share with them. */
#include "value/date_shape.h"

#include <string.h>

int date_full_year(int year, int width)
{
    return width > 2 ? year : year + (year < 69 ? 2000 : 1900);
}

int date_take_number(struct cursor *cursor, int most, int *value)
{
    int width = 0;

    *value = 0;
    for (int digit; width < most && take_digits(cursor, 1, &digit); width++)
        *value = *value * 10 + digit;
    return width;
}

bool date_set_clock(struct moment *moment, int hour, int minute, int second, char half, bool noon_is_zero)
{
    if (half) {
        if (hour > 12 || (hour == 0 && !noon_is_zero))
            return false;
        hour = hour % 12 + (half == 'p' ? 12 : 0);
    }
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    moment->second = hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
    moment->has_time = true;
    return true;
}

static int32_t day_of(const int numbers[3], unsigned order)
{
    int year = order == ORDER_SHORT_YEAR ? numbers[0] : numbers[2];
    int month = order == ORDER_MONTH ? numbers[0] : numbers[1];
    int day = order == ORDER_DAY ? numbers[0] : order == ORDER_MONTH ? numbers[1] : numbers[2];

    return civil_valid(year, month, day) ? day_from_civil(year, month, day) : DAY_NONE;
}

int32_t date_shape_day(const struct date_shape *shape, unsigned order)
{
    int numbers[3] = {shape->numbers[0], shape->numbers[1], shape->numbers[2]};
    int year = order == ORDER_SHORT_YEAR ? 0 : 2;

    numbers[year] = date_full_year(numbers[year], shape->short_year ? 2 : 4);
    return day_of(numbers, order);
}

/* 0000-00-00 00:00:00, and the day before the first of Excel: 1900-01-00, 1/0/1900, 1/0/00, 00.01.1900. */
static bool is_void(const struct date_shape *shape)
{
    const int *n = shape->numbers;
    bool year_last = n[2] == (shape->short_year ? 0 : 1900) && n[0] + n[1] == 1;
    bool excel = year_last || (n[0] == 1900 && n[1] == 1 && n[2] == 0);

    return (excel || (n[0] == 0 && n[1] == 0 && n[2] == 0)) && shape->moment.second == 0 &&
           shape->moment.nanosecond == 0;
}

void date_shape_numbers(struct date_shape *shape, const int widths[3], char separator, bool spaced)
{
    const int *n = shape->numbers;
    bool year_first = widths[0] == 4 && widths[1] <= 2 && widths[2] <= 2;
    bool year_last = widths[0] <= 2 && widths[1] <= 2 && widths[2] == 4;
    bool short_year = widths[0] <= 2 && widths[1] <= 2 && widths[2] <= 2;
    unsigned orders = 0;

    shape->kind = SHAPE_NONE;
    shape->short_year = short_year;
    if ((year_first || year_last || widths[2] == 2) && is_void(shape)) {
        shape->kind = SHAPE_VOID;
    } else if (year_first && civil_valid(n[0], n[1], n[2])) {
        shape->kind = SHAPE_FIXED;
        shape->moment.day = day_from_civil(n[0], n[1], n[2]);
    } else if (year_last || short_year) {
        if (year_last || widths[2] == 2)
            orders = separator == '.' ? ORDER_DAY : ORDER_DAY | ORDER_MONTH;
        if (short_year && widths[0] == 2 && (separator != '.' || spaced))
            orders |= ORDER_SHORT_YEAR;
        shape->orders = 0;
        for (unsigned order = ORDER_DAY; order <= ORDER_SHORT_YEAR; order <<= 1)
            if ((orders & order) && date_shape_day(shape, order) != DAY_NONE)
                shape->orders |= order;
        if (shape->orders)
            shape->kind = SHAPE_NUMBERS;
    }
}

/* ---- plain forms ---- */

static bool plain_clock(struct cursor cursor, struct moment *moment)
{
    int hour;
    int minute;
    int second = 0;
    char half = 0;

    if (!date_take_number(&cursor, 2, &hour) || !take(&cursor, ':') || !take_digits(&cursor, 2, &minute))
        return false;
    if (take(&cursor, ':')) {
        if (!take_digits(&cursor, 2, &second))
            return false;
        if ((take(&cursor, '.') || take(&cursor, ',')) && !take_fraction(&cursor, &moment->nanosecond))
            return false;
    }
    while (take(&cursor, ' '))
        ;
    if (left(&cursor) == 2 && (cursor.at[1] | 32) == 'm' &&
        ((cursor.at[0] | 32) == 'a' || (cursor.at[0] | 32) == 'p')) {
        half = (char)(cursor.at[0] | 32);
        cursor.at += 2;
    }
    return cursor.at == cursor.end && date_set_clock(moment, hour, minute, second, half, false);
}

/* Three numbers and the time behind them. */
static bool plain_numbers(struct cursor cursor, struct date_shape *shape)
{
    int widths[3];
    char separator = 0;

    for (int i = 0; i < 3; i++) {
        widths[i] = date_take_number(&cursor, 5, &shape->numbers[i]);
        if (widths[i] == 0 || widths[i] > 4)
            return false;
        if (i == 2)
            break;
        if (left(&cursor) == 0 || (*cursor.at != '/' && *cursor.at != '.' && *cursor.at != '-') ||
            (i && *cursor.at != separator))
            return false;
        separator = *cursor.at++;
    }
    if (cursor.at < cursor.end) {
        bool comma = take(&cursor, ',');
        bool apart = take(&cursor, ' ') || (!comma && (take(&cursor, 'T') || take(&cursor, 't')));
        while (apart && take(&cursor, ' '))
            ;
        if (!apart || !plain_clock(cursor, &shape->moment))
            return false;
    }
    date_shape_numbers(shape, widths, separator, false);
    return true;
}

/* YYYYMMDDHHMMSS */
static bool compact_moment(struct cursor cursor, struct moment *moment)
{
    int n[6];

    for (int i = 0; i < 6; i++)
        if (!take_digits(&cursor, i ? 2 : 4, &n[i]))
            return false;
    if (!civil_valid(n[0], n[1], n[2]) || !date_set_clock(moment, n[3], n[4], n[5], 0, false))
        return false;
    moment->day = day_from_civil(n[0], n[1], n[2]);
    return true;
}

/* One number: a day of a spreadsheet, a time since 1970. */
static bool plain_bare(struct cursor cursor, struct date_shape *shape)
{
    const struct cursor all = cursor;
    uint64_t weight = 10000000000; /* of the first digit behind the point */
    int digit;

    shape->negative = take(&cursor, '-');
    bool padded = next_is(&cursor, '0');
    for (shape->digits = 0; shape->digits < 18 && take_digits(&cursor, 1, &digit); shape->digits++)
        shape->whole = shape->whole * 10 + (unsigned)digit;
    if (shape->digits == 0)
        return false;
    if (take(&cursor, '.') || take(&cursor, ',')) {
        for (; take_digits(&cursor, 1, &digit); weight /= 10, shape->fraction_digits++)
            shape->fraction += weight * (unsigned)digit;
        if (shape->fraction_digits == 0)
            return false;
    }
    if (cursor.at != cursor.end)
        return false;
    shape->kind = padded ? SHAPE_NONE : SHAPE_BARE;
    if (shape->whole == 0 && shape->fraction == 0 && !shape->negative && (shape->digits == 1 || shape->digits == 8))
        shape->kind = SHAPE_VOID;
    else if (left(&all) == 14 && shape->digits == 14 && compact_moment(all, &shape->moment))
        shape->kind = SHAPE_FIXED;
    return true;
}

bool date_shape_plain(struct slice text, struct date_shape *shape)
{
    const struct cursor cursor = {text.ptr, text.ptr + text.len};

    if (moment_parse_iso(text, &shape->moment)) {
        shape->kind = SHAPE_FIXED;
        return true;
    }
    shape->moment = (struct moment){0};
    return plain_numbers(cursor, shape) || plain_bare(cursor, shape);
}

void date_shape_read(struct slice text, struct date_shape *shape)
{
    memset(shape, 0, sizeof *shape);
    text = slice_trim(text);
    if (text.len == 0)
        return;
    if (date_shape_plain(text, shape))
        return;
    memset(shape, 0, sizeof *shape);
    if (!date_shape_text(text, shape))
        shape->kind = SHAPE_NONE;
}
