/* Scoring a lead: points of each rule (score_points.c), summed up group by group and dimension by dimension, each sum
 * held within its limits; from the sums the probability, the grade (score_grade.c) and the temperature; last the stage.
 * Whatever needs memory is made once for a thread, so that a lead costs none. Promotions come after everything else:
 * ".score" means a column of the input to all other expressions, and only then the result. */
#include "analysis/score.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/score_cases.h"
#include "analysis/score_grade.h"
#include "analysis/score_memo.h"
#include "analysis/score_points.h"

const char *const score_output_names[] = {"score", "fit", "engagement", "probability", "grade", NULL};

/* The column of the lead in which promotions look for a result. */
static size_t find_output(const struct score_rules *rules, const char *name)
{
    for (size_t i = 0; i < rules->lead.count; i++) {
        if (!slice_equal_cstr(rules->lead.names[i], name))
            continue;
        for (size_t j = 0; j < rules->promotion_count; j++)
            if (expression_uses(rules->promotions[j].when, i))
                return i;
    }
    return SIZE_MAX;
}

static int make_cases(struct scorer *scorer, struct error *err)
{
    const struct score_rules *rules = scorer->rules;

    for (size_t i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].kind == SCORE_CASES && score_cases_init(&scorer->cases[i], &rules->rules[i], err))
            return -1;
    return 0;
}

int scorer_init(struct scorer *scorer, const struct score_rules *rules, const struct score_events *events,
                const struct expression_context *context, struct error *err)
{
    struct score_result *result = &scorer->result;

    *scorer = (struct scorer){.rules = rules, .events = events};
    scorer->context.dates = context->dates;
    scorer->context.as_of = DAY_NONE;
    for (enum score_output i = 0; i < SCORE_OUTPUTS; i++)
        scorer->output[i] = find_output(rules, score_output_names[i]);
    result->parts = calloc(rules->rule_count + 1, sizeof *result->parts);
    result->group = calloc(rules->group_count + 1, sizeof *result->group);
    result->checks = calloc(rules->checklist_count + 1, sizeof *result->checks);
    scorer->cases = calloc(rules->rule_count + 1, sizeof *scorer->cases);
    scorer->memo = calloc(1, sizeof *scorer->memo);
    scorer->grade = malloc(score_grade_size(&rules->grades) + 1);
    if (!result->parts || !result->group || !result->checks || !scorer->cases || !scorer->memo || !scorer->grade)
        error_memory(err);
    else if (make_cases(scorer, err) == 0 && score_memo_init(scorer->memo, rules, err) == 0)
        return 0;
    scorer_fini(scorer);
    return -1;
}

void scorer_fini(struct scorer *scorer)
{
    for (size_t i = 0; scorer->cases && i < scorer->rules->rule_count; i++)
        score_cases_fini(&scorer->cases[i]);
    free(scorer->cases);
    if (scorer->memo)
        score_memo_fini(scorer->memo);
    free(scorer->memo);
    free(scorer->grade);
    free(scorer->result.parts);
    free(scorer->result.group);
    free(scorer->result.checks);
    expression_context_fini(&scorer->context);
    *scorer = (struct scorer){0};
}

/* Points of the rules over the lead. Meanwhile the place of its hits is fetched: the look-up that follows would wait
 * for memory twice, first for the slot of the key and then for what it leads to. */
static int apply_value_rules(struct scorer *scorer, struct expression_value *lead, struct slice key, struct error *err)
{
    const struct score_rules *rules = scorer->rules;
    const struct group_table *leads = scorer->events && rules->needs_events ? &scorer->events->leads : NULL;
    uint64_t hash = leads ? group_hash(key) : 0;

    if (leads)
        group_prefetch_slot(leads, hash);
    score_memo_find(scorer->memo, lead, scorer->context.as_of, scorer->result.parts);
    for (size_t i = 0; i < rules->rule_count; i++) {
        if (leads && i == rules->rule_count / 2)
            group_prefetch_state(leads, hash);
        if (scorer->memo->known[i] || score_is_over_events(&rules->rules[i]))
            continue;
        if (score_value_points(scorer, i, lead, &scorer->result.parts[i], err)) {
            struct quote q;
            error_prefix(err, "rule '%s': ", quote_name(&q, rules->rules[i].name));
            return -1;
        }
    }
    score_memo_keep(scorer->memo, scorer->result.parts);
    return 0;
}

/* Points of the rules over events. */
static void apply_event_rules(struct scorer *scorer, struct slice key)
{
    const struct score_rules *rules = scorer->rules;
    const struct score_hit none = {0};
    struct score_hits hits = {&none, 0};

    if (!rules->needs_events)
        return;
    if (scorer->events) {
        const struct score_hit *found = score_events_of(scorer->events, key, &hits.count);
        hits.next = found ? found : &none;
        scorer->with_events += found != NULL;
    }
    for (size_t i = 0; i < rules->rule_count; i++)
        if (score_is_over_events(&rules->rules[i]))
            scorer->result.parts[i] = score_event_points(&rules->rules[i], i, scorer->context.as_of, &hits);
}

/* The groups, each within its limits, the dimensions, the total. */
static void sum_up(const struct score_rules *rules, struct score_result *result)
{
    double sums[SCORE_DIMENSIONS] = {0};

    for (size_t i = 0; i < rules->group_count; i++)
        result->group[i] = 0;
    for (size_t i = 0; i < rules->rule_count;) { /* those of a group stand together */
        size_t group = rules->rules[i].group;
        double sum = result->group[group];
        for (; i < rules->rule_count && rules->rules[i].group == group; i++)
            sum += result->parts[i].points;
        result->group[group] = sum;
    }
    for (size_t i = 0; i < rules->group_count; i++) {
        result->group[i] = score_clamp(result->group[i], rules->groups[i].limit);
        sums[rules->groups[i].dimension] += result->group[i];
    }
    result->fit = score_clamp(sums[SCORE_FIT], rules->dimension[SCORE_FIT]);
    result->engagement = score_clamp(sums[SCORE_ENGAGEMENT], rules->dimension[SCORE_ENGAGEMENT]);
    result->total = score_clamp(rules->base + result->fit + result->engagement, rules->total);
    result->probability = rules->factor > 0 ? 1 / (1 + exp(-(result->total - rules->offset) / rules->factor)) : NAN;
}

/* Whether an item of a checklist is known, and met: 1, 0 or -1 each. */
static int check_item(struct scorer *scorer, const struct score_item *item, struct expression_value *lead, int *met,
                      struct error *err)
{
    int known = item->known ? expression_test(item->known, &scorer->context, lead, err) : 1;

    *met = known > 0 ? expression_test(item->met, &scorer->context, lead, err) : 0;
    return *met < 0 ? -1 : known;
}

static int check_lists(struct scorer *scorer, struct expression_value *lead, struct error *err)
{
    const struct score_rules *rules = scorer->rules;

    for (size_t i = 0; i < rules->checklist_count; i++) {
        const struct score_checklist *list = &rules->checklists[i];
        struct score_check check = {0, 0};
        for (size_t j = 0; j < list->count; j++) {
            int met;
            int known = check_item(scorer, &list->items[j], lead, &met, err);
            if (known < 0) {
                struct quote q, item;
                error_prefix(err, "checklist '%s': '%s': ", quote_name(&q, list->name),
                             quote_name(&item, list->items[j].name));
                return -1;
            }
            check.known += known > 0;
            check.met += met > 0;
        }
        scorer->result.checks[i] = check;
    }
    return 0;
}

static void put_number(struct expression_value *value, double number)
{
    *value = (struct expression_value){
        .type = isnan(number) ? EXPRESSION_NULL : EXPRESSION_NUMBER, .reading = EXPRESSION_IS_NUMBER, .number = number};
}

/* Puts the results that promotions ask for in their columns. */
static void put_outputs(const struct scorer *scorer, struct expression_value *lead)
{
    const struct score_result *result = &scorer->result;
    const double numbers[] = {result->total, result->fit, result->engagement, result->probability};

    for (enum score_output i = 0; i < SCORE_OUTPUT_GRADE; i++)
        if (scorer->output[i] != SIZE_MAX)
            put_number(&lead[scorer->output[i]], numbers[i]);
    if (scorer->output[SCORE_OUTPUT_GRADE] != SIZE_MAX)
        lead[scorer->output[SCORE_OUTPUT_GRADE]] = (struct expression_value){
            .type = result->grade.len ? EXPRESSION_STRING : EXPRESSION_NULL, .text = result->grade};
}

/* The first promotion that is true counts: they stand from the highest stage to the lowest. */
static int promote(struct scorer *scorer, struct expression_value *lead, enum score_stage now, struct error *err)
{
    const struct score_rules *rules = scorer->rules;

    scorer->result.stage = now;
    for (size_t i = 0; i < rules->promotion_count; i++) {
        enum score_stage proposed = (enum score_stage)rules->promotions[i].stage;
        int met = expression_test(rules->promotions[i].when, &scorer->context, lead, err);
        if (met < 0) {
            error_prefix(err, "stage '%s': ", score_stage_names[proposed]);
            return -1;
        }
        if (met) {
            scorer->result.stage = score_stage_move(now, proposed, rules->may_fall);
            return 0;
        }
    }
    return 0;
}

static int score_lead(struct scorer *scorer, struct expression_value *lead, struct slice key, enum score_stage stage,
                      struct error *err)
{
    const struct score_rules *rules = scorer->rules;
    struct score_result *result = &scorer->result;

    if (apply_value_rules(scorer, lead, key, err))
        return -1;
    apply_event_rules(scorer, key);
    sum_up(rules, result);
    if (score_grade(scorer, lead, &result->grade, err) || check_lists(scorer, lead, err))
        return -1;
    result->temperature = score_band(&rules->temperature, score_number_of(result, rules->temperature_of));
    put_outputs(scorer, lead);
    return promote(scorer, lead, stage, err);
}

int scorer_score(struct scorer *scorer, struct expression_value *lead, struct slice key, int32_t as_of,
                 enum score_stage stage, struct error *err)
{
    scorer->context.as_of = as_of;
    int failed = score_lead(scorer, lead, key, stage, err);
    expression_next(&scorer->context);
    return failed;
}
