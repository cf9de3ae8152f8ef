/* RFM scores: every method against a slow reference that follows the definition, and cuts that score the same again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/rfm_score.h"
#include "random.h"

#define MOST 120

struct sample {
    struct rfm_table table;
    struct rfm_customer customers[MOST];
    char ids[MOST][48];
};

/* count customers with few or many different values, ids of different lengths in no order. */
static void make_sample(struct sample *sample, uint64_t *seed, size_t count, uint64_t spread)
{
    static const char *const formats[] = {"%u-%zu", "customer-number-%u-%zu",
                                          "customer-number-of-the-shop-in-Ulm-%u-%zu"};

    memset(sample, 0, sizeof *sample);
    sample->table = (struct rfm_table){sample->customers, count, 0, (int)(next_random(seed) % 4), 13513, NULL};
    for (size_t i = 0; i < count; i++) {
        struct rfm_customer *customer = &sample->customers[i];
        snprintf(sample->ids[i], sizeof sample->ids[i], formats[count % 3 ? i % 3 : 2],
                 (unsigned)(next_random(seed) % 10), i);
        customer->id = slice_from_cstr(sample->ids[i]);
        customer->recency_days = (int32_t)(next_random(seed) % spread);
        customer->frequency = (int64_t)(next_random(seed) % (spread / 2 + 1));
        customer->monetary = (int128)(next_random(seed) % (spread * 3)) - (int128)(spread / 2);
    }
}

/* Scores of one dimension by quantiles in exact fractions: n times value against n times the quantile, both unrounded.
 */
static int quantile_score(const struct sample *sample, const struct rfm_scoring *scoring, enum rfm_dimension d,
                          const struct rfm_customer *customer)
{
    int128 sorted[MOST];
    size_t count = sample->table.count;
    int n = scoring->bins[d];
    int above = 0;
    int128 plus = scoring->method == RFM_R ? power_of_ten(d == RFM_MONETARY ? sample->table.scale : 0) : 0;
    bool high = scoring->method == RFM_R || scoring->ties == RFM_TIES_HIGH;

    for (size_t i = 0; i < count; i++) { /* insertion sort */
        int128 value = rfm_value(&sample->customers[i], d);
        size_t at = i;
        for (; at > 0 && sorted[at - 1] > value; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = value;
    }
    for (int i = 1; i < n; i++) {
        size_t whole = (count - 1) * (size_t)i / (size_t)n;
        int128 part = (int128)((count - 1) * (size_t)i % (size_t)n);
        int128 next = whole + 1 < count ? sorted[whole + 1] : sorted[whole];
        int128 cut = sorted[whole] * n + part * (next - sorted[whole]) + plus * n;
        int128 value = rfm_value(customer, d) * n;
        above += high ? value >= cut : value > cut;
    }
    return d == RFM_RECENCY ? n - above : 1 + above;
}

static void by_quantiles(void **unused)
{
    static struct sample sample;
    uint64_t seed = 31;

    (void)unused;
    for (int round = 0; round < 600; round++) {
        struct rfm_scoring scoring = {round % 3 ? RFM_QUANTILE : RFM_R, RFM_TIES_DEFAULT, {0}};
        struct error err;
        make_sample(&sample, &seed, 1 + next_random(&seed) % MOST, 1 + next_random(&seed) % 400);
        for (int d = 0; d < RFM_DIMENSIONS; d++)
            scoring.bins[d] = 1 + (int)(next_random(&seed) % 9);
        if (round % 3 == 2)
            scoring.ties = round % 2 ? RFM_TIES_HIGH : RFM_TIES_LOW;
        assert_int_equal(rfm_score(&sample.table, &scoring, NULL, NULL, &err), 0);
        for (size_t i = 0; i < sample.table.count; i++)
            for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
                assert_int_equal(sample.customers[i].score[d],
                                 quantile_score(&sample, &scoring, d, &sample.customers[i]));
    }
}

/* Whether a is worse than b in a dimension; equal: 0. */
static int worse(const struct rfm_customer *a, const struct rfm_customer *b, enum rfm_dimension d)
{
    int128 left = rfm_value(a, d);
    int128 right = rfm_value(b, d);
    int order = (left > right) - (left < right);

    return d == RFM_RECENCY ? order : -order;
}

static int ntile_by_counting(size_t place, size_t count, int bins)
{
    /* hands out groups one by one, as SQL describes it */
    size_t next = 0;

    for (int group = 1; group <= bins; group++) {
        next += count / (size_t)bins + ((size_t)group <= count % (size_t)bins);
        if (place < next)
            return group;
    }
    return -1;
}

/* The score of a customer among those who share his scores in the dimensions before (nested) or all. */
static int rank_score(const struct sample *sample, const struct rfm_scoring *scoring, enum rfm_dimension d,
                      const struct rfm_customer *customer)
{
    size_t count = 0, lower = 0, equal = 0, earlier = 0, place;

    for (size_t i = 0; i < sample->table.count; i++) {
        const struct rfm_customer *other = &sample->customers[i];
        bool same = true;
        for (enum rfm_dimension e = 0; scoring->method == RFM_NESTED && e < d; e++)
            same = same && other->score[e] == customer->score[e];
        if (!same)
            continue;
        count++;
        lower += worse(other, customer, d) > 0;
        equal += worse(other, customer, d) == 0;
        earlier += worse(other, customer, d) == 0 && slice_compare(other->id, customer->id) < 0;
    }
    place = lower + earlier;
    if (scoring->ties == RFM_TIES_LOW)
        place = lower;
    else if (scoring->ties == RFM_TIES_HIGH)
        place = lower + equal - 1;
    else if (scoring->ties == RFM_TIES_MEAN)
        place = lower + (equal - 1) / 2;
    return ntile_by_counting(place, count, scoring->bins[d]);
}

static void by_rank(void **unused)
{
    static struct sample sample;
    static const enum rfm_ties ties[] = {RFM_TIES_DEFAULT, RFM_TIES_LOW, RFM_TIES_HIGH, RFM_TIES_MEAN, RFM_TIES_ORDER};
    uint64_t seed = 77;

    (void)unused;
    for (int round = 0; round < 400; round++) {
        struct rfm_scoring scoring = {round % 2 ? RFM_RANK : RFM_NESTED, ties[round / 2 % 5], {0}};
        struct error err;
        make_sample(&sample, &seed, 1 + next_random(&seed) % MOST, 1 + next_random(&seed) % 60);
        for (int d = 0; d < RFM_DIMENSIONS; d++)
            scoring.bins[d] = 1 + (int)(next_random(&seed) % 9);
        assert_int_equal(rfm_score(&sample.table, &scoring, NULL, NULL, &err), 0);
        for (size_t i = 0; i < sample.table.count; i++)
            for (enum rfm_dimension d = 0; d < RFM_DIMENSIONS; d++)
                assert_int_equal(sample.customers[i].score[d], rank_score(&sample, &scoring, d, &sample.customers[i]));
    }
}

/* Seven customers in three groups: 3, 2, 2, the larger group being the worse one, with the most recent in the best. */
static void rank_sizes(void **unused)
{
    static struct sample sample;
    const struct rfm_scoring scoring = {RFM_RANK, RFM_TIES_DEFAULT, {3, 3, 3}};
    const int expected_r[] = {3, 3, 2, 2, 1, 1, 1};
    const int expected_f[] = {1, 1, 1, 2, 2, 3, 3};
    struct rfm_spread spread[RFM_DIMENSIONS];
    struct rfm_cuts cuts;
    struct buffer text;
    uint64_t seed = 1;
    struct error err;

    (void)unused;
    make_sample(&sample, &seed, 7, 10);
    for (int i = 0; i < 7; i++) {
        sample.customers[i].recency_days = i * 10;
        sample.customers[i].frequency = i;
    }
    assert_int_equal(rfm_score(&sample.table, &scoring, &cuts, spread, &err), 0);
    for (int i = 0; i < 7; i++) {
        assert_int_equal(sample.customers[i].score[RFM_RECENCY], expected_r[i]);
        assert_int_equal(sample.customers[i].score[RFM_FREQUENCY], expected_f[i]);
    }
    assert_int_equal(spread[RFM_FREQUENCY].customers[0], 3);
    assert_int_equal(spread[RFM_FREQUENCY].used, 3);
    assert_int_equal(spread[RFM_FREQUENCY].cuts, 0);
    buffer_init(&text);
    assert_int_equal(rfm_cuts_write(&cuts, &text, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_string_equal(err.text, "the method rank has no cuts to save: a customer's rank depends on all others; "
                                  "use quantile, r or kmeans");
    buffer_fini(&text);
}

/* The best split of a dimension's values into runs, found by trying every cut between distinct values for two bins. */
static void by_kmeans(void **unused)
{
    static struct sample sample;
    const struct rfm_scoring scoring = {RFM_KMEANS, RFM_TIES_DEFAULT, {2, 2, 2}};
    uint64_t seed = 5;

    (void)unused;
    for (int round = 0; round < 60; round++) {
        double best = 1e300;
        double found = 0;
        struct error err;
        make_sample(&sample, &seed, 2 + next_random(&seed) % 30, 40);
        assert_int_equal(rfm_score(&sample.table, &scoring, NULL, NULL, &err), 0);
        for (int threshold = -30; threshold < 130; threshold++) {
            double cost = 0;
            double scored = 0;
            for (int side = 0; side < 2; side++) {
                double n[2] = {0}, sum[2] = {0}, squares[2] = {0};
                for (size_t i = 0; i < sample.table.count; i++) {
                    double value = (double)sample.customers[i].monetary;
                    bool member[2] = {(value > threshold) == side, sample.customers[i].score[RFM_MONETARY] == side + 1};
                    for (int which = 0; which < 2; which++) {
                        n[which] += member[which];
                        sum[which] += member[which] ? value : 0;
                        squares[which] += member[which] ? value * value : 0;
                    }
                }
                cost += n[0] > 0 ? squares[0] - sum[0] * sum[0] / n[0] : 0;
                scored += n[1] > 0 ? squares[1] - sum[1] * sum[1] / n[1] : 0;
            }
            best = cost < best ? cost : best;
            found = scored;
        }
        assert_true(found - best < 1e-6 && best - found < 1e-6);
    }
}

/* 1 1 1 2 2 9: three distinct values make three bins, whatever was asked for. */
static void kmeans_few_values(void **unused)
{
    static struct sample sample;
    const struct rfm_scoring scoring = {RFM_KMEANS, RFM_TIES_DEFAULT, {5, 5, 5}};
    const int values[] = {1, 1, 1, 2, 2, 9};
    struct rfm_spread spread[RFM_DIMENSIONS];
    struct rfm_cuts cuts;
    struct buffer text;
    uint64_t seed = 1;
    struct error err;

    (void)unused;
    make_sample(&sample, &seed, 6, 10);
    sample.table.scale = 2;
    for (int i = 0; i < 6; i++) {
        sample.customers[i].recency_days = values[i];
        sample.customers[i].frequency = 4;
        sample.customers[i].monetary = values[i];
    }
    assert_int_equal(rfm_score(&sample.table, &scoring, &cuts, spread, &err), 0);
    assert_int_equal(rfm_score_number(&sample.customers[0]), 311);
    assert_int_equal(rfm_score_number(&sample.customers[3]), 212);
    assert_int_equal(rfm_score_number(&sample.customers[5]), 113);
    assert_int_equal(spread[RFM_RECENCY].bins, 3);
    assert_int_equal(spread[RFM_RECENCY].bins_asked, 5);
    assert_int_equal(spread[RFM_RECENCY].used, 3);
    assert_int_equal(spread[RFM_FREQUENCY].bins, 1);
    buffer_init(&text);
    assert_int_equal(rfm_cuts_write(&cuts, &text, &err), 0);
    assert_int_equal(buffer_append_char(&text, '\0'), 0);
    assert_string_equal(text.data, "{\n"
                                   "  \"method\": \"kmeans\",\n"
                                   "  \"ties\": \"low\",\n"
                                   "  \"as_of\": \"2006-12-31\",\n"
                                   "  \"recency_days\": {\"bins\": 3, \"cuts\": [\"1.5\", \"5.5\"]},\n"
                                   "  \"frequency\": {\"bins\": 1, \"cuts\": []},\n"
                                   "  \"monetary\": {\"bins\": 3, \"cuts\": [\"0.015\", \"0.055\"]}\n"
                                   "}\n");
    buffer_fini(&text);
}

/* Half of the customers ordered once: quantiles collapse, and it is said. */
static void ties_collapse_bins(void **unused)
{
    static struct sample sample;
    const struct rfm_scoring scoring = RFM_SCORING_DEFAULT;
    struct rfm_spread spread[RFM_DIMENSIONS];
    uint64_t seed = 1;
    struct error err;

    (void)unused;
    make_sample(&sample, &seed, 20, 10);
    for (int i = 0; i < 20; i++)
        sample.customers[i].frequency = i < 14 ? 1 : i - 12; /* 14 x 1, 2 .. 7 */
    assert_int_equal(rfm_score(&sample.table, &scoring, NULL, spread, &err), 0);
    /* quantiles at 20 40 60 80 %: places 3.8 7.6 11.4 15.2: 1 1 1 3.2 */
    assert_int_equal(spread[RFM_FREQUENCY].cuts, 4);
    assert_int_equal(spread[RFM_FREQUENCY].distinct_cuts, 2);
    assert_int_equal(spread[RFM_FREQUENCY].used, 3);
    assert_int_equal(spread[RFM_FREQUENCY].bins, 5);
    assert_int_equal(spread[RFM_FREQUENCY].customers[0], 14);
    assert_int_equal(spread[RFM_FREQUENCY].customers[1], 0);
    assert_int_equal(spread[RFM_FREQUENCY].customers[3], 2);
    assert_int_equal(spread[RFM_FREQUENCY].customers[4], 4);
}

/* Saved and read again, cuts give the same scores. */
static void saved_cuts_score_the_same(void **unused)
{
    static struct sample sample;
    static const enum rfm_method methods[] = {RFM_QUANTILE, RFM_R, RFM_KMEANS};
    uint64_t seed = 4711;

    (void)unused;
    for (int round = 0; round < 300; round++) {
        struct rfm_scoring scoring = {methods[round % 3], RFM_TIES_DEFAULT, {0}};
        uint8_t scores[MOST][RFM_DIMENSIONS];
        struct rfm_cuts cuts;
        struct rfm_cuts again;
        struct rfm_spread spread[RFM_DIMENSIONS];
        struct rfm_spread spread_again[RFM_DIMENSIONS];
        struct buffer text;
        struct error err;
        make_sample(&sample, &seed, 1 + next_random(&seed) % MOST, 1 + next_random(&seed) % 400);
        sample.table.scale = round % 19;
        for (int d = 0; d < RFM_DIMENSIONS; d++)
            scoring.bins[d] = 1 + (int)(next_random(&seed) % 9);
        if (round % 3 == 0)
            scoring.ties = round % 2 ? RFM_TIES_HIGH : RFM_TIES_LOW;
        assert_int_equal(rfm_score(&sample.table, &scoring, &cuts, spread, &err), 0);
        for (size_t i = 0; i < sample.table.count; i++) {
            memcpy(scores[i], sample.customers[i].score, RFM_DIMENSIONS);
            memset(sample.customers[i].score, 0, RFM_DIMENSIONS);
        }
        buffer_init(&text);
        assert_int_equal(rfm_cuts_write(&cuts, &text, &err), 0);
        assert_int_equal(rfm_cuts_read(&again, buffer_slice(&text), "cuts.json", &err), 0);
        assert_int_equal(again.method, scoring.method);
        assert_int_equal(again.as_of, 13513);
        buffer_fini(&text);
        rfm_score_by_cuts(&sample.table, &again, spread_again);
        for (size_t i = 0; i < sample.table.count; i++)
            assert_memory_equal(scores[i], sample.customers[i].score, RFM_DIMENSIONS);
        for (int d = 0; d < RFM_DIMENSIONS; d++) {
            assert_int_equal(spread[d].used, spread_again[d].used);
            assert_int_equal(spread[d].distinct_cuts, spread_again[d].distinct_cuts);
        }
    }
}

/* Cuts of fewer and of more decimals than the values, and beyond 128 bits at their scale. */
static void cuts_of_other_scales(void **unused)
{
    static struct sample sample;
    const struct {
        const char *cuts;
        int64_t units; /* at scale 2 */
        int low, high;
    } rows[] = {
        {"5", 500, 1, 2},
        {"5", 501, 2, 2},
        {"5", 499, 1, 1},
        {"5.005", 500, 1, 1},
        {"5.005", 501, 2, 2},
        {"-5.005", -501, 1, 1},
        {"-5.005", -500, 2, 2},
        {"-5.00", -500, 1, 2},
        {"1,2,2,3", 200, 2, 4},
        {"1,2,2,3", 201, 4, 4},
        {"0", 0, 1, 2},
        {"-0.001", 0, 2, 2},
        {"100000000000000000000000000000000000000", 500, 1, 1},
        {"-100000000000000000000000000000000000000,0,100000000000000000000000000000000000000", 500, 3, 3},
    };
    uint64_t seed = 1;

    (void)unused;
    make_sample(&sample, &seed, 1, 10);
    sample.table.scale = 2;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rfm_cuts cuts = {.method = RFM_CUTS};
        struct error err;
        assert_int_equal(rfm_cut_list_parse(&cuts.lists[RFM_MONETARY], slice_from_cstr(rows[i].cuts), &err), 0);
        cuts.lists[RFM_RECENCY] = cuts.lists[RFM_MONETARY];
        sample.customers[0].monetary = rows[i].units;
        cuts.ties = RFM_TIES_LOW;
        rfm_score_by_cuts(&sample.table, &cuts, NULL);
        assert_int_equal(sample.customers[0].score[RFM_MONETARY], rows[i].low);
        cuts.ties = RFM_TIES_HIGH;
        rfm_score_by_cuts(&sample.table, &cuts, NULL);
        assert_int_equal(sample.customers[0].score[RFM_MONETARY], rows[i].high);
    }
}

static void values_too_large(void **unused)
{
    static struct sample sample;
    struct rfm_scoring scoring = RFM_SCORING_DEFAULT;
    const int128 most = (int128)(~(unsigned __int128)0 >> 1);
    uint64_t seed = 1;
    struct error err;

    (void)unused;
    make_sample(&sample, &seed, 3, 10);
    sample.customers[0].monetary = most;
    sample.customers[1].monetary = most - 1;
    sample.customers[2].monetary = most - 2;
    assert_int_equal(rfm_score(&sample.table, &scoring, NULL, NULL, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "monetary: the values are too large for cuts");
    scoring.method = RFM_KMEANS;
    assert_int_equal(rfm_score(&sample.table, &scoring, NULL, NULL, &err), -1);
    assert_string_equal(err.text, "monetary: the values are too large for cuts");
    scoring.method = RFM_RANK;
    assert_int_equal(rfm_score(&sample.table, &scoring, NULL, NULL, &err), 0);
    assert_int_equal(sample.customers[0].score[RFM_MONETARY], 3);
    assert_int_equal(sample.customers[2].score[RFM_MONETARY], 1);
}

static void options_checked(void **unused)
{
    const struct {
        struct rfm_scoring scoring;
        const char *text; /* NULL: fine */
    } rows[] = {
        {{RFM_QUANTILE, RFM_TIES_HIGH, {1, 9, 5}}, NULL},
        {{RFM_KMEANS, RFM_TIES_LOW, {5, 5, 5}}, NULL},
        {{RFM_R, RFM_TIES_HIGH, {5, 5, 5}}, NULL},
        {{RFM_NESTED, RFM_TIES_MEAN, {5, 5, 5}}, NULL},
        {{RFM_QUANTILE, RFM_TIES_DEFAULT, {5, 0, 5}}, "frequency: 0 bins: there can be 1 to 9"},
        {{RFM_RANK, RFM_TIES_DEFAULT, {10, 5, 5}}, "recency_days: 10 bins: there can be 1 to 9"},
        {{RFM_R, RFM_TIES_LOW, {5, 5, 5}}, "the method r has ties high, not low"},
        {{RFM_QUANTILE, RFM_TIES_MEAN, {5, 5, 5}}, "the method quantile has ties low or high, not mean"},
        {{RFM_KMEANS, RFM_TIES_ORDER, {5, 5, 5}}, "the method kmeans has ties low or high, not order"},
        {{RFM_CUTS, RFM_TIES_LOW, {5, 5, 5}}, "the method cuts needs cuts"},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err;
        int result = rfm_scoring_check(&rows[i].scoring, &err);
        assert_int_equal(result, rows[i].text ? -1 : 0);
        if (rows[i].text) {
            assert_int_equal(err.status, STATUS_USAGE);
            assert_string_equal(err.text, rows[i].text);
        }
    }
}

static void no_customers(void **unused)
{
    struct rfm_table table = {.as_of = DAY_NONE};
    struct rfm_scoring scoring = RFM_SCORING_DEFAULT;
    struct rfm_spread spread[RFM_DIMENSIONS];
    struct rfm_cuts cuts;
    struct buffer text;
    struct error err;

    (void)unused;
    buffer_init(&text);
    for (scoring.method = RFM_QUANTILE; scoring.method < RFM_CUTS; scoring.method++) {
        assert_int_equal(rfm_score(&table, &scoring, &cuts, spread, &err), 0);
        assert_int_equal(spread[0].used, 0);
        assert_int_equal(rfm_cuts_write(&cuts, &text, &err), -1);
    }
    assert_string_equal(err.text, "there are no customers to take cuts from");
    assert_int_equal(err.status, STATUS_DATA);
    buffer_fini(&text);
}

static void weights(void **unused)
{
    const struct rfm_customer customer = {.score = {5, 3, 1}};
    const struct {
        const char *text;
        int hundredths; /* -1: an error */
    } rows[] = {
        {"1,1,1", 300},
        {"1,0,0", 500},
        {"0, 0, 0.000001", 100},
        {"3,2,1", 367}, /* 22 / 6 */
        {"1,2,5", 200},
        {"0.5,0.3,0.2", 360},
        {"1,7,0", 325},
        {"1000000,1000000,1000000", 300},
        {"1,199,0", 301},
        {"1,399,0", 301 /* 3.005 */},
        {"1,1", -1},
        {"1,1,1,1", -1},
        {"", -1},
        {"1,x,1", -1},
        {"1,-1,1", -1},
        {"0,0,0", -1},
        {"1,,1", -1},
        {"1000000.1,1,1", -1},
        {"0.0000001,1,1", -1},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rfm_weights read;
        struct error err;
        int result = rfm_weights_parse(&read, slice_from_cstr(rows[i].text), &err);
        assert_int_equal(result, rows[i].hundredths < 0 ? -1 : 0);
        if (result == 0)
            assert_int_equal(rfm_weighted_score(&customer, &read), rows[i].hundredths);
        else
            assert_int_equal(err.status, STATUS_USAGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_quantiles),
        cmocka_unit_test(by_rank),
        cmocka_unit_test(rank_sizes),
        cmocka_unit_test(by_kmeans),
        cmocka_unit_test(kmeans_few_values),
        cmocka_unit_test(ties_collapse_bins),
        cmocka_unit_test(saved_cuts_score_the_same),
        cmocka_unit_test(cuts_of_other_scales),
        cmocka_unit_test(values_too_large),
        cmocka_unit_test(options_checked),
        cmocka_unit_test(no_customers),
        cmocka_unit_test(weights),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
