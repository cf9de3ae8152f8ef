/* Clusters. Pairs over the threshold are taken in turn, the best first, and each joins the groups its two records are
 * in by then, if all pairs between these, and not only this one, speak for one entity on average. So one bad pair
 * between two people does not fuse them, since the others speak against it. Of large groups a few records are asked.
 *
 * What pairs over the threshold do not connect has nothing to do with each other: components are shared out among
 * threads, by their first rows. */
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

#define PARTS 64 /* that components are shared out in */

/* Everything that is needed to join groups. */
struct joining {
    const struct link_scorer *scorer;
    struct link_edge *edges; /* owned, as are the others: those over the threshold, part by part */
    uint32_t *parent, *next, *size;
    struct link_comparer *comparers; /* one per thread */
    struct refusal *refusals;        /* REFUSALS per thread */
};

struct part_job {
    struct job job;
    size_t begin, end; /* edges */
};

static int by_weight(const void *a, const void *b);

/* Joins groups by their best pairs, the best of all first, where all their pairs agree on average. */
static void join_part(struct job *job, void *context, size_t worker)
{
    const struct part_job *part = (struct part_job *)job;
    const struct joining *joining = context;
    const struct link_records *records = joining->scorer->records;
    size_t clean = records->mode == LINK_AGAINST ? records->split : 0;
    struct grouping grouping = {joining->scorer, &joining->comparers[worker], joining->parent, joining->next,
                                joining->size};

    qsort(joining->edges + part->begin, part->end - part->begin, sizeof *joining->edges, by_weight);
    for (size_t i = part->begin; i < part->end; i++) {
        uint32_t one = disjoint_root(grouping.parent, joining->edges[i].a);
        uint32_t other = disjoint_root(grouping.parent, joining->edges[i].b);
        uint32_t a = one < other ? one : other, b = one < other ? other : one;
        struct refusal *slot;

        /* a root is the first row: when both are of the list in which no two are one, they stay apart */
        if (a == b || b < clean)
            continue;
        if (grouping.size[a] + grouping.size[b] > 2 &&
            (is_refused(joining->refusals + worker * REFUSALS, &grouping, a, b, &slot) ||
             mean_evidence(&grouping, a, b) <= 0))
            continue;
        join_groups(&grouping, a, b);
    }
}

/* Copies the edges over the threshold, those of one part side by side, in their order. */
static void part_edges(const struct link_edges *edges, const double *probability, double threshold, uint32_t *component,
                       size_t rows, struct link_edge *out, struct part_job parts[PARTS])
{
    size_t sum = 0;

    for (int copying = 0; copying < 2; copying++) {
        for (size_t i = 0; i < edges->count; i++) {
            if (probability[i] < threshold)
                continue;
            size_t root = disjoint_root(component, edges->items[i].a);
            struct part_job *part = &parts[root * PARTS / rows];
            if (copying)
                out[part->end] = edges->items[i];
            part->end++;
        }
        for (size_t p = 0; p < PARTS && !copying; p++) {
            parts[p].begin = sum;
            sum += parts[p].end;
            parts[p].end = parts[p].begin;
        }
    }
}

static int joining_init(struct joining *joining, const struct link_scorer *scorer, size_t edges, size_t threads,
                        struct error *err)
{
    size_t rows = scorer->records->count;
    int failed = 0;

    *joining = (struct joining){.scorer = scorer};
    joining->edges = malloc((edges + 1) * sizeof *joining->edges);
    joining->next = malloc((rows + 1) * sizeof *joining->next);
    joining->size = malloc((rows + 1) * sizeof *joining->size);
    joining->comparers = calloc(threads, sizeof *joining->comparers);
    joining->refusals = calloc(threads * REFUSALS, sizeof *joining->refusals);
    if (!joining->edges || !joining->next || !joining->size || !joining->comparers || !joining->refusals)
        return error_memory(err);
    for (size_t t = 0; t < threads && !failed; t++)
        failed = link_comparer_init(&joining->comparers[t], scorer->records, err);
    for (size_t row = 0; row < rows; row++) {
        joining->next[row] = (uint32_t)row;
        joining->size[row] = 1;
    }
    return failed;
}

static void joining_fini(struct joining *joining, size_t threads)
{
    for (size_t t = 0; joining->comparers && t < threads; t++)
        link_comparer_fini(&joining->comparers[t]);
    free(joining->edges);
    free(joining->next);
    free(joining->size);
    free(joining->comparers);
    free(joining->refusals);
}

/* component: of each row, connected by pairs over the threshold; parent: of the groups, each row by itself so far. */
static int group_records(const struct link_edges *edges, const struct link_scorer *scorer, const double *probability,
                         double threshold, uint32_t *component, uint32_t *parent, size_t threads, struct error *err)
{
    struct part_job parts[PARTS] = {{.begin = 0}};
    struct joining joining;
    struct workers *workers = NULL;
    int failed = joining_init(&joining, scorer, edges->count, threads, err) ||
                 workers_new(&workers, threads, join_part, &joining, err);

    joining.parent = parent;
    if (!failed) {
        part_edges(edges, probability, threshold, component, scorer->records->count, joining.edges, parts);
        for (size_t p = 0; p < PARTS; p++)
            workers_submit(workers, &parts[p].job);
        for (size_t p = 0; p < PARTS; p++)
            workers_wait(workers, &parts[p].job);
    }
    workers_free(workers);
    joining_fini(&joining, threads);
    return failed ? -1 : 0;
}

static void number_clusters(struct link_clusters *clusters, uint32_t *parent, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        uint32_t root = disjoint_root(parent, (uint32_t)row);
        clusters->cluster[row] = root == row ? (uint32_t)clusters->count++ : clusters->cluster[root];
    }
}

static int by_weight(const void *a, const void *b)
{
    const struct link_edge *x = a, *y = b;

    if (x->score.weight != y->score.weight)
        return x->score.weight > y->score.weight ? -1 : 1;
    return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

/* Components of pairs over the threshold that are of several clusters. marks: for each row. */
static size_t count_split(const struct link_clusters *clusters, uint32_t *component, size_t rows, uint32_t *marks)
{
    size_t count = 0;

    memset(marks, 0, rows * sizeof *marks);
    for (size_t row = 0; row < rows; row++) {
        uint32_t root = disjoint_root(component, (uint32_t)row);

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

/* The probability of each row: that of its best pair within its cluster. */
static void tell_rows(struct link_clusters *clusters, const struct link_edges *edges, const double *probability,
                      double threshold)
{
    for (size_t i = 0; i < edges->count; i++) {
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
}

int link_cluster(struct link_clusters *clusters, const struct link_edges *edges, const struct link_scorer *scorer,
                 double threshold, size_t threads, struct error *err)
{
    size_t rows = scorer->records->count;
    uint32_t *parent = malloc((rows + 1) * sizeof *parent), *component = malloc((rows + 1) * sizeof *component);
    double *probability = probabilities_of(edges, scorer->model);
    int failed = 0;

    *clusters = (struct link_clusters){.cluster = malloc((rows + 1) * sizeof *clusters->cluster),
                                       .probability = malloc((rows + 1) * sizeof *clusters->probability)};
    if (!parent || !component || !probability || !clusters->cluster || !clusters->probability)
        failed = error_memory(err);
    if (!failed) {
        disjoint_init(parent, rows);
        disjoint_init(component, rows);
        for (size_t row = 0; row < rows; row++)
            clusters->probability[row] = (float)NAN;
        for (size_t i = 0; i < edges->count; i++)
            if (probability[i] >= threshold)
                disjoint_join(component, edges->items[i].a, edges->items[i].b);
        failed = scorer->records->mode == LINK_ACROSS
                     ? match_one_to_one(edges, scorer, threshold, parent, rows, err)
                     : group_records(edges, scorer, probability, threshold, component, parent, threads, err);
    }
    if (!failed) {
        number_clusters(clusters, parent, rows);
        clusters->split_components = count_split(clusters, component, rows, parent);
        tell_rows(clusters, edges, probability, threshold);
    }
    free(probability);
    free(parent);
    free(component);
    return failed ? -1 : 0;
}
