/* Internal to the reading of street addresses: the words that have one form. */
#ifndef CRM_VALUE_STREET_WORDS_H
#define CRM_VALUE_STREET_WORDS_H

#include "base/slice.h"

enum street_flag {
    STREET_TYPE = 1 << 0,      /* a kind of street */
    STREET_UNIT = 1 << 1,      /* a number behind it is not that of a house: apartment, box, highway */
    STREET_DIRECTION = 1 << 2, /* north */
    STREET_MARK = 1 << 3,      /* says that a number follows, and is left out before one: No., дом */
    STREET_MONTH = 1 << 4,     /* a number before it is part of the street's name: 8 Марта, 2-я */
    STREET_DROP = 1 << 5,      /* says nothing */
    STREET_FRONT = 1 << 6,     /* as the first word only */
    STREET_LEAD = 1 << 7,      /* as the first word, or behind a number that is it */
    STREET_CROSS = 1 << 8,     /* says where along the street a numbered house is: between, near */
    STREET_CYRILLIC = 1 << 9,  /* in texts with Cyrillic letters only; stands before a row for others */
};

struct street_word {
    struct slice key;  /* words with single blanks between them */
    struct slice form; /* at most STREET_FORM_BYTES */
    unsigned flags;
};

#define STREET_KEY_WORDS 4
#define STREET_FORM_BYTES 8

struct street_table {
    const struct street_word *words;
    size_t count;
};

extern const struct street_table street_table;

#endif
