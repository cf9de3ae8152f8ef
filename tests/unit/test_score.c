/* Points of rules over the lead, decay, and sums within their limits, each worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "score_scene.h"
#include "short_memory.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The points of a rule of the lead that was scored last. */
static double points(const struct scene *scene, size_t rule)
{
    return scene->scorer.result.parts[rule].points;
}

static double measure(const struct scene *scene, size_t rule)
{
    return scene->scorer.result.parts[rule].measure;
}

/* 60 + 40 are 100; the group holds 50 of them, the second group gives 40 more. */
static void caps(void **unused)
{
    struct scene scene;

    (void)unused;
    scene_init(&scene);
    struct score_group *first = scene_group(&scene, SCORE_ENGAGEMENT);
    scene_when(&scene, "Sixty", ".a == \"1\"", 60);
    scene_when(&scene, "Forty", ".a == \"1\"", 40);
    scene_group(&scene, SCORE_ENGAGEMENT);
    scene_when(&scene, "Other", ".a == \"1\"", 40);
    scene_start(&scene);
    scene_lead(&scene, "a", "1");
    scene_expect(scene_score(&scene, "", 0)->total, 140);
    first->limit.most = 50;
    scene_expect(scene_score(&scene, "", 0)->total, 90);
    scene_expect(scene.scorer.result.group[0], 50);
    scene_expect(scene.scorer.result.group[1], 40);
    scene_expect(points(&scene, 0), 60); /* what the rule gave stays */
    scene.rules.total.most = 80;
    scene_expect(scene_score(&scene, "", 0)->total, 80);
    scene_expect(scene.scorer.result.engagement, 90);
    scene.rules.dimension[SCORE_ENGAGEMENT].most = 70;
    scene_expect(scene_score(&scene, "", 0)->total, 70);
    scene_lead(&scene, "a", "2");
    scene_expect(scene_score(&scene, "", 0)->total, 0);
    scene.rules.total.least = 1; /* a sum of nothing is held, too */
    scene_expect(scene_score(&scene, "", 0)->total, 1);
    scene_fini(&scene);
}

/* Fit 30 - 80 = -50, held at -20; engagement 25: 5. Without limits -25; with a least total of 0 that is 0. */
static void negative_points(void **unused)
{
    struct scene scene;

    (void)unused;
    scene_init(&scene);
    scene_group(&scene, SCORE_FIT);
    scene_when(&scene, "Industry", ".industry == \"Software\"", 30);
    scene_when(&scene, "Student", ".role == \"student\"", -80);
    scene_group(&scene, SCORE_ENGAGEMENT);
    scene_when(&scene, "Asked", ".asked == \"yes\"", 25);
    scene_start(&scene);
    scene_lead(&scene, "industry", "Software");
    scene_lead(&scene, "role", "student");
    scene_lead(&scene, "asked", "yes");
    scene_expect(scene_score(&scene, "", 0)->total, -25);
    scene.rules.total.least = 0;
    scene_expect(scene_score(&scene, "", 0)->total, 0);
    scene_expect(scene.scorer.result.fit, -50);
    scene.rules.dimension[SCORE_FIT].least = -20;
    scene_expect(scene_score(&scene, "", 0)->total, 5);
    scene_expect(scene.scorer.result.fit, -20);
    scene_expect(scene.scorer.result.engagement, 25);
    scene.rules.dimension[SCORE_FIT].least = -INFINITY;
    scene.group[0].limit.least = -10; /* the group's limit comes first: -10 + 25 */
    scene_expect(scene_score(&scene, "", 0)->total, 15);
    scene_expect(measure(&scene, 0), 1);
    scene_lead(&scene, "industry", "Coal");
    scene_score(&scene, "", 0);
    scene_expect(measure(&scene, 0), 0);
    scene_expect(points(&scene, 0), 0);
    scene_fini(&scene);
}

static void decay(void **unused)
{
    const struct score_decay none = {0};
    const struct score_decay half = {.half_life = 7};
    const struct score_decay rest = {.step_days = 30, .step_share = .25};
    const struct score_decay first = {.step_days = 30, .step_share = .25, .linear = true};
    const struct score_decay both = {.step_days = 10, .step_share = .5, .half_life = 10};
    const struct score_decay all = {.step_days = 1, .step_share = 1};

    (void)unused;
    scene_expect(score_decay_of(&none, 20, 3650), 20);
    scene_expect(score_decay_of(&half, 1, 0), 1);
    scene_expect(score_decay_of(&half, 1, 7), .5);
    scene_expect(score_decay_of(&half, 1, 14), .25);
    scene_expect(score_decay_of(&half, 20, 70), 20. / 1024);
    scene_expect(score_decay_of(&half, -8, 21), -1);
    assert_true(fabs(score_decay_of(&half, 1, 1) - .905723664263907) < 1e-15); /* 2^(-1/7), by bc */
    scene_expect(score_decay_of(&rest, 16, 29), 16);
    scene_expect(score_decay_of(&rest, 16, 30), 12);
    scene_expect(score_decay_of(&rest, 16, 60), 9);
    scene_expect(score_decay_of(&rest, 16, 90), 6.75); /* 16 * 27/64 */
    scene_expect(score_decay_of(&first, 16, 30), 12);
    scene_expect(score_decay_of(&first, 16, 60), 8);
    scene_expect(score_decay_of(&first, 16, 119), 4);
    scene_expect(score_decay_of(&first, 16, 120), 0);
    scene_expect(score_decay_of(&first, 16, 3000000), 0);
    scene_expect(score_decay_of(&both, 16, 20), 1); /* a quarter of a quarter */
    scene_expect(score_decay_of(&both, 16, 0), 16);
    scene_expect(score_decay_of(&all, 16, 0), 16);
    scene_expect(score_decay_of(&all, 16, 1), 0);
    scene_expect(score_decay_of(&rest, 16, DAY_MAX - DAY_MIN), 0);
}

/* Titles: those of either case alike only where the rule says so. Levels are numbers or texts. */
static void cases(void **unused)
{
    static struct score_case titles[] = {{SLICE_INIT("CEO"), 20},  {SLICE_INIT("Директор"), 15},
                                         {SLICE_INIT("λόγος"), 3}, {SLICE_INIT("ȺȺ"), 5},
                                         {SLICE_INIT("ceo"), 7},   {SLICE_INIT("true"), 2}};
    static struct score_case levels[] = {{SLICE_INIT("1"), 10}, {SLICE_INIT("0"), 11}, {SLICE_INIT("high"), 12}};
    static const struct {
        const char *title;
        double exact, folded;
    } expected[] = {{"CEO", 20, 20},       {"ceo", 7, 20},     {"Ceo", -1, 20}, {"ДИРЕКТОР", -1, 15}, {"ΛΌΓΟΣ", -1, 3},
                    {"ⱥⱥ", -1, 5},         {"ceos", -1, -1},   {"", -3, -3},    {"C\xff", -1, -1},    {"\xff", -1, -1},
                    {"директор ", -1, -1}, {"CE\xc3", -1, -1}, {"true", 2, 2},  {"TRUE", -1, 2},      {"ΛΌΓΟς", -1, 3}};
    struct scene scene;

    (void)unused;
    scene_init(&scene);
    scene_group(&scene, SCORE_FIT);
    for (int i = 0; i < 3; i++) {
        struct score_rule *rule = scene_rule(&scene, "Title", SCORE_CASES);
        rule->expression = scene_of_lead(&scene, i < 2 ? ".title" : ".level");
        rule->cases = i < 2 ? titles : levels;
        rule->case_count = i < 2 ? COUNT(titles) : COUNT(levels);
        rule->fold = i == 1;
        rule->otherwise = -1;
        rule->missing = -3;
    }
    scene_start(&scene);
    for (size_t i = 0; i < COUNT(expected); i++) {
        scene_lead(&scene, "title", expected[i].title);
        scene_score(&scene, "", 0);
        scene_expect(points(&scene, 0), expected[i].exact);
        scene_expect(points(&scene, 1), expected[i].folded);
        scene_expect(points(&scene, 2), -3); /* no such member */
        scene_expect(measure(&scene, 0), NAN);
    }
    scene_put(&scene.rules.lead, scene.lead, "title", (struct expression_value){.type = EXPRESSION_TRUE});
    scene_put(&scene.rules.lead, scene.lead, "level",
              (struct expression_value){
                  .type = EXPRESSION_NUMBER, .reading = EXPRESSION_IS_NUMBER, .number = 1, .text = SLICE("1.0")});
    scene_score(&scene, "", 0);
    scene_expect(points(&scene, 0), 2);
    scene_expect(points(&scene, 2), 10); /* a number by what it is, not by how it is written */
    scene_put(&scene.rules.lead, scene.lead, "level",
              (struct expression_value){.type = EXPRESSION_NUMBER, .reading = EXPRESSION_IS_NUMBER, .number = -0.0});
    scene_score(&scene, "", 0);
    scene_expect(points(&scene, 2), 11);
    scene_lead(&scene, "level", "1.0");
    scene_score(&scene, "", 0);
    scene_expect(points(&scene, 2), -1); /* a text by how it is written */
    scene_fini(&scene);
}

/* 3000 values, every second of them a case, of 1 to 4 digits. */
static void many_cases(void **unused)
{
    static char texts[1500][16];
    static struct score_case items[1500];
    struct scene scene;

    (void)unused;
    scene_init(&scene);
    scene_group(&scene, SCORE_FIT);
    struct score_rule *rule = scene_rule(&scene, "Postal code", SCORE_CASES);
    rule->expression = scene_of_lead(&scene, ".postal_code");
    rule->cases = items;
    rule->case_count = COUNT(items);
    for (int i = 0; i < 1500; i++) {
        snprintf(texts[i], sizeof texts[i], "%d", 2 * i);
        items[i] = (struct score_case){slice_from_cstr(texts[i]), i + 1};
    }
    scene_start(&scene);
    for (int i = 0; i < 3000; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        scene_lead(&scene, "postal_code", text);
        scene_score(&scene, "", 0);
        scene_expect(points(&scene, 0), i % 2 ? 0 : i / 2 + 1);
    }
    scene_fini(&scene);
}

static void ranges(void **unused)
{
    static struct score_range sizes[] = {{-INFINITY, 0, -9}, {10, 50, 5}, {50, 250, 10}, {1000, INFINITY, 20}};
    static const struct {
        const char *text;
        double points;
    } expected[] = {{"-3", -9}, {"0", 1},   {"9.99", 1},  {"10", 5},   {"49.9", 5}, {"50", 10},
                    {"250", 1}, {"999", 1}, {"1000", 20}, {"1e9", 20}, {"", -2},    {"-1e300", -9}};
    struct error err;
    struct scene scene;

    (void)unused;
    scene_init(&scene);
    scene_group(&scene, SCORE_FIT);
    struct score_rule *rule = scene_rule(&scene, "Size", SCORE_RANGES);
    rule->expression = scene_of_lead(&scene, ".employees");
    rule->ranges = sizes;
    rule->range_count = COUNT(sizes);
    rule->otherwise = 1;
    rule->missing = -2;
    scene_start(&scene);
    scene_score(&scene, "", 0); /* null */
    scene_expect(points(&scene, 0), -2);
    scene_expect(measure(&scene, 0), NAN);
    for (size_t i = 0; i < COUNT(expected); i++) {
        scene_lead(&scene, "employees", expected[i].text);
        scene_score(&scene, "", 0);
        scene_expect(points(&scene, 0), expected[i].points);
        scene_expect(measure(&scene, 0), *expected[i].text ? strtod(expected[i].text, NULL) : NAN);
    }
    scene_lead(&scene, "employees", "abc");
    assert_int_equal(scorer_score(&scene.scorer, scene.lead, SLICE(""), 0, STAGE_NONE, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "rule 'Size': 'abc' is not a number");
    scene_lead(&scene, "employees", "12"); /* and goes on */
    scene_expect(scene_score(&scene, "", 0)->total, 5);
    scene_fini(&scene);
}

/* Each allocation of scorer_init() fails once; after it a lead takes none. */
static void memory(void **unused)
{
    static struct score_case titles[] = {{SLICE_INIT("CEO"), 20}, {SLICE_INIT("7"), 15}};
    struct error err;
    struct scene scene;
    long before = memory_live;

    (void)unused;
    scene_init(&scene);
    scene_group(&scene, SCORE_FIT);
    struct score_rule *rule = scene_rule(&scene, "Title", SCORE_CASES);
    rule->expression = scene_of_lead(&scene, ".title");
    rule->cases = titles;
    rule->case_count = 2;
    rule->fold = true;
    scene_rule(&scene, "Visits", SCORE_EACH)->points = 1;
    scene_event(&scene, "ada", "visit", 1);
    assert_int_equal(score_events_finish(&scene.events, &err), 0);
    int result = -1;
    for (long left = 0; result; left++) {
        memory_limit(left, false);
        result = scorer_init(&scene.scorer, &scene.rules, &scene.events, &scene.context, &err);
        memory_limit(-1, false);
        assert_true(result == 0 || err.status == STATUS_SYSTEM);
        assert_true(result == 0 || left < 50);
    }
    scene_lead(&scene, "title", "cEo");
    memory_limit(0, true);
    result = scorer_score(&scene.scorer, scene.lead, SLICE("ada"), 2, STAGE_NONE, &err);
    memory_limit(-1, false);
    assert_int_equal(result, 0);
    scene_expect(scene.scorer.result.total, 21);
    scene_fini(&scene);
    assert_int_equal(memory_live, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(caps),   cmocka_unit_test(negative_points), cmocka_unit_test(decay),
        cmocka_unit_test(cases),  cmocka_unit_test(many_cases),      cmocka_unit_test(ranges),
        cmocka_unit_test(memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
