/* The mistakes of whoever typed a contact in. How often each occurs, in thousandths, stands in the table: a guess at a
 * CRM that asks for a name alone; three contacts of five lack something. */
#include "generate.h"
#include "generate_people.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct {
    unsigned missing, mistyped;
} rates[COLUMNS] = {
    [FIRST_NAME] = {50, 25},   [LAST_NAME] = {5, 35},   [EMAIL] = {120, 20},  [PHONE] = {200, 20},
    [COMPANY] = {60, 25},      [JOB_TITLE] = {100, 15}, [STREET] = {220, 40}, [CITY] = {80, 20},
    [POSTAL_CODE] = {150, 15}, [COUNTRY] = {50, 0},
};

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_typed(char c)
{
    return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z');
}

/* A key beside that of a small letter or digit; any other stays. */
static char neighbour(char c, uint64_t *state)
{
    static const char *const rows[] = {"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"};

    for (unsigned row = 0; row < COUNT(rows); row++) {
        const char *key = strchr(rows[row], c);
        if (!key)
            continue;
        if (key == rows[row])
            return key[1];
        return !key[1] || random_below(state, 2) ? key[-1] : key[1];
    }
    return c;
}

/* One slip: a letter or digit left out, doubled, taken for its neighbour on the keyboard or changed with the next. The
 * first and all that is not ASCII stay as they are. */
static void mistype(char *text, uint64_t *state)
{
    size_t length = strlen(text);
    size_t at = length > 3 ? 1 + random_below(state, length - 2) : 0;
    char first = text[at];
    char second = at ? text[at + 1] : '\0';

    if (!at || !is_typed(first))
        return;
    switch (random_below(state, 4)) {
    case 0:
        memmove(text + at, text + at + 1, length - at);
        break;
    case 1:
        if (length + 1 < TEXT_ROOM)
            memmove(text + at + 1, text + at, length - at + 1);
        break;
    case 2:
        text[at] = neighbour(first, state);
        break;
    default:
        if (!is_typed(second))
            return;
        text[at] = second;
        text[at + 1] = first;
    }
}

/* Letters with marks as they are written without: ü as ue or as u. */
static void write_plain(char *text, bool with_e)
{
    static const char *const letters[][3] = {{"ü", "ue", "u"}, {"ö", "oe", "o"}, {"ä", "ae", "a"}, {"ß", "ss", "ss"},
                                             {"é", "e", "e"},  {"è", "e", "e"},  {"ç", "c", "c"},  {"-", " ", "-"}};
    char plain[TEXT_ROOM];
    char *to = plain;

    for (const char *from = text; *from;) {
        unsigned i = 0;
        while (i < COUNT(letters) && strncmp(from, letters[i][0], strlen(letters[i][0])) != 0)
            i++;
        if (i == COUNT(letters)) {
            *to++ = *from++;
        } else {
            to = stpcpy(to, letters[i][with_e ? 1 : 2]);
            from += strlen(letters[i][0]);
        }
    }
    *to = '\0';
    memcpy(text, plain, (size_t)(to - plain) + 1);
}

static void write_all(struct entry *entry, bool in_capitals)
{
    for (unsigned column = 0; column < COLUMNS; column++) {
        if (column == POSTAL_CODE || (column == EMAIL && in_capitals))
            continue;
        for (char *c = entry->text[column]; *c; c++)
            if (in_capitals ? is_lower(*c) : *c >= 'A' && *c <= 'Z')
                *c = (char)(*c ^ 0x20);
    }
}

void damage_entry(struct entry *entry, uint64_t *state)
{
    for (unsigned column = 0; column < COLUMNS; column++) {
        char *text = entry->text[column];
        if (column != EMAIL && random_below(state, 10) < 3)
            write_plain(text, random_below(state, 2) == 0);
        if (random_below(state, 1000) < rates[column].mistyped)
            mistype(text, state);
        if (random_below(state, 1000) < rates[column].missing)
            *text = '\0';
    }
    if (random_below(state, 100) == 0) {
        char first[TEXT_ROOM];
        memcpy(first, entry->text[FIRST_NAME], sizeof first);
        memcpy(entry->text[FIRST_NAME], entry->text[LAST_NAME], sizeof first);
        memcpy(entry->text[LAST_NAME], first, sizeof first);
    }
    switch (random_below(state, 33)) {
    case 0:
        write_all(entry, true);
        break;
    case 1:
        write_all(entry, false);
    }
}
