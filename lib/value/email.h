/* E-mail addresses: the stored value, the key under which two spellings are one mailbox, lists in one cell, and hints.
 *
 * What is an address: RFC 5321 and 5322 without their obsolete forms, RFC 6531 for letters that are not ASCII, and of a
 * domain what mail can be sent to: dots in it, no literal address, host names only. Nothing is looked up in a network:
 * an address is well formed or not; whether somebody reads it is not said. */
#ifndef CRM_VALUE_EMAIL_H
#define CRM_VALUE_EMAIL_H

#include "base/error.h"

enum email_verdict { EMAIL_VALID, EMAIL_INVALID };

/* What was done to a value beyond the removal of blanks and invisible characters at its ends, so that it can be
 * counted. The case of the domain is not counted. */
enum email_change {
    EMAIL_SCHEME = 1,      /* "mailto:" in front, with what follows a '?' */
    EMAIL_NAME = 2,        /* "Name <...>" or the angle brackets alone */
    EMAIL_PUNCTUATION = 4, /* ; or , around it, one point behind it, quotes around the whole */
    EMAIL_INVISIBLE = 8,   /* zero-width characters, direction marks, soft hyphens inside */
    EMAIL_ENCODED = 16,    /* the domain is now xn--... */
    EMAIL_RECOMPOSED = 32, /* the local part is now in NFC */
};

struct email {
    enum email_verdict verdict;
    unsigned changes;     /* of enum email_change, also of an invalid one */
    struct slice address; /* local part, @, domain; empty when invalid; borrowed from the reader until its next read */
    struct slice local;   /* within address: as written, in NFC; with its quotes if it has any */
    struct slice domain;  /* within address: in small ASCII letters, xn-- where it was not ASCII */
    const char *reason;   /* invalid: a short phrase for a message ("no @"); borrowed like address. NULL when valid */
};

#define EMAIL_LOCAL 64    /* bytes; RFC 5321, 4.5.3.1.1 */
#define EMAIL_ADDRESS 254 /* bytes; RFC 5321, 4.5.3.1.3 less the angle brackets (RFC 3696, erratum 1690) */
#define EMAIL_INPUT 2048  /* longer values cannot become an address */

/* One per thread. Takes no memory but what ICU takes, from the first domain on that is not plain ASCII. */
struct email_reader {
    void *idna; /* UIDNA *, or NULL as yet */
    char clean[EMAIL_INPUT];
    char address[EMAIL_INPUT + 256];
    char key[EMAIL_ADDRESS * 2];
    char reason[96];
};

void email_reader_init(struct email_reader *reader);
void email_reader_fini(struct email_reader *reader);

/* Reads one address, UTF-8. Removes what enum email_change names. The local part is kept as written (in NFC); of the
 * domain small letters are made, and ASCII letters by UTS #46 (not transitional), which is the form that mail servers
 * and other programs compare. Refused with a reason: what is not an address (see above), local parts of more than 64
 * bytes, addresses of more than 254, domains without a dot or with a digit in their last part (ICANN gives letters
 * alone), and Latin letters mixed with Cyrillic or Greek ones in the local part or between two dots of the domain,
 * which are slips of the keyboard. 0, the verdict being in out; -1: ICU found no memory or no data (err is filled). */
int email_read(struct email_reader *reader, struct slice text, struct email *out, struct error *err);

/* The match key of a valid address, never to be stored as the value or written to: all in small letters (Unicode simple
 * case folding), unnecessary quotes removed, and by the domain what its provider says of its own addresses (the table
 * in email_key.c, with sources): dots, "+tag" and domains that are one. Empty for an invalid address. Borrowed from the
 * reader until the next key. */
struct slice email_key(struct email_reader *reader, const struct email *email);

/* Several addresses in one cell. */
struct email_split {
    struct slice rest;
    unsigned separators; /* how coarse to split */
};

/* Counts the addresses: parts between ; | ::: line ends, commas, blanks, of which each holds an @; separators in double
 * quotes and angle brackets are none. 1 when the cell is no such list: it then comes back whole; 0 for a blank cell. */
size_t email_split_start(struct email_split *split, struct slice cell);

/* The next part, a view into the cell; false at the end. */
bool email_split_next(struct email_split *split, struct slice *part);

/* The domain of a common provider (a constant) that a domain in small letters misses by one letter more, less, wrong or
 * swapped with its neighbour ("gmial.com"); empty when there is none, or the domain is a provider's itself. A hint
 * for a report: nothing is to be changed by it. */
struct slice email_likely_domain(struct slice domain);

/* Whether a domain in small letters is one where anybody can have a mailbox (gmail.com, mail.ru, qq.com, web.de; also
 * those of access providers), so that it does not tell which company somebody is from. false says nothing: the table is
 * of common ones. */
bool email_domain_is_free(struct slice domain);
/* Whether a user part is that of an office, and says nothing of who writes: info, orders, no-reply, kontakt. */
bool email_user_is_role(struct slice user);

#endif
