/* Funnel chains of random short logs against a slow reference, under all rules that go together. */
#include "analysis/funnel_chain_parts.h"

#include "funnel_reference.h"
#include "funnel_reference_other.h"
#include "random.h"

#if defined(__SANITIZE_ADDRESS__)
#define ROUNDS 2000
#else
#define ROUNDS 40000
#endif

static int below(uint64_t *state, int limit)
{
    return (int)(next_random(state) % (uint64_t)limit);
}

static bool chance(uint64_t *state, int in)
{
    return below(state, in) == 0;
}

/* Random logs and rules. */

struct log {
    struct funnel_event events[MOST];
    int count;
};

static int compare_events(const void *a, const void *b)
{
    const struct funnel_event *left = a;
    const struct funnel_event *right = b;
    int rank_left = (left->breaks ? 100 : 0) + (left->steps ? __builtin_ctz(left->steps) : 50);
    int rank_right = (right->breaks ? 100 : 0) + (right->steps ? __builtin_ctz(right->steps) : 50);

    if (left->time != right->time)
        return left->time < right->time ? -1 : 1;
    return rank_left != rank_right ? rank_left - rank_right : (int)left->source - (int)right->source;
}

static struct log random_log(uint64_t *seed, int steps, bool several, bool breaks)
{
    struct log log = {.count = below(seed, MOST + 1)};
    struct funnel_event sorted[MOST];
    const int span = chance(seed, 3) ? 3 : chance(seed, 2) ? 8 : 30;
    const int strange = 1 + below(seed, 6);

    for (int i = 0; i < log.count; i++) {
        struct funnel_event *event = &log.events[i];
        *event = (struct funnel_event){.time = below(seed, span), .source = (uint32_t)i};
        if (!chance(seed, 1 + strange))
            event->steps = several && chance(seed, 2) ? (uint32_t)below(seed, 1 << steps) : 1u << below(seed, steps);
        if (breaks && (event->steps ? chance(seed, 8) : chance(seed, 2)))
            event->breaks = (uint32_t)below(seed, 1 << steps);
    }
    memcpy(sorted, log.events, sizeof sorted);
    qsort(sorted, (size_t)log.count, sizeof *sorted, compare_events);
    funnel_sort(log.events, (size_t)log.count);
    assert_memory_equal(sorted, log.events, (size_t)log.count * sizeof *sorted);
    return log;
}

static void random_limits(uint64_t *seed, struct funnel_rules *rules)
{
    rules->window = chance(seed, 3) ? FUNNEL_NO_LIMIT : below(seed, 12);
    if (rules->order == FUNNEL_ANY || rules->order == FUNNEL_PRESENT || rules->credit || rules->follow_back)
        return;
    rules->increase = chance(seed, 4);
    rules->dedup = chance(seed, 4);
    rules->has_gaps = chance(seed, 3);
    for (int step = 0; step < rules->steps; step++) {
        rules->gap[step].least = rules->has_gaps && chance(seed, 2) ? below(seed, 4) : 0;
        rules->gap[step].most =
            rules->has_gaps && chance(seed, 2) ? rules->gap[step].least + below(seed, 6) : FUNNEL_NO_LIMIT;
    }
}

static void complain(const struct funnel_rules *rules, const struct funnel_event *events, int count,
                     const struct funnel_path *path, const struct answer *answer)
{
    print_message("steps %d optional %x order %d anchor %d window %lld gaps %d reuse %d increase %d dedup %d credit %d "
                  "back %d drop %d\n",
                  rules->steps, rules->optional, (int)rules->order, (int)rules->anchor, (long long)rules->window,
                  rules->has_gaps, rules->reuse, rules->increase, rules->dedup, rules->credit, rules->follow_back,
                  rules->drop);
    for (int step = 1; rules->has_gaps && step < rules->steps; step++)
        print_message("  gap %d: %lld to %lld\n", step, (long long)rules->gap[step].least,
                      (long long)rules->gap[step].most);
    for (int i = 0; i < count; i++)
        print_message("  %d: time %lld steps %x breaks %x\n", i, (long long)events[i].time, events[i].steps,
                      events[i].breaks);
    print_message("  level %d, expected %d; dropped %d, %d; first %d, %d; last %d, %d; passed %x, %d\n", path->level,
                  answer->level, path->dropped, answer->dropped, (int)path->first, answer->first, (int)path->last,
                  answer->last, path->passed, answer->length);
}

/* Whether the path is what it says of itself: where events are not determined, a chain. */
static bool holds(struct reference *r, const struct funnel_path *path, const struct answer *answer)
{
    struct chain chain = {.length = 0};
    int length = 0;

    for (int step = 0; step < FUNNEL_STEPS; step++) {
        bool has = path->event[step] != FUNNEL_NO_EVENT;
        length += has;
        if (has && !bit(path->passed, step))
            return false;
        if (!has && bit(path->passed, step) && !r->rules->credit)
            return false;
        if (answer->has_events && (int)path->event[step] != answer->event[step])
            return false;
    }
    if (length != answer->length || (r->rules->credit && path->passed != (1u << path->level) - 1))
        return false;
    if (answer->has_events || !path->level)
        return true;
    for (int step = 0; step < path->level; step++) {
        for (int i = 0; i < r->unit_count; i++) {
            if (bit(path->passed, step) && r->units[i].step == step && r->units[i].event == (int)path->event[step])
                chain.unit[chain.length++] = r->units[i];
        }
    }
    return chain.length == length && is_chain(r, &chain) && path->last == path->event[path->level - 1] &&
           path->first == path->event[0];
}

static bool agrees(struct reference *r, const struct funnel_path *path, const struct answer *answer)
{
    return path->level == answer->level && path->dropped == answer->dropped &&
           path->moved_back == (answer->moved_back && !answer->dropped) && path->out_of_order == answer->out_of_order &&
           (int)path->first == answer->first && (int)path->last == answer->last && holds(r, path, answer);
}

struct seen { /* so that nothing is left untried */
    int levels[6], dropped, moved_back, out_of_order, passes;
};

static struct reference reference;

static void compare_follow(const struct funnel_rules *rules, const struct log *log, struct funnel_scratch *scratch,
                           struct seen *seen)
{
    struct funnel_path path;
    struct error err;
    struct answer answer = answer_of(&reference, rules, log->events, log->count);

    assert_int_equal(funnel_rules_check(rules, &err), 0);
    assert_int_equal(funnel_follow(rules, log->events, (size_t)log->count, scratch, &path, &err), 0);
    if (!agrees(&reference, &path, &answer)) {
        complain(rules, log->events, log->count, &path, &answer);
        fail();
    }
    seen->levels[answer.level]++;
    seen->dropped += answer.dropped;
    seen->moved_back += answer.moved_back;
    seen->out_of_order += answer.out_of_order;
}

/* The pass that begins with event `start`. Walks and credits end where the last step is reached first. */
static struct answer pass_answer(const struct funnel_rules *rules, const struct log *log, int start)
{
    for (int count = 1; (rules->follow_back || rules->credit) && start + count < log->count; count++) {
        struct answer answer = answer_of(&reference, rules, log->events + start, count);
        if (answer.level == rules->steps)
            return answer;
    }
    return answer_of(&reference, rules, log->events + start, log->count - start);
}

static size_t pass_end(const struct funnel_rules *rules, const struct log *log, int start,
                       const struct funnel_path *path)
{
    int end = start;

    if (path->level == rules->steps) {
        for (int step = 0; step < rules->steps; step++) {
            if (path->event[step] != FUNNEL_NO_EVENT && (int)path->event[step] >= end)
                end = (int)path->event[step] + 1;
        }
        return (size_t)end;
    }
    while (end < log->count && log->events[end].time - log->events[start].time <= rules->window)
        end++;
    return (size_t)end;
}

static void compare_passes(const struct funnel_rules *rules, const struct log *log, struct funnel_scratch *scratch,
                           struct seen *seen)
{
    struct funnel_rules first = *rules;
    struct funnel_path path;
    struct error err;
    size_t next = 0;
    int start = 0;

    first.anchor = FUNNEL_FIRST;
    for (;;) {
        while (start < log->count &&
               !(log->events[start].steps & (rules->order == FUNNEL_ANY || rules->credit ? UINT32_MAX : 1)))
            start++;
        int result = funnel_follow_pass(rules, log->events, (size_t)log->count, &next, scratch, &path, &err);
        assert_int_equal(result, start < log->count);
        if (!result)
            return;
        struct answer answer = pass_answer(&first, log, start);
        struct funnel_path own = path;
        for (int step = 0; step < FUNNEL_STEPS; step++)
            own.event[step] -= own.event[step] == FUNNEL_NO_EVENT ? 0 : (uint32_t)start;
        own.first -= own.level ? (uint32_t)start : 0;
        own.last -= own.level ? (uint32_t)start : 0;
        if (!agrees(&reference, &own, &answer) || next != pass_end(rules, log, start, &path)) {
            complain(rules, log->events + start, log->count - start, &own, &answer);
            fail();
        }
        start = (int)next;
        seen->passes++;
    }
}

static uint32_t random_optional(uint64_t *seed, int steps)
{
    return steps > 2 && chance(seed, 2) ? (uint32_t)below(seed, 1 << steps) & ((1u << (steps - 1)) - 2) : 0;
}

static void compare_many(struct funnel_rules rules, bool breaks, uint64_t seed, struct seen *seen)
{
    struct funnel_scratch scratch = {0};

    for (int round = 0; round < ROUNDS; round++) {
        rules.steps = 1 + below(&seed, 5);
        rules.optional = random_optional(&seed, rules.steps);
        random_limits(&seed, &rules);
        struct log log = random_log(&seed, rules.steps, chance(&seed, 2), breaks);
        compare_follow(&rules, &log, &scratch, seen);
        if (round % 4 == 0 && rules.order != FUNNEL_PRESENT)
            compare_passes(&rules, &log, &scratch, seen);
    }
    funnel_scratch_fini(&scratch);
}

static void assert_seen(const struct seen *seen)
{
    for (int level = 0; level <= 5; level++)
        assert_true(seen->levels[level] > ROUNDS / 100);
    assert_true(seen->passes > ROUNDS / 4);
}

/* Each anchor, with and without reuse, with no breaks, those that end a chain, and those that drop an entity. */
static struct seen compare_chains(enum funnel_order order, uint64_t seed)
{
    struct seen seen = {0};

    for (unsigned kind = 0; kind < 12; kind++) {
        struct funnel_rules rules = {.order = order,
                                     .anchor = kind & 1 ? FUNNEL_FIRST : FUNNEL_LAST,
                                     .reuse = (kind & 2) != 0,
                                     .drop = kind / 4 == 2};
        compare_many(rules, kind >= 4, seed + kind, &seen);
    }
    assert_seen(&seen);
    assert_true(seen.dropped > ROUNDS / 100);
    return seen;
}

static void ordered_is_the_reference(void **unused)
{
    (void)unused;
    compare_chains(FUNNEL_ORDERED, 4711);
}

static void strict_is_the_reference(void **unused)
{
    (void)unused;
    compare_chains(FUNNEL_STRICT, 815);
}

static void any_is_the_reference(void **unused)
{
    struct seen seen = {0};

    (void)unused;
    for (unsigned kind = 0; kind < 4; kind++) {
        struct funnel_rules rules = {
            .order = FUNNEL_ANY, .anchor = kind & 1 ? FUNNEL_FIRST : FUNNEL_LAST, .reuse = (kind & 2) != 0};
        compare_many(rules, true, 99 + kind, &seen);
    }
    assert_seen(&seen);
}

static void present_is_the_reference(void **unused)
{
    struct seen seen = {0};

    (void)unused;
    compare_many((struct funnel_rules){.order = FUNNEL_PRESENT}, false, 7, &seen);
    compare_many((struct funnel_rules){.order = FUNNEL_PRESENT, .credit = true}, true, 8, &seen);
    assert_true(seen.out_of_order > ROUNDS / 10);
}

static void credit_is_the_reference(void **unused)
{
    struct seen seen = {0};

    (void)unused;
    compare_many((struct funnel_rules){.credit = true}, false, 17, &seen);
    compare_many((struct funnel_rules){.credit = true, .anchor = FUNNEL_FIRST}, true, 18, &seen);
    assert_seen(&seen);
}

static void walk_is_the_reference(void **unused)
{
    struct seen seen = {0};

    (void)unused;
    for (unsigned kind = 0; kind < 12; kind++) {
        struct funnel_rules rules = {.follow_back = true,
                                     .anchor = kind & 1 ? FUNNEL_FIRST : FUNNEL_LAST,
                                     .credit = (kind & 2) != 0,
                                     .drop = kind / 4 == 2};
        compare_many(rules, kind >= 4, 1234 + kind, &seen);
    }
    assert_seen(&seen);
    assert_true(seen.dropped > ROUNDS / 10 && seen.moved_back > ROUNDS);
}

/* Longer logs: the quick way and the table, which were both held to the reference above. */
static void quick_is_the_table(void **unused)
{
    static struct funnel_event events[300];
    struct funnel_scratch scratch = {0};
    struct error err;
    uint64_t seed = 31;

    (void)unused;
    for (int round = 0; round < ROUNDS / 10; round++) {
        const int count = below(&seed, 300);
        const int breaks = 1 + below(&seed, 100);
        const bool drop = chance(&seed, 4);
        struct funnel_rules rules = {.steps = 1 + below(&seed, 32), .dedup = chance(&seed, 10), .drop = drop};
        struct funnel_path quick, table;
        rules.window = chance(&seed, 2) ? FUNNEL_NO_LIMIT : below(&seed, 1000);
        for (int i = 0; i < count; i++) {
            events[i] = (struct funnel_event){.time = below(&seed, 1000), .source = (uint32_t)i};
            events[i].steps = chance(&seed, 5) ? 0 : 1u << below(&seed, rules.steps);
            events[i].steps |= chance(&seed, 5) ? 1u << below(&seed, rules.steps) : 0;
            events[i].breaks = chance(&seed, breaks) ? 1u << below(&seed, rules.steps) : 0;
        }
        funnel_sort(events, (size_t)count);
        funnel_path_clear(&quick);
        funnel_path_clear(&table);
        assert_int_equal(funnel_follow_quick(&rules, events, (uint32_t)count, &scratch, &quick, &err), 0);
        assert_int_equal(funnel_follow_table(&rules, events, (uint32_t)count, &scratch, &table, &err), 0);
        assert_int_equal(quick.level, table.level);
        assert_int_equal(quick.dropped, table.dropped);
        assert_int_equal(quick.first, table.first);
        assert_int_equal(quick.last, table.last);
    }
    funnel_scratch_fini(&scratch);
}

/* Follows events without regard to what it costs: all of them, or until the last step is reached first. */
static void follow_plainly(const struct funnel_rules *rules, const struct funnel_event *events, size_t count,
                           struct funnel_scratch *scratch, struct funnel_path *path)
{
    struct error err;

    for (size_t cut = rules->follow_back || rules->credit ? 1 : count; cut <= count; cut++) {
        assert_int_equal(funnel_follow(rules, events, cut, scratch, path, &err), 0);
        if (path->level == rules->steps)
            break;
    }
}

static struct funnel_rules random_rules(uint64_t *seed)
{
    struct funnel_rules rules = {.steps = 1 + below(seed, 6), .anchor = FUNNEL_FIRST, .reuse = chance(seed, 2)};

    rules.order = chance(seed, 4) ? FUNNEL_STRICT : chance(seed, 4) ? FUNNEL_ANY : FUNNEL_ORDERED;
    rules.optional = random_optional(seed, rules.steps);
    rules.credit = rules.order == FUNNEL_ORDERED && chance(seed, 4);
    rules.follow_back = rules.order == FUNNEL_ORDERED && !rules.reuse && chance(seed, 4);
    random_limits(seed, &rules);
    rules.drop = rules.order != FUNNEL_ANY && !rules.credit && chance(seed, 4);
    rules.window = chance(seed, 2) ? FUNNEL_NO_LIMIT : 1 + below(seed, 100);
    return rules;
}

/* Passes of longer logs, in which a pass is not looked for in all events at once. */
static void passes_are_a_loop(void **unused)
{
    static struct funnel_event events[300];
    struct funnel_scratch scratch = {0};
    struct error err;
    uint64_t seed = 5;
    int longest = 0;

    (void)unused;
    for (int round = 0; round < ROUNDS / 20; round++) {
        struct funnel_rules rules = random_rules(&seed);
        const size_t count = (size_t)below(&seed, 300);
        const int span = 1 + below(&seed, 300);
        const int rare = 1 + below(&seed, 30);
        struct funnel_path path, plain;
        for (size_t i = 0; i < count; i++) {
            events[i] = (struct funnel_event){.time = below(&seed, span), .source = (uint32_t)i};
            events[i].steps = chance(&seed, rare) ? (uint32_t)below(&seed, 1 << rules.steps) : 1;
            events[i].breaks = chance(&seed, 100) ? 1u << below(&seed, rules.steps) : 0;
        }
        funnel_sort(events, count);
        for (size_t next = 0, before = 0; funnel_follow_pass(&rules, events, count, &next, &scratch, &path, &err) == 1;
             before = next) {
            while (!(events[before].steps & (rules.order == FUNNEL_ANY || rules.credit ? UINT32_MAX : 1)))
                before++;
            follow_plainly(&rules, events + before, count - before, &scratch, &plain);
            assert_int_equal(path.level, plain.level);
            assert_int_equal(path.passed, plain.passed);
            assert_int_equal(path.dropped, plain.dropped);
            for (int step = 0; step < FUNNEL_STEPS; step++)
                assert_int_equal(path.event[step], plain.event[step] == FUNNEL_NO_EVENT
                                                       ? FUNNEL_NO_EVENT
                                                       : plain.event[step] + (uint32_t)before);
            longest = next - before > (size_t)longest ? (int)(next - before) : longest;
        }
    }
    assert_true(longest > 128);
    funnel_scratch_fini(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordered_is_the_reference), cmocka_unit_test(strict_is_the_reference),
        cmocka_unit_test(any_is_the_reference),     cmocka_unit_test(present_is_the_reference),
        cmocka_unit_test(credit_is_the_reference),  cmocka_unit_test(walk_is_the_reference),
        cmocka_unit_test(quick_is_the_table),       cmocka_unit_test(passes_are_a_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
