/* The funnel's state from the inside. Private to funnel_state.c and funnel_spill.c. */
#ifndef CRM_ANALYSIS_FUNNEL_STATE_PARTS_H
#define CRM_ANALYSIS_FUNNEL_STATE_PARTS_H

#include "analysis/funnel_state.h"

enum { FUNNEL_CHUNK_BITS = 16, FUNNEL_CHUNK = 1 << FUNNEL_CHUNK_BITS }; /* events */

struct funnel_row {
    int64_t time;
    uint32_t entity;
    uint32_t kind; /* and the form of its time */
};

struct funnel_entity {
    uint32_t events;
};

static inline struct funnel_row *funnel_row_at(const struct funnel *funnel, uint32_t event)
{
    return &funnel->chunks[event >> FUNNEL_CHUNK_BITS][event & (FUNNEL_CHUNK - 1)];
}

/* A row's kind and the form of its time as one number. */
uint32_t funnel_row_kind(const struct funnel_row_in *row);
/* Adds an event of the entity, which may be new: kind as above, values NULL without them. */
int funnel_append(struct funnel *funnel, struct funnel_entity *entity, int64_t time, uint32_t kind,
                  const struct funnel_values *values, struct error *err);
/* Frees the events and entities; what their numbers mean stays. */
void funnel_drop_events(struct funnel *funnel);

/* Before so many events are added: sees to the limit. */
int funnel_spill_check(struct funnel *funnel, size_t count, struct error *err);
/* Adds events to the spill. */
int funnel_spill_rows(struct funnel *funnel, const struct funnel_row_in *rows, size_t count, struct error *err);

#endif
