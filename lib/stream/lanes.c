/* Lanes: stretches in a ring, oldest first, and threads that look for what can be done.
 *
 * At any time one thread at most reads from the input, one takes in, and any number make rows. The oldest stretch comes
 * first, so that no more than a few are ever under way, and what one thread has read is still in a near cache when
 * another takes it in. The program's own thread is one of those that work; between phases, when records are read in
 * order, it is the only one.
 *
 * A stretch that has to be read in order is put back into the source's window with all that were cut after it, which
 * may have been cut wrongly. After that so much is read in order before the next attempt, twice as much each time. */
#include "stream/lanes.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/batches.h"
#include "base/memory.h"

#define STRETCH_BYTES ((size_t)128 << 10)
enum { SPARE = 2, THREADS_MAX = 64, PATIENCE_MAX = 64, SPINS = 2000 };

enum stretch_state { STRETCH_FREE, STRETCH_MAKING, STRETCH_MADE };

struct stretch {
    enum stretch_state state;
    struct source source; /* its last `size` bytes are the stretch */
    size_t size;
    struct reader *reader; /* of source */
    struct stream stream;  /* the program's, but that it counts by itself and defers what is bad */
    struct deferral deferral;
    struct arena texts; /* that were decoded by the reader */
    void *desk;
    char *rows;
    size_t capacity; /* of rows; deferral.rows are there */
    bool in_order;   /* it has to be read so */
    bool failed;
    struct error err;
};

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
    bool read_failed;     /* read_err, which counts when all that was read before is taken in */
    bool working;         /* a phase is under way */
    bool quitting;
    struct error err, read_err;
    size_t stretch;       /* bytes cut off at a time, or more */
    uint64_t taken;       /* stretches in this phase */
    uint64_t patience;    /* stretches that are read in order after a failed attempt */
    uint64_t target;      /* where in the input the next attempt is made */
    struct batches *rows; /* made in order */
    void *row;            /* room for one */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    atomic_uint changes;
    pthread_t threads[THREADS_MAX];
    size_t thread_count, threads_wanted;
};

/* ---- making rows of a stretch ---- */

static void *row_at(const struct lanes *lanes, const struct stretch *stretch, size_t row)
{
    return stretch->rows + row * lanes->plan->row_size;
}

/* Texts that do not lie in the stretch itself last only until the next record is read. */
static int keep_texts(const struct lanes *lanes, struct stretch *stretch, char *row, struct error *err)
{
    const uintptr_t begin = (uintptr_t)stretch->source.data;
    const uintptr_t end = begin + stretch->source.end;

    for (size_t i = 0; i < lanes->plan->text_count; i++) {
        struct slice *text = (struct slice *)(void *)(row + lanes->plan->texts[i]);
        if (text->len == 0 || ((uintptr_t)text->ptr >= begin && (uintptr_t)text->ptr < end))
            continue;
        text->ptr = arena_copy(&stretch->texts, *text);
        if (!text->ptr)
            return error_memory(err);
    }
    return 0;
}

static int make_row(const struct lanes *lanes, struct stretch *stretch, struct record *record, struct error *err)
{
    struct deferral *deferral = &stretch->deferral;

    if (deferral->rows == stretch->capacity) {
        size_t capacity = stretch->capacity ? stretch->capacity * 2 : 1024;
        char *rows = realloc(stretch->rows, capacity * lanes->plan->row_size);
        if (!rows)
            return error_memory(err);
        stretch->rows = rows;
        stretch->capacity = capacity;
    }
    char *row = row_at(lanes, stretch, deferral->rows);
    int result = lanes->plan->make(lanes->plan->context, stretch->desk, &stretch->stream, record, row, err);
    if (result)
        return result;
    deferral->rows++;
    return keep_texts(lanes, stretch, row, err);
}

/* 0; LANES_LATER; -1 */
static int make_rows(const struct lanes *lanes, struct stretch *stretch, struct error *err)
{
    struct record record;
    struct bad_record bad;

    for (;;) {
        int result = 0;
        switch (reader_next(stretch->reader, &record, &bad, err)) {
        case READ_END:
            return 0;
        case READ_FAILED:
            return -1;
        case READ_BAD:
            result = reader_miscut(stretch->reader, &bad) ? LANES_LATER : deferral_add(&stretch->deferral, &bad, err);
            break;
        case READ_RECORD:
            record.input = stretch->stream.current;
            int seen = stream_see(&stretch->stream, &record, &bad, err);
            if (seen == 0)
                continue;
            if (seen > 0)
                result = make_row(lanes, stretch, &record, err);
            else
                result = err->status == STATUS_DATA ? deferral_add(&stretch->deferral, &bad, err) : -1;
            break;
        }
        if (result < 0 || result == LANES_LATER)
            return result;
        stream_count(&stretch->stream);
    }
}

static void make_stretch(const struct lanes *lanes, struct stretch *stretch)
{
    int result = make_rows(lanes, stretch, &stretch->err);

    stretch->failed = result < 0;
    stretch->in_order = result == LANES_LATER;
}

/* ---- taking a stretch in ---- */

static int take_rows(struct lanes *lanes, const struct stretch *stretch, size_t from, size_t to, struct error *err)
{
    return to > from ? lanes->plan->take(lanes->plan->context, row_at(lanes, stretch, from), to - from, err) : 0;
}

static int take_stretch(struct lanes *lanes, struct stretch *stretch, struct error *err)
{
    struct stream *stream = lanes->stream;
    size_t taken = 0;

    if (stretch->failed) {
        *err = stretch->err;
        return -1;
    }
    for (size_t i = 0; i < stretch->deferral.count; i++) {
        struct deferred *item = &stretch->deferral.items[i];
        item->bad.line += lanes->reader->line - 1;
        item->bad.number += lanes->reader->number;
        if (take_rows(lanes, stretch, taken, item->rows, err) ||
            rejects_add(&stream->rejects, stream_input_name(stream, stream->current), &item->bad, err))
            return -1;
        taken = item->rows;
    }
    if (take_rows(lanes, stretch, taken, stretch->deferral.rows, err))
        return -1;
    reader_skip(lanes->reader, stretch->reader);
    stream->rejects.filtered += stretch->stream.rejects.filtered;
    if (lanes->plan->add)
        lanes->plan->add(lanes->plan->context, stretch->desk);
    return 0;
}

/* ---- cutting a stretch off the input ---- */

/* 1: it was cut off; 0: the rest is to be read in order; -1. */
static int cut_stretch(const struct lanes *lanes, struct stretch *stretch, struct error *err)
{
    struct source *source = lanes->reader->source;

    while (source->end - source->begin < lanes->stretch) {
        int more = source_more(source, err);
        if (more <= 0)
            return more;
    }
    size_t whole =
        reader_whole(lanes->reader, (struct slice){source->data + source->begin, source->end - source->begin});
    if (whole == 0)
        return 0;
    if (source_hand_over(source, whole, &stretch->source, err))
        return -1;
    stretch->size = whole;
    reader_restart(stretch->reader);
    arena_reset(&stretch->texts);
    stretch->deferral.count = stretch->deferral.rows = 0;
    stretch->stream.rejects.read = stretch->stream.rejects.filtered = 0;
    return 1;
}

/* ---- what a thread does; all with the lock held, but for the work itself ---- */

static struct stretch *ring_at(const struct lanes *lanes, size_t number)
{
    return &lanes->ring[(lanes->oldest + number) % lanes->ring_size];
}

static void pause_briefly(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/* Something has changed that others may wait for. */
static void tell(struct lanes *lanes)
{
    atomic_fetch_add_explicit(&lanes->changes, 1, memory_order_release);
    pthread_cond_broadcast(&lanes->changed);
}

/* Waits for a change. Most come within some microseconds: who goes to sleep for those is woken late, and often on the
 * processor of the one that has woken it. */
static void wait(struct lanes *lanes)
{
    const unsigned seen = atomic_load_explicit(&lanes->changes, memory_order_relaxed);

    pthread_mutex_unlock(&lanes->lock);
    for (int i = 0; i < SPINS && atomic_load_explicit(&lanes->changes, memory_order_acquire) == seen; i++)
        pause_briefly();
    pthread_mutex_lock(&lanes->lock);
    if (atomic_load_explicit(&lanes->changes, memory_order_relaxed) == seen)
        pthread_cond_wait(&lanes->changed, &lanes->lock);
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
    pthread_mutex_unlock(&lanes->lock);
    int failed = take_stretch(lanes, stretch, &err);
    pthread_mutex_lock(&lanes->lock);
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
    pthread_mutex_unlock(&lanes->lock);
    int cut = cut_stretch(lanes, stretch, &err);
    if (lanes->stream->progress.active)
        stream_show_progress(lanes->stream, records);
    pthread_mutex_lock(&lanes->lock);
    lanes->reading = false;
    if (cut <= 0) {
        lanes->paused = true;
        lanes->read_failed = cut < 0;
        if (cut < 0)
            lanes->read_err = err;
        return;
    }
    stretch->state = STRETCH_MAKING;
    lanes->count++;
    lanes->making++;
    tell(lanes); /* the input is free */
    pthread_mutex_unlock(&lanes->lock);
    make_stretch(lanes, stretch);
    pthread_mutex_lock(&lanes->lock);
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
            wait(lanes);
            continue;
        }
        tell(lanes);
    }
}

static void *run_thread(void *argument)
{
    struct lanes *lanes = argument;

    pthread_mutex_lock(&lanes->lock);
    while (!lanes->quitting) {
        if (lanes->working)
            work(lanes);
        if (!lanes->quitting)
            pthread_cond_wait(&lanes->changed, &lanes->lock);
    }
    pthread_mutex_unlock(&lanes->lock);
    return NULL;
}

/* ---- a phase ---- */

static void free_ring(struct lanes *lanes)
{
    for (size_t i = 0; lanes->ring && i < lanes->ring_size; i++) {
        struct stretch *stretch = &lanes->ring[i];
        if (stretch->desk && lanes->plan->end)
            lanes->plan->end(lanes->plan->context, stretch->desk);
        free(stretch->desk);
        where_free(stretch->stream.where);
        reader_free(stretch->reader);
        source_drop(&stretch->source);
        free(stretch->deferral.items);
        free(stretch->rows);
        arena_fini(&stretch->texts);
    }
    free(lanes->ring);
    lanes->ring = NULL;
}

static int make_ring(struct lanes *lanes, struct error *err)
{
    lanes->ring = calloc(lanes->ring_size, sizeof *lanes->ring);
    if (!lanes->ring)
        return error_memory(err);
    for (size_t i = 0; i < lanes->ring_size; i++) {
        struct stretch *stretch = &lanes->ring[i];
        arena_init(&stretch->texts);
        stretch->stream = *lanes->stream;
        stretch->stream.deferral = &stretch->deferral;
        stretch->stream.progress.active = false;
        stretch->stream.where = NULL;
        if (lanes->stream->where && where_copy(&stretch->stream.where, lanes->stream->where, err))
            return -1;
        stretch->desk = calloc(1, lanes->plan->desk_size ? lanes->plan->desk_size : 1);
        if (!stretch->desk)
            return error_memory(err);
        if (reader_copy(&stretch->reader, lanes->reader, &stretch->source, err))
            return -1;
    }
    return 0;
}

static void start_threads(struct lanes *lanes)
{
    while (lanes->thread_count + 1 < lanes->threads_wanted) {
        if (pthread_create(&lanes->threads[lanes->thread_count], NULL, run_thread, lanes)) {
            lanes->threads_wanted = 0; /* those there are have to do */
            return;
        }
        lanes->thread_count++;
    }
}

/* With the lock held. What is under way goes back to the source, to be read in order. */
static int put_back(struct lanes *lanes, struct error *err)
{
    for (; lanes->count; lanes->count--) {
        struct stretch *stretch = ring_at(lanes, lanes->count - 1);
        const struct source *source = &stretch->source;
        const struct slice bytes = {source->data + source->end - stretch->size, stretch->size};
        if (source_put_back(lanes->reader->source, bytes, err))
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
    pthread_mutex_lock(&lanes->lock);
    lanes->paused = lanes->in_order = false;
    lanes->taken = 0;
    lanes->working = true;
    pthread_cond_broadcast(&lanes->changed);
    work(lanes);
    lanes->working = false;
    int failed = lanes->failed || lanes->read_failed;
    if (failed)
        *err = lanes->failed ? lanes->err : lanes->read_err;
    else
        failed = put_back(lanes, err);
    pthread_mutex_unlock(&lanes->lock);
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
    lanes->target = lanes->stretch;
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
    lanes->target = position(lanes) + lanes->patience * lanes->stretch;
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
    pthread_mutex_lock(&lanes->lock);
    lanes->quitting = true;
    pthread_cond_broadcast(&lanes->changed);
    pthread_mutex_unlock(&lanes->lock);
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
    lanes->stretch = stream->stretch ? stream->stretch : STRETCH_BYTES;
    lanes->row = row;
    lanes->threads_wanted = threads < THREADS_MAX ? threads : THREADS_MAX;
    lanes->ring_size = lanes->threads_wanted + SPARE;
    pthread_mutex_init(&lanes->lock, NULL); /* these cannot fail on Linux */
    pthread_cond_init(&lanes->changed, NULL);
    enter(lanes, 0);
    int result = read_all(lanes, err);
    stop_threads(lanes);
    free_ring(lanes);
    pthread_cond_destroy(&lanes->changed);
    pthread_mutex_destroy(&lanes->lock);
    free(lanes);
    free(row);
    return result;
}
