/* Most changes come within some microseconds: who goes to sleep for those is woken late, and often on the processor of
 * the one that has woken it. So a thread first looks on for a while. */
#include "base/monitor.h"

#include "base/workers.h"

enum { SPINS = 2000, PROCESSORS_MAX = 64 };

void monitor_init(struct monitor *monitor, size_t threads)
{
    pthread_mutex_init(&monitor->lock, NULL); /* these cannot fail on Linux */
    pthread_cond_init(&monitor->changed, NULL);
    atomic_init(&monitor->changes, 0);
    monitor->spins = threads <= workers_available(PROCESSORS_MAX) ? SPINS : 0;
}

void monitor_fini(struct monitor *monitor)
{
    pthread_cond_destroy(&monitor->changed);
    pthread_mutex_destroy(&monitor->lock);
}

void monitor_enter(struct monitor *monitor)
{
    pthread_mutex_lock(&monitor->lock);
}

void monitor_leave(struct monitor *monitor)
{
    pthread_mutex_unlock(&monitor->lock);
}

static void pause_briefly(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

void monitor_tell(struct monitor *monitor)
{
    atomic_fetch_add_explicit(&monitor->changes, 1, memory_order_release);
    pthread_cond_broadcast(&monitor->changed);
}

void monitor_wait(struct monitor *monitor)
{
    const unsigned seen = atomic_load_explicit(&monitor->changes, memory_order_relaxed);

    pthread_mutex_unlock(&monitor->lock);
    for (int i = 0; i < monitor->spins && atomic_load_explicit(&monitor->changes, memory_order_acquire) == seen; i++)
        pause_briefly();
    pthread_mutex_lock(&monitor->lock);
    if (atomic_load_explicit(&monitor->changes, memory_order_relaxed) == seen)
        pthread_cond_wait(&monitor->changed, &monitor->lock);
}
