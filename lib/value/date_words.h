/* The words of dates: months, days of the week and the little words around them, in the languages exports are written
 * in. Private to the readers of dates (date_text.c, date_clock.c).
 *
 * Languages: English, German (with Austrian), French, Spanish, Portuguese, Italian, Dutch, Russian, Ukrainian, Polish,
 * Czech, Turkish, Swedish, Danish, Norwegian, Arabic (Egypt and the Gulf, the Levant, the Maghreb), Chinese, Japanese,
 * Korean. Names and abbreviations are those of the Unicode CLDR and of the C library's locales, with the cases that
 * dates use ("апрель", "апреля"). No word of theirs is two months; "listopad" is November, as in Polish and Czech
 * (Croatian, where it is October, is not among the languages). */
#ifndef CRM_VALUE_DATE_WORDS_H
#define CRM_VALUE_DATE_WORDS_H

#include <stdint.h>

#include "base/slice.h"

/* A longer text is no date. */
#define DATE_TEXT 128

/* What a word may mean, several things perhaps ("mar" is March, or Tuesday). */
enum date_meaning {
    MONTH = 0xf, /* 1 .. 12; 0: none */
    WEEKDAY = 1 << 4,
    JOIN = 1 << 5,       /* "15 de abril", "den 15. april" */
    ORDINAL = 1 << 6,    /* behind a number: "15th", "1er", "15-го" */
    YEAR_MARK = 1 << 7,  /* "2021 г." */
    AT = 1 << 8,         /* before a time */
    CLOCK_MARK = 1 << 9, /* behind a time: "10:05 Uhr" */
    BEFORE_NOON = 1 << 10,
    AFTER_NOON = 1 << 11,
    FIRST_OF_TWO = 1 << 12, /* "كانون الثاني" */
    UNIT_YEAR = 1 << 13,    /* behind a number: 2026年3月1日10时05分 */
    UNIT_MONTH = 1 << 14,
    UNIT_DAY = 1 << 15,
    UNIT_HOUR = 1 << 16,
    UNIT_MINUTE = 1 << 17,
    UNIT_SECOND = 1 << 18,
};

/* The meanings of a folded word; two words with '_' between them. Letters only. 0: it is not known. */
uint32_t date_word(struct slice word);

/* Folds text for reading: small letters without accents and vowel signs, ASCII digits for the Arabic-Indic, Persian and
 * full-width ones, ASCII punctuation for its look-alikes, a blank for every kind of blank; direction marks are dropped.
 * Never longer than the text. false: longer than DATE_TEXT, not UTF-8, or with a control character. */
struct date_folded {
    char text[DATE_TEXT];
    size_t len;
    bool arabic_digits, persian_digits; /* were there; years of other calendars are written with them, too */
};
bool date_fold(struct slice text, struct date_folded *folded);

#endif
