/* Blocking for match rules. A rule is taken apart into the ways in which it can hold, each a set of terms that all hold
 * (its disjunctive normal form); each way gives keys by which its pairs find each other. How many pairs a key would
 * bring together is seen from a sample of the records. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/link_rules.h"

#define WAYS 256 /* of one rule at most */
#define TERMS 32 /* of one way that are looked at */
#define SAMPLE 20000
#define COMMON 0.05 /* the chance from which a key is hardly worth its place */

/* A key that brings together the pairs for which a term holds: all of them, or one of two that bring most together. */
struct candidate {
    double chance; /* that two records agree in it */
    size_t count;
    struct link_key keys[2];
    bool complete;
};

struct chances {
    const struct link_records *records;
    uint64_t *hashes; /* owned; of the sampled rows */
    struct {
        struct link_key key;
        double chance;
    } known[LINK_FIELDS * LINK_PARTS];
    size_t count;
};

static bool is_same_key(struct link_key a, struct link_key b)
{
    return a.field == b.field && a.part == b.part && a.length == b.length;
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* The share of pairs of a sample that agree in a key; no less than what one pair would be. */
static double chance_of(struct chances *chances, struct link_key key)
{
    const struct link_records *records = chances->records;
    struct link_rule rule = {{key}, 1};
    size_t step = records->count / SAMPLE + 1, rows = 0, filled = 0;
    double pairs = 1;

    for (size_t i = 0; i < chances->count; i++)
        if (is_same_key(chances->known[i].key, key))
            return chances->known[i].chance;
    for (size_t row = 0; row < records->count; row += step, rows++)
        filled += link_rule_keys(&rule, records, row, chances->hashes + filled);
    qsort(chances->hashes, filled, sizeof *chances->hashes, by_hash);
    for (size_t i = 0, begin = 0; i < filled; i++) {
        if (chances->hashes[i] != chances->hashes[begin])
            begin = i;
        pairs += (double)(i - begin);
    }
    double chance = pairs / fmax(1, (double)rows * (double)rows / 2);
    chances->known[chances->count].key = key;
    chances->known[chances->count++].chance = chance;
    return chance;
}

/* The keys for a term. count 0: there are none. */
static struct candidate candidate_of(struct chances *chances, const struct link_rule_node *term)
{
    enum link_kind kind = chances->records->fields[term->field].kind;
    struct candidate candidate = {.count = 1};
    uint8_t parts[2][2] = {{LINK_PART_ALL, 0}, {LINK_PART_ALL, 0}}; /* part, length */

    if (term->threshold == 100 || kind == LINK_COUNTRY || kind == LINK_CATEGORY) {
        candidate.complete = true;
    } else {
        switch (kind) {
        case LINK_FIRST_NAME:
            memcpy(parts[0], (uint8_t[]){LINK_PART_START, 1}, 2);
            break;
        case LINK_LAST_NAME:
            memcpy(parts, (uint8_t[2][2]){{LINK_PART_SOUND, 0}, {LINK_PART_START, 4}}, 4);
            candidate.count = 2;
            break;
        case LINK_FULL_NAME:
        case LINK_COMPANY:
        case LINK_ORGANISATION:
        case LINK_STREET:
        case LINK_TEXT:
            memcpy(parts[0], (uint8_t[]){LINK_PART_WORD, 2}, 2);
            break;
        case LINK_EMAIL:
            memcpy(parts, (uint8_t[2][2]){{LINK_PART_USER, 0}, {LINK_PART_START, 4}}, 4);
            candidate.count = 2;
            break;
        case LINK_PHONE:
            memcpy(parts[0], (uint8_t[]){LINK_PART_END, 7}, 2);
            break;
        case LINK_DATE:
            memcpy(parts, (uint8_t[2][2]){{LINK_PART_DAY, 0}, {LINK_PART_YEAR, 0}}, 4);
            candidate.count = 2;
            break;
        case LINK_POSTAL_CODE:
            memcpy(parts[0], (uint8_t[]){LINK_PART_DISTRICT, 0}, 2);
            break;
        case LINK_PLACE:
            memcpy(parts[0], (uint8_t[]){LINK_PART_START, 3}, 2);
            break;
        case LINK_DOMAIN:
        case LINK_IDENTIFIER:
            memcpy(parts, (uint8_t[2][2]){{LINK_PART_START, 4}, {LINK_PART_END, 4}}, 4);
            candidate.count = 2;
            break;
        default:
            candidate.count = 0;
            break;
        }
    }
    for (size_t i = 0; i < candidate.count; i++) {
        candidate.keys[i] = (struct link_key){term->field, parts[i][0], parts[i][1]};
        candidate.chance += chance_of(chances, candidate.keys[i]);
    }
    return candidate;
}

/* Those that must be equal first, then the rarest; those that half the world has last. */
static int by_worth(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    int rank_x = x->chance > COMMON ? 2 : !x->complete, rank_y = y->chance > COMMON ? 2 : !y->complete;

    if (rank_x != rank_y)
        return rank_x - rank_y;
    if (x->chance != y->chance)
        return x->chance < y->chance ? -1 : 1;
    return x->keys[0].field - y->keys[0].field;
}

struct block_list {
    struct link_rule *rules;
    size_t count;
    bool full;
};

/* Whether every key of one is in the other, which then finds no pair more. */
static bool contains(const struct link_rule *other, const struct link_rule *one)
{
    for (size_t i = 0; i < one->count; i++) {
        size_t k = 0;
        while (k < other->count && !is_same_key(one->keys[i], other->keys[k]))
            k++;
        if (k == other->count)
            return false;
    }
    return true;
}

static void add_block(struct block_list *list, const struct link_rule *rule)
{
    size_t left = 0;

    for (size_t i = 0; i < list->count; i++)
        if (contains(rule, &list->rules[i]))
            return;
    for (size_t i = 0; i < list->count; i++)
        if (!contains(&list->rules[i], rule))
            list->rules[left++] = list->rules[i];
    list->count = left;
    if (list->count == LINK_RULES) {
        list->full = true;
        return;
    }
    list->rules[list->count++] = *rule;
}

/* The blocks of a way: the product of the alternatives of its candidates; and where names may be exchanged, also by the
 * sound of both, which is the same then. */
static void add_blocks(struct block_list *list, const struct link_match_rule *rule, const struct candidate *candidates,
                       size_t count)
{
    bool names = false;

    for (unsigned choice = 0; choice < 1u << count; choice++) {
        struct link_rule block = {.count = count};
        bool exists = true;

        for (size_t i = 0; i < count; i++) {
            size_t alternative = choice >> i & 1;
            exists = exists && alternative < candidates[i].count;
            block.keys[i] = candidates[i].keys[alternative < candidates[i].count ? alternative : 0];
        }
        if (exists)
            add_block(list, &block);
    }
    struct link_rule exchanged = {.keys = {{rule->first, LINK_PART_SOUND, 0}, {rule->last, LINK_PART_SOUND, 0}},
                                  .count = 2};
    for (size_t i = 0; i < count; i++) {
        uint8_t field = candidates[i].keys[0].field;
        if (rule->transposed && (field == rule->first || field == rule->last))
            names = true;
        else if (exchanged.count < LINK_RULE_KEYS)
            exchanged.keys[exchanged.count++] = candidates[i].keys[0];
    }
    if (names)
        add_block(list, &exchanged);
}

/* Terms of the way number `way`, which says for each group of alternatives which of them holds. */
static void collect_terms(const struct link_match_rules *rules, uint16_t number, size_t *way,
                          const struct link_rule_node **terms, size_t *count)
{
    const struct link_rule_node *node = &rules->nodes[number];
    uint16_t child = node->child, other = child;
    size_t alternatives = 0;

    if (node->type == LINK_NODE_TERM) {
        if (!node->or_missing && *count < TERMS)
            terms[(*count)++] = node;
        return;
    }
    if (node->type == LINK_NODE_ALL) {
        for (; child; child = rules->nodes[child].next)
            collect_terms(rules, child, way, terms, count);
        return;
    }
    do {
        alternatives++;
        other = rules->nodes[other].next;
    } while (other);
    size_t chosen = *way % alternatives;
    *way /= alternatives;
    while (chosen--)
        child = rules->nodes[child].next;
    collect_terms(rules, child, way, terms, count);
}

/* The product of the numbers of alternatives of all groups: ways, of which some may be the same. */
static size_t count_ways(const struct link_match_rules *rules, uint16_t number)
{
    const struct link_rule_node *node = &rules->nodes[number];
    size_t ways = 1, alternatives = 0;

    for (uint16_t child = node->child; child; child = rules->nodes[child].next) {
        ways *= count_ways(rules, child);
        alternatives++;
        if (ways > WAYS)
            return WAYS + 1;
    }
    return node->type == LINK_NODE_ANY ? ways * alternatives : ways;
}

/* The terms of a way to be taken for keys: as many as are needed for the pairs to be few. */
static int block_way(struct chances *chances, const struct link_match_rule *rule, const struct link_rule_node **terms,
                     size_t count, struct block_list *list, struct error *err)
{
    struct candidate candidates[TERMS];
    double rows = (double)chances->records->count, pairs = rows * rows / 2, wanted = fmax(10 * rows, 1e6);
    size_t found = 0, taken = 0;
    struct quote q;

    for (size_t i = 0; i < count; i++) {
        candidates[found] = candidate_of(chances, terms[i]);
        found += candidates[found].count != 0;
    }
    if (found == 0)
        return error_set(err, STATUS_USAGE,
                         "rule '%s' can hold without any value that is alike: it needs a field that must be there, "
                         "without '?'",
                         quote(&q, rule->name));
    qsort(candidates, found, sizeof *candidates, by_worth);
    while (taken < found && taken < LINK_RULE_KEYS && (taken == 0 || pairs > wanted))
        pairs *= candidates[taken++].chance;
    add_blocks(list, rule, candidates, taken);
    return 0;
}

int link_match_rules_block(const struct link_match_rules *rules, const struct link_records *records,
                           struct link_rule *blocks, size_t *count, struct error *err)
{
    struct chances chances = {.records = records, .hashes = malloc((SAMPLE + 1) * LINK_RULE_WIDTH * sizeof(uint64_t))};
    struct block_list list = {.rules = blocks};
    int failed = chances.hashes ? 0 : error_memory(err);
    struct quote q;

    for (size_t r = 0; r < rules->count && !failed; r++) {
        const struct link_match_rule *rule = &rules->rules[r];
        size_t ways = count_ways(rules, rule->root);

        if (ways > WAYS)
            failed = error_set(err, STATUS_USAGE, "rule '%s' has too many alternatives", quote(&q, rule->name));
        for (size_t way = 0; way < ways && !failed; way++) {
            const struct link_rule_node *terms[TERMS];
            size_t term_count = 0, rest = way;

            collect_terms(rules, rule->root, &rest, terms, &term_count);
            failed = block_way(&chances, rule, terms, term_count, &list, err);
        }
    }
    if (!failed && list.full)
        failed =
            error_set(err, STATUS_USAGE, "the rules need more than %d ways of finding pairs; try fewer", LINK_RULES);
    free(chances.hashes);
    *count = list.count;
    return failed;
}
