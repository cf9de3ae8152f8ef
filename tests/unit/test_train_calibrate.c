/* Calibration, against scikit-learn 1.9 on the same log-odds and against cases worked by hand; the Python lines stand
 * with the numbers. */
#include "train_leads.h"

#include "analysis/train_calibrate.h"
#include "short_memory.h"

enum truth { LINE, CURVE };

/* z = floor(40 * (u() + u() + u()) - 60) / 10; y = u() < .45 + .13 * z, or u() < expit(a * z + b); x = seed;
 * part = arange(n) % 5 */
static void draw(struct leads *leads, size_t rows, uint64_t random, enum truth truth, double a, double b)
{
    leads_make(leads, rows);
    for (size_t i = 0; i < rows; i++) {
        double one = leads_uniform(&random), two = leads_uniform(&random), three = leads_uniform(&random);
        double z = floor(40 * (one + two + three) - 60) / 10;

        leads->value[i] = z;
        leads->outcome[i] = leads_uniform(&random) < (truth == LINE ? 0.45 + 0.13 * z : 1 / (1 + exp(-(a * z + b))));
    }
}

static void draw_line(struct leads *leads)
{
    draw(leads, 1500, 7, LINE, 0, 0);
}

/* ---- Platt ---- */

/* No at -1, yes at 1: the targets are 1/3 and 2/3, met exactly by a = ln 2, b = 0. Three yes and a no at one z: the
 * mean target is (3 * 4/5 + 1/3) / 4 = .68333. */
static void platt_by_hand(void **state)
{
    const double two[] = {-1, 1}, same[] = {7, 7, 7, 7};
    const uint8_t outcome[] = {0, 1, 1, 1};
    struct model_calibration calibration;
    struct error err;
    (void)state;

    assert_int_equal(calibrate_platt(two, outcome, 2, &calibration, &err), 0);
    assert_int_equal(calibration.kind, CALIBRATE_PLATT);
    assert_near(calibration.a, log(2), 1e-9);
    assert_near(calibration.b, 0, 1e-9);
    assert_near(model_calibrate(&calibration, 1), 2.0 / 3, 1e-9);
    assert_int_equal(calibrate_platt(same, outcome, 4, &calibration, &err), 0);
    assert_near(calibration.a, 0, 0);
    assert_near(model_calibrate(&calibration, -3), (2.4 + 1.0 / 3) / 4, 1e-9);
    assert_int_equal(calibrate_platt(same, outcome, 0, &calibration, &err), 0);
    assert_int_equal(calibration.kind, CALIBRATE_NONE);
}

/* sklearn.calibration._sigmoid_calibration(z, y): -a, -b = -0.65620742532809, 0.29010670272958516, by a method that
 * stops early; by Newton's method to the end, 50 times
 *     q = expit(M @ th); th -= solve(M.T @ (M * (q * (1 - q))[:, None]), M.T @ (q - T))    # M = [z, 1], T targets */
static void platt_as_scikit_learn(void **state)
{
    struct leads leads;
    struct model_calibration calibration, again;
    struct error err;
    (void)state;

    draw_line(&leads);
    assert_int_equal(calibrate_platt(leads.value, leads.outcome, leads.rows, &calibration, &err), 0);
    assert_near(calibration.a, 0.65620742532809, 1e-9);
    assert_near(calibration.b, -0.29010670272958516, 1e-9);
    assert_near(calibration.a, 0.65620742537123256, 1e-13);
    assert_near(calibration.b, -0.2901067027386095, 1e-13);
    leads_reverse(&leads);
    assert_int_equal(calibrate_platt(leads.value, leads.outcome, leads.rows, &again, &err), 0);
    assert_true(again.a == calibration.a && again.b == calibration.b);
    leads_free(&leads);
}

/* Whatever the log-odds are measured in and from, the probabilities are the same. */
static void platt_at_any_scale(void **state)
{
    static const double scales[] = {1e-90, 1e-9, 1e6, 1e90, -1};
    struct model_calibration plain, scaled;
    struct error err;
    (void)state;

    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++)
        for (int shift = 0; shift <= 1000; shift += 1000) {
            struct leads leads;

            draw_line(&leads);
            assert_int_equal(calibrate_platt(leads.value, leads.outcome, leads.rows, &plain, &err), 0);
            for (size_t i = 0; i < leads.rows; i++)
                leads.value[i] = (leads.value[i] + shift) * scales[s];
            assert_int_equal(calibrate_platt(leads.value, leads.outcome, leads.rows, &scaled, &err), 0);
            for (int z = -6; z <= 6; z++)
                assert_near(model_calibrate(&scaled, (z + shift) * scales[s]), model_calibrate(&plain, z), 1e-10);
            leads_free(&leads);
        }
}

/* All that tells the outcomes apart would have infinite weight, were it not for the targets. */
static void platt_where_all_is_certain(void **state)
{
    double z[200];
    uint8_t outcome[200];
    struct model_calibration calibration;
    struct error err;
    (void)state;

    for (size_t i = 0; i < 200; i++) {
        z[i] = i < 100 ? -3 : 5;
        outcome[i] = i >= 100;
    }
    assert_int_equal(calibrate_platt(z, outcome, 200, &calibration, &err), 0);
    assert_near(model_calibrate(&calibration, -3), 1.0 / 102, 1e-9);
    assert_near(model_calibrate(&calibration, 5), 101.0 / 102, 1e-9);
    memset(outcome, 1, sizeof outcome);
    assert_int_equal(calibrate_platt(z, outcome, 200, &calibration, &err), 0);
    assert_near(model_calibrate(&calibration, 0), 201.0 / 202, 1e-6);
}

/* ---- isotonic ---- */

/* f = IsotonicRegression().fit(z, y).predict(z); for v in unique(f): (f == v).sum(), y[f == v].sum(),
 * z[f == v].mean(), v; the ends with (yes + .5) / (n + 1) */
static void isotonic_as_scikit_learn(void **state)
{
    static const struct {
        double rows, yes, z;
    } blocks[] = {{92, 0, -3.94891304347826},
                  {43, 1, -2.97441860465116},
                  {118, 13, -2.40084745762712},
                  {49, 7, -1.93877551020408},
                  {96, 22, -1.63333333333333},
                  {110, 34, -1.19090909090909},
                  {29, 10, -0.9},
                  {59, 24, -0.74406779661017},
                  {224, 93, -0.222767857142857},
                  {27, 12, 0.2},
                  {94, 44, 0.396808510638298},
                  {116, 67, 0.760344827586207},
                  {80, 48, 1.11625},
                  {21, 13, 1.4},
                  {40, 26, 1.5425},
                  {80, 53, 1.8475},
                  {124, 92, 2.43467741935484},
                  {46, 41, 3.20217391304348},
                  {30, 28, 3.67333333333333},
                  {22, 22, 4.45}};
    const size_t count = sizeof blocks / sizeof *blocks;
    struct leads leads;
    struct model_calibration calibration, again;
    struct arena arena;
    struct error err;
    (void)state;

    draw_line(&leads);
    arena_init(&arena);
    assert_int_equal(calibrate_isotonic(leads.value, leads.outcome, leads.rows, &arena, &calibration, &err), 0);
    assert_int_equal(calibration.kind, CALIBRATE_ISOTONIC);
    assert_int_equal(calibration.count, count);
    for (size_t i = 0; i < count; i++) {
        bool end = i == 0 || i == count - 1;

        assert_near(calibration.z[i], blocks[i].z, 1e-13);
        assert_near(calibration.p[i],
                    end ? (blocks[i].yes + 0.5) / (blocks[i].rows + 1) : blocks[i].yes / blocks[i].rows, 1e-15);
    }
    assert_near(model_calibrate(&calibration, -100), 0.5 / 93, 0);
    assert_near(model_calibrate(&calibration, 100), 22.5 / 23, 0);
    /* halfway between the third and the fourth point from above */
    assert_near(model_calibrate(&calibration, (2.43467741935484 + 3.20217391304348) / 2), (92.0 / 124 + 41.0 / 46) / 2,
                1e-13);
    leads_reverse(&leads);
    assert_int_equal(calibrate_isotonic(leads.value, leads.outcome, leads.rows, &arena, &again, &err), 0);
    assert_int_equal(again.count, count);
    assert_memory_equal(again.z, calibration.z, count * sizeof(double));
    assert_memory_equal(again.p, calibration.p, count * sizeof(double));
    arena_fini(&arena);
    leads_free(&leads);
}

/* `counts`: no and yes at z = 0, 1, 2, ... */
static void isotonic_of(const unsigned counts[][2], size_t values, struct arena *arena,
                        struct model_calibration *calibration)
{
    double z[1000];
    uint8_t outcome[1000];
    struct error err;
    size_t rows = 0;

    for (size_t v = 0; v < values; v++)
        for (unsigned yes = 0; yes < 2; yes++)
            for (unsigned i = 0; i < counts[v][yes]; i++) {
                z[rows] = (double)v;
                outcome[rows++] = (uint8_t)yes;
            }
    assert_true(rows <= 1000);
    assert_int_equal(calibrate_isotonic(z, outcome, rows, arena, calibration, &err), 0);
}

static void isotonic_ends_by_hand(void **state)
{
    static const unsigned plain[][2] = {{9, 0}, {5, 5}, {0, 9}}, lone[][2] = {{1, 0}, {98, 2}, {5, 5}, {0, 9}},
                          both[][2] = {{1, 0}, {0, 1}}, top[][2] = {{9, 0}, {5, 5}, {1, 99}, {0, 1}},
                          down[][2] = {{0, 5}, {3, 3}, {5, 0}}, one[][2] = {{0, 4}};
    struct model_calibration calibration;
    struct arena arena;
    (void)state;

    arena_init(&arena);
    isotonic_of(plain, 3, &arena, &calibration);
    assert_int_equal(calibration.count, 3);
    assert_near(calibration.p[0], 0.05, 1e-15);
    assert_near(calibration.p[1], 0.5, 1e-15);
    assert_near(calibration.p[2], 0.95, 1e-15);
    /* .5 / 2 would be above 2 / 100: one block of 101 with 2, z = 100/101 */
    isotonic_of(lone, 4, &arena, &calibration);
    assert_int_equal(calibration.count, 3);
    assert_near(calibration.p[0], 2.5 / 102, 1e-15);
    assert_near(calibration.z[0], 100.0 / 101, 1e-15);
    assert_near(calibration.p[1], 0.5, 1e-15);
    /* .25 and .75 stay apart */
    isotonic_of(both, 2, &arena, &calibration);
    assert_int_equal(calibration.count, 2);
    assert_near(calibration.p[0], 0.25, 1e-15);
    assert_near(calibration.p[1], 0.75, 1e-15);
    isotonic_of(top, 4, &arena, &calibration);
    assert_int_equal(calibration.count, 3);
    assert_near(calibration.p[2], 100.5 / 102, 1e-15);
    /* the wrong way round: one block, 8 of 16 */
    isotonic_of(down, 3, &arena, &calibration);
    assert_int_equal(calibration.count, 1);
    assert_near(calibration.p[0], 0.5, 1e-15);
    assert_near(model_calibrate(&calibration, -5), 0.5, 1e-15);
    assert_near(model_calibrate(&calibration, 5), 0.5, 1e-15);
    isotonic_of(one, 1, &arena, &calibration);
    assert_int_equal(calibration.count, 1);
    assert_near(calibration.p[0], 0.9, 1e-15);
    arena_fini(&arena);
}

/* 999 values with 1,000 leads each, of which 1, 2, 3, ... are yes, are as many blocks. Joined, each has its share. */
static void isotonic_has_not_too_many_points(void **state)
{
    struct leads leads;
    struct model_calibration calibration;
    struct arena arena;
    struct error err;
    (void)state;

    leads_make(&leads, 999000);
    for (size_t i = 0; i < leads.rows; i++) {
        size_t thousand = i / 1000;

        leads.value[i] = (double)thousand;
        leads.outcome[i] = i % 1000 <= thousand;
    }
    arena_init(&arena);
    assert_int_equal(calibrate_isotonic(leads.value, leads.outcome, leads.rows, &arena, &calibration, &err), 0);
    assert_int_equal(calibration.count, 200);
    for (size_t i = 0; i < calibration.count; i++) {
        assert_true(i == 0 || calibration.z[i] > calibration.z[i - 1]);
        assert_true(i == 0 || calibration.p[i] > calibration.p[i - 1]);
        /* of a block the mean share is that at the mean z */
        assert_near(calibration.p[i], (calibration.z[i] + 1) / 1000, i == 0 || i == 199 ? 2e-4 : 1e-12);
    }
    arena_fini(&arena);
    leads_free(&leads);
}

/* What is near together stays in order, though the means of neighbours round to one number. */
static void isotonic_of_neighbours(void **state)
{
    double z[30], step = 1;
    uint8_t outcome[30];
    struct model_calibration calibration;
    struct arena arena;
    struct error err;
    (void)state;

    for (size_t i = 0; i < 30; i++) {
        if (i && i % 10 == 0)
            step = nextafter(step, 2);
        z[i] = step;
        outcome[i] = i < 10 ? i == 0 : i < 20 ? i < 15 : i < 29;
    }
    arena_init(&arena);
    assert_int_equal(calibrate_isotonic(z, outcome, 30, &arena, &calibration, &err), 0);
    assert_int_equal(calibration.count, 3);
    assert_true(calibration.z[0] < calibration.z[1] && calibration.z[1] < calibration.z[2]);
    assert_near(model_calibrate(&calibration, calibration.z[1]), 0.5, 0);
    arena_fini(&arena);
}

/* ---- the choice ---- */

/* Held-out log-losses of the three kinds over the five parts:
 *     for k in range(5): m = part != k; h[~m] = fit(z[m], y[m])(z[~m])
 *     log_loss(y, h)
 * line: none .57521, Platt .54734, isotonic .54328; a = .5, b = -1: .74505, .55852, .55981; a = 1, b = 0: .49605,
 * .49785, .50473. h[0] and h[17] are of the best. */
static void the_best_is_chosen(void **state)
{
    static const struct {
        size_t rows;
        uint64_t seed;
        enum truth truth;
        double a, b;
        enum model_calibrating kind;
        double first, eighteenth;
    } cases[] = {
        {1500, 7, LINE, 0, 0, CALIBRATE_ISOTONIC, 0.904522613065327, 0.0714285714285714},
        {600, 11, CURVE, .5, -1, CALIBRATE_PLATT, 0.310113836543958, 0.345922077509455},
        {600, 12, CURVE, 1, 0, CALIBRATE_NONE, 0.331812227831834, 0.0758581800212435},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct leads leads;
        struct model_calibration calibration;
        struct arena arena;
        struct error err;
        double held[1500];

        draw(&leads, cases[i].rows, cases[i].seed, cases[i].truth, cases[i].a, cases[i].b);
        arena_init(&arena);
        assert_int_equal(
            calibrate_choose(leads.value, leads.outcome, leads.part, 5, leads.rows, &arena, &calibration, held, &err),
            0);
        assert_int_equal(calibration.kind, cases[i].kind);
        assert_near(held[0], cases[i].first, 1e-10);
        assert_near(held[17], cases[i].eighteenth, 1e-10);
        if (calibration.kind == CALIBRATE_PLATT) { /* of all rows */
            assert_near(model_calibrate(&calibration, 0), 0.284214491290168, 1e-10);
            assert_near(model_calibrate(&calibration, 1), 0.378875004870663, 1e-10);
        }
        arena_fini(&arena);
        leads_free(&leads);
    }
}

static void little_to_choose_by(void **state)
{
    const double z[] = {1, 2, -3, 4};
    const uint8_t outcome[] = {0, 1, 0, 1}, part[] = {1, 1, 1, 1};
    struct model_calibration calibration;
    struct arena arena;
    struct error err;
    double held[4];
    (void)state;

    arena_init(&arena);
    /* one part has all: nothing can be learned for it, so nothing is better than none */
    assert_int_equal(calibrate_choose(z, outcome, part, 2, 4, &arena, &calibration, held, &err), 0);
    assert_int_equal(calibration.kind, CALIBRATE_NONE);
    for (size_t i = 0; i < 4; i++)
        assert_near(held[i], 1 / (1 + exp(-z[i])), 1e-15);
    assert_int_equal(calibrate_choose(z, outcome, part, 2, 0, &arena, &calibration, held, &err), 0);
    assert_int_equal(calibration.kind, CALIBRATE_NONE);
    arena_fini(&arena);
}

static void what_is_no_log_odds_is_refused(void **state)
{
    double z[] = {1, (double)NAN};
    const uint8_t outcome[] = {0, 1}, part[] = {0, 1};
    struct model_calibration calibration;
    struct arena arena;
    struct error err;
    double held[2];
    (void)state;

    arena_init(&arena);
    assert_int_equal(calibrate_platt(z, outcome, 2, &calibration, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    z[1] = (double)INFINITY;
    assert_int_equal(calibrate_isotonic(z, outcome, 2, &arena, &calibration, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    z[1] = 2e100;
    assert_int_equal(calibrate_choose(z, outcome, part, 2, 2, &arena, &calibration, held, &err), -1);
    assert_string_equal(err.text, "log-odds: lead 2 has 2e+100, which is not between -1e+100 and 1e+100");
    arena_fini(&arena);
}

static void memory_that_runs_short(void **state)
{
    struct leads leads;
    double held[1500];
    int failed = -1;
    (void)state;

    draw_line(&leads);
    for (long left = 0; failed && left < 200 && MEMORY_CAN_FAIL; left++) {
        struct model_calibration calibration;
        struct arena arena;
        struct error err;
        long live = memory_live;

        arena_init(&arena);
        memory_limit(left, left % 2);
        failed =
            calibrate_choose(leads.value, leads.outcome, leads.part, 5, leads.rows, &arena, &calibration, held, &err);
        memory_limit(-1, false);
        arena_fini(&arena);
        assert_int_equal(memory_live, live);
        if (failed)
            assert_int_equal(err.status, STATUS_SYSTEM);
        else
            assert_int_equal(calibration.kind, CALIBRATE_ISOTONIC);
    }
    assert_true(!failed || !MEMORY_CAN_FAIL);
    leads_free(&leads);
}

/* ---- what becomes of z ---- */

static void no_probability_is_certain(void **state)
{
    double z[] = {-1, 1}, p[] = {.2, .7}, far = 1;
    const struct model_calibration none = {.kind = CALIBRATE_NONE}, platt = {.kind = CALIBRATE_PLATT, .a = 2, .b = -1},
                                   isotonic = {.kind = CALIBRATE_ISOTONIC, .z = z, .p = p, .count = 2};
    (void)state;

    assert_near(model_calibrate(&none, 0.7), 1 / (1 + exp(-0.7)), 0);
    assert_near(model_calibrate(&platt, 0.7), 1 / (1 + exp(-0.4)), 1e-15);
    assert_near(model_calibrate(&isotonic, 0), 0.45, 1e-15);
    for (int digits = 1; digits < 100; digits++) {
        far *= 10;
        assert_true(model_calibrate(&none, far) < 1 && model_calibrate(&none, -far) > 0);
        assert_true(model_calibrate(&platt, far) < 1 && model_calibrate(&platt, -far) > 0);
        assert_true(model_calibrate(&isotonic, far) == .7 && model_calibrate(&isotonic, -far) == .2);
    }
}

static void grades_by_their_cuts(void **state)
{
    struct model_cut cuts[] = {{SLICE_INIT("A"), .5}, {SLICE_INIT("B"), .2}, {SLICE_INIT("C"), .1}};
    struct model model = {.cuts = cuts, .cut_count = 3};
    (void)state;

    assert_true(slice_equal(model_grade(&model, .9), SLICE("A")));
    assert_true(slice_equal(model_grade(&model, .5), SLICE("A")));
    assert_true(slice_equal(model_grade(&model, nextafter(.5, 0)), SLICE("B")));
    assert_true(slice_equal(model_grade(&model, .1), SLICE("C")));
    assert_int_equal(model_grade(&model, .09).len, 0);
    model.cut_count = 0;
    assert_int_equal(model_grade(&model, .9).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(platt_by_hand),
        cmocka_unit_test(platt_as_scikit_learn),
        cmocka_unit_test(platt_at_any_scale),
        cmocka_unit_test(platt_where_all_is_certain),
        cmocka_unit_test(isotonic_as_scikit_learn),
        cmocka_unit_test(isotonic_ends_by_hand),
        cmocka_unit_test(isotonic_has_not_too_many_points),
        cmocka_unit_test(isotonic_of_neighbours),
        cmocka_unit_test(the_best_is_chosen),
        cmocka_unit_test(little_to_choose_by),
        cmocka_unit_test(what_is_no_log_odds_is_refused),
        cmocka_unit_test(memory_that_runs_short),
        cmocka_unit_test(no_probability_is_certain),
        cmocka_unit_test(grades_by_their_cuts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
