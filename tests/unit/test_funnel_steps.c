/* Funnel steps: what is written on the command line, and which events it means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/funnel_steps.h"
#include "value/duration.h"

#define HOUR (INT64_C(3600) * MICROSECONDS_PER_SECOND)

/* Steps as "name{event,event};", an optional one with a '?' behind the name. */
static const char *shown(const struct funnel_steps *steps)
{
    static char text[2048];
    size_t used = 0;

    text[0] = '\0';
    for (int i = 0; i < steps->count; i++) {
        const struct funnel_step *step = &steps->items[i];
        used += (size_t)snprintf(text + used, sizeof text - used, "%.*s%s{", SLICE_ARG(step->name),
                                 steps->optional >> i & 1 ? "?" : "");
        for (size_t j = 0; j < step->event_count; j++)
            used +=
                (size_t)snprintf(text + used, sizeof text - used, "%s%.*s", j ? "," : "", SLICE_ARG(step->events[j]));
        used += (size_t)snprintf(text + used, sizeof text - used, "};");
    }
    return text;
}

static void assert_steps(const char *text, const char *wanted)
{
    struct funnel_steps steps;
    struct error err;

    funnel_steps_init(&steps);
    if (funnel_steps_parse(&steps, text, &err) || funnel_steps_finish(&steps, &err))
        fail_msg("%s", err.text);
    assert_string_equal(shown(&steps), wanted);
    funnel_steps_fini(&steps);
}

static void assert_refused(const char *text, const char *message)
{
    struct funnel_steps steps;
    struct error err;

    funnel_steps_init(&steps);
    assert_true(funnel_steps_parse(&steps, text, &err) || funnel_steps_finish(&steps, &err));
    assert_int_equal(err.status, STATUS_USAGE);
    assert_string_equal(err.text, message);
    funnel_steps_fini(&steps);
}

static void steps_as_written(void **state)
{
    (void)state;
    assert_steps("a", "a{a};");
    assert_steps("visit,signup,pay", "visit{visit};signup{signup};pay{pay};");
    assert_steps(" visit , sign up ,pay ", "visit{visit};sign up{sign up};pay{pay};");
    assert_steps("a,b|c,d", "a{a};b|c{b,c};d{d};");
    assert_steps("a, b | c ?,d", "a{a};b|c?{b,c};d{d};");
    assert_steps("a,b?,c?,d", "a{a};b?{b};c?{c};d{d};");
    assert_steps("a\\,b,c\\|d,e\\?,f\\\\", "a,b{a,b};c|d{c|d};e?{e?};f\\{f\\};");
    assert_steps("a\\b,c", "ab{ab};c{c};");
    assert_steps("a,c\\", "a{a};c\\{c\\};");
    assert_steps("Заявка,成交", "Заявка{Заявка};成交{成交};");
}

static void steps_of_one_name_become_different(void **state)
{
    (void)state;
    assert_steps("view,view,view", "view{view};view (2){view};view (3){view};");
    assert_steps("view,view (2),view", "view{view};view (2){view (2)};view (3){view};");
    assert_steps("view (2),view,view", "view (2){view (2)};view{view};view (3){view};");
    assert_steps("a|b,a,a|b", "a|b{a,b};a{a};a|b (2){a,b};");
}

static void steps_refused(void **state)
{
    static const char *const without[] = {"", ",", "a,", ",a", "a,,b", "a|", "|a", "?", " ", "a,?"};
    char many[128];

    (void)state;
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        assert_refused(without[i], "a step without a name");
    assert_refused("a?,b", "the first and the last step cannot be optional");
    assert_refused("a,b?", "the first and the last step cannot be optional");
    assert_refused("a?", "the first and the last step cannot be optional");
    assert_refused("a,b?c,d", "'c,d': a comma must follow the '?'; a '?' in a name is written '\\?'");
    assert_refused("a,b?|c,d", "'|c,d': a comma must follow the '?'; a '?' in a name is written '\\?'");
    for (size_t i = 0; i < 65; i++)
        many[i] = i % 2 ? ',' : 'a';
    many[63] = '\0';
    struct funnel_steps steps;
    struct error err;
    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_parse(&steps, many, &err), 0);
    assert_int_equal(funnel_steps_finish(&steps, &err), 0);
    assert_int_equal(steps.count, FUNNEL_STEPS);
    funnel_steps_fini(&steps);
    many[63] = ',';
    many[65] = '\0';
    assert_refused(many, "more than 32 steps");

    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_finish(&steps, &err), -1);
    assert_string_equal(err.text, "say which events are the steps: --steps visit,signup,order");
    funnel_steps_fini(&steps);
}

static void steps_with_conditions(void **state)
{
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"x", "'x' is not NAME=CONDITION"},
        {"x?", "'x?' is not NAME=CONDITION"},
        {"x?y=1", "'x?y=1' is not NAME=CONDITION"},
        {"=1", "a step without a name"},
        {"x=", "column 1: the expression ends where a value is wanted"},
    };
    struct funnel_steps steps;
    struct error err;

    (void)state;
    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_add(&steps, "first=.event == \"a\"", &err), 0);
    assert_int_equal(funnel_steps_add(&steps, " big one ?=.n >= 10 and .event == \"b\"", &err), 0);
    assert_int_equal(funnel_steps_add(&steps, "x\\=y=true", &err), 0);
    assert_int_equal(funnel_steps_finish(&steps, &err), 0);
    assert_string_equal(shown(&steps), "first{};big one?{};x=y{};");
    assert_int_equal(steps.columns.count, 2);
    assert_non_null(steps.items[1].condition);
    funnel_steps_fini(&steps);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        funnel_steps_init(&steps);
        assert_int_equal(funnel_steps_add(&steps, bad[i].text, &err), -1);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_string_equal(err.text, bad[i].message);
        funnel_steps_fini(&steps);
    }
}

static void finding_a_step(void **state)
{
    static const struct {
        const char *text;
        int step;
    } cases[] = {{"visit", 0}, {"2", 1},  {"view (2)", 3}, {"view", 2},   {"1", 0},     {"3", 2},   {"4", 3},
                 {"5", -1},    {"0", -1}, {"", -1},        {"Visit", -1}, {"0001", -1}, {"001", 0}, {"-1", -1}};
    struct funnel_steps steps;
    struct error err;

    (void)state;
    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_parse(&steps, "visit,b|c,view,view", &err), 0);
    assert_int_equal(funnel_steps_finish(&steps, &err), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(funnel_steps_find(&steps, slice_from_cstr(cases[i].text), &err), cases[i].step);
    assert_int_equal(funnel_steps_find(&steps, SLICE("b|c"), &err), 1);
    assert_int_equal(funnel_steps_find(&steps, SLICE("b"), &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_string_equal(err.text, "no step 'b'; the steps are: visit, b|c, view, view (2)");
    funnel_steps_fini(&steps);

    funnel_steps_init(&steps); /* a name that is a number goes before the number */
    assert_int_equal(funnel_steps_parse(&steps, "3,2,1", &err), 0);
    assert_int_equal(funnel_steps_find(&steps, SLICE("3"), &err), 0);
    assert_int_equal(funnel_steps_find(&steps, SLICE("1"), &err), 2);
    funnel_steps_fini(&steps);
}

static void many_long_names_are_cut_off_in_the_message(void **state)
{
    char text[32 * 41];
    struct funnel_steps steps;
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 41 == 40 ? ',' : (char)('a' + i / 41 % 26);
    text[sizeof text - 1] = '\0';
    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_parse(&steps, text, &err), 0);
    assert_int_equal(funnel_steps_finish(&steps, &err), 0);
    assert_int_equal(steps.count, 32);
    assert_int_equal(funnel_steps_find(&steps, SLICE("x"), &err), -1);
    assert_memory_equal(err.text, "no step 'x'; the steps are: aaaa", 32);
    funnel_steps_fini(&steps);
}

static void assert_exclusion(const char *text, const char *event, uint32_t breaks)
{
    struct funnel_steps steps;
    struct error err;

    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_parse(&steps, "a,b,user@home,d", &err), 0);
    if (funnel_steps_exclude(&steps, text, &err))
        fail_msg("%s", err.text);
    assert_int_equal(steps.exclusion_count, 1);
    assert_true(slice_equal_cstr(steps.exclusions[0].event, event));
    assert_int_equal(steps.exclusions[0].breaks, breaks);
    funnel_steps_fini(&steps);
}

static void assert_exclusion_refused(const char *text, const char *message)
{
    struct funnel_steps steps;
    struct error err;

    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_parse(&steps, "a,b,user@home,d", &err), 0);
    assert_int_equal(funnel_steps_exclude(&steps, text, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_string_equal(err.text, message);
    funnel_steps_fini(&steps);
}

static void exclusions(void **state)
{
    (void)state;
    assert_exclusion("x", "x", 7);
    assert_exclusion("x@1..4", "x", 7);
    assert_exclusion("x@a..b", "x", 1);
    assert_exclusion("x@2..d", "x", 6);
    assert_exclusion("x@3..4", "x", 4);
    assert_exclusion("user@example.com", "user@example.com", 7);
    assert_exclusion("user@home@1..2", "user@home", 1);
    assert_exclusion("a", "a", 7);
    assert_exclusion_refused("@1..2", "no event before the '@'");
    assert_exclusion_refused("x@2..1", "'2..1': no such steps, or not in this order");
    assert_exclusion_refused("x@2..2", "'2..2': no such steps, or not in this order");
    assert_exclusion_refused("x@1..5", "'1..5': no such steps, or not in this order");
    assert_exclusion_refused("x@..", "'..': no such steps, or not in this order");
}

static void every_exclusion_of_many_steps(void **state)
{
    struct funnel_steps steps;
    struct error err;
    char text[64];
    (void)state;

    funnel_steps_init(&steps);
    for (int i = 0; i < FUNNEL_STEPS; i++) {
        snprintf(text, sizeof text, "s%d=true", i + 1);
        assert_int_equal(funnel_steps_add(&steps, text, &err), 0);
    }
    for (int from = 1; from <= FUNNEL_STEPS; from++)
        for (int to = from + 1; to <= FUNNEL_STEPS; to++) {
            uint32_t wanted = 0;
            snprintf(text, sizeof text, "x@s%d..%d", from, to);
            assert_int_equal(funnel_steps_exclude(&steps, text, &err), 0);
            for (int s = from; s < to; s++)
                wanted |= UINT32_C(1) << (s - 1);
            assert_int_equal(steps.exclusions[steps.exclusion_count - 1].breaks, wanted);
        }
    assert_int_equal(steps.exclusion_count, FUNNEL_STEPS * (FUNNEL_STEPS - 1) / 2);
    funnel_steps_fini(&steps);
}

static void read_gaps(const char *const *texts, struct funnel_rules *rules)
{
    struct funnel_steps steps;
    struct error err;

    *rules = (struct funnel_rules){.steps = 3};
    for (int i = 0; i < FUNNEL_STEPS; i++)
        rules->gap[i].most = FUNNEL_NO_LIMIT;
    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_parse(&steps, "a,b<c,d", &err), 0);
    for (; *texts; texts++)
        if (funnel_steps_gap(&steps, *texts, rules, &err))
            fail_msg("%s", err.text);
    funnel_steps_fini(&steps);
}

static void assert_gap(const struct funnel_rules *rules, int step, int64_t least, int64_t most)
{
    assert_true(rules->has_gaps);
    assert_int_equal(rules->gap[step].least, least);
    assert_int_equal(rules->gap[step].most, most);
}

#define TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void gaps(void **state)
{
    struct funnel_rules rules;
    (void)state;

    read_gaps(TEXTS("d<1h"), &rules);
    assert_gap(&rules, 2, 0, HOUR - 1);
    assert_gap(&rules, 1, 0, FUNNEL_NO_LIMIT);
    read_gaps(TEXTS("d<=1h"), &rules);
    assert_gap(&rules, 2, 0, HOUR);
    read_gaps(TEXTS("3>1h"), &rules);
    assert_gap(&rules, 2, HOUR + 1, FUNNEL_NO_LIMIT);
    read_gaps(TEXTS("3 >= 90m"), &rules);
    assert_gap(&rules, 2, 3 * HOUR / 2, FUNNEL_NO_LIMIT);
    read_gaps(TEXTS("b<c<1d"), &rules);
    assert_gap(&rules, 1, 0, 24 * HOUR - 1);
    read_gaps(TEXTS("<2h"), &rules);
    assert_gap(&rules, 1, 0, 2 * HOUR - 1);
    assert_gap(&rules, 2, 0, 2 * HOUR - 1);
    assert_int_equal(rules.gap[0].most, FUNNEL_NO_LIMIT);
    read_gaps(TEXTS("<2h", "d<=1h", "d>=1m", "d<3h", "d>1s"), &rules);
    assert_gap(&rules, 1, 0, 2 * HOUR - 1);
    assert_gap(&rules, 2, HOUR / 60, HOUR);
    read_gaps(TEXTS("d<=0s"), &rules);
    assert_gap(&rules, 2, 0, 0);
    read_gaps(TEXTS("d>0s"), &rules);
    assert_gap(&rules, 2, 1, FUNNEL_NO_LIMIT);
}

static void gaps_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"d", "'d' is not STEP<7d or STEP>1h"},
        {"", "'' is not STEP<7d or STEP>1h"},
        {"d<0s", "'d<0s': no time is below 0"},
        {"a<1h", "'a<1h': there is no step before the first"},
        {"1>1h", "'1>1h': there is no step before the first"},
        {"e<1h", "no step 'e'; the steps are: a, b<c, d"},
        {"d<", "not a duration such as 14d, 12h or 1h30m: ''"},
        {"d<x", "not a duration such as 14d, 12h or 1h30m: 'x'"},
        {"d==1h", "'d==1h' is not STEP<7d or STEP>1h"},
    };
    struct funnel_rules rules = {.steps = 3};
    struct funnel_steps steps;
    struct error err;

    (void)state;
    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_parse(&steps, "a,b<c,d", &err), 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(funnel_steps_gap(&steps, bad[i].text, &rules, &err), -1);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_string_equal(err.text, bad[i].message);
        assert_false(rules.has_gaps);
    }
    funnel_steps_fini(&steps);
}

static void assert_match(const struct funnel_steps *steps, const char *event, uint32_t wanted, uint32_t breaks)
{
    struct funnel_event masks;
    struct error err;

    assert_int_equal(funnel_steps_match(steps, slice_from_cstr(event), &masks, &err), 0);
    if (masks.steps != wanted || masks.breaks != breaks)
        fail_msg("%s is %x and breaks %x", event, masks.steps, masks.breaks);
}

static void what_an_event_is(void **state)
{
    struct funnel_steps steps;
    struct error err;
    (void)state;

    funnel_steps_init(&steps);
    assert_int_equal(funnel_steps_parse(&steps, "a,b|c,a,d|b", &err), 0);
    assert_int_equal(funnel_steps_exclude(&steps, "x", &err), 0);
    assert_int_equal(funnel_steps_exclude(&steps, "c@2..3", &err), 0);
    assert_int_equal(funnel_steps_exclude(&steps, "x@1..2", &err), 0);
    assert_match(&steps, "a", 5, 0);
    assert_match(&steps, "b", 10, 0);
    assert_match(&steps, "c", 2, 2);
    assert_match(&steps, "d", 8, 0);
    assert_match(&steps, "x", 0, 7);
    assert_match(&steps, "A", 0, 0);
    assert_match(&steps, "a ", 0, 0);
    assert_match(&steps, "", 0, 0);
    assert_match(&steps, "a|c", 0, 0);
    funnel_steps_fini(&steps);
}

static void stages_as_steps(void **state)
{
    struct funnel_steps steps;
    struct stages stages;
    struct error err;
    (void)state;

    stages_init(&stages);
    assert_int_equal(stages_read(&stages, "hubspot", &err), 0);
    funnel_steps_init(&steps);
    steps.stages = &stages;
    assert_int_equal(funnel_steps_of_stages(&steps, &err), 0);
    assert_int_equal(funnel_steps_finish(&steps, &err), 0);
    assert_string_equal(shown(&steps),
                        "Appointment Scheduled{Appointment Scheduled};Qualified To Buy{Qualified To Buy};"
                        "Presentation Scheduled{Presentation Scheduled};"
                        "Decision Maker Bought-In{Decision Maker Bought-In};"
                        "Contract Sent{Contract Sent};Closed Won{Closed Won};");
    assert_int_equal(funnel_steps_exclude(&steps, "closed lost", &err), 0);
    assert_match(&steps, "appointmentscheduled", 1, 0);
    assert_match(&steps, "Termin vereinbart", 1, 0);
    assert_match(&steps, "QUALIFIED to-buy", 2, 0);
    assert_match(&steps, "closedwon", 32, 0);
    assert_match(&steps, "Closed Lost", 0, 31);
    assert_match(&steps, "closedlost", 0, 31);
    assert_match(&steps, "no such stage", 0, 0);
    funnel_steps_fini(&steps);

    funnel_steps_init(&steps); /* steps of one's own, compared as stages */
    steps.stages = &stages;
    assert_int_equal(funnel_steps_parse(&steps, "contract sent,CLOSED WON", &err), 0);
    assert_match(&steps, "contractsent", 1, 0);
    assert_match(&steps, "Closed Won", 2, 0);
    assert_match(&steps, "", 0, 0);
    funnel_steps_fini(&steps);
    stages_fini(&stages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_as_written),
        cmocka_unit_test(steps_of_one_name_become_different),
        cmocka_unit_test(steps_refused),
        cmocka_unit_test(steps_with_conditions),
        cmocka_unit_test(finding_a_step),
        cmocka_unit_test(many_long_names_are_cut_off_in_the_message),
        cmocka_unit_test(exclusions),
        cmocka_unit_test(every_exclusion_of_many_steps),
        cmocka_unit_test(gaps),
        cmocka_unit_test(gaps_refused),
        cmocka_unit_test(what_an_event_is),
        cmocka_unit_test(stages_as_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
