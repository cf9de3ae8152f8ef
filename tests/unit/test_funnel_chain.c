/* Funnel chains: examples of the systems that count funnels, and of their bug reports, worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/funnel_chain.h"

#include "short_memory.h"

#define MOST 16

/* A log: events by their letters ("A" is step 1, "AB" can be step 1 or 2, "-" is no step, "!A" breaks at step 1), each
 * with its time: "A@10 B@11 !AB@12". */
struct log {
    struct funnel_event events[MOST];
    size_t count;
};

static struct log log_of(const char *text)
{
    struct log log = {.count = 0};

    while (*text) {
        struct funnel_event *event = &log.events[log.count];
        bool breaks = false;
        *event = (struct funnel_event){.source = (uint32_t)log.count++};
        for (; *text != '@'; text++) {
            if (*text == '!')
                breaks = true;
            else if (*text != '-')
                *(breaks ? &event->breaks : &event->steps) |= 1u << (*text - 'A');
        }
        char *end;
        event->time = strtoll(text + 1, &end, 10);
        text = end + (*end == ' ');
    }
    funnel_sort(log.events, log.count);
    return log;
}

static const struct funnel_rules three = {.steps = 3, .window = FUNNEL_NO_LIMIT};

static struct funnel_path follow(struct funnel_rules rules, const char *text)
{
    struct log log = log_of(text);
    struct funnel_scratch scratch = {0};
    struct funnel_path path;
    struct error err;

    assert_int_equal(funnel_rules_check(&rules, &err), 0);
    assert_int_equal(funnel_follow(&rules, log.events, log.count, &scratch, &path, &err), 0);
    funnel_scratch_fini(&scratch);
    return path;
}

static int level(struct funnel_rules rules, const char *text)
{
    return follow(rules, text).level;
}

/* ClickHouse, pull request 6548: 1000 at 0, 1001 at 10 and 11, 1002 at 20. */
static void a_step_that_comes_again(void **unused)
{
    struct funnel_rules rules = three;

    (void)unused;
    assert_int_equal(level(rules, "A@0 B@10 B@11 C@20"), 3);
    rules.dedup = true;
    assert_int_equal(level(rules, "A@0 B@10 B@11 C@20"), 2);
    /* A first step that comes again is no repetition. */
    assert_int_equal(level(rules, "A@0 B@10 A@11 C@20"), 3);
}

/* ClickHouse's documentation of strict_order: A, B, D, C is 2. */
static void strict_order_stops_at_another(void **unused)
{
    struct funnel_rules rules = three;

    (void)unused;
    assert_int_equal(level(rules, "A@1 B@2 -@3 C@4"), 3);
    rules.order = FUNNEL_STRICT;
    assert_int_equal(level(rules, "A@1 B@2 -@3 C@4"), 2);
    assert_int_equal(level(rules, "A@1 B@2 C@4"), 3);
    assert_int_equal(level(rules, "A@1 -@2 A@3 B@4 C@5"), 3);
}

/* Mixpanel: A 1:00, A 1:30, B 1:45, C 2:15, a window of an hour from the first A. */
static void anchors(void **unused)
{
    struct funnel_rules rules = {.steps = 3, .window = 60, .anchor = FUNNEL_FIRST};

    (void)unused;
    assert_int_equal(level(rules, "A@60 A@90 B@105 C@135"), 2);
    rules.anchor = FUNNEL_LAST;
    struct funnel_path path = follow(rules, "A@60 A@90 B@105 C@135");
    assert_int_equal(path.level, 3);
    assert_int_equal(path.first, 1);
    assert_int_equal(path.event[1], 2);
    assert_int_equal(path.last, 3);
    /* The end of the window belongs to it. */
    assert_int_equal(level(rules, "A@90 B@105 C@150"), 3);
    assert_int_equal(level(rules, "A@90 B@105 C@151"), 2);
}

/* Steps page, page: two page views are needed. ClickHouse issue 21835: one event counted twice. */
static void one_event_is_one_step(void **unused)
{
    struct funnel_rules rules = {.steps = 2, .window = FUNNEL_NO_LIMIT};

    (void)unused;
    assert_int_equal(level(rules, "AB@5"), 1);
    assert_int_equal(level(rules, "AB@5 AB@5"), 2);
    assert_int_equal(level(rules, "AB@5 AB@9"), 2);
    rules.reuse = true;
    struct funnel_path path = follow(rules, "AB@5");
    assert_int_equal(path.level, 2);
    assert_int_equal(path.event[0], 0);
    assert_int_equal(path.event[1], 0);
    rules.increase = true;
    assert_int_equal(level(rules, "AB@5 AB@5"), 1);
    /* With reuse the events of an instant count in the order of the steps. */
    rules = (struct funnel_rules){.steps = 3, .window = FUNNEL_NO_LIMIT};
    assert_int_equal(level(rules, "AC@5 B@5"), 2);
    rules.reuse = true;
    assert_int_equal(level(rules, "AC@5 B@5"), 3);
}

/* ClickHouse issue 52844, strict_increase: A at 1, B at 2 and 3, C at 3. */
static void strict_increase(void **unused)
{
    struct funnel_rules rules = three;

    (void)unused;
    rules.increase = true;
    assert_int_equal(level(rules, "A@1 B@2 B@3 C@3"), 3);
    assert_int_equal(level(rules, "A@1 B@3 C@3"), 2);
    assert_int_equal(level(rules, "A@1 B@1"), 1);
}

static void exclusions(void **unused)
{
    struct funnel_rules rules = {.steps = 2, .window = FUNNEL_NO_LIMIT};

    (void)unused;
    assert_int_equal(level(rules, "A@1 !A@2 B@3"), 1);
    assert_int_equal(level(rules, "A@1 !A@2 A@3 B@4"), 2);
    assert_int_equal(level(rules, "A@1 B@2 !A@3"), 2);
    /* At one instant the break comes last, and an event does not break what it is part of. */
    assert_int_equal(level(rules, "!A@1 A@1 B@1"), 2);
    assert_int_equal(level(rules, "A!A@1 B@2"), 2);
    rules.drop = true;
    struct funnel_path path = follow(rules, "A@1 !A@2 B@3");
    assert_true(path.dropped);
    assert_int_equal(path.level, 0);
    assert_true(follow(rules, "A@1 !A@2 A@3 B@4").dropped);
    assert_false(follow(rules, "!A@0 A@1 B@2 !A@3").dropped);
    rules.window = 10;
    assert_false(follow(rules, "A@1 !A@12 A@13 B@14").dropped);
    /* Somebody who has got further than the exclusion goes is not dropped. */
    rules = three;
    rules.drop = true;
    assert_false(follow(rules, "A@1 B@2 !A@3").dropped);
    assert_true(follow(rules, "A@1 B@2 !AB@3").dropped);
}

static void optional_steps_are_taken_when_they_can(void **unused)
{
    struct funnel_rules rules = three;

    (void)unused;
    rules.optional = 2;
    struct funnel_path path = follow(rules, "A@1 C@2");
    assert_int_equal(path.level, 3);
    assert_int_equal(path.passed, 5);
    assert_int_equal(path.event[1], FUNNEL_NO_EVENT);
    path = follow(rules, "A@1 B@2 C@3");
    assert_int_equal(path.passed, 7);
    /* But beginning later goes before it. */
    path = follow(rules, "A@1 B@2 A@3 C@4");
    assert_int_equal(path.passed, 5);
    assert_int_equal(path.first, 2);
}

/* Where a newer chain at a step began earlier than an older one. B is no less than 2 behind A, C no more than 2 behind
 * what comes before it: C@7 goes on from A@5, C@8 only from B@6, which goes on from A@3. */
static void gaps(void **unused)
{
    struct funnel_rules rules = {.steps = 4,
                                 .optional = 2,
                                 .window = FUNNEL_NO_LIMIT,
                                 .has_gaps = true,
                                 .gap = {{0, 0}, {2, FUNNEL_NO_LIMIT}, {0, 2}, {0, FUNNEL_NO_LIMIT}}};
    const char *text = "A@3 A@5 B@6 C@7 C@8 D@9";

    (void)unused;
    struct funnel_path path = follow(rules, text);
    assert_int_equal(path.level, 4);
    assert_int_equal(path.first, 1);
    assert_int_equal(path.passed, 13);
    assert_int_equal(path.event[2], 3);
    rules.window = 5;
    assert_int_equal(level(rules, text), 4);
    rules.window = 3;
    assert_int_equal(level(rules, text), 3);
    /* An older event of a step serves where the newest is too young. */
    rules = three;
    rules.has_gaps = true;
    rules.gap[1] = (struct funnel_gap){5, 10};
    rules.gap[2] = (struct funnel_gap){0, FUNNEL_NO_LIMIT};
    path = follow(rules, "A@0 A@3 A@8 B@10 C@11");
    assert_int_equal(path.level, 3);
    assert_int_equal(path.first, 1);
}

static void any_order(void **unused)
{
    struct funnel_rules rules = {.steps = 3, .order = FUNNEL_ANY, .window = 10};

    (void)unused;
    struct funnel_path path = follow(rules, "C@0 A@8 B@12 C@15");
    assert_int_equal(path.level, 3);
    assert_int_equal(path.first, 1);
    assert_int_equal(path.event[2], 3);
    rules.anchor = FUNNEL_FIRST;
    assert_int_equal(level(rules, "C@0 A@8 B@12 C@15"), 2);
    /* AB gives its first place up for B. */
    assert_int_equal(level(rules, "AB@0 A@1"), 2);
    assert_int_equal(level(rules, "AB@0 AB@1 AB@2"), 2);
    rules.reuse = true;
    assert_int_equal(level(rules, "AB@0"), 2);
}

static void dates_that_are_only_present(void **unused)
{
    struct funnel_rules rules = {.steps = 3, .order = FUNNEL_PRESENT, .window = FUNNEL_NO_LIMIT};

    (void)unused;
    struct funnel_path path = follow(rules, "B@1 A@5 C@9");
    assert_int_equal(path.level, 3);
    assert_true(path.out_of_order);
    assert_int_equal(path.first, 1);
    path = follow(rules, "A@5 C@9");
    assert_int_equal(path.level, 1);
    rules.credit = true;
    path = follow(rules, "A@5 C@9");
    assert_int_equal(path.level, 3);
    assert_int_equal(path.passed, 7);
    assert_int_equal(path.event[1], FUNNEL_NO_EVENT);
    assert_false(path.out_of_order);
    assert_int_equal(level(rules, "C@9"), 3);
    rules.window = 3;
    assert_int_equal(level(rules, "A@5 C@9"), 1);
}

/* The stages of a deal: skipped ones are credited, and it may move back. */
static void credit_and_moves_back(void **unused)
{
    struct funnel_rules rules = {.steps = 4, .window = FUNNEL_NO_LIMIT, .credit = true};

    (void)unused;
    struct funnel_path path = follow(rules, "A@1 C@2 B@3");
    assert_int_equal(path.level, 3);
    assert_int_equal(path.passed, 7);
    assert_int_equal(path.event[1], 2);
    assert_int_equal(path.last, 1);
    rules.follow_back = true;
    path = follow(rules, "A@1 C@2 B@3");
    assert_int_equal(path.level, 2);
    assert_true(path.moved_back);
    assert_int_equal(path.last, 2);
    rules.credit = false;
    path = follow(rules, "A@1 C@2 B@3 C@4 D@5");
    assert_int_equal(path.level, 4);
    assert_false(path.moved_back);
    assert_int_equal(path.event[2], 3);
    path = follow(rules, "A@1 B@2 A@3");
    assert_int_equal(path.level, 1);
    assert_int_equal(path.first, 2);
    rules.anchor = FUNNEL_FIRST;
    assert_int_equal(follow(rules, "A@1 B@2 A@3").first, 0);
    assert_int_equal(level(rules, "A@1 B@2 !B@3 C@4"), 2);
}

static void assert_pass(const struct funnel_rules *rules, const struct log *log, size_t *next, int expected_level,
                        uint32_t first, size_t expected_next)
{
    struct funnel_scratch scratch = {0};
    struct funnel_path path;
    struct error err;

    assert_int_equal(funnel_follow_pass(rules, log->events, log->count, next, &scratch, &path, &err),
                     expected_level > 0);
    if (expected_level > 0) {
        assert_int_equal(path.level, expected_level);
        assert_int_equal(path.first, first);
    }
    assert_int_equal(*next, expected_next);
    funnel_scratch_fini(&scratch);
}

static void passes(void **unused)
{
    struct funnel_rules rules = {.steps = 2, .window = 10};
    struct log log = log_of("B@0 A@1 A@2 B@3 B@4 A@5 A@14 A@16 B@17");
    size_t next = 0;

    (void)unused;
    assert_pass(&rules, &log, &next, 2, 1, 4); /* A@1 B@3 */
    assert_pass(&rules, &log, &next, 1, 5, 7); /* A@5, until 15 */
    assert_pass(&rules, &log, &next, 2, 7, 9);
    assert_pass(&rules, &log, &next, 0, 0, 9);
}

static void rules_that_exclude_each_other(void **unused)
{
    struct funnel_rules rules = three;
    struct error err;

    (void)unused;
    rules.order = FUNNEL_ANY;
    rules.increase = true;
    assert_int_equal(funnel_rules_check(&rules, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_string_equal(err.text, "--order any and --strict-increase exclude each other");
    rules = three;
    rules.credit = rules.drop = true;
    assert_int_equal(funnel_rules_check(&rules, &err), -1);
    assert_string_equal(err.text, "--skipped credit and --excluded entity exclude each other");
    rules.follow_back = true;
    assert_int_equal(funnel_rules_check(&rules, &err), 0);
    rules.optional = 4;
    assert_int_equal(funnel_rules_check(&rules, &err), -1);
}

/* Many events in any order, and the extremes of time. */
static void sorting(void **unused)
{
    static struct funnel_event events[5000];
    uint64_t state = 1;

    (void)unused;
    for (uint32_t i = 0; i < 5000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        events[i] =
            (struct funnel_event){.time = (int64_t)(state >> 52), .source = i, .steps = 1u << (state >> 40 & 3)};
    }
    events[7].time = INT64_MIN;
    events[9].time = INT64_MAX;
    funnel_sort(events, 5000);
    for (size_t i = 1; i < 5000; i++) {
        const struct funnel_event *a = &events[i - 1];
        const struct funnel_event *b = &events[i];
        assert_true(a->time < b->time ||
                    (a->time == b->time && (a->steps < b->steps || (a->steps == b->steps && a->source < b->source))));
    }
    assert_int_equal(level(three, ""), 0);
    assert_int_equal(level(three, "A@-9223372036854775808 B@0 C@9223372036854775807"), 3);
}

/* The most steps there may be, in every way of following; all but the first and last optional in the last round. */
static void thirty_two_steps(void **unused)
{
    struct funnel_event events[FUNNEL_STEPS];
    struct funnel_scratch scratch = {0};
    struct error err;

    (void)unused;
    for (uint32_t i = 0; i < FUNNEL_STEPS; i++)
        events[i] = (struct funnel_event){.time = i, .steps = 1u << i, .breaks = UINT32_MAX << i, .source = i};
    for (int round = 0; round < 8; round++) {
        struct funnel_rules rules = {.steps = FUNNEL_STEPS, .window = 31, .drop = round == 0};
        struct funnel_path path;
        size_t next = 0;
        rules.order = round < 4 ? (enum funnel_order)round : FUNNEL_ORDERED;
        rules.increase = round == 4;
        rules.credit = round == 5;
        rules.follow_back = round == 6;
        rules.optional = round == 7 ? UINT32_MAX >> 1 & ~1u : 0;
        assert_int_equal(funnel_rules_check(&rules, &err), 0);
        assert_int_equal(funnel_follow(&rules, events, FUNNEL_STEPS, &scratch, &path, &err), 0);
        assert_int_equal(path.level, 32);
        assert_int_equal(path.passed, UINT32_MAX);
        assert_int_equal(path.event[31], 31);
        assert_int_equal(funnel_follow_pass(&rules, events, FUNNEL_STEPS, &next, &scratch, &path, &err), 1);
        assert_int_equal(path.level, 32);
        assert_int_equal(next, 32);
    }
    funnel_scratch_fini(&scratch);
}

/* The table needs memory: without it that is said, and with it again all is well. */
static void memory_runs_short(void **unused)
{
    struct log log = log_of("A@1 B@2 C@3");
    struct funnel_rules rules = three;
    struct funnel_scratch scratch = {0};
    struct funnel_path path;
    struct error err;
    size_t next = 0;
    const long live = memory_live;

    (void)unused;
    if (!MEMORY_CAN_FAIL)
        skip();
    rules.increase = true;
    memory_limit(0, true);
    int followed = funnel_follow(&rules, log.events, log.count, &scratch, &path, &err);
    int passed = funnel_follow_pass(&rules, log.events, log.count, &next, &scratch, &path, &err);
    memory_limit(-1, false);
    assert_int_equal(followed, -1);
    assert_int_equal(passed, -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_int_equal(funnel_follow(&rules, log.events, log.count, &scratch, &path, &err), 0);
    assert_int_equal(path.level, 3);
    funnel_scratch_fini(&scratch);
    assert_int_equal(memory_live, live);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_that_comes_again),
        cmocka_unit_test(strict_order_stops_at_another),
        cmocka_unit_test(anchors),
        cmocka_unit_test(one_event_is_one_step),
        cmocka_unit_test(strict_increase),
        cmocka_unit_test(exclusions),
        cmocka_unit_test(optional_steps_are_taken_when_they_can),
        cmocka_unit_test(gaps),
        cmocka_unit_test(any_order),
        cmocka_unit_test(dates_that_are_only_present),
        cmocka_unit_test(credit_and_moves_back),
        cmocka_unit_test(passes),
        cmocka_unit_test(rules_that_exclude_each_other),
        cmocka_unit_test(sorting),
        cmocka_unit_test(thirty_two_steps),
        cmocka_unit_test(memory_runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
