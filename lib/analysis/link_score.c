/* Scoring: weights by class, and what follows of them. */
#include "analysis/link_score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/link_prior.h"
#include "base/memory.h"

#define FEW 64 /* records that have a value: most values are of so few, and their logarithms are worked out once */

/* rarity: by value. u, prior: how often two values agree by chance, as learned and as known before. */
static void find_rarities(const struct link_field *field, double u, double prior, float *rarity)
{
    float few[FEW] = {0};

    for (size_t id = 1; id <= field->values->table.count; id++) {
        uint32_t count = field->counts[id];

        if (count && count < FEW && few[count] != 0) {
            rarity[id] = few[count];
        } else if (count) {
            double share = ((double)count + LINK_PRIOR_RECORDS * prior) / ((double)field->filled + LINK_PRIOR_RECORDS);
            rarity[id] = (float)(log2(u) - log2(share));
            if (count < FEW)
                few[count] = rarity[id];
        }
    }
}

int link_scorer_init(struct link_scorer *scorer, const struct link_records *records, const struct link_model *model,
                     struct error *err)
{
    *scorer = (struct link_scorer){.records = records, .model = model};
    for (size_t f = 0; f < model->count; f++) {
        const struct link_field *field = &records->fields[f];
        size_t levels = link_kind_levels(field->kind);
        double prior[LINK_LEVELS];

        for (unsigned l = 1; l < levels; l++) {
            for (int c = 0; c < LINK_CLASSES; c++)
                scorer->weights[f][l][c] = (float)link_weight(model, c, f, l);
        }
        for (int c = 0; c < LINK_CLASSES; c++)
            scorer->rare[f][c] = link_class_source(c, field->kind) == LINK_OF_CHANCE ? 0 : 1;
        scorer->rarity[f] = memory_large_zeroed(field->values->table.count + 1, sizeof **scorer->rarity);
        if (!scorer->rarity[f])
            return error_memory(err);
        link_prior_chance(field->kind, prior);
        double u = fmax(model->fields[f].u[levels - 1], LINK_LEAST_CHANCE);
        if (model->fields[f].frequent)
            find_rarities(field, u, prior[field->exact], scorer->rarity[f]);
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
    float sums[LINK_LANES] = {0}; /* nothing else can point here, so that they are added side by side */

    for (size_t f = 0; f < scorer->model->count; f++) {
        unsigned level = link_pattern_level(pattern, f);
        const float *of_level = scorer->weights[f][level], *rare = scorer->rare[f];
        float rarity = level == scorer->records->fields[f].exact ? scorer->rarity[f][agreed[f]] : 0;

        for (int c = 0; c < LINK_LANES; c++)
            sums[c] += of_level[c] + rare[c] * rarity;
    }
    memcpy(weights, sums, sizeof sums);
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
