/* crm-cohort: of the customers that began together, how many stay, and what they bring.
 *
 * What is counted stands in lib/analysis/cohort.h. */
#include "analysis/cohort_run.h"
#include "base/program.h"

int main(int argc, char **argv)
{
    struct cohort_options o;
    struct stream *stream = NULL;
    struct error err;
    int first;

    program_begin("crm-cohort");
    int go = cohort_options_read(&o, argc, argv, &first, &err);
    const char *const beside[] = {o.rates};
    if (go > 0)
        go = common_check_files(&o.common, NULL, NULL, argv + first, (size_t)(argc - first), &err) ||
                     common_check_settings(&o.common, NULL, NULL, beside, 1, &err) ||
                     partial_open(&o.parts, &o.common, argv + first, (size_t)(argc - first), &stream, &err) ||
                     cohort_run(&o, stream, &err)
                 ? -1
                 : 0;
    stream_free(stream);
    return go < 0 ? program_fail(&err) : STATUS_OK;
}
