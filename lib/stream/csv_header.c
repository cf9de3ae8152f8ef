/* The header of CSV: the names of the columns. Strict, an empty or repeated name is an error; lenient, it gets one of
 * its own. A table may have no header, or one of several rows whose parts are joined. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "stream/conversion.h"
#include "stream/csv_row.h"

/* A name of the header that is taken: its column, and the first number that may make another of it unique. */
struct taken_name {
    size_t column;
    size_t number;
};

struct header {
    struct reader *reader;
    struct csv_state *state;
    struct group_table taken;
    struct buffer *parts; /* of each column's name so far, where the header has several rows */
    size_t part_count;
    size_t part_capacity;
};

/* Adds a name that is not taken. */
static int add_name(struct header *header, struct slice name, struct error *err)
{
    bool added;
    struct taken_name *mine = group_get(&header->taken, name, &added);

    if (!mine)
        return error_memory(err);
    *mine = (struct taken_name){header->reader->name_count, 2};
    return reader_add_name(header->reader, name, err);
}

/* An empty name becomes column_3; a repeated one gets the first of _2, _3, ... that is free. */
static int add_lenient(struct header *header, struct slice name, struct error *err)
{
    char column[32];
    struct buffer unique;
    int failed = 0;

    if (name.len == 0)
        name = (struct slice){column,
                              (size_t)snprintf(column, sizeof column, "column_%zu", header->reader->name_count + 1)};
    struct taken_name *first = group_find(&header->taken, name);
    if (!first)
        return add_name(header, name, err);
    buffer_init(&unique);
    do {
        buffer_clear(&unique);
        failed = buffer_append(&unique, name) || buffer_printf(&unique, "_%zu", first->number++);
    } while (!failed && group_find(&header->taken, buffer_slice(&unique)));
    failed = failed ? error_memory(err) : add_name(header, buffer_slice(&unique), err);
    buffer_fini(&unique);
    return failed;
}

static int add_strict(struct header *header, struct slice name, struct error *err)
{
    const struct reader *reader = header->reader;
    const char *input = reader->source->name;
    struct quote q;
    const struct taken_name *other = group_find(&header->taken, name);

    if (name.len == 0)
        return error_set(err, STATUS_DATA, "%s:%llu: column %zu has no name in the header; crm-import gives it one",
                         input, (unsigned long long)reader->line, reader->name_count + 1);
    if (other)
        return error_set(
            err, STATUS_DATA,
            "%s:%llu: the header has the name '%s' twice, columns %zu and %zu; crm-import tells them apart", input,
            (unsigned long long)reader->line, quote(&q, name), other->column + 1, reader->name_count + 1);
    return add_name(header, name, err);
}

static int add(struct header *header, struct slice name, struct error *err)
{
    if (memchr(name.ptr, '\0', name.len))
        return error_set(err, STATUS_DATA,
                         "%s:%llu: the header holds NUL bytes; if it is UTF-16 or UTF-32, convert it first: "
                         "iconv -f UTF-16LE -t UTF-8",
                         header->reader->source->name, (unsigned long long)header->reader->line);
    return header->state->lenient ? add_lenient(header, name, err) : add_strict(header, name, err);
}

/* A row above the last one of the header. Where cells were merged only the first of them has the text. */
static int add_parts(struct header *header, const struct csv_row *row, struct error *err)
{
    const struct csv_state *state = header->state;
    struct slice merged = {"", 0};

    for (size_t i = state->placed; i < row->count; i++) {
        struct slice part = slice_trim(csv_row_text(state, row, i));
        size_t column = i - state->placed;
        if (part.len)
            merged = part;
        if (ARRAY_GROW(header->parts, header->part_capacity, column + 1))
            return error_memory(err);
        if (column == header->part_count)
            buffer_init(&header->parts[header->part_count++]);
        struct buffer *name = &header->parts[column];
        if ((name->len && merged.len && buffer_append_char(name, ' ')) || buffer_append(name, merged))
            return error_memory(err);
    }
    return 0;
}

static int add_joined(struct header *header, size_t column, struct slice name, struct error *err)
{
    struct buffer *parts = &header->parts[column];

    if ((parts->len && name.len && buffer_append_char(parts, ' ')) || buffer_append(parts, name))
        return error_memory(err);
    return add(header, buffer_slice(parts), err);
}

/* How many fields of the row are names; those left out stand at its end and are empty. */
static size_t count_names(const struct csv_state *state, const struct csv_row *row, size_t drop)
{
    size_t count = row->count;

    while (drop-- && count > (size_t)state->placed + 1 && csv_row_text(state, row, count - 1).len == 0)
        count--;
    return count;
}

static int add_names(struct header *header, const struct csv_row *row, const struct reader_options *options,
                     struct error *err)
{
    const struct csv_state *state = header->state;
    size_t count = options->no_header ? row->count : count_names(state, row, options->drop_names);

    for (size_t i = state->placed; i < count; i++) {
        struct slice name = csv_row_text(state, row, i);
        size_t column = i - state->placed;
        int failed;
        if (options->no_header)
            failed = add_lenient(header, (struct slice){"", 0}, err);
        else if (column < header->part_count)
            failed = add_joined(header, column, name, err);
        else
            failed = add(header, name, err);
        if (failed)
            return -1;
    }
    return 0;
}

uint64_t csv_row_place(const struct csv_row *row, const struct csv_state *state, bool *bad)
{
    struct slice text = csv_row_field(state, row, 0);
    uint64_t place = 0;
    size_t i = 0;

    *bad = text.len && text.ptr[0] == CONVERSION_BAD;
    for (i += *bad; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
        place = place * 10 + (uint64_t)(text.ptr[i] - '0');
    return place;
}

/* The next row of the header. 1, 0 at the end, -1. */
static int next_row(struct header *header, struct csv_row *row, struct error *err)
{
    struct reader *reader = header->reader;
    struct bad_record record = {0};
    bool bad = false;

    switch (csv_row_next(reader, row, &record, err)) {
    case READ_END:
        return 0;
    case READ_FAILED:
        return -1;
    case READ_BAD:
        return error_set(err, STATUS_DATA, "%s:%llu: the header: %s", reader->source->name,
                         (unsigned long long)record.line, record.reason);
    case READ_RECORD:
        break;
    }
    if (header->state->lenient_rows && csv_unwrap(reader, row, err) < 0)
        return -1;
    if (header->state->placed) {
        reader->line = csv_row_place(row, header->state, &bad);
        if (bad)
            return error_set(err, STATUS_DATA, "%s:%llu: the header: %.*s", reader->source->name,
                             (unsigned long long)reader->line,
                             SLICE_ARG(row->count > 1 ? csv_row_field(header->state, row, 1) : SLICE("")));
    }
    return 1;
}

static int read_rows(struct header *header, const struct reader_options *options, struct error *err)
{
    struct csv_state *state = header->state;
    struct csv_row row;
    int more = next_row(header, &row, err);

    for (size_t i = 1; more > 0 && i < options->header_rows; i++) {
        if (add_parts(header, &row, err))
            return -1;
        header->reader->line += row.lines + 1;
        more = next_row(header, &row, err);
    }
    if (more <= 0)
        return more;
    if (add_names(header, &row, options, err))
        return -1;
    if (options->no_header) {
        state->waiting = row;
        state->waits = true;
        return 0;
    }
    header->reader->line += row.lines + 1;
    if (state->lenient_rows && buffer_append(&state->header, (struct slice){row.start, row.len}))
        return error_memory(err);
    return 0;
}

int csv_header_read(struct reader *reader, const struct reader_options *options, struct error *err)
{
    struct header header = {.reader = reader, .state = reader->state};

    if (csv_row_skip_lines(reader, options->skip_lines, err))
        return -1;
    group_init(&header.taken, sizeof(struct taken_name));
    int failed = read_rows(&header, options, err);
    group_fini(&header.taken);
    for (size_t i = 0; i < header.part_count; i++)
        buffer_fini(&header.parts[i]);
    free(header.parts);
    return failed;
}
