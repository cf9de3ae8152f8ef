/* Conveyor: what one thread prepares, a second one takes in, in the same order.
 *
 * For analyses that spend half their time on reading and half on looking up groups: the program's own thread fills
 * loads with rows, and the second one adds them to the state. There is one taker, so the state is the same as without
 * threads; where no thread can be had, or none is asked for, a load is taken in when it is sent. */
#ifndef CRM_BASE_CONVEYOR_H
#define CRM_BASE_CONVEYOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct conveyor;

/* Takes a load in: 0, or -1, after which no further load is taken. */
typedef int conveyor_take(void *context, void *load, struct error *err);

/* Loads of `size` bytes, all zero at first and then as they were left; they belong to the conveyor. threads: 1 is none
 * but the caller's. */
int conveyor_new(struct conveyor **conveyor, size_t size, size_t threads, conveyor_take *take, void *context,
                 struct error *err);
/* What was sent and not yet taken is dropped. NULL is fine. */
void conveyor_free(struct conveyor *conveyor);

/* The load to be filled next, the same until it is sent. Waits for it to be free. */
void *conveyor_load(struct conveyor *conveyor);
/* Hands it over. -1: the taker has failed, with this load or one before. */
int conveyor_send(struct conveyor *conveyor, struct error *err);
/* The same for a load that is the last: where none was sent before, it is taken in at once, without a thread. */
int conveyor_send_last(struct conveyor *conveyor, struct error *err);
/* Waits until all that was sent was taken: the state is the caller's again. -1: the taker has failed; *err is set only
 * then. */
int conveyor_drain(struct conveyor *conveyor, struct error *err);

#endif
