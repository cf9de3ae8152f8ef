/* Pipeline: deals as they stand on a day: open in which stage, since when and with what chance, won, or lost.
 *
 *     pipeline_init(&pipeline, &options);
 *     pipeline_add(&pipeline, &deal, id, by, &err);      for every deal
 *     pipeline_add_past(&pipeline, &past, id, &err);     for every record of their history
 *     pipeline_finish(&pipeline, &err);                  everything as of the day
 *     pipeline_print.h                                   what it comes to
 *
 * Definitions
 *   status          won or lost as pipeline_status.h decides it for each record; a date of closing closes nothing by
 *                   itself (Salesforce's CloseDate is the expected date while IsClosed is false)
 *   analysis date   as given, else the latest date in the data, the dates of the history included; neither an expected
 *                   date of closing nor the date of closing of an open deal, which is one as well
 *   created         the date given, else that of the first record of the deal's history
 *   stay            a deal's time in a stage: from the first of the consecutive records of its history with that stage
 *                   to the next record with another one
 *   entered         when the present stay began. Without history of the present stage, the day of creation
 *   probability     of an open deal: its own, unless empty; else that of its stage; else, with `learn`, that learned
 *                   of the stage; else not known, never 1. Of a column with a bare number above 1, all bare numbers are
 *                   per cent
 *   learned         of the closed deals that were ever in the stage, by their history or at last, the share won, with
 *                   E. B. Wilson's interval of 95 % (proportion.h)
 *   past            an analysis date before the latest date in the data. Deals created later are left out; one that was
 *                   closed later, or is open now, is in the stage its history had last entered by then (which may be
 *                   one that is won or lost), its amount and its expected date are those last recorded by then. Where
 *                   the history does not say, a deal closed later is open, and its stage, its probability and, but for
 *                   a column of expected dates, its expected date are not known; a deal open now, and any amount, is
 *                   what it is now. A probability of today is not used for another stage.
 *
 * Amounts are exact; weighted ones are the exact sums of amount x probability, each probability taken to nine decimals.
 *
 * Memory: per deal 64 bytes, 40 to 60 for its key and 20 to 40 while a report is made; per record of the history 40. */
#ifndef CRM_ANALYSIS_PIPELINE_H
#define CRM_ANALYSIS_PIPELINE_H

#include "analysis/proportion.h"
#include "analysis/stages.h"
#include "base/error.h"
#include "base/group.h"
#include "value/date.h"
#include "value/decimal.h"

#define PIPELINE_NO_STAGE UINT32_MAX
/* Probabilities are in units of 10^-9. */
#define PIPELINE_ONE INT64_C(1000000000)
#define PIPELINE_UNKNOWN INT64_C(-1)

struct pipeline_deal {
    int64_t amount;      /* units at `scale` */
    int64_t probability; /* PIPELINE_UNKNOWN: empty. After pipeline_finish() the one that is used, of open deals only */
    int32_t created, closed, expected, first_contact, paid; /* DAY_NONE: not known. closed: of closed deals */
    int32_t entered;                                        /* set by pipeline_finish(), of open deals */
    uint32_t stage;                                         /* number in the set, or PIPELINE_NO_STAGE */
    uint32_t by;                                            /* set by pipeline_add() */
    uint32_t past, past_count; /* its history, in order of time; set by pipeline_finish() */
    uint8_t scale;
    uint8_t status;  /* enum deal_status */
    bool has_amount; /* else amount is 0 */
    bool bare;       /* the probability is a number without a sign of per cent, as it is written */
    bool decided;    /* the status was said by something other than the stage */
    bool learned;    /* set by pipeline_finish(): the probability is the learned one of the stage */
};

/* A record of the history: what a deal had become at a time. */
struct pipeline_past {
    int64_t instant; /* orders the records of a day */
    int64_t amount;
    int32_t day;
    int32_t expected;  /* DAY_NONE: not recorded, as is: */
    uint32_t stage;    /* PIPELINE_NO_STAGE */
    uint32_t deal;     /* set by pipeline_add_past(), as is: */
    uint32_t sequence; /* place in the input; 0 when it is added: in the order of adding */
    uint8_t scale;
    bool has_amount;
};

struct pipeline_options {
    int32_t as_of;     /* DAY_NONE: the latest date in the data */
    bool learn;        /* probabilities of stages that have none */
    bool has_expected; /* there is a column of expected dates; else the date of closing of an open deal is one */
    bool has_amount;   /* there is a column of amounts */
    bool has_history;
};

/* What is worth a note. Set by pipeline_finish(), except where said. */
struct pipeline_counts {
    size_t strangers;       /* records of the history of no deal; pipeline_add_past() */
    size_t left_out;        /* deals created after the analysis date */
    size_t small_per_cents; /* bare probabilities above 0 and below 1 in a column of per cent */
    size_t unplaced;        /* past: closed later or open now, without a stage recorded by then */
    size_t from_created;    /* open deals whose time in the stage is counted from their creation */
    size_t other_stage;     /* of these, with a history that ends in another stage */
    size_t from_closed;     /* open deals whose date of closing is taken as expected */
    size_t undated;         /* closed deals without a date of closing */
    size_t negative_cycles; /* closed before they were created */
    size_t unweighted;      /* open deals without a probability */
    size_t without_amount;  /* open deals */
};

/* Of a stage, with `learn`. */
struct pipeline_learned {
    uint64_t won, closed;
};

/* Columns that a report may need: those there are. */
struct pipeline_columns {
    bool any;    /* there is a header; without one nothing is missing */
    bool status; /* one that tells it: of the stage, the status, or whether it is closed */
    bool created, closed, expected;
    bool key; /* of the deal */
};

/* What a part (pipeline_partial.h) has to know of how the state came to be. Set by who fills it. */
struct pipeline_origin {
    char currency[17];        /* of all amounts, where there are no rates; empty: not known */
    uint64_t history_records; /* read, of whatever deal */
    struct pipeline_columns columns;
    bool *by_deals;        /* owned; per stage: it is in the deals, not only in the history. NULL: not asked for */
    size_t by_deals_count; /* stages that came later are not */
};

struct pipeline {
    struct pipeline_options options;
    struct stages stages;        /* filled by the caller with listed ones; others are added as they are met */
    struct pipeline_deal *deals; /* owned; in the order of the input, but for those left out by pipeline_finish() */
    size_t count, capacity;
    struct pipeline_past *past; /* owned; by pipeline_finish() in order of deal and time */
    size_t past_count, past_capacity;
    struct group_table ids; /* from a key to the number of the deal */
    struct group_table by;  /* values of --by, in order of first appearance */
    bool has_past_expected, has_past_amount;
    /* Set by pipeline_finish(): */
    int32_t as_of;                    /* DAY_NONE: none was given and there is no date */
    int scale;                        /* of all amounts: the largest */
    struct pipeline_learned *learned; /* owned; per stage; NULL without `learn` */
    struct pipeline_counts counts;
    struct pipeline_origin origin;
};

void pipeline_init(struct pipeline *pipeline, const struct pipeline_options *options); /* takes no memory yet */
void pipeline_fini(struct pipeline *pipeline);

/* Adds a deal. An empty id is no key: the deal has no history. by: a value to report by; always the same where there is
 * none. 0; 1: there is a deal of that id, nothing changed; -1: out of memory. */
int pipeline_add(struct pipeline *pipeline, const struct pipeline_deal *deal, struct slice id, struct slice by,
                 struct error *err);

/* Adds a record of a deal's history, in any order, when all deals are added; of no deal: counted. -1: out of memory. */
/* Whether there is a deal of this id; of what is not there only the records are counted. */
bool pipeline_knows(struct pipeline *pipeline, struct slice id);
int pipeline_add_past(struct pipeline *pipeline, const struct pipeline_past *past, struct slice id, struct error *err);
/* The same, past->deal being set. */
int pipeline_add_past_to(struct pipeline *pipeline, const struct pipeline_past *past, struct error *err);

/* Brings everything to the analysis date. Call once. -1: out of memory. */
int pipeline_finish(struct pipeline *pipeline, struct error *err);

/* The probability learned of a stage; all NAN when no closed deal was in it, or nothing is learned. */
struct interval pipeline_learned_of(const struct pipeline *pipeline, uint32_t stage);

/* The next stay of a deal up to a day: *next is 0 for the first and is moved on. false: there is no further one.
 * until: DAY_NONE while it lasts. */
struct pipeline_stay {
    uint32_t stage;
    int32_t since, until;
};
bool pipeline_next_stay(const struct pipeline *pipeline, const struct pipeline_deal *deal, int32_t up_to,
                        uint32_t *next, struct pipeline_stay *stay);

#endif
