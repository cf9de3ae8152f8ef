/* Decimals: reading, adding, multiplying and writing amounts without ever leaving the integers.
 *
 * Nearly every amount of an export is a short run of digits with a point, so decimal_parse() first tries that form in
 * one pass, where 64 bits cannot overflow, and leaves all else (exponents, long fractions, amounts near the limits,
 * text that is no number) to a second, general reading. */
#include "value/decimal.h"

#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 uint128;

#define PLAIN_LENGTH 18 /* bytes: that many digits stay below 10^18, well within 64 bits */
#define MAX_POWER_64 19 /* 10^19 is the largest power of ten below 2^64 */

static const uint64_t powers[MAX_POWER_64 + 1] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

/* A number taken apart: magnitude * 10^zeros / 10^scale, magnitude without zeros at its end. */
struct parts {
    uint64_t magnitude;
    int64_t zeros; /* those at the end of the digits */
    int64_t scale; /* digits behind the point less the exponent; may be negative */
    bool negative;
    bool too_large; /* the digits without the zeros exceed 64 bits */
};

static void add_digit(struct parts *parts, unsigned digit)
{
    if (digit == 0) {
        parts->zeros += parts->magnitude != 0;
        return;
    }
    /* Zeros not yet part of the magnitude come in with the first digit behind them. */
    if (parts->zeros >= MAX_POWER_64 ||
        __builtin_mul_overflow(parts->magnitude, powers[parts->zeros + 1], &parts->magnitude) ||
        __builtin_add_overflow(parts->magnitude, digit, &parts->magnitude))
        parts->too_large = true;
    parts->zeros = 0;
}

/* The digits at text + *i, at least one; the exponent is held at a size that no length of digits can make up for. */
static bool parse_exponent(struct slice text, size_t *i, int64_t *exponent)
{
    const int64_t limit = INT64_C(1) << 61;
    bool negative = false;
    size_t first;

    *exponent = 0;
    if (*i < text.len && (text.ptr[*i] == '+' || text.ptr[*i] == '-'))
        negative = text.ptr[(*i)++] == '-';
    first = *i;
    for (; *i < text.len; (*i)++) {
        unsigned digit = (unsigned char)text.ptr[*i] - (unsigned)'0';
        if (digit > 9)
            return false;
        if (*exponent < limit / 16)
            *exponent = *exponent * 10 + digit;
    }
    if (negative)
        *exponent = -*exponent;
    return *i > first;
}

/* The whole text must be a number; the parts may still be too large. */
static bool parse_parts(struct slice text, struct parts *parts)
{
    bool point = false;
    size_t digits = 0;
    size_t i = 0;

    *parts = (struct parts){0};
    if (i < text.len && (text.ptr[i] == '+' || text.ptr[i] == '-'))
        parts->negative = text.ptr[i++] == '-';
    for (; i < text.len; i++) {
        unsigned digit = (unsigned char)text.ptr[i] - (unsigned)'0';
        if (digit <= 9) {
            add_digit(parts, digit);
            parts->scale += point;
            digits++;
        } else if (text.ptr[i] == '.' && !point) {
            point = true;
        } else {
            break;
        }
    }
    if (digits == 0)
        return false;
    if (i < text.len) {
        int64_t exponent;
        if (text.ptr[i] != 'e' && text.ptr[i] != 'E')
            return false;
        i++;
        if (!parse_exponent(text, &i, &exponent))
            return false;
        parts->scale -= exponent;
    }
    return i == text.len;
}

static enum decimal_result parse_general(struct slice text, struct decimal *value)
{
    struct parts parts;

    if (!parse_parts(text, &parts))
        return DECIMAL_NOT_A_NUMBER;
    if (parts.too_large)
        return DECIMAL_TOO_LARGE;

    int64_t wanted = parts.scale < 0 ? 0 : parts.scale;
    if (wanted > DECIMAL_MAX_SCALE)
        wanted = DECIMAL_MAX_SCALE;
    if (parts.magnitude == 0) {
        *value = (struct decimal){0, (int)wanted};
        return DECIMAL_OK;
    }

    uint64_t limit = parts.negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    int64_t needed =
        parts.scale - parts.zeros; /* the smallest scale, perhaps negative, that drops no digit but zeros */
    int64_t scale = needed < 0 ? 0 : needed;
    if (scale > DECIMAL_MAX_SCALE || scale - needed > MAX_POWER_64)
        return DECIMAL_TOO_LARGE;
    uint64_t units;
    if (__builtin_mul_overflow(parts.magnitude, powers[scale - needed], &units) || units > limit)
        return DECIMAL_TOO_LARGE;
    for (; scale < wanted && units <= limit / 10; scale++)
        units *= 10;
    *value = (struct decimal){(int64_t)(parts.negative ? 0 - units : units), (int)scale};
    return DECIMAL_OK;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Four to eight bytes as a word, the first one lowest; those behind it are zero. */
static inline uint64_t load_short(struct slice text)
{
    uint32_t first, last;
    uint64_t word;

    if (text.len == 8) {
        memcpy(&word, text.ptr, 8);
        return word;
    }
    memcpy(&first, text.ptr, 4);
    memcpy(&last, text.ptr + text.len - 4, 4);
    return first | (uint64_t)last << (text.len - 4) * 8;
}

/* Four to eight digits, one point among them or none, taken eight at a time and without a branch for each: D. Lemire,
 * "Quickly parsing eight digits", 2022. False: it is something else. */
static inline bool parse_short(struct slice text, struct decimal *value)
{
    uint64_t word = load_short(text);
    uint64_t points = word ^ EACH_BYTE((uint64_t)'.');
    size_t digits = text.len;
    int scale = 0;

    points = (points - EACH_BYTE(1)) & ~points & EACH_BYTE(0x80); /* its lowest bit is that of a point */
    if (points) {
        int at = __builtin_ctzll(points) - 7; /* in bits */
        uint64_t before = (UINT64_C(1) << at) - 1;
        word = (word & before) | (word >> 8 & ~before);
        digits--;
        scale = (int)digits - at / 8;
    }
    const uint64_t missing = (8 - digits) * 8; /* in bits; there are three digits or more */
    word = word << missing | (EACH_BYTE((uint64_t)'0') & ((UINT64_C(1) << missing) - 1));
    word ^= EACH_BYTE((uint64_t)'0');
    if (((word + EACH_BYTE(0x76)) | word) & EACH_BYTE(0x80)) /* a byte above 9 */
        return false;
    word = (word * 10) + (word >> 8); /* pairs, in every other byte */
    word = (((word & UINT64_C(0x000000ff000000ff)) * (100 + (UINT64_C(1000000) << 32))) +
            ((word >> 16 & UINT64_C(0x000000ff000000ff)) * (1 + (UINT64_C(10000) << 32)))) >>
           32;
    value->units = (int64_t)(uint32_t)word;
    value->scale = scale;
    return true;
}
#else
static inline bool parse_short(struct slice text, struct decimal *value)
{
    (void)text;
    (void)value;
    return false;
}
#endif

enum decimal_result decimal_parse(struct slice text, struct decimal *value)
{
    if (text.len == 0 || text.len > PLAIN_LENGTH)
        return parse_general(text, value);
    if (text.len >= 4 && text.len <= 8 && parse_short(text, value))
        return DECIMAL_OK;

    const char *at = text.ptr;
    const char *end = text.ptr + text.len;
    const char *point = NULL;
    bool negative = *at == '-';
    int64_t units = 0;

    at += *at == '-' || *at == '+';
    const char *first = at;
    for (; at < end; at++) {
        unsigned digit = (unsigned char)*at - (unsigned)'0';
        if (digit <= 9)
            units = units * 10 + digit;
        else if (*at == '.' && point == NULL)
            point = at;
        else
            return parse_general(text, value);
    }
    if (end - first == (point != NULL)) /* no digit at all */
        return DECIMAL_NOT_A_NUMBER;
    value->units = negative ? -units : units;
    value->scale = point == NULL ? 0 : (int)(end - point - 1);
    return DECIMAL_OK;
}

int128 power_of_ten(int n)
{
    return n <= MAX_POWER_64 ? (int128)powers[n] : (int128)powers[n - MAX_POWER_64] * powers[MAX_POWER_64];
}

bool decimal_rescale(int128 units, int from, int to, int128 *result)
{
    int128 scaled = units;

    if (to < from)
        return false;
    if (to - from > 38 && units != 0)
        return false;
    if (to > from && units != 0 && __builtin_mul_overflow(units, power_of_ten(to - from), &scaled))
        return false;
    *result = scaled;
    return true;
}

bool decimal_sum_merge(struct decimal_sum *sum, const struct decimal_sum *other)
{
    int scale = sum->scale > other->scale ? sum->scale : other->scale;
    int128 left = 0;
    int128 right = 0;
    int128 total;

    if (!decimal_rescale(sum->units, sum->scale, scale, &left) ||
        !decimal_rescale(other->units, other->scale, scale, &right) || __builtin_add_overflow(left, right, &total))
        return false;
    *sum = (struct decimal_sum){total, scale};
    return true;
}

bool decimal_sum_add(struct decimal_sum *sum, struct decimal value)
{
    if (sum->scale == value.scale) {
        int128 total;
        if (__builtin_add_overflow(sum->units, value.units, &total))
            return false;
        sum->units = total;
        return true;
    }
    return decimal_sum_merge(sum, &(struct decimal_sum){value.units, value.scale});
}

int decimal_compare(int128 a, int a_scale, int128 b, int b_scale)
{
    int scale = a_scale > b_scale ? a_scale : b_scale;

    /* whatever leaves 128 bits is larger in size than the other, which has that scale already */
    if (!decimal_rescale(a, a_scale, scale, &a))
        return a < 0 ? -1 : 1;
    if (!decimal_rescale(b, b_scale, scale, &b))
        return b < 0 ? 1 : -1;
    return (a > b) - (a < b);
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *product)
{
    int128 units = (int128)a.units * b.units; /* at most 2^126 */
    int scale = a.scale + b.scale;
    int floor = a.scale > b.scale ? a.scale : b.scale;

    for (; scale > floor && units % 10 == 0; scale--)
        units /= 10;
    if (scale > DECIMAL_MAX_SCALE || units < INT64_MIN || units > INT64_MAX)
        return false;
    *product = (struct decimal){(int64_t)units, scale};
    return true;
}

int128 int128_divide_round(int128 numerator, int128 denominator)
{
    int128 quotient = numerator / denominator;
    int128 rest = numerator % denominator; /* has the numerator's sign, and less than the denominator's size */

    /* Compared with what is missing to the denominator, because twice the rest might not fit. */
    if (rest >= 0)
        return rest >= denominator - rest ? quotient + 1 : quotient;
    return -rest >= denominator + rest ? quotient - 1 : quotient;
}

/* The digits of magnitude backwards from end, at least `width`; where they begin. */
static char *digits_before(char *end, uint128 magnitude, int width)
{
    char *least = end - width;

    while (magnitude > UINT64_MAX) {
        uint64_t part = (uint64_t)(magnitude % powers[MAX_POWER_64]);
        magnitude /= powers[MAX_POWER_64];
        for (int i = 0; i < MAX_POWER_64; i++, part /= 10)
            *--end = (char)('0' + part % 10);
    }
    for (uint64_t part = (uint64_t)magnitude; part; part /= 10)
        *--end = (char)('0' + part % 10);
    while (end > least)
        *--end = '0';
    return end;
}

struct slice decimal_format(int128 units, int scale, char out[DECIMAL_TEXT])
{
    char *end = out + DECIMAL_TEXT;
    uint128 magnitude = units < 0 ? 0 - (uint128)units : (uint128)units;
    char *start = digits_before(end, magnitude, scale + 1);

    if (scale > 0) {
        char *point = end - scale - 1; /* what stands up to here makes room for it */
        start--;
        for (char *digit = start; digit < point; digit++)
            digit[0] = digit[1];
        *point = '.';
    }
    if (units < 0)
        *--start = '-';
    return (struct slice){start, (size_t)(end - start)};
}

double decimal_to_double(int128 units, int scale)
{
    const int128 exact =
        (int128)1 << 53; /* below it, and up to 10^22, a double is exact and one division rounds once */

    if (units >= -exact && units <= exact && scale <= 22)
        return (double)units / (double)power_of_ten(scale);

    /* strtod() rounds correctly; "123e-2" has no decimal point for a locale to change. */
    char text[DECIMAL_TEXT + 8];
    struct slice digits = decimal_format(units, 0, text);
    char *at = (char *)memmove(text, digits.ptr, digits.len) + digits.len;
    *at++ = 'e';
    *at++ = '-';
    *at++ = (char)('0' + scale / 10);
    *at++ = (char)('0' + scale % 10);
    *at = '\0';
    return strtod(text, NULL);
}
