/* Cells: one pass over the bytes counts their kinds; the counts tell the type. */
#include "stream/dialect_cell.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

#define LOOKED_AT 256 /* bytes of a cell */

struct kinds {
    size_t digits;
    size_t letters;
    size_t blanks;
    size_t signs;      /* bytes of signs of numbers: . , + - ' % ( ) and currency signs */
    size_t separators; /* of dates: - / . : */
    size_t delimiters; /* ; | ^ ~ tab and control characters */
    size_t colons;     /* before a letter or digit, not before digits of a time */
    size_t commas;     /* before something else than a digit or a blank */
    size_t quotes;
    size_t at; /* at-signs */
};

static bool is_letter(char c)
{
    unsigned char u = (unsigned char)c;

    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u >= 0x80 || u == '_';
}

/* The bytes of currency signs written in UTF-8 (U+20A0 to U+20BF, U+00A3, U+00A5), and of spaces in numbers (U+00A0,
 * U+202F). */
static size_t number_character(const char *p, size_t left)
{
    if (left >= 3 && p[0] == '\xe2' && (p[1] == '\x82' || (p[1] == '\x80' && p[2] == '\xaf')))
        return 3;
    if (left >= 2 && p[0] == '\xc2' && (p[1] == '\xa0' || p[1] == '\xa3' || p[1] == '\xa5'))
        return 2;
    return 0;
}

static void count_punctuation(struct kinds *kinds, struct slice s, size_t i)
{
    char next = i + 1 < s.len ? s.ptr[i + 1] : ' ';
    bool between = i > 0 && ascii_is_digit(s.ptr[i - 1]) && ascii_is_digit(next);

    switch (s.ptr[i]) {
    case ' ':
        kinds->blanks++;
        break;
    case '-':
    case '/':
        kinds->separators++;
        kinds->signs += s.ptr[i] == '-';
        break;
    case '.':
        kinds->separators++;
        kinds->signs++;
        break;
    case ',':
        kinds->signs++;
        kinds->commas += !ascii_is_digit(next) && next != ' ';
        break;
    case ':':
        kinds->separators += between;
        kinds->colons += !between && next != ' ' && next != '/';
        break;
    case '+':
    case '%':
    case '$':
    case '(':
    case ')':
        kinds->signs++;
        break;
    case '"':
        kinds->quotes++;
        break;
    case '\'':
        kinds->quotes += i == 0 || i + 1 == s.len;
        kinds->signs += between;
        break;
    case ';':
    case '|':
    case '^':
    case '~':
        kinds->delimiters += next != ' ' || s.ptr[i] != ';';
        break;
    case '@':
        kinds->at++;
        break;
    default:
        kinds->delimiters += (unsigned char)s.ptr[i] < 0x20 && s.ptr[i] != '\n' && s.ptr[i] != '\r';
    }
}

static struct kinds count_kinds(struct slice s)
{
    struct kinds kinds = {0};

    for (size_t i = 0; i < s.len; i++) {
        size_t sign = number_character(s.ptr + i, s.len - i);
        if (sign) {
            kinds.signs += sign;
            i += sign - 1;
        } else if (ascii_is_digit(s.ptr[i])) {
            kinds.digits++;
        } else if (is_letter(s.ptr[i])) {
            kinds.letters++;
        } else {
            count_punctuation(&kinds, s, i);
        }
    }
    return kinds;
}

static bool has_prefix(struct slice s, const char *prefix)
{
    size_t len = strlen(prefix);

    return s.len > len && strncasecmp(s.ptr, prefix, len) == 0;
}

enum cell_type cell_type_of(struct slice text, bool quoted)
{
    struct slice s = slice_trim(text);

    if (s.len == 0)
        return CELL_EMPTY;
    if (s.len > LOOKED_AT)
        s.len = LOOKED_AT;
    struct kinds k = count_kinds(s);
    size_t known = k.digits + k.letters + k.blanks;
    if (has_prefix(s, "http://") || has_prefix(s, "https://") || has_prefix(s, "www."))
        return k.delimiters + k.quotes ? CELL_OTHER : CELL_URL;
    if (k.at == 1 && k.blanks == 0 && k.letters && s.ptr[0] != '@' && memchr(s.ptr, '.', s.len) &&
        k.delimiters + k.quotes + k.commas == 0)
        return CELL_EMAIL;
    if (k.digits && k.letters == 0 && k.delimiters + k.quotes + k.colons == 0) {
        bool numeric = k.digits + k.signs + k.blanks == s.len;
        bool dated = k.separators >= 1 && k.digits + k.separators + k.blanks == s.len && ascii_is_digit(s.ptr[0]);
        bool colon = memchr(s.ptr, ':', s.len);
        if (dated && (colon || (k.digits >= 4 && k.digits <= 14 && k.separators >= 2)))
            return CELL_DATE;
        if (numeric)
            return CELL_NUMBER;
    }
    if (ascii_is_digit(s.ptr[0]) && k.digits >= 5 && k.letters <= 3 && k.separators >= 2 &&
        k.colons + k.delimiters == 0 && known + k.separators + k.signs >= s.len)
        return CELL_DATE; /* 2026-03-01T10:00:00Z, 12/31/2025 11:30 PM */
    return !quoted && k.delimiters + k.quotes + k.colons + k.commas ? CELL_OTHER : CELL_TEXT;
}
