/* The columns that a funnel is made of: by role in a log, by name in a table with a date for each step. */
#include <stdlib.h>
#include <string.h>

#include "analysis/funnel_feed.h"
#include "stream/roles.h"

static const char *const entity_roles[] = {"entity_id",   "deal_id",    "lead_id",  "contact_id",
                                           "customer_id", "account_id", "order_id", NULL};
static const char *const event_roles[] = {"event", "stage", NULL};
static const char *const time_roles[] = {"occurred_at", "entered_at", "created_at", NULL};

static int open_conditions(struct funnel_feed *feed, struct error *err)
{
    const struct expression_columns *columns = &feed->options->steps.columns;

    if (columns->count == 0)
        return 0;
    feed->inputs = malloc(columns->count * sizeof *feed->inputs);
    feed->values = calloc(columns->count, sizeof *feed->values);
    if (!feed->inputs || !feed->values)
        return error_memory(err);
    for (size_t i = 0; i < columns->count; i++)
        if (stream_expression_column(feed->stream, columns->names[i], "--step", &feed->inputs[i], err))
            return -1;
    return 0;
}

static int open_dates(struct funnel_feed *feed, struct slice name, const char *option, uint32_t steps, uint32_t breaks,
                      struct error *err)
{
    struct funnel_dates *dates = &feed->columns[feed->column_count++];
    char *text = strndup(name.ptr, name.len);

    if (!text)
        return error_memory(err);
    dates->steps = steps;
    int failed = stream_column_anywhere(feed->stream, option, text, &dates->column, err) ||
                 funnel_kind_of(feed->funnel, steps, breaks, &dates->kind, err);
    free(text);
    return failed;
}

static int open_wide(struct funnel_feed *feed, struct error *err)
{
    const struct funnel_steps *steps = &feed->options->steps;
    size_t count = steps->exclusion_count;

    for (int i = 0; i < steps->count; i++)
        count += steps->items[i].event_count;
    feed->columns = malloc(count * sizeof *feed->columns);
    if (!feed->columns)
        return error_memory(err);
    for (int i = 0; i < steps->count; i++)
        for (size_t j = 0; j < steps->items[i].event_count; j++)
            if (open_dates(feed, steps->items[i].events[j], "--steps", 1u << i, 0, err))
                return -1;
    for (size_t i = 0; i < steps->exclusion_count; i++)
        if (open_dates(feed, steps->exclusions[i].event, "--exclude", 0, steps->exclusions[i].breaks, err))
            return -1;
    return 0;
}

/* A list of entities that have a row each is a list of these rows. */
static int open_rows(struct funnel_feed *feed, struct error *err)
{
    const struct funnel_options *o = feed->options;

    if (!o->wide || (!o->dropped && !o->converted && o->report != FUNNEL_REPORT_ENTITIES))
        return 0;
    if (stream_all(feed->stream, err))
        return -1;
    feed->row_columns = feed->stream->column_count;
    kept_init(&feed->rows, feed->row_columns + 1);
    feed->row_fields = malloc((feed->row_columns + 1) * sizeof *feed->row_fields);
    return feed->row_fields ? 0 : error_memory(err);
}

static int open_columns(struct funnel_feed *feed, struct error *err)
{
    const struct funnel_options *o = feed->options;
    struct stream *stream = feed->stream;

    if (open_rows(feed, err) ||
        stream_role_among(stream, "--entity", o->entity, entity_roles, !o->wide, &feed->entity, err))
        return -1;
    if (o->wide ? open_wide(feed, err)
                : (stream_role_among(stream, "--event", o->event, event_roles, o->step_list.count == 0, &feed->event,
                                     err) ||
                   stream_role_among(stream, "--time", o->time, time_roles, true, &feed->time, err) ||
                   open_conditions(feed, err)))
        return -1;
    if ((o->group && stream_column_anywhere(stream, "--by", o->group, &feed->group, err)) ||
        (o->held && stream_column_anywhere(stream, "--hold", o->held, &feed->held, err)) ||
        (o->amount && stream_column_anywhere(stream, "--amount", o->amount, &feed->amount, err)))
        return -1;
    if (o->group)
        feed->group_name = stream_column_name(stream, feed->group, o->group);
    for (size_t i = 0; feed->entity != COLUMN_ABSENT && i < stream->input_count; i++) {
        size_t column = stream->columns[feed->entity].bound[i];
        if (column != COLUMN_ABSENT) {
            feed->entity_name = stream->inputs[i].reader->names[column];
            break;
        }
    }
    return 0;
}

int funnel_feed_open(struct funnel_feed *feed, const struct funnel_options *options, struct stream *stream,
                     struct funnel *funnel, struct error *err)
{
    *feed = (struct funnel_feed){
        .options = options,
        .stream = stream,
        .funnel = funnel,
        .dates = {.format = options->date_format},
        .as_of = DAY_NONE,
        .last_day = DAY_NONE,
    };
    group_init(&feed->names, sizeof(struct funnel_known));
    arena_init(&feed->arena);
    if (options->common.tz && time_zone_open(&feed->dates.zone, options->common.tz, err)) {
        error_prefix(err, "option '--tz': ");
        return -1;
    }
    if (options->common.as_of && analysis_day(options->common.as_of, &feed->dates.zone, &feed->as_of, err))
        return -1;
    feed->context.dates = feed->dates;
    feed->context.as_of = feed->as_of;
    feed->entity = feed->event = feed->time = feed->group = feed->held = feed->amount = COLUMN_ABSENT;
    feed->entity_name = SLICE("entity_id");
    feed->group_name = slice_from_cstr(options->group ? options->group : "");
    return options->parts.merge ? 0 : open_columns(feed, err);
}

void funnel_feed_fini(struct funnel_feed *feed)
{
    group_fini(&feed->names);
    arena_fini(&feed->arena);
    expression_context_fini(&feed->context);
    free(feed->inputs);
    free(feed->values);
    free(feed->columns);
    free(feed->row_fields);
    kept_fini(&feed->rows);
}
