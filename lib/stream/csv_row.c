/* Rows of CSV.
 *
 * The plain path serves records without a quote: scan.c has listed the offsets of all delimiters and line ends of a
 * chunk, so a field is the run between two offsets, found without looking at the fields before it. A record with quotes
 * that csv_quoted_line.c does not take apart in the same way goes to libcsv, line by line, until libcsv ends the row
 * (or to csv_escaped.c, see csv_quoted.h).
 *
 * The delimiter ' ' stands for any run of blanks and tabs, as in columns aligned by eye; such files have no quotes and
 * no empty fields.
 *
 * After a malformed record, reading resumes at the line after the record's first one: an unclosed quote costs its own
 * line, never the rest of the file. A blank line is no record. */
#include "stream/csv_row.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

#define CHUNK ((size_t)64 << 10) /* scanned at a time: the lists stay in the nearest caches */

static struct csv_state *state_of(struct reader *reader)
{
    return reader->state;
}

/* Scans from the record to be read: the first CHUNK bytes, or `size` of them when it is longer. */
static int scan_from(struct reader *reader, size_t size, struct error *err)
{
    struct csv_state *state = state_of(reader);
    struct source *source = reader->source;

    source->begin += state->consumed;
    state->consumed = 0;
    size_t available = source->end - source->begin;
    state->scanned = size < available ? size : available;
    if (state->scanned + SCAN_PADDING > state->scan_capacity) {
        size_t capacity = state->scanned + SCAN_PADDING;
        uint32_t *offsets = malloc(capacity * sizeof *offsets);
        uint32_t *stops = malloc(capacity * sizeof *stops);
        if (!offsets || !stops) {
            free(offsets);
            free(stops);
            return error_memory(err);
        }
        free(state->scan.offsets);
        free(state->scan.stops);
        state->scan.offsets = offsets;
        state->scan.stops = stops;
        state->scan_capacity = capacity;
    }
    state->scan_text(source->data + source->begin, state->scanned, state->delimiter, state->quote, &state->scan);
    state->stop = state->looked = state->first = 0;
    return 0;
}

/* Adds to the window, which is all of the record so far. A long one is doubled, so that scanning it anew each time
 * stays linear, however little a read gives. 1, 0 when the input has no more, -1. */
static int read_on(struct source *source, struct error *err)
{
    size_t before = source->end - source->begin;

    if (before < CHUNK)
        return source_more(source, err);
    if (source_peek(source, before * 2, err))
        return -1;
    return source->end - source->begin > before;
}

/* Makes the scan reach further from the record that begins at the consumed bytes. 1, 0 when the input has no more, -1.
 */
static int scan_further(struct reader *reader, struct error *err)
{
    struct csv_state *state = state_of(reader);
    struct source *source = reader->source;
    size_t begun = state->scanned - state->consumed; /* bytes of the record seen so far */
    size_t window = source->end - source->begin - state->consumed;

    if (begun == window) {
        source->begin += state->consumed;
        state->scanned -= state->consumed;
        state->consumed = 0;
        state->stop = state->first = state->scan.stop_count = state->scan.offset_count = 0;
        int more = read_on(source, err);
        if (more <= 0)
            return more;
    }
    return scan_from(reader, begun < CHUNK ? CHUNK : begun * 2, err) ? -1 : 1;
}

/* The window from the record on. */
static struct slice rest(const struct reader *reader)
{
    const struct csv_state *state = reader->state;
    const struct source *source = reader->source;
    size_t begin = source->begin + state->consumed;

    return (struct slice){source->data + begin, source->end - begin};
}

int csv_row_peek(struct reader *reader, struct csv_row *row, size_t size, struct slice *ahead, struct error *err)
{
    struct source *source = reader->source;
    size_t start = (size_t)(row->start - (source->data + source->begin));

    if (source_peek(source, state_of(reader)->consumed + size, err))
        return -1;
    row->text = source->data + source->begin; /* the window may have moved */
    row->start = row->text + start;
    *ahead = rest(reader);
    return 0;
}

/* Line ends in text: LF, CR LF and a lone CR each count once. */
static uint64_t count_lines(struct slice text)
{
    uint64_t lines = 0;

    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n' || (text.ptr[i] == '\r' && !(i + 1 < text.len && text.ptr[i + 1] == '\n'));
    return lines;
}

/* The record took `size` bytes, line end included. */
static void consume(struct csv_state *state, size_t size)
{
    state->consumed += size;
    while (state->stop < state->scan.stop_count &&
           state->scan.offsets[state->scan.stops[state->stop]] < state->consumed)
        state->stop++;
    while (state->first < state->scan.offset_count && state->scan.offsets[state->first] < state->consumed)
        state->first++;
}

/* The offset of the next line end at or after `from` bytes into the record, in the scan; SIZE_MAX when the scan has
 * none. From one call to the next for a record `from` only grows, and stops passed once are not looked at again. */
static size_t find_line_end(struct reader *reader, size_t from)
{
    struct csv_state *state = state_of(reader);
    const char *text = reader->source->data + reader->source->begin;

    for (; state->looked < state->scan.stop_count; state->looked++) {
        size_t at = state->scan.offsets[state->scan.stops[state->looked]];
        if (at >= state->consumed + from && text[at] != state->quote)
            return at - state->consumed;
    }
    return SIZE_MAX;
}

/* The record that begins here is malformed: its first line is the bad record. */
static enum read_result malformed(struct reader *reader, size_t line_end, struct bad_record *bad, const char *reason)
{
    struct csv_state *state = state_of(reader);
    struct slice text = rest(reader);
    bool ended = line_end < text.len;
    size_t len = ended ? line_end : text.len;

    reader->number++;
    reader_bad(reader, bad, (struct slice){text.ptr, len < RECORD_LIMIT ? len : RECORD_LIMIT}, "%s", reason);
    state->after_cr = ended && text.ptr[len] == '\r';
    consume(state, len + ended);
    reader->line++;
    return READ_BAD;
}

/* A record longer than the limit: what is at hand of it is the bad record, the rest is skipped unseen. */
static enum read_result too_long(struct reader *reader, struct bad_record *bad)
{
    struct slice text = rest(reader);

    reader->number++;
    state_of(reader)->discarding = state_of(reader)->cut_off = true;
    if (text.len > FIELD_LIMIT)
        text.len = FIELD_LIMIT;
    return reader_bad(reader, bad, text, "a record longer than 16 MiB (its first 1 MiB is kept)");
}

static void explain_quote(const struct csv_quoted *quoted, struct slice text, size_t at, char out[200])
{
    uint64_t lines = count_lines((struct slice){text.ptr, at});

    if (!csv_quoted_inside(quoted))
        snprintf(out, 200, "a quote inside a field that does not begin with one");
    else if (lines == 0)
        snprintf(out, 200, "text between a closing quote and the next delimiter");
    else
        snprintf(out, 200,
                 "a quoted field runs on from this line, and %llu line%s further down text follows its closing quote: "
                 "a quote is missing or too many",
                 (unsigned long long)lines, lines == 1 ? "" : "s");
}

/* The record that begins here has a quote. */
static enum read_result quoted_row(struct reader *reader, struct csv_row *row, struct bad_record *bad,
                                   struct error *err)
{
    struct csv_state *state = state_of(reader);
    size_t first_end = SIZE_MAX; /* where the record's first line ends */
    size_t fed = 0;
    char reason[200];

    state->looked = state->stop;
    for (;;) {
        size_t end = find_line_end(reader, fed);
        bool last = false;
        if (end == SIZE_MAX) {
            int more = state->scanned - state->consumed > RECORD_LIMIT ? 0 : scan_further(reader, err);
            if (more < 0)
                return READ_FAILED;
            if (more)
                continue;
            last = true;
        }
        struct slice text = rest(reader);
        if (first_end == SIZE_MAX)
            first_end = last ? text.len : end;
        state->cut_off = last;
        if (text.len > RECORD_LIMIT && (last || end > RECORD_LIMIT)) {
            csv_quoted_reset(&state->quoted);
            return first_end > RECORD_LIMIT
                       ? too_long(reader, bad)
                       : malformed(reader, first_end, bad, "a record longer than 16 MiB (is a closing quote missing?)");
        }
        size_t piece_end = last ? text.len : end + 1;
        size_t used;
        switch (csv_quoted_feed(&state->quoted, (struct slice){text.ptr + fed, piece_end - fed}, last, &used)) {
        case CSV_OUTCOME_MORE:
            fed = piece_end;
            continue;
        case CSV_OUTCOME_MEMORY:
            error_memory(err);
            return READ_FAILED;
        case CSV_OUTCOME_TOO_LONG:
            csv_quoted_reset(&state->quoted);
            return malformed(reader, first_end, bad, "a field longer than 1 MiB (is a closing quote missing?)");
        case CSV_OUTCOME_MALFORMED:
            if (used < piece_end - fed)
                explain_quote(&state->quoted, text, fed + used, reason);
            else
                snprintf(reason, sizeof reason, "a quote that is never closed");
            csv_quoted_reset(&state->quoted);
            return malformed(reader, first_end, bad, reason);
        case CSV_OUTCOME_ROW:
            break;
        }
        size_t len = last ? text.len : end;
        *row = (struct csv_row){
            .start = text.ptr, .len = len, .count = state->quoted.field_count, .quoted = &state->quoted};
        row->lines = count_lines((struct slice){text.ptr, len});
        state->after_cr = !last && text.ptr[end] == '\r';
        consume(state, piece_end);
        return READ_RECORD;
    }
}

/* Skips what is left of a line, its end included. */
static int skip_line(struct reader *reader, struct error *err)
{
    struct csv_state *state = state_of(reader);
    struct source *source = reader->source;

    source->begin += state->consumed;
    state->consumed = state->scanned = state->stop = state->first = 0;
    state->scan.stop_count = state->scan.offset_count = 0;
    for (;;) {
        for (; source->begin < source->end; source->begin++) {
            char c = source->data[source->begin];
            bool second = state->after_cr && c == '\n'; /* of a line end before */
            state->after_cr = c == '\r';
            if (!second && (c == '\n' || c == '\r')) {
                source->begin++;
                reader->line++;
                return 0;
            }
        }
        int more = source_more(source, err);
        if (more <= 0)
            return more;
    }
}

int csv_row_skip_lines(struct reader *reader, uint64_t lines, struct error *err)
{
    for (uint64_t i = 0; i < lines; i++)
        if (skip_line(reader, err))
            return -1;
    return 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static enum read_result split_blanks(struct csv_state *state, struct csv_row *row, struct error *err)
{
    struct csv_quoted *words = &state->quoted;
    size_t at = 0;

    words->field_count = 0;
    row->split = true;
    for (;;) {
        while (at < row->len && is_blank(row->start[at]))
            at++;
        if (at == row->len && words->field_count)
            break;
        size_t begin = at;
        while (at < row->len && !is_blank(row->start[at]))
            at++;
        if (ARRAY_GROW(words->fields, words->field_capacity, words->field_count + 1)) {
            error_memory(err);
            return READ_FAILED;
        }
        words->fields[words->field_count++] = (struct csv_span){begin, at - begin};
    }
    row->count = words->field_count;
    return READ_RECORD;
}

/* Whether the quote at offset `at` of the text opens a field. */
static bool opens_field(const struct csv_state *state, const char *text, size_t at)
{
    while (state->trim && at > 0 && is_blank(text[at - 1]) && text[at - 1] != state->delimiter)
        at--;
    return at == 0 || text[at - 1] == state->delimiter;
}

/* Whether the quotes of the line that begins here are all inside fields that do not begin with one, the first at offset
 * `quote`. 1: so it is, and *len is the line's length, *ended whether a line end follows; 0; -1. */
static int is_literal(struct reader *reader, size_t quote, size_t *len, bool *ended, struct error *err)
{
    struct csv_state *state = state_of(reader);
    struct slice text = rest(reader);

    if (!state->literal_quotes || opens_field(state, text.ptr, quote))
        return 0;
    state->looked = state->stop;
    for (;;) {
        size_t end = find_line_end(reader, quote);
        int more = 0;
        *ended = end != SIZE_MAX;
        *len = end;
        if (!*ended && state->scanned - state->consumed > RECORD_LIMIT)
            return 0;
        if (!*ended)
            more = scan_further(reader, err);
        if (more < 0)
            return -1;
        if (more == 0)
            break;
    }
    text = rest(reader);
    if (!*ended)
        *len = text.len;
    for (size_t i = quote; i < *len; i++)
        if (text.ptr[i] == state->quote && opens_field(state, text.ptr, i))
            return 0;
    return 1;
}

/* A line whose quotes are text: split at the delimiters, as libcsv does when it is not strict. */
static enum read_result literal_row(struct reader *reader, struct csv_row *row, size_t len, bool ended,
                                    struct error *err)
{
    struct csv_state *state = state_of(reader);
    struct csv_quoted *fields = &state->quoted;
    const char *start = rest(reader).ptr;
    size_t begin = 0;

    *row = (struct csv_row){.start = start, .len = len, .split = true};
    fields->field_count = 0;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && start[i] != state->delimiter)
            continue;
        if (ARRAY_GROW(fields->fields, fields->field_capacity, fields->field_count + 1)) {
            error_memory(err);
            return READ_FAILED;
        }
        fields->fields[fields->field_count++] = (struct csv_span){begin, i - begin};
        begin = i + 1;
    }
    row->count = fields->field_count;
    fields->row_ended = true; /* the next record that is libcsv's begins afresh */
    reader->literal_quotes++;
    state->after_cr = ended && start[len] == '\r';
    consume(state, len + ended);
    return READ_RECORD;
}

enum read_result csv_row_next(struct reader *reader, struct csv_row *row, struct bad_record *bad, struct error *err)
{
    struct csv_state *state = state_of(reader);

    state->cut_off = false;
    if (state->discarding) {
        state->discarding = state->after_cr = false;
        if (skip_line(reader, err))
            return READ_FAILED;
    }
    for (;;) {
        const char *text = reader->source->data + reader->source->begin;
        const char *start = text + state->consumed;
        size_t end;
        bool last = false;
        if (state->stop < state->scan.stop_count) {
            end = state->scan.offsets[state->scan.stops[state->stop]];
            if (text[end] == state->quote && state->quote != '\n') {
                size_t len;
                bool ended;
                int line = csv_quoted_line(state, text, row);
                if (line < 0)
                    error_memory(err);
                if (line)
                    return line < 0 ? READ_FAILED : READ_RECORD;
                int literal = is_literal(reader, end - state->consumed, &len, &ended, err);
                if (literal < 0)
                    return READ_FAILED;
                return literal ? literal_row(reader, row, len, ended, err) : quoted_row(reader, row, bad, err);
            }
        } else {
            if (rest(reader).len > RECORD_LIMIT && state->scanned - state->consumed > RECORD_LIMIT)
                return too_long(reader, bad);
            int more = scan_further(reader, err);
            if (more < 0)
                return READ_FAILED;
            if (more)
                continue;
            if (rest(reader).len == 0)
                return READ_END;
            /* the last line has no line end: scan it again, what was scanned is gone */
            if (scan_from(reader, SIZE_MAX, err))
                return READ_FAILED;
            if (state->stop < state->scan.stop_count)
                continue; /* lines that were behind a quote that is never closed */
            last = true;
            text = reader->source->data + reader->source->begin;
            start = text;
            end = state->scanned;
        }
        size_t stop_index = last ? state->scan.offset_count : state->scan.stops[state->stop];
        size_t len = (size_t)(text + end - start);
        *row = (struct csv_row){.start = start,
                                .len = len,
                                .count = stop_index - state->first + 1,
                                .end = state->scan.offsets + state->first,
                                .text = text};
        state->stop++;
        state->first = stop_index + 1;
        state->consumed = end + !last;
        bool was_after_cr = state->after_cr;
        state->after_cr = !last && text[end] == '\r';
        if (len == 0) {
            if (!(was_after_cr && text[end] == '\n'))
                reader->line++; /* a blank line */
            continue;
        }
        return state->delimiter == ' ' ? split_blanks(state, row, err) : READ_RECORD;
    }
}
