/* A ring of batches: the oldest is handed out while the others are worked on. With one thread there is nothing to pass
 * on: a record is worked on where the reader has it, and nothing is copied. */
#include "stream/relay.h"

#include <stdlib.h>
#include <string.h>

/* Enough to make a lock and a wake-up cost nothing, little enough to stay in the second cache. */
#define BATCH_BYTES ((size_t)256 << 10)
#define BATCH_RECORDS 1024

struct batch {
    struct job job;
    struct arena arena;
    struct passage *passages; /* BATCH_RECORDS */
    size_t count;
};

struct relay {
    struct stream *stream;
    relay_work *work;
    void *context;
    struct workers *workers;
    bool alone;            /* one thread: of the only batch the arena and the first passage are used */
    struct bad_record bad; /* alone: of the passage */
    struct batch *batches; /* a ring */
    size_t batch_count;
    size_t first; /* the oldest in use */
    size_t used;
    size_t next; /* passage of the first batch, which is done */
    bool waited; /* for the first batch */
    bool ended;  /* the stream has no more */
    bool failed; /* the stream has failed; err says why */
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

/* Reads records into the batch; the end or a failure of the stream ends it early. -1: memory. */
static int fill(struct relay *relay, struct batch *batch)
{
    size_t bytes = 0;

    arena_reset(&batch->arena);
    batch->count = 0;
    while (batch->count < BATCH_RECORDS && bytes < BATCH_BYTES && !relay->ended) {
        struct passage *passage = &batch->passages[batch->count];
        struct record record;
        struct bad_record bad;
        int failed = 0;
        *passage = (struct passage){0};
        enum stream_fetched fetched = stream_fetch(relay->stream, &record, &bad, &relay->err);
        switch (fetched) {
        case STREAM_RECORD:
            failed = copy_record(batch, passage, &record);
            bytes += record.raw.len + record.count * sizeof(struct field);
            break;
        case STREAM_BAD:
            failed = copy_bad(batch, passage, &bad, record.input);
            bytes += bad.raw.len;
            break;
        case STREAM_FAILED: /* what was read before counts */
        case STREAM_END:
            relay->failed = fetched == STREAM_FAILED;
            relay->ended = true;
            continue;
        }
        if (failed)
            return -1;
        batch->count++;
    }
    return 0;
}

static void do_batch(struct job *job, void *context, size_t worker)
{
    struct relay *relay = context;
    struct batch *batch = (struct batch *)job; /* its first member */

    for (size_t i = 0; i < batch->count; i++)
        if (!batch->passages[i].bad)
            relay->work(relay->context, worker, &batch->arena, &batch->passages[i]);
}

int relay_new(struct relay **out, struct stream *stream, size_t threads, relay_work *work, void *context,
              struct error *err)
{
    struct relay *relay = calloc(1, sizeof *relay);

    if (!relay)
        return error_memory(err);
    *relay = (struct relay){.stream = stream, .work = work, .context = context, .alone = threads == 1};
    relay->batch_count = relay->alone ? 1 : threads * 2 + 1;
    relay->batches = calloc(relay->batch_count, sizeof *relay->batches);
    int failed = relay->batches ? 0 : error_memory(err);
    for (size_t i = 0; i < relay->batch_count && !failed; i++) {
        arena_init(&relay->batches[i].arena);
        relay->batches[i].passages = calloc(BATCH_RECORDS, sizeof *relay->batches[i].passages);
        failed = relay->batches[i].passages ? 0 : error_memory(err);
    }
    if (failed || workers_new(&relay->workers, threads, do_batch, relay, err)) {
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
    workers_free(relay->workers);
    for (size_t i = 0; relay->batches && i < relay->batch_count; i++) {
        arena_fini(&relay->batches[i].arena);
        free(relay->batches[i].passages);
    }
    free(relay->batches);
    free(relay);
}

/* Makes the first batch of the ring one that is done. 1; 0: there is none left; -1. */
static int advance(struct relay *relay, struct error *err)
{
    if (relay->waited) {
        relay->first = (relay->first + 1) % relay->batch_count;
        relay->used--;
        relay->waited = false;
    }
    while (relay->used < relay->batch_count && !relay->ended) {
        struct batch *batch = &relay->batches[(relay->first + relay->used) % relay->batch_count];
        if (fill(relay, batch))
            return error_memory(err);
        if (batch->count == 0)
            break;
        workers_submit(relay->workers, &batch->job);
        relay->used++;
    }
    if (relay->used == 0) {
        if (relay->failed)
            *err = relay->err;
        return relay->failed ? -1 : 0;
    }
    workers_wait(relay->workers, &relay->batches[relay->first].job);
    relay->waited = true;
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
    if (relay->alone)
        return next_alone(relay, passage, err);
    if (!relay->waited || relay->next == relay->batches[relay->first].count) {
        int more = advance(relay, err);
        if (more <= 0)
            return more;
    }
    *passage = &relay->batches[relay->first].passages[relay->next++];
    return 1;
}

int relay_settle(struct relay *relay, const struct passage *passage, struct error *err)
{
    if (passage->bad)
        return stream_count_bad(relay->stream, passage->record.input, passage->bad, err);
    stream_count(relay->stream);
    return 1;
}
