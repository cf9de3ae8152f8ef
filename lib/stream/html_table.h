/* Tables in HTML, and in the XML that spreadsheets wrote in 2003 (SpreadsheetML): what old programs save as ".xls".
 *
 * HTML: rows are <tr>, cells <td> and <th>, closed or not. A cell that spans columns or rows has its text in the first;
 * the others are empty. Blanks and line ends are one blank, as a browser shows them, <br> and the ends of paragraphs
 * are line ends; entities are characters; blanks at the ends of a cell, &nbsp; too, are not part of it. A table inside
 * a cell is a table of its own, not text of the cell. Scripts and styles are passed over. Rows without any text are
 * left out, the others all have as many cells as the widest.
 *
 * SpreadsheetML: each worksheet is a table; the values are those that are stored (numbers with a point, dates in ISO
 * 8601 without a time of 00:00:00.000).
 *
 * The place of a row is the line in the file where its first tag ends; of SpreadsheetML, its number in the sheet.
 * Memory: a row, at most 16 MiB; the rows wait in a temporary file. */
#ifndef CRM_STREAM_HTML_TABLE_H
#define CRM_STREAM_HTML_TABLE_H

#include "stream/bytes.h"
#include "stream/conversion.h"

/* Whether a file that begins so (the first 1024 bytes are enough; a byte order mark and blanks may come before) is one
 * for html_table_convert(). */
bool html_table_recognise(struct slice start);

/* Converts a table of what read() gives: text in UTF-8, whatever the file says about itself. sheet: the number of a
 * table, "2" or "#2"; of SpreadsheetML, the name of a sheet, too; NULL for the one with the most cells, the first of
 * them. Errors: STATUS_DATA (no table in it, damaged XML; it begins with name), STATUS_USAGE (no such table; it says
 * how many there are), STATUS_SYSTEM. conversion_finish() is left to the caller. */
int html_table_convert(byte_read *read, void *context, const char *name, const char *sheet,
                       struct conversion *conversion, struct error *err);

#endif
