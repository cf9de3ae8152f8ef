/* The CSV and TSV reader: the number of fields, limits, and the columns that were selected. What a record is, is found
 * out in csv_row.c; what its columns are called, in csv_header.c; what an export may add to rows, in csv_lenient.c. */
#include <stdlib.h>
#include <string.h>

#include "stream/conversion.h"
#include "stream/csv_row.h"

static struct csv_state *state_of(struct reader *reader)
{
    return reader->state;
}

static enum read_result check_limits(struct reader *reader, const struct csv_row *row, struct bad_record *bad)
{
    if (row->len <= FIELD_LIMIT)
        return READ_RECORD;
    if (row->len > RECORD_LIMIT)
        return reader_bad(reader, bad, (struct slice){row->start, FIELD_LIMIT},
                          "a record longer than 16 MiB (its first 1 MiB is kept)");
    for (size_t i = 0; i < row->count; i++)
        if (csv_row_field(reader->state, row, i).len > FIELD_LIMIT)
            return reader_bad(reader, bad, (struct slice){row->start, row->len}, "field %zu is longer than 1 MiB",
                              i + 1);
    return READ_RECORD;
}

/* Without the place in front of it. */
static struct slice raw_of(const struct csv_state *state, const struct csv_row *row)
{
    struct slice raw = {row->start, row->len};
    const char *comma = state->placed ? memchr(raw.ptr, state->delimiter, raw.len) : NULL;

    return comma ? (struct slice){comma + 1, raw.len - (size_t)(comma + 1 - raw.ptr)} : raw;
}

/* A row that was bad before it was converted. */
static enum read_result bad_place(struct reader *reader, const struct csv_row *row, struct bad_record *bad)
{
    const struct csv_state *state = reader->state;
    struct slice reason = row->count > 1 ? csv_row_field(state, row, 1) : SLICE("a bad row");
    struct slice raw = row->count > 2 ? csv_row_field(state, row, 2) : SLICE("");

    return reader_bad(reader, bad, raw, "%.*s", reason.len < 256 ? (int)reason.len : 255, reason.ptr);
}

static void take_plain(struct reader *reader, const struct csv_row *row)
{
    for (size_t i = 0; i < reader->selected_count; i++)
        if (reader->selected[i] != COLUMN_ABSENT)
            reader->fields[i].text = csv_row_field(reader->state, row, reader->selected[i]);
}

/* Where fields may be missing, have blanks around them, or stand behind a place. */
static void take_adapted(struct reader *reader, const struct csv_row *row)
{
    const struct csv_state *state = reader->state;

    for (size_t i = 0; i < reader->selected_count; i++) {
        if (reader->selected[i] == COLUMN_ABSENT)
            continue;
        size_t field = reader->selected[i] + state->placed;
        reader->fields[i].text = field < row->count ? csv_row_text(state, row, field) : SLICE("");
    }
}

static enum read_result check_count(struct reader *reader, struct csv_row *row, struct bad_record *bad)
{
    const struct csv_state *state = reader->state;
    size_t count = row->count - state->placed;

    if (count == reader->name_count || row->accepted)
        return READ_RECORD;
    if (state->fill_short && count < reader->name_count) {
        row->accepted = true;
        reader->filled_short++;
        return READ_RECORD;
    }
    return reader_bad(reader, bad, raw_of(state, row), "%zu field%s, but the header has %zu", count,
                      count == 1 ? "" : "s", reader->name_count);
}

/* A row that csv_lenient() would leave as it is, as nearly all are. */
static bool is_common(const struct reader *reader, const struct csv_row *row)
{
    const struct csv_state *state = reader->state;
    char first = row->start[0];

    return row->count == reader->name_count && (unsigned char)first > ' ' && first != state->delimiter &&
           first != state->quote && (row->len < state->header.len || row->len > state->header.len + 3) &&
           csv_row_left(reader) >= FOOTER_BYTES && !state->placed;
}

/* The next row that is a record, or is bad. */
static enum read_result next_row(struct reader *reader, struct csv_row *row, struct bad_record *bad, struct error *err)
{
    struct csv_state *state = state_of(reader);
    enum read_result result;

    for (;;) {
        uint64_t line = reader->line;
        if (state->waits) {
            *row = state->waiting;
            state->waits = false;
            result = READ_RECORD;
        } else {
            result = csv_row_next(reader, row, bad, err);
        }
        if (result != READ_RECORD || !state->lenient_rows)
            return result;
        state->apart = state->apart_next || (reader->line > line && !state->placed);
        state->apart_next = false;
        if (is_common(reader, row))
            return READ_RECORD;
        switch (csv_lenient(reader, row, err)) {
        case CSV_ROW_RECORD:
            return READ_RECORD;
        case CSV_ROW_FAILED:
            return READ_FAILED;
        case CSV_ROW_NONE:
            reader->line += row->lines + 1;
            break;
        }
    }
}

static enum read_result csv_next(struct reader *reader, struct record *record, struct bad_record *bad,
                                 struct error *err)
{
    struct csv_state *state = state_of(reader);
    struct csv_row row;
    enum read_result result = next_row(reader, &row, bad, err);

    if (result != READ_RECORD)
        return result;
    reader->number++;
    bool bad_row = false;
    if (state->placed)
        reader->line = csv_row_place(&row, state, &bad_row);
    result = bad_row ? bad_place(reader, &row, bad) : check_limits(reader, &row, bad);
    if (result == READ_RECORD)
        result = check_count(reader, &row, bad);
    if (result == READ_RECORD) {
        if (row.accepted || state->trim || state->placed)
            take_adapted(reader, &row);
        else
            take_plain(reader, &row);
        *record = (struct record){reader->fields, reader->selected_count, raw_of(state, &row),
                                  reader->line,   reader->number,         0};
    }
    reader->line += row.lines + 1;
    return result;
}

static int csv_select(struct reader *reader, struct error *err)
{
    (void)err;
    for (size_t i = 0; i < reader->selected_count; i++)
        reader->fields[i] = (struct field){{"", 0}, reader->selected[i] == COLUMN_ABSENT ? FIELD_ABSENT : FIELD_TEXT};
    return 0;
}

static void csv_free_state(struct reader *reader)
{
    struct csv_state *state = state_of(reader);

    free(state->scan.offsets);
    free(state->scan.stops);
    csv_quoted_fini(&state->quoted);
    csv_quoted_fini(&state->inner);
    buffer_fini(&state->header);
    free(state);
}

static int csv_copy(struct reader *copy, const struct reader *reader, struct error *err);

static const struct reader_format csv_format = {
    .next = csv_next,
    .select = csv_select,
    .free = csv_free_state,
    .settle = csv_row_settle,
    .apart = csv_row_apart,
    .whole = csv_row_whole,
    .miscut = csv_row_miscut,
    .copy = csv_copy,
    .restart = csv_row_restart,
    .lines = csv_row_lines,
    .skip = csv_row_skip,
};

static int csv_copy(struct reader *copy, const struct reader *reader, struct error *err)
{
    const struct csv_state *from = reader->state;
    struct csv_state *state = malloc(sizeof *state);

    if (!state)
        return error_memory(err);
    *state = *from;
    state->scan = (struct scan){0};
    state->scan_capacity = 0;
    state->quoted = state->inner = (struct csv_quoted){0};
    buffer_init(&state->header);
    copy->state = state;
    copy->format = &csv_format;
    if (csv_quoted_init(&state->quoted, &from->quoted.syntax))
        return error_memory(err);
    for (size_t i = 0; i < reader->name_count; i++)
        if (reader_add_name(copy, reader->names[i], err))
            return -1;
    return 0;
}

int csv_reader_open(struct reader *reader, const struct reader_options *options, struct error *err)
{
    struct csv_state *state = calloc(1, sizeof *state);

    if (!state)
        return error_memory(err);
    reader->state = state;
    reader->format = &csv_format;
    state->scan_text = scan_choose();
    state->lenient = options->lenient_header;
    state->literal_quotes = options->literal_quotes;
    state->lenient_rows = options->lenient_rows;
    state->every_row = options->every_row;
    state->fill_short = options->fill_short;
    state->placed = options->placed;
    state->trim = options->trim;
    state->drop_names = options->drop_names;
    buffer_init(&state->header);
    state->delimiter = options->delimiter ? options->delimiter : ',';
    if (reader->kind == FORMAT_TSV)
        state->delimiter = '\t';
    state->quote = options->quote ? options->quote : '"';
    if (reader->kind == FORMAT_TSV || state->delimiter == ' ')
        state->quote = QUOTE_NONE;
    const struct csv_syntax syntax = {state->delimiter, state->quote == QUOTE_NONE ? '"' : state->quote,
                                      options->escape, options->trim};
    state->plain_quotes = state->quote != QUOTE_NONE && state->quote != state->delimiter && !syntax.trim &&
                          syntax.escape == ESCAPE_DOUBLED;
    if (csv_quoted_init(&state->quoted, &syntax))
        return error_memory(err);
    return csv_header_read(reader, options, err);
}
