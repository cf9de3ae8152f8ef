/* Workbooks (.xlsx, .xlsm): a sheet of Office Open XML (ECMA-376, ISO/IEC 29500, transitional and strict) as CSV.
 *
 * Values are written as xlsx_format.h says: dates in ISO 8601, numbers with all that is stored, TRUE and FALSE, errors
 * as their text (#N/A), text as it is. A formula's stored result is its value. A merged range has its value in its
 * first cell. Hidden rows and columns are data. Rows without any value are left out; the others all have as many cells
 * as the widest, unless that would fill the disk with empty ones (a stray value at the far right), then as many as they
 * hold. The place of a row is its number in the sheet.
 *
 * Bounds: a part of the archive may expand to 1 GiB, and to 200 times its size beyond 64 MiB; a sheet has 16,384
 * columns and 1,048,576 rows, its values 4 GiB; a row over RECORD_LIMIT is bad. Memory: all shared texts of the
 * workbook (at most 1 GiB, usually a few MB), and one row. */
#ifndef CRM_STREAM_XLSX_H
#define CRM_STREAM_XLSX_H

#include "base/arena.h"
#include "stream/conversion.h"

struct xlsx_sheet_name {
    const char *name;
    bool hidden;
    bool cells; /* false: a chart or the like */
};

/* What the user should be told. */
struct xlsx_notes {
    struct arena arena;             /* of the names */
    struct xlsx_sheet_name *sheets; /* owned: all of the workbook, in its order */
    size_t sheet_count;
    size_t taken;                    /* index into sheets */
    uint64_t rows;                   /* of the sheet taken that hold a value */
    uint64_t formulas_without_value; /* formulas that were saved without their result: the cells are empty */
    uint64_t first_formula_row;      /* the first row with one; 0: none */
    uint64_t error_cells;            /* #N/A and the like */
    uint64_t first_error_row;
    bool ragged; /* rows have cells only as far as they hold values */
};

/* Whether a file that begins so is one for xlsx_convert(), be it only to be refused with a reason: a zip archive or a
 * compound file (.xls, encrypted .xlsx). The first 8 bytes are enough. */
bool xlsx_recognise(struct slice start);

/* Converts a sheet of the workbook in fd, which must be seekable and stays open. sheet: a name (ASCII letters in either
 * case), "#2" for the second, or NULL for the first visible one that holds a value. notes is filled, also on failure;
 * xlsx_notes_fini() it.
 * Errors: STATUS_DATA (damaged, encrypted, not a workbook; it begins with name), STATUS_USAGE (no such sheet; those
 * there are are listed), STATUS_SYSTEM. conversion_finish() is left to the caller. */
int xlsx_convert(int fd, const char *name, const char *sheet, struct conversion *conversion, struct xlsx_notes *notes,
                 struct error *err);
void xlsx_notes_fini(struct xlsx_notes *notes);

#endif
