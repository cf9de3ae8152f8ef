/* Number elections: how the numbers of a column are written, decided by the whole column, never by a cell.
 *
 * "1.234" is twelve hundred or one and a bit. A value is evidence when it can be read in one way only ("1.234,50"); a
 * column is read the way its evidence says; without evidence, or with evidence both ways, there is no answer, and the
 * caller refuses to go on rather than guess.
 *
 * What a number is, in any column:
 * - digits of ASCII, full-width, Arabic-Indic, Persian, Devanagari and other Indian and South-East Asian scripts, not
 *   mixed, at most 40;
 * - a decimal sign: "." or "," (also full-width; the Arabic comma), or "٫", which is never anything else;
 * - groups of three, set apart by the other of "." and ",", by a blank (of any of the widths used for it), an
 *   apostrophe or "٬"; with "," and "٬" also Indian groups, 12,34,567.00; one kind of separator in a number, no group
 * behind a leading zero;
 * - a sign: + or - in front of the number or of its currency, blanks between or not, "-" also behind ("12.00-"); or
 *   brackets instead, (12.00), which make it negative, never both; "12,-" has no cents and is positive;
 * - an exponent, e-3, when there are no groups;
 * - a currency on either side, blanks between or not, or on both sides when they agree ("$5 CAD"); or a percent sign.
 * A unit that changes the value (k, тыс., 万, ‰, cents) makes it no number: nothing is multiplied here. */
#ifndef CRM_VALUE_NUMBER_ELECTION_H
#define CRM_VALUE_NUMBER_ELECTION_H

#include "base/buffer.h"
#include "value/currency.h"
#include "value/example.h"

enum number_style {
    NUMBER_EMPTY,     /* no number seen */
    NUMBER_PLAIN,     /* nothing that could be read in two ways: both readings agree */
    NUMBER_POINT,     /* 1,234.50 */
    NUMBER_COMMA,     /* 1.234,50 */
    NUMBER_AMBIGUOUS, /* 1.234 and nothing that decides */
    NUMBER_CONFLICT,  /* 1.234,50 and 1,234.50 in one column */
};

/* What stands beside the digits; at most one of the two. */
struct number_unit {
    struct currency currency;
    bool percent; /* "12.5 %": the number read is 12.5 */
};

/* Every value that is not blank counts in exactly one of plain, point, comma, ambiguous and invalid. Those with a
 * currency or a percent sign are counted there too. */
struct number_election {
    uint64_t plain, point, comma, ambiguous, invalid;
    struct example point_example, comma_example, ambiguous_example, invalid_example;
    uint64_t currencies, other_currencies, percents; /* values with one; of them with another than the first */
    struct currency currency;                        /* the first seen */
    struct example currency_example, other_currency_example, percent_example;
};

void number_election_add(struct number_election *election, struct slice text, uint64_t line);
enum number_style number_election_result(const struct number_election *election);

/* The number in text in the plain form that decimal_parse() reads, appended to out: sign, digits, point, exponent; and
 * its unit. style is NUMBER_POINT, NUMBER_COMMA, or NUMBER_PLAIN, under which only what can be read with a point and
 * not with a comma otherwise is a number. The result is a number of JSON too: ASCII digits, no zeros in front, and
 * digits on both sides of a point. 0; 1: not a number; -1: out of memory; then out is as it was and *unit all zero. */
int number_read(struct slice text, enum number_style style, struct buffer *out, struct number_unit *unit);

/* The same for a number that must stand alone: with a currency or a percent sign it is none. */
int number_normalise(struct slice text, enum number_style style, struct buffer *out);

/* Why text is no number in either style, in a few words for a message that has quoted it: "a letter O among the
 * digits", "a unit that changes the value: 'k'", "more than one number", "digits are missing", "an error of the
 * spreadsheet". NULL when it is one. */
const char *number_problem(struct slice text);

#endif
