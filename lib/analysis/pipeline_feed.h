/* The pipeline feed: records to deals, and to their history.
 *
 * Columns are found as stream_role() does. A column that is the stage is not taken for the status as well, nor one of
 * the first contact for the creation, unless named. In the history, columns go by the names they were given for the
 * deals where it knows them; a date of closing there is the one expected at that time. */
#ifndef CRM_ANALYSIS_PIPELINE_FEED_H
#define CRM_ANALYSIS_PIPELINE_FEED_H

#include "analysis/pipeline.h"
#include "analysis/pipeline_options.h"
#include "analysis/pipeline_status.h"
#include "stream/stream.h"

/* Sets options->has_expected and has_amount by what columns there are, fills the state with all deals of the stream and
 * the history of --history, and notes what was odd. The rest of the state's options, its stages and statuses are the
 * caller's. The stream is not finished. -1: STATUS_USAGE or STATUS_DATA, a column is not there that the report needs;
 * the stream stopped; out of memory. */
/* With --partial also the origin of the state is set, statuses are not noted, and columns that a report needs may be
 * missing. */
int pipeline_feed(struct pipeline *pipeline, struct pipeline_statuses *statuses, const struct pipeline_command *command,
                  struct stream *stream, const struct date_reader *dates, struct error *err);

/* The history alone, where all deals are in the state already. */
int pipeline_feed_history(struct pipeline *pipeline, const struct pipeline_command *command,
                          const struct date_reader *dates, struct error *err);

#endif
