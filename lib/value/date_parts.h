/* What reading and writing dates is made of. Private to date*.c, time_zone.c and period.c. */
#ifndef CRM_VALUE_DATE_PARTS_H
#define CRM_VALUE_DATE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECONDS_PER_DAY 86400

static inline int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static inline char *put_digits(char *out, int value, int count)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + count;
}

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

/* Digits behind a decimal point, one at least; those beyond the ninth are dropped. */
bool take_fraction(struct cursor *cursor, int32_t *nanosecond);

/* +HH, +HHMM or +HH:MM. */
bool take_numeric_offset(struct cursor *cursor, int32_t *offset);

#endif
