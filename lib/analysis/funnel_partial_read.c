/* Parts of a funnel, read: events are added to the state as if they had been read from the input, entity by entity.
 *
 * What is numbered in a part (values, kinds of events) has other numbers in the state; they are looked up once a part.
 */
#include <stdlib.h>

#include "analysis/funnel_partial.h"
#include "base/batches.h"
#include "base/memory.h"
#include "value/duration.h"

enum { OFFSETS = 24 * 60 };

/* What an event can be, and how its values are written. */
struct form {
    struct funnel_row_in row; /* with what all events of the kind have */
    uint32_t steps, breaks;
    bool has_amount;
    int64_t unit; /* microseconds */
};

/* Numbers of values in the state, in the order of the part. */
struct numbers {
    uint32_t *items; /* owned */
    size_t count, capacity;
};

struct reading {
    struct funnel_feed *feed;
    struct partial_reader reader;
    struct form *forms; /* owned */
    size_t form_count, form_capacity;
    struct numbers groups, held;
    struct batches *batches; /* of rows */
    struct buffer key;
};

static int refuse_values(struct reading *reading, const char *what, struct error *err)
{
    return partial_refuse(&reading->reader, PARTIAL_COLUMNS, what, err);
}

/* ---- the beginning ---- */

/* The first part that has the column says what it is called. */
static int take_name(struct reading *reading, size_t fact, bool *known, struct slice *name, struct error *err)
{
    struct slice text = partial_text(&reading->reader, fact);

    if (*known || text.len == 0)
        return 0;
    const char *copy = arena_copy(&reading->feed->arena, text);
    if (!copy)
        return error_memory(err);
    *name = (struct slice){copy, text.len};
    *known = true;
    return 0;
}

static int take_begin(struct reading *reading, struct error *err)
{
    struct funnel_feed *feed = reading->feed;
    int32_t day;

    reading->form_count = reading->groups.count = reading->held.count = 0;
    if (partial_day(&reading->reader, FUNNEL_PARTIAL_LAST_DAY, &day, err) ||
        take_name(reading, FUNNEL_PARTIAL_ENTITY_NAME, &feed->entity_named, &feed->entity_name, err) ||
        take_name(reading, FUNNEL_PARTIAL_BY_NAME, &feed->group_named, &feed->group_name, err))
        return -1;
    if (day > feed->last_day)
        feed->last_day = day;
    if (feed->options->report == FUNNEL_REPORT_EVENTS &&
        !slice_equal_cstr(partial_text(&reading->reader, FUNNEL_PARTIAL_NAMES), "all"))
        return refuse_values(reading, "the part has not all names of events: make it with --report events, too", err);
    return 0;
}

/* ---- what events refer to ---- */

static int take_known(struct reading *reading, struct error *err)
{
    int64_t events;

    if (partial_integer(&reading->reader, FUNNEL_PARTIAL_VALUES, 0, INT64_MAX, &events, err))
        return -1;
    return funnel_feed_know(reading->feed, partial_text(&reading->reader, FUNNEL_PARTIAL_TEXT), (uint64_t)events, err);
}

static int take_value(struct reading *reading, struct numbers *numbers, struct group_table *values, struct error *err)
{
    if (ARRAY_GROW(numbers->items, numbers->capacity, numbers->count + 1))
        return error_memory(err);
    return funnel_value_of(values, partial_text(&reading->reader, FUNNEL_PARTIAL_TEXT),
                           &numbers->items[numbers->count++], err);
}

static int take_form(struct reading *reading, struct error *err)
{
    struct slice list = partial_text(&reading->reader, FUNNEL_PARTIAL_VALUES);
    int64_t steps, breaks, has_time, offset, has_amount, unit;
    int64_t most = ((int64_t)1 << reading->feed->options->steps.count) - 1;
    struct funnel_row_in row = {0};

    if (!partial_take_integer(&list, 0, most, &steps) || !partial_take_integer(&list, 0, most, &breaks) ||
        !partial_take_integer(&list, 0, 1, &has_time) ||
        !partial_take_integer(&list, -OFFSETS, FUNNEL_PARTIAL_NO_OFFSET, &offset) ||
        (offset > OFFSETS && offset != FUNNEL_PARTIAL_NO_OFFSET) || !partial_take_integer(&list, 0, 1, &has_amount) ||
        !partial_take_integer(&list, 1, MICROSECONDS_PER_SECOND, &unit) || list.len)
        return partial_refuse(&reading->reader, FUNNEL_PARTIAL_VALUES, "not a kind of event", err);
    row.has_time = has_time;
    row.has_offset = offset != FUNNEL_PARTIAL_NO_OFFSET;
    row.offset = row.has_offset ? (int32_t)offset * 60 : 0;
    if (ARRAY_GROW(reading->forms, reading->form_capacity, reading->form_count + 1))
        return error_memory(err);
    if (funnel_kind_of(reading->feed->funnel, (uint32_t)steps, (uint32_t)breaks, &row.kind, err))
        return -1;
    reading->forms[reading->form_count++] = (struct form){.row = row,
                                                          .steps = (uint32_t)steps,
                                                          .breaks = (uint32_t)breaks,
                                                          .has_amount = has_amount && reading->feed->options->amount,
                                                          .unit = unit};
    return 0;
}

/* ---- events ---- */

static int add_rows(void *context, const void *rows, size_t count, struct error *err)
{
    return funnel_add(context, rows, count, err);
}

static bool take_number(const struct numbers *numbers, struct slice *list, uint32_t *number)
{
    int64_t index;

    if (!partial_take_integer(list, 0, (int64_t)numbers->count, &index))
        return false;
    *number = index ? numbers->items[index - 1] : FUNNEL_NO_VALUE;
    return true;
}

static bool take_values(const struct reading *reading, const struct form *form, struct slice *list,
                        struct funnel_values *values)
{
    const struct funnel_options *o = reading->feed->options;
    struct decimal_sum amount = {0};

    *values = (struct funnel_values){FUNNEL_NO_VALUE, FUNNEL_NO_VALUE, form->has_amount, {0, 0}};
    if ((o->group && !take_number(&reading->groups, list, &values->group)) ||
        (o->held && !take_number(&reading->held, list, &values->held)) ||
        (form->has_amount && !partial_take_sum(list, &amount)) || amount.units > INT64_MAX || amount.units < INT64_MIN)
        return false;
    values->amount = (struct decimal){(int64_t)amount.units, amount.scale};
    return true;
}

/* The next event of an entity; *time is that of the one before. */
static bool take_event(struct reading *reading, struct slice *list, int64_t *time, struct funnel_row_in *row,
                       const struct form **form)
{
    const int64_t first = (DAY_MIN - 2) * MICROSECONDS_PER_DAY;
    const int64_t last = (DAY_MAX + 2) * MICROSECONDS_PER_DAY;
    struct slice entity = row->entity;
    uint64_t hash = row->hash;
    int64_t passed, number;

    if (!partial_take_integer(list, first, last, &passed) ||
        !partial_take_integer(list, 0, (int64_t)reading->form_count - 1, &number))
        return false;
    *form = &reading->forms[number];
    if (__builtin_mul_overflow(passed, (*form)->unit, &passed) || __builtin_add_overflow(*time, passed, time) ||
        *time < first || *time > last)
        return false;
    *row = (*form)->row;
    row->entity = entity;
    row->hash = hash;
    row->time = *time;
    return !reading->feed->funnel->has_values || take_values(reading, *form, list, &row->values);
}

/* Without a column of entities each record of the input was one, known by its number in its part. */
static int find_entity(struct reading *reading, struct slice *entity, struct error *err)
{
    if (partial_key(&reading->reader, FUNNEL_PARTIAL_TEXT, entity, err))
        return -1;
    if (!reading->feed->options->wide || reading->feed->entity_named)
        return 0;
    buffer_clear(&reading->key);
    if (buffer_printf(&reading->key, "%zu:%.*s", reading->reader.parts, SLICE_ARG(*entity)))
        return error_memory(err);
    *entity = buffer_slice(&reading->key);
    return 0;
}

static int take_entity(struct reading *reading, struct error *err)
{
    struct slice list = partial_text(&reading->reader, FUNNEL_PARTIAL_VALUES);
    struct funnel_row_in row = {0};
    const struct form *form;
    int64_t time = 0;

    if (find_entity(reading, &row.entity, err))
        return -1;
    row.hash = group_hash(row.entity);
    while (list.len) {
        if (!take_event(reading, &list, &time, &row, &form))
            return refuse_values(reading, "events that cannot be", err);
        funnel_feed_count(reading->feed, form->steps, form->breaks, row.has_offset);
        if (batches_add(reading->batches, &row, err))
            return -1;
    }
    return 0;
}

/* ---- all ---- */

static int take_record(struct reading *reading, struct error *err)
{
    struct funnel *funnel = reading->feed->funnel;

    switch (reading->reader.kind) {
    case PARTIAL_BEGIN:
        return take_begin(reading, err);
    case FUNNEL_PARTIAL_NAME:
        return take_known(reading, err);
    case FUNNEL_PARTIAL_BY:
        return take_value(reading, &reading->groups, &funnel->groups, err);
    case FUNNEL_PARTIAL_HOLD:
        return take_value(reading, &reading->held, &funnel->held, err);
    case FUNNEL_PARTIAL_KIND:
        return take_form(reading, err);
    default:
        return take_entity(reading, err);
    }
}

static int read_all(struct reading *reading, struct error *err)
{
    int more;

    while ((more = partial_next(&reading->reader, err)) > 0)
        if (take_record(reading, err))
            return -1;
    return more;
}

/* Events are added by a second thread, as those of the input are. */
static int read_parts(struct reading *reading, enum format *to, struct error *err)
{
    static const size_t texts[] = {offsetof(struct funnel_row_in, entity)};
    struct funnel_feed *feed = reading->feed;

    if (batches_new(&reading->batches, sizeof(struct funnel_row_in), texts, 1, feed->options->threads, add_rows,
                    feed->funnel, err))
        return -1;
    int failed = read_all(reading, err);
    failed = batches_finish(reading->batches, failed, err);
    batches_free(reading->batches);
    return failed || partial_read_finish(&reading->reader, &feed->options->common, to, err) ? -1 : 0;
}

int funnel_partial_read(const struct funnel_partial *plan, struct funnel_feed *feed, enum format *to, struct error *err)
{
    struct reading *reading = calloc(1, sizeof *reading);

    if (!reading)
        return error_memory(err);
    reading->feed = feed;
    buffer_init(&reading->key);
    int failed = partial_read_open(&reading->reader, &plan->plan, feed->stream, err) || read_parts(reading, to, err);
    partial_reader_free(&reading->reader);
    buffer_fini(&reading->key);
    free(reading->forms);
    free(reading->groups.items);
    free(reading->held.items);
    free(reading);
    return failed || funnel_feed_finish(feed, err) ? -1 : 0;
}
