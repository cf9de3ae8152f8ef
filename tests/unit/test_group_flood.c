/* Hash flooding: keys that were chosen to collide under the hash without its seed take no more probes than others, and
 * what a table holds, and in which order, does not depend on the seed. group.c is taken in as text, for its slots and
 * to give it seeds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static unsigned char given_random[16];

static unsigned long given_auxval(unsigned long type)
{
    return type == AT_RANDOM ? (unsigned long)(uintptr_t)given_random : 0;
}

#define getauxval given_auxval
#include "../../lib/base/group.c" /* NOLINT(bugprone-suspicious-include) */
#undef getauxval

#define KEYS 4000
#define SLOTS 8192 /* that a table of so many keys has: two thirds of 4096 are too few */
#define KEY_LENGTH 12

static char keys[KEYS][KEY_LENGTH];

static void write_key(char key[KEY_LENGTH], uint64_t number)
{
    static const char digits[] = "0123456789abcdef";

    for (int i = 0; i < KEY_LENGTH; i++, number >>= 4)
        key[i] = digits[number & 15];
}

/* Keys whose hashes of seed 0 all have the low bits of a table's slots alike. */
static int find_keys(void **state)
{
    uint64_t number = 0;

    (void)state;
    for (size_t found = 0; found < KEYS; number++) {
        write_key(keys[found], number);
        found += (XXH3_64bits(keys[found], KEY_LENGTH) & (SLOTS - 1)) == 0;
    }
    return 0;
}

/* The probes beyond the first that finding every key of the table takes. */
static uint64_t count_probes(const struct group_table *table)
{
    uint64_t probes = 0;

    for (size_t at = 0; at < table->slot_count; at++) {
        if (table->slots[at].index == EMPTY)
            continue;
        size_t home = group_hash(group_key(table, table->slots[at].index)) & (table->slot_count - 1);
        probes += (at - home) & (table->slot_count - 1);
    }
    return probes;
}

/* The control: without a seed they would all want one slot, and the n-th take n probes. */
static void keys_collide_without_a_seed(void **state)
{
    static bool taken[SLOTS];
    uint64_t probes = 0;

    (void)state;
    for (size_t i = 0; i < KEYS; i++) {
        size_t at = XXH3_64bits(keys[i], KEY_LENGTH) & (SLOTS - 1);
        for (; taken[at]; at = (at + 1) & (SLOTS - 1))
            probes++;
        taken[at] = true;
    }
    assert_int_equal(probes, (uint64_t)KEYS * (KEYS - 1) / 2);
}

static void fill(struct group_table *table)
{
    group_init(table, sizeof(uint64_t));
    for (size_t i = 0; i < KEYS; i++) {
        bool added;
        uint64_t *state = group_get(table, (struct slice){keys[i], KEY_LENGTH}, &added);

        assert_non_null(state);
        assert_true(added);
        *state = i;
    }
}

/* Run in a process with the seed: a seed is for ever. Its exit status tells. */
static int fill_with_seed(unsigned char seed)
{
    pid_t pid = fork();
    int status;

    assert_true(pid >= 0);
    if (pid == 0) {
        struct group_table table;

        for (size_t i = 0; i < sizeof given_random; i++)
            given_random[i] = (unsigned char)(seed * 37 + i * 101);
        fill(&table);
        bool same = table.count == KEYS && table.slot_count == SLOTS;
        for (size_t i = 0; i < KEYS && same; i++)
            same = *(uint64_t *)group_state(&table, i) == i &&
                   slice_equal(group_key(&table, i), (struct slice){keys[i], KEY_LENGTH}) &&
                   group_find(&table, (struct slice){keys[i], KEY_LENGTH}) == group_state(&table, i);
        /* Knuth, The Art of Computer Programming 3, 6.4: linear probing at a load of a takes (1 + 1 / (1 - a)) / 2
         * looks for a key that is there, here 1.5, one of which is no probe beyond the first. */
        bool few = count_probes(&table) < 2 * KEYS;
        uint64_t first = group_hash(SLICE("customer"));
        group_fini(&table);
        _exit(!same ? 100 : !few ? 101 : (int)(first % 97)); /* different for different seeds */
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void chosen_keys_take_few_probes_and_keep_their_order(void **state)
{
    bool differ = false;
    int first = fill_with_seed(1);

    (void)state;
    assert_in_range(first, 0, 96);
    for (unsigned char seed = 2; seed < 10; seed++) {
        int other = fill_with_seed(seed);

        assert_in_range(other, 0, 96);
        differ = differ || other != first;
    }
    assert_true(differ); /* the seed does something */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_collide_without_a_seed),
        cmocka_unit_test(chosen_keys_take_few_probes_and_keep_their_order),
    };

    return cmocka_run_group_tests(tests, find_keys, NULL);
}
