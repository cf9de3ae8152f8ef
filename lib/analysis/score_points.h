/* Internal to score: what one rule gives for one lead. */
#ifndef CRM_ANALYSIS_SCORE_POINTS_H
#define CRM_ANALYSIS_SCORE_POINTS_H

#include "analysis/score.h"

static inline double score_clamp(double sum, struct score_limits limits)
{
    if (sum < limits.least)
        return limits.least;
    return sum > limits.most ? limits.most : sum;
}

/* The hits of a lead that rules not looked at yet may count; next is never NULL. */
struct score_hits {
    const struct score_hit *next;
    size_t count;
};

static inline bool score_is_over_events(const struct score_rule *rule)
{
    return rule->kind == SCORE_EACH || rule->kind == SCORE_EVENTS;
}

/* What a rule over the lead gives: scorer->rules->rules[number]. -1: an expression failed, or its value is no number
 * where one is needed; err is not prefixed with the rule. */
int score_value_points(struct scorer *scorer, size_t number, struct expression_value *lead, struct score_part *part,
                       struct error *err);

/* What a rule over events gives. Rules must be asked in the order of their numbers: the hits of each are taken off the
 * front of *hits. */
struct score_part score_event_points(const struct score_rule *rule, size_t number, int32_t as_of,
                                     struct score_hits *hits);

/* The number of a value; NAN of null, of an empty text and, in CSV, of a word for no value
 * (model_missing()). -1, STATUS_DATA: "'abc' is not a number". */
int score_value_number(struct expression_value *value, double *number, struct error *err);

#endif
