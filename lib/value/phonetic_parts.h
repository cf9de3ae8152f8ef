/* Internal to phonetic: the name being read, and what the rules ask of it. */
#ifndef CRM_VALUE_PHONETIC_PARTS_H
#define CRM_VALUE_PHONETIC_PARTS_H

#include "value/phonetic.h"

struct sounding {
    const char *text;
    ptrdiff_t length;
    ptrdiff_t at;        /* the letter under way */
    bool slavo_germanic; /* the name holds w, k or cz */
    struct phonetic *out;
    size_t primary, secondary; /* lengths */
};

/* The letter at a place; behind the end some blanks, as the article has them, and elsewhere a NUL. */
static inline char sounding_letter(const struct sounding *name, ptrdiff_t place)
{
    return place < 0 || place >= name->length + 5 ? '\0' : place < name->length ? name->text[place] : ' ';
}

bool sounding_is_vowel(const struct sounding *name, ptrdiff_t place);

/* Whether one of the words, which have commas between them, stands at the place. */
bool sounding_has(const struct sounding *name, ptrdiff_t place, const char *words);

/* Appends to the codes and goes on by so many letters. */
void sounding_add(struct sounding *name, const char *primary, const char *secondary, ptrdiff_t letters);

/* The letters whose rules take more than a line. */
void sounding_c(struct sounding *name);
void sounding_g(struct sounding *name);
void sounding_j(struct sounding *name);
void sounding_s(struct sounding *name);
void sounding_t(struct sounding *name);
void sounding_w(struct sounding *name);

#endif
