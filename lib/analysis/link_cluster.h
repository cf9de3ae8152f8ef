/* Clusters: which records are one entity, from the pairs. */
#ifndef CRM_ANALYSIS_LINK_CLUSTER_H
#define CRM_ANALYSIS_LINK_CLUSTER_H

#include "analysis/link_score.h"
#include "stream/progress.h"

/* A pair that may be a match. */
struct link_edge {
    uint32_t a, b; /* rows, a < b */
    struct link_score score;
};

struct link_edges {
    struct link_edge *items; /* owned; in the order of the index */
    size_t count;
    size_t capacity;
};
void link_edges_fini(struct link_edges *edges);

/* Scores all pairs of an index and keeps those with a probability of at least `least`. progress: is told; NULL:
 * nobody. */
int link_edges_find(struct link_edges *edges, const struct link_index *index, const struct link_scorer *scorer,
                    double least, size_t threads, uint64_t *scored, struct progress *progress, struct error *err);

/* The rate of matches that the probabilities of all pairs add up to: the fixed point of rate = sum of P / all pairs. */
int link_rate_settle(struct link_model *model, const struct link_edges *edges, double all_pairs, struct error *err);

struct link_clusters {
    uint32_t *cluster;  /* owned; by row, from 0, in order of first rows */
    float *probability; /* owned; by row: of its best pair within its cluster; NAN alone */
    size_t count;
    size_t split_components; /* components that were cut */
    size_t cut_pairs;        /* pairs over the threshold that are in different clusters now */
};
void link_clusters_fini(struct link_clusters *clusters);

int link_cluster(struct link_clusters *clusters, const struct link_edges *edges, const struct link_scorer *scorer,
                 double threshold, size_t threads, struct error *err);

#endif
