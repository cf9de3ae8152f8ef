/* Cohort feed: roles to rows.
 *
 * Only what the report needs is read: a day, where the calendar decides and nothing within a day matters, is read
 * faster than a time. Rows are made by several threads (lanes.h). */
#include "analysis/cohort_feed.h"

#include <string.h>

#include "analysis/cohort_partial.h"
#include "base/program.h"
#include "base/utf8.h"
#include "stream/demand.h"
#include "stream/lanes.h"
#include "stream/roles.h"
#include "value/duration.h"

enum { SECONDS_PER_HOUR = 3600, SECONDS_PER_QUARTER = 900 };

static const char *const customer_roles[] = {"customer_id", "entity_id", "contact_id", "account_id", "lead_id", NULL};
static const char *const date_roles[] = {"order_date", "occurred_at", "entered_at", "started_at", "created_at", NULL};
static const char *const amount_roles[] = {"amount", "value", NULL};
static const char *const event_roles[] = {"event", "stage", NULL};

/* ---- columns ---- */

static int open_money(struct cohort_feed *feed, struct error *err)
{
    const struct cohort_options *o = feed->options;
    size_t currency = COLUMN_ABSENT;

    if (!feed->rules.amounts)
        return 0;
    if (stream_role_among(feed->stream, "--amount", o->amount, amount_roles, true, &feed->amount, err) ||
        stream_role(feed->stream, NULL, NULL, "currency", o->rates != NULL, &currency, err) ||
        (o->rates && rates_read(&feed->rates, o->rates, slice_from_cstr(o->currency), err)))
        return -1;
    feed->money =
        (struct rates_column){.amount = feed->amount, .currency = currency, .rates = o->rates ? &feed->rates : NULL};
    return 0;
}

static int open_columns(struct cohort_feed *feed, struct error *err)
{
    const struct cohort_options *o = feed->options;
    struct stream *stream = feed->stream;
    bool rows_are_orders = o->order && !*o->order;

    feed->amount = feed->order = feed->event = feed->group = COLUMN_ABSENT;
    if (o->parts.merge) {
        feed->rules.order_ids = feed->rules.orders && !rows_are_orders;
        return 0;
    }
    if (stream_role_among(stream, "--customer", o->customer, customer_roles, true, &feed->customer, err) ||
        stream_role_among(stream, "--date", o->date, date_roles, true, &feed->date, err) || open_money(feed, err) ||
        (feed->rules.orders && !rows_are_orders &&
         stream_role(stream, "--order", o->order, "order_id", o->order != NULL, &feed->order, err)) ||
        ((o->start_events || o->return_events) &&
         stream_role_among(stream, "--event", o->event, event_roles, true, &feed->event, err)) ||
        (o->group && stream_column_anywhere(stream, "--by", o->group, &feed->group, err)))
        return -1;
    /* in a part even without a column: another part may have it */
    feed->rules.order_ids = o->parts.partial ? feed->rules.orders && !rows_are_orders : feed->order != COLUMN_ABSENT;
    return 0;
}

int cohort_feed_open(struct cohort_feed *feed, const struct cohort_options *options, struct stream *stream,
                     struct error *err)
{
    const struct cohort_rules *rules = &options->rules;

    *feed = (struct cohort_feed){
        .options = options,
        .stream = stream,
        .rules = *rules,
        .dates = {.format = options->date_format},
        .whole_times =
            (rules->window == COHORT_ROLLING && !options->whole_days) || rules->period == COHORT_HOUR || rules->grouped,
        .as_of = DAY_NONE,
        .last_day = DAY_NONE,
        .to = options->common.to,
    };
    rates_init(&feed->rates);
    if (options->common.tz && time_zone_open(&feed->dates.zone, options->common.tz, err)) {
        error_prefix(err, "option '--tz': ");
        return -1;
    }
    if (options->common.as_of && analysis_day(options->common.as_of, &feed->dates.zone, &feed->as_of, err))
        return -1;
    return open_columns(feed, err);
}

void cohort_feed_fini(struct cohort_feed *feed)
{
    rates_fini(&feed->rates);
}

/* ---- values of a record; 0: good; 1: the record was set aside, or is filtered out; -1: stop ---- */

static int read_customer(const struct cohort_feed *feed, const struct record *record, struct cohort_row *row,
                         struct error *err)
{
    return demand_key(feed->stream, record, feed->customer, "the row has no customer", &row->customer, err);
}

/* The hour of the zone's clock. The zone has just told the moment's day, and remembers its offset; but for a quarter of
 * an hour in which the clock is changed, where the offset at the beginning of the day will do. */
static int32_t hour_in_zone(const struct moment *moment, int32_t day, struct time_zone *zone)
{
    int64_t instant = (int64_t)moment->day * 86400 + moment->second - moment->offset;
    int64_t offset = zone->offset;

    if (!moment->has_offset || !zone->set)
        return moment->second / SECONDS_PER_HOUR;
    if (!zone->fixed) {
        int64_t quarter = instant / SECONDS_PER_QUARTER - (instant % SECONDS_PER_QUARTER < 0);
        offset = quarter == zone->cached_quarter
                     ? zone->cached_offset
                     : (int64_t)day * 86400 - day_end(day - 1, true, zone) / MICROSECONDS_PER_SECOND;
    }
    int64_t second = instant + offset - (int64_t)day * 86400;
    return second < 0 ? 0 : second >= 86400 ? 23 : (int32_t)(second / SECONDS_PER_HOUR);
}

static int read_time(struct cohort_feed *feed, const struct record *record, struct cohort_row *row, struct error *err)
{
    struct moment moment;
    int result;

    if (!feed->whole_times) {
        result = demand_day(feed->stream, record, feed->date, &feed->dates, &row->day, err);
        row->time = row->day * MICROSECONDS_PER_DAY;
        return result;
    }
    result = demand_moment(feed->stream, record, feed->date, &feed->dates, &moment, &row->day, err);
    if (result)
        return result;
    row->time = feed->options->whole_days ? row->day * MICROSECONDS_PER_DAY : moment_to_microseconds(&moment);
    if (feed->rules.period == COHORT_HOUR)
        row->hour = hour_in_zone(&moment, row->day, &feed->dates.zone);
    feed->with_offset += moment.has_offset;
    feed->without_offset += !moment.has_offset;
    return 0;
}

/* An event has an amount or none; a row that is no event has one. */
static int read_amount(struct cohort_feed *feed, const struct record *record, struct cohort_row *row, struct error *err)
{
    struct slice text = record->fields[feed->amount].text;

    if (text.len == 0 && feed->event != COLUMN_ABSENT)
        return 0;
    int result = demand_decimal(feed->stream, record, feed->amount, &row->amount, err);
    return result ? result : rates_one_currency(&feed->money, feed->stream, record, &row->amount, err);
}

/* The value that cohorts are made of: as it stands, or for quantiles a number. */
static int read_group(const struct cohort_feed *feed, const struct record *record, struct cohort_row *row,
                      struct error *err)
{
    struct decimal number;

    row->group = record->fields[feed->group].text;
    if (!utf8_valid(row->group.ptr, row->group.len))
        return demand_refuse(feed->stream, record, feed->group, "not UTF-8", err);
    if (feed->rules.quantiles && row->group.len && decimal_parse(row->group, &number) != DECIMAL_OK)
        return demand_refuse(feed->stream, record, feed->group, "not a number", err);
    return 0;
}

static void read_event(struct cohort_feed *feed, const struct record *record, struct cohort_row *row)
{
    const struct cohort_options *o = feed->options;

    row->starts = row->returns = true;
    if (feed->event != COLUMN_ABSENT) {
        struct slice name = record->fields[feed->event].text;
        row->starts = !o->start_events || cohort_event_is(o->start_events, name);
        row->returns = !o->return_events || cohort_event_is(o->return_events, name);
    }
    feed->starts += row->starts;
    feed->returns += row->returns;
}

static int read_row(struct cohort_feed *feed, const struct record *record, struct cohort_row *row, struct error *err)
{
    int result = read_customer(feed, record, row, err);

    if (result == 0)
        result = read_time(feed, record, row, err);
    if (result == 0 && feed->as_of != DAY_NONE && row->day > feed->as_of) {
        stream_skip(feed->stream);
        return 1;
    }
    if (result == 0 && feed->amount != COLUMN_ABSENT)
        result = read_amount(feed, record, row, err);
    if (result == 0 && feed->group != COLUMN_ABSENT)
        result = read_group(feed, record, row, err);
    if (result)
        return result;
    if (row->day > feed->last_day)
        feed->last_day = row->day;
    if (feed->order != COLUMN_ABSENT)
        row->order = record->fields[feed->order].text;
    read_event(feed, record, row);
    return 0;
}

/* ---- reading ---- */

/* Reading rows. A thread's desk is a feed like the program's. */
struct intake {
    struct cohort_feed *feed;
    struct cohort *cohort;
};

static int take_rows(void *context, const void *memory, size_t count, struct error *err)
{
    struct cohort *cohort = ((const struct intake *)context)->cohort;
    const struct cohort_row *rows = memory;

    for (size_t at = 0; at < count; at += COHORT_ROWS) {
        for (size_t i = at + COHORT_ROWS; i < count && i < at + 2 * COHORT_ROWS; i++)
            cohort_prefetch(cohort, &rows[i]);
        if (cohort_add(cohort, rows + at, count - at < COHORT_ROWS ? count - at : COHORT_ROWS, err))
            return -1;
    }
    return 0;
}

static void note_oddities(const struct cohort_feed *feed)
{
    const struct cohort_options *o = feed->options;

    if (feed->last_day == DAY_NONE) {
        if (feed->stream->rejects.filtered)
            program_note("no customers: all %llu rows were filtered out, %s",
                         (unsigned long long)feed->stream->rejects.filtered,
                         !o->common.where  ? "as later than --as-of"
                         : o->common.as_of ? "by --where or as later than --as-of"
                                           : "by --where");
        return;
    }
    if (o->start_events && !feed->starts)
        program_note("start event '%s' never occurs", o->start_events);
    if (o->return_events && !feed->returns)
        program_note("return event '%s' never occurs", o->return_events);
    if (feed->with_offset && feed->without_offset && (feed->rules.window == COHORT_ROLLING || feed->rules.grouped))
        program_note("%llu times have no offset from UTC and are taken for UTC, %llu have one",
                     (unsigned long long)feed->without_offset, (unsigned long long)feed->with_offset);
}

static int make_row(void *context, void *desk, struct stream *stream, const struct record *record, void *memory,
                    struct error *err)
{
    const struct intake *intake = context;
    struct cohort_feed *feed = desk;
    struct cohort_row *row = memory;
    bool knows_currency = feed->money.first_len > 0;

    feed->stream = stream;
    *row = (struct cohort_row){.order = {"", 0}, .group = {"", 0}};
    int result = read_row(feed, record, row, err);
    if (result >= 0 && !knows_currency && feed->money.first_len && feed != intake->feed)
        return LANES_LATER; /* the first currency of all decides */
    if (result)
        return result;
    row->hash = group_hash(row->customer);
    return 0;
}

static int begin_desk(void *context, void *memory, struct error *err)
{
    const struct intake *intake = context;
    struct cohort_feed *desk = memory;

    (void)err;
    *desk = *intake->feed;
    desk->starts = desk->returns = desk->with_offset = desk->without_offset = 0;
    return 0;
}

static void add_desk(void *context, void *memory)
{
    const struct intake *intake = context;
    struct cohort_feed *feed = intake->feed;
    struct cohort_feed *desk = memory;

    feed->starts += desk->starts;
    feed->returns += desk->returns;
    feed->with_offset += desk->with_offset;
    feed->without_offset += desk->without_offset;
    if (desk->last_day > feed->last_day)
        feed->last_day = desk->last_day;
    desk->starts = desk->returns = desk->with_offset = desk->without_offset = 0;
}

static int read_all(struct cohort_feed *feed, struct cohort *cohort, struct error *err)
{
    static const size_t texts[] = {offsetof(struct cohort_row, customer), offsetof(struct cohort_row, order),
                                   offsetof(struct cohort_row, group)};
    struct intake intake = {feed, cohort};
    const struct lanes_plan plan = {
        .context = &intake,
        .row_size = sizeof(struct cohort_row),
        .texts = texts,
        .text_count = 3,
        .desk_size = sizeof *feed,
        .desk = feed,
        .make = make_row,
        .take = take_rows,
        .begin = begin_desk,
        .add = add_desk,
    };

    return lanes_run(feed->stream, &plan, feed->options->threads, err);
}

int cohort_feed_run(struct cohort_feed *feed, struct cohort *cohort, struct error *err)
{
    if (feed->options->parts.merge ? cohort_partial_read(feed, cohort, err)
                                   : read_all(feed, cohort, err) || stream_finish(feed->stream, err))
        return -1;
    if (feed->options->parts.partial)
        return 0;
    if (feed->as_of == DAY_NONE)
        feed->as_of = feed->last_day;
    note_oddities(feed);
    return 0;
}

int64_t cohort_feed_end(struct cohort_feed *feed)
{
    bool of_instants = feed->with_offset && !feed->without_offset && !feed->options->whole_days;

    return feed->as_of == DAY_NONE ? 0 : day_end(feed->as_of, of_instants, &feed->dates.zone);
}
