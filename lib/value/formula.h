/* Formulas: cells of text that a spreadsheet would run when it opens a CSV file (CWE-1236; OWASP, "CSV Injection"). */
#ifndef CRM_VALUE_FORMULA_H
#define CRM_VALUE_FORMULA_H

#include <stdbool.h>

#include "base/slice.h"

/* Whether a cell begins as formulas do - with = + - @, also full-width, or a tab, carriage return or line feed - and is
 * no number: "-12.50", "+493012345678", "-1.5e3" and "-5%" are numbers, "-2+3" is none. */
bool formula_like(struct slice cell);

#endif
