/* Events of leads: which rules count them, the order they are kept in, and what is kept when something fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "score_scene.h"
#include "short_memory.h"

static struct slice click_and_open[] = {SLICE_INIT("open"), SLICE_INIT("click"), SLICE_INIT("open")};
static struct slice demo[] = {SLICE_INIT("demo")};

/* Four rules: 0 over opens and clicks, 1 over the lead, 2 over demos by web, 3 over all with an amount. */
static void make_rules(struct scene *scene)
{
    scene_init(scene);
    scene_group(scene, SCORE_ENGAGEMENT);
    struct score_rule *rule = scene_rule(scene, "Mail", SCORE_EACH);
    rule->events = click_and_open;
    rule->event_count = 3;
    scene_when(scene, "Named", ".name != \"\"", 1);
    rule = scene_rule(scene, "Demo", SCORE_EACH);
    rule->events = demo;
    rule->event_count = 1;
    rule->where = scene_of_event(scene, ".channel == \"web\"");
    rule = scene_rule(scene, "Spent", SCORE_EVENTS);
    rule->measure = SCORE_SUM;
    rule->amount = scene_of_event(scene, ".value");
}

static void put_event(struct scene *scene, const char *channel, const char *value)
{
    scene_put(&scene->rules.event, scene->event, "channel", scene_text(channel));
    scene_put(&scene->rules.event, scene->event, "value", scene_text(value));
}

/* The hits of a lead as text: "rule@day=amount ...". */
static void expect_hits(const struct scene *scene, const char *key, const char *expected)
{
    char text[400] = "";
    size_t count, used = 0;
    const struct score_hit *hits = score_events_of(&scene->events, slice_from_cstr(key), &count);

    assert_true((hits == NULL) == (count == 0));
    for (size_t i = 0; i < count && used < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%u@%d=%g", i ? " " : "", hits[i].rule, hits[i].day,
                                 hits[i].amount);
    assert_string_equal(text, expected);
}

static void finish(struct scene *scene)
{
    struct error err;

    assert_int_equal(score_events_finish(&scene->events, &err), 0);
}

/* An event counts once for a rule that names it twice; order is rule, day falling, amount rising. */
static void order(void **unused)
{
    struct scene scene;

    (void)unused;
    make_rules(&scene);
    put_event(&scene, "web", "3");
    scene_event(&scene, "a", "open", 10);
    scene_event(&scene, "b", "click", 11);
    put_event(&scene, "web", "1.5");
    scene_event(&scene, "a", "demo", 12);
    put_event(&scene, "mail", "-2");
    scene_event(&scene, "a", "demo", 10);
    put_event(&scene, "mail", "");
    scene_event(&scene, "a", "click", 20);
    scene_event(&scene, "c", "visit", 30);
    finish(&scene);
    expect_hits(&scene, "a", "0@20=0 0@10=0 2@12=0 3@12=1.5 3@10=-2 3@10=3");
    expect_hits(&scene, "b", "0@11=0 3@11=3");
    expect_hits(&scene, "c", "");
    expect_hits(&scene, "nobody", "");
    expect_hits(&scene, "", "");
    assert_int_equal(scene.events.latest, 30); /* of all events, counted or not */
    assert_int_equal(scene.events.added, 6);
    scene_fini(&scene);
}

static void nothing(void **unused)
{
    struct scene scene;

    (void)unused;
    make_rules(&scene);
    finish(&scene);
    expect_hits(&scene, "a", "");
    assert_int_equal(scene.events.latest, DAY_NONE);
    scene_fini(&scene);

    scene_init(&scene); /* no rules at all */
    scene_event(&scene, "a", "open", -5);
    finish(&scene);
    expect_hits(&scene, "a", "");
    assert_int_equal(scene.events.latest, -5);
    scene_fini(&scene);
}

/* Without a key nobody can be given the event, but its day is seen, and its amount has to be one. */
static void without_key(void **unused)
{
    struct scene scene;
    struct error err;

    (void)unused;
    make_rules(&scene);
    put_event(&scene, "web", "3");
    scene_event(&scene, "", "open", 10);
    put_event(&scene, "web", "three");
    assert_int_equal(scene_add(&scene, "", "open", 11, &err), -1);
    finish(&scene);
    assert_int_equal(scene.events.count, 0);
    assert_int_equal(scene.events.latest, 10);
    scene_fini(&scene);
}

/* A failed event leaves nothing: "open" counts for rule 0 before its amount is looked at. */
static void bad_amounts(void **unused)
{
    struct scene scene;
    struct error err;

    (void)unused;
    make_rules(&scene);
    put_event(&scene, "web", "12,5O");
    assert_int_equal(scene_add(&scene, "a", "open", 10, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "rule 'Spent': '12,5O' is not a number");
    scene_put(&scene.rules.event, scene.event, "value",
              (struct expression_value){.type = EXPRESSION_STRING, .text = SLICE("12")});
    assert_int_equal(scene_add(&scene, "a", "open", 10, &err), -1);
    assert_string_equal(err.text, "rule 'Spent': '12' is a string, not a number: '... | tonumber' reads it");
    scene_put(
        &scene.rules.event, scene.event, "value",
        (struct expression_value){.type = EXPRESSION_NUMBER, .reading = EXPRESSION_IS_NUMBER, .number = INFINITY});
    assert_int_equal(scene_add(&scene, "a", "open", 10, &err), -1);
    assert_string_equal(err.text, "rule 'Spent': the amount is not a finite number");
    scene_put(&scene.rules.event, scene.event, "value", (struct expression_value){.type = EXPRESSION_FALSE});
    assert_int_equal(scene_add(&scene, "a", "open", 10, &err), -1);
    assert_string_equal(err.text, "rule 'Spent': 'false' is not a number");
    assert_int_equal(scene.events.added, 0);
    assert_int_equal(scene.events.latest, DAY_NONE);
    put_event(&scene, "web", "1");
    scene_event(&scene, "a", "open", 9);
    finish(&scene);
    expect_hits(&scene, "a", "0@9=0 3@9=1");
    scene_fini(&scene);
}

/* A condition that fails names its rule. */
static void bad_condition(void **unused)
{
    struct scene scene;
    struct error err;

    (void)unused;
    make_rules(&scene);
    expression_free(scene.rule[2].where);
    scene.rule[2].where = scene_of_event(&scene, ".channel - 1 > 0");
    put_event(&scene, "web", "1");
    scene_put(&scene.rules.event, scene.event, "channel",
              (struct expression_value){.type = EXPRESSION_STRING, .text = SLICE("web")});
    assert_int_equal(scene_add(&scene, "a", "demo", 10, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_memory_equal(err.text, "rule 'Demo': ", 13);
    scene_fini(&scene);
}

/* Keys of 6 bytes, and from lead 3 on of 103. */
static void lead_key(char key[120], unsigned lead)
{
    snprintf(key, 120, "%*slead-%u", lead < 3 ? 0 : 97, "", lead);
}

/* Many events of few leads, read forwards and backwards: the same hits, those of each rule latest first. */
static void any_order(void **unused)
{
    enum { EVENTS = 5000, LEADS = 7 };
    static const char *const names[] = {"open", "click", "demo", "visit"};
    struct scene scene[2];

    (void)unused;
    for (int pass = 0; pass < 2; pass++) {
        make_rules(&scene[pass]);
        for (int i = 0; i < EVENTS; i++) {
            unsigned number = (unsigned)(pass ? EVENTS - 1 - i : i);
            unsigned mixed = number * 2654435761U >> 8;
            char key[120], value[24];
            /* lead 0 has about 4900 of the events, the others few */
            lead_key(key, number % 50 ? 0 : number / 50 % LEADS);
            snprintf(value, sizeof value, "%u.%u", mixed % 9, mixed % 4);
            put_event(&scene[pass], mixed % 3 ? "web" : "mail", value);
            scene_event(&scene[pass], key, names[mixed % 4], (int32_t)(mixed % 365));
        }
        finish(&scene[pass]);
    }
    size_t all = 0;
    for (unsigned lead = 0; lead < LEADS; lead++) {
        char key[120];
        size_t count[2];
        lead_key(key, lead);
        const struct score_hit *a = score_events_of(&scene[0].events, slice_from_cstr(key), &count[0]);
        const struct score_hit *b = score_events_of(&scene[1].events, slice_from_cstr(key), &count[1]);
        assert_int_equal(count[0], count[1]);
        assert_true(count[0] > 0);
        for (size_t i = 0; i < count[0]; i++) {
            assert_true(a[i].day == b[i].day && a[i].rule == b[i].rule && a[i].amount == b[i].amount);
            if (i > 0)
                assert_true(a[i - 1].rule < a[i].rule || (a[i - 1].rule == a[i].rule && a[i - 1].day >= a[i].day));
        }
        all += count[0];
    }
    assert_int_equal(all, scene[0].events.count);
    scene_fini(&scene[0]);
    scene_fini(&scene[1]);
}

static int read_events(struct scene *scene, struct error *err)
{
    for (int i = 0; i < 40; i++) {
        char key[60];
        snprintf(key, sizeof key, "a key that is longer than others, %d", i);
        put_event(scene, "web", "2");
        if (scene_add(scene, key, i % 2 ? "demo" : "open", i, err))
            return -1;
    }
    return score_events_finish(&scene->events, err);
}

/* Each allocation fails once: an error, or the same hits. */
static void short_of_memory(void **unused)
{
    struct error err;
    struct scene scene;
    long failed = 0;

    (void)unused;
    for (long left = 0;; left++) {
        long before = memory_live;
        make_rules(&scene);
        memory_limit(left, false);
        int result = read_events(&scene, &err);
        memory_limit(-1, false);
        bool reached = memory_reached;
        memory_reached = false;
        if (result == 0)
            expect_hits(&scene, "a key that is longer than others, 5", "2@5=0 3@5=2");
        else
            assert_int_equal(err.status, STATUS_SYSTEM);
        failed += result != 0;
        scene_fini(&scene);
        assert_int_equal(memory_live, before);
        if (!reached)
            break;
    }
    assert_true(failed > 5 || !MEMORY_CAN_FAIL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order),           cmocka_unit_test(nothing),   cmocka_unit_test(without_key),
        cmocka_unit_test(bad_amounts),     cmocka_unit_test(any_order), cmocka_unit_test(bad_condition),
        cmocka_unit_test(short_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
