#include "analysis/score_memo.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/score_points.h"

enum {
    SLOTS_LOG = 9,  /* of a column: 512; a value has one place, and the later one takes it */
    LONGEST = 32,   /* bytes of a value */
    TRIES = 4096,   /* after so many leads it is seen whether values come again */
    RULES_MOST = 64 /* of a column; more are not remembered */
};

/* A value as a whole: its bytes, in words that overlap where it is shorter, and in `nature` its length, type and so on,
 * which make the words unambiguous. */
struct memo_key {
    uint64_t nature; /* 0: none */
    uint64_t words[4];
};

struct memo_column {
    size_t column; /* of the lead */
    bool dated;    /* a rule counts days */
    size_t tries, hits;
    size_t rule_count;
    size_t *rules;            /* owned */
    struct memo_key *slots;   /* NULL: its values do not come again. Owned */
    struct score_part *parts; /* of each rule, slot by slot. Owned */
    struct memo_key *open;    /* the place of a value that is not known; NULL: there is none */
    struct memo_key key;      /* of that value */
};

/* The only column that a rule over the lead looks at, or SIZE_MAX. */
static size_t only_column(const struct score_rules *rules, const struct score_rule *rule)
{
    size_t only = SIZE_MAX;

    if (score_is_over_events(rule) || !rule->expression)
        return SIZE_MAX;
    for (size_t i = 0; i < rules->lead.count; i++) {
        if (!expression_uses(rule->expression, i))
            continue;
        if (only != SIZE_MAX)
            return SIZE_MAX;
        only = i;
    }
    return only;
}

/* only: for each rule, see only_column(). */
static int make_column(struct memo_column *column, const struct score_rules *rules, const size_t *only, size_t number,
                       struct error *err)
{
    column->column = number;
    for (size_t i = 0; i < rules->rule_count; i++)
        column->rule_count += only[i] == number && column->rule_count < RULES_MOST;
    if (!column->rule_count)
        return 0;
    column->rules = calloc(column->rule_count, sizeof *column->rules);
    column->slots = calloc((size_t)1 << SLOTS_LOG, sizeof *column->slots);
    column->parts = calloc(column->rule_count << SLOTS_LOG, sizeof *column->parts);
    if (!column->rules || !column->slots || !column->parts)
        return error_memory(err);
    for (size_t i = 0, count = 0; count < column->rule_count; i++) {
        if (only[i] != number)
            continue;
        column->rules[count++] = i;
        column->dated |= expression_needs_as_of(rules->rules[i].expression);
    }
    return 0;
}

static void forget(struct memo_column *column)
{
    free(column->slots);
    free(column->parts);
    column->slots = NULL;
    column->parts = NULL;
    column->open = NULL;
}

int score_memo_init(struct score_memo *memo, const struct score_rules *rules, struct error *err)
{
    size_t *only = calloc(rules->rule_count + 1, sizeof *only);
    int failed = 0;

    *memo = (struct score_memo){0};
    memo->known = calloc(rules->rule_count + 1, sizeof *memo->known);
    memo->columns = calloc(rules->lead.count + 1, sizeof *memo->columns);
    if (!only || !memo->known || !memo->columns)
        failed = error_memory(err);
    for (size_t i = 0; !failed && i < rules->rule_count; i++)
        only[i] = only_column(rules, &rules->rules[i]);
    for (size_t i = 0; !failed && i < rules->lead.count; i++)
        failed = make_column(&memo->columns[memo->count++], rules, only, i, err);
    free(only);
    return failed;
}

void score_memo_fini(struct score_memo *memo)
{
    for (size_t i = 0; i < memo->count; i++) {
        forget(&memo->columns[i]);
        free(memo->columns[i].rules);
    }
    free(memo->columns);
    free(memo->known);
    *memo = (struct score_memo){0};
}

static uint64_t word_at(const char *text)
{
    uint64_t word;

    memcpy(&word, text, sizeof word);
    return word;
}

/* Up to seven bytes. */
static uint64_t short_word(struct slice text)
{
    uint32_t first, last;

    if (text.len < sizeof first) {
        uint64_t word = 0;
        for (size_t i = 0; i < text.len; i++)
            word = word << 8 | (unsigned char)text.ptr[i];
        return word;
    }
    memcpy(&first, text.ptr, sizeof first);
    memcpy(&last, text.ptr + text.len - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

/* text.len <= LONGEST */
static struct memo_key make_key(const struct expression_value *value, int32_t as_of)
{
    const struct slice text = value->text;
    struct memo_key key = {.nature = 1 | (uint64_t)value->untyped << 1 | (uint64_t)value->absent << 2 |
                                     (uint64_t)value->type << 3 | (uint64_t)text.len << 16 |
                                     (uint64_t)(uint32_t)as_of << 32};

    if (text.len < 8) {
        key.words[0] = short_word(text);
        return key;
    }
    key.words[0] = word_at(text.ptr);
    key.words[1] = word_at(text.ptr + text.len - 8);
    if (text.len > 16) {
        key.words[2] = word_at(text.ptr + 8);
        key.words[3] = word_at(text.ptr + text.len - 16);
    }
    return key;
}

static size_t place_of(const struct memo_key *key)
{
    const uint64_t mixed = (key->words[0] ^ key->nature) * 0x9e3779b97f4a7c15 + key->words[1] * 0xc2b2ae3d27d4eb4f +
                           (key->words[2] ^ key->words[3]) * 0x165667b19e3779f9;

    return (mixed ^ mixed >> 29) * 0x9e3779b97f4a7c15 >> (64 - SLOTS_LOG);
}

static bool same_key(const struct memo_key *a, const struct memo_key *b)
{
    return ((a->nature ^ b->nature) | (a->words[0] ^ b->words[0]) | (a->words[1] ^ b->words[1]) |
            (a->words[2] ^ b->words[2]) | (a->words[3] ^ b->words[3])) == 0;
}

/* The parts of the value, or NULL; then column->open is the place where they may be kept. */
static const struct score_part *find(struct memo_column *column, const struct expression_value *value, int32_t as_of)
{
    column->open = NULL;
    if (value->text.len > LONGEST || value->reading == EXPRESSION_IS_NUMBER)
        return NULL;
    const struct memo_key key = make_key(value, as_of);
    const size_t place = place_of(&key);
    column->tries++;
    if (same_key(&column->slots[place], &key)) {
        column->hits++;
        return column->parts + place * column->rule_count;
    }
    column->open = &column->slots[place];
    column->key = key;
    return NULL;
}

void score_memo_find(struct score_memo *memo, const struct expression_value *lead, int32_t as_of,
                     struct score_part *parts)
{
    for (size_t i = 0; i < memo->count; i++) {
        struct memo_column *column = &memo->columns[i];
        if (!column->slots)
            continue;
        const struct score_part *found = find(column, &lead[column->column], column->dated ? as_of : 0);
        if (column->tries == TRIES && column->hits < TRIES / 2) {
            forget(column);
            found = NULL;
        }
        for (size_t j = 0; j < column->rule_count; j++) {
            memo->known[column->rules[j]] = found != NULL;
            if (found)
                parts[column->rules[j]] = found[j];
        }
    }
}

void score_memo_keep(struct score_memo *memo, const struct score_part *parts)
{
    for (size_t i = 0; i < memo->count; i++) {
        struct memo_column *column = &memo->columns[i];
        if (!column->open)
            continue;
        struct score_part *place = column->parts + (size_t)(column->open - column->slots) * column->rule_count;
        for (size_t j = 0; j < column->rule_count; j++)
            place[j] = parts[column->rules[j]];
        *column->open = column->key;
        column->open = NULL;
    }
}
