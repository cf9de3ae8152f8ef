/* crm-cohort from its command line to its report, on inputs small enough to count by hand; and which options go
 * together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "analysis/cohort_run.h"
#include "base/program.h"
#include "folder.h"

enum { MOST_ARGUMENTS = 32 };

/* The words of a command line, split at blanks; freed with `line`. */
struct words {
    char *line;
    char *items[MOST_ARGUMENTS];
    int count;
};

static struct words split(const char *arguments, const char *output)
{
    struct words words = {.line = strdup(arguments)};
    char *rest = NULL;

    assert_non_null(words.line);
    words.items[words.count++] = (char *)(uintptr_t) "crm-cohort";
    for (char *word = strtok_r(words.line, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        words.items[words.count++] = word;
    words.items[words.count++] = (char *)(uintptr_t) "-o";
    words.items[words.count++] = (char *)(uintptr_t)output;
    assert_in_range(words.count, 1, MOST_ARGUMENTS - 1);
    return words;
}

/* 0, or -1 with err. */
static int run(const char *arguments, const char *input, const char *output, struct error *err)
{
    static char *const standard[] = {"-"};
    struct words words = split(arguments, output);
    struct cohort_options options;
    struct stream_options how;
    struct stream *stream = NULL;
    int first;

    int failed = cohort_options_read(&options, words.count, words.items, &first, err) != 1;
    if (!failed) {
        common_stream_options(&options.common, &how);
        assert_int_equal(stream_open(&stream, standard, 1, &how, err), 0);
        source_free(stream->inputs[0].source);
        assert_int_equal(source_memory(&stream->inputs[0].source, slice_from_cstr(input), "in.csv", err), 0);
        failed = stream_start(stream, err) || cohort_run(&options, stream, err);
    }
    stream_free(stream);
    free(words.line);
    return failed ? -1 : 0;
}

static void assert_report(const char *arguments, const char *input, const char *wanted)
{
    struct folder folder;
    struct error err = {0};

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "out"));
    if (run(arguments, input, path, &err))
        fail_msg("%s: %s", arguments, err.text);
    struct slice text = file_take(path);
    if (!slice_equal_cstr(text, wanted))
        fail_msg("%s:\n%.*s", arguments, SLICE_ARG(text));
    free((char *)(uintptr_t)text.ptr);
    free(path);
    folder_remove(&folder);
}

static void assert_refused(const char *arguments, const char *input, enum status status, const char *message)
{
    struct error err = {0};

    assert_int_equal(run(arguments, input, "/tmp/crm-test-cohort-report", &err), -1);
    assert_string_equal(err.text, message);
    assert_int_equal(err.status, status);
    assert_int_equal(access("/tmp/crm-test-cohort-report", F_OK), -1);
}

/* Three customers begin in January, one in February; the last month has not ended. */
static const char orders[] = "customer_id,order_date,amount,order_id,channel\n"
                             "a,2026-01-05,10.00,1,web\n"
                             "b,2026-01-31,5.5,2,shop\n"
                             "a,2026-02-01,20.00,3,shop\n"
                             "c,2026-01-10,4.50,4,web\n"
                             "d,2026-02-28,7,5,\n"
                             "a,2026-02-03,1.25,3,shop\n"
                             "b,2026-03-15,-2,6,web\n"
                             "d,2026-03-15,3,7,web\n";

/* Wilson's limits of 1 of 3: (.333333 + 1.920729 / 3 -+ 1.959964 sqrt(.0740741 + .960365 / 9)) / (1 + 3.841459 / 3).
 */
static void long_of_retention(void **state)
{
    (void)state;
    assert_report("", orders,
                  "cohort,age,size,eligible,value,rate,rate_low,rate_high,complete\n"
                  "2026-01,0,3,3,3,1.0000,0.4385,1.0000,true\n"
                  "2026-01,1,3,3,1,0.3333,0.0615,0.7923,true\n"
                  "2026-01,2,3,0,1,0.3333,0.0615,0.7923,false\n"
                  "2026-02,0,1,1,1,1.0000,0.2065,1.0000,true\n"
                  "2026-02,1,1,0,1,1.0000,0.2065,1.0000,false\n");
    assert_report("--complete-only --age 1 --mean weighted", orders,
                  "cohort,age,size,eligible,value,rate,rate_low,rate_high,complete\n"
                  "2026-01,1,3,3,1,0.3333,0.0615,0.7923,true\n"
                  "mean,1,4,3,1.00,0.3333,0.0615,0.7923,true\n");
    assert_report("--ages 1 -w .customer_id!=\"d\" --to jsonl", orders,
                  "{\"cohort\":\"2026-01\",\"age\":0,\"size\":3,\"eligible\":3,\"value\":3,\"rate\":1.0000,"
                  "\"rate_low\":0.4385,\"rate_high\":1.0000,\"complete\":true}\n");
}

static void matrices(void **state)
{
    (void)state;
    assert_report("-l matrix", orders, "cohort,size,0,1,2\n2026-01,3,1.0000,0.3333,0.3333\n2026-02,1,1.0000,1.0000,\n");
    assert_report("-l matrix -m customers", orders, "cohort,size,0,1,2\n2026-01,3,3,1,1\n2026-02,1,1,1,\n");
    assert_report("-l matrix --as-of 2026-02-28", orders,
                  "cohort,size,0,1\n2026-01,3,1.0000,0.3333\n2026-02,1,1.0000,\n");
    assert_report("-l matrix --kind bracket=0,1-2", orders,
                  "cohort,size,0,1-2\n2026-01,3,1.0000,0.6667\n"
                  "2026-02,1,1.0000,1.0000\n");
    assert_report("-l calendar", orders,
                  "cohort,size,2026-01,2026-02,2026-03\n2026-01,3,1.0000,0.3333,0.3333\n2026-02,1,,1.0000,1.0000\n");
    assert_report("-l matrix --age 1", orders, "cohort,size,1\n2026-01,3,0.3333\n2026-02,1,1.0000\n");
}

/* Sums keep the decimals of the amount that has most. */
static void money(void **state)
{
    (void)state;
    assert_report("-l matrix -m revenue", orders,
                  "cohort,size,0,1,2\n2026-01,3,20.00,21.25,-2.00\n2026-02,1,7.00,3.00,\n");
    assert_report("-l matrix -m ltv", orders, "cohort,size,0,1,2\n2026-01,3,6.67,13.75,13.08\n2026-02,1,7.00,10.00,\n");
    assert_report("-l matrix -m arpu", orders, "cohort,size,0,1,2\n2026-01,3,6.67,21.25,-2.00\n2026-02,1,7.00,3.00,\n");
    assert_report("-l matrix -m orders", orders, "cohort,size,0,1,2\n2026-01,3,3,1,1\n2026-02,1,1,1,\n");
    assert_report("-l matrix -m orders --order=", orders, "cohort,size,0,1,2\n2026-01,3,3,2,1\n2026-02,1,1,1,\n");
}

static void by_a_value(void **state)
{
    (void)state;
    assert_report("--by channel -l matrix -m customers --ages 1", orders, "cohort,size,0\nweb,2,2\nshop,1,1\n,1,1\n");
}

static const char events[] = "user,what,occurred_at\n"
                             "u,signup,2026-03-01T23:45:00\n"
                             "u,open,2026-03-02T00:01:00\n"
                             "v,signup|free,2026-03-01T10:00:00\n"
                             "v,open,2026-03-02T10:00:00\n"
                             "w,open,2026-03-02T10:00:00\n"
                             "u,mail,2026-03-03T08:00:00\n";

/* 23:45 to 00:01 is the next day of the calendar, and no day at all by the clock. */
static void of_events(void **state)
{
    (void)state;
    const char *calendar = "--customer user --event what --start-event signup|signup\\|free --return-event open -p day "
                           "-l matrix -m customers";
    const char *rolling = "--customer user --event what --start-event signup|signup\\|free --return-event open -p day "
                          "-l matrix -m customers --window rolling";
    const char *whole = "--customer user --event what --start-event signup|signup\\|free --return-event open -p day "
                        "-l matrix -m customers --window rolling --whole-days";

    assert_report(calendar, events, "cohort,size,0,1,2\n2026-03-01,2,2,2,0\n");
    assert_report(rolling, events, "cohort,size,0,1,2\n2026-03-01,2,2,1,0\n");
    assert_report(whole, events, "cohort,size,0,1,2\n2026-03-01,2,2,2,0\n");
}

/* By the clock of the zone: 08:30 and 09:10 in Berlin. */
static void hours(void **state)
{
    (void)state;
    assert_report("-p hour -l matrix -m customers --tz Europe/Berlin --ages 2",
                  "customer_id,occurred_at\na,2026-03-01T07:30:00Z\na,2026-03-01T08:10:00Z\n",
                  "cohort,size,0,1\n2026-03-01T08,1,1,1\n");
    assert_report("-p hour -l matrix -m customers --ages 2",
                  "customer_id,occurred_at\na,2026-03-01T07:30:00\na,2026-03-01T08:10:00\n",
                  "cohort,size,0,1\n2026-03-01T07,1,1,1\n");
}

static void shaded(void **state)
{
    (void)state;
    assert_report("-l matrix --to table --color always --ages 2", orders,
                  "cohort   size       0       1\n"
                  "2026-01     3  \033[48;5;18;38;5;231m1.0000\033[0m  \033[48;5;117;38;5;16m0.3333\033[0m\n"
                  "2026-02     1  \033[48;5;18;38;5;231m1.0000\033[0m  \033[48;5;18;38;5;231m1.0000\033[0m\n");
    assert_report("-l matrix --to csv --color always --ages 1", orders,
                  "cohort,size,0\n2026-01,3,1.0000\n2026-02,1,1.0000\n");
}

static void bad_records(void **state)
{
    (void)state;
    assert_refused("", "customer_id,order_date\n,2026-01-01\n", STATUS_DATA,
                   "in.csv:2: column 'customer_id': empty: the row has no customer");
    assert_refused("", "customer_id,order_date\na,1/2/26\n", STATUS_DATA,
                   "in.csv:2: column 'order_date': not a date: '1/2/26' (--date-format tells how dates are written; "
                   "crm-import finds it out)");
    assert_refused("-m ltv", "customer_id,order_date,amount\na,2026-01-02,\n", STATUS_DATA,
                   "in.csv:2: column 'amount': empty");
    assert_refused("--by n --quantiles 4", "customer_id,order_date,n\na,2026-01-02,x\n", STATUS_DATA,
                   "in.csv:2: column 'n': not a number: 'x'");
    assert_refused(
        "-m revenue", "customer_id,order_date,amount,currency\na,2026-01-02,1,EUR\na,2026-01-02,1,USD\n", STATUS_DATA,
        "in.csv:3: column 'currency': 'USD' after 'EUR': amounts of different currencies cannot be added; see "
        "--currency and --rates");
    assert_report("", "customer_id,order_date,amount,currency\na,2026-01-02,x,EUR\na,2026-01-31,,USD\n",
                  "cohort,age,size,eligible,value,rate,rate_low,rate_high,complete\n"
                  "2026-01,0,1,1,1,1.0000,0.2065,1.0000,true\n");
    assert_report("", "customer_id,order_date\n", "cohort,age,size,eligible,value,rate,rate_low,rate_high,complete\n");
    assert_report("-l calendar", "customer_id,order_date\n", "cohort,size\n");
    assert_report("-l matrix --as-of 2025-12-31", orders, "cohort,size\n");
    assert_refused("--by n", "customer_id,order_date,n\na,2026-01-02,\xff\n", STATUS_DATA,
                   "in.csv:2: column 'n': not UTF-8: '\\xff'");
}

static void options_refused(void **state)
{
    (void)state;
    static const char *const refused[][2] = {
        {"--quantiles 4", "--quantiles needs the column of numbers: --by COL"},
        {"--by x --entry recurring", "--by and --entry recurring exclude each other"},
        {"--by x --cohort-period year", "--by and --cohort-period exclude each other"},
        {"--window rolling --entry recurring", "--window rolling and --entry recurring exclude each other"},
        {"-p week --cohort-period day", "--cohort-period day is shorter than --period week"},
        {"--whole-days", "--whole-days goes with --window rolling; the calendar has whole days"},
        {"--whole-days --window rolling -p hour", "--whole-days and --period hour exclude each other"},
        {"--event what", "--event goes with --start-event and --return-event"},
        {"-l calendar --by x", "--layout calendar and --by exclude each other"},
        {"-l calendar --mean simple", "--layout calendar and --mean, which is of ages, exclude each other"},
        {"--age 3 --ages 5", "--age and --ages exclude each other"},
        {"--kind bracket=0,2-1", "option '--kind': '2-1' is not an age or a range of ages behind those before it"},
        {"--kind bracket=0,0-3", "option '--kind': '0-3' is not an age or a range of ages behind those before it"},
        {"--kind bracket=0,,1", "option '--kind': '' is not an age or a range of ages behind those before it"},
        {"--kind bracket", "option '--kind': 'bracket' needs its ages, as bracket=0,1-3,4-7"},
        {"--kind bracket=0,1-3 --age 1", "option '--age': '1' is not one of the brackets"},
        {"--age x", "option '--age': 'x' is not an age from 0"},
        {"--gap 2", "--gap goes with --measure winbacks and survival"},
        {"--measure survival --gap 0", "option '--gap': '0' is not a number of ages from 1 to 100000"},
        {"--measure ltv --base previous", "--base goes with --measure retention, customers, revenue and orders"},
        {"--measure survival --kind bracket=0,1", "--measure survival looks at single ages: it has no brackets"},
        {"--measure ltv --kind full",
         "--kind full is one of --measure retention, customers and churn; ltv is counted age by age"},
        {"--currency EUR", "--currency and --rates go together"},
        {"--currency EUR --rates r.csv",
         "--currency and --rates go with the measures of amounts: revenue, ltv, arpu, revenue-churn"},
    };

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_refused(refused[i][0], orders, STATUS_USAGE, refused[i][1]);
}

static void names_of_events(void **state)
{
    (void)state;
    assert_true(cohort_event_is("a|bc", SLICE("a")));
    assert_true(cohort_event_is("a|bc", SLICE("bc")));
    assert_false(cohort_event_is("a|bc", SLICE("b")));
    assert_false(cohort_event_is("a|bc", SLICE("bcd")));
    assert_false(cohort_event_is("a|bc", SLICE("")));
    assert_false(cohort_event_is("a|bc", SLICE("a|bc")));
    assert_true(cohort_event_is("a\\|bc", SLICE("a|bc")));
    assert_true(cohort_event_is("\\\\x|\\y", SLICE("\\x")));
    assert_true(cohort_event_is("\\\\x|\\y", SLICE("\\y")));
    assert_true(cohort_event_is("a|", SLICE("")));
}

int main(void)
{
    program_set_quiet(true);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_of_retention),
        cmocka_unit_test(matrices),
        cmocka_unit_test(money),
        cmocka_unit_test(by_a_value),
        cmocka_unit_test(of_events),
        cmocka_unit_test(hours),
        cmocka_unit_test(shaded),
        cmocka_unit_test(bad_records),
        cmocka_unit_test(options_refused),
        cmocka_unit_test(names_of_events),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
