/* Arabic and Hebrew script. Both write consonants and long vowels, the latter by letters that are consonants too: these
 * are told apart by what stands beside them. What is not written (short vowels, doubled consonants) stays unwritten. */
#include "value/latin_fold_parts.h"

enum {
    ALIF = 0x627,
    TEH_MARBUTA = 0x629,
    LAM = 0x644,
    WAW = 0x648,
    ALIF_MAKSURA = 0x649,
    YEH = 0x64a,
    HAMZA_ABOVE = 0x654,
    YEH_FARSI = 0x6cc,
    BET = 0x5d1,
    GIMEL = 0x5d2,
    HE = 0x5d4,
    VAV = 0x5d5,
    ZAYIN = 0x5d6,
    YOD = 0x5d9,
    KAF = 0x5db,
    PE = 0x5e4,
    TSADI = 0x5e6,
};

/* clang-format off */
static const struct fold_row arabic[] = {
    {0x621, ""}, {0x627, "a"}, {0x628, "b"}, {0x629, "a"}, {0x62a, "t"}, {0x62b, "th"}, {0x62c, "j"}, {0x62d, "h"},
    {0x62e, "kh"}, {0x62f, "d"}, {0x630, "dh"}, {0x631, "r"}, {0x632, "z"}, {0x633, "s"}, {0x634, "sh"},
    {0x635, "s"}, {0x636, "d"}, {0x637, "t"}, {0x638, "z"}, {0x639, "a"}, {0x63a, "gh"}, {0x640, ""}, {0x641, "f"},
    {0x642, "q"}, {0x643, "k"}, {0x644, "l"}, {0x645, "m"}, {0x646, "n"}, {0x647, "h"}, {0x649, "a"}, {0x671, "a"},
    {0x672, "a"}, {0x673, "a"}, {0x674, ""}, {0x679, "t"}, {0x67a, "t"}, {0x67b, "b"}, {0x67c, "t"}, {0x67d, "t"},
    {0x67e, "p"}, {0x67f, "th"}, {0x680, "bh"}, {0x681, "z"}, {0x683, "ny"}, {0x684, "j"}, {0x685, "ts"},
    {0x686, "ch"}, {0x687, "ch"}, {0x688, "d"}, {0x689, "d"}, {0x68a, "d"}, {0x68c, "dh"}, {0x68d, "d"},
    {0x68f, "d"}, {0x691, "r"}, {0x692, "r"}, {0x693, "r"}, {0x695, "r"}, {0x696, "z"}, {0x698, "zh"}, {0x699, "r"},
    {0x69a, "sh"}, {0x6a2, "f"}, {0x6a4, "v"}, {0x6a5, "v"}, {0x6a6, "ph"}, {0x6a7, "q"}, {0x6a8, "q"}, {0x6a9, "k"},
    {0x6aa, "k"}, {0x6ab, "g"}, {0x6ad, "ng"}, {0x6af, "g"}, {0x6b1, "ng"}, {0x6b5, "l"}, {0x6ba, "n"}, {0x6bb, "n"},
    {0x6bc, "n"}, {0x6be, "h"}, {0x6c1, "h"}, {0x6c3, "a"}, {0x6c4, "w"}, {0x6c5, "o"}, {0x6c6, "o"}, {0x6c7, "u"},
    {0x6c8, "u"}, {0x6c9, "u"}, {0x6ca, "o"}, {0x6cb, "v"}, {0x6cd, "i"}, {0x6ce, "e"}, {0x6d0, "e"}, {0x6d2, "e"},
    {0x6d5, "a"}, {0x750, "b"}, {0x75b, "r"}, {0x763, "k"}, {0x76a, "l"},
};

static const char *const hebrew[] = { /* from alef on, final letters in their places */
    "a", "b", "g", "d", "h", "v", "z", "h", "t", "y", "kh", "k", "l", "m", "m", "n", "n", "s", "a", "f", "p", "ts",
    "ts", "k", "r", "sh", "t",
};
/* clang-format on */

static bool is_arabic_mark(int32_t c)
{
    return (c >= 0x610 && c <= 0x61a) || (c >= 0x64b && c <= 0x65f) || c == 0x670 || (c >= 0x6d6 && c <= 0x6ed);
}

/* The letter behind this one, marks left out. */
static int32_t next_arabic(const struct fold_place *place)
{
    ptrdiff_t i = 1;

    while (is_arabic_mark(fold_letter(place, i)))
        i++;
    return fold_letter(place, i);
}

static bool is_arabic_letter(int32_t c)
{
    return (c >= 0x620 && c <= 0x64a) || (c >= 0x671 && c <= 0x6d5);
}

/* Behind the article, where a word begins once more: alif, lam, and what is no letter before them. */
static bool is_behind_article(const struct fold_place *place)
{
    return place->at >= 2 && fold_letter(place, -1) == LAM && fold_letter(place, -2) == ALIF &&
           (place->at == 2 || !is_arabic_letter(fold_letter(place, -3)));
}

static bool is_waw_or_yeh_consonant(const struct fold_place *place, int32_t next)
{
    if (fold_letter(place, 1) == HAMZA_ABOVE)
        return false;
    if (place->last == ' ' || is_behind_article(place))
        return is_arabic_letter(next);
    return next == ALIF || next == ALIF_MAKSURA || next == TEH_MARBUTA ||
           (fold_letter(place, 0) == WAW && (next == YEH || next == YEH_FARSI));
}

const char *fold_arabic(const struct fold_place *place, size_t *taken)
{
    const int32_t c = fold_letter(place, 0);
    const int32_t next = next_arabic(place);
    const char *reading;

    *taken = 1;
    if (c == WAW)
        return is_waw_or_yeh_consonant(place, next) ? "w" : "u";
    if (c == YEH || c == YEH_FARSI)
        return is_waw_or_yeh_consonant(place, next) ? "y" : "i";
    reading = fold_find(arabic, sizeof arabic / sizeof *arabic, c);
    return reading && reading[0] == 'a' && place->last == 'a' ? "" : reading;
}

static bool is_hebrew_letter(int32_t c)
{
    return c >= 0x5d0 && c <= 0x5ea;
}

/* With a geresh gimel, zayin and tsadi are the sounds of jam, measure and church. */
static const char *with_geresh(int32_t c)
{
    return c == GIMEL ? "j" : c == ZAYIN ? "zh" : c == TSADI || c == TSADI - 1 ? "ch" : NULL;
}

static const char *hebrew_vav(const struct fold_place *place, int32_t next, size_t *taken)
{
    if (next == VAV) {
        *taken = 2;
        return "v";
    }
    return place->last == ' ' ? "v" : "o";
}

const char *fold_hebrew(const struct fold_place *place, size_t *taken)
{
    const int32_t c = fold_letter(place, 0);
    const bool begins = place->last == ' ';
    ptrdiff_t i = 1;
    int32_t next;

    *taken = 1;
    if (c == 0x5f0) /* the Yiddish pairs */
        return "v";
    if (c == 0x5f1 || c == 0x5f2)
        return c == 0x5f1 ? "oy" : "ay";
    if (!is_hebrew_letter(c))
        return NULL;
    while (fold_letter(place, i) >= 0x591 && fold_letter(place, i) <= 0x5c7) /* points */
        i++;
    next = fold_letter(place, i);
    if (next == '\'' && with_geresh(c))
        return with_geresh(c);
    if (c == VAV)
        return hebrew_vav(place, next, taken);
    if (c == YOD)
        return begins ? "y" : "i";
    if (c == HE && !begins && !is_hebrew_letter(next))
        return "a";
    if (!begins && (c == BET || c == PE || c == KAF))
        return c == BET ? "v" : c == PE ? "f" : "kh";
    return hebrew[c - 0x5d0];
}
