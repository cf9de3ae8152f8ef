/* The pipeline's state: who is open, won or lost, since when, with what probability, and what was so on an earlier day.
 * Expected figures are worked out by hand from the definitions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "pipeline_scene.h"

#define STAGES_HEAD                                                                                                    \
    "stage,deals,amount,weighted_amount,unweighted,probability,mean_age_days,median_age_days,mean_stage_days,stalled," \
    "stalled_amount\n"

/* --- status --- */

static void assert_status(const char *is_closed, const char *is_won, const char *text, enum deal_status stage,
                          enum deal_status expected, bool decided_by_other)
{
    const struct pipeline_said said = {slice_from_cstr(is_closed), slice_from_cstr(is_won), slice_from_cstr(text),
                                       stage};
    struct pipeline_statuses statuses;
    enum deal_status status;
    struct slice at;
    struct error err;
    bool decided;

    pipeline_statuses_init(&statuses);
    assert_int_equal(pipeline_statuses_set(&statuses, SLICE("Signed"), DEAL_WON, &err), 0);
    if (pipeline_status(&statuses, &said, &status, &decided, &at, &err))
        fail_msg("%s", err.text);
    assert_int_equal(status, expected);
    assert_int_equal(decided, decided_by_other);
    pipeline_statuses_fini(&statuses);
}

static void test_status(void **state)
{
    (void)state;
    assert_status("", "", "", DEAL_OPEN, DEAL_OPEN, false);
    assert_status("", "", "", DEAL_WON, DEAL_WON, false);
    assert_status("", "", "won", DEAL_OPEN, DEAL_WON, true);
    assert_status("", "", "Lost", DEAL_WON, DEAL_LOST, true);
    assert_status("", "", "signed", DEAL_OPEN, DEAL_WON, true);
    assert_status("", "", "open", DEAL_LOST, DEAL_LOST, false);
    assert_status("", "", "who knows", DEAL_WON, DEAL_WON, false);
    assert_status("false", "", "won", DEAL_WON, DEAL_OPEN, true);
    assert_status("0", "1", "won", DEAL_WON, DEAL_OPEN, true);
    assert_status("true", "true", "lost", DEAL_LOST, DEAL_WON, true);
    assert_status("true", "false", "", DEAL_OPEN, DEAL_LOST, true);
    assert_status("true", "", "lost", DEAL_OPEN, DEAL_LOST, true);
    assert_status("true", "", "", DEAL_WON, DEAL_WON, false);
    assert_status("", "yes", "", DEAL_OPEN, DEAL_WON, true);
    assert_status("", "no", "", DEAL_OPEN, DEAL_OPEN, false);
}

static void test_status_refused(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_deals(&scene, "deal_id,stage,IsClosed,IsWon\n1,Offer,true,\n");
    scene_expect_error(&scene, STATUS_DATA, "column 'IsClosed': closed, but neither status nor stage says");
    scene_deals(&scene, "deal_id,stage,IsClosed,IsWon\n1,Offer,maybe,\n");
    scene_expect_error(&scene, STATUS_DATA, "column 'IsClosed': neither yes nor no: 'maybe'");
    scene_deals(&scene, "deal_id,stage,IsClosed,IsWon\n1,Offer,true,perhaps\n");
    scene_expect_error(&scene, STATUS_DATA, "column 'IsWon': neither yes nor no: 'perhaps'");
    scene_fini(&scene);
}

/* Salesforce: a CloseDate of an open deal is the date expected, and does not move the analysis date. */
static void test_close_date_closes_nothing(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_deals(&scene, "Opportunity ID,Stage,Amount,Created Date,Close Date,IsClosed,IsWon\n"
                        "1,Proposal,100,2026-01-01,2026-09-30,false,false\n"
                        "2,Closed Won,70,2026-01-02,2026-01-31,true,true\n");
    scene_expect(&scene, STAGES_HEAD "Proposal,1,100,,1,,30.00,30.00,30.00,0,0\n");
    scene.command.report = PIPELINE_FORECAST;
    scene_expect(&scene, "month,deals,amount,commit,best_case,pipeline,weighted_amount,weighted_low,weighted_high,"
                         "won_amount,unweighted\n"
                         "2026-01,0,0,0,0,0,0.00,,,70,0\n"
                         "2026-09,1,100,0,0,100,,,,0,1\n");
    assert_int_equal(scene.counts.from_closed, 1);
    scene_fini(&scene);
}

/* --- probabilities --- */

static void test_probability(void **state)
{
    static const char set[] = "stage,probability,limit_days\nFirst,20%,10\nLast,,\nClosed Won,,\n";
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_stages(&scene, set);
    /* .5 x 10 + .2 x 20 (of the stage; an empty one is not 100 %); nothing known of Last: 30 counts, unweighted */
    scene_deals(&scene, "deal_id,stage,amount,probability\n1,First,10.00,0.5\n2,first,20,\n3,Last,30,\n");
    scene_expect(&scene, STAGES_HEAD "First,2,30.00,9.00,0,0.3500,,,,0,0.00\nLast,1,30.00,,1,,,,,0,0.00\n");
    /* per cent: 50 % of 10 and 1 % of 20 */
    scene_deals(&scene, "deal_id,stage,amount,probability\n1,First,10,50\n2,First,20,1\n3,Last,30,0.5\n4,Last,8,50%\n");
    scene_expect(&scene, STAGES_HEAD "First,2,30,5.20,0,0.2550,,,,0,0\nLast,2,38,4.15,0,0.2525,,,,0,0\n");
    assert_int_equal(scene.counts.small_per_cents, 1);
    /* not per cent: 1 is certain; a sign of per cent says nothing about the others */
    scene_deals(&scene, "deal_id,stage,amount,probability\n1,First,10,1\n2,First,20,25 %\n");
    scene_expect(&scene, STAGES_HEAD "First,2,30,15.00,0,0.6250,,,,0,0\nLast,0,0,0.00,0,,,,,0,0\n");
    scene.command.probability = ""; /* not read */
    scene_expect(&scene, STAGES_HEAD "First,2,30,6.00,0,0.2000,,,,0,0\nLast,0,0,0.00,0,,,,,0,0\n");
    scene_fini(&scene);
}

static void test_probability_refused(void **state)
{
    static const char *const wrong[] = {"101", "-1", "x", "100.1%", "%", "nan"};
    char text[200];
    struct scene scene;

    (void)state;
    scene_init(&scene);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(text, sizeof text, "deal_id,stage,probability\n1,First,%s\n", wrong[i]);
        scene_deals(&scene, text);
        scene_expect_error(&scene, STATUS_DATA, "column 'probability': not a probability");
    }
    scene_fini(&scene);
}

/* Two of three that were in First were won, the one closed in Last was; the open deal 5 counts for nothing. Wilson's
 * interval of 2 of 3 is .2077 .. .9385, as R's prop.test(2, 3, correct = FALSE) has it. */
static void test_learned(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene.command.learn = true;
    scene_deals(&scene, "deal_id,stage,amount\n1,Won,1\n2,Won,1\n3,First,1\n4,First,1000\n");
    scene_history(&scene, "deal_id,stage,entered_at\n1,First,2026-01-01\n1,Last,2026-01-02\n1,First,2026-01-03\n"
                          "1,Won,2026-01-04\n2,First,2026-01-01\n2,Won,2026-01-02\n4,First,2026-01-01\n");
    scene.command.lost = "Gone";
    scene_deals(&scene, "deal_id,stage,status,amount\n1,Won,,1\n2,Won,,1\n3,First,gone,1\n4,First,,1000\n");
    scene_expect(&scene, STAGES_HEAD "First,1,1000,666.67,0,0.6667,3.00,3.00,3.00,0,0\n");
    scene.command.report = PIPELINE_FORECAST;
    scene_expect(&scene, "month,deals,amount,commit,best_case,pipeline,weighted_amount,weighted_low,weighted_high,"
                         "won_amount,unweighted\n"
                         "2026-01,0,0,0,0,0,0.00,0.00,0.00,2,0\n"
                         "unknown,1,1000,0,1000,0,666.67,207.66,938.51,0,0\n");
    scene.command.report = PIPELINE_STAGES;
    scene.command.show_stages = true;
    scene_expect(&scene, "stage,status,probability,limit_days,probability_low,probability_high,deals\n"
                         "Gone,lost,0.0000,,,,0\n"
                         "Won,won,1.0000,,,,2\n"
                         "First,open,0.6667,,0.2077,0.9385,3\n"
                         "Last,open,1.0000,,0.2065,1.0000,1\n");
    scene_fini(&scene);
}

/* --- bad and odd records --- */

static void test_bad_records(void **state)
{
    static const struct {
        const char *deals, *says;
    } cases[] = {
        {"deal_id,stage\n1,A\n1,B\n", "deals.csv:3: column 'deal_id': repeated deal: '1'"},
        {"deal_id,stage,amount\n1,A,12x\n", "deals.csv:2: column 'amount': not a number: '12x'"},
        {"deal_id,stage,amount\n1,A,99999999999999999999\n", "too large, or with more than 18 decimals"},
        {"deal_id,stage,created_at\n1,A,2026-02-30\n", "column 'created_at': not a date: '2026-02-30'"},
        {"deal_id,stage,closed_at\n1,A,soon\n", "column 'closed_at': not a date: 'soon'"},
        {"deal_id,stage,amount,currency\n1,A,1,EUR\n2,A,1,USD\n", "'USD' after 'EUR': amounts of different currencies"},
        {"deal_id,stage\n1,\xff\n", "column 'stage': not UTF-8"},
        {"deal_id,amount\n1,2\n", "no column 'stage'"},
    };
    struct scene scene;

    (void)state;
    scene_init(&scene);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        scene_deals(&scene, cases[i].deals);
        scene_expect_error(&scene, STATUS_DATA, cases[i].says);
    }
    scene.command.report = PIPELINE_VELOCITY;
    scene_deals(&scene, "deal_id,stage,created_at\n1,A,2026-01-01\n");
    scene_expect_error(&scene, STATUS_DATA, "no column 'closed_at'");
    scene.command.report = PIPELINE_SLIPPAGE;
    scene_expect_error(&scene, STATUS_DATA, "no column 'expected_close'");
    scene_fini(&scene);
}

/* Empty is absent; an amount that is not there has no currency; deals without an id are different ones. */
static void test_empty_is_absent(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_deals(&scene, "deal_id,stage,amount,currency,created_at,closed_at,probability\n"
                        ",A,5,EUR,2026-01-01,,\n,A, ,USD,,,\n,,,,,,\n");
    scene_expect(&scene, STAGES_HEAD "A,2,5,,2,,0.00,0.00,0.00,0,0\n,1,0,,1,,,,,0,0\n");
    assert_int_equal(scene.counts.without_amount, 2);
    scene_deals(&scene, "");
    scene_expect(&scene, STAGES_HEAD);
    scene_fini(&scene);
}

static void test_rates(void **state)
{
    struct scene scene;
    char rates[600];

    (void)state;
    scene_init(&scene);
    strcpy(rates, folder_file(&scene.folder, "rates.csv"));
    file_put(rates, "currency,rate\nUSD,0.5\n");
    scene.command.rates = rates;
    scene.command.currency = "EUR";
    scene_deals(&scene, "deal_id,stage,amount,currency\n1,A,10,EUR\n2,A,3,USD\n");
    scene_expect(&scene, STAGES_HEAD "A,2,11.5,,2,,,,,0,0.0\n");
    scene_history(&scene, "deal_id,stage,entered_at,amount\n1,A,2026-01-01,1\n");
    scene_expect_error(&scene, STATUS_DATA, "history.csv: no column 'currency'");
    scene_fini(&scene);
}

static void test_counts(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_deals(&scene, "deal_id,stage,created_at,closed_at\n1,Won,2026-02-01,2026-01-01\n2,Lost,2026-02-01,\n"
                        "3,A,2026-02-01,\n");
    scene_history(&scene, "deal_id,stage,entered_at\n3,B,2026-02-03\n4,B,2026-02-03\n");
    assert_int_equal(scene_run(&scene), 0);
    assert_int_equal(scene.counts.negative_cycles, 1);
    assert_int_equal(scene.counts.undated, 1);
    assert_int_equal(scene.counts.strangers, 1);
    assert_int_equal(scene.counts.from_created, 1);
    assert_int_equal(scene.counts.other_stage, 1);
    scene_fini(&scene);
}

/* "Stage" is a name for a status, and the first contact for a creation, but one column is one thing. */
static void test_roles_apart(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_deals(&scene, "deal_id,Stage,first_contact_date,closed_at\n1,Won,2026-01-01,2026-01-31\n");
    scene.command.report = PIPELINE_TIMES;
    scene_expect(&scene, "from,to,deals,min,median,mean,p90,max,negative\n"
                         "first_contact,won,1,30.00,30.00,30.00,30.00,30.00,0\n");
    scene.command.created = "first_contact_date";
    scene_expect(&scene, "from,to,deals,min,median,mean,p90,max,negative\n"
                         "first_contact,created,1,0.00,0.00,0.00,0.00,0.00,0\n"
                         "first_contact,won,1,30.00,30.00,30.00,30.00,30.00,0\n"
                         "created,won,1,30.00,30.00,30.00,30.00,30.00,0\n");
    scene_fini(&scene);
}

/* --- the past --- */

static const char past_deals[] = "deal_id,stage,amount,probability,created_at,closed_at\n"
                                 "1,Closed Won,100,,2026-01-01,2026-03-01\n"
                                 "2,Offer,200,60,2026-01-10,\n"
                                 "3,Closed Lost,50,,2026-01-05,2026-01-20\n"
                                 "4,Offer,10,30,2026-02-20,\n"
                                 "5,Talk,7,20,2026-01-15,\n";

/* Two days in one field are ordered by the time; a stage named again goes on. */
static const char past_history[] = "deal_id,stage,entered_at,amount,expected_close\n"
                                   "1,Offer,2026-01-20T12:00:00,80,2026-02-20\n"
                                   "1,Talk,2026-01-20T11:00:00,70,2026-02-01\n"
                                   "1,Offer,2026-02-01,90,\n"
                                   "1,Closed Won,2026-03-01,100,2026-03-01\n"
                                   "2,Talk,2026-01-10,,\n"
                                   "2,Offer,2026-02-25,,2026-05-01\n"
                                   "3,Talk,2026-01-05,,\n"
                                   "3,Closed Lost,2026-01-20,,\n";

static void test_past(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_deals(&scene, past_deals);
    scene_history(&scene, past_history);
    /* Today, 2026-03-01: 1 and 3 are closed. 2 entered Offer 4 days ago, 4 has no history (9 days since creation). */
    scene_expect(&scene, STAGES_HEAD "Offer,2,210,123.00,0,0.4500,29.50,29.50,6.50,0,0\n"
                                     "Talk,1,7,1.40,0,0.2000,45.00,45.00,45.00,0,0\n");
    /* 2026-02-10: 1 is open in Offer since 2026-01-20, worth 90; 2 in Talk since 31 days, its 60 % are of another
     * stage; 4 is not there; 5 has no history and is what it is. */
    scene.command.common.as_of = "2026-02-10";
    scene_expect(&scene, STAGES_HEAD "Offer,1,90,,1,,40.00,40.00,21.00,0,0\n"
                                     "Talk,2,207,1.40,1,0.2000,28.50,28.50,28.50,0,0\n");
    assert_int_equal(scene.counts.left_out, 1);
    assert_int_equal(scene.counts.unplaced, 1);
    scene.command.report = PIPELINE_WINRATE;
    assert_int_equal(scene_run(&scene), 0);
    struct slice text = file_take(scene.output);
    assert_non_null(strstr(text.ptr, "\n4,0,1,3,0.0000,")); /* created, won, lost, open */
    free((char *)text.ptr);
    scene.command.report = PIPELINE_FORECAST; /* deal 1 is expected on 2026-02-20, as of then */
    scene_expect(&scene, "month,deals,amount,commit,best_case,pipeline,weighted_amount,weighted_low,weighted_high,"
                         "won_amount,unweighted\n"
                         "2026-02,1,90,0,0,90,,,,0,1\n"
                         "unknown,2,207,0,0,207,1.40,,,0,1\n");
    scene_fini(&scene);
}

/* Without a history, deals closed later are open in no stage that is known. */
static void test_past_without_history(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_deals(&scene, past_deals);
    scene.command.common.as_of = "2026-01-19";
    scene_expect(&scene, STAGES_HEAD "Offer,1,200,120.00,0,0.6000,9.00,9.00,9.00,0,0\n"
                                     "Talk,1,7,1.40,0,0.2000,4.00,4.00,4.00,0,0\n"
                                     ",2,150,,2,,16.00,16.00,,0,0\n");
    assert_int_equal(scene.counts.unplaced, 4);
    scene_fini(&scene);
}

/* Won, opened again, lost: on a day between it was won. The day of creation is that of the first record. */
static void test_past_closed_before(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_deals(&scene, "deal_id,stage,amount,closed_at\n1,Closed Lost,100,2026-04-01\n");
    scene_history(&scene, "deal_id,stage,entered_at\n1,Offer,2026-01-01\n1,Closed Won,2026-02-01\n"
                          "1,Offer,2026-03-01\n1,Closed Lost,2026-04-01\n");
    scene.command.report = PIPELINE_TIMES;
    scene.command.common.as_of = "2026-02-15";
    scene_expect(&scene, "from,to,deals,min,median,mean,p90,max,negative\n"
                         "created,won,1,31.00,31.00,31.00,31.00,31.00,0\n");
    scene.command.common.as_of = NULL;
    scene_expect(&scene, "from,to,deals,min,median,mean,p90,max,negative\n");
    scene.command.common.as_of = "2025-12-31";
    assert_int_equal(scene_run(&scene), 0);
    assert_int_equal(scene.counts.left_out, 1);
    scene_fini(&scene);
}

/* The history alone may tell the stage. */
static void test_stage_from_history(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene);
    scene_deals(&scene, "deal_id,amount\n1,100\n2,50\n");
    scene_history(&scene,
                  "deal_id,stage,entered_at\n1,Offer,2026-01-01\n2,Offer,2026-01-01\n2,Closed Won,2026-01-11\n");
    scene_expect(&scene, STAGES_HEAD "Offer,1,100,,1,,10.00,10.00,10.00,0,0\n");
    scene.command.report = PIPELINE_TIMES;
    scene_expect(&scene, "from,to,deals,min,median,mean,p90,max,negative\n"
                         "created,won,1,10.00,10.00,10.00,10.00,10.00,0\n");
    scene_fini(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_status_refused),
        cmocka_unit_test(test_close_date_closes_nothing),
        cmocka_unit_test(test_probability),
        cmocka_unit_test(test_probability_refused),
        cmocka_unit_test(test_learned),
        cmocka_unit_test(test_bad_records),
        cmocka_unit_test(test_empty_is_absent),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_roles_apart),
        cmocka_unit_test(test_past),
        cmocka_unit_test(test_past_without_history),
        cmocka_unit_test(test_past_closed_before),
        cmocka_unit_test(test_stage_from_history),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
