/* Number problems: what a person would say is wrong with a value that is no number. For messages only. */
#include <string.h>

#include "value/number_parts.h"

static struct slice skip(struct slice text, size_t size)
{
    return (struct slice){text.ptr + size, text.len - size};
}

static bool begins(struct slice text, const char *with)
{
    return text.len >= strlen(with) && memcmp(text.ptr, with, strlen(with)) == 0;
}

/* "#VALUE!", "#DIV/0!", "#NAME?", "#ЗНАЧ!", "#N/A", "#NV", "########", and "Err:502" of LibreOffice. */
static bool is_spreadsheet_error(struct slice text)
{
    static const char *const unpunctuated[] = {"#N/A",    "#N/D", "#NV",  "#N/B", "#Н/Д",
                                               "#N/DISP", "#ND",  "#I/T", "#YOK", "#GETTING_DATA"};
    size_t hashes = 0;

    if (begins(text, "Err:") || begins(text, "Ошибка:") || begins(text, "Fehler:"))
        return true;
    while (hashes < text.len && text.ptr[hashes] == '#')
        hashes++;
    if (hashes == 0)
        return false;
    if (hashes == text.len)
        return hashes > 1;
    if (hashes == 1 && (text.ptr[text.len - 1] == '!' || text.ptr[text.len - 1] == '?'))
        return true;
    for (size_t i = 0; i < sizeof unpunctuated / sizeof *unpunctuated; i++)
        if (slice_equal_cstr(text, unpunctuated[i]))
            return true;
    return false;
}

/* A letter of any script that looks like a digit and touches one. */
static const char *mistaken_letter(struct slice text)
{
    static const struct {
        const char *text;
        const char *message;
    } letters[] = {
        {"O", "a letter O among the digits"},          {"o", "a letter o among the digits"},
        {"О", "a Cyrillic letter О among the digits"}, {"о", "a Cyrillic letter о among the digits"},
        {"l", "a letter l among the digits"},          {"I", "a letter I among the digits"},
        {"З", "a Cyrillic letter З among the digits"}, {"S", "a letter S among the digits"},
    };
    bool number_before = false; /* a digit, or a separator behind one: 12,O */

    while (text.len) {
        struct symbol symbol = symbol_at(text);
        struct symbol next = symbol_at(skip(text, symbol.size));
        bool alone = next.kind != SYMBOL_OTHER && next.kind != SYMBOL_SIGN;
        for (size_t i = 0; symbol.kind == SYMBOL_OTHER && i < sizeof letters / sizeof *letters; i++)
            if (begins(text, letters[i].text) && (next.kind == SYMBOL_DIGIT || (number_before && alone)))
                return number_before || i < 4 ? letters[i].message : NULL;
        number_before = symbol.kind == SYMBOL_DIGIT ||
                        (number_before && (symbol.kind == SYMBOL_POINT || symbol.kind == SYMBOL_COMMA));
        text = skip(text, symbol.size);
    }
    return NULL;
}

static bool has_digit(struct slice text)
{
    for (; text.len; text = skip(text, symbol_at(text).size))
        if (symbol_at(text).kind == SYMBOL_DIGIT)
            return true;
    return false;
}

static bool has_digit_behind(struct slice text, struct slice word)
{
    return has_digit((struct slice){word.ptr + word.len, (size_t)(text.ptr + text.len - word.ptr) - word.len});
}

static bool has_digit_before(struct slice text, struct slice word)
{
    return has_digit((struct slice){text.ptr, (size_t)(word.ptr - text.ptr)});
}

/* 12 34 and 5 10: two numbers rather than a group of the wrong size. */
static const char *separators_problem(const struct number_parts *parts)
{
    for (size_t i = 0; i < parts->separator_count; i++)
        if (parts->separators[i] == SYMBOL_BLANK && parts->groups[i + 1] != 3)
            return "more than one number";
    if (parts->exponent_length && parts->separator_count > 1)
        return "separators and an exponent in one number";
    return "separators that make no number";
}

static const char *text_problem(struct slice text, const struct number_parts *parts)
{
    const char *multiplier = currency_multiplier(parts->strange);
    const char *letter = mistaken_letter(text);
    bool before = has_digit_before(text, parts->strange);
    bool behind = has_digit_behind(text, parts->strange);

    if (!before && !behind)
        return "digits are missing";
    if (letter)
        return letter;
    if (before && behind)
        return "more than one number";
    return multiplier ? multiplier : "text that is no currency and no percent sign";
}

const char *number_problem(struct slice text)
{
    struct number_parts parts;

    text = slice_trim(text);
    enum number_fault fault = number_take_apart(text, &parts);
    if (fault != NUMBER_GOOD && is_spreadsheet_error(text))
        return "an error of the spreadsheet";
    switch (fault) {
    case NUMBER_GOOD:
        if (number_readable(&parts, SYMBOL_POINT) || number_readable(&parts, SYMBOL_COMMA))
            return NULL;
        return separators_problem(&parts);
    case NUMBER_NO_DIGITS:
        return has_digit(text) ? "separators that make no number" : "digits are missing";
    case NUMBER_LONG:
        return "more than 40 digits";
    case NUMBER_SEPARATORS:
        return "separators that make no number";
    case NUMBER_SEVERAL:
        return "more than one number";
    case NUMBER_SIGNS:
        return has_digit(text) ? "more than one sign" : "digits are missing";
    case NUMBER_BRACKETS:
        return "a bracket without its other half";
    case NUMBER_SCRIPTS:
        return "digits of two scripts";
    case NUMBER_UNITS:
        return "more than one unit";
    default:
        return text_problem(text, &parts);
    }
}
