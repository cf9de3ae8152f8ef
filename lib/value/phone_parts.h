/* What reading a phone number is made of: the reader, the plain path and the library. Private to phone_*.c. */
#ifndef CRM_VALUE_PHONE_PARTS_H
#define CRM_VALUE_PHONE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "value/phone.h"
#include "value/phone_plan.h"

struct phone_reader {
    struct phone_plans plans;
};

#define PHONE_DIGITS_MAX 40 /* a text with more digits is not plain */

/* A text of plain characters, taken apart. */
struct phone_plain {
    char digits[PHONE_DIGITS_MAX];
    size_t count;
    bool plus;   /* a plus sign stands before the digits */
    bool viable; /* enough digits for the library to look at it at all */
};

/* Whether text is plain: anything in ASCII but ';' before the first digit or plus sign; from there on digits, blanks
 * and
 * - . / ( ) [ ]; behind the last digit no letter and no '#'. */
bool phone_plain_scan(struct slice text, struct phone_plain *plain);

/* What the library says of such a text: 1; 0 when a plan is odd and the library must be asked; -1 out of memory. */
int phone_plain_read(struct phone_plans *plans, const struct phone_plain *plain, const char *region,
                     struct phone *phone, enum phone_verdict *verdict, struct error *err);

/* Without blanks, line ends and other control characters at both ends. */
struct slice phone_trim(struct slice text);

/* The text with digits, signs and blanks of other scripts in ASCII, and without invisible characters. folded has room
 * for as many bytes as text has. False when text is not UTF-8. */
bool phone_fold(struct slice text, char *folded, size_t *count);

/* The digit, 0 to 9, that the UTF-8 character at the front of a text is, and its length in bytes; -1: it is none. */
int phone_digit(struct slice text, size_t *length);

/* An extension with its label at the end of a text. */
struct phone_tail {
    struct slice number;    /* what stands before the label */
    struct slice extension; /* 1 to 20 digits */
    bool common;            /* the library knows the label, too */
};

/* False when there is none. text: what phone_fold() gives. */
bool phone_tail_find(struct slice text, struct phone_tail *tail);

/* Whether a text begins with the label of an extension. */
bool phone_tail_begins(struct slice text);

/* Takes ".0" or ",0" off a number that a spreadsheet took for an amount. False when it took digits, too. */
bool phone_mend(struct slice *text);

#endif
