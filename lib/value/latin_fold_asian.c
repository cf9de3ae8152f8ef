/* Kana, Hangul and Han. Kana by the Hepburn system as passports have it: long vowels are not marked. Hangul letter by
 * letter after the Revised Romanization of 2000, without the changes of sound between syllables, as it is used for
 * names. Han characters by their most frequent reading, some words and family names by theirs. */
#include "value/latin_fold_parts.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* clang-format off */
static const char *const kana[] = { /* from U+3041 */
    "a", "a", "i", "i", "u", "u", "e", "e", "o", "o", "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko", "go",
    "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "", "tsu", "zu", "te", "de",
    "to", "do", "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu", "he", "be", "pe",
    "ho", "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu", "yo", "yo", "ra", "ri", "ru", "re", "ro",
    "wa", "wa", "i", "e", "o", "n", "vu", "ka", "ke",
};

static const char *const hangul_initial[] = {
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h",
};
static const char *const hangul_vowel[] = {
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
};
static const char *const hangul_final[] = { /* from U+11A8 */
    "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t",
    "k", "t", "p", "h",
};

/* Family names, and one given name, that are read otherwise than the character is elsewhere. */
static const struct fold_row han_family[] = {
    {0x4e50, "yue"}, {0x4ec7, "qiu"}, {0x533a, "ou"}, {0x5355, "shan"}, {0x535c, "bu"}, {0x53ec, "shao"},
    {0x5458, "yun"}, {0x55ae, "shan"}, {0x5340, "ou"}, {0x6298, "she"}, {0x66fe, "zeng"}, {0x67e5, "zha"},
    {0x725f, "mu"}, {0x76d6, "ge"}, {0x79cd, "chong"}, {0x79d8, "bi"}, {0x7c98, "nian"}, {0x7e41, "po"},
    {0x83d8, "xin"}, {0x84cb, "ge"}, {0x89e3, "xie"}, {0x9697, "wei"}, {0x54e1, "yun"}, {0x6a02, "yue"},
};

/* Words whose characters have another reading in them. */
static const struct {
    int32_t first, second;
    const char *reading; /* of both */
} han_words[] = {
    {0x94f6, 0x884c, "yinhang"},  {0x9280, 0x884c, "yinhang"},   {0x91cd, 0x5e86, "chongqing"},
    {0x91cd, 0x6176, "chongqing"}, {0x53a6, 0x95e8, "xiamen"},   {0x5ec8, 0x9580, "xiamen"},
    {0x97f3, 0x4e50, "yinyue"},   {0x97f3, 0x6a02, "yinyue"},    {0x4f1a, 0x8ba1, "kuaiji"},
    {0x6703, 0x8a08, "kuaiji"},   {0x957f, 0x5b59, "zhangsun"},  {0x9577, 0x5b6b, "zhangsun"},
    {0x5c09, 0x8fdf, "yuchi"},    {0x5c09, 0x9072, "yuchi"},     {0x4e07, 0x4fdf, "moqi"},
    {0x6fb9, 0x53f0, "tantai"},   {0x5355, 0x4e8e, "chanyu"},
};
/* clang-format on */

enum { SMALL_TSU = 0x3063, VOICED = 0x3099, SEMI_VOICED = 0x309a, LONG = 0x30fc };

/* Hiragana for katakana, 0 for what is neither. */
static int32_t hiragana(int32_t c)
{
    if (c >= 0x30a1 && c <= 0x30f6)
        c -= 0x60;
    return c >= 0x3041 && c <= 0x3096 ? c : 0;
}

/* The letter at an offset, put together with a voicing mark behind it. */
static int32_t kana_at(const struct fold_place *place, ptrdiff_t offset, size_t *taken)
{
    const int32_t c = hiragana(fold_letter(place, offset));
    const int32_t mark = fold_letter(place, offset + 1);

    *taken = 1;
    if (!c || (mark != VOICED && mark != SEMI_VOICED))
        return c;
    *taken = 2;
    if (c == 0x3046) /* u, voiced */
        return 0x3094;
    return c + (mark == SEMI_VOICED ? 2 : 1);
}

/* A letter of the row of i with a small ya, yu, yo or a small vowel behind it: kya, sha, ti; NULL: no such pair. */
static const char *kana_pair(const char *reading, int32_t small, int32_t base)
{
    static const struct {
        const char *before;
        const char *with[6]; /* small ya, yu, yo, e, a, i */
    } pairs[] = {
        {"ki", {"kya", "kyu", "kyo", NULL, NULL, NULL}},   {"gi", {"gya", "gyu", "gyo", NULL, NULL, NULL}},
        {"shi", {"sha", "shu", "sho", "she", NULL, NULL}}, {"ji", {"ja", "ju", "jo", "je", NULL, NULL}},
        {"chi", {"cha", "chu", "cho", "che", NULL, NULL}}, {"ni", {"nya", "nyu", "nyo", NULL, NULL, NULL}},
        {"hi", {"hya", "hyu", "hyo", NULL, NULL, NULL}},   {"bi", {"bya", "byu", "byo", NULL, NULL, NULL}},
        {"pi", {"pya", "pyu", "pyo", NULL, NULL, NULL}},   {"mi", {"mya", "myu", "myo", NULL, NULL, NULL}},
        {"ri", {"rya", "ryu", "ryo", NULL, NULL, NULL}},   {"fu", {NULL, "fyu", NULL, "fe", "fa", "fi"}},
        {"vu", {NULL, "vyu", NULL, "ve", "va", "vi"}},     {"te", {NULL, "tyu", NULL, NULL, NULL, "ti"}},
        {"de", {NULL, "dyu", NULL, NULL, NULL, "di"}},     {"u", {NULL, NULL, NULL, "we", NULL, "wi"}},
        {"tsu", {NULL, NULL, NULL, "tse", "tsa", "tsi"}},
    };
    const int column = small == 0x3083   ? 0
                       : small == 0x3085 ? 1
                       : small == 0x3087 ? 2
                       : small == 0x3047 ? 3
                       : small == 0x3041 ? 4
                       : small == 0x3043 ? 5
                                         : -1;

    if (small == 0x3049 && base == 0x3075)
        return "fo";
    for (size_t i = 0; column >= 0 && i < COUNT(pairs); i++)
        if (strcmp(pairs[i].before, reading) == 0)
            return pairs[i].with[column];
    return NULL;
}

/* The small tsu doubles the consonant behind it; before ch it is a t. */
static const char *doubled(const struct fold_place *place)
{
    static const char letters[26][2] = {"", "b", "t", "d", "",  "f", "g", "h", "",  "j", "k", "",  "",
                                        "", "",  "p", "",  "r", "s", "t", "",  "v", "w", "",  "y", "z"};
    size_t taken;
    const int32_t next = kana_at(place, 1, &taken);

    return next && kana[next - 0x3041][0] ? letters[kana[next - 0x3041][0] - 'a'] : "";
}

/* U behind o or u, and o behind o, make it long; but the u of -ue is one by itself (Inoue). */
static bool makes_long(const struct fold_place *place, int32_t c)
{
    const int32_t before = place->at ? fold_letter(place, -1) : 0;
    const int32_t next = fold_letter(place, 1);

    if (!hiragana(before) && before != VOICED && before != SEMI_VOICED)
        return false;
    if (c == 0x304a)
        return place->last == 'o';
    return c == 0x3046 && (place->last == 'o' || place->last == 'u') && next != VOICED && hiragana(next) != 0x3048 &&
           !kana_pair("u", hiragana(next), c);
}

const char *fold_kana(const struct fold_place *place, size_t *taken)
{
    const int32_t c = kana_at(place, 0, taken);
    const char *reading;
    const char *pair;

    if (!c)
        return fold_letter(place, 0) == LONG || (fold_letter(place, 0) >= 0x3099 && fold_letter(place, 0) <= 0x30ff)
                   ? ""
                   : NULL;
    if (c == SMALL_TSU)
        return doubled(place);
    if (makes_long(place, c))
        return "";
    reading = kana[c - 0x3041];
    pair = kana_pair(reading, hiragana(fold_letter(place, (ptrdiff_t)*taken)), c);
    if (pair)
        *taken += 1;
    return pair ? pair : reading;
}

const char *fold_hangul(const struct fold_place *place, size_t *taken)
{
    const int32_t c = fold_letter(place, 0);

    *taken = 1;
    if (c >= 0x1100 && c <= 0x1112)
        return hangul_initial[c - 0x1100];
    if (c >= 0x1161 && c <= 0x1175)
        return hangul_vowel[c - 0x1161];
    if (c >= 0x11a8 && c <= 0x11c2)
        return hangul_final[c - 0x11a8];
    return c == 0x115f || c == 0x1160 ? "" : NULL; /* fillers */
}

static const char *han_reading(int32_t c)
{
    const char *digits;

    if (c == 0x3007)
        return "ling";
    if (c >= HAN_FIRST && c < HAN_FIRST + HAN_COUNT)
        digits = fold_han_readings + (ptrdiff_t)2 * (c - HAN_FIRST);
    else if (c >= HAN_RARE_FIRST && c < HAN_RARE_FIRST + HAN_RARE_COUNT)
        digits = fold_han_rare_readings + (ptrdiff_t)2 * (c - HAN_RARE_FIRST);
    else
        return NULL;
    return digits[0] == '.' ? NULL : fold_syllables[(digits[0] - 'a') * 26 + digits[1] - 'a'];
}

/* Whether the text is at most four Han characters and stands at its first one. */
static bool is_han_name(const struct fold_place *place)
{
    if (place->at || place->count > 4)
        return false;
    for (size_t i = 0; i < place->count; i++)
        if (!fold_is_han(place->letters[i]))
            return false;
    return true;
}

const char *fold_han(const struct fold_place *place, size_t *taken)
{
    const int32_t c = fold_letter(place, 0);
    const int32_t next = fold_letter(place, 1);
    const char *family = NULL;

    *taken = 1;
    for (size_t i = 0; i < COUNT(han_words); i++)
        if (han_words[i].first == c && han_words[i].second == next) {
            *taken = 2;
            return han_words[i].reading;
        }
    if (is_han_name(place))
        for (size_t i = 0; i < COUNT(han_family) && !family; i++)
            family = han_family[i].code == c ? han_family[i].reading : NULL;
    return family ? family : han_reading(c);
}
