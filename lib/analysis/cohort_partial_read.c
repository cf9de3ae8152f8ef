/* Cohorts in parts, read. What a record holds is added to the state as rows are, with all its bounds noted again, so
 * that a part that says something else of itself can do no harm. */
#include "analysis/cohort_partial_plan.h"
#include "analysis/cohort_parts.h"
#include "value/date_parts.h"

enum { WORD = 64 };

struct reading {
    struct cohort_feed *feed;
    struct cohort *cohort;
    struct partial_reader reader;
    int64_t first_period, last_period; /* that there can be */
    char currency[PARTIAL_CURRENCY + 1];
};

/* ---- facts ---- */

static int take_count(struct reading *reading, size_t column, uint64_t *sum, struct error *err)
{
    int64_t count;

    if (partial_integer(&reading->reader, column, 0, INT64_MAX, &count, err))
        return -1;
    *sum += (uint64_t)count;
    return 0;
}

/* A position that may be missing. */
static int take_position(struct reading *reading, size_t column, bool starts, struct error *err)
{
    bool calendar = reading->cohort->rules.window == COHORT_CALENDAR;
    int64_t position;

    if (partial_text(&reading->reader, column).len == 0)
        return 0;
    if (partial_integer(&reading->reader, column, calendar ? reading->first_period : COHORT_FIRST_TIME,
                        calendar ? reading->last_period : COHORT_LAST_TIME, &position, err))
        return -1;
    cohort_note(reading->cohort, position, starts);
    return 0;
}

static int take_facts(struct reading *reading, struct error *err)
{
    struct partial_reader *reader = &reading->reader;
    struct cohort_feed *feed = reading->feed;
    int32_t last_day;

    if (take_position(reading, COHORT_PART_FIRST_START, true, err) ||
        take_position(reading, COHORT_PART_LATEST, false, err) ||
        partial_day(reader, COHORT_PART_LAST_DAY, &last_day, err) ||
        take_count(reading, COHORT_PART_START_COUNT, &feed->starts, err) ||
        take_count(reading, COHORT_PART_RETURN_COUNT, &feed->returns, err) ||
        take_count(reading, COHORT_PART_WITH_OFFSET, &feed->with_offset, err) ||
        take_count(reading, COHORT_PART_WITHOUT_OFFSET, &feed->without_offset, err) ||
        partial_one_currency(reader, COHORT_PART_CURRENCY, reading->currency, err))
        return -1;
    if (last_day > feed->last_day)
        feed->last_day = last_day;
    return 0;
}

/* ---- the compact state ---- */

/* Adds the periods of a list, words at a time. */
static int take_periods(struct reading *reading, struct cohort_member *member, size_t column, bool starts,
                        struct error *err)
{
    struct slice list = partial_text(&reading->reader, column);
    struct cohort *cohort = reading->cohort;
    int64_t first = 0, period = 0, step;
    uint64_t bits = 0;

    for (bool begun = false; list.len; begun = true) {
        int64_t low = begun ? 1 : reading->first_period;
        if (!partial_take_integer(&list, low, reading->last_period - period, &step))
            return partial_refuse(&reading->reader, column, "not a list of periods", err);
        period += step;
        cohort_bits_choose_base(cohort, (int32_t)period);
        cohort_note(cohort, period, starts);
        if (bits && period - first >= WORD) {
            if (cohort_bits_add_word(cohort, member, first, starts ? 0 : bits, starts ? bits : 0))
                return error_memory(err);
            bits = 0;
        }
        if (!bits)
            first = period;
        bits |= UINT64_C(1) << (period - first);
    }
    if (bits && cohort_bits_add_word(cohort, member, first, starts ? 0 : bits, starts ? bits : 0))
        return error_memory(err);
    return 0;
}

static int take_member(struct reading *reading, struct error *err)
{
    struct partial_reader *reader = &reading->reader;
    struct cohort *cohort = reading->cohort;
    struct slice customer;
    int64_t first_start;

    if (partial_key(reader, COHORT_PART_CUSTOMER, &customer, err))
        return -1;
    struct cohort_member *member = cohort_bits_member(cohort, customer, group_hash(customer));
    if (!member)
        return error_memory(err);
    if (partial_text(reader, COHORT_PART_ENTRY).len) {
        if (partial_integer(reader, COHORT_PART_ENTRY, reading->first_period, reading->last_period, &first_start, err))
            return -1;
        cohort_bits_choose_base(cohort, (int32_t)first_start);
        cohort_note(cohort, first_start, true);
        cohort_bits_note_start(member, (int32_t)first_start);
    }
    if (take_periods(reading, member, COHORT_PART_LIST, false, err))
        return -1;
    if (partial_text(reader, COHORT_PART_STARTS).len == 0)
        return 0;
    if (!cohort->rules.recurring)
        return partial_refuse(reader, COHORT_PART_STARTS, "starts do not recur", err);
    return take_periods(reading, member, COHORT_PART_STARTS, true, err);
}

/* ---- the full state ---- */

/* The next row of a list. */
static bool take_row(struct reading *reading, struct slice *list, int64_t before, struct cohort_arrival *arrival)
{
    const struct cohort_rules *rules = &reading->cohort->rules;
    struct decimal_sum amount = {0, 0};
    int64_t since, hours, flags;
    uint64_t order = 0;

    if (!partial_take_integer(list, COHORT_FIRST_TIME - before, COHORT_LAST_TIME - before, &since) ||
        !partial_take_integer(list, -48, 48, &hours) || !partial_take_integer(list, 1, 3, &flags) ||
        (rules->amounts && !partial_take_sum(list, &amount)) || (rules->order_ids && !partial_take_hex(list, &order)))
        return false;
    int64_t time = before + since;
    int64_t hour = floor_divide(time, COHORT_MICROSECONDS_PER_HOUR) + hours - (int64_t)DAY_MIN * 24;
    if (hour < 0 || hour >= (int64_t)(DAY_MAX - DAY_MIN + 1) * 24 || amount.units < INT64_MIN ||
        amount.units > INT64_MAX)
        return false;
    *arrival = (struct cohort_arrival){
        .time_and_scale = time * 32 + amount.scale,
        .hour = (uint32_t)hour | (flags & 1 ? COHORT_STARTS : 0) | (flags & 2 ? COHORT_RETURNS : 0),
    };
    if (rules->amounts)
        arrival->extra[0] = (int64_t)amount.units;
    if (rules->order_ids)
        arrival->extra[rules->amounts] = (int64_t)order;
    if (amount.scale > reading->cohort->rows.scale)
        reading->cohort->rows.scale = amount.scale;
    return true;
}

static int64_t position_of(struct cohort *cohort, const struct cohort_arrival *arrival)
{
    uint32_t hour = arrival->hour & COHORT_HOUR_BITS;

    if (cohort->rules.window == COHORT_ROLLING)
        return arrival->time_and_scale >> 5;
    return cohort_row_period(cohort, (int32_t)(hour / 24) + DAY_MIN, (int32_t)(hour % 24));
}

/* Of the part's starts the first is met by the value of the part's entry, and so are all: those of others do not stay.
 */
static int take_entrant(struct reading *reading, struct error *err)
{
    struct partial_reader *reader = &reading->reader;
    struct cohort *cohort = reading->cohort;
    struct slice group = partial_text(reader, COHORT_PART_ENTRY);
    struct slice list = partial_text(reader, COHORT_PART_LIST);
    struct slice customer;
    int64_t before = 0;
    bool added;

    if (partial_key(reader, COHORT_PART_CUSTOMER, &customer, err))
        return -1;
    struct cohort_entrant *entrant = group_get(&cohort->customers, customer, &added);
    if (!entrant)
        return error_memory(err);
    while (list.len) {
        struct cohort_arrival arrival;
        if (!take_row(reading, &list, before, &arrival))
            return partial_refuse(reader, COHORT_PART_LIST, "not a list of rows", err);
        before = arrival.time_and_scale >> 5;
        cohort_note(cohort, position_of(cohort, &arrival), (arrival.hour & COHORT_STARTS) != 0);
        if (cohort_rows_put(cohort, entrant, &arrival, group, err))
            return -1;
    }
    return 0;
}

int cohort_partial_read(struct cohort_feed *feed, struct cohort *cohort, struct error *err)
{
    const struct cohort_rules *rules = &cohort->rules;
    struct reading reading = {
        .feed = feed,
        .cohort = cohort,
        .first_period = cohort_period_of(rules, rules->period, DAY_MIN, 0),
        .last_period = cohort_period_of(rules, rules->period, DAY_MAX, 23),
    };
    struct cohort_scheme scheme;
    int more;

    cohort_scheme_make(&scheme, feed, cohort);
    more = partial_read_open(&reading.reader, &scheme.plan, feed->stream, err) ? -1 : 1;
    while (more > 0 && (more = partial_next(&reading.reader, err)) > 0)
        if (reading.reader.kind == PARTIAL_BEGIN ? take_facts(&reading, err)
            : cohort->compact                    ? take_member(&reading, err)
                                                 : take_entrant(&reading, err))
            more = -1;
    if (more == 0)
        more = partial_read_finish(&reading.reader, &feed->options->common, &feed->to, err);
    partial_reader_free(&reading.reader);
    return more ? -1 : 0;
}
