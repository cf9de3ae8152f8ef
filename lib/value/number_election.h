/* Number elections: how the numbers of a column are written, decided by the whole column, never by a cell.
 *
 * "1.234" is twelve hundred or one and a bit. A value is evidence when it can be read in one way only ("1.234,50"); a
 * column is read the way its evidence says; without evidence, or with evidence both ways, there is no answer, and the
 * caller refuses to go on rather than guess. */
#ifndef CRM_VALUE_NUMBER_ELECTION_H
#define CRM_VALUE_NUMBER_ELECTION_H

#include "base/buffer.h"
#include "value/example.h"

enum number_style {
    NUMBER_EMPTY,     /* no number seen */
    NUMBER_PLAIN,     /* no separators at all: both readings agree */
    NUMBER_POINT,     /* 1,234.50 */
    NUMBER_COMMA,     /* 1.234,50 */
    NUMBER_AMBIGUOUS, /* 1.234 and nothing that decides */
    NUMBER_CONFLICT,  /* 1.234,50 and 1,234.50 in one column */
};

struct number_election {
    uint64_t plain, point, comma, ambiguous, invalid;
    struct example point_example, comma_example, ambiguous_example, invalid_example;
};

void number_election_add(struct number_election *election, struct slice text, uint64_t line);
enum number_style number_election_result(const struct number_election *election);

/* A number as exports write it in the plain form that decimal_parse() reads, appended to out: sign, digits, point.
 * Groups may be separated by the other separator, a blank, a no-break space or an apostrophe, three digits each. style
 * is NUMBER_POINT, NUMBER_COMMA, or NUMBER_PLAIN, under which only what can be read with a point and not with a comma
 * otherwise is a number. The result is a number of JSON too: it has no zeros in front, and digits on both sides of a
 * point. 0; 1: not a number; -1: out of memory. */
int number_normalise(struct slice text, enum number_style style, struct buffer *out);

#endif
