/* Stretches of JSON Lines: an input read in pieces, each by a reader of its own.
 *
 * Pieces are cut at line ends. A record may be cut by that, since an object need not stand on one line; but no line end
 * stands inside a string, so that half an object is none, and whoever reads its piece finds that out. */
#include <stdlib.h>
#include <string.h>

#include "stream/json_reader.h"

static struct json_state *state_of(const struct reader *reader)
{
    return reader->state;
}

bool json_reader_apart(const struct reader *reader)
{
    const struct json_state *state = state_of(reader);

    return state->place == PLACE_LINES && !state->rows && !state->wrapper.path && !state->record.flatten;
}

bool json_reader_settle(struct reader *reader)
{
    struct json_state *state = state_of(reader);
    struct json_input *input = &state->input;
    const struct source *source = input->source;

    if (input->skip_rest || state->look_ahead < JSON_LOOK_AHEAD)
        return false;
    while (source->begin + input->at < source->end) {
        char c = source->data[source->begin + input->at];
        if (c != '\n' && c != '\r')
            break;
        input->line += c == '\r' || !input->after_cr;
        input->after_cr = c == '\r';
        input->at++;
    }
    json_input_take(input);
    input->after_cr = false;
    reader->line = input->line;
    return source->begin < source->end;
}

size_t json_reader_whole(const struct reader *reader, struct slice window)
{
    const char *end = memrchr(window.ptr, '\n', window.len);

    (void)reader;
    return end ? (size_t)(end - window.ptr) + 1 : 0;
}

bool json_reader_miscut(const struct reader *reader)
{
    (void)reader;
    return true;
}

int json_reader_copy(struct reader *copy, const struct reader *reader, struct error *err)
{
    const struct json_state *from = state_of(reader);
    struct json_state *state = calloc(1, sizeof *state);
    size_t column;

    if (!state)
        return error_memory(err);
    json_record_init(&state->record, false);
    copy->state = state;
    copy->format = reader->format;
    for (size_t i = 0; i < reader->name_count; i++)
        if (from->record.columns[i].path ? json_reader_add_path(copy, reader->names[i], &column, err)
                                         : json_reader_add_name(copy, reader->names[i], &column, err))
            return -1;
    return 0;
}

void json_reader_restart(struct reader *reader)
{
    struct json_state *state = state_of(reader);

    state->input = (struct json_input){.source = reader->source, .line = 1};
    state->place = PLACE_LINES;
    state->text_line = 1;
    state->look_ahead = JSON_LOOK_AHEAD;
}

uint64_t json_reader_lines(const struct reader *reader)
{
    return state_of(reader)->input.line - 1;
}

void json_reader_skip(struct reader *reader, uint64_t lines)
{
    struct json_state *state = state_of(reader);

    state->input.line += lines;
    reader->line = state->text_line = state->input.line;
}
