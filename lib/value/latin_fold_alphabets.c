/* Latin, Cyrillic and Greek letters. Latin: what has no decomposition in Unicode, by the base letter that people type
 * for it. Cyrillic: the transliteration of passports of 2014 (ICAO Doc 9303) but for the letters yu, ya and short i,
 * which people write with a y, and the hard sign. Greek: ELOT 743 (ISO 843 type 2), as in passports. */
#include "value/latin_fold_parts.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

const char *fold_find(const struct fold_row *rows, size_t count, int32_t code)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (rows[middle].code == code)
            return rows[middle].reading;
        if (rows[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* clang-format off */
static const struct fold_row latin[] = {
    {0xdf, "ss"}, {0xe6, "ae"}, {0xf0, "d"}, {0xf8, "o"}, {0xfe, "th"}, {0x111, "d"}, {0x127, "h"}, {0x131, "i"},
    {0x138, "k"}, {0x142, "l"}, {0x14b, "n"}, {0x153, "oe"}, {0x167, "t"}, {0x180, "b"}, {0x183, "b"}, {0x188, "c"},
    {0x18c, "d"}, {0x192, "f"}, {0x195, "hv"}, {0x199, "k"}, {0x19a, "l"}, {0x19e, "n"}, {0x1a5, "p"}, {0x1ab, "t"},
    {0x1ad, "t"}, {0x1b4, "y"}, {0x1b6, "z"}, {0x1bf, "w"}, {0x1dd, "e"}, {0x1e5, "g"}, {0x21d, "y"}, {0x221, "d"},
    {0x223, "ou"}, {0x225, "z"}, {0x234, "l"}, {0x235, "n"}, {0x236, "t"}, {0x237, "j"}, {0x23c, "c"}, {0x23f, "s"},
    {0x240, "z"}, {0x247, "e"}, {0x249, "j"}, {0x24b, "q"}, {0x24d, "r"}, {0x24f, "y"}, {0x250, "a"}, {0x251, "a"},
    {0x253, "b"}, {0x254, "o"}, {0x255, "c"}, {0x256, "d"}, {0x257, "d"}, {0x259, "a"}, {0x25b, "e"}, {0x260, "g"},
    {0x261, "g"}, {0x263, "g"}, {0x266, "h"}, {0x268, "i"}, {0x269, "i"}, {0x26b, "l"}, {0x26f, "m"}, {0x271, "m"},
    {0x272, "n"}, {0x273, "n"}, {0x275, "o"}, {0x27d, "r"}, {0x280, "r"}, {0x283, "sh"}, {0x288, "t"}, {0x289, "u"},
    {0x28a, "u"}, {0x28b, "v"}, {0x28f, "y"}, {0x290, "z"}, {0x292, "zh"}, {0x2c65, "a"}, {0x2c66, "t"},
    {0x2c68, "h"}, {0x2c6a, "k"}, {0x2c6c, "z"}, {0xa73d, "ay"}, {0xa741, "k"}, {0xa743, "k"}, {0xa74b, "o"},
    {0xa74d, "o"}, {0xa74f, "oo"}, {0xa757, "q"}, {0xa75f, "v"}, {0xa761, "vy"}, {0xa7a1, "g"}, {0xa7a3, "k"},
    {0xa7a5, "n"}, {0xa7a7, "r"}, {0xa7a9, "s"},
};

static const char *const cyrillic[] = { /* from U+0430 */
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "a", "y", "", "e", "yu", "ya",
    "e", "e", "dj", "g", "ye", "dz", "i", "yi", "j", "lj", "nj", "c", "k", "i", "u", "dz",
};

static const struct fold_row cyrillic_rare[] = {
    {0x463, "e"}, {0x467, "ya"}, {0x46b, "u"}, {0x473, "f"}, {0x475, "i"}, {0x491, "g"}, {0x493, "g"}, {0x495, "g"},
    {0x497, "j"}, {0x499, "z"}, {0x49b, "k"}, {0x49d, "g"}, {0x49f, "k"}, {0x4a1, "k"}, {0x4a3, "n"}, {0x4a5, "n"},
    {0x4a7, "p"}, {0x4a9, "kh"}, {0x4ab, "s"}, {0x4ad, "t"}, {0x4af, "u"}, {0x4b1, "u"}, {0x4b3, "h"}, {0x4b5, "ts"},
    {0x4b7, "j"}, {0x4b9, "j"}, {0x4bb, "h"}, {0x4bd, "ch"}, {0x4bf, "ch"}, {0x4c4, "k"}, {0x4c8, "n"}, {0x4ca, "n"},
    {0x4cc, "ch"}, {0x4cf, ""}, {0x4d5, "ae"}, {0x4d9, "a"}, {0x4e1, "dz"}, {0x4e9, "o"}, {0x511, "l"},
    {0x513, "l"}, {0x51b, "q"}, {0x51d, "w"}, {0x521, "l"}, {0x523, "n"},
};

static const char *const greek[] = { /* from U+03B1 */
    "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f",
    "ch", "ps", "o",
};
/* clang-format on */

/* U+0300 and on: the marks that decomposition left. */
enum { DIAERESIS = 0x308, BREVE = 0x306 };

const char *fold_latin(const struct fold_place *place, size_t *taken)
{
    *taken = 1;
    return fold_find(latin, COUNT(latin), fold_letter(place, 0));
}

const char *fold_cyrillic(const struct fold_place *place, size_t *taken)
{
    const int32_t c = fold_letter(place, 0);
    const int32_t next = fold_letter(place, 1);

    *taken = 1;
    if (c < 0x430 || c > 0x45f)
        return fold_find(cyrillic_rare, COUNT(cyrillic_rare), c);
    if (next == BREVE && c == 0x438) { /* short i, decomposed */
        *taken = 2;
        return "y";
    }
    if (next == DIAERESIS && c == 0x456) { /* yi, decomposed */
        *taken = 2;
        return "yi";
    }
    if (c == 0x44a) /* the hard sign: before e, yu, ya, yo and i, or at the end, it is mute */
        return next == 0x435 || next == 0x438 || next == 0x44e || next == 0x44f || next == 0x451 || next < 0x430 ||
                       next > 0x52f
                   ? ""
                   : "a";
    return cyrillic[c - 0x430];
}

static int32_t greek_base(int32_t c)
{
    return c >= 0x3b1 && c <= 0x3c9 ? c : 0;
}

static bool is_greek_vowel(int32_t c)
{
    return c == 0x3b1 || c == 0x3b5 || c == 0x3b7 || c == 0x3b9 || c == 0x3bf || c == 0x3c5 || c == 0x3c9;
}

static bool is_greek_voiced(int32_t c) /* beta gamma delta zeta lambda mu nu rho */
{
    return (c >= 0x3b2 && c <= 0x3b4) || c == 0x3b6 || (c >= 0x3bb && c <= 0x3bd) || c == 0x3c1;
}

/* Ypsilon behind alpha, epsilon, eta: v before vowels and voiced consonants, else f; behind omicron u. A mark on the
 * first vowel, or a diaeresis, keeps the two apart. */
static const char *greek_ypsilon(const struct fold_place *place)
{
    const int32_t before = place->at ? fold_letter(place, -1) : 0;
    ptrdiff_t i = 1;

    for (; fold_letter(place, i) >= 0x300 && fold_letter(place, i) <= 0x36f; i++)
        if (fold_letter(place, i) == DIAERESIS)
            return "y";
    if (before == 0x3bf)
        return "u";
    if (before != 0x3b1 && before != 0x3b5 && before != 0x3b7)
        return "y";
    return is_greek_vowel(fold_letter(place, i)) || is_greek_voiced(fold_letter(place, i)) ? "v" : "f";
}

const char *fold_greek(const struct fold_place *place, size_t *taken)
{
    const int32_t c = greek_base(fold_letter(place, 0));
    const int32_t next = fold_letter(place, 1);

    *taken = 1;
    if (!c)
        return NULL;
    if (c == 0x3b3 && (next == 0x3b3 || next == 0x3be || next == 0x3c7)) /* gamma before gamma, xi, chi */
        return "n";
    if (c == 0x3bc && next == 0x3c0 && place->last == ' ') { /* mu pi where a word begins */
        *taken = 2;
        return "b";
    }
    return c == 0x3c5 ? greek_ypsilon(place) : greek[c - 0x3b1];
}
