/* Internal to the reading of addresses: characters, and what stands around an address. */
#ifndef CRM_VALUE_EMAIL_TEXT_H
#define CRM_VALUE_EMAIL_TEXT_H

#include <stdint.h>
#include <string.h>

#include "value/email.h"

enum email_character {                 /* what a byte of ASCII may be part of */
                       EMAIL_ATOM = 1, /* atext of RFC 5322 */
                       EMAIL_HOST = 2, /* a label of a host name */
                       EMAIL_BLANK = 4,
                       EMAIL_LOOSE = 8, /* left around an address by copying */
};

extern const unsigned char email_classes[256];

static inline bool email_is_class(char c, unsigned wanted)
{
    return email_classes[(unsigned char)c] & wanted;
}

bool email_is_blank(int32_t c); /* of any script */

int32_t email_wide_character_at(struct slice text, size_t *length); /* one that is not ASCII */

/* The character at text, and its length in *length; -1 and 1 for a byte that is not UTF-8. text.len > 0. */
static inline int32_t email_character_at(struct slice text, size_t *length)
{
    int32_t c = (unsigned char)text.ptr[0];

    *length = 1;
    return c < 0x80 ? c : email_wide_character_at(text, length);
}

/* The address within text: without blanks, and what enum email_change names, around it, and without invisible
 * characters. A view into text, or into reader->clean. */
struct slice email_peel(struct email_reader *reader, struct slice text, unsigned *changes);

/* Makes out invalid for that reason, which is constant or in reader->reason. Returns 1. */
int email_refuse(struct email *out, const char *reason);

/* The same with the reason "'X' where", X being the character at text. */
int email_refuse_character(struct email_reader *reader, struct email *out, struct slice text, const char *where);

/* Whether letters of Latin stand beside Cyrillic or Greek ones: then *at is the first of the latter. */
bool email_is_mixed(struct slice text, size_t *at);

/* Writes the checked and encoded domain to `to`, which has room for 256 bytes and for the domain. 0 and *length; 1:
 * refused; -1: err is filled. */
int email_put_domain(struct email_reader *reader, struct slice domain, char *to, size_t *length, struct email *out,
                     struct error *err);

/* Whether a domain in small letters is that of a provider whose rules the match key knows, or of one that hints name.
 */
bool email_has_key_rule(struct slice domain);
bool email_is_common_domain(struct slice domain);

/* Whether a name stands in a table in bytewise order. */
bool email_is_listed(const struct slice *names, size_t count, struct slice name);

static inline bool email_is_ascii(struct slice text)
{
    unsigned char seen = 0;

    for (size_t i = 0; i < text.len; i++)
        seen |= (unsigned char)text.ptr[i];
    return seen < 0x80;
}

static inline struct slice email_from(struct slice text, size_t start)
{
    return (struct slice){text.ptr + start, text.len - start};
}

static inline const char *email_find(struct slice text, char c)
{
    return text.len ? memchr(text.ptr, c, text.len) : NULL;
}

#endif
