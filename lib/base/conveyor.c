/* Conveyor: a ring of loads under one lock. A load is hundreds of rows, so that the lock costs nothing; the ring is
 * short, so that what is handed over is still in a cache that both processors share. */
#include "base/conveyor.h"

#include <pthread.h>
#include <stdlib.h>

enum { LOADS = 4 };

struct conveyor {
    pthread_mutex_t lock;
    pthread_cond_t sent, taken;
    pthread_t thread;
    conveyor_take *take;
    void *context;
    void *loads[LOADS];
    size_t first; /* the oldest that is not taken */
    size_t count; /* of those sent and not taken; the next one is being filled */
    bool threaded, wanted, ending, failed;
    struct error err;
};

static void *work(void *argument)
{
    struct conveyor *conveyor = argument;

    pthread_mutex_lock(&conveyor->lock);
    for (;;) {
        while (conveyor->count == 0 && !conveyor->ending)
            pthread_cond_wait(&conveyor->sent, &conveyor->lock);
        if (conveyor->ending)
            break;
        void *load = conveyor->loads[conveyor->first];
        bool skip = conveyor->failed;
        struct error err;
        pthread_mutex_unlock(&conveyor->lock);
        int failed = !skip && conveyor->take(conveyor->context, load, &err);
        pthread_mutex_lock(&conveyor->lock);
        if (failed) {
            conveyor->failed = true;
            conveyor->err = err;
        }
        conveyor->first = (conveyor->first + 1) % LOADS;
        conveyor->count--;
        pthread_cond_signal(&conveyor->taken);
    }
    pthread_mutex_unlock(&conveyor->lock);
    return NULL;
}

int conveyor_new(struct conveyor **out, size_t size, size_t threads, conveyor_take *take, void *context,
                 struct error *err)
{
    struct conveyor *conveyor = calloc(1, sizeof *conveyor);

    if (!conveyor)
        return error_memory(err);
    pthread_mutex_init(&conveyor->lock, NULL); /* these cannot fail on Linux */
    pthread_cond_init(&conveyor->sent, NULL);
    pthread_cond_init(&conveyor->taken, NULL);
    conveyor->take = take;
    conveyor->context = context;
    conveyor->wanted = threads > 1;
    for (size_t i = 0; i < (conveyor->wanted ? LOADS : 1); i++) {
        conveyor->loads[i] = calloc(1, size);
        if (!conveyor->loads[i]) {
            conveyor_free(conveyor);
            return error_memory(err);
        }
    }
    *out = conveyor;
    return 0;
}

void conveyor_free(struct conveyor *conveyor)
{
    if (!conveyor)
        return;
    if (conveyor->threaded) {
        pthread_mutex_lock(&conveyor->lock);
        conveyor->ending = true;
        pthread_cond_signal(&conveyor->sent);
        pthread_mutex_unlock(&conveyor->lock);
        pthread_join(conveyor->thread, NULL);
    }
    for (size_t i = 0; i < LOADS; i++)
        free(conveyor->loads[i]);
    pthread_cond_destroy(&conveyor->taken);
    pthread_cond_destroy(&conveyor->sent);
    pthread_mutex_destroy(&conveyor->lock);
    free(conveyor);
}

void *conveyor_load(struct conveyor *conveyor)
{
    if (!conveyor->threaded)
        return conveyor->loads[0];
    pthread_mutex_lock(&conveyor->lock);
    while (conveyor->count == LOADS)
        pthread_cond_wait(&conveyor->taken, &conveyor->lock);
    void *load = conveyor->loads[(conveyor->first + conveyor->count) % LOADS];
    pthread_mutex_unlock(&conveyor->lock);
    return load;
}

/* The taker's thread is started with the first load, unless that is the last, too: a short input needs none. */
static void start(struct conveyor *conveyor)
{
    if (!conveyor->wanted)
        return;
    conveyor->wanted = false;
    conveyor->threaded = pthread_create(&conveyor->thread, NULL, work, conveyor) == 0;
}

static int report(struct conveyor *conveyor, struct error *err)
{
    if (!conveyor->failed)
        return 0;
    *err = conveyor->err;
    return -1;
}

int conveyor_send(struct conveyor *conveyor, struct error *err)
{
    start(conveyor);
    if (!conveyor->threaded) {
        if (!conveyor->failed && conveyor->take(conveyor->context, conveyor->loads[0], &conveyor->err))
            conveyor->failed = true;
        return report(conveyor, err);
    }
    pthread_mutex_lock(&conveyor->lock);
    conveyor->count++;
    pthread_cond_signal(&conveyor->sent);
    int failed = report(conveyor, err);
    pthread_mutex_unlock(&conveyor->lock);
    return failed;
}

int conveyor_send_last(struct conveyor *conveyor, struct error *err)
{
    conveyor->wanted = false;
    return conveyor_send(conveyor, err);
}

int conveyor_drain(struct conveyor *conveyor, struct error *err)
{
    if (!conveyor->threaded)
        return report(conveyor, err);
    pthread_mutex_lock(&conveyor->lock);
    while (conveyor->count)
        pthread_cond_wait(&conveyor->taken, &conveyor->lock);
    int failed = report(conveyor, err);
    pthread_mutex_unlock(&conveyor->lock);
    return failed;
}
