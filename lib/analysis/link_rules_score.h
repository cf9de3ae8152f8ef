/* How alike values are in percent, by kind and level. Of the files link_rules_*.c. */
#ifndef CRM_ANALYSIS_LINK_RULES_SCORE_H
#define CRM_ANALYSIS_LINK_RULES_SCORE_H

#include "analysis/link_rules.h"

/* The threshold of a term "FIELD~". */
uint8_t link_usual_threshold(enum link_kind kind);

#define LINK_NO_PERCENT 101 /* a value is missing */

/* Compares the records of pairs; one per thread, since it remembers what it has compared. */
struct link_matcher {
    const struct link_match_rules *rules;
    const struct link_records *records;
    uint8_t percents[LINK_FIELDS][LINK_LEVELS]; /* by level; of names and places the least */
    uint64_t *memory[LINK_FIELDS];              /* owned; pairs of values and how alike they are */
};

/* -1 out of memory; link_matcher_fini() is due in any case. */
int link_matcher_init(struct link_matcher *matcher, const struct link_match_rules *rules,
                      const struct link_records *records, struct error *err);
void link_matcher_fini(struct link_matcher *matcher);

/* The first rule that holds for a pair, or LINK_MATCHERS. */
size_t link_matcher_rule(struct link_matcher *matcher, uint32_t a, uint32_t b);

#endif
