/* A ring of batches: the oldest is handed out while others are read and worked on.
 *
 * Whichever thread has nothing else to do reads the next batch, and works on what it has just read, which is still in
 * its near cache; at any time one thread at most reads. The program's own thread does so too while the oldest batch is
 * not done. With one thread there is nothing to pass on: a record is worked on where the reader has it, and nothing is
 * copied. */
#include "stream/relay.h"

#include <stdlib.h>
#include <string.h>

#include "base/monitor.h"

/* Enough to make a lock and a wake-up cost nothing, little enough to stay in the second cache. */
#define BATCH_BYTES ((size_t)256 << 10)
enum { BATCH_RECORDS = 256, THREADS_MAX = 64 };

struct batch {
    bool done;
    struct arena arena;
    struct passage *passages; /* BATCH_RECORDS */
    size_t count;
    uint64_t filtered; /* records that --where left out */
    char apart[APART];
};

struct crew {
    struct relay *relay;
    size_t number; /* 1 .. threads - 1 */
    pthread_t thread;
};

struct relay {
    struct stream *stream; /* for the account */
    struct stream reading; /* the same inputs, with an account of what is read ahead */
    relay_work *work;
    void *context;
    bool alone;            /* one thread: of the only batch the arena and the first passage are used */
    struct bad_record bad; /* alone: of the passage */
    struct batch *batches; /* a ring */
    size_t batch_count;
    size_t next; /* passage of the first batch, which is done */
    bool given;  /* passages of the first batch are */
    struct crew *crew;
    size_t threads, started;
    struct monitor monitor; /* for all below */
    size_t first;           /* the oldest in use */
    size_t used;
    bool busy;   /* some thread reads */
    bool ended;  /* there is no more to read */
    bool failed; /* err says why */
    bool quitting;
    struct error err;
};

static int copy_slice(struct arena *arena, struct slice *text)
{
    const char *copy = arena_copy(arena, *text);

    if (!copy)
        return -1;
    text->ptr = copy;
    return 0;
}

/* Fields that are parts of the record as it was read move with it; others (decoded ones) are copied apart. */
static int copy_record(struct batch *batch, struct passage *passage, const struct record *record)
{
    struct field *fields = arena_alloc(&batch->arena, (record->count + 1) * sizeof *fields);
    const char *old = record->raw.ptr;

    passage->record = *record;
    if (!fields || copy_slice(&batch->arena, &passage->record.raw))
        return -1;
    for (size_t i = 0; i < record->count; i++) {
        fields[i] = record->fields[i];
        uintptr_t at = (uintptr_t)fields[i].text.ptr - (uintptr_t)old;
        if (at <= record->raw.len && fields[i].text.len <= record->raw.len - at)
            fields[i].text.ptr = passage->record.raw.ptr + at;
        else if (fields[i].text.len && copy_slice(&batch->arena, &fields[i].text))
            return -1;
    }
    passage->record.fields = fields;
    return 0;
}

static int copy_bad(struct batch *batch, struct passage *passage, const struct bad_record *bad, size_t input)
{
    struct bad_record *copy = arena_alloc(&batch->arena, sizeof *copy);

    if (!copy)
        return -1;
    *copy = *bad;
    passage->bad = copy;
    passage->record = (struct record){.input = input};
    return copy_slice(&batch->arena, &copy->raw) || copy_slice(&batch->arena, &copy->column) ? -1 : 0;
}

/* Reads records into the batch. 1; 0: the stream has ended; -1: it has failed. What was read before counts. */
static int fill(struct relay *relay, struct batch *batch, struct error *err)
{
    struct stream *stream = &relay->reading;
    const uint64_t filtered = stream->rejects.filtered;
    size_t bytes = 0;
    int more = 1;

    arena_reset(&batch->arena);
    batch->count = 0;
    while (batch->count < BATCH_RECORDS && bytes < BATCH_BYTES && more > 0) {
        struct passage *passage = &batch->passages[batch->count];
        struct record record;
        struct bad_record bad;
        *passage = (struct passage){0};
        more = stream_fetch(stream, &record, &bad, err);
        if (more <= 0)
            break;
        bool good = more == STREAM_RECORD;
        if (good ? copy_record(batch, passage, &record) : copy_bad(batch, passage, &bad, record.input)) {
            more = error_memory(err);
            break;
        }
        bytes += good ? record.raw.len + record.count * sizeof(struct field) : bad.raw.len;
        stream->rejects.read++;
        batch->count++;
    }
    batch->filtered = stream->rejects.filtered - filtered;
    if (relay->stream->progress.active)
        stream_show_progress(relay->stream, stream->rejects.read);
    return more;
}

/* ---- what a thread does, inside the monitor but for the work itself ---- */

static bool can_fill(const struct relay *relay)
{
    return !relay->busy && !relay->ended && relay->used < relay->batch_count;
}

static void do_batch(struct relay *relay, size_t worker)
{
    struct batch *batch = &relay->batches[(relay->first + relay->used++) % relay->batch_count];
    struct error err;

    batch->done = false;
    relay->busy = true;
    monitor_leave(&relay->monitor);
    int more = fill(relay, batch, &err);
    monitor_enter(&relay->monitor);
    relay->busy = false;
    relay->ended = more <= 0;
    relay->failed = more < 0;
    if (more < 0)
        relay->err = err;
    monitor_tell(&relay->monitor); /* the stream is free */
    monitor_leave(&relay->monitor);
    for (size_t i = 0; i < batch->count; i++)
        if (!batch->passages[i].bad)
            relay->work(relay->context, worker, &batch->arena, &batch->passages[i]);
    monitor_enter(&relay->monitor);
    batch->done = true;
    monitor_tell(&relay->monitor);
}

static void *run_thread(void *argument)
{
    const struct crew *crew = argument;
    struct relay *relay = crew->relay;

    monitor_enter(&relay->monitor);
    while (!relay->quitting && !relay->ended) {
        if (can_fill(relay))
            do_batch(relay, crew->number);
        else
            monitor_wait(&relay->monitor);
    }
    monitor_leave(&relay->monitor);
    return NULL;
}

/* Those there are have to do. */
static void start_threads(struct relay *relay)
{
    for (; relay->started + 1 < relay->threads; relay->started++) {
        struct crew *crew = &relay->crew[relay->started];
        *crew = (struct crew){relay, relay->started + 1, crew->thread};
        if (pthread_create(&crew->thread, NULL, run_thread, crew))
            relay->threads = relay->started + 1;
    }
}

/* ---- what the caller does ---- */

static int make_batches(struct relay *relay, struct error *err)
{
    relay->batches = calloc(relay->batch_count, sizeof *relay->batches);
    relay->crew = calloc(relay->threads, sizeof *relay->crew);
    if (!relay->batches || !relay->crew)
        return error_memory(err);
    for (size_t i = 0; i < relay->batch_count; i++) {
        arena_init(&relay->batches[i].arena);
        relay->batches[i].passages = calloc(BATCH_RECORDS, sizeof *relay->batches[i].passages);
        if (!relay->batches[i].passages)
            return error_memory(err);
    }
    return 0;
}

int relay_new(struct relay **out, struct stream *stream, size_t threads, relay_work *work, void *context,
              struct error *err)
{
    struct relay *relay = calloc(1, sizeof *relay);

    if (!relay)
        return error_memory(err);
    *relay = (struct relay){.stream = stream, .work = work, .context = context, .alone = threads == 1};
    relay->threads = threads < THREADS_MAX ? threads : THREADS_MAX;
    relay->batch_count = relay->alone ? 1 : relay->threads * 2 + 1;
    monitor_init(&relay->monitor, relay->threads);
    if (make_batches(relay, err)) {
        relay_free(relay);
        return -1;
    }
    *out = relay;
    return 0;
}

void relay_free(struct relay *relay)
{
    if (!relay)
        return;
    monitor_enter(&relay->monitor);
    relay->quitting = true;
    monitor_tell(&relay->monitor);
    monitor_leave(&relay->monitor);
    for (size_t i = 0; i < relay->started; i++)
        pthread_join(relay->crew[i].thread, NULL);
    for (size_t i = 0; relay->batches && i < relay->batch_count; i++) {
        arena_fini(&relay->batches[i].arena);
        free(relay->batches[i].passages);
    }
    monitor_fini(&relay->monitor);
    free(relay->batches);
    free(relay->crew);
    free(relay);
}

/* Begins to read ahead. */
static void start(struct relay *relay)
{
    relay->reading = *relay->stream;
    relay->reading.progress.active = false;
    relay->reading.rejects.filtered = 0;
    start_threads(relay);
}

/* Inside the monitor: makes the first batch of the ring one that is done. 1; 0: there is none left; -1. */
static int advance(struct relay *relay, struct error *err)
{
    struct batch *batch = &relay->batches[relay->first];

    if (relay->given) {
        relay->first = (relay->first + 1) % relay->batch_count;
        relay->used--;
        relay->given = false;
        monitor_tell(&relay->monitor);
        batch = &relay->batches[relay->first];
    }
    while (relay->used == 0 ? !relay->ended : !batch->done) {
        if (can_fill(relay))
            do_batch(relay, 0);
        else
            monitor_wait(&relay->monitor);
    }
    if (relay->used == 0) {
        relay->stream->current = relay->reading.current;
        if (relay->failed)
            *err = relay->err;
        return relay->failed ? -1 : 0;
    }
    relay->stream->rejects.read += batch->filtered;
    relay->stream->rejects.filtered += batch->filtered;
    relay->given = true;
    relay->next = 0;
    return 1;
}

static int next_alone(struct relay *relay, struct passage **out, struct error *err)
{
    struct batch *batch = &relay->batches[0];
    struct passage *passage = &batch->passages[0];

    arena_reset(&batch->arena);
    passage->bad = NULL;
    passage->result = NULL;
    switch (stream_fetch(relay->stream, &passage->record, &relay->bad, err)) {
    case STREAM_RECORD:
        relay->work(relay->context, 0, &batch->arena, passage);
        break;
    case STREAM_BAD:
        passage->bad = &relay->bad;
        passage->record = (struct record){.input = passage->record.input};
        break;
    case STREAM_FAILED:
        return -1;
    case STREAM_END:
        return 0;
    }
    *out = passage;
    return 1;
}

int relay_next(struct relay *relay, struct passage **passage, struct error *err)
{
    int more = 1;

    if (relay->alone)
        return next_alone(relay, passage, err);
    if (relay->started == 0 && relay->threads > 1 && !relay->given)
        start(relay);
    while (more > 0 && (!relay->given || relay->next == relay->batches[relay->first].count)) {
        monitor_enter(&relay->monitor);
        more = advance(relay, err);
        monitor_leave(&relay->monitor);
    }
    if (more <= 0)
        return more;
    *passage = &relay->batches[relay->first].passages[relay->next++];
    return 1;
}

int relay_settle(struct relay *relay, const struct passage *passage, struct error *err)
{
    if (passage->bad)
        return stream_count_bad(relay->stream, passage->record.input, passage->bad, err);
    if (relay->alone)
        stream_count(relay->stream);
    else
        relay->stream->rejects.read++; /* progress is shown by who reads */
    return 1;
}
