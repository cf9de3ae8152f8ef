/* crm-report: a page, or charts, of the tables that the other programs write.
 *
 * The order of things lives in lib/report/report_run.h; what a table is taken for, in report_kind.c. */
#include "base/program.h"
#include "report/report_run.h"

int main(int argc, char **argv)
{
    struct report_command o;
    struct error err;
    int first;

    program_begin("crm-report");
    int go = report_command_read(&o, argc, argv, &first, &err);
    if (go > 0)
        go = report_run(&o, argv + first, (size_t)(argc - first), &err);
    return go < 0 ? program_fail(&err) : STATUS_OK;
}
