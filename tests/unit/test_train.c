/* Training: what is learned of small tables against what follows by hand or was worked out by other programs. */
#include "short_memory.h"
#include "train_scene.h"

#include <xgboost/c_api.h>

static void folds_are_dealt_evenly(void **state)
{
    uint8_t part[1003], again[1003], other[1003];
    size_t count[7][2] = {{0}};
    struct scene scene;
    struct error err;
    (void)state;

    scene_init(&scene, 1003);
    for (size_t row = 0; row < 1003; row++)
        scene.table.yes += scene.table.outcome[row] = row < 31;
    assert_int_equal(train_deal(&scene.table, 7, 1, part, &err), 0);
    assert_int_equal(train_deal(&scene.table, 7, 1, again, &err), 0);
    assert_int_equal(train_deal(&scene.table, 7, 2, other, &err), 0);
    assert_memory_equal(part, again, 1003);
    assert_memory_not_equal(part, other, 1003);
    for (size_t row = 0; row < 1003; row++)
        count[part[row]][scene.table.outcome[row]]++;
    for (size_t fold = 0; fold < 7; fold++) {
        assert_true(count[fold][1] == 4 || count[fold][1] == 5);     /* 31 / 7 */
        assert_true(count[fold][0] == 138 || count[fold][0] == 139); /* 972 / 7 */
        assert_in_range(count[fold][0] + count[fold][1], 143, 144);  /* 1003 / 7 */
    }
    assert_int_equal(train_deal(&scene.table, 32, 1, part, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "31 leads with the outcome: too few for 32 folds");
    assert_int_equal(train_deal(&scene.table, 101, 1, part, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_int_equal(train_deal(&scene.table, 1, 1, part, &err), -1);
    scene_fini(&scene);
}

/* By the objective of liblinear, minimised by scipy.optimize.minimize(f, zeros(5), method='BFGS') with
 * f = .5 * sum(w**2) + C * sum(yes * logaddexp(0, -z) + no * logaddexp(0, z)), z = w[a] + w[2 + b] + 10 * w[4] over the
 * four cells; then the mean over the leads taken from the weights of each feature. */
static void logistic_weights_are_those_of_the_objective(void **state)
{
    static const double expected[][6] = {{1, 0.977907, -0.872188, 0.634651, -0.616774, -0.580139},
                                         {100, 1.062507, -0.947641, 0.691374, -0.671898, -0.604567},
                                         {.01, 0.142600, -0.127184, 0.099250, -0.096455, -0.426400}};
    struct scene scene;
    struct error err;
    (void)state;

    scene_of_four_cells(&scene);
    for (size_t i = 0; i < 3; i++) {
        const struct model_feature *features = scene.model.features;

        assert_int_equal(train_logistic(&scene.model, &scene.rows, expected[i][0], false, &err), 0);
        scene_about(scene_bin(&features[0], "v1")->weight, expected[i][1], 2e-3);
        scene_about(scene_bin(&features[0], "v2")->weight, expected[i][2], 2e-3);
        scene_about(scene_bin(&features[1], "v1")->weight, expected[i][3], 2e-3);
        scene_about(scene_bin(&features[1], "v2")->weight, expected[i][4], 2e-3);
        scene_about(scene.model.intercept, expected[i][5], 2e-3);
        assert_true(features[0].bins[features[0].count - 1].weight == 0);
    }
    scene_fini(&scene);
}

/* A row left out has no part in the weights: with one cell left out, the others alone decide. */
static void rows_left_out_are_not_learned(void **state)
{
    struct scene scene;
    struct error err;
    (void)state;

    scene_of_four_cells(&scene);
    for (size_t row = 40; row < 140; row++)
        scene.part[row] = 3;
    scene.rows.left_out = 3;
    assert_int_equal(train_logistic(&scene.model, &scene.rows, 1000, false, &err), 0);
    scene_about(scene.model.intercept, log(3), 1e-2); /* 30 yes, 10 no */
    assert_true(scene_bin(&scene.model.features[0], "v2")->weight == 0);
    scene_fini(&scene);
}

static void l1_leaves_noise_at_nothing(void **state)
{
    struct scene scene;
    struct error err;
    (void)state;

    scene_drawn(&scene, 3000);
    assert_int_equal(train_logistic(&scene.model, &scene.rows, 0.05, true, &err), 0);
    for (size_t b = 0; b < scene.model.features[2].count; b++)
        assert_true(scene.model.features[2].bins[b].weight == 0);
    assert_true(scene_bin(&scene.model.features[1], "v2")->weight > 0.5);
    scene_fini(&scene);
}

/* The formula of Odoo, as it stands there. */
static double odoo(const double won_lost[2], const double (*values)[2], const double (*totals)[2], size_t count)
{
    double won = won_lost[0] / (won_lost[0] + won_lost[1]), lost = won_lost[1] / (won_lost[0] + won_lost[1]);

    for (size_t i = 0; i < count; i++) {
        won *= values[i][0] / totals[i][0];
        lost *= values[i][1] / totals[i][1];
    }
    return won / (won + lost);
}

static void bayes_is_that_of_odoo(void **state)
{
    /* Of the first feature v1 was won 42 times and lost 24, v2 13 and 61; of the second v1 39 and 30, v2 16 and 55. */
    static const double all[2] = {55, 85};
    static const double totals[2][2] = {{55.2, 85.2}, {55.2, 85.2}};
    static const double v1_v1[2][2] = {{42.1, 24.1}, {39.1, 30.1}}, v2_v2[2][2] = {{13.1, 61.1}, {16.1, 55.1}};
    struct scene scene;
    struct error err;
    double z[140];
    (void)state;

    scene_of_four_cells(&scene);
    scene.model.method = MODEL_BAYES;
    train_bayes(&scene.model);
    assert_int_equal(train_predict(&scene.model, &scene.rows, z, &err), 0);
    scene_about(1 / (1 + exp(-z[0])), odoo(all, v1_v1, totals, 2), 1e-12);
    scene_about(1 / (1 + exp(-z[139])), odoo(all, v2_v2, totals, 2), 1e-12);
    /* 42.1/55.2 * 39.1/55.2 * 55 / (the same + 24.1/85.2 * 30.1/85.2 * 85), by hand: 29.712 / (29.712 + 8.4945) */
    scene_about(1 / (1 + exp(-z[0])), 0.77767, 1e-4);
    for (size_t f = 0; f < 2; f++) /* a value never seen: no factor */
        assert_true(scene.model.features[f].bins[scene.model.features[f].count - 1].weight == 0);
    scene_fini(&scene);
}

/* The leads of a scene as records that were read, with the names of its features; the table gets their numbers. The
 * caller frees table.record and kept. */
static void keep_leads(struct scene *scene, struct kept *kept, struct slice *names)
{
    char text[SCENE_FEATURES][32];
    struct field fields[SCENE_FEATURES];
    struct error err;

    kept_init(kept, scene->table.count);
    scene->table.record = calloc(scene->table.rows, sizeof *scene->table.record);
    assert_non_null(scene->table.record);
    for (size_t f = 0; f < scene->table.count; f++)
        names[f] = scene->features[f].name;
    for (size_t row = 0; row < scene->table.rows; row++) {
        const struct record lead = {.fields = fields, .count = scene->table.count, .line = row + 1, .number = row + 1};

        for (size_t f = 0; f < scene->table.count; f++) {
            const struct train_feature *feature = &scene->features[f];

            if (feature->kind == TRAIN_CATEGORY)
                fields[f] = field_text(feature->levels[feature->code[row]]);
            else if (isnan(feature->number[row]))
                fields[f] = field_text(SLICE(""));
            else {
                snprintf(text[f], sizeof text[f], "%.17g", feature->number[row]);
                fields[f] = field_text(slice_from_cstr(text[f]));
            }
        }
        scene->table.record[row] = row;
        assert_int_equal(kept_add(kept, &lead, &err), 0);
    }
}

static void bayes_goes_on_learning(void **state)
{
    const struct date_reader dates = {0};
    struct slice names[SCENE_FEATURES];
    struct scene all, more;
    struct kept kept;
    struct error err;
    (void)state;

    scene_of_four_cells(&all);
    scene_of_four_cells(&more);
    keep_leads(&all, &kept, names);
    all.model.method = more.model.method = MODEL_BAYES;
    train_bayes(&more.model);
    assert_int_equal(train_update(&more.model, &all.table, &kept, names, &dates, &err), 0);
    assert_true(more.model.rows == 280 && more.model.yes == 110);
    assert_true(scene_bin(&more.model.features[0], "v1")->yes == 84);
    scene_about(scene_bin(&more.model.features[0], "v1")->weight, log(84.1 / 110.2) - log(48.1 / 170.2), 1e-12);
    scene_about(more.model.intercept, log(110. / 170), 1e-12);

    all.table.target = SLICE("lost");
    assert_int_equal(train_update(&more.model, &all.table, &kept, names, &dates, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    more.model.method = MODEL_LOGISTIC;
    assert_int_equal(train_update(&more.model, &all.table, &kept, names, &dates, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_true(more.model.rows == 280);
    free(all.table.record);
    kept_fini(&kept);
    scene_fini(&all);
    scene_fini(&more);
}

/* A few more leads, of which a column has one value, another looks like a number, and one is not a number. */
static void bayes_learns_from_records(void **state)
{
    static const char *const leads[3][3] = {{"v1", "1", "yes"}, {"v1", "2", "no"}, {"v1", " v2 ", "yes"}};
    static const struct slice names[] = {SLICE_INIT("First"), SLICE_INIT("second"), SLICE_INIT("won")};
    const struct date_reader dates = {0};
    uint8_t outcome[] = {1, 0, 1};
    size_t record[] = {0, 1, 2};
    struct train_table table = {.rows = 3, .yes = 2, .outcome = outcome, .record = record, .as_of = DAY_NONE};
    struct scene scene;
    struct kept kept;
    struct error err;
    (void)state;

    kept_init(&kept, 3);
    for (size_t i = 0; i < 3; i++) {
        struct field fields[3];
        const struct record lead = {.fields = fields, .count = 3, .line = i + 1, .number = i + 1};

        for (size_t c = 0; c < 3; c++)
            fields[c] = field_text(slice_from_cstr(leads[i][c]));
        assert_int_equal(kept_add(&kept, &lead, &err), 0);
    }
    scene_of_four_cells(&scene);
    table.target = scene.table.target;
    scene.model.method = MODEL_BAYES;
    assert_int_equal(train_update(&scene.model, &table, &kept, names, &dates, &err), 0);
    assert_true(scene.model.rows == 143 && scene.model.yes == 57);
    const struct model_feature *features = scene.model.features;
    assert_true(scene_bin(&features[0], "v1")->yes == 44 && scene_bin(&features[0], "v1")->no == 25);
    assert_true(scene_bin(&features[1], "v2")->yes == 17 && scene_bin(&features[1], "v1")->yes == 39);
    assert_true(features[1].bins[features[1].count - 2].yes == 1 && features[1].bins[features[1].count - 2].no == 1);
    scene_about(scene_bin(&features[0], "v1")->weight, log(44.1 / 57.2) - log(25.1 / 86.2), 1e-12);

    scene.model.features[1].name = SLICE("third");
    assert_int_equal(train_update(&scene.model, &table, &kept, names, &dates, &err), -1);
    assert_string_equal(err.text, "there is no column 'third', which is in the model");
    scene_fini(&scene);
    kept_fini(&kept);
}

/* What XGBoost itself says of the rows, learned with the same settings. */
static void ask_xgboost(const struct scene *scene, const char *depth, int trees, double *z)
{
    static const char *const settings[][2] = {{"objective", "binary:logistic"},
                                              {"tree_method", "hist"},
                                              {"min_child_weight", "5"},
                                              {"eta", "0.1"},
                                              {"nthread", "1"},
                                              {"verbosity", "0"}};
    const size_t rows = scene->table.rows;
    float *x = malloc(rows * 3 * sizeof *x), *y = malloc(rows * sizeof *y);
    char share[32];
    DMatrixHandle matrix;
    BoosterHandle booster;
    bst_ulong const *shape;
    bst_ulong dimensions;
    const float *said;

    for (size_t row = 0; row < rows; row++) {
        const struct model_bin *bin = &scene->model.features[1].bins[scene->bin[1][row]];

        x[row * 3] = (float)scene->features[0].number[row];
        x[row * 3 + 1] = (float)bin->evidence;
        x[row * 3 + 2] = (float)scene->features[2].number[row];
        y[row] = scene->table.outcome[row];
    }
    snprintf(share, sizeof share, "%.9g", (double)(float)((double)scene->table.yes / (double)rows));
    assert_int_equal(XGDMatrixCreateFromMat(x, rows, 3, NAN, &matrix), 0);
    assert_int_equal(XGDMatrixSetFloatInfo(matrix, "label", y, rows), 0);
    assert_int_equal(XGBoosterCreate(&matrix, 1, &booster), 0);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        assert_int_equal(XGBoosterSetParam(booster, settings[i][0], settings[i][1]), 0);
    assert_int_equal(XGBoosterSetParam(booster, "max_depth", depth), 0);
    assert_int_equal(XGBoosterSetParam(booster, "base_score", share), 0);
    for (int i = 0; i < trees; i++)
        assert_int_equal(XGBoosterUpdateOneIter(booster, i, matrix), 0);
    assert_int_equal(XGBoosterPredictFromDMatrix(booster, matrix,
                                                 "{\"type\": 1, \"training\": false, \"iteration_begin\": 0, "
                                                 "\"iteration_end\": 0, \"strict_shape\": false}",
                                                 &shape, &dimensions, &said),
                     0);
    for (size_t row = 0; row < rows; row++)
        z[row] = (double)said[row];
    XGBoosterFree(booster);
    XGDMatrixFree(matrix);
    free(x);
    free(y);
}

static void trees_are_those_of_xgboost(void **state)
{
    struct scene scene;
    struct error err;
    double z[2000], said[2000], least = INFINITY, most = -INFINITY, sum = 0, mean;
    (void)state;

    scene_drawn(&scene, 2000);
    scene.model.method = MODEL_TREES;
    assert_int_equal(train_trees(&scene.model, &scene.rows, 4, 60, 0.1, 1, &err), 0);
    assert_int_equal(scene.model.tree_count, 60);
    assert_int_equal(train_predict(&scene.model, &scene.rows, z, &err), 0);
    ask_xgboost(&scene, "4", 60, said);
    for (size_t row = 0; row < 2000; row++) {
        scene_about(z[row], said[row], 1e-5);
        least = fmin(least, z[row]);
        most = fmax(most, z[row]);
        sum += z[row] / 2000;
    }
    assert_true(most - least > 2);

    /* The means of the roots are, together, the mean of z. */
    assert_int_equal(train_trees_means(&scene.model, &scene.rows, &err), 0);
    mean = scene.model.intercept;
    for (size_t t = 0; t < 60; t++) {
        const struct model_tree *tree = &scene.model.trees[t];

        mean += tree->nodes[0].mean;
        for (size_t n = 0; n < tree->count; n++)
            assert_true(tree->nodes[n].feature == UINT32_MAX ||
                        (tree->nodes[n].left > n && tree->nodes[n].right > n && tree->nodes[n].right < tree->count));
    }
    scene_about(mean, sum, 1e-9);
    scene_fini(&scene);
}

static void results_do_not_depend_on_threads(void **state)
{
    static const struct train_method methods[] = {{MODEL_LOGISTIC, false, 0, 5, 1, 1},
                                                  {MODEL_LOGISTIC, true, 0, 5, 1, 1},
                                                  {MODEL_BAYES, false, 0, 5, 1, 1},
                                                  {MODEL_TREES, false, 0, 3, 1, 1}};
    (void)state;

    for (size_t i = 0; i < 4; i++) {
        struct train_method method = methods[i];
        struct train_result one, several;
        struct buffer text = {0}, again = {0};
        struct error err;
        struct scene scene;
        double best;

        scene_drawn(&scene, 2500);
        scene_train(&scene, &method, &one);
        method.threads = 3;
        scene_train(&scene, &method, &several);
        assert_memory_equal(one.held, several.held, 2500 * sizeof *one.held);
        assert_int_equal(model_write(&one.model, &text, &err), 0);
        assert_int_equal(model_write(&several.model, &again, &err), 0);
        assert_true(slice_equal(buffer_slice(&text), buffer_slice(&again)));
        assert_int_equal(measure_auc(scene.truth, scene.table.outcome, 2500, &best, &err), 0);
        assert_true(best > 0.72 && one.mean_auc > best - 0.03 && one.mean_auc < best + 0.003);
        assert_true(one.measures.ece < 0.04);
        assert_true(one.model.auc == one.measures.auc && one.model.cut_count >= 2);
        assert_true(one.model.rows == 2500 && slice_equal_cstr(one.model.positive, "yes"));
        buffer_fini(&text);
        buffer_fini(&again);
        train_result_fini(&one);
        train_result_fini(&several);
        scene_fini(&scene);
    }
}

/* A category of many values and an outcome that has nothing to do with it: whoever looked at the outcome of the leads
 * held out would see an area far above a half. */
static void held_out_leads_are_not_looked_at(void **state)
{
    static const enum model_method methods[] = {MODEL_LOGISTIC, MODEL_BAYES, MODEL_TREES};
    (void)state;

    for (size_t i = 0; i < 3; i++) {
        const struct train_method method = {methods[i], false, 0, 5, 1, 1};
        struct train_result result;
        struct scene scene;

        scene_init(&scene, 2000);
        struct train_feature *feature = scene_add(&scene, "code", TRAIN_CATEGORY, 50);
        for (size_t row = 0; row < 2000; row++) {
            feature->code[row] = (uint32_t)(scene_draw(&scene) * 51);
            scene.table.outcome[row] = scene_draw(&scene) < 0.3;
        }
        scene_bins(&scene);
        scene_train(&scene, &method, &result);
        scene_about(result.mean_auc, 0.5, 0.05);
        train_result_fini(&result);
        scene_fini(&scene);
    }
}

static void nothing_to_learn_from_is_an_error(void **state)
{
    const struct train_method method = {MODEL_LOGISTIC, false, 0, 5, 1, 1};
    struct train_result result;
    struct scene scene;
    struct error err;
    (void)state;

    scene_of_four_cells(&scene);
    scene.features[0].skipped = scene.features[1].skipped = "left out";
    assert_int_equal(train_model(&result, &scene.table, &method, scene.part, &err), -1);
    assert_string_equal(err.text, "no column is left to learn from");
    scene_fini(&scene);
}

/* One of everything that allocates by itself: 0, or -1 as the first that fails. (liblinear does not survive it.) */
static int learn_bayes(struct scene *scene, const struct kept *kept, const struct slice *names, struct error *err)
{
    const struct date_reader dates = {0};
    const struct train_method method = {MODEL_BAYES, false, 0, 3, 1, 1};
    struct train_result result;
    struct buffer text = {0};

    if (train_deal(&scene->table, 3, 1, scene->part, err) ||
        train_model(&result, &scene->table, &method, scene->part, err))
        return -1;
    const int failed = train_update(&result.model, &scene->table, kept, names, &dates, err) ||
                       train_to_rules(&result.model, 20, 50, &text, err);
    buffer_fini(&text);
    train_result_fini(&result);
    return failed ? -1 : 0;
}

static void memory_that_runs_short_is_reported(void **state)
{
    struct slice names[SCENE_FEATURES];
    struct scene scene;
    struct kept kept;
    struct error err;
    (void)state;

    scene_drawn(&scene, 500);
    keep_leads(&scene, &kept, names);
    size_t refused = 0;
    for (int stays = 0; stays < 2; stays++)
        for (long left = 0;; left++) {
            const long live = memory_live;

            memory_limit(left, stays);
            const int failed = learn_bayes(&scene, &kept, names, &err);
            memory_limit(-1, false);
            assert_int_equal(memory_live, live);
            if (!memory_reached)
                break;
            memory_reached = false;
            refused += failed != 0; /* what only would have given memory back may fail */
            if (failed)
                assert_int_equal(err.status, STATUS_SYSTEM);
        }
    assert_true(refused > 100 || !MEMORY_CAN_FAIL);
    free(scene.table.record);
    kept_fini(&kept);
    scene_fini(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_are_dealt_evenly),
        cmocka_unit_test(logistic_weights_are_those_of_the_objective),
        cmocka_unit_test(rows_left_out_are_not_learned),
        cmocka_unit_test(l1_leaves_noise_at_nothing),
        cmocka_unit_test(bayes_is_that_of_odoo),
        cmocka_unit_test(bayes_goes_on_learning),
        cmocka_unit_test(bayes_learns_from_records),
        cmocka_unit_test(trees_are_those_of_xgboost),
        cmocka_unit_test(results_do_not_depend_on_threads),
        cmocka_unit_test(held_out_leads_are_not_looked_at),
        cmocka_unit_test(nothing_to_learn_from_is_an_error),
        cmocka_unit_test(memory_that_runs_short_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
