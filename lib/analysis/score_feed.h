/* Reading the events of leads for the rules that count them. */
#ifndef CRM_ANALYSIS_SCORE_FEED_H
#define CRM_ANALYSIS_SCORE_FEED_H

#include "analysis/score_events.h"
#include "analysis/score_options.h"

/* Reads o->events, whose keys are those of the leads' column `key` (NULL: not known yet); then closes `events`. The
 * context has the dates' format and zone. Notes what was read, and what no rule counts. */
int score_feed(struct score_events *events, const struct score_options *o, const char *key,
               struct expression_context *context, struct error *err);

#endif
