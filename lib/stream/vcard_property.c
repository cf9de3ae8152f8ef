/* Properties. Version 2.1 writes parameters without a name (TEL;WORK;VOICE:), later ones TYPE=work, with lists and
 * quotes; all are read everywhere, since programs mix them. */
#include "stream/vcard_property.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "stream/transcode.h"

#define NOT_PREFERRED 101

bool vcard_same(struct slice text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

bool vcard_property_is(const struct vcard_property *property, const char *name)
{
    return vcard_same(property->name, name);
}

/* The offset of c outside quotes, from `from` on; text.len when there is none. */
static size_t find(struct slice text, size_t from, char c)
{
    bool quoted = false;

    for (size_t i = from; i < text.len; i++) {
        if (text.ptr[i] == '"')
            quoted = !quoted;
        else if (text.ptr[i] == c && !quoted)
            return i;
    }
    return text.len;
}

static struct slice unquoted(struct slice text)
{
    text = slice_trim(text);
    if (text.len >= 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
        text = (struct slice){text.ptr + 1, text.len - 2};
    return text;
}

static void take_type(struct vcard_property *property, struct slice type)
{
    static const struct {
        const char *name;
        unsigned types;
    } types[] = {
        {"WORK", VCARD_WORK},
        {"HOME", VCARD_HOME},
        {"CELL", VCARD_CELL},
        {"MOBILE", VCARD_CELL},
        {"IPHONE", VCARD_CELL},
        {"FAX", VCARD_FAX},
        {"PAGER", VCARD_PAGER},
        {"MODEM", VCARD_PAGER},
        {"BBS", VCARD_PAGER},
        {"TEXTPHONE", VCARD_PAGER},
        {"HOMEFAX", VCARD_FAX | VCARD_HOME},
        {"WORKFAX", VCARD_FAX | VCARD_WORK},
    };

    type = unquoted(type);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (vcard_same(type, types[i].name))
            property->types |= types[i].types;
    if (vcard_same(type, "PREF"))
        property->preference = 1;
}

static void take_encoding(struct vcard_property *property, struct slice name)
{
    if (vcard_same(name, "QUOTED-PRINTABLE"))
        property->encoding = VCARD_QUOTED_PRINTABLE;
    else if (vcard_same(name, "BASE64") || vcard_same(name, "B"))
        property->encoding = VCARD_BASE64;
}

static int preference_of(struct slice text)
{
    int preference = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || preference > 100)
            return NOT_PREFERRED;
        preference = preference * 10 + (text.ptr[i] - '0');
    }
    return preference >= 1 && preference <= 100 ? preference : NOT_PREFERRED;
}

static void take_parameter(struct vcard_property *property, struct slice parameter)
{
    size_t equals = find(parameter, 0, '=');
    struct slice name = slice_trim((struct slice){parameter.ptr, equals});

    if (equals == parameter.len) { /* 2.1: the value alone */
        take_type(property, name);
        if (!vcard_same(name, "B"))
            take_encoding(property, name);
        return;
    }
    struct slice value = unquoted((struct slice){parameter.ptr + equals + 1, parameter.len - equals - 1});
    if (vcard_same(name, "TYPE")) {
        while (value.len) {
            const char *comma = memchr(value.ptr, ',', value.len);
            size_t len = comma ? (size_t)(comma - value.ptr) : value.len;
            take_type(property, (struct slice){value.ptr, len});
            value = comma ? (struct slice){comma + 1, value.len - len - 1} : (struct slice){value.ptr, 0};
        }
    } else if (vcard_same(name, "PREF")) {
        property->preference = preference_of(value);
    } else if (vcard_same(name, "ENCODING")) {
        take_encoding(property, value);
    } else if (vcard_same(name, "CHARSET")) {
        property->charset = value;
    } else if (vcard_same(name, "VALUE")) {
        property->uri = vcard_same(value, "uri") || vcard_same(value, "url");
    }
}

bool vcard_property_parse(struct vcard_property *property, struct slice line)
{
    size_t colon = find(line, 0, ':');

    if (colon == line.len) { /* quotes that do not match: they quote nothing */
        const char *at = memchr(line.ptr, ':', line.len);
        if (!at)
            return false;
        colon = (size_t)(at - line.ptr);
    }
    struct slice head = {line.ptr, colon};
    size_t semicolon = find(head, 0, ';');
    struct slice name = slice_trim((struct slice){line.ptr, semicolon});
    *property = (struct vcard_property){.line = line, .preference = NOT_PREFERRED};
    property->value = (struct slice){line.ptr + colon + 1, line.len - colon - 1};
    const char *point = memrchr(name.ptr, '.', name.len);
    if (point) {
        property->group = (struct slice){name.ptr, (size_t)(point - name.ptr)};
        name = (struct slice){point + 1, name.len - property->group.len - 1};
    }
    property->name = name;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '-' && c != '_')
            return false;
    }
    while (semicolon < head.len) {
        size_t next = find(head, semicolon + 1, ';');
        take_parameter(property, (struct slice){head.ptr + semicolon + 1, next - semicolon - 1});
        semicolon = next;
    }
    return name.len > 0;
}

enum vcard_encoding vcard_line_encoding(struct slice line, bool *colon)
{
    struct vcard_property property;

    *colon = vcard_property_parse(&property, line);
    return *colon ? property.encoding : VCARD_PLAIN;
}

/* RFC 2045, 6.7; what is no =XX stays. In place; the new length. */
static size_t decode_quoted(char *text, size_t len)
{
    size_t to = 0;

    for (size_t at = 0; at < len; at++) {
        int high = text[at] == '=' && at + 2 < len ? ascii_hex(text[at + 1]) : -1;
        int low = high >= 0 ? ascii_hex(text[at + 2]) : -1;
        char c = text[at];
        if (low >= 0) {
            c = (char)(high << 4 | low);
            at += 2;
        }
        text[to++] = c;
    }
    return to;
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* RFC 4648, 4; other characters are passed over. In place; the new length. */
static size_t decode_base64(char *text, size_t len)
{
    size_t to = 0;
    unsigned bits = 0;
    unsigned held = 0;

    for (size_t at = 0; at < len && text[at] != '='; at++) {
        int digit = base64_digit(text[at]);
        if (digit < 0)
            continue;
        bits = (bits << 6 | (unsigned)digit) & 0xffff;
        held += 6;
        if (held >= 8) {
            held -= 8;
            text[to++] = (char)(bits >> held);
        }
    }
    return to;
}

/* What iconv makes of the bytes, behind out; what it cannot decode is TRANSCODE_BAD. */
static int convert(iconv_t iconv_handle, struct slice bytes, struct buffer *out)
{
    enum { STEP = 256 };
    char *in = (char *)(uintptr_t)bytes.ptr;
    size_t left = bytes.len;

    while (left) {
        if (buffer_reserve(out, STEP))
            return -1;
        char *to = out->data + out->len;
        size_t room = STEP;
        size_t result = iconv(iconv_handle, &in, &left, &to, &room);
        out->len = (size_t)(to - out->data);
        if (result == (size_t)-1 && errno != E2BIG) {
            if (buffer_append_char(out, TRANSCODE_BAD))
                return -1;
            in++;
            left--;
        }
    }
    return 0;
}

static int convert_charset(struct slice charset, struct slice bytes, struct buffer *out, struct error *err)
{
    char name[64];
    struct quote shown;
    iconv_t handle = (iconv_t)-1;

    if (charset.len < sizeof name) {
        memcpy(name, charset.ptr, charset.len);
        name[charset.len] = '\0';
        handle = iconv_open("UTF-8", name);
        if (handle == (iconv_t)-1) /* a passing shortage of memory looks like an unknown name: ask again */
            handle = iconv_open("UTF-8", name);
    }
    if (handle == (iconv_t)-1)
        return error_set(err, STATUS_DATA, "unknown charset '%s'", quote(&shown, charset));
    int status = convert(handle, bytes, out) ? error_memory(err) : 0;
    iconv_close(handle);
    return status;
}

int vcard_property_decode(const struct vcard_property *property, struct buffer *out, struct error *err)
{
    struct slice value = property->value;
    struct slice charset = property->charset;
    size_t from = out->len;

    if (buffer_append(out, value))
        return error_memory(err);
    if (value.len && property->encoding == VCARD_QUOTED_PRINTABLE)
        out->len = from + decode_quoted(out->data + from, value.len);
    else if (value.len && property->encoding == VCARD_BASE64)
        out->len = from + decode_base64(out->data + from, value.len);
    if (charset.len == 0 || vcard_same(charset, "UTF-8") || vcard_same(charset, "US-ASCII") || out->len == from)
        return 0;
    /* The whole file may have been decoded already. */
    if (property->encoding == VCARD_PLAIN && utf8_valid(out->data + from, out->len - from))
        return 0;
    struct buffer bytes = {0};
    if (buffer_append(&bytes, (struct slice){out->data + from, out->len - from}))
        return error_memory(err);
    out->len = from;
    int status = convert_charset(charset, buffer_slice(&bytes), out, err);
    buffer_fini(&bytes);
    return status;
}

bool vcard_component(struct slice *rest, char separator, struct slice *component)
{
    size_t at = 0;

    if (!rest->ptr)
        return false;
    while (at < rest->len && rest->ptr[at] != separator)
        at += rest->ptr[at] == '\\' && at + 1 < rest->len ? 2 : 1;
    *component = (struct slice){rest->ptr, at};
    *rest = at < rest->len ? (struct slice){rest->ptr + at + 1, rest->len - at - 1} : (struct slice){NULL, 0};
    return true;
}

int vcard_unescape(struct buffer *out, struct slice text, enum vcard_version version)
{
    size_t at = 0;

    while (at < text.len) {
        const char *slash = memchr(text.ptr + at, '\\', text.len - at);
        size_t len = slash ? (size_t)(slash - text.ptr) - at : text.len - at;
        if (buffer_append(out, (struct slice){text.ptr + at, len}))
            return -1;
        at += len;
        if (at == text.len)
            break;
        char next = at + 1 < text.len ? text.ptr[at + 1] : '\0';
        bool line = version != VCARD_2_1 && (next == 'n' || next == 'N');
        bool plain = next == ',' || next == ';' || next == ':' || next == '\\';
        if (buffer_append_char(out, line ? '\n' : plain ? next : '\\'))
            return -1;
        at += line || plain ? 2 : 1;
    }
    return 0;
}
