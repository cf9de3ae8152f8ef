/* Evaluation. No list of pairs is made: what two groupings of rows have in common is counted cell by cell, a cell being
 * the rows of one entity in one cluster, and each cell knows how many of its rows are of the first list and how many of
 * the second. The rows of an entity stand together, so that a cell is found by counting its rows by cluster. */
#include "analysis/link_truth.h"

#include <math.h>
#include <stdlib.h>

#include "base/group.h"

/* Rows of a group, by list. */
struct sides {
    uint32_t first;
    uint32_t second;
};

static uint64_t pairs_of(enum link_mode mode, struct sides sides)
{
    uint64_t first = sides.first, second = sides.second;

    return first * second + (mode == LINK_ACROSS || second == 0 ? 0 : second * (second - 1) / 2);
}

/* The rows that a row of the group sees: itself, and those that it may be paired with. */
static double seen_by(enum link_mode mode, struct sides sides, bool of_first)
{
    if (of_first)
        return 1 + (double)sides.second;
    return mode == LINK_ACROSS ? 1 + (double)sides.first : (double)sides.first + (double)sides.second;
}

static void count_row(const struct link_truth *truth, uint32_t row, struct sides *sides)
{
    if (row < truth->split)
        sides->first++;
    else
        sides->second++;
}

/* Of entity e, from 0. */
static struct sides entity_sides(const struct link_truth *truth, size_t e)
{
    struct sides sides = {0, 0};

    for (size_t i = truth->starts[e]; i < truth->starts[e + 1]; i++)
        count_row(truth, truth->rows[i], &sides);
    return sides;
}

/* Sorts the rows by their numbers. */
static int gather_entities(struct link_truth *truth, struct error *err)
{
    truth->starts = calloc(truth->entities + 2, sizeof *truth->starts);
    truth->rows = malloc((truth->known + 1) * sizeof *truth->rows);
    if (!truth->starts || !truth->rows) {
        link_truth_fini(truth);
        return error_memory(err);
    }
    for (size_t row = 0; row < truth->count; row++)
        if (truth->number[row])
            truth->starts[truth->number[row] + 1]++;
    for (size_t e = 1; e <= truth->entities; e++)
        truth->starts[e + 1] += truth->starts[e];
    for (size_t row = 0; row < truth->count; row++)
        if (truth->number[row])
            truth->rows[truth->starts[truth->number[row]]++] = (uint32_t)row;
    for (size_t e = 0; e < truth->entities; e++)
        truth->pairs += pairs_of(truth->mode, entity_sides(truth, e));
    return 0;
}

/* Room for the numbers of `count` rows. */
static int begin_truth(struct link_truth *truth, size_t count, enum link_mode mode, size_t split, struct error *err)
{
    *truth = (struct link_truth){.number = malloc((count + 1) * sizeof *truth->number),
                                 .count = count,
                                 .mode = mode,
                                 .split = mode == LINK_WITHIN ? 0 : split};
    return truth->number ? 0 : error_memory(err);
}

static void set_number(struct link_truth *truth, size_t row, uint32_t number)
{
    truth->number[row] = number;
    truth->known += number != 0;
    if (number > truth->entities)
        truth->entities = number;
}

int link_truth_init(struct link_truth *truth, const uint32_t *numbers, size_t count, enum link_mode mode, size_t split,
                    struct error *err)
{
    if (begin_truth(truth, count, mode, split, err))
        return -1;
    for (size_t row = 0; row < count; row++)
        set_number(truth, row, numbers[row]);
    return gather_entities(truth, err);
}

int link_truth_read(struct link_truth *truth, const struct kept *kept, size_t column, enum link_mode mode, size_t split,
                    struct error *err)
{
    struct field *fields = malloc((kept->columns + 1) * sizeof *fields);
    struct group_table values;
    bool failed = begin_truth(truth, kept->count, mode, split, err) || !fields;

    group_init(&values, 0);
    for (size_t row = 0; row < kept->count && !failed; row++) {
        struct slice text;
        bool added;

        kept_fields(kept, row, fields);
        text = slice_trim(fields[column].text);
        const void *state = text.len ? group_get(&values, text, &added) : NULL;
        failed = text.len && !state;
        set_number(truth, row, state ? (uint32_t)group_index(state) + 1 : 0);
    }
    group_fini(&values);
    free(fields);
    if (failed) {
        link_truth_fini(truth);
        return error_memory(err);
    }
    return gather_entities(truth, err);
}

void link_truth_fini(struct link_truth *truth)
{
    free(truth->number);
    free(truth->rows);
    free(truth->starts);
    *truth = (struct link_truth){0};
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : (double)NAN;
}

double link_precision(const struct link_confusion *confusion)
{
    double right = (double)confusion->true_positive;

    return share(right, right + (double)confusion->false_positive);
}

double link_recall(const struct link_confusion *confusion)
{
    double right = (double)confusion->true_positive;

    return share(right, right + (double)confusion->false_negative);
}

double link_f1(const struct link_confusion *confusion)
{
    double right = 2 * (double)confusion->true_positive;

    return share(right, right + (double)confusion->false_positive + (double)confusion->false_negative);
}

/* Sums over cells. */
struct overlap {
    uint64_t pairs;
    double precision, recall; /* of B-cubed */
};

static void add_cell(struct overlap *overlap, enum link_mode mode, struct sides cell, struct sides cluster,
                     struct sides entity)
{
    overlap->pairs += pairs_of(mode, cell);
    for (int first = 0; first < 2; first++) {
        double rows = first ? (double)cell.first : (double)cell.second;

        if (rows == 0)
            continue;
        overlap->precision += rows * seen_by(mode, cell, first) / seen_by(mode, cluster, first);
        overlap->recall += rows * seen_by(mode, cell, first) / seen_by(mode, entity, first);
    }
}

/* here: by cluster, all zero, and left so. */
static void add_entity(struct overlap *overlap, const struct link_truth *truth, size_t e, const uint32_t *cluster,
                       const struct sides *sizes, struct sides *here)
{
    const uint32_t *rows = truth->rows + truth->starts[e];
    size_t count = truth->starts[e + 1] - truth->starts[e];
    struct sides entity = entity_sides(truth, e);

    for (size_t i = 0; i < count; i++)
        count_row(truth, rows[i], &here[cluster[rows[i]]]);
    for (size_t i = 0; i < count; i++) {
        uint32_t c = cluster[rows[i]];

        add_cell(overlap, truth->mode, here[c], sizes[c], entity);
        here[c] = (struct sides){0, 0};
    }
}

int link_evaluate_clusters(struct link_evaluation *evaluation, const struct link_truth *truth, const uint32_t *cluster,
                           size_t clusters, double threshold, struct error *err)
{
    struct sides *sizes = calloc(clusters + 1, sizeof *sizes), *here = calloc(clusters + 1, sizeof *here);
    struct overlap overlap = {0};
    uint64_t together = 0;
    double precision, recall;

    if (!sizes || !here) {
        free(sizes);
        free(here);
        return error_memory(err);
    }
    for (size_t i = 0; i < truth->known; i++)
        count_row(truth, truth->rows[i], &sizes[cluster[truth->rows[i]]]);
    for (size_t c = 0; c < clusters; c++)
        together += pairs_of(truth->mode, sizes[c]);
    for (size_t e = 0; e < truth->entities; e++)
        add_entity(&overlap, truth, e, cluster, sizes, here);
    free(sizes);
    free(here);
    precision = share(overlap.precision, (double)truth->known);
    recall = share(overlap.recall, (double)truth->known);
    evaluation->has_clusters = true;
    evaluation->threshold = threshold;
    evaluation->clusters =
        (struct link_confusion){overlap.pairs, together - overlap.pairs, truth->pairs - overlap.pairs};
    evaluation->cubed_precision = precision;
    evaluation->cubed_recall = recall;
    evaluation->cubed_f1 = share(2 * precision * recall, precision + recall);
    return 0;
}

/* The pair of an entity with number q < pairs_of(): first those of both lists, then those within the second. */
static struct link_pair entity_pair(const struct link_truth *truth, size_t e, struct sides sides, uint64_t q)
{
    const uint32_t *first = truth->rows + truth->starts[e], *second = first + sides.first;
    uint64_t both = (uint64_t)sides.first * sides.second, k;

    if (q < both)
        return (struct link_pair){first[q / sides.second], second[q % sides.second]};
    q -= both;
    /* the largest k with k (k - 1) / 2 <= q; the root is rounded and may be one off */
    k = (uint64_t)((1 + sqrt(1 + 8 * (double)q)) / 2);
    while (k * (k - 1) / 2 > q)
        k--;
    while ((k + 1) * k / 2 <= q)
        k++;
    return (struct link_pair){second[q - k * (k - 1) / 2], second[k]};
}

/* part / parts of all, rounded down. part <= parts. */
static uint64_t part_of(uint64_t all, uint64_t part, uint64_t parts)
{
    return (uint64_t)((unsigned __int128)all * part / parts);
}

void link_evaluate_blocking(struct link_evaluation *evaluation, const struct link_truth *truth,
                            const struct link_index *index, uint64_t most)
{
    uint64_t asked = truth->pairs < most ? truth->pairs : most, found = 0, random = 1;
    uint64_t before = 0, here = 0; /* pairs of the entities before e, and of e */
    struct sides sides = {0, 0};
    size_t e = 0;

    for (uint64_t i = 0; i < asked; i++) {
        uint64_t from = part_of(truth->pairs, i, asked), to = part_of(truth->pairs, i + 1, asked);
        uint64_t q = from + link_random(&random) % (to - from);

        while (q - before >= here) {
            before += here;
            sides = entity_sides(truth, e++);
            here = pairs_of(truth->mode, sides);
        }
        struct link_pair pair = entity_pair(truth, e - 1, sides, q - before);
        found += link_index_has(index, pair.a, pair.b);
    }
    evaluation->has_blocking = true;
    evaluation->blocking = (struct link_confusion){found, 0, asked - found};
}

static const double thresholds[LINK_CUTS] = {.01, .05, .1, .2, .3, .5, .7, .8, .9, .95, .99, .999};

/* Pairs of a stretch of probabilities. */
struct stretch {
    uint64_t matches;
    uint64_t others;
    double sum; /* of their probabilities */
};

static void add_pair(struct stretch *stretch, bool match, double p)
{
    stretch->matches += match;
    stretch->others += !match;
    stretch->sum += p;
}

static void set_cuts(struct link_evaluation *evaluation, uint64_t true_pairs, const struct stretch *stretches,
                     double least)
{
    struct stretch above = {0};
    struct link_cut cuts[LINK_CUTS];

    for (size_t t = LINK_CUTS; t-- > 0;) {
        above.matches += stretches[t].matches;
        above.others += stretches[t].others;
        above.sum += stretches[t].sum;
        cuts[t] = (struct link_cut){thresholds[t],
                                    share(above.sum, (double)(above.matches + above.others)),
                                    {above.matches, above.others, true_pairs - above.matches}};
    }
    evaluation->cut_count = 0;
    for (size_t t = 0; t < LINK_CUTS; t++)
        if (thresholds[t] >= least)
            evaluation->cuts[evaluation->cut_count++] = cuts[t];
}

void link_evaluate_edges(struct link_evaluation *evaluation, const struct link_truth *truth,
                         const struct link_edges *edges, const struct link_model *model, double least)
{
    struct stretch stretches[LINK_CUTS] = {0}, tenths[LINK_TENTHS] = {0};

    for (size_t i = 0; i < edges->count; i++) {
        const struct link_edge *edge = &edges->items[i];
        uint32_t a = truth->number[edge->a], b = truth->number[edge->b];
        double p = link_probability(model, edge->score);
        size_t cut = LINK_CUTS, tenth = p >= 1 ? LINK_TENTHS - 1 : p > 0 ? (size_t)(p * LINK_TENTHS) : 0;

        if (!a || !b || isnan(p)) /* a model without rates knows nothing */
            continue;
        while (cut > 0 && !(p >= thresholds[cut - 1]))
            cut--;
        if (cut)
            add_pair(&stretches[cut - 1], a == b, p);
        add_pair(&tenths[tenth], a == b, p);
    }
    evaluation->has_scored = true;
    set_cuts(evaluation, truth->pairs, stretches, least);
    for (size_t i = 0; i < LINK_TENTHS; i++)
        evaluation->tenths[i] = (struct link_tenth){
            share(tenths[i].sum, (double)(tenths[i].matches + tenths[i].others)), tenths[i].matches, tenths[i].others};
}
