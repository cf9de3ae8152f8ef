/* Events are read whole before the first lead: each is tried against the rules at once, and only what counts is kept.
 */
#include "analysis/score_feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/program.h"
#include "stream/where.h"

struct feed {
    struct score_events *events;
    const struct score_options *options;
    struct expression_context *context;
    struct stream *stream;
    size_t key, event, time;
    uint64_t anonymous;
    size_t *columns;                 /* per column of rules->event: its number in the records */
    struct expression_value *values; /* of them */
};

/* The column that tells whose event it is: as told, else of the leads' name, else by the vocabulary. */
static int find_key(struct feed *feed, const char *key, struct error *err)
{
    size_t column = COLUMN_ABSENT;
    struct reader *reader = feed->stream->inputs[0].reader;
    const char *given = feed->options->event_key;

    if (!given && key && reader_find(reader, slice_from_cstr(key), &column, err))
        return -1;
    if (!given && column != COLUMN_ABSENT)
        given = key;
    return stream_role(feed->stream, "--event-key", given, "entity_id", true, &feed->key, err);
}

/* What the expressions ask for, beside who, what and when. */
static int find_values(struct feed *feed, struct error *err)
{
    const struct expression_columns *wanted = &feed->events->rules->event;

    feed->columns = calloc(wanted->count + 1, sizeof *feed->columns);
    feed->values = calloc(wanted->count + 1, sizeof *feed->values);
    if (!feed->columns || !feed->values)
        return error_memory(err);
    for (size_t i = 0; i < wanted->count; i++)
        if (stream_expression_column(feed->stream, wanted->names[i], "--rules", &feed->columns[i], err))
            return -1;
    return 0;
}

/* 0: counted, or set aside; -1 */
static int add(struct feed *feed, const struct record *record, struct error *err)
{
    const struct reader *reader = feed->stream->inputs[record->input].reader;
    struct slice key = record->fields[feed->key].text, time = record->fields[feed->time].text;
    const struct field nothing = {SLICE_INIT(""), FIELD_ABSENT};
    struct quote q;
    int32_t day;

    if (!key.len) { /* a visitor who was not known */
        feed->anonymous++;
        stream_skip(feed->stream);
        return 0;
    }
    if (!date_read(&feed->context->dates, time, &day))
        return stream_reject(feed->stream, record, feed->time, err, time.len ? "'%s' is not a date" : "no date",
                             quote(&q, time));
    for (size_t i = 0; i < feed->events->rules->event.count; i++)
        expression_set(&feed->values[i],
                       feed->columns[i] == COLUMN_ABSENT ? &nothing : &record->fields[feed->columns[i]],
                       reader_untyped(reader));
    expression_next(feed->context);
    feed->context->as_of = day;
    if (!score_events_add(feed->events, key, record->fields[feed->event].text, day, feed->context, feed->values, err))
        return 0;
    if (err->status != STATUS_DATA)
        return -1;
    const struct error why = *err;
    return stream_reject(feed->stream, record, COLUMN_ABSENT, err, "%s", why.text);
}

static int read_all(struct feed *feed, const char *key, struct error *err)
{
    struct record record;
    int more = 1;

    if (find_key(feed, key, err) ||
        stream_role(feed->stream, "--event", feed->options->event, "event", true, &feed->event, err) ||
        stream_role(feed->stream, "--time", feed->options->event_time, "occurred_at", true, &feed->time, err) ||
        find_values(feed, err))
        return -1;
    if (feed->key == COLUMN_ABSENT) /* an empty file lacks nothing and has no event */
        return stream_finish(feed->stream, err);
    while ((more = stream_next(feed->stream, &record, err)) > 0)
        if (add(feed, &record, err))
            return -1;
    return more < 0 ? -1 : stream_finish(feed->stream, err);
}

int score_feed(struct score_events *events, const struct score_options *o, const char *key,
               struct expression_context *context, struct error *err)
{
    const struct stream_options options = {
        .reader = {.delimiter = o->event_delimiter ? o->event_delimiter : o->common.delimiter},
        .rejects = o->event_rejects,
        .limit = o->common.limit,
        .verbose = o->common.verbose};
    struct feed feed = {.events = events, .options = o, .context = context};
    char *path = (char *)(uintptr_t)o->events;

    int failed = stream_open(&feed.stream, &path, 1, &options, err) || stream_start(feed.stream, err) ||
                 read_all(&feed, key, err) || score_events_finish(events, err);
    if (!failed && feed.anonymous)
        program_note("%s: %llu events without a key count for nobody", o->events, (unsigned long long)feed.anonymous);
    stream_free(feed.stream);
    free(feed.columns);
    free(feed.values);
    return failed ? -1 : 0;
}
