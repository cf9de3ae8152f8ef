/* Internal to latin_fold: the alphabets, each in a file of its own. */
#ifndef CRM_VALUE_LATIN_FOLD_PARTS_H
#define CRM_VALUE_LATIN_FOLD_PARTS_H

#include "value/latin_fold.h"

/* As many bytes as one letter may take: "zhuang" and the blank before it. */
#define LATIN_FOLD_PIECE 8

/* The letters of a text, decomposed and case folded, and the place where the reading stands. */
struct fold_place {
    const int32_t *letters;
    size_t count;
    size_t at;
    char last; /* the byte appended last; a blank where a word begins */
};

/* The letter so many places on (or back); 0 beyond the ends. */
static inline int32_t fold_letter(const struct fold_place *place, ptrdiff_t offset)
{
    const size_t i = place->at + (size_t)offset;

    return i < place->count ? place->letters[i] : 0;
}

/* What the letter at the place is in Latin letters: "" for one that is not written, NULL for one that the alphabet does
 * not have. *taken becomes the number of letters read. */
const char *fold_latin(const struct fold_place *place, size_t *taken);
const char *fold_cyrillic(const struct fold_place *place, size_t *taken);
const char *fold_greek(const struct fold_place *place, size_t *taken);
const char *fold_arabic(const struct fold_place *place, size_t *taken);
const char *fold_hebrew(const struct fold_place *place, size_t *taken);
const char *fold_kana(const struct fold_place *place, size_t *taken);
const char *fold_hangul(const struct fold_place *place, size_t *taken);
const char *fold_han(const struct fold_place *place, size_t *taken);

/* A row of a table of letters in the order of their codes; the reading of code in it, or NULL. */
struct fold_row {
    int32_t code;
    const char *reading;
};
const char *fold_find(const struct fold_row *rows, size_t count, int32_t code);

/* The readings of the Han characters from HAN_FIRST and from HAN_RARE_FIRST on: two letters each, the number of a
 * syllable of fold_syllables in base 26 with the digits a to z; ".." where there is none. */
enum { HAN_RARE_FIRST = 0x3400, HAN_RARE_COUNT = 0x19c0, HAN_FIRST = 0x4e00, HAN_COUNT = 0x5200 };
extern const char fold_han_readings[];
extern const char fold_han_rare_readings[];
extern const char *const fold_syllables[];

static inline bool fold_is_han(int32_t c)
{
    return (c >= HAN_FIRST && c < HAN_FIRST + HAN_COUNT) ||
           (c >= HAN_RARE_FIRST && c < HAN_RARE_FIRST + HAN_RARE_COUNT) || (c >= 0x20000 && c <= 0x323af) ||
           c == 0x3007;
}

#endif
