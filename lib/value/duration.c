/* Durations: a number and its unit, again and again. The number is read as an exact decimal and multiplied in 128 bits,
 * so that 0.1s is a hundred thousand microseconds and what has no whole microseconds is noticed, not rounded. Months
 * and years are no units here: they have no one length, and who says "3mo" is to choose the days. */
#include "value/duration.h"

#include <stdbool.h>
#include <string.h>

#include "base/ascii.h"
#include "value/decimal.h"

#define UNITS_KNOWN "w, d, h, m or min, s, ms"
#define WHOLE_DIGITS 15 /* of DURATION_MOST in milliseconds: a number with more is too long with every unit */

static const struct unit {
    struct slice name;
    int64_t microseconds;
} units[] = {
    {SLICE_INIT("w"), 7 * MICROSECONDS_PER_DAY},        {SLICE_INIT("d"), MICROSECONDS_PER_DAY},
    {SLICE_INIT("h"), 3600 * MICROSECONDS_PER_SECOND},  {SLICE_INIT("m"), 60 * MICROSECONDS_PER_SECOND},
    {SLICE_INIT("min"), 60 * MICROSECONDS_PER_SECOND},  {SLICE_INIT("s"), MICROSECONDS_PER_SECOND},
    {SLICE_INIT("ms"), MICROSECONDS_PER_SECOND / 1000},
};

/* What is wrong: the functions below return one of these, or NULL. */
static const char needs_unit[] = " (a number needs a unit: " UNITS_KNOWN ")";
static const char unknown_unit[] = " (the units are " UNITS_KNOWN ", without blanks)";
static const char out_of_order[] = " (the larger unit comes first, and none twice)";
static const char too_fine[] = " (finer than a microsecond)";
static const char too_long[] = " (longer than 10,000 years)";
static const char no_duration[] = "";

static bool in_number(char c)
{
    return ascii_is_digit(c) || c == '.';
}

/* Takes the run of bytes off the front that belong to a number, or that do not. */
static struct slice take_run(struct slice *text, bool number)
{
    struct slice run = {text->ptr, 0};

    while (text->len && in_number(*text->ptr) == number) {
        run.len++;
        text->ptr++;
        text->len--;
    }
    return run;
}

static const struct unit *find_unit(struct slice name)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (slice_equal(units[i].name, name))
            return &units[i];
    return NULL;
}

/* A number that no 64 bits hold: for its digits before the point, or for those behind it? */
static const char *complain_of_digits(struct slice number)
{
    size_t digits = 0;

    for (size_t i = 0; i < number.len && number.ptr[i] != '.'; i++)
        digits += digits || number.ptr[i] != '0';
    return digits > WHOLE_DIGITS ? too_long : too_fine;
}

static const char *add_part(struct slice number, const struct unit *unit, int64_t *sum)
{
    struct decimal value;

    switch (decimal_parse(number, &value)) {
    case DECIMAL_OK:
        break;
    case DECIMAL_TOO_LARGE:
        return complain_of_digits(number);
    case DECIMAL_NOT_A_NUMBER:
        return no_duration;
    }
    int128 scaled = (int128)value.units * unit->microseconds; /* below 2^64 * 2^40 */
    int128 whole = scaled / power_of_ten(value.scale);

    if (whole > DURATION_MOST - *sum)
        return too_long;
    if (scaled % power_of_ten(value.scale))
        return too_fine;
    *sum += (int64_t)whole;
    return NULL;
}

static const char *parse(struct slice text, int64_t *sum)
{
    int64_t before = INT64_MAX;

    if (!text.len)
        return no_duration;
    while (text.len) {
        struct slice number = take_run(&text, true), name = take_run(&text, false);
        const struct unit *unit = find_unit(name);

        if (!number.len)
            return no_duration;
        if (!unit)
            return name.len ? unknown_unit : needs_unit;
        if (unit->microseconds >= before)
            return out_of_order;
        before = unit->microseconds;
        const char *wrong = add_part(number, unit, sum);
        if (wrong)
            return wrong;
    }
    return NULL;
}

int duration_parse(struct slice text, int64_t *microseconds, struct error *err)
{
    int64_t sum = 0;
    const char *wrong = parse(text, &sum);
    struct quote shown;

    if (wrong)
        return error_set(err, STATUS_USAGE, "not a duration such as 14d, 12h or 1h30m: '%s'%s",
                         quote_name(&shown, text), wrong);
    *microseconds = sum;
    return 0;
}
