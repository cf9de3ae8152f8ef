/* Scores: the pattern, the weight and the probability of a pair. */
#ifndef CRM_ANALYSIS_LINK_SCORE_H
#define CRM_ANALYSIS_LINK_SCORE_H

#include "analysis/link_model.h"

/* Compares pairs; one per thread, since it remembers what it has compared. */
struct link_comparer {
    const struct link_records *records;
    uint64_t *memory[LINK_FIELDS];       /* owned; levels of pairs of values; NULL: not worth it */
    size_t first_name, last_name, email; /* fields; LINK_FIELDS: there is none */
};

int link_comparer_init(struct link_comparer *comparer, const struct link_records *records, struct error *err);
void link_comparer_fini(struct link_comparer *comparer);

/* The level of a field, and with exact agreement the value agreed on. */
link_pattern link_compare_rows(struct link_comparer *comparer, size_t a, size_t b, uint32_t agreed[LINK_FIELDS]);

/* The same of many pairs, which takes less time for each. */
struct link_compared {
    link_pattern pattern;
    uint32_t agreed[LINK_FIELDS];
};
void link_compare_pairs(struct link_comparer *comparer, const struct link_pair *pairs, size_t count,
                        struct link_compared *compared);

#define LINK_LANES 8 /* classes, rounded up to what a vector holds */

/* What is worked out once of a model: weights by level, and by value for those that agree. */
struct link_scorer {
    const struct link_records *records;
    const struct link_model *model;
    float weights[LINK_FIELDS][LINK_LEVELS][LINK_LANES]; /* by class */
    float rare[LINK_FIELDS][LINK_LANES];                 /* by class: 1 where rarity counts, else 0 */
    float *rarity[LINK_FIELDS]; /* owned; by value: what exact agreement on it weighs more (or less) than average */
};

int link_scorer_init(struct link_scorer *scorer, const struct link_records *records, const struct link_model *model,
                     struct error *err);
void link_scorer_fini(struct link_scorer *scorer);

struct link_score {
    float weight;  /* log2 of how much likelier the pair is among matches than by chance; without the prior */
    float related; /* log2 of the sum over the classes of related pairs of rate x likelihood ratio */
};
struct link_score link_score_pattern(const struct link_scorer *scorer, link_pattern pattern,
                                     const uint32_t agreed[LINK_FIELDS]);

/* The same, where only probabilities of `least` and more are asked for: most pairs are below it by the weights of their
 * matches alone. limit: link_score_limit(scorer, least). false: the probability is less; true: it may be. */
float link_score_limit(const struct link_scorer *scorer, double least);
bool link_score_above(const struct link_scorer *scorer, link_pattern pattern, const uint32_t agreed[LINK_FIELDS],
                      float limit, struct link_score *score);

/* What a field adds to the weight of a pair in a class, in bits; 0 where a value is missing. */
double link_field_weight(const struct link_scorer *scorer, enum link_class class, size_t field, link_pattern pattern,
                         const uint32_t agreed[LINK_FIELDS]);
/* Of the classes of matches, the likelier one. */
enum link_class link_match_class(const struct link_scorer *scorer, link_pattern pattern,
                                 const uint32_t agreed[LINK_FIELDS]);

/* P(match) = l 2^weight / (l 2^weight + 2^related + the rate of pairs that are neither), l being the match rate. */
double link_probability(const struct link_model *model, struct link_score score);

#endif
