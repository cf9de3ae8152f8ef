/* Workers: every job is done once, in any number of threads, and the numbers of the threads never clash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/workers.h"

#define JOBS 2000
#define THREADS 5

struct square {
    struct job job;
    uint64_t of;
    uint64_t is;
    int times;
};

struct office {
    atomic_int busy[THREADS];
    atomic_int clashes;
    size_t threads;
};

static void square(struct job *job, void *context, size_t worker)
{
    struct office *office = context;
    struct square *task = (struct square *)job;

    if (worker >= office->threads || atomic_fetch_add(&office->busy[worker], 1) != 0)
        atomic_fetch_add(&office->clashes, 1);
    task->is = task->of * task->of;
    task->times++;
    atomic_fetch_sub(&office->busy[worker], 1);
}

static void every_job_is_done_once(void **state)
{
    static struct square tasks[JOBS];

    (void)state;
    for (size_t threads = 1; threads <= THREADS; threads++) {
        struct office office = {.threads = threads};
        struct workers *workers;
        struct error err;
        memset(tasks, 0, sizeof tasks);
        assert_int_equal(workers_new(&workers, threads, square, &office, &err), 0);
        for (size_t i = 0; i < JOBS; i++) {
            tasks[i].of = i;
            workers_submit(workers, &tasks[i].job);
            if (i >= 7) /* as a ring of batches is used: the oldest is waited for while others are under way */
                workers_wait(workers, &tasks[i - 7].job);
        }
        for (size_t i = JOBS - 7; i < JOBS; i++)
            workers_wait(workers, &tasks[i].job);
        workers_free(workers);
        assert_int_equal(atomic_load(&office.clashes), 0);
        for (size_t i = 0; i < JOBS; i++) {
            assert_int_equal(tasks[i].is, i * i);
            assert_int_equal(tasks[i].times, 1);
        }
    }
}

static void jobs_not_begun_may_be_left(void **state)
{
    static struct square tasks[50];
    struct office office = {.threads = 3};
    struct workers *workers;
    struct error err;

    (void)state;
    memset(tasks, 0, sizeof tasks);
    assert_int_equal(workers_new(&workers, 3, square, &office, &err), 0);
    for (size_t i = 0; i < 50; i++)
        workers_submit(workers, &tasks[i].job);
    workers_wait(workers, &tasks[10].job);
    workers_free(workers);
    assert_int_equal(tasks[10].times, 1);
    for (size_t i = 0; i < 50; i++)
        assert_true(tasks[i].times <= 1);
    workers_free(NULL);
}

static void there_is_a_processor(void **state)
{
    (void)state;
    assert_true(workers_available(64) >= 1);
    assert_int_equal(workers_available(1), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_job_is_done_once),
        cmocka_unit_test(jobs_not_begun_may_be_left),
        cmocka_unit_test(there_is_a_processor),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
