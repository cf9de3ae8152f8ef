/* Parts of a scoring, written by --partial and read again by --merge: of a backtest, and of the highest leads. Scores
 * of other leads need no merging, since each lead is scored by itself.
 *
 * Facts of a part: as_of: the day leads were scored at, if it matters; top: N; probability: "yes" if scores are
 * probabilities; event_leads, with_events: how many leads have events, and how many of these are in the part. Records
 * with --backtest:
 *   outcome  text: a value of the column, numbered from 0 by their order
 *   scores   values: of each lead its score, the 64 bits of a double in hexadecimal, and the number of its outcome
 * with --top:
 *   column   text: the name of a column of the output
 *   lead     text: its row, of each field a letter for its kind (t text, n number, y true, f false, z null, j nested,
 *            x absent), the length of its text, a colon and the text; values: its score, as above. The highest first */
#ifndef CRM_ANALYSIS_SCORE_PARTIAL_H
#define CRM_ANALYSIS_SCORE_PARTIAL_H

#include "analysis/score_print.h"
#include "analysis/score_top.h"
#include "base/arena.h"
#include "stream/partial.h"

#define SCORE_PARTIAL_OPTIONS 16
/* The letters of enum field_kind. */
#define SCORE_PARTIAL_LETTERS 7
extern const char score_partial_letters[SCORE_PARTIAL_LETTERS];
enum {
    SCORE_PARTIAL_OUTCOME,
    SCORE_PARTIAL_SCORES,
    SCORE_PARTIAL_COLUMN,
    SCORE_PARTIAL_LEAD,
    SCORE_PARTIAL_KINDS,
};
enum {
    SCORE_PARTIAL_AS_OF,
    SCORE_PARTIAL_TOP,
    SCORE_PARTIAL_PROBABILITY,
    SCORE_PARTIAL_EVENT_LEADS,
    SCORE_PARTIAL_WITH_EVENTS,
    SCORE_PARTIAL_FACTS,
    SCORE_PARTIAL_TEXT = SCORE_PARTIAL_FACTS,
    SCORE_PARTIAL_VALUES,
    SCORE_PARTIAL_COLUMNS,
};

/* What parts are, by the options; the files of rules or model are read for a fingerprint. */
struct score_partial {
    struct partial_plan plan;
    struct partial_option options[SCORE_PARTIAL_OPTIONS];
    struct arena arena;
};
int score_partial_init(struct score_partial *partial, const struct score_options *options, struct error *err);
void score_partial_fini(struct score_partial *partial); /* all zero is fine */

/* Leads with an outcome, in the order of the input. */
struct score_outcomes {
    struct kept texts; /* of the outcomes, one field each */
    double *scores;    /* probabilities, where there are any. Owned */
    size_t capacity;
    bool is_probability;
};
void score_outcomes_init(struct score_outcomes *outcomes);
void score_outcomes_fini(struct score_outcomes *outcomes);
int score_outcomes_add(struct score_outcomes *outcomes, double score, const struct field *outcome, struct error *err);

/* The part of a backtest; finishes the output. The stream of the leads is finished. */
int score_partial_write_outcomes(const struct score_outcomes *outcomes, const struct score_leads *leads,
                                 struct output *output, struct error *err);
/* Reads parts from the stream of the leads, and closes the account. *to: as partial_read_finish() says. */
int score_partial_read_outcomes(struct score_outcomes *outcomes, const struct score_leads *leads, enum format *to,
                                struct error *err);

/* The part of the highest leads: first _begin(), then each lead from the highest down, then partial_finish(). */
int score_partial_begin_top(struct partial_writer *writer, const struct score_print *print, uint64_t with_events,
                            struct error *err);
int score_partial_put_lead(struct partial_writer *writer, double score, const struct field *fields, size_t count,
                           struct error *err);
/* Reads parts, writes the highest leads of all and finishes the output. */
int score_partial_merge_top(const struct score_leads *leads, struct output *output, struct error *err);

#endif
