/* Reading a street address: a pass over the text as written, where a point parts words ("Hauptstr.5", "ул.Мира") and
 * "#" is a word; folding; then the folded words one by one, longest known sequence first. Words that the table does not
 * know, and numbers, stay views into the folded text; the result is put together behind it and moved to its place. */
#include "value/street.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "value/street_words.h"

#define STREET_WORDS 64
#define PLAIN_BYTES 512
#define MOST_DIGITS 6 /* of the number of a house; five in Cyrillic, where six are a postal code */

struct token {
    struct slice text;   /* of a number: its digits */
    struct slice letter; /* of a number: what it ends in */
    unsigned flags;
    bool is_number;
    bool spelled_out; /* its one form is shorter than what was written */
    bool gone;
};

struct address {
    bool cyrillic;
    size_t count;
    struct token token[STREET_WORDS];
};

static struct slice cut(struct slice text, size_t start, size_t end)
{
    return (struct slice){text.ptr + start, end - start};
}

static bool is_word_of(struct slice key, struct slice word)
{
    return key.len >= word.len && memcmp(key.ptr, word.ptr, word.len) == 0 &&
           (key.len == word.len || key.ptr[word.len] == ' ');
}

/* The first row whose first word this is. */
static const struct street_word *find_row(struct slice word)
{
    size_t low = 0;
    size_t high = street_table.count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (slice_compare(street_table.words[middle].key, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return street_table.words + low;
}

/* Whether a row may be taken for the next word. */
static bool is_allowed(const struct address *address, unsigned flags)
{
    const bool lead = address->count == 0 || (address->count == 1 && address->token[0].is_number);

    return (address->cyrillic || !(flags & STREET_CYRILLIC)) && (address->count == 0 || !(flags & STREET_FRONT)) &&
           (lead || !(flags & STREET_LEAD));
}

/* The longest row that text begins with; word is its first word. */
static const struct street_word *longest_row(const struct address *address, struct slice text, struct slice word)
{
    const struct street_word *end = street_table.words + street_table.count;
    const struct street_word *longest = NULL;

    for (const struct street_word *row = find_row(word); row < end && is_word_of(row->key, word); row++) {
        const size_t length = row->key.len;
        if (!is_allowed(address, row->flags) || (longest && length <= longest->key.len))
            continue;
        if (length <= text.len && memcmp(row->key.ptr, text.ptr, length) == 0 &&
            (length == text.len || text.ptr[length] == ' '))
            longest = row;
    }
    return longest;
}

static bool add(struct address *address, struct token token)
{
    if (address->count == STREET_WORDS)
        return false;
    address->token[address->count++] = token;
    return true;
}

/* Adds "haupt" and "st" for "hauptstr". 1: did, 0: no such ending, -1: no room. */
static int add_compound(struct address *address, struct slice word)
{
    static const struct {
        struct slice ending, form;
        size_t least; /* letters before it */
    } endings[] = {
        {SLICE_INIT("strasse"), SLICE_INIT("st"), 2}, {SLICE_INIT("straat"), SLICE_INIT("st"), 2},
        {SLICE_INIT("str"), SLICE_INIT("st"), 3},     {SLICE_INIT("platz"), SLICE_INIT("pl"), 3},
        {SLICE_INIT("gasse"), SLICE_INIT("gas"), 3},  {SLICE_INIT("allee"), SLICE_INIT("all"), 3},
        {SLICE_INIT("weg"), SLICE_INIT("weg"), 3},
    };

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const struct slice ending = endings[i].ending;
        if (word.len < ending.len + endings[i].least)
            continue;
        const size_t before = word.len - ending.len;
        if (memcmp(word.ptr + before, ending.ptr, ending.len) != 0)
            continue;
        return add(address, (struct token){.text = cut(word, 0, before)}) &&
                       add(address, (struct token){.text = endings[i].form, .flags = STREET_TYPE})
                   ? 1
                   : -1;
    }
    return 0;
}

static bool is_one_of(struct slice text, const struct slice *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal(text, list[i]))
            return true;
    return false;
}

/* What follows the digits of "5th" or "2ya": then they are no number of a house. */
static bool is_ordinal(const struct address *address, struct slice ending)
{
    static const struct slice latin[] = {SLICE_INIT("st"), SLICE_INIT("nd"), SLICE_INIT("rd"),  SLICE_INIT("th"),
                                         SLICE_INIT("er"), SLICE_INIT("re"), SLICE_INIT("eme"), SLICE_INIT("o")};
    static const struct slice cyrillic[] = {SLICE_INIT("ya"), SLICE_INIT("y"),   SLICE_INIT("aya"), SLICE_INIT("iy"),
                                            SLICE_INIT("oy"), SLICE_INIT("yy"),  SLICE_INIT("go"),  SLICE_INIT("e"),
                                            SLICE_INIT("i"),  SLICE_INIT("oyu"), SLICE_INIT("oi")};

    return address->cyrillic ? is_one_of(ending, cyrillic, sizeof cyrillic / sizeof *cyrillic)
                             : is_one_of(ending, latin, sizeof latin / sizeof *latin);
}

/* Adds a word that begins with a digit. */
static bool add_number(struct address *address, struct slice word)
{
    size_t digits = 0;
    size_t zeros = 0;

    while (digits < word.len && ascii_is_digit(word.ptr[digits]))
        digits++;
    while (zeros + 1 < digits && word.ptr[zeros] == '0')
        zeros++;
    const struct slice ending = cut(word, digits, word.len);
    static const struct slice again[] = {SLICE_INIT("bis"), SLICE_INIT("ter"), SLICE_INIT("quater")};
    if (ending.len > 1 && !is_one_of(ending, again, sizeof again / sizeof *again))
        return add(address, (struct token){.text = word});
    if (is_ordinal(address, ending))
        return add(address, (struct token){.text = word});
    return add(address, (struct token){.text = cut(word, zeros, digits), .letter = ending, .is_number = true});
}

/* The letters before the digits of "д5" or "кв17", 0 for any other word: both are then words by themselves. */
static size_t letters_before_digits(const struct address *address, struct slice word)
{
    size_t letters = 0;

    while (letters < word.len && letters < 5 && ascii_is_letter(word.ptr[letters]))
        letters++;
    if (!address->cyrillic || letters == 0 || letters == word.len || !ascii_is_digit(word.ptr[letters]))
        return 0;
    const struct slice name = cut(word, 0, letters);
    const struct street_word *row = longest_row(address, name, name);
    return row && (row->flags & (STREET_UNIT | STREET_MARK)) ? letters : 0;
}

/* Splits the folded text. false: there are too many words. */
static bool find_tokens(struct address *address, struct slice text)
{
    size_t i = 0;

    while (i < text.len) {
        const struct slice rest = cut(text, i, text.len);
        const char *blank = memchr(rest.ptr, ' ', rest.len);
        struct slice word = {rest.ptr, blank ? (size_t)(blank - rest.ptr) : rest.len};
        size_t letters;
        bool room;
        if (word.len == 0) {
            i++;
            continue;
        }
        i += word.len;
        const struct street_word *row = longest_row(address, rest, word);
        if (row) {
            i += row->key.len - word.len;
            const bool marks = row->flags & (STREET_MARK | STREET_MONTH | STREET_CROSS);
            word = marks ? cut(rest, 0, row->key.len) : row->form;
            room =
                (row->flags & STREET_DROP) ||
                add(address, (struct token){.text = word, .flags = row->flags, .spelled_out = row->key.len > word.len});
        } else if (ascii_is_digit(word.ptr[0])) {
            room = add_number(address, word);
        } else if ((letters = letters_before_digits(address, word))) {
            i -= word.len - letters; /* the digits are the next word */
            row = longest_row(address, cut(word, 0, letters), cut(word, 0, letters));
            word = row->flags & STREET_MARK ? cut(word, 0, letters) : row->form;
            room = add(address, (struct token){.text = word, .flags = row->flags});
        } else {
            const int compound = add_compound(address, word);
            room = compound > 0 || (compound == 0 && add(address, (struct token){.text = word}));
        }
        if (!room)
            return false;
    }
    return true;
}

/* Whether the word behind number i is its letter: "Hauptstr. 5 a", "12 B Baker St", "Hauptstr. 5 W"; but not in "100 E
 * Main St", "Highway 61 South", "350 N 200 W", "1200 A St", "5 k 2". first: no number stands before it. */
static bool has_letter_behind(const struct address *address, size_t i, bool first)
{
    const struct token *letter = address->token + i + 1;

    if (i + 1 == address->count || address->token[i].letter.len || letter->is_number || letter->text.len != 1 ||
        !ascii_is_letter(letter->text.ptr[0]) || letter->spelled_out ||
        (letter->flags & (STREET_UNIT | STREET_MARK | STREET_TYPE)))
        return false;
    if ((letter->flags & STREET_DIRECTION) && (i == 0 || !first))
        return false;
    return i + 2 == address->count || (!letter[1].is_number && !(letter[1].flags & STREET_TYPE));
}

/* "12 bis" */
static bool has_bis_behind(const struct address *address, size_t i)
{
    static const struct slice again[] = {SLICE_INIT("bis"), SLICE_INIT("quater")};
    const struct token *next = address->token + i + 1;

    return i + 1 < address->count && !next->is_number && address->token[i].letter.len == 0 &&
           is_one_of(next->text, again, sizeof again / sizeof *again);
}

static void join_letters(struct address *address)
{
    bool first = true;

    for (size_t i = 0; i + 1 < address->count; i++) {
        if (!address->token[i].is_number || address->token[i].text.len >= MOST_DIGITS)
            continue;
        const bool letter = has_letter_behind(address, i, first);
        first = false;
        if (letter || has_bis_behind(address, i)) {
            address->token[i].letter = address->token[i + 1].text;
            address->token[i + 1].gone = true;
        }
    }
}

/* 8 марта, 25 de mayo */
static bool is_date(const struct address *address, size_t i)
{
    static const struct slice of[] = {SLICE_INIT("de"), SLICE_INIT("di"), SLICE_INIT("du")};
    size_t next = i + 1;

    if (next < address->count && is_one_of(address->token[next].text, of, sizeof of / sizeof *of))
        next++;
    return next < address->count && (address->token[next].flags & STREET_MONTH);
}

/* The token that is the number of the house; address->count when there is none. Marks before numbers are gone then. */
static size_t find_number(struct address *address)
{
    const size_t most = address->cyrillic ? MOST_DIGITS - 1 : MOST_DIGITS;
    size_t found = address->count;

    for (size_t i = 0; i < address->count; i++) {
        const struct token *token = address->token + i;
        struct token *before = i ? address->token + i - 1 : NULL;
        if (!token->is_number || is_date(address, i))
            continue;
        if (before && (before->flags & STREET_MARK))
            before->gone = true;
        if (before && before->gone && i > 1)
            before--;
        if (found == address->count && token->text.len <= most && !(before && (before->flags & STREET_UNIT)))
            found = i;
    }
    return found;
}

/* Drops where along the street house number `house` is ("9th Ave at 39th St"), up to a unit. */
static void drop_cross_streets(struct address *address, size_t house)
{
    size_t i = house + 1;
    bool named = house > 0; /* a word before it is left */

    for (; i < address->count && !((address->token[i].flags & STREET_CROSS) && named); i++)
        named = true;
    for (; i < address->count && !(address->token[i].flags & STREET_UNIT); i++)
        address->token[i].gone = true;
}

static void put_number(const struct token *token, char number[STREET_NUMBER])
{
    memcpy(number, token->text.ptr, token->text.len);
    memcpy(number + token->text.len, token->letter.ptr, token->letter.len);
    number[token->text.len + token->letter.len] = '\0';
}

static size_t put(char *to, size_t length, struct slice text)
{
    memcpy(to + length, text.ptr, text.len);
    return length + text.len;
}

/* Writes the words but for token `without`. Returns their length. */
static size_t put_words(const struct address *address, size_t without, char *to)
{
    size_t length = 0;

    for (size_t i = 0; i < address->count; i++) {
        const struct token *token = address->token + i;
        if (i == without || token->gone)
            continue;
        if (length)
            to[length++] = ' ';
        length = put(to, length, token->text);
        if (token->is_number && token->letter.len)
            length = put(to, length, token->letter);
    }
    return length;
}

/* Whether byte i of text is the first or last of a run of digits beside an East Asian character: 路5号. */
static bool parts_digits(struct slice text, size_t i)
{
    const bool digit = ascii_is_digit(text.ptr[i]);
    const bool digit_before = ascii_is_digit(text.ptr[i - 1]);

    return (digit && (unsigned char)text.ptr[i - 1] >= 0x80 && i > 2 && (unsigned char)text.ptr[i - 3] >= 0xe3) ||
           (digit_before && (unsigned char)text.ptr[i] >= 0xe3);
}

/* Points as blanks, "#" as a word, a blank between digits and East Asian characters. NULL: only the length. */
static size_t prepare(struct slice text, char *to)
{
    size_t length = 0;

    for (size_t i = 0; i < text.len; i++) {
        const struct slice part = text.ptr[i] == '#'   ? SLICE(" apt ")
                                  : text.ptr[i] == '.' ? SLICE(" ")
                                                       : cut(text, i, i + 1);
        if (i > 0 && parts_digits(text, i)) {
            if (to)
                to[length] = ' ';
            length++;
        }
        if (to)
            memcpy(to + length, part.ptr, part.len);
        length += part.len;
    }
    return length;
}

static int fold_prepared(struct latin_fold *fold, struct slice text, struct buffer *out, unsigned *scripts,
                         struct error *err)
{
    char plain[PLAIN_BYTES];
    char *room = NULL;
    const size_t size = prepare(text, NULL);

    if (size > sizeof plain && !(room = malloc(size)))
        return error_memory(err);
    char *to = room ? room : plain;
    const int result = latin_fold(fold, (struct slice){to, prepare(text, to)}, out, scripts, err);
    free(room);
    return result;
}

int street_fold(struct latin_fold *fold, struct slice text, struct buffer *out, char number[STREET_NUMBER],
                struct error *err)
{
    struct address address;
    unsigned scripts = 0;
    const size_t before = out->len;

    number[0] = '\0';
    if (fold_prepared(fold, text, out, &scripts, err))
        return -1;
    const size_t length = out->len - before;
    if (length == 0)
        return 0;
    if (buffer_reserve(out, length + STREET_WORDS * (STREET_FORM_BYTES + 1))) {
        out->len = before;
        return error_memory(err);
    }
    address.cyrillic = scripts & LATIN_FOLD_CYRILLIC;
    address.count = 0;
    if (!find_tokens(&address, (struct slice){out->data + before, length}))
        return 0;
    join_letters(&address);
    const size_t house = find_number(&address);
    if (house < address.count) {
        put_number(&address.token[house], number);
        drop_cross_streets(&address, house);
    }
    char *to = out->data + before + length;
    const size_t written = put_words(&address, house, to);
    memmove(out->data + before, to, written);
    out->len = before + written;
    return 0;
}
