/* JSON input: finding out what it holds: where the records are, what kind, and with which columns. */
#include <stdlib.h>
#include <string.h>

#include "stream/json_reader.h"
#include "stream/json_survey.h"
#include "value/json_memory.h"

#define SURVEY ((size_t)1 << 20) /* bytes at the start of the input whose records make the columns */

static struct json_state *state_of(struct reader *reader)
{
    return reader->state;
}

/* Makes the columns from the records at the start of the input, and takes nothing. told: the caller says where the
 * records are, and must not be wrong. */
static int survey(struct reader *reader, bool told, struct error *err)
{
    struct json_state *state = state_of(reader);
    const struct json_input begin = state->input;
    const enum place place = state->place;
    struct record record;
    struct bad_record bad;
    size_t records = 0;

    state->input.hold = true;
    while (state->input.at < RECORD_LIMIT) {
        enum read_result result = json_reader_next(reader, &record, &bad, err);
        if (result == READ_FAILED)
            return -1;
        if (result == READ_END || (records > 0 && state->input.at > SURVEY))
            break;
        bool lacks = result == READ_BAD && state->place == PLACE_OUTER && state->wrapper.level == 0;
        if (lacks && records == 0 && told)
            return error_set(err, STATUS_USAGE, "%s:%llu: %s", reader->source->name, (unsigned long long)bad.line,
                             bad.reason);
        if (result == READ_RECORD && json_survey_add(&state->record, reader, record.raw, err))
            return -1;
        records += result == READ_RECORD;
    }
    state->input = begin;
    state->place = place;
    state->wrapper.level = 0;
    state->look_ahead = JSON_LOOK_AHEAD;
    const struct json_node *first = state->record.root.children;
    if (first && slice_equal(first->name, buffer_slice(&state->wrapper.first)))
        buffer_clear(&state->wrapper.first); /* nothing tells a wrapper from a record */
    reader->line = begin.line;
    reader->number = 0;
    return json_survey_end(&state->record, reader, err);
}

/* The first row is the header. 0 or -1. */
static int read_header(struct reader *reader, struct error *err)
{
    struct record record;
    struct bad_record bad;

    switch (json_reader_next(reader, &record, &bad, err)) {
    case READ_RECORD:
        break;
    case READ_BAD:
        return error_set(err, STATUS_DATA, "%s:%llu: the header: %s", reader->source->name,
                         (unsigned long long)bad.line, bad.reason);
    case READ_FAILED:
        return -1;
    case READ_END:
        return 0;
    }
    reader->number = 0;
    return json_survey_header(&state_of(reader)->record, reader, record.raw, err);
}

static int json_select(struct reader *reader, struct error *err)
{
    return json_record_select(&state_of(reader)->record, reader, err);
}

static void json_free(struct reader *reader)
{
    struct json_state *state = state_of(reader);

    json_record_fini(&state->record);
    json_wrapper_fini(&state->wrapper);
    free(state);
}

/* Takes the path to the records, as the caller or the input has it. 0 or -1. */
static int set_wrapper(struct reader *reader, struct slice path, struct error *err)
{
    struct json_wrapper *wrapper = &state_of(reader)->wrapper;
    struct buffer text;
    struct quote q;
    int failed = 0;

    if (json_path_parse(&wrapper->path, path, err))
        return -1;
    buffer_init(&text);
    for (size_t i = 0; i < wrapper->path->count && !failed; i++)
        if (!wrapper->path->steps[i].name.ptr)
            failed = error_set(err, STATUS_USAGE, "not a path of names to the records: '%s'", quote_name(&q, path));
        else if (json_path_append(&text, wrapper->path->steps[i].name))
            failed = error_memory(err);
    char *copy = failed ? NULL : arena_copy(&reader->names_arena, buffer_slice(&text));
    if (!failed && !copy)
        failed = error_memory(err);
    reader->wrapper = (struct slice){copy ? copy : "", copy ? text.len : 0};
    buffer_fini(&text);
    return failed;
}

/* Finds out, or is told, what the records are and where; the input is at its first byte. 0 or -1. */
static int find_shape(struct reader *reader, const struct reader_options *options, struct error *err)
{
    struct json_state *state = state_of(reader);
    struct json_shape shape = {0};
    int failed = 0;

    if (options->records && strcmp(options->records, ".") != 0) {
        if (*json_input_rest(&state->input).ptr != '{')
            return error_set(err, STATUS_USAGE, "%s: there is no '%s': the input is not an object",
                             reader->source->name, options->records);
        return set_wrapper(reader, slice_from_cstr(options->records), err);
    }
    if (!options->flatten || options->format == FORMAT_JSONL)
        return 0;
    failed = json_shape_find(&state->input, &shape, err);
    if (!failed && shape.path.len && !options->records)
        failed = set_wrapper(reader, buffer_slice(&shape.path), err);
    state->rows = shape.rows && (state->wrapper.path || !shape.path.len);
    reader->rows = state->rows;
    if (shape.lines)
        state->place = PLACE_LINES;
    buffer_fini(&shape.path);
    return failed;
}

/* The input is at its first byte that is not blank. 0 or -1. */
static int begin(struct reader *reader, const struct reader_options *options, struct error *err)
{
    struct json_state *state = state_of(reader);
    bool array = *json_input_rest(&state->input).ptr == '[' && options->format != FORMAT_JSONL;

    reader->kind = array ? FORMAT_JSON : FORMAT_JSONL;
    state->place = array ? PLACE_FIRST : PLACE_LINES;
    state->text_line = state->input.line;
    if (find_shape(reader, options, err))
        return -1;
    state->input.braces = state->wrapper.path != NULL;
    if (state->wrapper.path) {
        reader->kind = FORMAT_JSON;
        state->place = PLACE_OUTER;
    } else if (state->place == PLACE_FIRST) {
        state->input.at++;
    }
    return 0;
}

int json_reader_open(struct reader *reader, const struct reader_options *options, struct error *err)
{
    static const struct reader_format format = {
        .next = json_reader_next,
        .select = json_select,
        .free = json_free,
        .settle = json_reader_settle,
        .apart = json_reader_apart,
        .whole = json_reader_whole,
        .miscut = json_reader_miscut,
        .copy = json_reader_copy,
        .restart = json_reader_restart,
        .lines = json_reader_lines,
        .skip = json_reader_skip,
    };
    struct json_state *state;

    if (json_memory_secure(err))
        return -1;
    state = calloc(1, sizeof *state);
    if (!state)
        return error_memory(err);
    json_record_init(&state->record, options->flatten);
    state->input = (struct json_input){.source = reader->source, .line = 1};
    state->look_ahead = JSON_LOOK_AHEAD;
    reader->state = state;
    reader->format = &format;
    int more = json_input_skip_blank(&state->input, err);
    if (more < 0 || (more > 0 && begin(reader, options, err)))
        return -1;
    return state->rows ? read_header(reader, err) : survey(reader, options->records != NULL, err);
}

int json_reader_add_name(struct reader *reader, struct slice name, size_t *column, struct error *err)
{
    return json_record_add_name(&state_of(reader)->record, reader, name, column, err);
}

int json_reader_add_path(struct reader *reader, struct slice path, size_t *column, struct error *err)
{
    return json_record_add_path(&state_of(reader)->record, reader, path, column, err);
}
