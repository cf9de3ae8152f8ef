/* Postal codes for comparison: one form for what is written as "D-10115" and "10115", "SW1A 1AA" and "sw1a1aa", "75001
 * CEDEX 01".
 *
 * Nothing is looked up in a list of codes, and none is refused for not being on one. A zero in front that a spreadsheet
 * has lost is not put back: one value does not tell that it had one; a column may. Pure functions of their arguments.
 */
#ifndef CRM_VALUE_POSTAL_CODE_H
#define CRM_VALUE_POSTAL_CODE_H

#include "base/slice.h"

#define POSTAL_CODE_LENGTH 16 /* bytes with the NUL */

struct postal_code {
    char text[POSTAL_CODE_LENGTH]; /* small letters and digits of ASCII, ends with a NUL; empty: there is no code */
    size_t length;
    size_t district; /* how many leading bytes are the coarser part, which the codes of a neighbourhood share */
};

/* Reads a postal code, UTF-8. Letters become small; what is neither letter nor digit is dropped. Full-width letters and
 * digits and the digits of Arabic, Persian and Hindi count as ASCII; any other letter is no part of a code. Dropped are
 * also:
 *
 * - the country in front of four digits and more (D-10115, DE 10115, F75001, RU-101000, AZ1000), and before a code of
 *   that country (GB-SW1A 1AA, CA-K1A 0B1, NL-1012 AB, IE-D02 X285); "ZIP", "PLZ" and "CP" in front count as such;
 * - the four digits of ZIP+4: 60302-1234 and 603021234 are 60302;
 * - "CEDEX" and what follows it, and ".0" behind digits.
 *
 * The district is of a British code the outward part ("sw1a" of "sw1a1aa", and of "sw1a" all), of a Canadian one the
 * forward sortation area ("k1a"), of an Irish one the routing key ("d02"), of a Dutch one the four digits; of five
 * digits and more the first three; of anything else the first half, rounded up.
 *
 * false: text holds no digit, a letter that is no part of a code, or more than 15 letters and digits; then the code is
 * empty. */
bool postal_code_read(struct slice text, struct postal_code *code);

#endif
