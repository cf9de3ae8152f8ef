/* What is made of a score: grades, temperature, probability, stages, checklists, reasons, numbers as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "score_scene.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Rules that give the numbers of the columns "f" (fit) and "e" (engagement) as points, from -1000 to 999 by tenths. */
static struct score_range tenths[20000];

static void make_numbers(struct scene *scene)
{
    scene_init(scene);
    for (int i = 0; i < 20000; i++)
        tenths[i] = (struct score_range){(i - 10000) / 10., (i - 9999) / 10., (i - 10000) / 10.};
    for (int i = 0; i < 2; i++) {
        scene_group(scene, i ? SCORE_ENGAGEMENT : SCORE_FIT);
        struct score_rule *rule = scene_rule(scene, i ? "Engagement" : "Fit", SCORE_RANGES);
        rule->expression = scene_of_lead(scene, i ? ".e" : ".f");
        rule->ranges = tenths;
        rule->range_count = COUNT(tenths);
    }
}

static const struct score_result *score_of(struct scene *scene, const char *fit, const char *engagement)
{
    scene_lead(scene, "f", fit);
    scene_lead(scene, "e", engagement);
    return scene_score(scene, "", 0);
}

static void bands(void **unused)
{
    static struct score_threshold items[] = {{SLICE_INIT("A"), 70}, {SLICE_INIT("B"), 40}, {SLICE_INIT("C"), 0}};
    struct scene scene;

    (void)unused;
    make_numbers(&scene);
    scene.rules.grades = (struct score_grades){.kind = SCORE_BANDS, .bands = {items, 3}, .criteria = scene.criterion};
    scene.rules.temperature = (struct score_bands){items, 3};
    scene.rules.temperature_of = SCORE_OF_ENGAGEMENT;
    scene_start(&scene);
    scene_expect_text(score_of(&scene, "50", "20")->grade, "A"); /* exactly 70 */
    scene_expect_text(scene.scorer.result.temperature, "C");     /* 20 */
    scene_expect_text(score_of(&scene, "9.9", "60")->grade, "B");
    scene_expect_text(scene.scorer.result.temperature, "B");
    scene_expect_text(score_of(&scene, "0", "39.9")->grade, "C");
    scene_expect_text(score_of(&scene, "-30", "0")->grade, "C"); /* below all: the last */
    scene.rules.grades.of = SCORE_OF_FIT;
    scene_expect_text(score_of(&scene, "40", "60")->grade, "B");
    scene.rules.grades.of = SCORE_OF_PROBABILITY;
    scene_expect_text(score_of(&scene, "40", "60")->grade, ""); /* not known */
    scene.rules.grades.kind = SCORE_NO_GRADE;
    scene.rules.temperature.count = 0;
    scene_expect_text(score_of(&scene, "40", "60")->grade, "");
    scene_expect_text(scene.scorer.result.temperature, "");
    scene_fini(&scene);
}

/* HubSpot's combined scores: the letter from the fit, the digit from the engagement. */
static void matrix(void **unused)
{
    static struct score_threshold letters[] = {{SLICE_INIT("A"), 30}, {SLICE_INIT("B"), 15}, {SLICE_INIT("C"), 0}};
    static struct score_threshold digits[] = {{SLICE_INIT("1"), 30}, {SLICE_INIT("2"), 10}, {SLICE_INIT("3"), 0}};
    static struct score_threshold words[] = {{SLICE_INIT("a long name of a fit, "), 30}, {SLICE_INIT("low, "), 0}};
    static const char *const rows[][3] = {
        {"30", "30", "A1"}, {"30", "29.9", "A2"}, {"100", "9.9", "A3"}, {"29.9", "99", "B1"}, {"15", "10", "B2"},
        {"15", "0", "B3"},  {"14.9", "30", "C1"}, {"0", "10", "C2"},    {"0", "0", "C3"},     {"-5", "-5", "C3"},
    };
    struct scene scene;

    (void)unused;
    make_numbers(&scene);
    scene.rules.grades = (struct score_grades){.kind = SCORE_MATRIX, .letter = {letters, 3}, .digit = {digits, 3}};
    scene_start(&scene);
    for (size_t i = 0; i < COUNT(rows); i++)
        scene_expect_text(score_of(&scene, rows[i][0], rows[i][1])->grade, rows[i][2]);
    scorer_fini(&scene.scorer);
    scene.rules.grades.letter = (struct score_bands){words, 2};
    struct error err;
    assert_int_equal(scorer_init(&scene.scorer, &scene.rules, NULL, &scene.context, &err), 0);
    scene_expect_text(score_of(&scene, "30", "30")->grade, "a long name of a fit, 1");
    scene_fini(&scene);
}

/* Pardot: leads start at D; criteria move them by thirds of a letter. */
static void thirds(void **unused)
{
    static const struct {
        size_t start;
        int thirds;
        const char *grade;
    } rows[] = {
        {2, 2, "C-"}, {2, 3, "C"},   {2, 0, "D"},    {2, 10, "A+"},  {2, 11, "A+"},       {2, 9, "A"},
        {2, 8, "A-"}, {2, 7, "B+"},  {2, 1, "D+"},   {2, -1, "D-"},  {2, -2, "F"},        {2, -3, "F"},
        {0, 1, "D-"}, {12, 3, "A+"}, {12, -3, "B+"}, {12, -12, "F"}, {12, -1000000, "F"},
    };
    struct scene scene;

    (void)unused;
    make_numbers(&scene);
    scene.rules.grades.kind = SCORE_THIRDS;
    scene.rules.grades.criterion_count = 2;
    scene.criterion[0] = (struct score_criterion){SLICE("Industry"), scene_of_lead(&scene, ".industry == \"x\""), 0};
    scene.criterion[1] = (struct score_criterion){SLICE("Other"), scene_of_lead(&scene, ".industry == \"y\""), 5};
    scene_start(&scene);
    for (size_t i = 0; i < COUNT(rows); i++) {
        scene.rules.grades.start = rows[i].start;
        scene.criterion[0].thirds = rows[i].thirds;
        scene_lead(&scene, "industry", "x");
        scene_expect_text(score_of(&scene, "", "")->grade, rows[i].grade);
    }
    /* Two criteria at once; the end holds their sum: A + 1/3 + 2/3 - 3/3 is A. */
    scene.rules.grades.start = 11;
    expression_free(scene.criterion[1].when);
    scene.criterion[1].when = scene_of_lead(&scene, ".industry == \"x\"");
    scene.criterion[0].thirds = 3;
    scene.criterion[1].thirds = -3;
    scene_expect_text(score_of(&scene, "", "")->grade, "A");
    scene_fini(&scene);
}

/* Five criteria of two thirds each, the default profile: D to A+ are ten thirds. */
static void default_profile(void **unused)
{
    static const char *const columns[] = {"size", "industry", "location", "title", "department"};
    static const char *const grades[] = {"D", "C-", "C+", "B", "A-", "A+"}; /* D D+ C- C C+ B- B B+ A- A A+ */
    struct scene scene;

    (void)unused;
    make_numbers(&scene);
    scene.rules.grades.kind = SCORE_THIRDS;
    scene.rules.grades.start = 2;
    for (size_t i = 0; i < 5; i++) {
        char text[40];
        snprintf(text, sizeof text, ".%s == \"yes\"", columns[i]);
        scene.criterion[scene.rules.grades.criterion_count++] =
            (struct score_criterion){slice_from_cstr(columns[i]), scene_of_lead(&scene, text), 2};
    }
    scene_start(&scene);
    for (size_t i = 0; i <= 5; i++) {
        scene_expect_text(score_of(&scene, "", "")->grade, grades[i]);
        if (i < 5)
            scene_lead(&scene, columns[i], "yes");
    }
    scene_fini(&scene);
}

/* Offset 50, factor 20 / ln 2: twenty points more are twice the odds. 50: 1/2; 70: 2/3; 30: 1/3; 90: 4/5. */
static void probability(void **unused)
{
    static struct score_threshold items[] = {
        {SLICE_INIT("hot"), .75}, {SLICE_INIT("warm"), .5}, {SLICE_INIT("cold"), 0}};
    struct scene scene;

    (void)unused;
    make_numbers(&scene);
    scene.rules.temperature = (struct score_bands){items, 3};
    scene.rules.temperature_of = SCORE_OF_PROBABILITY;
    scene_start(&scene);
    assert_true(isnan(score_of(&scene, "50", "0")->probability));
    scene_expect_text(scene.scorer.result.temperature, "");
    scene.rules.offset = 50;
    scene.rules.factor = 20 / log(2);
    scene_expect(score_of(&scene, "20", "30")->probability, .5);
    scene_expect_text(scene.scorer.result.temperature, "warm");
    assert_true(fabs(score_of(&scene, "70", "0")->probability - 2. / 3) < 1e-15);
    assert_true(fabs(score_of(&scene, "30", "0")->probability - 1. / 3) < 1e-15);
    scene_expect_text(scene.scorer.result.temperature, "cold");
    assert_true(fabs(score_of(&scene, "90", "0")->probability - .8) < 1e-15);
    scene_expect_text(scene.scorer.result.temperature, "hot");
    scene_fini(&scene);
}

static void add_promotion(struct scene *scene, enum score_stage stage, const char *when)
{
    scene->promotion[scene->rules.promotion_count++] = (struct score_promotion){stage, scene_of_lead(scene, when)};
}

static void stages(void **unused)
{
    static const struct {
        const char *fit, *engagement;
        enum score_stage before, after, may_fall;
    } rows[] = {
        {"10", "10", STAGE_LEAD, STAGE_LEAD, STAGE_LEAD},              /* no promotion: it stays */
        {"10", "10", STAGE_NONE, STAGE_NONE, STAGE_NONE},              /* what it has is kept */
        {"10", "30", STAGE_LEAD, STAGE_MQL, STAGE_MQL},                /* exactly 40 */
        {"10", "30", STAGE_NONE, STAGE_MQL, STAGE_MQL},                /* had no stage */
        {"10", "60", STAGE_LEAD, STAGE_MQL, STAGE_MQL},                /* 70, but fit below 20 */
        {"20", "50", STAGE_LEAD, STAGE_SQL, STAGE_SQL},                /* the highest that is true */
        {"20", "50", STAGE_OPPORTUNITY, STAGE_OPPORTUNITY, STAGE_SQL}, /* never backwards, unless it may */
        {"10", "30", STAGE_SQL, STAGE_SQL, STAGE_MQL},
        {"20", "50", STAGE_JUNK, STAGE_JUNK, STAGE_JUNK}, /* out of the line */
        {"20", "50", STAGE_LOST, STAGE_LOST, STAGE_LOST},
        {"0", "0", STAGE_DEAD, STAGE_DEAD, STAGE_DEAD},
    };
    struct scene scene;

    (void)unused;
    make_numbers(&scene);
    add_promotion(&scene, STAGE_SQL, ".score >= 70 and .fit >= 20");
    add_promotion(&scene, STAGE_MQL, ".score >= 40");
    scene_start(&scene);
    for (size_t i = 0; i < 2 * COUNT(rows); i++) {
        const struct score_result *result;
        scene.rules.may_fall = i % 2;
        scene_lead(&scene, "f", rows[i / 2].fit);
        scene_lead(&scene, "e", rows[i / 2].engagement);
        result = scene_score_stage(&scene, "", 0, rows[i / 2].before);
        assert_int_equal(result->stage, i % 2 ? rows[i / 2].may_fall : rows[i / 2].after);
    }
    scene_fini(&scene);
}

/* .score is a column of the input to a rule and the result to a promotion; .fit is nobody's result here. */
static void results_as_columns(void **unused)
{
    static struct score_threshold items[] = {{SLICE_INIT("A"), 70}, {SLICE_INIT("B"), 0}};
    struct scene scene;
    struct error err;

    (void)unused;
    make_numbers(&scene);
    scene_when(&scene, "Old score", ".score > 500", 5);
    scene_when(&scene, "Old fit", ".fit == \"good\"", 7);
    scene.rules.grades = (struct score_grades){.kind = SCORE_BANDS, .bands = {items, 2}, .criteria = scene.criterion};
    add_promotion(&scene, STAGE_SQL, ".grade == \"A\" and .engagement >= 40 and .score < 500");
    add_promotion(&scene, STAGE_MQL, ".probability == null and .grade == \"B\"");
    scene_start(&scene);
    scene_lead(&scene, "score", "501");
    scene_lead(&scene, "fit", "good");
    scene_lead(&scene, "grade", "C");
    scene_lead(&scene, "engagement", "none");
    scene_lead(&scene, "probability", ".5");
    assert_int_equal(score_of(&scene, "20", "40")->stage, STAGE_SQL); /* 20 + 40 + 5 + 7 = 72: A */
    scene_expect(scene.scorer.result.total, 72);
    /* The second time .score is 72, no longer the input's: 67. What the caller puts in counts. */
    assert_int_equal(score_of(&scene, "20", "40")->stage, STAGE_MQL);
    scene_expect(scene.scorer.result.total, 67);
    add_promotion(&scene, STAGE_LEAD, ".f - 1 > 0");
    scene_put(&scene.rules.lead, scene.lead, "f", (struct expression_value){.type = EXPRESSION_TRUE});
    assert_int_equal(scorer_score(&scene.scorer, scene.lead, SLICE(""), 0, STAGE_NONE, &err), -1);
    assert_string_equal(err.text, "rule 'Fit': 'true' is not a number");
    scene_fini(&scene);
}

static void failing_expressions(void **unused)
{
    struct scene scene;
    struct error err;

    (void)unused;
    make_numbers(&scene);
    scene.rules.grades.kind = SCORE_THIRDS;
    scene.rules.grades.criterion_count = 1;
    scene.criterion[0] = (struct score_criterion){SLICE("Size"), scene_of_lead(&scene, ".a - 1 > 0"), 1};
    scene.rules.checklist_count = 1;
    struct score_item items[] = {{SLICE("budget"), scene_of_lead(&scene, ".b - 1 > 0"), NULL}};
    scene.checklist[0] = (struct score_checklist){SLICE("bant"), items, 1, 1};
    add_promotion(&scene, STAGE_MQL, ".c - 1 > 0");
    scene_start(&scene);
    static const struct {
        const char *column, *prefix;
    } rows[] = {{"c", "stage 'MQL': "}, {"b", "checklist 'bant': 'budget': "}, {"a", "criterion 'Size': "}};
    scene_lead(&scene, "a", "1");
    scene_lead(&scene, "b", "1");
    scene_lead(&scene, "c", "1");
    score_of(&scene, "1", "1");
    for (size_t i = 0; i < COUNT(rows); i++) {
        scene_put(&scene.rules.lead, scene.lead, rows[i].column,
                  (struct expression_value){.type = EXPRESSION_STRING, .text = SLICE("abc")});
        assert_int_equal(scorer_score(&scene.scorer, scene.lead, SLICE(""), 0, STAGE_NONE, &err), -1);
        assert_int_equal(err.status, STATUS_DATA);
        assert_memory_equal(err.text, rows[i].prefix, strlen(rows[i].prefix));
    }
    scene_fini(&scene);
}

/* BANT: what is not known is not met, even where the condition holds of null. */
static void checklists(void **unused)
{
    struct scene scene;

    (void)unused;
    make_numbers(&scene);
    struct score_item items[] = {
        {SLICE("budget"), scene_of_lead(&scene, ".budget >= 5000"), scene_of_lead(&scene, ".budget != null")},
        {SLICE("need"), scene_of_lead(&scene, ".need == \"yes\""), scene_of_lead(&scene, ".need != null")},
        {SLICE("timeline"), scene_of_lead(&scene, ".days < 90"), scene_of_lead(&scene, ".days != null")},
        {SLICE("authority"), scene_of_lead(&scene, ".title == \"CEO\""), NULL},
    };
    scene.rules.checklist_count = 1;
    scene.checklist[0] = (struct score_checklist){SLICE("bant"), items, 4, 3};
    scene_start(&scene);
    static const struct {
        const char *budget, *need, *days, *title;
        size_t met, known;
    } rows[] = {
        {"", "", "", "", 0, 1},            /* authority is always known */
        {"4999", "no", "90", "CTO", 0, 4}, /* all asked, none so */
        {"5000", "yes", "", "", 2, 3},     /* "" < 90 does not count */
        {"5000", "yes", "89", "CEO", 4, 4},
        {"", "", "10", "CEO", 2, 2},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        scene_lead(&scene, "budget", rows[i].budget);
        scene_lead(&scene, "need", rows[i].need);
        scene_lead(&scene, "days", rows[i].days);
        scene_lead(&scene, "title", rows[i].title);
        const struct score_check *check = score_of(&scene, "", "")->checks;
        assert_int_equal(check->met, rows[i].met);
        assert_int_equal(check->known, rows[i].known);
    }
    scene_fini(&scene);
}

static void reasons(void **unused)
{
    static const struct {
        const char *name;
        double points;
    } rows[] = {{"Visits", 2},         {"Demo requested", 20}, {"None", 0},
                {"Free mailbox", -10}, {"Industry", 10},       {"Opened", .3},
                {"Old", -2},           {"Tiny", .004},         {"Minus", -0.0}};
    static const struct {
        size_t most;
        const char *expected;
    } expected[] = {
        {0, ""},
        {1, "Demo requested +20"},
        {2, "Demo requested +20; Free mailbox -10"}, /* of the two of 10 the first in the file */
        {4, "Demo requested +20; Free mailbox -10; Industry +10; Visits +2"},
        {9, "Demo requested +20; Free mailbox -10; Industry +10; Visits +2; Old -2; Opened +0.3"},
        {99, "Demo requested +20; Free mailbox -10; Industry +10; Visits +2; Old -2; Opened +0.3"},
    };
    struct score_part parts[COUNT(rows)];
    struct score_rule rules_of[COUNT(rows)];
    struct score_rules rules = {.rules = rules_of, .rule_count = COUNT(rows)};
    struct score_result result = {.parts = parts};
    struct buffer text;

    (void)unused;
    buffer_init(&text);
    for (size_t i = 0; i < COUNT(rows); i++) {
        rules_of[i] = (struct score_rule){.name = slice_from_cstr(rows[i].name)};
        parts[i] = (struct score_part){rows[i].points, NAN};
    }
    for (size_t i = 0; i < COUNT(expected); i++) {
        buffer_clear(&text);
        assert_int_equal(score_reasons(&rules, &result, expected[i].most, &text), 0);
        scene_expect_text(buffer_slice(&text), expected[i].expected);
    }
    buffer_fini(&text);
}

static void numbers(void **unused)
{
    static const struct {
        double number;
        const char *text;
    } rows[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-10, "-10"},
        {2.5, "2.5"},
        {12.25, "12.25"},
        {-.125, "-0.13"},
        {.125, "0.13"},
        {.375, "0.38"},
        {-.004, "0"},
        {.005, "0.01"},
        /* a little above */ {1.005, "1"}, /* a little below */
        {1.115, "1.11"},
        /* 1.11499999999999999 */ {.1 + .2, "0.3"},
        {99.995, "100"}, /* 99.99500000000000455 */
        {100, "100"},
        {1e6, "1000000"},
        {123456789.129, "123456789.13"},
        {1e15, "1000000000000000"},
        {-1e22, "-10000000000000000000000"},
        {999999999999999.9, "999999999999999.88"}, /* eighths, and .875 is half */
        {1e300, "1e+300"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {NAN, ""},
    };
    char out[40];

    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++)
        scene_expect_text(score_number_text(rows[i].number, out), rows[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands),       cmocka_unit_test(matrix),
        cmocka_unit_test(thirds),      cmocka_unit_test(default_profile),
        cmocka_unit_test(probability), cmocka_unit_test(stages),
        cmocka_unit_test(checklists),  cmocka_unit_test(results_as_columns),
        cmocka_unit_test(reasons),     cmocka_unit_test(failing_expressions),
        cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
