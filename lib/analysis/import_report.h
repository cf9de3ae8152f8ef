/* The report of an import: a JSON document on each input - what it is, what was guessed and why -, on each column - how
 * full, how many different values, which, and the invalid ones with their lines -, and the account. */
#ifndef CRM_ANALYSIS_IMPORT_REPORT_H
#define CRM_ANALYSIS_IMPORT_REPORT_H

#include "analysis/import.h"

/* Appends the document, after import_next() has given 0; settings.report was set. */
int import_report(const struct import *import, struct buffer *text, struct error *err);

#endif
