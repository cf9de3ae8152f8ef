/* Proportions against published examples, SciPy 1.17, statsmodels 0.15 and exact fractions (Python, mpmath). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/proportion.h"

#define Z 1.959963984540054

/* Equal to within `relative` of the expected value. */
static void assert_near(double value, double expected, double relative)
{
    if (!(fabs(value - expected) <= relative * fabs(expected)))
        fail_msg("%.17g is not %.17g", value, expected);
}

/* mpmath, sqrt(2) erfinv(c) with 40 digits */
static void quantiles_of_the_normal_distribution(void **unused)
{
    static const struct {
        double confidence, z;
    } cases[] = {
        {1e-10, 1.2533141373155003e-10},    {.1, 0.125661346855074041},  {.5, 0.674489750196081743},
        {.8, 1.28155156554460059},          {.9, 1.64485362695147282},   {.95, 1.95996398454005386},
        {.99, 2.57582930354890045},         {.999, 3.29052673149189454}, {.999999999, 6.10941020938344911},
        {1 - 0x1p-53, 8.29236107581359554},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_near(proportion_z(cases[i].confidence), cases[i].z, 2e-15);
}

/* Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3, to four places:
 * 81/263 .2553 .3662, 15/148 .0624 .1605, 0/20 0 .1611, 1/29 .0061 .1718; here and further with mpmath. */
static void wilson_as_published(void **unused)
{
    static const struct {
        uint64_t part, whole;
        double low, high;
    } cases[] = {
        {81, 263, 0.25528851987827423, 0.36620957698280006},
        {15, 148, 0.062386399530736283, 0.16048724172330803},
        {0, 20, 0, 0.16112515805281936},
        {1, 29, 0.0061132142927626613, 0.17175521879320286},
        {29, 29, 0.88303020150025925, 1},
        {1, 1, 0.20654931437723742, 1},
        {0, 1, 0, 0.79345068562276258},
        {3, 1000000000, 1.0202707288769237e-9, 8.8211880540116429e-9},
        {999999997, 1000000000, 0.99999999117881195, 0.99999999897972927},
        {500000000, 1000000000, 0.49996901024844429, 0.50003098975155571},
        {1, (uint64_t)1 << 60, 1.5311064476618367e-19, 4.9135472303387629e-18},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct interval interval = proportion_wilson(cases[i].part, cases[i].whole, Z);

        assert_true(interval.value == (double)cases[i].part / (double)cases[i].whole);
        assert_near(interval.low, cases[i].low, 1e-14);
        assert_near(interval.high, cases[i].high, 1e-14);
    }
}

static void intervals_hold_their_share(void **unused)
{
    (void)unused;
    for (uint64_t whole = 1; whole < 200; whole++)
        for (uint64_t part = 0; part <= whole; part++)
            for (int tenths = 0; tenths < 40; tenths += 7) {
                double z = tenths / 10.;
                struct interval a = proportion_wilson(part, whole, z);
                struct interval b = proportion_wilson(whole - part, whole, z);
                assert_true(a.low >= 0 && a.low <= a.value && a.value <= a.high && a.high <= 1);
                assert_true(fabs(a.low + b.high - 1) < 1e-15);
                assert_true(part > 0 || a.low == 0);
                assert_true(part < whole || a.high == 1);
            }
}

/* Newcombe (1998), "Interval estimation for the difference", table II, method 10: .0524 .3339, .1705 .8090, .0582
 * .8062, -.0381 .1926, -.1611 .2775, -.2775 .2775, .6791 1, .6075 1; here to more places with statsmodels'
 * confint_proportions_2indep(method="newcomb"). */
static void differences_as_published(void **unused)
{
    static const struct {
        uint64_t count[4];
        double low, high;
    } cases[] = {
        {{56, 70, 48, 80}, 0.05243147240236498, 0.33387265403690614},
        {{9, 10, 3, 10}, 0.1705227239345029, 0.809017973535488},
        {{6, 7, 2, 7}, 0.05822792748231209, 0.8062496375242278},
        {{5, 56, 0, 29}, -0.038137147903536936, 0.19256001385511165},
        {{0, 10, 0, 20}, -0.1611251580528194, 0.27753279986288926},
        {{0, 10, 0, 10}, -0.27753279986288926, 0.27753279986288926},
        {{10, 10, 0, 20}, 0.6790860371419145, 1},
        {{10, 10, 0, 10}, 0.6075093504305241, 1},
        {{500000000, 1000000000, 499900000, 1000000000}, 5.6173873222e-05, 0.00014382612623},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const uint64_t *n = cases[i].count;
        struct interval there = proportion_difference(n[0], n[1], n[2], n[3], Z);
        struct interval back = proportion_difference(n[2], n[3], n[0], n[1], Z);
        double relative = n[1] < 1000 ? 1e-13 : 1e-10;

        assert_true(there.value == (double)n[0] / (double)n[1] - (double)n[2] / (double)n[3]);
        assert_near(there.low, cases[i].low, relative);
        assert_near(there.high, cases[i].high, relative);
        assert_true(back.value == -there.value && back.low == -there.high && back.high == -there.low);
    }
}

struct comparison {
    uint64_t count[4];
    double p;
};

/* The table may be turned in any way: the p-value is the same. */
static void assert_test(const struct comparison *comparison, double relative)
{
    const uint64_t *n = comparison->count;

    assert_near(proportion_test(n[0], n[1], n[2], n[3]), comparison->p, relative);
    assert_near(proportion_test(n[2], n[3], n[0], n[1]), comparison->p, relative);
    assert_near(proportion_test(n[1] - n[0], n[1], n[3] - n[2], n[3]), comparison->p, relative);
    assert_near(proportion_test(n[3] - n[2], n[3], n[1] - n[0], n[1]), comparison->p, relative);
}

/* scipy.stats.chi2_contingency(correction=False); the last has expected counts of exactly 5. */
static void chi_square_where_counts_suffice(void **unused)
{
    static const struct comparison cases[] = {
        {{56, 70, 48, 80}, 0.008045081368196585},
        {{15, 148, 30, 150}, 0.01740750006872418},
        {{50, 1000, 80, 1000}, 0.00650659748363784},
        {{500100000, 1000000000, 499900000, 1000000000}, 3.744097384202887e-19},
        {{10, 20, 10, 20}, 1},
        {{2, 10, 8, 10}, 0.007290358091535638},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_test(&cases[i], 1e-12);
}

/* scipy.stats.fisher_exact(); Fisher's tea tasting (The Design of Experiments,
 * 1935) is 34/70 with three of four cups told, 2/70 with all. Those with 10^9: exact fractions, 1 / C(10^9 + 7, 7) and
 * 2 C(10^9, 3) / C(2 10^9, 3). */
static void fisher_where_they_do_not(void **unused)
{
    static const struct comparison cases[] = {
        {{3, 4, 1, 4}, 34. / 70},
        {{4, 4, 0, 4}, 2. / 70},
        {{9, 10, 3, 10}, 0.019766611097880443},
        {{5, 56, 0, 29}, 0.1606214432094711},
        {{8, 10, 1, 11}, 0.001905215527506549},
        {{1, 2, 10, 20}, 1},
        {{10, 12, 2, 3}, 0.5164835164835164},
        {{7, 7, 0, 1000000000}, 5.039999858880002e-60},
        {{3, 1000000000, 0, 1000000000}, 0.249999999625},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_test(&cases[i], 1e-12);
}

static void tests_at_the_edges(void **unused)
{
    const uint64_t huge = (uint64_t)1 << 62;

    (void)unused;
    assert_true(isnan(proportion_test(0, 0, 1, 2)) && isnan(proportion_test(1, 2, 0, 0)));
    assert_true(isnan(proportion_difference(0, 0, 1, 2, Z).value) && isnan(proportion_difference(1, 2, 0, 0, Z).low));
    struct interval none = proportion_wilson(0, 0, Z);
    assert_true(isnan(none.value) && isnan(none.low) && isnan(none.high));
    assert_true(proportion_test(0, 5, 0, 7) == 1 && proportion_test(5, 5, 7, 7) == 1);
    assert_true(proportion_test(0, huge, 0, huge) == 1 && proportion_test(huge, huge, huge, huge) == 1);
    assert_true(proportion_test(huge, huge, 0, huge) == 0);
    assert_true(proportion_test(huge / 2, huge, huge / 2, huge) == 1);
    /* a million of a million against none of 2^62: below the least double */
    assert_true(proportion_test(1000000, 1000000, 0, huge) == 0);
    /* exactly 2 C(h, 2) / C(2h, 2) = (h - 1) / (2h - 1) */
    assert_near(proportion_test(2, huge, 0, huge), .5, 1e-15);
}

/* statsmodels' multipletests(method="holm"): .01, .04, .03, .005 give .03, .06, .06, .02. */
static void holm_as_worked_by_hand(void **unused)
{
    double p[] = {.01, .04, NAN, .03, .005}, one[] = {.2, .04, .5, .6, .9}, same[] = {.02, .02, .02}, nothing[] = {NAN};
    const double expected[] = {.03, .06, NAN, .06, .02}, expected_one[] = {.8, .2, 1, 1, 1};
    size_t order[5];

    (void)unused;
    proportion_adjust(p, order, 5);
    proportion_adjust(one, order, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_true(i == 2 ? isnan(p[i]) : fabs(p[i] - expected[i]) < 1e-15);
        assert_true(fabs(one[i] - expected_one[i]) < 1e-15);
    }
    proportion_adjust(same, order, 3);
    assert_true(same[0] == .06 && same[1] == .06 && same[2] == .06);
    proportion_adjust(nothing, order, 1);
    proportion_adjust(nothing, order, 0);
    assert_true(isnan(nothing[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_of_the_normal_distribution),
        cmocka_unit_test(wilson_as_published),
        cmocka_unit_test(intervals_hold_their_share),
        cmocka_unit_test(differences_as_published),
        cmocka_unit_test(chi_square_where_counts_suffice),
        cmocka_unit_test(fisher_where_they_do_not),
        cmocka_unit_test(tests_at_the_edges),
        cmocka_unit_test(holm_as_worked_by_hand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
