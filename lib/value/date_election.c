/* Dates as exports write them: classifying single ones, counting the verdicts, and reading them by the result. */
#include "value/date_election.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A date of three numbers taken apart: the numbers, and the text behind. */
struct date_shape {
    int numbers[3];
    size_t widths[3];
    char separator;
    struct slice rest;
};

static bool take_numbers(struct slice text, struct date_shape *shape)
{
    size_t i = 0;

    for (size_t n = 0; n < 3; n++) {
        size_t begin = i;
        shape->numbers[n] = 0;
        while (i < text.len && is_digit(text.ptr[i]) && i - begin < 5)
            shape->numbers[n] = shape->numbers[n] * 10 + (text.ptr[i++] - '0');
        shape->widths[n] = i - begin;
        if (shape->widths[n] == 0 || shape->widths[n] > 4)
            return false;
        if (n == 2)
            break;
        if (i == text.len || !memchr("/.-", text.ptr[i], 3) || (n && text.ptr[i] != shape->separator))
            return false;
        shape->separator = text.ptr[i++];
    }
    shape->rest = (struct slice){text.ptr + i, text.len - i};
    return true;
}

/* A time behind a date: "", " 10:00", "T10:00:00.5+03:00", ", 10:00 PM". Read by writing it behind a date that is
 * valid. */
static bool take_time(struct slice rest, struct moment *moment)
{
    char iso[64] = "2000-01-01T";
    size_t used = 11;
    int hour;
    char half = 0;

    if (rest.len && rest.ptr[0] == ',')
        rest = (struct slice){rest.ptr + 1, rest.len - 1};
    rest = slice_trim(rest);
    if (rest.len == 0) {
        *moment = (struct moment){0};
        return true;
    }
    if (rest.ptr[0] == 'T')
        rest = (struct slice){rest.ptr + 1, rest.len - 1};
    if (rest.len > 2 && (rest.ptr[rest.len - 1] | 32) == 'm' && memchr("apAP", rest.ptr[rest.len - 2], 4)) {
        half = (char)(rest.ptr[rest.len - 2] | 32);
        rest = slice_trim((struct slice){rest.ptr, rest.len - 2});
    }
    if (rest.len < 4 || rest.len > 40 || !is_digit(rest.ptr[0]))
        return false;
    hour = rest.ptr[0] - '0';
    rest = (struct slice){rest.ptr + 1, rest.len - 1};
    if (is_digit(rest.ptr[0])) {
        hour = hour * 10 + rest.ptr[0] - '0';
        rest = (struct slice){rest.ptr + 1, rest.len - 1};
    }
    if (half) {
        if (hour < 1 || hour > 12)
            return false;
        hour = hour % 12 + (half == 'p' ? 12 : 0);
    }
    iso[used++] = (char)('0' + hour / 10);
    iso[used++] = (char)('0' + hour % 10);
    memcpy(iso + used, rest.ptr, rest.len);
    return moment_parse_iso((struct slice){iso, used + rest.len}, moment);
}

static bool year_first(struct slice text, struct moment *moment)
{
    struct date_shape shape;
    struct moment time;

    if (moment_parse_iso(text, moment))
        return true;
    if (!take_numbers(text, &shape) || shape.widths[0] != 4 || shape.widths[1] > 2 || shape.widths[2] > 2 ||
        !civil_valid(shape.numbers[0], shape.numbers[1], shape.numbers[2]) || !take_time(shape.rest, &time))
        return false;
    *moment = time;
    moment->day = day_from_civil(shape.numbers[0], shape.numbers[1], shape.numbers[2]);
    return true;
}

/* 31/12/2026: the shape of it, with a time that is one. */
static bool year_last(struct slice text, struct date_shape *shape, struct moment *time)
{
    return take_numbers(text, shape) && shape->widths[0] <= 2 && shape->widths[1] <= 2 && shape->widths[2] == 4 &&
           take_time(shape->rest, time);
}

void date_election_add(struct date_election *election, struct slice text, uint64_t line)
{
    struct date_shape shape;
    struct moment moment;

    text = slice_trim(text);
    if (text.len == 0)
        return;
    if (year_first(text, &moment)) {
        election->year_first++;
        return;
    }
    bool dated = year_last(text, &shape, &moment);
    bool day = dated && civil_valid(shape.numbers[2], shape.numbers[1], shape.numbers[0]);
    bool month = dated && shape.separator != '.' && civil_valid(shape.numbers[2], shape.numbers[0], shape.numbers[1]);
    if (day && month && shape.numbers[0] == shape.numbers[1]) {
        election->neutral++;
    } else if (day && month) {
        election->ambiguous++;
        example_set(&election->ambiguous_example, text, line);
    } else if (day) {
        election->day_first++;
        example_set(&election->day_example, text, line);
    } else if (month) {
        election->month_first++;
        example_set(&election->month_example, text, line);
    } else {
        election->invalid++;
        example_set(&election->invalid_example, text, line);
    }
}

enum date_style date_election_result(const struct date_election *election)
{
    if (election->day_first && election->month_first)
        return DATE_CONFLICT;
    if (election->day_first)
        return DATE_DAY_FIRST;
    if (election->month_first)
        return DATE_MONTH_FIRST;
    if (election->ambiguous)
        return DATE_AMBIGUOUS;
    if (election->neutral) /* any order reads these the same */
        return DATE_DAY_FIRST;
    return election->year_first ? DATE_YEAR_FIRST : DATE_EMPTY;
}

bool date_parse_style(struct slice text, enum date_style style, struct moment *moment)
{
    struct date_shape shape;
    struct moment time;

    text = slice_trim(text);
    if (year_first(text, moment))
        return true;
    if ((style != DATE_DAY_FIRST && style != DATE_MONTH_FIRST) || !year_last(text, &shape, &time))
        return false;
    if (style == DATE_MONTH_FIRST && shape.separator == '.')
        return false;
    int month = shape.numbers[style == DATE_MONTH_FIRST ? 0 : 1];
    int day = shape.numbers[style == DATE_MONTH_FIRST ? 1 : 0];
    if (!civil_valid(shape.numbers[2], month, day))
        return false;
    *moment = time;
    moment->day = day_from_civil(shape.numbers[2], month, day);
    return true;
}
