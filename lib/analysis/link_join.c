/* Clusters of records that are joined two by two. */
#include "analysis/link_join.h"

#include <stdlib.h>

#include "base/disjoint.h"

int link_joined_init(struct link_joined *joined, size_t rows, struct error *err)
{
    *joined = (struct link_joined){.rows = rows,
                                   .cluster = malloc((rows + 1) * sizeof *joined->cluster),
                                   .matched = calloc(rows + 1, sizeof *joined->matched)};
    if (!joined->cluster || !joined->matched) {
        link_joined_fini(joined);
        return error_memory(err);
    }
    disjoint_init(joined->cluster, rows);
    return 0;
}

void link_joined_fini(struct link_joined *joined)
{
    free(joined->cluster);
    free(joined->matched);
    *joined = (struct link_joined){0};
}

void link_joined_add(struct link_joined *joined, uint32_t a, uint32_t b, size_t matcher)
{
    joined->matched[a] |= (uint32_t)1 << matcher;
    joined->matched[b] |= (uint32_t)1 << matcher;
    disjoint_join(joined->cluster, a, b);
}

/* The newest record of a cluster in each list, from 1; 0: none as yet. */
struct newest {
    uint32_t row[2];
};
#define COUNTED UINT32_MAX /* the cluster is known to be doubtful */

static void find_doubtful(struct link_joined *joined, enum link_mode mode, size_t split, struct newest *newest)
{
    size_t end = mode == LINK_ACROSS ? joined->rows : split;
    uint32_t first = UINT32_MAX;

    for (size_t row = 0; row < end && row < joined->rows; row++) {
        uint32_t cluster = joined->cluster[row], *other = &newest[cluster].row[row >= split];

        if (newest[cluster].row[0] == COUNTED)
            continue;
        if (*other == 0) {
            *other = (uint32_t)row + 1;
            continue;
        }
        joined->doubtful++;
        if (cluster < first) {
            first = cluster;
            joined->doubtful_rows[0] = *other - 1;
            joined->doubtful_rows[1] = (uint32_t)row;
        }
        newest[cluster].row[0] = COUNTED;
    }
}

int link_joined_finish(struct link_joined *joined, enum link_mode mode, size_t split, struct error *err)
{
    uint32_t *cluster = joined->cluster;
    struct newest *newest;

    /* parents come before their children: both loops find them done */
    for (size_t row = 0; row < joined->rows; row++)
        cluster[row] = cluster[cluster[row]];
    for (size_t row = 0; row < joined->rows; row++)
        cluster[row] = cluster[row] == row ? (uint32_t)joined->count++ : cluster[cluster[row]];
    if (mode == LINK_WITHIN)
        return 0;
    newest = calloc(joined->count + 1, sizeof *newest);
    if (!newest)
        return error_memory(err);
    find_doubtful(joined, mode, split, newest);
    free(newest);
    return 0;
}
