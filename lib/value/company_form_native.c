/* Legal forms in other scripts than Latin, taken from a name as it is written.
 *
 * One pass copies the name in small letters, with blanks for quotation marks, brackets and the like, and leaves out
 * what the scripts without blanks write as part of a word (有限公司, 株式会社, (주), ㈱). A second one,
 * company_strip(), takes the words of the others (ООО, شركة). Latin letters are left as they are for the folding that
 * follows. */
#include <string.h>
#include <utf8proc.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "value/company_form_tables.h"

/* The character at text and its length; 0 and 1 for a byte that is not UTF-8. text.len > 0. */
static uint32_t character_at(struct slice text, size_t *length)
{
    *length = utf8_char_length(text.ptr, text.len);
    if (*length)
        return utf8_decode(text.ptr, *length);
    *length = 1;
    return 0;
}

static struct slice from(struct slice text, size_t start)
{
    return (struct slice){text.ptr + start, text.len - start};
}

static bool is_east_asian(uint32_t c)
{
    return (c >= 0x3040 && c < 0x3100) || (c >= 0x3400 && c < 0xa000) || (c >= 0xac00 && c < 0xd7b0);
}

static bool is_bracket(uint32_t c)
{
    return c == '(' || c == ')' || c == 0xff08 || c == 0xff09;
}

/* What folding makes a blank of, without being a word to us. */
static bool is_blank(uint32_t c)
{
    if (c < 0x80)
        return !ascii_is_letter((char)c) && !ascii_is_digit((char)c) && c != '.' && c != '\'' && c != '`';
    switch (c) {
    case 0xa0:
    case 0xab:
    case 0xbb:
    case 0x60c:
    case 0xff0c:
        return true;
    default:
        return (c >= 0x2010 && c <= 0x2015) || (c >= 0x201c && c <= 0x201f) || (c >= 0x3000 && c <= 0x3003) ||
               (c >= 0x3008 && c <= 0x3011) || is_bracket(c);
    }
}

/* One character of those that stand in brackets for a form: （株）, (주). */
static bool is_bracketed_form(uint32_t c)
{
    static const uint32_t forms[] = {0x682a, 0x6709, 0x5408, 0x540c, 0x8cc7, 0x540d, 0x793e, 0x8ca1, 0x533b, 0x5b66,
                                     0x798f, 0xc8fc, 0xc720, 0xd569, 0xc0ac, 0xc7ac, 0xc758, 0xd559, 0xbcf5};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i] == c)
            return true;
    return false;
}

static size_t bracketed_length(struct slice text)
{
    size_t open;
    size_t inner;
    size_t close;

    if (!is_bracket(character_at(text, &open)) || open == text.len ||
        !is_bracketed_form(character_at(from(text, open), &inner)) || open + inner == text.len ||
        !is_bracket(character_at(from(text, open + inner), &close)))
        return 0;
    return open + inner + close;
}

static bool ends_there(struct slice rest)
{
    size_t length;

    for (size_t i = 0; i < rest.len; i += length) {
        const uint32_t c = character_at(from(rest, i), &length);
        if (!is_blank(c) && c != '.')
            return false;
    }
    return true;
}

/* 分公司 and 子公司, a branch and a subsidiary, are part of the name. */
static bool is_branch(struct slice before)
{
    return before.len >= 3 &&
           (memcmp(before.ptr + before.len - 3, "分", 3) == 0 || memcmp(before.ptr + before.len - 3, "子", 3) == 0);
}

/* The length of the legal form at offset i that is written without blanks, or 0. */
static size_t unspaced_length(struct slice text, size_t i)
{
    const struct company_table *table = &company_forms_unspaced;
    const struct company_form *end = table->forms + table->count;
    const struct slice rest = from(text, i);
    size_t longest = 0;
    size_t length;

    character_at(rest, &length);
    if (length < 3)
        return bracketed_length(rest);
    const struct slice first = {rest.ptr, length};
    const struct company_form *form = company_form_find(table, first, false);
    for (; form && form < end && memcmp(form->key.ptr, first.ptr, first.len) == 0; form++) {
        const size_t bytes = form->key.len;
        if (bytes <= longest || bytes > rest.len || memcmp(form->key.ptr, rest.ptr, bytes) != 0)
            continue;
        if ((form->flags & COMPANY_INSIDE) ||
            (ends_there(from(rest, bytes)) && !is_branch((struct slice){text.ptr, i})))
            longest = bytes;
    }
    return longest ? longest : bracketed_length(rest);
}

/* The small letter of Greek, Cyrillic and Armenian, all of two bytes like their capitals. */
static uint32_t small_letter(uint32_t c)
{
    if (c < 0x370 || c >= 0x590)
        return c;
    const uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
    return small >= 0x370 && small < 0x590 ? small : c;
}

struct copy {
    char *to;
    size_t length;
    uint32_t last; /* the character before, as it was */
};

static void put_blank(struct copy *copy)
{
    if (copy->length && copy->to[copy->length - 1] != ' ')
        copy->to[copy->length++] = ' ';
}

/* Copies the character at offset i of text. Returns its length. */
static size_t put_character(struct copy *copy, struct slice text, size_t i)
{
    size_t length;
    const uint32_t c = character_at(from(text, i), &length);
    const struct slice behind = from(text, i + length);
    size_t size;
    const uint32_t next = behind.len ? character_at(behind, &size) : 0;
    const bool hebrew = copy->last >= 0x590 && copy->last < 0x600;

    if (is_bracket(c) && is_east_asian(copy->last) && is_east_asian(next)) {
        copy->last = next;
        return length;
    }
    if (hebrew && (c == '"' || c == 0x5f4 || c == 0x201d) && next >= 0x590 && next < 0x600)
        return length; /* בע"מ */
    copy->last = c;
    if (is_blank(c) || (c == '.' && (copy->length == 0 || copy->to[copy->length - 1] == ' '))) {
        put_blank(copy);
        return length;
    }
    const uint32_t small = small_letter(c);
    if (small == c)
        memcpy(copy->to + copy->length, text.ptr + i, length);
    else
        utf8proc_encode_char((utf8proc_int32_t)small, (utf8proc_uint8_t *)copy->to + copy->length);
    copy->length += length;
    return length;
}

/* Copies text; the parts that are unspaced forms become blanks if without_forms. */
static void copy_text(struct copy *copy, struct slice text, bool without_forms)
{
    copy->length = 0;
    copy->last = 0;
    for (size_t i = 0; i < text.len;) {
        const size_t form = without_forms ? unspaced_length(text, i) : 0;
        if (form) {
            put_blank(copy);
            copy->last = 0;
            i += form;
        } else {
            i += put_character(copy, text, i);
        }
    }
    while (copy->length && copy->to[copy->length - 1] == ' ')
        copy->length--;
}

size_t company_without_native(struct slice text, char *to)
{
    struct copy copy = {.to = to};

    copy_text(&copy, text, true);
    if (copy.length == 0)
        copy_text(&copy, text, false);
    return company_strip(&company_forms_native, to, copy.length, false);
}
