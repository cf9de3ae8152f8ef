/* Tables of a report: kept.h holds the records as they were read. Which columns of the stream are those of an input is
 * known by what was bound: a column that the input has not is none of its table. */
#include "report/report_table.h"

#include <math.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "value/date.h"
#include "value/double.h"

static int find_columns(struct report_table *table, const struct stream *stream, size_t input, struct error *err)
{
    const struct reader *reader = stream->inputs[input].reader;
    size_t count = reader->name_count;

    table->file = stream_input_name(stream, input);
    table->json = reader->kind == FORMAT_JSON || reader->kind == FORMAT_JSONL;
    table->columns = calloc(count + 1, sizeof *table->columns);
    table->names = calloc(count + 1, sizeof *table->names);
    if (!table->columns || !table->names)
        return error_memory(err);
    for (size_t name = 0; name < count; name++)
        for (size_t i = 0; i < stream->column_count; i++)
            if (stream->columns[i].bound[input] == name) {
                table->columns[table->column_count] = i;
                table->names[table->column_count++] = reader->names[name];
                break;
            }
    return 0;
}

static int keep_record(struct report_table *table, const struct record *record, struct error *err)
{
    if (table->rows == REPORT_ROWS_MAX)
        return error_set(err, STATUS_DATA,
                         "%s: more than %zu records; a report shows tables that other programs have made of them",
                         table->file, REPORT_ROWS_MAX);
    if (kept_add(&table->kept, record, err))
        return -1;
    table->rows++;
    return 0;
}

/* JSON may bring a member that no record before it had: only what was found at the start is a column. */
static int read_tables(struct report_tables *tables, struct stream *stream, struct error *err)
{
    struct record record;
    int more;

    for (size_t i = 0; i < tables->count; i++) {
        kept_init(&tables->items[i].kept, stream->column_count);
        if (find_columns(&tables->items[i], stream, i, err))
            return -1;
    }
    while ((more = stream_next(stream, &record, err)) > 0)
        if (keep_record(&tables->items[record.input], &record, err))
            return -1;
    return more < 0 ? -1 : stream_finish(stream, err);
}

int report_tables_read(struct report_tables *tables, struct stream *stream, struct error *err)
{
    *tables = (struct report_tables){.count = stream->input_count};
    if (stream_all(stream, err))
        return -1;
    tables->items = calloc(tables->count + 1, sizeof *tables->items);
    if (!tables->items)
        return error_memory(err);
    if (read_tables(tables, stream, err)) {
        report_tables_fini(tables);
        return -1;
    }
    return 0;
}

void report_tables_fini(struct report_tables *tables)
{
    for (size_t i = 0; tables->items && i < tables->count; i++) {
        kept_fini(&tables->items[i].kept);
        free(tables->items[i].columns);
        free(tables->items[i].names);
    }
    free(tables->items);
    *tables = (struct report_tables){0};
}

size_t report_table_find_slice(const struct report_table *table, struct slice name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (slice_equal(table->names[i], name))
            return i;
    return COLUMN_ABSENT;
}

size_t report_table_find(const struct report_table *table, const char *name)
{
    return report_table_find_slice(table, slice_from_cstr(name));
}

struct slice report_cell(const struct report_table *table, size_t row, size_t column)
{
    struct slice text = {"", 0};

    kept_texts(&table->kept, row, &table->columns[column], 1, &text);
    return text;
}

/* Numbers beyond are none that a chart could show: sums and differences of those within are finite and exact enough. */
#define NUMBER_MAX 1e18

/* Only what is written as a decimal: "0x10", "inf" and "nan" are words. */
static bool number_from(struct slice text, double *number)
{
    for (size_t i = 0; i < text.len; i++)
        if (!(text.ptr[i] >= '0' && text.ptr[i] <= '9') && !memchr("+-.eE", text.ptr[i], 5))
            return false;
    return text.len && double_from_text(text, number) && fabs(*number) <= NUMBER_MAX;
}

double report_number(const struct report_table *table, size_t row, size_t column)
{
    double number;

    return number_from(slice_trim(report_cell(table, row, column)), &number) ? number : NAN;
}

bool report_column_numeric(const struct report_table *table, size_t column)
{
    size_t numbers = 0;

    for (size_t row = 0; row < table->rows; row++) {
        struct slice text = slice_trim(report_cell(table, row, column));
        double number;
        if (text.len && !number_from(text, &number))
            return false;
        numbers += text.len > 0;
    }
    return numbers > 0;
}

/* Whether the name is one of the words, or ends in _WORD, or begins with WORD_. */
static bool name_has(struct slice name, const char *const *words)
{
    for (; *words; words++) {
        size_t len = strlen(*words);
        if (name.len < len)
            continue;
        bool at_end = memcmp(name.ptr + name.len - len, *words, len) == 0;
        bool at_start = memcmp(name.ptr, *words, len) == 0;
        if ((at_end && (name.len == len || name.ptr[name.len - len - 1] == '_')) ||
            (at_start && name.len > len && name.ptr[len] == '_'))
            return true;
    }
    return false;
}

bool report_column_share(const struct report_table *table, size_t column)
{
    static const char *const words[] = {"rate",      "share",  "rate_low", "rate_high", "probability",
                                        "precision", "recall", "f1",       "gain",      NULL};
    size_t numbers = 0;

    if (!name_has(table->names[column], words))
        return false;
    for (size_t row = 0; row < table->rows; row++) {
        double number = report_number(table, row, column);
        if (number < 0 || number > 1)
            return false;
        numbers += isnan(number) ? 0 : 1;
    }
    return numbers > 0;
}

/* 007, +49301234567, 4006381333931: nobody counts so. */
static bool written_as_label(struct slice text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len; i++)
        digits += ascii_is_digit(text.ptr[i]);
    return (text.len > 1 && text.ptr[0] == '0' && ascii_is_digit(text.ptr[1])) || (text.len && text.ptr[0] == '+') ||
           (digits == text.len && digits > 12);
}

bool report_column_label(const struct report_table *table, size_t column)
{
    static const char *const words[] = {"id",  "id_1", "id_2", "year",   "phone",  "code", "zip",
                                        "key", "line", "rfm",  "number", "record", NULL};

    if (name_has(table->names[column], words))
        return true;
    for (size_t row = 0; row < table->rows; row++)
        if (written_as_label(slice_trim(report_cell(table, row, column))))
            return true;
    return false;
}

/* A day, or the name of a period: 2026-W09, 2026-03, 2026-Q1; with `years` 2026. An hour is a day with a time. */
static bool is_period(struct slice text, bool years)
{
    struct moment moment;

    if (moment_parse_iso(text, &moment))
        return memchr(text.ptr, '-', text.len) != NULL;
    for (size_t i = 0; i < 4; i++)
        if (i >= text.len || !ascii_is_digit(text.ptr[i]))
            return false;
    if (text.len == 4)
        return years;
    if (text.len == 7 && text.ptr[4] == '-' && text.ptr[5] == 'Q')
        return text.ptr[6] >= '1' && text.ptr[6] <= '4';
    if (text.len == 7 && text.ptr[4] == '-' && ascii_is_digit(text.ptr[5]) && ascii_is_digit(text.ptr[6]))
        return memcmp(text.ptr + 5, "01", 2) >= 0 && memcmp(text.ptr + 5, "12", 2) <= 0;
    return text.len == 8 && text.ptr[4] == '-' && text.ptr[5] == 'W' && ascii_is_digit(text.ptr[6]) &&
           ascii_is_digit(text.ptr[7]);
}

bool report_column_period(const struct report_table *table, size_t column)
{
    bool years = slice_equal_cstr(table->names[column], "year") || slice_equal_cstr(table->names[column], "period");
    size_t periods = 0;

    for (size_t row = 0; row < table->rows; row++) {
        struct slice text = slice_trim(report_cell(table, row, column));
        if (text.len && !is_period(text, years))
            return false;
        periods += text.len > 0;
    }
    return periods > 0;
}

int report_column_decimals(const struct report_table *table, size_t column)
{
    size_t most = 0;

    for (size_t row = 0; row < table->rows; row++) {
        struct slice text = slice_trim(report_cell(table, row, column));
        const char *point = text.len ? memchr(text.ptr, '.', text.len) : NULL;
        size_t decimals = point ? (size_t)(text.ptr + text.len - point) - 1 : 0;
        if (decimals > most)
            most = decimals;
    }
    return most > 6 ? 6 : (int)most;
}

bool report_column_sum(const struct report_table *table, size_t column, char out[DECIMAL_TEXT], struct slice *sum)
{
    struct decimal_sum total = {0};

    for (size_t row = 0; row < table->rows; row++) {
        struct slice text = slice_trim(report_cell(table, row, column));
        struct decimal value;
        if (text.len && (decimal_parse(text, &value) != DECIMAL_OK || !decimal_sum_add(&total, value)))
            return false;
    }
    *sum = decimal_format(total.units, total.scale, out);
    return true;
}
