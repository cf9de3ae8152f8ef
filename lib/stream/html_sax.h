/* The two notations of html_table.h, each into rows. */
#ifndef CRM_STREAM_HTML_SAX_H
#define CRM_STREAM_HTML_SAX_H

#include "stream/bytes.h"
#include "stream/html_rows.h"

#define HTML_DEPTH 1000      /* elements inside each other */
#define HTML_TABLES_DEPTH 32 /* tables inside each other */

int html_parse(struct html_rows *rows, byte_read *read, void *context, struct error *err);

/* wanted: the name of a sheet, or NULL. *found is its table, or SIZE_MAX. */
int workbook_2003_parse(struct html_rows *rows, const char *wanted, size_t *found, byte_read *read, void *context,
                        struct error *err);

#endif
