/* Cohorts in parts: from random command lines and logs to reports, of the whole and of merged parts. They are the same
 * bytes. (What a report says is counted a second way in test_cohort_reference.c.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "analysis/cohort_run.h"
#include "base/buffer.h"
#include "base/program.h"
#include "folder.h"
#include "random.h"

enum { MOST_ARGUMENTS = 48, MOST_PARTS = 7, MOST_ROWS = 200 };

static unsigned below(uint64_t *state, unsigned limit)
{
    return (unsigned)(next_random(state) % limit);
}

/* Runs a command line, words split at blanks, and more. 1: its options do not go together. */
static int run(const char *arguments, const char *more, char *const *paths, size_t count, const char *output,
               struct error *err)
{
    char line[512];
    char *items[MOST_ARGUMENTS] = {(char *)(uintptr_t) "crm-cohort"};
    char *rest = NULL;
    struct cohort_options options;
    struct stream *stream = NULL;
    int used = 1, first;

    snprintf(line, sizeof line, "-q %s %s -o %s", arguments, more, output);
    for (char *word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        items[used++] = word;
    for (size_t i = 0; i < count; i++)
        items[used++] = paths[i];
    assert_in_range(used, 1, MOST_ARGUMENTS - 1);
    if (cohort_options_read(&options, used, items, &first, err) != 1)
        return 1;
    int failed = partial_open(&options.parts, &options.common, items + first, (size_t)(used - first), &stream, err) ||
                 cohort_run(&options, stream, err);
    stream_free(stream);
    return failed ? -1 : 0;
}

/* ---- random command lines and logs ---- */

static const char *pick(uint64_t *seed, const char *const *words, unsigned count)
{
    return words[below(seed, count)];
}
#define PICK(seed, ...)                            \
    pick(seed, (const char *const[]){__VA_ARGS__}, \
         (unsigned)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)))

static void random_arguments(uint64_t *seed, char *out, size_t size)
{
    snprintf(out, size, "%s %s %s %s %s %s %s %s %s %s",
             PICK(seed, "", "-p day", "-p week", "-p month", "-p quarter", "-p hour --ages 400"),
             PICK(seed, "-m retention", "-m customers", "-m churn", "-m winbacks", "-m survival", "-m revenue",
                  "-m orders", "-m orders --order=", "-m ltv", "-m arpu", "-m revenue-churn"),
             PICK(seed, "", "", "--window rolling", "--window rolling --whole-days"),
             PICK(seed, "", "", "--entry recurring", "--by channel", "--by size --quantiles 3"),
             PICK(seed, "", "--start-event buy", "--start-event sign --return-event buy|see"),
             PICK(seed, "", "", "--kind unbounded", "--kind bracket=0,1-2,5-9"),
             PICK(seed, "", "", "--cohort-period month"), PICK(seed, "", "", "--as-of 2025-06-30"),
             PICK(seed, "", "", "--week-start sunday"), PICK(seed, "", "", "--tz +02:00"));
}

static void random_row(uint64_t *seed, struct buffer *text)
{
    /* a few near in time, some far away, so that further words are needed */
    int32_t day = day_from_civil(2025, 1, 1) + (int32_t)(below(seed, 4) ? below(seed, 400) : below(seed, 4000));
    char date[MOMENT_TEXT], amount[DECIMAL_TEXT];
    struct slice date_text = day_format(day, date);
    struct slice amount_text = decimal_format((int128)below(seed, 3000) - 800, (int)below(seed, 4), amount);
    int failed = buffer_printf(text, "c%u,%.*sT%02u:%02u:00%s,%.*s,%s%u,%s,%s,%u\n", below(seed, 12),
                               SLICE_ARG(date_text), below(seed, 24), below(seed, 60),
                               PICK(seed, "", "", "Z", "+11:00", "-08:30"), SLICE_ARG(amount_text), PICK(seed, "", "o"),
                               below(seed, 20), PICK(seed, "buy", "see", "sign", "other"),
                               PICK(seed, "web", "shop", "", "\"a,b\""), below(seed, 6));

    assert_int_equal(failed, 0);
}

/* Random parts, some of them empty. */
static void deal_out(uint64_t *seed, size_t count, size_t parts, size_t *ends)
{
    for (size_t i = 0; i < parts; i++) {
        size_t end = i + 1 == parts ? count : next_random(seed) % (count + 1);
        ends[i] = i && end < ends[i - 1] ? ends[i - 1] : end;
    }
}

/* Writes the inputs of the parts to in0, in1, ... */
static size_t write_inputs(uint64_t *seed, struct folder *folder, char **paths)
{
    size_t count = below(seed, MOST_ROWS), parts = 1 + below(seed, MOST_PARTS), ends[MOST_PARTS];

    deal_out(seed, count, parts, ends);
    for (size_t i = 0; i < parts; i++) {
        struct buffer text = {0};
        char name[8];
        assert_int_equal(buffer_append(&text, SLICE("customer_id,order_date,amount,order_id,event,channel,size\n")), 0);
        for (size_t row = i ? ends[i - 1] : 0; row < ends[i]; row++)
            random_row(seed, &text);
        assert_int_equal(buffer_append_char(&text, '\0'), 0);
        snprintf(name, sizeof name, "in%zu", i);
        paths[i] = strdup(folder_file(folder, name));
        file_put(paths[i], text.data);
        buffer_fini(&text);
    }
    return parts;
}

static void assert_same_file(struct folder *folder, const char *arguments)
{
    struct slice whole = file_take(folder_file(folder, "whole"));
    struct slice merged = file_take(folder_file(folder, "merged"));

    if (!slice_equal(whole, merged))
        fail_msg("%s:\n%.*s\nmerged:\n%.*s", arguments, SLICE_ARG(whole), SLICE_ARG(merged));
    free((char *)(uintptr_t)whole.ptr);
    free((char *)(uintptr_t)merged.ptr);
}

/* Whether the options go together. */
static bool try_once(uint64_t *seed, struct folder *folder, const char *arguments)
{
    char *paths[MOST_PARTS], *parts[MOST_PARTS];
    struct error err = {0};
    size_t count = write_inputs(seed, folder, paths);
    char *whole = strdup(folder_file(folder, "whole")), *merged = strdup(folder_file(folder, "merged"));

    int result = run(arguments, "", paths, count, whole, &err);
    if (result < 0)
        fail_msg("%s: %s", arguments, err.text);
    for (size_t i = 0; i < count; i++) {
        char name[8];
        snprintf(name, sizeof name, "p%zu", i);
        parts[i] = strdup(folder_file(folder, name));
        const char *more = PICK(seed, "--partial -t csv", "--partial -t jsonl", "--partial -t json", "--partial -j 1");
        if (result == 0 && run(arguments, more, &paths[i], 1, parts[i], &err))
            fail_msg("%s %s: %s", arguments, more, err.text);
    }
    if (result == 0) {
        if (run(arguments, "--merge", parts, count, merged, &err))
            fail_msg("%s --merge: %s", arguments, err.text);
        assert_same_file(folder, arguments);
    }
    for (size_t i = 0; i < count; i++) {
        free(paths[i]);
        free(parts[i]);
    }
    free(whole);
    free(merged);
    return result == 0;
}

static void parts_are_the_whole(void **state)
{
    uint64_t seed = 20260101;
    struct folder folder;
    int tried = 0;

    (void)state;
    folder_make(&folder);
    for (int round = 0; round < 600; round++) {
        char arguments[400];
        random_arguments(&seed, arguments, sizeof arguments);
        tried += try_once(&seed, &folder, arguments);
    }
    assert_in_range(tried, 120, 600);
    folder_remove(&folder);
}

/* ---- long lists ---- */

/* A customer of whom one list does not hold everything. */
static void much_of_one(void **state)
{
    static const char *const lines[] = {"-p hour -m churn --ages 5", "-m revenue", "-m orders"};
    struct folder folder;
    struct error err = {0};

    (void)state;
    folder_make(&folder);
    char *paths[2] = {strdup(folder_file(&folder, "in0")), strdup(folder_file(&folder, "in1"))};
    char *parts[2] = {strdup(folder_file(&folder, "p0")), strdup(folder_file(&folder, "p1"))};
    char *whole = strdup(folder_file(&folder, "whole")), *merged = strdup(folder_file(&folder, "merged"));
    for (int i = 0; i < 2; i++) {
        struct buffer text = {0};
        int failed = buffer_printf(&text, "customer_id,order_date,amount,order_id\n");
        for (int row = 0; row < 140000; row++) {
            char date[MOMENT_TEXT];
            int32_t day = day_from_civil(2000 + 9 * i, 1, 1) + row / 24;
            failed = failed || buffer_printf(&text, "%s,%.*sT%02d:00,%d.%d,%d\n", row % 50 ? "a" : "b",
                                             SLICE_ARG(day_format(day, date)), row % 24, row, row % 10, row / 3);
        }
        assert_int_equal(failed || buffer_append_char(&text, '\0'), 0);
        file_put(paths[i], text.data);
        buffer_fini(&text);
    }
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (run(lines[i], "", paths, 2, whole, &err) || run(lines[i], "--partial", paths, 1, parts[0], &err) ||
            run(lines[i], "--partial -t jsonl", paths + 1, 1, parts[1], &err) ||
            run(lines[i], "--merge", parts, 2, merged, &err))
            fail_msg("%s: %s", lines[i], err.text);
        assert_same_file(&folder, lines[i]);
    }
    for (int i = 0; i < 2; i++) {
        free(paths[i]);
        free(parts[i]);
    }
    free(whole);
    free(merged);
    folder_remove(&folder);
}

/* ---- what cannot be ---- */

#define BEGIN(measure)                                                                                   \
    "{\"part\":\"begin\",\"analysis\":\"crm-cohort 1 period=month measure=" measure                      \
    "\",\"format\":\"csv\",\"read\":1,\"filtered\":0,\"rejected\":0,\"start_count\":1,\"return_count\":" \
    "1,"                                                                                                 \
    "\"with_offset\":0,\"without_offset\":0,\"last_day\":\"2026-03-31\"}\n"

static void assert_refused(const char *arguments, const char *text, const char *message)
{
    struct folder folder;
    struct error err = {0};

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "p")), *out = strdup(folder_file(&folder, "out"));
    file_put(path, text);
    assert_int_equal(run(arguments, "--merge", &path, 1, out, &err), -1);
    assert_string_equal(err.text + (strncmp(err.text, path, strlen(path)) == 0 ? strlen(path) : 0), message);
    assert_int_equal(err.status, STATUS_DATA);
    free(path);
    free(out);
    folder_remove(&folder);
}

static void refuses_what_cannot_be(void **state)
{
    (void)state;
    assert_refused("", BEGIN("amounts"),
                   ":1: option '--measure': the part has measure=amounts, this run measure=periods");
    assert_refused("-m ltv", BEGIN("periods"),
                   ":1: option '--measure': the part has measure=periods, this run measure=amounts");
    assert_refused("", BEGIN("periods") "{\"part\":\"customer\",\"customer\":\"\"}\n",
                   ":2: column 'customer': empty: ''");
    assert_refused("", BEGIN("periods") "{\"part\":\"customer\",\"customer\":\"a\",\"first_start\":1e9}\n",
                   ":2: column 'first_start': not a whole number that can be here: '1e9'");
    assert_refused("", BEGIN("periods") "{\"part\":\"customer\",\"customer\":\"a\",\"first_start\":120000}\n",
                   ":2: column 'first_start': not a whole number that can be here: '120000'"); /* the year 10000 */
    assert_refused("", BEGIN("periods") "{\"part\":\"customer\",\"customer\":\"a\",\"active\":\"24000 0\"}\n",
                   ":2: column 'active': not a list of periods: '24000 0'");
    assert_refused("", BEGIN("periods") "{\"part\":\"customer\",\"customer\":\"a\",\"active\":\"24000 100000\"}\n",
                   ":2: column 'active': not a list of periods: '24000 100000'");
    assert_refused("", BEGIN("periods") "{\"part\":\"customer\",\"customer\":\"a\",\"starts\":\"24000\"}\n",
                   ":2: column 'starts': starts do not recur: '24000'");
    assert_refused("-m ltv", BEGIN("amounts") "{\"part\":\"customer\",\"customer\":\"a\",\"rows\":\"0 0 0 1\"}\n",
                   ":2: column 'rows': not a list of rows: '0 0 0 1'");
    assert_refused("-m ltv", BEGIN("amounts") "{\"part\":\"customer\",\"customer\":\"a\",\"rows\":\"0 0 3\"}\n",
                   ":2: column 'rows': not a list of rows: '0 0 3'");
    assert_refused(
        "-m ltv",
        BEGIN("amounts") "{\"part\":\"customer\",\"customer\":\"a\",\"rows\":\"0 0 3 9223372036854775808\"}\n",
        ":2: column 'rows': not a list of rows: '0 0 3 9223372036854775808'");
    assert_refused(
        "-m ltv",
        BEGIN("amounts") "{\"part\":\"customer\",\"customer\":\"a\",\"rows\":\"253402300800000000 30 3 1\"}\n",
        ":2: column 'rows': not a list of rows: '253402300800000000 30 3 1'");
}

static void options_go_together(void **state)
{
    static const struct {
        const char *arguments, *message;
    } cases[] = {
        {"--partial --merge", "--partial and --merge exclude each other"},
        {"--partial --max-memory 1G", "--partial and --max-memory exclude each other"},
        {"--merge --max-memory 1G", "--merge and --max-memory exclude each other"},
        {"--partial -t table", "--partial writes csv, jsonl or json; --to table cannot hold every value"},
    };
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(run(cases[i].arguments, "", NULL, 0, "/tmp/never", &err), 1);
        assert_string_equal(err.text, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_the_whole),
        cmocka_unit_test(much_of_one),
        cmocka_unit_test(refuses_what_cannot_be),
        cmocka_unit_test(options_go_together),
    };

    program_begin("test");
    program_set_quiet(true);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
