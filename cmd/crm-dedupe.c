/* crm-dedupe: finds the records that are the same person or company, and makes one best record of them.
 *
 * The order of things lives here; how records are linked is in lib/analysis/link.h, what survives a merge in
 * lib/analysis/survivor.h, what the options are in lib/analysis/dedupe_options.h. */
#include <stdlib.h>

#include "analysis/dedupe_merge.h"
#include "base/program.h"
#include "stream/file.h"

static int save_model(const struct dedupe *dedupe, struct error *err)
{
    struct buffer text;

    if (!dedupe->options->save_model)
        return 0;
    buffer_init(&text);
    int failed = linkage_save(&dedupe->linkage, dedupe->names, &text, err) ||
                 file_write(dedupe->options->save_model, buffer_slice(&text), err);
    buffer_fini(&text);
    return failed ? -1 : 0;
}

static int run(struct dedupe *dedupe, const struct dedupe_options *o, char **operands, struct error *err)
{
    struct output output = {0};
    struct dedupe_result result;
    int failed = output_prepare(&output, &o->common, err) || dedupe_read(dedupe, o, operands, err) ||
                 dedupe_prepare(dedupe, err) || dedupe_tell_plan(dedupe, err);

    if (!failed && o->report == DEDUPE_BLOCKS)
        failed = dedupe_print_blocks(dedupe, &output, err);
    else if (!failed)
        failed = dedupe_find(dedupe, &result, err) || save_model(dedupe, err) ||
                 dedupe_report(dedupe, &result, &output, err);
    if (!failed && o->report != DEDUPE_BLOCKS)
        dedupe_tell_result(dedupe, &result);
    failed = failed || stream_finish(dedupe->stream, err) || output_finish(&output, err);
    undo_free(dedupe->undo);
    dedupe->undo = NULL;
    output_free(&output);
    return failed ? -1 : 0;
}

int main(int argc, char **argv)
{
    struct dedupe_options o = {.common = COMMON_INIT};
    struct dedupe dedupe = {0};
    struct error err;
    int first;

    program_begin("crm-dedupe");
    int go = dedupe_options_read(&o, argc, argv, &first, &err);
    if (go > 0 && o.undo)
        go = dedupe_undo(&o, argv + first, &err);
    else if (go > 0)
        go = run(&dedupe, &o, argv + first, &err);
    dedupe_fini(&dedupe);
    dedupe_options_fini(&o);
    return go < 0 ? program_fail(&err) : STATUS_OK;
}
