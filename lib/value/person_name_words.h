/* Internal to the reading of names: a text as words, and what is known of each. */
#ifndef CRM_VALUE_PERSON_NAME_WORDS_H
#define CRM_VALUE_PERSON_NAME_WORDS_H

#include <stdint.h>

#include "value/person_name.h"

enum name_word_flag {
    NAME_GIVEN = 1 << 0,
    NAME_ALSO_FAMILY = 1 << 1,      /* a given name that is often a family name */
    NAME_IBERIAN = 1 << 2,          /* a Spanish or Portuguese given name */
    NAME_ELSEWHERE = 1 << 3,        /* Spanish or Portuguese, but also given elsewhere */
    NAME_FAMILY = 1 << 4,           /* a Spanish or Portuguese family name */
    NAME_VIETNAMESE = 1 << 5,       /* a Vietnamese family name */
    NAME_MARIAN = 1 << 6,           /* María del Carmen */
    NAME_SERVANT = 1 << 7,          /* Abdul, one name with the next word */
    NAME_TITLE = 1 << 8,            /* before a name */
    NAME_TITLE_DOT = 1 << 9,        /* the same, if a point follows */
    NAME_TITLE_LONG = 1 << 10,      /* the same, if two words or more follow; may be a given name */
    NAME_SUFFIX = 1 << 11,          /* behind a name */
    NAME_SUFFIX_CAPITALS = 1 << 12, /* the same, if in capitals, with points, or behind a comma */
    NAME_PARTICLE = 1 << 13,        /* of a family name, inside a name */
    NAME_PARTICLE_SMALL = 1 << 14,  /* the same, if in small letters */
    NAME_COMPANY = 1 << 15,
    NAME_LEGAL = 1 << 16, /* a legal form, at the end and in capitals or with points */
    NAME_AND = 1 << 17,
    NAME_REMARK = 1 << 18,          /* what people write into the column of names */
    NAME_PATRONYMIC = 1 << 19,      /* by its ending: nothing else */
    NAME_PATRONYMIC_MALE = 1 << 20, /* by its ending: may be a family name */
    NAME_PATRONYMIC_WORD = 1 << 21, /* оглы: with the father's name before it */
    NAME_SURNAME_ENDING = 1 << 22,
};

struct name_word {
    const char *key;
    unsigned flags;
};

/* Words in bytewise order, in small letters without points, apostrophes and the marks on Latin letters. */
struct name_table {
    const struct name_word *words;
    size_t count;
};
extern const struct name_table name_given_latin, name_family_latin, name_words_latin, name_words_cyrillic,
    name_words_arabic;

/* The flags of key in a table, 0 when it is not there. */
unsigned name_find(const struct name_table *table, const char *key);

/* The flags of key in all of these tables together, by one look-up. key.len > 0. */
unsigned name_known(struct slice key);

/* What the ending of a word in Cyrillic script says; of the letters before it there are at least two. */
unsigned name_ending_cyrillic(struct slice key);

enum name_script {
    SCRIPT_LATIN = 1,
    SCRIPT_CYRILLIC = 2,
    SCRIPT_ARABIC = 4,
    SCRIPT_HAN = 8,
    SCRIPT_KANA = 16,
    SCRIPT_HANGUL = 32,
    SCRIPT_OTHER = 64, /* with letters, but unknown here */
};

struct word {
    struct slice text; /* as written, with its points, without commas */
    unsigned flags;
    unsigned segment; /* commas before it */
    bool small;       /* begins with a small letter */
    bool capital;     /* has a capital letter */
    bool capitals;    /* nothing but capital letters, two or more */
    bool dotted;      /* a point in it, or a slash behind it */
    bool apostrophe;
    bool initial; /* one letter, with or without a point */
};

#define NAME_WORDS 16

struct name_words {
    struct word word[NAME_WORDS];
    size_t count;
    unsigned segments; /* commas; an empty segment counts */
    unsigned scripts;  /* of enum name_script */
    bool has_small;    /* letters */
    struct slice nickname;
    enum name_kind kind; /* NAME_PERSON while nothing speaks against it */
    const char *reason;
};

/* Reads text into words. false: it is no name, or not one to be split; kind and reason say why. */
bool name_words_read(struct name_words *words, struct slice text);

/* A name in Chinese characters, kana or Hangul. As person_name_split(). */
bool name_split_east_asian(const struct name_words *words, struct person_name *out);

/* A word in the small letters that tables are in, without points, apostrophes, marks: writes at most room bytes with
 * the NUL and returns the length, 0 when there is no room. */
size_t name_fold(struct slice text, char *key, size_t room);

/* The words of a name without titles and suffixes. */
struct name_core {
    const struct word *word[NAME_WORDS];
    size_t count;
    size_t comma; /* words before the comma, 0 when there is none */
    const struct word *prefix[NAME_WORDS], *suffix[NAME_WORDS];
    size_t prefix_count, suffix_count;
    const struct name_words *words;
};

/* false: more commas than a name has. */
bool name_core_find(struct name_core *core, const struct name_words *words);

/* Whether the word belongs to a family name that goes on behind it. */
bool name_is_particle(const struct name_core *core, size_t i);

/* What a name without a comma shows of its order by itself, NAME_UNDECIDED when nothing. *sure: so clearly that the
 * column's order does not matter. */
enum name_order name_evidence(const struct name_core *core, bool *sure);

#endif
