/* Score rules: the file as a whole, and its groups. Pieces are read in an order of their own, so that each can be held
 * against what it depends on: limits and calibration first, then groups, grades and temperature, then what asks for
 * their results. */
#include "analysis/score_rules.h"

#include <string.h>

#include "analysis/score_rules_read.h"
#include "base/group.h"

const char *const score_dimension_names[] = {"fit", "engagement", NULL};
const char *const score_measure_names[] = {"count", "days", "sum", "min", "max", "days_since_last", "days_since_first",
                                           NULL};
const char *const score_number_names[] = {"score", "fit", "engagement", "probability", NULL};
const char *const score_third_names[] = {"F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+", NULL};

/* Whether rules look at the lead and at its events. */
struct looks {
    bool at_lead, at_events;
};

/* Names that were taken, and what by: groups[group], or rules[rule] of it. */
struct taken {
    size_t group, rule;
};

static int take_name(struct group_table *names, struct slice name, struct taken by, struct taken *before, bool *again,
                     struct error *err)
{
    bool added;
    struct taken *taken = group_get(names, name, &added);

    if (!taken)
        return error_memory(err);
    *again = !added;
    if (added)
        *taken = by;
    else
        *before = *taken;
    return 0;
}

/* The rules of groups[by.group]. */
static int read_rules(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                      struct group_table *names, struct taken by, struct looks *looks, struct error *err)
{
    struct taken before = by;
    struct quote q;
    bool again = false;

    for (by.rule = 0; by.rule < json_array_size(value); by.rule++) {
        struct settings_place element = settings_member(place, NULL, by.rule);
        const json_t *one = json_array_get(value, by.rule);
        struct score_rule *rule = &rules->rules[rules->rule_count++];
        rule->group = by.group;
        if (score_read_rule(rules, &element, one, rule, err) || take_name(names, rule->name, by, &before, &again, err))
            return -1;
        if (again) {
            struct settings_place at = settings_member(&element, "name", 0);
            return settings_fail(&at, err, "%s'%s' is already the name of groups[%zu].rules[%zu]",
                                 json_object_get(one, "name") ? "" : "missing, and ", quote_name(&q, rule->name),
                                 before.group, before.rule);
        }
        *(rule->kind == SCORE_EACH || rule->kind == SCORE_EVENTS ? &looks->at_events : &looks->at_lead) = true;
    }
    return 0;
}

/* What a group counts for: as it says, else by what its rules look at. */
static int read_dimension(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                          struct score_group *group, struct looks looks, struct error *err)
{
    struct settings_place at;
    const json_t *said = score_read_member(place, value, "dimension", &at);
    int dimension = looks.at_events ? SCORE_ENGAGEMENT : SCORE_FIT;

    if (said && score_read_word(&at, said, score_dimension_names, &dimension, err))
        return -1;
    if (!said && looks.at_lead && looks.at_events)
        return settings_fail(&at, err,
                             "missing: there are rules over the lead and rules over events; say \"fit\" or "
                             "\"engagement\"");
    group->dimension = (enum score_dimension)dimension;
    *(dimension == SCORE_FIT ? &rules->has_fit : &rules->has_engagement) = true;
    return 0;
}

static int read_group(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                      struct group_table names[2], size_t index, struct error *err)
{
    static const char *const keys[] = {"name", "dimension", "min", "max", "rules", NULL};
    struct score_group *group = &rules->groups[index];
    struct looks looks = {false, false};
    struct taken by = {index, 0};
    struct taken before = by;
    struct settings_place at;
    struct quote q;
    bool again = false;
    size_t count;

    if (score_read_keys(place, value, keys, err) || score_read_limits(place, value, &group->limit, err))
        return -1;
    const json_t *name = score_read_needed(place, value, "name", &at, err);
    if (!name || score_read_text(rules, &at, name, &group->name, err) ||
        take_name(&names[0], group->name, by, &before, &again, err))
        return -1;
    if (again)
        return settings_fail(&at, err, "'%s' is already the name of groups[%zu]", quote_name(&q, group->name),
                             before.group);
    const json_t *list = score_read_needed(place, value, "rules", &at, err);
    if (!list || score_read_array(&at, list, "rule", &count, err) ||
        read_rules(rules, &at, list, &names[1], by, &looks, err))
        return -1;
    return read_dimension(rules, place, value, group, looks, err);
}

static int read_groups(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                       struct error *err)
{
    struct group_table names[2]; /* of groups, of rules */
    size_t count;
    size_t rule_count = 0;
    int failed = 0;

    if (score_read_array(place, value, "group", &count, err))
        return -1;
    for (size_t i = 0; i < count; i++)
        rule_count += json_array_size(json_object_get(json_array_get(value, i), "rules"));
    rules->groups = score_read_room(rules, count, sizeof *rules->groups, err);
    rules->rules = score_read_room(rules, rule_count, sizeof *rules->rules, err);
    if (!rules->groups || !rules->rules)
        return -1;
    group_init(&names[0], sizeof(struct taken));
    group_init(&names[1], sizeof(struct taken));
    for (size_t i = 0; i < count && !failed; i++) {
        struct settings_place element = settings_member(place, NULL, i);
        failed = read_group(rules, &element, json_array_get(value, i), names, i, err);
    }
    group_fini(&names[0]);
    group_fini(&names[1]);
    rules->group_count = count;
    return failed;
}

static int read_limits(const struct settings_place *place, const json_t *root, const char *key,
                       struct score_limits *limits, struct error *err)
{
    static const char *const keys[] = {"min", "max", NULL};
    struct settings_place at;
    const json_t *value = score_read_member(place, root, key, &at);

    *limits = SCORE_NO_LIMITS;
    if (!value)
        return 0;
    return score_read_keys(&at, value, keys, err) ? -1 : score_read_limits(&at, value, limits, err);
}

static int read_calibration(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                            struct error *err)
{
    static const char *const keys[] = {"offset", "factor", NULL};
    struct settings_place at;

    if (score_read_keys(place, value, keys, err))
        return -1;
    const json_t *offset = score_read_needed(place, value, "offset", &at, err);
    if (!offset || score_read_points(&at, offset, &rules->offset, err))
        return -1;
    const json_t *factor = score_read_needed(place, value, "factor", &at, err);
    if (!factor || score_read_points(&at, factor, &rules->factor, err))
        return -1;
    return rules->factor > 0 ? 0 : settings_fail(&at, err, "%g is not above 0", rules->factor);
}

/* Title, limits, calibration: what asks for nothing else. */
static int read_frame(struct score_rules *rules, const struct settings_place *place, const json_t *root,
                      struct error *err)
{
    struct settings_place at;
    const json_t *title = score_read_member(place, root, "title", &at);

    if (title && score_read_text(rules, &at, title, &rules->title, err))
        return -1;
    const json_t *base = score_read_member(place, root, "base", &at);
    if ((base && score_read_number(&at, base, &rules->base, err)) ||
        read_limits(place, root, "total", &rules->total, err))
        return -1;
    for (int i = 0; i < SCORE_DIMENSIONS; i++)
        if (read_limits(place, root, score_dimension_names[i], &rules->dimension[i], err))
            return -1;
    const json_t *calibration = score_read_member(place, root, "calibration", &at);
    return calibration ? read_calibration(rules, &at, calibration, err) : 0;
}

/* Limits of a dimension that no group counts for are a mistake. */
static int check_dimensions(const struct score_rules *rules, const struct settings_place *place, const json_t *root,
                            struct error *err)
{
    struct settings_place at;
    const bool used[SCORE_DIMENSIONS] = {rules->has_fit, rules->has_engagement};

    for (int i = 0; i < SCORE_DIMENSIONS; i++)
        if (score_read_member(place, root, score_dimension_names[i], &at) && !used[i])
            return settings_fail(&at, err, "no group counts for it");
    return 0;
}

static int read_root(struct score_rules *rules, const struct settings_place *place, const json_t *root,
                     struct error *err)
{
    static const char *const keys[] = {"title", "base",      "total",       "fit",        "engagement",  "groups",
                                       "grade", "lifecycle", "temperature", "checklists", "calibration", NULL};
    static const struct {
        const char *key;
        int (*read)(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                    struct error *err);
    } parts[] = {
        {"groups", read_groups},
        {"grade", score_read_grades},
        {"temperature", score_read_temperature},
        {"lifecycle", score_read_lifecycle},
        {"checklists", score_read_checklists},
    };
    struct settings_place at;

    if (score_read_keys(place, root, keys, err) || read_frame(rules, place, root, err))
        return -1;
    if (!score_read_member(place, root, "groups", &at) && !json_object_get(root, "checklists"))
        return settings_fail(&at, err, "missing, and so are checklists");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const json_t *value = score_read_member(place, root, parts[i].key, &at);
        if (value && parts[i].read(rules, &at, value, err))
            return -1;
        if (i == 0 && check_dimensions(rules, place, root, err))
            return -1;
    }
    return score_check_checklists(rules, place, err);
}

int score_rules_read(struct score_rules *rules, struct slice text, const char *file, struct error *err)
{
    const struct settings_place place = {.file = file};

    *rules = (struct score_rules){0};
    arena_init(&rules->arena);
    json_t *root = settings_read(text, file, err);
    if (!root)
        return -1;
    int failed = read_root(rules, &place, root, err);
    json_decref(root);
    if (failed)
        score_rules_fini(rules);
    return failed;
}

void score_rules_fini(struct score_rules *rules)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        expression_free(rules->rules[i].expression);
        expression_free(rules->rules[i].where);
        expression_free(rules->rules[i].amount);
    }
    for (size_t i = 0; i < rules->grades.criterion_count; i++)
        expression_free(rules->grades.criteria[i].when);
    for (size_t i = 0; i < rules->promotion_count; i++)
        expression_free(rules->promotions[i].when);
    for (size_t i = 0; i < rules->checklist_count; i++)
        for (size_t j = 0; j < rules->checklists[i].count; j++) {
            expression_free(rules->checklists[i].items[j].met);
            expression_free(rules->checklists[i].items[j].known);
        }
    expression_columns_fini(&rules->lead);
    expression_columns_fini(&rules->event);
    arena_fini(&rules->arena);
    *rules = (struct score_rules){0};
}
