/* Boosted trees by XGBoost.
 *
 * A matrix of floats goes in, numbers as they are and categories as the evidence of their bins; what comes out is read
 * from the JSON that XGBoost writes of a model, and its trees are numbered anew, each node before those below it. From
 * then on XGBoost is not needed: predictions of ours and of its own are the same but for the order of a sum of floats.
 *
 * One thread for each fit: with several, sums of gradients are taken in another order, and then trees may differ. The
 * threads there are do different fits.
 *
 * XGBoost reports what it throws, running out of memory included, but not where it would need memory for that, too. So
 * what it takes for the rows is asked for and given back before. It is loaded here and now, see train_library.h. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <xgboost/c_api.h>

#include "analysis/model_tree.h"
#include "analysis/train_learn.h"
#include "analysis/train_library.h"
#include "value/json_memory.h"

#define DEEPEST 64

#define XGBOOST_FUNCTIONS(F)      \
    F(XGBGetLastError)            \
    F(XGBoosterCreate)            \
    F(XGBoosterFree)              \
    F(XGBoosterSaveModelToBuffer) \
    F(XGBoosterSetParam)          \
    F(XGBoosterUpdateOneIter)     \
    F(XGDMatrixCreateFromMat)     \
    F(XGDMatrixFree)              \
    F(XGDMatrixSetFloatInfo)

struct xgboost {
    XGBOOST_FUNCTIONS(TRAIN_LIBRARY_POINTER)
};
static const char *const xgboost_names[] = {XGBOOST_FUNCTIONS(TRAIN_LIBRARY_NAME)};

static int xgboost_error(const struct xgboost *xgboost, struct error *err)
{
    const char *text = xgboost->XGBGetLastError();

    if (strstr(text, "bad_alloc"))
        return error_memory(err);
    return error_set(err, STATUS_SYSTEM, "XGBoost: %.200s", text);
}

/* What a tree sees of feature f of a row. */
static float input(const struct model *model, const struct train_rows *rows, size_t f, size_t row)
{
    const struct train_feature *feature = &rows->table->features[rows->used[f]];

    return feature->number ? model_tree_number(feature->number[row])
                           : model_tree_evidence(&model->features[f].bins[rows->bin[f][row]]);
}

static void fill_inputs(const struct model *model, const struct train_rows *rows, size_t row, float *x)
{
    for (size_t f = 0; f < model->feature_count; f++)
        x[f] = input(model, rows, f, row);
}

/* The rows not left out, as XGBoost wants them. */
static int make_matrix(const struct xgboost *xgboost, const struct model *model, const struct train_rows *rows,
                       DMatrixHandle *matrix, struct error *err)
{
    const size_t width = model->feature_count;
    size_t leads = 0;
    int result;

    if (width && rows->table->rows > SIZE_MAX / sizeof(float) / width - 1)
        return error_memory(err);
    float *x = malloc((rows->table->rows * width + 1) * sizeof *x);
    float *y = malloc((rows->table->rows + 1) * sizeof *y);
    if (!x || !y) {
        free(x);
        free(y);
        return error_memory(err);
    }
    for (size_t row = 0; row < rows->table->rows; row++) {
        if (rows->part[row] == rows->left_out)
            continue;
        fill_inputs(model, rows, row, x + leads * width);
        y[leads++] = rows->table->outcome[row];
    }
    result = xgboost->XGDMatrixCreateFromMat(x, leads, width, NAN, matrix) ? xgboost_error(xgboost, err) : 0;
    if (!result && xgboost->XGDMatrixSetFloatInfo(*matrix, "label", y, leads)) {
        result = xgboost_error(xgboost, err);
        xgboost->XGDMatrixFree(*matrix);
    }
    free(x);
    free(y);
    return result;
}

/* The log-odds all trees start from: those of the rows not left out. A float, since XGBoost keeps it as one. */
static float start_share(const struct train_rows *rows)
{
    double leads = 0, yes = 0;

    for (size_t row = 0; row < rows->table->rows; row++)
        if (rows->part[row] != rows->left_out) {
            leads++;
            yes += rows->table->outcome[row];
        }
    return (float)(yes / leads);
}

static int set_parameters(const struct xgboost *xgboost, BoosterHandle booster, size_t depth, double rate,
                          size_t threads, float share)
{
    char depth_text[24], rate_text[32], threads_text[24], share_text[32];
    const char *const parameters[][2] = {
        {"verbosity", "0"},
        {"objective", "binary:logistic"},
        {"disable_default_eval_metric", "1"},
        {"tree_method", "hist"},
        {"min_child_weight", "5"},
        {"seed", "0"},
        {"max_depth", depth_text},
        {"eta", rate_text},
        {"nthread", threads_text},
        {"base_score", share_text},
    };

    snprintf(depth_text, sizeof depth_text, "%zu", depth);
    snprintf(rate_text, sizeof rate_text, "%.9g", rate);
    snprintf(threads_text, sizeof threads_text, "%zu", threads);
    snprintf(share_text, sizeof share_text, "%.9g", (double)share);
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        if (xgboost->XGBoosterSetParam(booster, parameters[i][0], parameters[i][1]))
            return -1;
    return 0;
}

/* A tree as XGBoost writes it. */
struct written_tree {
    const json_t *left, *right, *feature, *value, *missing_left;
    size_t count;
};

static int open_tree(const json_t *json, struct written_tree *tree)
{
    tree->left = json_object_get(json, "left_children");
    tree->right = json_object_get(json, "right_children");
    tree->feature = json_object_get(json, "split_indices");
    tree->value = json_object_get(json, "split_conditions");
    tree->missing_left = json_object_get(json, "default_left");
    tree->count = json_array_size(tree->left);
    return tree->count && json_array_size(tree->right) == tree->count &&
                   json_array_size(tree->feature) == tree->count && json_array_size(tree->value) == tree->count &&
                   json_array_size(tree->missing_left) == tree->count
               ? 0
               : -1;
}

/* Copies node `from` and what is below it to the end of the tree; -1: it is none. */
static int copy_node(const struct written_tree *written, size_t from, size_t depth, size_t width,
                     struct model_tree *tree)
{
    if (from >= written->count || tree->count == written->count || depth > DEEPEST)
        return -1;
    struct model_node *node = &tree->nodes[tree->count++];
    const json_int_t left = json_integer_value(json_array_get(written->left, from));
    const json_int_t feature = json_integer_value(json_array_get(written->feature, from));
    const json_t *missing_left = json_array_get(written->missing_left, from);

    *node = (struct model_node){.feature = MODEL_LEAF,
                                .value = (float)json_number_value(json_array_get(written->value, from))};
    if (left < 0)
        return 0;
    if (feature < 0 || (size_t)feature >= width)
        return -1;
    node->feature = (uint32_t)feature;
    node->missing_left = json_is_true(missing_left) || json_integer_value(missing_left) != 0;
    node->left = (uint32_t)tree->count;
    if (copy_node(written, (size_t)left, depth + 1, width, tree))
        return -1;
    node->right = (uint32_t)tree->count;
    return copy_node(written, (size_t)json_integer_value(json_array_get(written->right, from)), depth + 1, width, tree);
}

static int copy_trees(struct model *model, const json_t *json, struct error *err)
{
    json_t *learner = json_object_get(json, "learner");
    json_t *trees = json_object_get(json_object_get(json_object_get(learner, "gradient_booster"), "model"), "trees");
    const size_t count = json_array_size(trees);

    model->tree_count = 0;
    model->trees = arena_alloc(&model->arena, count * sizeof *model->trees);
    if (!model->trees)
        return error_memory(err);
    for (size_t t = 0; t < count; t++) {
        struct model_tree *tree = &model->trees[t];
        struct written_tree written;

        if (open_tree(json_array_get(trees, t), &written))
            return error_set(err, STATUS_SYSTEM, "XGBoost: tree %zu is not as expected", t);
        tree->count = 0;
        tree->nodes = arena_alloc(&model->arena, written.count * sizeof *tree->nodes);
        if (!tree->nodes)
            return error_memory(err);
        if (copy_node(&written, 0, 0, model->feature_count, tree))
            return error_set(err, STATUS_SYSTEM, "XGBoost: tree %zu is not as expected", t);
    }
    model->tree_count = count;
    return 0;
}

static int read_trees(const struct xgboost *xgboost, struct model *model, BoosterHandle booster, struct error *err)
{
    bst_ulong length;
    const char *text;
    json_error_t where;

    if (xgboost->XGBoosterSaveModelToBuffer(booster, "{\"format\": \"json\"}", &length, &text))
        return xgboost_error(xgboost, err);
    json_t *json = json_loadb(text, length, 0, &where);
    if (!json)
        return json_error_code(&where) == json_error_out_of_memory
                   ? error_memory(err)
                   : error_set(err, STATUS_SYSTEM, "XGBoost: its model: %s", where.text);
    const int result = copy_trees(model, json, err);
    json_decref(json);
    return result;
}

int train_trees(struct model *model, const struct train_rows *rows, size_t depth, size_t trees, double rate,
                size_t threads, struct error *err)
{
    const float share = start_share(rows);
    struct xgboost xgboost;
    DMatrixHandle matrix;
    BoosterHandle booster;
    int result = 0;

    if (json_memory_secure(err) || train_memory((rows->table->rows + 4096) * (model->feature_count + 4) * 16, err) ||
        train_library_load(XGBOOST_SONAME, xgboost_names, sizeof xgboost_names / sizeof *xgboost_names, &xgboost,
                           err) ||
        make_matrix(&xgboost, model, rows, &matrix, err))
        return -1;
    if (xgboost.XGBoosterCreate(&matrix, 1, &booster)) {
        xgboost.XGDMatrixFree(matrix);
        return xgboost_error(&xgboost, err);
    }
    if (set_parameters(&xgboost, booster, depth, rate, threads, share))
        result = xgboost_error(&xgboost, err);
    for (size_t t = 0; !result && t < trees; t++)
        if (xgboost.XGBoosterUpdateOneIter(booster, (int)t, matrix))
            result = xgboost_error(&xgboost, err);
    if (!result)
        result = read_trees(&xgboost, model, booster, err);
    xgboost.XGBoosterFree(booster);
    xgboost.XGDMatrixFree(matrix);
    model->intercept = log((double)share / (1 - (double)share));
    return result;
}

int train_trees_losses(const struct model *model, const struct train_rows *rows, double *loss, struct error *err)
{
    float *x = malloc((model->feature_count + 1) * sizeof *x);

    if (!x)
        return error_memory(err);
    for (size_t row = 0; row < rows->table->rows; row++) {
        double z = model->intercept;

        if (rows->part[row] != rows->left_out)
            continue;
        fill_inputs(model, rows, row, x);
        for (size_t t = 0; t < model->tree_count; t++) {
            z += (double)model_tree_leaf(&model->trees[t], x)->value;
            if ((t + 1) % TRAIN_TREE_STEP == 0)
                loss[t / TRAIN_TREE_STEP] += train_loss(z, rows->table->outcome[row]);
        }
    }
    free(x);
    return 0;
}

/* Counts, in the means of the nodes it comes through, a row; returns the leaf. */
static void count_row(struct model_tree *tree, const float *x)
{
    uint32_t at = 0;

    tree->nodes[at].mean++;
    while (tree->nodes[at].feature != MODEL_LEAF) {
        at = model_tree_next(&tree->nodes[at], x);
        tree->nodes[at].mean++;
    }
}

/* From counts to means; nodes stand behind those above them. A node without a lead has the mean of its two halves. */
static void counts_to_means(struct model_tree *tree, double *count)
{
    for (size_t n = tree->count; n-- > 0;) {
        struct model_node *node = &tree->nodes[n];

        count[n] = node->mean;
        if (node->feature == MODEL_LEAF) {
            node->mean = (double)node->value;
            continue;
        }
        const double left = tree->nodes[node->left].mean, right = tree->nodes[node->right].mean;
        node->mean =
            count[n] > 0 ? (left * count[node->left] + right * count[node->right]) / count[n] : (left + right) / 2;
    }
}

int train_trees_means(struct model *model, const struct train_rows *rows, struct error *err)
{
    size_t most = 1;

    for (size_t t = 0; t < model->tree_count; t++)
        most = model->trees[t].count > most ? model->trees[t].count : most;
    float *x = malloc((model->feature_count + 1) * sizeof *x);
    double *count = malloc(most * sizeof *count);
    if (!x || !count) {
        free(x);
        free(count);
        return error_memory(err);
    }
    for (size_t row = 0; row < rows->table->rows; row++) {
        if (rows->part[row] == rows->left_out)
            continue;
        fill_inputs(model, rows, row, x);
        for (size_t t = 0; t < model->tree_count; t++)
            count_row(&model->trees[t], x);
    }
    for (size_t t = 0; t < model->tree_count; t++)
        counts_to_means(&model->trees[t], count);
    free(x);
    free(count);
    return 0;
}

static double predict_row(const struct model *model, const struct train_rows *rows, size_t row, float *x)
{
    double z = model->intercept;

    if (model->method != MODEL_TREES) {
        for (size_t f = 0; f < model->feature_count; f++)
            z += model->features[f].bins[rows->bin[f][row]].weight;
        return z;
    }
    fill_inputs(model, rows, row, x);
    for (size_t t = 0; t < model->tree_count; t++)
        z += (double)model_tree_leaf(&model->trees[t], x)->value;
    return z;
}

static int predict_rows(const struct model *model, const struct train_rows *rows, bool held_only, double *z,
                        struct error *err)
{
    float *x = malloc((model->feature_count + 1) * sizeof *x);

    if (!x)
        return error_memory(err);
    for (size_t row = 0; row < rows->table->rows; row++)
        if (!held_only || rows->part[row] == rows->left_out)
            z[row] = predict_row(model, rows, row, x);
    free(x);
    return 0;
}

int train_predict(const struct model *model, const struct train_rows *rows, double *z, struct error *err)
{
    return predict_rows(model, rows, false, z, err);
}

int train_predict_held(const struct model *model, const struct train_rows *rows, double *z, struct error *err)
{
    return predict_rows(model, rows, true, z, err);
}
