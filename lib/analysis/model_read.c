/* Reading a model from JSON. Such a file may have been edited or may come from elsewhere: nothing is taken that scoring
 * could not do with. Numbers that go into sums of log-odds are held within bounds so wide that no model learned comes
 * near them, so that neither an infinity nor what is no number can come out. */
#include "analysis/model_reading.h"

#include <math.h>
#include <string.h>

#define POINTS 100000
#define GRADES 1000

/* ---- members ---- */

const json_t *model_read_member(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                                const char *key, struct settings_place *at)
{
    const json_t *value = json_object_get(object, key);

    *at = settings_member(place, key, 0);
    if (!value)
        settings_fail(at, reading->err, "missing");
    return value;
}

int model_read_number(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                      const char *key, double low, double high, double *number)
{
    struct settings_place at;
    const json_t *value = model_read_member(reading, place, object, key, &at);

    if (!value)
        return -1;
    if (!json_is_number(value))
        return settings_fail(&at, reading->err, "not a number");
    *number = json_number_value(value);
    if (*number >= low && *number <= high)
        return 0;
    return settings_fail(&at, reading->err, "%.15g is not between %.15g and %.15g", *number, low, high);
}

int model_read_string(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                      const char *key, struct settings_place *at, struct slice *text)
{
    const json_t *value = model_read_member(reading, place, object, key, at);

    if (!value || settings_string(at, value, text, reading->err))
        return -1;
    return text->len ? 0 : settings_fail(at, reading->err, "empty");
}

int model_read_text(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                    const char *key, struct slice *text)
{
    struct settings_place at;

    if (model_read_string(reading, place, object, key, &at, text))
        return -1;
    text->ptr = arena_copy(&reading->model->arena, *text);
    return text->ptr ? 0 : error_memory(reading->err);
}

int model_read_choice(struct model_reading *reading, const struct settings_place *place, const json_t *object,
                      const char *key, const char *const *names, int *choice)
{
    struct settings_place at;
    struct slice text;
    struct quote q;
    char list[200] = "";

    if (model_read_string(reading, place, object, key, &at, &text))
        return -1;
    for (int i = 0; names[i]; i++) {
        if (slice_equal_cstr(text, names[i])) {
            *choice = i;
            return 0;
        }
        strncat(list, i ? ", " : "", sizeof list - strlen(list) - 1);
        strncat(list, names[i], sizeof list - strlen(list) - 1);
    }
    return settings_fail(&at, reading->err, "'%s' is none of %s", quote_name(&q, text), list);
}

int model_read_array(struct model_reading *reading, const struct settings_place *at, const json_t *value, size_t least,
                     size_t most, size_t size, void **items, size_t *count)
{
    *count = json_array_size(value);
    if (!json_is_array(value) || *count < least || *count > most)
        return settings_fail(at, reading->err, "not an array of %zu to %zu elements", least, most);
    *items = arena_alloc(&reading->model->arena, *count * size);
    if (!*items)
        return error_memory(reading->err);
    memset(*items, 0, *count * size);
    return 0;
}

/* ---- calibration, grades, measures ---- */

static int read_point(struct model_reading *reading, const struct settings_place *at, const json_t *value, size_t i)
{
    static const char *const keys[] = {"z", "p", NULL};
    struct model_calibration *calibration = &reading->model->calibration;
    double *z = &calibration->z[i], *p = &calibration->p[i];

    if (settings_object(at, value, keys, reading->err) ||
        model_read_number(reading, at, value, "z", -MODEL_FARTHEST, MODEL_FARTHEST, z) ||
        model_read_number(reading, at, value, "p", 0, 1, p))
        return -1;
    if (*p <= 0 || *p >= 1)
        return settings_fail(at, reading->err, "'p' is not above 0 and below 1");
    if (i && z[0] <= z[-1])
        return settings_fail(at, reading->err, "'z' is not above that of the point before");
    if (i && p[0] < p[-1])
        return settings_fail(at, reading->err, "'p' is below that of the point before");
    return 0;
}

static int read_points(struct model_reading *reading, const struct settings_place *place, const json_t *object)
{
    struct model_calibration *calibration = &reading->model->calibration;
    struct settings_place at;
    const json_t *points = model_read_member(reading, place, object, "points", &at);

    if (!points ||
        model_read_array(reading, &at, points, 1, POINTS, sizeof(double), (void **)&calibration->z,
                         &calibration->count) ||
        model_read_array(reading, &at, points, 1, POINTS, sizeof(double), (void **)&calibration->p,
                         &calibration->count))
        return -1;
    for (size_t i = 0; i < calibration->count; i++) {
        struct settings_place element = settings_member(&at, NULL, i);

        if (read_point(reading, &element, json_array_get(points, i), i))
            return -1;
    }
    return 0;
}

static int read_line(struct model_reading *reading, const struct settings_place *place, const json_t *object)
{
    struct model_calibration *calibration = &reading->model->calibration;

    if (model_read_number(reading, place, object, "a", -MODEL_FARTHEST, MODEL_FARTHEST, &calibration->a))
        return -1;
    return model_read_number(reading, place, object, "b", -MODEL_FARTHEST, MODEL_FARTHEST, &calibration->b);
}

static int read_calibration(struct model_reading *reading, const struct settings_place *root, const json_t *object)
{
    static const char *const none[] = {"kind", NULL}, *const platt[] = {"kind", "a", "b", NULL};
    static const char *const isotonic[] = {"kind", "a", "b", "points", NULL};
    struct model_calibration *calibration = &reading->model->calibration;
    struct settings_place at;
    const json_t *value = model_read_member(reading, root, object, "calibration", &at);
    int kind;

    if (!value)
        return -1;
    if (!json_is_object(value))
        return settings_fail(&at, reading->err, "not an object");
    if (model_read_choice(reading, &at, value, "kind", model_calibrating_names, &kind))
        return -1;
    calibration->kind = (enum model_calibrating)kind;
    switch (calibration->kind) {
    case CALIBRATE_PLATT:
        return settings_object(&at, value, platt, reading->err) ? -1 : read_line(reading, &at, value);
    case CALIBRATE_ISOTONIC:
        if (settings_object(&at, value, isotonic, reading->err) ||
            ((json_object_get(value, "a") || json_object_get(value, "b")) && read_line(reading, &at, value)))
            return -1;
        return read_points(reading, &at, value);
    default:
        return settings_object(&at, value, none, reading->err);
    }
}

static int read_grades(struct model_reading *reading, const struct settings_place *root, const json_t *object)
{
    static const char *const keys[] = {"grade", "from", NULL};
    struct model *model = reading->model;
    struct settings_place at;
    const json_t *grades = model_read_member(reading, root, object, "grades", &at);

    if (!grades || model_read_array(reading, &at, grades, 0, GRADES, sizeof *model->cuts, (void **)&model->cuts,
                                    &model->cut_count))
        return -1;
    for (size_t i = 0; i < model->cut_count; i++) {
        struct settings_place element = settings_member(&at, NULL, i);
        const json_t *value = json_array_get(grades, i);
        struct model_cut *cut = &model->cuts[i];

        if (settings_object(&element, value, keys, reading->err) ||
            model_read_text(reading, &element, value, "grade", &cut->grade) ||
            model_read_number(reading, &element, value, "from", 0, 1, &cut->from))
            return -1;
        if (i && cut->from > cut[-1].from)
            return settings_fail(&element, reading->err, "'from' is above that of the grade before");
    }
    return 0;
}

static int read_measures(struct model_reading *reading, const struct settings_place *root, const json_t *object)
{
    static const char *const keys[] = {"auc", "auc_low", "auc_high", "ks", "brier", "log_loss", "ece", NULL};
    struct model *model = reading->model;
    double *const measures[] = {&model->auc,   &model->auc_low,  &model->auc_high, &model->ks,
                                &model->brier, &model->log_loss, &model->ece};
    struct settings_place at = settings_member(root, "measures", 0);
    const json_t *value = json_object_get(object, "measures");

    for (size_t i = 0; keys[i]; i++)
        *measures[i] = (double)NAN;
    if (!value)
        return 0;
    if (settings_object(&at, value, keys, reading->err))
        return -1;
    for (size_t i = 0; keys[i]; i++)
        if (json_object_get(value, keys[i]) &&
            model_read_number(reading, &at, value, keys[i], 0, strcmp(keys[i], "log_loss") == 0 ? MODEL_FARTHEST : 1,
                              measures[i]))
            return -1;
    return 0;
}

/* ---- all ---- */

static int read_date(struct model_reading *reading, const struct settings_place *root, const json_t *object)
{
    struct settings_place at;
    struct moment moment;
    struct slice text;
    struct quote q;

    reading->model->as_of = DAY_NONE;
    if (!json_object_get(object, "as_of"))
        return 0;
    if (model_read_string(reading, root, object, "as_of", &at, &text))
        return -1;
    if (!moment_parse_iso(text, &moment) || moment.has_time)
        return settings_fail(&at, reading->err, "'%s' is not a date such as 2026-03-31", quote_name(&q, text));
    reading->model->as_of = moment.day;
    return 0;
}

static int check_version(const struct settings_place *root, const json_t *object, struct error *err)
{
    const json_t *version = json_object_get(object, "crm_model");

    if (!json_is_integer(version))
        return settings_fail(root, err, "not a model of crm-train: it does not say {\"crm_model\": %d, ...}",
                             MODEL_VERSION);
    if (json_integer_value(version) != MODEL_VERSION)
        return settings_fail(root, err, "a model of version %lld; this program knows version %d",
                             (long long)json_integer_value(version), MODEL_VERSION);
    return 0;
}

static int read_head(struct model_reading *reading, const struct settings_place *root, const json_t *object)
{
    struct model *model = reading->model;
    int method;

    if (model_read_choice(reading, root, object, "method", model_method_names, &method))
        return -1;
    model->method = (enum model_method)method;
    if (model_read_text(reading, root, object, "target", &model->target) ||
        model_read_text(reading, root, object, "positive", &model->positive) || read_date(reading, root, object) ||
        model_read_number(reading, root, object, "rows", 0, MODEL_MOST_LEADS, &model->rows) ||
        model_read_number(reading, root, object, "yes", 0, model->rows, &model->yes))
        return -1;
    return model_read_number(reading, root, object, "intercept", -MODEL_FARTHEST, MODEL_FARTHEST, &model->intercept);
}

static int read_model(struct model_reading *reading, const struct settings_place *root, const json_t *object)
{
    static const char *const keys[] = {"crm_model", "method", "target",      "positive",  "as_of",    "rows",  "yes",
                                       "measures",  "grades", "calibration", "intercept", "features", "trees", NULL};
    struct error *err = reading->err;

    if (check_version(root, object, err) || settings_object(root, object, keys, err) ||
        read_head(reading, root, object) || read_measures(reading, root, object) ||
        read_grades(reading, root, object) || read_calibration(reading, root, object) ||
        model_read_features(reading, root, object))
        return -1;
    return model_read_trees(reading, root, object);
}

int model_read(struct model *model, struct slice text, const char *file, struct error *err)
{
    struct model_reading reading = {.model = model, .err = err};
    struct settings_place root = {.file = file};

    *model = (struct model){0};
    if (text.len > MODEL_LIMIT)
        return error_set(err, STATUS_USAGE, "%s: too long for a model: more than %zu bytes", file, MODEL_LIMIT);
    json_t *object = settings_read(text, file, err);
    if (!object)
        return -1;
    group_init(&reading.names, sizeof(uint32_t));
    int failed = read_model(&reading, &root, object);
    group_fini(&reading.names);
    json_decref(object);
    if (failed)
        model_fini(model);
    return failed;
}

void model_fini(struct model *model)
{
    arena_fini(&model->arena);
    *model = (struct model){0};
}
