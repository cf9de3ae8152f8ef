/* RFM scores by rank, independent or nested; for rfm_score(), where they are defined. */
#ifndef CRM_ANALYSIS_RFM_RANK_H
#define CRM_ANALYSIS_RFM_RANK_H

#include "analysis/rfm_score.h"

/* Scores all customers of a table that has at least one. -1: out of memory. */
int rfm_rank(struct rfm_table *table, const struct rfm_scoring *scoring, struct error *err);

#endif
