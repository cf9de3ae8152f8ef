/* Numbers of spreadsheets. Files hold binary floating point written out with 17 digits; what people entered and see has
 * 15. Rounding the decimal text gives the 15 digits without a way through binary and back. */
#include "stream/xlsx_number.h"

#include <string.h>

#include "base/ascii.h"

#define SIGNIFICANT 15
#define WHOLE_SHOWN 21 /* digits before the point, then powers of ten */
#define ZEROS_SHOWN 20 /* zeros behind the point, then powers of ten */
#define POWER_LIMIT 400

static void trim(struct xlsx_number *number)
{
    while (number->count > 0 && number->digits[number->count - 1] == '0')
        number->count--;
    if (number->count == 0) {
        number->point = 0;
        number->negative = false;
    }
}

static void round_to(struct xlsx_number *number, int keep)
{
    if (number->count > keep) {
        bool up = number->digits[keep] >= '5';
        number->count = keep;
        while (up && number->count > 0 && number->digits[number->count - 1] == '9')
            number->count--;
        if (up && number->count > 0)
            number->digits[number->count - 1]++;
        else if (up) {
            number->digits[number->count++] = '1';
            number->point++;
        }
    }
    trim(number);
}

/* The power of ten at text, which is behind the E. */
static bool parse_power(struct slice text, int *power)
{
    size_t at = 0;
    bool negative = text.len > 0 && text.ptr[0] == '-';

    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        at++;
    if (at == text.len)
        return false;
    for (*power = 0; at < text.len; at++) {
        if (!ascii_is_digit(text.ptr[at]) || *power > POWER_LIMIT)
            return false;
        *power = *power * 10 + (text.ptr[at] - '0');
    }
    if (negative)
        *power = -*power;
    return true;
}

bool xlsx_number_parse(struct xlsx_number *number, struct slice text)
{
    size_t at = 0;
    int power = 0;
    bool seen = false;
    bool behind = false; /* the point */

    number->negative = text.len > 0 && text.ptr[0] == '-';
    number->count = 0;
    number->point = 0;
    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        at++;
    for (; at < text.len && (ascii_is_digit(text.ptr[at]) || (text.ptr[at] == '.' && !behind)); at++) {
        if (text.ptr[at] == '.') {
            behind = true;
            continue;
        }
        seen = true;
        bool leading = number->count == 0 && text.ptr[at] == '0';
        if (leading ? behind : !behind)
            number->point += leading ? -1 : 1;
        if (leading)
            continue;
        if (number->count == XLSX_DIGITS)
            return false;
        number->digits[number->count++] = text.ptr[at];
    }
    if (!seen)
        return false;
    if (at < text.len && ((text.ptr[at] != 'E' && text.ptr[at] != 'e') ||
                          !parse_power((struct slice){text.ptr + at + 1, text.len - at - 1}, &power)))
        return false;
    number->point += power;
    if (number->point > POWER_LIMIT || number->point < -POWER_LIMIT)
        return false;
    round_to(number, number->point > SIGNIFICANT ? number->point : SIGNIFICANT);
    return true;
}

bool xlsx_number_whole(const struct xlsx_number *number)
{
    return number->count <= number->point || number->count == 0;
}

double xlsx_number_double(const struct xlsx_number *number)
{
    double value = 0;

    for (int i = 0; i < number->count; i++)
        value = value * 10 + (number->digits[i] - '0');
    for (int i = number->count; i < number->point; i++)
        value *= 10;
    for (int i = number->point; i < number->count; i++)
        value /= 10;
    return number->negative ? -value : value;
}

int64_t xlsx_number_split(const struct xlsx_number *number, int64_t limit, int64_t *fraction)
{
    int64_t whole = 0;

    *fraction = 0;
    for (int i = 0; i < number->point; i++) {
        whole = whole * 10 + (i < number->count ? number->digits[i] - '0' : 0);
        if (whole > limit)
            return -1;
    }
    for (int place = 0; place < SIGNIFICANT; place++) {
        int i = number->point + place;
        *fraction = *fraction * 10 + (i >= 0 && i < number->count ? number->digits[i] - '0' : 0);
    }
    return whole;
}

static char *print_power(const struct xlsx_number *number, char *to)
{
    int power = number->point - 1;
    unsigned size = (unsigned)(power < 0 ? -power : power);

    *to++ = number->digits[0];
    if (number->count > 1) {
        *to++ = '.';
        memcpy(to, number->digits + 1, (size_t)number->count - 1);
        to += number->count - 1;
    }
    *to++ = 'E';
    *to++ = power < 0 ? '-' : '+';
    if (size >= 100)
        *to++ = (char)('0' + size / 100);
    *to++ = (char)('0' + size / 10 % 10);
    *to++ = (char)('0' + size % 10);
    return to;
}

size_t xlsx_number_print(const struct xlsx_number *number, int decimals, char *to)
{
    char *start = to;
    int behind = number->count - number->point; /* digits behind the point */

    if (number->negative)
        *to++ = '-';
    if (number->count && (number->point > WHOLE_SHOWN || number->point < -ZEROS_SHOWN))
        return (size_t)(print_power(number, to) - start);
    if (number->point <= 0)
        *to++ = '0';
    for (int i = 0; i < number->point; i++)
        *to++ = i < number->count ? number->digits[i] : '0';
    if (behind < decimals)
        behind = decimals;
    if (behind > 0)
        *to++ = '.';
    for (int i = number->point; i < number->point + behind; i++)
        *to++ = i >= 0 && i < number->count ? number->digits[i] : '0';
    return (size_t)(to - start);
}
