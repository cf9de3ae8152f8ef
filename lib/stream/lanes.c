/* Lanes: stretches in a ring, oldest first, and threads that look for what can be done.
 *
 * At any time one thread at most reads from the input, one takes in, and any number make rows. The oldest stretch comes
 * first, so that no more than a few are ever under way, and what one thread has read is still in a near cache when
 * another takes it in. The program's own thread is one of those that work; between phases, when records are read in
 * order, it is the only one.
 *
 * A stretch that has to be read in order is put back into the source's window with all that were cut after it, which
 * may have been cut wrongly. After that so much is read in order before the next attempt, twice as much each time. */
#include "stream/lanes_stretch.h"

#include <stdlib.h>

#include "base/batches.h"
#include "base/monitor.h"

#define STRETCH_BYTES ((size_t)128 << 10)
enum { SPARE = 2, THREADS_MAX = 64, PATIENCE_MAX = 64 };

struct lanes {
    struct stream *stream;
    const struct lanes_plan *plan;
    struct reader *reader; /* of the present input; NULL: it cannot be cut */
    size_t input;          /* its number */
    struct stretch *ring;
    size_t ring_size;
    size_t oldest, count; /* under way */
    size_t making;        /* of these, being made */
    bool reading, taking; /* some thread does */
    bool paused;          /* nothing more is read in this phase */
    bool in_order;        /* the oldest has to be read so */
    bool failed;          /* err; nothing more is taken in */
    bool working;         /* a phase is under way */
    bool quitting;
    struct error err;
    size_t size;          /* of a stretch, in bytes */
    uint64_t taken;       /* stretches in this phase */
    uint64_t patience;    /* stretches that are read in order after a failed attempt */
    uint64_t target;      /* where in the input the next attempt is made */
    struct batches *rows; /* made in order */
    void *row;            /* room for one */
    struct monitor monitor;
    pthread_t threads[THREADS_MAX];
    size_t thread_count, threads_wanted;
};

/* ---- what a thread does; all inside the monitor, but for the work itself ---- */

static struct stretch *ring_at(const struct lanes *lanes, size_t number)
{
    return &lanes->ring[(lanes->oldest + number) % lanes->ring_size];
}

static bool can_take(const struct lanes *lanes)
{
    return !lanes->taking && !lanes->failed && !lanes->in_order && lanes->count &&
           ring_at(lanes, 0)->state == STRETCH_MADE;
}

static void take_oldest(struct lanes *lanes)
{
    struct stretch *stretch = ring_at(lanes, 0);
    struct error err;

    if (stretch->in_order) {
        lanes->in_order = lanes->paused = true;
        return;
    }
    lanes->taking = true;
    monitor_leave(&lanes->monitor);
    int failed = stretch_take(stretch, lanes->stream, lanes->reader, &err);
    monitor_enter(&lanes->monitor);
    lanes->taking = false;
    if (failed) {
        lanes->err = err;
        lanes->failed = lanes->paused = true;
        return;
    }
    lanes->stream->rejects.read += stretch->stream.rejects.read;
    lanes->taken++;
    stretch->state = STRETCH_FREE;
    lanes->oldest = (lanes->oldest + 1) % lanes->ring_size;
    lanes->count--;
}

static bool can_make(const struct lanes *lanes)
{
    return !lanes->reading && !lanes->paused && lanes->count < lanes->ring_size;
}

static void make_next(struct lanes *lanes)
{
    struct stretch *stretch = ring_at(lanes, lanes->count);
    uint64_t records = lanes->stream->rejects.read;
    struct error err;

    lanes->reading = true;
    monitor_leave(&lanes->monitor);
    int cut = stretch_cut(stretch, lanes->reader, lanes->size, &err);
    if (lanes->stream->progress.active)
        stream_show_progress(lanes->stream, records);
    monitor_enter(&lanes->monitor);
    lanes->reading = false;
    if (cut <= 0) {
        lanes->paused = true;
        if (cut < 0 && !lanes->failed) {
            lanes->failed = true;
            lanes->err = err;
        }
        return;
    }
    stretch->state = STRETCH_MAKING;
    lanes->count++;
    lanes->making++;
    monitor_tell(&lanes->monitor); /* the input is free */
    monitor_leave(&lanes->monitor);
    stretch_make(stretch);
    monitor_enter(&lanes->monitor);
    stretch->state = STRETCH_MADE;
    lanes->making--;
}

static bool is_over(const struct lanes *lanes)
{
    return lanes->paused && !lanes->reading && !lanes->taking && !lanes->making &&
           (lanes->count == 0 || lanes->failed || lanes->in_order);
}

/* Works until the phase is over. */
static void work(struct lanes *lanes)
{
    while (!is_over(lanes)) {
        if (can_take(lanes))
            take_oldest(lanes);
        else if (can_make(lanes))
            make_next(lanes);
        else {
            monitor_wait(&lanes->monitor);
            continue;
        }
        monitor_tell(&lanes->monitor);
    }
}

static void *run_thread(void *argument)
{
    struct lanes *lanes = argument;

    monitor_enter(&lanes->monitor);
    while (!lanes->quitting) {
        if (lanes->working)
            work(lanes);
        if (!lanes->quitting)
            monitor_wait(&lanes->monitor);
    }
    monitor_leave(&lanes->monitor);
    return NULL;
}

/* ---- a phase ---- */

static void free_ring(struct lanes *lanes)
{
    for (size_t i = 0; lanes->ring && i < lanes->ring_size; i++)
        stretch_close(&lanes->ring[i]);
    free(lanes->ring);
    lanes->ring = NULL;
}

static int make_ring(struct lanes *lanes, struct error *err)
{
    lanes->ring = calloc(lanes->ring_size, sizeof *lanes->ring);
    if (!lanes->ring)
        return error_memory(err);
    for (size_t i = 0; i < lanes->ring_size; i++)
        lanes->ring[i].plan = lanes->plan; /* so that it can be closed */
    for (size_t i = 0; i < lanes->ring_size; i++)
        if (stretch_open(&lanes->ring[i], lanes->plan, lanes->stream, lanes->reader, err))
            return -1;
    return 0;
}

static void start_threads(struct lanes *lanes)
{
    while (lanes->thread_count + 1 < lanes->threads_wanted) {
        if (pthread_create(&lanes->threads[lanes->thread_count], NULL, run_thread, lanes)) {
            lanes->threads_wanted = lanes->thread_count + 1; /* those there are have to do */
            return;
        }
        lanes->thread_count++;
    }
}

/* Inside the monitor. What is under way goes back to the source, to be read in order. */
static int put_back(struct lanes *lanes, struct error *err)
{
    for (; lanes->count; lanes->count--) {
        struct stretch *stretch = ring_at(lanes, lanes->count - 1);
        if (source_put_back(lanes->reader->source, stretch_bytes(stretch), err))
            return -1;
        stretch->state = STRETCH_FREE;
    }
    return 0;
}

/* Reads stretches until there are no more, or one has to be read in order. */
static int run_phase(struct lanes *lanes, struct error *err)
{
    if (!lanes->ring && make_ring(lanes, err))
        return -1;
    for (size_t i = 0; i < lanes->ring_size && lanes->plan->begin; i++)
        if (lanes->plan->begin(lanes->plan->context, lanes->ring[i].desk, err))
            return -1;
    start_threads(lanes);
    monitor_enter(&lanes->monitor);
    lanes->paused = lanes->in_order = false;
    lanes->taken = 0;
    lanes->working = true;
    monitor_tell(&lanes->monitor);
    work(lanes);
    lanes->working = false;
    int failed = lanes->failed;
    if (failed)
        *err = lanes->err;
    else
        failed = put_back(lanes, err);
    monitor_leave(&lanes->monitor);
    return failed ? -1 : 0;
}

/* ---- reading in order ---- */

/* Where in the contents of the present input its window begins. */
static uint64_t position(const struct lanes *lanes)
{
    const struct source *source = lanes->reader->source;

    return source->shown - (source->end - source->begin);
}

/* The stream has come to an input. */
static void enter(struct lanes *lanes, size_t input)
{
    struct reader *reader = lanes->stream->inputs[input].reader;

    free_ring(lanes);
    lanes->input = input;
    lanes->reader = reader_apart(reader) ? reader : NULL;
    lanes->patience = 1;
    lanes->target = lanes->size;
}

/* Reads up to the target. 1: it is reached; 0 at the end of the stream; -1. */
static int read_in_order(struct lanes *lanes, struct error *err)
{
    const struct lanes_plan *plan = lanes->plan;
    struct record record;
    int more;

    while ((more = stream_next(lanes->stream, &record, err)) > 0) {
        if (record.input != lanes->input)
            enter(lanes, record.input);
        int result = plan->make(plan->context, plan->desk, lanes->stream, &record, lanes->row, err);
        if (result < 0 || (result == 0 && batches_add(lanes->rows, lanes->row, err)))
            return -1;
        if (lanes->reader && position(lanes) >= lanes->target && reader_settle(lanes->reader))
            return 1;
    }
    return more;
}

static void set_target(struct lanes *lanes)
{
    if (!lanes->in_order || lanes->taken >= PATIENCE_MAX)
        lanes->patience = 1;
    else if (lanes->patience < PATIENCE_MAX)
        lanes->patience *= 2;
    lanes->target = position(lanes) + lanes->patience * lanes->size;
}

static int read_all(struct lanes *lanes, struct error *err)
{
    const struct lanes_plan *plan = lanes->plan;
    int more;

    do {
        size_t threads = lanes->reader ? 1 : lanes->threads_wanted;
        if (batches_new(&lanes->rows, plan->row_size, plan->texts, plan->text_count, threads, plan->take, plan->context,
                        err))
            return -1;
        more = read_in_order(lanes, err);
        if (batches_finish(lanes->rows, more < 0, err))
            more = -1;
        batches_free(lanes->rows);
        if (more > 0 && run_phase(lanes, err))
            more = -1;
        if (more > 0)
            set_target(lanes);
    } while (more > 0);
    return more;
}

static void stop_threads(struct lanes *lanes)
{
    monitor_enter(&lanes->monitor);
    lanes->quitting = true;
    monitor_tell(&lanes->monitor);
    monitor_leave(&lanes->monitor);
    for (size_t i = 0; i < lanes->thread_count; i++)
        pthread_join(lanes->threads[i], NULL);
}

int lanes_run(struct stream *stream, const struct lanes_plan *plan, size_t threads, struct error *err)
{
    struct lanes *lanes = calloc(1, sizeof *lanes);
    void *row = calloc(1, plan->row_size);

    if (!lanes || !row) {
        free(lanes);
        free(row);
        return error_memory(err);
    }
    lanes->stream = stream;
    lanes->plan = plan;
    lanes->size = stream->stretch_size ? stream->stretch_size : STRETCH_BYTES;
    lanes->row = row;
    lanes->threads_wanted = threads < THREADS_MAX ? threads : THREADS_MAX;
    lanes->ring_size = lanes->threads_wanted + SPARE;
    monitor_init(&lanes->monitor, threads);
    enter(lanes, 0);
    int result = read_all(lanes, err);
    stop_threads(lanes);
    free_ring(lanes);
    monitor_fini(&lanes->monitor);
    free(lanes);
    free(row);
    return result;
}
