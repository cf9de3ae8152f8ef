/* Spill: parts give back what was added to them, in order, whatever the sizes; keys spread over parts at every level;
 * what cannot be written or read is said; records in order of places; sizes of memory as options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/group.h"
#include "base/options.h"
#include "short_memory.h"
#include "stream/spill_sort.h"
#include "random.h"

/* The record of a number: its bytes follow from it. One in 500 is longer than two blocks. */
static size_t length_of(uint32_t number)
{
    if (number % 500 == 499)
        return 2 * SPILL_BLOCK + number % 1000;
    return number % 7 == 0 ? 0 : number * 31 % 300;
}

static char byte_of(uint32_t number, size_t at)
{
    return (char)(number * 7 + at * 13);
}

static int add(struct spill *spill, size_t part, uint32_t number, char *room, struct error *err)
{
    size_t length = length_of(number);
    size_t cut = length ? number % length : 0;

    for (size_t i = 0; i < length; i++)
        room[i] = byte_of(number, i);
    const struct slice pieces[] = {SPILL_PIECE(number), {room, cut}, {room + cut, length - cut}};
    return spill_add(spill, part, pieces, 3, err);
}

static void assert_record(struct slice record, uint32_t expected)
{
    uint32_t number;

    SPILL_TAKE(&record, number);
    assert_int_equal(number, expected);
    assert_int_equal(record.len, length_of(number));
    for (size_t i = 0; i < record.len; i++)
        if (record.ptr[i] != byte_of(number, i))
            fail();
}

enum { PARTS = 5, RECORDS = 6000, LONGEST = 2 * (int)SPILL_BLOCK + 1000 };

static size_t part_of(uint32_t number)
{
    return number % 11 == 0 ? 3 : number % 3; /* part 4 stays empty */
}

static void gives_back_in_order(void **unused)
{
    char *room = malloc(LONGEST);
    struct spill_reader reader = {0};
    struct spill *spill;
    struct slice record;
    struct error err;
    uint64_t bytes = 0;

    (void)unused;
    assert_int_equal(spill_new(&spill, PARTS, &err), 0);
    assert_int_equal(spill_next(&reader, &record, &err), 0);
    for (uint32_t i = 0; i < RECORDS; i++) {
        assert_int_equal(add(spill, part_of(i), i, room, &err), 0);
        bytes += sizeof i + length_of(i);
    }
    assert_int_equal(spill_records(spill), RECORDS);
    assert_true(spill_bytes(spill) > bytes && spill_bytes(spill) < bytes + 4 * RECORDS);
    for (size_t part = 0; part < PARTS; part++)
        assert_int_equal(spill_has(spill, part), part != 4);
    for (int again = 0; again < 2; again++) /* a part can be read as often as wanted */
        for (size_t part = 0; part < PARTS; part++) {
            spill_read(&reader, spill, part);
            for (uint32_t i = 0; i < RECORDS; i++)
                if (part_of(i) == part) {
                    assert_int_equal(spill_next(&reader, &record, &err), 1);
                    assert_record(record, i);
                }
            assert_int_equal(spill_next(&reader, &record, &err), 0);
            assert_int_equal(spill_next(&reader, &record, &err), 0);
        }
    spill_reader_fini(&reader);
    spill_free(spill);
    spill_free(NULL);
    free(room);
}

/* As many keys in every part as chance gives, of all keys and of those of one part of the level before. */
static void spreads_keys(void **unused)
{
    static size_t counts[SPILL_LEVELS][SPILL_PARTS];
    enum { KEYS = 400000 };

    (void)unused;
    for (uint32_t i = 0; i < KEYS; i++) {
        char key[16];
        uint64_t hash = group_hash((struct slice){key, (size_t)snprintf(key, sizeof key, "C%07u", i)});
        for (int level = 0; level < SPILL_LEVELS; level++)
            if (level == 0 || spill_part(hash, level - 1) == 7)
                counts[level][spill_part(hash, level)]++;
    }
    for (int level = 0; level < SPILL_LEVELS; level++)
        for (size_t part = 0; part < SPILL_PARTS; part++) {
            size_t mean = (size_t)(KEYS / SPILL_PARTS / (level ? SPILL_PARTS : 1));
            assert_true(counts[level][part] > mean / 2 && counts[level][part] < 2 * mean);
        }
}

static void sorts_by_place(void **unused)
{
    enum { PLACES = 20000 };
    struct spill_sorted sorted = {0};
    struct spill *spill;
    struct error err;
    uint64_t seed = 5;
    uint64_t next = 0;

    (void)unused;
    assert_int_equal(spill_new(&spill, SPILL_RANGES, &err), 0);
    for (uint64_t i = 0; i < PLACES; i++) {
        uint64_t place = i * 7919 % (uint64_t)PLACES; /* each once; of every third there are two */
        for (uint64_t k = 0; k < (place % 3 == 0 ? 2 : 1); k++) {
            const struct slice pieces[] = {SPILL_PIECE(place), SPILL_PIECE(k), {"xyz", next_random(&seed) % 4}};
            assert_int_equal(spill_add(spill, spill_range(place, PLACES), pieces, 3, &err), 0);
        }
    }
    for (size_t part = 0; part < SPILL_RANGES; part++) {
        assert_int_equal(spill_sort(&sorted, spill, part, true, &err), 0);
        for (size_t i = 0; i < sorted.count; i++) {
            struct slice record = spill_sorted_at(&sorted, i);
            uint64_t place, k;
            SPILL_TAKE(&record, place);
            SPILL_TAKE(&record, k);
            assert_int_equal(place, next);
            if (place % 3 == 0 && k == 0) {
                struct slice second = spill_sorted_at(&sorted, i + 1);
                SPILL_TAKE(&second, place);
                SPILL_TAKE(&second, k);
                assert_int_equal(place, next);
                assert_int_equal(k, 1);
            } else {
                next++;
            }
        }
    }
    assert_int_equal(next, PLACES);
    assert_int_equal(spill_range(0, 1), 0);
    assert_int_equal(spill_range(UINT64_MAX - 1, UINT64_MAX), SPILL_RANGES - 1);
    spill_sorted_fini(&sorted);
    spill_free(spill);
}

/* Adds records until it fails. */
static int fill(struct spill *spill, char *room, struct error *err)
{
    for (uint32_t i = 0; i < RECORDS; i++)
        if (add(spill, 0, i, room, err))
            return -1;
    return 0;
}

static void says_what_fails(void **unused)
{
    struct rlimit none, some;
    char *room = malloc(LONGEST);
    struct spill *spill;
    struct error err;

    (void)unused;
    assert_int_equal(spill_new(&spill, 1, &err), 0);
    setenv("TMPDIR", "/nonexistent", 1);
    assert_int_equal(fill(spill, room, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_string_equal(err.text, "temporary file in /nonexistent: No such file or directory");
    spill_free(spill);
    setenv("TMPDIR", "/tmp", 1);

    assert_int_equal(spill_new(&spill, 1, &err), 0);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is much like a full disk */
    getrlimit(RLIMIT_FSIZE, &none);
    some = none;
    some.rlim_cur = 3 * SPILL_BLOCK + 100;
    setrlimit(RLIMIT_FSIZE, &some);
    int failed = fill(spill, room, &err);
    setrlimit(RLIMIT_FSIZE, &none);
    assert_int_equal(failed, -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_string_equal(err.text, "writing a temporary file in /tmp: File too large");
    spill_free(spill);
    unsetenv("TMPDIR");
    free(room);
}

/* Memory that fails at any point is said, and nothing is left behind. */
static void survives_short_memory(void **unused)
{
    char *room = malloc(LONGEST);
    bool done = false;

    (void)unused;
    for (long left = 0; !done; left++) {
        struct spill_sorted sorted = {0};
        struct spill_reader reader = {0};
        struct spill *spill = NULL;
        struct slice record;
        struct error err;
        int more = -1;
        long live = memory_live;
        memory_limit(left, false);
        if (spill_new(&spill, 1, &err) == 0 && fill(spill, room, &err) == 0) {
            spill_read(&reader, spill, 0);
            while ((more = spill_next(&reader, &record, &err)) > 0)
                continue;
            if (more == 0)
                more = spill_sort(&sorted, spill, 0, false, &err);
        }
        memory_limit(-1, false);
        done = more == 0;
        assert_true(done || err.status == STATUS_SYSTEM);
        spill_reader_fini(&reader);
        spill_sorted_fini(&sorted);
        spill_free(spill);
        assert_true(!MEMORY_CAN_FAIL || memory_live == live);
    }
    free(room);
}

static void reads_sizes(void **unused)
{
    static const struct {
        const char *text;
        size_t size;
    } good[] = {{"64K", 65536},          {"65536", 65536},        {"500M", (size_t)500 << 20},
                {"2G", (size_t)2 << 30}, {"1T", (size_t)1 << 40}, {"4095T", (size_t)4095 << 40}};
    static const char *const bad[] = {"",
                                      "K",
                                      "-1G",
                                      "1.5G",
                                      "2g",
                                      "2GB",
                                      "2 G",
                                      "0",
                                      "63K",
                                      "65535",
                                      "99999999T",
                                      "18446744073709551615",
                                      "99999999999999999999999"};
    struct error err;
    size_t size;

    (void)unused;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(option_size(&size, good[i].text, &err), 0);
        assert_int_equal(size, good[i].size);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(option_size(&size, bad[i], &err), -1);
        assert_int_equal(err.status, STATUS_USAGE);
    }
    assert_int_equal(spill_allowance(0), 0);
    assert_int_equal(spill_allowance((size_t)64 << 10), 48 << 10);
    assert_int_equal(spill_allowance((size_t)1 << 30), ((size_t)1 << 30) - (64 << 20));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_in_order),   cmocka_unit_test(spreads_keys),
        cmocka_unit_test(sorts_by_place),        cmocka_unit_test(says_what_fails),
        cmocka_unit_test(survives_short_memory), cmocka_unit_test(reads_sizes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
