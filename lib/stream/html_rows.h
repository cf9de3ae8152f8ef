/* Rows of several tables set aside until it is known which table is wanted: in a temporary file, in the order in which
 * they end. Memory: one row at a time. */
#ifndef CRM_STREAM_HTML_ROWS_H
#define CRM_STREAM_HTML_ROWS_H

#include "stream/conversion.h"

#define HTML_COLUMNS 16384
#define HTML_ROW_MOST ((size_t)16 << 20) /* bytes of a row */
#define HTML_TABLES_MOST 100000

/* A row that is being filled: texts one behind the other in `text`. */
struct html_row {
    uint64_t place;
    struct buffer text;
    struct html_cell *cells; /* owned */
    size_t count;            /* up to the last cell that is not empty */
    size_t capacity;
};
struct html_cell {
    size_t offset;
    size_t len;
};

/* Sets the cell at column to the text from offset to the end of row->text; an empty one takes no room. */
int html_row_set(struct html_row *row, size_t column, size_t offset, struct error *err);
void html_row_clear(struct html_row *row);
void html_row_fini(struct html_row *row);

struct html_table {
    uint64_t rows;
    uint64_t cells; /* that are not empty */
    size_t width;   /* columns up to the last of them */
};

struct html_rows {
    int fd;
    struct buffer waiting;     /* to be written */
    struct html_table *tables; /* owned */
    size_t count;
    size_t capacity;
};

int html_rows_init(struct html_rows *rows, struct error *err);
void html_rows_fini(struct html_rows *rows);

/* Begins a table; *table is its index. */
int html_rows_table(struct html_rows *rows, size_t *table, struct error *err);
/* Sets the row aside; one without any text is left out. */
int html_rows_add(struct html_rows *rows, size_t table, const struct html_row *row, struct error *err);
/* The first of the tables with the most cells. count > 0. */
size_t html_rows_largest(const struct html_rows *rows);
/* Writes the rows of a table, all as wide as the table. */
int html_rows_write(struct html_rows *rows, size_t table, struct conversion *conversion, struct error *err);

#endif
