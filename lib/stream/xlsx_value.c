/* Values in their formats: a few branches each, all in integers. */
#include <string.h>

#include "stream/xlsx_format.h"
#include "stream/xlsx_number.h"

#define MASK_DIGITS 21
#define DAY_SECONDS 86400
#define DAYS_MOST 2958465 /* 9999-12-31 counted from 1900 */

static bool meets(const struct xlsx_section *section, double value)
{
    switch (section->condition) {
    case '<':
        return value < section->limit;
    case 'l':
        return value <= section->limit;
    case '>':
        return value > section->limit;
    case 'g':
        return value >= section->limit;
    case '=':
        return value == section->limit;
    case '!':
        return value != section->limit;
    default:
        return true;
    }
}

/* The section that shows the value: by conditions, or positive;negative;zero. */
static const struct xlsx_section *section_for(const struct xlsx_format *format, const struct xlsx_number *number)
{
    if (format->conditional) {
        double value = xlsx_number_double(number);
        for (size_t i = 0; i < format->count; i++)
            if (meets(&format->sections[i], value))
                return &format->sections[i];
    }
    if (number->negative && format->count > 1)
        return &format->sections[1];
    if (number->count == 0 && format->count > 2)
        return &format->sections[2];
    return &format->sections[0];
}

static char *two(char *to, int64_t value)
{
    *to++ = (char)('0' + value / 10 % 10);
    *to++ = (char)('0' + value % 10);
    return to;
}

/* hours:minutes:seconds of a count of thousandths of a second, with the decimals shown. */
static char *print_clock(char *to, int64_t thousandths, int decimals)
{
    int64_t seconds = thousandths / 1000;
    int64_t rest = thousandths % 1000;
    int64_t hours = seconds / 3600;

    if (hours >= 100) {
        char digits[24];
        size_t count = 0;
        for (; hours; hours /= 10)
            digits[count++] = (char)('0' + hours % 10);
        while (count)
            *to++ = digits[--count];
    } else {
        to = two(to, hours);
    }
    *to++ = ':';
    to = two(to, seconds / 60 % 60);
    *to++ = ':';
    to = two(to, seconds % 60);
    if (decimals > 0)
        *to++ = '.';
    for (int i = 0; i < decimals; i++, rest = rest * 10 % 1000)
        *to++ = (char)('0' + rest / 100);
    return to;
}

/* The date that is `days` after 1970-01-01, by Howard Hinnant's civil_from_days ("chrono-Compatible Low-Level Date
 * Algorithms", 2013), for days from 1900 on. */
static char *print_date(char *to, int64_t days)
{
    int64_t shifted = days + 719468; /* from 0000-03-01 */
    int64_t era = shifted / 146097;
    int64_t of_era = shifted % 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * of_year + 2) / 153;
    int64_t day = of_year - (153 * month + 2) / 5 + 1;

    month += month < 10 ? 3 : -9;
    int64_t year = year_of_era + era * 400 + (month <= 2);
    to = two(to, year / 100);
    to = two(to, year % 100);
    *to++ = '-';
    to = two(to, month);
    *to++ = '-';
    return two(to, day);
}

/* A fraction of a day in thousandths of a second, rounded to `decimals` of a second. */
static int64_t thousandths_of(int64_t fraction, int decimals)
{
    static const int64_t steps[] = {1000, 100, 10, 1};
    const __int128 unit = 1000000000000000; /* of fraction */
    int64_t step = steps[decimals];
    __int128 parts = (__int128)fraction * DAY_SECONDS * (1000 / step); /* steps a second */

    return (int64_t)((parts + unit / 2) / unit) * step;
}

/* Days from 1970-01-01 of a serial number, or INT64_MIN when it is no day. */
static int64_t day_of(int64_t serial, bool epoch_1904)
{
    if (epoch_1904)
        return serial <= DAYS_MOST - 1462 ? serial - 24107 : INT64_MIN; /* 1904-01-01 */
    if (serial < 1 || serial == 60 || serial > DAYS_MOST)
        return INT64_MIN;
    return serial - (serial < 60 ? 25568 : 25569); /* 1900 counts a 29 February that never was */
}

/* The length, or 0 when it is no moment. */
static size_t print_moment(const struct xlsx_section *section, const struct xlsx_number *number, bool epoch_1904,
                           char *to)
{
    int64_t fraction;
    int64_t serial = xlsx_number_split(number, DAYS_MOST, &fraction);
    int64_t thousandths = thousandths_of(fraction, section->decimals);
    char *at = to;

    if (number->negative || serial < 0)
        return 0;
    if (serial == 0 && (section->time || thousandths) && !(epoch_1904 && section->date)) {
        if (thousandths >= DAY_SECONDS * 1000) /* the last moment of the day, not the first of the next */
            thousandths = DAY_SECONDS * 1000 - 1000;
        return (size_t)(print_clock(at, thousandths, section->decimals) - to);
    }
    if (thousandths >= DAY_SECONDS * 1000) {
        serial++;
        thousandths = 0;
    }
    int64_t day = day_of(serial, epoch_1904);
    if (day == INT64_MIN)
        return 0;
    at = print_date(at, day);
    if (section->time || thousandths) {
        *at++ = 'T';
        at = print_clock(at, thousandths, section->decimals);
    }
    return (size_t)(at - to);
}

static size_t print_elapsed(const struct xlsx_section *section, const struct xlsx_number *number, char *to)
{
    int64_t fraction;
    int64_t days = xlsx_number_split(number, (int64_t)1 << 40, &fraction);

    if (number->negative || days < 0)
        return 0;
    int64_t thousandths = days * DAY_SECONDS * 1000 + thousandths_of(fraction, section->decimals);
    return (size_t)(print_clock(to, thousandths, section->decimals) - to);
}

/* The digits of a whole number into the places, from the right; those that are too many before the first. 0: it is
 * negative, no whole number, or too long. */
static size_t print_mask(const struct xlsx_section *section, const struct xlsx_number *number, char *to)
{
    char digits[MASK_DIGITS + 1];
    char *at = to;
    size_t places = 0;

    if (number->negative || !xlsx_number_whole(number) || number->point > MASK_DIGITS)
        return 0;
    size_t count = number->count ? xlsx_number_print(number, 0, digits) : 0;
    for (size_t i = 0; i < section->mask.len; i++)
        places += section->mask.ptr[i] == '\1' || section->mask.ptr[i] == '\2';
    size_t next = 0;
    for (size_t i = 0; i < section->mask.len; i++) {
        char c = section->mask.ptr[i];
        if (c != '\1' && c != '\2') {
            *at++ = c;
            continue;
        }
        while (count - next > places) /* before the first place */
            *at++ = digits[next++];
        if (count - next == places)
            *at++ = digits[next++];
        else if (c == '\1')
            *at++ = '0';
        places--;
    }
    return (size_t)(at - to);
}

size_t xlsx_format_value(const struct xlsx_format *format, struct slice text, bool epoch_1904, char *to)
{
    struct xlsx_number number;
    size_t len = 0;

    if (!xlsx_number_parse(&number, text))
        return 0;
    const struct xlsx_section *section = section_for(format, &number);
    switch (section->kind) {
    case XLSX_MOMENT:
        len = print_moment(section, &number, epoch_1904, to);
        return len ? len : xlsx_number_print(&number, 0, to);
    case XLSX_ELAPSED:
        len = print_elapsed(section, &number, to);
        return len ? len : xlsx_number_print(&number, 0, to);
    case XLSX_MASK:
        len = print_mask(section, &number, to);
        break;
    case XLSX_PERCENT:
        if (number.count)
            number.point += 2;
        len = xlsx_number_print(&number, section->decimals, to);
        to[len++] = '%';
        return len;
    case XLSX_BOOLEAN:
        if (number.count > 1 || number.point > 1 || (number.count == 1 && number.digits[0] != '1'))
            break;
        len = section->truth ? 4 : 5;
        memcpy(to, section->truth ? "TRUE" : "FALSE", len);
        break;
    case XLSX_PLAIN:
        break;
    }
    return len ? len : xlsx_number_print(&number, section->decimals, to);
}
