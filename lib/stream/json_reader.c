/* JSON reader: objects one a line, one after another, or in one array, which may stand in an object; or arrays for
 * objects.
 *
 * A record is scanned where it lies in the source's window, and again from its start when the window ended inside it,
 * so what is read does not depend on how the bytes arrive. When a record is malformed, its first line is the bad record
 * and reading goes on with the next line: a line that was cut off costs itself only. After that the array's commas and
 * brackets can no longer be trusted, and they are passed over wherever they stand.
 *
 * An object that is never closed is scanned up to its limits, 512 levels or 16 MiB, and so may be those on the lines
 * behind it. What such scans may cost is therefore bounded in proportion to the input; beyond that, objects must end on
 * their line for a while. */
#include <stdio.h>

#include "stream/json_reader.h"

#define LOOK_AHEAD_SHARE 8 /* JSON_LOOK_AHEAD grows by so many bytes for each one taken */

static const char not_an_object[] = "a record must be a JSON object";
static const char not_an_array[] = "a record must be a JSON array, as the first is";

static struct json_state *state_of(struct reader *reader)
{
    return reader->state;
}

static void refund(struct json_state *state, size_t taken)
{
    if (state->look_ahead == JSON_LOOK_AHEAD)
        return;
    state->look_ahead += LOOK_AHEAD_SHARE * (int64_t)taken;
    if (state->look_ahead > JSON_LOOK_AHEAD)
        state->look_ahead = JSON_LOOK_AHEAD;
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
    refund(state, line.len);
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
static const char *check_behind(struct json_scan *scan, const char *p, const struct json_state *state)
{
    const char *stop = p;
    bool good;

    while (stop < scan->end && (*stop == ' ' || *stop == '\t'))
        stop++;
    if (stop == scan->end)
        return json_scan_more(scan, stop);
    if (state->place == PLACE_LINES)
        good = *stop == (state->rows ? '[' : '{');
    else
        good = *stop == ',' || *stop == (state->place == PLACE_ALONE ? '}' : ']');
    if (*stop == '\n' || *stop == '\r' || good)
        return p;
    return json_scan_bad(scan, stop, "text after the object");
}

/* So much of the text may be scanned for a record that begins there; *line is set when that is its line only. */
static size_t scan_limit(const struct json_state *state, struct slice text, bool *line)
{
    size_t limit = text.len < RECORD_LIMIT ? text.len : RECORD_LIMIT;

    *line = false;
    if (state->look_ahead > 0)
        return limit;
    for (size_t i = 0; i < limit; i++)
        if (text.ptr[i] == '\n' || text.ptr[i] == '\r') {
            *line = true;
            return i + 1;
        }
    return limit;
}

static const char *scan_record(struct json_state *state, struct json_scan *scan, const char *p, struct field *fields)
{
    return state->rows ? json_record_scan_row(&state->record, scan, p, fields)
                       : json_record_scan(&state->record, scan, p, fields);
}

/* Scans the object that begins here, reading on as far as it needs. READ_RECORD, with *behind the position behind it.
 */
static enum read_result scan_object(struct reader *reader, struct json_scan *scan, const char **behind,
                                    struct bad_record *bad, struct error *err)
{
    struct json_state *state = state_of(reader);

    for (bool ended = false;;) {
        struct slice text = json_input_rest(&state->input);
        bool line;
        *scan = (struct json_scan){.end = text.ptr + scan_limit(state, text, &line)};
        *behind = scan_record(state, scan, text.ptr, reader->fields);
        if (state->record.memory) {
            error_memory(err);
            return READ_FAILED;
        }
        const char *stop = *behind ? *behind : scan->stop;
        reader->scanned += (uint64_t)(stop - text.ptr);
        if (*behind) {
            scan->end = text.ptr + (text.len < 2 * RECORD_LIMIT ? text.len : 2 * RECORD_LIMIT);
            if (check_behind(scan, *behind, state))
                return READ_RECORD;
            if (!scan->reason && (ended || text.len >= 2 * RECORD_LIMIT))
                return READ_RECORD;
        }
        bool judged = scan->reason || line || ended || (!*behind && text.len >= RECORD_LIMIT);
        if (judged && scan->lines)
            state->look_ahead -= stop - text.ptr;
        if (scan->reason)
            return malformed(reader, scan, bad, err);
        if (line && !*behind)
            return bad_line(reader, bad,
                            "not JSON: the object does not end on its line (nor do others before, which were not "
                            "closed at all)",
                            err);
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

/* A member that is no column, though all columns are wanted; or a row of another length. */
static enum read_result check_columns(struct reader *reader, struct slice raw, struct bad_record *bad,
                                      struct error *err)
{
    struct json_state *state = state_of(reader);
    const struct json_record *record = &state->record;
    struct buffer name;
    struct quote q;

    if (state->rows && reader->name_count && record->elements != record->row_width)
        return reader_bad(reader, bad, raw, "%zu value%s, but the first array has %zu", record->elements,
                          record->elements == 1 ? "" : "s", record->row_width);
    if (!reader->everything || !record->stranger.ptr || state->input.hold)
        return READ_RECORD;
    buffer_init(&name);
    int failed = json_record_stranger(record, &name);
    if (!failed)
        reader_bad(reader, bad, raw,
                   "member '%s' does not occur in the first 1 MiB of the input: choose the columns, or put a record "
                   "with all members first",
                   quote_name(&q, buffer_slice(&name)));
    buffer_fini(&name);
    if (failed)
        error_memory(err);
    return failed ? READ_FAILED : READ_BAD;
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
    if (state->place == PLACE_ALONE)
        state->place = PLACE_OUTER;
    refund(state, raw.len);
    if (json_record_finish(&state->record, reader->fields, err))
        return READ_FAILED;
    result = check_columns(reader, raw, bad, err);
    if (result != READ_RECORD)
        return result;
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
    const enum place after = state->wrapper.path ? PLACE_OUTER : PLACE_AFTER;

    *taken = false;
    switch (state->place) {
    case PLACE_BEHIND:
        *taken = true;
        if (c != ',' && c != ']')
            return "',' or ']' expected between the records of an array";
        state->place = c == ',' ? PLACE_COMMA : after;
        return NULL;
    case PLACE_FIRST:
        *taken = c == ']';
        if (*taken)
            state->place = after;
        break;
    case PLACE_COMMA:
        if (c == ']')
            return "a comma before the end of the array";
        break;
    case PLACE_ALONE:
        break;
    default:
        *taken = c == ',' || c == ']' || (state->wrapper.path && c == '}');
        state->input.bracket = *taken && c != ',';
        break;
    }
    if (state->rows)
        return *taken || c == '[' ? NULL : not_an_array;
    return *taken || c == '{' ? NULL : not_an_object;
}

/* Judges a byte where a record must begin that stands in no array: the reason why it is wrong, or NULL. */
static const char *line_byte(const struct json_state *state, char c)
{
    if (state->place == PLACE_AFTER)
        return "text after the end of the array";
    if (state->rows)
        return c == '[' ? NULL : not_an_array;
    if (c == '[')
        return "a record must be a JSON object (an array of records must begin the input; see --from json)";
    return c == '{' ? NULL : not_an_object;
}

/* From outside the arrays of wrappers into the next one: READ_RECORD when it is reached. */
static enum read_result enter_wrapper(struct reader *reader, struct bad_record *bad, struct error *err)
{
    struct json_state *state = state_of(reader);
    const char *reason;
    char text[sizeof bad->reason];
    struct quote q;

    switch (json_wrapper_next(&state->wrapper, &state->input, &reason, err)) {
    case WRAPPER_ARRAY:
        state->place = PLACE_FIRST;
        return READ_RECORD;
    case WRAPPER_OBJECT:
        state->place = PLACE_ALONE;
        return READ_RECORD;
    case WRAPPER_END:
        return READ_END;
    case WRAPPER_LACKS:
        reader->number++;
        reader->line = state->input.line;
        return reader_bad(reader, bad, SLICE(""), "no records: there is no '%s' in the object that ends here",
                          quote_name(&q, reader->wrapper));
    case WRAPPER_BAD:
        snprintf(text, sizeof text, "not JSON: %s", reason);
        enum read_result result = bad_line(reader, bad, text, err);
        state->input.bracket = true; /* what is not closed has been said */
        return result;
    case WRAPPER_FAILED:
        break;
    }
    return READ_FAILED;
}

/* Behind a bad record, an object may be the next wrapper. 0 or -1. */
static int look_for_wrapper(struct json_state *state, struct error *err)
{
    int more = json_input_skip_blank(&state->input, err);
    bool object = more > 0 && *json_input_rest(&state->input).ptr == '{';
    int resembles = object ? json_wrapper_resembles(&state->wrapper, &state->input, err) : 0;

    if (resembles > 0) {
        state->place = PLACE_OUTER;
        state->wrapper.level = 0;
    }
    return more < 0 || resembles < 0 ? -1 : 0;
}

enum read_result json_reader_next(struct reader *reader, struct record *record, struct bad_record *bad,
                                  struct error *err)
{
    struct json_state *state = state_of(reader);
    struct json_input *input = &state->input;

    json_input_take(input);
    if (input->skip_rest && json_input_skip_rest(input, err))
        return READ_FAILED;
    for (;;) {
        const char *wrong;
        bool taken = false;
        if (state->wrapper.path && state->place == PLACE_LOOSE && look_for_wrapper(state, err))
            return READ_FAILED;
        if (state->place == PLACE_OUTER) {
            enum read_result result = enter_wrapper(reader, bad, err);
            if (result != READ_RECORD)
                return result;
        }
        int more = json_input_skip_blank(input, err);
        if (more < 0)
            return READ_FAILED;
        if (more == 0)
            return at_end(reader, bad);
        char c = *json_input_rest(input).ptr;
        state->text_line = input->line;
        if (state->place == PLACE_LINES || state->place == PLACE_AFTER)
            wrong = line_byte(state, c);
        else
            wrong = array_byte(state, c, &taken);
        if (wrong)
            return bad_line(reader, bad, wrong, err);
        if (!taken)
            return read_object(reader, record, bad, err);
        input->at++;
    }
}
