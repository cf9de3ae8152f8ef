/* CSV after RFC 4180 with LF, quotes only where they are needed; and TSV, which has none.
 *
 * A field is copied and examined in one pass, as if it needed no quotes; the rare one that does is then written again.
 */
#include "stream/writer.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/utf8.h"
#include "stream/source.h"
#include "stream/writer_format.h"
#include "value/formula.h"

struct csv_state {
    bool special[256]; /* bytes that a field without quotes cannot hold */
    struct slice header;
};

#ifdef __SSE2__
/* A bit for each byte that needs quotes. */
static inline int marked(__m128i bytes, char delimiter)
{
    const __m128i ends =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
    const __m128i marks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(delimiter)));

    return _mm_movemask_epi8(_mm_or_si128(ends, marks));
}

static inline int copy_16(char *out, const char *text, char delimiter)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);

    _mm_storeu_si128((__m128i *)(void *)out, bytes);
    return marked(bytes, delimiter);
}

static inline int copy_8(char *out, const char *text, char delimiter)
{
    const __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)text);

    _mm_storel_epi64((__m128i *)(void *)out, bytes);
    return marked(bytes, delimiter) & 0xff;
}
#endif

/* Copies text as if it held no special byte; false when it may hold one (what was copied may then be anything). The
 * vectors take a quote for special in TSV too; the caller looks again. */
static inline bool copy_plain(char *out, struct slice text, const struct csv_state *state, char delimiter)
{
    bool special = false;

#ifdef __SSE2__
    if (text.len >= 16) {
        int marks = 0;
        for (size_t i = 0; i + 16 <= text.len && !marks; i += 16)
            marks = copy_16(out + i, text.ptr + i, delimiter);
        return !(marks | copy_16(out + text.len - 16, text.ptr + text.len - 16, delimiter));
    }
    if (text.len >= 8)
        return !(copy_8(out, text.ptr, delimiter) | copy_8(out + text.len - 8, text.ptr + text.len - 8, delimiter));
#else
    (void)delimiter;
#endif
    for (size_t i = 0; i < text.len; i++) {
        out[i] = text.ptr[i];
        special |= state->special[(unsigned char)text.ptr[i]];
    }
    return !special;
}

/* before: a byte in front of the text, or 0. */
static char *put_quoted(char *out, struct slice text, char before)
{
    *out++ = '"';
    if (before)
        *out++ = before;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            *out++ = '"';
        *out++ = text.ptr[i];
    }
    *out++ = '"';
    return out;
}

static bool holds_special(struct slice text, const struct csv_state *state)
{
    for (size_t i = 0; i < text.len; i++)
        if (state->special[(unsigned char)text.ptr[i]])
            return true;
    return false;
}

static int refuse_tsv(const struct writer *writer, size_t column, struct error *err)
{
    struct quote q;

    return error_set(err, STATUS_DATA, "column '%s': a tab or line end cannot be written as TSV; use --to csv",
                     quote_name(&q, writer->names[column]));
}

/* What a spreadsheet would run begins with an apostrophe, which makes it text there. */
static char *put_disarmed(const struct writer *writer, char *out, struct slice text)
{
    if (writer->kind == FORMAT_CSV)
        return put_quoted(out, text, '\'');
    *out++ = '\'';
    memcpy(out, text.ptr, text.len);
    return out + text.len;
}

/* The field behind out, which has room for two bytes for each of text and three more. NULL with err: TSV cannot hold
 * it.
 */
static inline char *put_field(const struct writer *writer, char *out, struct slice text, size_t column,
                              struct error *err)
{
    const struct csv_state *state = writer->state;

    if (text.len == 0)
        return writer->count == 1 && writer->kind == FORMAT_CSV ? put_quoted(out, text, 0) : out;
    if (writer->spreadsheet_safe && formula_like(text) && (writer->kind == FORMAT_CSV || !holds_special(text, state)))
        return put_disarmed(writer, out, text);
    if (copy_plain(out, text, state, writer->delimiter))
        return out + text.len;
    if (writer->kind == FORMAT_CSV)
        return put_quoted(out, text, 0);
    if (!holds_special(text, state)) {
        memcpy(out, text.ptr, text.len);
        return out + text.len;
    }
    refuse_tsv(writer, column, err);
    return NULL;
}

/* Whether a file that begins with this name would not be taken for CSV: but for JSON, for one that is compressed, or
 * for one with a byte order mark. */
static bool begins_another_format(struct slice name)
{
    const struct slice text = slice_trim(name);

    return (text.len && (text.ptr[0] == '{' || text.ptr[0] == '[')) || source_refusal(name) ||
           utf8_without_mark(name).len < name.len;
}

static int make_header(struct writer *writer, struct csv_state *state, struct error *err)
{
    size_t size = 1;

    for (size_t i = 0; i < writer->count; i++)
        size += writer->names[i].len * 2 + 4;
    char *header = arena_alloc(&writer->arena, size);
    if (!header)
        return error_memory(err);
    char *out = header;
    for (size_t i = 0; i < writer->count; i++) {
        if (i)
            *out++ = writer->delimiter;
        if (i == 0 && writer->kind == FORMAT_CSV && begins_another_format(writer->names[i]))
            out = put_quoted(out, writer->names[i], 0);
        else
            out = put_field(writer, out, writer->names[i], i, err);
        if (!out)
            return -1;
    }
    if (writer->count) /* an input without any byte has no columns, and neither has its output */
        *out++ = '\n';
    state->header = (struct slice){header, (size_t)(out - header)};
    return 0;
}

static int csv_start(struct writer *writer, struct error *err)
{
    struct csv_state *state = arena_alloc(&writer->arena, sizeof *state);

    if (!state)
        return error_memory(err);
    memset(state, 0, sizeof *state);
    state->special['\r'] = true;
    state->special['\n'] = true;
    state->special[(unsigned char)writer->delimiter] = true;
    state->special['"'] = writer->kind == FORMAT_CSV;
    writer->state = state;
    return make_header(writer, state, err);
}

static int put_header(struct writer *writer, struct error *err)
{
    const struct csv_state *state = writer->state;

    if (writer->started)
        return 0;
    if (sink_write(writer->sink, state->header, err))
        return -1;
    writer->started = true;
    return 0;
}

/* A record that begins with a text of its first fields. */
static int put_row(struct writer *writer, struct slice text, const struct field *fields, size_t first,
                   struct error *err)
{
    size_t size = text.len + 1;

    if (writer->count == 0)
        return error_set(err, STATUS_DATA, "a record without columns cannot be written as %s; use --to jsonl",
                         writer->kind == FORMAT_CSV ? "CSV" : "TSV");
    if (put_header(writer, err))
        return -1;
    for (size_t i = first; i < writer->count; i++)
        size += fields[i - first].text.len * 2 + 4;
    char *start = writer_room(writer, size, err);
    if (!start)
        return -1;
    char *out = text.len ? mempcpy(start, text.ptr, text.len) : start;
    for (size_t i = first; i < writer->count; i++) {
        if (i)
            *out++ = writer->delimiter;
        out = put_field(writer, out, field_shown(&fields[i - first]), i, err);
        if (!out)
            return -1;
    }
    *out++ = '\n';
    return writer_commit(writer, start, (size_t)(out - start), err);
}

static int csv_put(struct writer *writer, const struct field *fields, struct error *err)
{
    return put_row(writer, SLICE(""), fields, 0, err);
}

int writer_put_behind(struct writer *writer, struct slice text, const struct field *fields, size_t first,
                      struct error *err)
{
    if (put_row(writer, text, fields, first, err))
        return -1;
    writer->records++;
    return 0;
}

const struct writer_format csv_writer = {.start = csv_start, .put = csv_put, .finish = put_header};
