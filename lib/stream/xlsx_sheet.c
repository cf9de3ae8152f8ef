/* Sheets: the elements <row>, <c>, <v>, <f>, <is>, <t> of <sheetData>. A sheet is read twice, once for its width, since
 * the <dimension> at its head is often wrong, and once for its cells; the width tells how many cells each row gets. */
#include "stream/xlsx_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stream/field.h"

enum cell_type { NUMBER, SHARED, INLINE, TEXT, BOOLEAN, ERROR_VALUE, DATE };

/* A cell of the row: in the row's text, or, shared, elsewhere. */
struct cell {
    const char *shared;
    size_t offset;
    size_t len;
    bool filled;
};

struct sheet_parse {
    const struct xlsx_workbook *workbook;
    struct conversion *conversion; /* NULL: measure */
    size_t width;
    struct xlsx_extent *extent;

    uint64_t row;
    bool in_data, in_row, in_cell, in_inline, taking;
    int phonetic;
    struct cell *cells; /* owned, room for all columns */
    size_t used;        /* cells of this row up to the last filled one */
    uint64_t row_bytes; /* of its values; shared texts count each time */
    struct buffer text; /* of the row */
    char problem[128];  /* why the row is bad */

    size_t column; /* of the cell, from 0 */
    enum cell_type type;
    size_t style;
    bool formula;
    struct buffer value;
};

static void problem(struct sheet_parse *parse, const char *what, struct slice value)
{
    char name[4];
    struct quote shown;
    size_t at = sizeof name - 1;

    if (parse->problem[0])
        return;
    name[at] = '\0';
    for (size_t n = parse->column + 1; n && at; n = (n - 1) / 26)
        name[--at] = (char)('A' + (n - 1) % 26);
    snprintf(parse->problem, sizeof parse->problem, "cell %s%llu: %s '%.60s'", name + at,
             (unsigned long long)parse->row, what, quote(&shown, value));
}

static int begin_row(struct sheet_parse *parse, const struct xml_attributes *attributes, struct error *err)
{
    struct slice r = xml_attribute(attributes, "r");
    size_t row = (size_t)parse->row + 1;

    if (r.ptr && !xlsx_count(r, XLSX_ROWS, &row))
        row = 0;
    if (row == 0 || row > XLSX_ROWS) {
        struct quote shown;
        return error_set(err, STATUS_DATA, "row '%s': a sheet has rows 1 to %d", quote(&shown, r), XLSX_ROWS);
    }
    parse->row = row;
    parse->in_row = true;
    parse->used = 0;
    parse->row_bytes = 0;
    parse->column = SIZE_MAX;
    parse->problem[0] = '\0';
    buffer_clear(&parse->text);
    return 0;
}

/* The column of a reference like BC12, or SIZE_MAX. */
static size_t column_of(struct slice reference)
{
    size_t column = 0;
    size_t at = 0;

    for (; at < reference.len && reference.ptr[at] >= 'A' && reference.ptr[at] <= 'Z' && column <= XLSX_COLUMNS; at++)
        column = column * 26 + (size_t)(reference.ptr[at] - 'A') + 1;
    return column == 0 || column > XLSX_COLUMNS ? SIZE_MAX : column - 1;
}

static enum cell_type type_of(struct slice t)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", SHARED},  {"n", NUMBER},      {"str", TEXT}, {"inlineStr", INLINE},
                 {"b", BOOLEAN}, {"e", ERROR_VALUE}, {"d", DATE}};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (slice_equal_cstr(t, types[i].name))
            return types[i].type;
    return NUMBER;
}

static int begin_cell(struct sheet_parse *parse, const struct xml_attributes *attributes, struct error *err)
{
    struct slice r = xml_attribute(attributes, "r");
    struct slice s = xml_attribute(attributes, "s");

    size_t column = r.ptr ? column_of(r) : parse->column + 1;
    if (column >= XLSX_COLUMNS) {
        struct quote shown;
        return error_set(err, STATUS_DATA, "row %llu, cell '%s': a sheet has columns A to XFD",
                         (unsigned long long)parse->row, quote(&shown, r));
    }
    parse->column = column;
    parse->type = type_of(xml_attribute(attributes, "t"));
    if (!xlsx_count(s, UINT32_MAX, &parse->style))
        parse->style = 0;
    parse->formula = false;
    parse->in_cell = true;
    buffer_clear(&parse->value);
    return 0;
}

static int on_start(void *context, const char *name, const struct xml_attributes *attributes, struct error *err)
{
    struct sheet_parse *parse = context;

    if (!parse->in_data) {
        parse->in_data = strcmp(name, "sheetData") == 0;
        return 0;
    }
    if (!parse->in_row)
        return strcmp(name, "row") == 0 ? begin_row(parse, attributes, err) : 0;
    if (!parse->in_cell)
        return strcmp(name, "c") == 0 ? begin_cell(parse, attributes, err) : 0;
    if (strcmp(name, "v") == 0)
        parse->taking = true;
    else if (strcmp(name, "f") == 0)
        parse->formula = true;
    else if (strcmp(name, "is") == 0)
        parse->in_inline = true;
    else if (strcmp(name, "rPh") == 0)
        parse->phonetic++;
    else if (strcmp(name, "t") == 0)
        parse->taking = parse->in_inline && parse->phonetic == 0;
    return 0;
}

static int on_text(void *context, struct slice text, struct error *err)
{
    struct sheet_parse *parse = context;

    return parse->taking && buffer_append(&parse->value, text) ? error_memory(err) : 0;
}

/* Up to 15 digits, the first not 0: what General shows as it is stored. */
static bool plain_digits(struct slice value)
{
    if (value.len == 0 || value.len > 15 || (value.ptr[0] == '0' && value.len > 1))
        return false;
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] < '0' || value.ptr[i] > '9')
            return false;
    return true;
}

static int add_number(struct sheet_parse *parse, struct slice value, struct error *err)
{
    const struct xlsx_format *format = xlsx_style_format(parse->workbook, parse->style);

    value = slice_trim(value);
    if (format == parse->workbook->styles.formats && plain_digits(value))
        return buffer_append(&parse->text, value) ? error_memory(err) : 0;
    size_t mask = 0;
    for (size_t i = 0; i < format->count; i++)
        if (format->sections[i].mask.len > mask)
            mask = format->sections[i].mask.len;
    if (buffer_reserve(&parse->text, XLSX_VALUE_ROOM + mask))
        return error_memory(err);
    size_t len = xlsx_format_value(format, value, parse->workbook->epoch_1904, parse->text.data + parse->text.len);
    if (len == 0)
        return buffer_append(&parse->text, value) ? error_memory(err) : 0;
    parse->text.len += len;
    return 0;
}

/* The text of the cell, at the end of the row's; or, of a shared one, in cell. */
static int add_value(struct sheet_parse *parse, struct cell *cell, struct error *err)
{
    struct slice value = buffer_slice(&parse->value);

    if (parse->type == SHARED) {
        size_t number;
        struct slice shared = {NULL, 0};
        if (xlsx_count(slice_trim(value), SIZE_MAX / 16, &number))
            shared = xlsx_shared(parse->workbook, number);
        if (!shared.ptr)
            problem(parse, "the workbook has no shared text", value);
        cell->shared = shared.ptr;
        cell->len = shared.len;
        return 0;
    }
    if (parse->type == NUMBER)
        return add_number(parse, value, err);
    if (parse->type == BOOLEAN && slice_equal_cstr(value, "1"))
        value = SLICE("TRUE");
    else if (parse->type == BOOLEAN && slice_equal_cstr(value, "0"))
        value = SLICE("FALSE");
    size_t from = parse->text.len;
    if (buffer_append(&parse->text, value))
        return error_memory(err);
    if (parse->type == INLINE || parse->type == TEXT)
        xlsx_unescape(&parse->text, from);
    return 0;
}

static void count_special(struct sheet_parse *parse)
{
    struct xlsx_extent *extent = parse->extent;

    if (parse->formula && parse->value.len == 0 && parse->type != TEXT) {
        extent->formulas_without_value++;
        if (extent->first_formula_row == 0)
            extent->first_formula_row = parse->row;
    }
    if (parse->type == ERROR_VALUE && parse->value.len) {
        extent->error_cells++;
        if (extent->first_error_row == 0)
            extent->first_error_row = parse->row;
    }
}

static int end_cell(struct sheet_parse *parse, struct error *err)
{
    struct cell cell = {.offset = parse->text.len, .filled = true};

    parse->in_cell = false;
    parse->in_inline = false;
    parse->taking = false;
    count_special(parse);
    if (parse->value.len == 0)
        return 0;
    if (!parse->conversion && parse->type != SHARED) {
        cell.len = parse->value.len; /* measured only: its text does not matter */
    } else {
        if (add_value(parse, &cell, err))
            return -1;
        if (!cell.shared)
            cell.len = parse->text.len - cell.offset;
    }
    if (cell.len == 0 && !parse->problem[0])
        return 0;
    for (; parse->used <= parse->column; parse->used++)
        parse->cells[parse->used].filled = false;
    if (parse->cells[parse->column].filled)
        problem(parse, "a second value", buffer_slice(&parse->value));
    parse->cells[parse->column] = cell;
    parse->row_bytes += cell.len;
    parse->extent->cells++;
    return 0;
}

/* The text of a cell of the row, empty when it has none. */
static struct slice cell_text(const struct sheet_parse *parse, size_t column)
{
    const struct cell *cell = &parse->cells[column];

    if (column >= parse->used || !cell->filled)
        return (struct slice){"", 0};
    return (struct slice){cell->shared ? cell->shared : buffer_slice(&parse->text).ptr + cell->offset, cell->len};
}

/* A row that has a problem: its cells, separated by tabs, are what stands in the file, at most RECORD_LIMIT of them. */
static int write_bad(struct sheet_parse *parse, struct error *err)
{
    struct buffer raw = {0};
    int status = 0;

    for (size_t i = 0; i < parse->used && status == 0; i++) {
        struct slice text = cell_text(parse, i);
        if (raw.len + text.len >= RECORD_LIMIT)
            break;
        if ((i && buffer_append_char(&raw, '\t')) || buffer_append(&raw, text))
            status = error_memory(err);
    }
    if (status == 0)
        status = conversion_bad(parse->conversion, parse->row, parse->problem, buffer_slice(&raw), err);
    buffer_fini(&raw);
    return status;
}

static int write_row(struct sheet_parse *parse, struct error *err)
{
    size_t width = parse->width > parse->used ? parse->width : parse->used;

    if (conversion_begin_row(parse->conversion, parse->row, err))
        return -1;
    for (size_t i = 0; i < width; i++) {
        if (conversion_cell(parse->conversion, cell_text(parse, i), err))
            return -1;
    }
    return conversion_end_row(parse->conversion, err);
}

static int end_row(struct sheet_parse *parse, struct error *err)
{
    struct xlsx_extent *extent = parse->extent;

    parse->in_row = false;
    if (parse->used == 0)
        return 0;
    extent->rows++;
    extent->bytes += parse->row_bytes;
    if (extent->bytes > XLSX_TEXT_MOST)
        return error_set(err, STATUS_DATA, "refused: the values of the sheet are more than %llu bytes",
                         (unsigned long long)XLSX_TEXT_MOST);
    if (extent->width < parse->used)
        extent->width = parse->used;
    if (!parse->conversion)
        return 0;
    if (parse->row_bytes + parse->used > RECORD_LIMIT)
        snprintf(parse->problem, sizeof parse->problem, "a row of more than 16 MiB");
    return parse->problem[0] ? write_bad(parse, err) : write_row(parse, err);
}

static int on_end(void *context, const char *name, struct error *err)
{
    struct sheet_parse *parse = context;

    if (!parse->in_data)
        return 0;
    if (parse->in_cell) {
        if (strcmp(name, "c") == 0)
            return end_cell(parse, err);
        if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
            parse->taking = false;
        else if (strcmp(name, "is") == 0)
            parse->in_inline = false;
        else if (strcmp(name, "rPh") == 0)
            parse->phonetic--;
        return 0;
    }
    if (parse->in_row)
        return strcmp(name, "row") == 0 ? end_row(parse, err) : 0;
    if (strcmp(name, "sheetData") == 0)
        parse->in_data = false;
    return 0;
}

int xlsx_sheet_read(const struct xlsx_workbook *workbook, const struct xlsx_package *package, const char *part,
                    struct conversion *conversion, size_t width, struct xlsx_extent *extent, struct error *err)
{
    static const struct xml_handlers handlers = {on_start, on_end, on_text};
    struct sheet_parse parse = {.workbook = workbook, .conversion = conversion, .width = width, .extent = extent};
    int status;

    *extent = (struct xlsx_extent){0};
    parse.cells = malloc(XLSX_COLUMNS * sizeof *parse.cells);
    if (!parse.cells)
        return error_memory(err);
    status = xlsx_package_parse(package, part, &handlers, &parse, err);
    free(parse.cells);
    buffer_fini(&parse.text);
    buffer_fini(&parse.value);
    return status;
}
