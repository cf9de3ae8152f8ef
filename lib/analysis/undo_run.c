/* Restoring: log and output are checked first, then read once, side by side. */
#include "analysis/undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "analysis/undo_line.h"
#include "analysis/undo_output.h"
#include "base/memory.h"

#define GAP_ROOM 64
#define ADDED_MAX 64
#define NAME_MAX_BYTES 4096

struct restoring {
    const struct undo_options *options;
    struct source *log;
    struct source *merged; /* NULL: only what the log holds */
    struct undo_output output;
    struct slice bytes;  /* of the merged output, taken from its window, not yet looked at */
    struct slice record; /* of the output, the one given last */
    struct sink *given;  /* the caller's */
    struct sink *sink;   /* where the input at hand goes; NULL: nowhere */
    struct sink *own;    /* opened for it */
    char *path;          /* of own */
    struct arena names;
    struct slice *name; /* of the files made so far */
    size_t name_count;
    size_t name_capacity;
    enum format format; /* of the output */
    size_t added;
    size_t inputs;
    size_t input; /* from 1 */
    bool csv;     /* the input at hand */
    bool begun;   /* a record of it has passed */
    bool due;     /* what stands between records, before the next one */
    char between[GAP_ROOM];
    size_t between_len;
    XXH64_state_t hash; /* of the input at hand */
    uint64_t written;
    uint64_t found; /* records written of those in the log */
};

static int put(struct restoring *run, struct slice text, struct error *err)
{
    if (!run->sink)
        return 0;
    XXH64_update(&run->hash, text.ptr, text.len);
    run->written += text.len;
    return sink_write(run->sink, text, err);
}

/* The bytes announced, and the line end behind them. write: to the sink; else they are passed over. */
static int copy_bytes(struct restoring *run, uint64_t size, bool write, struct error *err)
{
    struct source *log = run->log;

    while (size) {
        if (source_peek(log, 1, err))
            return -1;
        size_t part = log->end - log->begin;
        if (!part)
            return undo_bad(run->log, err, "ends too early");
        if (part > size)
            part = (size_t)size;
        if (write && put(run, (struct slice){log->data + log->begin, part}, err))
            return -1;
        log->begin += part;
        size -= part;
    }
    if (source_peek(log, 1, err))
        return -1;
    if (log->begin == log->end || log->data[log->begin] != '\n')
        return undo_bad(run->log, err, "is not in order: no line end behind the bytes of an entry");
    log->begin++;
    return 0;
}

/* The bytes announced, at most `room`. */
static int take_bytes(struct restoring *run, uint64_t size, char *to, size_t room, struct error *err)
{
    if (size > room)
        return undo_bad(run->log, err, "is not in order: an entry is too long");
    if (source_peek(run->log, (size_t)size, err))
        return -1;
    if (run->log->end - run->log->begin < size)
        return undo_bad(run->log, err, "ends too early");
    memcpy(to, run->log->data + run->log->begin, (size_t)size);
    run->log->begin += (size_t)size;
    return copy_bytes(run, 0, false, err);
}

static bool name_taken(const struct restoring *run, struct slice name)
{
    for (size_t i = 0; i < run->name_count; i++)
        if (slice_equal(run->name[i], name))
            return true;
    return false;
}

/* The path of the file in which the input is restored; those of the same name in other folders have their number in
 * front. */
static int make_path(struct restoring *run, struct slice name, struct error *err)
{
    const char *slash = name.len ? memrchr(name.ptr, '/', name.len) : NULL;
    char number[24] = "";

    if (slash)
        name = (struct slice){slash + 1, (size_t)(name.ptr + name.len - slash - 1)};
    if (name.len == 0 || slice_equal_cstr(name, ".") || slice_equal_cstr(name, "..") ||
        memchr(name.ptr, '\0', name.len))
        name = SLICE("input");
    if (name_taken(run, name))
        snprintf(number, sizeof number, "%zu-", run->input);
    char *copy = arena_copy(&run->names, name);
    if (!copy || ARRAY_GROW(run->name, run->name_capacity, run->name_count + 1))
        return error_memory(err);
    run->name[run->name_count++] = (struct slice){copy, name.len};
    if (asprintf(&run->path, "%s/%s%.*s", run->options->folder, number, SLICE_ARG(name)) < 0) {
        run->path = NULL;
        return error_memory(err);
    }
    if (access(run->path, F_OK) == 0)
        return error_set(err, STATUS_USAGE, "%s: is there already, and is not replaced", run->path);
    return 0;
}

static int begin_input(struct restoring *run, struct slice line, struct error *err)
{
    const struct undo_options *options = run->options;
    char name[NAME_MAX_BYTES];
    uint64_t number;
    uint64_t length;
    enum format kind;

    if (!undo_take_number(&line, "", &number) || !undo_take_format(&line, &kind) ||
        !undo_take_number(&line, "name", &length) || line.len || number != run->input + 1 || number > run->inputs)
        return undo_bad(run->log, err, "is not in order: input");
    if (take_bytes(run, length, name, sizeof name, err))
        return -1;
    run->input++;
    run->csv = kind == FORMAT_CSV || kind == FORMAT_TSV;
    run->begun = false;
    run->due = false;
    run->between[0] = '\n';
    run->between_len = 1;
    run->written = 0;
    run->sink = NULL;
    XXH64_reset(&run->hash, 0);
    if (options->input && options->input != number)
        return 0;
    if (!options->folder) {
        run->sink = run->given;
        return 0;
    }
    if (make_path(run, (struct slice){name, (size_t)length}, err) || sink_open(&run->own, run->path, err))
        return -1;
    run->sink = run->own;
    return 0;
}

static void drop_own(struct restoring *run)
{
    sink_free(run->own);
    free(run->path);
    run->own = NULL;
    run->path = NULL;
}

static int end_input(struct restoring *run, struct slice line, struct error *err)
{
    uint64_t number;
    uint64_t bytes;
    uint64_t hash;

    if (!undo_take_number(&line, "", &number) || !undo_take_number(&line, "bytes", &bytes) ||
        !undo_take_word(&line, "xxh64") || !undo_take_hash(&line, &hash) || line.len || number != run->input)
        return undo_bad(run->log, err, "is not in order: close");
    if (run->sink && run->merged && (bytes != run->written || hash != XXH64_digest(&run->hash)))
        return error_set(err, STATUS_DATA, "%s: input %zu would not be restored as it was: nothing is", run->log->name,
                         run->input);
    if (run->own && sink_finish(run->own, err))
        return -1;
    drop_own(run);
    run->sink = NULL;
    return 0;
}

static int put_between(struct restoring *run, struct error *err)
{
    bool due = run->due;

    run->due = true;
    run->begun = true;
    return due && run->merged ? put(run, (struct slice){run->between, run->between_len}, err) : 0;
}

static int take_record(struct restoring *run, struct slice line, struct error *err)
{
    uint64_t number;
    uint64_t cluster;
    uint64_t bytes;

    if (!undo_take_number(&line, "", &number) || !undo_take_number(&line, "line", &number) ||
        !undo_take_number(&line, "cluster", &cluster) || !undo_take_number(&line, "bytes", &bytes) || line.len)
        return undo_bad(run->log, err, "is not in order: record");
    bool wanted = !run->options->cluster || run->options->cluster == cluster;
    if (put_between(run, err) || copy_bytes(run, bytes, wanted, err))
        return -1;
    run->found += wanted && run->sink;
    return run->merged || !wanted ? 0 : put(run, SLICE("\n"), err);
}

/* Goes on in the output to its record `number`. */
static int find_output(struct restoring *run, uint64_t number, struct error *err)
{
    while (run->output.number < number) {
        int found = undo_output_next(&run->output, &run->bytes, &run->record);
        if (found < 0)
            return error_memory(err);
        if (found)
            continue;
        run->merged->begin = run->merged->end;
        int more = source_more(run->merged, err);
        if (more < 0)
            return -1;
        if (more == 0)
            return undo_bad(run->log, err, "is not in order: the output has fewer records");
        run->bytes = (struct slice){run->merged->data + run->merged->begin, run->merged->end - run->merged->begin};
    }
    return run->output.number == number ? 0 : undo_bad(run->log, err, "is not in order: same");
}

static int take_same(struct restoring *run, struct slice line, struct error *err)
{
    struct undo_original original;
    uint64_t count;
    uint64_t record;
    uint64_t output;

    if (!undo_take_number(&line, "", &count) || !undo_take_number(&line, "record", &record) ||
        !undo_take_number(&line, "output", &output) || line.len)
        return undo_bad(run->log, err, "is not in order: same");
    run->begun = true;
    for (uint64_t i = 0; run->merged && i < count; i++) {
        if (find_output(run, output + i, err))
            return -1;
        if (!undo_output_original(&run->output, run->record, &original))
            return undo_bad(run->log, err, "is not in order: same");
        if (put_between(run, err) || put(run, original.front, err) || put(run, original.close, err))
            return -1;
    }
    return 0;
}

static int take_text(struct restoring *run, struct slice line, struct error *err)
{
    uint64_t bytes;

    if (!undo_take_number(&line, "", &bytes) || line.len)
        return undo_bad(run->log, err, "is not in order: text");
    run->due = false;
    return copy_bytes(run, bytes, run->merged || (run->csv && !run->begun), err);
}

static int take_between(struct restoring *run, struct slice line, struct error *err)
{
    uint64_t bytes;

    if (!undo_take_number(&line, "", &bytes) || line.len)
        return undo_bad(run->log, err, "is not in order: between");
    if (take_bytes(run, bytes, run->between, sizeof run->between, err))
        return -1;
    run->between_len = (size_t)bytes;
    return 0;
}

/* The first line. */
static int take_head(struct restoring *run, struct error *err)
{
    struct slice line;
    uint64_t added;
    uint64_t inputs;
    int more = undo_next_line(run->log, &line, err);

    if (more < 0)
        return -1;
    if (!more || !undo_take_word(&line, "crm-undo") || !undo_take_word(&line, "1") ||
        !undo_take_word(&line, "output") || !undo_take_format(&line, &run->format) ||
        !undo_take_number(&line, "added", &added) || !undo_take_number(&line, "inputs", &inputs) || line.len ||
        !added || added > ADDED_MAX)
        return undo_bad(run->log, err, "not an undo log, or one of another version");
    run->added = (size_t)added;
    run->inputs = (size_t)inputs;
    if (run->options->input > run->inputs)
        return error_set(err, STATUS_USAGE, "%s: there is no input %zu; it holds %zu", run->log->name,
                         run->options->input, run->inputs);
    if (!run->options->input && !run->options->folder && run->inputs > 1)
        return error_set(err, STATUS_USAGE,
                         "%s: holds %zu inputs: choose one with --undo-input N, or a folder for all of them with "
                         "--undo-folder",
                         run->log->name, run->inputs);
    undo_output_init(&run->output, run->format, run->added);
    return 0;
}

static int restore(struct restoring *run, struct error *err)
{
    static const struct {
        const char *word;
        int (*take)(struct restoring *run, struct slice line, struct error *err);
    } entries[] = {{"text", take_text},       {"record", take_record}, {"same", take_same},
                   {"between", take_between}, {"input", begin_input},  {"close", end_input}};
    const size_t count = sizeof entries / sizeof *entries;
    struct slice line;

    if (take_head(run, err))
        return -1;
    for (;;) {
        size_t i = 0;
        int more = undo_next_line(run->log, &line, err);
        if (more < 0)
            return -1;
        if (!more)
            return undo_bad(run->log, err, "ends too early");
        if (undo_take_word(&line, "end"))
            return 0;
        while (i < count && !undo_take_word(&line, entries[i].word))
            i++;
        if (i == count)
            return undo_bad(run->log, err, "is not in order: an entry of an unknown kind");
        if (entries[i].take(run, line, err))
            return -1;
    }
}

static int run_checked(struct restoring *run, struct error *err)
{
    if (undo_check(run->log, run->merged, err))
        return -1;
    if (restore(run, err))
        return -1;
    if (run->options->cluster && !run->found)
        return error_set(err, STATUS_USAGE, "%s: holds no record of cluster %llu", run->log->name,
                         (unsigned long long)run->options->cluster);
    return 0;
}

int undo_run(const char *log, const char *merged, const struct undo_options *options, struct sink *sink,
             struct error *err)
{
    struct restoring run = {.options = options, .given = sink};
    int failed = source_open(&run.log, log, err);

    arena_init(&run.names);
    if (!failed && !options->logged && !options->cluster)
        failed = source_open(&run.merged, merged, err);
    if (!failed)
        failed = run_checked(&run, err);
    drop_own(&run);
    undo_output_fini(&run.output);
    arena_fini(&run.names);
    free(run.name);
    source_free(run.log);
    source_free(run.merged);
    return failed ? -1 : 0;
}
