/* Where the table is in a sample, and what its rows are like.
 *
 * The header is the first row, unless that is much narrower than the table, nearly empty, or a comment, and the block
 * below it is regular: then it is the first row of the block. When in doubt nothing is left out: a row of a preamble
 * that is taken for the header is seen at once, a header taken for a preamble is not. */
#include <string.h>
#include <strings.h>

#include "stream/dialect_cell.h"
#include "stream/dialect_judge.h"

#define FIRST_ROWS 64 /* in which the header is looked for */

/* A row among the first. */
struct seen_row {
    const char *start;
    uint64_t line;
    size_t cells;
    size_t filled;
    size_t last_filled; /* index of the last of them */
    bool words;         /* all of them are text */
    bool comment;       /* begins with # */
    bool sep;           /* "sep=;" */
};

struct table {
    struct slice sample;
    const struct verdict *verdict;
    size_t first_cell;
    struct seen_row rows[FIRST_ROWS];
    size_t row_count;
};

static void look_at(const struct table *table, const struct cut_row *row, const struct cut_row *cut,
                    struct seen_row *seen)
{
    struct slice raw = row->raw;

    *seen = (struct seen_row){.start = raw.ptr, .line = row->line, .words = true};
    seen->cells = cut->count > table->first_cell ? cut->count - table->first_cell : 0;
    for (size_t i = table->first_cell; i < cut->kept; i++) {
        enum cell_type type = cell_type_of(cut->cells[i].text, true);
        if (type == CELL_EMPTY)
            continue;
        seen->filled++;
        seen->last_filled = i - table->first_cell;
        seen->words = seen->words && type == CELL_TEXT;
    }
    if (cut->count > cut->kept)
        seen->filled += cut->count - cut->kept; /* not looked at */
    seen->comment = raw.len && raw.ptr[0] == '#';
    if (raw.len && raw.ptr[0] == '"') {
        raw.ptr++;
        raw.len--;
    }
    seen->sep = row->line == 0 && raw.len >= 5 && raw.len <= 6 && strncasecmp(raw.ptr, "sep=", 4) == 0;
}

static void read_first_rows(struct table *table)
{
    struct cutter cutter = {.text = table->sample, .syntax = table->verdict->syntax};
    struct cut_row row;
    struct cut_row inner;
    char text[CUT_WRAPPED];

    while (table->row_count < FIRST_ROWS && cut_next(&cutter, &row)) {
        bool wrapped = cut_wrapped(&row, &cutter.syntax, text, &inner) && inner.count > 1;
        if (table->first_cell && row.raw.len && row.raw.ptr[0] == '!')
            continue;
        look_at(table, &row, wrapped ? &inner : &row, &table->rows[table->row_count++]);
    }
}

/* Whether a row may be the header by its width and by how much of it is filled. */
static bool is_full(const struct seen_row *row, size_t width)
{
    size_t cells = row->cells < width ? row->cells : width;

    return row->cells * 2 > width && row->filled * 2 > cells && (width > 2 || row->cells > 1);
}

/* Whether a row has the cells of the table, but for one at its end. */
static bool fits(const struct seen_row *row, size_t width)
{
    size_t slack = width > 3;

    return row->cells + slack >= width && row->cells <= width + slack;
}

/* Whether the rows before `at` may be left out. */
static bool is_preamble(const struct table *table, size_t begin, size_t at)
{
    const struct seen_row *header = &table->rows[at];
    size_t width = table->verdict->width;
    size_t below = 0;

    for (size_t i = at + 1; i < table->row_count; i++)
        below += fits(&table->rows[i], width);
    if (header->cells + 1 < width || header->cells > width + 1)
        return false;
    for (size_t i = begin; i < at; i++)
        if (table->rows[i].cells * 2 > width && !table->rows[i].comment && !header->words)
            return false;
    size_t rows = table->verdict->rows;
    size_t regular = table->verdict->regular;
    if (table->row_count == rows) { /* all of the sample was seen */
        rows = table->row_count - at;
        regular = below + 1;
    }
    if (width == 2)
        return at - begin <= 5 && regular >= 3 && regular * 10 >= rows * 9 && header->words;
    return regular * 2 > rows;
}

/* Whether the row has the upper parts of names: some, with gaps where cells were merged. */
static bool is_upper(const struct seen_row *upper, const struct seen_row *lower, size_t width)
{
    return upper->cells == width && upper->words && upper->filled >= 2 && upper->filled * 2 <= width &&
           upper->last_filled >= upper->filled && lower->words && lower->filled == lower->cells &&
           lower->cells == width && !upper->comment;
}

/* The index of the first row of the header. */
static size_t find_header(const struct table *table, struct dialect *dialect)
{
    size_t width = table->verdict->width;
    size_t begin = table->row_count && table->rows[0].sep;
    size_t at = begin;

    if (width < 2)
        return begin;
    while (at < table->row_count &&
           ((table->rows[at].comment && table->rows[at].cells != width) || !is_full(&table->rows[at], width)))
        at++;
    if (at == begin || at == table->row_count || !is_preamble(table, begin, at))
        return begin;
    if (at > begin && at + 1 < table->row_count && is_upper(&table->rows[at - 1], &table->rows[at], width) &&
        !table->rows[at + 1].words) {
        dialect->header_rows = 2;
        dialect_note(dialect, 0.7, "the names of the columns stand in two rows and are joined");
        at--;
    }
    return at;
}

/* Empty cells at the end of a row, as its last bytes show. */
static size_t trailing_empty(const struct cut_row *row, const struct csv_syntax *syntax)
{
    size_t count = 0;

    if (syntax->delimiter == ' ')
        return 0;
    for (size_t i = row->raw.len; i > 0; i--) {
        if (row->raw.ptr[i - 1] == syntax->delimiter)
            count++;
        else if (row->raw.ptr[i - 1] != ' ' || !syntax->trim)
            break;
    }
    return count + 1 < row->count ? count : row->count;
}

/* What the rows of the table have at their ends, and which of them are quoted whole. */
static void judge_rows(const struct table *table, struct slice rows, struct dialect *dialect)
{
    struct cutter cutter = {.text = rows, .syntax = table->verdict->syntax};
    struct cut_row row;
    struct cut_row inner;
    char text[CUT_WRAPPED];
    size_t names = 0;   /* cells of the header */
    size_t unnamed = 0; /* empty ones at its end */
    size_t extent = 0;  /* cells up to the last filled one, in the widest row */
    size_t longer = 0;  /* rows with one cell more than the header, an empty one */

    for (size_t i = 0; cut_next(&cutter, &row); i++) {
        bool wrapped = cut_wrapped(&row, &cutter.syntax, text, &inner) && inner.count > 1;
        const struct cut_row *cut = wrapped ? &inner : &row;
        size_t empty = trailing_empty(cut, &cutter.syntax);
        if (i + 1 < dialect->header_rows)
            continue;
        if (i + 1 == dialect->header_rows) {
            names = cut->count;
            unnamed = empty;
            dialect->all_wrapped = wrapped;
            continue;
        }
        dialect->wrapped += wrapped;
        dialect->records++;
        dialect->consistent += cut->count == names && !row.malformed;
        if (cut->count <= names && cut->count - empty > extent)
            extent = cut->count - empty;
        longer += cut->count == names + 1 && empty;
    }
    if (names > extent && unnamed < names)
        dialect->drop_names = names - extent < unnamed ? names - extent : unnamed;
    dialect->columns = names - dialect->drop_names - (names > table->first_cell ? table->first_cell : 0);
    if (dialect->drop_names == 1)
        dialect_note(dialect, 0.9, "the header ends in a delimiter, and the field behind it is always empty");
    else if (dialect->drop_names)
        dialect_note(dialect, 0.9, "the header ends in %zu delimiters, and the fields behind them are always empty",
                     dialect->drop_names);
    if (longer > 1 && longer * 10 >= dialect->records * 9)
        dialect_note(dialect, 0.95, "each row ends in a delimiter, the header does not");
    if (dialect->all_wrapped)
        dialect_note(dialect, 0.95, "the header is quoted whole, and so are %zu rows", dialect->wrapped);
    else if (dialect->wrapped)
        dialect_note(dialect, 0.95, "%zu row%s quoted whole", dialect->wrapped,
                     dialect->wrapped == 1 ? " is" : "s are");
}

void dialect_table(struct slice sample, const struct verdict *verdict, size_t first_cell, bool no_preamble,
                   struct dialect *dialect)
{
    struct table table = {.sample = sample, .verdict = verdict, .first_cell = first_cell};

    dialect->columns = 1;
    read_first_rows(&table);
    if (table.row_count == 0)
        return;
    size_t at = no_preamble ? 0 : find_header(&table, dialect);
    if (at == table.row_count)
        at--;
    const struct seen_row *header = &table.rows[at];
    const struct slice rows = {header->start, (size_t)(sample.ptr + sample.len - header->start)};
    if (at > 0) {
        dialect->skip_lines = header->line;
        if (dialect->skip_lines == 1)
            dialect_note(dialect, table.rows[0].sep ? 1 : 0.8, "the first line is no part of the table");
        else
            dialect_note(dialect, 0.8, "the first %llu lines are no part of the table",
                         (unsigned long long)dialect->skip_lines);
    }
    judge_rows(&table, rows, dialect);
    if (dialect->header_rows > 1)
        return;
    double confidence = dialect_no_header(rows, &verdict->syntax, first_cell);
    if (confidence > 0) {
        dialect->has_header = false;
        dialect->drop_names = 0;
        dialect->columns = header->cells;
        dialect->records++;
        dialect->consistent++;
        dialect_note(dialect, confidence, "there is no header: the first row is data like the others");
    }
}
