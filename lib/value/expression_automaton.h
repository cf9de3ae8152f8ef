/* Automata: whether a regular expression of the plain kind is found in a text, one table look-up for each byte.
 *
 * The plain kind: ASCII characters; "." and classes in brackets; \d \w \s and their opposites; punctuation behind a
 * backslash; groups, captured or not; | and the repetitions ? * + {m} {m,} {m,n}, lazy or not, of what has no ^ or $ in
 * it; ^ and $. Everything else (references, looking around, boundaries of words, possessive repetitions, classes in
 * classes, ...) has no automaton, nor has a pattern whose table would have more than 250 states. */
#ifndef CRM_VALUE_EXPRESSION_AUTOMATON_H
#define CRM_VALUE_EXPRESSION_AUTOMATON_H

#include "base/arena.h"
#include "base/slice.h"

struct automaton;

/* pattern: one that Oniguruma takes, in the syntax ONIG_SYNTAX_PERL_NG without options, or with fold, which is
 * ONIG_OPTION_IGNORECASE. *automaton: in the arena; NULL: the pattern is not of the plain kind. -1: out of memory. */
int automaton_make(struct arena *arena, struct slice pattern, bool fold, const struct automaton **automaton);

/* Whether the pattern is found in the text, which is valid UTF-8: 1, 0; -1: the answer depends on a character above
 * ASCII or a line end, so that Oniguruma has to be asked. */
int automaton_test(const struct automaton *automaton, struct slice text);

#endif
