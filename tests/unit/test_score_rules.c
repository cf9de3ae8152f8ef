/* Rule files: each kind of rule and each part of a file as it is read, the files of samples/ and those that are built
 * in. What is refused: test_score_rules_messages.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/score_rules.h"
#include "analysis/score_stage.h"
#include "base/buffer.h"
#include "folder.h"
#include "short_memory.h"

static void read_well(struct score_rules *rules, const char *text)
{
    struct error err = {0};

    if (score_rules_read(rules, slice_from_cstr(text), "r.json", &err))
        fail_msg("%s", err.text);
}

static void assert_slice(struct slice slice, const char *text)
{
    if (!slice_equal_cstr(slice, text))
        fail_msg("'%.*s' is not '%s'", SLICE_ARG(slice), text);
}

#define FIT(rule) "{\"groups\": [{\"name\": \"G\", \"rules\": [" rule "]}]}"
#define WHEN "{\"when\": \".a == \\\"x\\\"\", \"points\": 5}"
#define EVENT "{\"event\": \"visit\", \"points\": 5}"

static void lead_rules(void **unused)
{
    struct score_rules rules;

    (void)unused;
    read_well(&rules,
              FIT("{\"name\": \"W\", \"when\": \".industry | IN(\\\"Software\\\")\", \"points\": -2.5},"
                  "{\"name\": \"R\", \"value\": \".employees\", \"ranges\": [{\"from\": 50, \"points\": 10},"
                  "  {\"from\": 10, \"below\": 50, \"points\": 5}, {\"below\": 10, \"points\": 1}], \"missing\": -2},"
                  "{\"name\": \"C\", \"value\": \".job_title\", \"points_by_value\": {\"CEO\": 20, \"Ärztin\": 15},"
                  "  \"ignore_case\": true, \"otherwise\": 3, \"missing\": 4}"));
    assert_int_equal(rules.rule_count, 3);
    assert_int_equal(rules.group_count, 1);
    assert_int_equal(rules.groups[0].dimension, SCORE_FIT);
    assert_true(rules.has_fit && !rules.has_engagement && !rules.needs_events);
    assert_true(rules.groups[0].limit.least == -INFINITY && rules.groups[0].limit.most == INFINITY);
    assert_true(rules.total.least == -INFINITY && rules.dimension[SCORE_FIT].most == INFINITY);
    assert_int_equal(rules.lead.count, 3);
    assert_slice(rules.lead.names[0], "industry");
    assert_slice(rules.lead.names[2], "job_title");
    assert_int_equal(rules.event.count, 0);

    const struct score_rule *rule = &rules.rules[0];
    assert_int_equal(rule->kind, SCORE_WHEN);
    assert_slice(rule->name, "W");
    assert_true(rule->points == -2.5 && rule->expression);
    rule = &rules.rules[1]; /* sorted */
    assert_int_equal(rule->kind, SCORE_RANGES);
    assert_int_equal(rule->range_count, 3);
    assert_true(rule->ranges[0].from == -INFINITY && rule->ranges[0].below == 10 && rule->ranges[0].points == 1);
    assert_true(rule->ranges[1].from == 10 && rule->ranges[1].below == 50 && rule->ranges[1].points == 5);
    assert_true(rule->ranges[2].from == 50 && rule->ranges[2].below == INFINITY && rule->ranges[2].points == 10);
    assert_true(rule->otherwise == 0 && rule->missing == -2);
    rule = &rules.rules[2];
    assert_int_equal(rule->kind, SCORE_CASES);
    assert_int_equal(rule->case_count, 2);
    assert_slice(rule->cases[1].value, "Ärztin");
    assert_true(rule->cases[0].points == 20 && rule->fold && rule->otherwise == 3 && rule->missing == 4);
    score_rules_fini(&rules);
}

static void event_rules(void **unused)
{
    struct score_rules rules;

    (void)unused;
    read_well(
        &rules,
        "{\"groups\": [{\"name\": \"G\", \"min\": -5, \"max\": 60.5, \"rules\": ["
        "{\"event\": \"demo\", \"points\": 20, \"times\": 1},"
        "{\"event\": [\"open\", \"click\"], \"where\": \".channel == \\\"email\\\"\", \"points\": 1, \"max\": 10,"
        " \"within_days\": 90, \"half_life_days\": 14},"
        "{\"event\": \"webinar\", \"points\": 10, \"min\": -1, \"decay\": {\"percent\": 25, \"days\": 30}},"
        "{\"points\": 1, \"where\": \".value > 1\", \"decay\": {\"percent\": 100, \"days\": 7, \"of\": \"first\"}},"
        "{\"event\": \"order\", \"measure\": \"sum\", \"amount\": \".value\", \"ranges\": [{\"from\": 9, "
        "\"points\": 1}]},"
        "{\"measure\": \"days_since_last\", \"ranges\": [{\"from\": 60, \"points\": -15}], \"missing\": -1},"
        "{\"event\": \"visit\", \"ranges\": [{\"from\": 1, \"points\": 2}], \"half_life_days\": 7.5}]}]}");
    assert_int_equal(rules.rule_count, 7);
    assert_int_equal(rules.groups[0].dimension, SCORE_ENGAGEMENT);
    assert_true(rules.groups[0].limit.least == -5 && rules.groups[0].limit.most == 60.5);
    assert_true(rules.has_engagement && !rules.has_fit && rules.needs_events);
    assert_int_equal(rules.event.count, 2); /* channel, value */
    assert_int_equal(rules.lead.count, 0);

    const struct score_rule *rule = rules.rules;
    assert_int_equal(rule[0].kind, SCORE_EACH);
    assert_slice(rule[0].name, "demo");
    assert_int_equal(rule[0].times, 1);
    assert_true(rule[0].limit.most == INFINITY && rule[0].within == 0 && !rule[0].where);
    assert_true(rule[0].decay.half_life == 0 && rule[0].decay.step_days == 0);
    assert_slice(rule[1].name, "open, click");
    assert_int_equal(rule[1].event_count, 2);
    assert_slice(rule[1].events[1], "click");
    assert_int_equal(rule[1].within, 90);
    assert_true(rule[1].where && rule[1].limit.most == 10 && rule[1].decay.half_life == 14 && rule[1].times == 0);
    assert_int_equal(rule[2].decay.step_days, 30);
    assert_true(rule[2].decay.step_share == .25 && !rule[2].decay.linear && rule[2].limit.least == -1);
    assert_slice(rule[3].name, "any event");
    assert_int_equal(rule[3].event_count, 0);
    assert_true(rule[3].decay.step_share == 1 && rule[3].decay.linear);
    assert_int_equal(rule[4].kind, SCORE_EVENTS);
    assert_int_equal(rule[4].measure, SCORE_SUM);
    assert_true(rule[4].amount != NULL);
    assert_slice(rule[4].name, "sum of order");
    assert_int_equal(rule[5].measure, SCORE_SINCE_LAST);
    assert_slice(rule[5].name, "days_since_last of any event");
    assert_true(rule[5].missing == -1);
    assert_int_equal(rule[6].kind, SCORE_EVENTS);
    assert_int_equal(rule[6].measure, SCORE_COUNT);
    assert_true(rule[6].decay.half_life == 7.5);
    score_rules_fini(&rules);
}

/* A group that says what it counts for may hold both sorts of rule. */
static void dimensions(void **unused)
{
    struct score_rules rules;

    (void)unused;
    read_well(&rules,
              "{\"title\": \"T\", \"total\": {\"min\": 0, \"max\": 100}, \"fit\": {\"max\": 50},"
              " \"groups\": [{\"name\": \"A\", \"dimension\": \"fit\", \"rules\": [" WHEN "," EVENT "]},"
              "{\"name\": \"B\", \"dimension\": \"engagement\", \"rules\": [{\"when\": \".b\", \"points\": 1}]}],"
              " \"calibration\": {\"offset\": 50, \"factor\": 14.43}}");
    assert_slice(rules.title, "T");
    assert_true(rules.total.least == 0 && rules.total.most == 100);
    assert_true(rules.dimension[SCORE_FIT].least == -INFINITY && rules.dimension[SCORE_FIT].most == 50);
    assert_int_equal(rules.groups[0].dimension, SCORE_FIT);
    assert_int_equal(rules.groups[1].dimension, SCORE_ENGAGEMENT);
    assert_int_equal(rules.rules[2].group, 1);
    assert_slice(rules.rules[0].name, ".a == \"x\"");
    assert_true(rules.offset == 50 && rules.factor == 14.43);
    score_rules_fini(&rules);
}

#define GROUPS                                                                  \
    "\"groups\": [{\"name\": \"F\", \"rules\": [" WHEN "]}, {\"name\": \"E\", " \
    "\"rules\": [" EVENT "]}]"
#define WITH(part) "{" GROUPS ", " part "}"

static void grades(void **unused)
{
    struct score_rules rules;

    (void)unused;
    read_well(&rules, WITH("\"grade\": {\"bands\": {\"C\": 0, \"A\": 70, \"B\": 40.5}, \"of\": \"fit\"},"
                           "\"temperature\": {\"cold\": 0, \"hot\": 60}"));
    assert_int_equal(rules.grades.kind, SCORE_BANDS);
    assert_int_equal(rules.grades.of, SCORE_OF_FIT);
    assert_int_equal(rules.grades.bands.count, 3);
    assert_slice(rules.grades.bands.items[0].name, "A");
    assert_slice(rules.grades.bands.items[1].name, "B");
    assert_true(rules.grades.bands.items[1].from == 40.5 && rules.grades.bands.items[2].from == 0);
    assert_int_equal(rules.temperature_of, SCORE_OF_TOTAL);
    assert_slice(rules.temperature.items[0].name, "hot");
    assert_slice(rules.temperature.items[1].name, "cold");
    score_rules_fini(&rules);

    read_well(&rules, WITH("\"grade\": {\"matrix\": {\"fit\": {\"A\": 30, \"B\": 15}, \"engagement\": {\"2\": 0, "
                           "\"1\": 30}}},\"temperature\": {\"of\": \"engagement\", \"bands\": {\"горячий\": 9}}"));
    assert_int_equal(rules.grades.kind, SCORE_MATRIX);
    assert_int_equal(rules.grades.letter.count, 2);
    assert_slice(rules.grades.digit.items[0].name, "1");
    assert_int_equal(rules.temperature_of, SCORE_OF_ENGAGEMENT);
    assert_slice(rules.temperature.items[0].name, "горячий");
    score_rules_fini(&rules);

    read_well(&rules, WITH("\"grade\": {\"thirds\": {\"start\": \"C+\", \"criteria\": [{\"name\": \"I\", \"when\": "
                           "\".industry\", \"thirds\": 2}, {\"when\": \".b\", \"thirds\": -3}]}}"));
    assert_int_equal(rules.grades.kind, SCORE_THIRDS);
    assert_int_equal(rules.grades.start, 6); /* F D- D D+ C- C C+ */
    assert_int_equal(rules.grades.criterion_count, 2);
    assert_int_equal(rules.grades.criteria[1].thirds, -3);
    assert_slice(rules.grades.criteria[1].name, ".b");
    score_rules_fini(&rules);
    read_well(&rules, WITH("\"grade\": {\"thirds\": {\"criteria\": [{\"when\": \".b\", \"thirds\": 1}]}}"));
    assert_string_equal(score_third_names[rules.grades.start], "D");
    score_rules_fini(&rules);
    read_well(&rules, WITH("\"calibration\": {\"offset\": 0, \"factor\": 1},"
                           "\"grade\": {\"bands\": {\"yes\": 0.5, \"no\": 0}, \"of\": \"probability\"}"));
    assert_int_equal(rules.grades.of, SCORE_OF_PROBABILITY);
    score_rules_fini(&rules);
}

static void lifecycle(void **unused)
{
    struct score_rules rules;

    (void)unused;
    read_well(&rules, WITH("\"lifecycle\": {\"stages\": {\"MQL\": \".score >= 40\", \"junk\": \".fit < 0\","
                           "\"Sales Qualified Lead\": \".score >= 70 and .a == \\\"x\\\"\"}, \"may_fall\": true}"));
    assert_int_equal(rules.promotion_count, 3);
    assert_int_equal(rules.promotions[0].stage, STAGE_JUNK);
    assert_int_equal(rules.promotions[1].stage, STAGE_SQL);
    assert_int_equal(rules.promotions[2].stage, STAGE_MQL);
    assert_true(rules.may_fall);
    assert_int_equal(rules.lead.count, 3); /* a, score, fit */
    score_rules_fini(&rules);
}

/* The condition that a column is filled is made as jq would have it written. */
static void checklists(void **unused)
{
    struct expression_value inputs[3] = {{.type = EXPRESSION_STRING, .untyped = true}};
    struct expression_context context = {0};
    struct score_rules rules;
    struct error err;

    (void)unused;
    read_well(&rules, "{\"checklists\": [{\"name\": \"bant_1\", \"required\": 1, \"items\": ["
                      "{\"name\": \"budget\", \"met\": \".budget >= 5000\"},"
                      "{\"name\": \"need\", \"met\": \".\\\"My \\\\\\\"need\\\\\\\"\\\" == \\\"yes\\\"\"},"
                      "{\"name\": \"both\", \"met\": \".budget > 1 and .b\", \"known\": \".b != null\"}]},"
                      "{\"name\": \"all\", \"items\": [{\"name\": \"budget\", \"met\": \".budget == 1\"}]}]}");
    assert_int_equal(rules.checklist_count, 2);
    assert_slice(rules.checklists[0].name, "bant_1");
    assert_int_equal(rules.checklists[0].required, 1);
    assert_int_equal(rules.checklists[1].required, 1);
    assert_int_equal(rules.checklists[0].count, 3);
    assert_int_equal(rules.lead.count, 3);
    assert_slice(rules.lead.names[1], "My \"need\"");

    const struct score_item *items = rules.checklists[0].items;
    assert_int_equal(expression_test(items[0].known, &context, inputs, &err), 0);
    assert_int_equal(expression_test(items[1].known, &context, inputs, &err), 0);
    inputs[0].text = SLICE("900");
    inputs[1] = (struct expression_value){.type = EXPRESSION_STRING, .text = SLICE("no")};
    assert_int_equal(expression_test(items[0].known, &context, inputs, &err), 1);
    assert_int_equal(expression_test(items[0].met, &context, inputs, &err), 0);
    assert_int_equal(expression_test(items[1].known, &context, inputs, &err), 1);
    assert_int_equal(expression_test(items[2].known, &context, inputs, &err), 0);
    expression_context_fini(&context);
    score_rules_fini(&rules);
}

/* Counted with jq: [.groups[].rules[]] | length, and the like. */
static void samples(void **unused)
{
    static const struct {
        const char *file;
        size_t groups, rules, promotions, checklists;
        enum score_grading grading;
    } rows[] = {
        {"samples/rules-b2b.json", 5, 21, 3, 1, SCORE_MATRIX},
        {"samples/rules-ecommerce.json", 4, 18, 1, 0, SCORE_BANDS},
        {"samples/rules-saas.json", 4, 17, 3, 0, SCORE_THIRDS},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slice text = file_take(rows[i].file);
        struct score_rules rules;
        read_well(&rules, text.ptr);
        assert_int_equal(rules.group_count, rows[i].groups);
        assert_int_equal(rules.rule_count, rows[i].rules);
        assert_int_equal(rules.promotion_count, rows[i].promotions);
        assert_int_equal(rules.checklist_count, rows[i].checklists);
        assert_int_equal(rules.grades.kind, rows[i].grading);
        assert_true(rules.needs_events && rules.has_fit && rules.has_engagement);
        assert_true(rules.temperature.count == 4);
        score_rules_fini(&rules);
        free((char *)text.ptr);
    }
}

/* An answer, and whether it is met and known as the first and as the third item of a method. */
struct answer {
    struct expression_value value;
    int money, told, known;
};

#define TEXT(literal)                                          \
    {                                                          \
        .type = EXPRESSION_STRING, .text = SLICE_INIT(literal) \
    }
#define FIELD(literal)                                                          \
    {                                                                           \
        .type = EXPRESSION_STRING, .untyped = true, .text = SLICE_INIT(literal) \
    }

/* What jq 1.6 makes of the JSON values; the same is meant to hold for fields of CSV. */
static const struct answer answers[] = {
    {TEXT("Yes"), 1, 1, 1},
    {TEXT("no"), 0, 0, 1},
    {TEXT("Да"), 1, 1, 1},
    {TEXT("نعم"), 1, 1, 1},
    {TEXT("否"), 0, 0, 1},
    {TEXT(""), 0, 0, 0},
    {TEXT("Unknown"), 0, 0, 0},
    {TEXT("next quarter"), 0, 1, 1},
    {{.type = EXPRESSION_NULL}, 0, 0, 0},
    {{.type = EXPRESSION_NULL, .absent = true}, 0, 0, 0},
    {{.type = EXPRESSION_TRUE}, 1, 1, 1},
    {{.type = EXPRESSION_FALSE}, 0, 0, 1},
    {{.type = EXPRESSION_NUMBER, .reading = EXPRESSION_IS_NUMBER, .number = 5000, .text = SLICE_INIT("5000")}, 1, 1, 1},
    {{.type = EXPRESSION_NUMBER, .reading = EXPRESSION_IS_NUMBER, .number = 0, .text = SLICE_INIT("0")}, 0, 0, 1},
    {FIELD("yes"), 1, 1, 1},
    {FIELD("1"), 1, 1, 1},
    {FIELD("5000.50"), 1, 1, 1},
    {FIELD("0"), 0, 0, 1},
    {FIELD(""), 0, 0, 0},
    {FIELD("no"), 0, 0, 1},
    {FIELD("FALSE"), 0, 0, 1},
    {FIELD("replace the old one"), 0, 1, 1},
};

/* The item of that name: whether it is met and known when its column holds the value. */
static void assert_answer(const struct score_rules *rules, const char *name, const struct answer *answer, int met)
{
    const struct score_checklist *list = &rules->checklists[0];
    struct expression_value inputs[8] = {{.type = EXPRESSION_NULL}};
    struct expression_context context = {0};
    struct error err;

    assert_true(rules->lead.count <= 8);
    for (size_t i = 0; i < rules->lead.count; i++)
        if (slice_equal_cstr(rules->lead.names[i], name))
            inputs[i] = answer->value;
    for (size_t i = 0; i < list->count; i++) {
        bool this = slice_equal_cstr(list->items[i].name, name);
        assert_int_equal(expression_test(list->items[i].met, &context, inputs, &err), this ? met : 0);
        assert_int_equal(expression_test(list->items[i].known, &context, inputs, &err), this ? answer->known : 0);
        assert_int_equal(expression_test(rules->rules[i].expression, &context, inputs, &err), this ? met : 0);
    }
    expression_context_fini(&context);
}

static void builtins(void **unused)
{
    static const char *const items[][4] = {{"budget", "authority", "need", "timeline"},
                                           {"money", "authority", "challenges", "prioritisation"}};

    (void)unused;
    assert_null(score_rules_builtin("spin"));
    for (size_t w = 0; score_rules_words[w]; w++) {
        struct score_rules rules;
        assert_true(w < 2);
        read_well(&rules, score_rules_builtin(score_rules_words[w]));
        assert_slice(rules.checklists[0].name, score_rules_words[w]);
        assert_int_equal(rules.checklists[0].required, 3);
        assert_int_equal(rules.checklists[0].count, 4);
        assert_int_equal(rules.rule_count, 4);
        assert_int_equal(rules.promotions[0].stage, STAGE_SQL);
        assert_false(rules.needs_events);
        for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
            const struct answer *answer = &answers[i];
            bool number =
                answer->value.reading == EXPRESSION_IS_NUMBER || slice_equal_cstr(answer->value.text, "5000.50");
            assert_answer(&rules, items[w][0], answer, answer->money);
            assert_answer(&rules, items[w][1], answer, number ? 0 : answer->money);
            assert_answer(&rules, items[w][2], answer, answer->told);
            assert_answer(&rules, items[w][3], answer, answer->told);
        }
        score_rules_fini(&rules);
    }
}

/* Each allocation fails once: what was read is freed, and memory is what the error says. */
static void short_memory(void **unused)
{
    struct slice text = file_take("samples/rules-b2b.json");
    struct score_rules rules;
    struct error err;
    int result = -1;

    (void)unused;
    read_well(&rules, text.ptr); /* what is made once for the program */
    score_rules_fini(&rules);
    for (long left = 0; result; left++) {
        long before = memory_live;
        memory_limit(left, false);
        result = score_rules_read(&rules, text, "r.json", &err);
        memory_limit(-1, false);
        assert_true(result == 0 || err.status == STATUS_SYSTEM);
        if (result == 0)
            score_rules_fini(&rules);
        assert_int_equal(memory_live, before);
    }
    free((char *)text.ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lead_rules), cmocka_unit_test(event_rules), cmocka_unit_test(dimensions),
        cmocka_unit_test(grades),     cmocka_unit_test(lifecycle),   cmocka_unit_test(checklists),
        cmocka_unit_test(samples),    cmocka_unit_test(builtins),    cmocka_unit_test(short_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
