/* Reading a text into the words of a name: where words begin and end, what is set off by quotes or brackets, and for
 * each word what the tables know of it. A text that has what no name has is refused here. */
#include "value/person_name_letters.h"

#include <string.h>
#include <utf8proc.h>

#define NAME_KEY 64

static unsigned table_flags(enum name_script script, struct slice key)
{
    unsigned flags = script & (SCRIPT_LATIN | SCRIPT_CYRILLIC | SCRIPT_ARABIC) ? name_known(key) : 0;

    return flags || script != SCRIPT_CYRILLIC ? flags : name_ending_cyrillic(key);
}

/* What the tables know of a word; of "Anna-Lena" what they know of Anna, as a given name. */
static unsigned word_flags(enum name_script script, const char *key, size_t length)
{
    unsigned flags = table_flags(script, (struct slice){key, length});
    const char *hyphen = flags ? NULL : memchr(key, '-', length);

    if (hyphen) {
        flags = table_flags(script, (struct slice){key, (size_t)(hyphen - key)}) &
                (NAME_GIVEN | NAME_ALSO_FAMILY | NAME_IBERIAN);
    }
    return flags;
}

/* Fills in what is known of word->text. */
static enum name_script describe(struct word *word)
{
    char key[NAME_KEY];
    size_t letters = 0;
    size_t capitals = 0;
    size_t points = 0;
    size_t length;
    enum name_script script = SCRIPT_OTHER;

    for (size_t i = 0; i < word->text.len; i += length) {
        const int32_t c = name_character_at((struct slice){word->text.ptr + i, word->text.len - i}, &length);
        const enum name_character kind = name_character_kind(c);
        points += kind == NAME_POINT;
        word->apostrophe = word->apostrophe || kind == NAME_APOSTROPHE;
        if (kind != NAME_LETTER)
            continue;
        bool capital = c < 0x80 ? c <= 'Z' : utf8proc_category(c) == UTF8PROC_CATEGORY_LU;
        if (letters == 0) {
            script = name_script_of(c);
            word->small = c < 0x80 ? !capital : utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
        }
        letters++;
        capitals += capital;
    }
    word->dotted = points > 0;
    word->capital = capitals > 0;
    word->capitals = letters > 1 && capitals == letters;
    word->initial = letters == 1 && !word->apostrophe && (script & (SCRIPT_LATIN | SCRIPT_CYRILLIC));
    size_t used = name_fold(word->text, key, sizeof key - 1);
    word->flags = used ? word_flags(script, key, used) : 0;
    if (word->initial && !(word->small && !word->dotted))
        word->flags = 0;
    if (letters == 1 && !word->apostrophe && (word->flags & NAME_PARTICLE))
        word->flags = 0;
    if (letters == 2 && points == 2) /* initials: J.R. is no junior */
        word->flags &= NAME_SUFFIX_CAPITALS | NAME_TITLE_DOT | NAME_LEGAL;
    return script;
}

static bool refuse(struct name_words *words, enum name_kind kind, const char *reason)
{
    words->kind = kind;
    words->reason = reason;
    return false;
}

static bool add_word(struct name_words *words, struct slice text)
{
    if (words->count == NAME_WORDS)
        return refuse(words, NAME_WHOLE, "too many words");
    struct word *word = &words->word[words->count++];
    *word = (struct word){.text = text, .segment = words->segments};
    words->scripts |= describe(word);
    words->has_small = words->has_small || (!word->initial && !word->capitals);
    return true;
}

/* The length of a letter and its point at text, 0 for anything else. */
static size_t initial_length(struct slice text)
{
    size_t length;

    if (text.len < 2 || name_character_kind(name_character_at(text, &length)) != NAME_LETTER || length == text.len ||
        text.ptr[length] != '.')
        return 0;
    return length + 1;
}

/* Adds the word; initials that are written together (И.И.Иванов, J.R.) become words of their own, unless they are
 * something that the tables know (Ph.D.). */
static bool end_word(struct name_words *words, struct slice text)
{
    const unsigned known =
        NAME_TITLE | NAME_TITLE_DOT | NAME_TITLE_LONG | NAME_SUFFIX | NAME_SUFFIX_CAPITALS | NAME_COMPANY | NAME_LEGAL;
    const size_t before = words->count;
    size_t length = initial_length(text);

    if (text.len == 0)
        return true;
    if (!add_word(words, text))
        return false;
    if (length == 0 || length == text.len || (words->word[before].flags & known))
        return true;
    words->count = before;
    while ((length = initial_length(text))) {
        if (!add_word(words, (struct slice){text.ptr, length}))
            return false;
        text = (struct slice){text.ptr + length, text.len - length};
    }
    return text.len == 0 || add_word(words, text);
}

/* What ends a part set off that begins with c. */
static int32_t closing(int32_t c)
{
    switch (c) {
    case '(':
        return ')';
    case '[':
        return ']';
    case 0xff08:
        return 0xff09;
    case 0xab:
        return 0xbb;
    case 0x201c:
        return 0x201d;
    case 0x201e:
        return 0x201c;
    case 0x2018:
        return 0x2019;
    case 0x300c:
        return 0x300d;
    default:
        return c;
    }
}

/* The part set off that begins at text: its length with both marks, 0 when nothing ends it; *inside: what it holds. */
static size_t set_off(struct slice text, struct slice *inside)
{
    size_t open;
    size_t length;
    const int32_t end = closing(name_character_at(text, &open));

    for (size_t i = open; i < text.len; i += length) {
        int32_t c = name_character_at((struct slice){text.ptr + i, text.len - i}, &length);
        if (c < 0)
            return 0;
        if (c == end || (end == 0x201d && c == '"') || (end == 0x201c && c == 0x201d)) {
            *inside = slice_trim((struct slice){text.ptr + open, i - open});
            return i + length;
        }
    }
    return 0;
}

/* A nickname, or a family name of before in brackets, which stays with the word before it. */
static bool end_set_off(struct name_words *words, struct slice whole, struct slice inside, bool brackets)
{
    struct name_words inner;

    if (words->nickname.len)
        return refuse(words, NAME_WHOLE, "more than one part in quotes or brackets");
    if (!name_words_read(&inner, inside) || inner.count > 2 || inner.segments || inner.nickname.len)
        return refuse(words, NAME_WHOLE, "a remark in quotes or brackets");
    for (size_t i = 0; i < inner.count; i++)
        if (inner.word[i].small || (inner.word[i].flags & (NAME_COMPANY | NAME_LEGAL | NAME_REMARK | NAME_AND)))
            return refuse(words, NAME_WHOLE, "a remark in quotes or brackets");
    if (brackets && words->count && inner.count == 1 && (inner.word[0].flags & NAME_SURNAME_ENDING)) {
        struct slice *last = &words->word[words->count - 1].text;
        *last = (struct slice){last->ptr, (size_t)(whole.ptr + whole.len - last->ptr)};
        return true;
    }
    words->nickname = inside;
    return true;
}

/* Whether an apostrophe begins a nickname: 'Bob', but not 't Hooft. */
static bool begins_nickname(struct slice text)
{
    struct slice inside;
    size_t length = set_off(text, &inside);
    size_t next;

    return length && inside.len > 2 &&
           (length == text.len || name_character_kind(name_character_at(
                                      (struct slice){text.ptr + length, text.len - length}, &next)) == NAME_BLANK);
}

static const char *reason_of(enum name_character kind)
{
    switch (kind) {
    case NAME_DIGIT:
        return "digits";
    case NAME_SLASH:
        return "a slash";
    case NAME_AMPERSAND:
        return "more than one person, or a company";
    case NAME_HYPHEN:
        return "a dash";
    case NAME_MIDDLE_DOT:
        return "a name in transcription";
    default:
        return "a character that names do not have";
    }
}

/* Whether the word so far is a title that a slash may follow, as in Arabic. */
static bool slash_behind_title(struct name_words *words, struct slice word)
{
    if (word.len == 0 || !end_word(words, word))
        return false;
    struct word *last = &words->word[words->count - 1];
    last->dotted = true;
    return (words->scripts & SCRIPT_ARABIC) && (last->flags & (NAME_TITLE | NAME_TITLE_DOT));
}

/* Whether a character inside text at i goes on with the word that began at start. */
static bool goes_on(enum name_character kind, struct slice text, size_t start, size_t i, size_t length)
{
    size_t next;

    if (kind == NAME_LETTER || kind == NAME_APOSTROPHE)
        return true;
    if (start == i)
        return false;
    if (kind == NAME_MARK || kind == NAME_POINT)
        return true;
    if (kind != NAME_HYPHEN && kind != NAME_MIDDLE_DOT)
        return false;
    if (kind == NAME_MIDDLE_DOT &&
        name_script_of(name_character_at((struct slice){text.ptr + start, i - start}, &next)) != SCRIPT_LATIN)
        return false;
    return i + length < text.len &&
           name_character_kind(
               name_character_at((struct slice){text.ptr + i + length, text.len - i - length}, &next)) == NAME_LETTER;
}

/* One character of text at i, where the word under way began at *start. Moves both on. false: refused. */
static bool read_character(struct name_words *words, struct slice text, size_t *start, size_t *i)
{
    const struct slice rest = {text.ptr + *i, text.len - *i};
    const struct slice word = {text.ptr + *start, *i - *start};
    size_t length;
    const int32_t c = name_character_at(rest, &length);
    struct slice inside;

    if (c < 0)
        return refuse(words, NAME_WHOLE, "not UTF-8");
    const enum name_character kind = name_character_kind(c);
    const bool quoted = kind == NAME_QUOTE || kind == NAME_BRACKET ||
                        (kind == NAME_APOSTROPHE && word.len == 0 && begins_nickname(rest));
    if (!quoted && goes_on(kind, text, *start, *i, length)) {
        *i += length;
        return true;
    }
    if (kind == NAME_AT)
        return refuse(words, NAME_NOT_A_PERSON, "an e-mail address");
    if (kind == NAME_SLASH) {
        if (!slash_behind_title(words, word))
            return refuse(words, NAME_WHOLE, reason_of(NAME_SLASH));
    } else if (!end_word(words, word)) {
        return false;
    }
    if (quoted) {
        if ((kind == NAME_QUOTE && word.len) || !(length = set_off(rest, &inside)))
            return refuse(words, NAME_WHOLE, "quotes or brackets that do not match");
        if (words->count == 0 && length == rest.len)
            return refuse(words, NAME_WHOLE, "nothing but what is in quotes or brackets");
        if (!end_set_off(words, (struct slice){rest.ptr, length}, inside, kind == NAME_BRACKET))
            return false;
    } else if (kind == NAME_COMMA) {
        words->segments++;
    } else if (kind != NAME_BLANK && kind != NAME_SLASH) {
        return refuse(words, NAME_WHOLE, reason_of(kind));
    }
    *i += length;
    *start = *i;
    return true;
}

bool name_words_read(struct name_words *words, struct slice text)
{
    size_t start = 0;

    words->count = 0;
    words->segments = 0;
    words->scripts = 0;
    words->has_small = false;
    words->nickname = (struct slice){NULL, 0};
    words->kind = NAME_PERSON;
    words->reason = NULL;
    if (text.len > PERSON_NAME_LENGTH)
        return refuse(words, NAME_WHOLE, "too long for a name");
    for (size_t i = 0; i < text.len;) {
        const unsigned char byte = (unsigned char)text.ptr[i];
        if (byte < 0x80 && name_character_kind(byte) == NAME_LETTER)
            i++; /* goes on with the word */
        else if (!read_character(words, text, &start, &i))
            return false;
    }
    if (!end_word(words, (struct slice){text.ptr + start, text.len - start}))
        return false;
    return words->count ? true : refuse(words, NAME_WHOLE, "empty");
}
