/* Reader: what the formats share. Detection by the first non-blank byte, the list of columns, the selection. */
#include "stream/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define FEW_NAMES 64 /* are compared one by one */

/* The first byte that is not blank, or 0 when there is none in the first RECORD_LIMIT bytes. Takes nothing. */
static int first_byte(struct source *source, char *first, struct error *err)
{
    size_t at = 0;

    *first = '\0';
    for (;;) {
        if (source_peek(source, at + 1, err))
            return -1;
        if (source->end - source->begin <= at || at >= RECORD_LIMIT)
            return 0;
        char c = source->data[source->begin + at++];
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            *first = c;
            return 0;
        }
    }
}

int reader_open(struct reader **out, struct source *source, const struct reader_options *options, struct error *err)
{
    struct reader *reader = calloc(1, sizeof *reader);
    char first;
    int failed;

    if (!reader)
        return error_memory(err);
    reader->source = source;
    reader->line = 1;
    arena_init(&reader->names_arena);
    if (source_check_start(source, err) || first_byte(source, &first, err)) {
        reader_free(reader);
        return -1;
    }
    enum format format = options->format;
    if (format == FORMAT_AUTO)
        format = first == '{' || first == '[' ? FORMAT_JSON : FORMAT_CSV;
    reader->kind = format;
    if (format == FORMAT_JSON || format == FORMAT_JSONL)
        failed = json_reader_open(reader, options, err);
    else
        failed = csv_reader_open(reader, options, err);
    if (failed) {
        reader_free(reader);
        return -1;
    }
    *out = reader;
    return 0;
}

void reader_free(struct reader *reader)
{
    if (!reader)
        return;
    if (reader->format)
        reader->format->free(reader);
    arena_fini(&reader->names_arena);
    if (reader->index)
        group_fini(reader->index);
    free(reader->index);
    free(reader->names);
    free(reader->selected);
    free(reader->fields);
    free(reader);
}

int reader_add_name(struct reader *reader, struct slice name, struct error *err)
{
    char *copy = arena_copy(&reader->names_arena, name);

    if (!copy || ARRAY_GROW(reader->names, reader->name_capacity, reader->name_count + 1))
        return error_memory(err);
    reader->names[reader->name_count++] = (struct slice){copy, name.len};
    return 0;
}

/* Brings the index up to the names there are: for JSON they become more while it is read. The first of equal names is
 * the one found. */
static int index_names(struct reader *reader, struct error *err)
{
    if (!reader->index) {
        reader->index = malloc(sizeof *reader->index);
        if (!reader->index)
            return error_memory(err);
        group_init(reader->index, sizeof(size_t));
    }
    for (; reader->indexed < reader->name_count; reader->indexed++) {
        bool added;
        size_t *column = group_get(reader->index, reader->names[reader->indexed], &added);
        if (!column)
            return error_memory(err);
        if (added)
            *column = reader->indexed;
    }
    return 0;
}

int reader_find(struct reader *reader, struct slice name, size_t *column, struct error *err)
{
    *column = COLUMN_ABSENT;
    if (reader->name_count <= FEW_NAMES) {
        for (size_t i = 0; i < reader->name_count && *column == COLUMN_ABSENT; i++)
            if (slice_equal(reader->names[i], name))
                *column = i;
    } else if (index_names(reader, err)) {
        return -1;
    } else {
        const size_t *found = group_find(reader->index, name);
        if (found)
            *column = *found;
    }
    if (*column != COLUMN_ABSENT)
        return 0;
    if (name.len > 1 && name.len < 8 && name.ptr[0] == '#') {
        size_t number = 0;
        for (size_t i = 1; i < name.len; i++) {
            if (name.ptr[i] < '0' || name.ptr[i] > '9')
                return 0;
            number = number * 10 + (size_t)(name.ptr[i] - '0');
        }
        if (number >= 1 && number <= reader->name_count)
            *column = number - 1;
        return 0;
    }
    if (name.len > 1 && name.ptr[0] == '.' && (reader->kind == FORMAT_JSON || reader->kind == FORMAT_JSONL))
        return json_reader_add_path(reader, name, column, err);
    return 0;
}

int reader_select(struct reader *reader, const size_t *columns, size_t count, struct error *err)
{
    size_t *selected = calloc(count ? count : 1, sizeof *selected);
    struct field *fields = calloc(count ? count : 1, sizeof *fields);

    if (!selected || !fields) {
        free(selected);
        free(fields);
        return error_memory(err);
    }
    if (count)
        memcpy(selected, columns, count * sizeof *selected);
    free(reader->selected);
    free(reader->fields);
    reader->selected = selected;
    reader->fields = fields;
    reader->selected_count = count;
    return reader->format->select(reader, err);
}

static int select_all(struct reader *reader, struct error *err)
{
    size_t *all = malloc((reader->name_count + 1) * sizeof *all);

    if (!all)
        return error_memory(err);
    for (size_t i = 0; i < reader->name_count; i++)
        all[i] = i;
    reader->everything = true;
    int failed = reader_select(reader, all, reader->name_count, err);
    free(all);
    return failed;
}

enum read_result reader_next(struct reader *reader, struct record *record, struct bad_record *bad, struct error *err)
{
    if (!reader->selected && select_all(reader, err))
        return READ_FAILED;
    return reader->format->next(reader, record, bad, err);
}

enum read_result reader_bad(struct reader *reader, struct bad_record *bad, struct slice raw, const char *format, ...)
{
    va_list args;

    bad->line = reader->line;
    bad->number = reader->number;
    bad->column = (struct slice){"", 0};
    bad->raw = raw;
    va_start(args, format);
    vsnprintf(bad->reason, sizeof bad->reason, format, args);
    va_end(args);
    return READ_BAD;
}

/* ---- stretches ---- */

bool reader_apart(const struct reader *reader)
{
    return reader->format->apart(reader);
}

bool reader_settle(struct reader *reader)
{
    return reader->format->settle(reader);
}

size_t reader_whole(const struct reader *reader, struct slice window)
{
    return reader->format->whole(reader, window);
}

bool reader_miscut(const struct reader *reader)
{
    return reader->format->miscut(reader);
}

void reader_restart(struct reader *copy)
{
    copy->line = 1;
    copy->number = copy->literal_quotes = copy->filled_short = copy->scanned = 0;
    copy->format->restart(copy);
}

int reader_copy(struct reader **out, const struct reader *reader, struct source *source, struct error *err)
{
    struct reader *copy = calloc(1, sizeof *copy);

    if (!copy)
        return error_memory(err);
    copy->source = source;
    copy->kind = reader->kind;
    copy->everything = reader->everything;
    arena_init(&copy->names_arena);
    if (reader->format->copy(copy, reader, err) || reader_select(copy, reader->selected, reader->selected_count, err)) {
        reader_free(copy);
        return -1;
    }
    reader_restart(copy);
    *out = copy;
    return 0;
}

void reader_skip(struct reader *reader, const struct reader *copy)
{
    reader->number += copy->number;
    reader->filled_short += copy->filled_short;
    reader->scanned += copy->scanned;
    reader->format->skip(reader, copy->format->lines(copy));
}
