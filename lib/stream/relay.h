/* Relay: records are read in order, worked on by several threads, and handed out in order.
 *
 * With one thread, each record is worked on where it was read. Else whichever thread is free reads a batch of records,
 * one at a time, and works on it while the next one reads. Batches are handed out in the order of the input, and
 * whatever has an effect - output, rejects, the account - is for the caller to do then, in its own thread. So
 * everything that comes out is the same for any number of threads. */
#ifndef CRM_STREAM_RELAY_H
#define CRM_STREAM_RELAY_H

#include "stream/stream.h"

/* A record on its way, in memory of its batch. */
struct passage {
    struct record record;         /* as read */
    const struct bad_record *bad; /* it could not be read; NULL: it could */
    void *result;                 /* what the work made of it */
};

/* Works on a record that could be read, and sets passage->result; worker: 0 .. threads - 1. What it needs for the
 * result it takes from the arena, which lives as long as the passage. It must not fail but by what it leaves there. */
typedef void relay_work(void *context, size_t worker, struct arena *arena, struct passage *passage);

struct relay;

/* threads: 1 or more, the caller's included. stream and context are borrowed; until relay_free(), nothing else reads
 * from the stream. */
int relay_new(struct relay **relay, struct stream *stream, size_t threads, relay_work *work, void *context,
              struct error *err);
void relay_free(struct relay *relay); /* NULL is fine */

/* 1 and the next passage, in order, valid until the next call; 0 at the end; -1. What could not be read is not yet
 * counted, see stream_fetch(): relay_settle() does that. */
int relay_next(struct relay *relay, struct passage **passage, struct error *err);

/* Counts the record of a passage, and sets it aside if it could not be read. 1: it is good; 0: go on; -1: stop. */
int relay_settle(struct relay *relay, const struct passage *passage, struct error *err);

#endif
