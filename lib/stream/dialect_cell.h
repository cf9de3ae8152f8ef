/* Cells: what the text of a cell looks like, as far as dialects and footers need to know.
 *
 * After the types of G. van den Burg, A. Nazabal, C. Sutton, "Wrangling messy CSV files by detecting row and type
 * patterns" (2019), section 4.2, told apart by the kinds of bytes a cell has instead of by a dozen of patterns. Types
 * are used to find out how a file is cut and never to change a value. */
#ifndef CRM_STREAM_DIALECT_CELL_H
#define CRM_STREAM_DIALECT_CELL_H

#include <stdbool.h>

#include "base/slice.h"

enum cell_type {
    CELL_EMPTY,  /* nothing, or blanks */
    CELL_NUMBER, /* digits; with signs, separators, a percent or currency sign */
    CELL_DATE,   /* date, time, or both */
    CELL_EMAIL,
    CELL_URL,
    CELL_TEXT,  /* words and prose */
    CELL_OTHER, /* bytes that would delimit or quote, where nothing quotes them: a sign that the cut is wrong */
};

enum cell_type cell_type_of(struct slice text, bool quoted);

#endif
