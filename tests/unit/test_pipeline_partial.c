/* Pipelines in parts: random deals dealt out, with a history for all, and the reports of what is merged are those of
 * one run. (What a report says is checked in test_pipeline_report.c.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/pipeline_run.h"
#include "base/program.h"
#include "parts_scene.h"
#include "value/date.h"

static int run(int argc, char **argv, struct error *err)
{
    struct pipeline_command command = PIPELINE_COMMAND_INIT;
    struct stream *stream = NULL;
    int first;
    int go = pipeline_options_read(&command, argc, argv, &first, err);

    assert_int_not_equal(go, 0);
    if (go < 0)
        return 1;
    int failed = pipeline_run(&command, argv + first, (size_t)(argc - first), &stream, err);
    stream_free(stream);
    return failed;
}

/* ---- deals ---- */

enum { DEALS = 80 };

static void random_day(uint64_t *seed, char out[MOMENT_TEXT])
{
    struct slice text = day_format(day_from_civil(2026, 1, 1) + (int32_t)below(seed, 200), out);

    if (below(seed, 3) == 0)
        text.len = 0;
    out[text.len] = '\0';
}

static const char *random_stage(uint64_t *seed)
{
    return PICK(seed, "Qualified", "qualified", "Offer", "Negotiation (Sales)", "Closed Won", "won", "Lost", "Новая",
                "");
}

/* Some keys are empty. */
static void random_deal(uint64_t *seed, unsigned number, struct buffer *text)
{
    char key[24] = "", created[MOMENT_TEXT], closed[MOMENT_TEXT], expected[MOMENT_TEXT];

    if (below(seed, 8))
        snprintf(key, sizeof key, "D%u", number);
    random_day(seed, created);
    random_day(seed, closed);
    random_day(seed, expected);
    assert_int_equal(buffer_printf(text, "%s,%s,%s,%s,%s,%s,%s,%s,%s,EUR\n", key, random_stage(seed),
                                   PICK(seed, "", "", "open", "lost", "parked", "sleeping"),
                                   PICK(seed, "100", "12.50", "0.001", "-3", ""),
                                   PICK(seed, "", "40%", "0.5", "70", "0.1"), created, closed, expected,
                                   PICK(seed, "Ida", "Олег", "")),
                     0);
}

static const struct parts_program program = {
    run, "deal_id,stage,status,amount,probability,created_at,closed_at,expected_close,owner,currency\n", random_deal,
    DEALS};

/* Of deals that are there and of some that are not. */
static void write_history(uint64_t *seed, const char *path)
{
    unsigned count = below(seed, 200);
    struct buffer text = {0};

    assert_int_equal(buffer_printf(&text, "deal_id,entered_at,stage,expected_close,amount\n"), 0);
    for (unsigned i = 0; i < count; i++) {
        char entered[MOMENT_TEXT], expected[MOMENT_TEXT];
        do
            random_day(seed, entered);
        while (!*entered);
        random_day(seed, expected);
        assert_int_equal(buffer_printf(&text, "D%u,%s,%s,%s,%s\n", below(seed, DEALS + 20), entered, random_stage(seed),
                                       expected, PICK(seed, "", "", "7.25")),
                         0);
    }
    assert_int_equal(buffer_append_char(&text, '\0'), 0);
    file_put(path, text.data);
    buffer_fini(&text);
}

static void random_arguments(uint64_t *seed, const char *history, char *out, size_t size)
{
    snprintf(out, size, "%s %s %s %s %s %s %s %s",
             PICK(seed, "", "--report winrate", "--report winrate --trend month", "--report winrate --quota 500",
                  "--report velocity", "--report aging", "--report forecast", "--report slippage", "--report times",
                  "--learn --show-stages", "--show-stages"),
             PICK(seed, "", "--stages hubspot", "--stages bitrix24", "--stages salesforce"),
             PICK(seed, "", "--won Offer", "--lost parked"), PICK(seed, "", "--by owner", "--by #9"),
             PICK(seed, "", "", "--as-of 2026-03-15", "--as-of 2027-01-01"), PICK(seed, "", "", "--probability="),
             PICK(seed, "", "", "--learn", "--total"), PICK(seed, "", "--history"));
    if (strcmp(out + strlen(out) - 2, "ry") == 0)
        snprintf(out + strlen(out), size - strlen(out), " %s", history);
}

static void parts_are_the_whole(void **state)
{
    uint64_t seed = 20260501;
    struct folder folder;
    int tried = 0, bad_inputs = 0;

    (void)state;
    folder_make(&folder);
    char *history = strdup(folder_file(&folder, "history"));
    for (int round = 0; round < 800; round++) {
        char arguments[700];
        bool bad;
        write_history(&seed, history);
        random_arguments(&seed, history, arguments, sizeof arguments);
        tried += parts_try(&program, arguments, &seed, &folder, &bad);
        bad_inputs += bad;
    }
    assert_in_range(tried, 400, 800);
    assert_int_equal(bad_inputs, 0);
    free(history);
    folder_remove(&folder);
}

/* The history is given to the merge alone. */
static void history_of_the_merge(void **state)
{
    uint64_t seed = 20260502;
    struct folder folder;

    (void)state;
    folder_make(&folder);
    char *history = strdup(folder_file(&folder, "history")), *part = strdup(folder_file(&folder, "part"));
    char *whole = strdup(folder_file(&folder, "whole")), *merged = strdup(folder_file(&folder, "merged"));
    for (int round = 0; round < 50; round++) {
        char with[600];
        struct error err;
        char *paths[MOST_PARTS];
        size_t count = parts_inputs(&program, &seed, &folder, paths);
        write_history(&seed, history);
        snprintf(with, sizeof with, "--stages hubspot --report aging --history %s", history);
        assert_int_equal(parts_run(&program, with, "", paths, count, whole, &err), 0);
        assert_int_equal(parts_run(&program, "--stages hubspot", "--partial", paths, count, part, &err), 0);
        assert_int_equal(parts_run(&program, with, "--merge", &part, 1, merged, &err), 0);
        parts_assert_same(&folder, with);
        for (size_t i = 0; i < count; i++)
            free(paths[i]);
    }
    free(history);
    free(part);
    free(whole);
    free(merged);
    folder_remove(&folder);
}

/* ---- what cannot be ---- */

#define BEGIN(history)                                                                                      \
    "{\"part\":\"begin\",\"analysis\":\"crm-pipeline 1\",\"read\":1,\"filtered\":0,\"rejected\":0," history \
    "\"currency\":\"EUR\",\"expected\":\"yes\",\"amount\":\"yes\",\"by\":\"\"}\n"
#define REFERRED "{\"part\":\"stage\",\"text\":\"New\",\"values\":\"2\"}\n{\"part\":\"by\",\"text\":\"\"}\n"
#define DEAL(values) "{\"part\":\"deal\",\"text\":\"D1\",\"values\":\"" values "\"}\n"
#define PAST(values) "{\"part\":\"past\",\"values\":\"" values "\"}\n"
#define END(records) "{\"part\":\"end\",\"records\":" records "}\n"
#define NEVER " 0"

static void refuses_what_cannot_be(void **state)
{
    static const char *const deals[] = {
        "2 0 0 0 -1 1 1 1 1 1",       "1 1 0 0 -1 1 1 1 1 1",       "1 0 3 0 -1 1 1 1 1 1",
        "1 0 0 8 -1 1 1 1 1 1",       "1 0 0 0 -2 1 1 1 1 1",       "1 0 0 0 100000000001 1 1 1 1 1",
        "1 0 0 0 -1 9999999 1 1 1 1", "1 0 0 0 -1 -900000 1 1 1 1", "1 0 0 1 -1 1 1 1 1 1",
        "1 0 0 0 -1 1 1 1 1 1 5",     "1 0 0 1 -1 1 1 1 1 1 1e5",   "1 0 0 1 -1 1 1 1 1 1 9223372036854775808",
    };

    (void)state;
    for (size_t i = 0; i < sizeof deals / sizeof *deals; i++) {
        char text[800], message[200];
        snprintf(text, sizeof text, BEGIN("") REFERRED DEAL("%s"), deals[i]);
        snprintf(message, sizeof message, ":4: column 'values': a deal that cannot be: '%.40s%s'", deals[i],
                 strlen(deals[i]) > 40 ? "..." : "");
        parts_refused(&program, "", text, message);
    }
    parts_refused(&program, "", BEGIN("") REFERRED DEAL("1 0 0 0 -1 1 1 1 1 1") DEAL("1 0 0 0 -1 1 1 1 1 1"),
                  ":5: column 'text': repeated deal: 'D1'");
    parts_refused(&program, "", BEGIN("\"history\":3,\"strangers\":0,"),
                  ":1: the part has a history: --merge needs --history, too");
    parts_refused(&program, "--history x", BEGIN("\"history\":3,\"strangers\":4,"),
                  ":1: column 'strangers': not a whole number that can be here: '4'");
    parts_refused(&program, "--history x", BEGIN("\"history\":3,\"strangers\":0,") END("0") BEGIN(""),
                  ":3: some parts have a history, some have none");
    parts_refused(&program, "--history x",
                  BEGIN("\"history\":3,\"strangers\":0,") END("0") BEGIN("\"history\":4,\"strangers\":0,"),
                  ":3: column 'history': another number of records in the history than in that of the first part: '4'");
    parts_refused(&program, "--history x", BEGIN("\"history\":3,\"strangers\":0,") REFERRED PAST("0 1 1 1 1" NEVER),
                  ":4: column 'values': a record of a history that cannot be: '0 1 1 1 1 0'");
    parts_refused(&program, "", BEGIN("") "{\"part\":\"by\",\"text\":\"\"}\n" PAST("0 1 0 1 1" NEVER),
                  ":3: column 'values': a record of a history that cannot be: '0 1 0 1 1 0'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_the_whole),
        cmocka_unit_test(history_of_the_merge),
        cmocka_unit_test(refuses_what_cannot_be),
    };

    program_begin("test");
    program_set_quiet(true);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
