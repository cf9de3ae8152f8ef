/* Applying a model to a lead. A number is looked for among the bounds of its bins by bisection, a value of a category
 * in a hash table; what is there is looked at first, so that only a text that is none of these costs the comparison
 * with the words for "no value".
 *
 * Values are read as they are in training: without the blanks around them, a day before 1900 or behind 2100 is none.
 * But what is no number in a column of numbers is an error here, where each lead is answered for by itself. */
#include <math.h>
#include <stdlib.h>

#include "analysis/model_tree.h"
#include "base/group.h"

struct use_feature {
    const struct model_feature *feature;
    double mean;               /* of the weights, over the training leads */
    size_t ranges;             /* of a number */
    double *below;             /* of each range; owned */
    struct group_table values; /* of a category: to the number of the bin, a uint32_t */
};

struct model_use {
    const struct model *model;
    int32_t as_of, first_day, last_day; /* days outside of these are none */
    struct date_reader dates;
    struct use_feature *features; /* owned */
    float *x;                     /* what trees see of the lead; owned */
};

static double mean_weight(const struct model_feature *feature)
{
    double sum = 0, leads = 0;

    for (size_t b = 0; b < feature->count; b++) {
        const struct model_bin *bin = &feature->bins[b];

        sum += bin->weight * (bin->yes + bin->no);
        leads += bin->yes + bin->no;
    }
    return leads > 0 ? sum / leads : 0;
}

static int prepare_values(struct use_feature *use)
{
    const struct model_feature *feature = use->feature;

    for (size_t b = 0; b < feature->count; b++)
        for (size_t v = 0; v < feature->bins[b].value_count; v++) {
            bool added;
            uint32_t *bin = group_get(&use->values, feature->bins[b].values[v], &added);

            if (!bin)
                return -1;
            if (added)
                *bin = (uint32_t)b;
        }
    return 0;
}

static int prepare_ranges(struct use_feature *use)
{
    use->ranges = use->feature->count - 1;
    use->below = malloc((use->ranges + 1) * sizeof *use->below);
    if (!use->below)
        return -1;
    for (size_t b = 0; b < use->ranges; b++)
        use->below[b] = use->feature->bins[b].below;
    return 0;
}

int model_use_new(struct model_use **made, const struct model *model, int32_t as_of, const struct date_reader *dates,
                  struct error *err)
{
    struct model_use *use = calloc(1, sizeof *use);
    bool failed = !use;

    *made = NULL;
    if (use) {
        *use = (struct model_use){.model = model,
                                  .as_of = as_of,
                                  .first_day = day_from_civil(1900, 1, 1),
                                  .last_day = day_from_civil(2100, 12, 31),
                                  .dates = *dates};
        use->features = calloc(model->feature_count + 1, sizeof *use->features);
        use->x = calloc(model->feature_count + 1, sizeof *use->x);
        failed = !use->features || !use->x;
    }
    for (size_t f = 0; !failed && f < model->feature_count; f++) {
        use->features[f].feature = &model->features[f];
        use->features[f].mean = mean_weight(&model->features[f]);
        group_init(&use->features[f].values, sizeof(uint32_t));
        failed = model->features[f].kind == TRAIN_CATEGORY ? prepare_values(&use->features[f])
                                                           : prepare_ranges(&use->features[f]);
    }
    if (failed) {
        model_use_free(use);
        return error_memory(err);
    }
    *made = use;
    return 0;
}

void model_use_set_day(struct model_use *use, int32_t as_of)
{
    use->as_of = as_of;
}

void model_use_free(struct model_use *use)
{
    if (!use)
        return;
    for (size_t f = 0; use->features && f < use->model->feature_count; f++)
        if (use->features[f].feature) {
            group_fini(&use->features[f].values);
            free(use->features[f].below);
        }
    free(use->features);
    free(use->x);
    free(use);
}

static int read_failed(const struct use_feature *use, struct slice text, struct error *err)
{
    struct quote name, value;

    return error_set(err, STATUS_DATA, "feature '%s': '%s' is not a %s", quote_name(&name, use->feature->name),
                     quote(&value, text), train_kind_names[use->feature->kind]);
}

/* The number, or the age in days; NAN: missing. */
static int read_number(struct model_use *use, const struct use_feature *feature, struct slice text, double *number,
                       struct error *err)
{
    int32_t day;

    *number = NAN;
    if (!text.len)
        return 0;
    if (feature->feature->kind == TRAIN_NUMBER) {
        if (model_number(text, number))
            return 0;
        *number = NAN;
        return model_missing(text) ? 0 : read_failed(feature, text, err);
    }
    if (!date_read(&use->dates, text, &day))
        return model_missing(text) ? 0 : read_failed(feature, text, err);
    if (use->as_of != DAY_NONE && day >= use->first_day && day <= use->last_day)
        *number = (double)use->as_of - day;
    return 0;
}

static uint32_t bin_of_number(const struct use_feature *use, double number)
{
    size_t low = 0, high = use->ranges;

    if (isnan(number))
        return (uint32_t)use->ranges;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (number < use->below[middle])
            high = middle;
        else
            low = middle + 1;
    }
    /* Between ranges, where a hand has taken one out, a number is as good as missing. */
    return (uint32_t)(low < use->ranges && number >= use->feature->bins[low].from ? low : use->ranges);
}

static uint32_t bin_of_value(const struct use_feature *use, struct slice text)
{
    const uint32_t missing = (uint32_t)use->feature->count - 1;

    if (!text.len)
        return missing;
    const uint32_t *bin = group_find(&use->values, text);
    if (bin)
        return *bin;
    return model_missing(text) || !missing ? missing : missing - 1;
}

uint32_t model_bin_of(struct model_use *use, size_t i, struct slice text)
{
    const struct use_feature *feature = &use->features[i];
    struct error unread;
    double number;

    text = slice_trim(text);
    if (feature->feature->kind == TRAIN_CATEGORY)
        return bin_of_value(feature, text);
    if (read_number(use, feature, text, &number, &unread))
        number = NAN;
    return bin_of_number(feature, number);
}

/* z of the leaves reached; what each node on the way changes of the mean goes to its feature. */
static double apply_trees(const struct model *model, const float *x, double *parts)
{
    double z = model->intercept;

    for (size_t t = 0; t < model->tree_count; t++) {
        const struct model_tree *tree = &model->trees[t];
        const struct model_node *node = tree->nodes;

        while (node->feature != MODEL_LEAF) {
            const struct model_node *next = &tree->nodes[model_tree_next(node, x)];

            if (parts)
                parts[node->feature] += next->mean - node->mean;
            node = next;
        }
        z += (double)node->value;
    }
    return z;
}

int model_apply(struct model_use *use, const struct slice *values, double *z, double *p, double *parts, uint32_t *bins,
                struct error *err)
{
    const struct model *model = use->model;
    double sum = model->intercept;

    for (size_t f = 0; f < model->feature_count; f++) {
        const struct use_feature *feature = &use->features[f];
        const struct slice text = slice_trim(values[f]);
        double number = NAN;
        uint32_t bin;

        if (feature->feature->kind == TRAIN_CATEGORY) {
            bin = bin_of_value(feature, text);
            use->x[f] = model_tree_evidence(&feature->feature->bins[bin]);
        } else {
            if (read_number(use, feature, text, &number, err))
                return -1;
            bin = bin_of_number(feature, number);
            use->x[f] = model_tree_number(number);
        }
        sum += feature->feature->bins[bin].weight;
        if (parts)
            parts[f] = model->method == MODEL_TREES ? 0 : feature->feature->bins[bin].weight - feature->mean;
        if (bins)
            bins[f] = bin;
    }
    *z = model->method == MODEL_TREES ? apply_trees(model, use->x, parts) : sum;
    *p = model_calibrate(&model->calibration, *z);
    return 0;
}
