/* The table: columns aligned for people.
 *
 * The first rows are held back to find the widths and how the table fits the terminal (table_fit.h); rows after them
 * are written at once with the widths found, and one that is wider pushes its neighbours aside: nothing is cut. Text is
 * made safe for the terminal on the way in (value/display.h). */
#include "stream/writer.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "stream/shade.h"
#include "stream/table_fit.h"
#include "stream/writer_format.h"
#include "value/display.h"

#define HELD_ROWS 1000
#define HELD_BYTES ((size_t)64 << 20)

struct cell {
    size_t offset; /* in text */
    size_t length;
    size_t width; /* columns on the terminal */
    double share; /* for its colours; NAN: it has none */
};

struct table_state {
    struct table_column *columns;
    struct buffer text; /* of the rows held */
    struct cell *cells;
    size_t cell_count;
    size_t cell_capacity;
    struct buffer line;
    bool measured; /* the widths and the layout are settled */
    enum table_layout layout;
    uint64_t shown; /* records written upright */
};

static size_t skip_digits(struct slice text, size_t i)
{
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
        i++;
    return i;
}

/* [+-] digits [. digits] [e [+-] digits] */
static bool looks_like_number(struct slice text)
{
    size_t i = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+') ? 1 : 0;
    size_t begin = i;

    i = skip_digits(text, i);
    if (i == begin)
        return false;
    if (i < text.len && text.ptr[i] == '.') {
        begin = ++i;
        i = skip_digits(text, i);
        if (i == begin)
            return false;
    }
    if (i < text.len && (text.ptr[i] == 'e' || text.ptr[i] == 'E')) {
        i++;
        if (i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+'))
            i++;
        begin = i;
        i = skip_digits(text, i);
        if (i == begin)
            return false;
    }
    return i == text.len;
}

static int table_start(struct writer *writer, struct error *err)
{
    struct table_state *state = arena_alloc(&writer->arena, sizeof *state);
    struct table_column *columns = arena_alloc(&writer->arena, writer->count * sizeof *columns);

    if (!state || !columns)
        return error_memory(err);
    *state = (struct table_state){.columns = columns};
    writer->state = state;
    for (size_t i = 0; i < writer->count; i++) {
        columns[i] = (struct table_column){0};
        buffer_clear(&state->line);
        if (display_append(&state->line, writer->names[i], &columns[i].name_width))
            return error_memory(err);
        columns[i].name.ptr = arena_copy(&writer->arena, buffer_slice(&state->line));
        columns[i].name.len = state->line.len;
        if (!columns[i].name.ptr)
            return error_memory(err);
    }
    return 0;
}

static void table_free(struct writer *writer)
{
    struct table_state *state = writer->state;

    buffer_fini(&state->text);
    buffer_fini(&state->line);
    free(state->cells);
}

static int put_blanks(struct buffer *line, size_t count)
{
    if (buffer_reserve(line, count))
        return -1;
    if (count)
        memset(line->data + line->len, ' ', count);
    line->len += count;
    return 0;
}

/* The colours cover the whole width, the blanks before a number too, so that neighbours make an even surface. */
static int put_shaded(struct buffer *line, struct slice text, size_t before, size_t after, double share)
{
    const struct shade_colors colors = shade_colors(share);

    return buffer_printf(line, "\033[48;5;%d;38;5;%dm", (int)colors.background, (int)colors.foreground) ||
           put_blanks(line, before) || buffer_append(line, text) || put_blanks(line, after) ||
           buffer_append(line, SLICE("\033[0m"));
}

/* Adds a cell to the line. *owed are the blanks that stand before it, written only when something follows. */
static int put_cell(struct buffer *line, const struct table_column *column, struct slice text, size_t width,
                    double share, size_t *owed)
{
    const size_t pad = width < column->width ? column->width - width : 0;
    const bool right = column->filled && !column->text;

    if (!isnan(share)) {
        if (put_blanks(line, *owed) || put_shaded(line, text, right ? pad : 0, right ? 0 : pad, share))
            return -1;
        *owed = TABLE_GAP;
        return 0;
    }
    if (right)
        *owed += pad;
    if (text.len) {
        if (put_blanks(line, *owed) || buffer_append(line, text))
            return -1;
        *owed = 0;
    }
    *owed += right ? TABLE_GAP : pad + TABLE_GAP;
    return 0;
}

static int write_line(struct writer *writer, struct error *err)
{
    struct table_state *state = writer->state;

    if (buffer_append_char(&state->line, '\n'))
        return error_memory(err);
    return sink_write(writer->sink, buffer_slice(&state->line), err);
}

/* Columns that stand beside each other: the first of the table, if it leads this part too, and those from first up to
 * end. */
struct part {
    size_t first, end;
    bool lead;
};

/* The column at a place of the part, or part->end behind the last. */
static size_t part_column(const struct part *part, size_t place)
{
    return part->lead ? (place == 0 ? 0 : part->first + place - 1) : part->first + place;
}

static struct slice cell_text(const struct table_state *state, const struct cell *cell)
{
    return (struct slice){buffer_slice(&state->text).ptr + cell->offset, cell->length};
}

static int write_row(struct writer *writer, const struct part *part, const struct cell *cells, struct error *err)
{
    struct table_state *state = writer->state;
    size_t owed = 0;

    buffer_clear(&state->line);
    for (size_t place = 0, i; (i = part_column(part, place)) < part->end; place++)
        if (put_cell(&state->line, &state->columns[i], cell_text(state, &cells[i]), cells[i].width, cells[i].share,
                     &owed))
            return error_memory(err);
    return write_line(writer, err);
}

static size_t count_lines(const struct table_column *column)
{
    struct slice name = column->name;
    size_t lines = 1;

    for (table_fold(&name, column->width); name.len; table_fold(&name, column->width))
        lines++;
    return lines;
}

/* The line of a name that stands so many lines above the last of the header. */
static struct slice heading_line(const struct table_column *column, size_t above)
{
    struct slice name = column->name;
    size_t lines = count_lines(column);
    struct slice line = SLICE("");

    for (; lines > above; lines--)
        line = table_fold(&name, column->width);
    return line;
}

static int write_header(struct writer *writer, const struct part *part, struct error *err)
{
    struct table_state *state = writer->state;
    size_t lines = 0;

    for (size_t place = 0, i; (i = part_column(part, place)) < part->end; place++) {
        const size_t own = count_lines(&state->columns[i]);
        lines = own > lines ? own : lines;
    }
    while (lines--) {
        size_t owed = 0;
        buffer_clear(&state->line);
        for (size_t place = 0, i; (i = part_column(part, place)) < part->end; place++) {
            const struct table_column *column = &state->columns[i];
            const struct slice text = count_lines(column) > lines ? heading_line(column, lines) : SLICE("");
            if (put_cell(&state->line, column, text, display_width(text), NAN, &owed))
                return error_memory(err);
        }
        if (write_line(writer, err))
            return -1;
    }
    return 0;
}

/* The rows held; headers stand above the first of all, and above each part. */
static int write_rows(struct writer *writer, bool begin, struct error *err)
{
    struct table_state *state = writer->state;

    for (struct part part = {0}; part.first < writer->count; part.first = part.end) {
        part.end = table_part_end(state->columns, writer->count, part.first, writer->fit, &part.lead);
        if ((part.first && sink_write(writer->sink, SLICE("\n"), err)) || (begin && write_header(writer, &part, err)))
            return -1;
        for (size_t i = 0; i < state->cell_count; i += writer->count)
            if (write_row(writer, &part, state->cells + i, err))
                return -1;
    }
    return 0;
}

static int write_upright(struct writer *writer, const struct cell *cells, struct error *err)
{
    struct table_state *state = writer->state;
    size_t width = 0;

    buffer_clear(&state->line);
    if (buffer_printf(&state->line, "-- %" PRIu64 " --", ++state->shown))
        return error_memory(err);
    for (size_t i = 0; i < writer->count; i++)
        width = state->columns[i].name_width > width ? state->columns[i].name_width : width;
    for (size_t i = 0; i < writer->count; i++) {
        const struct table_column *column = &state->columns[i];
        const struct slice text = cell_text(state, &cells[i]);
        if (buffer_append_char(&state->line, '\n') || buffer_append(&state->line, column->name) ||
            (text.len &&
             (put_blanks(&state->line, width - column->name_width + TABLE_GAP) || buffer_append(&state->line, text))))
            return error_memory(err);
    }
    return write_line(writer, err);
}

static void measure(struct table_state *state, size_t count)
{
    for (size_t i = 0; i < state->cell_count; i++) {
        struct table_column *column = &state->columns[i % count];
        if (state->cells[i].width > column->cell_width)
            column->cell_width = state->cells[i].width;
    }
}

/* Writes the rows held, the header before them if it is due. */
static int write_held(struct writer *writer, struct error *err)
{
    struct table_state *state = writer->state;
    const bool begin = !state->measured;

    if (writer->count == 0)
        return 0;
    if (begin) {
        measure(state, writer->count);
        state->layout = table_fit(state->columns, writer->count, state->cell_count / writer->count, writer->fit);
        state->measured = true;
    }
    if (state->layout == TABLE_ROWS && write_rows(writer, begin, err))
        return -1;
    for (size_t i = 0; state->layout == TABLE_UPRIGHT && i < state->cell_count; i += writer->count)
        if (write_upright(writer, state->cells + i, err))
            return -1;
    state->cell_count = 0;
    buffer_clear(&state->text);
    return 0;
}

static int hold(struct writer *writer, const struct field *fields, struct error *err)
{
    struct table_state *state = writer->state;
    const size_t text_before = state->text.len;

    if (ARRAY_GROW(state->cells, state->cell_capacity, state->cell_count + writer->count))
        return error_memory(err);
    for (size_t i = 0; i < writer->count; i++) {
        struct cell *cell = &state->cells[state->cell_count + i];
        *cell = (struct cell){.offset = state->text.len, .share = writer->shares ? writer->shares[i] : NAN};
        if (display_append(&state->text, field_shown(&fields[i]), &cell->width)) {
            state->text.len = text_before;
            return error_memory(err);
        }
        cell->length = state->text.len - cell->offset;
    }
    for (size_t i = 0; i < writer->count && !state->measured; i++) {
        const struct slice text = field_shown(&fields[i]);
        state->columns[i].filled |= text.len > 0;
        state->columns[i].text |= text.len > 0 && fields[i].kind != FIELD_NUMBER && !looks_like_number(text);
    }
    state->cell_count += writer->count;
    return 0;
}

static int table_put(struct writer *writer, const struct field *fields, struct error *err)
{
    const struct table_state *state = writer->state;

    if (writer->count == 0)
        return error_set(err, STATUS_DATA, "a record without columns cannot be written as a table; use --to jsonl");
    if (hold(writer, fields, err))
        return -1;
    if (!state->measured && writer->records + 1 < HELD_ROWS &&
        state->text.len + state->cell_count * sizeof *state->cells < HELD_BYTES)
        return 0;
    return write_held(writer, err);
}

const struct writer_format table_writer = {
    .start = table_start, .put = table_put, .finish = write_held, .free = table_free};
