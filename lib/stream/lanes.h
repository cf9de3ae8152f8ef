/* Lanes: one input read by several threads, its records becoming rows of a state.
 *
 * The input is cut into stretches between records. A stretch is read by whichever thread has nothing else to do, with a
 * reader of its own, into rows; stretches are then taken in, one at a time and in the order of the input, again by
 * whichever thread is free. So the state is filled as by one thread, and the bytes that come out are the same for any
 * number of them; bad records are judged when their stretch is taken in, at their place among the rows.
 *
 * What cannot be cut (an array of JSON objects) and what cannot be read apart (a stretch with malformed
 * quotes, a record that depends on those before) is read in order, by the stream's own reader. */
#ifndef CRM_STREAM_LANES_H
#define CRM_STREAM_LANES_H

#include "stream/stream.h"

enum { LANES_NONE = 1, LANES_LATER = 2 };

struct lanes_plan {
    void *context;
    size_t row_size;
    const size_t *texts; /* where in a row the slices are, as offsetof() gives it */
    size_t text_count;
    size_t desk_size; /* of what a thread has to itself while it makes rows */
    void *desk;       /* the one that is used when records are read in order */

    /* Makes a row of a record; its texts point into the record, or to what lasts. 0; LANES_NONE: the record was
     * rejected or skipped; LANES_LATER: it has to be made in order (not with the desk above), even if it was rejected;
     * -1. Line and number of the record may count from its stretch on; stream_reject() knows. */
    int (*make)(void *context, void *desk, struct stream *stream, const struct record *record, void *row,
                struct error *err);
    /* Takes rows in, in order, while other threads may make some. */
    int (*take)(void *context, const void *rows, size_t count, struct error *err);
    /* For desks other than the one above; NULL: nothing to do. `begin` makes one what that is, all counts zero; it was
     * all zero the first time, and is then as it was left. 0 or -1. `add` adds its counts to that one, its rows having
     * been taken in, and sets them to zero. Meanwhile rows are made at other desks. `end` frees what it owns, also when
     * it is all zero. */
    int (*begin)(void *context, void *desk, struct error *err);
    void (*add)(void *context, void *desk);
    void (*end)(void *context, void *desk);
};

/* Reads the stream to its end. threads: 1 or more. -1: the stream stopped, or a function of the plan failed. */
int lanes_run(struct stream *stream, const struct lanes_plan *plan, size_t threads, struct error *err);

#endif
