/* Formulas: the first character tells, unless all of the cell is a number. */
#include "value/formula.h"

#include <string.h>

static size_t digits(struct slice text, size_t at)
{
    while (at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9')
        at++;
    return at;
}

/* Behind the sign: digits, in groups or with a fraction, an exponent, a percent sign. */
static bool is_number(struct slice text)
{
    size_t at = digits(text, 1);
    bool any = at > 1;

    while (at < text.len && (text.ptr[at] == '.' || text.ptr[at] == ',')) {
        size_t next = digits(text, at + 1);
        if (next == at + 1)
            return false;
        any = true;
        at = next;
    }
    if (any && at < text.len && (text.ptr[at] | 32) == 'e') {
        size_t from = at + 1 + (at + 1 < text.len && (text.ptr[at + 1] == '-' || text.ptr[at + 1] == '+'));
        size_t next = digits(text, from);
        if (next == from)
            return false;
        at = next;
    }
    if (at + 1 == text.len && text.ptr[at] == '%')
        at++;
    return any && at == text.len;
}

bool formula_like(struct slice cell)
{
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"}; /* = + - @ */

    if (cell.len == 0)
        return false;
    switch (cell.ptr[0]) {
    case '+':
    case '-':
        return !is_number(cell);
    case '=':
    case '@':
    case '\t':
    case '\r':
    case '\n':
        return true;
    default:
        break;
    }
    for (size_t i = 0; i < sizeof wide / sizeof *wide && cell.len >= 3; i++)
        if (memcmp(cell.ptr, wide[i], 3) == 0)
            return true;
    return false;
}
