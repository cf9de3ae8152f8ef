/* Several numbers in one cell: where one ends and the next begins.
 *
 * Exports join numbers with line ends, semicolons, bars, " ::: " (Google Contacts), commas, slashes and words. Each of
 * these also stands inside one number or before an extension, so a cut is made only where the digits on both sides
 * speak for two numbers, the more of them the less the sign itself says. A cell is walked once: what follows a cut is
 * looked at again only beyond the number that was found there. */
#include "value/phone_parts.h"

enum strength {
    NO_CUT,
    SURE,   /* a sign that stands in no number */
    COMMA,  /* or a word */
    SLASH,  /* "030/123456" */
    ADJOIN, /* only a blank, and then a plus sign */
};

enum {
    SURE_DIGITS = 6,
    SURE_DIGITS_PLUS = 5, /* of a number that begins with a plus sign */
    NUMBER_DIGITS = 7,
    SINGLE_DIGITS = 9, /* with NUMBER_DIGITS behind them too many for one number: E.164 has 15 */
};

static const struct slice words[] = {
    SLICE_INIT("or"), SLICE_INIT("and"), SLICE_INIT("oder"), SLICE_INIT("und"),
    SLICE_INIT("ou"), SLICE_INIT("или"), SLICE_INIT("и"),
};

static const struct sign {
    struct slice text;
    enum strength strength;
} signs[] = {
    {SLICE_INIT(":::"), SURE}, {SLICE_INIT("；"), SURE}, {SLICE_INIT("؛"), SURE},   {SLICE_INIT("、"), SURE},
    {SLICE_INIT("，"), COMMA}, {SLICE_INIT("،"), COMMA}, {SLICE_INIT("／"), SLASH},
};

static bool begins(struct slice text, struct slice with)
{
    return text.len >= with.len && slice_equal((struct slice){text.ptr, with.len}, with);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The sign that joins two numbers at `at`, and its length. */
static enum strength sign_at(struct slice cell, size_t at, size_t *length)
{
    const struct slice here = {cell.ptr + at, cell.len - at};

    *length = 1;
    switch (*here.ptr) {
    case '\n':
    case '\r':
    case ';':
    case '|':
        return SURE;
    case ',':
        return COMMA;
    case '/':
        return SLASH;
    case '+':
        *length = 0;
        return at > 0 && is_blank(cell.ptr[at - 1]) ? ADJOIN : NO_CUT;
    default:
        if (*here.ptr <= '9' && *here.ptr >= ' ')
            return NO_CUT;
    }
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (begins(here, signs[i].text)) {
            *length = signs[i].text.len;
            return signs[i].strength;
        }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (at > 0 && is_blank(cell.ptr[at - 1]) && begins(here, words[i]) && here.len > words[i].len &&
            is_blank(here.ptr[words[i].len])) {
            *length = words[i].len;
            return COMMA;
        }
    return NO_CUT;
}

/* How a number begins that stands somewhere behind a place. */
struct beginning {
    size_t place; /* of its first digit or plus sign */
    bool plus;
    bool zero;
    size_t digits; /* at least so many follow; counted up to NUMBER_DIGITS */
};

static struct beginning look(struct slice cell, size_t at)
{
    struct beginning found = {.place = cell.len};
    size_t length;

    for (; at < cell.len && found.digits < NUMBER_DIGITS; at += length) {
        const int digit = phone_digit((struct slice){cell.ptr + at, cell.len - at}, &length);
        const bool plus = cell.ptr[at] == '+' || begins((struct slice){cell.ptr + at, cell.len - at}, SLICE("＋"));
        if (digit < 0 && !plus)
            continue;
        if (found.place == cell.len) {
            found.place = at;
            found.plus = plus;
            found.zero = digit == 0;
        }
        found.digits += digit >= 0;
    }
    return found;
}

static bool may_cut(enum strength strength, const struct beginning *left, size_t left_digits,
                    const struct beginning *right)
{
    switch (strength) {
    case SURE:
        return left_digits >= (left->plus ? SURE_DIGITS_PLUS : SURE_DIGITS) &&
               right->digits >= (right->plus ? SURE_DIGITS_PLUS : SURE_DIGITS);
    case COMMA:
    case ADJOIN:
        return left_digits >= NUMBER_DIGITS && right->digits >= NUMBER_DIGITS;
    case SLASH:
        return left_digits >= NUMBER_DIGITS && right->digits >= NUMBER_DIGITS &&
               (right->plus || right->zero || left_digits >= SINGLE_DIGITS);
    case NO_CUT:
        break;
    }
    return false;
}

static struct slice without_signs(struct slice text)
{
    size_t length;

    for (text = phone_trim(text); text.len > 0 && sign_at(text, 0, &length) == SURE; text = phone_trim(text)) {
        text.ptr += length;
        text.len -= length;
    }
    return text;
}

bool phone_split_next(struct slice *rest, struct slice *part)
{
    const struct slice cell = without_signs(*rest);
    struct beginning left = {0}, right = {0};
    size_t left_digits = 0, length;

    if (cell.len == 0)
        return false;
    for (size_t at = 0; at < cell.len; at += length) {
        if (cell.ptr[at] >= '0' && cell.ptr[at] <= '9') {
            left_digits++;
            length = 1;
            continue;
        }
        const enum strength strength = sign_at(cell, at, &length);
        if (strength != NO_CUT && left_digits >= SURE_DIGITS_PLUS) {
            const struct slice behind = {cell.ptr + at + length, cell.len - at - length};
            if (left.digits == 0)
                left = look(cell, 0);
            if (right.place < at + length)
                right = look(cell, at + length);
            if (may_cut(strength, &left, left_digits, &right) && !phone_tail_begins(behind)) {
                *part = phone_trim((struct slice){cell.ptr, at});
                *rest = behind;
                return true;
            }
        }
        if (strength == NO_CUT || length == 0)
            left_digits += phone_digit((struct slice){cell.ptr + at, cell.len - at}, &length) >= 0;
    }
    *part = cell;
    *rest = (struct slice){cell.ptr + cell.len, 0};
    return true;
}
