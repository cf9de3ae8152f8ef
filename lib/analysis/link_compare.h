/* Comparisons: the level of agreement of two values, kind by kind.
 *
 * - names: else; initial; similar (Jaro-Winkler from .80, or the same sound); variant (nickname, other script, one of
 *   several given names); near (from .92); swapped (first and last name in each other's column); exact
 * - full names, companies, texts: else; and by the share of their words that agree, weighted by rarity: from .35, .55,
 *   .75, .9; exact
 * - e-mail: else; domain (a company's); user like (from .88, or near but for digits of the user); user; near (from .92,
 *   and two slips at most, none of a digit of the user); exact
 * - phone: else; near (one slip); tail (the last seven digits or more); exact
 * - date: else; year; year and no more (one is the first of January); two parts (of year, month and day); near (one
 *   slip, or day and month exchanged); exact
 * - postal code: else; district; near (one slip); exact
 * - street: else; weak; neighbour (the same street, another number); similar; near; exact
 * - place: else; similar (from .80); near (from .92); exact
 * - domain: else; near; exact
 * - identifier: else; near (one slip; exchanged neighbours are one); exact
 * - number: else; within 10 %; within 1 %; exact
 * - country, category: else; exact
 *
 * Jaro-Winkler after Winkler, "String Comparator Metrics and Enhanced Decision Rules" (1990); slips are edits after
 * Damerau (1964); both in similarity.h. */
#ifndef CRM_ANALYSIS_LINK_COMPARE_H
#define CRM_ANALYSIS_LINK_COMPARE_H

#include "analysis/link_value.h"

/* The level of two different values of a kind; equal ones are exact and not asked about. a, b: their numbers. */
unsigned link_compare_values(const struct link_values *values, enum link_kind kind, uint32_t a, uint32_t b);

#define LINK_NAME_SWAPPED 6    /* levels that are looked at by who compares records: of first and last names, */
#define LINK_EMAIL_USER_LIKE 3 /* and of e-mail addresses */
#define LINK_EMAIL_USER 4

/* Whether two words are forms of one: equal, near, one the beginning of the other (three letters or more, or one). For
 * words of texts. The share, 0 .. 1. */
double link_word_likeness(struct slice a, struct slice b);

#endif
