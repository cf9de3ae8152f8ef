/* Web addresses: taken apart as the URL standard of the WHATWG has it (url.spec.whatwg.org, application/x-www-form-
 * urlencoded parsing), as far as parameters and domains need. A "%" without two hexadecimal digits stands for itself.
 */
#include "value/web_address.h"

#include <string.h>
#include <utf8proc.h>

#include "base/ascii.h"
#include "base/utf8.h"

static struct slice skip(struct slice text, size_t size)
{
    return (struct slice){text.ptr + size, text.len - size};
}

/* Splits text at the first c: returns what stands before, and leaves in *text what stands behind, or nothing. */
static struct slice take_until(struct slice *text, char c)
{
    const char *found = text->len ? memchr(text->ptr, c, text->len) : NULL;
    size_t length = found ? (size_t)(found - text->ptr) : text->len;
    struct slice before = {text->ptr, length};

    *text = skip(*text, found ? length + 1 : length);
    return before;
}

/* The next decoded byte; text is not empty. */
static char take_byte(struct slice *text)
{
    char c = text->ptr[0];

    if (c == '%' && text->len >= 3) {
        int high = ascii_hex(text->ptr[1]);
        int low = ascii_hex(text->ptr[2]);
        if (high >= 0 && low >= 0) {
            *text = skip(*text, 3);
            return (char)(high << 4 | low);
        }
    }
    *text = skip(*text, 1);
    return c == '+' ? ' ' : c;
}

static bool is_named(struct slice encoded, struct slice name)
{
    while (encoded.len && name.len) {
        if (ascii_lower(take_byte(&encoded)) != ascii_lower(name.ptr[0]))
            return false;
        name = skip(name, 1);
    }
    return encoded.len == 0 && name.len == 0;
}

static bool is_clean(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 || c == 0x7f || (c == 0xc2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xa0))
            return false;
    }
    return utf8_valid(text.ptr, text.len);
}

static int append_decoded(struct slice value, struct buffer *out)
{
    size_t before = out->len;

    if (value.len && buffer_reserve(out, value.len))
        return -1;
    while (value.len)
        out->data[out->len++] = take_byte(&value);
    if (out->len == before || is_clean((struct slice){out->data + before, out->len - before}))
        return 0;
    out->len = before;
    return 1;
}

/* The value, still encoded, of the first parameter of that name in "a=b&c=d". */
static bool find_parameter(struct slice list, struct slice name, struct slice *value)
{
    while (list.len) {
        struct slice pair = take_until(&list, '&');
        if (pair.len > 4 && memcmp(pair.ptr, "amp;", 4) == 0)
            pair = skip(pair, 4);
        struct slice key = take_until(&pair, '=');
        if (key.len && is_named(key, name)) {
            *value = pair;
            return true;
        }
    }
    return false;
}

int web_parameter(struct slice url, struct slice name, struct buffer *out)
{
    struct slice value;
    struct slice fragment = slice_trim(url);
    struct slice query = take_until(&fragment, '#');

    take_until(&query, '?');
    if (find_parameter(query, name, &value))
        return append_decoded(value, out);
    query = fragment; /* "#utm_source=x", "#/page?utm_source=x" */
    take_until(&query, '?');
    if (find_parameter(query, name, &value) || find_parameter(take_until(&fragment, '?'), name, &value))
        return append_decoded(value, out);
    return 1;
}

static bool begins(struct slice text, const char *with)
{
    size_t length = strlen(with);

    for (size_t i = 0; i < length; i++)
        if (i == text.len || ascii_lower(text.ptr[i]) != with[i])
            return false;
    return true;
}

static struct slice until_any(struct slice text, const char *characters)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] && strchr(characters, text.ptr[i]))
            return (struct slice){text.ptr, i};
    return text;
}

/* The length of "https://", "//" or "mailto:" in front, or 0. */
static size_t scheme_length(struct slice text)
{
    size_t length = 0;

    if (begins(text, "mailto:"))
        return 7;
    while (length < text.len && (ascii_is_letter(text.ptr[length]) ||
                                 (length && strchr("0123456789+-.", text.ptr[length]) && text.ptr[length])))
        length++;
    if (length && length < text.len && text.ptr[length] == ':')
        length++;
    else if (length)
        return 0;
    return begins(skip(text, length), "//") ? length + 2 : 0;
}

/* What stands where the host does, still with user and port taken off. */
static struct slice host_of(struct slice address)
{
    address = slice_trim(address);
    address = skip(address, scheme_length(address));
    address = until_any(address, "/?#\\");
    for (size_t i = address.len; i-- > 0;)
        if (address.ptr[i] == '@') {
            address = skip(address, i + 1);
            break;
        }
    const char *colon = address.len ? memchr(address.ptr, ':', address.len) : NULL;
    if (colon) {
        size_t port = (size_t)(colon - address.ptr) + 1;
        for (size_t i = port; i < address.len; i++)
            if (address.ptr[i] < '0' || address.ptr[i] > '9')
                return (struct slice){address.ptr, 0};
        address.len = port - 1;
    }
    if (address.len && address.ptr[address.len - 1] == '.')
        address.len--;
    return address;
}

#define DOMAIN_BYTES 253
#define LABEL_BYTES 63

/* One character of a domain in small letters, with the points of East Asian scripts as "."; 0: no domain has it. */
static int32_t domain_character(int32_t cp)
{
    if (cp < 0x80) {
        char c = ascii_lower((char)cp);
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        return good ? c : 0;
    }
    if (cp == 0x3002 || cp == 0xFF0E || cp == 0xFF61)
        return '.';
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
        return utf8proc_tolower(cp);
    default:
        return 0;
    }
}

/* The host in small letters. 0: it is no domain's. */
static size_t lower_host(struct slice host, char domain[DOMAIN_BYTES])
{
    size_t length = 0;

    while (host.len) {
        utf8proc_int32_t cp;
        utf8proc_uint8_t encoded[4];
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)host.ptr, (utf8proc_ssize_t)host.len, &cp);
        if (size <= 0 || (cp = domain_character(cp)) == 0)
            return 0;
        size_t width = (size_t)utf8proc_encode_char(cp, encoded);
        if (length + width > DOMAIN_BYTES)
            return 0;
        memcpy(domain + length, encoded, width);
        length += width;
        host = skip(host, (size_t)size);
    }
    return length;
}

/* At least two labels, each of 1 to 63 bytes without "-" at its ends; the last is not all digits: 10.0.0.1, 12.50. */
static bool is_domain(struct slice domain)
{
    size_t labels = 0;
    bool letters = false;

    for (;;) {
        const char *point = domain.len ? memchr(domain.ptr, '.', domain.len) : NULL;
        size_t length = point ? (size_t)(point - domain.ptr) : domain.len;
        if (length == 0 || length > LABEL_BYTES || domain.ptr[0] == '-' || domain.ptr[length - 1] == '-')
            return false;
        labels++;
        letters = false;
        for (size_t i = 0; i < length; i++)
            letters = letters || domain.ptr[i] < '0' || domain.ptr[i] > '9';
        if (!point)
            return labels > 1 && letters;
        domain = skip(domain, length + 1);
    }
}

int web_domain(struct slice address, struct buffer *out)
{
    char text[DOMAIN_BYTES];
    struct slice domain = {text, lower_host(host_of(address), text)};

    if (!is_domain(domain))
        return 1;
    if (begins(domain, "www.") && is_domain(skip(domain, 4)))
        domain = skip(domain, 4);
    return buffer_append(out, domain);
}
