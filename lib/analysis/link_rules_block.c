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
#define PAIRS_EACH 10.0 /* pairs of a way that are looked at, for each record, */
#define PAIRS_LEAST 3e6 /* and in any case */
#define PAIRS_MORE 2.0  /* for each record, up to which a third alternative is taken */
#define COMMON 0.05     /* the chance from which a key is hardly worth its place */

/* A key that brings together the pairs for which a term holds: all of them, or one of several that bring most together.
 */
#define ALTERNATIVES 3
struct candidate {
    double chance; /* that two records agree in one of them */
    double chances[ALTERNATIVES];
    size_t count;
    struct link_key keys[ALTERNATIVES];
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

/* What of a value stays when it is written a little differently. */
static const struct {
    uint8_t part, length;
} lasting[LINK_KINDS][ALTERNATIVES] = {
    [LINK_FIRST_NAME] = {{LINK_PART_START, 1}},
    [LINK_LAST_NAME] = {{LINK_PART_SOUND, 0}, {LINK_PART_START, 4}, {LINK_PART_END, 4}},
    [LINK_FULL_NAME] = {{LINK_PART_WORD, 2}},
    [LINK_EMAIL] = {{LINK_PART_USER, 0}, {LINK_PART_START, 4}, {LINK_PART_END, 8}},
    [LINK_PHONE] = {{LINK_PART_END, 7}, {LINK_PART_START, 7}},
    [LINK_DATE] = {{LINK_PART_DAY, 0}, {LINK_PART_YEAR, 0}},
    [LINK_POSTAL_CODE] = {{LINK_PART_DISTRICT, 0}},
    [LINK_STREET] = {{LINK_PART_WORD, 2}},
    [LINK_PLACE] = {{LINK_PART_START, 3}},
    [LINK_COMPANY] = {{LINK_PART_WORD, 2}},
    [LINK_ORGANISATION] = {{LINK_PART_WORD, 2}},
    [LINK_DOMAIN] = {{LINK_PART_START, 4}, {LINK_PART_END, 6}},
    [LINK_IDENTIFIER] = {{LINK_PART_START, 4}, {LINK_PART_END, 4}},
    [LINK_TEXT] = {{LINK_PART_WORD, 2}},
};

/* The keys for a term, `alternatives` at most. count 0: there are none. */
static struct candidate candidate_of(struct chances *chances, const struct link_rule_node *term, size_t alternatives)
{
    enum link_kind kind = chances->records->fields[term->field].kind;
    struct candidate candidate = {.complete = term->threshold == 100 || kind == LINK_COUNTRY || kind == LINK_CATEGORY};
    /* above 70 percent telephone numbers end alike */
    size_t most = kind == LINK_PHONE && term->threshold > 70 ? 1 : alternatives;

    if (candidate.complete)
        candidate.keys[candidate.count++] = (struct link_key){term->field, LINK_PART_ALL, 0};
    while (!candidate.complete && candidate.count < most && lasting[kind][candidate.count].part != LINK_PART_ALL) {
        candidate.keys[candidate.count] =
            (struct link_key){term->field, lasting[kind][candidate.count].part, lasting[kind][candidate.count].length};
        candidate.count++;
    }
    for (size_t i = 0; i < candidate.count; i++) {
        candidate.chances[i] = chance_of(chances, candidate.keys[i]);
        candidate.chance += candidate.chances[i];
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

static bool has_key(const struct link_rule *rule, struct link_key key)
{
    for (size_t i = 0; i < rule->count; i++)
        if (is_same_key(rule->keys[i], key))
            return true;
    return false;
}

/* Blocks by the sound of two names also find those that are exchanged. */
static size_t sounds_in(const struct link_rule *rule)
{
    size_t count = 0;

    for (size_t i = 0; i < rule->count; i++)
        count += rule->keys[i].part == LINK_PART_SOUND;
    return count;
}

/* Whether every key of one is in the other, which then finds no pair more. */
static bool contains(const struct link_rule *other, const struct link_rule *one)
{
    size_t sounds = sounds_in(one);

    for (size_t i = 0; i < one->count; i++)
        if (!has_key(other, one->keys[i]))
            return false;
    return sounds == 0 || sounds == sounds_in(other);
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
    size_t choices = 1;
    bool names = false;

    for (size_t i = 0; i < count; i++)
        choices *= candidates[i].count;
    for (size_t choice = 0; choice < choices; choice++) {
        struct link_rule block = {.count = count};
        size_t rest = choice;

        for (size_t i = 0; i < count; i++) {
            block.keys[i] = candidates[i].keys[rest % candidates[i].count];
            rest /= candidates[i].count;
        }
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
                     size_t count, size_t alternatives, struct block_list *list, struct error *err)
{
    struct candidate candidates[TERMS];
    double rows = (double)chances->records->count, pairs = rows * rows / 2,
           wanted = fmax(PAIRS_EACH * rows, PAIRS_LEAST);
    double affordable = fmax(PAIRS_MORE * rows, PAIRS_LEAST);
    size_t found = 0, taken = 0;
    struct quote q;

    for (size_t i = 0; i < count; i++) {
        candidates[found] = candidate_of(chances, terms[i], alternatives);
        found += candidates[found].count != 0;
    }
    if (found == 0)
        return error_set(err, STATUS_USAGE,
                         "rule '%s' can hold without any value that is alike: it needs a field that must be there, "
                         "without '?'",
                         quote_name(&q, rule->name));
    qsort(candidates, found, sizeof *candidates, by_worth);
    while (taken < found && taken < LINK_RULE_KEYS && (taken == 0 || pairs > wanted))
        pairs *= candidates[taken++].chance;
    for (size_t i = 0; i < taken; i++)
        while (candidates[i].count > 2 && pairs > affordable) {
            double less = candidates[i].chance - candidates[i].chances[--candidates[i].count];
            pairs *= less / candidates[i].chance;
            candidates[i].chance = less;
        }
    add_blocks(list, rule, candidates, taken);
    return 0;
}

/* All ways of all rules, each with `alternatives` keys for a term at most. */
static int block_rules(struct chances *chances, const struct link_match_rules *rules, size_t alternatives,
                       struct block_list *list, struct error *err)
{
    struct quote q;

    for (size_t r = 0; r < rules->count; r++) {
        const struct link_match_rule *rule = &rules->rules[r];
        size_t ways = count_ways(rules, rule->root);

        if (ways > WAYS)
            return error_set(err, STATUS_USAGE, "rule '%s' has too many alternatives", quote_name(&q, rule->name));
        for (size_t way = 0; way < ways; way++) {
            const struct link_rule_node *terms[TERMS];
            size_t term_count = 0, rest = way;

            collect_terms(rules, rule->root, &rest, terms, &term_count);
            if (block_way(chances, rule, terms, term_count, alternatives, list, err))
                return -1;
        }
    }
    return 0;
}

int link_match_rules_block(const struct link_match_rules *rules, const struct link_records *records,
                           struct link_rule *blocks, size_t *count, struct error *err)
{
    struct chances chances = {.records = records, .hashes = malloc((SAMPLE + 1) * LINK_RULE_WIDTH * sizeof(uint64_t))};
    struct block_list list = {.full = true};
    int failed = chances.hashes ? 0 : error_memory(err);

    for (size_t alternatives = ALTERNATIVES; alternatives > 0 && list.full && !failed; alternatives--) {
        list = (struct block_list){.rules = blocks};
        failed = block_rules(&chances, rules, alternatives, &list, err);
    }
    if (!failed && list.full)
        failed =
            error_set(err, STATUS_USAGE, "the rules need more than %d ways of finding pairs; try fewer", LINK_RULES);
    free(chances.hashes);
    *count = list.count;
    return failed;
}
