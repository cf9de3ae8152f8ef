/* Cutting: a sample of CSV taken apart under a syntax that is only supposed, quickly and without memory of its own.
 *
 * Agrees with the reader where the text is well formed. Where it is not, a row ends with its first line and is cut at
 * the delimiters, and `malformed` says so. Private to the judgement of dialects and footers. */
#ifndef CRM_STREAM_DIALECT_CUT_H
#define CRM_STREAM_DIALECT_CUT_H

#include <stdint.h>

#include "base/slice.h"
#include "stream/csv_syntax.h"

#define CUT_CELLS 128     /* cells of a row that are kept; all are counted */
#define CUT_WRAPPED 16384 /* bytes of a row quoted whole that can be taken apart */

struct cut_cell {
    struct slice text; /* without its quotes; those inside are as written */
    bool quoted;
};

struct cut_row {
    size_t count; /* cells */
    size_t kept;
    struct cut_cell cells[CUT_CELLS];
    struct slice raw; /* without the line end */
    uint64_t line;    /* physical lines before the row */
    size_t quoted;    /* cells in quotes */
    bool malformed;   /* a quoted cell is never closed, or text follows its closing quote */
    bool doubled;     /* a quote is doubled in a quoted cell */
    bool backslashed; /* a backslash stands before a quote in a quoted cell */
    bool apart;       /* a blank line stands before it */
};

struct cutter {
    struct slice text;
    struct csv_syntax syntax;
    size_t at;
    uint64_t line; /* physical lines before `at` */
    bool no_close; /* ESCAPE_NONE: no quote that closes a cell is left */
};

/* The next row that is not blank. False at the end. */
bool cut_next(struct cutter *cutter, struct cut_row *row);

/* For a row that is one cell in quotes: its text without doubled quotes, in `text`, and cut once more into `inner`,
 * which is then valid as long as `text`. False when the row is none such, or is longer. */
bool cut_wrapped(const struct cut_row *row, const struct csv_syntax *syntax, char text[CUT_WRAPPED],
                 struct cut_row *inner);

#endif
