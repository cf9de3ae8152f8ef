/* What the record of a deal says about its status: open, won or lost.
 *
 * In this order, the first that speaks decides: a column is_closed (no: the deal is open, whatever stands elsewhere;
 * yes: it is won or lost), with it is_won (yes: won; no: lost, if is_closed is yes); the status, by the names given as
 * won and lost, else by the words of deal_status_of(); the stage. Else it is open. */
#ifndef CRM_ANALYSIS_PIPELINE_STATUS_H
#define CRM_ANALYSIS_PIPELINE_STATUS_H

#include "analysis/stages.h"

struct pipeline_statuses {
    struct stages names; /* given as won or lost, then those met */
    size_t *unknown;     /* owned; per name: how many records with it were asked about; see _note() */
    size_t capacity;
};

void pipeline_statuses_init(struct pipeline_statuses *statuses);
void pipeline_statuses_fini(struct pipeline_statuses *statuses);

/* --won, --lost: as stages_set_status(). */
int pipeline_statuses_set(struct pipeline_statuses *statuses, struct slice names, enum deal_status status,
                          struct error *err);

/* What a record says; its texts may be empty. */
struct pipeline_said {
    struct slice is_closed, is_won; /* yes or no */
    struct slice status;
    enum deal_status stage; /* what the stage is */
};

/* decided: by something other than the stage. 0; -1: STATUS_DATA, is_closed or is_won are neither yes nor no, or
 * is_closed is yes and nothing tells whether it was won: *at is the text that is wrong; or out of memory. */
int pipeline_status(struct pipeline_statuses *statuses, const struct pipeline_said *said, enum deal_status *status,
                    bool *decided, struct slice *at, struct error *err);

/* So many records had this name of a status, which says neither won nor lost, and were asked about. */
int pipeline_statuses_count(struct pipeline_statuses *statuses, struct slice name, size_t records, struct error *err);

/* A line on statuses that mean neither won nor lost nor, in the languages of crm-terms, open. */
void pipeline_statuses_note(const struct pipeline_statuses *statuses);

#endif
