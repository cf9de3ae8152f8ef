/* SpreadsheetML, the XML of Excel 2002 and 2003: <Workbook><Worksheet ss:Name=""><Table><Row><Cell><Data ss:Type="">.
 * ss:Index says where a row or cell stands when those before it are left out, ss:MergeAcross how many columns more it
 * covers. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "stream/html_sax.h"
#include "stream/xlsx_number.h"
#include "stream/xlsx_sheet.h"

enum data_type { TEXT, NUMBER, BOOLEAN, DATE };

struct workbook_2003 {
    struct html_rows *rows;
    const char *wanted;
    size_t *found;
    size_t table;
    struct html_row row;
    uint64_t next_row;
    size_t column, next_column;
    size_t begins;
    enum data_type type;
    bool in_row, in_data;
};

static int begin_sheet(struct workbook_2003 *book, const struct xml_attributes *attributes, struct error *err)
{
    struct slice name = xml_attribute(attributes, "Name");

    if (html_rows_table(book->rows, &book->table, err))
        return -1;
    book->next_row = 1;
    if (book->wanted && *book->found == SIZE_MAX && name.len == strlen(book->wanted) &&
        strncasecmp(name.ptr, book->wanted, name.len) == 0)
        *book->found = book->table;
    return 0;
}

static int begin_row(struct workbook_2003 *book, const struct xml_attributes *attributes)
{
    size_t index;

    if (xlsx_count(xml_attribute(attributes, "Index"), XLSX_ROWS, &index))
        book->next_row = index;
    html_row_clear(&book->row);
    book->row.place = book->next_row++;
    book->next_column = 0;
    book->in_row = true;
    return 0;
}

static int begin_cell(struct workbook_2003 *book, const struct xml_attributes *attributes)
{
    size_t index;
    size_t more;

    if (xlsx_count(xml_attribute(attributes, "Index"), XLSX_COLUMNS, &index) && index > 0)
        book->next_column = index - 1;
    book->column = book->next_column++;
    if (xlsx_count(xml_attribute(attributes, "MergeAcross"), XLSX_COLUMNS, &more))
        book->next_column += more;
    return 0;
}

static void begin_data(struct workbook_2003 *book, const struct xml_attributes *attributes)
{
    struct slice type = xml_attribute(attributes, "Type");

    book->type = slice_equal_cstr(type, "Number")     ? NUMBER
                 : slice_equal_cstr(type, "Boolean")  ? BOOLEAN
                 : slice_equal_cstr(type, "DateTime") ? DATE
                                                      : TEXT;
    book->begins = book->row.text.len;
    book->in_data = true;
}

static int on_start(void *context, const char *name, const struct xml_attributes *attributes, struct error *err)
{
    struct workbook_2003 *book = context;

    if (strcmp(name, "Worksheet") == 0)
        return begin_sheet(book, attributes, err);
    if (strcmp(name, "Row") == 0 && book->rows->count)
        return begin_row(book, attributes);
    if (strcmp(name, "Cell") == 0 && book->in_row)
        return begin_cell(book, attributes);
    if (strcmp(name, "Data") == 0 && book->in_row)
        begin_data(book, attributes);
    return 0;
}

static int on_text(void *context, struct slice text, struct error *err)
{
    struct workbook_2003 *book = context;

    if (!book->in_data)
        return 0;
    if (book->row.text.len + text.len > HTML_ROW_MOST)
        return error_set(err, STATUS_DATA, "row %llu: a row of more than %zu MiB", (unsigned long long)book->row.place,
                         HTML_ROW_MOST >> 20);
    return buffer_append(&book->row.text, text) ? error_memory(err) : 0;
}

/* Puts the value as it is to be shown in the place of the stored one. */
static int end_data(struct workbook_2003 *book, struct error *err)
{
    static const struct slice midnight = SLICE_INIT("T00:00:00.000");
    struct buffer *text = &book->row.text;
    struct slice all = buffer_slice(text);
    struct slice stored = {all.ptr + book->begins, all.len - book->begins};
    struct xlsx_number number;
    char shown[512];

    book->in_data = false;
    if (stored.len == 0)
        return 0;
    if (book->type == NUMBER && xlsx_number_parse(&number, slice_trim(stored))) {
        size_t len = xlsx_number_print(&number, 0, shown);
        text->len = book->begins;
        if (buffer_append(text, (struct slice){shown, len}))
            return error_memory(err);
    } else if (book->type == BOOLEAN && (slice_equal_cstr(stored, "0") || slice_equal_cstr(stored, "1"))) {
        struct slice word = stored.ptr[0] == '1' ? SLICE("TRUE") : SLICE("FALSE");
        text->len = book->begins;
        if (buffer_append(text, word))
            return error_memory(err);
    } else if (book->type == DATE && stored.len > 4 && memcmp(stored.ptr + stored.len - 4, ".000", 4) == 0) {
        bool day = stored.len > midnight.len &&
                   memcmp(stored.ptr + stored.len - midnight.len, midnight.ptr, midnight.len) == 0;
        text->len -= day ? midnight.len : 4;
    }
    return html_row_set(&book->row, book->column, book->begins, err);
}

static int on_end(void *context, const char *name, struct error *err)
{
    struct workbook_2003 *book = context;

    if (strcmp(name, "Data") == 0 && book->in_data)
        return end_data(book, err);
    if (strcmp(name, "Row") == 0 && book->in_row) {
        book->in_row = false;
        return html_rows_add(book->rows, book->table, &book->row, err);
    }
    return 0;
}

int workbook_2003_parse(struct html_rows *rows, const char *wanted, size_t *found, byte_read *read, void *context,
                        struct error *err)
{
    static const struct xml_handlers handlers = {on_start, on_end, on_text};
    struct workbook_2003 book = {.rows = rows, .wanted = wanted, .found = found};

    *found = SIZE_MAX;
    int status = xml_parse(&handlers, &book, read, context, err);
    html_row_fini(&book.row);
    return status;
}
