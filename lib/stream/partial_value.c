/* Parts, read: the values in the cells of a record, and in lists.
 *
 * Numbers are read as they are written, digit by digit, into 128 bits: there is no other way to write them. */
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "stream/partial_parts.h"
#include "value/date.h"

struct slice partial_text(const struct partial_reader *reader, size_t column)
{
    return reader->record.fields[reader->columns[PARTIAL_OWN + column]].text;
}

int partial_refuse(struct partial_reader *reader, size_t column, const char *what, struct error *err)
{
    struct quote q;

    if (column >= PARTIAL_COLUMNS)
        return stream_reject(reader->stream, &reader->record, COLUMN_ABSENT, err, "%s", what);
    return stream_reject(reader->stream, &reader->record, reader->columns[PARTIAL_OWN + column], err, "%s: '%s'", what,
                         quote(&q, partial_text(reader, column)));
}

int partial_key(struct partial_reader *reader, size_t column, struct slice *key, struct error *err)
{
    *key = partial_text(reader, column);
    if (key->len == 0)
        return partial_refuse(reader, column, "empty", err);
    return utf8_valid(key->ptr, key->len) ? 0 : partial_refuse(reader, column, "not UTF-8", err);
}

int partial_integer(struct partial_reader *reader, size_t column, int64_t low, int64_t high, int64_t *value,
                    struct error *err)
{
    struct slice text = partial_text(reader, column);

    if (partial_take_integer(&text, low, high, value) && text.len == 0)
        return 0;
    return partial_refuse(reader, column, "not a whole number that can be here", err);
}

int partial_sum(struct partial_reader *reader, size_t column, struct decimal_sum *sum, struct error *err)
{
    struct slice text = partial_text(reader, column);

    if (partial_take_sum(&text, sum) && text.len == 0)
        return 0;
    return partial_refuse(reader, column, "not an amount", err);
}

int partial_day(struct partial_reader *reader, size_t column, int32_t *day, struct error *err)
{
    struct date_reader dates = {0};
    struct slice text = partial_text(reader, column);

    *day = DAY_NONE;
    return text.len == 0 || date_read(&dates, text, day) ? 0 : partial_refuse(reader, column, "not a date", err);
}

/* The digits at the beginning as a number; what they end with is the end of the list or a blank. */
bool partial_take_sum(struct slice *list, struct decimal_sum *sum)
{
    bool negative = list->len && list->ptr[0] == '-';
    size_t at = negative, digits = 0;
    int128 units = 0;
    int scale = -1; /* no point yet */

    for (; at < list->len && list->ptr[at] != ' '; at++) {
        char c = list->ptr[at];
        if (c == '.' && scale < 0 && digits) {
            scale = 0;
            continue;
        }
        if (!ascii_is_digit(c) || __builtin_mul_overflow(units, 10, &units) ||
            __builtin_sub_overflow(units, c - '0', &units)) /* below zero there is one more */
            return false;
        digits++;
        scale += scale >= 0;
    }
    if (digits == 0 || scale == 0 || scale > DECIMAL_MAX_SCALE ||
        (!negative && __builtin_sub_overflow((int128)0, units, &units)))
        return false;
    *sum = (struct decimal_sum){units, scale < 0 ? 0 : scale};
    at += at < list->len;
    list->ptr += at;
    list->len -= at;
    return true;
}

/* Most numbers have few digits and are added up in 64 bits; any others are left to the sums. */
bool partial_take_integer(struct slice *list, int64_t low, int64_t high, int64_t *value)
{
    struct slice rest = *list;
    bool negative = rest.len && rest.ptr[0] == '-';
    struct decimal_sum sum;
    int64_t number = 0;
    size_t at = negative;

    while (at < rest.len && at < 18 && ascii_is_digit(rest.ptr[at]))
        number = number * 10 + (rest.ptr[at++] - '0');
    if (at > (size_t)negative && (at == rest.len || rest.ptr[at] == ' ')) {
        number = negative ? -number : number;
        at += at < rest.len;
        rest = (struct slice){rest.ptr + at, rest.len - at};
    } else if (partial_take_sum(&rest, &sum) && sum.scale == 0 && sum.units >= INT64_MIN && sum.units <= INT64_MAX) {
        number = (int64_t)sum.units;
    } else {
        return false;
    }
    if (number < low || number > high)
        return false;
    *value = number;
    *list = rest;
    return true;
}

static int digit_value(char c)
{
    return ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool partial_take_hex(struct slice *list, uint64_t *value)
{
    size_t at = 0;
    uint64_t number = 0;

    for (; at < list->len && list->ptr[at] != ' '; at++) {
        int digit = digit_value(list->ptr[at]);
        if (digit < 0 || at == 16)
            return false;
        number = number << 4 | (uint64_t)digit;
    }
    if (at == 0)
        return false;
    *value = number;
    at += at < list->len;
    list->ptr += at;
    list->len -= at;
    return true;
}

int partial_one_currency(struct partial_reader *reader, size_t column, char first[PARTIAL_CURRENCY + 1],
                         struct error *err)
{
    struct slice text = partial_text(reader, column);
    struct quote q;

    if (text.len == 0 || slice_equal_cstr(text, first))
        return 0;
    if (text.len > PARTIAL_CURRENCY)
        return partial_refuse(reader, column, "not a currency", err);
    if (*first)
        return stream_reject(
            reader->stream, &reader->record, reader->columns[PARTIAL_OWN + column], err,
            "'%s' after '%s': amounts of different currencies cannot be added; see --currency and --rates",
            quote(&q, text), first);
    memcpy(first, text.ptr, text.len);
    first[text.len] = '\0';
    return 0;
}
