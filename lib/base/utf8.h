/* UTF-8: validity, as Unicode's table 3-7 has it (no overlong form, no surrogate, nothing above U+10FFFF). */
#ifndef CRM_BASE_UTF8_H
#define CRM_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* The length in bytes, 1 to 4, of the well-formed character at text, or 0 when there is none. size > 0. */
size_t utf8_char_length(const char *text, size_t size);

/* The offset of the first byte that is not part of a well-formed character; size when all are. */
size_t utf8_valid_prefix(const char *text, size_t size);

bool utf8_valid(const char *text, size_t size);

/* The text behind a byte order mark, if it begins with one. */
struct slice utf8_without_mark(struct slice text);

/* The code point of the well-formed character at text, of utf8_char_length() bytes. */
static inline uint32_t utf8_decode(const char *text, size_t length)
{
    uint32_t code = length == 1 ? (unsigned char)text[0] : (unsigned char)text[0] & (0xffU >> (length + 1));

    for (size_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3f);
    return code;
}

/* Whether a terminal is driven by the character, or one is deceived by it: control characters (C0, DEL, C1), line and
 * paragraph separators, the marks that embed, override or isolate a direction (UAX #9; Boucher and Anderson, "Trojan
 * Source", 2021), and those without width or form. Not the joiners and the marks of direction that writing in Persian,
 * Hindi, Arabic or Hebrew needs. */
static inline bool utf8_invisible(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x180e || code == 0x200b ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
           (code >= 0xfff9 && code <= 0xfffb);
}

#endif
