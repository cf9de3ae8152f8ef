/* UTF-8 validity after Unicode 15, table 3-7 "Well-Formed UTF-8 Byte Sequences". */
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

static bool within(unsigned char c, unsigned char low, unsigned char high)
{
    return c >= low && c <= high;
}

size_t utf8_char_length(const char *text, size_t size)
{
    const unsigned char *s = (const unsigned char *)text;
    unsigned char low = 0x80;
    unsigned char high = 0xbf;
    size_t length;

    if (s[0] < 0x80)
        return 1;
    if (within(s[0], 0xc2, 0xdf)) {
        length = 2;
    } else if (within(s[0], 0xe0, 0xef)) {
        length = 3;
        if (s[0] == 0xe0)
            low = 0xa0;
        if (s[0] == 0xed)
            high = 0x9f;
    } else if (within(s[0], 0xf0, 0xf4)) {
        length = 4;
        if (s[0] == 0xf0)
            low = 0x90;
        if (s[0] == 0xf4)
            high = 0x8f;
    } else {
        return 0;
    }
    if (size < length || !within(s[1], low, high))
        return 0;
    for (size_t i = 2; i < length; i++)
        if (!within(s[i], 0x80, 0xbf))
            return 0;
    return length;
}

size_t utf8_valid_prefix(const char *text, size_t size)
{
    size_t i = 0;

    while (i < size) {
        uint64_t word;
        if (size - i >= sizeof word) {
            memcpy(&word, text + i, sizeof word);
            if (!(word & 0x8080808080808080u)) {
                i += sizeof word;
                continue;
            }
        } else if (size >= sizeof word) { /* the end, with some of what stands before it */
            memcpy(&word, text + size - sizeof word, sizeof word);
            if (!(word & 0x8080808080808080u))
                return size;
        }
        size_t length = (unsigned char)text[i] < 0x80 ? 1 : utf8_char_length(text + i, size - i);
        if (length == 0)
            return i;
        i += length;
    }
    return size;
}

bool utf8_valid(const char *text, size_t size)
{
    return utf8_valid_prefix(text, size) == size;
}

struct slice utf8_without_mark(struct slice text)
{
    if (text.len >= 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0)
        text = (struct slice){text.ptr + 3, text.len - 3};
    return text;
}
