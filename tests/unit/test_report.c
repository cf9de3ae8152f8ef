/* Reports: numbers and sentences as a person would write them, text that is safe in markup, what a table is taken for,
 * and layouts that are read strictly. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "report/markup.h"
#include "report/report.h"
#include "stream/file.h"

static void assert_text(struct slice text, const char *expected)
{
    if (!slice_equal_cstr(text, expected))
        fail_msg("'%.*s' is not '%s'", SLICE_ARG(text), expected);
}

static void numbers_are_grouped(void **state)
{
    struct words words;
    (void)state;

    words_init(&words, NULL);
    assert_text(words_number(&words, 1204, UNIT_NUMBER, 0), "1,204");
    assert_text(words_number(&words, 999, UNIT_NUMBER, 0), "999");
    assert_text(words_number(&words, -1234567.5, UNIT_NUMBER, 2), "−1,234,567.50");
    assert_text(words_number(&words, 0.125, UNIT_NUMBER, 2), "0.13");
    assert_text(words_number(&words, 1.005, UNIT_NUMBER, 2), "1.01"); /* the double is a hair below */
    assert_text(words_number(&words, -0.001, UNIT_NUMBER, 2), "0.00");
    assert_text(words_number(&words, 0.1815, UNIT_SHARE, 1), "18.2\xc2\xa0%"); /* a half, rounded up */
    assert_text(words_number(&words, 1, UNIT_SHARE, 1), "100.0\xc2\xa0%");
    assert_text(words_number(&words, NAN, UNIT_NUMBER, 2), "");
    assert_text(words_number(&words, 1500, UNIT_COMPACT, 0), "1.5k");
    assert_text(words_number(&words, 20000, UNIT_COMPACT, 0), "20k");
    assert_text(words_number(&words, 146644.97, UNIT_COMPACT, 3), "147k");
    assert_text(words_number(&words, 2.5e9, UNIT_COMPACT, 0), "2.5bn");
    assert_text(words_number(&words, 0.25, UNIT_COMPACT, 0), "0.25");
    assert_text(words_decimal(&words, SLICE("12345678901234567890.10")), "12,345,678,901,234,567,890.10");
    assert_text(words_decimal(&words, SLICE("-1000")), "−1,000");
    assert_text(words_decimal(&words, SLICE("1e5")), "1e5");
    assert_text(words_decimal(&words, SLICE("n/a")), "n/a");
    assert_text(words_decimal(&words, SLICE("-")), "-");
    assert_text(words_count(&words, 1, "row", "rows"), "1 row");
    assert_text(words_count(&words, 1500, "row", "rows"), "1,500 rows");
    assert_false(words.failed);
    words_fini(&words);
}

static void check_style(const char *language, const char *expected)
{
    struct words words;

    words_init(&words, language);
    assert_text(words_number(&words, 1234567.5, UNIT_NUMBER, 1), expected);
    words_fini(&words);
}

static void numbers_follow_the_language(void **state)
{
    (void)state;
    check_style(NULL, "1,234,567.5");
    check_style("en-GB", "1,234,567.5");
    check_style("zh", "1,234,567.5");
    check_style("de", "1.234.567,5");
    check_style("de-AT", "1.234.567,5");
    check_style("de-CH", "1’234’567.5");
    check_style("ru", "1\xe2\x80\xaf"
                      "234\xe2\x80\xaf"
                      "567,5");
    check_style("den", "1,234,567.5"); /* Slavey, not German */
    assert_true(language_right_to_left("ar-EG") && language_right_to_left("he"));
    assert_false(language_right_to_left("arn") || language_right_to_left("en") || language_right_to_left(NULL));
}

static void check_markup(struct slice text, const char *expected)
{
    struct markup out;

    markup_init(&out);
    markup_text(&out, text);
    assert_false(out.failed);
    assert_text(buffer_slice(&out.text), expected);
    markup_fini(&out);
}

/* As bytes, lest it turn this file. */
static const char turned[] = {'b', 'i', 'l', 'l', '\xe2', '\x80', '\xae', 'f', 'd', 'p'};

static void markup_is_escaped(void **state)
{
    (void)state;
    check_markup(SLICE(""), "");
    check_markup(SLICE("A&B <script>alert(\"x\" + 'y')</script>"),
                 "A&amp;B &lt;script&gt;alert(&quot;x&quot; + &#39;y&#39;)&lt;/script&gt;");
    check_markup(SLICE("a\0b\x1b[31m\x7f"), "a\\x00b\\x1B[31m\\x7F");
    check_markup(SLICE("one\ntwo\tthree"), "one two three");
    check_markup((struct slice){turned, sizeof turned}, "bill\\u{202E}fdp");
    check_markup(SLICE("\xc2\x9b"), "\\u{009B}");
    check_markup(SLICE("\xff\xc3("), "\\xFF\\xC3(");
    check_markup(SLICE("می‌خواهم שָׁלוֹם 流失"),
                 "می‌خواهم שָׁלוֹם 流失"); /* a joiner is a letter */
    struct markup out;
    markup_init(&out);
    markup_plain(&out, SLICE("<a>&\x01\n\xff"));
    assert_text(buffer_slice(&out.text), "<a>&\\x01 \\xFF");
    markup_number(&out, -0.04);
    markup_number(&out, 12.345);
    assert_text(buffer_slice(&out.text), "<a>&\\x01 \\xFF012.3");
    markup_fini(&out);
}

/* A table of a file with that text, made into a report of one section. */
struct sample {
    char path[64];
    struct report_plan plan;
    struct stream *stream;
    struct report report;
};

static void open_sample(struct sample *sample, const char *text)
{
    struct stream_options options = {0};
    struct error err;
    char *path = sample->path;

    snprintf(sample->path, sizeof sample->path, "/tmp/test_report.%ld.csv", (long)getpid());
    assert_int_equal(file_write(sample->path, slice_from_cstr(text), &err), 0);
    assert_int_equal(report_plan_operands(&sample->plan, &path, 1, &err), 0);
    assert_int_equal(stream_open(&sample->stream, &path, 1, &options, &err), 0);
    assert_int_equal(stream_start(sample->stream, &err), 0);
    if (report_make(&sample->report, &sample->plan, sample->stream, SLICE(""), REPORT_ROWS, &err))
        fail_msg("%s", err.text);
}

static void close_sample(struct sample *sample)
{
    report_fini(&sample->report);
    stream_free(sample->stream);
    report_plan_fini(&sample->plan);
    unlink(sample->path);
}

static void check_kind(const char *header, const char *kind)
{
    struct sample sample;

    open_sample(&sample, header);
    assert_string_equal(sample.report.sections[0].kind->name, kind);
    assert_int_equal(sample.report.sections[0].figures.count, 0); /* there are no records */
    close_sample(&sample);
}

/* Headers as the programs write them. */
static void kinds_are_told_by_columns(void **state)
{
    (void)state;
    check_kind("step,entered,converted,dropped,step_rate,overall_rate,median_time,mean_time,p90_time\n", "funnel");
    check_kind("device,week,step,entered,converted,dropped,step_rate,overall_rate\n", "funnel");
    check_kind("cohort,age,size,eligible,value,rate,rate_low,rate_high,complete\n", "cohort");
    check_kind("cohort,size,0,1,2\n", "cohort-matrix");
    check_kind("customer_id,last_date,recency_days,frequency,monetary,r,f,m,rfm_score,segment\n", "rfm");
    check_kind("segment,customers,customer_share,orders,revenue,revenue_share,aov\n", "rfm-summary");
    check_kind("previous_segment,segment,customers,share\n", "rfm-migration");
    check_kind("stage,deals,amount,weighted_amount,unweighted,probability,stalled,stalled_amount\n", "pipeline");
    check_kind("stage,deals,min,p25,median,p75,p90,max\n", "aging");
    check_kind("from,to,deals,min,median,mean,p90,max,negative\n", "times");
    check_kind("from,to,entities,mean_time,min_time,median_time,p90_time\n", "funnel-times");
    check_kind("lead_id,score,fit,engagement,grade\n", "scores");
    check_kind("cluster_id,cluster_size,match_probability,contact_id\n", "clusters");
    check_kind("match_probability,match_weight,id_1,id_2\n", "pairs");
    check_kind("month,revenue\n", "table");
    check_kind("Step,Entered\n", "table");
    check_kind("", "table");
}

static void a_funnel_is_made(void **state)
{
    struct sample sample;
    (void)state;

    open_sample(&sample, "step,entered,converted,dropped,overall_rate\n"
                         "visit,1204,600,604,1\n<b>cart</b>,600,219,381,0.4983\norder,219,219,0,0.1819\n");
    const struct figures *figures = &sample.report.sections[0].figures;
    assert_int_equal(figures->count, 1);
    assert_int_equal(figures->items[0].kind, FIGURE_FUNNEL);
    assert_true(figures->items[0].series[1].values[1] == 219);
    assert_text(figures->items[0].series[0].remarks[0],
                "600 went on (49.8\xc2\xa0%), 604 lost (50.2\xc2\xa0%)"); /* 600/1204 = 0.49834 */
    struct slice sentence = words_without_marks(&sample.report.words, figures->sentence);
    assert_text(sentence, "Of 1,204 at visit, 18.2\xc2\xa0% came to order; most are lost between visit and <b>cart</b> "
                          "(604, 50.2\xc2\xa0% of those there).");
    close_sample(&sample);
}

static void columns_are_told_apart(void **state)
{
    struct sample sample;
    char out[DECIMAL_TEXT];
    struct slice sum;
    (void)state;

    open_sample(&sample, "month,customer_id,amount,win_rate,note,year,plu,ean\n"
                         "2026-01,17,0.10,0.5,x,2026,007,4006381333931\n2026-02,18, 0.20 ,,1,2025,12,4006381333948\n");
    const struct report_table *table = sample.report.sections[0].table;
    assert_true(report_column_period(table, 0) && !report_column_numeric(table, 0));
    assert_true(report_column_label(table, 1) && report_column_numeric(table, 1));
    assert_true(report_column_numeric(table, 2) && !report_column_label(table, 2) && !report_column_share(table, 2));
    assert_int_equal(report_column_decimals(table, 2), 2);
    assert_true(report_column_sum(table, 2, out, &sum));
    assert_text(sum, "0.30");
    assert_true(report_column_share(table, 3));
    assert_false(report_column_numeric(table, 4) || report_column_sum(table, 4, out, &sum));
    assert_true(report_column_period(table, 5));
    assert_true(report_column_label(table, 6) && report_column_label(table, 7));
    assert_int_equal(sample.report.sections[0].figures.items[0].kind, FIGURE_LINES); /* periods that do not repeat */
    close_sample(&sample);
}

static void operands_have_titles(void **state)
{
    char *paths[] = {"Our funnel=a.csv", "/tmp/none=x.csv", "-"};
    char *twice[] = {"-", "T=-"};
    char *nothing[] = {"T="};
    struct report_plan plan;
    struct error err;
    (void)state;

    assert_int_equal(report_plan_operands(&plan, paths, 3, &err), 0);
    assert_text(plan.requests[0].title, "Our funnel");
    assert_string_equal(plan.requests[0].path, "a.csv");
    assert_text(plan.requests[1].title, "/tmp/none");
    assert_string_equal(plan.requests[2].path, "-");
    report_plan_fini(&plan);
    assert_int_equal(report_plan_operands(&plan, twice, 2, &err), -1);
    report_plan_fini(&plan);
    assert_int_equal(report_plan_operands(&plan, nothing, 1, &err), -1);
    report_plan_fini(&plan);
}

static void check_layout(const char *text, const char *message)
{
    struct report_plan plan;
    struct error err = {.text = ""};
    char path[64];

    snprintf(path, sizeof path, "/tmp/test_report.%ld.json", (long)getpid());
    assert_int_equal(file_write(path, slice_from_cstr(text), &err), 0);
    int failed = report_plan_layout(&plan, path, &err);
    unlink(path);
    report_plan_fini(&plan);
    if (!!failed != !!*message || (failed && !strstr(err.text, message)))
        fail_msg("%s: '%s' instead of '%s'", text, err.text, message);
}

static void layouts_are_read_strictly(void **state)
{
    (void)state;
    check_layout("{\"sections\": [{\"file\": \"a.csv\"}]}", "");
    check_layout(
        "{\"title\": \"T\", \"note\": \"N\", \"lang\": \"pt-BR\", \"sections\": [{\"file\": \"a\", \"title\": "
        "\"t\", \"as\": \"funnel\", \"note\": \"n\", \"chart\": \"none\", \"columns\": [\"x\"], \"rows\": 5}]}",
        "");
    check_layout("{}", "sections: missing");
    check_layout("{\"sections\": []}", "sections: not an array of 1 to 200 sections");
    check_layout("{\"sections\": [{}]}", "sections[0].file: missing");
    check_layout("{\"sections\": [{\"file\": 1}]}", "sections[0].file: not a string");
    check_layout("{\"sections\": [{\"file\": \"a\", \"row\": 1}]}", "sections[0].row: unknown key");
    check_layout("{\"sections\": [{\"file\": \"a\", \"rows\": 0}]}", "sections[0].rows: not a whole number");
    check_layout("{\"sections\": [{\"file\": \"a\", \"as\": \"fun\"}]}", "sections[0].as: not a kind of table: 'fun'");
    check_layout("{\"sections\": [{\"file\": \"a\", \"chart\": \"pie\"}]}", "sections[0].chart: 'pie'");
    check_layout("{\"sections\": [{\"file\": \"a\", \"columns\": []}]}", "sections[0].columns: not an array");
    check_layout("{\"sections\": [{\"file\": \"a\", \"columns\": [1]}]}", "sections[0].columns[0]: not a string");
    check_layout("{\"lang\": \"d\\\" onload=\", \"sections\": [{\"file\": \"a\"}]}", "lang: not a language tag");
    check_layout("{\"sections\": [{\"file\": \"-\"}, {\"file\": \"-\"}]}", "read once only");
    check_layout("{\"sections\": \n[", ":2: not JSON");
}

static void kinds_have_names(void **state)
{
    size_t count = 0;
    (void)state;

    for (; report_kinds[count].name; count++)
        assert_ptr_equal(report_kind_named(slice_from_cstr(report_kinds[count].name)), &report_kinds[count]);
    assert_true(count <= REPORT_KINDS_MAX);
    assert_string_equal(report_kinds[count - 1].name, "table");
    assert_null(report_kind_named(SLICE("Funnel")));
    assert_true(report_language_valid(SLICE("zh-Hans-CN")) && !report_language_valid(SLICE("e")) &&
                !report_language_valid(SLICE("-en")) && !report_language_valid(SLICE("en\"")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_grouped),  cmocka_unit_test(numbers_follow_the_language),
        cmocka_unit_test(markup_is_escaped),    cmocka_unit_test(kinds_are_told_by_columns),
        cmocka_unit_test(a_funnel_is_made),     cmocka_unit_test(columns_are_told_apart),
        cmocka_unit_test(operands_have_titles), cmocka_unit_test(layouts_are_read_strictly),
        cmocka_unit_test(kinds_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
