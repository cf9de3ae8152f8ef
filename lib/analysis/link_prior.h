/* What is known before any record is seen: how often two people's values agree by chance. In a list of a few records
 * nothing can be learned about that; without this, of five contacts two equal ones would look like no coincidence at
 * all. It counts for as much as LINK_PRIOR_RECORDS records and LINK_PRIOR_PAIRS pairs, and so for nothing in a list
 * of thousands. */
#ifndef CRM_ANALYSIS_LINK_PRIOR_H
#define CRM_ANALYSIS_LINK_PRIOR_H

#include "analysis/link.h"

#define LINK_PRIOR_RECORDS 200.0
#define LINK_PRIOR_PAIRS 2000.0

/* The chance of each level of a kind, [0] unused; the others sum to 1. Orders of magnitude, of generated lists of
 * contacts. */
void link_prior_chance(enum link_kind kind, double levels[LINK_LEVELS]);

#endif
