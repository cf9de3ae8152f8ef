/* Yes and no, as exports write them. */
#ifndef CRM_VALUE_BOOLEAN_H
#define CRM_VALUE_BOOLEAN_H

#include "base/slice.h"

/* "yes", "Y", "true", "t", "1", "on", "x", "✓", "☑", "да", "是", "نعم", "ja", "oui", "sí", "sim", "wahr", "истина" and
 * the like, and their opposites, in the languages of the vocabulary and some more; case, marks on letters and blanks
 * around do not matter. An "x" is the tick of a form filled in a spreadsheet; "✗" is a no. What belongs to one column
 * only ("subscribed", "opted out") is not read here. false: neither; *value is left alone. */
bool boolean_find(struct slice text, bool *value);

#endif
