/* Whether the day matters to what is asked of a lead. */
#include "analysis/score_rules.h"

bool score_rules_need_day(const struct score_rules *rules)
{
    for (size_t i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].expression && expression_needs_as_of(rules->rules[i].expression))
            return true;
    for (size_t i = 0; i < rules->grades.criterion_count; i++)
        if (expression_needs_as_of(rules->grades.criteria[i].when))
            return true;
    for (size_t i = 0; i < rules->promotion_count; i++)
        if (expression_needs_as_of(rules->promotions[i].when))
            return true;
    for (size_t i = 0; i < rules->checklist_count; i++)
        for (size_t j = 0; j < rules->checklists[i].count; j++)
            if (expression_needs_as_of(rules->checklists[i].items[j].met) ||
                expression_needs_as_of(rules->checklists[i].items[j].known))
                return true;
    return false;
}
