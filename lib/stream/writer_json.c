/* JSON Lines, and JSON as one array with an object a line (RFC 8259).
 *
 * The members' names are escaped once. Text is escaped only where JSON demands it; a number, and a nested value, leave
 * as they came. */
#include "stream/writer.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/utf8.h"
#include "stream/writer_format.h"

struct json_state {
    struct slice *keys; /* "{" or "," and the name and a colon, before each field */
    size_t fixed;       /* bytes of a record besides its fields' text, at most */
};

#ifdef __SSE2__
/* A bit for each byte that may not be copied without a look at it: a control, a quote, a backslash, a part of a longer
 * character. */
static inline int marked(__m128i bytes)
{
    /* signed, a byte above 127 is less than a blank too */
    const __m128i control = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
    const __m128i marks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));

    return _mm_movemask_epi8(_mm_or_si128(control, marks));
}

static inline int copy_16(char *out, const char *text)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);

    _mm_storeu_si128((__m128i *)(void *)out, bytes);
    return marked(bytes);
}

static inline int copy_8(char *out, const char *text)
{
    const __m128i bytes = _mm_loadl_epi64((const __m128i *)(const void *)text);

    _mm_storel_epi64((__m128i *)(void *)out, bytes);
    return marked(bytes) & 0xff;
}
#endif

/* Copies text as if it were ASCII without anything to escape; false when it is not (what was copied may then be
 * anything). */
static inline bool copy_plain(char *out, struct slice text)
{
    size_t i = 0;
    int marks = 0;

#ifdef __SSE2__
    if (text.len >= 16) {
        for (; i + 16 <= text.len && !marks; i += 16)
            marks = copy_16(out + i, text.ptr + i);
        marks |= copy_16(out + text.len - 16, text.ptr + text.len - 16);
        return !marks;
    }
    if (text.len >= 8) {
        marks = copy_8(out, text.ptr) | copy_8(out + text.len - 8, text.ptr + text.len - 8);
        return !marks;
    }
#endif
    for (; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.ptr[i];
        out[i] = text.ptr[i];
        marks |= c < 0x20 || c == '"' || c == '\\' || c >= 0x80;
    }
    return !marks;
}

static char *put_escape(char *out, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    static const char letters[256] = {
        ['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't',
    };

    *out++ = '\\';
    if (letters[c]) {
        *out++ = letters[c];
        return out;
    }
    *out++ = 'u';
    *out++ = '0';
    *out++ = '0';
    *out++ = digits[c >> 4];
    *out++ = digits[c & 15];
    return out;
}

/* text as a JSON string, with escapes. It is valid UTF-8; out has room for six bytes for each of it and two more. */
static char *put_escaped(char *out, struct slice text)
{
    *out++ = '"';
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 || c == '"' || c == '\\')
            out = put_escape(out, c);
        else
            *out++ = (char)c;
    }
    *out++ = '"';
    return out;
}

/* A nested value may have been read from several lines; a line end can only stand between its parts, where a blank
 * serves as well. */
static char *put_nested(char *out, struct slice text)
{
    memcpy(out, text.ptr, text.len);
    for (char *c = out; c < out + text.len; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    return out + text.len;
}

static int check_text(const struct writer *writer, size_t column, struct slice text, struct error *err)
{
    const size_t valid = utf8_valid_prefix(text.ptr, text.len);
    struct quote q;

    if (valid == text.len)
        return 0;
    return error_set(err, STATUS_DATA, "column '%s': not UTF-8 (byte 0x%02x at offset %zu)",
                     quote_name(&q, writer->names[column]), (unsigned char)text.ptr[valid], valid + 1);
}

/* text as a JSON string behind out, with room as above. NULL with err. */
static inline char *put_string(const struct writer *writer, char *out, struct slice text, size_t column,
                               struct error *err)
{
    if (copy_plain(out + 1, text)) {
        out[0] = '"';
        out[text.len + 1] = '"';
        return out + text.len + 2;
    }
    return check_text(writer, column, text, err) ? NULL : put_escaped(out, text);
}

static int json_start(struct writer *writer, struct error *err)
{
    struct json_state *state = arena_alloc(&writer->arena, sizeof *state);
    struct slice *keys = arena_alloc(&writer->arena, writer->count * sizeof *keys);

    if (!state || !keys)
        return error_memory(err);
    *state = (struct json_state){keys, sizeof ",\n{}\n"};
    for (size_t i = 0; i < writer->count; i++) {
        char *key = arena_alloc(&writer->arena, writer->names[i].len * 6 + 4);
        if (!key)
            return error_memory(err);
        key[0] = i ? ',' : '{';
        char *end = put_string(writer, key + 1, writer->names[i], i, err);
        if (!end)
            return -1;
        *end++ = ':';
        keys[i] = (struct slice){key, (size_t)(end - key)};
        state->fixed += keys[i].len + sizeof "null";
    }
    writer->state = state;
    return 0;
}

static inline char *put_value(const struct writer *writer, char *out, const struct field *field, size_t column,
                              struct error *err)
{
    switch (field->kind) {
    case FIELD_TEXT:
        return put_string(writer, out, field->text, column, err);
    case FIELD_NUMBER:
    case FIELD_TRUE:
    case FIELD_FALSE:
        memcpy(out, field->text.ptr, field->text.len);
        return out + field->text.len;
    case FIELD_JSON:
        return check_text(writer, column, field->text, err) ? NULL : put_nested(out, field->text);
    case FIELD_ABSENT:
    case FIELD_NULL:
        break;
    }
    static const struct slice null = SLICE_INIT("null");
    memcpy(out, null.ptr, null.len);
    return out + null.len;
}

static int json_put(struct writer *writer, const struct field *fields, struct error *err)
{
    const struct json_state *state = writer->state;
    size_t size = state->fixed;

    for (size_t i = 0; i < writer->count; i++)
        size += fields[i].text.len * 6;
    char *start = writer_room(writer, size, err);
    if (!start)
        return -1;
    char *out = start;
    if (writer->kind == FORMAT_JSON) {
        *out++ = writer->records ? ',' : '[';
        *out++ = '\n';
    }
    if (writer->count == 0)
        *out++ = '{';
    for (size_t i = 0; i < writer->count; i++) {
        memcpy(out, state->keys[i].ptr, state->keys[i].len);
        out = put_value(writer, out + state->keys[i].len, &fields[i], i, err);
        if (!out)
            return -1;
    }
    *out++ = '}';
    if (writer->kind == FORMAT_JSONL)
        *out++ = '\n';
    return writer_commit(writer, start, (size_t)(out - start), err);
}

static int json_finish(struct writer *writer, struct error *err)
{
    if (writer->kind == FORMAT_JSONL)
        return 0;
    return sink_write(writer->sink, writer->records ? SLICE("\n]\n") : SLICE("[]\n"), err);
}

const struct writer_format json_writer = {.start = json_start, .put = json_put, .finish = json_finish};
