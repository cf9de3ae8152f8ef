/* Internal to the reading of names: what single characters are. */
#ifndef CRM_VALUE_PERSON_NAME_LETTERS_H
#define CRM_VALUE_PERSON_NAME_LETTERS_H

#include "value/person_name_words.h"

enum name_character {
    NAME_LETTER,
    NAME_MARK,
    NAME_BLANK,
    NAME_COMMA,
    NAME_POINT,
    NAME_APOSTROPHE,
    NAME_QUOTE,
    NAME_BRACKET,
    NAME_HYPHEN,
    NAME_MIDDLE_DOT,
    NAME_SLASH,
    NAME_AT,
    NAME_AMPERSAND,
    NAME_DIGIT,
    NAME_NO_PART,
};

extern const unsigned char name_ascii_kinds[128];
enum name_character name_wide_kind(int32_t c); /* of what is not ASCII, and of -1 */

static inline enum name_character name_character_kind(int32_t c)
{
    return (uint32_t)c < 0x80 ? (enum name_character)name_ascii_kinds[c] : name_wide_kind(c);
}

enum name_script name_script_of(int32_t letter);

int32_t name_wide_character_at(struct slice text, size_t *length); /* one that is not ASCII */

/* The character at text, its length in *length; -1 for what is not UTF-8. text.len > 0. */
static inline int32_t name_character_at(struct slice text, size_t *length)
{
    int32_t c = (unsigned char)text.ptr[0];

    *length = 1;
    return c < 0x80 ? c : name_wide_character_at(text, length);
}

#endif
