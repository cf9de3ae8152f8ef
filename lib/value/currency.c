/* Currencies: codes by their list, all else by the tables (currency_tables.h): as it stands first, then folded. */
#include "value/currency.h"

#include <stdlib.h>
#include <string.h>

#include "value/currency_tables.h"
#include "value/vocabulary.h"

/* In small letters these are words before they are codes. */
static const char english[] = "ALLBAMBOBCOPCUPGELMADMOPPENSOSTOPTRY";

static int compare_codes(const void *a, const void *b)
{
    return memcmp(a, b, 3);
}

bool currency_is_code(struct slice text)
{
    return text.len == 3 && bsearch(text.ptr, currency_codes, currency_codes_count, 3, compare_codes);
}

static bool is_english(const char code[3])
{
    for (size_t i = 0; i + 3 < sizeof english; i += 3)
        if (memcmp(english + i, code, 3) == 0)
            return true;
    return false;
}

/* A code in any case. */
static bool find_code(struct slice text, struct currency *currency)
{
    bool small = false;

    if (text.len != 3)
        return false;
    for (size_t i = 0; i < 3; i++) {
        bool lower = text.ptr[i] >= 'a' && text.ptr[i] <= 'z';
        currency->code[i] = (char)(lower ? text.ptr[i] - ('a' - 'A') : text.ptr[i]);
        small = small || lower;
    }
    if (currency_is_code((struct slice){currency->code, 3}) && !(small && is_english(currency->code)))
        return true;
    *currency = (struct currency){0};
    return false;
}

static bool find_word(struct slice text, struct currency *currency)
{
    for (size_t i = 0; i < currency_words_count; i++) {
        if (currency_words[i].text[0] != text.ptr[0] || strncmp(currency_words[i].text, text.ptr, text.len) != 0 ||
            currency_words[i].text[text.len] != '\0')
            continue;
        if (strlen(currency_words[i].stands_for) == 3)
            memcpy(currency->code, currency_words[i].stands_for, 3);
        else
            currency->candidates = currency_words[i].stands_for;
        return true;
    }
    return false;
}

#define LONGEST_UNIT 60 /* bytes */

/* Without blanks at both ends, and points and direction marks (U+200E, U+200F) behind. */
static struct slice trim(struct slice text)
{
    size_t before;

    do {
        before = text.len;
        text = slice_trim(text);
        if (text.len > 1 && text.ptr[text.len - 1] == '.')
            text.len--;
        if (text.len > 3 &&
            (memcmp(text.ptr + text.len - 3, "\u200e", 3) == 0 || memcmp(text.ptr + text.len - 3, "\u200f", 3) == 0))
            text.len -= 3;
    } while (text.len < before);
    return text;
}

/* The text without case, marks, blanks and points. Empty when there is anything in it that no unit holds. */
static struct slice fold(struct slice text, char key[VOCABULARY_KEY])
{
    if (text.len > LONGEST_UNIT)
        return (struct slice){key, 0};
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
        if (!letter && c != '.' && c != ' ' && c != '\t' && c != '$')
            return (struct slice){key, 0};
    }
    return (struct slice){key, vocabulary_normalise(text, key)};
}

bool currency_find(struct slice text, struct currency *currency)
{
    char key[VOCABULARY_KEY];

    *currency = (struct currency){0};
    text = trim(text);
    if (text.len == 0 || text.len > LONGEST_UNIT || memchr(text.ptr, '\0', text.len))
        return false;
    if (find_code(text, currency) || find_word(text, currency))
        return true;
    struct slice folded = fold(text, key);
    if (folded.len == 0)
        return false;
    if (folded.len == 3 && text.len > 3) { /* full-width letters: their case is lost */
        for (size_t i = 0; i < 3; i++)
            key[i] = (char)(key[i] >= 'a' && key[i] <= 'z' ? key[i] - ('a' - 'A') : key[i]);
        if (!is_english(key) && find_code(folded, currency))
            return true;
        folded = fold(text, key);
    }
    return find_word(folded, currency);
}

/* The message for a multiplier, alone or beside a currency: "тыс. руб.", "k€", "TEUR". */
static const char *find_multiplier(struct slice text)
{
    struct currency currency;

    for (size_t i = 0; i < currency_multipliers_count; i++) {
        size_t len = strlen(currency_multipliers[i].text);
        if (len > text.len)
            continue;
        size_t rest = text.len - len;
        if (memcmp(text.ptr, currency_multipliers[i].text, len) == 0 &&
            (rest == 0 || currency_find((struct slice){text.ptr + len, rest}, &currency)))
            return currency_multipliers[i].message;
        if (rest && memcmp(text.ptr + rest, currency_multipliers[i].text, len) == 0 &&
            currency_find((struct slice){text.ptr, rest}, &currency))
            return currency_multipliers[i].message;
    }
    return NULL;
}

const char *currency_multiplier(struct slice text)
{
    char key[VOCABULARY_KEY];
    struct currency currency;

    text = slice_trim(text);
    if (text.len == 0 || currency_find(text, &currency))
        return NULL;
    struct slice folded = fold(text, key);
    const char *message = folded.len ? find_multiplier(folded) : NULL;
    return message ? message : find_multiplier(text);
}

bool currency_may_be(const struct currency *currency, struct slice code)
{
    const char *candidates = currency->candidates;

    if (code.len != 3)
        return false;
    if (!candidates)
        return memcmp(currency->code, code.ptr, 3) == 0;
    for (size_t i = 0; i + 3 <= strlen(candidates); i += 4)
        if (memcmp(candidates + i, code.ptr, 3) == 0)
            return true;
    return false;
}

bool currency_same(const struct currency *a, const struct currency *b)
{
    if (!a->candidates || !b->candidates)
        return !a->candidates && !b->candidates && memcmp(a->code, b->code, CURRENCY_CODE) == 0;
    return strcmp(a->candidates, b->candidates) == 0;
}
