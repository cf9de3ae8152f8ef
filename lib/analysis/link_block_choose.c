/* The choice of blocking rules. Candidates are keys alone and together with those of other fields. What a rule costs is
 * counted on a sample of rows; what it finds is judged on imagined matches, in whose fields errors fall by chance: most
 * matches have few, some have many. Taken is, again and again, the rule that finds most of what is still missed for the
 * pairs it costs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/link_block.h"

#define IMAGINED 4096      /* matches */
#define SAMPLED_ROWS 20000 /* to count pairs */
#define SLOT_BITS 16       /* more than there are sampled rows */
#define SLOTS ((size_t)1 << SLOT_BITS)
#define CANDIDATES 1200
#define LEAST_FIND 0.05 /* of matches, by a rule that would use the whole budget; in proportion by a cheaper one */
#define ENOUGH 0.0005   /* of matches missed */
#define SEED 7919

#define KEYS (LINK_FIELDS * 4) /* at most */
#define WORDS ((SAMPLED_ROWS + 63) / 64)

/* A key by itself. */
struct candidate_key {
    struct link_key key;
    double agrees;    /* how often, in a match, when errors are few: guesses of experience, by kind and part */
    uint64_t *hashes; /* in the sampled rows; 0: none */
    /* by bits, what is asked of all keys of a rule: */
    uint64_t filled[WORDS];        /* sampled rows that have it */
    uint64_t shared[WORDS];        /* sampled rows of which others may have the same */
    uint64_t finds[IMAGINED / 64]; /* imagined matches that agree in it */
};

struct candidate {
    size_t keys[LINK_RULE_KEYS];
    size_t count;
    double pairs; /* negative: not yet counted */
    uint64_t finds[IMAGINED / 64];
};

struct part_guess {
    enum link_part part;
    uint8_t length;
    double agrees;
};

/* The parts worth trying, the exact value first. */
static size_t parts_of(enum link_kind kind, struct part_guess *out)
{
    size_t n = 0;

    switch (kind) {
    case LINK_FIRST_NAME:
    case LINK_LAST_NAME:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.75};
        out[n++] = (struct part_guess){LINK_PART_SOUND, 0, 0.84};
        out[n++] = (struct part_guess){LINK_PART_START, 3, 0.86};
        out[n++] = (struct part_guess){LINK_PART_START, 1, 0.93};
        break;
    case LINK_DATE:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.8};
        out[n++] = (struct part_guess){LINK_PART_YEAR, 0, 0.9};
        out[n++] = (struct part_guess){LINK_PART_DAY, 0, 0.86};
        break;
    case LINK_EMAIL:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.7};
        out[n++] = (struct part_guess){LINK_PART_USER, 0, 0.75};
        break;
    case LINK_PHONE:
        out[n++] = (struct part_guess){LINK_PART_END, 7, 0.75};
        out[n++] = (struct part_guess){LINK_PART_END, 4, 0.8};
        break;
    case LINK_POSTAL_CODE:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.75};
        out[n++] = (struct part_guess){LINK_PART_DISTRICT, 0, 0.85};
        break;
    case LINK_STREET:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.6};
        out[n++] = (struct part_guess){LINK_PART_WORD, 2, 0.8};
        out[n++] = (struct part_guess){LINK_PART_NUMBER, 0, 0.8};
        break;
    case LINK_FULL_NAME:
    case LINK_COMPANY:
    case LINK_ORGANISATION:
    case LINK_TEXT:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.55};
        out[n++] = (struct part_guess){LINK_PART_WORD, 1, 0.7};
        out[n++] = (struct part_guess){LINK_PART_WORD, 3, 0.9};
        out[n++] = (struct part_guess){LINK_PART_START, 4, 0.8};
        break;
    case LINK_PLACE:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.75};
        out[n++] = (struct part_guess){LINK_PART_START, 3, 0.85};
        break;
    case LINK_IDENTIFIER:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.85};
        break;
    case LINK_DOMAIN:
    case LINK_NUMBER:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.75};
        break;
    case LINK_COUNTRY:
    case LINK_CATEGORY:
        out[n++] = (struct part_guess){LINK_PART_ALL, 0, 0.8};
        break;
    }
    return n;
}

/* How good an imagined match is: most agree as guessed, one in five has many errors. */
static double spoiled(double agrees, unsigned quality)
{
    return quality == 0 ? agrees * agrees * agrees : quality == 1 ? agrees * agrees : agrees;
}

struct imagination {
    float draw[LINK_FIELDS][IMAGINED]; /* of the error of a field: small agrees */
    bool filled[LINK_FIELDS][IMAGINED];
    unsigned char quality[IMAGINED];
};

static double uniform(uint64_t *state)
{
    return (double)(link_random(state) >> 11) * 0x1p-53;
}

static void imagine(struct imagination *imagination, const struct link_records *records)
{
    uint64_t state = SEED;

    for (size_t i = 0; i < IMAGINED; i++)
        imagination->quality[i] = (unsigned char)(link_random(&state) % 6);
    for (size_t f = 0; f < records->field_count; f++) {
        double share = records->count ? (double)records->fields[f].filled / (double)records->count : 0;
        for (size_t i = 0; i < IMAGINED; i++) {
            imagination->draw[f][i] = (float)uniform(&state);
            imagination->filled[f][i] = uniform(&state) < share && uniform(&state) < sqrt(share);
        }
    }
}

static void find_matches(struct candidate_key *key, const struct imagination *imagination)
{
    size_t f = key->key.field;

    for (size_t i = 0; i < IMAGINED; i++) {
        bool found = imagination->filled[f][i] &&
                     (double)imagination->draw[f][i] < spoiled(key->agrees, imagination->quality[i]);
        key->finds[i / 64] |= (uint64_t)found << (i % 64);
    }
}

struct chooser {
    const struct link_records *records;
    struct candidate_key *keys; /* owned, as are the others but the records */
    size_t key_count;
    struct candidate *candidates;
    size_t count;
    uint64_t *hashes;
    size_t rows; /* sampled */
    struct imagination *imagination;
    struct counter *counters; /* one per thread */
    double budget;
};

/* How many sampled rows have been seen with a sum of hashes. */
struct counter {
    struct slot {
        uint64_t key;
        uint32_t seen, round;
    } slots[SLOTS];
    uint32_t round; /* slots of other rounds are empty */
};

/* The rows seen before with this sum. */
static uint32_t count_seen(struct counter *counter, uint64_t sum)
{
    size_t at = (sum * 0x9e3779b97f4a7c15u) >> (64 - SLOT_BITS);

    while (counter->slots[at].round == counter->round && counter->slots[at].key != sum)
        at = (at + 1) & (SLOTS - 1);
    if (counter->slots[at].round != counter->round)
        counter->slots[at] = (struct slot){sum, 0, counter->round};
    return counter->slots[at].seen++;
}

/* Hashes of a key in the sampled rows. Of several words of a text the most frequent stands for all, since it makes most
 * of the pairs. */
static void hash_rows(struct candidate_key *key, const struct chooser *chooser)
{
    const struct link_rule rule = {{key->key}, 1};
    size_t step = chooser->records->count / SAMPLED_ROWS + 1;

    for (size_t row = 0, i = 0; row < chooser->records->count; row += step, i++) {
        uint64_t keys[LINK_RULE_WIDTH];
        size_t count = link_rule_keys(&rule, chooser->records, row, keys);
        key->hashes[i] = count ? keys[count - 1] : 0;
        key->filled[i / 64] |= (uint64_t)(key->hashes[i] != 0) << (i % 64);
    }
}

/* Which rows have a key that others have as well: only these can be in pairs. */
static void find_shared(struct candidate_key *key, const struct chooser *chooser, struct counter *counter)
{
    counter->round++;
    for (size_t i = 0; i < chooser->rows; i++)
        if (key->hashes[i])
            count_seen(counter, key->hashes[i]);
    for (size_t i = 0; i < chooser->rows; i++)
        if (key->hashes[i] && count_seen(counter, key->hashes[i]) > 1)
            key->shared[i / 64] |= (uint64_t)1 << (i % 64);
}

/* The pairs a rule costs: of rows drawn with its keys' hashes, those that agree in all. */
static double count_pairs(const struct chooser *chooser, const struct candidate *candidate, struct counter *counter)
{
    const struct candidate_key *keys[LINK_RULE_KEYS];
    double scale = chooser->rows ? (double)chooser->records->count / (double)chooser->rows : 1;
    double pairs = 0, width = 1, filled = 0;

    for (size_t k = 0; k < candidate->count; k++) {
        keys[k] = &chooser->keys[candidate->keys[k]];
        width *= keys[k]->key.part == LINK_PART_WORD ? keys[k]->key.length : 1;
    }
    counter->round++;
    for (size_t w = 0; w * 64 < chooser->rows; w++) {
        uint64_t here = UINT64_MAX, shared = UINT64_MAX;

        for (size_t k = 0; k < candidate->count; k++) {
            here &= keys[k]->filled[w];
            shared &= keys[k]->shared[w];
        }
        filled += (double)__builtin_popcountll(here);
        for (; shared; shared &= shared - 1) {
            size_t row = w * 64 + (size_t)__builtin_ctzll(shared);
            uint64_t sum = 0;

            for (size_t k = 0; k < candidate->count; k++)
                sum += keys[k]->hashes[row];
            pairs += count_seen(counter, sum);
        }
    }
    return pairs * scale * scale * width + filled * 0.01;
}

/* Work on one key, or on some candidates. */
struct choose_job {
    struct job job;
    struct candidate_key *key; /* or NULL */
    size_t begin, end;         /* candidates */
};

static void choose_step(struct job *job, void *context, size_t worker)
{
    const struct choose_job *step = (struct choose_job *)job;
    struct chooser *chooser = context;
    struct counter *counter = &chooser->counters[worker];

    if (step->key) {
        hash_rows(step->key, chooser);
        find_shared(step->key, chooser, counter);
        find_matches(step->key, chooser->imagination);
        return;
    }
    for (size_t c = step->begin; c < step->end; c++) {
        struct candidate *candidate = &chooser->candidates[c];

        if (candidate->pairs >= 0)
            continue;
        candidate->pairs = count_pairs(chooser, candidate, counter);
        for (size_t i = 0; i < IMAGINED / 64; i++) {
            candidate->finds[i] = UINT64_MAX;
            for (size_t k = 0; k < candidate->count; k++)
                candidate->finds[i] &= chooser->keys[candidate->keys[k]].finds[i];
        }
    }
}

/* All keys of all fields. */
static void work_out_keys(struct chooser *chooser, struct workers *workers)
{
    struct choose_job jobs[KEYS] = {{.begin = 0}};

    for (size_t f = 0; f < chooser->records->field_count; f++) {
        struct part_guess parts[4];
        size_t here = parts_of(chooser->records->fields[f].kind, parts);

        for (size_t p = 0; p < here; p++) {
            struct candidate_key *key = &chooser->keys[chooser->key_count];

            *key = (struct candidate_key){.key = {(uint8_t)f, (uint8_t)parts[p].part, parts[p].length},
                                          .agrees = parts[p].agrees,
                                          .hashes = chooser->hashes + chooser->key_count * chooser->rows};
            jobs[chooser->key_count].key = key;
            workers_submit(workers, &jobs[chooser->key_count++].job);
        }
    }
    for (size_t k = 0; k < chooser->key_count; k++)
        workers_wait(workers, &jobs[k].job);
}

#define AT_ONCE 8 /* candidates of a job */

/* What the candidates from `begin` on cost and find. */
static void work_out_candidates(struct chooser *chooser, struct workers *workers, size_t begin)
{
    struct choose_job jobs[CANDIDATES / AT_ONCE + 1];
    size_t count = 0;

    for (; begin < chooser->count; begin += AT_ONCE, count++) {
        size_t end = begin + AT_ONCE < chooser->count ? begin + AT_ONCE : chooser->count;
        jobs[count] = (struct choose_job){.begin = begin, .end = end};
        workers_submit(workers, &jobs[count].job);
    }
    for (size_t i = 0; i < count; i++)
        workers_wait(workers, &jobs[i].job);
}

static void add_candidate(struct chooser *chooser, const struct candidate *candidate)
{
    if (chooser->count < CANDIDATES)
        chooser->candidates[chooser->count++] = *candidate;
}

/* Appends pairs of keys that cost too much alone; each with what is known of the pairs already, and those that still
 * cost too much with one more key behind them. */
static void add_pairs(struct chooser *chooser, const bool *dear, const struct candidate *known, size_t known_count)
{
    const struct candidate_key *keys = chooser->keys;

    for (size_t i = 0, next = 0; i < chooser->key_count; i++)
        for (size_t k = i + 1; k < chooser->key_count; k++) {
            struct candidate both = {.keys = {i, k}, .count = 2, .pairs = -1};

            if (keys[i].key.field == keys[k].key.field || !dear[i] || !dear[k])
                continue;
            add_candidate(chooser, next < known_count ? &known[next] : &both);
            if (next++ >= known_count || known[next - 1].pairs <= chooser->budget)
                continue;
            for (size_t l = k + 1; l < chooser->key_count; l++) {
                struct candidate three = {.keys = {i, k, l}, .count = 3, .pairs = -1};

                if (keys[l].key.field != keys[k].key.field && dear[l])
                    add_candidate(chooser, &three);
            }
        }
}

/* All keys, then those that cost too much together with one more, then two more. */
static int add_candidates(struct chooser *chooser, struct workers *workers)
{
    bool dear[KEYS] = {false};

    work_out_keys(chooser, workers);
    for (size_t k = 0; k < chooser->key_count; k++)
        add_candidate(chooser, &(struct candidate){.keys = {k}, .count = 1, .pairs = -1});
    work_out_candidates(chooser, workers, 0);
    for (size_t k = 0; k < chooser->key_count; k++)
        dear[k] = chooser->candidates[k].pairs > chooser->budget / 50;
    add_pairs(chooser, dear, NULL, 0);
    work_out_candidates(chooser, workers, chooser->key_count);
    size_t pairs = chooser->count - chooser->key_count;
    struct candidate *known = malloc((pairs + 1) * sizeof *known);
    if (!known)
        return -1;
    memcpy(known, chooser->candidates + chooser->key_count, pairs * sizeof *known);
    chooser->count = chooser->key_count;
    add_pairs(chooser, dear, known, pairs);
    free(known);
    work_out_candidates(chooser, workers, chooser->key_count);
    return 0;
}

static size_t new_finds(const struct candidate *candidate, const uint64_t *found)
{
    size_t count = 0;

    for (size_t i = 0; i < IMAGINED / 64; i++)
        count += (size_t)__builtin_popcountll(candidate->finds[i] & ~found[i]);
    return count;
}

static void choose(const struct chooser *chooser, struct link_choice *choice)
{
    uint64_t found[IMAGINED / 64] = {0};
    size_t missed = IMAGINED;

    while (choice->count < LINK_RULES && missed > IMAGINED * ENOUGH) {
        const struct candidate *best = NULL;
        double best_worth = 0;

        for (size_t c = 0; c < chooser->count; c++) {
            const struct candidate *candidate = &chooser->candidates[c];
            size_t finds = choice->pairs + candidate->pairs > chooser->budget ? 0 : new_finds(candidate, found);
            if ((double)finds / IMAGINED < LEAST_FIND * candidate->pairs / chooser->budget)
                continue;
            double worth = (double)finds / sqrt(candidate->pairs + (double)chooser->records->count * 0.2);

            if (finds > 0 && worth > best_worth) {
                best_worth = worth;
                best = candidate;
            }
        }
        if (!best)
            break;
        missed -= new_finds(best, found);
        for (size_t i = 0; i < IMAGINED / 64; i++)
            found[i] |= best->finds[i];
        struct link_rule *rule = &choice->rules[choice->count++];
        for (rule->count = 0; rule->count < best->count; rule->count++)
            rule->keys[rule->count] = chooser->keys[best->keys[rule->count]].key;
        choice->pairs += best->pairs;
    }
    choice->expected = 1 - (double)missed / IMAGINED;
}

int link_block_choose(const struct link_records *records, double budget, size_t threads, struct link_choice *choice,
                      struct error *err)
{
    struct chooser chooser = {.records = records, .budget = budget};
    struct workers *workers = NULL;
    int failed = 0;

    *choice = (struct link_choice){0};
    for (size_t row = 0; row < records->count; row += records->count / SAMPLED_ROWS + 1)
        chooser.rows++;
    chooser.keys = calloc(KEYS, sizeof *chooser.keys);
    chooser.candidates = malloc(CANDIDATES * sizeof *chooser.candidates);
    chooser.hashes = malloc((chooser.rows + 1) * KEYS * sizeof *chooser.hashes);
    chooser.imagination = malloc(sizeof *chooser.imagination);
    chooser.counters = calloc(threads, sizeof *chooser.counters);
    if (!chooser.keys || !chooser.candidates || !chooser.hashes || !chooser.imagination || !chooser.counters)
        failed = error_memory(err);
    failed = failed || workers_new(&workers, threads, choose_step, &chooser, err);
    if (!failed) {
        imagine(chooser.imagination, records);
        failed = add_candidates(&chooser, workers) ? error_memory(err) : 0;
    }
    if (!failed)
        choose(&chooser, choice);
    workers_free(workers);
    free(chooser.keys);
    free(chooser.candidates);
    free(chooser.hashes);
    free(chooser.imagination);
    free(chooser.counters);
    return failed ? -1 : 0;
}
