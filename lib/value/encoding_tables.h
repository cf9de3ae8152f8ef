/* Encoding tables: what is known of encodings and languages, and the steps of encoding_detect() that use it.
 *
 * Costs are in half bits: a cost of 2n is a probability of 1 in 2^n. */
#ifndef CRM_VALUE_ENCODING_TABLES_H
#define CRM_VALUE_ENCODING_TABLES_H

#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "base/error.h"
#include "base/slice.h"
#include "value/encoding.h"

/* A language. In encoding_latin, _central and _script, text is one row for each letter, rows separated by blanks: the
 * letter, then what follows it, the likeliest first. A digit (0-9, then A-Z for 10 to 35) is the cost of the letters
 * behind it. '_' is the edge of a word. "_7s8ab e4r5n" says: a word begins with s at 3.5 bits, with a or b at 4; after
 * e comes r at 2 bits, n at 2.5. All letters are small ones. What is not listed is rare. In encoding_asian it is one
 * row of characters with their costs, whatever stands before them. */
struct encoding_language {
    char code[3];
    uint8_t share;    /* roughly, of a hundred words beyond ASCII in the exports of the world; 1 for less, too */
    const char *name; /* in English, for a person */
    const char *text;
};

static inline bool encoding_is_cost(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

static inline unsigned encoding_cost(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A') + 10;
}

extern const struct encoding_language encoding_latin[], encoding_central[], encoding_script[], encoding_asian[];
extern const size_t encoding_latin_count, encoding_central_count, encoding_script_count, encoding_asian_count;

/* An encoding that has ASCII in its lower half and a character in each byte of the upper. */
struct encoding_charset {
    const char *name;      /* as iconv(3) knows it */
    const char *languages; /* codes, separated by blanks; behind '|' those that are seldom written in it */
    uint8_t prior;         /* cost of taking a file to be in it */
    char16_t high[129];    /* the characters of 128 to 255; U+FFFD where text has none */
};

extern const struct encoding_charset encoding_charsets[];
extern const size_t encoding_charsets_count;

/* The words of a sample that have bytes beyond ASCII, each once: a word is a run of bytes between ASCII blanks, control
 * characters and punctuation below '@' (which are part of no character of the encodings here), so that it can be
 * decoded by itself. */
#define ENCODING_WORDS 4096
#define ENCODING_WORDS_BYTES ((size_t)32 << 10)
struct encoding_words {
    size_t count;
    size_t used; /* bytes of text */
    struct {
        uint32_t begin;
        uint32_t len;
    } at[ENCODING_WORDS];
    char text[ENCODING_WORDS_BYTES];
    uint32_t seen[2 * ENCODING_WORDS]; /* hashes of the words, open addressing */
    uint32_t taken[256];               /* words taken that have the byte */
};

/* Takes the words of the sample; those with rare bytes when they are too many. */
void encoding_words_gather(struct encoding_words *words, struct slice sample, bool whole);
struct slice encoding_word(const struct encoding_words *words, size_t index);

/* Costs of single steps that do not depend on the language. */
enum {
    COST_INVALID = 60,   /* bytes that are no character */
    COST_UNLISTED = 27,  /* a pair of letters that no row lists */
    COST_FOREIGN = 30,   /* a letter that the language does not have */
    COST_ASCII = 10,     /* an ASCII letter in a language that is not written in them */
    COST_SWITCH = 18,    /* from one script to another inside a word */
    COST_MISPLACED = 14, /* a sign that touches a letter where it should not */
    COST_DIGIT = 7,
};

/* The letter pairs of a language. Letter 0 is the edge of a word. */
#define ENCODING_LETTERS 112
struct encoding_model {
    const struct encoding_language *language;
    size_t letters; /* with the edge */
    char32_t letter[ENCODING_LETTERS];
    uint8_t slot[0x400]; /* where the letter is, by its low ten bits, in which the letters of a language differ */
    uint8_t cost[ENCODING_LETTERS][ENCODING_LETTERS];
};
void encoding_model_build(struct encoding_model *model, const struct encoding_language *language);

/* The bytes of a charset, whatever the language. */
struct encoding_alphabet {
    const struct encoding_charset *charset;
    bool capital[256];
    bool small[256];
    uint8_t cost[256];  /* of a sign */
    uint8_t place[256]; /* where it may touch letters */
};
void encoding_alphabet_build(struct encoding_alphabet *alphabet, const struct encoding_charset *charset);

/* The bytes of a charset in a language; model is borrowed. */
struct encoding_reading {
    const struct encoding_model *model;
    uint8_t kind[256]; /* a letter of the model, or something else */
};
void encoding_reading_build(struct encoding_reading *reading, const struct encoding_model *model,
                            const struct encoding_charset *charset);

/* The cost of the word: what it would take to write it letter by letter. */
unsigned encoding_reading_cost(const struct encoding_alphabet *alphabet, const struct encoding_reading *reading,
                               struct slice word);

bool encoding_is_letter(char32_t character);

/* The judgement among encodings that prove nothing. words has at least one. */
int encoding_judge(const struct encoding_words *words, struct encoding_guess *guess, struct error *err);

/* The encodings of Chinese, Japanese and Korean. A reader is one of them, a number below ENCODING_ASIAN. The tables are
 * made for one judgement. */
#define ENCODING_ASIAN 6
struct encoding_asian;
int encoding_asian_new(struct encoding_asian **asian, struct error *err);
void encoding_asian_free(struct encoding_asian *asian);
/* The reader's name, as iconv knows it; the cost of taking a file to be in it; its language. */
const char *encoding_asian_name(size_t reader);
unsigned encoding_asian_prior(size_t reader);
const struct encoding_language *encoding_asian_language(size_t reader);
/* The cost of the word. */
unsigned encoding_asian_cost(struct encoding_asian *asian, size_t reader, struct slice word);
/* The word in UTF-8, as much of it as fits into out. */
struct slice encoding_asian_decode(struct encoding_asian *asian, size_t reader, struct slice word, char *out,
                                   size_t size);

/* The name of UTF-16 or UTF-32, with the order, when the sample, which has no mark, is in it; NULL when it is not. */
const char *encoding_wide(struct slice sample, bool whole);

#endif
