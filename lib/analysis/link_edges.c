/* Edges: the pairs of an index that may be matches. Chunks are scored by threads and taken in their order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/link_cluster.h"
#include "base/memory.h"

void link_edges_fini(struct link_edges *edges)
{
    free(edges->items);
    *edges = (struct link_edges){0};
}

struct edge_job {
    struct job job;
    size_t chunk;
    struct link_edges edges;
    uint64_t scored;
    bool failed;
};

struct finding {
    const struct link_index *index;
    const struct link_scorer *scorer;
    struct link_comparer *comparers; /* one per thread */
    double least;
    float limit; /* of it, as link_score_above() has it */
};

/* One job at its work. */
struct visit {
    const struct finding *finding;
    struct link_comparer *comparer;
    struct edge_job *job;
};

static int score_pairs(void *context, const struct link_pair *pairs, size_t count)
{
    struct visit *visit = context;
    const struct finding *finding = visit->finding;
    struct link_edges *edges = &visit->job->edges;
    struct link_compared compared[LINK_VISITED];

    visit->job->scored += count;
    link_compare_pairs(visit->comparer, pairs, count, compared);
    for (size_t i = 0; i < count; i++) {
        struct link_score score;

        if (!link_score_above(finding->scorer, compared[i].pattern, compared[i].agreed, finding->limit, &score) ||
            link_probability(finding->scorer->model, score) < finding->least)
            continue;
        if (ARRAY_GROW(edges->items, edges->capacity, edges->count + 1))
            return -1;
        edges->items[edges->count++] = (struct link_edge){pairs[i].a, pairs[i].b, score};
    }
    return 0;
}

static void find_edges(struct job *job, void *context, size_t worker)
{
    struct finding *finding = context;
    struct edge_job *edge_job = (struct edge_job *)job;
    struct visit visit = {finding, &finding->comparers[worker], edge_job};

    edge_job->failed = link_index_visit(finding->index, edge_job->chunk, score_pairs, &visit) != 0;
}

/* Whether there is room for twice the edges, as when they are moved; done of the chunks are. */
static int ask_room(const struct link_index *index, size_t edges, size_t done, struct error *err)
{
    const struct link_room *room = index->records->room;

    if (!room)
        return 0;
    double held = link_records_bytes(index->records) + link_index_bytes(index);
    double bytes = (double)(2 * edges * sizeof(struct link_edge));
    return link_room_ask(room, held + bytes, held + bytes * (double)index->chunk_count / (double)(done + 1), err);
}

static int append(struct link_edges *edges, const struct link_edges *more, const struct link_index *index, size_t done,
                  struct error *err)
{
    if (more->count == 0)
        return 0;
    if (edges->count + more->count > edges->capacity && ask_room(index, edges->count + more->count, done, err))
        return -1;
    if (ARRAY_GROW(edges->items, edges->capacity, edges->count + more->count))
        return error_memory(err);
    memcpy(edges->items + edges->count, more->items, more->count * sizeof *more->items);
    edges->count += more->count;
    return 0;
}

int link_edges_find(struct link_edges *edges, const struct link_index *index, const struct link_scorer *scorer,
                    double least, size_t threads, uint64_t *scored, struct progress *progress, struct error *err)
{
    struct finding finding = {index, scorer, calloc(threads, sizeof *finding.comparers), least,
                              link_score_limit(scorer, least)};
    struct edge_job *jobs = calloc(index->chunk_count + 1, sizeof *jobs);
    struct workers *workers = NULL;
    int failed = !finding.comparers || !jobs ? error_memory(err) : 0;

    *edges = (struct link_edges){0};
    *scored = 0;
    for (size_t t = 0; !failed && t < threads; t++)
        failed = link_comparer_init(&finding.comparers[t], index->records, err);
    failed = failed || workers_new(&workers, threads, find_edges, &finding, err);
    for (size_t i = 0; !failed && i < index->chunk_count; i++) {
        jobs[i].chunk = i;
        workers_submit(workers, &jobs[i].job);
    }
    for (size_t i = 0; workers && i < index->chunk_count; i++) {
        workers_wait(workers, &jobs[i].job);
        if (progress)
            progress_work(progress, "comparing pairs", i + 1, index->chunk_count);
        if (!failed && jobs[i].failed)
            failed = error_memory(err);
        failed = failed || append(edges, &jobs[i].edges, index, i, err);
        *scored += jobs[i].scored;
        link_edges_fini(&jobs[i].edges);
    }
    workers_free(workers);
    for (size_t t = 0; finding.comparers && t < threads; t++)
        link_comparer_fini(&finding.comparers[t]);
    free(finding.comparers);
    free(jobs);
    return failed ? -1 : 0;
}

/* What a pair's score says, beside the rates of the model: how much likelier it is among matches, and how likely it is
 * as a related pair. */
struct likelihood {
    double match, related;
};

int link_rate_settle(struct link_model *model, const struct link_edges *edges, double all_pairs, struct error *err)
{
    struct likelihood *likely = malloc((edges->count + 1) * sizeof *likely);

    if (!likely)
        return error_memory(err);
    for (size_t i = 0; i < edges->count; i++) {
        struct link_score score = edges->items[i].score;
        likely[i] = (struct likelihood){exp2((double)score.weight), exp2((double)score.related)};
    }
    for (int round = 0; round < 100; round++) {
        double sum = 0, before = link_match_rate(model), chance = link_chance_rate(model);

        for (size_t i = 0; i < edges->count; i++) { /* as link_probability() has it */
            double match = before * likely[i].match;
            sum += match / (match + likely[i].related + chance);
        }
        double factor = fmin(fmax(sum / all_pairs, 0.5 / all_pairs), 0.5) / before;
        for (int c = 0; c < LINK_MATCHES; c++)
            model->rates[c] *= factor;
        if (fabs(link_match_rate(model) / before - 1) < 1e-9)
            break;
    }
    free(likely);
    return 0;
}
