/* Workers: one queue under one lock. Jobs are large - thousands of records -, so that the lock costs nothing. */
#include "base/workers.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

struct worker {
    struct workers *workers;
    size_t number;
    pthread_t thread;
};

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t work; /* there is a job, or it is time to end */
    pthread_cond_t done; /* a job was done */
    do_job *do_job;
    void *context;
    struct job *first; /* queued */
    struct job **last;
    struct worker *threads;
    size_t wanted; /* beside the caller's */
    size_t started;
    size_t submitted;
    bool ending;
};

/* The oldest job that waits, taken; NULL: none. Under the lock. */
static struct job *take(struct workers *workers)
{
    struct job *job = workers->first;

    if (!job)
        return NULL;
    workers->first = job->next;
    if (!workers->first)
        workers->last = &workers->first;
    job->state = JOB_RUNNING;
    return job;
}

/* Does a job that was taken; the lock is held before and after. */
static void perform(struct workers *workers, struct job *job, size_t number)
{
    pthread_mutex_unlock(&workers->lock);
    workers->do_job(job, workers->context, number);
    pthread_mutex_lock(&workers->lock);
    job->state = JOB_DONE;
    pthread_cond_signal(&workers->done);
}

static void *work(void *argument)
{
    const struct worker *worker = argument;
    struct workers *workers = worker->workers;

    pthread_mutex_lock(&workers->lock);
    while (!workers->ending) {
        struct job *job = take(workers);
        if (job)
            perform(workers, job, worker->number);
        else
            pthread_cond_wait(&workers->work, &workers->lock);
    }
    pthread_mutex_unlock(&workers->lock);
    return NULL;
}

/* A thread that cannot be had is done without. */
static void start(struct workers *workers)
{
    while (workers->started < workers->wanted) {
        struct worker *worker = &workers->threads[workers->started];
        *worker = (struct worker){.workers = workers, .number = workers->started + 1};
        if (pthread_create(&worker->thread, NULL, work, worker)) {
            workers->wanted = workers->started;
            return;
        }
        workers->started++;
    }
}

int workers_new(struct workers **out, size_t threads, do_job *perform_job, void *context, struct error *err)
{
    struct workers *workers = calloc(1, sizeof *workers);

    if (workers && threads > 1)
        workers->threads = calloc(threads - 1, sizeof *workers->threads);
    if (!workers || (threads > 1 && !workers->threads)) {
        free(workers);
        return error_memory(err);
    }
    pthread_mutex_init(&workers->lock, NULL); /* these cannot fail on Linux */
    pthread_cond_init(&workers->work, NULL);
    pthread_cond_init(&workers->done, NULL);
    workers->do_job = perform_job;
    workers->context = context;
    workers->last = &workers->first;
    workers->wanted = threads - 1;
    *out = workers;
    return 0;
}

void workers_free(struct workers *workers)
{
    if (!workers)
        return;
    pthread_mutex_lock(&workers->lock);
    workers->ending = true;
    pthread_cond_broadcast(&workers->work);
    pthread_mutex_unlock(&workers->lock);
    for (size_t i = 0; i < workers->started; i++)
        pthread_join(workers->threads[i].thread, NULL);
    pthread_cond_destroy(&workers->done);
    pthread_cond_destroy(&workers->work);
    pthread_mutex_destroy(&workers->lock);
    free(workers->threads);
    free(workers);
}

void workers_submit(struct workers *workers, struct job *job)
{
    if (++workers->submitted == 2)
        start(workers);
    pthread_mutex_lock(&workers->lock);
    job->state = JOB_QUEUED;
    job->next = NULL;
    *workers->last = job;
    workers->last = &job->next;
    pthread_cond_signal(&workers->work);
    pthread_mutex_unlock(&workers->lock);
}

void workers_wait(struct workers *workers, struct job *job)
{
    pthread_mutex_lock(&workers->lock);
    while (job->state != JOB_DONE) {
        struct job *other = take(workers);
        if (other)
            perform(workers, other, 0);
        else
            pthread_cond_wait(&workers->done, &workers->lock);
    }
    pthread_mutex_unlock(&workers->lock);
}

size_t workers_available(size_t limit)
{
    cpu_set_t set;
    size_t count = sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;

    return count < 1 ? 1 : count > limit ? limit : count;
}
