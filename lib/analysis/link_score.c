/* Scoring. Most comparisons of two different values have been made before (there are few first names), so levels are
 * remembered in a small table that forgets by overwriting: each entry holds both numbers and the level in 64 bits. */
#include "analysis/link_score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/link_compare.h"
#include "analysis/link_prior.h"
#include "base/memory.h"

#define MEMORY_BITS 14
#define MEMORY_SIZE ((size_t)1 << MEMORY_BITS)
#define ID_BITS 30

/* The first field of each kind that levels depend on beside their own values; LINK_FIELDS: none. */
static void find_related(struct link_comparer *comparer, const struct link_records *records)
{
    comparer->first_name = comparer->last_name = comparer->email = LINK_FIELDS;
    for (size_t f = records->field_count; f-- > 0;) {
        enum link_kind kind = records->fields[f].kind;

        if (kind == LINK_FIRST_NAME)
            comparer->first_name = f;
        else if (kind == LINK_LAST_NAME || kind == LINK_FULL_NAME)
            comparer->last_name = f;
        else if (kind == LINK_EMAIL)
            comparer->email = f;
    }
}

int link_comparer_init(struct link_comparer *comparer, const struct link_records *records, struct error *err)
{
    *comparer = (struct link_comparer){.records = records};
    find_related(comparer, records);
    for (size_t f = 0; f < records->field_count; f++) {
        const struct link_field *field = &records->fields[f];

        /* pairs of e-mail addresses hardly come again */
        if (field->values->table.count > field->filled / 2)
            continue;
        comparer->memory[f] = calloc(MEMORY_SIZE, sizeof **comparer->memory);
        if (!comparer->memory[f])
            return error_memory(err);
    }
    return 0;
}

void link_comparer_fini(struct link_comparer *comparer)
{
    for (size_t f = 0; f < LINK_FIELDS; f++)
        free(comparer->memory[f]);
    *comparer = (struct link_comparer){0};
}

/* Both numbers, the smaller one below. */
static uint64_t memory_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)b << ID_BITS | a : (uint64_t)a << ID_BITS | b;
}

/* Where the level of a pair of values is remembered; the entry may be of another pair. */
static uint64_t *memory_entry(const struct link_comparer *comparer, size_t f, uint64_t key)
{
    return &comparer->memory[f][key * 0x9e3779b97f4a7c15u >> (64 - MEMORY_BITS)];
}

/* The level of two different values. */
static unsigned level_of(struct link_comparer *comparer, size_t f, uint32_t a, uint32_t b)
{
    const struct link_field *field = &comparer->records->fields[f];
    uint32_t low = a < b ? a : b, high = a < b ? b : a;

    if (field->kind == LINK_CATEGORY || field->kind == LINK_COUNTRY)
        return LINK_ELSE;
    if (!comparer->memory[f] || high >> ID_BITS)
        return link_compare_values(field->values, field->kind, low, high);
    uint64_t key = memory_key(a, b), *entry = memory_entry(comparer, f, key);
    if (*entry >> 4 != key)
        *entry = key << 4 | link_compare_values(field->values, field->kind, low, high);
    return (unsigned)*entry & 15;
}

/* The best level of the columns of one field. */
static unsigned field_level(struct link_comparer *comparer, size_t f, const uint32_t *a, const uint32_t *b,
                            uint32_t *agreed)
{
    const struct link_field *field = &comparer->records->fields[f];
    unsigned best = LINK_MISSING;

    if (field->slots == 1) {
        uint32_t ida = a[field->first], idb = b[field->first];

        *agreed = ida;
        return !ida || !idb ? LINK_MISSING : ida == idb ? field->exact : level_of(comparer, f, ida, idb);
    }
    for (size_t i = 0; i < field->slots; i++)
        for (size_t k = 0; k < field->slots; k++) {
            uint32_t ida = a[field->first + i], idb = b[field->first + k];

            if (!ida || !idb)
                continue;
            if (ida == idb) {
                /* of several values agreed on, the rarest tells */
                if (best != field->exact || field->counts[ida] < field->counts[*agreed])
                    *agreed = ida;
                best = field->exact;
            } else if (best < field->exact) {
                unsigned level = level_of(comparer, f, ida, idb);
                best = level > best ? level : best;
            }
        }
    return best;
}

/* First and last name in each other's column. */
static bool names_swapped(const struct link_comparer *comparer, const uint32_t *a, const uint32_t *b)
{
    const struct link_field *fields = comparer->records->fields;

    if (comparer->first_name == LINK_FIELDS || comparer->last_name == LINK_FIELDS ||
        fields[comparer->last_name].kind != LINK_LAST_NAME)
        return false;
    size_t f = fields[comparer->first_name].first, l = fields[comparer->last_name].first;
    return a[f] && a[l] && a[f] == b[l] && a[l] == b[f];
}

/* Whether either name is at least similar. */
static bool names_agree(link_pattern pattern, size_t first, size_t last)
{
    return (first < LINK_FIELDS && link_pattern_level(pattern, first) > LINK_ELSE) ||
           (last < LINK_FIELDS && link_pattern_level(pattern, last) > LINK_ELSE);
}

/* Of e-mail addresses: the part before the @ is equal or alike, and that is all. */
static bool is_user_level(unsigned level)
{
    return level == LINK_EMAIL_USER_LIKE || level == LINK_EMAIL_USER;
}

/* What several fields together say of the levels that each has by itself. */
static link_pattern settle_levels(const struct link_comparer *comparer, link_pattern pattern, size_t a, size_t b)
{
    const struct link_records *records = comparer->records;
    size_t first = comparer->first_name, last = comparer->last_name, email = comparer->email;

    if (names_swapped(comparer, link_row(records, a), link_row(records, b)) &&
        link_pattern_level(pattern, first) < LINK_NAME_SWAPPED) {
        pattern &= ~((link_pattern)15 << (4 * first) | (link_pattern)15 << (4 * last));
        pattern |= (link_pattern)LINK_NAME_SWAPPED << (4 * first);
    }
    if (email < LINK_FIELDS && records->named_users && names_agree(pattern, first, last) &&
        is_user_level(link_pattern_level(pattern, email)) && records->named_users[a] && records->named_users[b])
        pattern &= ~((link_pattern)15 << (4 * email));
    return pattern;
}

link_pattern link_compare_rows(struct link_comparer *comparer, size_t a, size_t b, uint32_t agreed[LINK_FIELDS])
{
    const struct link_records *records = comparer->records;
    const uint32_t *row_a = link_row(records, a), *row_b = link_row(records, b);
    link_pattern pattern = 0;

    for (size_t f = 0; f < records->field_count; f++)
        pattern |= (link_pattern)field_level(comparer, f, row_a, row_b, &agreed[f]) << (4 * f);
    return settle_levels(comparer, pattern, a, b);
}

/* A function that only prefetches has no effect that gcc 12 knows of: calls of it are left out unless it is inlined. */
#define FETCHING static inline __attribute__((always_inline)) void

FETCHING fetch_row(const struct link_records *records, size_t row)
{
    const uint32_t *ids = link_row(records, row);

    __builtin_prefetch(ids);
    __builtin_prefetch(ids + records->width - 1);
}

FETCHING fetch_item(const struct link_values *values, uint32_t id)
{
    const char *item = (const char *)&values->items[id - 1];

    __builtin_prefetch(item);
    __builtin_prefetch(item + sizeof *values->items - 1);
}

/* Whether two values will be compared, by reading more than their numbers. */
static bool is_compared(const struct link_field *field, uint32_t a, uint32_t b)
{
    return a && b && a != b && field->kind != LINK_CATEGORY && field->kind != LINK_COUNTRY;
}

/* Whether the level of two values is remembered now. */
static bool is_remembered(const struct link_comparer *comparer, size_t f, uint32_t a, uint32_t b)
{
    uint64_t key = memory_key(a, b);

    return comparer->memory[f] && *memory_entry(comparer, f, key) >> 4 == key;
}

/* What the comparison of two different values reads first, second and third. */
enum step { ENTRIES, ITEMS, TEXTS };

FETCHING fetch_values(const struct link_comparer *comparer, size_t f, uint32_t a, uint32_t b, enum step step)
{
    const struct link_values *values = comparer->records->fields[f].values;

    if (step == ENTRIES) {
        if (comparer->memory[f])
            __builtin_prefetch(memory_entry(comparer, f, memory_key(a, b)));
    } else if (is_remembered(comparer, f, a, b)) {
        return;
    } else if (step == ITEMS) {
        fetch_item(values, a);
        fetch_item(values, b);
    } else if (values->words_of) {
        __builtin_prefetch(values->words_of + link_value(values, a)->words.first);
        __builtin_prefetch(values->words_of + link_value(values, b)->words.first);
    } else {
        __builtin_prefetch(link_value_text(values, a).ptr);
        __builtin_prefetch(link_value_text(values, b).ptr);
    }
}

FETCHING fetch_pair(const struct link_comparer *comparer, struct link_pair pair, enum step step)
{
    const struct link_records *records = comparer->records;
    const uint32_t *a = link_row(records, pair.a), *b = link_row(records, pair.b);

    for (size_t f = 0; f < records->field_count; f++) {
        const struct link_field *field = &records->fields[f];

        if (is_compared(field, a[field->first], b[field->first]))
            fetch_values(comparer, f, a[field->first], b[field->first], step);
    }
}

enum { ROWS_AHEAD = 16, ENTRIES_AHEAD = 12, ITEMS_AHEAD = 8, TEXTS_AHEAD = 4 }; /* pairs */

void link_compare_ahead(const struct link_comparer *comparer, const struct link_pair *pairs, size_t count, size_t next)
{
    for (size_t i = next ? next + ROWS_AHEAD : 0; i <= next + ROWS_AHEAD && i < count; i++) {
        fetch_row(comparer->records, pairs[i].a);
        fetch_row(comparer->records, pairs[i].b);
    }
    for (size_t i = next ? next + ENTRIES_AHEAD : 0; i <= next + ENTRIES_AHEAD && i < count; i++)
        fetch_pair(comparer, pairs[i], ENTRIES);
    for (size_t i = next ? next + ITEMS_AHEAD : 0; i <= next + ITEMS_AHEAD && i < count; i++)
        fetch_pair(comparer, pairs[i], ITEMS);
    for (size_t i = next ? next + TEXTS_AHEAD : 0; i <= next + TEXTS_AHEAD && i < count; i++)
        fetch_pair(comparer, pairs[i], TEXTS);
}

int link_scorer_init(struct link_scorer *scorer, const struct link_records *records, const struct link_model *model,
                     struct error *err)
{
    *scorer = (struct link_scorer){.records = records, .model = model};
    for (size_t f = 0; f < model->count; f++) {
        const struct link_field *field = &records->fields[f];
        size_t levels = link_kind_levels(field->kind), values = field->values->table.count;
        double prior[LINK_LEVELS];

        for (unsigned l = 1; l < levels; l++) {
            for (int c = 0; c < LINK_CLASSES; c++)
                scorer->weights[f][l][c] = (float)link_weight(model, c, f, l);
        }
        for (int c = 0; c < LINK_CLASSES; c++)
            scorer->rare[f][c] = link_class_source(c, field->kind) == LINK_OF_CHANCE ? 0 : 1;
        scorer->rarity[f] = memory_large_zeroed(values + 1, sizeof **scorer->rarity);
        if (!scorer->rarity[f])
            return error_memory(err);
        link_prior_chance(field->kind, prior);
        for (size_t id = 1; id <= values && model->fields[f].frequent; id++) {
            double share = ((double)field->counts[id] + LINK_PRIOR_RECORDS * prior[field->exact]) /
                           ((double)field->filled + LINK_PRIOR_RECORDS);

            if (field->counts[id])
                scorer->rarity[f][id] =
                    (float)(log2(fmax(model->fields[f].u[levels - 1], LINK_LEAST_CHANCE)) - log2(share));
        }
    }
    return 0;
}

void link_scorer_fini(struct link_scorer *scorer)
{
    for (size_t f = 0; f < LINK_FIELDS; f++)
        free(scorer->rarity[f]);
    *scorer = (struct link_scorer){0};
}

double link_field_weight(const struct link_scorer *scorer, enum link_class class, size_t f, link_pattern pattern,
                         const uint32_t agreed[LINK_FIELDS])
{
    unsigned level = link_pattern_level(pattern, f);
    double weight = (double)scorer->weights[f][level][class];

    if (level == scorer->records->fields[f].exact)
        weight += (double)(scorer->rarity[f][agreed[f]] * scorer->rare[f][class]);
    return weight;
}

/* The weights of a pair in each class. */
static void weigh(const struct link_scorer *scorer, link_pattern pattern, const uint32_t agreed[LINK_FIELDS],
                  float weights[LINK_LANES])
{
    memset(weights, 0, LINK_LANES * sizeof *weights);
    for (size_t f = 0; f < scorer->model->count; f++) {
        unsigned level = link_pattern_level(pattern, f);
        const float *of_level = scorer->weights[f][level], *rare = scorer->rare[f];
        float rarity = level == scorer->records->fields[f].exact ? scorer->rarity[f][agreed[f]] : 0;

        for (int c = 0; c < LINK_LANES; c++)
            weights[c] += of_level[c] + rare[c] * rarity;
    }
}

enum link_class link_match_class(const struct link_scorer *scorer, link_pattern pattern,
                                 const uint32_t agreed[LINK_FIELDS])
{
    const double *rates = scorer->model->rates;
    float weights[LINK_LANES];

    weigh(scorer, pattern, agreed, weights);
    return rates[LINK_MOVED] * exp2((double)weights[LINK_MOVED]) > rates[LINK_SAME] * exp2((double)weights[LINK_SAME])
               ? LINK_MOVED
               : LINK_SAME;
}

#define NEVER 30.0 /* bits below the prior: nothing comes of such a pair */

static struct link_score score_of(const struct link_scorer *scorer, const float weights[LINK_LANES])
{
    const double *rates = scorer->model->rates;
    float best = fmaxf(weights[LINK_SAME], weights[LINK_MOVED]);
    double match = 0, related = 0;

    if ((double)best < -NEVER)
        return (struct link_score){best, 0};
    for (int c = 0; c < LINK_CLASSES; c++) {
        double likely = rates[c] * exp2((double)weights[c]);

        if (c < LINK_MATCHES)
            match += likely;
        else
            related += likely;
    }
    return (struct link_score){(float)log2(match / link_match_rate(scorer->model)), (float)log2(related)};
}

struct link_score link_score_pattern(const struct link_scorer *scorer, link_pattern pattern,
                                     const uint32_t agreed[LINK_FIELDS])
{
    float weights[LINK_LANES];

    weigh(scorer, pattern, agreed, weights);
    return score_of(scorer, weights);
}

#define ROUNDING 0.01 /* bits; more than all errors of weights, which are in single precision */

float link_score_limit(const struct link_scorer *scorer, double least)
{
    /* P < match / chance, where match is at most its rate times two to the greater weight */
    return (float)(log2(least * link_chance_rate(scorer->model) / link_match_rate(scorer->model)) - ROUNDING);
}

bool link_score_above(const struct link_scorer *scorer, link_pattern pattern, const uint32_t agreed[LINK_FIELDS],
                      float limit, struct link_score *score)
{
    float weights[LINK_LANES];

    weigh(scorer, pattern, agreed, weights);
    if (fmaxf(weights[LINK_SAME], weights[LINK_MOVED]) < limit)
        return false;
    *score = score_of(scorer, weights);
    return true;
}

double link_probability(const struct link_model *model, struct link_score score)
{
    double match = link_match_rate(model) * exp2((double)score.weight);

    return match / (match + exp2((double)score.related) + link_chance_rate(model));
}
