/* Parts of a pipeline: deals and their history as they were read, written by --partial and read again by --merge.
 *
 * Facts of a part: history: how many records the history had, empty without one; strangers: how many of these are of no
 * deal of the part; currency: of all amounts; expected, amount: "yes" if there is such a column; by: what the column of
 * --by is called; status, created, closed: "yes" or "no" for a column that tells the status, or these dates, empty in a
 * part without a header. Its records, in this order:
 *   stage   text: a name of a stage, numbered from 1; values: 2 if a deal has it, 1 if only a history has it, 0 if
 *           neither has
 *   status  text: a name of a status that says neither won nor lost; values: how many deals were asked about
 *   by      text: a value of --by, numbered from 0
 *   deal    text: its key, or empty; values: its stage, or 0; its value of --by; 0 open, 1 won, 2 lost; the sum of 1 if
 *           it has an amount, 2 if its probability is a bare number, 4 if something other than the stage decided about
 *           the status; the probability in 10^-9, or -1; the days it was created, closed, should close, was first
 * spoken to about, was paid, 1970-01-01 being 1, the day before -1, and none 0; the amount, if it has one past values:
 * a record of the history: of which deal of the part, from 0; its number in the history; its stage, or 0; its day,
 * likewise, and in microseconds its time; the day it should close; the amount, if it has one
 *
 * The whole history goes with each part, as the rates and the stages do; each part holds that of its own deals. Or it
 * is given to --merge alone. */
#ifndef CRM_ANALYSIS_PIPELINE_PARTIAL_H
#define CRM_ANALYSIS_PIPELINE_PARTIAL_H

#include "analysis/pipeline_feed.h"
#include "base/arena.h"
#include "stream/partial.h"

#define PIPELINE_PARTIAL_OPTIONS 12
enum {
    PIPELINE_PARTIAL_STAGE,
    PIPELINE_PARTIAL_STATUS,
    PIPELINE_PARTIAL_BY,
    PIPELINE_PARTIAL_DEAL,
    PIPELINE_PARTIAL_PAST,
    PIPELINE_PARTIAL_KINDS,
};
enum {
    PIPELINE_PARTIAL_HISTORY,
    PIPELINE_PARTIAL_STRANGERS,
    PIPELINE_PARTIAL_CURRENCY,
    PIPELINE_PARTIAL_EXPECTED,
    PIPELINE_PARTIAL_AMOUNT,
    PIPELINE_PARTIAL_BY_NAME,
    PIPELINE_PARTIAL_TELLS_STATUS,
    PIPELINE_PARTIAL_CREATED,
    PIPELINE_PARTIAL_CLOSED,
    PIPELINE_PARTIAL_KEY,
    PIPELINE_PARTIAL_FACTS,
    PIPELINE_PARTIAL_TEXT = PIPELINE_PARTIAL_FACTS,
    PIPELINE_PARTIAL_VALUES,
    PIPELINE_PARTIAL_COLUMNS,
};
enum { PIPELINE_PARTIAL_HAS_AMOUNT = 1, PIPELINE_PARTIAL_BARE = 2, PIPELINE_PARTIAL_DECIDED = 4 };

/* What parts are, by the options. */
struct pipeline_partial {
    struct partial_plan plan;
    struct partial_option options[PIPELINE_PARTIAL_OPTIONS];
    struct arena arena;
};

/* To be called before the first record is read: stages that are met are added to those of the set, which is that of
 * --stages, --won and --lost. command is borrowed. After a failure, too, pipeline_partial_fini(). */
int pipeline_partial_init(struct pipeline_partial *partial, const struct pipeline_command *command,
                          const struct stages *stages, struct error *err);
void pipeline_partial_fini(struct pipeline_partial *partial); /* all zero is fine */

/* pipeline_feed() has filled the state, and pipeline_finish() was not called; the stream is finished. Writes the part
 * and finishes the output. */
int pipeline_partial_write(const struct pipeline_partial *partial, const struct pipeline *pipeline,
                           const struct pipeline_statuses *statuses, const struct pipeline_command *command,
                           const struct stream *stream, struct output *output, struct error *err);

/* Reads parts from the stream in place of pipeline_feed(), with its notes, calls pipeline_finish(), and closes the
 * account. STATUS_DATA, too: no part has a column that the report needs (pipeline_missing()). In the
 * command it sets what the parts know: the name of the column of --by, and --to as partial_read_finish() says. A deal
 * that an earlier part had is an error, or with --rejects is left out, counted and noted. */
int pipeline_partial_read(struct pipeline_partial *partial, struct pipeline *pipeline,
                          struct pipeline_statuses *statuses, struct pipeline_command *command, struct stream *stream,
                          const struct date_reader *dates, struct error *err);

#endif
