/* Double Metaphone: how a name in Latin letters sounds to a speaker of English, with a second code for names of other
 * languages. Two names sound alike when a code of one is a code of the other.
 *
 * Lawrence Philips, "The Double Metaphone Search Algorithm", C/C++ Users Journal 18(6), June 2000. */
#ifndef CRM_VALUE_PHONETIC_H
#define CRM_VALUE_PHONETIC_H

#include <stdbool.h>

#include "base/slice.h"

#define PHONETIC_CODE 8 /* characters of a code at most; the article has 4 */

/* Codes of the letters A F H J K L M N P R S T X (as in ship) 0 (zero: as in thin), NUL-terminated. Both are the same
 * where the algorithm knows one pronunciation, and empty for a text without a letter that sounds. */
struct phonetic {
    char primary[PHONETIC_CODE + 1];
    char secondary[PHONETIC_CODE + 1];
};

/* The codes of a folded text (latin_fold.h: a-z, digits, blanks); of any other byte nothing is heard. The rules for
 * the beginning and the end of a name are those for the whole text: give it one name, with its particle ("van der
 * berg") if it has one. */
void phonetic_encode(struct slice folded, struct phonetic *out);

/* Whether they share a code that is not empty. */
bool phonetic_alike(const struct phonetic *a, const struct phonetic *b);

#endif
