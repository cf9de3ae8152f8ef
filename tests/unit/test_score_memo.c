/* What is remembered of a value is what the rules give: random leads, whose values come again and again, scored by one
 * scorer and each by a new one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/score_memo.h"
#include "random.h"
#include "score_scene.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct score_range ages[] = {{0, 30, 5}, {30, 90, 2}};
static struct score_range sizes[] = {{0, 10, 1}, {10, 1e9, 7}};
static struct score_case titles[] = {{SLICE_INIT("CEO"), 20}, {SLICE_INIT("7"), 15}};

static void make_rules(struct scene *scene)
{
    scene_init(scene);
    scene_group(scene, SCORE_FIT);
    scene_when(scene, "Not null", ".a != null", 1);
    scene_when(scene, "Empty", ".a == \"\"", 2);
    scene_when(scene, "Seven", ".a == 7", 4);
    scene_when(scene, "Member", "has(\"a\")", 8);
    scene_when(scene, "Both", ".a == .b", 16);
    scene_when(scene, "Contains", "(.b // \"\") | tostring | contains(\"abcdefgh\")", 32);
    scene_when(scene, "Boolean", ".b == true", 64);
    struct score_rule *rule = scene_rule(scene, "Age", SCORE_RANGES);
    rule->expression = scene_of_lead(scene, "days_since(.day)");
    rule->ranges = ages;
    rule->range_count = COUNT(ages);
    rule->missing = -1;
    rule = scene_rule(scene, "Size", SCORE_RANGES);
    rule->expression = scene_of_lead(scene, ".size");
    rule->ranges = sizes;
    rule->range_count = COUNT(sizes);
    rule = scene_rule(scene, "Title", SCORE_CASES);
    rule->expression = scene_of_lead(scene, ".title");
    rule->cases = titles;
    rule->case_count = COUNT(titles);
    rule->otherwise = -3;
    scene_start(scene);
}

static struct expression_value random_value(uint64_t *state)
{
    static const char *const texts[] = {"",
                                        "7",
                                        "7.0",
                                        "CEO",
                                        "CEOCEO",
                                        "abcd",
                                        "abcdabcd",
                                        "abcdefgh",
                                        "abcdefghabcdefgh",
                                        "abcdefgabcdefgh",
                                        "abcdefghabcdefghabcdefghabcdefgh",
                                        "abcdefghabcdefghabcdefghabcdefg",
                                        "abcdefghabcdefghXbcdefghabcdefgh",
                                        "abcdefghabcdefghabcdefghabcdefghabcdefgh",
                                        "true",
                                        "null"};
    static const enum expression_type plain[] = {EXPRESSION_NULL, EXPRESSION_TRUE, EXPRESSION_FALSE};
    const uint64_t drawn = next_random(state);
    struct expression_value value = scene_text(texts[drawn % COUNT(texts)]);

    value.untyped = drawn >> 8 & 1;
    if (drawn >> 10 & 1)
        return value;
    if (drawn >> 11 & 1)
        return (struct expression_value){.type = EXPRESSION_NUMBER, .text = SLICE("7")};
    return (struct expression_value){.type = plain[(drawn >> 12) % COUNT(plain)], .absent = drawn >> 20 & 1};
}

static void random_lead(struct scene *scene, uint64_t *state, char *size, char *day)
{
    static const char *const names[] = {"a", "b", "title"};

    for (size_t i = 0; i < COUNT(names); i++)
        scene_put(&scene->rules.lead, scene->lead, names[i], random_value(state));
    sprintf(size, "%d", (int)(next_random(state) % 40));
    scene_lead(scene, "size", size);
    sprintf(day, "2026-01-%02d", 1 + (int)(next_random(state) % 28));
    scene_lead(scene, "day", next_random(state) % 8 ? day : "");
}

static void what_is_remembered_is_what_rules_give(void **unused)
{
    struct scene scene;
    uint64_t state = 42;
    char size[16], day[16];

    (void)unused;
    make_rules(&scene);
    for (int i = 0; i < 20000; i++) {
        const int32_t as_of = 20500 + (int32_t)(next_random(&state) % 3) * 40;
        struct expression_value lead[SCENE_ROOM];
        struct scorer fresh;
        struct error err;
        random_lead(&scene, &state, size, day);
        memcpy(lead, scene.lead, sizeof lead); /* numbers that were read are kept in it */
        if (scorer_init(&fresh, &scene.rules, &scene.events, &scene.context, &err) ||
            scorer_score(&fresh, lead, SLICE(""), as_of, STAGE_NONE, &err))
            fail_msg("%s", err.text);
        scene_score(&scene, "", as_of);
        for (size_t j = 0; j < scene.rules.rule_count; j++) {
            scene_expect(scene.scorer.result.parts[j].points, fresh.result.parts[j].points);
            scene_expect(scene.scorer.result.parts[j].measure, fresh.result.parts[j].measure);
        }
        scorer_fini(&fresh);
    }
    scene_fini(&scene);
}

/* What a rule over one column gave is known the second time, that of a rule over two columns never; an error is said
 * again, and a column whose values never come again is given up. */
static void what_is_remembered(void **unused)
{
    struct scene scene;
    struct error err;
    char text[24];

    (void)unused;
    make_rules(&scene);
    const bool *known = scene.scorer.memo->known;
    scene_lead(&scene, "size", "12");
    scene_score(&scene, "", 20500);
    assert_false(known[8]);
    scene_lead(&scene, "size", "12");
    scene_score(&scene, "", 20500);
    assert_true(known[0] && known[8]);
    assert_false(known[4]);
    assert_true(known[7]);
    scene_lead(&scene, "size", "12");
    scene_score(&scene, "", 20501);
    assert_false(known[7]); /* another day */
    assert_true(known[8]);
    scene_lead(&scene, "size", "many");
    for (int i = 0; i < 3; i++) {
        assert_int_equal(scorer_score(&scene.scorer, scene.lead, SLICE(""), 20500, STAGE_NONE, &err), -1);
        assert_non_null(strstr(err.text, "rule 'Size'"));
    }
    for (int i = 0; i < 10000; i++) {
        sprintf(text, "%d", 1000 + i);
        scene_lead(&scene, "size", text);
        scene_expect(scene_score(&scene, "", 20500)->parts[8].points, 7);
    }
    scene_lead(&scene, "size", text);
    scene_score(&scene, "", 20500);
    assert_false(known[8]);
    assert_true(known[0]);
    scene_fini(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_remembered_is_what_rules_give),
        cmocka_unit_test(what_is_remembered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
