/* Parts of a funnel. An entity's events are written in the order they are followed in, in which each is a few bytes:
 * the time since the one before, and the number of what it is. Merging adds them as if they were read again: which of
 * two events of an entity at one instant came first is told by the order of the parts, and of the events in a part. */
#include "analysis/funnel_partial.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "value/duration.h"

static const char *const kind_names[FUNNEL_PARTIAL_KINDS] = {"name", "by", "hold", "kind", "entity"};
static const char *const column_names[FUNNEL_PARTIAL_COLUMNS] = {"last_day", "entity", "by", "names", "text", "values"};

/* ---- the plan ---- */

static const char *list_text(struct arena *arena, const struct option_list *list)
{
    struct buffer text;
    const char *copy = NULL;
    int failed = 0;

    buffer_init(&text);
    for (size_t i = 0; i < list->count; i++)
        failed |= buffer_printf(&text, "%s%s", i ? "; " : "", list->items[i]);
    if (!failed)
        copy = arena_copy(arena, buffer_slice(&text));
    buffer_fini(&text);
    return copy;
}

static const char *yes(bool given)
{
    return given ? "yes" : NULL;
}

int funnel_partial_init(struct funnel_partial *plan, const struct funnel_options *o, struct error *err)
{
    *plan = (struct funnel_partial){0};
    arena_init(&plan->arena);
    const char *step = list_text(&plan->arena, &o->step_list);
    const char *exclude = list_text(&plan->arena, &o->excluded);
    const char *stages = stages_fingerprint_text(&o->stages, &plan->arena); /* before any record was read */
    bool others = o->rules.order == FUNNEL_STRICT || o->session != FUNNEL_NO_LIMIT;
    const struct partial_option options[] = {
        {"wide", yes(o->wide)},
        {"whole-days", yes(o->whole_days)},
        {"as-of", o->common.as_of},
        {"tz", o->common.tz},
        {"where", o->common.where},
        {"steps", o->steps_text},
        {"step", o->step_list.count ? step : NULL},
        {"stages", o->has_stages ? stages : NULL},
        {"exclude", o->excluded.count ? exclude : NULL},
        {"by", o->group},
        {"hold", o->held},
        {"amount", o->amount},
        {"order", others ? "strict-or-session" : NULL},
    };

    if (!step || !exclude || !stages)
        return error_memory(err);
    memcpy(plan->options, options, sizeof options);
    plan->plan = (struct partial_plan){
        .program = "crm-funnel",
        .version = 1,
        .options = plan->options,
        .option_count = sizeof options / sizeof *options,
        .kinds = kind_names,
        .kind_count = FUNNEL_PARTIAL_KINDS,
        .columns = column_names,
        .column_count = FUNNEL_PARTIAL_COLUMNS,
        .fact_count = FUNNEL_PARTIAL_FACTS,
    };
    return 0;
}

void funnel_partial_fini(struct funnel_partial *plan)
{
    arena_fini(&plan->arena);
    *plan = (struct funnel_partial){0};
}

/* ---- writing ---- */

/* What an event can be, and how its values are written. */
struct form {
    uint32_t steps, breaks;
    int32_t has_time;
    int32_t offset; /* minutes, or FUNNEL_PARTIAL_NO_OFFSET */
    int32_t has_amount;
    int32_t unit; /* microseconds */
};

struct writing {
    const struct funnel_feed *feed;
    struct partial_writer writer;
    struct group_table forms; /* struct form; no state */
    struct funnel_room room;
    struct buffer list;
};

static struct form form_of(const struct funnel *funnel, const struct funnel_event *event, int64_t passed)
{
    struct moment moment = funnel_event_moment(funnel, event);

    return (struct form){
        .steps = event->steps,
        .breaks = event->breaks,
        .has_time = moment.has_time,
        .offset = moment.has_offset ? moment.offset / 60 : FUNNEL_PARTIAL_NO_OFFSET,
        .has_amount = funnel->has_values && funnel_event_values(funnel, event->source)->has_amount,
        .unit = passed % MICROSECONDS_PER_SECOND ? 1 : MICROSECONDS_PER_SECOND,
    };
}

static int put_form(struct writing *writing, const struct form *form, struct error *err)
{
    const int64_t numbers[] = {form->steps, form->breaks, form->has_time, form->offset, form->has_amount, form->unit};
    struct buffer list;
    int failed = 0;

    buffer_init(&list);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && !failed; i++)
        failed = partial_list_integer(&list, numbers[i]) ? error_memory(err) : 0;
    if (!failed) {
        struct row *row = partial_record(&writing->writer, FUNNEL_PARTIAL_KIND);
        row_null(row);
        row_text(row, buffer_slice(&list));
        failed = partial_put(&writing->writer, err);
    }
    buffer_fini(&list);
    return failed;
}

/* The number of a form, which is written when it is new. */
static int find_form(struct writing *writing, const struct form *form, int64_t *number, struct error *err)
{
    bool added;
    const void *state = group_get(&writing->forms, (struct slice){(const char *)form, sizeof *form}, &added);

    if (!state)
        return error_memory(err);
    *number = (int64_t)group_index(state);
    return added ? put_form(writing, form, err) : 0;
}

static int list_value(struct buffer *list, uint32_t value)
{
    return partial_list_integer(list, value == FUNNEL_NO_VALUE ? 0 : (int64_t)value + 1);
}

/* passed: since the event before. */
static int list_event(struct writing *writing, const struct funnel_event *event, int64_t passed, struct error *err)
{
    const struct funnel *funnel = writing->feed->funnel;
    const struct funnel_options *o = writing->feed->options;
    struct form form = form_of(funnel, event, passed);
    struct buffer *list = &writing->list;
    int64_t number = 0;

    if (find_form(writing, &form, &number, err))
        return -1;
    int failed = partial_list_integer(list, passed / form.unit) || partial_list_integer(list, number);
    if (funnel->has_values) {
        const struct funnel_values *values = funnel_event_values(funnel, event->source);
        failed = failed || (o->group && list_value(list, values->group)) ||
                 (o->held && list_value(list, values->held)) ||
                 (values->has_amount && partial_list_decimal(list, values->amount.units, values->amount.scale));
    }
    return failed ? error_memory(err) : 0;
}

static int put_list(struct writing *writing, size_t kind, struct slice text, struct error *err)
{
    struct row *row = partial_record(&writing->writer, kind);

    row_text(row, text);
    row_text(row, buffer_slice(&writing->list));
    int failed = partial_put(&writing->writer, err);
    buffer_clear(&writing->list);
    return failed;
}

static int put_entity(struct writing *writing, size_t entity, struct error *err)
{
    const struct funnel *funnel = writing->feed->funnel;
    struct slice text = group_key(&funnel->entities, entity);
    int64_t before = 0;
    size_t count;

    if (funnel_entity_events(funnel, entity, &writing->room, &count, err))
        return -1;
    for (size_t i = 0; i < count; i++) {
        const struct funnel_event *event = &writing->room.events[i];
        if (list_event(writing, event, event->time - before, err))
            return -1;
        before = event->time;
        if (writing->list.len < PARTIAL_LIST && i + 1 < count)
            continue;
        if (put_list(writing, FUNNEL_PARTIAL_ENTITY, text, err))
            return -1;
        before = 0;
    }
    return 0;
}

static int put_names(struct writing *writing, struct error *err)
{
    const struct funnel_feed *feed = writing->feed;

    for (size_t i = 0; i < feed->names.count; i++) {
        struct funnel_name name = funnel_feed_name(feed, i);
        if (!utf8_valid(name.text.ptr, name.text.len)) /* no event has it */
            continue;
        if (partial_list_integer(&writing->list, (int64_t)name.events))
            return error_memory(err);
        if (put_list(writing, FUNNEL_PARTIAL_NAME, name.text, err))
            return -1;
    }
    return 0;
}

static int put_values(struct writing *writing, size_t kind, const struct group_table *values, struct error *err)
{
    for (size_t i = 0; i < values->count; i++)
        if (put_list(writing, kind, group_key(values, i), err))
            return -1;
    return 0;
}

/* Inputs without a header, which lack nothing, do not name the column. */
static bool is_bound(const struct stream *stream, size_t column)
{
    for (size_t i = 0; column != COLUMN_ABSENT && i < stream->input_count; i++)
        if (stream->columns[column].bound[i] != COLUMN_ABSENT)
            return true;
    return false;
}

static int put_facts(struct writing *writing, struct error *err)
{
    const struct funnel_feed *feed = writing->feed;
    struct row *row = partial_begin(&writing->writer, feed->stream);

    row_day(row, feed->last_day);
    row_text(row, is_bound(feed->stream, feed->entity) ? feed->entity_name : SLICE(""));
    row_text(row, is_bound(feed->stream, feed->group) ? feed->group_name : SLICE(""));
    row_text(row, funnel_feed_knows_all(feed) ? SLICE("all") : SLICE("some"));
    return partial_put(&writing->writer, err);
}

static int put_all(struct writing *writing, struct error *err)
{
    const struct funnel *funnel = writing->feed->funnel;
    int failed = put_facts(writing, err) || put_names(writing, err) ||
                 put_values(writing, FUNNEL_PARTIAL_BY, &funnel->groups, err) ||
                 put_values(writing, FUNNEL_PARTIAL_HOLD, &funnel->held, err);

    for (size_t i = 0; i < funnel->entities.count && !failed; i++)
        failed = put_entity(writing, i, err);
    return failed || partial_finish(&writing->writer, err) ? -1 : 0;
}

int funnel_partial_write(const struct funnel_partial *plan, const struct funnel_feed *feed, struct output *output,
                         struct error *err)
{
    struct writing writing = {.feed = feed};

    group_init(&writing.forms, 0);
    buffer_init(&writing.list);
    int failed = partial_write_open(&writing.writer, &plan->plan, output, &feed->options->common, feed->stream, err) ||
                 put_all(&writing, err);
    partial_writer_free(&writing.writer);
    group_fini(&writing.forms);
    funnel_room_fini(&writing.room);
    buffer_fini(&writing.list);
    return failed ? -1 : 0;
}
