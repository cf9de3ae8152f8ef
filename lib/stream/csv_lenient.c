/* Rows as spreadsheets and exports leave them: rows quoted whole, rows with empty fields too many, rows that are no
 * records. Each test begins with one that a common record fails, so that it costs next to nothing.
 *
 * What looks like a footer is one only when nothing but footers and blank rows follows it, and no more than five rows:
 * in the midst of a table such a row is a record, or bad, as the number of its fields says. */
#include <string.h>

#include "stream/conversion.h"
#include "stream/csv_row.h"
#include "stream/dialect_cut.h"
#include "stream/footer.h"

#define FOOTER_ROWS 5
#define END_OF_FILE '\x1a' /* what MS-DOS ended a text with */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

static bool is_empty(struct slice field)
{
    size_t i = 0;

    while (i < field.len && is_space(field.ptr[i]))
        i++;
    return i == field.len;
}

/* Whether all fields from `first` on are empty. */
static bool empty_from(const struct csv_state *state, const struct csv_row *row, size_t first)
{
    for (size_t i = first; i < row->count; i++)
        if (!is_empty(csv_row_field(state, row, i)))
            return false;
    return true;
}

static bool may_be_empty(const struct csv_state *state, const struct csv_row *row)
{
    char c = row->start[0];

    return c == state->delimiter || c == state->quote || is_space(c) || state->placed;
}

static bool equals_header(const struct csv_state *state, const struct csv_row *row)
{
    struct slice header = buffer_slice(&state->header);
    struct slice text = {row->start, row->len};

    if (text.len == header.len + 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0)
        text = (struct slice){text.ptr + 3, header.len}; /* files put behind each other */
    return header.len && slice_equal(text, header);
}

int csv_unwrap(struct reader *reader, struct csv_row *row, struct error *err)
{
    struct csv_state *state = reader->state;
    struct csv_quoted *inner = &state->inner;
    struct slice text;
    size_t used;

    if (row->count != 1)
        return 0;
    text = csv_row_field(state, row, 0);
    if (!memchr(text.ptr, state->delimiter, text.len))
        return 0;
    if (!inner->ready) {
        const struct csv_syntax syntax = {state->delimiter, state->quote, ESCAPE_DOUBLED, state->trim};
        if (csv_quoted_init(inner, &syntax))
            return error_memory(err);
    }
    switch (csv_quoted_feed(inner, text, true, &used)) {
    case CSV_OUTCOME_MEMORY:
        return error_memory(err);
    case CSV_OUTCOME_ROW:
        if (inner->rows != 1 || inner->parser.pstate ||
            (reader->name_count && inner->field_count != reader->name_count))
            break;
        row->quoted = inner;
        row->count = inner->field_count;
        return 1;
    default:
        break;
    }
    csv_quoted_reset(inner);
    return 0;
}

/* Whether what follows a row that looks like a footer allows that it is one: blank rows and `rows` at most like it. */
static bool only_footers(const struct reader *reader, struct slice ahead, size_t rows)
{
    const struct csv_state *state = reader->state;
    const struct csv_syntax syntax = {state->delimiter, state->quote, state->quoted.syntax.escape, state->trim};
    struct cutter cutter = {.text = ahead, .syntax = syntax};
    struct cut_row row;

    while (cut_next(&cutter, &row)) {
        struct footer_row shape = {.fields = row.count - state->placed};
        for (size_t i = state->placed; i < row.kept; i++)
            footer_add(&shape, row.cells[i].text);
        shape.ended = cutter.at < ahead.len || ahead.ptr[ahead.len - 1] == '\n' || ahead.ptr[ahead.len - 1] == '\r';
        shape.apart = true;
        if (shape.filled == 0)
            continue;
        if (rows-- == 0 || row.count > CUT_CELLS || !footer_like(&shape, reader->name_count))
            return false;
    }
    return true;
}

/* 1, 0, -1. */
static int is_footer(struct reader *reader, struct csv_row *row, struct error *err)
{
    const struct csv_state *state = reader->state;
    struct footer_row shape = {.fields = row->count - state->placed};
    struct slice ahead;

    for (size_t i = state->placed; i < row->count; i++)
        footer_add(&shape, csv_row_field(state, row, i));
    shape.ended = row->start + row->len < reader->source->data + reader->source->end;
    shape.apart = state->apart || reader->footers;
    if (!footer_like(&shape, reader->name_count))
        return 0;
    if (csv_row_peek(reader, row, FOOTER_BYTES, &ahead, err))
        return -1;
    return ahead.len < FOOTER_BYTES && only_footers(reader, ahead, FOOTER_ROWS - 1);
}

/* A row that is no record, by its bytes. */
static bool skip(struct reader *reader, const struct csv_row *row)
{
    struct csv_state *state = reader->state;

    if (reader->name_count < 2)
        return false;
    if (state->every_row)
        return row->len == 1 && row->start[0] == END_OF_FILE;
    if (may_be_empty(state, row) && empty_from(state, row, state->placed)) {
        reader->blank_records++;
        state->apart_next = true;
        return true;
    }
    if (row->len <= state->header.len + 3 && row->len >= state->header.len && equals_header(state, row)) {
        reader->repeated_headers++;
        return true;
    }
    return row->len == 1 && row->start[0] == END_OF_FILE;
}

enum csv_verdict csv_lenient(struct reader *reader, struct csv_row *row, struct error *err)
{
    struct csv_state *state = reader->state;
    size_t columns = reader->name_count + state->placed;

    if (state->placed && row->start[0] == CONVERSION_BAD)
        return CSV_ROW_RECORD;
    if (skip(reader, row))
        return CSV_ROW_NONE;
    if (row->count == 1 && columns > 1) {
        int unwrapped = csv_unwrap(reader, row, err);
        if (unwrapped < 0)
            return CSV_ROW_FAILED;
        reader->unwrapped += (uint64_t)unwrapped;
    }
    if (!state->every_row && csv_row_left(reader) < FOOTER_BYTES) {
        int footer = is_footer(reader, row, err);
        if (footer < 0)
            return CSV_ROW_FAILED;
        if (footer) {
            if (reader->footers++ == 0)
                reader->footer_line = state->placed ? csv_row_place(row, state, &(bool){false}) : reader->line;
            return CSV_ROW_NONE;
        }
    }
    if (row->count > columns && empty_from(state, row, columns)) {
        row->accepted = true;
        reader->surplus_empty += row->count > columns + state->drop_names;
    }
    return CSV_ROW_RECORD;
}
