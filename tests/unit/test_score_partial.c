/* Scores in parts: random leads dealt out, and backtests and highest leads of what is merged are those of one run.
 * (What a score is, is checked in test_score.c.) */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/score_backtest.h"
#include "analysis/score_partial.h"
#include "analysis/score_run.h"
#include "base/program.h"
#include "parts_scene.h"

static int score(const struct score_options *o, const struct score_rules *rules, char **operands, size_t count,
                 struct error *err)
{
    struct score_partial partial = {0};
    struct score_leads leads = {.options = o, .rules = rules, .partial = &partial};
    struct output output = {0};
    struct stream *stream = NULL;
    bool merge = o->parts.merge;

    assert_int_equal(score_partial_init(&partial, o, err), 0);
    int failed = partial_open(&o->parts, &o->common, operands, count, &stream, err) ||
                 (!merge && score_leads_open(&leads, stream, err));
    leads.stream = stream;
    failed = failed || (o->backtest ? score_backtest(&leads, &output, err)
                        : merge     ? score_partial_merge_top(&leads, &output, err)
                                    : score_run(&leads, &output, err));
    output_free(&output);
    score_leads_fini(&leads);
    score_partial_fini(&partial);
    stream_free(stream);
    return failed ? -1 : 0;
}

static int run(int argc, char **argv, struct error *err)
{
    struct score_options options = SCORE_OPTIONS_INIT;
    struct score_rules rules;
    int first;
    int go = score_options_read(&options, argc, argv, &first, err);

    assert_int_not_equal(go, 0);
    if (go < 0)
        return 1;
    const char *text = score_rules_builtin(options.rules);
    assert_int_equal(score_rules_read(&rules, slice_from_cstr(text), options.rules, err), 0);
    int failed = score(&options, &rules, argv + first, (size_t)(argc - first), err);
    score_rules_fini(&rules);
    return failed;
}

/* Outcomes are there in any input, and both of them: a backtest needs twenty of either. */
static void random_lead(uint64_t *seed, unsigned number, struct buffer *text)
{
    assert_int_equal(buffer_printf(text, "%u,%s,%s,%s,%s,%s,%s\n", number, PICK(seed, "5", "12000", "", "x"),
                                   PICK(seed, "yes", "no", "", "Ja"), PICK(seed, "x", "", "\"a, \"\"b\"\"\""),
                                   PICK(seed, "2026-01-01", "now", ""), PICK(seed, "yes", "no", "no", "open", ""),
                                   PICK(seed, "=1+1", "Алма-Ата", "two\u00a0words", "")),
                     0);
}

static const struct parts_program program = {run, "lead_id,budget,authority,need,timeline,won,note\n", random_lead,
                                             300};

static void parts_are_the_whole(void **state)
{
    uint64_t seed = 20260601;
    struct folder folder;
    int tried = 0;

    (void)state;
    folder_make(&folder);
    for (int round = 0; round < 400; round++) {
        char arguments[200];
        bool bad;
        snprintf(arguments, sizeof arguments, "--rules bant %s %s %s",
                 PICK(&seed, "--top 1", "--top 7", "--top 1000", "--backtest won", "--backtest won --positive yes"),
                 PICK(&seed, "", "--keep-reasons 0"), PICK(&seed, "", "-t table", "-t json"));
        tried += parts_try(&program, arguments, &seed, &folder, &bad);
        assert_true(!bad || strstr(arguments, "backtest")); /* too few of an outcome */
    }
    assert_in_range(tried, 80, 400);
    folder_remove(&folder);
}

/* ---- what cannot be ---- */

#define BEGIN(how, facts)                                                   \
    "{\"part\":\"begin\",\"analysis\":\"crm-score 1 rules=bant " how        \
    "\",\"format\":\"csv\",\"read\":1,\"filtered\":0,\"rejected\":0," facts \
    "\"probability\":\"no\",\"event_leads\":0,\"with_events\":0}\n"
#define TOP BEGIN("top=yes keep-reasons=3", "\"top\":5,")
#define TEST BEGIN("backtest=won", "\"top\":0,")
#define COLUMN "{\"part\":\"column\",\"text\":\"a\"}\n"
#define LEAD(text, values) "{\"part\":\"lead\",\"text\":\"" text "\",\"values\":\"" values "\"}\n"
#define OUTCOME "{\"part\":\"outcome\",\"text\":\"yes\"}\n"
#define SCORES(values) "{\"part\":\"scores\",\"values\":\"" values "\"}\n"
#define END(records) "{\"part\":\"end\",\"records\":" records "}\n"
#define ONE "3ff0000000000000"

static void refuses_what_cannot_be(void **state)
{
    static const struct {
        const char *arguments, *text, *message;
    } cases[] = {
        {"--top 6", TOP, ":1: column 'top': the part has fewer leads than --top asks for: '5'"},
        {"--top 5", TOP LEAD("t1:a", ONE), ":2: a lead that cannot be"},
        {"--top 5", TOP COLUMN LEAD("t2:a", ONE), ":3: a lead that cannot be"},
        {"--top 5", TOP COLUMN LEAD("t1:ab", ONE), ":3: a lead that cannot be"},
        {"--top 5", TOP COLUMN LEAD("q1:a", ONE), ":3: a lead that cannot be"},
        {"--top 5", TOP COLUMN LEAD(":a", ONE), ":3: a lead that cannot be"},
        {"--top 5", TOP COLUMN LEAD("t:a", ONE), ":3: a lead that cannot be"},
        {"--top 5", TOP COLUMN LEAD("t-1:a", ONE), ":3: a lead that cannot be"},
        {"--top 5", TOP COLUMN LEAD("t1:a", ""), ":3: a lead that cannot be"},
        {"--top 5", TOP COLUMN LEAD("t1:a", "7ff0000000000000"), ":3: a lead that cannot be"}, /* infinity */
        {"--top 5", TOP COLUMN LEAD("t1:a", ONE " 1"), ":3: a lead that cannot be"},
        {"--top 5", TOP OUTCOME, ":2: a record of another report"},
        {"--top 5", TOP COLUMN LEAD("t1:a", ONE) END("2") TOP COLUMN COLUMN LEAD("t1:at1:b", ONE),
         ":8: the part has other columns than those before"},
        {"--backtest won", TEST SCORES(ONE " 0"), ":2: scores that cannot be"},
        {"--backtest won", TEST OUTCOME SCORES(ONE " 1"), ":3: scores that cannot be"},
        {"--backtest won", TEST OUTCOME SCORES(ONE), ":3: scores that cannot be"},
        {"--backtest won", TEST OUTCOME SCORES("7ff8000000000000 0"), ":3: scores that cannot be"}, /* none */
        {"--backtest won", TEST END("0") BEGIN("backtest=won", "\"top\":0,\"as_of\":\"2026-01-01\","),
         ":3: column 'as_of': scored as of another day than the first part: give all --as-of: '2026-01-01'"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char arguments[100];
        snprintf(arguments, sizeof arguments, "--rules bant %s", cases[i].arguments);
        parts_refused(&program, arguments, cases[i].text, cases[i].message);
    }
}

/* Leads with fewer columns are none of those that the others are among, as long as there are none. */
static void parts_without_leads(void **state)
{
    struct folder folder;
    struct error err;

    (void)state;
    folder_make(&folder);
    char *inputs[] = {strdup(folder_file(&folder, "0")), strdup(folder_file(&folder, "1")),
                      strdup(folder_file(&folder, "2"))};
    char *parts[] = {strdup(folder_file(&folder, "3")), strdup(folder_file(&folder, "4")),
                     strdup(folder_file(&folder, "5"))};
    char *merged = strdup(folder_file(&folder, "merged"));
    file_put(inputs[0], "");
    file_put(inputs[1], "lead_id,budget,authority,need,timeline\n7,5,yes,x,now\n");
    file_put(inputs[2], "lead_id,budget,authority,need,timeline,more\n");
    for (int i = 0; i < 3; i++)
        assert_int_equal(parts_run(&program, "--rules bant --top 2", "--partial -t csv", &inputs[i], 1, parts[i], &err),
                         0);
    assert_int_equal(parts_run(&program, "--rules bant --top 2 --keep-reasons 3", "--merge", parts, 3, merged, &err),
                     0);
    struct slice text = file_take(merged);
    assert_memory_equal(text.ptr, "lead_id,budget,authority,need,timeline,score,", 45);
    assert_non_null(strstr(text.ptr, "\n7,5,yes,x,now,"));
    free((char *)(uintptr_t)text.ptr);
    for (int i = 0; i < 3; i++) {
        free(inputs[i]);
        free(parts[i]);
    }
    free(merged);
    folder_remove(&folder);
}

static void options_go_together(void **state)
{
    static const char *const lines[] = {"--rules bant --partial", "--rules bant --merge --explain --top 3",
                                        "--rules bant --check --partial"};
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(parts_run(&program, lines[i], "", NULL, 0, "/tmp/never", &err), 1);
        assert_string_equal(err.text, "--partial and --merge go with --top and --backtest: other leads are scored each "
                                      "by itself, and the output of a part is its part of the output");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_the_whole),
        cmocka_unit_test(parts_without_leads),
        cmocka_unit_test(refuses_what_cannot_be),
        cmocka_unit_test(options_go_together),
    };

    program_begin("test");
    program_set_quiet(true);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
