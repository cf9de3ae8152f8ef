/* Profiles: the exports of well-known systems, as ready mappings (import_map.h).
 *
 * A profile knows by which columns its system is recognised, which column is which where an alias would not do or would
 * go wrong, and what the system writes where it has no value ("Select"). Columns it does not mention are found by
 * alias, as ever; so a profile is short, and a column that was renamed or left out of the export costs nothing.
 * Constant data and pure functions: nothing is allocated, nothing fails, any thread may call. */
#ifndef CRM_ANALYSIS_IMPORT_PROFILE_H
#define CRM_ANALYSIS_IMPORT_PROFILE_H

#include "base/error.h"
#include "value/vocabulary.h"

/* Names that stand together in no other header. Exports are cut down by hand and by settings, so a signature mostly
 * asks for a few of many. Names are separated by '|' and compared like all names of columns (vocabulary_normalise()).
 */
struct import_signature {
    const char *all;  /* all must be there; NULL: nothing is asked */
    unsigned some;    /* so many of `of` must be there */
    const char *of;   /* NULL with 0 */
    const char *none; /* none may be there; NULL: nothing is asked */
};

struct import_profile {
    const char *name;                          /* "hubspot-contacts": small letters, digits and dashes */
    const char *title;                         /* "HubSpot, export of contacts" */
    enum entity entity;                        /* also in map */
    const struct import_signature *signatures; /* any of them is enough; the last has neither `all` nor `of` */
    const char *map;                           /* the text of a map file */
};

/* All of them, in the order of --profile list: by system. */
const struct import_profile *import_profiles(size_t *count);

/* By name, byte for byte; NULL: there is none. */
const struct import_profile *import_profile_find(struct slice name);

/* The profile that a header shows: of those with a signature in it, the one with the most names found, on a tie the
 * first. NULL: none. Looks at the first IMPORT_PROFILE_NAMES names. */
#define IMPORT_PROFILE_NAMES 2048
const struct import_profile *import_profile_recognise(const struct slice *names, size_t count);

#endif
