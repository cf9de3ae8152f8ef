/* Writer: records out, in any format.
 *
 * CSV (RFC 4180, LF, quotes only where needed), TSV (no quoting: a tab or line end inside a field is an error), JSON
 * Lines, JSON (one array, one object a line), and an aligned table for people. */
#ifndef CRM_STREAM_WRITER_H
#define CRM_STREAM_WRITER_H

#include "base/buffer.h"
#include "stream/field.h"
#include "stream/sink.h"

struct writer;

/* names: the columns in order; copied. format is not FORMAT_AUTO. delimiter: of CSV, 0 for a comma. The sink stays the
 * caller's. */
int writer_new(struct writer **writer, struct sink *sink, enum format format, char delimiter, const struct slice *names,
               size_t count, struct error *err);
void writer_free(struct writer *writer);

/* From now on, before the first record, cells of CSV and TSV that a spreadsheet would run (formula.h) begin with an
 * apostrophe, names of columns too. Other formats are not opened in spreadsheets: nothing changes. */
int writer_make_spreadsheet_safe(struct writer *writer, struct error *err);

/* From now on, before the first record, a table wider than so many columns of a terminal (0: any width) is set so that
 * it fits. Names of columns are folded behind `_`, `-` and blanks; if that is not enough, columns stand in up to three
 * parts one below the other, the first one in each; more parts, or records (60 and more), are set upright: a line per
 * column. Nothing is cut off: what does not even fit alone stands in full. Other formats do not change. */
void writer_fit(struct writer *writer, size_t columns);

/* One record of `count` fields. -1 with STATUS_DATA when the record cannot be written in this format (invalid UTF-8 in
 * JSON, a tab in TSV): nothing of the record was written, the text names the column, and the writer can go on;
 * otherwise STATUS_SYSTEM. */
int writer_put(struct writer *writer, const struct field *fields, struct error *err);

/* The same; in a table, a field that has a share (0 .. 1; NAN: none) gets the colours of it (shade.h), all over the
 * width of its column. Blanks at the end of a line may then be part of a coloured cell. */
int writer_put_shaded(struct writer *writer, const struct field *fields, const double *shares, struct error *err);

/* CSV only: a record of which the first `first` fields are given as the text this writer would write for them (at
 * least one, and not one that is empty); fields: the others. */
int writer_put_behind(struct writer *writer, struct slice text, const struct field *fields, size_t first,
                      struct error *err);
/* For threads that make the text of records side by side. A writer of the same kind whose records go to `text`, which
 * is borrowed, without a header; *part is NULL, and 0 returned, for a format in which a record is no line of its own
 * (JSON, table). Then writer_append() writes such text. */
int writer_part(struct writer **part, const struct writer *writer, struct buffer *text, struct error *err);
int writer_append(struct writer *writer, struct slice text, size_t records, struct error *err);
/* The header if nothing was written yet, what the format ends with, the rows a table held back. Does not finish the
 * sink. Once it has succeeded, a further call does nothing. */
int writer_finish(struct writer *writer, struct error *err);

#endif
