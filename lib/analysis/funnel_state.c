/* Funnel state: events in chunks, as they come; each knows its entity. At the end they are counted out by entity: the
 * numbers of an entity's events then stand together, in the order of the input. The events themselves stay where they
 * are: a number is 4 bytes, an event 16. */
#include "analysis/funnel_state_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A row's kind, how its time is written, and the minutes of its offset, so many above 0; 0: it has none. */
enum { KIND_BITS = 19, KINDS = 1 << KIND_BITS, OFFSET_SHIFT = KIND_BITS + 1, OFFSET_ZERO = 1441 };
#define TIME_BIT ((uint32_t)KINDS)

void funnel_init(struct funnel *funnel, bool has_values)
{
    *funnel = (struct funnel){.has_values = has_values};
    group_init(&funnel->entities, sizeof(struct funnel_entity));
    group_init(&funnel->groups, 0);
    group_init(&funnel->held, 0);
}

void funnel_drop_events(struct funnel *funnel)
{
    for (size_t i = 0; i < funnel->chunk_count; i++) {
        free(funnel->chunks[i]);
        if (funnel->has_values)
            free(funnel->value_chunks[i]);
    }
    funnel->chunk_count = 0;
    funnel->count = 0;
    group_fini(&funnel->entities);
    group_init(&funnel->entities, sizeof(struct funnel_entity));
}

void funnel_fini(struct funnel *funnel)
{
    funnel_drop_events(funnel);
    free(funnel->chunks);
    free(funnel->value_chunks);
    free(funnel->kinds);
    free(funnel->order);
    free(funnel->begin);
    spill_free(funnel->spill);
    free(funnel->places);
    group_fini(&funnel->groups);
    group_fini(&funnel->held);
    *funnel = (struct funnel){0};
}

int funnel_kind_of(struct funnel *funnel, uint32_t steps, uint32_t breaks, uint32_t *kind, struct error *err)
{
    for (size_t i = 0; i < funnel->kind_count; i++)
        if (funnel->kinds[i].steps == steps && funnel->kinds[i].breaks == breaks) {
            *kind = (uint32_t)i;
            return 0;
        }
    if (funnel->kind_count == KINDS)
        return error_set(err, STATUS_DATA, "events of more than %d combinations of steps", KINDS);
    if (ARRAY_GROW(funnel->kinds, funnel->kind_capacity, funnel->kind_count + 1))
        return error_memory(err);
    *kind = (uint32_t)funnel->kind_count;
    funnel->kinds[funnel->kind_count++] = (struct funnel_kind){steps, breaks};
    return 0;
}

int funnel_value_of(struct group_table *values, struct slice text, uint32_t *value, struct error *err)
{
    bool added;

    *value = FUNNEL_NO_VALUE;
    if (text.len == 0)
        return 0;
    const void *state = group_get(values, text, &added);
    if (!state)
        return error_memory(err);
    *value = (uint32_t)group_index(state);
    return 0;
}

static int add_chunk(struct funnel *funnel)
{
    struct funnel_row *rows = NULL;
    struct funnel_values *values = NULL;

    if (ARRAY_GROW(funnel->chunks, funnel->chunk_capacity, funnel->chunk_count + 1) ||
        (funnel->has_values && ARRAY_GROW(funnel->value_chunks, funnel->value_chunk_capacity, funnel->chunk_count + 1)))
        return -1;
    rows = memory_large(FUNNEL_CHUNK, sizeof *rows);
    if (funnel->has_values)
        values = memory_large(FUNNEL_CHUNK, sizeof *values);
    if (!rows || (funnel->has_values && !values)) {
        free(rows);
        free(values);
        return -1;
    }
    funnel->chunks[funnel->chunk_count] = rows;
    if (funnel->has_values)
        funnel->value_chunks[funnel->chunk_count] = values;
    funnel->chunk_count++;
    return 0;
}

uint32_t funnel_row_kind(const struct funnel_row_in *row)
{
    uint32_t kind = row->has_time ? row->kind | TIME_BIT : row->kind;

    return row->has_offset ? kind | (uint32_t)(row->offset / 60 + OFFSET_ZERO) << OFFSET_SHIFT : kind;
}

int funnel_append(struct funnel *funnel, struct funnel_entity *entity, int64_t time, uint32_t kind,
                  const struct funnel_values *values, struct error *err)
{
    if (funnel->count >= UINT32_MAX - 1)
        return error_set(err, STATUS_DATA, "more than %u events", UINT32_MAX - 1);
    if (funnel->count == funnel->chunk_count << FUNNEL_CHUNK_BITS && add_chunk(funnel))
        return error_memory(err);
    entity->events++;
    size_t at = funnel->count & (FUNNEL_CHUNK - 1);
    funnel->chunks[funnel->chunk_count - 1][at] =
        (struct funnel_row){.time = time, .entity = (uint32_t)group_index(entity), .kind = kind};
    if (funnel->has_values)
        funnel->value_chunks[funnel->chunk_count - 1][at] = *values;
    funnel->count++;
    return 0;
}

static int add_one(struct funnel *funnel, const struct funnel_row_in *row, struct error *err)
{
    bool added;
    struct funnel_entity *entity = group_get_hashed(&funnel->entities, row->entity, row->hash, &added);

    if (!entity)
        return error_memory(err);
    return funnel_append(funnel, entity, row->time, funnel_row_kind(row), &row->values, err);
}

/* Two hints before a look-up: its slot, and AHEAD rows later the group in that slot. */
int funnel_add(struct funnel *funnel, const struct funnel_row_in *rows, size_t count, struct error *err)
{
    enum { AHEAD = 16 };

    if (funnel->limit && !funnel->spill && funnel_spill_check(funnel, count, err))
        return -1;
    funnel->row_count += count;
    if (funnel->spill)
        return funnel_spill_rows(funnel, rows, count, err);
    for (size_t i = 0; i < count + 2 * AHEAD; i++) {
        if (i < count)
            group_prefetch_slot(&funnel->entities, rows[i].hash);
        if (i >= AHEAD && i - AHEAD < count)
            group_prefetch_state(&funnel->entities, rows[i - AHEAD].hash);
        if (i >= 2 * AHEAD && add_one(funnel, &rows[i - 2 * AHEAD], err))
            return -1;
    }
    return 0;
}

int funnel_arrange(struct funnel *funnel, struct error *err)
{
    size_t entities = funnel->entities.count;
    uint32_t sum = 0;

    funnel->begin = memory_large(entities + 1, sizeof *funnel->begin);
    funnel->order = memory_large(funnel->count + 1, sizeof *funnel->order);
    if (!funnel->begin || !funnel->order)
        return error_memory(err);
    for (size_t i = 0; i < entities; i++) {
        const struct funnel_entity *entity = group_state(&funnel->entities, i);
        funnel->begin[i] = sum;
        sum += entity->events;
    }
    for (uint32_t i = 0; i < funnel->count; i++)
        funnel->order[funnel->begin[funnel_row_at(funnel, i)->entity]++] = i;
    for (size_t i = entities; i > 0; i--) /* each now stands where the next begins */
        funnel->begin[i] = funnel->begin[i - 1];
    funnel->begin[0] = 0;
    return 0;
}

int funnel_entity_events(const struct funnel *funnel, size_t entity, struct funnel_room *room, size_t *count,
                         struct error *err)
{
    const uint32_t *order = &funnel->order[funnel->begin[entity]];

    *count = funnel->begin[entity + 1] - funnel->begin[entity];
    if (ARRAY_GROW(room->events, room->capacity, *count))
        return error_memory(err);
    for (size_t i = 0; i < *count; i++) {
        const struct funnel_row *row = funnel_row_at(funnel, order[i]);
        const struct funnel_kind *kind = &funnel->kinds[row->kind & (KINDS - 1)];
        room->events[i] =
            (struct funnel_event){.time = row->time, .steps = kind->steps, .breaks = kind->breaks, .source = order[i]};
    }
    funnel_sort(room->events, *count);
    return 0;
}

void funnel_room_fini(struct funnel_room *room)
{
    free(room->events);
    *room = (struct funnel_room){0};
}

const struct funnel_values *funnel_event_values(const struct funnel *funnel, uint32_t event)
{
    return &funnel->value_chunks[event >> FUNNEL_CHUNK_BITS][event & (FUNNEL_CHUNK - 1)];
}

bool funnel_event_offset(const struct funnel *funnel, uint32_t event, int32_t *offset)
{
    uint32_t minutes = funnel_row_at(funnel, event)->kind >> OFFSET_SHIFT;

    *offset = minutes ? ((int32_t)minutes - OFFSET_ZERO) * 60 : 0;
    return minutes != 0;
}

struct moment funnel_event_moment(const struct funnel *funnel, const struct funnel_event *event)
{
    int32_t offset;
    bool has_offset = funnel_event_offset(funnel, event->source, &offset);
    struct moment moment = moment_from_microseconds(event->time + offset * 1000000LL, has_offset);

    moment.offset = offset;
    moment.has_time = (funnel_row_at(funnel, event->source)->kind & TIME_BIT) != 0;
    return moment;
}
