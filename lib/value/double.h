/* Doubles as text: the one way to read and to write a number that is not to be a decimal (decimal.h). */
#ifndef CRM_VALUE_DOUBLE_H
#define CRM_VALUE_DOUBLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* Room for any number with its NUL. */
enum { DOUBLE_TEXT = 40 };

/* The double nearest to the number that text is, ties to even: digits with a point and an exponent, a sign, blanks
 * around. What is too large is an infinity; -0 stays negative. false: text is no number; *number is then not defined.
 */
bool double_from_text(struct slice text, double *number);

/* Writes it as jq does: "null" when it is none, an infinity as the largest double. Returns the length. */
size_t double_to_text(double number, char text[DOUBLE_TEXT]);

/* Writes a finite number with the fewest digits that are read as the same one, laid out as printf(3) does with %g, or
 * with scientific as with %e (zeros may then stand behind them). Returns the length. */
size_t double_shortest(double number, bool scientific, char text[DOUBLE_TEXT]);

#endif
