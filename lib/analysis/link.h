/* Record linkage: which records are the same person or company.
 *
 * After Fellegi and Sunter, "A Theory for Record Linkage" (JASA 64, 1969): each pair of records is compared field by
 * field; each comparison has a level (exact, near, ... else), and a level that is seen with probability m among pairs
 * that are one entity and with u among pairs that are not is evidence of log2(m / u) bits. A missing value is no
 * evidence. The parts:
 *
 *     link_plan.h     which columns are compared, as what kind of thing
 *     link_records.h  the values, folded, each distinct one once
 *     link_compare.h  the levels, kind by kind
 *     link_block.h    which pairs are looked at
 *     link_model.h    m, u and the rates: learned without labels, saved and read
 *     link_train.h    learning it
 *     link_score.h    weight and probability of a pair
 *     link_cluster.h  entities
 *     link_truth.h    how good it is, where the truth is known
 */
#ifndef CRM_ANALYSIS_LINK_H
#define CRM_ANALYSIS_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define LINK_FIELDS 16 /* comparisons at most; a pattern has four bits for each */
#define LINK_LEVELS 8  /* of a comparison at most, 0 being "a value is missing" */
#define LINK_SLOTS 4   /* columns that are one field: phone and mobile */

/* What a field holds, and so how it is compared. */
enum link_kind {
    LINK_FIRST_NAME,
    LINK_LAST_NAME,
    LINK_FULL_NAME,
    LINK_EMAIL,
    LINK_PHONE,
    LINK_DATE,
    LINK_POSTAL_CODE,
    LINK_STREET,
    LINK_PLACE,        /* a city, a region: a short name that is not a person's */
    LINK_COMPANY,      /* for which somebody works, */
    LINK_ORGANISATION, /* or which the record is of */
    LINK_DOMAIN,
    LINK_IDENTIFIER, /* a number of a passport, a tax number */
    LINK_NUMBER,
    LINK_COUNTRY,
    LINK_CATEGORY, /* one of few words: gender, industry */
    LINK_TEXT,
};
#define LINK_KINDS (LINK_TEXT + 1)

/* The levels 1 .. of a kind; higher is not always better. The last is always LINK_EXACT. */
#define LINK_MISSING 0
#define LINK_ELSE 1

/* "name" ... "text"; -1 for a name that is none. */
const char *link_kind_name(enum link_kind kind);
int link_kind_find(const char *name, size_t length);
/* The number of levels, "missing" included: the last is "exact". */
size_t link_kind_levels(enum link_kind kind);
const char *link_level_name(enum link_kind kind, unsigned level);

/* What is linked to what. Rows below `split` are of the first list. */
enum link_mode {
    LINK_WITHIN,  /* one list: every pair */
    LINK_ACROSS,  /* two clean lists: pairs of one row of each */
    LINK_AGAINST, /* the first list is clean: every pair but those within it */
};

/* Four bits for each field, the first field lowest. */
typedef uint64_t link_pattern;

static inline unsigned link_pattern_level(link_pattern pattern, size_t field)
{
    return (unsigned)(pattern >> (4 * field)) & 15;
}

/* splitmix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014): the same numbers in every
 * run. */
static inline uint64_t link_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

#endif
