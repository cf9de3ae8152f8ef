/* JSON scanner: a hand-written recogniser of RFC 8259 that works on positions.
 *
 * Most of the time of reading JSON Lines goes into strings, so these are passed over 16 bytes at a time; a byte needs a
 * closer look when it is a quote, a backslash, a control character or not ASCII. Nesting is kept as one bit a level, so
 * no input can exhaust the stack. */
#include "stream/json_scan.h"

#include <jansson.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/ascii.h"
#include "base/utf8.h"

const char *json_scan_bad(struct json_scan *scan, const char *at, const char *reason)
{
    scan->stop = at;
    scan->reason = reason;
    return NULL;
}

const char *json_scan_more(struct json_scan *scan, const char *at)
{
    return json_scan_bad(scan, at, NULL);
}

const char *json_skip_run(struct json_scan *scan, const char *p)
{
    for (; p < scan->end; p++) {
        if (*p == '\n')
            scan->lines += p[-1] != '\r';
        else if (*p == '\r')
            scan->lines++;
        else if (*p != ' ' && *p != '\t')
            break;
    }
    return p;
}

/* The first byte that is a quote, a backslash, a control character or not ASCII. */
static const char *skip_plain(const char *p, const char *end)
{
#ifdef __SSE2__
    const __m128i quotes = _mm_set1_epi8('"');
    const __m128i backslashes = _mm_set1_epi8('\\');
    const __m128i blanks = _mm_set1_epi8(' ');

    while (end - p >= 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i special = _mm_or_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(bytes, backslashes));
        /* as signed bytes, those above 0x7f are below a blank too */
        special = _mm_or_si128(special, _mm_cmplt_epi8(bytes, blanks));
        int mask = _mm_movemask_epi8(special);
        if (mask)
            return p + __builtin_ctz((unsigned)mask);
        p += 16;
    }
#endif
    while (p < end && (signed char)*p >= ' ' && *p != '"' && *p != '\\')
        p++;
    return p;
}

/* Characters of two bytes and more; p is at a byte above 0x7f. */
static const char *scan_wide(struct json_scan *scan, const char *p)
{
    while (p < scan->end && (signed char)*p < 0) {
        const unsigned char *s = (const unsigned char *)p;
        size_t room = (size_t)(scan->end - p);
        if (room >= 2 && s[0] >= 0xc2 && s[0] <= 0xdf && (s[1] & 0xc0) == 0x80) {
            p += 2;
            continue;
        }
        size_t length = utf8_char_length(p, room);
        if (length == 0 && room < 4)
            return json_scan_more(scan, p);
        if (length == 0)
            return json_scan_bad(scan, p, "invalid UTF-8");
        p += length;
    }
    return p;
}

/* The value of the four digits of "\uXXXX", -1 when they are none, -2 when they are cut off. p is at the backslash. */
static int hexadecimal(const struct json_scan *scan, const char *p)
{
    int value = 0;

    for (int i = 2; i < 6; i++) {
        if (p + i >= scan->end)
            return -2;
        int digit = ascii_hex(p[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static const char *scan_unicode_escape(struct json_scan *scan, const char *p)
{
    static const char half[] = "half a surrogate pair (\\uD800 to \\uDFFF)";
    int unit = hexadecimal(scan, p);

    if (unit == -2)
        return json_scan_more(scan, p);
    if (unit < 0)
        return json_scan_bad(scan, p, "four hexadecimal digits expected after '\\u'");
    if (unit < 0xd800 || unit > 0xdfff)
        return p + 6;
    if (unit > 0xdbff)
        return json_scan_bad(scan, p, half);
    const char *low = p + 6;
    size_t room = (size_t)(scan->end - low);
    if ((room > 0 && low[0] != '\\') || (room > 1 && low[1] != 'u'))
        return json_scan_bad(scan, p, half);
    unit = hexadecimal(scan, low);
    if (room < 2 || unit == -2)
        return json_scan_more(scan, p);
    if (unit < 0xdc00 || unit > 0xdfff)
        return json_scan_bad(scan, p, half);
    return low + 6;
}

/* p is at the backslash. */
static const char *scan_escape(struct json_scan *scan, const char *p)
{
    scan->escaped = true;
    if (scan->end - p < 2)
        return json_scan_more(scan, p);
    if (p[1] == 'u')
        return scan_unicode_escape(scan, p);
    if (p[1] == '\0' || !strchr("\"\\/bfnrt", p[1]))
        return json_scan_bad(scan, p, "unknown escape after '\\'");
    return p + 2;
}

const char *json_scan_string(struct json_scan *scan, const char *p)
{
    const char *begin = p + 1;

    scan->escaped = false;
    for (p = begin;;) {
        p = skip_plain(p, scan->end);
        if (p == scan->end)
            return json_scan_more(scan, p);
        if (*p == '"')
            break;
        if (*p == '\\')
            p = scan_escape(scan, p);
        else if ((signed char)*p < 0)
            p = scan_wide(scan, p);
        else if (*p == '\n' || *p == '\r')
            return json_scan_bad(scan, p, "the string is not closed on its line");
        else
            return json_scan_bad(scan, p, "a control character in a string must be written as an escape");
        if (!p)
            return NULL;
    }
    if ((size_t)(p - begin) > FIELD_LIMIT)
        return json_scan_bad(scan, begin, "a string is longer than 1 MiB");
    return p + 1;
}

static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

static const char *scan_number(struct json_scan *scan, const char *p)
{
    static const char malformed[] = "malformed number";
    const char *begin = p;
    const char *end = scan->end;
    const char *digits;

    p += *p == '-';
    digits = p;
    p = skip_digits(p, end);
    if (p < end && p == digits)
        return json_scan_bad(scan, begin, malformed);
    if (p - digits > 1 && *digits == '0')
        return json_scan_bad(scan, begin, "a number must not begin with 0");
    if (p < end && *p == '.') {
        digits = ++p;
        p = skip_digits(p, end);
        if (p < end && p == digits)
            return json_scan_bad(scan, begin, malformed);
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        p += p < end && (*p == '+' || *p == '-');
        digits = p;
        p = skip_digits(p, end);
        if (p < end && p == digits)
            return json_scan_bad(scan, begin, malformed);
    }
    if (p == end)
        return json_scan_more(scan, p);
    if ((size_t)(p - begin) > FIELD_LIMIT)
        return json_scan_bad(scan, begin, "a number is longer than 1 MiB");
    return p;
}

static const char *no_value(struct json_scan *scan, const char *p)
{
    switch (*p) {
    case 'N':
    case 'I':
        return json_scan_bad(scan, p, "a value expected (NaN and Infinity are not JSON: write null)");
    case '\'':
        return json_scan_bad(scan, p, "a value expected (strings stand in double quotes)");
    case '}':
    case ']':
        return json_scan_bad(scan, p, "a value expected (a comma too many?)");
    default:
        return json_scan_bad(scan, p, "a value expected");
    }
}

static const char *scan_word(struct json_scan *scan, const char *p, struct slice word)
{
    size_t room = (size_t)(scan->end - p);

    if (memcmp(p, word.ptr, room < word.len ? room : word.len) != 0)
        return no_value(scan, p);
    if (room < word.len)
        return json_scan_more(scan, p);
    return p + word.len;
}

/* Any value but an array or object. */
static const char *scan_scalar(struct json_scan *scan, const char *p, enum field_kind *kind)
{
    switch (*p) {
    case '"':
        *kind = FIELD_TEXT;
        return json_scan_string(scan, p);
    case 't':
        *kind = FIELD_TRUE;
        return scan_word(scan, p, SLICE("true"));
    case 'f':
        *kind = FIELD_FALSE;
        return scan_word(scan, p, SLICE("false"));
    case 'n':
        *kind = FIELD_NULL;
        return scan_word(scan, p, SLICE("null"));
    default:
        if (*p != '-' && (*p < '0' || *p > '9'))
            return no_value(scan, p);
        *kind = FIELD_NUMBER;
        return scan_number(scan, p);
    }
}

const char *json_scan_name(struct json_scan *scan, const char *p, struct slice *name)
{
    if (p == scan->end)
        return json_scan_more(scan, p);
    if (*p == '}')
        return json_scan_bad(scan, p, "a member expected (a comma too many?)");
    if (*p != '"')
        return json_scan_bad(scan, p, "a member's name in double quotes expected");
    const char *begin = p + 1;
    p = json_scan_string(scan, p);
    if (!p)
        return NULL;
    *name = (struct slice){begin, (size_t)(p - 1 - begin)};
    p = json_skip_blank(scan, p);
    if (p == scan->end)
        return json_scan_more(scan, p);
    if (*p != ':')
        return json_scan_bad(scan, p, "':' expected");
    return json_skip_blank(scan, p + 1);
}

const char *json_scan_separator(struct json_scan *scan, const char *p, char close, bool *closed)
{
    p = json_skip_blank(scan, p);
    if (p == scan->end)
        return json_scan_more(scan, p);
    *closed = *p == close;
    if (*closed)
        return p + 1;
    if (*p != ',')
        return json_scan_bad(scan, p, close == '}' ? "',' or '}' expected" : "',' or ']' expected");
    return json_skip_blank(scan, p + 1);
}

/* The open brackets: bit i of the stack is set when level i is an object. The record itself is not among them. */
struct levels {
    uint64_t objects[JSON_DEPTH / 64];
    size_t count;
};

/* Opens the array or object at p: the position of its first name or value, or, when it is empty, behind it. */
static const char *open_level(struct json_scan *scan, const char *p, struct levels *levels, bool *closed)
{
    bool object = *p == '{';
    uint64_t bit = (uint64_t)1 << (levels->count % 64);

    if (scan->depth + levels->count == JSON_DEPTH - 1)
        return json_scan_bad(scan, p, "nested more than 512 levels deep");
    if (object)
        levels->objects[levels->count / 64] |= bit;
    else
        levels->objects[levels->count / 64] &= ~bit;
    p = json_skip_blank(scan, p + 1);
    if (p == scan->end)
        return json_scan_more(scan, p);
    *closed = *p == (object ? '}' : ']');
    if (*closed)
        return p + 1;
    levels->count++;
    return p;
}

static bool in_object(const struct levels *levels)
{
    size_t top = levels->count - 1;

    return levels->objects[top / 64] >> (top % 64) & 1;
}

static const char *scan_nested(struct json_scan *scan, const char *p)
{
    struct levels levels = {.count = 0};
    enum field_kind kind;
    struct slice name;

    do {
        bool closed = true; /* a value has just ended */
        if (levels.count && in_object(&levels) && !(p = json_scan_name(scan, p, &name)))
            return NULL;
        if (p == scan->end)
            return json_scan_more(scan, p);
        if (*p == '{' || *p == '[')
            p = open_level(scan, p, &levels, &closed);
        else
            p = scan_scalar(scan, p, &kind);
        while (p && closed && levels.count) {
            p = json_scan_separator(scan, p, in_object(&levels) ? '}' : ']', &closed);
            levels.count -= p && closed;
        }
    } while (p && levels.count);
    return p;
}

const char *json_scan_value(struct json_scan *scan, const char *p, enum field_kind *kind)
{
    if (p == scan->end)
        return json_scan_more(scan, p);
    if (*p != '{' && *p != '[')
        return scan_scalar(scan, p, kind);
    *kind = FIELD_JSON;
    return scan_nested(scan, p);
}

int json_decode(struct slice text, struct buffer *decoded)
{
    json_error_t error;
    json_t *string = json_loadb(text.ptr - 1, text.len + 2, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);

    if (!string)
        return -1; /* the string is valid, so only memory can be short */
    int failed = buffer_append(decoded, (struct slice){json_string_value(string), json_string_length(string)});
    json_decref(string);
    return failed;
}

struct json_elements json_elements_of(struct slice array)
{
    struct json_elements elements = {.scan = {.end = array.ptr + array.len}};

    elements.next = json_skip_blank(&elements.scan, array.ptr + 1);
    elements.closed = *elements.next == ']';
    return elements;
}

bool json_elements_next(struct json_elements *elements, struct field *element)
{
    enum field_kind kind;
    const char *value = elements->next;

    if (!value || elements->closed)
        return false;
    const char *end = json_scan_value(&elements->scan, value, &kind);
    if (end)
        *element = json_field(kind, value, end);
    elements->next = end ? json_scan_separator(&elements->scan, end, ']', &elements->closed) : NULL;
    return end;
}
