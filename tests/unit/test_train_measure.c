/* Measures, against scikit-learn 1.9, SciPy and definitions worked by hand; the Python lines stand with the numbers. */
#include "train_leads.h"

#include "analysis/train_measure.h"
#include "short_memory.h"

/* ---- by hand ---- */

/* yes 3, 2; no 1, 2. Of the four pairs three are right and one is a tie: 3.5 / 4. Shares below each yes: 1, .75; above
 * each no: 1, .75; both have the variance .125^2 * 2 / 1 = .03125, so that of the area is .03125 / 2 + .03125 / 2 =
 * .03125. logit .875 = ln 7 = 1.945910, reach 1.959964 * .1767767 / .109375 = 3.167777. */
static void four_leads_by_hand(void **state)
{
    const double p[] = {3, 1, 2, 2};
    const uint8_t outcome[] = {1, 0, 1, 0};
    struct measures measures;
    struct error err;
    (void)state;

    assert_int_equal(measures_make(&measures, p, outcome, 4, false, &err), 0);
    assert_near(measures.auc, 0.875, 0);
    assert_near(measures.auc_low, 1 / (1 + exp(3.167777 - 1.945910)), 1e-6);
    assert_near(measures.auc_high, 1 / (1 + exp(-3.167777 - 1.945910)), 1e-6);
    assert_near(measures.ks, 0.5, 0);
    assert_near(measures.ks_at, 1, 0);
    assert_true(isnan(measures.brier) && isnan(measures.log_loss) && isnan(measures.ece));
    assert_true(measures.rows == 4 && measures.yes == 2);
    /* four leads in ten parts: ceil(4 d / 10) = 1 1 2 2 2 3 3 4 4 4 */
    assert_int_equal(measures.deciles[0].rows, 1);
    assert_near(measures.deciles[0].yes, 1, 0);
    assert_near(measures.deciles[0].lift, 2, 0);
    assert_int_equal(measures.deciles[1].rows, 0);
    assert_true(isnan(measures.deciles[1].least) && isnan(measures.deciles[1].lift));
    assert_near(measures.deciles[1].gain, 0.5, 0);
    assert_near(measures.deciles[2].yes, 0.5, 0); /* half of the tie at 2 */
    assert_near(measures.deciles[5].yes, 0.5, 0);
    assert_near(measures.deciles[7].least, 1, 0);
    assert_near(measures.deciles[9].gain, 1, 0);
}

/* p, y and what scikit-learn says of them:
 *     roc_auc_score(y, p), brier_score_loss(y, p), log_loss(y, p)
 *     ks_2samp(p[y==1], p[y==0]): statistic, statistic_location
 *     psi = (X[:,None] > Y) + .5 * (X[:,None] == Y)      # X = p[y==1], Y = p[y==0]
 *     a = psi.mean(); s = psi.mean(1).var(ddof=1) / len(X) + psi.mean(0).var(ddof=1) / len(Y)
 *     expit(log(a / (1 - a)) -+ 1.959963984540054 * sqrt(s) / (a * (1 - a))) */
static void twenty_leads_as_scikit_learn(void **state)
{
    const double p[] = {.05, .1, .1, .2, .2, .25, .3, .3, .3, .4, .45, .5, .55, .6, .6, .7, .75, .8, .9, .95};
    const uint8_t outcome[] = {0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1};
    static const size_t rows[] = {1, 2, 3, 3, 2, 2, 2, 2, 1, 2}, yes[] = {0, 0, 1, 1, 1, 1, 1, 2, 0, 2};
    struct measures measures;
    struct error err;
    (void)state;

    assert_int_equal(measures_make(&measures, p, outcome, 20, true, &err), 0);
    assert_near(measures.auc, 0.78787878787878785, 1e-15);
    assert_near(measures.auc_low, 0.51971828285622135, 1e-14);
    assert_near(measures.auc_high, 0.92726783434127458, 1e-14);
    assert_near(measures.ks, 0.5050505050505051, 1e-15);
    assert_near(measures.ks_at, 0.4, 0);
    assert_near(measures.brier, 0.18375, 1e-15);
    assert_near(measures.log_loss, 0.53687415749580814, 1e-14);
    assert_near(measures.ece, 0.13, 1e-15);
    for (size_t b = 0; b < MEASURE_BINS; b++) {
        assert_int_equal(measures.bins[b].rows, rows[b]);
        assert_int_equal(measures.bins[b].yes, yes[b]);
    }
    assert_near(measures.bins[4].mean, 0.425, 1e-15);
}

/* ---- against scikit-learn on many leads with ties ---- */

/* p = floor(200 * u() * u()) / 200; y = u() < p; x = seed */
static void draw(struct leads *leads, size_t rows, uint64_t random)
{
    leads_make(leads, rows);
    for (size_t i = 0; i < rows; i++) {
        double a = leads_uniform(&random), b = leads_uniform(&random), c = leads_uniform(&random);

        leads->value[i] = floor(200 * a * b) / 200;
        leads->outcome[i] = c < leads->value[i];
    }
}

/* The same lines as above, of 2,000 leads with seed 1, of which 512 are yes and which have 182 different p. */
static void many_leads_as_scikit_learn(void **state)
{
    struct leads leads;
    struct measures measures;
    struct error err;
    double auc;
    (void)state;

    draw(&leads, 2000, 1);
    assert_int_equal(measures_make(&measures, leads.value, leads.outcome, leads.rows, true, &err), 0);
    assert_int_equal(measures.yes, 512);
    assert_near(measures.auc, 0.83871952179939513, 1e-15);
    assert_near(measures.auc_low, 0.81898050349327733, 1e-14);
    assert_near(measures.auc_high, 0.85668278730625258, 1e-14);
    assert_near(measures.ks, 0.5285828293010753, 1e-15);
    assert_near(measures.ks_at, 0.24, 0);
    assert_near(measures.brier, 0.13567341249999998, 1e-14);
    assert_near(measures.log_loss, 0.41705737475576438, 1e-13);
    assert_near(measures.ece, 0.019397499999999998, 1e-14);
    assert_int_equal(measure_auc(leads.value, leads.outcome, leads.rows, &auc, &err), 0);
    assert_near(auc, measures.auc, 0);
    leads_free(&leads);
}

/* Each lead's y replaced by the mean of y of its p, sorted, and cut at e[d] = ceil(n * d / 10):
 *     q[e[d]:e[d+1]].sum(), p[e[d+1] - 1], q[:e[d+1]].sum() / y.sum() */
static void deciles_share_out_ties(void **state)
{
    static const double yes[] = {143.83333333333331, 116.5,
                                 80.95238095238095,  61.158730158730165,
                                 43.888888888888886, 28.904761904761905,
                                 19.153209109730852, 11.224080267558527,
                                 5.174089068825911,  1.2105263157894737};
    static const double least[] = {.61, .45, .34, .265, .2, .14, .085, .05, .02, 0};
    static const size_t odd_rows[] = {101, 101, 101, 100, 101, 101, 100, 101, 101, 100};
    static const double odd_yes[] = {75.666666667, 43.0, 42.19047619, 18.542857143, 17.963636364,
                                     17.636363636, 9.0,  3.882352941, 2.403361345,  0.714285714};
    struct leads leads;
    struct measures measures;
    struct error err;
    double passed = 0;
    (void)state;

    draw(&leads, 2000, 1);
    assert_int_equal(measures_make(&measures, leads.value, leads.outcome, leads.rows, true, &err), 0);
    for (size_t d = 0; d < 10; d++) {
        const struct measure_decile *decile = &measures.deciles[d];

        passed += yes[d];
        assert_int_equal(decile->rows, 200);
        assert_near(decile->yes, yes[d], 1e-10);
        assert_near(decile->least, least[d], 0);
        assert_near(decile->gain, passed / 512, 1e-12);
        assert_near(decile->lift, yes[d] / 200 / 0.256, 1e-12);
    }
    leads_free(&leads);

    draw(&leads, 1007, 5); /* not a multiple of ten */
    assert_int_equal(measures_make(&measures, leads.value, leads.outcome, leads.rows, true, &err), 0);
    for (size_t d = 0; d < 10; d++) {
        assert_int_equal(measures.deciles[d].rows, odd_rows[d]);
        assert_near(measures.deciles[d].yes, odd_yes[d], 1e-9);
    }
    leads_free(&leads);
}

static void the_order_of_the_leads_does_not_count(void **state)
{
    struct leads leads;
    struct measures one, other;
    struct error err;
    double cut[3], again[3];
    (void)state;

    draw(&leads, 3000, 9);
    memset(&one, 0, sizeof one);
    memset(&other, 0, sizeof other);
    assert_int_equal(measures_make(&one, leads.value, leads.outcome, leads.rows, true, &err), 0);
    assert_int_equal(measure_cuts(leads.value, leads.outcome, leads.rows, cut, &err), 0);
    leads_reverse(&leads);
    assert_int_equal(measures_make(&other, leads.value, leads.outcome, leads.rows, true, &err), 0);
    assert_int_equal(measure_cuts(leads.value, leads.outcome, leads.rows, again, &err), 0);
    assert_memory_equal(&one, &other, sizeof one);
    assert_memory_equal(cut, again, sizeof cut);
    leads_free(&leads);
}

/* ---- ends ---- */

static void scores_of_any_size(void **state)
{
    const double p[] = {-0.0, 0.0, 1e308, (double)-INFINITY, -1e-320, (double)INFINITY, -3, -2};
    const uint8_t outcome[] = {0, 1, 1, 0, 1, 1, 0, 1};
    double auc;
    struct error err;
    (void)state;

    /* no: -inf, -3, 0; yes: -2, -1e-320, 0, 1e308, inf. All pairs are right but those of no 0: two are wrong, one is a
     * tie. (15 - 2.5) / 15 */
    assert_int_equal(measure_auc(p, outcome, 8, &auc, &err), 0);
    assert_near(auc, 12.5 / 15, 1e-15);
}

static void perfect_and_useless(void **state)
{
    const double p[] = {0, 0, 1, 1}, same[] = {.5, .5, .5, .5};
    const uint8_t right[] = {0, 0, 1, 1}, wrong[] = {1, 1, 0, 0}, one[] = {0, 0, 0, 1};
    struct measures measures;
    struct error err;
    (void)state;

    assert_int_equal(measures_make(&measures, p, right, 4, true, &err), 0);
    assert_true(measures.auc == 1 && measures.auc_low == 1 && measures.auc_high == 1 && measures.ks == 1);
    assert_true(measures.brier == 0 && measures.ece == 0);
    assert_near(measures.log_loss, 1e-15, 1e-17);
    assert_int_equal(measures.bins[9].rows, 2); /* 1 is in the last */
    assert_int_equal(measures.bins[3].rows, 0);
    assert_true(isnan(measures.bins[3].mean));
    assert_int_equal(measures_make(&measures, p, wrong, 4, true, &err), 0);
    assert_true(measures.auc == 0 && measures.auc_low == 0 && measures.auc_high == 0 && measures.ks == 1);
    assert_true(measures.brier == 1 && measures.ece == 1);
    assert_near(measures.log_loss, 15 * log(10), 1e-12);
    assert_int_equal(measures_make(&measures, same, right, 4, true, &err), 0);
    assert_true(measures.auc == 0.5 && measures.auc_low == 0.5 && measures.auc_high == 0.5 && measures.ks == 0);
    assert_near(measures.log_loss, log(2), 1e-15);
    for (size_t d = 0; d < 10; d++)
        assert_near(measures.deciles[d].yes, (double)measures.deciles[d].rows / 2, 1e-15);
    assert_int_equal(measures_make(&measures, p, one, 4, true, &err), 0); /* one yes has no variance */
    assert_true(measures.auc_low == 0 && measures.auc_high == 1);
}

static void what_cannot_be_measured(void **state)
{
    double p[] = {.1, .2, .3}, auc = 0, cut[3];
    const uint8_t none[] = {0, 0, 0}, some[] = {0, 1, 0};
    struct measures measures;
    struct error err;
    (void)state;

    assert_int_equal(measures_make(&measures, p, none, 3, true, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "all 3 leads have the same outcome: nothing can be measured");
    assert_int_equal(measures_make(&measures, p, none, 0, true, &err), -1);
    assert_int_equal(measure_auc(p, none, 3, &auc, &err), 0);
    assert_true(isnan(auc));
    assert_int_equal(measure_auc(p, none, 0, &auc, &err), 0);
    assert_true(isnan(auc));
    p[1] = 1.5;
    assert_int_equal(measures_make(&measures, p, some, 3, true, &err), -1);
    assert_string_equal(err.text, "lead 2 has 1.5, which is not between 0 and 1");
    assert_int_equal(measures_make(&measures, p, some, 3, false, &err), 0);
    p[2] = (double)NAN;
    assert_int_equal(measures_make(&measures, p, some, 3, false, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_int_equal(measure_auc(p, some, 3, &auc, &err), -1);
    assert_int_equal(measure_cuts(p, some, 3, cut, &err), -1);
}

static void memory_that_runs_short(void **state)
{
    struct leads leads;
    struct measures measures;
    struct error err;
    double cut[3], auc;
    (void)state;

    draw(&leads, 500, 3);
    for (int what = 0; what < 3 && MEMORY_CAN_FAIL; what++) {
        int failed = -1;

        for (long left = 0; failed && left < 10; left++) {
            long live = memory_live;

            memory_limit(left, true);
            failed = what == 0   ? measures_make(&measures, leads.value, leads.outcome, leads.rows, true, &err)
                     : what == 1 ? measure_auc(leads.value, leads.outcome, leads.rows, &auc, &err)
                                 : measure_cuts(leads.value, leads.outcome, leads.rows, cut, &err);
            memory_limit(-1, false);
            assert_int_equal(memory_live, live);
            assert_true(!failed || err.status == STATUS_SYSTEM);
        }
        assert_int_equal(failed, 0);
    }
    leads_free(&leads);
}

/* ---- cut-offs ---- */

/* By trying every p: the least v with .02 n <= sum(p >= v) <= n / 10 and y[p >= v].mean() >= min(3 b, 1 - (1 - b) / 3),
 * and that with the greatest y[p >= v].sum() / y.sum() - (p >= v).mean(): .66 and .245, of b = .256; .56 and .325 of
 * 1,007 leads with b = .2294. The values next below are .655, .24, .555 and .32; what is given is the shortest number
 * that parts them. */
static void cuts_as_by_trying_all(void **state)
{
    struct leads leads;
    struct error err;
    double cut[3];
    (void)state;

    draw(&leads, 2000, 1);
    assert_int_equal(measure_cuts(leads.value, leads.outcome, leads.rows, cut, &err), 0);
    assert_near(cut[0], 0.66, 0);
    assert_near(cut[1], 0.245, 0);
    assert_near(cut[2], 0, 0);
    leads_free(&leads);
    draw(&leads, 1007, 5);
    assert_int_equal(measure_cuts(leads.value, leads.outcome, leads.rows, cut, &err), 0);
    assert_near(cut[0], 0.56, 0);
    assert_near(cut[1], 0.325, 0);
    leads_free(&leads);
}

/* 100 leads: `best` at p .918 with so many yes, then 40 at .4567, the rest at .01 with few. */
static void cut_of(size_t best, size_t best_yes, size_t middle_yes, size_t rest_yes, double a, double b)
{
    double p[100], cut[3];
    uint8_t outcome[100] = {0};
    struct error err;

    for (size_t i = 0; i < 100; i++) {
        p[i] = i < best ? .918 : i < best + 40 ? .4567 : .01;
        outcome[i] = i < best ? i < best_yes : i < best + 40 ? i - best < middle_yes : i - best - 40 < rest_yes;
    }
    assert_int_equal(measure_cuts(p, outcome, 100, cut, &err), 0);
    assert_near(cut[0], a, 0);
    assert_near(cut[1], b, 0);
    assert_near(cut[2], 0, 0);
}

static void cuts_at_their_limits(void **state)
{
    double p[] = {.5, .5, .5, .5}, cut[3];
    const uint8_t outcome[] = {0, 1, 1, 0};
    struct error err;
    (void)state;

    cut_of(10, 6, 10, 4, .9, .4);  /* 20 %; .6 is three times that */
    cut_of(10, 5, 10, 4, 1, .4);   /* .5 of 19 %: no A */
    cut_of(10, 6, 6, 8, .9, .9);   /* the middle, 15 %, is less than all, 20 %: no B */
    cut_of(11, 11, 4, 2, 1, .9);   /* more than a tenth: no A; the best are B */
    cut_of(2, 2, 10, 2, .9, .4);   /* 2 % */
    cut_of(1, 1, 10, 2, 1, .4);    /* less */
    cut_of(10, 9, 36, 20, .9, .4); /* 65 % have it: 1 - .35 / 3 = .883 is enough */
    cut_of(10, 8, 36, 20, 1, .4);  /* and .8 is not */
    cut_of(10, 0, 2, 40, 1, 1);    /* upside down: all are C */
    assert_int_equal(measure_cuts(p, outcome, 4, cut, &err), 0);
    assert_true(cut[0] == 1 && cut[1] == 1 && cut[2] == 0);
    assert_int_equal(measure_cuts(p, outcome, 0, cut, &err), 0);
    assert_true(cut[0] == 1 && cut[1] == 1 && cut[2] == 0);
}

/* 100 leads: 10 of 87.5 points, all yes, 30 of -12.25 with 9 yes, the others of -40 with one. */
static void cuts_of_scores(void **state)
{
    double p[100], cut[3];
    uint8_t outcome[100];
    struct error err;
    (void)state;

    for (size_t i = 0; i < 100; i++) {
        p[i] = i < 10 ? 87.5 : i < 40 ? -12.25 : -40;
        outcome[i] = i < 19 || i == 99;
    }
    assert_int_equal(measure_cuts(p, outcome, 100, cut, &err), 0);
    assert_true(cut[0] == 87 && cut[1] == -13 && cut[2] == 0);
    for (size_t i = 0; i < 100; i++)
        p[i] = i < 10 ? (double)INFINITY : -1e300;
    assert_int_equal(measure_cuts(p, outcome, 100, cut, &err), 0);
    assert_true(cut[0] == (double)INFINITY && cut[1] == cut[0]);
    for (size_t i = 0; i < 100; i++)
        p[i] = i < 10 ? -1e300 : 2;
    assert_int_equal(measure_cuts(p, outcome, 100, cut, &err), 0); /* upside down */
    assert_true(cut[0] == (double)INFINITY && cut[1] == cut[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_leads_by_hand),
        cmocka_unit_test(twenty_leads_as_scikit_learn),
        cmocka_unit_test(many_leads_as_scikit_learn),
        cmocka_unit_test(deciles_share_out_ties),
        cmocka_unit_test(the_order_of_the_leads_does_not_count),
        cmocka_unit_test(scores_of_any_size),
        cmocka_unit_test(perfect_and_useless),
        cmocka_unit_test(what_cannot_be_measured),
        cmocka_unit_test(memory_that_runs_short),
        cmocka_unit_test(cuts_as_by_trying_all),
        cmocka_unit_test(cuts_at_their_limits),
        cmocka_unit_test(cuts_of_scores),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
