/* crm-pipeline: what is open in each stage, what it is worth, what is stalled, and how fast deals are won.
 *
 * The order of things lives here; what the figures mean is in lib/analysis/pipeline.h and its neighbours. */
#include "analysis/pipeline_feed.h"
#include "analysis/pipeline_print.h"
#include "base/program.h"
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

/* Reads the deals and brings them to the day; those not there yet are filtered out. */
static int feed(const struct pipeline_command *command, struct pipeline *pipeline, struct pipeline_statuses *statuses,
                struct stream *stream, const struct date_reader *dates, struct error *err)
{
    if (pipeline_feed(pipeline, statuses, command, stream, dates, err) || pipeline_finish(pipeline, err))
        return -1;
    for (size_t i = 0; i < pipeline->counts.left_out; i++)
        stream_skip(stream);
    if (stream_finish(stream, err))
        return -1;
    pipeline_note(pipeline, command);
    return 0;
}

/* The stages of --stages alone need no deals; *stream is NULL then. */
static int run(const struct pipeline_command *command, char **operands, size_t count, struct stream **stream,
               struct error *err)
{
    struct pipeline_options options = {.learn = command->learn, .has_history = command->history != NULL};
    bool reads = !command->show_stages || !command->stages || command->learn || count > 0;
    struct pipeline_statuses statuses;
    struct pipeline pipeline;
    struct output output = {0};
    struct date_reader dates;

    if (read_dates(command, &dates, &options.as_of, err))
        return -1;
    pipeline_init(&pipeline, &options);
    pipeline_statuses_init(&statuses);
    int failed = read_stages(command, &pipeline, &statuses, err) ||
                 (reads && common_open(&command->common, operands, count, stream, err)) ||
                 output_prepare(&output, &command->common, err) ||
                 (reads && feed(command, &pipeline, &statuses, *stream, &dates, err)) ||
                 (command->show_stages ? pipeline_print_stages(&pipeline, command, *stream, &output, err)
                                       : pipeline_print_report(&pipeline, command, *stream, &output, err)) ||
                 output_finish(&output, err);
    output_free(&output);
    pipeline_statuses_fini(&statuses);
    pipeline_fini(&pipeline);
    return failed ? -1 : 0;
}

int main(int argc, char **argv)
{
    struct pipeline_command command = PIPELINE_COMMAND_INIT;
    struct stream *stream = NULL;
    struct error err;
    int first;

    program_begin("crm-pipeline");
    int go = pipeline_options_read(&command, argc, argv, &first, &err);
    if (go > 0) {
        char **operands = argv + first;
        size_t count = (size_t)(argc - first);
        const char *file = command.stages && !stages_is_builtin(command.stages) ? command.stages : NULL;
        const char *const beside[] = {command.history, command.rates, file};
        go = common_check_files(&command.common, "--history-rejects", command.history_rejects, operands, count, &err) ||
                     common_check_settings(&command.common, "--history-rejects", command.history_rejects, beside, 3,
                                           &err) ||
                     run(&command, operands, count, &stream, &err)
                 ? -1
                 : 0;
    }
    stream_free(stream);
    return go < 0 ? program_fail(&err) : STATUS_OK;
}
