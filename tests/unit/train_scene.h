/* Training scenes: small tables of leads and the bins of their features, made by hand or drawn with a fixed seed. */
#ifndef CRM_TESTS_TRAIN_SCENE_H
#define CRM_TESTS_TRAIN_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>

#include <cmocka.h>

#include "analysis/train_bins.h"
#include "analysis/train_learn.h"

#define SCENE_FEATURES 4

/* A table, and the model and rows that learners want; the number of feature i is i in both. */
struct scene {
    struct train_table table;
    struct train_feature features[SCENE_FEATURES];
    struct slice levels[SCENE_FEATURES][60];
    struct model model;
    size_t used[SCENE_FEATURES];
    uint16_t *bin[SCENE_FEATURES];
    uint8_t *part;
    struct train_rows rows;
    uint64_t random;
    double *truth; /* of a drawn scene: the log-odds of each lead's outcome */
};

/* A number drawn, 0 <= x < 1. (A linear congruential generator: D. E. Knuth, MMIX.) */
static inline double scene_draw(struct scene *scene)
{
    scene->random = scene->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(scene->random >> 11) / 9007199254740992.0;
}

static inline void scene_init(struct scene *scene, size_t rows)
{
    memset(scene, 0, sizeof *scene);
    arena_init(&scene->table.arena);
    arena_init(&scene->model.arena);
    scene->random = 1;
    scene->table.rows = rows;
    scene->table.outcome = calloc(rows + 1, 1);
    scene->table.features = scene->features;
    scene->table.target = SLICE("won");
    scene->table.positive = SLICE("yes");
    scene->table.as_of = DAY_NONE;
    scene->part = calloc(rows + 1, 1);
    scene->truth = calloc(rows + 1, sizeof *scene->truth);
    scene->rows = (struct train_rows){&scene->table, scene->used, scene->bin, scene->part, SIZE_MAX};
    assert_non_null(scene->table.outcome);
    assert_non_null(scene->part);
    assert_non_null(scene->truth);
}

/* A feature more; its values are the caller's to fill in. levels: of a category, without "missing"; names "v1", ... */
static inline struct train_feature *scene_add(struct scene *scene, const char *name, enum train_kind kind,
                                              size_t levels)
{
    struct train_feature *feature = &scene->features[scene->table.count];

    scene->used[scene->table.count] = scene->table.count;
    feature->name = slice_from_cstr(name);
    feature->kind = kind;
    if (kind == TRAIN_CATEGORY) {
        feature->levels = scene->levels[scene->table.count];
        feature->level_count = levels + 1;
        feature->levels[0] = SLICE("");
        for (size_t i = 1; i <= levels; i++) {
            char text[24];
            const int length = snprintf(text, sizeof text, "v%zu", i);
            feature->levels[i].ptr = arena_copy(&scene->table.arena, (struct slice){text, (size_t)length});
            feature->levels[i].len = (size_t)length;
        }
        feature->code = calloc(scene->table.rows + 1, sizeof *feature->code);
    } else {
        feature->number = calloc(scene->table.rows + 1, sizeof *feature->number);
    }
    scene->table.count++;
    return feature;
}

/* Counts the outcomes, and makes bins of all features from all rows. */
static inline void scene_bins(struct scene *scene)
{
    struct model *model = &scene->model;
    struct error err;

    scene->table.yes = 0;
    for (size_t row = 0; row < scene->table.rows; row++)
        scene->table.yes += scene->table.outcome[row];
    model->rows = (double)scene->table.rows;
    model->yes = (double)scene->table.yes;
    model->target = scene->table.target;
    model->positive = scene->table.positive;
    model->as_of = scene->table.as_of;
    model->features = calloc(SCENE_FEATURES, sizeof *model->features);
    assert_non_null(model->features);
    for (size_t f = 0; f < scene->table.count; f++) {
        const struct train_feature *feature = &scene->features[f];

        assert_int_equal(train_bins_make(&scene->table, feature, scene->part, scene->rows.left_out, &model->arena,
                                         &model->features[f], &err),
                         0);
        model->features[f].name = feature->name;
        model->features[f].kind = feature->kind;
        for (size_t b = 0; b < model->features[f].count; b++)
            model->features[f].bins[b].weight = 0;
        scene->bin[f] = calloc(scene->table.rows + 1, sizeof **scene->bin);
        assert_non_null(scene->bin[f]);
        train_bins_assign(&scene->table, feature, &model->features[f], scene->bin[f]);
    }
    model->feature_count = scene->table.count;
}

static inline void scene_fini(struct scene *scene)
{
    for (size_t f = 0; f < scene->table.count; f++) {
        free(scene->features[f].number);
        free(scene->features[f].code);
        free(scene->bin[f]);
    }
    free(scene->model.features);
    arena_fini(&scene->model.arena);
    arena_fini(&scene->table.arena);
    free(scene->table.outcome);
    free(scene->part);
    free(scene->truth);
}

/* The bin of a value of a category. */
static inline struct model_bin *scene_bin(const struct model_feature *feature, const char *value)
{
    for (size_t b = 0; b < feature->count; b++)
        for (size_t v = 0; v < feature->bins[b].value_count; v++)
            if (slice_equal_cstr(feature->bins[b].values[v], value))
                return &feature->bins[b];
    fail_msg("no bin of %s", value);
    return NULL;
}

/* 140 leads with two categories: (v1, v1) 30 yes and 10 no, (v1, v2) 12 and 14, (v2, v1) 9 and 20, (v2, v2) 4 and 41.
 */
static inline void scene_of_four_cells(struct scene *scene)
{
    static const size_t cells[4][2] = {{30, 10}, {12, 14}, {9, 20}, {4, 41}};
    size_t row = 0;

    scene_init(scene, 140);
    struct train_feature *first = scene_add(scene, "first", TRAIN_CATEGORY, 2);
    struct train_feature *second = scene_add(scene, "second", TRAIN_CATEGORY, 2);
    for (size_t cell = 0; cell < 4; cell++)
        for (size_t no = 0; no < 2; no++)
            for (size_t i = 0; i < cells[cell][no]; i++, row++) {
                first->code[row] = (uint32_t)(cell / 2 + 1);
                second->code[row] = (uint32_t)(cell % 2 + 1);
                scene->table.outcome[row] = !no;
            }
    assert_int_equal(row, 140);
    scene_bins(scene);
}

/* Leads of a number, partly missing, a category of which two values speak for the outcome, and a number that is noise.
 */
static inline void scene_drawn(struct scene *scene, size_t rows)
{
    scene_init(scene, rows);
    struct train_feature *number = scene_add(scene, "employees", TRAIN_NUMBER, 0);
    struct train_feature *category = scene_add(scene, "Lead \"Source\"", TRAIN_CATEGORY, 5);
    struct train_feature *noise = scene_add(scene, "noise", TRAIN_NUMBER, 0);
    for (size_t row = 0; row < rows; row++) {
        const double x = floor(scene_draw(scene) * 1000) / 10;
        const uint32_t level = (uint32_t)(scene_draw(scene) * 6);
        double z = -1 + (x > 20 && x < 60) * 1.5 + (level == 2) * 2 - (level == 3);

        number->number[row] = x;
        if (scene_draw(scene) < 0.1) {
            number->number[row] = NAN;
            z -= 1;
        }
        category->code[row] = level;
        noise->number[row] = scene_draw(scene);
        scene->truth[row] = z;
        scene->table.outcome[row] = scene_draw(scene) < 1 / (1 + exp(-z));
    }
    scene_bins(scene);
}

static inline void scene_about(double found, double expected, double apart)
{
    if (!(fabs(found - expected) <= apart))
        fail_msg("%.10g instead of %.10g", found, expected);
}

/* Deals the folds and trains. */
static inline void scene_train(struct scene *scene, const struct train_method *method, struct train_result *result)
{
    struct error err;

    assert_int_equal(train_deal(&scene->table, method->folds, method->seed, scene->part, &err), 0);
    if (train_model(result, &scene->table, method, scene->part, &err))
        fail_msg("%s", err.text);
}

#endif
