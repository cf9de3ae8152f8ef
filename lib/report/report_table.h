/* Tables of a report: the records of each input kept whole, to be asked cell by cell.
 *
 * All inputs are read through one stream, so that conditions, rejects and the account are those of every program; each
 * input is a table of its own with the columns of its own header, in their order. */
#ifndef CRM_REPORT_REPORT_TABLE_H
#define CRM_REPORT_REPORT_TABLE_H

#include "stream/kept.h"
#include "stream/stream.h"
#include "value/decimal.h"

/* More records in one input are refused: a report shows what others have worked out. */
#define REPORT_ROWS_MAX ((size_t)1000000)

struct report_table {
    const char *file;    /* borrowed from the stream: what messages call the input */
    struct kept kept;    /* the records, all columns of all inputs */
    size_t *columns;     /* of the table: numbers in `kept`; owned */
    struct slice *names; /* their names, borrowed from the stream; owned array */
    size_t column_count;
    size_t rows;
    bool json; /* values have the types of JSON */
};

struct report_tables {
    struct report_table *items; /* owned; one for each input of the stream, in their order */
    size_t count;
};

/* Reads the stream, which has been started, to its end and closes its account. The tables borrow from the stream. */
int report_tables_read(struct report_tables *tables, struct stream *stream, struct error *err);
void report_tables_fini(struct report_tables *tables);

/* The column of that name, or COLUMN_ABSENT. */
size_t report_table_find(const struct report_table *table, const char *name);
size_t report_table_find_slice(const struct report_table *table, struct slice name);

/* The text of a cell, empty where there is none; valid as long as the table. row < rows, column < column_count. */
struct slice report_cell(const struct report_table *table, size_t row, size_t column);

/* The number that a cell is, NAN where it is none, or is beyond 1e18 either way. Blanks around it do not count. */
double report_number(const struct report_table *table, size_t row, size_t column);

/* Whether each cell of a column that is not blank is a finite number, and there is one. */
bool report_column_numeric(const struct report_table *table, size_t column);

/* Whether a column holds shares: of its name a share or rate, its values all within 0 and 1. */
bool report_column_share(const struct report_table *table, size_t column);

/* Whether the numbers of a column are names of something (an id, a year, a telephone number), not quantities: by the
 * name of the column, or because one of them is written as no quantity is. */
bool report_column_label(const struct report_table *table, size_t column);

/* Whether each cell of a column that is not blank is a day or a period (2026-03-01, 2026-W09, 2026-03, 2026-Q1), and
 * there is one. A plain year only under the name of one. */
bool report_column_period(const struct report_table *table, size_t column);

/* The most decimals that a number of the column is written with, at most 6. */
int report_column_decimals(const struct report_table *table, size_t column);

/* The exact sum of a column's numbers as text with as many decimals as there are; out is valid as long as the buffer.
 * false: a cell is no number, or the sum is too large. */
bool report_column_sum(const struct report_table *table, size_t column, char out[DECIMAL_TEXT], struct slice *sum);

#endif
