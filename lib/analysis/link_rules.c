/* Match rules on all pairs: chunks of the index of blocks are looked at by threads, and what they find is joined in the
 * order of the chunks. */
#include "analysis/link_rules.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/link_rules_score.h"
#include "base/memory.h"

struct hit {
    uint32_t a, b;
    uint32_t rule;
};

struct match_job {
    struct job job;
    size_t chunk;
    struct hit *hits; /* owned */
    size_t count, capacity;
    uint64_t looked_at;
    bool failed;
};

struct search {
    const struct link_index *index;
    struct link_matcher *matchers; /* owned; one per thread */
};

/* One job at its work. */
struct visit {
    struct link_matcher *matcher;
    struct match_job *job;
};

static int match_pairs(void *context, const struct link_pair *pairs, size_t count)
{
    const struct visit *visit = context;
    struct match_job *job = visit->job;

    job->looked_at += count;
    for (size_t i = 0; i < count; i++) {
        size_t rule = link_matcher_rule(visit->matcher, pairs[i].a, pairs[i].b);

        if (rule == LINK_MATCHERS)
            continue;
        if (ARRAY_GROW(job->hits, job->capacity, job->count + 1))
            return -1;
        job->hits[job->count++] = (struct hit){pairs[i].a, pairs[i].b, (uint32_t)rule};
    }
    return 0;
}

static void match_chunk(struct job *job, void *context, size_t worker)
{
    const struct search *search = context;
    struct match_job *match = (struct match_job *)job;
    struct visit visit = {&search->matchers[worker], match};

    match->failed = link_index_visit(search->index, match->chunk, match_pairs, &visit) != 0;
}

static void take_hits(struct match_job *job, struct link_joined *joined, struct link_match_found *found)
{
    for (size_t i = 0; i < job->count; i++) {
        link_joined_add(joined, job->hits[i].a, job->hits[i].b, job->hits[i].rule);
        found->pairs[job->hits[i].rule]++;
    }
    found->looked_at += job->looked_at;
}

static int search_index(const struct link_match_rules *rules, const struct link_index *index, size_t threads,
                        struct link_joined *joined, struct link_match_found *found, struct error *err)
{
    struct search search = {index, calloc(threads, sizeof *search.matchers)};
    struct match_job *jobs = calloc(index->chunk_count + 1, sizeof *jobs);
    struct workers *workers = NULL;
    int failed = !search.matchers || !jobs ? error_memory(err) : 0;

    for (size_t t = 0; !failed && t < threads; t++)
        failed = link_matcher_init(&search.matchers[t], rules, index->records, err);
    failed = failed || workers_new(&workers, threads, match_chunk, &search, err);
    for (size_t i = 0; !failed && i < index->chunk_count; i++) {
        jobs[i].chunk = i;
        workers_submit(workers, &jobs[i].job);
    }
    for (size_t i = 0; workers && i < index->chunk_count; i++) {
        workers_wait(workers, &jobs[i].job);
        if (!failed && jobs[i].failed)
            failed = error_memory(err);
        if (!failed)
            take_hits(&jobs[i], joined, found);
        free(jobs[i].hits);
    }
    workers_free(workers);
    for (size_t t = 0; search.matchers && t < threads; t++)
        link_matcher_fini(&search.matchers[t]);
    free(search.matchers);
    free(jobs);
    return failed ? -1 : 0;
}

int link_match_rules_join(const struct link_match_rules *rules, const struct link_records *records, size_t max_block,
                          size_t threads, struct link_joined *joined, struct link_match_found *found, struct error *err)
{
    struct link_rule blocks[LINK_RULES];
    struct link_index index = {0};
    size_t count;
    int failed;

    *found = (struct link_match_found){0};
    if (link_match_rules_block(rules, records, blocks, &count, err) || link_joined_init(joined, records->count, err))
        return -1;
    failed = link_index_build(&index, records, blocks, count, max_block, threads, err) ||
             search_index(rules, &index, threads, joined, found, err);
    for (size_t i = 0; !failed && i < index.count; i++)
        found->lost_pairs += index.blocks[i].lost_pairs;
    link_index_fini(&index);
    failed = failed || link_joined_finish(joined, records->mode, records->split, err);
    if (failed)
        link_joined_fini(joined);
    return failed ? -1 : 0;
}
