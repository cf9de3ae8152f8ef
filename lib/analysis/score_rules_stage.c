/* Lifecycle: which stage a lead has reached, by conditions on what the rules have worked out. Stages are tried from the
 * last to the first, whatever their order in the file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/score_rules_read.h"
#include "analysis/score_stage.h"

static int unknown_stage(const struct settings_place *place, struct error *err)
{
    char list[256];
    size_t used = 0;

    list[0] = '\0';
    for (int i = STAGE_SUSPECT; i <= STAGE_LOST && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i > STAGE_SUSPECT ? ", " : "",
                                 score_stage_names[i]);
    return settings_fail(place, err, "no such stage; there are %s", list);
}

/* Whether a condition asks for a result of that name. */
static bool asks_for(const struct score_rules *rules, const struct expression *when, const char *name)
{
    for (size_t i = 0; i < rules->lead.count; i++)
        if (slice_equal_cstr(rules->lead.names[i], name))
            return expression_uses(when, i);
    return false;
}

/* One promotion, rules->promotions[rules->promotion_count]. */
static int read_promotion(struct score_rules *rules, const struct settings_place *place, const char *key,
                          const json_t *value, struct error *err)
{
    struct score_promotion *one = &rules->promotions[rules->promotion_count];
    enum score_stage stage = score_stage_find(slice_from_cstr(key));

    if (stage == STAGE_NONE)
        return unknown_stage(place, err);
    for (size_t i = 0; i < rules->promotion_count; i++)
        if (rules->promotions[i].stage == stage)
            return settings_fail(place, err, "the stage %s is there twice", score_stage_names[stage]);
    one->stage = stage;
    if (score_read_expression(place, value, &rules->lead, &one->when, err))
        return -1;
    rules->promotion_count++;
    if (rules->grades.kind == SCORE_NO_GRADE && asks_for(rules, one->when, "grade"))
        return settings_fail(place, err, "asks for .grade, and there is no 'grade'");
    if (rules->factor == 0 && asks_for(rules, one->when, "probability"))
        return settings_fail(place, err, "asks for .probability, and there is no 'calibration'");
    return 0;
}

static int from_last(const void *a, const void *b)
{
    const struct score_promotion *x = a;
    const struct score_promotion *y = b;

    return (x->stage < y->stage) - (x->stage > y->stage);
}

int score_read_lifecycle(struct score_rules *rules, const struct settings_place *place, const json_t *value,
                         struct error *err)
{
    static const char *const keys[] = {"stages", "may_fall", NULL};
    struct settings_place at;
    const char *key;
    json_t *when;

    if (score_read_keys(place, value, keys, err))
        return -1;
    const json_t *fall = score_read_member(place, value, "may_fall", &at);
    if (fall && !json_is_boolean(fall))
        return settings_fail(&at, err, "neither true nor false");
    rules->may_fall = json_is_true(fall);
    const json_t *stages = score_read_needed(place, value, "stages", &at, err);
    if (!stages)
        return -1;
    if (!json_object_size(stages))
        return settings_fail(&at, err, "not an object of stages and conditions: {\"MQL\": \".score >= 40\"}");
    rules->promotions = score_read_room(rules, json_object_size(stages), sizeof *rules->promotions, err);
    if (!rules->promotions)
        return -1;
    json_object_foreach((json_t *)(uintptr_t)stages, key, when)
    {
        struct settings_place stage = settings_member(&at, key, 0);
        if (read_promotion(rules, &stage, key, when, err))
            return -1;
    }
    qsort(rules->promotions, rules->promotion_count, sizeof *rules->promotions, from_last);
    return 0;
}
