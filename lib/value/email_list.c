/* Several addresses in one cell, and the provider a misspelled domain probably means.
 *
 * A cell is split as finely as leaves an @ in every part: at blanks, too, if that works ("a@x.de b@y.de"), else at
 * commas, else only at what never stands in an address or a name ("Doe, John <j@x.de>; r@y.de"). */
#include "value/email.h"

#include <string.h>

#include "value/email_text.h"

enum separators { HARD, COMMA, ANY_BLANK };

/* The length of the separator at text, 0 when there is none. */
static size_t separator_length(struct slice text, unsigned separators)
{
    switch (text.ptr[0]) {
    case ';':
    case '|':
    case '\n':
    case '\r':
        return 1;
    case ':':
        return text.len > 2 && memcmp(text.ptr, ":::", 3) == 0 ? 3 : 0;
    case ',':
        return separators >= COMMA;
    case ' ':
    case '\t':
        return separators >= ANY_BLANK;
    case '\xc2': /* no-break space */
        return separators >= ANY_BLANK && text.len > 1 && text.ptr[1] == '\xa0' ? 2 : 0;
    case '\xef': /* full-width comma and semicolon */
        return separators >= COMMA && text.len > 2 && text.ptr[1] == '\xbc' &&
                       (text.ptr[2] == '\x8c' || text.ptr[2] == '\x9b')
                   ? 3
                   : 0;
    case '\xe3': /* ideographic comma */
        return separators >= COMMA && text.len > 2 && memcmp(text.ptr, "\xe3\x80\x81", 3) == 0 ? 3 : 0;
    default:
        return 0;
    }
}

/* The length of the run at text that separators cannot cut: a quoted string, an address in angle brackets, or one byte.
 */
static size_t whole_length(struct slice text)
{
    const char *end = NULL;

    if (text.ptr[0] == '<') {
        end = memchr(text.ptr, '>', text.len);
    } else if (text.ptr[0] == '"') {
        for (size_t i = 1; i < text.len && !end; i++) {
            if (text.ptr[i] == '\\')
                i++;
            else if (text.ptr[i] == '"')
                end = text.ptr + i;
        }
    }
    return end ? (size_t)(end - text.ptr) + 1 : 1;
}

static bool next_part(struct slice *rest, unsigned separators, struct slice *part)
{
    while (rest->len) {
        size_t length = 0;
        size_t separator = 0;
        while (length < rest->len && !separator) {
            struct slice here = {rest->ptr + length, rest->len - length};
            separator = separator_length(here, separators);
            length += separator ? 0 : whole_length(here);
        }
        *part = slice_trim((struct slice){rest->ptr, length});
        *rest = (struct slice){rest->ptr + length + separator, rest->len - length - separator};
        if (part->len)
            return true;
    }
    return false;
}

/* The number of parts, 0 when one of them has no @. */
static size_t count_parts(struct slice cell, unsigned separators)
{
    struct slice part;
    size_t count = 0;

    while (next_part(&cell, separators, &part)) {
        if (!memchr(part.ptr, '@', part.len))
            return 0;
        count++;
    }
    return count;
}

size_t email_split_start(struct email_split *split, struct slice cell)
{
    *split = (struct email_split){cell, ANY_BLANK + 1};
    if (slice_trim(cell).len == 0) {
        split->rest.len = 0;
        return 0;
    }
    const char *first = memchr(cell.ptr, '@', cell.len);
    if (!first || !memchr(first + 1, '@', cell.len - (size_t)(first + 1 - cell.ptr)))
        return 1;
    for (unsigned separators = ANY_BLANK + 1; separators-- > HARD;) {
        size_t count = count_parts(cell, separators);
        if (count > 1) {
            split->separators = separators;
            return count;
        }
    }
    return 1;
}

bool email_split_next(struct email_split *split, struct slice *part)
{
    if (split->separators <= ANY_BLANK)
        return next_part(&split->rest, split->separators, part);
    if (split->rest.len == 0)
        return false;
    *part = split->rest;
    split->rest.len = 0;
    return true;
}

/* Providers whose name has five letters or more: with shorter ones, one letter makes another real domain too often. */
static const struct slice common[] = {
    SLICE_INIT("gmail.com"),    SLICE_INIT("googlemail.com"), SLICE_INIT("yahoo.com"),      SLICE_INIT("yahoo.co.uk"),
    SLICE_INIT("yahoo.fr"),     SLICE_INIT("yahoo.de"),       SLICE_INIT("yahoo.com.br"),   SLICE_INIT("yahoo.co.in"),
    SLICE_INIT("hotmail.com"),  SLICE_INIT("hotmail.co.uk"),  SLICE_INIT("hotmail.fr"),     SLICE_INIT("hotmail.de"),
    SLICE_INIT("hotmail.it"),   SLICE_INIT("hotmail.es"),     SLICE_INIT("outlook.com"),    SLICE_INIT("outlook.de"),
    SLICE_INIT("outlook.es"),   SLICE_INIT("icloud.com"),     SLICE_INIT("yandex.ru"),      SLICE_INIT("yandex.com"),
    SLICE_INIT("rambler.ru"),   SLICE_INIT("protonmail.com"), SLICE_INIT("proton.me"),      SLICE_INIT("comcast.net"),
    SLICE_INIT("verizon.net"),  SLICE_INIT("t-online.de"),    SLICE_INIT("freenet.de"),     SLICE_INIT("orange.fr"),
    SLICE_INIT("wanadoo.fr"),   SLICE_INIT("laposte.net"),    SLICE_INIT("libero.it"),      SLICE_INIT("terra.com.br"),
    SLICE_INIT("fastmail.com"), SLICE_INIT("zohomail.com"),   SLICE_INIT("btinternet.com"),
};

/* Real ones that are one letter off. */
static const struct slice neighbours[] = {SLICE_INIT("mail.com"), SLICE_INIT("ymail.com"), SLICE_INIT("email.com"),
                                          SLICE_INIT("fmail.com")};

bool email_is_common_domain(struct slice domain)
{
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (slice_equal(domain, common[i]))
            return true;
    return false;
}

/* One letter more, less or wrong, or two neighbours swapped (Damerau 1964). Not for equal texts. */
static bool one_edit_apart(struct slice a, struct slice b)
{
    size_t front = 0;
    size_t back = 0;

    if (a.len > b.len + 1 || b.len > a.len + 1)
        return false;
    size_t shorter = a.len < b.len ? a.len : b.len;
    while (front < shorter && a.ptr[front] == b.ptr[front])
        front++;
    while (back < shorter - front && a.ptr[a.len - 1 - back] == b.ptr[b.len - 1 - back])
        back++;
    const size_t left_a = a.len - front - back;
    const size_t left_b = b.len - front - back;
    if (left_a <= 1 && left_b <= 1)
        return true;
    return left_a == 2 && left_b == 2 && a.ptr[front] == b.ptr[front + 1] && a.ptr[front + 1] == b.ptr[front];
}

/* Whether two domains differ in a two-letter top level alone: then both are countries, not a slip. */
static bool other_country(struct slice a, struct slice b)
{
    return a.len == b.len && a.len > 3 && a.ptr[a.len - 3] == '.' && memcmp(a.ptr, b.ptr, a.len - 2) == 0;
}

struct slice email_likely_domain(struct slice domain)
{
    struct slice likely = {NULL, 0};

    for (size_t i = 0; i < sizeof neighbours / sizeof *neighbours; i++)
        if (slice_equal(domain, neighbours[i]))
            return likely;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        if (slice_equal(domain, common[i]))
            return (struct slice){NULL, 0};
        if (!likely.ptr && one_edit_apart(domain, common[i]) && !other_country(domain, common[i]))
            likely = common[i];
    }
    return likely;
}
