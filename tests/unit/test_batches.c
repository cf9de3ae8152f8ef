/* Batches: rows arrive in order with their texts, however long; what was read before a failure is taken in first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/batches.h"
#include "base/slice.h"

struct row {
    uint32_t number;
    struct slice first;
    double between;
    struct slice second;
};

static const size_t texts[] = {offsetof(struct row, first), offsetof(struct row, second)};

struct taken {
    uint32_t next;
    uint32_t fail_at; /* the row to fail with; 0: none */
};

/* The texts of a row: their lengths are all over the place, one in a thousand is longer than a batch. */
static size_t first_length(uint32_t number)
{
    return number % 1000 == 999 ? 50000 : number * 7 % 90;
}

static void fill(char *text, size_t len, uint32_t number)
{
    for (size_t i = 0; i < len; i++)
        text[i] = (char)('a' + (number + i) % 26);
}

static int take(void *context, const void *memory, size_t count, struct error *err)
{
    struct taken *taken = context;
    const struct row *rows = memory;
    static char expected[50000];

    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        uint32_t number = rows[i].number;
        assert_int_equal(number, taken->next++);
        if (taken->fail_at && number == taken->fail_at)
            return error_set(err, STATUS_DATA, "row %u", number);
        assert_int_equal(rows[i].first.len, first_length(number));
        fill(expected, rows[i].first.len, number);
        assert_int_equal(memcmp(rows[i].first.ptr, expected, rows[i].first.len), 0);
        assert_true(slice_equal_cstr(rows[i].second, number % 2 ? "odd" : ""));
        assert_true(rows[i].between == number * .5);
    }
    return 0;
}

static int add(struct batches *batches, uint32_t number, char *room, struct error *err)
{
    const struct row row = {
        .number = number,
        .first = {room, first_length(number)},
        .between = number * .5,
        .second = number % 2 ? SLICE("odd") : (struct slice){NULL, 0},
    };

    fill(room, row.first.len, number);
    int failed = batches_add(batches, &row, err);
    memset(room, '!', row.first.len); /* the record is gone */
    return failed;
}

static void test_rows(void **state)
{
    static const uint32_t counts[] = {0, 1, 511, 512, 513, 1024, 10000};
    static char room[50000];

    (void)state;
    for (size_t threads = 1; threads <= 3; threads++)
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            struct taken taken = {0};
            struct batches *batches;
            struct error err;
            assert_int_equal(batches_new(&batches, sizeof(struct row), texts, 2, threads, take, &taken, &err), 0);
            for (uint32_t number = 0; number < counts[i]; number++)
                assert_int_equal(add(batches, number, room, &err), 0);
            assert_int_equal(batches_finish(batches, false, &err), 0);
            assert_int_equal(taken.next, counts[i]);
            batches_free(batches);
        }
    batches_free(NULL);
}

/* The same message for any number of threads, also when reading fails behind the row that cannot be taken in. */
static void test_failures(void **state)
{
    static char room[50000];

    (void)state;
    for (size_t threads = 1; threads <= 2; threads++)
        for (int reading = 0; reading <= 1; reading++) {
            struct taken taken = {.fail_at = 700};
            struct batches *batches;
            struct error err;
            int failed = 0;
            assert_int_equal(batches_new(&batches, sizeof(struct row), texts, 2, threads, take, &taken, &err), 0);
            for (uint32_t number = 0; number < 3000 && !failed; number++)
                failed = add(batches, number, room, &err);
            if (reading && !failed)
                failed = error_set(&err, STATUS_DATA, "bad record");
            assert_int_equal(batches_finish(batches, failed != 0, &err), -1);
            assert_string_equal(err.text, "row 700");
            batches_free(batches);
        }
}

/* What was not handed over when reading fails is dropped; the reader's message stays. */
static void test_reading_fails(void **state)
{
    static char room[50000];

    (void)state;
    for (size_t threads = 1; threads <= 2; threads++) {
        struct taken taken = {0};
        struct batches *batches;
        struct error err;
        assert_int_equal(batches_new(&batches, sizeof(struct row), texts, 2, threads, take, &taken, &err), 0);
        for (uint32_t number = 0; number < 5; number++)
            assert_int_equal(add(batches, number, room, &err), 0);
        error_set(&err, STATUS_DATA, "bad record");
        assert_int_equal(batches_finish(batches, true, &err), -1);
        assert_string_equal(err.text, "bad record");
        assert_int_equal(taken.next, 0);
        batches_free(batches);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_reading_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
