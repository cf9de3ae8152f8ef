/* Monitor (C. A. R. Hoare, "Monitors: An Operating System Structuring Concept", CACM 17, 1974): a lock around what
 * threads share, and waiting for a change of it. */
#ifndef CRM_BASE_MONITOR_H
#define CRM_BASE_MONITOR_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

/* Bytes between what one thread writes and what another does: a cache line is never theirs both. */
#define APART 128

struct monitor {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    atomic_uint changes;
    int spins; /* before a thread goes to sleep; 0 where there are more threads than processors */
};

/* threads: how many use it. */
void monitor_init(struct monitor *monitor, size_t threads);
void monitor_fini(struct monitor *monitor);

void monitor_enter(struct monitor *monitor);
void monitor_leave(struct monitor *monitor);

/* These two by who has entered. Something has changed that others may wait for. */
void monitor_tell(struct monitor *monitor);
/* Leaves, waits for a change, and enters again: the caller then looks whether it is the one it waits for. */
void monitor_wait(struct monitor *monitor);

#endif
