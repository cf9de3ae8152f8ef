/* Forms of given names: pairs that belong together, pairs that must not; the order and the soundness of the tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/nickname_table.h"

static const struct nickname_table *const tables[] = {&nickname_a_d, &nickname_e_j, &nickname_k_m, &nickname_n_z};

static bool related(const char *a, const char *b)
{
    const bool forth = nickname_related(slice_from_cstr(a), slice_from_cstr(b));

    assert_int_equal(forth, nickname_related(slice_from_cstr(b), slice_from_cstr(a)));
    return forth;
}

/* Each line: a name and forms of it. */
static void test_forms(void **state)
{
    static const char *const lines[] = {
        "robert rob bob bobby bert roberto",
        "william will bill billy liam guillermo wilhelm",
        "elizabeth liz beth betty eliza libby",
        "margaret maggie peg peggy meg greta",
        "richard rick dick ricardo",
        "edward ed ted teddy ned",
        "john jack johnny jon",
        "aleksandr alexander alex sasha shura sanya oleksandr aleksander",
        "ivan vanya iwan",
        "maria masha mariya",
        "ekaterina katya kate katerina yekaterina",
        "dmitriy dima mitya dmitry dmytro",
        "evgeniy zhenya evgeny yevgeny",
        "vladimir volodya vova volodymyr wladimir",
        "yuriy yuri iurii juri yura",
        "sergey sergei serhiy seryozha",
        "mikhail misha michail mykhailo michael",
        "francisco paco pancho kiko curro",
        "jose pepe joseph",
        "guadalupe lupe",
        "joao joaozinho",
        "johannes hans hannes john",
        "wilhelm willi willy",
        "heinrich heinz heiner henry",
        "francois francis franck",
        "muhammad mohammed mohamed mohammad muhammed mehmet mhmd",
        "ahmed ahmad ahmet",
        "hussein husain hossein hsin",
        "youssef yusuf yousef",
        "maria isabel",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char first[32];
        char other[32];
        int at = 0;
        int read = 0;
        assert_int_equal(sscanf(lines[i], "%31s%n", first, &at), 1);
        if (strcmp(lines[i], "maria isabel") == 0) {
            assert_true(related("maria isabel", "maribel"));
            assert_false(related("maria", "maribel"));
            continue;
        }
        assert_true(related(first, first));
        for (; sscanf(lines[i] + at, "%31s%n", other, &read) == 1; at += read)
            if (!related(first, other))
                fail_msg("%s and %s are not related", first, other);
    }
}

static void test_strangers(void **state)
{
    static const char *const pairs[][2] = {
        {"christopher", "christine"}, {"alexander", "alexandra"}, {"ivan", "john"},
        {"robert", "richard"},        {"daniel", "david"},        {"john", "james"},
        {"maria", "marta"},           {"edward", "theodore"},     {"igor", "egor"},
        {"hassan", "hussein"},        {"james", "jacob"},         {"oleg", "olga"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (related(pairs[i][0], pairs[i][1]))
            fail_msg("%s and %s are related", pairs[i][0], pairs[i][1]);
    assert_true(related("chris", "christopher") && related("chris", "christine"));
    assert_true(related("sasha", "alexander") && related("sasha", "alexandra"));
    assert_true(related("ted", "edward") && related("ted", "theodore"));
}

static void test_unknown(void **state)
{
    static const char *const unknown[] = {
        "", "zzz", "rober", "roberts", "Robert", "b", "bo", "{", "`", "\xd0\x9f", "maria isabel de todos los santos"};
    uint16_t groups[NICKNAME_GROUPS];

    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(nickname_groups(slice_from_cstr(unknown[i]), groups), 0);
        assert_false(related(unknown[i], unknown[i]));
        assert_false(related(unknown[i], "robert"));
    }
    assert_int_equal(nickname_groups((struct slice){NULL, 0}, groups), 0);
    assert_int_equal(nickname_groups((struct slice){"bob\0", 4}, groups), 0);
    assert_true(nickname_groups((struct slice){"bobcat", 3}, groups) > 0);
    assert_true(nickname_groups(SLICE("alex"), groups) > 1);
}

/* Each table in order and in its letters; names folded; groups rising, each with two names and more. */
static void test_tables(void **state)
{
    static const char letters[][2] = {{'a', 'd'}, {'e', 'j'}, {'k', 'm'}, {'n', 'z'}};
    static unsigned members[UINT16_MAX + 1];
    unsigned last_group = 0;

    (void)state;
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (size_t i = 0; i < tables[t]->count; i++) {
            const struct nickname_row *row = &tables[t]->rows[i];
            uint16_t groups[NICKNAME_GROUPS];
            size_t count;
            assert_non_null(memchr(row->name, '\0', NICKNAME_LENGTH));
            if (i && strcmp(row[-1].name, row->name) >= 0)
                fail_msg("'%s' is not before '%s'", row[-1].name, row->name);
            assert_int_equal(strspn(row->name, "abcdefghijklmnopqrstuvwxyz "), strlen(row->name));
            assert_in_range(row->name[0], letters[t][0], letters[t][1]);
            count = nickname_groups(slice_from_cstr(row->name), groups);
            assert_true(count > 0);
            for (size_t k = 0; k < NICKNAME_GROUPS; k++) {
                if (k >= count) {
                    assert_int_equal(row->groups[k], 0);
                    continue;
                }
                if (row->groups[k] != groups[k] || (k && groups[k] <= groups[k - 1]))
                    fail_msg("'%s': its groups are not in order", row->name);
                members[groups[k]]++;
                last_group = groups[k] > last_group ? groups[k] : last_group;
            }
        }
    assert_true(last_group >= 300);
    for (unsigned i = 1; i <= last_group; i++)
        if (members[i] < 2)
            fail_msg("group %u has %u names", i, members[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_strangers),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
