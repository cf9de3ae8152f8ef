/* Names of people as often as they are borne: a few very common, most rare. */
#ifndef GENERATE_NAMES_H
#define GENERATE_NAMES_H

#include <stdint.h>

enum { FIRST_NAMES = 400, LAST_NAMES = 6000, NAME_ROOM = 24 };

struct names {
    char first[FIRST_NAMES][NAME_ROOM], last[LAST_NAMES][NAME_ROOM];
    uint32_t first_below[FIRST_NAMES], last_below[LAST_NAMES]; /* sums of the weights up to each */
};

/* The names known to everyone, then composed ones. The weight of the one of rank r, from 0, is 1 / (r + 12) for first
 * and 1 / (r + 40) for last names: the commonest first name has 2.3 % of all people, the commonest last name 0.5 %. */
void names_fill(struct names *names);

/* The place of a name in its table. */
unsigned names_first(const struct names *names, uint64_t *state);
unsigned names_last(const struct names *names, uint64_t *state);

/* The short form that the bearer of this first name goes by, or NULL. */
const char *names_nickname(unsigned first);

/* A word that no language has, with a capital; a different one for every index below 57,600. */
void names_word(uint64_t index, char word[NAME_ROOM]);

#endif
