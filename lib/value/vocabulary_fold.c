/* Folding: the form in which the vocabulary compares names. utf8proc resolves compatibility forms, folds case and drops
 * the marks on letters; blanks, dashes and quotation marks of all scripts become one of each. */
#include <string.h>
#include <utf8proc.h>

#include "value/vocabulary_query.h"

#define NOT_A_CHARACTER 0xFFFD

/* The code point that stands for cp in folded text; 0 for what cannot be seen. */
static int32_t plain_form(int32_t cp)
{
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return ' ';
    case UTF8PROC_CATEGORY_CC:
        return cp >= '\t' && cp <= '\r' ? ' ' : 0;
    case UTF8PROC_CATEGORY_CF:
        return 0;
    case UTF8PROC_CATEGORY_PD:
        return '-';
    case UTF8PROC_CATEGORY_PC:
        return '_';
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
        return '\'';
    default:
        return cp;
    }
}

/* Folds one character into pending; NOT_A_CHARACTER for a byte that is none, else 0. */
static int32_t folding_character(struct folding *folding)
{
    utf8proc_int32_t cp;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)folding->at, folding->end - folding->at, &cp);
    if (size <= 0) {
        folding->at++;
        return NOT_A_CHARACTER;
    }
    folding->at += size;
    int boundary = 0;
    utf8proc_ssize_t len = utf8proc_decompose_char(
        cp, folding->pending, 32,
        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE, &boundary);
    folding->pending_at = 0;
    folding->pending_len = len > 0 && len <= 32 ? (size_t)len : 0;
    return 0;
}

int32_t folding_next(struct folding *folding)
{
    for (;;) {
        if (folding->pending_at < folding->pending_len) {
            int32_t cp = plain_form(folding->pending[folding->pending_at++]);
            if (cp)
                return cp;
            continue;
        }
        if (folding->at == folding->end)
            return -1;
        unsigned char byte = (unsigned char)*folding->at;
        if (byte >= ' ' && byte < 0x7f) {
            folding->at++;
            return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
        }
        int32_t cp = folding_character(folding);
        if (cp)
            return cp;
    }
}

bool is_separator(int32_t cp)
{
    switch (cp) {
    case ' ':
    case '_':
    case '-':
    case '.':
    case ',':
    case ':':
    case ';':
    case '/':
    case '\\':
    case '*':
    case '\'':
    case '"':
    case '`':
    case 0xB0: /* degree sign, in "N° client" */
    case 0xB7: /* middle dot */
    case 0x30FB:
    case 0x3001:
    case 0x60C: /* Arabic comma */
        return true;
    default:
        return false;
    }
}

int32_t key_next(struct folding *folding)
{
    int32_t cp;
    do
        cp = folding_next(folding);
    while (cp >= 0 && is_separator(cp));
    return cp;
}

struct folding folding_of(const char *at, const char *end)
{
    struct folding folding;
    folding.at = at;
    folding.end = end;
    folding.pending_at = folding.pending_len = 0;
    return folding;
}

size_t vocabulary_normalise(struct slice name, char key[VOCABULARY_KEY])
{
    if (name.len == 0)
        return 0;
    struct folding folding = folding_of(name.ptr, name.ptr + name.len);
    size_t len = 0;
    int32_t cp;
    while ((cp = key_next(&folding)) >= 0) {
        utf8proc_uint8_t encoded[4];
        size_t size = (size_t)utf8proc_encode_char(cp, encoded);
        if (len + size > VOCABULARY_KEY)
            return 0;
        memcpy(key + len, encoded, size);
        len += size;
    }
    return len;
}
