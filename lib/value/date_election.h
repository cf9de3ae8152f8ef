/* Date elections: how the dates of a column are written, decided by the whole column, never by a cell.
 *
 * "01/02/2026" is January or February. A value is evidence when it can be read in one way only ("25/12/2026"); a column
 * is read the way its evidence says; without evidence, or with evidence both ways, there is no answer, and the caller
 * refuses to go on rather than guess. */
#ifndef CRM_VALUE_DATE_ELECTION_H
#define CRM_VALUE_DATE_ELECTION_H

#include "value/date.h"
#include "value/example.h"

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
