/* What becomes of each column of a stream, and of each value in it.
 *
 * A column that is named must be in every input: one that is written in another way in one of them would be passed on
 * as it is. */
#ifndef CRM_ANALYSIS_MASK_PLAN_H
#define CRM_ANALYSIS_MASK_PLAN_H

#include "analysis/mask_options.h"
#include "analysis/mask_token.h"

struct mask_column {
    const struct mask_request *request; /* NULL: none names it */
    enum mask_way way;
    bool fold, keep_domain; /* of MASK_HASH */
    enum period period;     /* of MASK_COARSE */
    struct mask_hasher hasher;
};

struct mask_plan {
    const struct mask_options *options;
    struct stream *stream;
    struct mask_column *columns; /* by the stream's columns; owned */
    size_t *shown;               /* those that are written, ascending; owned */
    size_t shown_count;
    struct date_reader dates; /* for each thread a copy */
};

/* Takes all columns of the stream, reads the key where one is needed. */
int mask_plan_open(struct mask_plan *plan, const struct mask_options *options, struct stream *stream,
                   struct error *err);
/* Wipes what was made of the key. */
void mask_plan_free(struct mask_plan *plan);

/* What a thread masks records with. */
struct mask_desk {
    const struct mask_plan *plan;
    struct date_reader dates;
    struct field *fields; /* of the last record, by plan->shown; owned, their texts are the record's or in the arena */
    uint64_t *masked;     /* by the stream's columns: values that were replaced; owned */
    struct arena arena;
    struct buffer folded;
};
int mask_desk_init(struct mask_desk *desk, const struct mask_plan *plan, struct error *err);
void mask_desk_fini(struct mask_desk *desk); /* all zero is fine */

/* 0: desk->fields are the record, masked; 1: it was set aside; -1: stop. */
int mask_record(struct mask_desk *desk, struct stream *stream, const struct record *record, struct error *err);

#endif
