/* Clusters. Pairs over the threshold are taken in turn, the best first, and each joins the groups its two records are
 * in by then, if all pairs between these, and not only this one, speak for one entity on average. So one bad pair
 * between two people does not fuse them, since the others speak against it. Of large groups a few records are asked. */
#include "analysis/link_cluster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/disjoint.h"
#include "base/memory.h"

void link_clusters_fini(struct link_clusters *clusters)
{
    free(clusters->cluster);
    free(clusters->probability);
    *clusters = (struct link_clusters){0};
}

#define WITNESSES 12 /* records of a group that are asked, at most: 144 pairs of two groups */

/* A pair that speaks against it counts for less than one that speaks for it: errors in a record spoil all its pairs. */
#define MOST_FOR 4.0
#define MOST_AGAINST 2.0

/* A pair's evidence for one entity, in bits, bounded so that no one pair outvotes the others. */
static double evidence(const struct link_scorer *scorer, struct link_comparer *comparer, uint32_t a, uint32_t b)
{
    uint32_t agreed[LINK_FIELDS];
    link_pattern pattern = link_compare_rows(comparer, a, b, agreed);
    double p = link_probability(scorer->model, link_score_pattern(scorer, pattern, agreed));
    double bits = log2(fmax(p, 1e-12) / fmax(1 - p, 1e-12));

    return fmin(fmax(bits, -MOST_AGAINST), MOST_FOR);
}

/* Groups of records, being joined: the members of each in a ring, its root the smallest. */
struct grouping {
    const struct link_scorer *scorer;
    struct link_comparer *comparer;
    uint32_t *parent;
    uint32_t *next; /* in the ring */
    uint32_t *size; /* of a root */
};

/* Up to WITNESSES members of a group, evenly from its ring. */
static size_t witnesses(const struct grouping *grouping, uint32_t root, uint32_t *rows)
{
    size_t size = grouping->size[root], step = (size + WITNESSES - 1) / WITNESSES, count = 0;
    uint32_t row = root;

    for (size_t i = 0; i < size; i++, row = grouping->next[row])
        if (i % step == 0)
            rows[count++] = row;
    return count;
}

/* The mean evidence of the pairs of two groups. */
static double mean_evidence(const struct grouping *grouping, uint32_t a, uint32_t b)
{
    uint32_t rows_a[WITNESSES], rows_b[WITNESSES];
    size_t count_a = witnesses(grouping, a, rows_a), count_b = witnesses(grouping, b, rows_b);
    double sum = 0;

    for (size_t i = 0; i < count_a; i++)
        for (size_t k = 0; k < count_b; k++)
            sum += evidence(grouping->scorer, grouping->comparer, rows_a[i], rows_b[k]);
    return sum / (double)(count_a * count_b);
}

static void join_groups(struct grouping *grouping, uint32_t a, uint32_t b)
{
    uint32_t root = a < b ? a : b, next = grouping->next[a];

    grouping->next[a] = grouping->next[b];
    grouping->next[b] = next;
    grouping->size[root] = grouping->size[a] + grouping->size[b];
    disjoint_join(grouping->parent, a, b);
}

/* Two groups that were refused, at their sizes then: not to be asked about again for each of their pairs. */
struct refusal {
    uint32_t a, b, size_a, size_b;
};
#define REFUSALS ((size_t)1 << 16)

static bool is_refused(struct refusal *refusals, const struct grouping *grouping, uint32_t a, uint32_t b,
                       struct refusal **slot)
{
    struct refusal now = {a, b, grouping->size[a], grouping->size[b]};
    uint64_t hash = ((uint64_t)a << 32 | b) * 0x9e3779b97f4a7c15u;

    *slot = &refusals[hash >> 48];
    if (memcmp(*slot, &now, sizeof now) == 0)
        return true;
    **slot = now;
    return false;
}

static int by_weight(const void *a, const void *b);

/* Joins groups by their best pairs, the best of all first, where all their pairs agree on average. */
static int group_records(struct grouping *grouping, const struct link_edges *edges, const double *probability,
                         double threshold, struct error *err)
{
    struct link_edge *sorted = malloc((edges->count + 1) * sizeof *sorted);
    struct refusal *refusals = calloc(REFUSALS, sizeof *refusals);
    size_t count = 0;
    const struct link_records *records = grouping->scorer->records;
    size_t clean = records->mode == LINK_AGAINST ? records->split : 0;

    if (!sorted || !refusals) {
        free(sorted);
        free(refusals);
        return error_memory(err);
    }
    for (size_t i = 0; i < edges->count; i++)
        if (probability[i] >= threshold)
            sorted[count++] = edges->items[i];
    qsort(sorted, count, sizeof *sorted, by_weight);
    for (size_t i = 0; i < count; i++) {
        uint32_t a = disjoint_root(grouping->parent, sorted[i].a), b = disjoint_root(grouping->parent, sorted[i].b),
                 swap = a;
        struct refusal *slot;

        if (a == b)
            continue;
        a = a < b ? a : b;
        b = a == swap ? b : swap;
        if (b < clean) /* the root is the first row: both have one of the list in which no two are one */
            continue;
        if (grouping->size[a] + grouping->size[b] > 2 &&
            (is_refused(refusals, grouping, a, b, &slot) || mean_evidence(grouping, a, b) <= 0))
            continue;
        join_groups(grouping, a, b);
    }
    free(sorted);
    free(refusals);
    return 0;
}

static int number_clusters(struct link_clusters *clusters, uint32_t *parent, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        uint32_t root = disjoint_root(parent, (uint32_t)row);
        clusters->cluster[row] = root == row ? (uint32_t)clusters->count++ : clusters->cluster[root];
    }
    return 0;
}

static int by_weight(const void *a, const void *b)
{
    const struct link_edge *x = a, *y = b;

    if (x->score.weight != y->score.weight)
        return x->score.weight > y->score.weight ? -1 : 1;
    return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

/* Components of pairs over the threshold that are of several clusters. marks: for each row. */
static size_t count_split(const struct link_clusters *clusters, const struct link_edges *edges,
                          const double *probability, double threshold, size_t rows, uint32_t *parent, uint32_t *marks)
{
    size_t count = 0;

    for (size_t row = 0; row < rows; row++) {
        parent[row] = (uint32_t)row;
        marks[row] = 0;
    }
    for (size_t i = 0; i < edges->count; i++)
        if (probability[i] >= threshold)
            disjoint_join(parent, edges->items[i].a, edges->items[i].b);
    for (size_t row = 0; row < rows; row++) {
        uint32_t root = disjoint_root(parent, (uint32_t)row);

        if (clusters->cluster[row] != clusters->cluster[root] && !marks[root]) {
            marks[root] = 1;
            count++;
        }
    }
    return count;
}

/* Best pairs first, each row once. */
static int match_one_to_one(const struct link_edges *edges, const struct link_scorer *scorer, double threshold,
                            uint32_t *parent, size_t rows, struct error *err)
{
    struct link_edge *sorted = malloc((edges->count + 1) * sizeof *sorted);
    bool *taken = calloc(rows + 1, 1);

    if (!sorted || !taken) {
        free(sorted);
        free(taken);
        return error_memory(err);
    }
    if (edges->count)
        memcpy(sorted, edges->items, edges->count * sizeof *sorted);
    qsort(sorted, edges->count, sizeof *sorted, by_weight);
    for (size_t i = 0; i < edges->count; i++) {
        const struct link_edge *edge = &sorted[i];

        if (taken[edge->a] || taken[edge->b] || link_probability(scorer->model, edge->score) < threshold)
            continue;
        taken[edge->a] = taken[edge->b] = true;
        disjoint_join(parent, edge->a, edge->b);
    }
    free(sorted);
    free(taken);
    return 0;
}

/* Of all edges; NULL: out of memory. */
static double *probabilities_of(const struct link_edges *edges, const struct link_model *model)
{
    double *probability = malloc((edges->count + 1) * sizeof *probability);

    for (size_t i = 0; probability && i < edges->count; i++)
        probability[i] = link_probability(model, edges->items[i].score);
    return probability;
}

int link_cluster(struct link_clusters *clusters, const struct link_edges *edges, const struct link_scorer *scorer,
                 struct link_comparer *comparer, double threshold, struct error *err)
{
    size_t rows = scorer->records->count;
    uint32_t *parent = malloc((rows + 1) * sizeof *parent);
    uint32_t *next = malloc((rows + 1) * sizeof *next), *size = malloc((rows + 1) * sizeof *size);
    double *probability = probabilities_of(edges, scorer->model);
    struct grouping grouping = {scorer, comparer, parent, next, size};
    int failed;

    *clusters = (struct link_clusters){.cluster = malloc((rows + 1) * sizeof *clusters->cluster),
                                       .probability = malloc((rows + 1) * sizeof *clusters->probability)};
    if (!parent || !next || !size || !probability || !clusters->cluster || !clusters->probability) {
        free(probability);
        free(parent);
        free(next);
        free(size);
        return error_memory(err);
    }
    for (size_t row = 0; row < rows; row++) {
        parent[row] = next[row] = (uint32_t)row;
        size[row] = 1;
        clusters->probability[row] = (float)NAN;
    }
    if (scorer->records->mode == LINK_ACROSS) {
        failed = match_one_to_one(edges, scorer, threshold, parent, rows, err);
    } else {
        failed = group_records(&grouping, edges, probability, threshold, err);
    }
    if (!failed) {
        number_clusters(clusters, parent, rows);
        clusters->split_components = count_split(clusters, edges, probability, threshold, rows, parent, size);
    }
    for (size_t i = 0; !failed && i < edges->count; i++) {
        const struct link_edge *edge = &edges->items[i];
        float p = (float)probability[i];

        if (clusters->cluster[edge->a] != clusters->cluster[edge->b]) {
            clusters->cut_pairs += (double)p >= threshold;
            continue;
        }
        if (!(clusters->probability[edge->a] >= p))
            clusters->probability[edge->a] = p;
        if (!(clusters->probability[edge->b] >= p))
            clusters->probability[edge->b] = p;
    }
    free(probability);
    free(parent);
    free(next);
    free(size);
    return failed ? -1 : 0;
}
