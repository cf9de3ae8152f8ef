/* Currencies in the names of columns. The name is cut into words; a currency counts at its end, in brackets anywhere,
 * and in front when it is a sign or a code. Words that mean something else in a header are left alone, and a
 * multiplier beside the currency spoils it. */
#include "value/currency.h"

#include <string.h>

#include "value/number_parts.h"

#define WORDS 16 /* names with more have their currency in the last ones */

struct word {
    struct slice text;
    bool bracketed;
};

struct header {
    struct word words[WORDS];
    size_t count;
    bool small; /* letters that are no capitals of ASCII: capitals in it mean something */
};

/* The length of a character between words, and what it does to the depth of brackets; 0: none. */
static size_t gap_at(struct slice text, int *depth)
{
    static const struct slice wide[] = {SLICE_INIT("（"), SLICE_INIT("【"), SLICE_INIT("［"), SLICE_INIT("）"),
                                        SLICE_INIT("】"), SLICE_INIT("］"), SLICE_INIT("："), SLICE_INIT("、")};
    char c = text.ptr[0];

    if (strchr("([{", c) && c)
        *depth = 1;
    else if (strchr(")]}", c) && c)
        *depth = 0;
    if (strchr(" \t,:;_-|*\"([{)]}", c) && c)
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (text.len >= wide[i].len && memcmp(text.ptr, wide[i].ptr, wide[i].len) == 0) {
            *depth = i < 3 ? 1 : i < 6 ? 0 : *depth;
            return wide[i].len;
        }
    enum symbol_kind kind = symbol_at(text).kind;
    return kind == SYMBOL_BLANK || kind == SYMBOL_WIDE_BLANK || kind == SYMBOL_COMMA ? symbol_at(text).size : 0;
}

static void add_word(struct header *header, struct slice text, bool bracketed)
{
    if (text.len == 0)
        return;
    if (header->count == WORDS)
        memmove(header->words, header->words + 1, --header->count * sizeof *header->words);
    header->words[header->count++] = (struct word){text, bracketed};
}

static void cut(struct slice name, struct header *header)
{
    struct slice word = {name.ptr, 0};
    int depth = 0;

    *header = (struct header){0};
    while (name.len) {
        bool bracketed = depth > 0;
        size_t gap = gap_at(name, &depth);
        size_t size = gap ? gap : symbol_at(name).size;
        header->small = header->small || (name.ptr[0] >= 'a' && name.ptr[0] <= 'z') || (name.ptr[0] & 0x80);
        name = (struct slice){name.ptr + size, name.len - size};
        if (gap) {
            add_word(header, word, bracketed);
            word = (struct slice){name.ptr, 0};
        } else {
            word.len += size;
        }
    }
    add_word(header, word, depth > 0);
}

static bool has_sign(struct slice text)
{
    while (text.len) {
        struct symbol symbol = symbol_at(text);
        if (symbol.kind == SYMBOL_SIGN)
            return true;
        text = (struct slice){text.ptr + symbol.size, text.len - symbol.size};
    }
    return false;
}

static bool is_listed(struct slice text, const char *const *list)
{
    for (; *list; list++)
        if (text.len == strlen(*list) && strncasecmp(text.ptr, *list, text.len) == 0)
            return true;
    return false;
}

/* Words that stand for a currency beside an amount, but for something else in a header, and the short ones that do not.
 */
static bool means_currency(const struct header *header, struct slice text)
{
    static const char *const others[] = {"won", "real", "peso", "pound", "pounds", "rand", "din", "som", NULL};
    static const char *const capitals[] = {"all", "top", "try", "cup", "pen", "mad", "sos", "mop", "cop", "gel", NULL};
    static const char *const brief[] = {"kr", "zl", "tl", "rs", "rp", "rs.", "kr.", NULL};
    bool ascii = true;

    for (size_t i = 0; i < text.len; i++)
        ascii = ascii && (unsigned char)text.ptr[i] < 0x80;
    if (!ascii || has_sign(text))
        return true;
    if (is_listed(text, others) || (is_listed(text, capitals) && !header->small))
        return false;
    return text.len > 2 || is_listed(text, brief) || slice_equal_cstr(text, "Ft");
}

/* "Бюджет₸", "€Umsatz": a sign that touches the word, at its end or in front. */
static bool sign_touches(struct slice text, bool front, struct currency *currency)
{
    while (text.len) {
        struct symbol symbol = symbol_at(text);
        if (symbol.kind == SYMBOL_SIGN && (front || symbol.size == text.len))
            return currency_find((struct slice){text.ptr, symbol.size}, currency);
        if (front)
            return false;
        text = (struct slice){text.ptr + symbol.size, text.len - symbol.size};
    }
    return false;
}

static bool is_multiplier(const struct header *header, size_t i)
{
    return i < header->count && currency_multiplier(header->words[i].text) != NULL;
}

/* The currency at word i, unless what stands beside it multiplies. */
static bool currency_at(const struct header *header, size_t i, struct currency *currency)
{
    const struct word *word = &header->words[i];
    bool front = i == 0 && header->count > 1;
    bool last = i + 1 == header->count;

    if (!currency_find(word->text, currency) || (!word->bracketed && !means_currency(header, word->text))) {
        if (is_multiplier(header, i) || !((last && sign_touches(word->text, false, currency)) ||
                                          (i == 0 && sign_touches(word->text, true, currency))))
            return false;
    } else if (!word->bracketed && !last && !(front && (has_sign(word->text) || currency_is_code(word->text)))) {
        return false;
    }
    return !(i && is_multiplier(header, i - 1)) && !is_multiplier(header, i + 1);
}

bool currency_of_header(struct slice name, struct currency *currency)
{
    struct header header;

    cut(name, &header);
    for (size_t i = header.count; i-- > 0;)
        if (currency_at(&header, i, currency))
            return true;
    *currency = (struct currency){0};
    return false;
}
