/* Rejects: stop at the first, set aside, the two limits, and the file that is whole in every case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "folder.h"
#include "stream/rejects.h"

#define HEADER "file,line,record,column,reason,raw\n"

static const struct reject_limit ten_percent = {true, 10};

static struct bad_record bad_at(uint64_t line, const char *column, const char *reason, struct slice raw)
{
    struct bad_record bad = {.line = line, .number = line - 1, .column = slice_from_cstr(column), .raw = raw};

    strcpy(bad.reason, reason);
    return bad;
}

static void open_file(struct rejects *rejects, const char *path, struct reject_limit limit)
{
    struct error err = {0};

    if (rejects_open(rejects, path, limit, &err))
        fail_msg("%s", err.text);
}

static void without_a_file_the_first_stops(void **state)
{
    struct rejects rejects;
    struct error err;
    struct bad_record bad;
    (void)state;

    open_file(&rejects, NULL, ten_percent);
    rejects.read = 1000;
    bad = bad_at(1042, "amount", "not a number: '12,5O'", SLICE("x"));
    assert_int_equal(rejects_add(&rejects, "orders.csv", &bad, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "orders.csv:1042: column 'amount': not a number: '12,5O'");
    bad = bad_at(7, "", "3 fields where the header has 4", SLICE("x"));
    assert_int_equal(rejects_add(&rejects, "standard input", &bad, &err), -1);
    assert_string_equal(err.text, "standard input:7: 3 fields where the header has 4");
    bad = bad_at(8, "a\033[2J", "bad", SLICE("x"));
    assert_int_equal(rejects_add(&rejects, "f", &bad, &err), -1);
    assert_string_equal(err.text, "f:8: column 'a\\x1b[2J': bad");
    rejects_free(&rejects);
}

static void sets_aside_and_goes_on(void **state)
{
    struct folder folder;
    struct rejects rejects;
    struct error err;
    struct bad_record bad;
    (void)state;

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "rejects.csv"));
    open_file(&rejects, path, ten_percent);
    rejects.read = 10;
    bad = bad_at(3, "amount", "not a number: 'a,b'", SLICE("1,\"a,b\",x"));
    assert_int_equal(rejects_add(&rejects, "orders.csv", &bad, &err), 0);
    rejects.read = 25;
    rejects.filtered = 4;
    bad = bad_at(18446744073709551615u, "", "not UTF-8", SLICE("caf\xe9\nsecond line"));
    assert_int_equal(rejects_add(&rejects, "b, c.csv", &bad, &err), 0);
    assert_int_equal(access(path, F_OK), -1); /* not before it is whole */
    assert_int_equal(rejects.rejected, 2);
    assert_int_equal(rejects_used(&rejects), 25 - 4 - 2);
    assert_int_equal(rejects_finish(&rejects, &err), 0);
    assert_file(path,
                HEADER "orders.csv,3,2,amount,\"not a number: 'a,b'\",\"1,\"\"a,b\"\",x\"\n"
                       "\"b, c.csv\",18446744073709551615,18446744073709551614,,not UTF-8,\"caf\xe9\nsecond line\"\n");
    assert_int_equal(rejects_used(&rejects), 19);
    rejects_free(&rejects);
    free(path);
    folder_remove(&folder);
}

static void none_rejected_leaves_a_header(void **state)
{
    struct folder folder;
    struct rejects rejects;
    struct error err;
    (void)state;

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "rejects.csv"));
    open_file(&rejects, path, (struct reject_limit){true, 0});
    assert_int_equal(rejects_finish(&rejects, &err), 0);
    assert_file(path, HEADER);
    rejects_free(&rejects);

    open_file(&rejects, path, ten_percent); /* a run that ends otherwise leaves what was there */
    struct bad_record bad = bad_at(2, "", "bad", SLICE("x"));
    assert_int_equal(rejects_add(&rejects, "f", &bad, &err), 0);
    rejects_free(&rejects);
    assert_file(path, HEADER);
    assert_int_equal(folder_count(&folder), 1);
    free(path);
    folder_remove(&folder);
}

static void stops_past_a_number(void **state)
{
    static const double limits[] = {0, 1, 100};
    static const char *const counts[] = {"0 records", "1 record", "100 records"};
    char text_expected[160];
    struct folder folder;
    struct rejects rejects;
    struct error err;
    (void)state;

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "rejects.csv"));
    for (size_t i = 0; i < 3; i++) {
        open_file(&rejects, path, (struct reject_limit){false, limits[i]});
        for (uint64_t n = 0; n <= (uint64_t)limits[i]; n++) {
            struct bad_record bad = bad_at(10 + n, "amount", "not a number: 'x'", SLICE("x"));
            rejects.read++;
            assert_int_equal(rejects_add(&rejects, "orders.csv", &bad, &err), (double)n < limits[i] ? 0 : -1);
        }
        assert_int_equal(err.status, STATUS_DATA);
        snprintf(
            text_expected, sizeof text_expected,
            "orders.csv:%.0f: more than %s rejected; the last: column 'amount': not a number: 'x' (see --max-rejects)",
            10 + limits[i], counts[i]);
        assert_string_equal(err.text, text_expected);
        struct slice text = file_take(path); /* whole, the last one included */
        size_t lines = 0;
        for (size_t k = 0; k < text.len; k++)
            lines += text.ptr[k] == '\n';
        assert_int_equal(lines, 2 + (size_t)limits[i]);
        free((char *)text.ptr);
        rejects_free(&rejects);
        assert_int_equal(folder_count(&folder), 1);
    }
    open_file(&rejects, path, (struct reject_limit){false, 0});
    struct bad_record bad = bad_at(99, "", "an unclosed quote", SLICE("x"));
    assert_int_equal(rejects_add(&rejects, "orders.csv", &bad, &err), -1);
    assert_string_equal(err.text,
                        "orders.csv:99: more than 0 records rejected; the last: an unclosed quote (see --max-rejects)");
    rejects_free(&rejects);
    free(path);
    folder_remove(&folder);
}

static int finish_with(double percent, uint64_t rejected, uint64_t read, struct error *err)
{
    struct rejects rejects = {.limit = {true, percent}, .rejected = rejected, .read = read};

    return rejects_finish(&rejects, err);
}

static void judges_a_share_at_the_end(void **state)
{
    struct folder folder;
    struct rejects rejects;
    struct error err;
    (void)state;

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "rejects.csv"));
    open_file(&rejects, path, ten_percent);
    for (uint64_t n = 1; n <= 30; n++) { /* all at the beginning: 100 % until the good ones come */
        struct bad_record bad = bad_at(n + 1, "", "bad", SLICE("x"));
        rejects.read++;
        assert_int_equal(rejects_add(&rejects, "f", &bad, &err), 0);
    }
    rejects.read = 200;
    assert_int_equal(rejects_finish(&rejects, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "30 of 200 records rejected (15.0%), more than 10% (see --max-rejects)");
    struct slice text = file_take(path);
    assert_int_equal(text.len, sizeof HEADER - 1 + 8 * strlen("f,2,1,,bad,x\n") + strlen("f,10,9,,bad,x\n") +
                                   21 * strlen("f,11,10,,bad,x\n"));
    free((char *)text.ptr);
    rejects_free(&rejects);
    free(path);
    folder_remove(&folder);
}

static void compares_shares_exactly(void **state)
{
    struct error err = {0};
    (void)state;

    assert_int_equal(finish_with(10, 0, 0, &err), 0);
    assert_int_equal(finish_with(10, 20, 200, &err), 0);
    assert_int_equal(finish_with(10, 21, 200, &err), -1);
    assert_string_equal(err.text, "21 of 200 records rejected (10.5%), more than 10% (see --max-rejects)");
    assert_int_equal(finish_with(0, 0, 5, &err), 0);
    assert_int_equal(finish_with(0, 1, 1000000000000, &err), -1);
    assert_string_equal(err.text, "1 of 1000000000000 records rejected (0.0%), more than 0% (see --max-rejects)");
    assert_int_equal(finish_with(100, 5, 5, &err), 0);
    assert_int_equal(finish_with(2.5, 26, 1000, &err), -1);
    assert_string_equal(err.text, "26 of 1000 records rejected (2.6%), more than 2.5% (see --max-rejects)");
    assert_int_equal(finish_with(0.000001, 2, 100000000, &err), -1);
    assert_string_equal(err.text, "2 of 100000000 records rejected (0.0%), more than 0.000001% (see --max-rejects)");
    assert_int_equal(finish_with(20, 5, 20, &err), -1);
    assert_string_equal(err.text, "5 of 20 records rejected (25.0%), more than 20% (see --max-rejects)");
    /* p hundredths of a percent of 10000 records are exactly p: products such as 0.29 * 10000 are not in binary */
    for (uint64_t p = 1; p <= 10000; p++) {
        assert_int_equal(finish_with((double)p / 100, p, 10000, &err), 0);
        assert_int_equal(finish_with((double)p / 100, p + 1, 10000, &err), -1);
    }
}

static void reads_limits(void **state)
{
    static const struct {
        const char *text;
        bool percent;
        double value;
    } good[] = {
        {"0", false, 0},
        {"100", false, 100},
        {"0007", false, 7},
        {"0%", true, 0},
        {"10%", true, 10},
        {"2.5%", true, 2.5},
        {"100%", true, 100},
        {"100.000000%", true, 100},
        {"0.000001%", true, 0.000001},
        {"0.29%", true, 0.29},
        {"999999999999", false, 999999999999},
    };
    static const char *const bad[] = {"",       "%",    "-1",    "+1",         "2.5",           "1e3",
                                      "100.1%", "101%", "10 %",  " 10%",       "ten",           "10%%",
                                      ".5%",    "5.%",  "5.x%",  "0.0000001%", "1000000000000", "99999999999999999999",
                                      "10%x",   "0x10", "1,000", "100.000001%"};
    struct error err;
    (void)state;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct reject_limit limit = {!good[i].percent, -1};
        assert_int_equal(option_reject_limit(&limit, good[i].text, &err), 0);
        assert_int_equal(limit.percent, good[i].percent);
        assert_true(limit.value == good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct reject_limit limit = {true, 42};
        assert_int_equal(option_reject_limit(&limit, bad[i], &err), -1);
        assert_int_equal(err.status, STATUS_USAGE);
        assert_true(limit.percent && limit.value == 42);
    }
    option_reject_limit(&(struct reject_limit){0}, "ten", &err);
    assert_string_equal(err.text, "'ten' is neither a number of records nor a percentage (100, 2.5%)");
}

static void reports_what_cannot_be_written(void **state)
{
    struct rejects rejects;
    struct error err;
    struct bad_record bad = bad_at(2, "", "bad", SLICE("x"));
    (void)state;

    assert_int_equal(rejects_open(&rejects, "/nonexistent/r.csv", ten_percent, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_string_equal(err.text, "/nonexistent/r.csv: No such file or directory");
    rejects_free(&rejects);
    assert_int_equal(rejects_open(&rejects, "-", ten_percent, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    rejects_free(&rejects);

    open_file(&rejects, "/dev/full", ten_percent);
    assert_int_equal(rejects_add(&rejects, "f", &bad, &err), 0);
    rejects.read = 1;
    assert_int_equal(rejects_finish(&rejects, &err), -1); /* worse than being past the limit */
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_string_equal(err.text, "/dev/full: No space left on device");
    rejects_free(&rejects);

    open_file(&rejects, "/dev/full", (struct reject_limit){false, 0});
    assert_int_equal(rejects_add(&rejects, "f", &bad, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    rejects_free(&rejects);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_file_the_first_stops),
        cmocka_unit_test(sets_aside_and_goes_on),
        cmocka_unit_test(none_rejected_leaves_a_header),
        cmocka_unit_test(stops_past_a_number),
        cmocka_unit_test(judges_a_share_at_the_end),
        cmocka_unit_test(compares_shares_exactly),
        cmocka_unit_test(reads_limits),
        cmocka_unit_test(reports_what_cannot_be_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
