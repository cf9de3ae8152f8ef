/* Folding the text of a date: what looks alike or means the same becomes one, and most of it ASCII, so that the readers
 * and the table of words know one form of each. */
#include <string.h>

#include "base/utf8.h"
#include "value/date_words.h"

/* U+00C0 .. U+017F as letters without accents; '?': no letter. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

enum { DROPPED = 0, KEPT = 0x110000 };

static bool within(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last;
}

static uint32_t fold_arabic(uint32_t c)
{
    if (within(c, 0x660, 0x669))
        return '0' + c - 0x660;
    if (within(c, 0x6f0, 0x6f9))
        return '0' + c - 0x6f0;
    if (within(c, 0x64b, 0x652) || c == 0x640 || c == 0x61c) /* vowel signs, the lengthening bar, a mark */
        return DROPPED;
    switch (c) {
    case 0x60c: /* comma */
        return ',';
    case 0x66b: /* decimal separator */
        return '.';
    case 0x622: /* alef with madda, hamza above, hamza below */
    case 0x623:
    case 0x625:
        return 0x627;
    case 0x649: /* alef maksura, Persian yeh */
    case 0x6cc:
        return 0x64a;
    case 0x6a9: /* Persian kaf */
        return 0x643;
    default:
        return KEPT;
    }
}

static uint32_t fold_cyrillic(uint32_t c)
{
    if (c <= 0x40f)
        return c + 0x50;
    return within(c, 0x410, 0x42f) ? c + 0x20 : KEPT;
}

static uint32_t fold_punctuation(uint32_t c)
{
    if (within(c, 0x2000, 0x200a) || c == 0x202f || c == 0x205f)
        return ' ';
    if (within(c, 0x200b, 0x200f) || within(c, 0x202a, 0x202e) || within(c, 0x2060, 0x2069)) /* no width, directions */
        return DROPPED;
    if (within(c, 0x2010, 0x2015) || c == 0x2212)
        return '-';
    return c == 0x2018 || c == 0x2019 ? '\'' : KEPT;
}

/* What stands for a character that is not ASCII: another, DROPPED or KEPT. */
static uint32_t fold_character(uint32_t c)
{
    if (within(c, 0xc0, 0x17f))
        return latin[c - 0xc0] == '?' ? KEPT : (unsigned char)latin[c - 0xc0];
    if (within(c, 0x400, 0x45f))
        return fold_cyrillic(c);
    if (within(c, 0x600, 0x6ff))
        return fold_arabic(c);
    if (within(c, 0x2000, 0x2212))
        return fold_punctuation(c);
    if (within(c, 0xff01, 0xff5e)) /* full width */
        return within(c, 0xff21, 0xff3a) ? c - 0xff21 + 'a' : c - 0xff01 + '!';
    switch (c) {
    case 0xa0:
    case 0x3000:
        return ' ';
    case 0xba: /* 1º, and the degree sign typed for it */
    case 0xb0:
        return 'o';
    case 0x2bc:
        return '\'';
    case 0x3001:
        return ',';
    case 0xfeff:
        return DROPPED;
    default:
        return within(c, 0x300, 0x36f) ? DROPPED /* accents apart */ : KEPT;
    }
}

/* The character at s is not ASCII. */
static void append_folded(struct date_folded *folded, const char *s, size_t length)
{
    uint32_t c = utf8_decode(s, length);
    uint32_t to = fold_character(c);
    char *out = folded->text + folded->len;

    if (to == KEPT) {
        memcpy(out, s, length);
        folded->len += length;
    } else if (to >= 0x80) { /* of two bytes, as the one it stands for */
        out[0] = (char)(0xc0 | to >> 6);
        out[1] = (char)(0x80 | (to & 0x3f));
        folded->len += 2;
    } else if (to != DROPPED) {
        *out = (char)to;
        folded->len++;
        folded->arabic_digits = folded->arabic_digits || within(c, 0x660, 0x669);
        folded->persian_digits = folded->persian_digits || within(c, 0x6f0, 0x6f9);
    }
}

bool date_fold(struct slice text, struct date_folded *folded)
{
    size_t at = 0;

    folded->len = 0;
    folded->arabic_digits = folded->persian_digits = false;
    if (text.len > sizeof folded->text)
        return false;
    while (at < text.len) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (c >= 0x80) {
            size_t length = utf8_char_length(text.ptr + at, text.len - at);
            if (length == 0)
                return false;
            append_folded(folded, text.ptr + at, length);
            at += length;
            continue;
        }
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
        folded->text[folded->len++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c == '\t' ? ' ' : c);
        at++;
    }
    return true;
}
