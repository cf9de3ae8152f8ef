/* What a deduplication writes: records with their clusters, pairs, blocks; and what it says. */
#ifndef CRM_ANALYSIS_DEDUPE_PRINT_H
#define CRM_ANALYSIS_DEDUPE_PRINT_H

#include "analysis/dedupe.h"

/* The rows of each cluster, ascending: rows[starts[c]] .. rows[starts[c + 1] - 1]. Owned. */
struct dedupe_members {
    size_t *rows;
    size_t *starts;
};
int dedupe_members_init(struct dedupe_members *members, const struct dedupe_result *result, size_t rows,
                        struct error *err);
void dedupe_members_fini(struct dedupe_members *members);

int dedupe_print_records(struct dedupe *dedupe, const struct dedupe_result *result, struct output *output,
                         struct error *err);
int dedupe_print_pairs(struct dedupe *dedupe, struct output *output, struct error *err);
/* --truth: how well known clusters were found. */
int dedupe_print_truth(struct dedupe *dedupe, const struct dedupe_result *result, struct output *output,
                       struct error *err);
int dedupe_print_blocks(struct dedupe *dedupe, struct output *output, struct error *err);

/* --verbose: what is compared, and what is not and why. */
void dedupe_tell_columns(const struct dedupe *dedupe);
/* --verbose: columns, rules, the model; and what is said in any case, warnings. */
int dedupe_tell_plan(const struct dedupe *dedupe, struct error *err); /* -1 out of memory */
void dedupe_tell_result(const struct dedupe *dedupe, const struct dedupe_result *result);

#endif
