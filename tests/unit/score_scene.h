/* Rules, events and leads made by hand, for the tests of scoring. Arrays have fixed room; nothing here says what a
 * score should be. */
#ifndef CRM_TESTS_SCORE_SCENE_H
#define CRM_TESTS_SCORE_SCENE_H

#include <math.h>
#include <string.h>

#include "analysis/score.h"

#define SCENE_ROOM 40
#define SCENE_NO_LIMITS ((struct score_limits){-INFINITY, INFINITY})

struct scene {
    struct score_rules rules;
    struct score_rule rule[SCENE_ROOM];
    struct score_group group[SCENE_ROOM];
    struct score_promotion promotion[SCENE_ROOM];
    struct score_criterion criterion[SCENE_ROOM];
    struct score_checklist checklist[SCENE_ROOM];
    struct score_events events;
    struct expression_context context;
    struct scorer scorer;
    struct expression_value lead[SCENE_ROOM], event[SCENE_ROOM];
};

static inline void scene_init(struct scene *scene)
{
    memset(scene, 0, sizeof *scene);
    scene->rules.groups = scene->group;
    scene->rules.rules = scene->rule;
    scene->rules.promotions = scene->promotion;
    scene->rules.grades.criteria = scene->criterion;
    scene->rules.checklists = scene->checklist;
    scene->rules.total = SCENE_NO_LIMITS;
    scene->rules.dimension[SCORE_FIT] = SCENE_NO_LIMITS;
    scene->rules.dimension[SCORE_ENGAGEMENT] = SCENE_NO_LIMITS;
    score_events_init(&scene->events, &scene->rules);
}

static inline void scene_fini(struct scene *scene)
{
    if (scene->scorer.rules)
        scorer_fini(&scene->scorer);
    score_events_fini(&scene->events);
    expression_context_fini(&scene->context);
    for (size_t i = 0; i < scene->rules.rule_count; i++) {
        expression_free(scene->rule[i].expression);
        expression_free(scene->rule[i].where);
        expression_free(scene->rule[i].amount);
    }
    for (size_t i = 0; i < scene->rules.promotion_count; i++)
        expression_free(scene->promotion[i].when);
    for (size_t i = 0; i < scene->rules.grades.criterion_count; i++)
        expression_free(scene->criterion[i].when);
    for (size_t i = 0; i < scene->rules.checklist_count; i++)
        for (size_t j = 0; j < scene->checklist[i].count; j++) {
            expression_free(scene->checklist[i].items[j].met);
            expression_free(scene->checklist[i].items[j].known);
        }
    expression_columns_fini(&scene->rules.lead);
    expression_columns_fini(&scene->rules.event);
}

static inline struct expression *scene_compile(struct expression_columns *columns, const char *text)
{
    struct expression *expression = NULL;
    struct error err;

    if (expression_compile(&expression, slice_from_cstr(text), columns, &err))
        fail_msg("%s: %s", text, err.text);
    return expression;
}

/* An expression over the lead, one over the event. */
static inline struct expression *scene_of_lead(struct scene *scene, const char *text)
{
    return scene_compile(&scene->rules.lead, text);
}

static inline struct expression *scene_of_event(struct scene *scene, const char *text)
{
    return scene_compile(&scene->rules.event, text);
}

static inline struct score_group *scene_group(struct scene *scene, enum score_dimension dimension)
{
    struct score_group *group = &scene->group[scene->rules.group_count++];

    *group = (struct score_group){SLICE("a group"), dimension, SCENE_NO_LIMITS};
    *(dimension == SCORE_FIT ? &scene->rules.has_fit : &scene->rules.has_engagement) = true;
    return group;
}

/* A rule in the group that was added last. */
static inline struct score_rule *scene_rule(struct scene *scene, const char *name, enum score_kind kind)
{
    struct score_rule *rule = &scene->rule[scene->rules.rule_count++];

    *rule = (struct score_rule){.name = slice_from_cstr(name), .kind = kind, .limit = SCENE_NO_LIMITS};
    rule->group = scene->rules.group_count - 1;
    scene->rules.needs_events = scene->rules.needs_events || kind == SCORE_EACH || kind == SCORE_EVENTS;
    return rule;
}

static inline struct score_rule *scene_when(struct scene *scene, const char *name, const char *when, double points)
{
    struct score_rule *rule = scene_rule(scene, name, SCORE_WHEN);

    rule->expression = scene_of_lead(scene, when);
    rule->points = points;
    return rule;
}

/* An event of a name; the values are those of rules.event, of CSV. */
static inline int scene_add(struct scene *scene, const char *key, const char *what, int32_t day, struct error *err)
{
    return score_events_add(&scene->events, slice_from_cstr(key), slice_from_cstr(what), day, &scene->context,
                            scene->event, err);
}

static inline void scene_event(struct scene *scene, const char *key, const char *what, int32_t day)
{
    struct error err;

    if (scene_add(scene, key, what, day, &err))
        fail_msg("%s: %s", what, err.text);
}

static inline struct expression_value scene_text(const char *text)
{
    return (struct expression_value){.type = EXPRESSION_STRING, .untyped = true, .text = slice_from_cstr(text)};
}

/* Gives a column of the lead, or of the event, a value of CSV. */
static inline void scene_put(const struct expression_columns *columns, struct expression_value *values,
                             const char *name, struct expression_value value)
{
    for (size_t i = 0; i < columns->count; i++)
        if (slice_equal_cstr(columns->names[i], name))
            values[i] = value;
}

static inline void scene_lead(struct scene *scene, const char *name, const char *text)
{
    scene_put(&scene->rules.lead, scene->lead, name, scene_text(text));
}

/* Events are complete and rules as well: the scorer. */
static inline void scene_start(struct scene *scene)
{
    struct error err;

    if (score_events_finish(&scene->events, &err) ||
        scorer_init(&scene->scorer, &scene->rules, &scene->events, &scene->context, &err))
        fail_msg("%s", err.text);
}

static inline const struct score_result *scene_score_stage(struct scene *scene, const char *key, int32_t as_of,
                                                           enum score_stage stage)
{
    struct error err;

    if (scorer_score(&scene->scorer, scene->lead, slice_from_cstr(key), as_of, stage, &err))
        fail_msg("%s", err.text);
    return &scene->scorer.result;
}

static inline const struct score_result *scene_score(struct scene *scene, const char *key, int32_t as_of)
{
    return scene_score_stage(scene, key, as_of, STAGE_NONE);
}

static inline void scene_expect_text(struct slice text, const char *expected)
{
    if (!slice_equal_cstr(text, expected))
        fail_msg("'%.*s', not '%s'", SLICE_ARG(text), expected);
}

static inline void scene_expect(double number, double expected)
{
    if (!(number == expected) && !(isnan(number) && isnan(expected)))
        fail_msg("%.17g, not %.17g", number, expected);
}

#endif
