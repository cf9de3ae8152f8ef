/* What an import says on standard error: one line on what was found in each input before the records, and at the end
 * what was out of the ordinary in them. These lines are for people; a program reads the report. */
#ifndef CRM_ANALYSIS_IMPORT_TELL_H
#define CRM_ANALYSIS_IMPORT_TELL_H

#include "analysis/import.h"

/* After the plan. verbose: also each guess with its evidence, and why each column is read as it is. */
int import_tell_plan(const struct import *import, bool verbose, struct error *err);

/* After the last record: rows that were put right or were no records, values that are not what they should be, records
 * that lack their id. */
void import_tell_oddities(const struct import *import);

#endif
