/* Funnel feed: roles to events.
 *
 * What an event is was worked out for its name once; a look-up of a name that was there before is a hash of a short
 * text. Rows are gathered in batches that a second thread adds to the state, as the look-ups of their entities
 * mostly wait for memory. */
#include "analysis/funnel_feed.h"

#include <stdio.h>
#include <string.h>

#include "base/batches.h"
#include "base/program.h"
#include "base/utf8.h"
#include "stream/demand.h"

enum { NAMES_MAX = 100000 };

/* ---- values of a record; 0: good; 1: the record was set aside; -1: stop ---- */

static int read_entity(const struct funnel_feed *feed, const struct record *record, char number[48],
                       struct slice *entity, struct error *err)
{
    if (feed->entity == COLUMN_ABSENT) { /* --wide: each record is an entity of its own */
        int length = feed->stream->input_count == 1
                         ? snprintf(number, 48, "%llu", (unsigned long long)record->number)
                         : snprintf(number, 48, "%zu:%llu", record->input + 1, (unsigned long long)record->number);
        *entity = (struct slice){number, (size_t)length};
        return 0;
    }
    return demand_key(feed->stream, record, feed->entity, "the event has no entity", entity, err);
}

/* 1 also where the day is after the analysis date; *late is then set, and the record is not counted. */
static int read_time(struct funnel_feed *feed, const struct record *record, size_t column, struct funnel_row_in *row,
                     bool *late, struct error *err)
{
    struct moment moment;
    int32_t day;
    int result = demand_moment(feed->stream, record, column, &feed->dates, &moment, &day, err);

    if (result)
        return result;
    *late = feed->as_of != DAY_NONE && day > feed->as_of;
    if (*late)
        return 1;
    row->day = day;
    if (feed->options->whole_days)
        moment = (struct moment){.day = day};
    row->time = moment_to_microseconds(&moment);
    row->offset = moment.offset;
    row->has_offset = moment.has_offset;
    row->has_time = moment.has_time;
    return 0;
}

static struct slice text_of(const struct record *record, size_t column)
{
    return column == COLUMN_ABSENT ? SLICE("") : record->fields[column].text;
}

/* is_step: the amount of any other event is nobody's. */
static int read_values(struct funnel_feed *feed, const struct record *record, bool is_step,
                       struct funnel_values *values, struct error *err)
{
    struct slice group = text_of(record, feed->group);

    *values = (struct funnel_values){.has_amount = is_step && text_of(record, feed->amount).len > 0};
    if (!utf8_valid(group.ptr, group.len)) /* it will be written */
        return demand_refuse(feed->stream, record, feed->group, "not UTF-8", err);
    if (funnel_value_of(&feed->funnel->groups, group, &values->group, err) ||
        funnel_value_of(&feed->funnel->held, text_of(record, feed->held), &values->held, err))
        return -1;
    return values->has_amount ? demand_decimal(feed->stream, record, feed->amount, &values->amount, err) : 0;
}

/* ---- what an event is ---- */

static int test_conditions(struct funnel_feed *feed, const struct record *record, struct funnel_event *masks,
                           struct error *err)
{
    const struct funnel_steps *steps = &feed->options->steps;
    bool untyped = reader_untyped(feed->stream->inputs[record->input].reader);

    for (size_t i = 0; i < steps->columns.count; i++) {
        static const struct field absent = {.kind = FIELD_ABSENT};
        expression_set(&feed->values[i], feed->inputs[i] == COLUMN_ABSENT ? &absent : &record->fields[feed->inputs[i]],
                       untyped);
    }
    expression_next(&feed->context);
    for (int i = 0; i < steps->count; i++) {
        int result = expression_test(steps->items[i].condition, &feed->context, feed->values, err);
        if (result < 0) {
            const struct error why = *err;
            struct quote q;
            if (why.status != STATUS_DATA)
                return -1;
            return stream_reject(feed->stream, record, COLUMN_ABSENT, err, "step '%s': %s",
                                 quote_name(&q, steps->items[i].name), why.text)
                       ? -1
                       : 1;
        }
        if (result)
            masks->steps |= 1u << i;
    }
    return 0;
}

static int know_name(struct funnel_feed *feed, struct slice name, struct funnel_known *known, struct error *err)
{
    struct funnel_event masks;

    if (funnel_steps_match(&feed->options->steps, name, &masks, err))
        return -1;
    known->steps = masks.steps;
    known->breaks = masks.breaks;
    return funnel_kind_of(feed->funnel, masks.steps, masks.breaks, &known->kind, err);
}

/* By its name; names beyond a number of them, which then are hardly names, are not remembered. */
static int look_up(struct funnel_feed *feed, struct slice name, struct error *err)
{
    bool remembered = feed->names.count < NAMES_MAX || feed->options->report == FUNNEL_REPORT_EVENTS;
    bool added = false;

    feed->known = remembered ? group_get(&feed->names, name, &added) : group_find(&feed->names, name);
    if (!feed->known && remembered)
        return error_memory(err);
    if (!feed->known) {
        feed->unremembered = (struct funnel_known){0};
        feed->known = &feed->unremembered;
        added = true;
    }
    if (!added)
        return 0;
    feed->known->not_text = !utf8_valid(name.ptr, name.len);
    return know_name(feed, name, feed->known, err);
}

static int read_kind(struct funnel_feed *feed, const struct record *record, struct funnel_row_in *row,
                     struct funnel_event *masks, struct error *err)
{
    *masks = (struct funnel_event){0};
    if (feed->event != COLUMN_ABSENT) {
        if (look_up(feed, record->fields[feed->event].text, err))
            return -1;
        if (feed->known->not_text)
            return demand_refuse(feed->stream, record, feed->event, "not UTF-8", err);
        masks->steps = feed->known->steps;
        masks->breaks = feed->known->breaks;
        row->kind = feed->known->kind;
    }
    if (feed->options->step_list.count == 0)
        return 0;
    int result = test_conditions(feed, record, masks, err);
    return result ? result : funnel_kind_of(feed->funnel, masks->steps, masks->breaks, &row->kind, err);
}

/* ---- reading ---- */

static int keep_row(struct funnel_feed *feed, const struct record *record, struct slice entity, struct error *err)
{
    struct record row = *record;

    if (!feed->row_fields)
        return 0;
    memcpy(feed->row_fields, record->fields, feed->row_columns * sizeof *feed->row_fields);
    feed->row_fields[feed->row_columns] = field_text(entity);
    row.fields = feed->row_fields;
    row.count = feed->row_columns + 1;
    return kept_add(&feed->rows, &row, err);
}

static int take_rows(void *context, const void *rows, size_t count, struct error *err)
{
    return funnel_add(context, rows, count, err);
}

/* Adds the row later, with many others. */
static int add_soon(struct funnel_feed *feed, struct funnel_row_in *row, struct error *err)
{
    row->hash = group_hash(row->entity);
    return batches_add(feed->batches, row, err);
}

void funnel_feed_count(struct funnel_feed *feed, uint32_t steps, uint32_t breaks, bool has_offset)
{
    feed->breaks_seen |= breaks != 0;
    feed->with_offset += has_offset;
    feed->without_offset += !has_offset;
    for (; steps; steps &= steps - 1)
        feed->step_events[__builtin_ctz(steps)]++;
}

/* Whether an event that is no step and breaks nothing has a meaning: it comes in between, or keeps a session going. */
static bool all_matter(const struct funnel_feed *feed)
{
    return feed->options->rules.order == FUNNEL_STRICT || feed->options->session != FUNNEL_NO_LIMIT;
}

static void note_day(struct funnel_feed *feed, int32_t day)
{
    if (day > feed->last_day)
        feed->last_day = day;
}

static int take_event(struct funnel_feed *feed, const struct record *record, struct error *err)
{
    struct funnel_row_in row = {0};
    struct funnel_event masks = {0};
    bool late = false;
    int result = read_entity(feed, record, NULL, &row.entity, err);

    if (result == 0)
        result = read_time(feed, record, feed->time, &row, &late, err);
    if (late)
        stream_skip(feed->stream);
    if (result == 0)
        result = read_kind(feed, record, &row, &masks, err);
    bool matters = result == 0 && (masks.steps || masks.breaks || all_matter(feed));
    if (matters && feed->funnel->has_values)
        result = read_values(feed, record, masks.steps != 0, &row.values, err);
    if (result)
        return result < 0 ? -1 : 0;
    if (feed->known)
        feed->known->events++;
    note_day(feed, row.day);
    if (!matters)
        return 0;
    funnel_feed_count(feed, masks.steps, masks.breaks, row.has_offset);
    return add_soon(feed, &row, err);
}

/* All dates of a record are read before any is taken: a record that is set aside leaves nothing behind. */
static int take_wide(struct funnel_feed *feed, const struct record *record, struct error *err)
{
    struct funnel_row_in row = {0};
    char number[48];
    int result = read_entity(feed, record, number, &row.entity, err);

    if (result == 0 && feed->funnel->has_values)
        result = read_values(feed, record, true, &row.values, err);
    for (int pass = 0; pass < 2 && result == 0; pass++)
        for (size_t i = 0; i < feed->column_count && result == 0; i++) {
            const struct funnel_dates *dates = &feed->columns[i];
            struct funnel_row_in event = row;
            bool late = false;
            if (dates->column == COLUMN_ABSENT || record->fields[dates->column].text.len == 0)
                continue;
            result = read_time(feed, record, dates->column, &event, &late, err);
            if (late) { /* it is yet to come */
                result = 0;
            } else if (result == 0 && pass == 1) {
                event.kind = dates->kind;
                note_day(feed, event.day);
                funnel_feed_count(feed, dates->steps, dates->steps == 0, event.has_offset);
                result = add_soon(feed, &event, err);
            }
        }
    if (result < 0 || (result == 0 && keep_row(feed, record, row.entity, err)))
        return -1;
    return 0;
}

/* ---- what is odd ---- */

static void note_missing_step(const struct funnel_feed *feed, int step)
{
    const struct funnel_step *missing = &feed->options->steps.items[step];
    struct slice likely = {"", 0};
    size_t best = missing->event_count && missing->events[0].len > 5 ? 3 : 2; /* so many edits are another word */
    struct quote q;
    struct quote meant;

    for (size_t i = 0; missing->event_count && missing->events[0].len > 2 && i < feed->names.count && i < NAMES_MAX;
         i++) {
        size_t distance = edit_distance_folded(group_key(&feed->names, i), missing->events[0]);
        if (distance < best) {
            best = distance;
            likely = group_key(&feed->names, i);
        }
    }
    bool skipped = feed->options->has_stages && !feed->options->rules.credit;
    program_note("step '%s' never occurs%s%s%s%s", quote_name(&q, missing->name), likely.len ? "; did you mean '" : "",
                 likely.len ? quote(&meant, likely) : "", likely.len ? "'?" : "",
                 skipped ? "; --skipped credit counts those that left it out" : "");
}

static void note_oddities(const struct funnel_feed *feed)
{
    for (int i = 0; i < feed->options->steps.count; i++)
        if (feed->step_events[i] == 0 && (feed->names.count || feed->last_day != DAY_NONE))
            note_missing_step(feed, i);
    if (feed->options->excluded.count && !feed->breaks_seen && feed->last_day != DAY_NONE)
        program_note("no event of --exclude ever occurs");
    if (feed->with_offset && feed->without_offset)
        program_note("%llu times have no offset from UTC and are taken for UTC, %llu have one",
                     (unsigned long long)feed->without_offset, (unsigned long long)feed->with_offset);
}

static int read_all(struct funnel_feed *feed, struct error *err)
{
    struct record record;
    int more;

    while ((more = stream_next(feed->stream, &record, err)) > 0)
        if (feed->options->wide ? take_wide(feed, &record, err) : take_event(feed, &record, err))
            return -1;
    return more;
}

int funnel_feed_run(struct funnel_feed *feed, struct error *err)
{
    static const size_t texts[] = {offsetof(struct funnel_row_in, entity)};

    if (batches_new(&feed->batches, sizeof(struct funnel_row_in), texts, 1, feed->options->threads, take_rows,
                    feed->funnel, err))
        return -1;
    int failed = read_all(feed, err);
    failed = batches_finish(feed->batches, failed, err);
    batches_free(feed->batches);
    return failed || stream_finish(feed->stream, err) || funnel_feed_finish(feed, err) ? -1 : 0;
}

int funnel_feed_finish(struct funnel_feed *feed, struct error *err)
{
    if (feed->as_of == DAY_NONE)
        feed->as_of = feed->last_day;
    if (!feed->options->parts.partial) /* of a part nothing is odd */
        note_oddities(feed);
    return funnel_arrange(feed->funnel, err);
}

int funnel_feed_know(struct funnel_feed *feed, struct slice name, uint64_t events, struct error *err)
{
    if (look_up(feed, name, err))
        return -1;
    feed->known->events += events;
    return 0;
}

bool funnel_feed_knows_all(const struct funnel_feed *feed)
{
    return feed->names.count < NAMES_MAX || feed->options->report == FUNNEL_REPORT_EVENTS;
}

struct funnel_name funnel_feed_name(const struct funnel_feed *feed, size_t index)
{
    const struct funnel_known *known = group_state(&feed->names, index);

    return (struct funnel_name){
        .text = group_key(&feed->names, index),
        .events = known->events,
        .masks = {.steps = known->steps, .breaks = known->breaks},
    };
}
