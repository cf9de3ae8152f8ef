/* Rows: the records of a report in the making: cell by cell, with room for the texts of numbers and dates. */
#ifndef CRM_STREAM_ROW_H
#define CRM_STREAM_ROW_H

#include "stream/writer.h"
#include "value/date.h"
#include "value/decimal.h"

#define ROW_COLUMNS 48

/* count = 0 begins a row. */
struct row {
    struct field fields[ROW_COLUMNS];
    char texts[ROW_COLUMNS][DECIMAL_TEXT];
    size_t count;
};

/* Each appends one cell; text is borrowed until the row was written. */
void row_text(struct row *row, struct slice text);
/* The same, copied: at most DECIMAL_TEXT bytes. */
void row_copy(struct row *row, struct slice text);
void row_null(struct row *row);
void row_count(struct row *row, uint64_t count);
void row_decimal(struct row *row, int128 units, int scale);
/* With so many decimals, 0 .. 9; NAN and infinities are null. */
void row_real(struct row *row, double value, int decimals);
/* ISO 8601; DAY_NONE is null. */
void row_day(struct row *row, int32_t day);
void row_moment(struct row *row, const struct moment *moment);

#endif
