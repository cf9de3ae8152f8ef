/* Rule files that are refused: what is wrong, where, and what would be right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/score_rules.h"

#define FIT(rule) "{\"groups\": [{\"name\": \"G\", \"rules\": [" rule "]}]}"
#define WHEN "{\"when\": \".a == \\\"x\\\"\", \"points\": 5}"
#define EVENT "{\"event\": \"visit\", \"points\": 5}"

#define GROUPS                                                                  \
    "\"groups\": [{\"name\": \"F\", \"rules\": [" WHEN "]}, {\"name\": \"E\", " \
    "\"rules\": [" EVENT "]}]"
#define WITH(part) "{" GROUPS ", " part "}"

struct refusal {
    const char *text, *message;
};

static void assert_refused(const struct refusal *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct score_rules rules;
        struct error err = {0};
        if (score_rules_read(&rules, slice_from_cstr(rows[i].text), "r.json", &err) == 0)
            fail_msg("taken: %s", rows[i].text);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_string_equal(err.text, rows[i].message);
        assert_null(rules.arena.blocks);
    }
}
#define ASSERT_REFUSED(rows) assert_refused(rows, sizeof(rows) / sizeof *(rows))

#define G "r.json: groups[0]"
#define R G ".rules[0]"

static void refused_frame(void **unused)
{
    static const struct refusal rows[] = {
        {"{\n\n]", "r.json:3: not JSON: string or '}' expected near ']'"},
        {"[]", "r.json: not a JSON object"},
        {"{}", "r.json: groups: missing, and so are checklists"},
        {"{\"groups\": []}", "r.json: groups: not an array of at least one group"},
        {"{\"group\": []}", "r.json: group: unknown key; did you mean 'groups'?"},
        {"{\"Grade\": []}", "r.json: Grade: unknown key; did you mean 'grade'?"},
        {"{\"points\": []}",
         "r.json: points: unknown key; there are title, base, total, fit, engagement, groups, grade, "
         "lifecycle, temperature, checklists, calibration"},
        {"{\"title\": 5}", "r.json: title: not a string"},
        {"{\"total\": 5}", "r.json: total: not an object"},
        {"{\"total\": {\"most\": 5}}", "r.json: total.most: unknown key; there are min, max"},
        {"{\"total\": {\"max\": \"5\"}}", "r.json: total.max: not a number"},
        {"{\"total\": {\"max\": 2e9}}", "r.json: total.max: 2e+09 is beyond 1000000000"},
        {"{\"total\": {\"min\": -2e9}}", "r.json: total.min: -2e+09 is beyond -1000000000"},
        {"{\"fit\": {\"min\": 5, \"max\": 4}}", "r.json: fit: min 5 is above max 4"},
        {"{\"engagement\": {\"max\": 4}, \"groups\": [{\"name\": \"a\", \"rules\": [" WHEN "]}]}",
         "r.json: engagement: no group counts for it"},
        {"{\"calibration\": {\"offset\": 1}}", "r.json: calibration.factor: missing"},
        {"{\"calibration\": {\"offset\": 1, \"factor\": 0}}", "r.json: calibration.factor: 0 is not above 0"},
        {"{\"groups\": [7]}", G ": not an object"},
        {"{\"groups\": [{}]}", G ".name: missing"},
        {"{\"groups\": [{\"name\": \"\"}]}", G ".name: empty"},
        {"{\"groups\": [{\"name\": \"a\"}]}", G ".rules: missing"},
        {"{\"groups\": [{\"name\": \"a\", \"rules\": []}]}", G ".rules: not an array of at least one rule"},
        {"{\"groups\": [{\"name\": \"a\", \"limit\": 5}]}",
         G ".limit: unknown key; there are name, dimension, min, max, rules"},
        {"{\"groups\": [{\"name\": \"a\", \"min\": 5, \"max\": 1}]}", G ": min 5 is above max 1"},
        {"{\"groups\": [{\"name\": \"a\", \"dimension\": \"Fit\", \"rules\": [" WHEN "]}]}",
         G ".dimension: 'Fit' is not one of: fit, engagement"},
        {"{\"groups\": [{\"name\": \"a\", \"rules\": [" WHEN "," EVENT "]}]}",
         G ".dimension: missing: there are rules over the lead and rules over events; say \"fit\" or \"engagement\""},
        {"{\"groups\": [{\"name\": \"a\", \"rules\": [" WHEN "]}, {\"name\": \"a\", \"rules\": [" EVENT "]}]}",
         "r.json: groups[1].name: 'a' is already the name of groups[0]"},
        {"{\"groups\": [{\"name\": \"a\", \"rules\": [" WHEN "]}, {\"name\": \"b\", \"rules\": [" WHEN "]}]}",
         "r.json: groups[1].rules[0].name: missing, and '.a == \"x\"' is already the name of groups[0].rules[0]"},
        {FIT(WHEN ",{\"name\": \".a == \\\"x\\\"\", \"when\": \".b\", \"points\": 1}"),
         G ".rules[1].name: '.a == \"x\"' is already the name of groups[0].rules[0]"},
    };

    (void)unused;
    ASSERT_REFUSED(rows);
}

#define RANGES(text) FIT("{\"value\": \".a\", \"ranges\": " text "}")
#define CASES(text) FIT("{\"value\": \".a\", \"points_by_value\": " text "}")
#define MEASURE(text) FIT("{\"event\": \"e\", \"measure\": " text "}")
#define ONE_RANGE "\"ranges\": [{\"from\": 1, \"points\": 1}]"

static void refused_lead_rules(void **unused)
{
    static const struct refusal rows[] = {
        {FIT("7"), R ": not an object"},
        {FIT("{\"points\": 7}"), R ": has neither 'when' nor 'value' nor 'event': what are the points for?"},
        {FIT("{" ONE_RANGE "}"), R ": 'ranges' of what? 'value', 'event' or 'measure' is missing"},
        {FIT("{\"condition\": \".a\"}"),
         R ".condition: unknown key; there are name, when, value, points_by_value, ignore_case, event, where, "
           "within_days, half_life_days, decay, times, min, max, measure, amount, points, ranges, otherwise, missing"},
        {FIT("{\"When\": \".a\"}"), R ".When: unknown key; did you mean 'when'?"},
        {FIT("{\"when\": \".a\", \"point\": 7}"), R ".point: unknown key; did you mean 'points'?"},
        {FIT("{\"when\": \".a\"}"), R ".points: missing"},
        {FIT("{\"when\": \".a\", \"points\": \"7\"}"), R ".points: not a number"},
        {FIT("{\"when\": true, \"points\": 7}"), R ".when: not a string"},
        {FIT("{\"when\": \".a\", \"points\": 7, \"name\": \"\"}"), R ".name: empty"},
        {FIT("{\"when\": \".a\", \"points\": 7, \"event\": \"x\"}"),
         R ".event: does not go with 'when', a condition on the lead; one on the event is 'where'"},
        {FIT("{\"when\": \".a\", \"points\": 7, \"half_life_days\": 3}"), R ".half_life_days: does not go with 'when'"},
        {FIT("{\"when\": \".a\", " ONE_RANGE "}"), R ".ranges: does not go with 'when'"},
        {FIT("{\"value\": \".a\", \"points\": 7}"), R ": 'value' needs 'ranges' or 'points_by_value'"},
        {FIT("{\"value\": \".a\", \"points\": 7, " ONE_RANGE "}"), R ".points: does not go with 'value'"},
        {FIT("{\"value\": \".a\", \"event\": \"e\", " ONE_RANGE "}"),
         R ".event: does not go with 'value', which is one of the lead; a number of the event is 'amount', with a "
           "'measure'"},
        {FIT("{\"value\": \".a\", \"ignore_case\": true, " ONE_RANGE "}"), R ".ignore_case: does not go with 'value'"},
        {FIT("{\"value\": \".a\", \"points_by_value\": {\"b\": 1}, " ONE_RANGE "}"),
         R ".ranges: does not go with 'points_by_value'"},
        {FIT("{\"points_by_value\": {\"b\": 1}}"), R ".value: missing"},
        {CASES("{}"), R ".points_by_value: not an object of values and their points: {\"CEO\": 20}"},
        {CASES("[1]"), R ".points_by_value: not an object of values and their points: {\"CEO\": 20}"},
        {CASES("{\"b\": \"1\"}"), R ".points_by_value.b: not a number"},
        {CASES("{\"\": 1}"), R ".points_by_value: points for no value at all are 'missing', not \"\""},
        {CASES("{\"b\": 1, \"B\": 1}, \"ignore_case\": true"),
         R ".points_by_value.B: the same value as 'b', letters of either case being alike"},
        {CASES("{\"ÄRZTIN\": 1, \"Ärztin\": 1}, \"ignore_case\": true"),
         R ".points_by_value.Ärztin: the same value as 'ÄRZTIN', letters of either case being alike"},
        {CASES("{\"b\": 1}, \"ignore_case\": 1"), R ".ignore_case: neither true nor false"},
        {CASES("{\"b\": 1, \"b\": 1}"), "r.json:1: not JSON: duplicate object key near '\"b\"'"},
        {RANGES("[]"), R ".ranges: not an array of at least one range"},
        {RANGES("[{\"points\": 1}]"), R ".ranges[0]: has neither 'from' nor 'below'"},
        {RANGES("[{\"from\": 1}]"), R ".ranges[0].points: missing"},
        {RANGES("[{\"to\": 1, \"points\": 1}]"), R ".ranges[0].to: unknown key; there are from, below, points"},
        {RANGES("[{\"from\": 5, \"below\": 5, \"points\": 1}]"),
         R ".ranges[0]: empty: no number is from 5 and below 5"},
        {RANGES("[{\"from\": 1, \"below\": 5, \"points\": 1}, {\"from\": 5, \"points\": 1}, {\"from\": 4.5, \"below\": "
                "5, \"points\": 1}]"),
         R ".ranges[2]: overlaps ranges[0]"},
        {RANGES("[{\"below\": 5, \"points\": 1}, {\"below\": 4, \"points\": 1}]"), R ".ranges[1]: overlaps ranges[0]"},
    };

    (void)unused;
    ASSERT_REFUSED(rows);
}

static void refused_event_rules(void **unused)
{
    static const struct refusal rows[] = {
        {FIT("{\"event\": 5, \"points\": 1}"), R ".event: not a string"},
        {FIT("{\"event\": [], \"points\": 1}"), R ".event: not an array of at least one name of an event"},
        {FIT("{\"event\": [\"a\", \"\"], \"points\": 1}"), R ".event[1]: empty"},
        {FIT("{\"event\": [\"a\", \"b\", \"a\"], \"points\": 1}"), R ".event[2]: 'a' is there twice"},
        {FIT("{\"event\": \"a\"}"), R ".points: missing"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"where\": 1}"), R ".where: not a string"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"within_days\": 0}"),
         R ".within_days: 0 is not a whole number from 1 to 36525"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"within_days\": 1.5}"),
         R ".within_days: 1.5 is not a whole number from 1 to 36525"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"times\": 0}"),
         R ".times: 0 is not a whole number from 1 to 2147483647"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"half_life_days\": 0}"),
         R ".half_life_days: 0 is not above 0 and at most 36525"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"half_life_days\": -3}"),
         R ".half_life_days: -3 is not above 0 and at most 36525"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"decay\": 3}"), R ".decay: not an object"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"decay\": {\"days\": 3}}"), R ".decay.percent: missing"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"decay\": {\"percent\": 3}}"), R ".decay.days: missing"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"decay\": {\"percent\": 0, \"days\": 3}}"),
         R ".decay.percent: 0 is not above 0 and at most 100"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"decay\": {\"percent\": 100.5, \"days\": 3}}"),
         R ".decay.percent: 100.5 is not above 0 and at most 100"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"decay\": {\"percent\": 25, \"days\": 0}}"),
         R ".decay.days: 0 is not a whole number from 1 to 36525"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"decay\": {\"percent\": 25, \"days\": 30, \"of\": \"last\"}}"),
         R ".decay.of: 'last' is not one of: rest, first"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"min\": 5}"),
         R ": 'min' and 'max' must leave room for 0, the points of no event"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"min\": 5, \"max\": 4}"), R ": min 5 is above max 4"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"max\": 0}"), R ": the points can never count: 'max' is 0"},
        {FIT("{\"event\": \"a\", \"points\": -1, \"min\": 0}"), R ": the points can never count: 'min' is 0"},
        {FIT("{\"event\": \"a\", \"points\": 1, \"missing\": 0}"),
         R ".missing: does not go with 'event'; with a 'measure' and 'ranges' it would"},
        {FIT("{\"event\": \"a\", \"points\": 1, " ONE_RANGE "}"), R ".points: does not go with 'ranges'"},
        {FIT("{\"measure\": \"count\", \"points\": 1, " ONE_RANGE "}"), R ".points: does not go with 'measure'"},
        {FIT("{\"measure\": \"count\", \"times\": 1, " ONE_RANGE "}"), R ".times: does not go with 'measure'"},
        {MEASURE("\"counts\", " ONE_RANGE),
         R ".measure: 'counts' is not one of: count, days, sum, min, max, days_since_last, days_since_first"},
        {MEASURE("\"count\""), R ".ranges: missing"},
        {MEASURE("\"count\", \"missing\": 1, " ONE_RANGE), R ".missing: never used: without events 'count' is 0"},
        {MEASURE("\"max\", " ONE_RANGE), R ".amount: missing: 'max' is of a number of the events, as \".value\""},
        {MEASURE("\"days\", \"amount\": \".value\", " ONE_RANGE),
         R ".amount: does not go with the measure 'days': sum, min and max have one"},
        {MEASURE("\"count\", \"ranges\": [{\"below\": 0, \"points\": 1}]"),
         R ".ranges[0]: can never be: 'count' is never below 0"},
        {MEASURE("\"days_since_last\", \"within_days\": 30, \"ranges\": [{\"from\": 30, \"points\": 1}]"),
         R ".ranges[0]: can never be: within 30 days 'days_since_last' is less than 30"},
        {MEASURE("\"days\", \"within_days\": 30, \"ranges\": [{\"from\": 31, \"points\": 1}]"),
         R ".ranges[0]: can never be: within 30 days 'days' is less than 31"},
    };

    (void)unused;
    ASSERT_REFUSED(rows);
}

static void refused_results(void **unused)
{
    static const struct refusal rows[] = {
        {WITH("\"grade\": {}"), "r.json: grade: has none of 'bands', 'matrix' and 'thirds'"},
        {WITH("\"grade\": {\"A\": 70}"), "r.json: grade.A: unknown key; there are bands, of, matrix, thirds"},
        {WITH("\"grade\": {\"bands\": {\"A\": 1}, \"thirds\": {}}"),
         "r.json: grade: has more than one of 'bands', 'matrix' and 'thirds'"},
        {WITH("\"grade\": {\"bands\": {}}"),
         "r.json: grade.bands: not an object of names and thresholds: {\"A\": 70, \"B\": 40}"},
        {WITH("\"grade\": {\"bands\": {\"A\": 1, \"B\": 1.0}}"),
         "r.json: grade.bands.B: 1 is already the threshold of 'A'"},
        {WITH("\"grade\": {\"bands\": {\"A\": \"70\"}}"), "r.json: grade.bands.A: not a number"},
        {WITH("\"grade\": {\"bands\": {\"\": 70}}"), "r.json: grade.bands.: a name is empty"},
        {WITH("\"grade\": {\"bands\": {\"A\": 70}, \"of\": \"total\"}"),
         "r.json: grade.of: 'total' is not one of: score, fit, engagement, probability"},
        {WITH("\"grade\": {\"bands\": {\"A\": 70}, \"of\": \"probability\"}"),
         "r.json: grade.bands: there is no 'calibration' that makes a score a probability"},
        {WITH("\"calibration\": {\"offset\": 1, \"factor\": 1}, \"grade\": {\"bands\": {\"A\": 70}, \"of\": "
              "\"probability\"}"),
         "r.json: grade.bands.A: can never be reached: the probability is at most 1"},
        {WITH("\"total\": {\"max\": 100}, \"grade\": {\"bands\": {\"A\": 101}}"),
         "r.json: grade.bands.A: can never be reached: the score is at most 100"},
        {"{\"groups\": [{\"name\": \"F\", \"rules\": [" WHEN "]}], \"grade\": {\"matrix\": {\"fit\": {\"A\": 1}, "
         "\"engagement\": {\"1\": 1}}}}",
         "r.json: grade.matrix.engagement: no group counts for engagement"},
        {WITH("\"grade\": {\"matrix\": {\"fit\": {\"A\": 1}}}"), "r.json: grade.matrix.engagement: missing"},
        {WITH("\"grade\": {\"matrix\": {\"fit\": {\"A\": 1}, \"engagement\": {\"1\": 1}}, \"of\": \"fit\"}"),
         "r.json: grade.of: does not go with 'matrix'"},
        {WITH("\"grade\": {\"thirds\": {}}"), "r.json: grade.thirds.criteria: missing"},
        {WITH("\"grade\": {\"thirds\": {\"start\": \"E\"}}"),
         "r.json: grade.thirds.start: 'E' is not one of: F, D-, D, D+, C-, C, C+, B-, B, B+, A-, A, A+"},
        {WITH("\"grade\": {\"thirds\": {\"criteria\": [{\"when\": \".a\"}]}}"),
         "r.json: grade.thirds.criteria[0].thirds: missing"},
        {WITH("\"grade\": {\"thirds\": {\"criteria\": [{\"when\": \".a\", \"thirds\": 0}]}}"),
         "r.json: grade.thirds.criteria[0].thirds: 0 is not a whole number from 1 to 12, or from -12 to -1"},
        {WITH("\"grade\": {\"thirds\": {\"criteria\": [{\"when\": \".a\", \"thirds\": 1}, {\"when\": \".a\", "
              "\"thirds\": 2}]}}"),
         "r.json: grade.thirds.criteria[1].name: missing, and '.a' is already the name of criteria[0]"},
        {WITH("\"temperature\": []"),
         "r.json: temperature: not an object of names and thresholds: {\"A\": 70, \"B\": 40}"},
        {WITH("\"temperature\": {\"of\": \"fit\"}"), "r.json: temperature.bands: missing"},
        {WITH("\"lifecycle\": {}"), "r.json: lifecycle.stages: missing"},
        {WITH("\"lifecycle\": {\"stages\": {}}"),
         "r.json: lifecycle.stages: not an object of stages and conditions: {\"MQL\": \".score >= 40\"}"},
        {WITH("\"lifecycle\": {\"stages\": {\"hot\": \".score > 1\"}}"),
         "r.json: lifecycle.stages.hot: no such stage; there are suspect, prospect, lead, MAL, MQL, SAL, SQL, SRL, "
         "opportunity, customer, junk, dead, lost"},
        {WITH("\"lifecycle\": {\"stages\": {\"MQL\": \".score > 1\", \"mql\": \".score > 2\"}}"),
         "r.json: lifecycle.stages.mql: the stage MQL is there twice"},
        {WITH("\"lifecycle\": {\"stages\": {\"MQL\": 40}}"), "r.json: lifecycle.stages.MQL: not a string"},
        {WITH("\"lifecycle\": {\"stages\": {\"MQL\": \".grade == \\\"A\\\"\"}}"),
         "r.json: lifecycle.stages.MQL: asks for .grade, and there is no 'grade'"},
        {WITH("\"lifecycle\": {\"stages\": {\"MQL\": \".probability > .5\"}}"),
         "r.json: lifecycle.stages.MQL: asks for .probability, and there is no 'calibration'"},
        {WITH("\"lifecycle\": {\"stages\": {\"MQL\": \".score > 1\"}, \"may_fall\": \"no\"}"),
         "r.json: lifecycle.may_fall: neither true nor false"},
    };

    (void)unused;
    ASSERT_REFUSED(rows);
}

#define LIST(text) "{\"checklists\": [{\"name\": \"l\", " text "}]}"
#define L "r.json: checklists[0]"

static void refused_checklists(void **unused)
{
    static const struct refusal rows[] = {
        {"{\"checklists\": {}}", "r.json: checklists: not an array of at least one checklist"},
        {"{\"checklists\": [{}]}", L ".name: missing"},
        {"{\"checklists\": [{\"name\": \"b t\"}]}", L ".name: 'b t' holds other characters than a-z, A-Z, 0-9 and _"},
        {LIST("\"require\": 1"), L ".require: unknown key; did you mean 'required'?"},
        {LIST("\"required\": 1"), L ".items: missing"},
        {LIST("\"items\": []"), L ".items: not an array of at least one item"},
        {LIST("\"items\": [{\"met\": \".a\"}]"), L ".items[0].name: missing"},
        {LIST("\"items\": [{\"name\": \"a\"}]"), L ".items[0].met: missing"},
        {LIST("\"items\": [{\"name\": \"a\", \"met\": \".a\"}, {\"name\": \"a\", \"met\": \".a\"}]"),
         L ".items[1].name: 'a' is already the name of items[0]"},
        {LIST("\"items\": [{\"name\": \"a\", \"met\": \".a > .b\"}]"),
         L ".items[0].known: missing: 'met' asks for 2 columns, and not for one"},
        {LIST("\"items\": [{\"name\": \"a\", \"met\": \".a\"}], \"required\": 2"),
         L ".required: 2 is not a whole number from 1 to 1"},
        {"{\"checklists\": [{\"name\": \"l\", \"items\": [{\"name\": \"a\", \"met\": \".a\"}]}, {\"name\": \"l\"}]}",
         "r.json: checklists[1].name: 'l' is already the name of checklists[0]"},
        {LIST("\"items\": [{\"name\": \"a\", \"met\": \".l_qualified\"}]"),
         "r.json: an expression asks for .l_qualified, which checklists[0] adds to the output: it is not known yet"},
    };

    (void)unused;
    ASSERT_REFUSED(rows);
}

/* Where the expression stands, and the column in it; the words behind it are the expression's. */
static void refused_expressions(void **unused)
{
    static const struct refusal rows[] = {
        {FIT("{\"when\": \".a ==\", \"points\": 1}"), R ".when: column "},
        {FIT("{\"value\": \".a |\", " ONE_RANGE "}"), R ".value: column "},
        {FIT("{\"event\": \"e\", \"where\": \")\", \"points\": 1}"), R ".where: column 1"},
        {MEASURE("\"sum\", \"amount\": \"1 +\", " ONE_RANGE), R ".amount: column "},
        {WITH("\"lifecycle\": {\"stages\": {\"MQL\": \".score >= \"}}"), "r.json: lifecycle.stages.MQL: column "},
        {LIST("\"items\": [{\"name\": \"a\", \"met\": \"(\"}]"), L ".items[0].met: column "},
        {LIST("\"items\": [{\"name\": \"a\", \"met\": \".a\", \"known\": \"(\"}]"), L ".items[0].known: column "},
        {WITH("\"grade\": {\"thirds\": {\"criteria\": [{\"when\": \"(\", \"thirds\": 1}]}}"),
         "r.json: grade.thirds.criteria[0].when: column "},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct score_rules rules;
        struct error err = {0};
        assert_int_equal(score_rules_read(&rules, slice_from_cstr(rows[i].text), "r.json", &err), -1);
        assert_int_equal(err.status, STATUS_USAGE);
        err.text[strlen(rows[i].message)] = '\0';
        assert_string_equal(err.text, rows[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refused_frame),   cmocka_unit_test(refused_lead_rules), cmocka_unit_test(refused_event_rules),
        cmocka_unit_test(refused_results), cmocka_unit_test(refused_checklists), cmocka_unit_test(refused_expressions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
