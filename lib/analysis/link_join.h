/* Records joined to clusters by what they agree in, without probabilities: match keys (link_keys.h) and match rules
 * (link_rules.h). */
#ifndef CRM_ANALYSIS_LINK_JOIN_H
#define CRM_ANALYSIS_LINK_JOIN_H

#include "analysis/link.h"

#define LINK_MATCHERS 32 /* keys or rules at most: a bit for each */

struct link_joined {
    uint32_t *cluster; /* owned; by row. Once finished: from 0, in order of first rows, as in struct link_clusters */
    uint32_t *matched; /* owned; by row: bit k: key or rule k finds it and another record to be one; 0: it is alone */
    size_t rows;
    size_t count; /* clusters, once finished */
    /* Clusters with several records of a list that has each entity once: of either list with LINK_ACROSS, of the first
     * with LINK_AGAINST. They stay together; whether that list is clean, or a key too weak, is for people to say. */
    size_t doubtful;
    uint32_t doubtful_rows[2]; /* two such records of the first of these clusters; only with doubtful > 0 */
};

/* Every row by itself. rows < 2^32. On -1 nothing is to be freed. */
int link_joined_init(struct link_joined *joined, size_t rows, struct error *err);
void link_joined_fini(struct link_joined *joined);

/* Before link_joined_finish(): two rows are one, says key or rule `matcher` (< LINK_MATCHERS). What is one with the
 * same is one. a == b marks the row alone. */
void link_joined_add(struct link_joined *joined, uint32_t a, uint32_t b, size_t matcher);

/* Numbers the clusters, once, and looks for doubtful ones. split: rows of the first of two lists. */
int link_joined_finish(struct link_joined *joined, enum link_mode mode, size_t split, struct error *err);

#endif
