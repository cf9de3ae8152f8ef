/* Reading a model: everything that is wrong with such a file is refused with its place, and whatever bytes stand in it
 * make an error or a model that can be applied. */
#include "model_file.h"

static void assert_refused(const char *text, const char *expected)
{
    struct model model;
    struct error err;

    if (!model_read(&model, slice_from_cstr(text), "m.json", &err))
        fail_msg("taken instead of <<%s>>", expected);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_null(model.arena.blocks);
    if (strncmp(err.text, expected, strlen(expected)) != 0)
        fail_msg("<<%s>> instead of <<%s>>", err.text, expected);
}

struct change {
    const char *old, *new, *message;
};

/* The first `old` is replaced by `new`. */
static void assert_changes_refused(const char *file, const struct change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *at = strstr(file, changes[i].old);
        char text[4096];

        assert_non_null(at);
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - file), file, changes[i].new, at + strlen(changes[i].old));
        assert_refused(text, changes[i].message);
    }
}
#define REFUSED(file, changes) assert_changes_refused(file, changes, sizeof(changes) / sizeof *(changes))

static void what_is_wrong_with_the_head(void **state)
{
    static const struct change changes[] = {
        {"{", "[", "m.json:2: not JSON: "},
        {"\"crm_model\": 1,", "", "m.json: not a model of crm-train: it does not say {\"crm_model\": 1, ...}"},
        {"\"crm_model\": 1", "\"crm_model\": 1.0", "m.json: not a model of crm-train: "},
        {"\"crm_model\": 1", "\"crm_model\": 2", "m.json: a model of version 2; this program knows version 1"},
        {"\"method\"", "\"new\": 1, \"method\"", "m.json: new: unknown key"},
        {"\"yes\": 25", "\"yes\": 25, \"yes\": 25", "m.json:8: not JSON: duplicate object key"},
        {"\"method\": \"logistic\",", "", "m.json: method: missing"},
        {"\"logistic\"", "1", "m.json: method: not a string"},
        {"\"logistic\"", "\"\"", "m.json: method: empty"},
        {"\"logistic\"", "\"linear\"", "m.json: method: 'linear' is none of logistic, bayes, trees"},
        {"\"target\": \"Converted\",", "", "m.json: target: missing"},
        {"\"Converted\"", "\"\"", "m.json: target: empty"},
        {"\"positive\": \"1\",", "", "m.json: positive: missing"},
        {"\"1\"", "1", "m.json: positive: not a string"},
        {"2026-03-31", "2026-02-30", "m.json: as_of: '2026-02-30' is not a date such as 2026-03-31"},
        {"2026-03-31", "2026-03-31T12:00", "m.json: as_of: '2026-03-31T12:00' is not a date such as 2026-03-31"},
        {"\"2026-03-31\"", "null", "m.json: as_of: not a string"},
        {"\"rows\": 100,", "", "m.json: rows: missing"},
        {"100", "-1", "m.json: rows: -1 is not between 0 and 1e+15"},
        {"100", "1e999", "m.json:7: not JSON: real number overflow"},
        {"25", "101", "m.json: yes: 101 is not between 0 and 100"},
        {"25", "\"25\"", "m.json: yes: not a number"},
        {"{\"auc\": 0.8", "{\"roc\": 0.8", "m.json: measures.roc: unknown key"},
        {"0.8", "null", "m.json: measures.auc: not a number"},
        {"0.8", "1.1", "m.json: measures.auc: 1.1 is not between 0 and 1"},
        {"{\"auc\": 0.8, \"log_loss\": 0.4}", "[]", "m.json: measures: not an object"},
        {"\"grades\"", "\"grade\"", "m.json: grade: unknown key"},
        {"\"from\": 0.5", "\"from\": 1.5", "m.json: grades[0].from: 1.5 is not between 0 and 1"},
        {"\"from\": 0.5", "\"at\": 0.5", "m.json: grades[0].at: unknown key"},
        {"\"from\": 0}", "\"from\": 0.6}", "m.json: grades[1]: 'from' is above that of the grade before"},
        {"\"A\"", "\"\"", "m.json: grades[0].grade: empty"},
        {"{\"grade\": \"A\", \"from\": 0.5}", "0.5", "m.json: grades[0]: not an object"},
        {"\"intercept\": -1.5,", "", "m.json: intercept: missing"},
        {"-1.5", "1e101", "m.json: intercept: 1e+101 is not between -1e+100 and 1e+100"},
        {"\n  ]\n}", "\n  ], \"trees\": []\n}", "m.json: trees: the method is not trees"},
        {"\n  ]\n}", "\n  ]", "m.json:"},
    };
    (void)state;

    REFUSED(SMALL, changes);
    assert_refused("", "m.json:");
    assert_refused("[]", "m.json: not a JSON object");
}

static void what_is_wrong_with_the_calibration(void **state)
{
    static const char isotonic[] =
        HEAD "\"calibration\": {\"kind\": \"isotonic\", \"points\": [{\"z\": -1, \"p\": 0.1}, "
             "{\"z\": 2, \"p\": 0.4}]}," FEATURES END;
    static const struct change changes[] = {
        {CALIBRATION, "", "m.json: calibration: missing"},
        {"{\"kind\": \"platt\", \"a\": 0.9, \"b\": -0.1}", "1", "m.json: calibration: not an object"},
        {"\"kind\": \"platt\", ", "", "m.json: calibration.kind: missing"},
        {"platt", "beta", "m.json: calibration.kind: 'beta' is none of none, platt, isotonic"},
        {"platt", "none", "m.json: calibration.a: unknown key"},
        {"platt", "isotonic", "m.json: calibration.points: missing"},
        {"\"a\": 0.9, ", "", "m.json: calibration.a: missing"},
        {"-0.1", "-1e200", "m.json: calibration.b: -1e+200 is not between -1e+100 and 1e+100"},
    };
    static const struct change points[] = {
        {"[{\"z\": -1, \"p\": 0.1}, {\"z\": 2, \"p\": 0.4}]", "[]",
         "m.json: calibration.points: not an array of 1 to 100000 elements"},
        {", \"points\": [{\"z\": -1, \"p\": 0.1}, {\"z\": 2, \"p\": 0.4}]", "", "m.json: calibration.points: missing"},
        {"\"points\"", "\"b\": 1, \"points\"", "m.json: calibration.a: missing"},
        {"{\"z\": -1, \"p\": 0.1}", "[-1, 0.1]", "m.json: calibration.points[0]: not an object"},
        {"\"z\": -1, ", "", "m.json: calibration.points[0].z: missing"},
        {"\"z\": 2", "\"z\": -1", "m.json: calibration.points[1]: 'z' is not above that of the point before"},
        {"\"p\": 0.4", "\"p\": 0.05", "m.json: calibration.points[1]: 'p' is below that of the point before"},
        {"\"p\": 0.4", "\"p\": 1", "m.json: calibration.points[1]: 'p' is not above 0 and below 1"},
        {"\"p\": 0.1", "\"p\": 0", "m.json: calibration.points[0]: 'p' is not above 0 and below 1"},
        {"\"p\": 0.1", "\"p\": -1", "m.json: calibration.points[0].p: -1 is not between 0 and 1"},
    };
    struct model model;
    (void)state;

    REFUSED(SMALL, changes);
    REFUSED(isotonic, points);
    read_small(&model, isotonic);
    assert_int_equal(model.calibration.count, 2);
    model_fini(&model);
}

static void what_is_wrong_with_the_features(void **state)
{
#define BINS "m.json: features[0].bins"
#define AGES "m.json: features[1].bins"
    static const struct change changes[] = {
        {"\"features\": [", "\"features\": 1, \"trees\": [", "m.json: features: not an array of 0 to 10000 elements"},
        {"\"features\": [", "\"features\": [7,", "m.json: features[0]: not an object"},
        {"\"name\": \"source\",", "", "m.json: features[0].name: missing"},
        {"\"source\"", "\"a\\u0000b\"", "m.json:18: not JSON: "},
        {"\"name\": \"age\"", "\"name\": \"source\"", "m.json: features[1].name: another feature has this name"},
        {"\"category\"", "\"text\"", "m.json: features[0].kind: 'text' is none of number, category, date"},
        {"\"information\": 0.25,", "", "m.json: features[0].information: missing"},
        {"\"information\": 0.25", "\"information\": 0.25, \"iv\": 1", "m.json: features[0].iv: unknown key"},
        {"\"information\": 0.25", "\"information\": 0.25, \"missing_mean\": []",
         "m.json: features[0].missing_mean: not a number"},
        {"\"bins\"", "\"missing_mean\"", "m.json: features[0].missing_mean: not a number"},
        {"\"bins\": [", "\"bins\": [1,", BINS "[0]: not an object"},
        {"[\"Web\", \"Mail\"]", "\"Web\"", BINS "[0].values: not an array of 1 to 1000000 elements"},
        {"[\"Web\", \"Mail\"]", "[]", BINS "[0].values: not an array of 1 to 1000000 elements"},
        {"\"Mail\"", "\"Web\"", BINS "[0].values[1]: the value is in a bin already"},
        {"\"Mail\"", "\"\"", BINS "[0].values[1]: empty"},
        {"\"Mail\"", "2", BINS "[0].values[1]: not a string"},
        {"\"values\": [\"Web\", \"Mail\"], ", "", BINS "[0].values: missing"},
        {"\"values\": [\"Web\", \"Mail\"], ", "\"from\": 1, ", BINS "[0].from: unknown key"},
        {"\"other\": true, ", "", BINS "[1]: the last bin but one is not {\"other\": true, ...}"},
        {"\"other\": true, ", "\"other\": false, ", BINS "[1]: the last bin but one is not {\"other\": true, ...}"},
        {"\"missing\": true, ", "", BINS "[2]: the last bin is not {\"missing\": true, ...}"},
        {"\"yes\": 15, ", "", BINS "[0].yes: missing"},
        {"\"no\": 15", "\"no\": -15", BINS "[0].no: -15 is not between 0 and 1e+15"},
        {"\"evidence\": 1.1", "\"evidence\": null", BINS "[0].evidence: not a number"},
        {"\"weight\": 1}", "\"weight\": \"1\"}", BINS "[0].weight: not a number"},
        {", \"weight\": 1}", "}", BINS "[0].weight: missing"},
        {"\"weight\": 1}", "\"weight\": NaN}", "m.json:22: not JSON: "},
        {"\"weight\": 1}", "\"weight\": 1e300}", BINS "[0].weight: 1e+300 is not between -1e+100 and 1e+100"},
        {"\"below\": 20", "\"from\": 1, \"below\": 20", AGES "[0]: the first bin has a 'from'"},
        {"\"below\": 20", "\"below\": 21", AGES "[1]: 'from' is not what the bin before is 'below'"},
        {"\"below\": 20, ", "", AGES "[0]: 'below' is missing, and more ranges follow"},
        {"\"from\": 20, ", "", AGES "[1]: 'from' is not what the bin before is 'below'"},
        {"\"below\": 45.5", "\"below\": 20", AGES "[1]: 'from' is not less than 'below'"},
        {"\"below\": 45.5, ", "", AGES "[1]: 'below' is missing, and more ranges follow"},
        {"{\"from\": 45.5, ", "{\"from\": 45.5, \"below\": 50, ", AGES "[2]: the last range has a 'below'"},
        {"\"below\": 45.5", "\"below\": \"45.5\"", AGES "[1].below: not a number"},
        {"\"below\": 45.5", "\"values\": []", AGES "[1].values: unknown key"},
    };
    static const struct change short_one[] = {
        {"\"bins\": [\n        {\"below\": 20", "\"bins\": [{\"missing\": true}], \"x\": [\n        {\"below\": 20",
         "m.json: features[1].x: unknown key"},
    };
    (void)state;

    REFUSED(SMALL, changes);
    REFUSED(SMALL, short_one);
    assert_refused("{\"crm_model\": 1, \"method\": \"bayes\", \"target\": \"t\", \"positive\": \"y\", \"rows\": 1, "
                   "\"yes\": 1, \"grades\": [], \"calibration\": {\"kind\": \"none\"}, \"intercept\": 0, \"features\": "
                   "[{\"name\": \"n\", \"kind\": \"number\", \"information\": 0, \"bins\": [{\"missing\": true}]}]}",
                   "m.json: features[0].bins: not an array of 2 to 65535 elements");
}

static void what_is_wrong_with_trees(void **state)
{
#define NODE "m.json: trees[0][0]"
    static const struct change changes[] = {
        {"\"evidence\": 0}", "\"evidence\": 0, \"weight\": 0}", "m.json: features[0].bins[0].weight: unknown key"},
        {"\"trees\": [[", "\"tree\": [[", "m.json: tree: unknown key"},
        {"\"trees\": [[", "\"trees\": [1, [", "m.json: trees[0]: not an array of 1 to 1000000 elements"},
        {"\"trees\": [[", "\"trees\": [[], [", "m.json: trees[0]: not an array of 1 to 1000000 elements"},
        {"\"trees\": [[", "\"trees\": [[null, ", NODE ": not an object"},
        {"\"feature\": \"n\", ", "", NODE ".feature: missing"},
        {"\"feature\": \"n\"", "\"feature\": \"m\"", NODE ".feature: no feature 'm'"},
        {"\"feature\": \"n\"", "\"feature\": 0", NODE ".feature: not a string"},
        {"1.5", "1e39", NODE ".below: 1e+39 is not between -3.4028235e+38 and 3.4028235e+38"},
        {"1.5", "null", NODE ".below: not a number"},
        {"\"left\": 1, ", "", NODE ".left: missing"},
        {"\"left\": 1", "\"left\": 0", NODE ".left: not the number of a node behind this one, 1 to 2"},
        {"\"left\": 1", "\"left\": -1", NODE ".left: not the number of a node behind this one, 1 to 2"},
        {"\"left\": 1", "\"left\": 1.0", NODE ".left: not the number of a node behind this one, 1 to 2"},
        {"\"right\": 2", "\"right\": 3", NODE ".right: not the number of a node behind this one, 1 to 2"},
        {"\"right\": 2", "\"right\": 4294967297", NODE ".right: not the number of a node behind this one, 1 to 2"},
        {"\"missing\": \"right\"", "\"missing\": true", NODE ".missing: not a string"},
        {"\"missing\": \"right\"", "\"missing\": \"none\"", NODE ".missing: 'none' is none of left, right"},
        {"\"mean\": 0.1", "\"cover\": 0.1", NODE ".cover: unknown key"},
        {", \"mean\": 0.1", "", NODE ".mean: missing"},
        {"-0.25", "1e300", "m.json: trees[0][1].leaf: 1e+300 is not between -3.4028235e+38 and"},
        {"\"leaf\": 0.75", "\"leaf\": 0.75, \"left\": 1", "m.json: trees[0][2].left: unknown key"},
        {"[{\"leaf\": 0.125, \"mean\": 0}]", "[{\"feature\": \"n\", \"below\": 1, \"left\": 1}]",
         "m.json: trees[1][0].left: not the number of a node behind this one: there is none"},
    };
    struct model model;
    (void)state;

    REFUSED(TREES, changes);
    read_small(&model, TREES);
    assert_int_equal(model.tree_count, 2);
    assert_int_equal(model.trees[0].count, 3);
    assert_true(model.trees[0].nodes[0].value == 1.5F && model.trees[0].nodes[0].right == 2);
    assert_false(model.trees[0].nodes[0].missing_left);
    assert_int_equal(model.trees[0].nodes[1].feature, UINT32_MAX);
    model_fini(&model);
}

static void too_long_is_refused(void **state)
{
    char *text = malloc(MODEL_LIMIT + 1);
    struct model model;
    struct error err;
    (void)state;

    assert_non_null(text);
    memset(text, ' ', MODEL_LIMIT + 1);
    assert_int_equal(model_read(&model, (struct slice){text, MODEL_LIMIT + 1}, "m.json", &err), -1);
    assert_string_equal(err.text, "m.json: too long for a model: more than 67108864 bytes");
    free(text);
}

/* Whatever stands in the file: an error with its text, or a model that is written and read again. */
static void any_bytes(void **state)
{
    static const char *const files[] = {SMALL, TREES};
    static const char parts[] = "{}[],:\"0123456789.-enull true";
    uint64_t random = 99;
    size_t taken = 0;
    (void)state;

    for (size_t round = 0; round < 40000; round++) {
        const char *file = files[round & 1];
        char text[4096];
        size_t length = strlen(file);
        struct model model;
        struct buffer again;
        struct error err = {0};

        memcpy(text, file, length);
        for (size_t changes = 1 + next_random(&random) % 3; changes; changes--) {
            size_t at = next_random(&random) % length, run = next_random(&random) % 8;

            if (next_random(&random) & 1 && at + run < length) { /* cut out */
                memmove(text + at, text + at + run, length - at - run);
                length -= run;
            } else
                text[at] = parts[next_random(&random) % (sizeof parts - 1)];
        }
        if (model_read(&model, (struct slice){text, length}, "m.json", &err)) {
            assert_int_equal(err.status, STATUS_USAGE);
            assert_true(err.text[0]);
            continue;
        }
        taken++;
        for (int z = -10; z <= 10; z += 5) {
            double p = model_calibrate(&model.calibration, z);

            assert_true(p > 0 && p < 1);
        }
        buffer_init(&again);
        if (model_write(&model, &again, &err))
            fail_msg("%s", err.text);
        buffer_fini(&again);
        model_fini(&model);
    }
    assert_true(taken > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_with_the_head),
        cmocka_unit_test(what_is_wrong_with_the_calibration),
        cmocka_unit_test(what_is_wrong_with_the_features),
        cmocka_unit_test(what_is_wrong_with_trees),
        cmocka_unit_test(too_long_is_refused),
        cmocka_unit_test(any_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
