/* Folding: digits and signs of any script to ASCII, and what a spreadsheet did to a number.
 *
 * The signs are those that the library takes for punctuation, and those that exports hold in their stead: no-break and
 * thin blanks, and the marks of direction that are copied along with a number from an address book. */
#include <string.h>

#include "base/utf8.h"
#include "value/phone_parts.h"

#define DROPPED (-1)
#define KEPT (-2)

static const uint16_t zeros[] = {
    0x0660, 0x06f0,                                                         /* Arabic-Indic, Persian */
    0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, /* N'Ko, scripts of India */
    0x0d66, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, /* Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer, Mongolian
                                                             */
    0xff10,                                                 /* full-width */
};

static int digit_of(unsigned code)
{
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
        if (code >= zeros[i] && code <= zeros[i] + 9U)
            return (int)(code - zeros[i]);
    return -1;
}

static bool within(unsigned code, unsigned first, unsigned last)
{
    return code >= first && code <= last;
}

/* An ASCII character, DROPPED or KEPT. */
static int fold_one(unsigned code)
{
    const int digit = digit_of(code);

    if (digit >= 0)
        return '0' + digit;
    if (within(code, 0xff01, 0xff5e))
        return (int)(code - 0xfee0); /* full-width forms */
    if (code < 0x20 || code == 0x7f || code == 0xa0 || code == 0x3000 || code == 0x202f || code == 0x205f ||
        within(code, 0x2000, 0x200a))
        return ' ';
    if (within(code, 0x2010, 0x2015) || code == 0x2212 || code == 0x30fc || code == 0xfe63)
        return '-';
    if (code == 0xad || code == 0x61c || code == 0xfeff || within(code, 0x200b, 0x200f) ||
        within(code, 0x202a, 0x202e) || within(code, 0x2060, 0x2069))
        return DROPPED;
    return KEPT;
}

struct slice phone_trim(struct slice text)
{
    while (text.len > 0 && (unsigned char)text.ptr[0] <= ' ') {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && (unsigned char)text.ptr[text.len - 1] <= ' ')
        text.len--;
    return text;
}

bool phone_fold(struct slice text, char *folded, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < text.len;) {
        const size_t length = utf8_char_length(text.ptr + i, text.len - i);
        if (length == 0)
            return false;
        const unsigned code = utf8_decode(text.ptr + i, length);
        const int to = within(code, 0x20, 0x7e) ? (int)code : fold_one(code);
        if (to == KEPT) {
            memcpy(folded + *count, text.ptr + i, length);
            *count += length;
        } else if (to != DROPPED) {
            folded[(*count)++] = (char)to;
        }
        i += length;
    }
    return true;
}

int phone_digit(struct slice text, size_t *length)
{
    const unsigned char first = (unsigned char)*text.ptr;

    *length = 1;
    if (first < 0x80)
        return first >= '0' && first <= '9' ? first - '0' : -1;
    const size_t found = utf8_char_length(text.ptr, text.len);
    if (found == 0)
        return -1;
    *length = found;
    return digit_of(utf8_decode(text.ptr, found));
}

static size_t digits_at(struct slice text, size_t at)
{
    size_t count = 0;

    while (at + count < text.len && text.ptr[at + count] >= '0' && text.ptr[at + count] <= '9')
        count++;
    return count;
}

static bool is_at(struct slice text, size_t at, const char *characters)
{
    return at < text.len && text.ptr[at] != '\0' && strchr(characters, text.ptr[at]);
}

bool phone_mend(struct slice *text)
{
    enum { RUN_MIN = 6 }; /* digits without a sign among them, before ".0" says anything */
    size_t at = is_at(*text, 0, "+-") ? 1 : 0;
    const size_t whole = digits_at(*text, at);

    at += whole;
    if (whole == 0 || at == text->len)
        return true;
    const size_t point = at;
    if (is_at(*text, at, ".,"))
        at += 1 + digits_at(*text, at + 1);
    if (at == text->len && whole >= RUN_MIN && at == point + 2 && text->ptr[at - 1] == '0') {
        text->len = point;
        return true;
    }
    if (!is_at(*text, at, "eE"))
        return true;
    at++;
    if (is_at(*text, at, "+-"))
        at++;
    const size_t power = digits_at(*text, at);
    return power == 0 || power > 3 || at + power < text->len;
}
