/* Reading the features of a model, and its trees, which name them. Ranges must be without gaps and overlaps, and a
 * value be in one bin only: otherwise what a lead gets would depend on how it is looked up. */
#include "analysis/model_reading.h"

#include <float.h>
#include <math.h>

#define FEATURES 10000
#define BINS UINT16_MAX
#define VALUES 1000000
#define TREES 100000
#define NODES 1000000
#define FLOAT_MOST 3.4028235e38 /* FLT_MAX in as few digits as it is written with: rounds to it */

/* ---- bins ---- */

/* A bin is what its place makes it. */
enum role { ROLE_MISSING, ROLE_OTHER, ROLE_VALUES, ROLE_RANGE };

static enum role role_of(const struct model_feature *feature, size_t b)
{
    if (b + 1 == feature->count)
        return ROLE_MISSING;
    if (feature->kind != TRAIN_CATEGORY)
        return ROLE_RANGE;
    return b + 2 == feature->count ? ROLE_OTHER : ROLE_VALUES;
}

static int check_keys(struct model_reading *reading, const struct settings_place *at, const json_t *value,
                      enum role role)
{
    static const char *const first[] = {"missing", "other", "values", "from"};
    const char *keys[] = {"yes", "no", "evidence", first[role], NULL, NULL, NULL};
    size_t count = 4;

    if (role == ROLE_RANGE)
        keys[count++] = "below";
    if (reading->model->method != MODEL_TREES)
        keys[count++] = "weight";
    if (!json_is_object(value))
        return settings_fail(at, reading->err, "not an object");
    if (role == ROLE_MISSING && !json_is_true(json_object_get(value, "missing")))
        return settings_fail(at, reading->err, "the last bin is not {\"missing\": true, ...}");
    if (role == ROLE_OTHER && !json_is_true(json_object_get(value, "other")))
        return settings_fail(at, reading->err, "the last bin but one is not {\"other\": true, ...}");
    return settings_object(at, value, keys, reading->err);
}

/* seen: values of the feature. */
static int read_values(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                       struct model_bin *bin, struct group_table *seen)
{
    struct settings_place at;
    const json_t *values = model_read_member(reading, place, object, "values", &at);

    if (!values || model_read_array(reading, &at, values, 1, VALUES, sizeof *bin->values, (void **)&bin->values,
                                    &bin->value_count))
        return -1;
    for (size_t i = 0; i < bin->value_count; i++) {
        struct settings_place element = settings_member(&at, NULL, i);
        struct slice text;
        bool added;

        if (settings_string(&element, json_array_get(values, i), &text, reading->err))
            return -1;
        if (!text.len)
            return settings_fail(&element, reading->err, "empty");
        if (!group_get(seen, text, &added))
            return error_memory(reading->err);
        if (!added)
            return settings_fail(&element, reading->err, "the value is in a bin already");
        bin->values[i] = (struct slice){arena_copy(&reading->model->arena, text), text.len};
        if (!bin->values[i].ptr)
            return error_memory(reading->err);
    }
    return 0;
}

/* An end of a range, which null or absence leaves open. */
static int read_end(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                    const char *key, double open, double *end)
{
    const json_t *value = json_object_get(object, key);

    *end = open;
    if (!value || json_is_null(value))
        return 0;
    return model_read_number(reading, place, object, key, -DBL_MAX, DBL_MAX, end);
}

static int read_range(struct model_reading *reading, const struct settings_place *at, const json_t *object,
                      const struct model_feature *feature, size_t b)
{
    struct model_bin *bin = &feature->bins[b];

    if (read_end(reading, at, object, "from", (double)-INFINITY, &bin->from) ||
        read_end(reading, at, object, "below", (double)INFINITY, &bin->below))
        return -1;
    if (b == 0 ? !isinf(bin->from) : bin->from != bin[-1].below)
        return settings_fail(at, reading->err,
                             b ? "'from' is not what the bin before is 'below'" : "the first bin has a 'from'");
    if (bin->from >= bin->below)
        return settings_fail(at, reading->err, "'from' is not less than 'below'");
    bool last = b + 2 == feature->count, open = isinf(bin->below);
    if (last != open)
        return settings_fail(at, reading->err,
                             last ? "the last range has a 'below'" : "'below' is missing, and more ranges follow");
    return 0;
}

static int read_bin(struct model_reading *reading, const struct settings_place *at, const json_t *value,
                    const struct model_feature *feature, size_t b, struct group_table *seen)
{
    struct model_bin *bin = &feature->bins[b];
    enum role role = role_of(feature, b);

    bin->from = (double)-INFINITY;
    bin->below = (double)INFINITY;
    if (check_keys(reading, at, value, role) || (role == ROLE_VALUES && read_values(reading, at, value, bin, seen)) ||
        (role == ROLE_RANGE && read_range(reading, at, value, feature, b)) ||
        model_read_number(reading, at, value, "yes", 0, MODEL_MOST_LEADS, &bin->yes) ||
        model_read_number(reading, at, value, "no", 0, MODEL_MOST_LEADS, &bin->no) ||
        model_read_number(reading, at, value, "evidence", -MODEL_FARTHEST, MODEL_FARTHEST, &bin->evidence))
        return -1;
    if (reading->model->method == MODEL_TREES)
        return 0;
    return model_read_number(reading, at, value, "weight", -MODEL_FARTHEST, MODEL_FARTHEST, &bin->weight);
}

/* ---- features ---- */

static int read_bins(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                     struct model_feature *feature)
{
    struct group_table seen;
    struct settings_place at;
    const json_t *bins = model_read_member(reading, place, object, "bins", &at);
    int failed = 0;

    if (!bins ||
        model_read_array(reading, &at, bins, 2, BINS, sizeof *feature->bins, (void **)&feature->bins, &feature->count))
        return -1;
    group_init(&seen, sizeof(uint32_t));
    for (size_t b = 0; b < feature->count && !failed; b++) {
        struct settings_place element = settings_member(&at, NULL, b);

        failed = read_bin(reading, &element, json_array_get(bins, b), feature, b, &seen);
    }
    group_fini(&seen);
    return failed;
}

static int read_feature(struct model_reading *reading, const struct settings_place *place, const json_t *value,
                        size_t f)
{
    static const char *const keys[] = {"name", "kind", "information", "missing_mean", "bins", NULL};
    struct model_feature *feature = &reading->model->features[f];
    struct settings_place at = settings_member(place, "name", 0);
    bool added;
    int kind;

    if (settings_object(place, value, keys, reading->err) ||
        model_read_text(reading, place, value, "name", &feature->name))
        return -1;
    uint32_t *number = group_get(&reading->names, feature->name, &added);
    if (!number)
        return error_memory(reading->err);
    if (!added)
        return settings_fail(&at, reading->err, "another feature has this name");
    *number = (uint32_t)f;
    if (model_read_choice(reading, place, value, "kind", train_kind_names, &kind) ||
        model_read_number(reading, place, value, "information", -MODEL_FARTHEST, MODEL_FARTHEST,
                          &feature->information) ||
        (json_object_get(value, "missing_mean") &&
         model_read_number(reading, place, value, "missing_mean", -MODEL_FARTHEST, MODEL_FARTHEST,
                           &feature->missing_mean)))
        return -1;
    feature->kind = (enum train_kind)kind;
    return read_bins(reading, place, value, feature);
}

int model_read_features(struct model_reading *reading, const struct settings_place *root, const json_t *object)
{
    struct model *model = reading->model;
    struct settings_place at;
    const json_t *features = model_read_member(reading, root, object, "features", &at);

    if (!features || model_read_array(reading, &at, features, 0, FEATURES, sizeof *model->features,
                                      (void **)&model->features, &model->feature_count))
        return -1;
    for (size_t f = 0; f < model->feature_count; f++) {
        struct settings_place element = settings_member(&at, NULL, f);

        if (read_feature(reading, &element, json_array_get(features, f), f))
            return -1;
    }
    return 0;
}

/* ---- trees ---- */

/* A child comes behind its parent, so that every way ends. */
static int read_child(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                      const char *key, size_t parent, size_t count, uint32_t *child)
{
    struct settings_place at;
    const json_t *value = model_read_member(reading, place, object, key, &at);

    if (!value)
        return -1;
    if (parent + 1 == count)
        return settings_fail(&at, reading->err, "not the number of a node behind this one: there is none");
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number <= (json_int_t)parent || number >= (json_int_t)count)
        return settings_fail(&at, reading->err, "not the number of a node behind this one, %zu to %zu", parent + 1,
                             count - 1);
    *child = (uint32_t)number;
    return 0;
}

static int read_split(struct model_reading *reading, const struct settings_place *at, const json_t *value,
                      struct model_tree *tree, size_t n)
{
    static const char *const keys[] = {"feature", "below", "left", "right", "missing", "mean", NULL};
    static const char *const sides[] = {"left", "right", NULL};
    struct model_node *node = &tree->nodes[n];
    struct settings_place place;
    struct slice name;
    struct quote q;
    double bound;
    int side;

    if (settings_object(at, value, keys, reading->err) ||
        model_read_string(reading, at, value, "feature", &place, &name))
        return -1;
    const uint32_t *feature = group_find(&reading->names, name);
    if (!feature)
        return settings_fail(&place, reading->err, "no feature '%s'", quote_name(&q, name));
    if (model_read_number(reading, at, value, "below", -FLOAT_MOST, FLOAT_MOST, &bound) ||
        read_child(reading, at, value, "left", n, tree->count, &node->left) ||
        read_child(reading, at, value, "right", n, tree->count, &node->right) ||
        model_read_choice(reading, at, value, "missing", sides, &side))
        return -1;
    node->feature = *feature;
    node->value = (float)bound;
    node->missing_left = side == 0;
    return 0;
}

static int read_node(struct model_reading *reading, const struct settings_place *at, const json_t *value,
                     struct model_tree *tree, size_t n)
{
    static const char *const leaf_keys[] = {"leaf", "mean", NULL};
    struct model_node *node = &tree->nodes[n];
    double leaf = 0;

    node->feature = UINT32_MAX;
    if (json_object_get(value, "leaf")) {
        if (settings_object(at, value, leaf_keys, reading->err) ||
            model_read_number(reading, at, value, "leaf", -FLOAT_MOST, FLOAT_MOST, &leaf))
            return -1;
        node->value = (float)leaf;
    } else if (read_split(reading, at, value, tree, n))
        return -1;
    return model_read_number(reading, at, value, "mean", -MODEL_FARTHEST, MODEL_FARTHEST, &node->mean);
}

static int read_tree(struct model_reading *reading, const struct settings_place *at, const json_t *value,
                     struct model_tree *tree)
{
    if (model_read_array(reading, at, value, 1, NODES, sizeof *tree->nodes, (void **)&tree->nodes, &tree->count))
        return -1;
    for (size_t n = 0; n < tree->count; n++) {
        struct settings_place element = settings_member(at, NULL, n);

        if (read_node(reading, &element, json_array_get(value, n), tree, n))
            return -1;
    }
    return 0;
}

int model_read_trees(struct model_reading *reading, const struct settings_place *root, const json_t *object)
{
    struct model *model = reading->model;
    struct settings_place at = settings_member(root, "trees", 0);

    if (model->method != MODEL_TREES)
        return json_object_get(object, "trees") ? settings_fail(&at, reading->err, "the method is not trees") : 0;
    const json_t *trees = model_read_member(reading, root, object, "trees", &at);
    if (!trees || model_read_array(reading, &at, trees, 1, TREES, sizeof *model->trees, (void **)&model->trees,
                                   &model->tree_count))
        return -1;
    for (size_t t = 0; t < model->tree_count; t++) {
        struct settings_place element = settings_member(&at, NULL, t);

        if (read_tree(reading, &element, json_array_get(trees, t), &model->trees[t]))
            return -1;
    }
    return 0;
}
