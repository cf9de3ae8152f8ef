/* crm-train: learns from leads with a known outcome what crm-score --model applies to those without.
 *
 * What is learned and how it is judged is in lib/analysis/train.h and its neighbours. */
#include "analysis/train_run.h"
#include "base/program.h"

int main(int argc, char **argv)
{
    struct train_command command = TRAIN_COMMAND_INIT;
    struct stream *stream = NULL;
    struct error err;
    int first;

    program_begin("crm-train");
    int go = train_command_read(&command, argc, argv, &first, &err);
    const char *const beside[] = {command.update};
    if (go > 0)
        go = common_check_files(&command.common, "--report", command.report, argv + first, (size_t)(argc - first),
                                &err) ||
                     common_check_settings(&command.common, "--report", command.report, beside, 1, &err) ||
                     common_open(&command.common, argv + first, (size_t)(argc - first), &stream, &err) ||
                     train_run(&command, stream, &err)
                 ? -1
                 : 0;
    stream_free(stream);
    train_command_fini(&command);
    return go < 0 ? program_fail(&err) : STATUS_OK;
}
