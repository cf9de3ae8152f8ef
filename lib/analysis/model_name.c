/* Names: of what a model can be, and of its bins, as people read them. */
#include "analysis/model.h"

#include <math.h>

#include "value/settings.h"

#define SHOWN 4 /* values of a bin */

const char *const model_method_names[] = {"logistic", "bayes", "trees", NULL};
const char *const model_calibrating_names[] = {"none", "platt", "isotonic", NULL};

static int put_range(const struct model_bin *bin, enum train_kind kind, struct buffer *text)
{
    struct slice unit = kind == TRAIN_DATE ? SLICE(" days") : SLICE("");
    bool from = !isinf(bin->from), below = !isinf(bin->below);

    if (!from && !below)
        return buffer_append(text, SLICE("any"));
    if (!from)
        return buffer_append(text, SLICE("under ")) || settings_put_number(text, bin->below) ||
                       buffer_append(text, unit)
                   ? -1
                   : 0;
    if (settings_put_number(text, bin->from))
        return -1;
    if (below && (buffer_append(text, SLICE(" to ")) || settings_put_number(text, bin->below)))
        return -1;
    return buffer_append(text, unit) || (!below && buffer_append(text, SLICE(" and more"))) ? -1 : 0;
}

static int put_values(const struct model_bin *bin, struct buffer *text)
{
    size_t shown = bin->value_count <= SHOWN ? bin->value_count : SHOWN - 1;

    for (size_t i = 0; i < shown; i++) {
        struct slice before = i == 0 ? SLICE("") : i + 1 == bin->value_count ? SLICE(" or ") : SLICE(", ");

        if (buffer_append(text, before) || buffer_append(text, bin->values[i]))
            return -1;
    }
    return shown == bin->value_count ? 0 : buffer_printf(text, " or %zu others", bin->value_count - shown);
}

int model_bin_name(const struct model_feature *feature, size_t bin, struct buffer *text)
{
    if (bin + 1 == feature->count)
        return buffer_append(text, SLICE("missing"));
    if (feature->kind != TRAIN_CATEGORY)
        return put_range(&feature->bins[bin], feature->kind, text);
    if (bin + 2 == feature->count)
        return buffer_append(text, SLICE("other"));
    return put_values(&feature->bins[bin], text);
}
