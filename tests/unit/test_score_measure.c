/* Rules over events: windows, measures and decay worked out by hand, against a slow count, and without looking ahead.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "score_scene.h"

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

/* Day 100 is the analysis date. Demos on days 101, 100, 93, 86, 10 and 9: ages -, 0, 7, 14, 90 and 91. */
static void each_event(void **unused)
{
    struct scene scene;

    (void)unused;
    scene_init(&scene);
    scene_group(&scene, SCORE_ENGAGEMENT);
    struct score_rule *all = scene_rule(&scene, "All", SCORE_EACH);
    struct score_rule *window = scene_rule(&scene, "Window", SCORE_EACH);
    struct score_rule *half = scene_rule(&scene, "Half-life", SCORE_EACH);
    struct score_rule *twice = scene_rule(&scene, "Twice", SCORE_EACH);
    struct score_rule *limited = scene_rule(&scene, "Limited", SCORE_EACH);
    all->points = window->points = half->points = twice->points = 8;
    limited->points = -8;
    window->within = 91;
    half->decay.half_life = 7;
    half->within = 90;
    twice->times = 2;
    twice->decay.half_life = 7;
    limited->limit.least = -20;
    static const int32_t days[] = {93, 10, 101, 86, 100, 9};
    for (size_t i = 0; i < COUNT(days); i++)
        scene_event(&scene, "ada", "demo", days[i]);
    scene_start(&scene);
    scene_score(&scene, "ada", 100);
    scene_expect(points(&scene, 0), 40); /* five, that of tomorrow is not seen */
    scene_expect(points(&scene, 1), 32); /* age 91 is not within 91 days, 90 is */
    scene_expect(measure(&scene, 1), 4);
    scene_expect(points(&scene, 2), 14); /* 8 + 4 + 2; age 90 is not within 90 */
    scene_expect(points(&scene, 3), 12); /* the latest two: 8 + 4 */
    scene_expect(measure(&scene, 3), 2);
    scene_expect(points(&scene, 4), -20); /* -40 */
    scene_expect(scene.scorer.result.total, 40 + 32 + 14 + 12 - 20);
    scene_expect(scene_score(&scene, "bob", 100)->total, 0);
    scene_expect(scene_score(&scene, "", 100)->total, 0);
    scene_expect(scene_score(&scene, "ada", 8)->total, 0);
    scene_expect(scene_score(&scene, "ada", DAY_NONE)->total, 0);
    scene_score(&scene, "ada", 10); /* as of day 10 only the demos of days 10 and 9 had happened */
    scene_expect(points(&scene, 0), 16);
    scene_expect(points(&scene, 3), 8 + 8 * exp2(-1. / 7));
    scene.scorer.events = NULL; /* none were given */
    scene_expect(scene_score(&scene, "ada", 100)->total, 0);
    scene_fini(&scene);
}

/* The points of a measure are the measure itself, so that ranges show which it was. */
static struct score_range tens[] = {{0, 1, 100}, {1, 4, 2}, {4, INFINITY, 8}};

/* As of day 100, within 30 days. Page views with values on days 70 (age 30: outside), 71 (4), 80 (1), 80 (2.5), 100
 * (none: "") and 105 (ahead). */
static void measures(void **unused)
{
    static const struct {
        enum score_measure measure;
        double expected, points;
    } rows[] = {{SCORE_COUNT, 4, 8}, {SCORE_DAYS, 3, 2},         {SCORE_SUM, 7.5, 8},       {SCORE_LEAST, 1, 2},
                {SCORE_MOST, 4, 8},  {SCORE_SINCE_LAST, 0, 100}, {SCORE_SINCE_FIRST, 29, 8}};
    static const struct {
        int32_t day;
        const char *value;
    } views[] = {{70, "1000"}, {80, "1"}, {71, "4"}, {100, ""}, {80, "2.5"}, {105, "-50"}};
    struct scene scene;

    (void)unused;
    scene_init(&scene);
    scene_group(&scene, SCORE_ENGAGEMENT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct score_rule *rule = scene_rule(&scene, "Views", SCORE_EVENTS);
        rule->measure = rows[i].measure;
        rule->ranges = tens;
        rule->range_count = COUNT(tens);
        rule->within = 30;
        rule->missing = -7;
        if (rows[i].measure >= SCORE_SUM && rows[i].measure <= SCORE_MOST)
            rule->amount = scene_of_event(&scene, ".value");
    }
    for (size_t i = 0; i < COUNT(views); i++) {
        scene_put(&scene.rules.event, scene.event, "value", scene_text(views[i].value));
        scene_event(&scene, "ada", "page_view", views[i].day);
    }
    scene_start(&scene);
    scene_score(&scene, "ada", 100);
    for (size_t i = 0; i < COUNT(rows); i++) {
        scene_expect(measure(&scene, i), rows[i].expected);
        scene_expect(points(&scene, i), rows[i].points);
    }
    scene_score(&scene, "bob", 100); /* no event: 0 is a count, a number of days and a sum; the rest is missing */
    for (size_t i = 0; i < COUNT(rows); i++) {
        scene_expect(measure(&scene, i), rows[i].measure <= SCORE_SUM ? 0 : NAN);
        scene_expect(points(&scene, i), rows[i].measure <= SCORE_SUM ? 100 : -7);
    }
    scene_fini(&scene);
}

/* Frequency points decay by the age of the last visit in the window: two visits give 2 points, ten days later 1. */
static void measure_decay(void **unused)
{
    struct scene scene;

    (void)unused;
    scene_init(&scene);
    scene_group(&scene, SCORE_ENGAGEMENT);
    struct score_rule *rule = scene_rule(&scene, "Visits", SCORE_EVENTS);
    rule->ranges = tens;
    rule->range_count = COUNT(tens);
    rule->decay = (struct score_decay){.half_life = 10};
    rule->within = 40;
    scene_event(&scene, "ada", "visit", 60);
    scene_event(&scene, "ada", "visit", 50);
    scene_start(&scene);
    scene_expect(scene_score(&scene, "ada", 60)->total, 2);
    scene_expect(scene_score(&scene, "ada", 70)->total, 1);
    scene_expect(scene_score(&scene, "ada", 80)->total, .5);
    scene_expect(scene_score(&scene, "ada", 90)->total,
                 .25); /* age 40 has left: one visit, still in the second range */
    scene_expect(scene_score(&scene, "ada", 100)->total, 100); /* none left: what is said of 0 visits, and no decay */
    scene_fini(&scene);
}

struct visit {
    int32_t day;
    int who;
};

/* What rules over events give, by looking at every event of every lead each time. */
static double slow_points(const struct score_rule *rule, const struct visit *visits, size_t count, int who,
                          int32_t as_of)
{
    double sum = 0;
    size_t taken = 0;

    for (int32_t day = as_of; day >= 0; day--) /* latest first */
        for (size_t i = 0; i < count; i++) {
            if (visits[i].who != who || visits[i].day != day || (rule->within && as_of - day >= rule->within))
                continue;
            if (rule->times && taken == rule->times)
                return sum;
            taken++;
            int32_t steps = (as_of - day) / 4;
            sum += rule->points * pow(1 - rule->decay.step_share, steps);
        }
    return sum;
}

static void against_slow_count(void **unused)
{
    enum { VISITS = 400, PEOPLE = 9, RULES = 12 };
    static struct visit visits[VISITS];
    struct scene scene;
    unsigned seed = 7;

    (void)unused;
    scene_init(&scene);
    scene_group(&scene, SCORE_ENGAGEMENT);
    for (int i = 0; i < RULES; i++) {
        struct score_rule *rule = scene_rule(&scene, "Visits", SCORE_EACH);
        rule->points = i + 1;
        rule->within = i % 3 * 9;
        rule->times = (size_t)(i % 4 * 5);
        rule->decay = (struct score_decay){.step_days = 4, .step_share = i % 2 ? .5 : .25};
    }
    for (size_t i = 0; i < VISITS; i++) {
        char key[2] = {0};
        seed = seed * 1103515245 + 12345;
        visits[i] = (struct visit){(int32_t)(seed >> 16) % 60, (int)(seed >> 8) % PEOPLE};
        visits[i].who = visits[i].who < 0 ? 0 : visits[i].who;
        key[0] = (char)('a' + visits[i].who);
        scene_event(&scene, key, "visit", visits[i].day);
    }
    scene_start(&scene);
    for (int32_t as_of = -1; as_of < 80; as_of += 3)
        for (int who = 0; who < PEOPLE; who++) {
            char key[2] = {(char)('a' + who)};
            scene_score(&scene, key, as_of);
            for (size_t i = 0; i < RULES; i++) {
                double slow = slow_points(&scene.rule[i], visits, VISITS, who, as_of);
                assert_true(fabs(points(&scene, i) - slow) <= 1e-12 * fabs(slow));
            }
        }
    scene_fini(&scene);
}

/* Rules of both kinds, and the events of one lead up to a day. */
static void make_past(struct scene *scene, int32_t until)
{
    scene_init(scene);
    scene_group(scene, SCORE_ENGAGEMENT);
    for (int i = 0; i < 14; i++) {
        struct score_rule *rule = scene_rule(scene, "Visits", i < 7 ? SCORE_EACH : SCORE_EVENTS);
        rule->points = 1 << i;
        rule->within = i % 3 * 11;
        rule->times = i < 3 ? 4 : 0;
        rule->measure = i < 7 ? SCORE_COUNT : (enum score_measure)(i - 7);
        rule->ranges = tens;
        rule->range_count = COUNT(tens);
        rule->missing = -i;
        rule->decay.half_life = i % 2 ? 5 : 0;
        if (rule->measure >= SCORE_SUM && rule->measure <= SCORE_MOST)
            rule->amount = scene_of_event(scene, ".value");
    }
    for (int i = 0; i < 90; i++) {
        int32_t day = i * 37 % 101;
        scene_put(&scene->rules.event, scene->event, "value", scene_text(i % 3 ? "2.5" : "0.5"));
        if (day <= until)
            scene_event(scene, "ada", "visit", day);
    }
    scene_start(scene);
}

/* What a lead is given on a day is what it would have been given had nothing happened since. */
static void no_look_ahead(void **unused)
{
    struct scene all, past;

    (void)unused;
    make_past(&all, 1000);
    for (int32_t day = -1; day < 110; day += 3) {
        make_past(&past, day);
        scene_expect(scene_score(&all, "ada", day)->total, scene_score(&past, "ada", day)->total);
        for (size_t i = 0; i < 14; i++)
            scene_expect(points(&all, i), points(&past, i));
        scene_fini(&past);
    }
    scene_fini(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_event),         cmocka_unit_test(measures),      cmocka_unit_test(measure_decay),
        cmocka_unit_test(against_slow_count), cmocka_unit_test(no_look_ahead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
