/* The cells of one sheet, row by row. */
#ifndef CRM_STREAM_XLSX_SHEET_H
#define CRM_STREAM_XLSX_SHEET_H

#include "stream/conversion.h"
#include "stream/xlsx_workbook.h"

#define XLSX_COLUMNS 16384
#define XLSX_ROWS 1048576
/* Values that share a text hold it many times over: a small file must not fill the disk. */
#define XLSX_TEXT_MOST ((uint64_t)4 << 30)

/* What a sheet holds. */
struct xlsx_extent {
    size_t width;  /* columns up to the last that holds a value */
    uint64_t rows; /* that hold a value */
    uint64_t cells;
    uint64_t bytes; /* of their values */
    uint64_t formulas_without_value;
    uint64_t error_cells;
    uint64_t first_formula_row; /* the first without a value; 0: none */
    uint64_t first_error_row;
};

/* Reads the sheet through and fills extent. With a conversion, its rows are written to it as they come: `width` cells
 * each, or, with 0, as many as each has. A row that cannot be understood, or of more than RECORD_LIMIT bytes, becomes a
 * bad one. Rows without any value are left out. */
int xlsx_sheet_read(const struct xlsx_workbook *workbook, const struct xlsx_package *package, const char *part,
                    struct conversion *conversion, size_t width, struct xlsx_extent *extent, struct error *err);

#endif
