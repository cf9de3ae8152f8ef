/* The plan as a settings file or an option changes it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/survivor_state.h"
#include "base/memory.h"
#include "value/settings.h"

/* The rule of that name; false: none. */
static bool find_rule(struct slice name, enum survivor_rule *rule)
{
    for (int i = 0; i < SURVIVOR_RULES; i++)
        if (slice_equal_cstr(name, survivor_rule_name((enum survivor_rule)i))) {
            *rule = (enum survivor_rule)i;
            return true;
        }
    return false;
}

static int no_rule(struct slice name, struct error *err)
{
    struct quote q;
    size_t used;

    error_set(err, STATUS_USAGE, "no rule '%s'; there are ", quote_name(&q, name));
    used = strlen(err->text);
    for (int i = 0; i < SURVIVOR_RULES; i++) {
        const char *text = survivor_rule_name((enum survivor_rule)i);
        used += (size_t)snprintf(err->text + used, sizeof err->text - used, "%s%s", i ? ", " : "", text);
    }
    return -1;
}

int survivor_plan_find(const struct survivor_plan *plan, struct slice name, size_t *column, struct error *err)
{
    struct quote q;
    size_t used;

    for (size_t i = 0; i < plan->count; i++)
        if (slice_equal(plan->names[i], name)) {
            *column = i;
            return 0;
        }
    error_set(err, STATUS_USAGE, "no column '%s'; there are ", quote_name(&q, name));
    used = strlen(err->text);
    for (size_t i = 0; i < plan->count && used + sizeof q.text + 8 < sizeof err->text; i++)
        used += (size_t)snprintf(err->text + used, sizeof err->text - used, "%s%s", i ? ", " : "",
                                 quote(&q, plan->names[i])); /* a record, where a file has no header */
    return -1;
}

/* Gives a column a rule; the order that an earlier one had is forgotten. */
static void ask(struct survivor_plan *plan, size_t column, enum survivor_rule rule)
{
    struct survivor_column *changed = &plan->columns[column];

    if (rule != changed->rule || rule != SURVIVOR_ORDER) {
        changed->order = NULL;
        changed->order_count = 0;
    }
    changed->source = COLUMN_ABSENT;
    changed->rule = rule;
    changed->asked = true;
}

/* What a rule needs: text of what is missing, or NULL. */
static const char *missing(const struct survivor_plan *plan, size_t column)
{
    const struct survivor_column *asked = &plan->columns[column];

    if (asked->rule == SURVIVOR_ORDER && !asked->order_count)
        return "the rule 'order' needs the values in their order, the best first";
    if (asked->rule == SURVIVOR_SOURCE_PRIORITY && asked->order_count && asked->source == COLUMN_ABSENT)
        return "no column is known to hold sources: name it";
    return NULL;
}

static bool needs_more(enum survivor_rule rule)
{
    return rule == SURVIVOR_ORDER;
}

/* Names what stands behind the ':' of an option's argument. */
static int set_order(struct survivor_plan *plan, size_t column, struct slice text, struct error *err)
{
    struct slice parts[256];
    size_t count = 0;

    for (;;) {
        const char *comma = memchr(text.ptr, ',', text.len);
        struct slice part = {text.ptr, comma ? (size_t)(comma - text.ptr) : text.len};
        if (count == sizeof parts / sizeof *parts)
            return error_set(err, STATUS_USAGE, "more than %zu values in an order: use a settings file", count);
        parts[count++] = slice_trim(part);
        if (!comma)
            break;
        text.len -= part.len + 1;
        text.ptr = comma + 1;
    }
    return survivor_plan_order(plan, column, parts, count, err);
}

int survivor_plan_set(struct survivor_plan *plan, const char *text, struct error *err)
{
    struct slice name = slice_from_cstr(text);
    const char *equals = strrchr(text, '=');
    enum survivor_rule rule;
    size_t column;
    struct quote q;

    for (const char *at = strchr(text, '='); at;
         at = strchr(at + 1, '=')) { /* a name may hold one, and so may values */
        struct error ignored;
        if (survivor_plan_find(plan, (struct slice){text, (size_t)(at - text)}, &column, &ignored) == 0) {
            equals = at;
            break;
        }
    }
    if (!equals)
        return error_set(err, STATUS_USAGE, "'%s' is not COLUMN=RULE", quote_name(&q, slice_from_cstr(text)));
    name.len = (size_t)(equals - text);
    struct slice word = slice_from_cstr(equals + 1);
    const char *colon = memchr(word.ptr, ':', word.len);
    struct slice order = {colon ? colon + 1 : NULL, colon ? word.len - (size_t)(colon + 1 - word.ptr) : 0};
    if (colon)
        word.len = (size_t)(colon - word.ptr);
    if (!find_rule(word, &rule))
        return no_rule(word, err);
    if (colon && rule != SURVIVOR_ORDER && rule != SURVIVOR_SOURCE_PRIORITY)
        return error_set(err, STATUS_USAGE, "the rule '%s' takes no values", survivor_rule_name(rule));
    if (slice_equal_cstr(name, "*")) {
        if (needs_more(rule) || colon)
            return error_set(err, STATUS_USAGE, "the rule '%s' with values cannot be that of all columns",
                             survivor_rule_name(rule));
        plan->other = rule;
        return 0;
    }
    if (survivor_plan_find(plan, name, &column, err))
        return -1;
    ask(plan, column, rule);
    if (colon && set_order(plan, column, order, err))
        return -1;
    if (colon && rule == SURVIVOR_SOURCE_PRIORITY)
        plan->columns[column].source = survivor_plan_canonical(plan, "source");
    const char *lack = missing(plan, column);
    return lack ? error_set(err, STATUS_USAGE, "column '%s': %s", quote_name(&q, name), lack) : 0;
}

int survivor_plan_recent_by(struct survivor_plan *plan, struct slice name, struct error *err)
{
    if (survivor_plan_find(plan, name, &plan->recent, err))
        return -1;
    plan->recent_asked = true;
    return 0;
}

/* A string that names a rule. */
static int read_rule(const struct settings_place *place, const json_t *value, enum survivor_rule *rule,
                     struct error *err)
{
    struct slice name;

    if (settings_string(place, value, &name, err))
        return -1;
    if (find_rule(name, rule))
        return 0;
    struct error what;
    no_rule(name, &what);
    return settings_fail(place, err, "%s", what.text);
}

/* A string that names a column. */
static int read_column(const struct survivor_plan *plan, const struct settings_place *place, const json_t *value,
                       size_t *column, struct error *err)
{
    struct slice name;
    struct error what;

    if (settings_string(place, value, &name, err))
        return -1;
    return survivor_plan_find(plan, name, column, &what) ? settings_fail(place, err, "%s", what.text) : 0;
}

static int read_order(struct survivor_plan *plan, size_t column, const struct settings_place *place,
                      const json_t *value, struct error *err)
{
    size_t count = json_array_size(value);
    struct slice *order = NULL;
    size_t capacity = 0;
    int failed = 0;

    if (!json_is_array(value) || !count)
        return settings_fail(place, err, "not an array of values, the best first");
    if (ARRAY_GROW(order, capacity, count))
        return error_memory(err);
    for (size_t i = 0; i < count && !failed; i++) {
        struct settings_place element = settings_member(place, NULL, i);
        failed = settings_string(&element, json_array_get(value, i), &order[i], err);
    }
    if (!failed)
        failed = survivor_plan_order(plan, column, order, count, err);
    free(order);
    return failed;
}

/* {"rule": ..., "column": ..., "order": ...} */
static int read_detailed(struct survivor_plan *plan, size_t column, const struct settings_place *place,
                         const json_t *value, struct error *err)
{
    static const char *const keys[] = {"rule", "column", "order", NULL};
    const json_t *source = json_object_get(value, "column");
    const json_t *order = json_object_get(value, "order");
    struct settings_place at = settings_member(place, "rule", 0);
    enum survivor_rule rule;

    if (settings_object(place, value, keys, err))
        return -1;
    if (!json_object_get(value, "rule"))
        return settings_fail(place, err, "'rule' is missing");
    if (read_rule(&at, json_object_get(value, "rule"), &rule, err))
        return -1;
    ask(plan, column, rule);
    if (source) {
        at = settings_member(place, "column", 0);
        if (rule != SURVIVOR_SOURCE_PRIORITY)
            return settings_fail(&at, err, "only 'source_priority' takes a column");
        if (!order)
            return settings_fail(&at, err, "the column needs an 'order' of its values");
        if (read_column(plan, &at, source, &plan->columns[column].source, err))
            return -1;
    }
    if (!order)
        return 0;
    at = settings_member(place, "order", 0);
    if (rule != SURVIVOR_SOURCE_PRIORITY && rule != SURVIVOR_ORDER)
        return settings_fail(&at, err, "only 'order' and 'source_priority' take an order");
    if (rule == SURVIVOR_SOURCE_PRIORITY && !source)
        plan->columns[column].source = survivor_plan_canonical(plan, "source");
    return read_order(plan, column, &at, order, err);
}

static int read_columns(struct survivor_plan *plan, const struct settings_place *place, const json_t *value,
                        struct error *err)
{
    if (!json_is_object(value))
        return settings_fail(place, err, "not an object");
    for (void *at = json_object_iter((json_t *)(uintptr_t)value); at;
         at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
        const char *key = json_object_iter_key(at);
        const json_t *member = json_object_iter_value(at);
        struct settings_place inside = settings_member(place, key, 0);
        enum survivor_rule rule;
        struct error what;
        size_t column;
        if (survivor_plan_find(plan, slice_from_cstr(key), &column, &what))
            return settings_fail(&inside, err, "%s", what.text);
        if (json_is_object(member)) {
            if (read_detailed(plan, column, &inside, member, err))
                return -1;
        } else {
            if (read_rule(&inside, member, &rule, err))
                return -1;
            ask(plan, column, rule);
        }
        const char *lack = missing(plan, column);
        if (lack)
            return settings_fail(&inside, err, "%s", lack);
    }
    return 0;
}

static int read_group(struct survivor_plan *plan, const struct settings_place *place, const json_t *value,
                      struct error *err)
{
    size_t count = json_array_size(value);
    size_t *columns = NULL;
    size_t capacity = 0;
    int failed = 0;

    if (!json_is_array(value) || count < 2)
        return settings_fail(place, err, "not an array of two columns or more");
    if (ARRAY_GROW(columns, capacity, count))
        return error_memory(err);
    for (size_t i = 0; i < count && !failed; i++) {
        struct settings_place element = settings_member(place, NULL, i);
        failed = read_column(plan, &element, json_array_get(value, i), &columns[i], err);
        for (size_t j = 0; !failed && j < i; j++)
            if (columns[j] == columns[i])
                failed = settings_fail(&element, err, "the column is in the group already");
        for (size_t group = 0; !failed && group < plan->group_count; group++)
            for (size_t j = 0; !failed && j < plan->groups[group].count; j++)
                if (plan->groups[group].columns[j] == columns[i])
                    failed = settings_fail(&element, err, "the column is in another group");
    }
    if (!failed)
        failed = survivor_plan_group(plan, columns, count, err);
    free(columns);
    return failed;
}

static int read_groups(struct survivor_plan *plan, const struct settings_place *place, const json_t *value,
                       struct error *err)
{
    if (!json_is_array(value))
        return settings_fail(place, err, "not an array of groups");
    plan->group_count = 0;
    for (size_t i = 0; i < json_array_size(value); i++) {
        struct settings_place element = settings_member(place, NULL, i);
        if (read_group(plan, &element, json_array_get(value, i), err))
            return -1;
    }
    return 0;
}

static int read_plan(struct survivor_plan *plan, const json_t *root, const struct settings_place *place,
                     struct error *err)
{
    static const char *const keys[] = {"default", "recent_by", "columns", "groups", NULL};
    const json_t *other = json_object_get(root, "default");
    const json_t *recent = json_object_get(root, "recent_by");
    const json_t *columns = json_object_get(root, "columns");
    const json_t *groups = json_object_get(root, "groups");
    struct settings_place at = settings_member(place, "default", 0);

    if (settings_object(place, root, keys, err))
        return -1;
    if (other && read_rule(&at, other, &plan->other, err))
        return -1;
    if (other && needs_more(plan->other))
        return settings_fail(&at, err, "'order' cannot be the rule of all columns");
    at = settings_member(place, "recent_by", 0);
    if (recent && read_column(plan, &at, recent, &plan->recent, err))
        return -1;
    plan->recent_asked = plan->recent_asked || recent;
    at = settings_member(place, "columns", 0);
    if (columns && read_columns(plan, &at, columns, err))
        return -1;
    at = settings_member(place, "groups", 0);
    return groups ? read_groups(plan, &at, groups, err) : 0;
}

int survivor_plan_read(struct survivor_plan *plan, struct slice text, const char *file, struct error *err)
{
    const struct settings_place place = {.file = file};
    json_t *root = settings_read(text, file, err);

    if (!root)
        return -1;
    int failed = read_plan(plan, root, &place, err);
    json_decref(root);
    return failed;
}
