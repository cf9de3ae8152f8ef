/* Backtest: how well a score would have told an outcome that is known by now. */
#ifndef CRM_ANALYSIS_SCORE_BACKTEST_H
#define CRM_ANALYSIS_SCORE_BACKTEST_H

#include "analysis/score_leads.h"

/* Reads and scores all leads of leads->stream, and writes the measures (measure_print.h). Leads without an outcome are
 * left out and counted. With --partial a part is written instead; with --merge parts are read. */
int score_backtest(const struct score_leads *leads, struct output *output, struct error *err);

#endif
