/* Merging: the clusters in the order of their first records, each one record. */
#include "analysis/dedupe_merge.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/survivor.h"
#include "base/program.h"
#include "stream/file.h"

#define ADDED 3 /* cluster_id, cluster_size, match_probability */

struct merging {
    struct dedupe *dedupe;
    const struct dedupe_result *result;
    struct output *output;
    struct survivor_plan *plan;
    struct survivor_work *work;
    struct sink *provenance_sink;
    struct writer *provenance;
    struct dedupe_members members;
    double *weights;      /* by row */
    struct field *fields; /* of the one record, by column */
    struct field *out;    /* as it is written */
    struct survivor_choice *why;
    uint64_t *dropped; /* by column */
};

static int make_plan(struct merging *merging, struct error *err)
{
    const struct dedupe *dedupe = merging->dedupe;
    const struct dedupe_options *o = dedupe->options;
    size_t columns = dedupe->kept.columns; /* an input without a header has none to be named */
    struct buffer text;
    int failed = survivor_plan_new(&merging->plan, dedupe->names, columns, err);

    buffer_init(&text);
    if (!failed && columns && o->survivorship)
        failed = file_read(o->survivorship, &text, err) ||
                 survivor_plan_read(merging->plan, buffer_slice(&text), o->survivorship, err);
    buffer_fini(&text);
    if (!failed && columns && o->recent_by &&
        survivor_plan_recent_by(merging->plan, slice_from_cstr(o->recent_by), err)) {
        error_prefix(err, "option '--recent-by': ");
        return -1;
    }
    for (size_t i = 0; i < o->survivors.count && columns && !failed; i++)
        if (survivor_plan_set(merging->plan, o->survivors.items[i], err)) {
            error_prefix(err, "option '--survivor': ");
            return -1;
        }
    failed = failed || survivor_plan_survey(merging->plan, &dedupe->kept, dedupe->stream, err);
    for (size_t i = 0; !failed && survivor_plan_doubt(merging->plan, i); i++)
        program_note("%s", survivor_plan_doubt(merging->plan, i));
    return failed ? -1 : 0;
}

/* The greatest probability in a cluster, or none. */
static struct field cluster_probability(const struct merging *merging, size_t cluster, char *text, size_t size)
{
    const struct dedupe_members *members = &merging->members;
    double best = (double)NAN;

    for (size_t i = members->starts[cluster]; i < members->starts[cluster + 1]; i++)
        best = fmin(best, (double)merging->result->probability[members->rows[i]]);
    if (isnan(best))
        return (struct field){SLICE_INIT(""), FIELD_NULL};
    snprintf(text, size, "%.6f", best);
    return field_number(slice_from_cstr(text));
}

static int merge_cluster(struct merging *merging, size_t cluster, struct error *err)
{
    const struct dedupe_members *members = &merging->members;
    size_t columns = merging->dedupe->kept.columns, first = members->starts[cluster];
    size_t count = members->starts[cluster + 1] - first;
    char id[24], size[24], probability[32];

    if (survivor_choose(merging->work, members->rows + first, count, merging->weights, merging->fields, merging->why,
                        err))
        return -1;
    for (size_t c = 0; c < columns; c++)
        merging->dropped[c] += merging->why[c].dropped;
    snprintf(id, sizeof id, "%zu", cluster + 1);
    snprintf(size, sizeof size, "%zu", count);
    struct field *out = merging->out;
    for (size_t i = 0; i < merging->dedupe->shown_count; i++)
        *out++ = merging->fields[merging->dedupe->shown[i]];
    *out++ = field_number(slice_from_cstr(id));
    *out++ = field_number(slice_from_cstr(size));
    *out = cluster_probability(merging, cluster, probability, sizeof probability);
    if (writer_put(merging->output->writer, merging->out, err))
        return -1;
    if (merging->provenance && count > 1)
        return survivor_trace(merging->work, merging->dedupe->stream, cluster + 1, merging->fields, merging->why,
                              merging->provenance, err);
    return 0;
}

static int open_outputs(struct merging *merging, struct error *err)
{
    struct dedupe *dedupe = merging->dedupe;
    const struct dedupe_options *o = dedupe->options;
    static const struct slice added[ADDED] = {SLICE_INIT("cluster_id"), SLICE_INIT("cluster_size"),
                                              SLICE_INIT("match_probability")};

    if (dedupe_show(dedupe, added, ADDED, err))
        return -1;
    size_t columns = dedupe->shown_count;
    struct slice *names = calloc(columns + ADDED, sizeof *names);
    if (!names)
        return error_memory(err);
    for (size_t i = 0; i < columns; i++)
        names[i] = dedupe->names[dedupe->shown[i]];
    memcpy(names + columns, added, sizeof added);
    int failed = output_open(merging->output, &o->common, dedupe->stream, names, columns + ADDED, err);
    free(names);
    if (!failed && dedupe->undo)
        failed = undo_watch(dedupe->undo, &dedupe->kept, merging->result->cluster,
                            output_format(&o->common, dedupe->stream), ADDED, merging->output->sink, err);
    if (!failed && o->provenance)
        failed = sink_open(&merging->provenance_sink, o->provenance, err) ||
                 writer_new(&merging->provenance, merging->provenance_sink, FORMAT_CSV, 0, survivor_trace_columns,
                            SURVIVOR_TRACE_COLUMNS, err);
    return failed ? -1 : 0;
}

/* The output's records are whole; the log of them and the provenance become so before the output does. */
static int finish_outputs(struct merging *merging, struct error *err)
{
    if (merging->provenance && (writer_finish(merging->provenance, err) || sink_finish(merging->provenance_sink, err)))
        return -1;
    if (merging->dedupe->undo &&
        (writer_finish(merging->output->writer, err) || undo_finish(merging->dedupe->undo, err)))
        return -1;
    return 0;
}

/* How many values did not survive, by column: "email 2, city 1". */
static int list_dropped(const struct merging *merging, struct buffer *line, struct error *err)
{
    const struct dedupe *dedupe = merging->dedupe;

    for (size_t c = 0; c < dedupe->kept.columns; c++) {
        if (!merging->dropped[c] || !dedupe_is_shown(dedupe, c))
            continue;
        if (buffer_printf(line, "%s%.*s %llu", line->len ? ", " : "", SLICE_ARG(dedupe->names[c]),
                          (unsigned long long)merging->dropped[c]))
            return error_memory(err);
    }
    return 0;
}

static void tell_dropped(const struct merging *merging, struct slice dropped)
{
    if (dropped.len)
        program_note("%zu records merged into %zu; other values not kept: %.*s%s", merging->dedupe->kept.count,
                     merging->result->count, SLICE_ARG(dropped),
                     merging->dedupe->undo ? " (all are in the undo log)"
                                           : " (--undo-log keeps them, --provenance shows them)");
}

int dedupe_merge(struct dedupe *dedupe, const struct dedupe_result *result, struct output *output, struct error *err)
{
    size_t columns = dedupe->kept.columns;
    struct buffer dropped;
    struct merging merging = {
        .dedupe = dedupe,
        .result = result,
        .output = output,
        .weights = malloc((dedupe->kept.count + 1) * sizeof(double)),
        .fields = calloc(columns + 1, sizeof(struct field)),
        .out = calloc(columns + ADDED, sizeof(struct field)),
        .why = calloc(columns + 1, sizeof(struct survivor_choice)),
        .dropped = calloc(columns + 1, sizeof(uint64_t)),
    };
    int failed =
        !merging.weights || !merging.fields || !merging.out || !merging.why || !merging.dropped ? error_memory(err) : 0;

    for (size_t row = 0; !failed && row < dedupe->kept.count; row++)
        merging.weights[row] = (double)result->probability[row];
    failed = failed || dedupe_members_init(&merging.members, result, dedupe->kept.count, err) ||
             make_plan(&merging, err) || survivor_work_new(&merging.work, merging.plan, &dedupe->kept, err) ||
             open_outputs(&merging, err);
    for (size_t c = 0; c < result->count && !failed; c++)
        failed = merge_cluster(&merging, c, err);
    buffer_init(&dropped);
    failed = failed || list_dropped(&merging, &dropped, err) || finish_outputs(&merging, err);
    if (!failed)
        tell_dropped(&merging, buffer_slice(&dropped));
    buffer_fini(&dropped);
    writer_free(merging.provenance);
    sink_free(merging.provenance_sink);
    survivor_work_free(merging.work);
    survivor_plan_free(merging.plan);
    dedupe_members_fini(&merging.members);
    free(merging.weights);
    free(merging.fields);
    free(merging.out);
    free(merging.why);
    free(merging.dropped);
    return failed ? -1 : 0;
}

int dedupe_undo(const struct dedupe_options *o, char **operands, struct error *err)
{
    const struct undo_options options = {
        .input = o->undo_input,
        .folder = o->undo_folder,
        .logged = o->undo_logged,
        .cluster = o->undo_cluster,
    };
    struct sink *sink = NULL;

    if (operands[0] && operands[1])
        return error_set(err, STATUS_USAGE, "--undo reads one file, the merged records, not also '%s'", operands[1]);
    int failed = sink_open(&sink, o->common.output, err) ||
                 undo_run(o->undo, operands[0] ? operands[0] : "-", &options, sink, err) || sink_finish(sink, err);
    sink_free(sink);
    return failed ? -1 : 0;
}

int dedupe_report(struct dedupe *dedupe, const struct dedupe_result *result, struct output *output, struct error *err)
{
    switch (dedupe->options->report) {
    case DEDUPE_PAIRS:
        return dedupe_print_pairs(dedupe, output, err);
    case DEDUPE_MERGE:
        return dedupe_merge(dedupe, result, output, err);
    case DEDUPE_TRUTH:
        return dedupe_print_truth(dedupe, result, output, err);
    default:
        return dedupe_print_records(dedupe, result, output, err);
    }
}
