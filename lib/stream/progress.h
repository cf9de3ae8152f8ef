/* Progress: one line on standard error, rewritten in place: bytes, records, rate, share of the input, time left.
 *
 * By default only on a terminal and only after a second. The clock it reads never reaches the output. */
#ifndef CRM_STREAM_PROGRESS_H
#define CRM_STREAM_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

enum progress_when { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };

struct progress {
    bool active;
    bool shown;
    uint64_t started; /* nanoseconds, monotonic */
    uint64_t last;    /* when the line was last written */
};

void progress_start(struct progress *progress, enum progress_when when);
/* Cheap enough to be called once a block. total 0: not known. */
void progress_update(struct progress *progress, uint64_t bytes, uint64_t total, uint64_t records);
/* The same for work on what was read: "comparing, 44 %, 0:12 left". */
void progress_work(struct progress *progress, const char *what, uint64_t done, uint64_t total);
/* Wipes the line. */
void progress_stop(struct progress *progress);

#endif
