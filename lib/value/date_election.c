/* Dates as exports write them: counting what the shapes of a column's values allow (date_shape.h), and reading them by
 * the result. */
#include "value/date_election.h"

#include <assert.h>

#include "value/date_shape.h"

static_assert(offsetof(struct date_election, invalid) == DATE_CLASS_INVALID * sizeof(uint64_t), "counts and names");
static_assert(offsetof(struct date_election, invalid_example) - offsetof(struct date_election, examples) ==
                  DATE_CLASS_INVALID * sizeof(struct example),
              "examples and names");

#define SERIAL_EPOCH 25569            /* 1970-01-01 */
#define SERIAL_MAX 2958465            /* 9999-12-31 */
#define SERIAL_EVIDENCE_MIN 18264     /* 1950-01-01 */
#define SERIAL_EVIDENCE_MAX 73415     /* 2100-12-31 */
#define EPOCH_EVIDENCE_MAX 4133980799 /* 2100-12-31T23:59:59Z */

/* ---- bare numbers ---- */

static const struct {
    enum date_style style;
    enum date_class class;
    uint32_t per_second;
    int digits_min, digits_max;
    int evidence_min; /* digits */
} epochs[] = {{DATE_EPOCH, DATE_CLASS_EPOCH, 1, 9, 10, 9},
              {DATE_EPOCH_MILLI, DATE_CLASS_EPOCH_MILLI, 1000, 11, 13, 13},
              {DATE_EPOCH_MICRO, DATE_CLASS_EPOCH_MICRO, 1000000, 15, 16, 16}};
#define EPOCHS (sizeof epochs / sizeof *epochs)

static bool serial_moment(const struct date_shape *shape, struct moment *moment)
{
    uint64_t whole = shape->whole;
    bool years = whole >= 1900 && whole <= 2100;

    if (shape->negative || whole < 1 || whole > SERIAL_MAX || whole == 60 || years ||
        (shape->fraction_digits && whole < 1900))
        return false;
    /* the fraction is below 10^11, the product below 2^63 */
    uint64_t per_day = shape->fraction_digits > 8 ? 86400000 : 86400;
    uint64_t time = (shape->fraction * per_day + 50000000000) / 100000000000;
    int32_t day = (int32_t)whole - SERIAL_EPOCH + (whole < 60) + (time == per_day);
    if (day > DAY_MAX)
        return false;
    *moment = (struct moment){.day = day, .has_time = shape->fraction != 0};
    time %= per_day;
    moment->second = (int32_t)(per_day == 86400 ? time : time / 1000);
    moment->nanosecond = per_day == 86400 ? 0 : (int32_t)(time % 1000) * 1000000;
    return true;
}

static bool epoch_moment(const struct date_shape *shape, size_t unit, struct moment *moment)
{
    uint64_t per_second = epochs[unit].per_second;

    if (shape->digits < epochs[unit].digits_min || shape->digits > epochs[unit].digits_max)
        return false;
    int64_t second = (int64_t)(shape->whole / per_second);
    uint64_t weight = 1000000000 / per_second; /* nanoseconds of a unit */
    int64_t nanosecond = (int64_t)(shape->whole % per_second * weight + shape->fraction / (100000000000 / weight));
    if (shape->negative) {
        second = -second - (nanosecond > 0);
        nanosecond = nanosecond ? 1000000000 - nanosecond : 0;
    }
    int64_t day = floor_divide(second, SECONDS_PER_DAY);
    *moment = (struct moment){.day = (int32_t)day, .has_time = true, .has_offset = true};
    moment->second = (int32_t)(second - day * SECONDS_PER_DAY);
    moment->nanosecond = (int32_t)nanosecond;
    return true;
}

static bool bare_moment(const struct date_shape *shape, enum date_style style, struct moment *moment)
{
    for (size_t i = 0; i < EPOCHS; i++)
        if (epochs[i].style == style)
            return epoch_moment(shape, i, moment);
    return style == DATE_SERIAL && serial_moment(shape, moment);
}

static enum date_class bare_class(const struct date_shape *shape)
{
    struct moment moment;
    bool readable = serial_moment(shape, &moment);

    if (readable && shape->whole >= SERIAL_EVIDENCE_MIN && shape->whole <= SERIAL_EVIDENCE_MAX)
        return DATE_CLASS_SERIAL;
    for (size_t i = 0; i < EPOCHS; i++) {
        if (!epoch_moment(shape, i, &moment))
            continue;
        readable = true;
        if (!shape->negative && shape->digits >= epochs[i].evidence_min &&
            shape->whole / epochs[i].per_second <= EPOCH_EVIDENCE_MAX)
            return epochs[i].class;
    }
    return readable ? DATE_CLASS_NUMBER : DATE_CLASS_INVALID;
}

/* ---- three numbers ---- */

static const struct {
    unsigned order;
    enum date_style style;
    enum date_class class;
} orders[ORDERS] = {{ORDER_DAY, DATE_DAY_FIRST, DATE_CLASS_DAY_FIRST},
                    {ORDER_MONTH, DATE_MONTH_FIRST, DATE_CLASS_MONTH_FIRST},
                    {ORDER_SHORT_YEAR, DATE_SHORT_YEAR_FIRST, DATE_CLASS_SHORT_YEAR_FIRST}};

/* A pair of orders as a bit: day and month, day and year, month and year. */
static unsigned pair(int a, int b)
{
    return 1U << (a + b - 1);
}

static enum date_class numbers_class(struct date_election *election, const struct date_shape *shape, struct slice text,
                                     uint64_t line)
{
    int32_t days[ORDERS];
    enum date_class class = DATE_CLASS_INVALID;
    unsigned differing = 0;

    for (int i = 0; i < ORDERS; i++) {
        days[i] = shape->orders & orders[i].order ? date_shape_day(shape, orders[i].order) : DAY_NONE;
        if (days[i] == DAY_NONE) {
            example_set(&election->against[i], text, line);
            continue;
        }
        class = class == DATE_CLASS_INVALID ? orders[i].class : DATE_CLASS_NEUTRAL;
        for (int j = 0; j < i; j++)
            if (days[j] != DAY_NONE && days[i] != days[j])
                differing |= pair(j, i);
    }
    election->differing |= differing;
    return differing ? DATE_CLASS_AMBIGUOUS : class;
}

/* The orders that no value rules out. */
static unsigned orders_left(const struct date_election *election)
{
    unsigned left = 0;

    for (int i = 0; i < ORDERS; i++)
        if (!election->against[i].line)
            left |= orders[i].order;
    return left;
}

static enum date_style order_result(const struct date_election *election)
{
    unsigned left = orders_left(election);
    enum date_style style = DATE_CONFLICT;

    for (int i = ORDERS - 1; i >= 0; i--) {
        if (!(left & orders[i].order))
            continue;
        style = orders[i].style;
        for (int j = 0; j < i; j++)
            if ((left & orders[j].order) && (election->differing & pair(j, i)))
                return DATE_AMBIGUOUS;
    }
    return style;
}

/* ---- the election ---- */

void date_election_add(struct date_election *election, struct slice text, uint64_t line)
{
    enum date_class class = DATE_CLASS_INVALID;
    struct date_shape shape;

    text = slice_trim(text);
    if (text.len == 0)
        return;
    date_shape_read(text, &shape);
    switch (shape.kind) {
    case SHAPE_NONE:
        break;
    case SHAPE_VOID:
        class = DATE_CLASS_NONE;
        break;
    case SHAPE_FIXED:
        class = shape.in_words ? DATE_CLASS_WRITTEN : DATE_CLASS_YEAR_FIRST;
        break;
    case SHAPE_NUMBERS:
        class = numbers_class(election, &shape, text, line);
        break;
    case SHAPE_BARE:
        class = bare_class(&shape);
        break;
    }
    election->counts[class]++;
    example_set(&election->examples[class], text, line);
}

static bool is_ordered(enum date_class class)
{
    return class >= DATE_CLASS_DAY_FIRST && class <= DATE_CLASS_AMBIGUOUS;
}

static bool is_bare(enum date_class class)
{
    return class >= DATE_CLASS_SERIAL && class <= DATE_CLASS_EPOCH_MICRO;
}

/* The first class of a sort that was seen, from one on; DATE_CLASSES: none. */
static enum date_class first_seen(const struct date_election *election, bool (*is)(enum date_class),
                                  enum date_class from)
{
    while (from < DATE_CLASSES && !(is(from) && election->counts[from]))
        from++;
    return from;
}

enum date_style date_election_result(const struct date_election *election)
{
    enum date_class bare = first_seen(election, is_bare, 0);
    bool ordered = first_seen(election, is_ordered, 0) != DATE_CLASSES;

    if (bare != DATE_CLASSES && (ordered || first_seen(election, is_bare, bare + 1) != DATE_CLASSES))
        return DATE_MIXED;
    if (ordered)
        return order_result(election);
    for (size_t i = 0; i < EPOCHS; i++)
        if (epochs[i].class == bare)
            return epochs[i].style;
    if (bare == DATE_CLASS_SERIAL)
        return DATE_SERIAL;
    return election->year_first ? DATE_YEAR_FIRST : election->written ? DATE_WRITTEN : DATE_EMPTY;
}

bool date_election_conflict(const struct date_election *election, const struct example **one,
                            const struct example **other)
{
    enum date_style result = date_election_result(election);
    enum date_class bare = first_seen(election, is_bare, 0);

    if (result == DATE_MIXED) {
        enum date_class second = first_seen(election, is_bare, bare + 1);
        if (second == DATE_CLASSES)
            second = first_seen(election, is_ordered, 0);
        *one = &election->examples[bare];
        *other = &election->examples[second];
        return true;
    }
    /* every value but those of one order only can have the day first */
    int order = election->month_first ? 1 : 2;
    *one = &election->examples[orders[order].class];
    *other = &election->against[order];
    return result == DATE_CONFLICT;
}

const char *date_election_doubt(const struct date_election *election)
{
    switch (orders_left(election)) {
    case ORDER_DAY | ORDER_SHORT_YEAR:
        return "day-month-year or year-month-day";
    case ORDER_DAY | ORDER_MONTH | ORDER_SHORT_YEAR:
        return "day-month-year, month-day-year or year-month-day";
    default: /* what cannot be day first has one order only */
        return "day-month or month-day";
    }
}

bool date_election_allows(const struct date_election *election, enum date_style style)
{
    for (int i = 0; i < ORDERS; i++)
        if (orders[i].style == style)
            return !election->against[i].line;
    return false;
}

const char *date_style_name(enum date_style style)
{
    static const char *const names[DATE_MIXED + 1] = {
        [DATE_YEAR_FIRST] = "year-first",
        [DATE_DAY_FIRST] = "day-month",
        [DATE_MONTH_FIRST] = "month-day",
        [DATE_WRITTEN] = "written",
        [DATE_SHORT_YEAR_FIRST] = "short-year-first",
        [DATE_SERIAL] = "serial",
        [DATE_EPOCH] = "epoch",
        [DATE_EPOCH_MILLI] = "epoch-milli",
        [DATE_EPOCH_MICRO] = "epoch-micro",
    };

    return names[style];
}

bool date_style_find(struct slice name, enum date_style *style)
{
    for (int i = 0; i <= DATE_MIXED; i++) {
        const char *known = date_style_name((enum date_style)i);

        if (known && slice_equal_cstr(name, known)) {
            *style = (enum date_style)i;
            return true;
        }
    }
    return false;
}

const char *date_class_name(enum date_class class)
{
    static const char *const names[DATE_CLASSES] = {
        [DATE_CLASS_YEAR_FIRST] = "year first",
        [DATE_CLASS_WRITTEN] = "month by name",
        [DATE_CLASS_DAY_FIRST] = "day first",
        [DATE_CLASS_MONTH_FIRST] = "month first",
        [DATE_CLASS_SHORT_YEAR_FIRST] = "two-digit year first",
        [DATE_CLASS_NEUTRAL] = "the same in any order",
        [DATE_CLASS_AMBIGUOUS] = "order not certain",
        [DATE_CLASS_SERIAL] = "day number of a spreadsheet",
        [DATE_CLASS_EPOCH] = "seconds since 1970",
        [DATE_CLASS_EPOCH_MILLI] = "milliseconds since 1970",
        [DATE_CLASS_EPOCH_MICRO] = "microseconds since 1970",
        [DATE_CLASS_NUMBER] = "other number",
        [DATE_CLASS_NONE] = "no date",
        [DATE_CLASS_INVALID] = "not a date",
    };

    return names[class];
}

/* ---- reading ---- */

bool date_parse_style(struct slice text, enum date_style style, struct moment *moment)
{
    struct date_shape shape;

    date_shape_read(text, &shape);
    *moment = shape.moment;
    switch (shape.kind) {
    case SHAPE_FIXED:
        return true;
    case SHAPE_NUMBERS:
        for (int i = 0; i < ORDERS; i++) {
            if (orders[i].style == style && (shape.orders & orders[i].order)) {
                moment->day = date_shape_day(&shape, orders[i].order);
                return true;
            }
        }
        return false;
    case SHAPE_BARE:
        return bare_moment(&shape, style, moment);
    default:
        return false;
    }
}

bool date_is_void(struct slice text)
{
    struct date_shape shape;

    date_shape_read(text, &shape);
    return shape.kind == SHAPE_VOID;
}
