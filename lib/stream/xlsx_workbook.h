/* What the cells of a workbook refer to: its sheets, its shared texts, and the formats of its styles. */
#ifndef CRM_STREAM_XLSX_WORKBOOK_H
#define CRM_STREAM_XLSX_WORKBOOK_H

#include "base/buffer.h"
#include "stream/xlsx_format.h"
#include "stream/xlsx_package.h"

/* Texts that cells share by number. Memory: all of them, at most XLSX_EXPANDED_MOST. */
struct xlsx_strings {
    struct buffer text;
    size_t *ends; /* owned: where in text each ends */
    size_t count;
    size_t capacity;
};

struct xlsx_styles {
    struct xlsx_format *formats; /* owned; formats[0] is General */
    size_t format_count;
    size_t format_capacity;
    uint32_t *of_style; /* owned: the format of each style a cell may name */
    size_t count;
    size_t capacity;
};

struct xlsx_workbook_sheet {
    const char *name;
    const char *part; /* NULL: not a sheet of cells (a chart) */
    bool hidden;
};

struct xlsx_workbook {
    struct arena arena; /* names, paths, formats */
    struct xlsx_workbook_sheet *sheets;
    size_t sheet_count;
    size_t sheet_capacity;
    bool epoch_1904;
    struct xlsx_strings strings;
    struct xlsx_styles styles;
};

/* Reads all but the cells. xlsx_workbook_fini() also after an error. */
int xlsx_workbook_read(struct xlsx_workbook *workbook, const struct xlsx_package *package, struct error *err);
void xlsx_workbook_fini(struct xlsx_workbook *workbook);

/* The text with that number; ptr NULL when there is none. Borrowed until xlsx_workbook_fini(). */
struct slice xlsx_shared(const struct xlsx_workbook *workbook, size_t number);

/* The format of a style; General for a number that is none. */
const struct xlsx_format *xlsx_style_format(const struct xlsx_workbook *workbook, size_t style);

/* For the parts of it. */
int xlsx_strings_read(struct xlsx_strings *strings, const struct xlsx_package *package, const char *part,
                      struct error *err);
int xlsx_styles_read(struct xlsx_styles *styles, const struct xlsx_package *package, const char *part,
                     struct arena *arena, struct error *err);

/* Replaces what texts of cells write as _xHHHH_ (ISO 29500 part 1, 22.4.2.4) from `from` to the end of text. */
void xlsx_unescape(struct buffer *text, size_t from);

/* A whole number of an attribute or a cell; false: it is none, or over most. */
bool xlsx_count(struct slice text, size_t most, size_t *count);

#endif
