/* The features behind a probability, those that moved it most first. */
#include <math.h>

#include "analysis/model.h"

/* The feature of the greatest part below those that were taken; SIZE_MAX: there is none. */
static size_t next_feature(const struct model *model, const double *parts, double below, size_t after)
{
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < model->feature_count; i++) {
        double size = fabs(parts[i]);
        if (size > below || (size == below && (after == SIZE_MAX || i <= after)))
            continue;
        if (best == SIZE_MAX || size > fabs(parts[best]))
            best = i;
    }
    return best;
}

int model_reasons(const struct model *model, const double *parts, const uint32_t *bins, size_t most,
                  struct buffer *text)
{
    double below = INFINITY;
    size_t at = SIZE_MAX;

    for (size_t taken = 0; taken < most; taken++) {
        at = next_feature(model, parts, below, at);
        if (at == SIZE_MAX || fabs(parts[at]) < .005)
            return 0;
        below = fabs(parts[at]);
        if (buffer_printf(text, "%s%.*s ", taken ? "; " : "", SLICE_ARG(model->features[at].name)) ||
            model_bin_name(&model->features[at], bins[at], text) || buffer_printf(text, " %+.2f", parts[at]))
            return -1;
    }
    return 0;
}
