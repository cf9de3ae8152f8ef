/* Number parts: one pass over the symbols of a value, in three stretches. In front of the digits stand a sign, an
 * opening bracket and a currency in any order, behind them the same or a percent sign; the digits between are collected
 * together with what separates them, so that readings with a point and with a comma can both be judged afterwards. */
#include "value/number_parts.h"

#include <string.h>

static struct slice skip(struct slice text, size_t size)
{
    return (struct slice){text.ptr + size, text.len - size};
}

static bool is_blank(enum symbol_kind kind)
{
    return kind == SYMBOL_BLANK || kind == SYMBOL_WIDE_BLANK || kind == SYMBOL_INVISIBLE;
}

/* The length of the letters and currency signs that text begins with, and of points between and behind letters: "руб.",
 * "ر.س", "US $", "F CFA"; but "$" of "$.50". */
static size_t word_length(struct slice text)
{
    size_t length = 0;
    bool letter = false;
    size_t at = 0;

    for (;;) {
        struct symbol symbol = symbol_at(skip(text, at));
        if (symbol.kind == SYMBOL_OTHER || symbol.kind == SYMBOL_SIGN || (symbol.kind == SYMBOL_POINT && letter)) {
            letter = symbol.kind == SYMBOL_OTHER;
            at += symbol.size;
            length = at;
        } else if (is_blank(symbol.kind)) {
            letter = false;
            at += symbol.size;
        } else {
            return length;
        }
    }
}

/* "EUR.50" may be 0.50 or 50: nobody says. */
static bool is_code_before_fraction(struct slice word, struct slice behind)
{
    return word.len == 4 && word.ptr[3] == '.' && symbol_at(behind).kind == SYMBOL_DIGIT &&
           currency_is_code((struct slice){word.ptr, 3});
}

static bool agree(struct currency *have, const struct currency *found)
{
    if (currency_same(have, found))
        return true;
    if (have->code[0] == '\0' && currency_may_be(have, slice_from_cstr(found->code)))
        *have = *found;
    else if (found->code[0] || !currency_may_be(found, slice_from_cstr(have->code)))
        return false;
    return true;
}

/* A single Latin letter is a currency in front only: "R 12", but "12R" may be anything. */
static enum number_fault take_currency(struct slice *text, bool front, struct number_parts *parts)
{
    struct slice word = {text->ptr, word_length(*text)};
    struct currency *have = &parts->unit.currency;
    struct currency found;

    *text = skip(*text, word.len);
    if ((!front && word.len == 1 && word.ptr[0] != '$') || !currency_find(word, &found) ||
        is_code_before_fraction(word, *text)) {
        parts->strange = word;
        return NUMBER_TEXT;
    }
    if (parts->unit.percent)
        return NUMBER_UNITS;
    if (have->code[0] == '\0' && !have->candidates)
        *have = found;
    else if (!agree(have, &found))
        return NUMBER_UNITS;
    return NUMBER_GOOD;
}

static enum number_fault take_sign(enum symbol_kind kind, struct number_parts *parts)
{
    if (parts->is_signed)
        return NUMBER_SIGNS;
    parts->is_signed = true;
    parts->negative = kind != SYMBOL_PLUS;
    return NUMBER_GOOD;
}

static enum number_fault take_percent(struct number_parts *parts)
{
    const struct number_unit *unit = &parts->unit;

    if (unit->percent || unit->currency.code[0] || unit->currency.candidates)
        return NUMBER_UNITS;
    parts->unit.percent = true;
    return NUMBER_GOOD;
}

static enum number_fault strange(struct slice *text, size_t size, struct number_parts *parts)
{
    parts->strange = (struct slice){text->ptr, size};
    return NUMBER_TEXT;
}

/* Sign, bracket, currency, percent sign and blanks on one side of the digits. In front it ends at the number. */
static enum number_fault take_beside(struct slice *text, bool front, struct number_parts *parts)
{
    enum number_fault fault = NUMBER_GOOD;

    while (text->len && fault == NUMBER_GOOD) {
        struct symbol symbol = symbol_at(*text);
        switch (symbol.kind) {
        case SYMBOL_DIGIT:
            return front ? NUMBER_GOOD : NUMBER_SEVERAL;
        case SYMBOL_POINT:
        case SYMBOL_COMMA:
        case SYMBOL_DECIMAL:
            if (symbol_at(skip(*text, symbol.size)).kind == SYMBOL_DIGIT)
                return front ? NUMBER_GOOD : NUMBER_SEVERAL;
            return front ? NUMBER_NO_DIGITS : NUMBER_SEPARATORS;
        case SYMBOL_SIGN:
        case SYMBOL_OTHER:
            fault = take_currency(text, front, parts);
            continue;
        case SYMBOL_MINUS:
            fault = parts->no_cents ? NUMBER_SIGNS : take_sign(symbol.kind, parts);
            break;
        case SYMBOL_DASH:
        case SYMBOL_PLUS:
            fault = front ? take_sign(symbol.kind, parts) : strange(text, symbol.size, parts);
            break;
        case SYMBOL_OPEN:
            fault = !front || parts->open ? NUMBER_BRACKETS : NUMBER_GOOD;
            parts->open = true;
            break;
        case SYMBOL_CLOSE:
            fault = front || !parts->open || parts->closed ? NUMBER_BRACKETS : NUMBER_GOOD;
            parts->closed = true;
            break;
        case SYMBOL_PERCENT:
            fault = take_percent(parts);
            break;
        case SYMBOL_APOSTROPHE:
        case SYMBOL_GROUP:
            fault = strange(text, symbol.size, parts);
            break;
        default:
            break;
        }
        *text = skip(*text, symbol.size);
    }
    return fault;
}

/* "e-3" at text, with one to three digits and no more. */
static size_t exponent_length(struct slice text)
{
    size_t i = 1;

    if (text.len > 1 && (text.ptr[1] == '-' || text.ptr[1] == '+'))
        i++;
    size_t begin = i;
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
        i++;
    return i > begin && i <= NUMBER_EXPONENT ? i : 0;
}

/* "12,-", "12.--", "12,—": as often as not behind a price without cents. */
static void take_no_cents(struct slice *text, struct number_parts *parts)
{
    for (int i = 0; i < 2; i++) {
        struct symbol symbol = symbol_at(*text);
        if (symbol.kind != SYMBOL_MINUS && symbol.kind != SYMBOL_DASH)
            return;
        parts->no_cents = true;
        *text = skip(*text, symbol.size);
    }
}

static bool begins_exponent(struct slice text, const struct number_parts *parts)
{
    return parts->digit_count && (text.ptr[0] == 'e' || text.ptr[0] == 'E') && exponent_length(text);
}

static bool is_separator(enum symbol_kind kind)
{
    return kind >= SYMBOL_POINT && kind <= SYMBOL_GROUP;
}

/* Digits and separators. A blank or apostrophe belongs to the number when a digit follows; a point always. */
static enum number_fault take_digits(struct slice *text, struct number_parts *parts)
{
    unsigned zero = 0;
    size_t since = 0;

    for (;;) {
        struct symbol symbol = symbol_at(*text);
        if (symbol.kind == SYMBOL_DIGIT) {
            if (parts->digit_count == NUMBER_DIGITS)
                return NUMBER_LONG;
            if (zero && zero != symbol.zero)
                return NUMBER_SCRIPTS;
            zero = symbol.zero;
            parts->digits[parts->digit_count++] = symbol.digit;
            since++;
        } else if (is_separator(symbol.kind)) {
            bool digit_follows = symbol_at(skip(*text, symbol.size)).kind == SYMBOL_DIGIT;
            if (!digit_follows && (symbol.kind > SYMBOL_DECIMAL || since == 0))
                break;
            if (parts->separator_count == NUMBER_DIGITS)
                return NUMBER_SEPARATORS;
            parts->groups[parts->separator_count] = (unsigned char)since;
            parts->separators[parts->separator_count++] = (unsigned char)symbol.kind;
            since = 0;
        } else {
            break;
        }
        *text = skip(*text, symbol.size);
    }
    parts->groups[parts->separator_count] = (unsigned char)since;
    if (text->len && begins_exponent(*text, parts)) {
        parts->exponent_length = exponent_length(*text);
        memcpy(parts->exponent, text->ptr, parts->exponent_length);
        *text = skip(*text, parts->exponent_length);
    } else if (since == 0) {
        take_no_cents(text, parts);
    }
    return NUMBER_GOOD;
}

enum number_fault number_take_apart(struct slice text, struct number_parts *parts)
{
    enum number_fault fault;

    memset(parts, 0, sizeof *parts);
    fault = take_beside(&text, true, parts);
    if (fault == NUMBER_GOOD && text.len == 0)
        fault = NUMBER_NO_DIGITS;
    if (fault == NUMBER_GOOD)
        fault = take_digits(&text, parts);
    if (fault == NUMBER_GOOD)
        fault = take_beside(&text, false, parts);
    if (fault)
        return fault;
    if (parts->open != parts->closed)
        return NUMBER_BRACKETS;
    if (parts->open && parts->is_signed)
        return NUMBER_SIGNS;
    parts->negative = parts->negative || parts->open;
    return NUMBER_GOOD;
}

bool number_readable(const struct number_parts *parts, enum symbol_kind decimal)
{
    size_t groups = parts->separator_count; /* separators that are no decimal sign */
    bool threes = true;
    bool twos = true;

    if (groups && (parts->separators[groups - 1] == decimal || parts->separators[groups - 1] == SYMBOL_DECIMAL))
        groups--;
    if (groups == 0)
        return true;
    unsigned char kind = parts->separators[0];
    if (kind == decimal || kind == SYMBOL_DECIMAL || parts->exponent_length || parts->digits[0] == '0')
        return false;
    for (size_t i = 1; i < groups; i++) {
        if (parts->separators[i] != kind)
            return false;
        threes = threes && parts->groups[i] == 3;
        twos = twos && parts->groups[i] == 2;
    }
    if (parts->groups[groups] != 3 || parts->groups[0] == 0)
        return false;
    return (threes && parts->groups[0] <= 3) ||
           (twos && (kind == SYMBOL_COMMA || kind == SYMBOL_GROUP) && parts->groups[0] <= 2);
}
