/* Scoring a stream of leads: each lead on its own, in order, or only the highest. */
#ifndef CRM_ANALYSIS_SCORE_RUN_H
#define CRM_ANALYSIS_SCORE_RUN_H

#include "analysis/score_leads.h"

/* Reads, scores and writes all leads of leads->stream, and closes the account and the output. A lead that cannot be
 * scored is a bad record. With --top, --partial and --merge are for it, too. */
int score_run(const struct score_leads *leads, struct output *output, struct error *err);

/* Events of nobody in the list are most likely events under another kind of key. leads: those with events; met: of
 * these, those in the list. */
void score_say_events(const struct score_options *options, size_t leads, uint64_t met);

#endif
