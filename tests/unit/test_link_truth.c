/* Evaluation of a linkage: against the definitions taken literally, pair by pair, and against published examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analysis/link_plan.h"
#include "analysis/link_truth.h"
#include "folder.h"

/* Under the address sanitizer a failed allocation ends the process, unless it is told otherwise. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

#define TOO_MUCH ((size_t)1 << 60) /* bytes */
#define MOST 48
#define NEAR 1e-12

static bool may_pair(enum link_mode mode, size_t split, size_t a, size_t b)
{
    if (mode == LINK_ACROSS)
        return (a < split) != (b < split);
    return mode == LINK_WITHIN || a >= split || b >= split;
}

static void assert_confusion(const struct link_confusion *found, uint64_t tp, uint64_t fp, uint64_t fn)
{
    assert_int_equal(found->true_positive, tp);
    assert_int_equal(found->false_positive, fp);
    assert_int_equal(found->false_negative, fn);
}

static void assert_same(double found, double expected)
{
    if (isnan(expected))
        assert_true(isnan(found));
    else
        assert_true(fabs(found - expected) < NEAR);
}

/* Rows with clusters and entities drawn by chance. */
struct scene {
    size_t count, split, clusters;
    enum link_mode mode;
    uint32_t number[MOST], cluster[MOST];
};

static void draw(struct scene *scene, uint64_t *random)
{
    size_t entities = 1 + link_random(random) % 12;

    scene->count = link_random(random) % (MOST + 1);
    scene->split = link_random(random) % (scene->count + 1);
    scene->mode = (enum link_mode)(link_random(random) % 3);
    scene->clusters = 1 + link_random(random) % 15;
    for (size_t row = 0; row < scene->count; row++) {
        scene->number[row] = (uint32_t)(link_random(random) % (entities + 1));
        /* half of the rows are where they should be */
        scene->cluster[row] =
            (uint32_t)((link_random(random) & 1 ? scene->number[row] : link_random(random)) % scene->clusters);
    }
}

static void init_truth(struct link_truth *truth, const struct scene *scene)
{
    struct error err;

    assert_int_equal(link_truth_init(truth, scene->number, scene->count, scene->mode, scene->split, &err), 0);
}

/* B-cubed of one row: the rows in both, in its cluster, in its entity, of those that it sees. */
static void cube_row(const struct scene *scene, size_t row, double *precision, double *recall)
{
    double both = 0, cluster = 0, entity = 0;

    for (size_t other = 0; other < scene->count; other++) {
        if (!scene->number[other] || (other != row && !may_pair(scene->mode, scene->split, row, other)))
            continue;
        bool together = scene->cluster[row] == scene->cluster[other], same = scene->number[row] == scene->number[other];
        both += together && same;
        cluster += together;
        entity += same;
    }
    *precision += both / cluster;
    *recall += both / entity;
}

static void clusters_are_judged_as_defined(void **state)
{
    uint64_t random = 7;
    size_t compared = 0;
    struct error err;
    (void)state;

    for (int round = 0; round < 3000; round++) {
        struct link_evaluation evaluation = {0};
        struct link_truth truth;
        struct scene s;
        uint64_t tp = 0, fp = 0, fn = 0;
        double precision = 0, recall = 0, known = 0;

        draw(&s, &random);
        init_truth(&truth, &s);
        assert_int_equal(link_evaluate_clusters(&evaluation, &truth, s.cluster, s.clusters, .9, &err), 0);
        for (size_t a = 0; a < s.count; a++) {
            if (!s.number[a])
                continue;
            known++;
            cube_row(&s, a, &precision, &recall);
            for (size_t b = a + 1; b < s.count; b++) {
                if (!s.number[b] || !may_pair(s.mode, s.split, a, b))
                    continue;
                tp += s.cluster[a] == s.cluster[b] && s.number[a] == s.number[b];
                fp += s.cluster[a] == s.cluster[b] && s.number[a] != s.number[b];
                fn += s.cluster[a] != s.cluster[b] && s.number[a] == s.number[b];
            }
        }
        assert_confusion(&evaluation.clusters, tp, fp, fn);
        assert_int_equal(truth.pairs, tp + fn);
        assert_int_equal(truth.known, (size_t)known);
        assert_same(evaluation.cubed_precision, precision / known);
        assert_same(evaluation.cubed_recall, recall / known);
        precision /= known;
        recall /= known;
        assert_same(evaluation.cubed_f1, 2 * precision * recall / (precision + recall));
        compared += tp > 0 && fp > 0 && fn > 0;
        link_truth_fini(&truth);
    }
    assert_true(compared > 1000);
}

/* The example of Bagga and Baldwin (1998): twelve mentions of three entities, and two responses, of which the second
 * joins the two large entities. B-cubed precision is 16/21 (76 %) and 7/12 (58 %), recall 1. In pairs: 10 + 1 + 10 are
 * true; the first response joins 2 x 5 wrong ones, the second 5 x 5. */
static void the_example_of_bagga_and_baldwin(void **state)
{
    static const uint32_t number[] = {1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3};
    static const uint32_t first[] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1};
    static const uint32_t second[] = {0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
    struct link_evaluation evaluation = {0};
    struct link_truth truth;
    struct error err;
    (void)state;

    assert_int_equal(link_truth_init(&truth, number, 12, LINK_WITHIN, 0, &err), 0);
    assert_int_equal(truth.entities, 3);
    assert_int_equal(link_evaluate_clusters(&evaluation, &truth, first, 2, .9, &err), 0);
    assert_same(evaluation.cubed_precision, 16.0 / 21);
    assert_same(evaluation.cubed_recall, 1);
    assert_same(evaluation.cubed_f1, 32.0 / 37);
    assert_confusion(&evaluation.clusters, 21, 10, 0);
    assert_same(link_precision(&evaluation.clusters), 21.0 / 31);
    assert_same(link_recall(&evaluation.clusters), 1);
    assert_same(link_f1(&evaluation.clusters), 42.0 / 52);
    assert_int_equal(link_evaluate_clusters(&evaluation, &truth, second, 2, .9, &err), 0);
    assert_same(evaluation.cubed_precision, 7.0 / 12);
    assert_same(evaluation.cubed_recall, 1);
    assert_confusion(&evaluation.clusters, 21, 25, 0);
    link_truth_fini(&truth);
}

/* Rows 0 1 2 are of the first list, 3 4 5 of the second; row 5 is unknown. One cluster of all. */
static void lists_decide_what_a_pair_is(void **state)
{
    static const uint32_t number[] = {1, 1, 2, 1, 1, 0}, cluster[] = {0, 0, 0, 0, 0, 0};
    static const struct {
        enum link_mode mode;
        uint64_t tp, fp;
    } expected[] = {
        {LINK_WITHIN, 6, 4},  /* 01 03 04 13 14 34; 02 12 23 24 */
        {LINK_ACROSS, 4, 2},  /* 03 04 13 14; 23 24 */
        {LINK_AGAINST, 5, 2}, /* 03 04 13 14 34; 23 24 */
    };
    struct error err;
    (void)state;

    for (size_t i = 0; i < 3; i++) {
        struct link_evaluation evaluation = {0};
        struct link_truth truth;

        assert_int_equal(link_truth_init(&truth, number, 6, expected[i].mode, 3, &err), 0);
        assert_int_equal(link_evaluate_clusters(&evaluation, &truth, cluster, 1, .9, &err), 0);
        assert_confusion(&evaluation.clusters, expected[i].tp, expected[i].fp, 0);
        link_truth_fini(&truth);
    }
}

static void nothing_known_is_not_a_number(void **state)
{
    static const uint32_t number[] = {0, 0, 0}, apart[] = {1, 2, 3}, cluster[] = {0, 1, 2};
    struct link_evaluation evaluation = {0};
    struct link_edges none = {0};
    struct link_model model = {.rates = {.5}};
    struct link_truth truth;
    struct error err;
    (void)state;

    assert_int_equal(link_truth_init(&truth, NULL, 0, LINK_ACROSS, 0, &err), 0);
    assert_int_equal(link_evaluate_clusters(&evaluation, &truth, NULL, 0, .9, &err), 0);
    assert_true(isnan(evaluation.cubed_precision) && isnan(evaluation.cubed_recall) && isnan(evaluation.cubed_f1));
    assert_true(isnan(link_precision(&evaluation.clusters)) && isnan(link_recall(&evaluation.clusters)));
    assert_true(isnan(link_f1(&evaluation.clusters)));
    link_truth_fini(&truth);
    link_truth_fini(&truth); /* twice is fine */

    assert_int_equal(link_truth_init(&truth, number, 3, LINK_WITHIN, 0, &err), 0);
    assert_int_equal(link_evaluate_clusters(&evaluation, &truth, cluster, 3, .9, &err), 0);
    assert_true(isnan(evaluation.cubed_f1) && isnan(link_f1(&evaluation.clusters)));
    link_truth_fini(&truth);

    /* known, but there is nothing to find and nothing was found */
    assert_int_equal(link_truth_init(&truth, apart, 3, LINK_WITHIN, 0, &err), 0);
    assert_int_equal(link_evaluate_clusters(&evaluation, &truth, cluster, 3, .9, &err), 0);
    assert_same(evaluation.cubed_f1, 1);
    assert_true(isnan(link_precision(&evaluation.clusters)) && isnan(link_recall(&evaluation.clusters)));
    link_evaluate_edges(&evaluation, &truth, &none, &model, 0);
    assert_int_equal(evaluation.cut_count, LINK_CUTS);
    assert_true(isnan(evaluation.cuts[0].mean_probability) && isnan(evaluation.tenths[9].mean_probability));
    link_truth_fini(&truth);

    /* something was to be found: the F1 of finding nothing is 0, its precision unknown */
    const struct link_confusion missed = {0, 0, 5}, wrong = {0, 5, 0};
    assert_true(isnan(link_precision(&missed)));
    assert_same(link_recall(&missed), 0);
    assert_same(link_f1(&missed), 0);
    assert_same(link_precision(&wrong), 0);
    assert_true(isnan(link_recall(&wrong)));
}

/* A score that link_probability() makes p of, where matches and the rest are equally frequent. */
static struct link_score score_of(double p)
{
    return (struct link_score){(float)log2(p / (1 - p)), -INFINITY};
}

static const double thresholds[LINK_CUTS] = {.01, .05, .1, .2, .3, .5, .7, .8, .9, .95, .99, .999};

static void assert_edges(const struct link_evaluation *evaluation, const struct scene *s,
                         const struct link_edges *edges, const struct link_model *model, uint64_t true_pairs)
{
    uint64_t matches[LINK_CUTS + LINK_TENTHS] = {0}, others[LINK_CUTS + LINK_TENTHS] = {0};
    double sums[LINK_CUTS + LINK_TENTHS] = {0};

    for (size_t i = 0; i < LINK_CUTS + LINK_TENTHS; i++)
        for (size_t k = 0; k < edges->count; k++) {
            uint32_t a = s->number[edges->items[k].a], b = s->number[edges->items[k].b];
            double p = link_probability(model, edges->items[k].score);
            double from = i < LINK_CUTS ? thresholds[i] : (double)(i - LINK_CUTS) / 10;
            double to = i < LINK_CUTS || i == LINK_CUTS + 9 ? 2 : (double)(i - LINK_CUTS + 1) / 10;

            if (!a || !b || p < from || p >= to)
                continue;
            matches[i] += a == b;
            others[i] += a != b;
            sums[i] += p;
        }
    for (size_t i = 0; i < LINK_CUTS; i++) {
        const struct link_cut *cut = &evaluation->cuts[i];
        assert_true(cut->threshold == thresholds[i]);
        assert_confusion(&cut->confusion, matches[i], others[i], true_pairs - matches[i]);
        assert_same(cut->mean_probability, sums[i] / (double)(matches[i] + others[i]));
    }
    for (size_t i = 0; i < LINK_TENTHS; i++) {
        const struct link_tenth *tenth = &evaluation->tenths[i];
        assert_int_equal(tenth->matches, matches[LINK_CUTS + i]);
        assert_int_equal(tenth->others, others[LINK_CUTS + i]);
        assert_same(tenth->mean_probability,
                    sums[LINK_CUTS + i] / (double)(matches[LINK_CUTS + i] + others[LINK_CUTS + i]));
    }
}

static void edges_are_judged_as_defined(void **state)
{
    static const struct link_model model = {.rates = {.5}};
    static struct link_edge items[MOST * MOST];
    uint64_t random = 11;
    (void)state;

    for (int round = 0; round < 500; round++) {
        struct link_evaluation evaluation = {0};
        struct link_edges edges = {.items = items};
        struct link_truth truth;
        struct scene s;

        draw(&s, &random);
        init_truth(&truth, &s);
        for (uint32_t a = 0; a < s.count; a++)
            for (uint32_t b = a + 1; b < s.count; b++) {
                if (!may_pair(s.mode, s.split, a, b) || link_random(&random) % 3 == 0)
                    continue;
                double p = ldexp((double)(link_random(&random) >> 11), -53);
                items[edges.count++] = (struct link_edge){a, b, score_of(link_random(&random) & 1 ? p : pow(p, .01))};
            }
        link_evaluate_edges(&evaluation, &truth, &edges, &model, 0);
        assert_int_equal(evaluation.cut_count, LINK_CUTS);
        assert_edges(&evaluation, &s, &edges, &model, truth.pairs);
        link_truth_fini(&truth);
    }
}

/* 0, exactly a threshold, 1, and what is no number; a pair of an unknown row. */
static void probabilities_at_the_bounds(void **state)
{
    static const uint32_t number[] = {1, 1, 1, 2, 0};
    struct link_edge items[] = {
        {0, 1, {0, -INFINITY}},         /* .5 */
        {0, 2, {INFINITY, -INFINITY}},  /* no number: infinity by infinity */
        {1, 2, {200, -INFINITY}},       /* 1 */
        {0, 3, {-INFINITY, -INFINITY}}, /* 0 */
        {0, 4, {200, -INFINITY}},
    };
    const struct link_edges edges = {.items = items, .count = 5};
    static const struct link_model model = {.rates = {.5}};
    struct link_evaluation evaluation = {0};
    struct link_truth truth;
    struct error err;
    (void)state;

    assert_true(link_probability(&model, items[0].score) == .5);
    assert_true(isnan(link_probability(&model, items[1].score)));
    assert_true(link_probability(&model, items[2].score) == 1);
    assert_true(link_probability(&model, items[3].score) == 0);
    assert_int_equal(link_truth_init(&truth, number, 5, LINK_WITHIN, 0, &err), 0);
    link_evaluate_edges(&evaluation, &truth, &edges, &model, 0);
    assert_confusion(&evaluation.cuts[0].confusion, 2, 0, 1);
    assert_confusion(&evaluation.cuts[5].confusion, 2, 0, 1); /* .5: as good as above */
    assert_confusion(&evaluation.cuts[6].confusion, 1, 0, 2);
    assert_confusion(&evaluation.cuts[11].confusion, 1, 0, 2);
    assert_same(evaluation.cuts[5].mean_probability, .75);
    for (size_t i = 0; i < LINK_TENTHS; i++) {
        assert_int_equal(evaluation.tenths[i].matches, i == 5 || i == 9);
        assert_int_equal(evaluation.tenths[i].others, i == 0);
    }
    assert_same(evaluation.tenths[0].mean_probability, 0);
    assert_same(evaluation.tenths[9].mean_probability, 1);

    /* below what was kept nothing can be said; the threshold itself can be judged */
    link_evaluate_edges(&evaluation, &truth, &edges, &model, .1);
    assert_int_equal(evaluation.cut_count, 10);
    assert_true(evaluation.cuts[0].threshold == .1);
    assert_confusion(&evaluation.cuts[3].confusion, 2, 0, 1);
    link_evaluate_edges(&evaluation, &truth, &edges, &model, 1);
    assert_int_equal(evaluation.cut_count, 0);
    link_truth_fini(&truth);
}

/* Records with a number in two columns, one of 20, and a kind, one of 4; each missing now and then. */
static void fill_records(struct link_records *records, const struct scene *s, uint64_t *random)
{
    const struct link_plan plan = {
        .fields = {{.name = SLICE("id"), .kind = LINK_IDENTIFIER, .columns = {0, 1}, .slots = 2},
                   {.name = SLICE("kind"), .kind = LINK_CATEGORY, .columns = {2}, .slots = 1}},
        .count = 2,
    };
    struct error err;
    struct kept kept;

    kept_init(&kept, 3);
    for (size_t row = 0; row < s->count; row++) {
        struct field fields[3];
        char texts[3][16];
        const struct record record = {.fields = fields, .count = 3, .line = row + 2, .number = row + 1};

        for (size_t i = 0; i < 3; i++) {
            snprintf(texts[i], sizeof texts[i], "K%d", (int)(link_random(random) % (i == 2 ? 4 : 20)));
            fields[i] = field_text(slice_from_cstr(link_random(random) % 4 ? texts[i] : ""));
        }
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    }
    link_records_init(records, s->mode);
    records->split = s->mode == LINK_WITHIN ? 0 : s->split;
    assert_int_equal(link_records_fill(records, &plan, &kept, 1, &err), 0);
    kept_fini(&kept);
}

static int mark_pairs(void *context, const struct link_pair *pairs, size_t count)
{
    bool(*found)[MOST] = context;

    for (size_t i = 0; i < count; i++) {
        assert_false(found[pairs[i].a][pairs[i].b]);
        found[pairs[i].a][pairs[i].b] = true;
    }
    return 0;
}

static void build_index(struct link_index *index, const struct link_records *records, const struct link_rule *rules,
                        size_t count, size_t max_block)
{
    struct error err;

    assert_int_equal(link_index_build(index, records, rules, count, max_block, 1, &err), 0);
}

static const struct link_rule id_or_kind[] = {{{{0, LINK_PART_ALL, 0}}, 1}, {{{1, LINK_PART_ALL, 0}}, 1}};
static const struct link_rule id_and_kind[] = {{{{0, LINK_PART_ALL, 0}, {1, LINK_PART_ALL, 0}}, 2}};

/* The index has a pair if it lists it; blocking finds the true pairs that it lists. */
static void blocking_is_what_the_index_lists(void **state)
{
    uint64_t random = 3, asked = 0, found_all = 0;
    (void)state;

    for (size_t round = 0; round < 600; round++) {
        struct link_evaluation evaluation = {0};
        struct link_records records;
        struct link_index index;
        struct link_truth truth;
        struct scene s;
        uint64_t found = 0;
        bool listed[MOST][MOST] = {{0}};

        draw(&s, &random);
        init_truth(&truth, &s);
        fill_records(&records, &s, &random);
        build_index(&index, &records, round % 2 ? id_or_kind : id_and_kind, 1 + round % 2,
                    2 + link_random(&random) % MOST);
        for (size_t chunk = 0; chunk < index.chunk_count; chunk++)
            assert_int_equal(link_index_visit(&index, chunk, mark_pairs, listed), 0);
        for (uint32_t a = 0; a < s.count; a++)
            for (uint32_t b = 0; b < s.count; b++) {
                assert_int_equal(link_index_has(&index, a, b), a < b ? listed[a][b] : listed[b][a]);
                found += a < b && listed[a][b] && s.number[a] && s.number[a] == s.number[b];
            }
        link_evaluate_blocking(&evaluation, &truth, &index, 100000);
        assert_confusion(&evaluation.blocking, found, 0, truth.pairs - found);
        asked += truth.pairs;
        found_all += found;
        link_index_fini(&index);
        link_records_fini(&records);
        link_truth_fini(&truth);
    }
    assert_true(found_all > asked / 10 && found_all < asked);
}

/* Of more true pairs than may be asked about, as many are drawn as may be, evenly: one entity of 120000 rows has seven
 * thousand million pairs. A quarter of its rows, as many of each list, has a key; so has a sixteenth of the pairs. */
static void a_sample_stands_for_all(void **state)
{
    const size_t count = 120000;
    static const enum link_mode modes[] = {LINK_WITHIN, LINK_ACROSS, LINK_AGAINST};
    const struct link_plan plan = {
        .fields = {{.name = SLICE("id"), .kind = LINK_IDENTIFIER, .columns = {0}, .slots = 1}},
        .count = 1,
    };
    uint32_t *number = malloc(count * sizeof *number);
    struct error err;
    struct kept kept;
    (void)state;

    assert_non_null(number);
    kept_init(&kept, 1);
    for (size_t row = 0; row < count; row++) {
        const struct field field = field_text(row % 4 ? SLICE("") : SLICE("key"));
        const struct record record = {.fields = &field, .count = 1, .line = row + 2, .number = row + 1};

        number[row] = 1;
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    }
    for (size_t m = 0; m < 3; m++) {
        struct link_evaluation evaluation = {0}, again = {0};
        struct link_records records;
        struct link_index index;
        struct link_truth truth;

        link_records_init(&records, modes[m]);
        records.split = modes[m] == LINK_WITHIN ? 0 : count / 2;
        assert_int_equal(link_records_fill(&records, &plan, &kept, 1, &err), 0);
        build_index(&index, &records, id_or_kind, 1, count);
        assert_int_equal(link_truth_init(&truth, number, count, modes[m], count / 2, &err), 0);
        link_evaluate_blocking(&evaluation, &truth, &index, 40000);
        assert_int_equal(evaluation.blocking.true_positive + evaluation.blocking.false_negative, 40000);
        /* the standard deviation is sqrt(1/16 * 15/16 / 40000) = .0012 */
        assert_true(fabs(link_recall(&evaluation.blocking) - 1.0 / 16) < .005);
        link_evaluate_blocking(&again, &truth, &index, 40000);
        assert_memory_equal(&again.blocking, &evaluation.blocking, sizeof again.blocking);
        link_evaluate_blocking(&again, &truth, &index, 0);
        assert_true(isnan(link_recall(&again.blocking)));
        link_index_fini(&index);
        link_records_fini(&records);
        link_truth_fini(&truth);
    }
    kept_fini(&kept);
    free(number);
}

static void keep(struct kept *kept, struct field truth)
{
    const struct field fields[] = {field_text(SLICE("same")), truth};
    const struct record record = {.fields = fields, .count = 2, .line = 2, .number = 1};
    struct error err;

    assert_int_equal(kept_add(kept, &record, &err), 0);
}

static void a_column_is_read(void **state)
{
    static const struct field cells[] = {
        {SLICE_INIT("7"), FIELD_TEXT},
        {SLICE_INIT(" 7\t"), FIELD_TEXT},
        {SLICE_INIT("7"), FIELD_NUMBER},
        {SLICE_INIT("07"), FIELD_TEXT},
        {SLICE_INIT(""), FIELD_TEXT},
        {SLICE_INIT(" \t "), FIELD_TEXT},
        {{NULL, 0}, FIELD_ABSENT},
        {SLICE_INIT(""), FIELD_NULL},
        {SLICE_INIT("a b"), FIELD_TEXT},
        {SLICE_INIT("A b"), FIELD_TEXT},
        {SLICE_INIT("\0x"), FIELD_TEXT},
        {SLICE_INIT("\0y"), FIELD_TEXT},
        {SLICE_INIT("\xff\xfe"), FIELD_TEXT},
        {SLICE_INIT("a b"), FIELD_TEXT},
    };
    static const uint32_t expected[] = {1, 1, 1, 2, 0, 0, 0, 0, 3, 4, 5, 6, 7, 3};
    struct link_truth truth;
    struct error err;
    struct kept kept;
    (void)state;

    kept_init(&kept, 2);
    assert_int_equal(link_truth_read(&truth, &kept, 1, LINK_WITHIN, 0, &err), 0);
    assert_int_equal(truth.count + truth.known + truth.entities, 0);
    link_truth_fini(&truth);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        keep(&kept, cells[i]);
    assert_int_equal(link_truth_read(&truth, &kept, 1, LINK_ACROSS, 2, &err), 0);
    assert_int_equal(truth.count, 14);
    assert_memory_equal(truth.number, expected, sizeof expected);
    assert_int_equal(truth.known, 10);
    assert_int_equal(truth.entities, 7);
    assert_int_equal(truth.pairs, 2); /* 0 and 1 with 2 */
    link_truth_fini(&truth);
    assert_int_equal(link_truth_read(&truth, &kept, 0, LINK_WITHIN, 0, &err), 0);
    assert_int_equal(truth.pairs, 14 * 13 / 2);
    link_truth_fini(&truth);
    kept_fini(&kept);
}

/* Counts beyond 32 bits, and no time that grows with the square: a million rows, a cluster of all against an entity of
 * all but one, and one of each. */
static void a_million_rows(void **state)
{
    const size_t count = 1000000;
    uint32_t *number = malloc(count * sizeof *number), *cluster = malloc(count * sizeof *cluster);
    struct link_evaluation evaluation = {0};
    struct link_truth truth;
    struct error err;
    (void)state;

    assert_true(number && cluster);
    for (size_t i = 0; i < count; i++) {
        number[i] = i == 500000 ? 2 : 1;
        cluster[i] = 0;
    }
    assert_int_equal(link_truth_init(&truth, number, count, LINK_WITHIN, 0, &err), 0);
    assert_int_equal(link_evaluate_clusters(&evaluation, &truth, cluster, 1, .9, &err), 0);
    assert_confusion(&evaluation.clusters, 499998500001, 999999, 0);
    assert_true(fabs(evaluation.cubed_precision - (999999.0 * 999999 + 1) / 1e12) < 1e-9);
    assert_same(evaluation.cubed_recall, 1);
    for (size_t i = 0; i < count; i++)
        cluster[i] = (uint32_t)i;
    assert_int_equal(link_evaluate_clusters(&evaluation, &truth, cluster, count, .9, &err), 0);
    assert_confusion(&evaluation.clusters, 0, 0, 499998500001);
    assert_same(evaluation.cubed_precision, 1);
    link_truth_fini(&truth);
    free(number);
    free(cluster);
}

static void no_memory_is_an_error(void **state)
{
    static const uint32_t number[] = {1, 1}, cluster[] = {0, 0};
    struct link_evaluation evaluation = {0};
    struct link_truth truth;
    struct error err = {0};
    struct kept kept = {.columns = TOO_MUCH / sizeof(struct field)};
    (void)state;

    assert_int_equal(link_truth_init(&truth, number, TOO_MUCH / sizeof *number, LINK_WITHIN, 0, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    err.status = STATUS_OK;
    assert_int_equal(link_truth_read(&truth, &kept, 0, LINK_WITHIN, 0, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    err.status = STATUS_OK;
    assert_int_equal(link_truth_init(&truth, number, 2, LINK_WITHIN, 0, &err), 0);
    assert_int_equal(link_evaluate_clusters(&evaluation, &truth, cluster, TOO_MUCH / 8, .9, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_false(evaluation.has_clusters);
    link_truth_fini(&truth);
}

/* What is printed, in a format; free(ptr) it. */
static struct slice print_take(const struct link_evaluation *evaluation, enum format format)
{
    struct common common = {.to = format};
    struct output output = {0};
    struct folder folder;
    struct slice text;
    struct error err;

    folder_make(&folder);
    common.output = folder_file(&folder, "out");
    assert_int_equal(link_evaluation_print(evaluation, &common, NULL, &output, &err), 0);
    assert_int_equal(output_finish(&output, &err), 0);
    output_free(&output);
    text = file_take(common.output);
    folder_remove(&folder);
    return text;
}

static void an_evaluation_is_printed(void **state)
{
    struct link_evaluation evaluation = {
        .has_clusters = true,
        .threshold = .9,
        .clusters = {8000000000, 1, 2},
        .cubed_precision = 2.0 / 3,
        .cubed_recall = 1,
        .cubed_f1 = .8,
        .has_blocking = true,
        .blocking = {3, 0, 1},
        .has_scored = true,
        .cuts = {{.999, .9995, {1, 0, 3}}, {.9999995, NAN, {0, 0, 0}}},
        .cut_count = 2,
    };
    struct slice text;
    (void)state;

    for (size_t i = 0; i < LINK_TENTHS; i++)
        evaluation.tenths[i] = (struct link_tenth){(double)NAN, 0, 0};
    evaluation.tenths[7] = (struct link_tenth){.75, 2, 1};
    text = print_take(&evaluation, FORMAT_CSV);
    assert_string_equal(
        text.ptr,
        "measure,threshold,pairs,mean_probability,true_positive,false_positive,false_negative,precision,recall,f1\n"
        "pairwise,0.900000,8000000001,,8000000000,1,2,1.000000,1.000000,1.000000\n"
        "b_cubed,0.900000,,,,,,0.666667,1.000000,0.800000\n"
        "blocking,,,,3,,1,,0.750000,\n"
        "scored,0.999000,1,0.999500,1,0,3,1.000000,0.250000,0.400000\n"
        "scored,1.000000,0,,0,0,0,,,\n"
        "calibration,0.000000,0,,0,0,,,,\n"
        "calibration,0.100000,0,,0,0,,,,\n"
        "calibration,0.200000,0,,0,0,,,,\n"
        "calibration,0.300000,0,,0,0,,,,\n"
        "calibration,0.400000,0,,0,0,,,,\n"
        "calibration,0.500000,0,,0,0,,,,\n"
        "calibration,0.600000,0,,0,0,,,,\n"
        "calibration,0.700000,3,0.750000,2,1,,0.666667,,\n"
        "calibration,0.800000,0,,0,0,,,,\n"
        "calibration,0.900000,0,,0,0,,,,\n");
    free((char *)text.ptr);

    evaluation = (struct link_evaluation){.has_blocking = true};
    text = print_take(&evaluation, FORMAT_JSONL);
    assert_string_equal(text.ptr,
                        "{\"measure\":\"blocking\",\"threshold\":null,\"pairs\":null,\"mean_probability\":null,"
                        "\"true_positive\":0,\"false_positive\":null,\"false_negative\":0,\"precision\":null,"
                        "\"recall\":null,\"f1\":null}\n");
    free((char *)text.ptr);
    evaluation = (struct link_evaluation){0};
    text = print_take(&evaluation, FORMAT_CSV);
    assert_null(strchr(strchr(text.ptr, '\n') + 1, '\n')); /* the header alone */
    free((char *)text.ptr);
}

static void a_full_disk_is_seen(void **state)
{
    struct common common = {.to = FORMAT_CSV, .output = "/dev/full"};
    struct link_evaluation evaluation = {.has_clusters = true, .has_blocking = true, .has_scored = true};
    struct output output = {0};
    struct error err = {0};
    (void)state;

    assert_true(link_evaluation_print(&evaluation, &common, NULL, &output, &err) || output_finish(&output, &err));
    assert_int_equal(err.status, STATUS_SYSTEM);
    output_free(&output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_are_judged_as_defined),
        cmocka_unit_test(the_example_of_bagga_and_baldwin),
        cmocka_unit_test(lists_decide_what_a_pair_is),
        cmocka_unit_test(nothing_known_is_not_a_number),
        cmocka_unit_test(edges_are_judged_as_defined),
        cmocka_unit_test(probabilities_at_the_bounds),
        cmocka_unit_test(blocking_is_what_the_index_lists),
        cmocka_unit_test(a_sample_stands_for_all),
        cmocka_unit_test(a_column_is_read),
        cmocka_unit_test(a_million_rows),
        cmocka_unit_test(no_memory_is_an_error),
        cmocka_unit_test(an_evaluation_is_printed),
        cmocka_unit_test(a_full_disk_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
