/* Lifecycle stages of a lead, in order, and how other programs call them.
 *
 * suspect, prospect, lead, MAL, MQL, SAL, SQL, SRL, opportunity, customer follow each other; junk, dead and lost are
 * out of the line: a lead that is there stays there. */
#ifndef CRM_ANALYSIS_SCORE_STAGE_H
#define CRM_ANALYSIS_SCORE_STAGE_H

#include "base/slice.h"

enum score_stage {
    STAGE_NONE, /* no stage, or one of another name */
    STAGE_SUSPECT,
    STAGE_PROSPECT,
    STAGE_LEAD,
    STAGE_MAL,
    STAGE_MQL,
    STAGE_SAL,
    STAGE_SQL,
    STAGE_SRL,
    STAGE_OPPORTUNITY,
    STAGE_CUSTOMER,
    STAGE_JUNK,
    STAGE_DEAD,
    STAGE_LOST,
};
/* By number; [STAGE_NONE] is "". */
extern const char *const score_stage_names[];

/* The stage of this name in any case, its long form ("Marketing Qualified Lead", "marketingqualifiedlead") or its name
 * in another language (terms of crm-terms); STAGE_NONE: none. */
enum score_stage score_stage_find(struct slice text);

/* The stage after a proposal: the later of the two; stages out of the line stay; with may_fall what is proposed, except
 * that a stage out of the line stays even so. */
enum score_stage score_stage_move(enum score_stage now, enum score_stage proposed, bool may_fall);

#endif
