/* Elections: how the numbers and dates of a column are written, decided by the whole column, never by a cell.
 *
 * "1.234" is twelve hundred or one and a bit; "01/02/2026" is January or February. A value is evidence when it can be
 * read in one way only ("1.234,50", "25/12/2026"); a column is read the way its evidence says; without evidence, or
 * with evidence both ways, there is no answer, and the caller refuses to go on rather than guess. */
#ifndef CRM_VALUE_ELECTION_H
#define CRM_VALUE_ELECTION_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "value/date.h"

/* The first value of its sort that was seen, shortened, and where: for messages. */
struct example {
    struct quote value;
    uint64_t line; /* 0: none was seen */
};

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

enum date_style {
    DATE_EMPTY,
    DATE_YEAR_FIRST, /* 2026-12-31, 2026/12/31, 20261231 */
    DATE_DAY_FIRST,  /* 31/12/2026; year first as well */
    DATE_MONTH_FIRST,
    DATE_AMBIGUOUS,
    DATE_CONFLICT,
};

struct date_election {
    uint64_t year_first, day_first, month_first, neutral /* 05/05/2026 */, ambiguous, invalid;
    struct example day_example, month_example, ambiguous_example, invalid_example;
};

/* With dots between the numbers the day comes first: no locale of the Unicode CLDR writes month.day.year. */
void date_election_add(struct date_election *election, struct slice text, uint64_t line);
enum date_style date_election_result(const struct date_election *election);

/* Reads a date in the elected style: year first always; day or month first when style says so. A time may follow
 * (HH:MM[:SS[.fraction]], AM or PM, an offset). Under DATE_YEAR_FIRST a date such as 25/12/2026 is none. false: not a
 * date, or no such day. */
bool date_parse_style(struct slice text, enum date_style style, struct moment *moment);

#endif
