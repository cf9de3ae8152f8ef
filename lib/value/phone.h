/* Phone numbers: what a number means, from any writing.
 *
 * libphonenumber (8.12.57, the metadata it carries) decides what a phone number means: which country and network it
 * belongs to, whether such a number can exist, and how it is written in E.164. It takes 17 microseconds for that. Most
 * numbers in a contact list are digits with an optional prefix, blanks, dashes, dots, slashes and parentheses: those
 * take a plain path in C that does the same steps with automata compiled from the library's own metadata, in about a
 * tenth of a microsecond, and the library is not even started for them. Whatever is not plain goes to the library.
 *
 * Beyond the library:
 * - digits and signs of other scripts (full-width, Arabic-Indic, ...), no-break and invisible characters are folded;
 * - extensions are also recognised by words the library does not know ("Durchwahl 12", "分机12", "внутр. 12", ...);
 * - what a spreadsheet broke is no number: "4,93012E+11" has lost its digits. "612345678.0" has not: it is read without
 * ".0";
 * - letters stand for digits of a keypad only with calling code 1 and in service numbers: "030 1234 Lab" is invalid,
 * not a number that ends in 522;
 * - a text of more than PHONE_TEXT_MAX bytes is no number. */
#ifndef CRM_VALUE_PHONE_H
#define CRM_VALUE_PHONE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/slice.h"

#define PHONE_TEXT_MAX 250 /* bytes, after blanks at both ends are gone; as in the library's Java edition */

enum phone_type {
    PHONE_TYPE_UNKNOWN,         /* of every number that is not PHONE_VALID */
    PHONE_TYPE_FIXED,           /* a fixed line */
    PHONE_TYPE_MOBILE,          /* a mobile phone */
    PHONE_TYPE_FIXED_OR_MOBILE, /* the numbering plan does not tell them apart, as in North America */
    PHONE_TYPE_OTHER,           /* toll-free, premium, shared cost, VoIP, personal, pager, company-wide, voicemail */
};

enum phone_verdict {
    PHONE_VALID,     /* the numbering plan has such numbers */
    PHONE_POSSIBLE,  /* the length fits, but no such number is assigned */
    PHONE_LOCAL,     /* the length fits a number without its area code: it cannot be dialled from elsewhere */
    PHONE_INVALID,   /* no phone number */
    PHONE_NO_REGION, /* written nationally, and no region is given */
};

/* All empty unless PHONE_VALID or PHONE_POSSIBLE. Not NUL-terminated. */
struct phone {
    char e164[24]; /* "+" and 4 to 20 digits */
    size_t e164_len;
    char extension[20]; /* ASCII digits */
    size_t extension_len;
    char region[2]; /* ISO 3166-1 of the number itself (not of the caller), or two NUL when it is not known */
    enum phone_type type;
};

struct phone_reader; /* one per thread: keeps the numbering plans it met */

/* 0, or -1 out of memory. Does not start libphonenumber. The caller frees; NULL is allowed in phone_reader_free(). */
int phone_reader_new(struct phone_reader **reader, struct error *err);
void phone_reader_free(struct phone_reader *reader);

/* Reads the one number in text (UTF-8; see phone_split_next() for several). region: two capital letters of where the
 * text was written, for numbers in national writing; NULL, or one that phone_region_known() denies, for none. Any text
 * has a verdict: 0; -1 only out of memory, *phone and *verdict are then undefined. Once memory ran out inside
 * libphonenumber, every later call in the process that needs the library fails the same way, since its caches could be
 * wrong. */
int phone_read(struct phone_reader *reader, struct slice text, const char *region, struct phone *phone,
               enum phone_verdict *verdict, struct error *err);

/* Whether there is a numbering plan for a region: "DE" yes, "de", "ZZ" and "001" no. Takes nanoseconds, on any thread.
 */
bool phone_region_known(const char *region);

/* Several numbers in one cell: "+49 30 123456; +49 171 1234567", "030 123456 / 0171 5678901", "a\nb", "a ::: b".
 * Takes the next one from *rest and says false when nothing is left; parts and rest are views into the text. A cell is
 * cut only where the text on both sides is a plausible number by itself: "030/123456" is one, and so is "030 123456;12"
 * (an extension). A text without a place to cut comes back whole, trimmed:
 *     struct slice rest = cell, part;
 *     while (phone_split_next(&rest, &part)) ... */
bool phone_split_next(struct slice *rest, struct slice *part);

#endif
