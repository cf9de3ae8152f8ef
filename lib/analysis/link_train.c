/* Training by expectation maximisation over patterns, with the classes of link_model.h. Related pairs agree by chance
 * in what is a person's own (given name, date of birth), and much like matches in what they share. */
#include "analysis/link_train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/workers.h"

#define ROUNDS 500
#define BURN_IN 30 /* rounds in which the names of matches are held, until the classes have found their pairs */
#define TOLERANCE 1e-4
#define PSEUDO_OWN 300.0 /* of what is a person's own, which a short list must not explain away; of other fields: */
#define PSEUDO_PAIRS 4.0 /* what the first values of m count for */
#define LEAST_SHARE 1e-5 /* of m and h */
/* Of the records of one person, the share whose given name is wholly another, not even an initial or a short form.
 * Where nothing but it tells a person from the family this is what decides between them. */
#define OTHER_GIVEN_NAME 0.005

/* First values: most matches agree exactly, some nearly, few not at all. */
static void guess_match(enum link_kind kind, double *levels)
{
    size_t count = link_kind_levels(kind);

    for (size_t l = 2; l + 1 < count; l++)
        levels[l] = 0.2 / (double)(count - 3);
    levels[1] = count > 3 ? 0.08 : 0.15;
    levels[count - 1] = count > 3 ? 0.72 : 0.85;
}

static void guess(enum link_class class, enum link_kind kind, double *levels)
{
    size_t count = link_kind_levels(kind);

    guess_match(kind, levels);
    if (class == LINK_SAME && kind == LINK_FIRST_NAME) {
        levels[count - 1] += levels[1] - OTHER_GIVEN_NAME;
        levels[1] = OTHER_GIVEN_NAME;
    } else if (kind == LINK_FULL_NAME && (class == LINK_FAMILY || class == LINK_MAILBOX)) {
        /* of two words one is equal, and the other by chance */
        for (size_t l = 1; l < count; l++)
            levels[l] = 0.03;
        levels[1] = 0.46;
        levels[2] = levels[3] = 0.25;
        levels[count - 2] = levels[count - 1] = 0.005;
    } else if ((kind == LINK_PHONE || kind == LINK_COMPANY) && (class == LINK_FAMILY || class == LINK_MAILBOX)) {
        levels[1] = 0.6; /* a telephone of one's own */
        levels[count - 1] = 0.2;
    } else if (class == LINK_MOVED && link_class_source(class, kind) == LINK_OF_CLASS) {
        /* what has changed */
        levels[count - 1] = levels[1];
        levels[1] = kind == LINK_COUNTRY ? 0.15 : 0.7;
        levels[count - 1] = 1 - levels[1] - (count > 3 ? 0.2 : 0);
    } else if (kind == LINK_EMAIL && (class == LINK_COLLEAGUES || class == LINK_BRANCHES || class == LINK_MAILBOX)) {
        /* addresses at one domain; one address */
        for (size_t l = 1; l < count; l++)
            levels[l] = 0.01;
        levels[class == LINK_MAILBOX ? count - 1 : 2] = 1 - 0.01 * (double)(count - 2);
    }
}

int link_model_init(struct link_model *model, const struct link_records *records, struct error *err)
{
    *model = (struct link_model){0};
    for (size_t f = 0; f < records->field_count; f++) {
        struct link_model_field *field = &model->fields[f];

        field->kind = records->fields[f].kind;
        field->frequent = true;
        field->name = strdup(records->fields[f].name);
        if (!field->name)
            return error_memory(err);
        model->count++;
    }
    return 0;
}

/* What is counted in a round, by pairs weighted with their probabilities. Classes stand side by side, so that all are
 * added at once; those that fill up a vector stay 0. */
struct sums {
    double pairs[LINK_LANES];
    double levels[LINK_FIELDS][LINK_LEVELS][LINK_LANES];
};

/* The bits that each level speaks for each class. */
static void weigh_levels(const struct link_model *model, double weights[LINK_FIELDS][LINK_LEVELS][LINK_LANES])
{
    memset(weights, 0, LINK_FIELDS * sizeof *weights);
    for (size_t f = 0; f < model->count; f++)
        for (unsigned l = 1; l < LINK_LEVELS; l++)
            for (int c = 0; c < LINK_CLASSES; c++)
                weights[f][l][c] = link_weight(model, c, f, l);
}

#define PARTS 16 /* of many patterns, whatever the number of threads: sums are rounded in one way alone */
#define MANY_PATTERNS 2048

/* Some of the patterns, and what they add up to. */
struct part {
    struct job job;
    size_t begin, end;
    struct sums sums;
};

/* What a round goes by. */
struct expectation {
    const struct link_model *model;
    const struct link_patterns *patterns;
    struct part *parts; /* owned */
    size_t count;
    double weights[LINK_FIELDS][LINK_LEVELS][LINK_LANES];
};

static void add_part(struct job *job, void *context, size_t worker)
{
    struct part *part = (struct part *)job;
    const struct expectation *expectation = context;
    const struct link_model *model = expectation->model;
    const struct link_patterns *patterns = expectation->patterns;
    const double chance = link_chance_rate(model);
    struct sums *sums = &part->sums;

    (void)worker;
    memset(sums, 0, sizeof *sums);
    for (size_t i = part->begin; i < part->end; i++) {
        link_pattern pattern = patterns->items[i].pattern;
        double bits[LINK_LANES] = {0}, likely[LINK_LANES] = {0}, all = chance;

        for (size_t f = 0; f < model->count; f++) {
            const double *of_level = expectation->weights[f][link_pattern_level(pattern, f)];

            for (int c = 0; c < LINK_LANES; c++)
                bits[c] += of_level[c];
        }
        for (int c = 0; c < LINK_CLASSES; c++) {
            likely[c] = model->rates[c] * exp2(bits[c]);
            all += likely[c];
        }
        for (int c = 0; c < LINK_LANES; c++) {
            likely[c] = patterns->items[i].count * likely[c] / all;
            sums->pairs[c] += likely[c];
        }
        for (size_t f = 0; f < model->count; f++) {
            double *of_level = sums->levels[f][link_pattern_level(pattern, f)];

            for (int c = 0; c < LINK_LANES; c++)
                of_level[c] += likely[c];
        }
    }
}

static int expectation_init(struct expectation *expectation, const struct link_model *model,
                            const struct link_patterns *patterns, struct error *err)
{
    const size_t count = patterns->count < MANY_PATTERNS ? 1 : PARTS;

    *expectation = (struct expectation){.model = model, .patterns = patterns, .count = count};
    expectation->parts = calloc(count, sizeof *expectation->parts);
    if (!expectation->parts)
        return error_memory(err);
    for (size_t i = 0; i < count; i++) {
        expectation->parts[i].begin = patterns->count * i / count;
        expectation->parts[i].end = patterns->count * (i + 1) / count;
    }
    return 0;
}

static void add_sums(struct sums *to, const struct sums *more, size_t fields)
{
    for (size_t c = 0; c < LINK_LANES; c++)
        to->pairs[c] += more->pairs[c];
    for (size_t f = 0; f < fields; f++)
        for (size_t l = 0; l < LINK_LEVELS; l++)
            for (size_t c = 0; c < LINK_LANES; c++)
                to->levels[f][l][c] += more->levels[f][l][c];
}

static void expect(struct expectation *expectation, struct workers *workers, struct sums *sums)
{
    weigh_levels(expectation->model, expectation->weights);
    for (size_t i = 0; i < expectation->count; i++)
        workers_submit(workers, &expectation->parts[i].job);
    memset(sums, 0, sizeof *sums);
    for (size_t i = 0; i < expectation->count; i++) {
        workers_wait(workers, &expectation->parts[i].job);
        add_sums(sums, &expectation->parts[i].sums, expectation->model->count);
    }
}

/* New shares of levels, which are first taken for `first`: as much as that many pairs, of `else` alone as `own` pairs.
 * The greatest change. */
static double new_shares(const double sums[LINK_LEVELS], const double *first, double own, size_t levels, double *shares)
{
    double seen[LINK_LEVELS] = {0}, pairs = own, rest = 0, all = 0, change = 0;

    for (size_t l = 1; l < levels; l++) {
        pairs += sums[l];
        seen[l] = sums[l] + PSEUDO_PAIRS * first[l];
        rest += l > LINK_ELSE ? seen[l] : 0;
    }
    seen[LINK_ELSE] = (sums[LINK_ELSE] + own * first[LINK_ELSE]) / pairs;
    for (size_t l = 1; l < levels; l++) {
        seen[l] = fmax(l > LINK_ELSE ? seen[l] / rest * (1 - seen[LINK_ELSE]) : seen[l], LEAST_SHARE);
        all += seen[l];
    }
    for (size_t l = 1; l < levels; l++) {
        change = fmax(change, fabs(seen[l] / all - shares[l]));
        shares[l] = seen[l] / all;
    }
    return change;
}

/* u: chance without what the classes add to it. */
static void new_chances(const struct link_model *model, const struct link_chance *chance, size_t f, double *u)
{
    size_t levels = link_kind_levels(model->fields[f].kind);
    double rest = link_chance_rate(model), all = 0;

    for (size_t l = 1; l < levels; l++) {
        double seen = chance->levels[f][l], without = seen;

        for (int c = 0; c < LINK_CLASSES; c++)
            without -= model->rates[c] * model->fields[f].levels[c][l];
        u[l] = fmax(without / rest, fmax(seen * 0.02, LINK_LEAST_CHANCE));
        all += u[l];
    }
    for (size_t l = 1; l < levels; l++)
        u[l] /= all;
}

/* Levels of a class that do not come from its own pairs. */
static void copy_levels(struct link_model_field *field)
{
    for (int c = 0; c < LINK_CLASSES; c++) {
        enum link_source source = link_class_source(c, field->kind);

        if (source == LINK_OF_SAME)
            memcpy(field->levels[c], field->levels[LINK_SAME], sizeof field->u);
        else if (source == LINK_OF_CHANCE)
            memcpy(field->levels[c], field->u, sizeof field->u);
    }
}

/* What tells people of one family or company apart. */
static bool is_own(enum link_kind kind)
{
    return kind == LINK_FIRST_NAME || kind == LINK_LAST_NAME || kind == LINK_FULL_NAME || kind == LINK_ORGANISATION;
}

/* What a person is given once. */
static bool is_given(enum link_kind kind)
{
    return kind == LINK_DATE || kind == LINK_IDENTIFIER;
}

/* Whether nothing but the name tells people of one family or company apart: no date of birth and no number, or hardly
 * any. Then what names do among matches cannot be learned - two classes of pairs would differ in nothing but their
 * sizes - and is taken for known. */
static bool has_names_alone(const struct link_model *model, const struct link_patterns *patterns)
{
    for (size_t f = 0; f < model->count; f++) {
        double filled = 0;

        if (model->fields[f].kind != LINK_DATE && model->fields[f].kind != LINK_IDENTIFIER)
            continue;
        for (size_t i = 0; i < patterns->count; i++)
            filled += link_pattern_level(patterns->items[i].pattern, f) ? patterns->items[i].count : 0;
        if (filled * 2 > patterns->pairs)
            return false;
    }
    return true;
}

static double maximise(struct link_model *model, const struct link_chance *chance, struct sums *sums, double all_pairs,
                       bool names_alone)
{
    double change = 0, least = 0.5 / all_pairs, first[LINK_LEVELS], seen[LINK_LEVELS];

    for (size_t f = 0; f < model->count; f++) {
        struct link_model_field *field = &model->fields[f];
        size_t levels = link_kind_levels(field->kind);

        for (int c = 0; c < LINK_CLASSES; c++)
            for (size_t l = 1; link_class_source(c, field->kind) == LINK_OF_SAME && l < levels; l++)
                sums->levels[f][l][LINK_SAME] += sums->levels[f][l][c];
        for (int c = 0; c < LINK_CLASSES; c++) {
            if (link_class_source(c, field->kind) != LINK_OF_CLASS ||
                (c == LINK_SAME && is_own(field->kind) && (names_alone || model->iterations < BURN_IN)))
                continue;
            guess(c, field->kind, first);
            for (size_t l = 0; l < LINK_LEVELS; l++)
                seen[l] = sums->levels[f][l][c];
            double moved =
                new_shares(seen, first, is_own(field->kind) || is_given(field->kind) ? PSEUDO_OWN : PSEUDO_PAIRS,
                           levels, field->levels[c]);
            change = c == LINK_SAME ? fmax(change, moved) : change;
        }
        new_chances(model, chance, f, field->u);
        copy_levels(field);
    }
    double before = link_match_rate(model);
    for (int c = 0; c < LINK_CLASSES; c++)
        model->rates[c] = fmin(fmax(sums->pairs[c] / all_pairs, c == LINK_SAME ? least : least * 1e-3), 0.15);
    for (int c = LINK_MATCHES; c < LINK_CLASSES; c++)
        model->rates[c] = fmax(model->rates[c], fmin(chance->related[c], 0.15));
    return fmax(change, fabs(link_match_rate(model) / before - 1) * 0.01);
}

/* What is taken for true at first. */
static void begin(struct link_model *model, const struct link_chance *chance, const struct link_patterns *patterns,
                  double all_pairs)
{
    for (size_t f = 0; f < model->count; f++) {
        struct link_model_field *field = &model->fields[f];

        memcpy(field->u, chance->levels[f], sizeof field->u);
        for (int c = 0; c < LINK_CLASSES; c++)
            guess(c, field->kind, field->levels[c]);
        copy_levels(field);
    }
    for (int c = 0; c < LINK_CLASSES; c++)
        model->rates[c] = fmin(0.01, 0.1 * fmax(patterns->pairs, 1) / all_pairs) * (c == LINK_MOVED ? 0.2 : 1);
    for (int c = LINK_MATCHES; c < LINK_CLASSES; c++)
        model->rates[c] = fmax(model->rates[c], fmin(chance->related[c], 0.15));
}

int link_train(struct link_model *model, const struct link_chance *chance, const struct link_patterns *patterns,
               double all_pairs, size_t threads, struct error *err)
{
    const bool names_alone = has_names_alone(model, patterns);
    struct expectation expectation;
    struct workers *workers;
    struct sums sums;

    if (expectation_init(&expectation, model, patterns, err))
        return -1;
    if (workers_new(&workers, threads, add_part, &expectation, err)) {
        free(expectation.parts);
        return -1;
    }
    all_pairs = fmax(all_pairs, 1); /* of one record there are none */
    begin(model, chance, patterns, all_pairs);
    model->converged = false;
    for (model->iterations = 0; model->iterations < ROUNDS && !model->converged; model->iterations++) {
        expect(&expectation, workers, &sums);
        bool settled = maximise(model, chance, &sums, all_pairs, names_alone) < TOLERANCE;

        model->converged = settled && model->iterations >= BURN_IN; /* names are not learned before */
    }
    workers_free(workers);
    free(expectation.parts);
    return 0;
}
