/* Which column or field a name means that people write in keys and rules. */
#ifndef CRM_ANALYSIS_LINK_NAMES_H
#define CRM_ANALYSIS_LINK_NAMES_H

#include "analysis/link_spec.h"

/* The index of the one of that name; of "#3" the third; else, for a bare name, of the one that is the same but for
 * blanks around it, or that it best stands for as a canonical name of the vocabulary ("email" finds "E-mail Address").
 * SIZE_MAX: none. */
size_t link_name_find(const struct link_spec_name *name, const struct slice *names, size_t count);

#endif
