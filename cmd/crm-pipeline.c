/* crm-pipeline: what is open in each stage, what it is worth, what is stalled, and how fast deals are won.
 *
 * The order of things lives in lib/analysis/pipeline_run.h; what the figures mean, in pipeline.h and its neighbours. */
#include "analysis/pipeline_run.h"
#include "analysis/stages.h"
#include "base/program.h"

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
                     pipeline_run(&command, operands, count, &stream, &err)
                 ? -1
                 : 0;
    }
    stream_free(stream);
    return go < 0 ? program_fail(&err) : STATUS_OK;
}
