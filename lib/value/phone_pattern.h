/* Patterns of digits, as libphonenumber's metadata writes them: digits, \d, classes, groups, alternatives, {n}, {n,m},
 * ? and $. Private to phone_*.c.
 *
 * A pattern is compiled into a program for a backtracking matcher, which does what a regular expression engine does
 * (alternatives in order, as many repeats as possible), and which knows where a match ends and what a group captured.
 * For whole numbers, where only membership matters, the programs of a numbering plan are then made into one automaton,
 * which says for all patterns at once in one look-up a digit whether they match. */
#ifndef CRM_VALUE_PHONE_PATTERN_H
#define CRM_VALUE_PHONE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* What making a program or an automaton comes to. */
enum phone_made {
    PHONE_MADE,
    PHONE_NOT_PLAIN, /* outside the subset, or too large: a matter for the library */
    PHONE_NO_MEMORY,
};

struct phone_step {
    uint8_t what;
    uint16_t value; /* digits accepted, as bits; or the number of the group, or of the pattern */
    uint16_t first; /* where to go on, */
    uint16_t other; /* and where when that fails */
};

/* Several patterns in one array of steps. All zero is empty; phone_program_fini() frees. */
struct phone_program {
    struct phone_step *steps;
    size_t count;
    size_t capacity;
};

#define PHONE_GROUPS 2

struct phone_pattern {
    uint16_t start;  /* its first step */
    uint16_t groups; /* capturing groups in it */
};

struct phone_span {
    size_t begin;
    size_t end;
};

struct phone_match {
    size_t end;                             /* digits matched */
    struct phone_span groups[PHONE_GROUPS]; /* empty when a group has no part in the match */
};

/* Appends a pattern with a number of its own (< 16). After PHONE_NOT_PLAIN or PHONE_NO_MEMORY the program is only good
 * for phone_program_fini(). */
enum phone_made phone_program_add(struct phone_program *program, struct slice text, unsigned number,
                                  struct phone_pattern *pattern);
void phone_program_fini(struct phone_program *program);

/* Whether the pattern matches at the start of the digits; match may be NULL. */
bool phone_pattern_match(const struct phone_program *program, struct phone_pattern pattern, const char *digits,
                         size_t count, struct phone_match *match);

#define PHONE_STATES_MAX 4096 /* the largest numbering plan of 8.12.57 takes less than 600 */

struct phone_automaton {
    uint16_t (*next)[10]; /* state 0: no way on; state 1: the start */
    uint16_t *matches;    /* per state: bit n when pattern number n matches here */
    size_t count;
};

/* Of every pattern in the program. *automaton is all zero before, and after anything but PHONE_MADE. */
enum phone_made phone_automaton_make(struct phone_automaton *automaton, const struct phone_program *program,
                                     const struct phone_pattern *patterns, size_t count);
void phone_automaton_fini(struct phone_automaton *automaton);

/* Which patterns match all of the digits, as bits. */
static inline unsigned phone_automaton_run(const struct phone_automaton *automaton, const char *digits, size_t count)
{
    size_t state = 1;

    for (size_t i = 0; i < count && state != 0; i++)
        state = automaton->next[state][digits[i] - '0'];
    return automaton->matches[state];
}

#endif
