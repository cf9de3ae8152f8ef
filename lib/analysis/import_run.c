/* The run of an import: records go through a relay (relay.h), converted on the way. */
#include "analysis/import_run.h"

#include <stdlib.h>

#include "stream/relay.h"

/* What became of a record. */
struct converted {
    struct field *fields; /* as converted */
    enum import_outcome outcome;
    struct import_refusal refusal; /* with IMPORT_REFUSED */
};

struct import_run {
    struct import *import;
    struct relay *relay;
    struct import_worker *states; /* one per thread */
    size_t threads;
    bool joined; /* profiles are */
};

/* Without memory the passage has no result. */
static void convert(void *context, size_t worker, struct arena *arena, struct passage *passage)
{
    struct import_run *run = context;
    struct converted *converted = arena_alloc(arena, sizeof *converted);

    if (!converted)
        return;
    converted->fields = arena_alloc(arena, (run->import->output_count + 1) * sizeof *converted->fields);
    if (!converted->fields)
        return;
    converted->outcome = import_convert(run->import, &run->states[worker], arena, &passage->record, converted->fields,
                                        &converted->refusal);
    passage->result = converted;
}

int import_run_new(struct import *import, struct error *err)
{
    struct import_run *run = calloc(1, sizeof *run);

    if (!run)
        return error_memory(err);
    import->run = run;
    run->import = import;
    run->threads = import->settings.threads ? import->settings.threads : 1;
    run->states = calloc(run->threads, sizeof *run->states);
    if (!run->states)
        return error_memory(err);
    for (size_t i = 0; i < run->threads; i++)
        if (import_worker_init(&run->states[i], import, err))
            return -1;
    return relay_new(&run->relay, import->stream, run->threads, convert, run, err);
}

void import_run_free(struct import_run *run)
{
    if (!run)
        return;
    relay_free(run->relay);
    for (size_t i = 0; run->states && i < run->threads; i++)
        import_worker_fini(&run->states[i]);
    free(run->states);
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

/* Counts the record, and rejects it when it is bad. 1: it is good; 0: go on; -1. */
static int settle(struct import *import, const struct passage *passage, struct error *err)
{
    const struct converted *converted = passage->result;
    int good = relay_settle(import->run->relay, passage, err);

    if (good <= 0)
        return good;
    if (!converted || converted->outcome == IMPORT_NO_MEMORY)
        return error_memory(err);
    if (converted->outcome == IMPORT_REFUSED)
        return stream_reject(import->stream, &passage->record, converted->refusal.column, err, "%s",
                             converted->refusal.reason);
    return 1;
}

static void count_empty(struct import *import, size_t input, const struct field *fields)
{
    const struct import_source *sources = import->inputs[input].sources;

    for (size_t o = 0; o < import->output_count; o++)
        import->outputs[o].empty +=
            import->outputs[o].kind == VALUE_ID && sources[o].from.ptr && fields[o].text.len == 0;
}

int import_next(struct import *import, struct record *record, const struct field **fields, struct error *err)
{
    struct passage *passage;
    int more;

    while ((more = relay_next(import->run->relay, &passage, err)) > 0) {
        int good = settle(import, passage, err);
        if (good < 0)
            return -1;
        if (good == 0)
            continue;
        *record = passage->record;
        *fields = ((const struct converted *)passage->result)->fields;
        count_empty(import, record->input, *fields);
        return 1;
    }
    return more < 0 ? -1 : join_profiles(import->run, err);
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
