/* Internal to the reading of companies' names: the legal forms. */
#ifndef CRM_VALUE_COMPANY_FORM_TABLES_H
#define CRM_VALUE_COMPANY_FORM_TABLES_H

#include "base/slice.h"

enum company_form_flag {
    COMPANY_FRONT = 1,      /* a legal form at the beginning of a name */
    COMPANY_BEHIND = 2,     /* at its end */
    COMPANY_INSIDE = 4,     /* between other words */
    COMPANY_AND = 8,        /* joins two words, and may be left behind by what went */
    COMPANY_AND_SHORT = 16, /* the same, of a letter or two: only between words that stay */
};

/* Words with single blanks between them, without points. No flag: not a legal form, though it ends or begins like one
 * ("sas institute"). */
struct company_form {
    struct slice key;
    unsigned flags;
};

/* In bytewise order: forms with the same first word are neighbours, a blank being less than any letter. */
struct company_table {
    const struct company_form *forms;
    size_t count;
};

extern const struct company_table company_forms_latin;    /* as latin_fold() leaves them */
extern const struct company_table company_forms_native;   /* in small letters of other scripts */
extern const struct company_table company_forms_unspaced; /* written without blanks: parts of words */

#define COMPANY_FORM_WORDS 9
#define COMPANY_FORM_BYTES 128

/* The first form that begins with this word, or with these bytes when whole is false; NULL: none does. */
const struct company_form *company_form_find(const struct company_table *table, struct slice word, bool whole);

/* Writes text to `to`, which has room for text.len bytes, without the legal forms that are not in Latin script, and
 * returns the length. Marks that latin_fold() makes blanks of may be blanks already. */
size_t company_without_native(struct slice text, char *to);

/* Removes the legal forms of a table from words in place; folded: the words are latin_fold()'s, whose conjunctions are
 * removed and whose single letters are joined too. Returns the new length. */
size_t company_strip(const struct company_table *table, char *words, size_t length, bool folded);

#endif
