/* Conveyor: order, failures of the taker, with and without a thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/conveyor.h"

struct load {
    int values[8];
    int count;
};

struct taken {
    int next;    /* the value that must come next */
    int loads;   /* so many were taken */
    int fail_at; /* the load to fail with, from 1; 0: none */
};

static int take(void *context, void *memory, struct error *err)
{
    struct taken *taken = context;
    const struct load *load = memory;

    if (++taken->loads == taken->fail_at)
        return error_set(err, STATUS_DATA, "load %d", taken->loads);
    for (int i = 0; i < load->count; i++)
        assert_int_equal(load->values[i], taken->next++);
    return 0;
}

/* Sends the values 0 .. count - 1, some in a load; -1 as soon as sending says so. */
static int send_all(struct conveyor *conveyor, int count, struct error *err)
{
    struct load *load = conveyor_load(conveyor);

    load->count = 0;
    for (int value = 0; value < count; value++) {
        load->values[load->count++] = value;
        if (load->count >= 1 + value * 7 % 8 || value + 1 == count) {
            if (conveyor_send(conveyor, err))
                return -1;
            load = conveyor_load(conveyor);
            load->count = 0;
        }
    }
    return 0;
}

static void test_order(void **state)
{
    (void)state;
    for (size_t threads = 1; threads <= 2; threads++)
        for (int count = 0; count <= 5000; count += count < 20 ? 1 : 1660) {
            struct taken taken = {0};
            struct conveyor *conveyor;
            struct error err;
            assert_int_equal(conveyor_new(&conveyor, sizeof(struct load), threads, take, &taken, &err), 0);
            assert_int_equal(send_all(conveyor, count, &err), 0);
            assert_int_equal(conveyor_drain(conveyor, &err), 0);
            assert_int_equal(taken.next, count);
            conveyor_free(conveyor);
        }
}

/* What failed is told at the latest by draining, once, and nothing is taken after it. */
static void test_failure(void **state)
{
    (void)state;
    for (size_t threads = 1; threads <= 2; threads++)
        for (int fail_at = 1; fail_at < 40; fail_at++) {
            struct taken taken = {.fail_at = fail_at};
            struct conveyor *conveyor;
            struct error err = {.status = STATUS_OK};
            char text[32];
            assert_int_equal(conveyor_new(&conveyor, sizeof(struct load), threads, take, &taken, &err), 0);
            send_all(conveyor, 300, &err);
            assert_int_equal(conveyor_drain(conveyor, &err), -1);
            snprintf(text, sizeof text, "load %d", fail_at);
            assert_int_equal(err.status, STATUS_DATA);
            assert_string_equal(err.text, text);
            assert_int_equal(taken.loads, fail_at);
            conveyor_free(conveyor);
        }
}

static void test_dropped(void **state)
{
    struct taken taken = {0};
    struct conveyor *conveyor;
    struct error err;

    (void)state;
    assert_int_equal(conveyor_new(&conveyor, sizeof(struct load), 2, take, &taken, &err), 0);
    assert_int_equal(send_all(conveyor, 200, &err), 0);
    conveyor_free(conveyor); /* whatever was taken by then, nothing is lost or taken twice */
    conveyor_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_failure),
        cmocka_unit_test(test_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
