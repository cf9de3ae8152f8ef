/* --merge: one best record of each cluster, where its values are from, and how to undo it; and which report it is. */
#ifndef CRM_ANALYSIS_DEDUPE_MERGE_H
#define CRM_ANALYSIS_DEDUPE_MERGE_H

#include "analysis/dedupe_print.h"

/* Writes the merged records and finishes the output and, if asked for, provenance and undo log. */
int dedupe_merge(struct dedupe *dedupe, const struct dedupe_result *result, struct output *output, struct error *err);

/* Writes what the options ask for, but --blocks, which has no result. */
int dedupe_report(struct dedupe *dedupe, const struct dedupe_result *result, struct output *output, struct error *err);

/* --undo: restores the input from the log and the merged records, the one operand or standard input. */
int dedupe_undo(const struct dedupe_options *options, char **operands, struct error *err);

#endif
