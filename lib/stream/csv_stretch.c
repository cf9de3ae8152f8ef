/* Stretches of CSV: an input read in pieces, each by a reader of its own.
 *
 * A piece must end where a record does: at a line end that no quotes enclose. Whether they do is a matter of how many
 * there are before it, odd or even, if every quote is one around a field or a doubled one. Behind one that is not, the
 * cut may be wrong; then the piece ends within a record, between its quotes, and whoever reads it finds that out before
 * anything behind it has counted. */
#include <string.h>

#include "stream/csv_row.h"

bool csv_row_apart(const struct reader *reader)
{
    const struct csv_state *state = reader->state;

    return (state->quote == QUOTE_NONE || state->plain_quotes) && state->delimiter != ' ' && !state->literal_quotes &&
           !state->lenient_rows && !state->placed && !state->trim;
}

static void forget_scan(struct csv_state *state)
{
    state->scan.offset_count = state->scan.stop_count = 0;
    state->scanned = state->stop = state->looked = state->first = state->consumed = 0;
}

bool csv_row_settle(struct reader *reader)
{
    struct csv_state *state = reader->state;
    struct source *source = reader->source;

    if (state->discarding || state->waits)
        return false;
    source->begin += state->consumed;
    forget_scan(state);
    if (!state->after_cr)
        return true;
    if (source->begin == source->end)
        return false;
    source->begin += source->data[source->begin] == '\n';
    state->after_cr = false;
    return true;
}

void csv_row_restart(struct reader *reader)
{
    struct csv_state *state = reader->state;

    forget_scan(state);
    state->after_cr = state->discarding = state->cut_off = false;
}

uint64_t csv_row_lines(const struct reader *reader)
{
    return reader->line - 1;
}

void csv_row_skip(struct reader *reader, uint64_t lines)
{
    reader->line += lines;
}

/* Whether the byte is there an odd number of times. A byte of `odd` is all ones when its column has it so. */
static bool is_odd(struct slice text, char byte)
{
    typedef uint8_t columns __attribute__((vector_size(16), aligned(1), may_alias));
    columns odd = {0};
    columns wanted = odd + (uint8_t)byte;
    bool rest = false;
    size_t i = 0;

    for (; i + sizeof odd <= text.len; i += sizeof odd)
        odd ^= (columns)(*(const columns *)(const void *)(text.ptr + i) == wanted);
    for (; i < text.len; i++)
        rest ^= text.ptr[i] == byte;
    for (size_t column = 0; column < sizeof odd; column++)
        rest ^= odd[column] & 1;
    return rest;
}

size_t csv_row_whole(const struct reader *reader, struct slice window)
{
    const struct csv_state *state = reader->state;
    const char *end = memrchr(window.ptr, '\n', window.len);

    if (!end || state->quote == QUOTE_NONE || !memchr(window.ptr, state->quote, window.len))
        return end ? (size_t)(end - window.ptr) + 1 : 0;
    bool inside = is_odd(window, state->quote);
    for (size_t i = window.len; i > 0; i--) {
        char c = window.ptr[i - 1];
        if (c == '\n' && !inside)
            return i;
        inside ^= c == state->quote;
    }
    return 0;
}

bool csv_row_miscut(const struct reader *reader)
{
    const struct csv_state *state = reader->state;

    return state->cut_off;
}
