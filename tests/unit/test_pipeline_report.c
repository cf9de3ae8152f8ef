/* The reports of the pipeline: small ones worked out by hand, the worked examples of the literature, and Maven
 * Analytics' CRM data against figures counted with Python's statistics module. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "pipeline_scene.h"

#define MAVEN "../shared/data/crm_pipeline/maven/sales_pipeline.csv"

#define STAGES_COLUMNS                                                                                           \
    "deals,amount,weighted_amount,unweighted,probability,mean_age_days,median_age_days,mean_stage_days,stalled," \
    "stalled_amount\n"
#define WINRATE_COLUMNS                                                                                \
    "created,won,lost,open,win_rate,win_rate_low,win_rate_high,created_win_rate,created_win_rate_low," \
    "created_win_rate_high,won_amount,lost_amount,amount_win_rate,mean_won_amount,median_won_amount"
#define VELOCITY_COLUMNS \
    "deals,win_rate,mean_won_amount,cycle_days,velocity_per_day,median_cycle_days,lost_cycle_days\n"
#define FORECAST_COLUMNS \
    "month,deals,amount,commit,best_case,pipeline,weighted_amount,weighted_low,weighted_high,won_amount,unweighted\n"
#define TIMES_COLUMNS "from,to,deals,min,median,mean,p90,max,negative\n"

static void scene_report(struct scene *scene, enum pipeline_report report)
{
    scene_init(scene);
    scene->command.report = report;
}

/* frappe/crm #798: 100k at 50, 50 and 100 % are 50k in June, 50k in July and 100k in August. */
static void test_forecast_worked(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_FORECAST);
    scene.command.total = true;
    scene_deals(&scene, "deal_id,stage,amount,probability,expected_close\n1,Offer,100000,50,2026-06-15\n"
                        "2,Offer,100000,50,2026-07-31\n3,Offer,100000,100,2026-08-01\n");
    scene_expect(&scene, FORECAST_COLUMNS "2026-06,1,100000,0,100000,0,50000.00,,,0,0\n"
                                          "2026-07,1,100000,0,100000,0,50000.00,,,0,0\n"
                                          "2026-08,1,100000,100000,0,0,100000.00,,,0,0\n"
                                          "total,3,300000,100000,200000,0,200000.00,,,0,0\n");
    scene_fini(&scene);
}

/* Due before the day (2026-03-10, on which the latest was created) is overdue, due on it is not; the bounds of the
 * classes belong to the higher one. */
static void test_forecast_classes(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_FORECAST);
    scene_deals(&scene, "deal_id,stage,amount,probability,expected_close,created_at\n"
                        "1,A,1.10,.9,2026-03-10,2026-03-10\n2,A,2.20,.89,2026-03-31,\n3,A,4.40,.5,2026-03-31,\n"
                        "4,A,8.80,.4999,2026-03-31,\n5,A,16,,2026-03-31,\n6,A,32,.5,2026-03-09,\n7,A,64,0,,\n");
    scene_expect(&scene, FORECAST_COLUMNS "overdue,1,32.00,0.00,32.00,0.00,16.00,,,0.00,0\n"
                                          "2026-03,5,32.50,1.10,6.60,24.80,9.55,,,0.00,1\n"
                                          "unknown,1,64.00,0.00,0.00,64.00,0.00,,,0.00,0\n");
    scene.command.commit = .5;
    scene.command.best_case = .4;
    scene_expect(&scene, FORECAST_COLUMNS "overdue,1,32.00,32.00,0.00,0.00,16.00,,,0.00,0\n"
                                          "2026-03,5,32.50,7.70,8.80,16.00,9.55,,,0.00,1\n"
                                          "unknown,1,64.00,0.00,0.00,64.00,0.00,,,0.00,0\n");
    scene_fini(&scene);
}

/* 50 open deals x .2 x 10,000 / 30 days = 3333.33 a day. */
static void test_velocity_worked(void **state)
{
    char text[4000] = "deal_id,stage,amount,created_at,closed_at\n"
                      "w1,Won,5000,2026-01-01,2026-01-21\nw2,Won,15000,2026-01-01,2026-02-10\n";
    size_t used = strlen(text);
    struct scene scene;

    (void)state;
    for (int i = 0; i < 8; i++)
        used += (size_t)sprintf(text + used, "l%d,Lost,1,2026-01-01,2026-01-06\n", i);
    for (int i = 0; i < 50; i++)
        used += (size_t)sprintf(text + used, "o%d,Offer,,2026-01-01,\n", i);
    scene_report(&scene, PIPELINE_VELOCITY);
    scene_deals(&scene, text);
    scene_expect(&scene, VELOCITY_COLUMNS "50,0.2000,10000.00,30.00,3333.33,30.00,5.00\n");
    scene_deals(&scene, "deal_id,stage,amount,created_at,closed_at\n1,Offer,,,\n");
    scene_expect(&scene, VELOCITY_COLUMNS "1,,,,,,\n");
    scene_fini(&scene);
}

/* Days in the stage as of 2026-02-01: 31, 11, 0. Deal 2 was in Talk for 20 days, deal 4 for 5 and in Offer for 7 until
 * it was lost. Quantiles of type 7. */
static void test_aging(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_AGING);
    scene_stages(&scene, "stage\nTalk\nOffer\nSigned\nLost\n");
    scene.command.won = "Signed";
    scene_deals(&scene, "deal_id,stage,created_at,closed_at\n1,Talk,2026-01-01,\n2,Offer,2026-01-01,\n"
                        "3,Talk,2026-02-01,\n4,Lost,2026-01-10,2026-01-22\n");
    scene_history(&scene, "deal_id,stage,entered_at\n1,Talk,2026-01-01\n2,Talk,2026-01-01\n2,Offer,2026-01-21\n"
                          "3,Talk,2026-02-01\n4,Talk,2026-01-10\n4,Offer,2026-01-15\n");
    scene_expect(&scene, "stage,deals,min,p25,median,p75,p90,max,stays,stay_median,stay_p90\n"
                         "Talk,2,0.00,7.75,15.50,23.25,27.90,31.00,2,12.50,18.50\n"
                         "Offer,1,11.00,11.00,11.00,11.00,11.00,11.00,1,7.00,7.00\n");
    scene.command.history = NULL; /* deal 2 is in its stage since creation, then */
    scene.command.total = true;
    scene_expect(&scene, "stage,deals,min,p25,median,p75,p90,max\n"
                         "Talk,2,0.00,7.75,15.50,23.25,27.90,31.00\n"
                         "Offer,1,31.00,31.00,31.00,31.00,31.00,31.00\n"
                         "total,3,0.00,15.50,31.00,31.00,31.00,31.00\n");
    scene_fini(&scene);
}

/* Longer than the limit is stalled, as long is not. */
static void test_stalled(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_STAGES);
    scene_stages(&scene, "stage,limit_days,probability\nTalk,10,.1\nOffer,5,.5\n");
    scene_deals(&scene, "deal_id,stage,amount,created_at\n1,Talk,1,2026-01-01\n2,Talk,2,2026-01-02\n"
                        "3,Talk,4,2026-01-12\n4,Other,8,2026-01-01\n");
    scene_expect(&scene, "stage," STAGES_COLUMNS "Talk,3,7,0.70,0,0.1000,7.00,10.00,7.00,1,1\n"
                         "Offer,0,0,0.00,0,0.5000,,,,0,0\n"
                         "Other,1,8,,1,,11.00,11.00,11.00,0,0\n");
    scene_fini(&scene);
}

static void test_by(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_STAGES);
    scene.command.by = "who";
    scene.command.total = true;
    scene_deals(&scene, "deal_id,stage,amount,who\n1,B,1,zoe\n2,A,2,ann\n3,B,4,ann\n4,Won,8,bob\n5,,16,zoe\n");
    scene_expect(&scene, "who,stage," STAGES_COLUMNS "zoe,B,1,1,,1,,,,,0,0\nzoe,,1,16,,1,,,,,0,0\n"
                         "ann,B,1,4,,1,,,,,0,0\nann,A,1,2,,1,,,,,0,0\ntotal,,4,23,,4,,,,,0,0\n");
    scene.command.by = "#4";
    scene.command.total = false;
    scene_expect(&scene, "who,stage," STAGES_COLUMNS "zoe,B,1,1,,1,,,,,0,0\nzoe,,1,16,,1,,,,,0,0\n"
                         "ann,B,1,4,,1,,,,,0,0\nann,A,1,2,,1,,,,,0,0\n");
    scene_fini(&scene);
}

/* A value that only deals left out have is none; nor can a column have the name of one of the report. */
static void test_by_limits(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_STAGES);
    scene_stages(&scene, "stage\nTalk\n");
    scene.command.by = "who";
    scene.command.common.as_of = "2026-01-15";
    scene_deals(&scene, "deal_id,stage,created_at,who\n1,Talk,2026-02-01,zoe\n2,Talk,2026-01-01,ann\n");
    scene_expect(&scene, "who,stage," STAGES_COLUMNS "ann,Talk,1,,,1,,14.00,14.00,14.00,0,\n");
    scene.command.by = "stage";
    scene_expect_error(&scene, STATUS_USAGE, "option '--by': the report has a column 'stage' itself");
    scene_fini(&scene);
}

/* Two cohorts: by the date of closing, and by that of creation. Limits of Wilson as R's prop.test(x, n, correct =
 * FALSE) has them: 1 of 1: .2065 .. 1; 1 of 2: .0945 .. .9055; 0 of 1: 0 .. .7935. */
static void test_winrate_trend(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_WINRATE);
    scene.command.has_trend = true;
    scene.command.trend = PERIOD_MONTH;
    scene.command.total = true;
    scene_deals(&scene, "deal_id,stage,amount,created_at,closed_at\n1,Won,10,2026-01-05,2026-02-01\n"
                        "2,Lost,30,2026-01-09,2026-02-28\n3,Won,5,2026-03-01,\n4,A,5,,\n");
    scene_expect(&scene, "period," WINRATE_COLUMNS "\n"
                         "2026-01,2,0,0,0,,,,0.5000,0.0945,0.9055,0,0,,,\n"
                         "2026-02,0,1,1,0,0.5000,0.0945,0.9055,,,,10,30,0.2500,10.00,10.00\n"
                         "2026-03,1,0,0,0,,,,1.0000,0.2065,1.0000,0,0,,,\n"
                         ",1,1,0,1,1.0000,0.2065,1.0000,0.0000,0.0000,0.7935,5,0,1.0000,5.00,5.00\n"
                         "total,4,2,1,1,0.6667,0.2077,0.9385,0.5000,0.1500,0.8500,15,30,0.3333,7.50,7.50\n");
    scene_fini(&scene);
}

/* Coverage: 60 open by what is lacking of 100, 40 being won: 1; of 40, nothing is lacking. */
static void test_quota(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_WINRATE);
    scene_deals(&scene, "deal_id,stage,amount\n1,Won,40.05\n2,A,30.02\n3,A,29.93\n4,Won,\n");
    scene.command.has_quota = true;
    scene.command.quota = (struct decimal){100, 0};
    scene_expect(&scene, WINRATE_COLUMNS ",coverage\n4,2,0,2,1.0000,0.3424,1.0000,0.5000,0.1500,0.8500,40.05,0.00,"
                                         "1.0000,40.05,40.05,1.0000\n");
    scene.command.quota = (struct decimal){4005, 2};
    scene_expect(&scene, WINRATE_COLUMNS ",coverage\n4,2,0,2,1.0000,0.3424,1.0000,0.5000,0.1500,0.8500,40.05,0.00,"
                                         "1.0000,40.05,40.05,\n");
    scene_fini(&scene);
}

/* Deal 1: pushed by 14, pulled by 5, net 9; the record of closing is no move. Deal 2: pushed by 31. Deal 3 never moved.
 * Closed: 1 14 days late, 3 10 days early. */
static void test_slippage(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_SLIPPAGE);
    scene_deals(&scene, "deal_id,stage,closed_at,expected_close\n1,Won,2026-03-01,2026-02-15\n2,A,,2026-04-01\n"
                        "3,Lost,2026-02-10,2026-02-20\n4,A,,\n");
    scene_history(&scene,
                  "deal_id,stage,entered_at,expected_close\n1,A,2026-01-01,2026-02-01\n1,B,2026-01-20,2026-02-15\n"
                  "1,,2026-01-25,2026-02-15\n1,B,2026-02-01,2026-02-10\n1,Won,2026-03-01,2026-03-01\n"
                  "2,A,2026-01-10,2026-03-01\n2,A,2026-02-20,2026-04-01\n3,A,2026-01-05,2026-02-20\n");
    scene_expect(&scene, "deals,moved,moves,pushed,pulled,mean_push_days,net_days_mean,net_days_median,closed,"
                         "closed_late,mean_days_late,median_days_late\n"
                         "3,2,3,2,1,22.50,20.00,20.00,2,1,14.00,14.00\n");
    scene_fini(&scene);
}

/* A negative time is kept and counted; only what is won has a day of winning. */
static void test_times(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_TIMES);
    scene.command.first_contact = "seen";
    scene.command.paid = "money";
    scene_deals(&scene,
                "deal_id,stage,seen,created_at,closed_at,money\n1,Won,2026-01-01,2026-01-03,2026-01-31,2026-03-02\n"
                "2,Won,2026-01-05,2026-01-04,2026-01-14,\n3,Lost,2026-01-01,2026-01-11,2026-01-12,\n"
                "4,A,,2026-01-01,,2026-01-02\n");
    scene_expect(&scene, TIMES_COLUMNS "first_contact,created,3,-1.00,2.00,3.67,8.40,10.00,1\n"
                                       "first_contact,won,2,9.00,19.50,19.50,27.90,30.00,0\n"
                                       "first_contact,paid,1,60.00,60.00,60.00,60.00,60.00,0\n"
                                       "created,won,2,10.00,19.00,19.00,26.20,28.00,0\n"
                                       "created,paid,2,1.00,29.50,29.50,52.30,58.00,0\n"
                                       "won,paid,1,30.00,30.00,30.00,30.00,30.00,0\n");
    scene_fini(&scene);
}

/* Sums beyond 128 bits are an error; 2^63 - 1 at a scale of 18 decimals beside one of none is not. */
static void test_large_amounts(void **state)
{
    struct scene scene;

    (void)state;
    scene_report(&scene, PIPELINE_WINRATE);
    scene_deals(&scene, "deal_id,stage,amount\n1,Won,9223372036854775807\n2,Lost,0.000000000000000001\n");
    scene_expect(&scene, WINRATE_COLUMNS "\n2,1,1,0,0.5000,0.0945,0.9055,0.5000,0.0945,0.9055,"
                                         "9223372036854775807.000000000000000000,0.000000000000000001,1.0000,"
                                         "9223372036854775807.000000000000000000,"
                                         "9223372036854775807.000000000000000000\n");
    scene.command.report = PIPELINE_STAGES;
    scene_deals(&scene, "deal_id,stage,amount,probability\n1,A,9223372036854775807,.5\n2,A,0.000000000000000001,.5\n");
    scene_expect_error(&scene, STATUS_DATA, "the amounts are too large to be added");
    scene_fini(&scene);
}

/* --- Maven --- */

static bool maven(struct scene *scene, enum pipeline_report report)
{
    FILE *file = fopen(MAVEN, "r");

    scene_report(scene, report);
    if (!file) {
        print_message("skipped: no " MAVEN "\n");
        return false;
    }
    fclose(file);
    struct slice text = file_take(MAVEN);
    scene_deals(scene, text.ptr);
    free((char *)text.ptr);
    return true;
}

/* Counts, sums, means, medians, Wilson's limits and the type-7 quantile worked out in Python. */
static void test_maven(void **state)
{
    struct scene scene;

    (void)state;
    if (maven(&scene, PIPELINE_WINRATE)) {
        scene_expect(&scene, WINRATE_COLUMNS "\n8800,4238,2473,2089,0.6315,0.6199,0.6430,0.4816,0.4712,0.4920,10005534,"
                                             "0,1.0000,2360.91,1117.00\n");
        scene.command.report = PIPELINE_VELOCITY;
        scene_expect(&scene, VELOCITY_COLUMNS "2089,0.6315,2360.91,51.78,60146.85,57.00,41.48\n");
        scene.command.report = PIPELINE_TIMES;
        scene_expect(&scene, TIMES_COLUMNS "created,won,4238,1.00,57.00,51.78,106.00,138.00,0\n");
    }
    scene_fini(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forecast_worked), cmocka_unit_test(test_forecast_classes),
        cmocka_unit_test(test_velocity_worked), cmocka_unit_test(test_aging),
        cmocka_unit_test(test_stalled),         cmocka_unit_test(test_by),
        cmocka_unit_test(test_by_limits),       cmocka_unit_test(test_winrate_trend),
        cmocka_unit_test(test_quota),           cmocka_unit_test(test_slippage),
        cmocka_unit_test(test_times),           cmocka_unit_test(test_large_amounts),
        cmocka_unit_test(test_maven),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
