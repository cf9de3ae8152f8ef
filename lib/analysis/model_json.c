/* Writing a model as JSON, a bin, a node and a grade each on a line of its own, which no printer of a library would do.
 * What was written is read back before it counts, so that no file is left behind that the next run refuses; what is no
 * number (an infinity where none may be) is written as null and so found out. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/model.h"
#include "base/utf8.h"
#include "value/json_memory.h"
#include "value/settings.h"

/* Where it goes; once memory has failed nothing more is put. */
struct writing {
    struct buffer *text;
    bool failed;
};

static void put(struct writing *to, const char *text)
{
    to->failed = to->failed || buffer_append(to->text, slice_from_cstr(text));
}

/* What settings_put_number() does not write so that it is read as the same. */
static bool put_odd(struct writing *to, double number)
{
    const bool negative_zero = number == 0 && signbit(number); /* "-0" would be read as a whole number */

    if (isfinite(number) && !negative_zero)
        return false;
    put(to, negative_zero ? "-0.0" : "null");
    return true;
}

static void put_double(struct writing *to, double number)
{
    if (!put_odd(to, number))
        to->failed = to->failed || settings_put_number(to->text, number);
}

/* The fewest digits that are read as the same float. */
static void put_float(struct writing *to, float number)
{
    char digits[40];

    if (put_odd(to, (double)number))
        return;
    for (int precision = FLT_DIG; precision <= FLT_DECIMAL_DIG; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, (double)number);
        if ((float)strtod(digits, NULL) == number) /* as it will be read */
            break;
    }
    put(to, digits);
}

static void put_text(struct writing *to, struct slice value)
{
    json_t *string = json_stringn(value.len ? value.ptr : "", value.len);

    to->failed = to->failed || settings_write(string, JSON_ENCODE_ANY, to->text);
    json_decref(string);
}

static void put_key(struct writing *to, const char *before, const char *key)
{
    put(to, before);
    put(to, "\"");
    put(to, key);
    put(to, "\": ");
}

static void put_number(struct writing *to, const char *before, const char *key, double number)
{
    put_key(to, before, key);
    put_double(to, number);
}

static void put_string(struct writing *to, const char *before, const char *key, struct slice value)
{
    put_key(to, before, key);
    put_text(to, value);
}

/* ---- features ---- */

static void put_values(struct writing *to, const struct model_bin *bin)
{
    put_key(to, "", "values");
    put(to, "[");
    for (size_t i = 0; i < bin->value_count; i++) {
        put(to, i ? ", " : "");
        put_text(to, bin->values[i]);
    }
    put(to, "], ");
}

static void put_bin(struct writing *to, const struct model *model, const struct model_feature *feature, size_t b)
{
    const struct model_bin *bin = &feature->bins[b];

    put(to, "        {");
    if (b + 1 == feature->count)
        put(to, "\"missing\": true, ");
    else if (feature->kind != TRAIN_CATEGORY) {
        if (bin->from != (double)-INFINITY) {
            put_number(to, "", "from", bin->from);
            put(to, ", ");
        }
        if (bin->below != (double)INFINITY) {
            put_number(to, "", "below", bin->below);
            put(to, ", ");
        }
    } else if (b + 2 == feature->count)
        put(to, "\"other\": true, ");
    else
        put_values(to, bin);
    put_number(to, "", "yes", bin->yes);
    put_number(to, ", ", "no", bin->no);
    put_number(to, ", ", "evidence", bin->evidence);
    if (model->method != MODEL_TREES)
        put_number(to, ", ", "weight", bin->weight);
    put(to, b + 1 < feature->count ? "},\n" : "}\n");
}

static void put_features(struct writing *to, const struct model *model)
{
    put(to, ",\n  \"features\": [\n");
    for (size_t f = 0; f < model->feature_count; f++) {
        const struct model_feature *feature = &model->features[f];

        put_string(to, "    {\n      ", "name", feature->name);
        put_string(to, ",\n      ", "kind", slice_from_cstr(train_kind_names[feature->kind]));
        put_number(to, ",\n      ", "information", feature->information);
        if (feature->missing_mean != 0)
            put_number(to, ",\n      ", "missing_mean", feature->missing_mean);
        put(to, ",\n      \"bins\": [\n");
        for (size_t b = 0; b < feature->count && !to->failed; b++)
            put_bin(to, model, feature, b);
        put(to, f + 1 < model->feature_count ? "      ]\n    },\n" : "      ]\n    }\n");
    }
    put(to, "  ]");
}

/* ---- trees ---- */

static void put_node(struct writing *to, const struct model *model, const struct model_node *node)
{
    char children[64];

    if (node->feature == UINT32_MAX) {
        put(to, "      {\"leaf\": ");
        put_float(to, node->value);
    } else {
        struct slice name = node->feature < model->feature_count ? model->features[node->feature].name : SLICE("");

        put_string(to, "      {", "feature", name);
        put(to, ", \"below\": ");
        put_float(to, node->value);
        snprintf(children, sizeof children, ", \"left\": %u, \"right\": %u, \"missing\": \"", node->left, node->right);
        put(to, children);
        put(to, node->missing_left ? "left\"" : "right\"");
    }
    put_number(to, ", ", "mean", node->mean);
}

static void put_trees(struct writing *to, const struct model *model)
{
    put(to, ",\n  \"trees\": [\n");
    for (size_t t = 0; t < model->tree_count && !to->failed; t++) {
        const struct model_tree *tree = &model->trees[t];

        put(to, "    [\n");
        for (size_t n = 0; n < tree->count && !to->failed; n++) {
            put_node(to, model, &tree->nodes[n]);
            put(to, n + 1 < tree->count ? "},\n" : "}\n");
        }
        put(to, t + 1 < model->tree_count ? "    ],\n" : "    ]\n");
    }
    put(to, "  ]");
}

/* ---- the rest ---- */

static void put_calibration(struct writing *to, const struct model_calibration *calibration)
{
    put(to, ",\n  \"calibration\": {");
    put_string(to, "", "kind", slice_from_cstr(model_calibrating_names[calibration->kind]));
    if (calibration->kind == CALIBRATE_PLATT ||
        (calibration->kind == CALIBRATE_ISOTONIC && (calibration->a != 0 || calibration->b != 0))) {
        put_number(to, ", ", "a", calibration->a);
        put_number(to, ", ", "b", calibration->b);
    }
    if (calibration->kind == CALIBRATE_ISOTONIC) {
        put(to, ", \"points\": [");
        for (size_t i = 0; i < calibration->count; i++) {
            put_number(to, i ? ",\n    {" : "\n    {", "z", calibration->z[i]);
            put_number(to, ", ", "p", calibration->p[i]);
            put(to, "}");
        }
        put(to, "\n  ]");
    }
    put(to, "}");
}

static void put_grades(struct writing *to, const struct model *model)
{
    put(to, ",\n  \"grades\": [");
    for (size_t i = 0; i < model->cut_count; i++) {
        put_string(to, i ? ",\n    {" : "\n    {", "grade", model->cuts[i].grade);
        put_number(to, ", ", "from", model->cuts[i].from);
        put(to, "}");
    }
    put(to, model->cut_count ? "\n  ]" : "]");
}

/* Those that are known. */
static void put_measures(struct writing *to, const struct model *model)
{
    const struct {
        const char *key;
        double value;
    } all[] = {
        {"auc", model->auc},     {"auc_low", model->auc_low},   {"auc_high", model->auc_high}, {"ks", model->ks},
        {"brier", model->brier}, {"log_loss", model->log_loss}, {"ece", model->ece},
    };
    bool first = true;

    put(to, ",\n  \"measures\": {");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!isnan(all[i].value)) {
            put_number(to, first ? "" : ", ", all[i].key, all[i].value);
            first = false;
        }
    put(to, "}");
}

static void put_model(struct writing *to, const struct model *model)
{
    char date[MOMENT_TEXT];

    put(to, "{\n  \"crm_model\": 1");
    put_string(to, ",\n  ", "method", slice_from_cstr(model_method_names[model->method]));
    put_string(to, ",\n  ", "target", model->target);
    put_string(to, ",\n  ", "positive", model->positive);
    if (model->as_of != DAY_NONE)
        put_string(to, ",\n  ", "as_of", day_format(model->as_of, date));
    put_number(to, ",\n  ", "rows", model->rows);
    put_number(to, ",\n  ", "yes", model->yes);
    put_measures(to, model);
    put_grades(to, model);
    put_calibration(to, &model->calibration);
    put_number(to, ",\n  ", "intercept", model->intercept);
    put_features(to, model);
    if (model->method == MODEL_TREES)
        put_trees(to, model);
    put(to, "\n}\n");
}

static int check_text(struct slice text, const char *what, struct error *err)
{
    struct quote q;

    if (utf8_valid(text.ptr, text.len) && !(text.len && memchr(text.ptr, 0, text.len)))
        return 0;
    return error_set(err, STATUS_DATA, "the model cannot be saved: %s is not UTF-8 text: '%s'", what, quote(&q, text));
}

/* Other texts than these are out of JSON or out of this program. */
static int check_texts(const struct model *model, struct error *err)
{
    if (check_text(model->target, "the target's name", err) ||
        check_text(model->positive, "the value of the outcome", err))
        return -1;
    for (size_t f = 0; f < model->feature_count; f++) {
        const struct model_feature *feature = &model->features[f];

        if (check_text(feature->name, "a feature's name", err))
            return -1;
        for (size_t b = 0; b < feature->count; b++)
            for (size_t v = 0; v < feature->bins[b].value_count; v++)
                if (check_text(feature->bins[b].values[v], "a feature's value", err))
                    return -1;
    }
    for (size_t i = 0; i < model->cut_count; i++)
        if (check_text(model->cuts[i].grade, "a grade", err))
            return -1;
    return 0;
}

int model_write(const struct model *model, struct buffer *text, struct error *err)
{
    struct writing to = {text, false};
    struct model again;
    size_t before = text->len;

    if (json_memory_secure(err) || check_texts(model, err))
        return -1;
    put_model(&to, model);
    int failed = to.failed ? error_memory(err) : 0;
    if (!failed) {
        failed = model_read(&again, (struct slice){text->data + before, text->len - before}, "the model", err);
        model_fini(&again);
        if (failed && err->status == STATUS_USAGE) {
            error_prefix(err, "it cannot be saved: ");
            err->status = STATUS_DATA;
        }
    }
    if (failed)
        text->len = before;
    return failed;
}
