/* Funnel state, visit and tally: events of all entities in, sums by group and period out. Small sums are counted by
 * hand; those of many entities a second way, entity by entity, from how they were made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/funnel_tally.h"
#include "base/buffer.h"
#include "value/duration.h"

#define MINUTE (INT64_C(60) * MICROSECONDS_PER_SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* An analysis in the making; times are whole minutes of 1970. */
struct scene {
    struct funnel_options options;
    struct funnel funnel;
    struct funnel_question question;
    struct funnel_tally tally;
    struct error err;
};

static void scene_init(struct scene *scene, int steps, bool has_values)
{
    *scene = (struct scene){
        .options = {.rules = {.steps = steps, .window = FUNNEL_NO_LIMIT}, .session = FUNNEL_NO_LIMIT, .threads = 1}};
    for (int i = 0; i < FUNNEL_STEPS; i++)
        scene->options.rules.gap[i].most = FUNNEL_NO_LIMIT;
    funnel_init(&scene->funnel, has_values);
    scene->question = (struct funnel_question){
        .options = &scene->options, .funnel = &scene->funnel, .end = 10 * DAY, .offset_end = 10 * DAY};
}

static void scene_fini(struct scene *scene)
{
    funnel_tally_fini(&scene->tally);
    funnel_fini(&scene->funnel);
}

struct doing {
    const char *who;
    int minute;
    uint32_t steps, breaks;
    const char *group, *held, *amount;
};

static void add(struct scene *scene, const struct doing *doing)
{
    struct funnel_row_in row = {.entity = slice_from_cstr(doing->who), .time = doing->minute * MINUTE};

    row.hash = group_hash(row.entity);
    assert_int_equal(funnel_kind_of(&scene->funnel, doing->steps, doing->breaks, &row.kind, &scene->err), 0);
    if (scene->funnel.has_values) {
        struct slice group = slice_from_cstr(doing->group ? doing->group : "");
        struct slice held = slice_from_cstr(doing->held ? doing->held : "");
        assert_int_equal(funnel_value_of(&scene->funnel.groups, group, &row.values.group, &scene->err), 0);
        assert_int_equal(funnel_value_of(&scene->funnel.held, held, &row.values.held, &scene->err), 0);
        row.values.has_amount = doing->amount != NULL;
        if (doing->amount)
            assert_int_equal(decimal_parse(slice_from_cstr(doing->amount), &row.values.amount), DECIMAL_OK);
    }
    assert_int_equal(funnel_add(&scene->funnel, &row, 1, &scene->err), 0);
}

static void add_all(struct scene *scene, const struct doing *doings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(scene, &doings[i]);
    assert_int_equal(funnel_arrange(&scene->funnel, &scene->err), 0);
}

#define ADD(scene, ...)                                           \
    do {                                                          \
        static const struct doing doings[] = {__VA_ARGS__};       \
        add_all((scene), doings, sizeof doings / sizeof *doings); \
    } while (0)

enum { A = 1, B = 2, C = 4 };

/* Cells as "group/period entered-converted(sum of minutes to the next) ...;", the group "-" where there is none. */
static const char *cells_of(struct scene *scene)
{
    static char text[4096];
    size_t used = 0;

    funnel_tally_fini(&scene->tally);
    if (funnel_tally_make(&scene->tally, &scene->question, &scene->err))
        fail_msg("%s", scene->err.text);
    text[0] = '\0';
    for (size_t i = 0; i < scene->tally.count; i++) {
        const struct funnel_cell *cell = &scene->tally.cells[i];
        struct slice group =
            cell->group == FUNNEL_NO_VALUE ? SLICE("-") : group_key(&scene->funnel.groups, cell->group);
        used += (size_t)snprintf(text + used, sizeof text - used, "%.*s/%d", SLICE_ARG(group), (int)cell->period);
        for (int s = 0; s < scene->options.rules.steps; s++)
            used += (size_t)snprintf(text + used, sizeof text - used, " %d-%d(%d)", (int)cell->entered[s],
                                     (int)cell->converted[s], (int)(cell->times[s].sum / MINUTE));
        used += (size_t)snprintf(text + used, sizeof text - used, ";");
    }
    return text;
}

/* ---- state ---- */

static void events_come_back_by_entity_and_in_order(void **state)
{
    struct scene scene;
    struct funnel_room room = {0};
    size_t count;

    (void)state;
    scene_init(&scene, 2, false);
    ADD(&scene, {"u", 5, B, 0, NULL, NULL, NULL}, {"v", 1, A, 0, NULL, NULL, NULL}, {"u", 3, A, 4, NULL, NULL, NULL},
        {"", 2, A, 0, NULL, NULL, NULL}, {"u", 3, 0, 1, NULL, NULL, NULL}, {"u", 3, B, 0, NULL, NULL, NULL});
    assert_int_equal(scene.funnel.entities.count, 3);
    assert_int_equal(scene.funnel.kind_count, 4);
    assert_true(slice_equal_cstr(group_key(&scene.funnel.entities, 2), ""));
    assert_int_equal(funnel_entity_events(&scene.funnel, 0, &room, &count, &scene.err), 0);
    assert_int_equal(count, 4);
    static const uint32_t sources[] = {5, 2, 4, 0}; /* of minute 3: B, then what breaks, as it came; then minute 5 */
    for (size_t i = 0; i < count; i++)
        assert_int_equal(room.events[i].source, sources[i]);
    assert_int_equal(funnel_entity_events(&scene.funnel, 1, &room, &count, &scene.err), 0);
    assert_int_equal(count, 1);
    assert_int_equal(room.events[0].time, MINUTE);
    funnel_room_fini(&room);
    scene_fini(&scene);
}

static void values_are_numbered_and_the_empty_one_is_none(void **state)
{
    struct group_table values;
    uint32_t value;
    struct error err;

    (void)state;
    group_init(&values, 0);
    assert_int_equal(funnel_value_of(&values, SLICE("x"), &value, &err), 0);
    assert_int_equal(value, 0);
    assert_int_equal(funnel_value_of(&values, SLICE(""), &value, &err), 0);
    assert_int_equal(value, FUNNEL_NO_VALUE);
    assert_int_equal(funnel_value_of(&values, SLICE("y"), &value, &err), 0);
    assert_int_equal(value, 1);
    assert_int_equal(funnel_value_of(&values, SLICE("x"), &value, &err), 0);
    assert_int_equal(value, 0);
    group_fini(&values);
}

static void nobody(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 2, true);
    assert_int_equal(funnel_arrange(&scene.funnel, &scene.err), 0);
    assert_string_equal(cells_of(&scene), "");
    assert_int_equal(scene.tally.entities, 0);
    scene_fini(&scene);
}

/* ---- sums ---- */

static void counts_and_times(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 3, false);
    ADD(&scene, {"u", 0, A, 0, NULL, NULL, NULL}, {"u", 10, B, 0, NULL, NULL, NULL}, {"v", 0, A, 0, NULL, NULL, NULL},
        {"w", 5, B, 0, NULL, NULL, NULL}, {"u", 25, C, 0, NULL, NULL, NULL}, {"v", 30, B, 0, NULL, NULL, NULL},
        {"x", 7, A, 0, NULL, NULL, NULL});
    assert_string_equal(cells_of(&scene), "-/0 3-2(40) 2-1(15) 1-1(0);");
    assert_int_equal(scene.tally.entities, 3);
    assert_int_equal(scene.tally.cells[0].whole.sum, 25 * MINUTE);
    scene.options.rules.window = 20 * MINUTE;
    assert_string_equal(cells_of(&scene), "-/0 3-1(10) 1-0(0) 0-0(0);");
    scene.options.rules.window = FUNNEL_NO_LIMIT;
    scene.options.rules.optional = B;
    assert_string_equal(cells_of(&scene), "-/0 3-1(25) 2-1(15) 1-1(0);");
    assert_int_equal(funnel_next_step(&scene.options.rules, 0), 2);
    assert_int_equal(funnel_next_step(&scene.options.rules, 1), 2);
    assert_int_equal(funnel_next_step(&scene.options.rules, 2), -1);
    scene_fini(&scene);
}

static void any_order_and_present(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 3, false);
    ADD(&scene, {"u", 9, A, 0, NULL, NULL, NULL}, {"u", 1, C, 0, NULL, NULL, NULL}, {"u", 4, B, 0, NULL, NULL, NULL},
        {"v", 1, C, 0, NULL, NULL, NULL}, {"v", 3, A, 0, NULL, NULL, NULL});
    scene.options.rules.order = FUNNEL_ANY;
    assert_string_equal(cells_of(&scene), "-/0 2-2(5) 2-1(5) 1-1(0);");
    scene.options.rules.order = FUNNEL_PRESENT;
    assert_string_equal(cells_of(&scene), "-/0 2-1(-5) 1-1(-3) 1-1(0);");
    assert_int_equal(scene.tally.out_of_order, 1);
    scene_fini(&scene);
}

static void groups_by_attribution(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 2, true);
    ADD(&scene, {"u", 0, A, 0, "web", NULL, NULL}, {"u", 5, B, 0, "mail", NULL, NULL}, {"v", 0, A, 0, "", NULL, NULL},
        {"v", 1, B, 0, "mail", NULL, NULL}, {"w", 0, A, 0, "web", NULL, NULL}, {"x", 0, A, 0, NULL, NULL, NULL});
    scene.options.group = "g";
    assert_string_equal(cells_of(&scene), "web/0 2-1(5) 1-1(0);mail/0 1-1(1) 1-1(0);-/0 1-0(0) 0-0(0);");
    scene.options.attribution = FUNNEL_LAST_VALUE;
    assert_string_equal(cells_of(&scene), "mail/0 2-2(6) 2-2(0);web/0 1-0(0) 0-0(0);-/0 1-0(0) 0-0(0);");
    scene.options.attribution = FUNNEL_STEP_VALUE;
    assert_string_equal(cells_of(&scene), "web/0 2-1(5) 1-1(0);-/0 2-1(1) 1-1(0);");
    scene.options.attribution_step = 1;
    assert_string_equal(cells_of(&scene), "mail/0 2-2(6) 2-2(0);-/0 2-0(0) 0-0(0);");
    scene_fini(&scene);
}

static void held_values_and_sessions(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 2, true);
    ADD(&scene, {"u", 0, A, 0, NULL, "p", NULL}, {"u", 5, B, 0, NULL, "q", NULL}, {"u", 60, B, 0, NULL, "p", NULL},
        {"v", 0, A, 0, NULL, "p", NULL}, {"v", 1, A, 0, NULL, "q", NULL}, {"v", 3, B, 0, NULL, "q", NULL},
        {"w", 0, A, 0, NULL, "", NULL}, {"w", 2, B, 0, NULL, "", NULL});
    assert_string_equal(cells_of(&scene), "-/0 3-3(9) 3-3(0);");
    scene.options.held = "h";
    assert_string_equal(cells_of(&scene), "-/0 2-2(62) 2-2(0);");
    scene.options.held = NULL;
    scene.options.session = 2 * MINUTE; /* so long a break is none yet */
    assert_string_equal(cells_of(&scene), "-/0 3-2(4) 2-2(0);");
    scene.options.session = 2 * MINUTE - 1;
    assert_string_equal(cells_of(&scene), "-/0 3-0(0) 0-0(0);");
    scene_fini(&scene);
}

/* Both values come to the last step at once: the chain that began last counts, whichever value came first. */
static void of_two_values_the_one_that_began_last(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 2, true);
    scene.options.held = "h";
    ADD(&scene, {"u", 0, A, 0, NULL, "p", NULL}, {"u", 2, A, 0, NULL, "q", NULL}, {"u", 5, B, 0, NULL, "p", NULL},
        {"u", 5, B, 0, NULL, "q", NULL}, {"v", 2, A, 0, NULL, "q", NULL}, {"v", 5, B, 0, NULL, "q", NULL},
        {"v", 2, A, 0, NULL, "p", NULL}, {"v", 4, B, 0, NULL, "p", NULL});
    assert_string_equal(cells_of(&scene), "-/0 2-2(5) 2-2(0);");
    scene_fini(&scene);
}

static void passes(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 2, true);
    scene.options.passes = true;
    ADD(&scene, {"u", 0, A, 0, NULL, "p", NULL}, {"u", 1, B, 0, NULL, "p", NULL}, {"u", 2, A, 0, NULL, "p", NULL},
        {"u", 3, A, 0, NULL, "p", NULL}, {"u", 9, B, 0, NULL, "p", NULL}, {"u", 10, A, 0, NULL, "q", NULL},
        {"v", 0, B, 0, NULL, "p", NULL});
    assert_string_equal(cells_of(&scene), "-/0 3-2(8) 2-2(0);");
    assert_int_equal(scene.tally.entities, 3);
    scene.options.rules.window = MINUTE; /* from minute 2 on another, which ends with minute 3 */
    assert_string_equal(cells_of(&scene), "-/0 3-1(1) 1-1(0);");
    scene.options.rules.window = FUNNEL_NO_LIMIT;
    scene.options.session = MINUTE;
    assert_string_equal(cells_of(&scene), "-/0 3-1(1) 1-1(0);");
    scene_fini(&scene);
}

static void entities_dropped_and_moved_back(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 2, false);
    ADD(&scene, {"u", 0, A, 0, NULL, NULL, NULL}, {"u", 1, 0, A, NULL, NULL, NULL}, {"u", 2, B, 0, NULL, NULL, NULL},
        {"v", 0, A, 0, NULL, NULL, NULL}, {"v", 1, B, 0, NULL, NULL, NULL}, {"v", 2, A, 0, NULL, NULL, NULL});
    assert_string_equal(cells_of(&scene), "-/0 2-1(1) 1-1(0);");
    assert_int_equal(scene.tally.dropped, 0);
    scene.options.rules.drop = true;
    assert_string_equal(cells_of(&scene), "-/0 1-1(1) 1-1(0);");
    assert_int_equal(scene.tally.dropped, 1);
    assert_int_equal(scene.tally.entities, 1);
    scene.options.rules.drop = false;
    scene.options.rules.follow_back = true;
    assert_string_equal(cells_of(&scene), "-/0 2-0(0) 0-0(0);");
    assert_int_equal(scene.tally.moved_back, 1);
    scene_fini(&scene);
}

static void amounts(void **state)
{
    struct scene scene;
    char text[DECIMAL_TEXT];
    (void)state;

    scene_init(&scene, 3, true);
    scene.options.amount = "sum";
    ADD(&scene, {"u", 0, A, 0, NULL, NULL, "1.5"}, {"u", 1, B, 0, NULL, NULL, "20"}, {"u", 2, C, 0, NULL, NULL, NULL},
        {"v", 0, A, 0, NULL, NULL, "-0.25"}, {"v", 1, C, 0, NULL, NULL, "9"}, {"w", 0, A, 0, NULL, NULL, NULL});
    assert_string_equal(cells_of(&scene), "-/0 3-1(1) 1-1(1) 1-1(0);");
    const struct funnel_cell *cell = &scene.tally.cells[0];
    assert_true(
        slice_equal_cstr(decimal_format(cell->entered_amount[0].units, cell->entered_amount[0].scale, text), "19.75"));
    assert_true(
        slice_equal_cstr(decimal_format(cell->converted_amount[0].units, cell->converted_amount[0].scale, text), "20"));
    assert_int_equal(cell->entered_amount[2].units, cell->converted_amount[2].units);
    scene_fini(&scene);
}

static void matured_and_periods(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 1, false);
    scene.options.rules.window = 2 * DAY;
    scene.options.matured = true;
    ADD(&scene, {"u", 8 * 1440 - 1, A, 0, NULL, NULL, NULL}, {"v", 8 * 1440, A, 0, NULL, NULL, NULL},
        {"w", 0, A, 0, NULL, NULL, NULL}, {"x", 20 * 1440, A, 0, NULL, NULL, NULL});
    assert_string_equal(cells_of(&scene), "-/0 2-2(0);"); /* the window of v ends with the data, and is not yet over */
    assert_int_equal(scene.tally.immature, 2);
    scene.options.trend = true;
    scene.options.period = PERIOD_DAY;
    assert_string_equal(cells_of(&scene), "-/7 1-1(0);-/0 1-1(0);");
    scene_fini(&scene);
}

static void periods_in_a_zone(void **state)
{
    static const char *const zones[] = {"Europe/Berlin", "America/New_York", "+00:00"};
    static const char *const wanted[] = {"-/1 1-1(0);", "-/-1 1-1(0);", "-/0 1-1(0);"};
    struct funnel_row_in row = {.entity = SLICE_INIT("u"), .time = 23 * HOUR + 30 * MINUTE, .has_offset = true};
    (void)state;

    for (size_t i = 0; i < 3; i++) {
        struct scene scene;
        scene_init(&scene, 1, false);
        scene.options.trend = true;
        assert_int_equal(time_zone_open(&scene.question.zone, zones[i], &scene.err), 0);
        row.time = i == 1 ? HOUR : 23 * HOUR + 30 * MINUTE;
        row.hash = group_hash(row.entity);
        assert_int_equal(funnel_kind_of(&scene.funnel, A, 0, &row.kind, &scene.err), 0);
        assert_int_equal(funnel_add(&scene.funnel, &row, 1, &scene.err), 0);
        assert_int_equal(funnel_arrange(&scene.funnel, &scene.err), 0);
        assert_string_equal(cells_of(&scene), wanted[i]);
        scene_fini(&scene);
    }
}

static void watched_times_of_the_curve(void **state)
{
    struct scene scene;
    (void)state;

    scene_init(&scene, 2, false);
    scene.options.report = FUNNEL_REPORT_CURVE;
    ADD(&scene, {"u", 0, A, 0, NULL, NULL, NULL}, {"u", 60, B, 0, NULL, NULL, NULL},
        {"v", 9 * 1440, A, 0, NULL, NULL, NULL}, {"w", 11 * 1440, A, 0, NULL, NULL, NULL});
    cells_of(&scene);
    const struct survival *survival = &scene.tally.cells[0].survival;
    assert_int_equal(survival->events.sum, HOUR);
    assert_int_equal(survival->censored.count, 2);
    assert_int_equal(survival->censored.sum, DAY); /* v is watched a day; w began behind the end of the data */
    scene.options.rules.window = HOUR;
    cells_of(&scene);
    assert_int_equal(scene.tally.cells[0].survival.censored.sum, HOUR);
    scene.options.rules.window = HOUR - 1;
    cells_of(&scene);
    assert_int_equal(scene.tally.cells[0].survival.events.count, 0);
    scene_fini(&scene);
}

/* ---- many, and threads ---- */

enum { MANY = 40000 };

static uint64_t scramble(uint64_t x)
{
    x = (x ^ x >> 31) * UINT64_C(0x7fb5d329728ea185);
    x = (x ^ x >> 27) * UINT64_C(0x81dadef4bc2dd44d);
    return x ^ x >> 33;
}

static int last_step_of(size_t entity)
{
    return (int)(scramble(entity) % 4); /* 0: it never began */
}

/* Entity i comes to last_step_of(i) steps, a minute between two; groups and days by i. In turn, not one by one. */
static void add_many(struct scene *scene)
{
    static const char *const groups[] = {"x", "y", "", "z", "v"};
    char who[64];

    for (int s = 0; s < 3; s++)
        for (size_t i = 0; i < MANY; i++) {
            snprintf(who, sizeof who, "%s%zu", i % 3 ? "u" : "an-entity-with-a-long-name-", i);
            if (s < last_step_of(i))
                add(scene, &(struct doing){.who = who,
                                           .minute = (int)(i % 7) * 1440 + s,
                                           .steps = 1u << s,
                                           .group = groups[i % 5],
                                           .held = "h",
                                           .amount = i % 2 ? "0.1" : NULL});
        }
    assert_int_equal(funnel_arrange(&scene->funnel, &scene->err), 0);
}

static void assert_same_cells(const struct funnel_tally *a, const struct funnel_tally *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct funnel_cell *x = &a->cells[i], *y = &b->cells[i];
        assert_int_equal(x->group, y->group);
        assert_int_equal(x->period, y->period);
        assert_memory_equal(x->entered, y->entered, sizeof x->entered);
        assert_memory_equal(x->converted, y->converted, sizeof x->converted);
        assert_true(x->entered_amount[1].units == y->entered_amount[1].units);
        assert_int_equal(x->times[1].count, y->times[1].count);
        for (size_t j = 0; j < x->times[1].count; j++) /* in the order of the entities, whoever counted them */
            assert_int_equal(x->times[1].values[j], y->times[1].values[j]);
    }
}

static void any_number_of_threads_gives_the_same(void **state)
{
    static const size_t threads[] = {2, 5};
    struct funnel_tally other;
    struct scene scene;
    (void)state;

    scene_init(&scene, 3, true);
    add_many(&scene);
    scene.options.group = "g";
    scene.options.amount = "a";
    scene.options.trend = true;
    cells_of(&scene);
    assert_int_equal(scene.tally.count, 35);
    for (size_t i = 0; i < 2; i++) {
        scene.options.threads = threads[i];
        assert_int_equal(funnel_tally_make(&other, &scene.question, &scene.err), 0);
        assert_same_cells(&scene.tally, &other);
        assert_int_equal(other.entities, scene.tally.entities);
        funnel_tally_fini(&other);
    }
    scene_fini(&scene);
}

static void many_are_counted_as_they_were_made(void **state)
{
    uint64_t entered[3] = {0};
    size_t tenths = 0;
    struct scene scene;
    (void)state;

    for (size_t i = 0; i < MANY; i++) {
        for (int s = 0; s < last_step_of(i); s++)
            entered[s]++;
        tenths += i % 2 && last_step_of(i) > 0;
    }
    scene_init(&scene, 3, true);
    add_many(&scene);
    scene.options.threads = 3;
    scene.options.amount = "a";
    cells_of(&scene);
    assert_int_equal(scene.tally.count, 1);
    const struct funnel_cell *cell = &scene.tally.cells[0];
    for (int s = 0; s < 3; s++) {
        assert_int_equal(cell->entered[s], entered[s]);
        assert_int_equal(cell->converted[s], entered[s < 2 ? s + 1 : 2]);
    }
    assert_int_equal(cell->times[0].sum, (int64_t)entered[1] * MINUTE);
    assert_int_equal(cell->whole.sum, (int64_t)entered[2] * 2 * MINUTE);
    assert_true(cell->entered_amount[0].units == (int128)tenths && cell->entered_amount[0].scale == 1);
    scene_fini(&scene);
}

/* ---- a visit that ends ---- */

static int stop_at_third(void *context, const struct funnel_seen *seen, struct error *err)
{
    size_t *visits = context;

    assert_int_equal(seen->entity, *visits);
    return ++*visits == 3 ? error_set(err, STATUS_DATA, "enough") : 0;
}

static void a_visit_ends_at_an_error(void **state)
{
    struct scene scene;
    size_t visits = 0;
    (void)state;

    scene_init(&scene, 1, false);
    ADD(&scene, {"u", 0, A, 0, NULL, NULL, NULL}, {"v", 0, B, 0, NULL, NULL, NULL}, {"w", 0, A, 0, NULL, NULL, NULL},
        {"x", 0, A, 0, NULL, NULL, NULL});
    assert_int_equal(funnel_visit(&scene.question, 0, 4, stop_at_third, &visits, &scene.err), -1);
    assert_int_equal(visits, 3);
    assert_string_equal(scene.err.text, "enough");
    scene_fini(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_back_by_entity_and_in_order),
        cmocka_unit_test(values_are_numbered_and_the_empty_one_is_none),
        cmocka_unit_test(nobody),
        cmocka_unit_test(counts_and_times),
        cmocka_unit_test(any_order_and_present),
        cmocka_unit_test(groups_by_attribution),
        cmocka_unit_test(held_values_and_sessions),
        cmocka_unit_test(of_two_values_the_one_that_began_last),
        cmocka_unit_test(passes),
        cmocka_unit_test(entities_dropped_and_moved_back),
        cmocka_unit_test(amounts),
        cmocka_unit_test(matured_and_periods),
        cmocka_unit_test(periods_in_a_zone),
        cmocka_unit_test(watched_times_of_the_curve),
        cmocka_unit_test(any_number_of_threads_gives_the_same),
        cmocka_unit_test(many_are_counted_as_they_were_made),
        cmocka_unit_test(a_visit_ends_at_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
