/* The run of an import: records are converted by several threads, and handed out or written in the order of the input
 * by one, see relay.h. */
#ifndef CRM_ANALYSIS_IMPORT_RUN_H
#define CRM_ANALYSIS_IMPORT_RUN_H

#include "analysis/column_profile.h"
#include "analysis/import.h"

int import_run_new(struct import *import, struct error *err);
void import_run_free(struct import_run *run);

/* The profile of an output, those of all threads joined; settings.report was set, and import_next() has given 0. */
const struct column_profile *import_profile_of(const struct import *import, size_t output);

#endif
