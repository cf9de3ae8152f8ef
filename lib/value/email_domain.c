/* Domains of addresses: plain ones in small letters; others, and those that hold an xn-- label, through ICU's UTS #46,
 * whose handle is opened when first needed. Then all are judged label by label. */
#include "value/email_text.h"

#include <unicode/uidna.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* Judges a domain in small ASCII letters, label by label. */
static int check_domain(struct email_reader *reader, struct slice domain, struct email *out)
{
    size_t start = 0;
    bool digit = false; /* in the label under way */

    for (size_t i = 0; i <= domain.len; i++) {
        const char c = i < domain.len ? domain.ptr[i] : '.';
        if (c != '.') {
            if (!email_is_class(c, EMAIL_HOST))
                return email_refuse_character(reader, out, email_from(domain, i), "in the domain is not allowed");
            digit = digit || (c >= '0' && c <= '9');
            continue;
        }
        if (i == start)
            return email_refuse(out, i == 0            ? "a dot after the @"
                                     : i == domain.len ? "ends with a dot"
                                                       : "two dots in a row in the domain");
        if (domain.ptr[start] == '-' || domain.ptr[i - 1] == '-')
            return email_refuse(out, "a hyphen at the start or end of a part of the domain");
        if (i - start > 63)
            return email_refuse(out, "a part of the domain is longer than 63 bytes");
        if (i - start > 3 && domain.ptr[start + 2] == '-' && domain.ptr[start + 3] == '-' &&
            memcmp(domain.ptr + start, "xn", 2) != 0)
            return email_refuse(out, "two hyphens in the third place of a part of the domain");
        if (i == domain.len && start == 0)
            return email_refuse(out, "domain without a dot");
        if (i == domain.len && digit && !(i - start > 4 && memcmp(domain.ptr + start, "xn--", 4) == 0))
            return email_refuse(out, "a digit in the last part of the domain");
        start = i + 1;
        digit = false;
    }
    return 0;
}

static const char *idna_reason(uint32_t errors)
{
    if (errors & (UIDNA_ERROR_EMPTY_LABEL))
        return "two dots in a row in the domain";
    if (errors & (UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG))
        return "the domain is too long";
    if (errors & (UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN))
        return "a hyphen at the start or end of a part of the domain";
    if (errors & UIDNA_ERROR_HYPHEN_3_4)
        return "two hyphens in the third place of a part of the domain";
    if (errors & (UIDNA_ERROR_PUNYCODE | UIDNA_ERROR_INVALID_ACE_LABEL))
        return "an xn-- part of the domain that stands for nothing";
    if (errors & UIDNA_ERROR_BIDI)
        return "letters of both directions in the domain";
    return "the domain could not be encoded";
}

/* ICU's handle, opened now if it was not; NULL: err is filled. */
static const UIDNA *idna_handle(struct email_reader *reader, struct error *err)
{
    UErrorCode status = U_ZERO_ERROR;

    if (!reader->idna) {
        reader->idna =
            uidna_openUTS46(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_CHECK_CONTEXTO |
                                UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                            &status);
        if (U_FAILURE(status) || !reader->idna) {
            reader->idna = NULL;
            if (status == U_MEMORY_ALLOCATION_ERROR)
                error_memory(err);
            else
                error_set(err, STATUS_SYSTEM, "cannot encode domain names: ICU says %s", u_errorName(status));
        }
    }
    return reader->idna;
}

/* The first character of a domain that has no encoding by itself; the first that is not ASCII when all have one. */
static struct slice culprit(const UIDNA *idna, struct slice domain)
{
    struct slice first = {NULL, 0};
    size_t length;

    for (size_t i = 0; i < domain.len; i += length) {
        struct slice rest = email_from(domain, i);
        UIDNAInfo info = UIDNA_INFO_INITIALIZER;
        UErrorCode status = U_ZERO_ERROR;
        char one[64];
        if (email_character_at(rest, &length) < 0)
            return rest;
        uidna_labelToASCII_UTF8(idna, rest.ptr, (int32_t)length, one, (int32_t)sizeof one, &info, &status);
        if (U_SUCCESS(status) && (info.errors & UIDNA_ERROR_DISALLOWED))
            return rest;
        if (!first.ptr && length > 1)
            first = rest;
    }
    return first.ptr ? first : domain;
}

/* The full stops that UTS #46 takes for a dot. */
static bool is_dot(int32_t c)
{
    return c == '.' || c == 0x3002 || c == 0xff0e || c == 0xff61;
}

static bool domain_is_mixed(struct slice domain, size_t *at)
{
    size_t start = 0;
    size_t length;

    for (size_t i = 0; i <= domain.len; i += length) {
        length = 1;
        if (i < domain.len && !is_dot(email_character_at(email_from(domain, i), &length)))
            continue;
        if (email_is_mixed((struct slice){domain.ptr + start, i - start}, at)) {
            *at += start;
            return true;
        }
        start = i + length;
    }
    return false;
}

/* The offset of the first symbol in a domain, text.len when there is none: UTS #46 encodes them, IDNA 2008 (RFC 5892)
 * forbids them, and where one stands it has slipped in. */
static size_t find_symbol(struct slice domain)
{
    size_t length;

    for (size_t i = 0; i < domain.len; i += length) {
        int32_t c = email_character_at(email_from(domain, i), &length);
        utf8proc_category_t category = c < 0x80 ? UTF8PROC_CATEGORY_LL : utf8proc_category(c);
        if (category == UTF8PROC_CATEGORY_SO || category == UTF8PROC_CATEGORY_SM || category == UTF8PROC_CATEGORY_SC)
            return i;
    }
    return domain.len;
}

/* Encodes a domain that is not plain ASCII to `to`, which has room for 256 bytes. 0 and *length; 1: refused; -1. */
static int encode_domain(struct email_reader *reader, struct slice domain, char *to, size_t *length, struct email *out,
                         struct error *err)
{
    static const char not_encoded[] = "in the domain could not be encoded";
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode status = U_ZERO_ERROR;
    const UIDNA *idna = idna_handle(reader, err);
    size_t at;

    if (!idna)
        return -1;
    at = utf8_valid_prefix(domain.ptr, domain.len);
    if (at == domain.len)
        at = find_symbol(domain);
    if (at < domain.len)
        return email_refuse_character(reader, out, email_from(domain, at), not_encoded);
    if (domain_is_mixed(domain, &at))
        return email_refuse_character(reader, out, email_from(domain, at), "among Latin letters in the domain");
    int32_t size = uidna_nameToASCII_UTF8(idna, domain.ptr, (int32_t)domain.len, to, 256, &info, &status);
    if (status == U_MEMORY_ALLOCATION_ERROR)
        return error_memory(err);
    if (info.errors & (UIDNA_ERROR_DISALLOWED | UIDNA_ERROR_LEADING_COMBINING_MARK | UIDNA_ERROR_CONTEXTJ |
                       UIDNA_ERROR_CONTEXTO_PUNCTUATION | UIDNA_ERROR_CONTEXTO_DIGITS))
        return email_refuse_character(reader, out, culprit(idna, domain), not_encoded);
    if (info.errors || U_FAILURE(status) || size > 255)
        return email_refuse(out, idna_reason(info.errors | (size > 255 ? UIDNA_ERROR_DOMAIN_NAME_TOO_LONG : 0)));
    *length = (size_t)size;
    out->changes |= email_is_ascii(domain) ? 0 : EMAIL_ENCODED;
    return 0;
}

static bool has_encoded_label(struct slice domain)
{
    for (size_t i = 0; i + 4 <= domain.len; i++)
        if ((i == 0 || domain.ptr[i - 1] == '.') && (domain.ptr[i] | 0x20) == 'x' &&
            (domain.ptr[i + 1] | 0x20) == 'n' && domain.ptr[i + 2] == '-' && domain.ptr[i + 3] == '-')
            return true;
    return false;
}

int email_put_domain(struct email_reader *reader, struct slice domain, char *to, size_t *length, struct email *out,
                     struct error *err)
{
    if (!email_is_ascii(domain) || has_encoded_label(domain)) {
        int result = encode_domain(reader, domain, to, length, out, err);
        if (result)
            return result;
    } else {
        *length = domain.len;
        for (size_t i = 0; i < domain.len; i++)
            to[i] = domain.ptr[i] >= 'A' && domain.ptr[i] <= 'Z' ? (char)(domain.ptr[i] | 0x20) : domain.ptr[i];
    }
    return check_domain(reader, (struct slice){to, *length}, out);
}
