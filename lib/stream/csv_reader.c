/* The CSV and TSV reader: the header, the number of fields, limits, and the columns that were selected. What a record
 * is, is found out in csv_row.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
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

static enum read_result csv_next(struct reader *reader, struct record *record, struct bad_record *bad,
                                 struct error *err)
{
    struct csv_state *state = state_of(reader);
    struct csv_row row;
    enum read_result result = csv_row_next(reader, &row, bad, err);

    if (result != READ_RECORD)
        return result;
    reader->number++;
    result = check_limits(reader, &row, bad);
    if (result == READ_RECORD && row.count != reader->name_count)
        result = reader_bad(reader, bad, (struct slice){row.start, row.len}, "%zu field%s, but the header has %zu",
                            row.count, row.count == 1 ? "" : "s", reader->name_count);
    if (result == READ_RECORD) {
        for (size_t i = 0; i < reader->selected_count; i++)
            if (reader->selected[i] != COLUMN_ABSENT)
                reader->fields[i].text = csv_row_field(state, &row, reader->selected[i]);
        *record = (struct record){reader->fields, reader->selected_count, {row.start, row.len},
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
    free(state);
}

/* A name of the header that is taken: its column, and the first number that may make another of it unique. */
struct taken_name {
    size_t column;
    size_t number;
};

/* Adds a name that is not taken. */
static int add_name(struct reader *reader, struct group_table *taken, struct slice name, struct error *err)
{
    bool added;
    struct taken_name *mine = group_get(taken, name, &added);

    if (!mine)
        return error_memory(err);
    *mine = (struct taken_name){reader->name_count, 2};
    return reader_add_name(reader, name, err);
}

/* An empty name becomes column_3; a repeated one gets the first of _2, _3, ... that is free. */
static int add_lenient(struct reader *reader, struct group_table *taken, struct slice name, struct error *err)
{
    char column[32];
    struct buffer unique;
    int failed = 0;

    if (name.len == 0)
        name = (struct slice){column, (size_t)snprintf(column, sizeof column, "column_%zu", reader->name_count + 1)};
    struct taken_name *first = group_find(taken, name);
    if (!first)
        return add_name(reader, taken, name, err);
    buffer_init(&unique);
    do {
        buffer_clear(&unique);
        failed = buffer_append(&unique, name) || buffer_printf(&unique, "_%zu", first->number++);
    } while (!failed && group_find(taken, buffer_slice(&unique)));
    failed = failed ? error_memory(err) : add_name(reader, taken, buffer_slice(&unique), err);
    buffer_fini(&unique);
    return failed;
}

static int add_strict(struct reader *reader, struct group_table *taken, struct slice name, struct error *err)
{
    const char *input = reader->source->name;
    struct quote q;
    const struct taken_name *other = group_find(taken, name);

    if (name.len == 0)
        return error_set(err, STATUS_DATA, "%s:%llu: column %zu has no name in the header; crm-import gives it one",
                         input, (unsigned long long)reader->line, reader->name_count + 1);
    if (other)
        return error_set(
            err, STATUS_DATA,
            "%s:%llu: the header has the name '%s' twice, columns %zu and %zu; crm-import tells them apart", input,
            (unsigned long long)reader->line, quote(&q, name), other->column + 1, reader->name_count + 1);
    return add_name(reader, taken, name, err);
}

static int add_names(struct reader *reader, const struct csv_row *row, struct error *err)
{
    const struct csv_state *state = state_of(reader);
    struct group_table taken;
    int failed = 0;

    group_init(&taken, sizeof(struct taken_name));
    for (size_t i = 0; i < row->count && !failed; i++) {
        struct slice name = csv_row_field(state, row, i);
        if (memchr(name.ptr, '\0', name.len))
            failed = error_set(err, STATUS_DATA,
                               "%s:%llu: the header holds NUL bytes; if it is UTF-16 or UTF-32, convert it first: "
                               "iconv -f UTF-16LE -t UTF-8",
                               reader->source->name, (unsigned long long)reader->line);
        else if (state->lenient)
            failed = add_lenient(reader, &taken, name, err);
        else
            failed = add_strict(reader, &taken, name, err);
    }
    group_fini(&taken);
    return failed;
}

static int read_header(struct reader *reader, struct error *err)
{
    struct csv_row row;
    struct bad_record bad = {0};

    switch (csv_row_next(reader, &row, &bad, err)) {
    case READ_END:
        return 0;
    case READ_FAILED:
        return -1;
    case READ_BAD:
        return error_set(err, STATUS_DATA, "%s:%llu: the header: %s", reader->source->name,
                         (unsigned long long)bad.line, bad.reason);
    case READ_RECORD:
        break;
    }
    if (add_names(reader, &row, err))
        return -1;
    reader->line += row.lines + 1;
    return 0;
}

static const struct reader_format csv_format = {csv_next, csv_select, csv_free_state};

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
    state->delimiter = options->delimiter ? options->delimiter : ',';
    if (reader->kind == FORMAT_TSV)
        state->delimiter = '\t';
    state->quote = reader->kind == FORMAT_TSV || state->delimiter == ' ' ? '\n' : '"';
    if (csv_quoted_init(&state->quoted, state->delimiter))
        return error_memory(err);
    return read_header(reader, err);
}
