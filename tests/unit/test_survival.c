/* Survival against lifelines 0.30 (KaplanMeierFitter), a textbook table and the definition followed step by step. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/proportion.h"
#include "analysis/survival.h"
#include "short_memory.h"
#include "random.h"

#define Z 1.959963984540054

/* censored ones are negative: -6 was watched up to 6 */
static struct survival survival_of(const int *times, size_t count)
{
    struct survival survival = {0};

    for (size_t i = 0; i < count; i++)
        assert_int_equal(survival_add(&survival, abs(times[i]), times[i] >= 0), 0);
    return survival;
}

#define SURVIVAL_OF(...) survival_of((const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

struct expected {
    int64_t time;
    size_t at_risk, events, censored;
    double share, low, high;
};

static void assert_walk(struct survival *survival, const struct expected *expected, size_t count)
{
    survival_start(survival);
    for (size_t i = 0; i < count; i++) {
        struct survival_point point = survival_at(survival, expected[i].time, Z);
        assert_true(point.time == expected[i].time);
        assert_int_equal(point.at_risk, expected[i].at_risk);
        assert_int_equal(point.events, expected[i].events);
        assert_int_equal(point.censored, expected[i].censored);
        assert_true(fabs(point.share - expected[i].share) < 1e-13);
        assert_true(fabs(point.low - expected[i].low) < 1e-13);
        assert_true(fabs(point.high - expected[i].high) < 1e-13);
    }
}

#define ASSERT_WALK(survival, expected) assert_walk(survival, expected, sizeof(expected) / sizeof *(expected))

/* Weeks in remission of children with leukemia, with 6-mercaptopurine: E. J. Freireich et al., Blood 21 (1963); the
 * table of Kalbfleisch and Prentice, and of D. G. Kleinbaum and M. Klein, "Survival Analysis": .8571, .8067, .7529,
 * .6902, .6275, .5378, .4482. Limits by lifelines. */
static void remission_as_in_textbooks(void **unused)
{
    static const struct expected expected[] = {
        {5, 21, 0, 0, 1, 1, 1},
        {6, 21, 3, 1, 0.857142857142857, 0.6197179552659838, 0.9515517476469969},
        {7, 17, 1, 0, 0.8067226890756299, 0.5631465646222333, 0.9228090192028802},
        {10, 16, 1, 2, 0.7529411764705878, 0.5031995107999564, 0.8893618351692651},
        {13, 13, 1, 1, 0.6901960784313722, 0.4316102224861839, 0.8490659633494505},
        {16, 11, 1, 0, 0.6274509803921566, 0.36751085598750194, 0.8049121894718411},
        {22, 10, 1, 3, 0.5378151260504199, 0.26777893676713493, 0.7467907176353943},
        {23, 6, 1, 0, 0.44817927170868327, 0.18805200595923233, 0.6801426284952412},
        {35, 5, 0, 5, 0.44817927170868327, 0.18805200595923233, 0.6801426284952412},
        {99, 0, 0, 0, 0.44817927170868327, 0.18805200595923233, 0.6801426284952412},
    };
    /* not in order: 25+ first, 6 last */
    struct survival survival =
        SURVIVAL_OF(-25, 6, 23, -6, 7, -9, 10, -10, -35, -11, 13, 16, 6, -17, -19, -20, 22, -32, -32, -34, 6);

    (void)unused;
    ASSERT_WALK(&survival, expected);
    survival_fini(&survival);
}

/* Those with placebo: nobody is censored, all have the event. */
static void without_censoring_it_is_the_share(void **unused)
{
    static const struct expected expected[] = {
        {1, 21, 2, 0, 19. / 21, 0.6700458822350337, 0.9752941490381123},
        {4, 19, 5, 0, 14. / 21, 0.42535043556524715, 0.82504400879734},
        {8, 14, 6, 0, 8. / 21, 0.1830665488203943, 0.5777886777458309},
        {12, 8, 4, 0, 4. / 21, 0.059481701361175233, 0.37743489058515},
        {22, 4, 3, 0, 1. / 21, 0.003324463042531178, 0.1970449056989461},
        {23, 1, 1, 0, 0, 0, 0},
        {24, 0, 0, 0, 0, 0, 0},
    };
    struct survival survival = SURVIVAL_OF(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);

    (void)unused;
    ASSERT_WALK(&survival, expected);
    survival_fini(&survival);
}

/* The median of n = 2k single times is the k-th: S is exactly one half there. */
static void a_half_is_a_half(void **unused)
{
    (void)unused;
    for (int64_t half = 1; half < 400; half++) {
        struct survival survival = {0};

        for (int64_t time = 2 * half; time > 0; time--)
            assert_int_equal(survival_add(&survival, time, true), 0);
        survival_start(&survival);
        assert_true(survival_at(&survival, half, Z).share == .5);
        survival_fini(&survival);
    }
    /* 4/5 by the event at 1, and one is censored; two of the other three are left behind the one at 2 */
    struct survival survival = SURVIVAL_OF(1, -1, 2, -2, 3);
    survival_start(&survival);
    assert_true(fabs(survival_at(&survival, 2, Z).share - 8. / 15) < 1e-15);
    assert_true(survival_at(&survival, 3, Z).share == 0);
    survival_fini(&survival);
}

/* lifelines: 5,000 entities with many ties, xorshift from 42, time (x >> 8) % 700, an event unless 3 divides x. */
static void five_thousand_as_lifelines_has_them(void **unused)
{
    static const struct {
        int64_t time;
        double share, low, high;
    } expected[] = {
        {0, 0.9986, 0.9970656074416192, 0.9993323279030397},
        {10, 0.9875672748193072, 0.9840814157846575, 0.9902935650483389},
        {100, 0.8954983602017492, 0.8865621472860689, 0.9037693331735668},
        {350, 0.6296691809471462, 0.6152022481166646, 0.6437599940456259},
        {600, 0.277216843247138, 0.2621076699872089, 0.2925100130023646},
        {699, 0.00255010653465119, 0.0005584276021265536, 0.008558737403171555},
    };
    struct survival survival = {0};
    uint64_t seed = 42;
    size_t at_risk[6] = {0};

    (void)unused;
    for (int i = 0; i < 5000; i++) {
        uint64_t x = next_random(&seed);
        assert_int_equal(survival_add(&survival, (int64_t)(x >> 8) % 700, x % 3 != 0), 0);
    }
    survival_start(&survival);
    for (size_t i = 0; i < 6; i++) {
        struct survival_point point = survival_at(&survival, expected[i].time, Z);
        at_risk[i] = point.at_risk;
        assert_true(fabs(point.share - expected[i].share) < 1e-12);
        assert_true(fabs(point.low - expected[i].low) < 1e-12);
        assert_true(fabs(point.high - expected[i].high) < 1e-12);
    }
    assert_int_equal(at_risk[0], 5000);
    assert_int_equal(at_risk[2], 4909);
    assert_int_equal(at_risk[3], 4230);
    survival_fini(&survival);
}

/* S(time) and Greenwood's sum straight from the definition, over all times there can be. */
static void define(const int64_t *times, const bool *events, size_t count, int64_t time, double *share, double *sum)
{
    *share = 1;
    *sum = 0;
    for (int64_t at = 0; at <= time; at++) {
        double risk = 0, came = 0;

        for (size_t i = 0; i < count; i++) {
            risk += times[i] >= at;
            came += times[i] == at && events[i];
        }
        if (came > 0) {
            *share *= 1 - came / risk;
            *sum += came / (risk * (risk - came));
        }
    }
}

static void small_ones_are_as_defined(void **unused)
{
    uint64_t seed = 3;

    (void)unused;
    for (int round = 0; round < 3000; round++) {
        int64_t times[24];
        bool events[24];
        size_t count = 1 + next_random(&seed) % 24;
        int64_t most = 1 + (int64_t)(next_random(&seed) % 20);
        struct survival survival = {0};

        for (size_t i = 0; i < count; i++) {
            times[i] = (int64_t)(next_random(&seed) % (uint64_t)most);
            events[i] = next_random(&seed) % 5 < 3;
            assert_int_equal(survival_add(&survival, times[i], events[i]), 0);
        }
        survival_start(&survival);
        for (int64_t time = 0; time <= most; time++) {
            double share, sum;

            define(times, events, count, time, &share, &sum);
            struct survival_point point = survival_at(&survival, time, Z);
            assert_true(fabs(point.share - share) < 1e-14);
            if (share > 0 && share < 1)
                assert_true(fabs(point.low - pow(share, exp(Z * sqrt(sum) / -log(share)))) < 1e-12 &&
                            fabs(point.high - pow(share, exp(-Z * sqrt(sum) / -log(share)))) < 1e-12);
            else
                assert_true(point.low == point.share && point.high == point.share);
        }
        survival_fini(&survival);
    }
}

static void nobody_and_only_censored(void **unused)
{
    struct survival nobody = {0}, censored = SURVIVAL_OF(-3, -5);

    (void)unused;
    survival_start(&nobody);
    struct survival_point point = survival_at(&nobody, 10, Z);
    assert_true(isnan(point.share) && isnan(point.low) && isnan(point.high));
    assert_int_equal(point.at_risk, 0);
    survival_start(&censored);
    point = survival_at(&censored, 4, Z);
    assert_true(point.share == 1 && point.low == 1 && point.high == 1);
    assert_int_equal(point.censored, 1);
    point = survival_at(&censored, INT64_MAX, Z);
    assert_true(point.share == 1 && point.at_risk == 1 && point.censored == 1);
    survival_fini(&nobody);
    survival_fini(&censored);
}

/* A walk can be started again with more entities and another z. */
static void walks_are_of_their_own(void **unused)
{
    struct survival survival = SURVIVAL_OF(1, 2, -2, 3, 4);

    (void)unused;
    survival_start(&survival);
    struct survival_point first = survival_at(&survival, 2, proportion_z(.95));
    struct survival_point same = survival_at(&survival, 2, proportion_z(.5));
    assert_true(same.share == first.share && same.at_risk == 2 && same.events == 0 && same.censored == 0);
    assert_true(same.low > first.low && same.high < first.high);
    assert_true(survival_at(&survival, 4, Z).share == 0);
    assert_int_equal(survival_add(&survival, 0, true), 0);
    assert_int_equal(survival_add(&survival, INT64_MAX, true), 0);
    survival_start(&survival);
    struct survival_point again = survival_at(&survival, 0, Z);
    assert_true(again.events == 1 && again.at_risk == 7 && fabs(again.share - 6. / 7) < 1e-15);
    survival_fini(&survival);
}

static void memory_that_fails_is_reported(void **unused)
{
    (void)unused;
    for (long left = 0;; left++) {
        struct survival survival = {0};
        long live = memory_live;
        int64_t added = 0;

        memory_limit(left, true);
        while (added < 100 && survival_add(&survival, 100 - added, added % 2) == 0)
            added++;
        survival_start(&survival);
        size_t at_risk = survival_at(&survival, 0, Z).at_risk;
        memory_limit(-1, false);
        assert_int_equal(at_risk, added);
        survival_fini(&survival);
        assert_int_equal(memory_live, live);
        if (added == 100)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remission_as_in_textbooks), cmocka_unit_test(without_censoring_it_is_the_share),
        cmocka_unit_test(a_half_is_a_half),          cmocka_unit_test(five_thousand_as_lifelines_has_them),
        cmocka_unit_test(small_ones_are_as_defined), cmocka_unit_test(nobody_and_only_censored),
        cmocka_unit_test(walks_are_of_their_own),    cmocka_unit_test(memory_that_fails_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
