/* Tokens: what a value is replaced by, so that equal values have equal tokens and nobody without the key can tell which
 * value a token stands for, not even by trying all that may be.
 *
 *     token = base32(leftmost bits of HMAC-SHA-256(key, domain NUL value))
 *
 * HMAC: Krawczyk, Bellare, Canetti, RFC 2104 (1997); NIST FIPS 198-1 (2008). Truncation keeps the leftmost bits (RFC
 * 2104, 5). Base32: RFC 4648, 6, in small letters and without padding. In the terms of the GDPR, Art. 4(5), and of
 * ENISA, "Pseudonymisation techniques and best practices" (2019), this is pseudonymisation by a message authentication
 * code, deterministic: the key is the additional information that is to be kept apart.
 *
 * Among n values, some two share a token of b bits by chance with a probability of at most n (n - 1) / 2^(b + 1), the
 * birthday bound. */
#ifndef CRM_ANALYSIS_MASK_TOKEN_H
#define CRM_ANALYSIS_MASK_TOKEN_H

#include <nettle/hmac.h>

#include "analysis/mask_key.h"
#include "base/buffer.h"

#define MASK_BITS_LEAST 64
#define MASK_BITS_MOST 256
#define MASK_BITS 128
#define MASK_TOKEN 52 /* the longest token, in bytes: 256 bits, five in each */

/* A key in use for a domain. Holds what the key could be used with: to be wiped like it. Threads may share one. */
struct mask_hasher {
    struct hmac_sha256_ctx begun; /* has taken the domain in */
};

/* domain: holds no NUL; empty is the usual one. */
void mask_hasher_init(struct mask_hasher *hasher, const struct mask_key *key, struct slice domain);
void mask_hasher_wipe(struct mask_hasher *hasher);

/* Writes the token and returns its length. bits: MASK_BITS_LEAST .. MASK_BITS_MOST, a multiple of 8. */
size_t mask_token(const struct mask_hasher *hasher, struct slice value, size_t bits, char out[MASK_TOKEN]);

/* The form of a value in which spellings of one are equal: NFKC_Casefold (Unicode, 3.13, R5: compatibility forms and
 * case are one, characters that are not seen are left out), then without White_Space at both ends. The value is UTF-8.
 * *folded is the value, or a part of it, or is in room. 0, or -1: out of memory. */
int mask_fold(struct slice value, struct buffer *room, struct slice *folded);

/* Where the domain of an e-mail address begins, behind the last "@"; text.len if there is none, or nothing on one side
 * of it. */
size_t mask_email_domain(struct slice text);

#endif
