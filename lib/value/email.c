/* Reading an address: what stands around it is peeled off (email_text.c), then its parts are checked, the domain in
 * email_domain.c. Plain ASCII, which is nearly all, is judged by one table of character classes and never meets a
 * Unicode library; a local part that is not plain is put into NFC by utf8proc, which needs no memory for it. */
#include "value/email_text.h"

#include <unicode/uidna.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* Whether a character that is not ASCII may stand before the @: neither blank, nor control or private, nor unassigned,
 * and no mark without a letter before it. */
static bool is_local_letter(int32_t c, bool first)
{
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return !first;
    default:
        return true;
    }
}

static const char not_before[] = "before the @ is not allowed";

/* The characters of a local part; quoted says whether quotes have been removed around it. */
static int check_local(struct email_reader *reader, struct slice local, bool quoted, struct email *out)
{
    size_t length = 1;
    size_t at;

    for (size_t i = 0; i < local.len; i += length) {
        struct slice rest = email_from(local, i);
        const char c = rest.ptr[0];
        length = 1;
        if ((unsigned char)c >= 0x80) {
            int32_t character = email_character_at(rest, &length);
            if (character < 0 || !is_local_letter(character, i == 0))
                return email_refuse_character(reader, out, rest, not_before);
        } else if (quoted) {
            if (c < ' ' || c == 0x7f || c == '"' || (c == '\\' && rest.len == 1))
                return email_refuse_character(reader, out, rest, not_before);
            if (c == '\\' && rest.ptr[1] >= ' ' && rest.ptr[1] < 0x7f)
                length = 2;
        } else if (c == '.') {
            if (i == 0)
                return email_refuse(out, "starts with a dot");
            if (rest.len == 1)
                return email_refuse(out, "a dot before the @");
            if (rest.ptr[1] == '.')
                return email_refuse(out, "two dots in a row before the @");
        } else if (!email_is_class(c, EMAIL_ATOM)) {
            return email_refuse_character(reader, out, rest, not_before);
        }
    }
    if (!email_is_ascii(local) && email_is_mixed(local, &at))
        return email_refuse_character(reader, out, email_from(local, at), "among Latin letters before the @");
    return 0;
}

/* Writes the local part in NFC to the start of reader->address; its length, 0 when there is no room for it. */
static size_t put_local(struct email_reader *reader, struct slice local, unsigned *changes)
{
    int32_t characters[EMAIL_LOCAL * 8];

    if (local.len > EMAIL_LOCAL * 4)
        return 0;
    if (email_is_ascii(local)) {
        memcpy(reader->address, local.ptr, local.len);
        return local.len;
    }
    utf8proc_ssize_t count =
        utf8proc_decompose((const uint8_t *)local.ptr, (utf8proc_ssize_t)local.len, characters,
                           sizeof characters / sizeof *characters, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (count <= 0 || (size_t)count > sizeof characters / sizeof *characters)
        return 0;
    count = utf8proc_normalize_utf32(characters, count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    size_t used = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        used += (size_t)utf8proc_encode_char(characters[i], (uint8_t *)reader->address + used);
    if (used != local.len || memcmp(reader->address, local.ptr, used) != 0)
        *changes |= EMAIL_RECOMPOSED;
    return used;
}

/* The offset of the @ between the parts: the first that is not in quotes; text.len when there is none. */
static size_t find_at(struct slice text)
{
    size_t i = 0;

    if (text.len && text.ptr[0] == '"')
        for (i = 1; i < text.len && text.ptr[i] != '"'; i++)
            if (text.ptr[i] == '\\')
                i++;
    if (i >= text.len)
        i = 0; /* no closing quote: it is refused as a character */
    const char *at = email_find(email_from(text, i), '@');
    return at ? (size_t)(at - text.ptr) : text.len;
}

/* What is wrong between the parts. 1: refused. */
static int check_parts(struct email_reader *reader, struct slice text, size_t at, struct email *out)
{
    if (text.len == 0)
        return email_refuse(out, "empty");
    if (at == text.len) {
        size_t length;
        for (size_t i = 0; i < text.len; i += length) {
            int32_t c = email_character_at(email_from(text, i), &length);
            if (c == 0xff20 || c == 0xfe6b)
                return email_refuse_character(reader, out, email_from(text, i), "");
        }
        return email_refuse(out, "no @");
    }
    if (at == 0)
        return email_refuse(out, "nothing before the @");
    if (at + 1 == text.len)
        return email_refuse(out, "nothing after the @");
    if (email_find(email_from(text, at + 1), '@'))
        return email_refuse(out, "two @");
    if (text.ptr[at + 1] == '[')
        return email_refuse(out, "a literal address in place of a domain");
    return 0;
}

/* 0: out is filled; 1: refused; -1. */
static int read_parts(struct email_reader *reader, struct slice text, struct email *out, struct error *err)
{
    const size_t at = find_at(text);

    if (check_parts(reader, text, at, out))
        return 1;
    const struct slice local = {text.ptr, at};
    const bool quoted = local.len > 1 && local.ptr[0] == '"' && local.ptr[local.len - 1] == '"';
    const struct slice inner = quoted ? (struct slice){local.ptr + 1, local.len - 2} : local;
    if (quoted && inner.len == 0)
        return email_refuse(out, "nothing before the @");
    if (check_local(reader, inner, quoted, out))
        return 1;
    const size_t used = put_local(reader, local, &out->changes);
    if (used == 0 || used > EMAIL_LOCAL)
        return email_refuse(out, "more than 64 bytes before the @");
    size_t length = 0;
    reader->address[used] = '@';
    int result = email_put_domain(reader, email_from(text, at + 1), reader->address + used + 1, &length, out, err);
    if (result)
        return result;
    if (used + 1 + length > EMAIL_ADDRESS)
        return email_refuse(out, "longer than 254 bytes");
    out->address = (struct slice){reader->address, used + 1 + length};
    out->local = (struct slice){reader->address, used};
    out->domain = (struct slice){reader->address + used + 1, length};
    return 0;
}

void email_reader_init(struct email_reader *reader)
{
    reader->idna = NULL;
}

void email_reader_fini(struct email_reader *reader)
{
    if (reader->idna)
        uidna_close(reader->idna);
    reader->idna = NULL;
}

int email_read(struct email_reader *reader, struct slice text, struct email *out, struct error *err)
{
    *out = (struct email){.verdict = EMAIL_VALID};
    text = email_peel(reader, text, &out->changes);
    if (text.len > EMAIL_INPUT) {
        email_refuse(out, "longer than 254 bytes");
        return 0;
    }
    return read_parts(reader, text, out, err) < 0 ? -1 : 0;
}
