/* The run of an import: records are read and written by one thread, in between converted by several.
 *
 * The reading thread copies records into batches; a batch is a job (workers.h). Batches are taken back in the order of
 * the input, and whatever has an effect - output, rejects, the account - happens then, in the reading thread. So
 * everything that comes out is the same for any number of threads. */
#ifndef CRM_ANALYSIS_IMPORT_RUN_H
#define CRM_ANALYSIS_IMPORT_RUN_H

#include "analysis/column_profile.h"
#include "analysis/import.h"

int import_run_new(struct import *import, struct error *err);
void import_run_free(struct import_run *run);

/* The profile of an output, those of all threads joined; settings.report was set, and import_next() has given 0. */
const struct column_profile *import_profile_of(const struct import *import, size_t output);

#endif
