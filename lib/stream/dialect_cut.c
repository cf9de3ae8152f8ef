/* Cutting a sample into rows and cells. Time is linear also where quotes are never closed: a later line that opens one
 * would have closed it, or made it malformed, and where it need not have (ESCAPE_NONE) it is known that nothing will.
 */
#include "stream/dialect_cut.h"

#include <string.h>

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_blank(const struct csv_syntax *syntax, char c)
{
    return c == ' ' || (c == '\t' && syntax->delimiter != '\t');
}

static void add_cell(struct cut_row *row, const char *begin, const char *end, bool quoted)
{
    if (row->kept < CUT_CELLS)
        row->cells[row->kept++] = (struct cut_cell){{begin, (size_t)(end - begin)}, quoted};
    row->count++;
    row->quoted += quoted;
}

/* Whether a cell may end at `at`: there, or behind blanks where these are trimmed, stands a delimiter or line end. */
static bool cell_ends(const struct cutter *cutter, const char **at)
{
    const char *end = cutter->text.ptr + cutter->text.len;
    const char *p = *at;

    while (cutter->syntax.trim && p < end && is_blank(&cutter->syntax, *p))
        p++;
    if (p < end && *p != cutter->syntax.delimiter && !is_line_end(*p))
        return false;
    *at = p;
    return true;
}

/* The closing quote of the cell whose text begins at `p`, with *behind what follows it; NULL when it is malformed. */
static const char *find_close(struct cutter *cutter, struct cut_row *row, const char *p, const char **behind)
{
    const struct csv_syntax *syntax = &cutter->syntax;
    const char *end = cutter->text.ptr + cutter->text.len;

    for (; p < end && !cutter->no_close; p++) {
        if (*p == '\\' && p + 1 < end && p[1] == syntax->quote) {
            row->backslashed = true;
            p += syntax->escape == ESCAPE_BACKSLASH;
        } else if (*p == '\\' && p + 1 < end && p[1] == '\\') {
            p += syntax->escape == ESCAPE_BACKSLASH;
        } else if (*p == syntax->quote) {
            *behind = p + 1;
            if (syntax->escape != ESCAPE_NONE && p + 1 < end && p[1] == syntax->quote) {
                row->doubled = true;
                p++;
            } else if (cell_ends(cutter, behind)) {
                return p;
            } else if (syntax->escape != ESCAPE_NONE) {
                return NULL;
            }
        }
    }
    cutter->no_close = syntax->escape == ESCAPE_NONE;
    return NULL;
}

/* The rest of the line, cut at the delimiters whatever its quotes. */
static const char *cut_plain(const struct cutter *cutter, struct cut_row *row, const char *p)
{
    const char *end = cutter->text.ptr + cutter->text.len;
    const char *begin = p;

    for (; p < end && !is_line_end(*p); p++)
        if (*p == cutter->syntax.delimiter) {
            add_cell(row, begin, p, false);
            begin = p + 1;
        }
    add_cell(row, begin, p, false);
    return p;
}

static const char *cut_words(const struct cutter *cutter, struct cut_row *row, const char *p)
{
    const char *end = cutter->text.ptr + cutter->text.len;

    while (p < end && !is_line_end(*p)) {
        while (p < end && (*p == ' ' || *p == '\t'))
            p++;
        const char *begin = p;
        while (p < end && !is_line_end(*p) && *p != ' ' && *p != '\t')
            p++;
        if (p > begin)
            add_cell(row, begin, p, false);
    }
    return p;
}

static const char *cut_cells(struct cutter *cutter, struct cut_row *row, const char *p)
{
    const struct csv_syntax *syntax = &cutter->syntax;
    const char *start = p;
    const char *end = cutter->text.ptr + cutter->text.len;

    for (;;) {
        const char *begin = p;
        const char *behind;
        while (syntax->trim && begin < end && is_blank(syntax, *begin))
            begin++;
        if (begin < end && *begin == syntax->quote && syntax->quote != QUOTE_NONE) {
            const char *close = find_close(cutter, row, begin + 1, &behind);
            if (!close) {
                row->count = row->kept = row->quoted = 0;
                row->malformed = true;
                return cut_plain(cutter, row, start);
            }
            add_cell(row, begin + 1, close, true);
            p = behind;
        } else {
            while (p < end && *p != syntax->delimiter && !is_line_end(*p))
                p++;
            add_cell(row, begin < p ? begin : p, p, false);
        }
        if (p == end || is_line_end(*p))
            return p;
        p++;
    }
}

/* Line ends in text: LF, CR LF and a lone CR each count once. */
static uint64_t count_lines(const char *p, const char *end)
{
    uint64_t lines = 0;

    for (; p < end; p++)
        lines += *p == '\n' || (*p == '\r' && !(p + 1 < end && p[1] == '\n'));
    return lines;
}

static const char *skip_line_end(const char *p, const char *end)
{
    if (p < end && *p == '\r' && p + 1 < end && p[1] == '\n')
        return p + 2;
    return p < end ? p + 1 : p;
}

bool cut_next(struct cutter *cutter, struct cut_row *row)
{
    const char *p = cutter->text.ptr + cutter->at;
    const char *end = cutter->text.ptr + cutter->text.len;
    uint64_t blank = 0;

    for (; p < end && is_line_end(*p); p = skip_line_end(p, end))
        blank++;
    cutter->line += blank;
    cutter->at = (size_t)(p - cutter->text.ptr);
    if (p == end)
        return false;
    row->count = row->kept = row->quoted = 0;
    row->malformed = row->doubled = row->backslashed = false;
    row->apart = blank > 0;
    row->line = cutter->line;
    row->raw.ptr = p;
    p = cutter->syntax.delimiter == ' ' ? cut_words(cutter, row, p) : cut_cells(cutter, row, p);
    row->raw.len = (size_t)(p - row->raw.ptr);
    cutter->line += (row->quoted ? count_lines(row->raw.ptr, p) : 0) + (p < end);
    cutter->at = (size_t)(skip_line_end(p, end) - cutter->text.ptr);
    return true;
}

bool cut_wrapped(const struct cut_row *row, const struct csv_syntax *syntax, char text[CUT_WRAPPED],
                 struct cut_row *inner)
{
    struct cutter cutter = {.syntax = *syntax};
    struct slice cell;
    size_t len = 0;

    if (row->count != 1 || !row->cells[0].quoted || row->cells[0].text.len > CUT_WRAPPED)
        return false;
    cell = row->cells[0].text;
    for (size_t i = 0; i < cell.len; i++) {
        text[len++] = cell.ptr[i];
        i += cell.ptr[i] == syntax->quote && i + 1 < cell.len && cell.ptr[i + 1] == syntax->quote;
    }
    cutter.text = (struct slice){text, len};
    return cut_next(&cutter, inner) && cutter.at == len && !inner->malformed;
}
