/* Parts, written: the text of the analysis, and records in the columns of the plan.
 *
 * In JSON Lines a record of the state has only its own columns, so that it is short: two writers, one for begin and
 * end, one for everything else, take turns on one sink, which JSON Lines allow, having neither header nor end. */
#include "stream/partial.h"

#include <stdlib.h>
#include <string.h>

#include "stream/partial_parts.h"

const char *const partial_names[PARTIAL_OWN] = {"part",     "analysis", "format", "read",
                                                "filtered", "rejected", "records"};

/* ---- options ---- */

int partial_check(const struct partial_choice *choice, const struct common *common, struct error *err)
{
    if (options_exclude(choice->partial, "--partial", choice->merge, "--merge", err) ||
        options_exclude(choice->partial, "--partial", common->spreadsheet_safe, "--spreadsheet-safe", err))
        return -1;
    if (choice->partial && (common->to == FORMAT_TABLE || common->to == FORMAT_TSV))
        return error_set(err, STATUS_USAGE, "--partial writes csv, jsonl or json; --to %s cannot hold every value",
                         format_name(common->to));
    return 0;
}

int partial_open(const struct partial_choice *choice, const struct common *common, char *const *paths, size_t count,
                 struct stream **stream, struct error *err)
{
    struct common parts = *common;

    if (!choice->merge)
        return common_open(common, paths, count, stream, err);
    parts.from = FORMAT_AUTO;
    parts.delimiter = 0;
    parts.where = NULL;
    parts.rejects = NULL;
    if (common_open(&parts, paths, count, stream, err))
        return -1;
    (*stream)->options.account = common->rejects != NULL;
    return 0;
}

/* ---- the analysis ---- */

/* Blanks separate options, so those of a value are written as in an address: %20. */
static int append_value(struct buffer *text, const char *value)
{
    for (; *value; value++) {
        unsigned char c = (unsigned char)*value;
        if (c <= ' ' || c == '%' || c == 0x7f) {
            if (buffer_printf(text, "%%%02X", c))
                return -1;
        } else if (buffer_append_char(text, *value)) {
            return -1;
        }
    }
    return 0;
}

int partial_analysis(const struct partial_plan *plan, struct slice *analysis, struct error *err)
{
    struct buffer text;
    int failed;

    buffer_init(&text);
    failed = buffer_printf(&text, "%s %d", plan->program, plan->version);
    for (size_t i = 0; i < plan->option_count && !failed; i++)
        if (plan->options[i].value)
            failed = buffer_printf(&text, " %s=", plan->options[i].name) || append_value(&text, plan->options[i].value);
    if (failed) {
        buffer_fini(&text);
        return error_memory(err);
    }
    *analysis = buffer_slice(&text); /* its memory, too */
    return 0;
}

/* ---- records ---- */

/* As the input, like everything else; but never a table. */
static enum format format_of(const struct common *common, const struct stream *stream)
{
    if (common->to != FORMAT_AUTO)
        return common->to;
    enum format format = stream_format(stream);
    return format == FORMAT_TSV ? FORMAT_CSV : format;
}

static void list_columns(const struct partial_plan *plan, struct slice *names, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        *names++ = slice_from_cstr(plan->columns[i]);
}

int partial_write_open(struct partial_writer *writer, const struct partial_plan *plan, struct output *output,
                       const struct common *common, const struct stream *stream, struct error *err)
{
    struct common written = *common;
    struct slice names[ROW_COLUMNS];
    size_t count = PARTIAL_OWN + plan->column_count;

    *writer = (struct partial_writer){.plan = plan, .output = output};
    written.to = format_of(common, stream);
    for (size_t i = 0; i < PARTIAL_OWN; i++)
        names[i] = slice_from_cstr(partial_names[i]);
    list_columns(plan, names + PARTIAL_OWN, 0, plan->column_count);
    if (written.to == FORMAT_JSONL)
        count = PARTIAL_OWN + plan->fact_count;
    if (partial_analysis(plan, &writer->analysis, err) || output_open(output, &written, stream, names, count, err))
        return -1;
    if (written.to != FORMAT_JSONL)
        return 0;
    list_columns(plan, names + 1, plan->fact_count, plan->column_count);
    return writer_new(&writer->records, output->sink, FORMAT_JSONL, 0, names, 1 + plan->column_count - plan->fact_count,
                      err);
}

static struct row *start(struct partial_writer *writer, const char *part, bool of_part)
{
    writer->of_part = of_part;
    writer->row.count = 0;
    row_text(&writer->row, slice_from_cstr(part));
    return &writer->row;
}

struct row *partial_begin(struct partial_writer *writer, const struct stream *stream)
{
    struct row *row = start(writer, "begin", true);

    row_text(row, writer->analysis);
    row_text(row, slice_from_cstr(format_name(stream_format(stream))));
    row_count(row, stream->rejects.read);
    row_count(row, stream->rejects.filtered);
    row_count(row, stream->rejects.rejected);
    row_null(row);
    return row;
}

struct row *partial_record(struct partial_writer *writer, size_t kind)
{
    writer->count++;
    return start(writer, writer->plan->kinds[kind], false);
}

int partial_put(struct partial_writer *writer, struct error *err)
{
    static const struct field null = {SLICE_INIT(""), FIELD_NULL};
    const struct partial_plan *plan = writer->plan;
    struct row *row = &writer->row;
    size_t own = plan->column_count - plan->fact_count;

    for (size_t i = row->count; i < ROW_COLUMNS; i++)
        row->fields[i] = null;
    if (writer->records)
        return writer_put(writer->of_part ? writer->output->writer : writer->records, row->fields, err);
    for (size_t i = 0; i < ROW_COLUMNS; i++)
        writer->fields[i] = writer->of_part ? row->fields[i] : null;
    if (!writer->of_part) {
        writer->fields[0] = row->fields[0];
        memcpy(writer->fields + PARTIAL_OWN + plan->fact_count, row->fields + 1, own * sizeof *row->fields);
    }
    return writer_put(writer->output->writer, writer->fields, err);
}

int partial_finish(struct partial_writer *writer, struct error *err)
{
    struct row *row = start(writer, "end", true);

    while (row->count < PARTIAL_RECORDS)
        row_null(row);
    row_count(row, writer->count);
    return partial_put(writer, err) || output_finish(writer->output, err) ? -1 : 0;
}

void partial_writer_free(struct partial_writer *writer)
{
    writer_free(writer->records);
    free((void *)(uintptr_t)writer->analysis.ptr);
    *writer = (struct partial_writer){0};
}

/* ---- values ---- */

void partial_decimal(struct row *row, int128 units, int scale)
{
    row_decimal(row, units, scale);
    row->fields[row->count - 1].kind = FIELD_TEXT;
}

static int append(struct buffer *list, struct slice text)
{
    return (list->len && buffer_append_char(list, ' ')) || buffer_append(list, text) ? -1 : 0;
}

int partial_list_decimal(struct buffer *list, int128 units, int scale)
{
    char text[DECIMAL_TEXT];

    return append(list, decimal_format(units, scale, text));
}

int partial_list_integer(struct buffer *list, int64_t number)
{
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    char text[24];
    size_t at = sizeof text;

    do {
        text[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (number < 0)
        text[--at] = '-';
    return append(list, (struct slice){text + at, sizeof text - at});
}

int partial_list_hex(struct buffer *list, uint64_t number)
{
    static const char digits[] = "0123456789abcdef";
    char text[16];
    size_t at = sizeof text;

    do {
        text[--at] = digits[number & 15];
        number >>= 4;
    } while (number);
    return append(list, (struct slice){text + at, sizeof text - at});
}
