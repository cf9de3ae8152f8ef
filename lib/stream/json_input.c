/* JSON input: reading on, line by line where it must be. */
#include "stream/json_input.h"

#define PARTIAL ((size_t)64 << 10) /* a longer rest is doubled */

struct slice json_input_rest(const struct json_input *input)
{
    const struct source *source = input->source;
    size_t begin = source->begin + input->at;

    return (struct slice){source->data + begin, source->end - begin};
}

void json_input_take(struct json_input *input)
{
    if (input->hold)
        return;
    input->source->begin += input->at;
    input->at = 0;
}

int json_input_more(struct json_input *input, struct error *err)
{
    struct source *source = input->source;

    json_input_take(input);
    size_t rest = json_input_rest(input).len;
    size_t before = source->end - source->begin;
    if (rest < PARTIAL)
        return source_more(source, err);
    if (source_peek(source, before + rest, err))
        return -1;
    return source->end - source->begin > before;
}

int json_input_skip_blank(struct json_input *input, struct error *err)
{
    int more;

    do {
        struct slice text = json_input_rest(input);
        for (size_t i = 0; i < text.len; i++) {
            char c = text.ptr[i];
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                input->at += i;
                input->after_cr = false;
                return 1;
            }
            input->line += c == '\r' || (c == '\n' && !input->after_cr);
            input->after_cr = c == '\r';
        }
        input->at += text.len;
        if (input->hold && input->at >= RECORD_LIMIT)
            return 0;
        more = json_input_more(input, err);
    } while (more > 0);
    return more;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* The bytes of text up to the first line end; takes note of a bracket. */
static size_t line_length(struct json_input *input, struct slice text)
{
    size_t len = 0;

    for (; len < text.len && !is_line_end(text.ptr[len]); len++)
        if (text.ptr[len] != ' ' && text.ptr[len] != '\t')
            input->bracket = text.ptr[len] == ']' || (input->braces && text.ptr[len] == '}');
    return len;
}

int json_input_skip_rest(struct json_input *input, struct error *err)
{
    int more = 1;

    while (more > 0) {
        struct slice text = json_input_rest(input);
        size_t len = line_length(input, text);
        input->at += len;
        if (len < text.len)
            break;
        more = json_input_more(input, err);
    }
    input->skip_rest = false;
    return more < 0 ? -1 : 0;
}

int json_input_line(struct json_input *input, struct slice *line, struct error *err)
{
    size_t len = 0;
    int more;

    do {
        *line = json_input_rest(input);
        while (len < line->len && len <= RECORD_LIMIT && !is_line_end(line->ptr[len]))
            len++;
        if (len < line->len || len > RECORD_LIMIT)
            break;
        more = json_input_more(input, err);
        if (more < 0)
            return -1;
        *line = json_input_rest(input);
    } while (more > 0);
    input->skip_rest = len > RECORD_LIMIT;
    line->len = input->skip_rest ? RECORD_LIMIT : len;
    input->at += line_length(input, *line);
    if (input->skip_rest)
        line->len = FIELD_LIMIT;
    return 0;
}
