/* Funnels that outgrow their memory. Once what is kept reaches the limit it goes to a spill, event by event, and so do
 * all events from then on, spread over parts by the hash of their entity; at the end each part is read into a state of
 * its own, and one that outgrows the memory spills in its turn. */
#include <stdlib.h>

#include "analysis/funnel_state_parts.h"
#include "base/memory.h"

/* What a record begins with; the values follow where there are any, then the entity. */
struct head {
    uint64_t place;
    int64_t time;
    uint32_t kind;
};

static size_t bytes_of(const struct funnel *funnel, size_t more)
{
    size_t event = sizeof(struct funnel_row) + sizeof(uint32_t); /* in the list at the end */

    if (funnel->has_values)
        event += sizeof(struct funnel_values);
    return group_bytes(&funnel->entities, more) + (funnel->count + more) * event +
           funnel->entities.count * sizeof(uint32_t) + funnel->place_capacity * sizeof *funnel->places;
}

static int write_event(struct funnel *funnel, uint64_t hash, struct head head, const struct funnel_values *values,
                       struct slice entity, struct error *err)
{
    const struct slice pieces[] = {{(const char *)&head.place, sizeof head.place},
                                   {(const char *)&head.time, sizeof head.time},
                                   {(const char *)&head.kind, sizeof head.kind},
                                   {(const char *)values, funnel->has_values ? sizeof *values : 0},
                                   entity};

    return spill_add(funnel->spill, spill_part(hash, funnel->level), pieces, 5, err);
}

int funnel_spill_check(struct funnel *funnel, size_t count, struct error *err)
{
    int failed = 0;

    if (funnel->count == 0 || bytes_of(funnel, count) <= funnel->limit)
        return 0;
    funnel->rows_before = funnel->row_count;
    if (spill_new(&funnel->spill, SPILL_PARTS, err))
        return -1;
    for (uint32_t i = 0; i < funnel->count && !failed; i++) {
        const struct funnel_row *row = funnel_row_at(funnel, i);
        struct slice entity = group_key(&funnel->entities, row->entity);
        uint64_t place = funnel->places ? funnel->places[row->entity] : row->entity;
        failed = write_event(funnel, group_hash(entity), (struct head){place, row->time, row->kind},
                             funnel->has_values ? funnel_event_values(funnel, i) : NULL, entity, err);
    }
    funnel_drop_events(funnel);
    return failed;
}

int funnel_spill_rows(struct funnel *funnel, const struct funnel_row_in *rows, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct funnel_row_in *row = &rows[i];
        struct head head = {funnel->row_count - count + i, row->time, funnel_row_kind(row)};
        if (write_event(funnel, row->hash, head, &row->values, row->entity, err))
            return -1;
    }
    return 0;
}

void funnel_limit(struct funnel *funnel, size_t bytes)
{
    funnel->limit = bytes;
}

struct spill_account funnel_account(const struct funnel *funnel)
{
    if (!funnel->spill)
        return (struct spill_account){0};
    return (struct spill_account){
        .spilled = true,
        .rows = funnel->rows_before,
        .records = spill_records(funnel->spill),
        .bytes = spill_bytes(funnel->spill),
    };
}

/* ---- reading ---- */

static int read_event(struct funnel *part, struct slice record, struct error *err)
{
    struct funnel_values values = {0};
    struct head head;
    bool added;

    SPILL_TAKE(&record, head.place);
    SPILL_TAKE(&record, head.time);
    SPILL_TAKE(&record, head.kind);
    if (part->has_values)
        SPILL_TAKE(&record, values);
    uint64_t hash = group_hash(record);
    if (part->limit && !part->spill && funnel_spill_check(part, 1, err))
        return -1;
    if (part->spill)
        return write_event(part, hash, head, &values, record, err);
    struct funnel_entity *entity = group_get_hashed(&part->entities, record, hash, &added);
    if (!entity)
        return error_memory(err);
    if (added) {
        if (ARRAY_GROW(part->places, part->place_capacity, part->entities.count))
            return error_memory(err);
        part->places[part->entities.count - 1] = head.place;
    }
    return funnel_append(part, entity, head.time, head.kind, &values, err);
}

static int read_part(struct funnel *part, const struct spill *spill, size_t number, struct error *err)
{
    struct spill_reader reader = {0};
    struct slice record;
    int more;

    spill_read(&reader, spill, number);
    while ((more = spill_next(&reader, &record, err)) > 0)
        if (read_event(part, record, err)) {
            more = -1;
            break;
        }
    spill_reader_fini(&reader);
    return more || funnel_arrange(part, err) ? -1 : 0;
}

static int visit_part(const struct funnel *funnel, size_t number, funnel_part_visitor *visit, void *context,
                      struct error *err)
{
    struct funnel part;

    funnel_init(&part, funnel->has_values);
    part.level = funnel->level + 1;
    part.limit = part.level < SPILL_LEVELS ? funnel->limit : 0;
    part.kinds = funnel->kinds; /* borrowed */
    part.kind_count = funnel->kind_count;
    int failed = read_part(&part, funnel->spill, number, err) || funnel_visit_parts(&part, visit, context, err);
    part.kinds = NULL;
    funnel_fini(&part);
    return failed ? -1 : 0;
}

int funnel_visit_parts(const struct funnel *funnel, funnel_part_visitor *visit, void *context, struct error *err)
{
    if (!funnel->spill)
        return visit(context, funnel, err);
    for (size_t i = 0; i < SPILL_PARTS; i++)
        if (spill_has(funnel->spill, i) && visit_part(funnel, i, visit, context, err))
            return -1;
    return 0;
}
