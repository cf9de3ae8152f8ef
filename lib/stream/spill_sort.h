/* Spilled records in order of a number that each begins with, its place (uint64_t): they are spread over the parts of a
 * spill by ranges of places, and a part is read whole and sorted. */
#ifndef CRM_STREAM_SPILL_SORT_H
#define CRM_STREAM_SPILL_SORT_H

#include "stream/spill.h"

enum { SPILL_RANGES = 256 }; /* the parts of such a spill */

/* The part of a place, 0 .. places - 1. */
size_t spill_range(uint64_t place, uint64_t places);

struct spill_item;

struct spill_sorted { /* all zero is empty */
    struct buffer bytes;
    struct spill_item *items; /* owned */
    size_t count, capacity;
};

/* The records of a part instead of what was there; in_order: by their places, those of one place in the order in which
 * they were added; else all in that order. 0, or -1 out of memory or the file could not be read. */
int spill_sort(struct spill_sorted *sorted, const struct spill *spill, size_t part, bool in_order, struct error *err);
/* A record with its place; valid until the next change. */
struct slice spill_sorted_at(const struct spill_sorted *sorted, size_t index);
void spill_sorted_fini(struct spill_sorted *sorted);

#endif
