/* Funnel state: the events of all entities, gathered in the order of the input and given entity by entity.
 *
 * Memory: an event 16 bytes and 4 more at the end, 32 more with values (a breakdown, amounts, ...); an entity 40 bytes
 * or so (an id of more than 16 bytes adds its length) and 4 at the end. Events that are of no interest are not kept:
 * the caller does not add them. */
#ifndef CRM_ANALYSIS_FUNNEL_STATE_H
#define CRM_ANALYSIS_FUNNEL_STATE_H

#include "analysis/funnel_chain.h"
#include "base/group.h"
#include "stream/spill.h"
#include "value/date.h"
#include "value/decimal.h"

/* What an event can be: see struct funnel_event. Kinds are few, events many. */
struct funnel_kind {
    uint32_t steps, breaks;
};

#define FUNNEL_NO_VALUE UINT32_MAX

struct funnel_values {
    uint32_t group; /* for a breakdown: a number of funnel->groups, or FUNNEL_NO_VALUE when it is empty */
    uint32_t held;  /* what must be the same along a chain: a number of funnel->held, or FUNNEL_NO_VALUE */
    bool has_amount;
    struct decimal amount; /* with has_amount */
};

struct funnel_row;

struct funnel {
    bool has_values;
    struct group_table entities; /* of struct funnel_entity */
    struct group_table groups;   /* the values of the breakdown; no state */
    struct group_table held;     /* no state */
    struct funnel_kind *kinds;   /* owned */
    size_t kind_count, kind_capacity;
    struct funnel_row **chunks; /* owned */
    struct funnel_values **value_chunks;
    size_t chunk_count, chunk_capacity, value_chunk_capacity;
    size_t count; /* events */
    uint32_t
        *order; /* owned, by funnel_arrange(): numbers of events, entity by entity, each in the order of the input */
    uint32_t *begin;     /* owned: where an entity begins in order; one more at the end */
    size_t limit;        /* bytes that entities and events may take; 0: any */
    int level;           /* 0; of a part of a spilled state one more than that state's */
    struct spill *spill; /* NULL: the limit has not been reached. Owned, as is: */
    uint64_t *places;    /* of the entities of a part in the order of first appearance: ascending, not without gaps */
    size_t place_capacity;
    uint64_t row_count, rows_before; /* events added, and before the limit was reached */
};

void funnel_init(struct funnel *funnel, bool has_values); /* takes no memory yet */
void funnel_fini(struct funnel *funnel);

/* The number of a kind, made when there is none such. -1: out of memory. */
int funnel_kind_of(struct funnel *funnel, uint32_t steps, uint32_t breaks, uint32_t *kind, struct error *err);
/* The number of a value in groups or held; FUNNEL_NO_VALUE for the empty one. */
int funnel_value_of(struct group_table *values, struct slice text, uint32_t *value, struct error *err);

struct funnel_row_in {
    struct slice entity; /* any bytes; copied where needed */
    uint64_t hash;       /* group_hash(entity) */
    int64_t time;        /* microseconds, moment_to_microseconds() */
    int32_t day;         /* for the caller alone */
    int32_t offset;      /* as in struct moment: */
    bool has_offset, has_time;
    uint32_t kind;               /* funnel_kind_of() */
    struct funnel_values values; /* with has_values */
};

/* From now on entities and events take no more than about so many bytes; 0: as many as there are. When they reach them
 * they go to a temporary file, and come back in parts. One entity's events must fit. */
void funnel_limit(struct funnel *funnel, size_t bytes);

/* Adds events; at most 2^32 - 2 in all, or, once the limit was reached, of a part. The more at once, the better: while
 * one look-up waits for memory, the others go on. -1: STATUS_SYSTEM, out of memory, or STATUS_DATA, too many. */
int funnel_add(struct funnel *funnel, const struct funnel_row_in *rows, size_t count, struct error *err);

/* Once all are added: puts them in order by entity. */
int funnel_arrange(struct funnel *funnel, struct error *err);
/* Then: what went to temporary files. */
struct spill_account funnel_account(const struct funnel *funnel);

/* Calls visit for the state, or if it has spilled, for each of its parts as a state of its own, in which all events of
 * its entities are and which is arranged; of groups and held values it has the numbers alone. Ends at the first that
 * does not return 0. */
typedef int funnel_part_visitor(void *context, const struct funnel *part, struct error *err);
int funnel_visit_parts(const struct funnel *funnel, funnel_part_visitor *visit, void *context, struct error *err);

/* The events of one entity, sorted as funnel_sort() does; source is the number of the event. Room is used again; all
 * zero is a good start. Threads may ask side by side, each with a room of its own. 0 with *count, or -1 out of memory.
 */
struct funnel_room {
    struct funnel_event *events; /* owned */
    size_t capacity;
};
int funnel_entity_events(const struct funnel *funnel, size_t entity, struct funnel_room *room, size_t *count,
                         struct error *err);
void funnel_room_fini(struct funnel_room *room);

/* Of an event by its number. */
const struct funnel_values *funnel_event_values(const struct funnel *funnel, uint32_t event);
/* Whether its time had an offset from UTC, and which, in seconds. */
bool funnel_event_offset(const struct funnel *funnel, uint32_t event, int32_t *offset);
/* When it was, as it was written but for what is finer than a microsecond. */
struct moment funnel_event_moment(const struct funnel *funnel, const struct funnel_event *event);

#endif
