/* Number formats of spreadsheets: what a stored number says in the cell it stands in.
 *
 * A sheet stores a date as a count of days and a postal code as a number; the format of the cell (ECMA-376 part 1,
 * 18.8.30 and 18.8.31) tells. A value is written so that its meaning stands in it and nothing that is stored gets lost:
 *
 *   dates, times     2026-03-01, 2026-03-01T10:00:00, 10:00:00; rounded to the second, or to the milliseconds shown
 *   durations        27:30:00 for [h]:mm and its kin
 *   00000, 000-00-00 as shown, when the value is a whole number
 *   0.0%             12.5%, all stored decimals
 *   other numbers    no thousands separators, a decimal point, padded with zeros to the decimals shown, never cut to
 *                    them; at most 15 significant digits (what spreadsheets compute with: 0.30000000000000004 is 0.3),
 *                    but every digit before the point. Plain digits up to 21 before and 20 zeros behind the point, a
 *                    power of ten (1.5E+30) beyond.
 *
 * A date outside 1900-01-01 .. 9999-12-31, a negative one, and 1900-02-29, which never was, stay numbers. */
#ifndef CRM_STREAM_XLSX_FORMAT_H
#define CRM_STREAM_XLSX_FORMAT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

enum xlsx_kind {
    XLSX_PLAIN,   /* a number */
    XLSX_PERCENT, /* a number, a hundredfold, and % */
    XLSX_MASK,    /* digits into places: 00000, 000-00-0000 */
    XLSX_MOMENT,  /* a date, a time, or both */
    XLSX_ELAPSED, /* hours, minutes, seconds of a duration */
    XLSX_BOOLEAN, /* "TRUE";"TRUE";"FALSE" */
};

struct xlsx_section {
    enum xlsx_kind kind;
    bool date;               /* XLSX_MOMENT: shows a year, month or day */
    bool time;               /* shows an hour, minute or second */
    bool truth;              /* XLSX_BOOLEAN */
    unsigned char decimals;  /* shown at least, at most 30; of seconds at most 3 */
    unsigned char condition; /* 0, or '<', 'l' (<=), '>', 'g' (>=), '=', '!' (<>) against limit */
    double limit;
    struct slice mask; /* places: '0' and '#', anything else as it is; borrowed from the arena */
};

struct xlsx_format {
    struct xlsx_section sections[4];
    unsigned char count; /* 1 to 4 */
    bool conditional;
};

/* Understands a format code; any text is one. -1 out of memory. */
int xlsx_format_parse(struct xlsx_format *format, struct slice code, struct arena *arena);

/* The code of a format that files do not spell out (id 0 to 58), or NULL. */
const char *xlsx_format_builtin(unsigned id);

/* Writes the value into to, which has room for XLSX_VALUE_ROOM bytes plus the format's mask; the length, or 0 when text
 * is no number (then it is to be taken as it is). epoch_1904: days count from 1904-01-01. */
#define XLSX_VALUE_ROOM 512
size_t xlsx_format_value(const struct xlsx_format *format, struct slice text, bool epoch_1904, char *to);

#endif
