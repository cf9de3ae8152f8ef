/* The run of an import: records go through a relay (relay.h), converted on the way. */
#include "analysis/import_run.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/monitor.h"
#include "stream/relay.h"

/* What became of a record. */
struct converted {
    struct field *fields; /* as converted */
    struct slice text;    /* its line of the output; empty: it was not made */
    enum import_outcome outcome;
    struct import_refusal refusal; /* with IMPORT_REFUSED */
};

/* Lines in the making. */
struct lines {
    struct writer *part; /* NULL: the thread makes none */
    struct buffer text;
    char apart[APART];
};

struct import_run {
    struct import *import;
    struct relay *relay;
    struct import_worker *states; /* one per thread */
    struct lines *lines;          /* likewise */
    size_t threads;
    bool joined; /* profiles are */
};

/* What the format cannot hold is refused. */
static void make_line(struct lines *lines, struct arena *arena, struct converted *converted)
{
    struct error err;

    buffer_clear(&lines->text);
    if (writer_put(lines->part, converted->fields, &err)) {
        converted->outcome = err.status == STATUS_DATA ? IMPORT_REFUSED : IMPORT_NO_MEMORY;
        converted->refusal.column = COLUMN_ABSENT;
        snprintf(converted->refusal.reason, sizeof converted->refusal.reason, "%.*s",
                 (int)sizeof converted->refusal.reason - 1, err.text);
        return;
    }
    converted->text = (struct slice){arena_copy(arena, buffer_slice(&lines->text)), lines->text.len};
    if (!converted->text.ptr)
        converted->outcome = IMPORT_NO_MEMORY;
}

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
    converted->text = SLICE("");
    if (converted->outcome == IMPORT_CONVERTED && run->lines[worker].part)
        make_line(&run->lines[worker], arena, converted);
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
    run->lines = calloc(run->threads, sizeof *run->lines);
    if (!run->states || !run->lines)
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
    for (size_t i = 0; run->lines && i < run->threads; i++) {
        writer_free(run->lines[i].part);
        buffer_fini(&run->lines[i].text);
    }
    free(run->states);
    free(run->lines);
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

/* The next record that is good: 1; 0 at the end, -1. */
static int next_good(struct import *import, struct passage **passage, struct error *err)
{
    int more;

    while ((more = relay_next(import->run->relay, passage, err)) > 0) {
        int good = settle(import, *passage, err);
        if (good < 0)
            return -1;
        if (good == 0)
            continue;
        count_empty(import, (*passage)->record.input, ((const struct converted *)(*passage)->result)->fields);
        return 1;
    }
    return more < 0 ? -1 : join_profiles(import->run, err);
}

int import_next(struct import *import, struct record *record, const struct field **fields, struct error *err)
{
    struct passage *passage;
    int more = next_good(import, &passage, err);

    if (more > 0) {
        *record = passage->record;
        *fields = ((const struct converted *)passage->result)->fields;
    }
    return more;
}

int import_write(struct import *import, struct writer *writer, struct error *err)
{
    struct import_run *run = import->run;
    struct passage *passage;
    int more = 0;

    for (size_t i = 0; i < run->threads && !more; i++)
        more = writer_part(&run->lines[i].part, writer, &run->lines[i].text, err);
    while (more == 0 && (more = next_good(import, &passage, err)) > 0) {
        const struct converted *converted = passage->result;
        more = converted->text.len ? writer_append(writer, converted->text, 1, err)
                                   : writer_put(writer, converted->fields, err);
        if (more && err->status == STATUS_DATA) /* the format cannot hold it */
            more = stream_reject(import->stream, &passage->record, COLUMN_ABSENT, err, "%s", err->text);
    }
    return more ? -1 : 0;
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
