/* What rules gave for a value that a column had before. Industries, countries, titles, sources and stages are few, and
 * of most leads they are known already: then no rule needs to look at them again. Only rules that look at one column
 * alone are remembered, and only columns whose values come again; what is remembered is what the rules would give. */
#ifndef CRM_ANALYSIS_SCORE_MEMO_H
#define CRM_ANALYSIS_SCORE_MEMO_H

#include "analysis/score.h"

struct memo_column;

/* Of one scorer; all zero: remembers nothing. */
struct score_memo {
    struct memo_column *columns; /* owned */
    size_t count;
    bool *known; /* for each rule: what it gives this lead is known. Owned */
};

int score_memo_init(struct score_memo *memo, const struct score_rules *rules, struct error *err);
void score_memo_fini(struct score_memo *memo);

/* Sets `known`, and parts[] of the rules that are: for a lead, on a day that counts as today. */
void score_memo_find(struct score_memo *memo, const struct expression_value *lead, int32_t as_of,
                     struct score_part *parts);
/* Remembers parts[] of those that were not, for the lead that score_memo_find() was last given. */
void score_memo_keep(struct score_memo *memo, const struct score_part *parts);

#endif
