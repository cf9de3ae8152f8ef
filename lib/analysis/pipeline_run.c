/* The steps of a run: stages, deals and their history, or parts of these, and the report. */
#include "analysis/pipeline_run.h"

#include "analysis/pipeline_partial.h"
#include "analysis/pipeline_print.h"
#include "stream/where.h"

static int read_stages(const struct pipeline_command *command, struct pipeline *pipeline,
                       struct pipeline_statuses *statuses, struct error *err)
{
    const struct {
        const char *option, *names;
        enum deal_status status;
    } lists[] = {{"--won", command->won, DEAL_WON}, {"--lost", command->lost, DEAL_LOST}};

    if (command->stages && stages_read(&pipeline->stages, command->stages, err))
        return -1;
    for (size_t i = 0; i < 2; i++) {
        if (!lists[i].names)
            continue;
        struct slice names = slice_from_cstr(lists[i].names);
        if (stages_set_status(&pipeline->stages, names, lists[i].status, err) ||
            pipeline_statuses_set(statuses, names, lists[i].status, err)) {
            error_prefix(err, "option '%s': ", lists[i].option);
            return -1;
        }
    }
    return 0;
}

static int read_dates(const struct pipeline_command *command, struct date_reader *dates, int32_t *as_of,
                      struct error *err)
{
    *dates = (struct date_reader){.format = command->date_format};
    *as_of = DAY_NONE;
    if (command->common.tz && time_zone_open(&dates->zone, command->common.tz, err)) {
        error_prefix(err, "option '--tz': ");
        return -1;
    }
    return command->common.as_of ? analysis_day(command->common.as_of, &dates->zone, as_of, err) : 0;
}

/* What the steps of a run share. */
struct run {
    struct pipeline_command *command;
    struct pipeline pipeline;
    struct pipeline_statuses statuses;
    struct pipeline_partial partial;
    struct date_reader dates;
    struct output output;
};

/* Reads the deals and brings them to the day; those not there yet are filtered out. */
static int feed(struct run *run, struct stream *stream, struct error *err)
{
    struct pipeline *pipeline = &run->pipeline;

    if (pipeline_feed(pipeline, &run->statuses, run->command, stream, &run->dates, err) ||
        pipeline_finish(pipeline, err))
        return -1;
    for (size_t i = 0; i < pipeline->counts.left_out; i++)
        stream_skip(stream);
    return stream_finish(stream, err);
}

static int write_part(struct run *run, struct stream *stream, struct error *err)
{
    return pipeline_feed(&run->pipeline, &run->statuses, run->command, stream, &run->dates, err) ||
                   stream_finish(stream, err) ||
                   pipeline_partial_write(&run->partial, &run->pipeline, &run->statuses, run->command, stream,
                                          &run->output, err)
               ? -1
               : 0;
}

static int print(struct run *run, const struct stream *stream, struct error *err)
{
    const struct pipeline_command *command = run->command;

    if (stream)
        pipeline_note(&run->pipeline, command);
    return (command->show_stages ? pipeline_print_stages(&run->pipeline, command, stream, &run->output, err)
                                 : pipeline_print_report(&run->pipeline, command, stream, &run->output, err)) ||
                   output_finish(&run->output, err)
               ? -1
               : 0;
}

/* The stages of --stages alone need no deals; *stream is NULL then. */
static int go(struct run *run, char **operands, size_t count, struct stream **stream, struct error *err)
{
    struct pipeline_command *command = run->command;
    const struct partial_choice *parts = &command->parts;
    bool reads =
        !command->show_stages || !command->stages || command->learn || count > 0 || parts->partial || parts->merge;

    if (read_stages(command, &run->pipeline, &run->statuses, err) ||
        ((parts->partial || parts->merge) &&
         pipeline_partial_init(&run->partial, command, &run->pipeline.stages, err)) ||
        (reads && partial_open(parts, &command->common, operands, count, stream, err)) ||
        output_prepare(&run->output, &command->common, err))
        return -1;
    if (parts->partial)
        return write_part(run, *stream, err);
    if (parts->merge
            ? pipeline_partial_read(&run->partial, &run->pipeline, &run->statuses, command, *stream, &run->dates, err)
            : reads && feed(run, *stream, err))
        return -1;
    return print(run, *stream, err);
}

int pipeline_run(const struct pipeline_command *command, char **operands, size_t count, struct stream **stream,
                 struct error *err)
{
    struct pipeline_options options = {.learn = command->learn, .has_history = command->history != NULL};
    struct pipeline_command own = *command; /* a merge takes up what the parts know */
    struct run run = {.command = &own};

    if (read_dates(command, &run.dates, &options.as_of, err))
        return -1;
    pipeline_init(&run.pipeline, &options);
    pipeline_statuses_init(&run.statuses);
    int failed = go(&run, operands, count, stream, err);
    output_free(&run.output);
    pipeline_partial_fini(&run.partial);
    pipeline_statuses_fini(&run.statuses);
    pipeline_fini(&run.pipeline);
    return failed;
}
