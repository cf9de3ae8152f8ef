/* Applying a model: bins, weights, reasons and trees of models written by hand, and the same of leads as in training.
 */
#include "short_memory.h"
#include "train_scene.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A model of three features, weights that are easily added:
 *     age       under 20: 1, 20 to 50: 2, 50 and more: 4, missing: 8
 *     source    Google or Bing: 16, "Direct Traffic": 32, other: 64, missing: 128
 *     created   (days) under 30: 256, 30 and more: 512, missing: 1024
 * and -1000 besides. Mean weights over the leads: 2.5 (2 of 4 leads each in bins 2 and 3 are 2, 4, 2 and 2), ... */
static struct model_bin ages[] = {{-INFINITY, 20, NULL, 0, 1, 1, 0, 1},
                                  {20, 50, NULL, 0, 1, 1, 0, 2},
                                  {50, INFINITY, NULL, 0, 0, 0, 0, 4},
                                  {0, 0, NULL, 0, 0, 0, 0, 8}};
static struct slice searched[] = {SLICE_INIT("Google"), SLICE_INIT("Bing")}, direct[] = {SLICE_INIT("Direct Traffic")};
static struct model_bin sources[] = {{0, 0, searched, 2, 1, 2, 1.5, 16},
                                     {0, 0, direct, 1, 1, 0, -0.5, 32},
                                     {0, 0, NULL, 0, 0, 0, 7, 64},
                                     {0, 0, NULL, 0, 0, 0, 7, 128}};
static struct model_bin created[] = {
    {-INFINITY, 30, NULL, 0, 4, 0, 0, 256}, {30, INFINITY, NULL, 0, 0, 0, 0, 512}, {0, 0, NULL, 0, 0, 0, 0, 1024}};
static struct model_feature features[] = {{SLICE_INIT("age"), TRAIN_NUMBER, ages, 4, 0, 0},
                                          {SLICE_INIT("source"), TRAIN_CATEGORY, sources, 4, 0, 0},
                                          {SLICE_INIT("created"), TRAIN_DATE, created, 3, 0, 0}};

static struct model by_hand(void)
{
    return (struct model){
        .method = MODEL_LOGISTIC, .rows = 4, .yes = 2, .intercept = -1000, .features = features, .feature_count = 3};
}

static struct model_use *use_of(const struct model *model)
{
    const struct date_reader dates = {0};
    struct model_use *use;
    struct error err;

    assert_int_equal(model_use_new(&use, model, day_from_civil(2026, 3, 31), &dates, &err), 0);
    return use;
}

struct lead {
    const char *age, *source, *created;
    double z; /* and 1000 */
    uint32_t bins[3];
};

static void each_value_finds_its_bin(void **state)
{
    static const struct lead leads[] = {
        {"19.99", "Google", "2026-03-31", 1 + 16 + 256, {0, 0, 0}},
        {"20", "Bing", "2026-03-02", 2 + 16 + 256, {1, 0, 0}},
        {" 49 ", " Direct Traffic ", "2026-03-01", 2 + 32 + 512, {1, 1, 1}},
        {"5e1", "google", "2026-03-01T23:59:00Z", 4 + 64 + 512, {2, 2, 1}}, /* another value than Google */
        {"-7", "Referral", "2027-01-01", 1 + 64 + 256, {0, 2, 0}},          /* after the analysis date: below 0 */
        {"123456789012345678901234567890", "x", "1950-01-01", 4 + 64 + 512, {2, 2, 1}},
        {"", "", "", 8 + 128 + 1024, {3, 3, 2}},
        {"n/a", "Select", "unknown", 8 + 128 + 1024, {3, 3, 2}},
        {" ", "-- None --", "0001-01-01", 8 + 128 + 1024, {3, 3, 2}}, /* a day that stands for none */
    };
    const struct model model = by_hand();
    struct model_use *use = use_of(&model);
    struct error err;
    (void)state;

    for (size_t i = 0; i < COUNT(leads); i++) {
        const struct slice values[3] = {slice_from_cstr(leads[i].age), slice_from_cstr(leads[i].source),
                                        slice_from_cstr(leads[i].created)};
        double z, p, parts[3];
        uint32_t bins[3];

        assert_int_equal(model_apply(use, values, &z, &p, parts, bins, &err), 0);
        if (z != leads[i].z - 1000)
            fail_msg("%zu: %g instead of %g", i, z + 1000, leads[i].z);
        assert_true(fabs(p - 1 / (1 + exp(-z))) < 1e-12);
        assert_memory_equal(bins, leads[i].bins, sizeof bins);
        /* Means: (2 * 1 + 2 * 2) / 4, (3 * 16 + 32) / 4, 256 */
        assert_true(parts[0] == ages[bins[0]].weight - 1.5);
        assert_true(parts[1] == sources[bins[1]].weight - 20);
        assert_true(parts[2] == created[bins[2]].weight - 256);
        assert_int_equal(model_apply(use, values, &z, &p, NULL, NULL, &err), 0);
        assert_true(z == leads[i].z - 1000);
    }
    model_use_free(use);
    model_use_free(NULL);
}

static void what_cannot_be_read_is_an_error(void **state)
{
    static const struct {
        const char *values[3], *text;
    } bad[] = {
        {{"abc", "", ""}, "feature 'age': 'abc' is not a number"},
        {{"12 years", "", ""}, "feature 'age': '12 years' is not a number"},
        {{"nan(1)", "", ""}, "feature 'age': 'nan(1)' is not a number"},
        {{"1", "", "31.12.2025"}, "feature 'created': '31.12.2025' is not a date"},
    };
    const struct model model = by_hand();
    struct model_use *use = use_of(&model);
    struct error err;
    (void)state;

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct slice values[3];
        double z, p;

        for (size_t f = 0; f < 3; f++)
            values[f] = slice_from_cstr(bad[i].values[f]);
        assert_int_equal(model_apply(use, values, &z, &p, NULL, NULL, &err), -1);
        assert_int_equal(err.status, STATUS_DATA);
        assert_string_equal(err.text, bad[i].text);
    }
    model_use_free(use);
}

/* A range taken out by hand: what lies in it is as if it were missing. */
static void between_ranges_a_number_is_missing(void **state)
{
    struct model model = by_hand();
    struct model_bin two[] = {ages[0], ages[2], ages[3]};
    struct model_feature feature = features[0];
    const struct slice value = SLICE("30"), above = SLICE("50");
    struct error err;
    double z, p;
    uint32_t bin;
    (void)state;

    feature.bins = two;
    feature.count = 3;
    model.features = &feature;
    model.feature_count = 1;
    struct model_use *use = use_of(&model);
    assert_int_equal(model_apply(use, &value, &z, &p, NULL, &bin, &err), 0);
    assert_true(z == -992 && bin == 2);
    assert_int_equal(model_apply(use, &above, &z, &p, NULL, &bin, &err), 0);
    assert_true(z == -996 && bin == 1);
    model_use_free(use);
}

/* One tree: age < 40 (missing goes right)? then by the evidence of the source (1.5 or -.5; a bin without leads has 0):
 * below 1: -1, else 2; otherwise 5. Means of the nodes: 1, 0.5, ... */
static void trees_are_walked_and_explained(void **state)
{
    struct model_node nodes[] = {{0, 1, 4, 40, 1, false},
                                 {1, 2, 3, 1, 0.5, true},
                                 {UINT32_MAX, 0, 0, -1, -1, false},
                                 {UINT32_MAX, 0, 0, 2, 2, false},
                                 {UINT32_MAX, 0, 0, 5, 5, false}};
    struct model_node stump[] = {{UINT32_MAX, 0, 0, 0.25f, 0.25, false}};
    struct model_tree trees[] = {{nodes, 5}, {stump, 1}};
    static const struct {
        const char *values[3];
        double z, parts[3];
    } leads[] = {
        {{"39", "Bing", ""}, 2.25 - 1000, {-0.5, 1.5, 0}},
        {{"39", "Direct Traffic", ""}, -0.75 - 1000, {-0.5, -1.5, 0}},
        {{"39", "new", ""}, -0.75 - 1000, {-0.5, -1.5, 0}},
        {{"40", "Bing", ""}, 5.25 - 1000, {4, 0, 0}},
        {{"", "Bing", ""}, 5.25 - 1000, {4, 0, 0}},
    };
    struct model model = by_hand();
    struct error err;
    (void)state;

    model.method = MODEL_TREES;
    model.trees = trees;
    model.tree_count = 2;
    struct model_use *use = use_of(&model);
    for (size_t i = 0; i < COUNT(leads); i++) {
        struct slice values[3];
        double z, p, parts[3];

        for (size_t f = 0; f < 3; f++)
            values[f] = slice_from_cstr(leads[i].values[f]);
        assert_int_equal(model_apply(use, values, &z, &p, parts, NULL, &err), 0);
        assert_true(z == leads[i].z);
        assert_memory_equal(parts, leads[i].parts, sizeof parts);
        assert_int_equal(model_apply(use, values, &z, &p, NULL, NULL, &err), 0);
        assert_true(z == leads[i].z);
    }
    model_use_free(use);
}

/* The texts of leads, applied, give the z of training to the last bit, and the parts are what z is above its mean. */
static void leads_are_seen_as_in_training(void **state)
{
    static const enum model_method methods[] = {MODEL_LOGISTIC, MODEL_BAYES, MODEL_TREES};
    (void)state;

    for (size_t m = 0; m < COUNT(methods); m++) {
        struct scene scene;
        struct error err;
        double z[1500], mean = 0, shift = 0;

        scene_drawn(&scene, 1500);
        scene.model.method = methods[m];
        if (methods[m] == MODEL_LOGISTIC)
            assert_int_equal(train_logistic(&scene.model, &scene.rows, 1, false, &err), 0);
        else if (methods[m] == MODEL_BAYES)
            train_bayes(&scene.model);
        else
            assert_int_equal(train_trees(&scene.model, &scene.rows, 4, 50, 0.1, 1, &err) ||
                                 train_trees_means(&scene.model, &scene.rows, &err),
                             0);
        assert_int_equal(train_predict(&scene.model, &scene.rows, z, &err), 0);
        for (size_t row = 0; row < 1500; row++)
            mean += z[row] / 1500;
        struct model_use *use = use_of(&scene.model);
        for (size_t row = 0; row < 1500; row++) {
            const double x = scene.features[0].number[row], noise = scene.features[2].number[row];
            char texts[2][40];
            double found, p, parts[3];

            snprintf(texts[0], sizeof texts[0], "%.17g", x);
            snprintf(texts[1], sizeof texts[1], "%.17g", noise);
            const struct slice values[3] = {slice_from_cstr(isnan(x) ? "" : texts[0]),
                                            scene.features[1].levels[scene.features[1].code[row]],
                                            slice_from_cstr(texts[1])};
            assert_int_equal(model_apply(use, values, &found, &p, parts, NULL, &err), 0);
            assert_true(found == z[row]);
            shift = fmax(shift, fabs(found - mean - parts[0] - parts[1] - parts[2]));
        }
        assert_true(shift < 1e-9);
        model_use_free(use);
        scene_fini(&scene);
    }
}

static void memory_that_runs_short_is_reported(void **state)
{
    const struct date_reader dates = {0};
    const struct model model = by_hand();
    (void)state;

    for (long left = 0;; left++) {
        const long live = memory_live;
        struct model_use *use;
        struct error err;

        memory_limit(left, false);
        const int failed = model_use_new(&use, &model, 0, &dates, &err);
        memory_limit(-1, false);
        if (!memory_reached) {
            model_use_free(use);
            assert_true(left > 5 || !MEMORY_CAN_FAIL);
            break;
        }
        memory_reached = false;
        assert_int_equal(failed, -1);
        assert_int_equal(err.status, STATUS_SYSTEM);
        assert_int_equal(memory_live, live);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_value_finds_its_bin),           cmocka_unit_test(what_cannot_be_read_is_an_error),
        cmocka_unit_test(between_ranges_a_number_is_missing), cmocka_unit_test(trees_are_walked_and_explained),
        cmocka_unit_test(leads_are_seen_as_in_training),      cmocka_unit_test(memory_that_runs_short_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
