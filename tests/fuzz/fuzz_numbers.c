/* Any bytes as numbers, durations, zones and forms of dates: sums, products and comparisons of decimals are those of
 * digits on paper, doubles those of strtod(3) and printf(3); durations and dates that were read are written and read as
 * the same.
 *
 * The first byte says what: 'd' two decimals, apart by a blank, 'n' a double, 'u' a duration, 't' a form of dates, a
 * zero byte and a date, 'z' the name of a zone, 'p' four bytes of a day. */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <time.h>

#include "base/buffer.h"
#include "fuzz.h"
#include "value/date.h"
#include "value/decimal.h"
#include "value/double.h"
#include "value/duration.h"

/* ---- digits on paper: a number as a sign and WIDE digits, of which PLACES stand behind the point ---- */

enum { WIDE = 160, PLACES = 80 };

struct paper {
    bool minus;
    uint8_t digits[WIDE]; /* the last first */
};

static struct paper paper_of(int128 units, int scale)
{
    struct paper paper = {.minus = units < 0};
    unsigned __int128 rest = units < 0 ? -(unsigned __int128)units : (unsigned __int128)units;

    for (int i = PLACES - scale; rest; i++, rest /= 10)
        paper.digits[i] = (uint8_t)(rest % 10);
    return paper;
}

static int compare_size(const struct paper *a, const struct paper *b)
{
    for (int i = WIDE - 1; i >= 0; i--)
        if (a->digits[i] != b->digits[i])
            return a->digits[i] < b->digits[i] ? -1 : 1;
    return 0;
}

static bool is_zero(const struct paper *a)
{
    const struct paper zero = {0};

    return compare_size(a, &zero) == 0;
}

static int compare_paper(const struct paper *a, const struct paper *b)
{
    if (is_zero(a) && is_zero(b))
        return 0;
    if (a->minus != b->minus)
        return a->minus ? -1 : 1;
    return a->minus ? -compare_size(a, b) : compare_size(a, b);
}

static struct paper add_paper(const struct paper *a, const struct paper *b)
{
    const struct paper *large = compare_size(a, b) < 0 ? b : a, *small = large == a ? b : a;
    struct paper sum = {.minus = large->minus};
    int carry = 0;

    for (int i = 0; i < WIDE; i++) {
        int digit = large->digits[i] + carry + (a->minus == b->minus ? small->digits[i] : -small->digits[i]);
        carry = digit < 0 ? -1 : digit / 10;
        sum.digits[i] = (uint8_t)(digit - 10 * carry);
    }
    return sum;
}

static struct paper multiply_paper(const struct paper *a, const struct paper *b)
{
    struct paper product = {.minus = a->minus != b->minus};
    int long_form[2 * WIDE] = {0};

    for (int i = 0; i < WIDE; i++)
        for (int j = 0; j < WIDE; j++)
            long_form[i + j] += a->digits[i] * b->digits[j];
    for (int i = 0; i + 1 < 2 * WIDE; i++) {
        long_form[i + 1] += long_form[i] / 10;
        long_form[i] %= 10;
    }
    for (int i = 0; i < WIDE; i++)
        product.digits[i] = (uint8_t)long_form[i + PLACES];
    return product;
}

static bool same_paper(const struct paper *a, int128 units, int scale)
{
    const struct paper other = paper_of(units, scale);

    return compare_paper(a, &other) == 0;
}

/* ---- decimals ---- */

static void check_two(struct decimal a, struct decimal b)
{
    const struct paper on_a = paper_of(a.units, a.scale), on_b = paper_of(b.units, b.scale);
    const struct paper sum = add_paper(&on_a, &on_b), product = multiply_paper(&on_a, &on_b);
    struct decimal_sum total = {0};
    struct decimal result;

    const int order = decimal_compare(a.units, a.scale, b.units, b.scale), expected = compare_paper(&on_a, &on_b);
    check((order > 0) == (expected > 0) && (order < 0) == (expected < 0));
    check(decimal_sum_add(&total, a) && decimal_sum_add(&total, b) && same_paper(&sum, total.units, total.scale));
    check(total.scale == (a.scale > b.scale ? a.scale : b.scale));
    if (decimal_multiply(a, b, &result)) {
        check(same_paper(&product, result.units, result.scale));
        check(result.scale >= (a.scale > b.scale ? a.scale : b.scale) && result.scale <= DECIMAL_MAX_SCALE);
    }
    if (b.units > 0) { /* a / b, rounded: off by at most the half of b */
        int128 quotient = int128_divide_round((int128)a.units, (int128)b.units);
        int128 rest = (int128)a.units - quotient * b.units;
        rest = rest < 0 ? -rest : rest;
        check(2 * rest <= b.units);
        check(2 * rest < b.units || (quotient < 0) == (a.units < 0)); /* a half goes away from zero */
        check(2 * rest < b.units ||
              (quotient < 0 ? -quotient : quotient) * b.units >= (a.units < 0 ? -(int128)a.units : a.units));
    }
}

static void check_one(struct decimal a)
{
    char text[DECIMAL_TEXT], copy[DECIMAL_TEXT + 1];
    struct slice written = decimal_format(a.units, a.scale, text);
    int128 wider;

    snprintf(copy, sizeof copy, "%.*s", SLICE_ARG(written));
    check(decimal_to_double(a.units, a.scale) == strtod(copy, NULL));
    check(!decimal_rescale(a.units, a.scale, a.scale - 1, &wider));
    const struct paper paper = paper_of(a.units, a.scale);
    for (int more = 0; more < 20; more++)
        check(decimal_rescale(a.units, a.scale, a.scale + more, &wider) && same_paper(&paper, wider, a.scale + more));
}

static void check_decimals(struct slice text)
{
    const char *blank = text.len ? memchr(text.ptr, ' ', text.len) : NULL;
    struct slice first = {text.ptr, blank ? (size_t)(blank - text.ptr) : text.len};
    struct decimal a, b;

    if (decimal_parse(first, &a) != DECIMAL_OK)
        return;
    check_one(a);
    if (blank && decimal_parse((struct slice){blank + 1, text.len - first.len - 1}, &b) == DECIMAL_OK)
        check_two(a, b);
}

/* ---- doubles ---- */

/* Digits but for zeros in front and behind. */
static size_t count_digits(const char *text)
{
    size_t count = 0, zeros = 0;

    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9')
            continue;
        zeros = *text == '0' ? zeros + 1 : 0;
        count += count > 0 || *text != '0';
    }
    return count > zeros ? count - zeros : 0;
}

static void check_double(struct slice text)
{
    char copy[512], out[DOUBLE_TEXT], *end;
    double number, again;

    if (text.len >= sizeof copy || !double_from_text(text, &number))
        return;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = 0;
    check(!isnan(number));
    const double expected = strtod(copy, &end);
    check(end != copy && expected == number && signbit(expected) == signbit(number));
    size_t length = double_to_text(number, out);
    check(length > 0 && length < sizeof out && double_from_text((struct slice){out, length}, &again));
    check(isinf(number) ? isfinite(again) : again == number);
    for (int scientific = 0; scientific < 2 && isfinite(number); scientific++) {
        char fewest[DOUBLE_TEXT];
        int precision = 0;
        length = double_shortest(number, scientific, out);
        check(length > 0 && length < sizeof out);
        out[length] = 0;
        check(strtod(out, NULL) == number);
        do
            snprintf(fewest, sizeof fewest, "%.*e", precision, number);
        while (strtod(fewest, NULL) != number && ++precision < 18);
        check(count_digits(out) == count_digits(fewest));
    }
}

/* ---- durations and dates ---- */

static void check_duration(struct slice text)
{
    int64_t length = -1, again = -1;
    char written[128];
    struct error err;

    if (duration_parse(text, &length, &err)) {
        check(length == -1 && err.status == STATUS_USAGE && err.text[0]);
        return;
    }
    check(length >= 0 && length <= DURATION_MOST);
    snprintf(written, sizeof written, "%lldd%lld.%06llds", length / MICROSECONDS_PER_DAY,
             length % MICROSECONDS_PER_DAY / MICROSECONDS_PER_SECOND, length % MICROSECONDS_PER_SECOND);
    check(duration_parse(slice_from_cstr(written), &again, &err) == 0 && again == length);
}

static void check_format(struct slice text)
{
    const char *zero = text.len ? memchr(text.ptr, 0, text.len) : NULL;
    struct moment moment, again;
    struct error err;
    char out[MOMENT_TEXT];

    if (!zero)
        return;
    char *format = strndup(text.ptr, text.len);
    const size_t length = (size_t)(zero - text.ptr);
    const struct slice date = {zero + 1, text.len - length - 1};
    check(format != NULL);
    const int refused = date_format_check(format, &err);
    check(!refused || (err.status == STATUS_USAGE && err.text[0]));
    if (moment_parse_format(date, format, &moment)) {
        check(!refused && moment.day >= DAY_MIN && moment.day <= DAY_MAX);
        check(moment.second >= 0 && moment.second < 86400 && moment.nanosecond >= 0);
        check(moment_parse_iso(moment_format(&moment, out), &again) && again.day == moment.day);
        check(again.second == moment.second && again.offset == moment.offset);
        int64_t micro = moment_to_microseconds(&moment);
        again = moment_from_microseconds(micro, moment.has_offset);
        check(moment_to_microseconds(&again) == micro || again.day < DAY_MIN || again.day > DAY_MAX);
    }
    free(format);
}

static void check_zone(struct slice text)
{
    static const int64_t times[] = {-62135596800, -1, 0, 951782400, 1711846800, 1711850400, 1729990800, 4102444800};
    struct time_zone zone = {0};
    struct error err;

    char *name = strndup(text.len ? text.ptr : "", text.len);
    check(name != NULL);
    if (time_zone_open(&zone, name, &err)) {
        check((err.status == STATUS_USAGE || err.status == STATUS_SYSTEM) && err.text[0]);
    } else {
        for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
            struct moment moment = moment_from_microseconds(times[i] * 1000000, true);
            time_t seconds = times[i];
            struct tm tm;
            int32_t day = moment_day(&moment, &zone);
            if (!zone.fixed && localtime_r(&seconds, &tm) && day != DAY_NONE)
                check(day == day_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday));
            check(day == DAY_NONE || (day >= moment.day - 1 && day <= moment.day + 1));
        }
    }
    free(name);
}

static void check_day(struct slice text)
{
    int32_t day = 0;
    int year, month, of_month;
    char out[MOMENT_TEXT];
    struct moment moment;

    if (text.len < sizeof day)
        return;
    memcpy(&day, text.ptr, sizeof day);
    day = (int32_t)(DAY_MIN + (int64_t)(uint32_t)day % ((int64_t)DAY_MAX - DAY_MIN + 1));
    civil_from_day(day, &year, &month, &of_month);
    time_t seconds = (time_t)day * 86400;
    struct tm tm;
    gmtime_r(&seconds, &tm);
    check(year == tm.tm_year + 1900 && month == tm.tm_mon + 1 && of_month == tm.tm_mday);
    check(civil_valid(year, month, of_month) && day_from_civil(year, month, of_month) == day);
    check(moment_parse_iso(day_format(day, out), &moment) && moment.day == day && !moment.has_time);
    char week[24];
    strftime(week, sizeof week, "%G-W%V", &tm);
    struct slice found = period_format(PERIOD_WEEK, period_of_day(PERIOD_WEEK, day), out);
    if (tm.tm_year + 1900 > 1000 && tm.tm_year + 1900 < 9999)
        check(slice_equal_cstr(found, week));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 1024)
        return 0;
    const struct slice text = {(const char *)data + 1, size - 1};
    switch (data[0]) {
    case 'd':
        check_decimals(text);
        break;
    case 'n':
        check_double(text);
        break;
    case 'u':
        check_duration(text);
        break;
    case 't':
        check_format(text);
        break;
    case 'z':
        check_zone(text);
        break;
    case 'p':
        check_day(text);
        break;
    default:
        break;
    }
    return 0;
}
