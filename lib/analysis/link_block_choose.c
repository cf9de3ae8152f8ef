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

/* A key and how often it agrees in a match, when errors are few: guesses of experience, by kind and part. */
struct candidate_key {
    struct link_key key;
    double agrees;
    size_t number; /* of its hashes */
};

struct candidate {
    struct link_rule rule;
    double pairs;
    uint64_t finds[IMAGINED / 64];
    bool dear; /* more pairs than the budget */
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

static void find_matches(struct candidate *candidate, const double *agrees, const struct imagination *imagination)
{
    for (size_t i = 0; i < IMAGINED; i++) {
        bool found = true;

        for (size_t k = 0; found && k < candidate->rule.count; k++) {
            size_t f = candidate->rule.keys[k].field;
            found = imagination->filled[f][i] &&
                    (double)imagination->draw[f][i] < spoiled(agrees[k], imagination->quality[i]);
        }
        candidate->finds[i / 64] |= (uint64_t)found << (i % 64);
    }
}

/* Hashes of one key in the sampled rows, 0: none. Of several words of a text the most frequent stands
 * for all, since it makes most of the pairs. */
static void hash_rows(const struct link_key *key, const struct link_records *records, uint64_t *hashes)
{
    const struct link_rule rule = {{*key}, 1};
    size_t step = records->count / SAMPLED_ROWS + 1;

    for (size_t row = 0, i = 0; row < records->count; row += step, i++) {
        uint64_t keys[LINK_RULE_WIDTH];
        size_t count = link_rule_keys(&rule, records, row, keys);
        hashes[i] = count ? keys[count - 1] : 0;
    }
}

struct chooser {
    const struct link_records *records;
    struct candidate *candidates;
    size_t count;
    uint64_t *hashes; /* of each key in the sampled rows */
    size_t rows;      /* sampled */
    struct slot {
        uint64_t key;
        uint32_t seen, round;
    } * slots; /* SLOTS of them */
    uint32_t round;
    struct imagination *imagination;
    double budget;
};

/* The pairs a rule costs: of rows drawn with its keys' hashes, those that agree in all. */
static double count_pairs(struct chooser *chooser, const struct candidate_key *keys, size_t count)
{
    double pairs = 0, width = 1, filled = 0;
    double scale = chooser->rows ? (double)chooser->records->count / (double)chooser->rows : 1;

    chooser->round++;
    for (size_t i = 0; i < chooser->rows; i++) {
        uint64_t sum = 0;
        bool missing = false;

        for (size_t k = 0; k < count; k++) {
            uint64_t hash = chooser->hashes[keys[k].number * chooser->rows + i];
            missing = missing || !hash;
            sum += hash;
        }
        if (missing)
            continue;
        filled++;
        size_t at = (sum * 0x9e3779b97f4a7c15u) >> (64 - SLOT_BITS);
        while (chooser->slots[at].round == chooser->round && chooser->slots[at].key != sum)
            at = (at + 1) & (SLOTS - 1);
        if (chooser->slots[at].round != chooser->round)
            chooser->slots[at] = (struct slot){sum, 0, chooser->round};
        pairs += chooser->slots[at].seen++;
    }
    for (size_t k = 0; k < count; k++)
        if (keys[k].key.part == LINK_PART_WORD)
            width *= keys[k].key.length;
    return pairs * scale * scale * width + filled * 0.01;
}

static void add_candidate(struct chooser *chooser, const struct candidate_key *keys, size_t count)
{
    struct candidate *candidate;
    double agrees[LINK_RULE_KEYS];

    if (chooser->count == CANDIDATES)
        return;
    candidate = &chooser->candidates[chooser->count++];
    *candidate = (struct candidate){.rule.count = count};
    for (size_t i = 0; i < count; i++) {
        candidate->rule.keys[i] = keys[i].key;
        agrees[i] = keys[i].agrees;
    }
    candidate->pairs = count_pairs(chooser, keys, count);
    candidate->dear = candidate->pairs > chooser->budget;
    find_matches(candidate, agrees, chooser->imagination);
}

/* All keys, then those that cost too much together with one more, then two more. */
static void add_candidates(struct chooser *chooser)
{
    struct candidate_key keys[LINK_FIELDS * 4];
    bool dear[LINK_FIELDS * 4];
    size_t count = 0;

    for (size_t f = 0; f < chooser->records->field_count; f++) {
        struct part_guess parts[4];
        size_t here = parts_of(chooser->records->fields[f].kind, parts);

        for (size_t p = 0; p < here; p++, count++) {
            keys[count] =
                (struct candidate_key){{(uint8_t)f, (uint8_t)parts[p].part, parts[p].length}, parts[p].agrees, count};
            hash_rows(&keys[count].key, chooser->records, chooser->hashes + count * chooser->rows);
        }
    }
    for (size_t i = 0; i < count; i++) {
        add_candidate(chooser, &keys[i], 1);
        dear[i] = chooser->candidates[chooser->count - 1].pairs > chooser->budget / 50;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) {
            struct candidate_key both[3] = {keys[i], keys[k]};

            if (keys[i].key.field == keys[k].key.field || !dear[i] || !dear[k])
                continue;
            add_candidate(chooser, both, 2);
            if (chooser->candidates[chooser->count - 1].pairs <= chooser->budget)
                continue;
            for (size_t l = k + 1; l < count; l++) {
                both[2] = keys[l];
                if (keys[l].key.field != keys[k].key.field && dear[l])
                    add_candidate(chooser, both, 3);
            }
        }
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
            size_t finds =
                candidate->dear || choice->pairs + candidate->pairs > chooser->budget ? 0 : new_finds(candidate, found);
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
        choice->rules[choice->count++] = best->rule;
        choice->pairs += best->pairs;
    }
    choice->expected = 1 - (double)missed / IMAGINED;
}

int link_block_choose(const struct link_records *records, double budget, struct link_choice *choice, struct error *err)
{
    struct chooser chooser = {.records = records, .budget = budget};
    int failed = 0;

    *choice = (struct link_choice){0};
    chooser.candidates = calloc(CANDIDATES, sizeof *chooser.candidates);
    for (size_t row = 0; row < records->count; row += records->count / SAMPLED_ROWS + 1)
        chooser.rows++;
    chooser.hashes = malloc((chooser.rows + 1) * LINK_FIELDS * 4 * sizeof *chooser.hashes);
    chooser.slots = calloc(SLOTS, sizeof *chooser.slots);
    chooser.imagination = malloc(sizeof *chooser.imagination);
    if (!chooser.candidates || !chooser.hashes || !chooser.slots || !chooser.imagination) {
        failed = error_memory(err);
    } else {
        imagine(chooser.imagination, records);
        add_candidates(&chooser);
        choose(&chooser, choice);
    }
    free(chooser.candidates);
    free(chooser.hashes);
    free(chooser.slots);
    free(chooser.imagination);
    return failed;
}
