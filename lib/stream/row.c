/* Rows: every cell has a place of its own for its text, so that nothing is allocated. */
#include "stream/row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

_Static_assert(MOMENT_TEXT <= DECIMAL_TEXT, "a moment has room where a number has");

void row_text(struct row *row, struct slice text)
{
    row->fields[row->count++] = field_text(text);
}

void row_copy(struct row *row, struct slice text)
{
    char *copy = row->texts[row->count];

    if (text.len)
        memcpy(copy, text.ptr, text.len);
    row->fields[row->count++] = field_text((struct slice){copy, text.len});
}

void row_null(struct row *row)
{
    row->fields[row->count++] = (struct field){SLICE_INIT(""), FIELD_NULL};
}

void row_decimal(struct row *row, int128 units, int scale)
{
    row->fields[row->count] = field_number(decimal_format(units, scale, row->texts[row->count]));
    row->count++;
}

void row_count(struct row *row, uint64_t count)
{
    row_decimal(row, (int128)count, 0);
}

void row_real(struct row *row, double value, int decimals)
{
    char *text = row->texts[row->count];

    if (!isfinite(value)) {
        row_null(row);
        return;
    }
    int length = snprintf(text, DECIMAL_TEXT, "%.*f", decimals, value);
    if (length >= DECIMAL_TEXT) /* a number of more than fifty digits: as it is, in short */
        length = snprintf(text, DECIMAL_TEXT, "%.17g", value);
    if (*text == '-') { /* no minus before what was rounded to zero */
        int at = 1;
        while (at < length && (text[at] == '0' || text[at] == '.'))
            at++;
        if (at == length) {
            text++;
            length--;
        }
    }
    row->fields[row->count++] = field_number((struct slice){text, (size_t)length});
}

void row_day(struct row *row, int32_t day)
{
    if (day == DAY_NONE) {
        row_null(row);
        return;
    }
    row->fields[row->count] = field_text(day_format(day, row->texts[row->count]));
    row->count++;
}

void row_moment(struct row *row, const struct moment *moment)
{
    row->fields[row->count] = field_text(moment_format(moment, row->texts[row->count]));
    row->count++;
}
