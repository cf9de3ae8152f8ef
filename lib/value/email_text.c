/* Peeling: taking off what people and programs leave around an address, layer by layer. */
#include "value/email_text.h"

#include <stdio.h>
#include <utf8proc.h>

#include "base/utf8.h"

const unsigned char email_classes[256] = {
    ['\t'] = EMAIL_BLANK, ['\n'] = EMAIL_BLANK,
    ['\v'] = EMAIL_BLANK, ['\f'] = EMAIL_BLANK,
    ['\r'] = EMAIL_BLANK, [' '] = EMAIL_BLANK,
    ['!'] = EMAIL_ATOM,   ['#'] = EMAIL_ATOM,
    ['$'] = EMAIL_ATOM,   ['%'] = EMAIL_ATOM,
    ['&'] = EMAIL_ATOM,   ['\''] = EMAIL_ATOM,
    ['*'] = EMAIL_ATOM,   ['+'] = EMAIL_ATOM,
    [','] = EMAIL_LOOSE,  ['-'] = EMAIL_ATOM | EMAIL_HOST,
    ['/'] = EMAIL_ATOM,   ['0' ... '9'] = EMAIL_ATOM | EMAIL_HOST,
    [';'] = EMAIL_LOOSE,  ['='] = EMAIL_ATOM,
    ['?'] = EMAIL_ATOM,   ['A' ... 'Z'] = EMAIL_ATOM | EMAIL_HOST,
    ['^'] = EMAIL_ATOM,   ['_'] = EMAIL_ATOM,
    ['`'] = EMAIL_ATOM,   ['a' ... 'z'] = EMAIL_ATOM | EMAIL_HOST,
    ['{'] = EMAIL_ATOM,   ['|'] = EMAIL_ATOM,
    ['}'] = EMAIL_ATOM,   ['~'] = EMAIL_ATOM,
};

/* Zero-width and direction characters that mean nothing in an address. Joiners do, in Persian domains. */
static bool is_invisible(int32_t c)
{
    return c == 0xad || c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || c == 0x2060 ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

bool email_is_blank(int32_t c)
{
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000 || (c < 0x80 && email_is_class((char)c, EMAIL_BLANK));
}

int32_t email_wide_character_at(struct slice text, size_t *length)
{
    int32_t c;

    *length = utf8_char_length(text.ptr, text.len);
    if (*length == 0) {
        *length = 1;
        return -1;
    }
    utf8proc_iterate((const uint8_t *)text.ptr, (utf8proc_ssize_t)*length, &c);
    return c;
}

/* What may be dropped at the ends: joiners, too, have nothing to join there. */
static bool is_empty_space(int32_t c)
{
    return email_is_blank(c) || is_invisible(c) || c == 0x200c || c == 0x200d;
}

static size_t blank_behind(struct slice text)
{
    size_t size = 1;
    size_t length;

    while (size < 4 && size < text.len && ((unsigned char)text.ptr[text.len - size] & 0xc0) == 0x80)
        size++;
    int32_t c = email_character_at(email_from(text, text.len - size), &length);
    return length == size && is_empty_space(c) ? size : 0;
}

static struct slice trim(struct slice text)
{
    size_t length;

    while (text.len) {
        int32_t c = email_character_at(text, &length);
        if (!is_empty_space(c))
            break;
        text = email_from(text, length);
    }
    while (text.len && (length = blank_behind(text)))
        text.len -= length;
    return text;
}

/* Copies text without invisible characters into the reader when it has any. */
static struct slice drop_invisible(struct email_reader *reader, struct slice text, unsigned *changes)
{
    size_t used = 0;
    size_t length;

    if (text.len > sizeof reader->clean || email_is_ascii(text))
        return text;
    for (size_t i = 0; i < text.len; i += length) {
        if (is_invisible(email_character_at(email_from(text, i), &length)))
            continue;
        memcpy(reader->clean + used, text.ptr + i, length);
        used += length;
    }
    if (used == text.len)
        return text;
    *changes |= EMAIL_INVISIBLE;
    return (struct slice){reader->clean, used};
}

static bool strip_scheme(struct slice *text)
{
    static const char scheme[] = "mailto:";
    const size_t length = sizeof scheme - 1;

    if (text->len <= length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((text->ptr[i] | 0x20) != scheme[i] && text->ptr[i] != scheme[i])
            return false;
    *text = email_from(*text, length);
    const char *query = email_find(*text, '?');
    if (query && memchr(text->ptr, '@', (size_t)(query - text->ptr)))
        text->len = (size_t)(query - text->ptr);
    return true;
}

static bool equal_ignoring_case(struct slice a, struct slice b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (a.ptr[i] != b.ptr[i] &&
            !((a.ptr[i] ^ b.ptr[i]) == 0x20 && (a.ptr[i] | 0x20) >= 'a' && (a.ptr[i] | 0x20) <= 'z'))
            return false;
    return true;
}

/* "Name <address>" gives the address, unless the name may be another address. */
static bool strip_name(struct slice *text)
{
    if (text->len < 2 || text->ptr[text->len - 1] != '>')
        return false;
    const char *open = memrchr(text->ptr, '<', text->len);
    if (!open)
        return false;
    struct slice name = trim((struct slice){text->ptr, (size_t)(open - text->ptr)});
    struct slice address = trim((struct slice){open + 1, (size_t)(text->ptr + text->len - 1 - (open + 1))});
    const bool quoted = name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"';
    if (name.len > 1 && name.ptr[0] == '\'' && name.ptr[name.len - 1] == '\'')
        name = (struct slice){name.ptr + 1, name.len - 2};
    if (!quoted && (email_find(name, '@') || email_find(name, '<')) && !equal_ignoring_case(name, address))
        return false;
    *text = address;
    return true;
}

static bool strip_punctuation(struct slice *text)
{
    const size_t before = text->len;

    while (text->len && email_is_class(text->ptr[0], EMAIL_LOOSE | EMAIL_BLANK))
        *text = email_from(*text, 1);
    while (text->len && email_is_class(text->ptr[text->len - 1], EMAIL_LOOSE | EMAIL_BLANK))
        text->len--;
    if (text->len > 1 && text->ptr[text->len - 1] == '.' && text->ptr[text->len - 2] != '.')
        text->len--;
    if (text->len > 2 && (text->ptr[0] == '"' || text->ptr[0] == '\'') && text->ptr[text->len - 1] == text->ptr[0])
        *text = (struct slice){text->ptr + 1, text->len - 2};
    return text->len != before;
}

struct slice email_peel(struct email_reader *reader, struct slice text, unsigned *changes)
{
    text = drop_invisible(reader, trim(text), changes);
    for (unsigned layer = 0; layer < 8; layer++) {
        unsigned change = 0;
        if (strip_scheme(&text))
            change = EMAIL_SCHEME;
        else if (strip_name(&text))
            change = EMAIL_NAME;
        else if (strip_punctuation(&text))
            change = EMAIL_PUNCTUATION;
        if (!change)
            break;
        *changes |= change;
        text = trim(text);
    }
    return text;
}

int email_refuse(struct email *out, const char *reason)
{
    out->verdict = EMAIL_INVALID;
    out->reason = reason;
    return 1;
}

int email_refuse_character(struct email_reader *reader, struct email *out, struct slice text, const char *where)
{
    struct quote shown;
    size_t length;
    const int32_t c = email_character_at(text, &length);

    if (email_is_blank(c))
        return email_refuse(out, "blank inside");
    if (c == 0xff20 || c == 0xfe6b)
        return email_refuse(out, "no @ but its full-width form");
    snprintf(reader->reason, sizeof reader->reason, "'%s' %s", quote(&shown, (struct slice){text.ptr, length}), where);
    return email_refuse(out, reader->reason);
}

bool email_is_mixed(struct slice text, size_t *at)
{
    bool latin = false;
    bool other = false;
    size_t length;

    for (size_t i = 0; i < text.len; i += length) {
        int32_t c = email_character_at(email_from(text, i), &length);
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7)) {
            latin = true;
        } else if ((c >= 0x370 && c <= 0x52f) || (c >= 0x1f00 && c <= 0x1fff)) {
            *at = other ? *at : i;
            other = true;
        }
    }
    return latin && other;
}

bool email_is_listed(const struct slice *names, size_t count, struct slice name)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = slice_compare(names[middle], name);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
