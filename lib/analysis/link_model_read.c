/* Reading a model from JSON. Such a file may have been edited or may come from elsewhere: nothing is taken that scoring
 * could not do with. */
#include <stdlib.h>
#include <string.h>

#include "analysis/link_model.h"
#include "analysis/link_spec.h"
#include "value/settings.h"

/* What levels may sum to less and more than 1; more, since training keeps what was never seen at 1e-5. */
#define LESS 1e-6
#define MORE 1e-4

const char *const link_mode_names[] = {"within", "across", "against", NULL};

void link_model_setup_fini(struct link_model_setup *setup)
{
    for (size_t f = 0; f < LINK_FIELDS; f++)
        for (size_t c = 0; c < setup->fields[f].count; c++)
            free(setup->fields[f].names[c]);
    *setup = (struct link_model_setup){0};
}

/* What is being read. */
struct reading {
    struct link_model *model;
    struct link_model_setup *setup;
    struct error *err;
};

/* A member that must be there. */
static const json_t *member(const struct settings_place *place, const json_t *object, const char *key,
                            struct settings_place *at, struct error *err)
{
    const json_t *value = json_object_get(object, key);

    *at = settings_member(place, key, 0);
    if (!value)
        settings_fail(at, err, "missing");
    return value;
}

static int read_share(const struct settings_place *place, const json_t *object, const char *key, double *share,
                      struct error *err)
{
    struct settings_place at;
    const json_t *value = member(place, object, key, &at, err);

    if (!value)
        return -1;
    if (!json_is_number(value))
        return settings_fail(&at, err, "not a number");
    *share = json_number_value(value);
    return *share >= 0 && *share <= 1 ? 0 : settings_fail(&at, err, "%.15g is not between 0 and 1", *share);
}

static int read_flag(const struct settings_place *place, const json_t *object, const char *key, bool *flag,
                     struct error *err)
{
    struct settings_place at;
    const json_t *value = member(place, object, key, &at, err);

    if (!value)
        return -1;
    *flag = json_is_true(value);
    return json_is_boolean(value) ? 0 : settings_fail(&at, err, "neither true nor false");
}

static int read_count(const struct settings_place *place, const json_t *object, const char *key, json_int_t least,
                      size_t *count, struct error *err)
{
    struct settings_place at;
    const json_t *value = member(place, object, key, &at, err);

    if (!value)
        return -1;
    if (!json_is_integer(value) || json_integer_value(value) < least || json_integer_value(value) > UINT32_MAX)
        return settings_fail(&at, err, "not a whole number from %d to %u", (int)least, UINT32_MAX);
    *count = (size_t)json_integer_value(value);
    return 0;
}

/* A member that is a string, and not an empty one. */
static int read_text(const struct settings_place *place, const json_t *object, const char *key, struct slice *text,
                     struct settings_place *at, struct error *err)
{
    const json_t *value = member(place, object, key, at, err);

    if (!value || settings_string(at, value, text, err))
        return -1;
    return text->len ? 0 : settings_fail(at, err, "empty");
}

/* ---- levels ---- */

/* The shares of one class, or u. *found: none of the levels has them, or all have. */
static int read_shares(const struct settings_place *place, const json_t *levels, enum link_kind kind, const char *key,
                       bool required, double *shares, bool *found, struct error *err)
{
    size_t count = link_kind_levels(kind), there = 0;
    double sum = 0;

    for (unsigned l = LINK_ELSE; l < count; l++)
        there += json_object_get(json_object_get(levels, link_level_name(kind, l)), key) != NULL;
    *found = there > 0;
    if (!there && !required)
        return 0;
    for (unsigned l = LINK_ELSE; l < count; l++) {
        struct settings_place at = settings_member(place, link_level_name(kind, l), 0);

        if (read_share(&at, json_object_get(levels, link_level_name(kind, l)), key, &shares[l], err))
            return -1;
        sum += shares[l];
    }
    return sum >= 1 - LESS && sum <= 1 + MORE ? 0 : settings_fail(place, err, "'%s' sums to %.9g, not to 1", key, sum);
}

/* That the levels are those of the kind, and in them is what may be there. */
static int check_levels(const struct settings_place *place, const json_t *levels, enum link_kind kind,
                        struct error *err)
{
    const char *names[LINK_LEVELS + 1] = {0}, *keys[LINK_CLASSES + 3] = {"weight", "m", "u"};

    for (int c = LINK_SAME + 1; c < LINK_CLASSES; c++)
        keys[c + 2] = link_class_name((enum link_class)c);
    for (unsigned l = LINK_ELSE; l < link_kind_levels(kind); l++)
        names[l - LINK_ELSE] = link_level_name(kind, l);
    if (settings_object(place, levels, names, err))
        return -1;
    for (size_t i = 0; names[i]; i++) {
        struct settings_place at;
        const json_t *level = member(place, levels, names[i], &at, err);

        if (!level || settings_object(&at, level, keys, err))
            return -1;
    }
    return 0;
}

static int read_levels(const struct settings_place *place, const json_t *levels, struct link_model_field *field,
                       struct error *err)
{
    enum link_kind kind = field->kind;
    bool found;

    if (check_levels(place, levels, kind, err) ||
        read_shares(place, levels, kind, "m", true, field->levels[LINK_SAME], &found, err) ||
        read_shares(place, levels, kind, "u", true, field->u, &found, err))
        return -1;
    for (unsigned l = LINK_ELSE; l < link_kind_levels(kind); l++)
        if (field->u[l] <= 0)
            return settings_fail(place, err, "'u' of '%s' is not above 0", link_level_name(kind, l));
    for (int c = LINK_SAME + 1; c < LINK_CLASSES; c++) {
        enum link_source source = link_class_source((enum link_class)c, kind);
        bool required = source == LINK_OF_CLASS || source == LINK_OF_SENSE;

        if (read_shares(place, levels, kind, link_class_name((enum link_class)c), required, field->levels[c], &found,
                        err))
            return -1;
        if (!found)
            memcpy(field->levels[c], source == LINK_OF_SAME ? field->levels[LINK_SAME] : field->u, sizeof field->u);
    }
    return 0;
}

/* ---- fields ---- */

static bool has_column(const struct link_model_setup *setup, struct slice name)
{
    for (size_t f = 0; f < LINK_FIELDS; f++)
        for (size_t c = 0; c < setup->fields[f].count; c++)
            if (slice_equal_cstr(name, setup->fields[f].names[c]))
                return true;
    return false;
}

static int read_columns(struct reading *reading, const struct settings_place *place, const json_t *field, size_t f)
{
    struct link_model_columns *columns = &reading->setup->fields[f];
    struct settings_place at;
    const json_t *value = member(place, field, "columns", &at, reading->err);
    size_t count = json_array_size(value);

    if (!value)
        return -1;
    if (!json_is_array(value) || count < 1 || count > LINK_SLOTS)
        return settings_fail(&at, reading->err, "not an array of 1 to %d names of columns", LINK_SLOTS);
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = settings_member(&at, NULL, i);
        struct slice name;

        if (settings_string(&element, json_array_get(value, i), &name, reading->err))
            return -1;
        if (has_column(reading->setup, name))
            return settings_fail(&element, reading->err, "the column is in a field already");
        columns->names[i] = strndup(name.ptr, name.len);
        if (!columns->names[i])
            return error_memory(reading->err);
        columns->count++;
    }
    return 0;
}

static int read_kind(struct reading *reading, const struct settings_place *place, const json_t *field, size_t f)
{
    struct settings_place at;
    struct slice text;
    struct error what;
    enum link_kind kind;

    if (read_text(place, field, "kind", &text, &at, reading->err))
        return -1;
    if (link_spec_kind(text, &kind, &what))
        return settings_fail(&at, reading->err, "%s", what.text);
    reading->model->fields[f].kind = kind;
    at = settings_member(place, "dates", 0);
    if (kind != LINK_DATE)
        return json_object_get(field, "dates") ? settings_fail(&at, reading->err, "the field is no date") : 0;
    if (read_text(place, field, "dates", &text, &at, reading->err))
        return -1;
    if (date_style_find(text, &reading->setup->fields[f].dates))
        return 0;
    return settings_fail(&at, reading->err,
                         "none of day-month, month-day, year-first, short-year-first, written, serial, epoch, "
                         "epoch-milli, epoch-micro");
}

static int read_field(struct reading *reading, const struct settings_place *place, const json_t *value)
{
    static const char *const keys[] = {"name", "columns", "kind", "dates", "frequent", "levels", NULL};
    struct link_model *model = reading->model;
    struct link_model_field *field = &model->fields[model->count];
    struct settings_place at;
    struct slice name;

    if (settings_object(place, value, keys, reading->err) || read_text(place, value, "name", &name, &at, reading->err))
        return -1;
    for (size_t f = 0; f < model->count; f++)
        if (slice_equal_cstr(name, model->fields[f].name))
            return settings_fail(&at, reading->err, "another field has this name");
    field->name = strndup(name.ptr, name.len);
    if (!field->name)
        return error_memory(reading->err);
    size_t f = model->count++;
    if (read_columns(reading, place, value, f) || read_kind(reading, place, value, f) ||
        read_flag(place, value, "frequent", &field->frequent, reading->err))
        return -1;
    const json_t *levels = member(place, value, "levels", &at, reading->err);
    return levels ? read_levels(&at, levels, field, reading->err) : -1;
}

static int read_fields(struct reading *reading, const struct settings_place *root, const json_t *object)
{
    struct settings_place at;
    const json_t *fields = member(root, object, "fields", &at, reading->err);
    size_t count = json_array_size(fields);

    if (!fields)
        return -1;
    if (!json_is_array(fields) || count < 1 || count > LINK_FIELDS)
        return settings_fail(&at, reading->err, "not an array of 1 to %d fields", LINK_FIELDS);
    for (size_t i = 0; i < count; i++) {
        struct settings_place element = settings_member(&at, NULL, i);

        if (read_field(reading, &element, json_array_get(fields, i)))
            return -1;
    }
    return 0;
}

/* ---- rates, rules and the rest ---- */

/* Their sum is not looked at: of a handful of records they are bounds. */
static int read_rates(struct reading *reading, const struct settings_place *root, const json_t *object)
{
    const char *keys[LINK_CLASSES + 1] = {0};
    struct settings_place at;
    const json_t *rates = member(root, object, "rates", &at, reading->err);

    for (int c = 0; c < LINK_CLASSES; c++)
        keys[c] = link_class_name((enum link_class)c);
    if (!rates || settings_object(&at, rates, keys, reading->err))
        return -1;
    for (int c = 0; c < LINK_CLASSES; c++)
        if (read_share(&at, rates, keys[c], &reading->model->rates[c], reading->err))
            return -1;
    return 0;
}

/* One rule of the list, read as those of the command line are. */
static int read_rule(struct reading *reading, const struct settings_place *at, const json_t *value,
                     const struct link_records *fields)
{
    struct link_model *model = reading->model;
    struct link_rule rules[LINK_RULES];
    struct slice text;
    struct error what;
    size_t count;

    if (settings_string(at, value, &text, reading->err))
        return -1;
    if (link_rules_parse(text, fields, rules, &count, &what))
        return settings_fail(at, reading->err, "%s", what.text);
    if (count > 1)
        return settings_fail(at, reading->err, "more than one rule: each is a string of its own");
    model->rules[model->rule_count++] = rules[0];
    return 0;
}

static int read_rules(struct reading *reading, const struct settings_place *root, const json_t *object)
{
    struct link_records fields = {.field_count = reading->model->count};
    struct settings_place at;
    const json_t *rules = member(root, object, "block", &at, reading->err);

    if (!rules)
        return -1;
    if (!json_is_array(rules) || json_array_size(rules) > LINK_RULES)
        return settings_fail(&at, reading->err, "not an array of %d rules at most", LINK_RULES);
    if (json_array_size(rules) == 0)
        return settings_fail(&at, reading->err, "no rule: no pair would be looked at");
    for (size_t f = 0; f < fields.field_count; f++) {
        fields.fields[f].name = reading->model->fields[f].name;
        fields.fields[f].kind = reading->model->fields[f].kind;
    }
    for (size_t i = 0; i < json_array_size(rules); i++) {
        struct settings_place element = settings_member(&at, NULL, i);

        if (read_rule(reading, &element, json_array_get(rules, i), &fields))
            return -1;
    }
    return 0;
}

static int read_mode(struct reading *reading, const struct settings_place *root, const json_t *object)
{
    struct settings_place at;
    struct slice text;
    struct quote q;

    if (read_text(root, object, "mode", &text, &at, reading->err))
        return -1;
    for (int i = 0; link_mode_names[i]; i++)
        if (slice_equal_cstr(text, link_mode_names[i])) {
            reading->setup->mode = (enum link_mode)i;
            return 0;
        }
    return settings_fail(&at, reading->err, "'%s' is none of within, across, against", quote_name(&q, text));
}

static int check_version(const struct settings_place *root, const json_t *object, struct error *err)
{
    const json_t *version = json_object_get(object, "crm_link_model");

    if (!json_is_integer(version))
        return settings_fail(root, err, "not a model of crm-dedupe: it does not say {\"crm_link_model\": %d, ...}",
                             LINK_MODEL_VERSION);
    if (json_integer_value(version) != LINK_MODEL_VERSION)
        return settings_fail(root, err, "a model of version %lld; this program knows version %d",
                             (long long)json_integer_value(version), LINK_MODEL_VERSION);
    return 0;
}

static int read_model(struct reading *reading, const struct settings_place *root, const json_t *object)
{
    static const char *const keys[] = {"crm_link_model", "mode",  "threshold", "max_block", "iterations",
                                       "converged",      "rates", "fields",    "block",     NULL};
    struct link_model *model = reading->model;
    struct error *err = reading->err;

    if (check_version(root, object, err) || settings_object(root, object, keys, err) ||
        read_mode(reading, root, object) || read_share(root, object, "threshold", &reading->setup->threshold, err) ||
        read_count(root, object, "max_block", 1, &reading->setup->max_block, err) ||
        (json_object_get(object, "iterations") && read_count(root, object, "iterations", 0, &model->iterations, err)) ||
        (json_object_get(object, "converged") && read_flag(root, object, "converged", &model->converged, err)))
        return -1;
    return read_rates(reading, root, object) || read_fields(reading, root, object) || read_rules(reading, root, object)
               ? -1
               : 0;
}

int link_model_read(struct link_model *model, struct link_model_setup *setup, struct slice text, const char *name,
                    struct error *err)
{
    struct reading reading = {model, setup, err};
    struct settings_place root = {.file = name};

    *model = (struct link_model){0};
    *setup = (struct link_model_setup){0};
    if (text.len > LINK_MODEL_LIMIT)
        return error_set(err, STATUS_USAGE, "%s: too long for a model: more than %zu bytes", name, LINK_MODEL_LIMIT);
    json_t *object = settings_read(text, name, err);
    if (!object)
        return -1;
    int failed = read_model(&reading, &root, object);
    json_decref(object);
    if (failed) {
        link_model_fini(model);
        link_model_setup_fini(setup);
    }
    return failed;
}
