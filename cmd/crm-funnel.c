/* crm-funnel: how many pass each step, how fast, and where they drop out.
 *
 * What a funnel is stands in lib/analysis/funnel_chain.h, what is counted in funnel_tally.h. */
#include "analysis/funnel_run.h"
#include "base/program.h"

int main(int argc, char **argv)
{
    struct funnel_options o;
    struct stream *stream = NULL;
    struct error err;
    int first;

    program_begin("crm-funnel");
    int go = funnel_options_read(&o, argc, argv, &first, &err);
    const char *const beside[] = {o.has_stages && !stages_is_builtin(o.stages_name) ? o.stages_name : NULL};
    if (go > 0)
        go = common_check_files(&o.common, NULL, NULL, argv + first, (size_t)(argc - first), &err) ||
                     common_check_settings(&o.common, NULL, NULL, beside, 1, &err) ||
                     partial_open(&o.parts, &o.common, argv + first, (size_t)(argc - first), &stream, &err) ||
                     funnel_run(&o, stream, &err)
                 ? -1
                 : 0;
    stream_free(stream);
    funnel_options_fini(&o);
    return go < 0 ? program_fail(&err) : STATUS_OK;
}
