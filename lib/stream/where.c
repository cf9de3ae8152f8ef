/* A condition is compiled once. Its columns are selected behind those of the program, so that no program need know of
 * them. */
#include "stream/where.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/program.h"
#include "stream/stream.h"

struct where {
    const struct where *original; /* of a copy: what is not its own is that one's; NULL: it is none */
    struct expression *expression;
    struct expression_columns columns;
    struct expression_context context;
    struct expression_value *values; /* one for each column */
    size_t *bound;                   /* for each input, for each column */
    size_t inputs, capacity;
};

static int32_t today(struct time_zone *zone)
{
    struct moment now = {.has_time = true, .has_offset = true};
    time_t seconds = time(NULL);

    now.day = (int32_t)(seconds / 86400);
    now.second = (int32_t)(seconds % 86400);
    return moment_day(&now, zone);
}

int analysis_day(const char *as_of, struct time_zone *zone, int32_t *day, struct error *err)
{
    struct moment moment;

    if (!as_of || strcmp(as_of, "today") == 0) {
        *day = today(zone);
        return 0;
    }
    if (!moment_parse_iso(slice_from_cstr(as_of), &moment))
        return error_set(err, STATUS_USAGE, "option '--as-of': '%s' is not a date such as 2026-12-31", as_of);
    *day = moment_day(&moment, zone);
    return 0;
}

static bool is_json(const struct reader *reader)
{
    return reader->kind == FORMAT_JSON || reader->kind == FORMAT_JSONL;
}

bool reader_untyped(const struct reader *reader)
{
    return !is_json(reader);
}

int expression_find_column(struct reader *reader, struct slice name, const char *option, size_t *column,
                           struct error *err)
{
    char text[256];
    struct quote q;

    for (*column = 0; *column < reader->name_count; (*column)++)
        if (slice_equal(reader->names[*column], name))
            return 0;
    snprintf(text, sizeof text, "%.*s", SLICE_ARG(name));
    *column = stream_find_role(reader, text);
    if (*column != COLUMN_ABSENT)
        return 0;
    if (!is_json(reader) || reader->rows) {
        if (!reader->name_count)
            return 0;
        stream_missing_column(reader, NULL, text, NULL, err);
        error_prefix(err, "option '%s': ", option);
        return -1;
    }
    snprintf(text, sizeof text, ".\"%.*s\"", SLICE_ARG(name)); /* an object of which only members are columns */
    if (!memchr(name.ptr, '"', name.len) && !memchr(name.ptr, '\\', name.len) &&
        reader_find(reader, slice_from_cstr(text), column, err))
        return -1;
    if (*column != COLUMN_ABSENT)
        return 0;
    program_note("%s: no record so far has '%s', which %s asks for", reader->source->name, quote_name(&q, name),
                 option);
    return json_reader_add_name(reader, name, column, err);
}

int stream_expression_column(struct stream *stream, struct slice name, const char *option, size_t *column,
                             struct error *err)
{
    size_t *bound = calloc(stream->input_count, sizeof *bound), found = 0;
    int failed = bound ? 0 : error_memory(err);

    *column = COLUMN_ABSENT;
    for (size_t i = 0; i < stream->input_count && !failed; i++) {
        failed = expression_find_column(stream->inputs[i].reader, name, option, &bound[i], err);
        found += bound[i] != COLUMN_ABSENT;
    }
    if (!failed && found)
        failed = stream_bind(stream, name, bound, column, err);
    free(bound);
    return failed ? -1 : 0;
}

static int set_day(struct where *where, const char *as_of, const char *tz, struct error *err)
{
    struct expression_context *context = &where->context;
    char text[MOMENT_TEXT];

    context->as_of = DAY_NONE;
    if (!expression_needs_as_of(where->expression))
        return 0;
    if (tz && time_zone_open(&context->dates.zone, tz, err)) {
        error_prefix(err, "option '--tz': ");
        return -1;
    }
    if (analysis_day(as_of, &context->dates.zone, &context->as_of, err))
        return -1;
    if (!as_of)
        program_note("--where: days_since counts to today, %.*s", SLICE_ARG(day_format(context->as_of, text)));
    return 0;
}

int where_new(struct where **out, const char *text, const char *as_of, const char *tz, struct error *err)
{
    struct where *where = calloc(1, sizeof *where);

    if (!where)
        return error_memory(err);
    if (expression_compile(&where->expression, slice_from_cstr(text), &where->columns, err)) {
        error_prefix(err, "option '--where': ");
        where_free(where);
        return -1;
    }
    where->values = calloc(where->columns.count + 1, sizeof *where->values);
    if (!where->values || set_day(where, as_of, tz, err)) {
        if (!where->values)
            error_memory(err);
        where_free(where);
        return -1;
    }
    *out = where;
    return 0;
}

int where_copy(struct where **out, const struct where *where, struct error *err)
{
    struct where *copy = calloc(1, sizeof *copy);
    struct expression_value *values = calloc(where->columns.count + 1, sizeof *values);

    if (!copy || !values) {
        free(copy);
        free(values);
        return error_memory(err);
    }
    *copy = *where;
    copy->original = where;
    copy->values = values;
    copy->context = (struct expression_context){.dates = where->context.dates, .as_of = where->context.as_of};
    *out = copy;
    return 0;
}

void where_free(struct where *where)
{
    if (!where)
        return;
    if (!where->original) {
        expression_free(where->expression);
        expression_columns_fini(&where->columns);
        free(where->bound);
    }
    expression_context_fini(&where->context);
    free(where->values);
    free(where);
}

int where_bind(struct where *where, struct reader *reader, struct error *err)
{
    size_t count = where->columns.count;

    if (ARRAY_GROW(where->bound, where->capacity, (where->inputs + 1) * count))
        return error_memory(err);
    for (size_t i = 0; i < count; i++) {
        where->bound[where->inputs * count + i] = COLUMN_ABSENT;
        if (reader && expression_find_column(reader, where->columns.names[i], "--where",
                                             &where->bound[where->inputs * count + i], err))
            return -1;
    }
    where->inputs++;
    return 0;
}

size_t where_columns(const struct where *where, size_t input, const size_t **columns)
{
    *columns = where->columns.count ? where->bound + input * where->columns.count : NULL;
    return where->columns.count;
}

int where_test(struct where *where, const struct field *fields, bool untyped, struct error *err)
{
    for (size_t i = 0; i < where->columns.count; i++)
        expression_set(&where->values[i], &fields[i], untyped);
    expression_next(&where->context);
    return expression_test(where->expression, &where->context, where->values, err);
}
