/* The survey of one input of an import (import.h): what its values say about how they are written. */
#ifndef CRM_ANALYSIS_IMPORT_SURVEY_H
#define CRM_ANALYSIS_IMPORT_SURVEY_H

#include "analysis/import.h"

/* Opens a reader over a copy of the first bytes of the input: IMPORT_SAMPLE of them without the last, cut line, or more
 * when the header or the first record is longer. The delimiter is found on the way. */
int import_open_sample(struct import *import, size_t input, struct error *err);

/* Elects how the values of each column of the input are read; looks at all of the input if the sample does not settle
 * it. undecided: as for import_plan(). */
int import_survey(struct import *import, size_t input, size_t *undecided, struct error *err);

#endif
