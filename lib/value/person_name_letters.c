/* Characters of names: what may be part of one, in which script, and the plain small letter that the tables have. */
#include "value/person_name_letters.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { L = NAME_LETTER, D = NAME_DIGIT, B = NAME_BLANK, N = NAME_NO_PART };

/* clang-format off */
const unsigned char name_ascii_kinds[128] = {
    N, N, N, N, N, N, N, N, N, B, B, N, N, B, N, N,
    N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
    B, N, NAME_QUOTE, N, N, N, NAME_AMPERSAND, NAME_APOSTROPHE,
    NAME_BRACKET, N, N, NAME_AMPERSAND, NAME_COMMA, NAME_HYPHEN, NAME_POINT, NAME_SLASH,
    D, D, D, D, D, D, D, D, D, D, N, N, N, N, N, N,
    NAME_AT, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L,
    L, L, L, NAME_BRACKET, N, N, N, N,
    NAME_APOSTROPHE, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, N, N, N, N, N,
};
/* clang-format on */

static enum name_character kind_by_category(int32_t c)
{
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return NAME_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return NAME_MARK;
    case UTF8PROC_CATEGORY_ZS:
        return NAME_BLANK;
    case UTF8PROC_CATEGORY_ND:
        return NAME_DIGIT;
    default:
        return NAME_NO_PART;
    }
}

enum name_character name_wide_kind(int32_t c)
{
    switch (c) {
    case 0xb4:
    case 0x2bc:
    case 0x2018:
    case 0x2019:
        return NAME_APOSTROPHE;
    case 0xab:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x300c:
        return NAME_QUOTE;
    case 0xff08:
        return NAME_BRACKET;
    case 0x60c:
    case 0xff0c:
    case 0x3001:
        return NAME_COMMA;
    case 0x2010:
    case 0x2011:
    case 0x2013:
        return NAME_HYPHEN;
    case 0xb7:
    case 0x2022:
    case 0x2027:
    case 0x30fb:
    case 0xff65:
        return NAME_MIDDLE_DOT;
    case 0x200c: /* joins nothing, but stands inside Persian words */
        return NAME_MARK;
    case 0xad:
    case 0x200b:
    case 0x200e:
    case 0x200f:
    case 0xfeff:
        return NAME_BLANK;
    default:
        return kind_by_category(c);
    }
}

enum name_script name_script_of(int32_t c)
{
    if (c < 0x250 || (c >= 0x1e00 && c <= 0x1eff))
        return SCRIPT_LATIN;
    if (c >= 0x400 && c <= 0x52f)
        return SCRIPT_CYRILLIC;
    if ((c >= 0x600 && c <= 0x6ff) || (c >= 0x750 && c <= 0x77f) || (c >= 0xfb50 && c <= 0xfeff))
        return SCRIPT_ARABIC;
    if (c == 0x3005 || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x323af))
        return SCRIPT_HAN;
    if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0xff66 && c <= 0xff9f))
        return SCRIPT_KANA;
    if (c >= 0xac00 && c <= 0xd7a3)
        return SCRIPT_HANGUL;
    return SCRIPT_OTHER;
}

int32_t name_wide_character_at(struct slice text, size_t *length)
{
    int32_t c;

    *length = utf8_char_length(text.ptr, text.len);
    if (*length < 2)
        return -1;
    utf8proc_iterate((const uint8_t *)text.ptr, (utf8proc_ssize_t)*length, &c);
    return c;
}

/* The letter that stands for c in the tables; 0 for none. */
static int32_t plain_letter(int32_t c)
{
    static const char latin[] = "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
                                "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                                "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    if (c >= 0xc0 && c < 0x180)
        return latin[c - 0xc0];
    if (c >= 0x410 && c <= 0x42f)
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40f)
        c += 0x50;
    switch (c) {
    case 0x451: /* ё */
        return 0x435;
    case 0x622:
    case 0x623:
    case 0x625: /* alef with its signs */
        return 0x627;
    case 0x649: /* alef maksura */
        return 0x64a;
    case 0x629: /* teh marbuta */
        return 0x647;
    case 0x640: /* tatweel */
    case 0xb4:
    case 0x2bc:
    case 0x2018:
    case 0x2019:
        return 0;
    default:
        break;
    }
    if ((c >= 0x180 && c < 0x250) || (c >= 0x1e00 && c <= 0x1eff)) {
        utf8proc_int32_t form[8];
        utf8proc_ssize_t count = utf8proc_decompose_char(c, form, 8, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, NULL);
        return count > 0 ? form[0] : c;
    }
    return utf8proc_tolower(c);
}

size_t name_fold(struct slice text, char *key, size_t room)
{
    size_t used = 0;
    size_t length;

    for (size_t i = 0; i < text.len; i += length) {
        int32_t c = name_character_at((struct slice){text.ptr + i, text.len - i}, &length);
        if (c < 0)
            return 0;
        if (used + 5 > room)
            return 0;
        if (c < 0x80) {
            if (c != '.' && c != '\'' && c != '`')
                key[used++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        } else if (name_character_kind(c) == NAME_HYPHEN) {
            key[used++] = '-';
        } else if (c == 0xdf) { /* ß */
            key[used++] = 's';
            key[used++] = 's';
        } else if (c == 0xc6 || c == 0xe6) { /* æ */
            key[used++] = 'a';
            key[used++] = 'e';
        } else if (name_character_kind(c) != NAME_MARK && (c = plain_letter(c))) {
            used += (size_t)utf8proc_encode_char(c, (uint8_t *)key + used);
        }
    }
    if (used < room)
        key[used] = 0;
    return used;
}
