/* HMAC is that of nettle. What does not depend on the value, the key and the domain, is taken in once; for each value
 * that state is copied. */
#include "analysis/mask_token.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/ascii.h"
#include "base/utf8.h"

void mask_hasher_init(struct mask_hasher *hasher, const struct mask_key *key, struct slice domain)
{
    hmac_sha256_set_key(&hasher->begun, key->length, key->bytes);
    hmac_sha256_update(&hasher->begun, domain.len, (const uint8_t *)domain.ptr);
    hmac_sha256_update(&hasher->begun, 1, (const uint8_t *)"");
}

void mask_hasher_wipe(struct mask_hasher *hasher)
{
    explicit_bzero(hasher, sizeof *hasher);
}

/* Five bits a character, from the left; the last is filled up with zeros. */
static size_t base32(const uint8_t *bytes, size_t bits, char *out)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    size_t length = (bits + 4) / 5;

    for (size_t i = 0; i < length; i++) {
        size_t at = 5 * i / 8;
        unsigned pair = (unsigned)bytes[at] << 8 | (at + 1 < bits / 8 ? bytes[at + 1] : 0u);
        out[i] = alphabet[pair >> (11 - 5 * i % 8) & 31];
    }
    return length;
}

size_t mask_token(const struct mask_hasher *hasher, struct slice value, size_t bits, char out[MASK_TOKEN])
{
    struct hmac_sha256_ctx context = hasher->begun;
    uint8_t digest[SHA256_DIGEST_SIZE];

    hmac_sha256_update(&context, value.len, (const uint8_t *)value.ptr);
    hmac_sha256_digest(&context, sizeof digest, digest);
    return base32(digest, bits, out);
}

/* ---- folding ---- */

/* The length of the White_Space (Unicode, PropList.txt) that the text begins with, or 0. What NFKC makes a blank is not
 * there any more. */
static size_t blank_length(const char *text, size_t size)
{
    size_t length = utf8_char_length(text, size);
    uint32_t c = length ? utf8_decode(text, length) : 0;

    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x1680 || c == 0x2028 || c == 0x2029 ? length : 0;
}

static struct slice trim(struct slice text)
{
    size_t length;

    while (text.len && (length = blank_length(text.ptr, text.len))) {
        text.ptr += length;
        text.len -= length;
    }
    for (size_t last = 1; last <= 3 && last <= text.len;) {
        if (blank_length(text.ptr + text.len - last, last) == last) {
            text.len -= last;
            last = 1;
        } else {
            last++;
        }
    }
    return text;
}

static bool is_ascii(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

/* What is ASCII stays so, and its forms are its small letters. */
static int fold_ascii(struct slice value, struct buffer *room)
{
    if (buffer_reserve(room, value.len))
        return -1;
    for (size_t i = 0; i < value.len; i++)
        room->data[i] = ascii_lower(value.ptr[i]);
    room->len = value.len;
    return 0;
}

static int fold_unicode(struct slice value, struct buffer *room)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)value.ptr, (utf8proc_ssize_t)value.len, &made,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    int failed = length < 0 || buffer_append(room, (struct slice){(char *)made, (size_t)length});

    free(made);
    return failed ? -1 : 0;
}

int mask_fold(struct slice value, struct buffer *room, struct slice *folded)
{
    buffer_clear(room);
    if (is_ascii(value) ? fold_ascii(value, room) : fold_unicode(value, room))
        return -1;
    *folded = trim(buffer_slice(room));
    return 0;
}

size_t mask_email_domain(struct slice text)
{
    const char *at = text.len ? memrchr(text.ptr, '@', text.len) : NULL;

    return !at || at == text.ptr || at == text.ptr + text.len - 1 ? text.len : (size_t)(at - text.ptr) + 1;
}
