/* Internal to score: the cases of a rule, found by their value.
 *
 * A text is looked for as it stands, or, with fold, as letters of either case are alike: each character is taken to its
 * capital and from there to its small letter, as Unicode maps single characters (so 'ς' is 'σ', but 'ß' is not "ss"). A
 * number is looked for among the cases that are written as a number: 1.0 is the case "1". */
#ifndef CRM_ANALYSIS_SCORE_CASES_H
#define CRM_ANALYSIS_SCORE_CASES_H

#include "analysis/score_rules.h"

/* An open-addressing table of keys: slots hold the number of a case plus 1, or 0. */
struct score_case_table {
    uint32_t *slots; /* NULL: no keys */
    size_t mask;
    struct slice *keys; /* for each case; that of a case without one is not looked at */
};

struct score_cases {
    const struct score_rule *rule; /* borrowed */
    struct arena arena;            /* holds all that follows */
    struct score_case_table texts, numbers;
    size_t longest; /* bytes of the longest text, folded */
    char *folded; /* room for a value as it is folded: it changes with each look-up, so a thread has cases of its own */
};

/* Of a rule of the kind SCORE_CASES. Of cases that are alike the first counts. -1: out of memory; to be given up with
 * score_cases_fini() even then. */
int score_cases_init(struct score_cases *cases, const struct score_rule *rule, struct error *err);
void score_cases_fini(struct score_cases *cases); /* all zero is fine */

/* The case of a text or of a number; NULL: there is none. */
const struct score_case *score_cases_of_text(struct score_cases *cases, struct slice text);
const struct score_case *score_cases_of_number(const struct score_cases *cases, double number);

#endif
