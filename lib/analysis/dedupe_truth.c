/* --truth: the clusters that were found, against those that are known. */
#include <math.h>

#include "analysis/dedupe_print.h"
#include "analysis/link_truth.h"

#define ASKED_PAIRS 2000000 /* true pairs of which it is asked whether blocking finds them, at most */

int dedupe_print_truth(struct dedupe *dedupe, const struct dedupe_result *result, struct output *output,
                       struct error *err)
{
    const struct linkage *linkage = &dedupe->linkage;
    struct link_evaluation evaluation = {0};
    struct link_truth truth;

    if (dedupe->truth == COLUMN_ABSENT) /* an input without a header */
        return link_evaluation_print(&evaluation, &dedupe->options->common, dedupe->stream, output, err);
    if (link_truth_read(&truth, &dedupe->kept, dedupe->truth, dedupe->options->settings.mode, dedupe->split, err))
        return -1;
    int failed = link_evaluate_clusters(&evaluation, &truth, result->cluster, result->count,
                                        result->matched ? (double)NAN : linkage->settings.threshold, err);
    if (!failed && !result->matched) {
        link_evaluate_blocking(&evaluation, &truth, &linkage->index, ASKED_PAIRS);
        link_evaluate_edges(&evaluation, &truth, &linkage->edges, &linkage->model, LINK_LEAST_PROBABILITY);
    }
    failed = failed || link_evaluation_print(&evaluation, &dedupe->options->common, dedupe->stream, output, err);
    link_truth_fini(&truth);
    return failed ? -1 : 0;
}
