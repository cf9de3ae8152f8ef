/* Workers: threads that do jobs while the program's own thread reads and writes.
 *
 * Jobs are handed in and waited for in one order by one thread, so that the outcome does not depend on how many threads
 * there are. Who waits for a job helps: it does jobs itself until that one is done. With no thread at all - none asked
 * for, or none to be had - everything is done by who waits. */
#ifndef CRM_BASE_WORKERS_H
#define CRM_BASE_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum job_state { JOB_NEW, JOB_QUEUED, JOB_RUNNING, JOB_DONE };

/* Part of what is to be done; a structure begins with it. Memory of the caller; not touched once it is done. */
struct job {
    enum job_state state;
    struct job *next;
};

struct workers;

/* do_job(job, context, worker): worker is 0 .. threads - 1, and 0 for the caller's thread: at no time two threads do
 * jobs under the same number. It must not fail but by what it leaves in the job. */
typedef void do_job(struct job *job, void *context, size_t worker);

/* threads: how many do jobs, the caller's included; 1 or more. Threads are started when the second job is handed in. */
int workers_new(struct workers **workers, size_t threads, do_job *do_job, void *context, struct error *err);

/* Waits for what is running; jobs not begun are left undone. NULL is fine. */
void workers_free(struct workers *workers);

void workers_submit(struct workers *workers, struct job *job);
void workers_wait(struct workers *workers, struct job *job);

/* The processors this process may use, 1 .. limit. */
size_t workers_available(size_t limit);

#endif
