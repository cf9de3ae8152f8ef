/* The run of an import: batches in a ring, each converted as a job. */
#include "analysis/import_run.h"

#include <stdlib.h>
#include <string.h>

/* Enough to make a lock and a wake-up cost nothing, little enough to stay in the second cache. */
#define BATCH_BYTES ((size_t)96 << 10)
#define BATCH_RECORDS 1024

/* A record on its way. */
struct passage {
    struct record record; /* fields as read */
    struct field *fields; /* as converted */
    enum import_outcome outcome;
    const struct bad_record *bad;         /* it could not be read; NULL: it could */
    const struct import_refusal *refusal; /* with IMPORT_REFUSED */
};

struct batch {
    struct job job;
    struct arena arena;
    struct passage *passages; /* BATCH_RECORDS */
    size_t count;
};

struct import_run {
    struct import *import;
    struct workers *workers;
    struct import_worker *states; /* one per thread */
    size_t threads;
    struct batch *batches; /* a ring */
    size_t batch_count;
    size_t first; /* the oldest in use */
    size_t used;
    size_t next; /* passage of the first batch, which is done */
    bool waited; /* for the first batch */
    bool ended;  /* the stream has no more */
    bool failed; /* the stream has failed; err says why */
    bool joined; /* profiles are */
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
static int fill(struct import_run *run, struct batch *batch)
{
    size_t bytes = 0;

    arena_reset(&batch->arena);
    batch->count = 0;
    while (batch->count < BATCH_RECORDS && bytes < BATCH_BYTES && !run->ended) {
        struct passage *passage = &batch->passages[batch->count];
        struct record record;
        struct bad_record bad;
        int failed = 0;
        *passage = (struct passage){0};
        enum stream_fetched fetched = stream_fetch(run->import->stream, &record, &bad, &run->err);
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
            run->failed = fetched == STREAM_FAILED;
            run->ended = true;
            continue;
        }
        if (failed)
            return -1;
        batch->count++;
    }
    return 0;
}

static enum import_outcome convert(const struct import *import, struct import_worker *worker, struct batch *batch,
                                   struct passage *passage)
{
    struct import_refusal refusal;

    passage->fields = arena_alloc(&batch->arena, (import->output_count + 1) * sizeof *passage->fields);
    if (!passage->fields)
        return IMPORT_NO_MEMORY;
    enum import_outcome outcome =
        import_convert(import, worker, &batch->arena, &passage->record, passage->fields, &refusal);
    if (outcome != IMPORT_REFUSED)
        return outcome;
    struct import_refusal *copy = arena_alloc(&batch->arena, sizeof *copy);
    if (!copy)
        return IMPORT_NO_MEMORY;
    *copy = refusal;
    passage->refusal = copy;
    return outcome;
}

static void convert_batch(struct job *job, void *context, size_t worker)
{
    struct import_run *run = context;
    struct batch *batch = (struct batch *)job; /* its first member */

    for (size_t i = 0; i < batch->count; i++)
        if (!batch->passages[i].bad)
            batch->passages[i].outcome = convert(run->import, &run->states[worker], batch, &batch->passages[i]);
}

int import_run_new(struct import *import, struct error *err)
{
    struct import_run *run = calloc(1, sizeof *run);

    if (!run)
        return error_memory(err);
    import->run = run;
    run->import = import;
    run->threads = import->settings.threads ? import->settings.threads : 1;
    run->batch_count = run->threads == 1 ? 1 : run->threads * 2 + 1;
    run->states = calloc(run->threads, sizeof *run->states);
    run->batches = calloc(run->batch_count, sizeof *run->batches);
    if (!run->states || !run->batches)
        return error_memory(err);
    for (size_t i = 0; i < run->threads; i++)
        if (import_worker_init(&run->states[i], import, err))
            return -1;
    for (size_t i = 0; i < run->batch_count; i++) {
        arena_init(&run->batches[i].arena);
        run->batches[i].passages = calloc(BATCH_RECORDS, sizeof *run->batches[i].passages);
        if (!run->batches[i].passages)
            return error_memory(err);
    }
    return workers_new(&run->workers, run->threads, convert_batch, run, err);
}

void import_run_free(struct import_run *run)
{
    if (!run)
        return;
    workers_free(run->workers);
    for (size_t i = 0; run->states && i < run->threads; i++)
        import_worker_fini(&run->states[i]);
    for (size_t i = 0; run->batches && i < run->batch_count; i++) {
        arena_fini(&run->batches[i].arena);
        free(run->batches[i].passages);
    }
    free(run->states);
    free(run->batches);
    free(run);
}

/* Joins those of all threads at the end, so that nothing can fail any more. */
static int join_profiles(struct import_run *run, struct error *err)
{
    for (size_t i = 1; i < run->threads && run->states[0].profiles && !run->joined; i++)
        for (size_t o = 0; o < run->import->output_count; o++)
            if (column_profile_merge(run->states[0].profiles[o], run->states[i].profiles[o]))
                return error_memory(err);
    run->joined = true;
    return 0;
}

/* Makes the first batch of the ring one that is done. 1; 0: there is none left; -1. */
static int advance(struct import_run *run, struct error *err)
{
    if (run->waited) {
        run->first = (run->first + 1) % run->batch_count;
        run->used--;
        run->waited = false;
    }
    while (run->used < run->batch_count && !run->ended) {
        struct batch *batch = &run->batches[(run->first + run->used) % run->batch_count];
        if (fill(run, batch))
            return error_memory(err);
        if (batch->count == 0)
            break;
        workers_submit(run->workers, &batch->job);
        run->used++;
    }
    if (run->used == 0) {
        if (run->failed)
            *err = run->err;
        return run->failed ? -1 : join_profiles(run, err);
    }
    workers_wait(run->workers, &run->batches[run->first].job);
    run->waited = true;
    run->next = 0;
    return 1;
}

/* Counts the record, and rejects it when it is bad. 1: it is good; 0: go on; -1. */
static int settle(struct import *import, const struct passage *passage, struct error *err)
{
    if (passage->bad)
        return stream_count_bad(import->stream, passage->record.input, passage->bad, err);
    stream_count(import->stream);
    if (passage->outcome == IMPORT_NO_MEMORY)
        return error_memory(err);
    if (passage->outcome == IMPORT_REFUSED)
        return stream_reject(import->stream, &passage->record, passage->refusal->column, err, "%s",
                             passage->refusal->reason);
    return 1;
}

static void count_empty(struct import *import, const struct passage *passage)
{
    const struct import_source *sources = import->inputs[passage->record.input].sources;

    for (size_t o = 0; o < import->output_count; o++)
        import->outputs[o].empty +=
            import->outputs[o].kind == VALUE_ID && sources[o].from.ptr && passage->fields[o].text.len == 0;
}

int import_next(struct import *import, struct record *record, const struct field **fields, struct error *err)
{
    struct import_run *run = import->run;

    for (;;) {
        const struct batch *batch = &run->batches[run->first];
        if (!run->waited || run->next == batch->count) {
            int more = advance(run, err);
            if (more <= 0)
                return more;
            continue;
        }
        const struct passage *passage = &batch->passages[run->next++];
        int good = settle(import, passage, err);
        if (good < 0)
            return -1;
        if (good == 0)
            continue;
        count_empty(import, passage);
        *record = passage->record;
        *fields = passage->fields;
        return 1;
    }
}

const struct import_problems *import_problems(const struct import *import, size_t output)
{
    struct import_run *run = import->run;
    struct import_problems **all = &run->states[0].problems[output];

    for (size_t i = 1; i < run->threads; i++) {
        struct import_problems **part = &run->states[i].problems[output];
        if (*all && *part) {
            import_problems_merge(*all, *part);
            free(*part);
        } else if (*part) {
            *all = *part;
        }
        *part = NULL;
    }
    return *all;
}

const struct column_profile *import_profile_of(const struct import *import, size_t output)
{
    return import->run->states[0].profiles[output];
}
