/* Periods: days, ISO weeks, months, quarters, years as consecutive indexes. */
#include "value/date.h"

#include <stdio.h>

#include "value/date_parts.h"

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
