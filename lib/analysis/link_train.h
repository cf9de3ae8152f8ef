/* Training: the model, from the records alone.
 *
 * u of exact agreement is counted (the chance that two records drawn at random have one value), of other levels taken
 * from a sample of pairs drawn with a fixed seed. m, h and the rates are the fixed point of the expectation
 * maximisation of Dempster, Laird and Rubin (JRSS B 39, 1977) over the counts of distinct patterns among the pairs that
 * blocking finds, all other pairs taken for no matches: each field is free, and the rate is a rate over all pairs. What
 * matches add to the pairs drawn at random is taken out of u in each round. Counts decide, not their order: the model
 * is the same in every run and with any number of threads. */
#ifndef CRM_ANALYSIS_LINK_TRAIN_H
#define CRM_ANALYSIS_LINK_TRAIN_H

#include "analysis/link_score.h"

/* A pattern and how many pairs of the index have it. */
struct link_pattern_count {
    link_pattern pattern;
    double count;
};

struct link_patterns {
    struct link_pattern_count *items; /* owned; ascending by pattern */
    size_t count;
    double pairs; /* they stand for */
};
void link_patterns_fini(struct link_patterns *patterns);

/* Counts patterns; where there are more than most pairs, of a fixed part of them, the counts then being scaled up. */
int link_patterns_count(struct link_patterns *patterns, const struct link_index *index, double most, size_t threads,
                        struct error *err);

/* Levels of pairs drawn at random, among those in which both have a value; each field sums to 1. */
struct link_chance {
    double levels[LINK_FIELDS][LINK_LEVELS];
    double related[LINK_CLASSES]; /* least rates of classes of which blocking finds a part alone; 0: none is known */
};
int link_chance_count(struct link_chance *chance, const struct link_records *records, size_t threads,
                      struct error *err);
/* Counts chance->related, after link_chance_count(). */
int link_related_count(struct link_chance *chance, const struct link_records *records, struct error *err);

/* Fields, kinds and first values of the model. */
int link_model_init(struct link_model *model, const struct link_records *records, struct error *err);

/* -1 out of memory. */
int link_train(struct link_model *model, const struct link_chance *chance, const struct link_patterns *patterns,
               double all_pairs, size_t threads, struct error *err);

#endif
