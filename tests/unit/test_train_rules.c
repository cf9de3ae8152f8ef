/* A model as a rule file: points worked out by hand, and scores of leads against what the model says of them. */
#include "train_scene.h"

#include <jansson.h>

#include "analysis/score_rules.h"

static const json_t *rule_of(const json_t *rules, const char *name)
{
    const json_t *list = json_object_get(json_array_get(json_object_get(rules, "groups"), 0), "rules");

    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_object_get(json_array_get(list, i), "name")), name) == 0)
            return json_array_get(list, i);
    fail_msg("no rule %s", name);
    return NULL;
}

static double number_at(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    assert_true(json_is_number(value));
    return json_number_value(value);
}

/* Weights ln 4 and -ln 2 at 20 points to double are 40 and -20, less the mean of the feature: 66 leads of the first and
 * 74 of the second, (66 * 40 - 74 * 20) / 140 = 8.286: 32 and -28. What a lead has on average at an intercept of
 * -ln 2: 8.286 - 20 = -11.714, and the log-odds of 55 in 140 are -12.561 points; so the average lead has
 * 50 - 11.714 + 12.561 = 50.847: 51 points. */
static void rules_are_whole_points(void **state)
{
    struct scene scene;
    struct error err;
    struct buffer text = {0};
    json_error_t where;
    (void)state;

    scene_of_four_cells(&scene);
    scene_bin(&scene.model.features[0], "v1")->weight = log(4);
    scene_bin(&scene.model.features[0], "v2")->weight = -log(2);
    scene.model.intercept = -log(2);
    assert_int_equal(train_to_rules(&scene.model, 20, 50, &text, &err), 0);
    json_t *rules = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, &where);
    if (!rules)
        fail_msg("%s:\n%.*s", where.text, SLICE_ARG(buffer_slice(&text)));
    assert_string_equal(json_string_value(json_object_get(rules, "title")), "Learned from 140 leads: won = yes");
    assert_true(number_at(rules, "base") == 51);
    const json_t *values = json_object_get(rule_of(rules, "first"), "points_by_value");
    assert_true(number_at(values, "v1") == 32 && number_at(values, "v2") == -28);
    assert_string_equal(json_string_value(json_object_get(rule_of(rules, "first"), "value")), ".first");
    assert_int_equal(json_array_size(json_object_get(json_array_get(json_object_get(rules, "groups"), 0), "rules")), 1);
    /* A lead with v1 has 83 points, which rounding has made 83 - 82.561 = .439 too many, v2 23 against 22.561, too. */
    const json_t *calibration = json_object_get(rules, "calibration");
    scene_about(number_at(calibration, "factor"), 20 / log(2), 1e-12);
    scene_about((83 - number_at(calibration, "offset")) / number_at(calibration, "factor"), log(2), 1e-9);
    scene_about((23 - number_at(calibration, "offset")) / number_at(calibration, "factor"), -2 * log(2), 1e-9);
    json_decref(rules);
    buffer_fini(&text);

    scene.model.method = MODEL_TREES;
    assert_int_equal(train_to_rules(&scene.model, 20, 50, &text, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    scene_fini(&scene);
}

/* The points of a number by a rule, as crm-rules(5) has it. */
static double points_of(const json_t *rule, double x)
{
    const json_t *ranges = json_object_get(rule, "ranges");

    if (isnan(x))
        return number_at(rule, "missing");
    for (size_t i = 0; i < json_array_size(ranges); i++) {
        const json_t *range = json_array_get(ranges, i);
        const json_t *from = json_object_get(range, "from"), *below = json_object_get(range, "below");

        if ((!from || x >= json_number_value(from)) && (!below || x < json_number_value(below)))
            return number_at(range, "points");
    }
    fail_msg("%g is in no range", x);
    return 0;
}

/* What a score by the rules says of each lead, as crm-rules(5) has it, is what the model says but for rounding. */
static void rules_say_what_the_model_says(void **state)
{
    const struct train_method method = {MODEL_LOGISTIC, false, 1, 5, 1, 1};
    struct train_result result;
    struct scene scene;
    struct error err;
    struct buffer text = {0};
    json_error_t where;
    double z[2500];
    (void)state;

    scene_drawn(&scene, 2500);
    scene_train(&scene, &method, &result);
    result.model.calibration = (struct model_calibration){.kind = CALIBRATE_PLATT, .a = 1.1, .b = -0.2};
    assert_int_equal(train_predict(&result.model, &scene.rows, z, &err), 0);
    assert_int_equal(train_to_rules(&result.model, 20, 50, &text, &err), 0);
    json_t *rules = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, &where);
    assert_non_null(rules);
    const json_t *source = rule_of(rules, "Lead \"Source\"");
    const json_t *calibration = json_object_get(rules, "calibration");
    assert_string_equal(json_string_value(json_object_get(source, "value")), ".\"Lead \\\"Source\\\"\"");
    double away = 0;
    for (size_t row = 0; row < 2500; row++) {
        const uint32_t code = scene.features[1].code[row];
        const double score =
            number_at(rules, "base") + points_of(rule_of(rules, "employees"), scene.features[0].number[row]) +
            points_of(rule_of(rules, "noise"), scene.features[2].number[row]) +
            (code ? number_at(json_object_get(source, "points_by_value"), scene.features[1].levels[code].ptr)
                  : number_at(source, "missing"));
        const double odds = (score - number_at(calibration, "offset")) / number_at(calibration, "factor");
        away += odds - (1.1 * z[row] - 0.2);
        scene_about(odds, 1.1 * z[row] - 0.2, 2 / number_at(calibration, "factor")); /* half a point for each rule */
    }
    scene_about(away / 2500, 0, 0.005);
    json_decref(rules);
    buffer_fini(&text);
    train_result_fini(&result);
    scene_fini(&scene);
}

/* Ages are worked out of dates; equal neighbours are one range; words for no value are listed where they matter; a
 * feature that moves nothing is left out; names keep their quotes. crm-score reads it. */
static void rules_are_what_the_rule_file_wants(void **state)
{
    static struct slice google[] = {SLICE_INIT("Google")}, none[] = {SLICE_INIT("None")};
    struct model_bin days[] = {{-INFINITY, 30, NULL, 0, 20, 20, 0, 1.0},
                               {30, 90, NULL, 0, 20, 20, 0, 1.01},
                               {90, INFINITY, NULL, 0, 20, 20, 0, -1.005},
                               {0, 0, NULL, 0, 0, 0, 0, -2}};
    struct model_bin sources[] = {{0, 0, google, 1, 30, 10, 0, 1},
                                  {0, 0, none, 1, 0, 20, 0, -1},
                                  {0, 0, NULL, 0, 10, 10, 0, 0},
                                  {0, 0, NULL, 0, 20, 20, 0, -0.5}};
    struct model_bin same[] = {{-INFINITY, INFINITY, NULL, 0, 60, 60, 0, 3}, {0, 0, NULL, 0, 0, 0, 0, 3}};
    struct model_feature features[] = {{SLICE_INIT("created at"), TRAIN_DATE, days, 4, 0, 0},
                                       {SLICE_INIT("say \"hi\""), TRAIN_CATEGORY, sources, 4, 0, 0},
                                       {SLICE_INIT("same"), TRAIN_NUMBER, same, 2, 0, 0}};
    struct model_cut cuts[] = {{SLICE_INIT("A"), 0.75}, {SLICE_INIT("B"), 0}};
    const struct model model = {.method = MODEL_BAYES,
                                .target = SLICE("won \"now\""),
                                .positive = SLICE("yes"),
                                .rows = 120,
                                .yes = 60,
                                .features = features,
                                .feature_count = 3,
                                .cuts = cuts,
                                .cut_count = 2};
    struct score_rules rules;
    struct buffer text = {0};
    struct error err;
    json_error_t where;
    (void)state;

    assert_int_equal(train_to_rules(&model, 20, 50, &text, &err), 0);
    if (score_rules_read(&rules, buffer_slice(&text), "learned.json", &err))
        fail_msg("%s", err.text);
    assert_int_equal(rules.rule_count, 2);
    assert_true(rules.base > 0);
    assert_true(rules.factor > 28.8 && rules.factor < 28.9);
    assert_true(rules.grades.kind == SCORE_BANDS && rules.grades.of == SCORE_OF_PROBABILITY);
    score_rules_fini(&rules);

    json_t *json = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, &where);
    const json_t *created = rule_of(json, "created at"), *source = rule_of(json, "say \"hi\"");
    assert_string_equal(json_string_value(json_object_get(created, "value")), "days_since(.\"created at\")");
    assert_int_equal(json_array_size(json_object_get(created, "ranges")), 2);
    /* Mean .335: 28.854 * (1 - .335) = 19.19, * .675 = 19.48; both are 19, and 28.854 * -1.34 = -38.66. */
    assert_true(number_at(json_array_get(json_object_get(created, "ranges"), 0), "below") == 90);
    assert_true(number_at(json_array_get(json_object_get(created, "ranges"), 0), "points") == 19);
    assert_true(number_at(json_array_get(json_object_get(created, "ranges"), 1), "from") == 90);
    assert_true(number_at(json_array_get(json_object_get(created, "ranges"), 1), "points") == -39);
    /* Mean (40 - 20 - 20) / 120 = 0. "None" is a value here, "Select" is none. */
    const json_t *values = json_object_get(source, "points_by_value");
    assert_true(number_at(values, "Google") == 29 && number_at(values, "None") == -29);
    assert_true(number_at(values, "Select") == -14 && number_at(source, "missing") == -14);
    assert_true(number_at(source, "otherwise") == 0);
    json_decref(json);
    buffer_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_whole_points),
        cmocka_unit_test(rules_say_what_the_model_says),
        cmocka_unit_test(rules_are_what_the_rule_file_wants),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
