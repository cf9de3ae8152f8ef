/* The mapping of an import: rules from the command line and from JSON, and back to JSON. */
#include "analysis/import_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/options.h"
#include "base/utf8.h"
#include "value/settings.h"

static const char *const date_words[] = {"day-month", "month-day", "year-first",  "short-year-first", "written",
                                         "serial",    "epoch",     "epoch-milli", "epoch-micro",      NULL};
static const enum date_style date_styles[] = {DATE_DAY_FIRST,  DATE_MONTH_FIRST, DATE_YEAR_FIRST, DATE_SHORT_YEAR_FIRST,
                                              DATE_WRITTEN,    DATE_SERIAL,      DATE_EPOCH,      DATE_EPOCH_MILLI,
                                              DATE_EPOCH_MICRO};

static const char *const name_words[] = {"first-last", "last-first", NULL};
static const enum name_order name_orders[] = {NAME_FIRST_LAST, NAME_LAST_FIRST};

void import_map_init(struct import_map *map)
{
    *map = (struct import_map){0};
    arena_init(&map->text);
}

void import_map_fini(struct import_map *map)
{
    for (size_t i = 0; i < map->count; i++)
        free(map->rules[i].from);
    free(map->rules);
    free(map->empty);
    arena_fini(&map->text);
    *map = (struct import_map){0};
}

int import_map_empty(struct import_map *map, struct slice text)
{
    char *copy = arena_copy(&map->text, text);

    if (!copy || ARRAY_GROW(map->empty, map->empty_capacity, map->empty_count + 1))
        return -1;
    map->empty[map->empty_count++] = (struct slice){copy, text.len};
    return 0;
}

bool import_map_is_empty(const struct import_map *map, struct slice text)
{
    for (size_t i = 0; i < map->empty_count; i++)
        if (slice_equal(map->empty[i], text))
            return true;
    return false;
}

struct import_rule *import_map_find(const struct import_map *map, struct slice name)
{
    for (size_t i = 0; i < map->count; i++)
        if (slice_equal(map->rules[i].name, name))
            return &map->rules[i];
    return NULL;
}

struct import_rule *import_map_add(struct import_map *map, struct slice name)
{
    struct import_rule *rule = import_map_find(map, name);

    if (rule)
        return rule;
    char *copy = arena_copy(&map->text, name);
    if (!copy || ARRAY_GROW(map->rules, map->capacity, map->count + 1))
        return NULL;
    rule = &map->rules[map->count++];
    *rule = (struct import_rule){.name = {copy, name.len}};
    return rule;
}

int import_rule_add(struct import_map *map, struct import_rule *rule, struct slice from)
{
    for (size_t i = 0; i < rule->from_count; i++)
        if (slice_equal(rule->from[i], from))
            return 0;
    char *copy = arena_copy(&map->text, from);
    if (!copy || ARRAY_GROW(rule->from, rule->from_capacity, rule->from_count + 1))
        return -1;
    rule->from[rule->from_count++] = (struct slice){copy, from.len};
    return 0;
}

int import_map_set(struct import_map *map, const char *text, struct error *err)
{
    const char *equals = strchr(text, '=');

    if (!equals || equals == text)
        return error_set(err, STATUS_USAGE, "'%s' is not CANONICAL=SOURCE", text);
    struct slice name = {text, (size_t)(equals - text)};
    if (import_map_find(map, name))
        return error_set(err, STATUS_USAGE, "'%.*s' is set twice", SLICE_ARG(name));
    struct import_rule *rule = import_map_add(map, name);
    if (!rule || (equals[1] && import_rule_add(map, rule, slice_from_cstr(equals + 1))))
        return error_memory(err);
    return 0;
}

/* One member of "from": a string, or a list of them. */
static int read_from(struct import_map *map, struct import_rule *rule, const struct settings_place *place,
                     const json_t *from, struct error *err)
{
    struct slice text;

    if (!json_is_array(from)) {
        if (settings_string(place, from, &text, err))
            return -1;
        return import_rule_add(map, rule, text) ? error_memory(err) : 0;
    }
    for (size_t i = 0; i < json_array_size(from); i++) {
        struct settings_place at = settings_member(place, NULL, i);
        if (settings_string(&at, json_array_get(from, i), &text, err))
            return -1;
        if (import_rule_add(map, rule, text))
            return error_memory(err);
    }
    return 0;
}

static int read_dates(struct import_rule *rule, const struct settings_place *place, const json_t *dates,
                      struct error *err)
{
    struct slice text;

    if (settings_string(place, dates, &text, err))
        return -1;
    for (int i = 0; date_words[i]; i++)
        if (slice_equal_cstr(text, date_words[i])) {
            rule->date = date_styles[i];
            return 0;
        }
    return settings_fail(
        place, err,
        "is none of day-month, month-day, year-first, short-year-first, written, serial, epoch, epoch-milli, "
        "epoch-micro");
}

static int read_names(struct import_rule *rule, const struct settings_place *place, const json_t *names,
                      struct error *err)
{
    struct slice text;

    if (settings_string(place, names, &text, err))
        return -1;
    for (int i = 0; name_words[i]; i++)
        if (slice_equal_cstr(text, name_words[i])) {
            rule->names = name_orders[i];
            return 0;
        }
    return settings_fail(place, err, "is none of first-last, last-first");
}

static int read_decimal(struct import_rule *rule, const struct settings_place *place, const json_t *decimal,
                        struct error *err)
{
    struct slice text;

    if (settings_string(place, decimal, &text, err))
        return -1;
    if (!slice_equal_cstr(text, ".") && !slice_equal_cstr(text, ","))
        return settings_fail(place, err, "is neither \".\" nor \",\"");
    rule->number = text.ptr[0] == ',' ? NUMBER_COMMA : NUMBER_POINT;
    return 0;
}

static int read_rule(struct import_map *map, const struct settings_place *place, const json_t *value, struct error *err)
{
    static const char *const keys[] = {"name", "from", "dates", "decimal", "names", NULL};
    struct settings_place at;
    struct slice name;

    if (settings_object(place, value, keys, err))
        return -1;
    at = settings_member(place, "name", 0);
    if (settings_string(&at, json_object_get(value, "name"), &name, err))
        return -1;
    struct import_rule *rule = import_map_find(map, name);
    if (rule && rule->from_file)
        return settings_fail(&at, err, "'%.*s' is there twice", SLICE_ARG(name));
    if (rule)
        return 0; /* the command line has said otherwise */
    rule = import_map_add(map, name);
    if (!rule)
        return error_memory(err);
    rule->from_file = true;
    at = settings_member(place, "from", 0);
    const json_t *from = json_object_get(value, "from");
    if (!from)
        return settings_fail(&at, err, "is missing");
    if (read_from(map, rule, &at, from, err))
        return -1;
    at = settings_member(place, "dates", 0);
    if (json_object_get(value, "dates") && read_dates(rule, &at, json_object_get(value, "dates"), err))
        return -1;
    at = settings_member(place, "decimal", 0);
    if (json_object_get(value, "decimal") && read_decimal(rule, &at, json_object_get(value, "decimal"), err))
        return -1;
    at = settings_member(place, "names", 0);
    if (json_object_get(value, "names") && read_names(rule, &at, json_object_get(value, "names"), err))
        return -1;
    return 0;
}

static int read_empty(struct import_map *map, const struct settings_place *place, const json_t *empty,
                      struct error *err)
{
    struct slice text;

    if (!json_is_array(empty))
        return settings_fail(place, err, "must be a list");
    for (size_t i = 0; i < json_array_size(empty); i++) {
        struct settings_place item = settings_member(place, NULL, i);
        if (settings_string(&item, json_array_get(empty, i), &text, err))
            return -1;
        if (import_map_empty(map, text))
            return error_memory(err);
    }
    return 0;
}

static int read_map(struct import_map *map, const json_t *root, const char *file, struct error *err)
{
    static const char *const keys[] = {"entity", "columns", "empty", NULL};
    const struct settings_place top = {.file = file, .path = ""};
    struct settings_place at;
    const json_t *entity = json_object_get(root, "entity");
    const json_t *columns = json_object_get(root, "columns");

    if (settings_object(&top, root, keys, err))
        return -1;
    if (entity) {
        struct slice name;
        enum entity said;
        at = settings_member(&top, "entity", 0);
        if (settings_string(&at, entity, &name, err))
            return -1;
        if (!entity_find(name, &said))
            return settings_fail(&at, err, "'%.*s' is no entity", SLICE_ARG(name));
        if (map->entity == ENTITY_NONE)
            map->entity = said;
    }
    at = settings_member(&top, "columns", 0);
    if (!json_is_array(columns))
        return settings_fail(&at, err, "must be a list");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        struct settings_place item = settings_member(&at, NULL, i);
        if (read_rule(map, &item, json_array_get(columns, i), err))
            return -1;
    }
    at = settings_member(&top, "empty", 0);
    if (json_object_get(root, "empty") && read_empty(map, &at, json_object_get(root, "empty"), err))
        return -1;
    map->complete = true;
    return 0;
}

int import_map_read(struct import_map *map, struct slice text, const char *file, struct error *err)
{
    json_t *root = settings_read(text, file, err);

    if (!root)
        return -1;
    int failed = read_map(map, root, file, err);
    json_decref(root);
    return failed;
}

int import_map_check(const struct import_map *map, enum entity entity, struct error *err)
{
    size_t count;
    const struct vocabulary_column *columns = vocabulary_columns(entity, &count);

    for (size_t i = 0; i < map->count; i++) {
        struct slice name = map->rules[i].name;
        const char *likely = "";
        size_t least = 4;
        size_t j;
        for (j = 0; j < count && !slice_equal_cstr(name, columns[j].name); j++) {
            size_t distance = edit_distance_folded(name, slice_from_cstr(columns[j].name));
            if (distance < least) {
                least = distance;
                likely = columns[j].name;
            }
        }
        if (j == count && *likely)
            return error_set(err, STATUS_USAGE, "'%.*s' is no column of the entity %s; did you mean '%s'?",
                             SLICE_ARG(name), entity_name(entity), likely);
        if (j == count)
            return error_set(err, STATUS_USAGE, "'%.*s' is no column of the entity %s (see crm-fields(5))",
                             SLICE_ARG(name), entity_name(entity));
    }
    return 0;
}

static json_t *rule_to_json(const struct import_rule *rule)
{
    json_t *object = json_object();
    json_t *from = json_array();
    int failed = json_object_set_new(object, "name", json_stringn(rule->name.ptr, rule->name.len));

    for (size_t i = 0; i < rule->from_count; i++)
        failed |= json_array_append_new(from, json_stringn(rule->from[i].ptr, rule->from[i].len));
    failed |= json_object_set_new(object, "from", from);
    for (int i = 0; date_words[i]; i++)
        if (rule->date == date_styles[i])
            failed |= json_object_set_new(object, "dates", json_string(date_words[i]));
    for (int i = 0; name_words[i]; i++)
        if (rule->names == name_orders[i])
            failed |= json_object_set_new(object, "names", json_string(name_words[i]));
    if (rule->number == NUMBER_COMMA || rule->number == NUMBER_POINT)
        failed |= json_object_set_new(object, "decimal", json_string(rule->number == NUMBER_COMMA ? "," : "."));
    if (failed) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* JSON cannot hold a name in another encoding. */
static int check_names(const struct import_map *map, struct error *err)
{
    struct quote q;

    for (size_t i = 0; i < map->count; i++)
        for (size_t f = 0; f < map->rules[i].from_count; f++) {
            struct slice from = map->rules[i].from[f];
            if (!utf8_valid(from.ptr, from.len))
                return error_set(
                    err, STATUS_DATA,
                    "the column name '%s' is not UTF-8, so the map cannot be saved; convert the file first",
                    quote_name(&q, from));
        }
    return 0;
}

static int write_empty(const struct import_map *map, struct buffer *text)
{
    json_t *list = json_array();
    int failed = 0;

    for (size_t i = 0; i < map->empty_count; i++)
        failed |= json_array_append_new(list, json_stringn(map->empty[i].ptr, map->empty[i].len));
    failed = failed || buffer_printf(text, ",\n  \"empty\": ") || settings_write(list, 0, text);
    json_decref(list);
    return failed;
}

int import_map_write(const struct import_map *map, struct buffer *text, struct error *err)
{
    if (check_names(map, err))
        return -1;
    int failed =
        buffer_printf(text, "{\n") ||
        (map->entity != ENTITY_NONE && buffer_printf(text, "  \"entity\": \"%s\",\n", entity_name(map->entity))) ||
        buffer_printf(text, "  \"columns\": [");

    for (size_t i = 0; i < map->count && !failed; i++) {
        json_t *object = rule_to_json(&map->rules[i]);
        failed = buffer_printf(text, "%s\n    ", i ? "," : "") || settings_write(object, JSON_COMPACT, text);
        json_decref(object);
    }
    failed = failed || buffer_printf(text, "\n  ]") || (map->empty_count && write_empty(map, text));
    if (failed || buffer_printf(text, "\n}\n"))
        return error_memory(err);
    return 0;
}
