/* Given names and their forms: which short, pet and foreign forms one person may go by. Robert, Rob and Bob; Aleksandr,
 * Alexander, Oleksandr and Sasha; Muhammad and Mohamed.
 *
 * Names are in groups of forms of one another; a name may be in several (Alex is Alexander's, Alexandra's and
 * Alexis's). Two names are related when they share a group. That is not transitive: Chris is related to Christopher and
 * to Christine, who are not to each other. Forms of different languages are in one group only where one person
 * plausibly uses both: Aleksandr and Alexander, but not Ivan and John.
 *
 * Constant tables, common knowledge of some languages of Europe and of the spellings of Arabic names. Nothing is
 * allocated, nothing fails, any thread may call. */
#ifndef CRM_VALUE_NICKNAME_H
#define CRM_VALUE_NICKNAME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

#define NICKNAME_GROUPS 8 /* groups of one name at most */

/* The numbers, 1 and up, of the groups that a folded name (latin_fold.h) is in, in rising order; returns how many, 0
 * for an unknown name. A number means nothing but to be equal to itself, and may change with the tables. */
size_t nickname_groups(struct slice folded, uint16_t groups[NICKNAME_GROUPS]);

/* Whether two folded names share a group. A known name is related to itself, an unknown one to none. */
bool nickname_related(struct slice a, struct slice b);

#endif
