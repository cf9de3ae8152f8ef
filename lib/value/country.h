/* Countries: what people write for a country as an ISO 3166-1 alpha-2 code, and what a country's way of writing says
 * about the dates and numbers in an export. */
#ifndef CRM_VALUE_COUNTRY_H
#define CRM_VALUE_COUNTRY_H

#include "base/error.h"
#include "value/date_election.h"
#include "value/number_election.h"

/* All names of all countries: codes of two and three letters, the names ICU has in English, Russian, Chinese (both
 * scripts), Arabic, German, French, Spanish, Portuguese and nine more languages and in the country's own, and those in
 * daily use ("UK", "Holland", "РФ", "EE.UU.", "南韩"). About 4,400 names and half a megabyte, built in three to seven
 * milliseconds. It does not change afterwards, so threads may share it. */
struct country_index;

/* 0, and *index for the caller to free; -1. */
int country_index_new(struct country_index **index, struct error *err);
void country_index_free(struct country_index *index); /* NULL is fine */

/* The country a text names; case, marks on letters, blanks and punctuation do not matter ("U.S.A.", "cote d'ivoire").
 * "Georgia" is the country, "NA" in capitals Namibia: a caller to whom it means that there is no value asks first.
 * Codes have no punctuation but where it is usual ("U.K."): "n/a" is none. false: not known, or it may be several
 * ("Korea", "Congo"); code is left alone. */
bool country_find(const struct country_index *index, struct slice text, char code[3]);

/* How people of a region mostly write. Hints, not rules: they decide where the data does not. */
struct region_hints {
    enum date_style date;     /* DATE_DAY_FIRST, DATE_MONTH_FIRST or DATE_YEAR_FIRST: the short form of a date */
    enum number_style number; /* NUMBER_POINT or NUMBER_COMMA, in ASCII digits */
    char currency[4];         /* ISO 4217; "" when there is none (Antarctica) */
};

/* cc: two characters, ISO 3166-1 in capitals. What the most spoken language of the region does, as CLDR has it. 0, or
 * -1: no such region. */
int region_hints(const char cc[2], struct region_hints *hints);

#endif
