/* Counting for training: patterns among the pairs of an index, levels among pairs drawn at random. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/link_prior.h"
#include "analysis/link_train.h"
#include "base/group.h"

void link_patterns_fini(struct link_patterns *patterns)
{
    free(patterns->items);
    *patterns = (struct link_patterns){0};
}

/* The patterns one thread has seen. */
struct counter {
    struct link_comparer comparer;
    struct group_table table; /* pattern to double */
    double each;              /* what a pair counts for */
};

struct count_job {
    struct job job;
    size_t chunk;
    double each;
    bool failed;
};

struct counting {
    const struct link_index *index;
    struct counter *counters;
};

static int count_pairs(void *context, const struct link_pair *pairs, size_t count)
{
    struct counter *counter = context;
    struct link_compared compared[LINK_VISITED];

    link_compare_pairs(&counter->comparer, pairs, count, compared);
    for (size_t i = 0; i < count; i++) {
        struct slice pattern = {(const char *)&compared[i].pattern, sizeof compared[i].pattern};
        bool added;
        double *seen = group_get(&counter->table, pattern, &added);

        if (!seen)
            return -1;
        *seen += counter->each;
    }
    return 0;
}

static void count_chunk(struct job *job, void *context, size_t worker)
{
    struct count_job *count = (struct count_job *)job;
    struct counting *counting = context;
    struct counter *counter = &counting->counters[worker];

    counter->each = count->each;
    count->failed = link_index_visit(counting->index, count->chunk, count_pairs, counter) != 0;
}

static int by_pattern(const void *a, const void *b)
{
    link_pattern pa = ((const struct link_pattern_count *)a)->pattern,
                 pb = ((const struct link_pattern_count *)b)->pattern;

    return (pa > pb) - (pa < pb);
}

/* Everything that threads have counted, in the order of patterns. Sums of pairs that count for the same are exact. */
static int gather(struct link_patterns *patterns, const struct counter *counters, size_t threads)
{
    size_t room = 0, count = 0, kept = 0;

    for (size_t t = 0; t < threads; t++)
        room += counters[t].table.count;
    patterns->items = malloc((room + 1) * sizeof *patterns->items);
    if (!patterns->items)
        return -1;
    for (size_t t = 0; t < threads; t++)
        for (size_t i = 0; i < counters[t].table.count; i++) {
            struct link_pattern_count *item = &patterns->items[count++];

            memcpy(&item->pattern, group_key(&counters[t].table, i).ptr, sizeof item->pattern);
            item->count = *(const double *)group_state(&counters[t].table, i);
        }
    qsort(patterns->items, count, sizeof *patterns->items, by_pattern);
    for (size_t i = 0; i < count; i++) {
        patterns->pairs += patterns->items[i].count;
        if (kept && patterns->items[kept - 1].pattern == patterns->items[i].pattern)
            patterns->items[kept - 1].count += patterns->items[i].count;
        else
            patterns->items[kept++] = patterns->items[i];
    }
    patterns->count = kept;
    return 0;
}

/* The chunks to be counted: all, or of each rule every so many. Counts are whole numbers, so that sums are exact. */
static size_t choose_chunks(const struct link_index *index, double most, struct count_job *jobs)
{
    double pairs = 0;
    size_t count = 0, seen[LINK_RULES] = {0};

    for (size_t r = 0; r < index->count; r++)
        pairs += (double)index->blocks[r].pairs;
    size_t step = pairs > most ? (size_t)ceil(pairs / most) : 1;
    for (size_t c = 0; c < index->chunk_count; c++)
        if (seen[index->chunks[2 * c]]++ % step == 0)
            jobs[count++] = (struct count_job){.chunk = c, .each = (double)step};
    return count;
}

int link_patterns_count(struct link_patterns *patterns, const struct link_index *index, double most, size_t threads,
                        struct error *err)
{
    struct counting counting = {index, calloc(threads, sizeof *counting.counters)};
    struct count_job *jobs = calloc(index->chunk_count + 1, sizeof *jobs);
    struct workers *workers = NULL;
    int failed = !counting.counters || !jobs ? error_memory(err) : 0;

    *patterns = (struct link_patterns){0};
    for (size_t t = 0; !failed && t < threads; t++) {
        group_init(&counting.counters[t].table, sizeof(double));
        failed = link_comparer_init(&counting.counters[t].comparer, index->records, err);
    }
    failed = failed || workers_new(&workers, threads, count_chunk, &counting, err);
    if (!failed) {
        size_t count = choose_chunks(index, most, jobs);
        bool short_of_memory = false;

        for (size_t i = 0; i < count; i++)
            workers_submit(workers, &jobs[i].job);
        for (size_t i = 0; i < count; i++) {
            workers_wait(workers, &jobs[i].job);
            short_of_memory |= jobs[i].failed;
        }
        if (short_of_memory || gather(patterns, counting.counters, threads))
            failed = error_memory(err);
    }
    workers_free(workers);
    for (size_t t = 0; counting.counters && t < threads; t++) {
        group_fini(&counting.counters[t].table);
        link_comparer_fini(&counting.counters[t].comparer);
    }
    free(counting.counters);
    free(jobs);
    return failed ? -1 : 0;
}

#define SAMPLED_PAIRS 600000
#define SAMPLES 64 /* parts they are drawn in, each with a seed of its own */
#define SEED 20260301

/* The chance that a pair has one value: counted, where a field is one column. */
static int exact_chance(const struct link_records *records, const struct link_field *field, double *chance,
                        struct error *err)
{
    size_t values = field->values->table.count;
    uint32_t *first = calloc(values + 1, sizeof *first);
    double equal = 0, first_filled = 0, all_filled = 0;

    if (!first)
        return error_memory(err);
    for (size_t row = 0; records->mode != LINK_WITHIN && row < records->split; row++)
        first[link_row(records, row)[field->first]]++;
    for (size_t id = 1; id <= values; id++) {
        double a = first[id], b = (double)field->counts[id] - a;

        first_filled += a;
        all_filled += a + b;
        if (records->mode == LINK_WITHIN)
            equal += b * (b - 1) / 2;
        else
            equal += a * b + (records->mode == LINK_AGAINST ? b * (b - 1) / 2 : 0);
    }
    free(first);
    double second = all_filled - first_filled, pairs = first_filled * second;
    if (records->mode != LINK_ACROSS)
        pairs += second * (second - 1) / 2;
    *chance = pairs > 0 ? equal / pairs : 0;
    return 0;
}

/* A part of the pairs drawn at random. */
struct chance_job {
    struct job job;
    uint64_t seed;
    size_t pairs;
    double levels[LINK_FIELDS][LINK_LEVELS];
};

struct drawing {
    const struct link_records *records;
    struct link_comparer *comparers; /* one per thread */
};

/* Draws a pair of those that may be one; false: a row with itself. Of a short list and a long one most pairs of any two
 * rows would be in vain. */
static bool draw_pair(const struct link_records *records, uint64_t *state, struct link_pair *pair)
{
    size_t first = records->mode == LINK_WITHIN ? 0 : records->split, second = records->count - first;
    bool across = records->mode == LINK_ACROSS;

    if (records->mode == LINK_AGAINST)
        across =
            (double)(link_random(state) >> 11) * 0x1p-53 * ((double)first + ((double)second - 1) / 2) < (double)first;
    size_t a = across ? (size_t)(link_random(state) % first) : first + (size_t)(link_random(state) % second);
    size_t b = first + (size_t)(link_random(state) % second);
    *pair = (struct link_pair){(uint32_t)a, (uint32_t)b};
    return a != b;
}

#define DRAWN 256 /* pairs at a time */

static void draw_pairs(struct job *job, void *context, size_t worker)
{
    struct chance_job *chance = (struct chance_job *)job;
    const struct drawing *drawing = context;
    const struct link_records *records = drawing->records;
    uint64_t state = chance->seed;

    for (size_t i = 0; i < chance->pairs; i += DRAWN) {
        size_t wanted = chance->pairs - i < DRAWN ? chance->pairs - i : DRAWN, count = 0;
        struct link_pair pairs[DRAWN] = {{0}};
        struct link_compared compared[DRAWN];

        for (size_t k = 0; k < wanted; k++)
            count += draw_pair(records, &state, &pairs[count]);
        link_compare_pairs(&drawing->comparers[worker], pairs, count, compared);
        for (size_t k = 0; k < count; k++)
            for (size_t f = 0; f < records->field_count; f++)
                chance->levels[f][link_pattern_level(compared[k].pattern, f)]++;
    }
}

static int draw_all(struct link_chance *chance, const struct link_records *records, size_t threads, struct error *err)
{
    struct drawing drawing = {records, calloc(threads, sizeof *drawing.comparers)};
    struct chance_job *jobs = calloc(SAMPLES, sizeof *jobs);
    struct workers *workers = NULL;
    double total = link_pair_total(records);
    size_t wanted = total < 1 ? 0 : total * 3 < SAMPLED_PAIRS ? (size_t)(total * 3) : SAMPLED_PAIRS;
    int failed = !drawing.comparers || !jobs ? error_memory(err) : 0;

    for (size_t t = 0; !failed && t < threads; t++)
        failed = link_comparer_init(&drawing.comparers[t], records, err);
    failed = failed || workers_new(&workers, threads, draw_pairs, &drawing, err);
    for (size_t i = 0; !failed && i < SAMPLES; i++) {
        jobs[i].seed = SEED + i;
        jobs[i].pairs = (wanted + SAMPLES - 1) / SAMPLES;
        workers_submit(workers, &jobs[i].job);
    }
    for (size_t i = 0; !failed && i < SAMPLES; i++) {
        workers_wait(workers, &jobs[i].job);
        for (size_t f = 0; f < records->field_count; f++)
            for (size_t l = 0; l < LINK_LEVELS; l++)
                chance->levels[f][l] += jobs[i].levels[f][l];
    }
    workers_free(workers);
    for (size_t t = 0; drawing.comparers && t < threads; t++)
        link_comparer_fini(&drawing.comparers[t]);
    free(drawing.comparers);
    free(jobs);
    return failed ? -1 : 0;
}

/* What was seen among `seen` pairs, of all that there are with a value `pairs`, beside what is known before. A level
 * that was not seen is not impossible: half a pair. */
static void join_prior(enum link_kind kind, double *levels, double seen, double pairs)
{
    size_t count = link_kind_levels(kind);
    double prior[LINK_LEVELS], each = seen > pairs ? pairs / seen : 1;

    link_prior_chance(kind, prior);
    for (size_t l = 1; l < count; l++)
        levels[l] = (levels[l] * each + 0.5 * prior[l] + 0.5 * fmin(seen, 1) + LINK_PRIOR_PAIRS * prior[l]) /
                    (seen * each + 0.5 + 0.5 * fmin(seen, 1) * (double)(count - 1) + LINK_PRIOR_PAIRS);
}

int link_chance_count(struct link_chance *chance, const struct link_records *records, size_t threads, struct error *err)
{
    double all = link_pair_total(records);

    memset(chance, 0, sizeof *chance);
    if (draw_all(chance, records, threads, err))
        return -1;
    for (size_t f = 0; f < records->field_count; f++) {
        const struct link_field *field = &records->fields[f];
        double *levels = chance->levels[f], seen = 0, rest = 0, exact = 0;
        double share = records->count ? (double)field->filled / (double)records->count : 0;
        double pairs = all * share * share;
        double prior[LINK_LEVELS];

        levels[0] = 0;
        for (size_t l = 1; l <= field->exact; l++)
            seen += levels[l];
        join_prior(field->kind, levels, seen, pairs);
        if (field->slots > 1)
            continue;
        if (exact_chance(records, field, &exact, err))
            return -1;
        link_prior_chance(field->kind, prior);
        exact = (exact * pairs + LINK_PRIOR_PAIRS * prior[field->exact]) / (pairs + LINK_PRIOR_PAIRS);
        for (size_t l = 1; l < field->exact; l++)
            rest += levels[l];
        for (size_t l = 1; l < field->exact; l++)
            levels[l] *= (1 - exact) / rest;
        levels[field->exact] = fmax(exact, LINK_LEAST_CHANCE);
    }
    return 0;
}
