/* Number symbols: what each character can be in or beside a number, in any script. */
#include <stdint.h>

#include "base/utf8.h"
#include "value/number_parts.h"

/* Digit zero of each script: Arabic-Indic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada,
 * Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer, Ol Chiki, full-width. */
static const uint16_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xA66,  0xAE6,  0xBE6,  0xC66, 0xCE6,
                                 0xD66, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1C50, 0xFF10};

static enum symbol_kind ascii_kind(char c)
{
    switch (c) {
    case '.':
        return SYMBOL_POINT;
    case ',':
        return SYMBOL_COMMA;
    case ' ':
        return SYMBOL_BLANK;
    case '\t':
        return SYMBOL_WIDE_BLANK;
    case '\'':
        return SYMBOL_APOSTROPHE;
    case '-':
        return SYMBOL_MINUS;
    case '+':
        return SYMBOL_PLUS;
    case '(':
        return SYMBOL_OPEN;
    case ')':
        return SYMBOL_CLOSE;
    case '%':
        return SYMBOL_PERCENT;
    case '$':
        return SYMBOL_SIGN;
    default:
        return SYMBOL_OTHER;
    }
}

static enum symbol_kind separator_kind(uint32_t cp)
{
    switch (cp) {
    case 0xFF0E: /* full-width full stop */
        return SYMBOL_POINT;
    case 0x60C: /* Arabic comma */
    case 0xFF0C:
        return SYMBOL_COMMA;
    case 0x66B:
        return SYMBOL_DECIMAL;
    case 0x66C:
        return SYMBOL_GROUP;
    case 0xA0:   /* no-break */
    case 0x2007: /* figure, punctuation, thin, hair, narrow no-break */
    case 0x2008:
    case 0x2009:
    case 0x200A:
    case 0x202F:
        return SYMBOL_BLANK;
    case 0xB4: /* acute accent, modifier apostrophe, quotation marks, full-width apostrophe */
    case 0x2BC:
    case 0x2018:
    case 0x2019:
    case 0xFF07:
        return SYMBOL_APOSTROPHE;
    default:
        return SYMBOL_OTHER;
    }
}

static enum symbol_kind mark_kind(uint32_t cp)
{
    switch (cp) {
    case 0x2212: /* minus sign, small and full-width hyphen-minus */
    case 0xFE63:
    case 0xFF0D:
        return SYMBOL_MINUS;
    case 0xFF0B:
        return SYMBOL_PLUS;
    case 0xFF08:
        return SYMBOL_OPEN;
    case 0xFF09:
        return SYMBOL_CLOSE;
    case 0x66A: /* Arabic, small, full-width */
    case 0xFE6A:
    case 0xFF05:
        return SYMBOL_PERCENT;
    case 0x61C: /* direction marks, zero-width blank, word joiner, byte order mark */
    case 0x200B:
    case 0x200E:
    case 0x200F:
    case 0x2060:
    case 0xFEFF:
        return SYMBOL_INVISIBLE;
    case 0x205F:
    case 0x3000:
        return SYMBOL_WIDE_BLANK;
    case 0x58F: /* Armenian dram, Bengali taka, baht, riel, rial */
    case 0x9F3:
    case 0xE3F:
    case 0x17DB:
    case 0xFDFC:
    case 0xFF04: /* full-width $ */
        return SYMBOL_SIGN;
    default:
        break;
    }
    if (cp >= 0x2010 && cp <= 0x2015) /* hyphens and dashes */
        return SYMBOL_DASH;
    if (cp >= 0x2000 && cp <= 0x2006)
        return SYMBOL_WIDE_BLANK;
    if ((cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069))
        return SYMBOL_INVISIBLE;
    if ((cp >= 0xA2 && cp <= 0xA5) || (cp >= 0x20A0 && cp <= 0x20CF) || (cp >= 0xFFE0 && cp <= 0xFFE6))
        return SYMBOL_SIGN;
    return SYMBOL_OTHER;
}

struct symbol symbol_at(struct slice text)
{
    if (text.len == 0)
        return (struct symbol){.kind = SYMBOL_END};
    unsigned char byte = (unsigned char)text.ptr[0];
    if (byte >= '0' && byte <= '9')
        return (struct symbol){SYMBOL_DIGIT, 1, (char)byte, '0'};
    if (byte < 0x80)
        return (struct symbol){.kind = ascii_kind((char)byte), .size = 1};
    size_t size = utf8_char_length(text.ptr, text.len);
    if (size == 0)
        return (struct symbol){.kind = SYMBOL_OTHER, .size = 1};
    uint32_t cp = utf8_decode(text.ptr, size);
    enum symbol_kind kind = separator_kind(cp);
    if (kind == SYMBOL_OTHER)
        kind = mark_kind(cp);
    if (kind != SYMBOL_OTHER)
        return (struct symbol){.kind = kind, .size = size};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (cp - zeros[i] < 10)
            return (struct symbol){SYMBOL_DIGIT, size, (char)('0' + (cp - zeros[i])), zeros[i]};
    return (struct symbol){.kind = SYMBOL_OTHER, .size = size};
}
