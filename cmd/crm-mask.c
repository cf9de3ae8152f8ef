/* crm-mask: pseudonymise columns of records, so that what is joined by them can still be joined.
 *
 * What a token is stands in lib/analysis/mask_token.h, where the key comes from in mask_key.h. */
#include "analysis/mask_run.h"
#include "base/program.h"

int main(int argc, char **argv)
{
    struct mask_options o;
    struct error err;
    int first;

    program_begin("crm-mask");
    int go = mask_options_read(&o, argc, argv, &first, &err);
    if (go > 0)
        go = mask_run(&o, argv + first, (size_t)(argc - first), &err) ? -1 : 0;
    mask_options_free(&o);
    return go < 0 ? program_fail(&err) : STATUS_OK;
}
