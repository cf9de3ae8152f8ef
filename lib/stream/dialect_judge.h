/* The parts of the judgement of a dialect, for dialect*.c. */
#ifndef CRM_STREAM_DIALECT_JUDGE_H
#define CRM_STREAM_DIALECT_JUDGE_H

#include "stream/dialect.h"
#include "stream/dialect_cut.h"

/* How a sample looks under a supposed syntax. */
struct verdict {
    struct csv_syntax syntax;
    double score; /* pattern score x type score */
    size_t rows;
    size_t width;   /* the number of cells that most rows have; the greater one on a tie */
    size_t regular; /* rows that have it */
    size_t malformed;
    size_t quoted_rows;  /* rows with a cell in quotes, well formed */
    size_t quoted_cells; /* in them */
    size_t doubled;      /* rows with a doubled quote in a quoted cell */
    size_t backslashed;  /* rows with a backslash before a quote there */
    size_t wrapped;      /* rows that are one quoted cell which is a row itself; they count as that row */
};

/* dialect_score.c. first_cell: the first cell that belongs to the table; 1 when a place is in front. */
struct verdict dialect_judge(struct slice sample, const struct csv_syntax *syntax, size_t first_cell);
/* Whether blanks separate: every line, or all but a few, has as many words as the first, and the lines show that they
 * were aligned by eye: one of the first begins with a blank or has two in a row. */
bool dialect_aligned(struct slice sample, struct verdict *verdict);

/* dialect_table.c: where the table is and what its rows are like. */
void dialect_table(struct slice sample, const struct verdict *verdict, size_t first_cell, bool no_preamble,
                   struct dialect *dialect);

/* dialect_header.c: whether the first row of the table, `sample` beginning with it, is data. Returns the confidence
 * that it is, 0 unless the evidence is strong. */
double dialect_no_header(struct slice sample, const struct csv_syntax *syntax, size_t first_cell);

/* Adds a note, if there is room. */
void dialect_note(struct dialect *dialect, double confidence, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
