/* JSON reader: objects one a line, one after another, or in one array.
 *
 * A record is scanned where it lies in the source's window, and again from its start when the window ended inside it,
 * so what is read does not depend on how the bytes arrive. When a record is malformed, its first line is the bad record
 * and reading goes on with the next line: a line that was cut off costs itself only. After that the array's commas and
 * brackets can no longer be trusted, and they are passed over wherever they stand. */
#include <stdio.h>
#include <stdlib.h>

#include "stream/json_input.h"
#include "stream/json_record.h"

#define SURVEY ((size_t)1 << 20) /* bytes at the start of the input whose records make the columns */

static const char not_an_object[] = "a record must be a JSON object";

enum place {
    PLACE_LINES,  /* not in an array */
    PLACE_FIRST,  /* behind the opening bracket */
    PLACE_BEHIND, /* behind a record of the array */
    PLACE_COMMA,  /* behind a comma of the array */
    PLACE_LOOSE,  /* in an array with a bad record before */
    PLACE_AFTER,  /* behind the closing bracket */
};

struct json_state {
    struct json_record record;
    struct json_input input;
    enum place place;
    uint64_t text_line; /* the last one that was not blank */
};

static struct json_state *state_of(struct reader *reader)
{
    return reader->state;
}

/* Takes the line from here on as a bad record. reason must not point into the window. */
static enum read_result bad_line(struct reader *reader, struct bad_record *bad, const char *reason, struct error *err)
{
    struct json_state *state = state_of(reader);
    struct slice line;

    if (json_input_line(&state->input, &line, err))
        return READ_FAILED;
    if (state->place != PLACE_LINES && state->place != PLACE_AFTER)
        state->place = PLACE_LOOSE;
    reader->number++;
    reader->line = state->input.line;
    return reader_bad(reader, bad, line, "%s%s", reason,
                      state->input.skip_rest ? " (a line longer than 16 MiB: its first 1 MiB is kept)" : "");
}

/* The object that begins here is malformed at scan->stop. */
static enum read_result malformed(struct reader *reader, const struct json_scan *scan, struct bad_record *bad,
                                  struct error *err)
{
    const struct json_input *input = &state_of(reader)->input;
    char reason[sizeof bad->reason];

    if (scan->lines == 0)
        snprintf(reason, sizeof reason, "not JSON: %s, at byte %zu", scan->reason,
                 (size_t)(scan->stop - json_input_rest(input).ptr) + 1);
    else
        snprintf(reason, sizeof reason, "not JSON: the object does not end on its line, and then in line %llu: %s",
                 (unsigned long long)(input->line + scan->lines), scan->reason);
    return bad_line(reader, bad, reason, err);
}

/* What stands behind an object on its line: p, or NULL as the scanner says. */
static const char *check_behind(struct json_scan *scan, const char *p, enum place place)
{
    const char *stop = p;

    while (stop < scan->end && (*stop == ' ' || *stop == '\t'))
        stop++;
    if (stop == scan->end)
        return json_scan_more(scan, stop);
    if (*stop == '\n' || *stop == '\r' || (place == PLACE_LINES ? *stop == '{' : *stop == ',' || *stop == ']'))
        return p;
    return json_scan_bad(scan, stop, "text after the object");
}

/* Scans the object that begins here, reading on as far as it needs. READ_RECORD, with *behind the position behind it.
 */
static enum read_result scan_object(struct reader *reader, struct json_scan *scan, const char **behind,
                                    struct bad_record *bad, struct error *err)
{
    struct json_state *state = state_of(reader);

    for (bool ended = false;;) {
        struct slice text = json_input_rest(&state->input);
        *scan = (struct json_scan){.end = text.ptr + (text.len < RECORD_LIMIT ? text.len : RECORD_LIMIT)};
        *behind = json_record_scan(&state->record, scan, text.ptr, reader->fields);
        if (state->record.memory) {
            error_memory(err);
            return READ_FAILED;
        }
        if (*behind) {
            scan->end = text.ptr + (text.len < 2 * RECORD_LIMIT ? text.len : 2 * RECORD_LIMIT);
            if (check_behind(scan, *behind, state->place))
                return READ_RECORD;
            if (!scan->reason && (ended || text.len >= 2 * RECORD_LIMIT))
                return READ_RECORD;
        }
        if (scan->reason)
            return malformed(reader, scan, bad, err);
        if (!*behind && text.len >= RECORD_LIMIT)
            return bad_line(reader, bad, "a record longer than 16 MiB", err);
        if (ended)
            return bad_line(reader, bad, "not JSON: the input ends inside the object (is it cut off?)", err);
        int more = json_input_more(&state->input, err);
        if (more < 0)
            return READ_FAILED;
        ended = more == 0;
    }
}

static enum read_result read_object(struct reader *reader, struct record *record, struct bad_record *bad,
                                    struct error *err)
{
    struct json_state *state = state_of(reader);
    struct json_input *input = &state->input;
    struct json_scan scan;
    const char *behind;
    enum read_result result = scan_object(reader, &scan, &behind, bad, err);

    if (result != READ_RECORD)
        return result;
    struct slice raw = json_input_rest(input);
    raw.len = (size_t)(behind - raw.ptr);
    reader->number++;
    reader->line = input->line;
    input->at += raw.len;
    input->line += scan.lines;
    input->bracket = false;
    state->text_line = input->line;
    if (state->place == PLACE_FIRST || state->place == PLACE_COMMA)
        state->place = PLACE_BEHIND;
    if (reader->everything && state->record.stranger.ptr && !input->hold) {
        struct quote q;
        return reader_bad(reader, bad, raw,
                          "member '%s' does not occur in the first 1 MiB of the input: choose the columns, or put a "
                          "record with all members first",
                          quote(&q, state->record.stranger));
    }
    if (json_record_finish(&state->record, reader->fields, err))
        return READ_FAILED;
    *record = (struct record){reader->fields, reader->selected_count, raw, reader->line, reader->number, 0};
    reader->line = input->line;
    return READ_RECORD;
}

static enum read_result at_end(struct reader *reader, struct bad_record *bad)
{
    struct json_state *state = state_of(reader);

    if (state->place == PLACE_LINES || state->place == PLACE_AFTER ||
        (state->place == PLACE_LOOSE && state->input.bracket))
        return READ_END;
    state->place = PLACE_AFTER;
    reader->number++;
    reader->line = state->text_line;
    return reader_bad(reader, bad, SLICE(""), "the array of records is not closed by ']' (is the input cut off?)");
}

/* Judges a byte between the records of an array: the reason why it is wrong, or NULL; *taken tells that it was no
 * record. */
static const char *array_byte(struct json_state *state, char c, bool *taken)
{
    *taken = false;
    switch (state->place) {
    case PLACE_BEHIND:
        *taken = true;
        if (c != ',' && c != ']')
            return "',' or ']' expected between the records of an array";
        state->place = c == ',' ? PLACE_COMMA : PLACE_AFTER;
        return NULL;
    case PLACE_FIRST:
        *taken = c == ']';
        if (*taken)
            state->place = PLACE_AFTER;
        break;
    case PLACE_COMMA:
        if (c == ']')
            return "a comma before the end of the array";
        break;
    default:
        *taken = c == ',' || c == ']';
        state->input.bracket = c == ']';
        break;
    }
    return *taken || c == '{' ? NULL : not_an_object;
}

static enum read_result json_next(struct reader *reader, struct record *record, struct bad_record *bad,
                                  struct error *err)
{
    struct json_state *state = state_of(reader);
    struct json_input *input = &state->input;

    json_input_take(input);
    if (input->skip_rest && json_input_skip_rest(input, err))
        return READ_FAILED;
    for (;;) {
        const char *wrong = NULL;
        bool taken = false;
        int more = json_input_skip_blank(input, err);
        if (more < 0)
            return READ_FAILED;
        if (more == 0)
            return at_end(reader, bad);
        char c = *json_input_rest(input).ptr;
        state->text_line = input->line;
        if (state->place == PLACE_AFTER)
            wrong = "text after the end of the array";
        else if (state->place != PLACE_LINES)
            wrong = array_byte(state, c, &taken);
        else if (c == '[')
            wrong = "a record must be a JSON object (an array of records must begin the input; see --from json)";
        else if (c != '{')
            wrong = not_an_object;
        if (wrong)
            return bad_line(reader, bad, wrong, err);
        if (!taken)
            return read_object(reader, record, bad, err);
        input->at++;
    }
}

/* Makes the columns from the records at the start of the input, and takes nothing. */
static int survey(struct reader *reader, struct error *err)
{
    struct json_state *state = state_of(reader);
    const struct json_input begin = state->input;
    const enum place place = state->place;
    struct record record;
    struct bad_record bad;
    size_t records = 0;

    state->input.hold = true;
    while (state->input.at < RECORD_LIMIT) {
        enum read_result result = json_next(reader, &record, &bad, err);
        if (result == READ_FAILED)
            return -1;
        if (result == READ_END || (records > 0 && state->input.at > SURVEY))
            break;
        if (result == READ_RECORD && json_record_add_names(&state->record, reader, record.raw, err))
            return -1;
        records += result == READ_RECORD;
    }
    state->input = begin;
    state->place = place;
    reader->line = begin.line;
    reader->number = 0;
    return 0;
}

static int json_select(struct reader *reader, struct error *err)
{
    return json_record_select(&state_of(reader)->record, reader, err);
}

static void json_free(struct reader *reader)
{
    struct json_state *state = state_of(reader);

    json_record_fini(&state->record);
    free(state);
}

int json_reader_open(struct reader *reader, const struct reader_options *options, struct error *err)
{
    static const struct reader_format format = {json_next, json_select, json_free};
    struct json_state *state = calloc(1, sizeof *state);

    if (!state)
        return error_memory(err);
    json_record_init(&state->record);
    state->input = (struct json_input){.source = reader->source, .line = 1};
    reader->state = state;
    reader->format = &format;
    int more = json_input_skip_blank(&state->input, err);
    if (more < 0)
        return -1;
    if (more > 0) {
        bool array = *json_input_rest(&state->input).ptr == '[' && options->format != FORMAT_JSONL;
        reader->kind = array ? FORMAT_JSON : FORMAT_JSONL;
        state->place = array ? PLACE_FIRST : PLACE_LINES;
        state->text_line = state->input.line;
        state->input.at += array;
    }
    return survey(reader, err);
}

int json_reader_add_path(struct reader *reader, struct slice path, size_t *column, struct error *err)
{
    return json_record_add_path(&state_of(reader)->record, reader, path, column, err);
}
