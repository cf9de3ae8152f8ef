/* Funnels in little memory: whatever the limit, the tally is that of a state without one, and every entity is visited
 * with all of its events, in the order of first appearance within its part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/funnel_tally.h"
#include "random.h"

enum { ENTITIES = 90, MOST_EVENTS = 600, STEPS = 3, ROUNDS = 150 };

static int below(uint64_t *state, int limit)
{
    return (int)(next_random(state) % (uint64_t)limit);
}

struct kept {
    struct funnel_row_in row;
    char entity[48];
    uint32_t steps;
};

static size_t random_events(uint64_t *seed, struct kept *events)
{
    size_t count = (size_t)below(seed, MOST_EVENTS);
    int entities = 1 + below(seed, ENTITIES);

    for (size_t i = 0; i < count; i++) {
        struct kept *kept = &events[i];
        int entity = below(seed, entities);
        snprintf(kept->entity, sizeof kept->entity, entity % 3 ? "V%d" : "a visitor with a long name, %d", entity);
        kept->steps = 1u << below(seed, STEPS);
        kept->row = (struct funnel_row_in){
            .entity = slice_from_cstr(kept->entity),
            .time = below(seed, 5000) * INT64_C(60000000),
            .has_time = true,
            .has_offset = below(seed, 2) == 0,
            .offset = 3600,
            .values = {.group = (uint32_t)below(seed, 3),
                       .held = FUNNEL_NO_VALUE,
                       .has_amount = below(seed, 2) == 0,
                       .amount = {below(seed, 100), 1}},
        };
        kept->row.hash = group_hash(kept->row.entity);
    }
    return count;
}

static void make(struct funnel *funnel, bool has_values, size_t limit, struct kept *events, size_t count,
                 uint64_t *seed)
{
    struct funnel_row_in rows[40];
    struct error err;

    funnel_init(funnel, has_values);
    funnel_limit(funnel, limit);
    for (size_t at = 0, more; at < count; at += more) {
        more = 1 + (size_t)below(seed, 39);
        more = more < count - at ? more : count - at;
        for (size_t i = 0; i < more; i++) {
            rows[i] = events[at + i].row;
            assert_int_equal(funnel_kind_of(funnel, events[at + i].steps, 0, &rows[i].kind, &err), 0);
        }
        assert_int_equal(funnel_add(funnel, rows, more, &err), 0);
    }
    assert_int_equal(funnel_arrange(funnel, &err), 0);
}

static int compare_cells(const void *a, const void *b)
{
    const struct funnel_cell *left = a;
    const struct funnel_cell *right = b;

    return left->group < right->group ? -1 : left->group > right->group;
}

static void assert_same_spread(struct spread *a, struct spread *b)
{
    assert_int_equal(a->count, b->count);
    spread_sort(a);
    spread_sort(b);
    if (a->count)
        assert_memory_equal(a->values, b->values, a->count * sizeof *a->values);
}

static void assert_same(struct funnel_tally *a, struct funnel_tally *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->entities, b->entities);
    assert_int_equal(a->immature, b->immature);
    if (a->count) {
        qsort(a->cells, a->count, sizeof *a->cells, compare_cells);
        qsort(b->cells, b->count, sizeof *b->cells, compare_cells);
    }
    for (size_t i = 0; i < a->count; i++) {
        struct funnel_cell *x = &a->cells[i];
        struct funnel_cell *y = &b->cells[i];
        assert_int_equal(x->group, y->group);
        for (int s = 0; s < STEPS; s++) {
            assert_int_equal(x->entered[s], y->entered[s]);
            assert_int_equal(x->converted[s], y->converted[s]);
            assert_true(x->entered_amount[s].units == y->entered_amount[s].units);
            assert_true(x->converted_amount[s].units == y->converted_amount[s].units);
            assert_same_spread(&x->times[s], &y->times[s]);
        }
        assert_same_spread(&x->whole, &y->whole);
    }
}

/* Each entity once, by its place: with the events that it has. */
struct met {
    const struct funnel *whole;
    size_t entities;
};

static int meet(void *context, const struct funnel *part, struct error *err)
{
    struct met *met = context;
    struct funnel_room room = {0};
    struct funnel_room expected_room = {0};

    for (size_t i = 0; i < part->entities.count; i++) {
        size_t count, expected;
        const void *same = group_find(&met->whole->entities, group_key(&part->entities, i));
        assert_non_null(same);
        assert_true(!part->places || i == 0 || part->places[i - 1] < part->places[i]);
        assert_int_equal(funnel_entity_events(part, i, &room, &count, err), 0);
        assert_int_equal(funnel_entity_events(met->whole, group_index(same), &expected_room, &expected, err), 0);
        assert_int_equal(count, expected);
        for (size_t k = 0; k < count; k++) {
            int32_t offset, expected_offset;
            assert_true(room.events[k].time == expected_room.events[k].time);
            assert_int_equal(room.events[k].steps, expected_room.events[k].steps);
            assert_int_equal(funnel_event_offset(part, room.events[k].source, &offset),
                             funnel_event_offset(met->whole, expected_room.events[k].source, &expected_offset));
            assert_int_equal(offset, expected_offset);
        }
        met->entities++;
    }
    funnel_room_fini(&room);
    funnel_room_fini(&expected_room);
    return 0;
}

static void any_limit_gives_the_same(void **unused)
{
    static struct kept events[MOST_EVENTS];
    uint64_t seed = 11;
    int spilled = 0;

    (void)unused;
    for (int round = 0; round < ROUNDS; round++) {
        struct funnel_options options = {.rules = {.steps = STEPS, .window = FUNNEL_NO_LIMIT},
                                         .session = FUNNEL_NO_LIMIT,
                                         .threads = (size_t)(1 + round % 3)};
        struct funnel whole, limited;
        struct funnel_tally expected, tally;
        struct error err;
        bool has_values = round % 2;
        size_t count = random_events(&seed, events);
        for (int i = 0; i < FUNNEL_STEPS; i++)
            options.rules.gap[i].most = FUNNEL_NO_LIMIT;
        options.group = has_values ? "device" : NULL;
        options.amount = options.group;
        make(&whole, has_values, 0, events, count, &seed);
        make(&limited, has_values, round % 5 ? 1 + (size_t)below(&seed, 40000) : 1, events, count, &seed);
        struct funnel_question question = {.options = &options, .funnel = &whole, .end = INT64_MAX / 2};
        assert_int_equal(funnel_tally_make(&expected, &question, &err), 0);
        question.funnel = &limited;
        assert_int_equal(funnel_tally_make(&tally, &question, &err), 0);
        assert_same(&tally, &expected);
        struct met met = {.whole = &whole};
        assert_int_equal(funnel_visit_parts(&limited, meet, &met, &err), 0);
        assert_int_equal(met.entities, whole.entities.count);
        struct spill_account account = funnel_account(&limited);
        spilled += account.spilled;
        assert_true(!account.spilled || account.records == count);
        funnel_tally_fini(&tally);
        funnel_tally_fini(&expected);
        funnel_fini(&limited);
        funnel_fini(&whole);
    }
    assert_true(spilled > ROUNDS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_limit_gives_the_same)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
