/* Strings of JSON, decoded and written, and whole values written as jq prints them. */
#include "value/expression_parts.h"

#include <string.h>

#include "base/ascii.h"

/* The four digits of \uXXXX; -1: they are none. */
static long hex4(struct slice text, size_t at)
{
    long code = 0;

    if (text.len - at < 4)
        return -1;
    for (size_t i = 0; i < 4; i++) {
        int digit = ascii_hex(text.ptr[at + i]);
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

static char *put_utf8(char *out, unsigned long code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xc0 | code >> 6);
        *out++ = (char)(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        *out++ = (char)(0xe0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 0x3f));
        *out++ = (char)(0x80 | (code & 0x3f));
    } else {
        *out++ = (char)(0xf0 | code >> 18);
        *out++ = (char)(0x80 | (code >> 12 & 0x3f));
        *out++ = (char)(0x80 | (code >> 6 & 0x3f));
        *out++ = (char)(0x80 | (code & 0x3f));
    }
    return out;
}

/* \u at *at (behind the u); *at is moved behind what was read. */
static const char *unescape_code(struct slice escaped, size_t *at, char **out)
{
    long code = hex4(escaped, *at);

    if (code < 0)
        return "\\u wants four hexadecimal digits";
    *at += 4;
    if (code >= 0xd800 && code <= 0xdfff) {
        long low = escaped.len - *at >= 6 && memcmp(escaped.ptr + *at, "\\u", 2) == 0 ? hex4(escaped, *at + 2) : -1;
        if (code > 0xdbff || low < 0xdc00 || low > 0xdfff)
            return "half of a surrogate pair";
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        *at += 6;
    }
    *out = put_utf8(*out, (unsigned long)code);
    return NULL;
}

int json_unescape(struct arena *arena, struct slice escaped, struct slice *text, const char **what)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";

    *what = NULL;
    char *decoded = arena_copy(arena, escaped); /* what is decoded is never longer */
    if (!decoded)
        return -1;
    char *out = decoded;
    for (size_t i = 0; i < escaped.len;) {
        if (escaped.ptr[i] != '\\') {
            *out++ = escaped.ptr[i++];
            continue;
        }
        char c = i + 1 < escaped.len ? escaped.ptr[i + 1] : '\0';
        const char *letter = c ? strchr(letters, c) : NULL;
        i += 2;
        if (letter)
            *out++ = meanings[letter - letters];
        else if (c == 'u')
            *what = unescape_code(escaped, &i, &out);
        else
            *what = "no such escape";
        if (*what)
            return -1;
    }
    *text = (struct slice){decoded, (size_t)(out - decoded)};
    return 0;
}

static int print_escape(struct buffer *out, unsigned char c)
{
    static const char letters[] = "\"\\bfnrt";
    static const char meanings[] = "\"\\\b\f\n\r\t";
    const char *meaning = c ? strchr(meanings, c) : NULL;

    if (meaning)
        return buffer_append(out, (struct slice){(char[]){'\\', letters[meaning - meanings]}, 2});
    return buffer_printf(out, "\\u%04x", c);
}

int json_print_string(struct run *run, struct slice text, struct buffer *out)
{
    size_t start = 0;

    if (buffer_append_char(out, '"'))
        return error_memory(run->err);
    for (size_t i = 0; i <= text.len; i++) {
        unsigned char c = i < text.len ? (unsigned char)text.ptr[i] : 0;
        if (i < text.len && c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        if (buffer_append(out, (struct slice){text.ptr + start, i - start}) || (i < text.len && print_escape(out, c)))
            return error_memory(run->err);
        start = i + 1;
    }
    return buffer_append_char(out, '"') ? error_memory(run->err) : 0;
}

static int print_list(struct run *run, const struct expression_value *list, struct buffer *out, unsigned depth)
{
    bool object = list->type == EXPRESSION_OBJECT;
    struct json_items items;

    if (depth > EXPRESSION_JSON_DEPTH)
        return error_set(run->err, STATUS_DATA, "nested too deeply");
    if (json_items(run, list, &items))
        return -1;
    if (buffer_append_char(out, object ? '{' : '['))
        return error_memory(run->err);
    for (size_t i = 0; i < items.count; i++) {
        if (i && buffer_append_char(out, ','))
            return error_memory(run->err);
        if (object && (json_print_string(run, items.items[i].key, out) || buffer_append_char(out, ':')))
            return error_memory(run->err);
        if (json_print(run, &items.items[i].value, out, depth + 1))
            return -1;
    }
    return buffer_append_char(out, object ? '}' : ']') ? error_memory(run->err) : 0;
}

int json_print(struct run *run, struct expression_value *value, struct buffer *out, unsigned depth)
{
    char text[DOUBLE_TEXT];
    struct slice word;

    switch (value->type) {
    case EXPRESSION_STRING:
        return json_print_string(run, value->text, out);
    case EXPRESSION_ARRAY:
    case EXPRESSION_OBJECT:
        return print_list(run, value, out, depth);
    case EXPRESSION_NUMBER:
        expression_is_number(value);
        word = (struct slice){text, double_to_text(value->number, text)};
        break;
    case EXPRESSION_TRUE:
        word = SLICE("true");
        break;
    case EXPRESSION_FALSE:
        word = SLICE("false");
        break;
    case EXPRESSION_NULL:
    default:
        word = SLICE("null");
    }
    return buffer_append(out, word) ? error_memory(run->err) : 0;
}
