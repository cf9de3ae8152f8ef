/* The bytes that CSV is written with: what a dialect finds out and the reader goes by. */
#ifndef CRM_STREAM_CSV_SYNTAX_H
#define CRM_STREAM_CSV_SYNTAX_H

#include <stdbool.h>

/* How a quote stands within a quoted field. */
enum quote_escape {
    ESCAPE_DOUBLED,   /* "" */
    ESCAPE_BACKSLASH, /* \" or "", and \\ for a backslash; before any other byte, and without quotes, it is text */
    ESCAPE_NONE,      /* as it is: the field ends at a quote before a delimiter or a line end */
};

#define QUOTE_NONE '\n' /* no byte quotes */

struct csv_syntax {
    char delimiter; /* ' ': runs of blanks, without quotes and empty fields */
    char quote;     /* or QUOTE_NONE */
    enum quote_escape escape;
    bool trim; /* blanks around delimiters are no part of fields */
};

#endif
