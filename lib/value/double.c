/* Doubles as text, read and written.
 *
 * Nearly every number of a CRM export has at most 15 digits and a small exponent. Such a number is a whole number times
 * or by a power of ten that are both exact doubles, so that one operation rounds once and the result is right (W. D.
 * Clinger, "How to Read Floating Point Numbers Accurately", 1990). All others go to strtod(3), as digits and an
 * exponent without a point, which no locale changes; of more digits than can matter (767 for a double) the rest counts
 * as one digit that is not zero.
 *
 * The layout of double_to_text() is that of David Gay's g_fmt() with a wide range of plain notation and two digits of
 * exponent, which is what jq 1.6 prints. */
#include "value/double.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"

enum { MOST_DIGITS = 780, FAST_DIGITS = 15, FAST_POWER = 22 };

static const double powers[FAST_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* What is written, taken apart. */
struct digits {
    const char *begin, *end; /* digits and at most one point */
    uint64_t value;          /* of the digits, if there are at most FAST_DIGITS */
    size_t count;            /* of digits from the first that is not 0 */
    long exponent;           /* of ten, for the digits as a whole number */
    bool negative;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Behind "e" or "E". */
static bool read_exponent(const char *at, const char *end, long *exponent)
{
    const long most = 100000000;
    bool negative = false;
    long value = 0;

    if (at < end && (*at == '-' || *at == '+'))
        negative = *at++ == '-';
    if (at == end)
        return false;
    for (; at < end; at++) {
        if (!ascii_is_digit(*at))
            return false;
        if (value < most)
            value = value * 10 + (*at - '0');
    }
    *exponent += negative ? -value : value;
    return true;
}

static inline bool take_apart(struct slice text, struct digits *digits)
{
    const char *at = text.ptr;
    const char *end = at + text.len;
    const char *point = NULL;
    size_t written = 0;

    while (at < end && is_blank(*at))
        at++;
    while (at < end && is_blank(end[-1]))
        end--;
    *digits = (struct digits){0};
    if (at < end && (*at == '-' || *at == '+'))
        digits->negative = *at++ == '-';
    digits->begin = at;
    for (; at < end; at++) {
        unsigned digit = (unsigned)(unsigned char)*at - '0';
        if (digit <= 9) {
            written++;
            digits->count += digits->count || digit;
            digits->value = digits->value * 10 + digit;
        } else if (*at == '.' && !point) {
            point = at;
        } else {
            break;
        }
    }
    digits->end = at;
    if (written == 0)
        return false;
    if (point)
        digits->exponent = -(long)(at - point - 1);
    if (at == end)
        return true;
    return (*at == 'e' || *at == 'E') && read_exponent(at + 1, end, &digits->exponent);
}

static double read_slowly(const struct digits *digits)
{
    char text[MOST_DIGITS + 32];
    size_t count = 0;
    size_t more = 0; /* digits that are left out */
    bool nonzero = false;

    for (const char *at = digits->begin; at < digits->end; at++) {
        if (*at == '.' || (count == 0 && *at == '0'))
            continue;
        if (count < MOST_DIGITS) {
            text[count++] = *at;
        } else {
            more++;
            nonzero |= *at != '0';
        }
    }
    if (count == 0)
        return 0;
    if (nonzero) {
        text[count++] = '1';
        more--;
    }
    snprintf(text + count, sizeof text - count, "e%ld", digits->exponent + (long)more);
    return strtod(text, NULL);
}

/* At most FAST_DIGITS digits with at most one point between or around them, and a sign: most numbers of an export. */
static inline bool read_plain(struct slice text, double *number)
{
    const char *at = text.ptr;
    const char *end = at + text.len;
    const char *point = NULL;
    uint64_t value = 0;
    bool negative = text.len > 1 && *at == '-';

    if (text.len == 0 || text.len > FAST_DIGITS)
        return false;
    for (at += negative; at < end; at++) {
        unsigned digit = (unsigned)(unsigned char)*at - '0';
        if (digit <= 9)
            value = value * 10 + digit;
        else if (*at == '.' && !point && text.len > 1U + negative)
            point = at;
        else
            return false;
    }
    *number = (double)(negative ? -(int64_t)value : (int64_t)value);
    if (point)
        *number /= powers[end - point - 1];
    if (value == 0 && negative)
        *number = -0.0;
    return true;
}

bool double_from_text(struct slice text, double *number)
{
    struct digits digits;
    double value;

    if (read_plain(text, number))
        return true;
    if (!take_apart(text, &digits))
        return false;
    if (digits.count <= FAST_DIGITS && digits.exponent == 0)
        value = (double)digits.value;
    else if (digits.count <= FAST_DIGITS && digits.exponent < 0 && digits.exponent >= -FAST_POWER)
        value = (double)digits.value / powers[-digits.exponent];
    else if (digits.count <= FAST_DIGITS && digits.exponent > 0 && digits.exponent <= FAST_POWER)
        value = (double)digits.value * powers[digits.exponent];
    else
        value = read_slowly(&digits);
    *number = digits.negative ? -value : value;
    return true;
}

size_t double_shortest(double number, bool scientific, char text[DOUBLE_TEXT])
{
    int precision = fabs(number) < DBL_MIN ? 1 : DBL_DIG; /* below DBL_MIN doubles have fewer digits */

    for (;; precision++) {
        int length = scientific ? snprintf(text, DOUBLE_TEXT, "%.*e", precision - 1, number)
                                : snprintf(text, DOUBLE_TEXT, "%.*g", precision, number);
        if (precision >= DBL_DECIMAL_DIG || strtod(text, NULL) == number)
            return (size_t)length;
    }
}

/* Those digits, and the place of the decimal point before or behind them. Returns how many. number is finite and more
 * than 0. */
static int shortest(double number, char digits[24], int *point)
{
    char text[DOUBLE_TEXT];

    double_shortest(number, true, text);
    char *e = strchr(text, 'e');
    *point = (int)strtol(e + 1, NULL, 10) + 1;
    int count = 0;
    for (const char *at = text; at < e; at++)
        if (ascii_is_digit(*at)) /* the point may be another sign in a locale */
            digits[count++] = *at;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    return count;
}

static char *put_digits(char *out, const char *digits, int count)
{
    memcpy(out, digits, (size_t)count);
    return out + count;
}

static char *put_zeros(char *out, int count)
{
    memset(out, '0', (size_t)count);
    return out + count;
}

size_t double_to_text(double number, char text[DOUBLE_TEXT])
{
    char digits[24] = "";
    int point = 0;
    char *out = text;

    if (isnan(number))
        return (size_t)sprintf(text, "null");
    if (signbit(number))
        *out++ = '-';
    number = fmin(fabs(number), DBL_MAX);
    if (number == 0) {
        *out++ = '0';
        return (size_t)(out - text);
    }
    int count = shortest(number, digits, &point);
    if (point <= -4 || point > count + 15) {
        *out++ = digits[0];
        if (count > 1) {
            *out++ = '.';
            out = put_digits(out, digits + 1, count - 1);
        }
        out += sprintf(out, "e%+03d", point - 1);
    } else if (point <= 0) {
        *out++ = '0';
        *out++ = '.';
        out = put_digits(put_zeros(out, -point), digits, count);
    } else if (point >= count) {
        out = put_zeros(put_digits(out, digits, count), point - count);
    } else {
        out = put_digits(out, digits, point);
        *out++ = '.';
        out = put_digits(out, digits + point, count - point);
    }
    return (size_t)(out - text);
}
