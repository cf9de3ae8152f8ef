/* Records with quotes, the plain ones: on one line, each quote around a whole field or doubled within one. They are
 * taken apart by the offsets that the scan has listed; where no quote is doubled the fields stay where they are. All
 * others are left to libcsv, which also decides whether they are malformed. */
#include "base/memory.h"
#include "stream/csv_row.h"

#include <string.h>

/* Moves *i from the entry of an opening quote to that of the closing one. false: there is none on this line. */
static bool find_closing(const struct csv_state *state, const char *text, size_t *i, bool *doubled)
{
    const struct scan *scan = &state->scan;

    for (size_t at = *i + 1; at < scan->offset_count; at++) {
        size_t offset = scan->offsets[at];
        if (text[offset] == '\n' || text[offset] == '\r')
            return false;
        if (text[offset] != state->quote)
            continue;
        if (at + 1 == scan->offset_count || text[offset + 1] != state->quote) {
            *i = at;
            return true;
        }
        *doubled = true;
        at++;
    }
    return false;
}

/* The fields of the line as offsets from its start. Returns the entry behind that of the line end; 0: it is none of
 * these records; SIZE_MAX: out of memory. */
static size_t split_line(struct csv_state *state, const char *text, bool *doubled)
{
    const struct scan *scan = &state->scan;
    struct csv_quoted *fields = &state->quoted;
    size_t begin = state->consumed;
    size_t i = state->first;
    char ends_with;

    do {
        if (i == scan->offset_count)
            return 0;
        size_t end = scan->offsets[i];
        if (text[end] == state->quote) {
            if (end != begin || !find_closing(state, text, &i, doubled) || i + 1 == scan->offset_count ||
                scan->offsets[i + 1] != scan->offsets[i] + 1)
                return 0;
            begin++;
            end = scan->offsets[i++];
        }
        if (fields->field_count == fields->field_capacity &&
            ARRAY_GROW(fields->fields, fields->field_capacity, fields->field_count + 1))
            return SIZE_MAX;
        fields->fields[fields->field_count++] = (struct csv_span){begin - state->consumed, end - begin};
        begin = scan->offsets[i] + 1;
        ends_with = text[scan->offsets[i++]];
    } while (ends_with == state->delimiter);
    return i;
}

/* Copies the fields, two quotes as one. */
static int copy_unescaped(struct csv_quoted *fields, const char *start, size_t len)
{
    const char quote = fields->syntax.quote;

    buffer_clear(&fields->text);
    if (buffer_reserve(&fields->text, len))
        return -1;
    char *out = fields->text.data;
    for (size_t i = 0; i < fields->field_count; i++) {
        const char *from = start + fields->fields[i].offset;
        const char *end = from + fields->fields[i].len;
        const char *field = out;
        while (from < end) {
            const char *found = memchr(from, quote, (size_t)(end - from));
            size_t piece = (size_t)((found ? found + 1 : end) - from);
            memcpy(out, from, piece);
            out += piece;
            from += piece + (found != NULL);
        }
        fields->fields[i] = (struct csv_span){(size_t)(field - fields->text.data), (size_t)(out - field)};
    }
    fields->text.len = (size_t)(out - fields->text.data);
    return 0;
}

int csv_quoted_line(struct csv_state *state, const char *text, struct csv_row *row)
{
    struct csv_quoted *fields = &state->quoted;
    bool doubled = false;

    if (!state->plain_quotes)
        return 0;
    fields->field_count = 0;
    fields->row_ended = true; /* the next record that is libcsv's begins afresh */
    size_t next = split_line(state, text, &doubled);
    if (next == 0 || next == SIZE_MAX)
        return next ? -1 : 0;
    const char *start = text + state->consumed;
    size_t line_end = state->scan.offsets[next - 1];
    size_t len = line_end - state->consumed;
    if (len > FIELD_LIMIT) /* limits are libcsv's path's */
        return 0;
    *row = (struct csv_row){.start = start, .len = len, .count = fields->field_count, .split = true};
    if (doubled) {
        if (copy_unescaped(fields, start, len))
            return -1;
        row->quoted = fields;
    }
    state->first = next;
    while (state->stop < state->scan.stop_count && state->scan.stops[state->stop] < next)
        state->stop++;
    state->consumed = line_end + 1;
    state->after_cr = text[line_end] == '\r';
    return 1;
}
