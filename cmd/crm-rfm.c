/* crm-rfm: how recent, frequent and valuable each customer is, and which segment that makes.
 *
 * The order of things lives in lib/analysis/rfm_run.h; what the figures mean, in rfm.h and its neighbours. */
#include "analysis/rfm_run.h"
#include "base/program.h"

int main(int argc, char **argv)
{
    struct rfm_command o;
    struct stream *stream = NULL;
    struct error err;
    bool flawed = false;
    int first;

    program_begin("crm-rfm");
    int go = rfm_command_read(&o, argc, argv, &first, &err);
    const char *const beside[] = {o.rates, o.segments, o.cuts, o.migration};
    if (go > 0 && o.check_segments)
        go = rfm_check_segments(&o, argv[first], &flawed, &err);
    else if (go > 0)
        go = common_check_files(&o.common, "--save-cuts", o.save_cuts, argv + first, (size_t)(argc - first), &err) ||
                     common_check_settings(&o.common, "--save-cuts", o.save_cuts, beside, 4, &err) ||
                     partial_open(&o.parts, &o.common, argv + first, (size_t)(argc - first), &stream, &err) ||
                     rfm_run(&o, stream, &err)
                 ? -1
                 : 0;
    stream_free(stream);
    return go < 0 ? program_fail(&err) : flawed ? STATUS_NO : STATUS_OK;
}
