/* Cuts files and lists of cuts: what is accepted, and the message for each thing that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/rfm_cuts.h"

#define REST "\"frequency\": {\"cuts\": []}, \"monetary\": {\"cuts\": []}"

static void accepted(void **unused)
{
    struct rfm_cuts cuts;
    struct error err;

    (void)unused;
    assert_int_equal(
        rfm_cuts_read(&cuts,
                      SLICE("{\"recency_days\": {\"cuts\": [1, \"2.50\", \"2.5\", \"+3.\", \".5e1\"]}, " REST "}"), "c",
                      &err),
        -1);
    assert_string_equal(err.text, "c: recency_days.cuts[4]: not a number: '.5e1'");
    assert_int_equal(
        rfm_cuts_read(&cuts,
                      SLICE("{\"method\": \"r\", \"as_of\": null, \"recency_days\": {\"bins\": 6, \"cuts\": "
                            "[-4, \"-.5\", \"2.50\", \"2.5\", \"+3.\"]}, " REST "}"),
                      "c", &err),
        0);
    assert_int_equal(cuts.method, RFM_R);
    assert_int_equal(cuts.ties, RFM_TIES_HIGH);
    assert_int_equal(cuts.as_of, DAY_NONE);
    assert_int_equal(cuts.lists[RFM_RECENCY].count, 5);
    assert_int_equal(rfm_cuts_distinct(&cuts.lists[RFM_RECENCY]), 4);
    assert_int_equal(rfm_cuts_distinct(&cuts.lists[RFM_MONETARY]), 0);
    assert_true(cuts.lists[RFM_RECENCY].cuts[1].units == -5);
    assert_int_equal(cuts.lists[RFM_RECENCY].cuts[1].scale, 1);
    assert_int_equal(
        rfm_cuts_read(&cuts, SLICE("{\"ties\": \"high\", \"recency_days\": {\"cuts\": []}, " REST "}"), "c", &err), 0);
    assert_int_equal(cuts.method, RFM_CUTS);
    assert_int_equal(cuts.ties, RFM_TIES_HIGH);
}

static void refused(void **unused)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"", "c.json:1: not JSON: '[' or '{' expected near end of file"},
        {"{\n\"ties\": \"low\",\n\"ties\": \"low\"}", "c.json:3: not JSON: duplicate object key near '\"ties\"'"},
        {"[]", "c.json: not a JSON object"},
        {"{\"tie\": 1, " REST "}", "c.json: tie: unknown key"},
        {"{\"method\": 1}", "c.json: method: not a string"},
        {"{\"method\": \"qcut\"}", "c.json: method: unknown method 'qcut'"},
        {"{\"method\": \"nested\"}", "c.json: method: 'nested' has no cuts"},
        {"{\"ties\": \"mean\"}", "c.json: ties: 'mean' is neither \"low\" nor \"high\""},
        {"{\"ties\": false}", "c.json: ties: not a string"},
        {"{\"as_of\": \"2006-02-30\"}", "c.json: as_of: not a date: '2006-02-30'"},
        {"{\"as_of\": \"2006-02-03T10:00\"}", "c.json: as_of: not a date: '2006-02-03T10:00'"},
        {"{\"as_of\": 7}", "c.json: as_of: not a string"},
        {"{" REST "}", "c.json: recency_days: missing"},
        {"{\"recency_days\": []}", "c.json: recency_days: not an object"},
        {"{\"recency_days\": {\"cut\": []}}", "c.json: recency_days.cut: unknown key"},
        {"{\"recency_days\": {}}", "c.json: recency_days.cuts: missing"},
        {"{\"recency_days\": {\"cuts\": 5}}", "c.json: recency_days.cuts: not an array"},
        {"{\"recency_days\": {\"cuts\": [1,2,3,4,5,6,7,8,9]}}", "c.json: recency_days.cuts: too many cuts: at most 8"},
        {"{\"recency_days\": {\"cuts\": [1, \"x\"]}}", "c.json: recency_days.cuts[1]: not a number: 'x'"},
        {"{\"recency_days\": {\"cuts\": [1, \"\"]}}", "c.json: recency_days.cuts[1]: not a number: ''"},
        {"{\"recency_days\": {\"cuts\": [1, \"1.2.3\"]}}", "c.json: recency_days.cuts[1]: not a number: '1.2.3'"},
        {"{\"recency_days\": {\"cuts\": [1, \".\"]}}", "c.json: recency_days.cuts[1]: not a number: '.'"},
        {"{\"recency_days\": {\"cuts\": [\"1.0000000000000000000000\"]}}",
         "c.json: recency_days.cuts[0]: not a number: '1.0000000000000000000000'"},
        {"{\"recency_days\": {\"cuts\": [\"999999999999999999999999999999999999999\"]}}",
         "c.json: recency_days.cuts[0]: not a number: '999999999999999999999999999999999999999'"},
        {"{\"recency_days\": {\"cuts\": [2.5]}}",
         "c.json: recency_days.cuts[0]: not a cut: write it as a string, \"12.5\""},
        {"{\"recency_days\": {\"cuts\": [1, 3, \"2.9\"]}}", "c.json: recency_days.cuts[2]: not ascending"},
        {"{\"recency_days\": {\"cuts\": [1, 3], \"bins\": 4}}", "c.json: recency_days.bins: 4 bins, but 2 cuts make 3"},
        {"{\"recency_days\": {\"cuts\": [1, 3], \"bins\": \"3\"}}", "c.json: recency_days.bins: not a whole number"},
        {"{\"recency_days\": {\"cuts\": [1]}, \"frequency\": {\"cuts\": [1]}}", "c.json: monetary: missing"},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rfm_cuts cuts;
        struct error err;
        assert_int_equal(rfm_cuts_read(&cuts, slice_from_cstr(rows[i].text), "c.json", &err), -1);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_string_equal(err.text, rows[i].message);
    }
}

static void lists(void **unused)
{
    static const struct {
        const char *text;
        int count;
        const char *message;
    } rows[] = {
        {"115,181,297.4,482", 4, NULL},
        {" 1 ,\t2 ", 2, NULL},
        {"0", 1, NULL},
        {"1,1,1,1,1,1,1,1", 8, NULL},
        {"", 0, "not a number: ''"},
        {"1,", 0, "not a number: ''"},
        {"1;2", 0, "not a number: '1;2'"},
        {"2,1.99", 0, "not ascending: '1.99'"},
        {"1,2,3,4,5,6,7,8,9", 0, "too many cuts: at most 8"},
        {"100000000000000000000000000000000000000,0.000000000000000000001", 0,
         "not ascending: '0.000000000000000000001'"},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rfm_cut_list list;
        struct error err;
        int result = rfm_cut_list_parse(&list, slice_from_cstr(rows[i].text), &err);
        assert_int_equal(result, rows[i].message ? -1 : 0);
        if (result == 0) {
            assert_int_equal(list.count, rows[i].count);
        } else {
            assert_int_equal(err.status, STATUS_USAGE);
            assert_string_equal(err.text, rows[i].message);
        }
    }
}

/* Sums wider than 64 bits, at the largest scale, survive the file. */
static void wide_cuts_survive(void **unused)
{
    const int128 most = (int128)(~(unsigned __int128)0 >> 1);
    struct rfm_cuts cuts = {.method = RFM_QUANTILE, .ties = RFM_TIES_LOW, .as_of = DAY_NONE};
    struct rfm_cuts again;
    struct buffer text;
    struct error err;

    (void)unused;
    buffer_init(&text);
    cuts.lists[RFM_MONETARY] = (struct rfm_cut_list){2, {{-most - 1, RFM_CUT_SCALE_MAX}, {most, RFM_CUT_SCALE_MAX}}};
    assert_int_equal(rfm_cuts_write(&cuts, &text, &err), 0);
    assert_int_equal(rfm_cuts_read(&again, buffer_slice(&text), "c", &err), 0);
    assert_true(again.lists[RFM_MONETARY].cuts[0].units == -most - 1);
    assert_true(again.lists[RFM_MONETARY].cuts[1].units == most);
    assert_int_equal(again.lists[RFM_MONETARY].cuts[1].scale, RFM_CUT_SCALE_MAX);
    assert_int_equal(again.as_of, DAY_NONE);
    buffer_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepted),
        cmocka_unit_test(refused),
        cmocka_unit_test(lists),
        cmocka_unit_test(wide_cuts_survive),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
