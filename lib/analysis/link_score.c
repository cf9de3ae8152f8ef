/* Scoring. Most comparisons of two different values have been made before (there are few first names), so levels are
 * remembered in a small table that forgets by overwriting: each entry holds both numbers and the level in 64 bits. */
#include "analysis/link_score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/link_compare.h"
#include "analysis/link_prior.h"

#define MEMORY_BITS 14
#define MEMORY_SIZE ((size_t)1 << MEMORY_BITS)
#define ID_BITS 30

int link_comparer_init(struct link_comparer *comparer, const struct link_records *records, struct error *err)
{
    *comparer = (struct link_comparer){.records = records};
    for (size_t f = 0; f < records->field_count; f++) {
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

/* The level of two different values. */
static unsigned level_of(struct link_comparer *comparer, size_t f, uint32_t a, uint32_t b)
{
    const struct link_field *field = &comparer->records->fields[f];
    uint32_t low = a < b ? a : b, high = a < b ? b : a;

    if (field->kind == LINK_CATEGORY || field->kind == LINK_COUNTRY)
        return LINK_ELSE;
    if (high >> ID_BITS)
        return link_compare_values(field->values, field->kind, low, high);
    uint64_t key = (uint64_t)high << ID_BITS | low;
    uint64_t *entry = &comparer->memory[f][key * 0x9e3779b97f4a7c15u >> (64 - MEMORY_BITS)];
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
static bool names_swapped(const struct link_records *records, size_t first, size_t last, const uint32_t *a,
                          const uint32_t *b)
{
    size_t f = records->fields[first].first, l = records->fields[last].first;

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

link_pattern link_compare_rows(struct link_comparer *comparer, size_t a, size_t b, uint32_t agreed[LINK_FIELDS])
{
    const struct link_records *records = comparer->records;
    const uint32_t *row_a = link_row(records, a), *row_b = link_row(records, b);
    size_t first = LINK_FIELDS, last = LINK_FIELDS, email = LINK_FIELDS;
    link_pattern pattern = 0;

    for (size_t f = 0; f < records->field_count; f++) {
        unsigned level = field_level(comparer, f, row_a, row_b, &agreed[f]);

        if (records->fields[f].kind == LINK_FIRST_NAME && first == LINK_FIELDS)
            first = f;
        if ((records->fields[f].kind == LINK_LAST_NAME || records->fields[f].kind == LINK_FULL_NAME) &&
            last == LINK_FIELDS)
            last = f;
        if (records->fields[f].kind == LINK_EMAIL && email == LINK_FIELDS)
            email = f;
        pattern |= (link_pattern)level << (4 * f);
    }
    if (first < LINK_FIELDS && last < LINK_FIELDS && records->fields[last].kind == LINK_LAST_NAME &&
        link_pattern_level(pattern, first) < LINK_NAME_SWAPPED && names_swapped(records, first, last, row_a, row_b)) {
        pattern &= ~((link_pattern)15 << (4 * first) | (link_pattern)15 << (4 * last));
        pattern |= (link_pattern)LINK_NAME_SWAPPED << (4 * first);
    }
    if (email < LINK_FIELDS && records->named_users && names_agree(pattern, first, last) &&
        is_user_level(link_pattern_level(pattern, email)) && records->named_users[a] && records->named_users[b])
        pattern &= ~((link_pattern)15 << (4 * email));
    return pattern;
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
        scorer->rarity[f] = calloc(values + 1, sizeof **scorer->rarity);
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

struct link_score link_score_pattern(const struct link_scorer *scorer, link_pattern pattern,
                                     const uint32_t agreed[LINK_FIELDS])
{
    const double *rates = scorer->model->rates;
    float weights[LINK_LANES];
    double match = 0, related = 0;

    weigh(scorer, pattern, agreed, weights);
    float best = fmaxf(weights[LINK_SAME], weights[LINK_MOVED]);
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

double link_probability(const struct link_model *model, struct link_score score)
{
    double match = link_match_rate(model) * exp2((double)score.weight);

    return match / (match + exp2((double)score.related) + link_chance_rate(model));
}
