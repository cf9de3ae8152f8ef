/* Parts: what is written stands here by hand, in each format; what is read again, and what is refused, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/program.h"
#include "folder.h"
#include "short_memory.h"
#include "stream/partial.h"

enum { DAY, CURRENCY, FACTS, KEY = FACTS, SUM, LIST, COLUMNS };
enum { THING, MORE };

static const char *const columns[COLUMNS] = {"day", "currency", "key", "sum", "list"};
static const char *const kinds[] = {"thing", "more"};
static const struct partial_option options[] = {{"returns", "net"}, {"where", ".a > 10 % 3"}, {"tz", NULL}};
static const struct partial_plan plan = {
    .program = "crm-test",
    .version = 1,
    .options = options,
    .option_count = 3,
    .kinds = kinds,
    .kind_count = 2,
    .columns = columns,
    .column_count = COLUMNS,
    .fact_count = FACTS,
};

static int open_text(struct stream **stream, const char *text, bool parts, const struct common *common,
                     struct error *err)
{
    const struct partial_choice choice = {.partial = !parts, .merge = parts};
    char path[] = "/tmp/crm-test-XXXXXX";
    char *const paths[] = {path};
    int file = mkstemp(path);

    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(close(file), 0);
    int failed = partial_open(&choice, common, paths, 1, stream, err);
    assert_int_equal(unlink(path), 0);
    if (!failed)
        (*stream)->inputs[0].source->name = "p1"; /* as messages have it */
    return failed;
}

/* ---- writing ---- */

static int put_things(struct partial_writer *writer, const struct stream *stream, struct error *err)
{
    struct buffer list = {0};
    struct row *row = partial_begin(writer, stream);

    row_day(row, day_from_civil(2026, 3, 1));
    row_text(row, SLICE("EUR"));
    int failed = partial_put(writer, err);
    if (!failed) {
        row = partial_record(writer, THING);
        row_text(row, SLICE("a, \"b\""));
        partial_decimal(row, ((int128)1 << 100) * -1, 2);
        failed = partial_list_integer(&list, INT64_MIN) || partial_list_decimal(&list, 1250, 2) ||
                         partial_list_hex(&list, 0) || partial_list_hex(&list, 0xfedcba9876543210)
                     ? error_memory(err)
                     : 0;
        row_text(row, buffer_slice(&list));
        failed = failed || partial_put(writer, err);
    }
    if (!failed) {
        row = partial_record(writer, MORE);
        row_text(row, SLICE("a"));
        failed = partial_put(writer, err);
    }
    buffer_fini(&list);
    return failed || partial_finish(writer, err) ? -1 : 0;
}

static int write_things(enum format format, const char *path, struct error *err)
{
    const struct common common = {.to = format, .output = path};
    struct output output = {0};
    struct partial_writer writer = {0};
    struct stream *stream = NULL;

    int failed = open_text(&stream, "x\n1\n", false, &common, err);
    if (!failed) {
        stream->rejects.read = 7;
        stream->rejects.filtered = 2;
        stream->rejects.rejected = 1;
        failed = partial_write_open(&writer, &plan, &output, &common, stream, err) || put_things(&writer, stream, err);
    }
    partial_writer_free(&writer);
    output_free(&output);
    stream_free(stream);
    return failed;
}

#define BEGIN                                                                                              \
    "{\"part\":\"begin\",\"analysis\":\"crm-test 1 returns=net where=.a%20>%2010%20%25%203\","             \
    "\"format\":\"csv\",\"read\":7,\"filtered\":2,\"rejected\":1,\"records\":null,\"day\":\"2026-03-01\"," \
    "\"currency\":\"EUR\"}\n"
#define THINGS                                                                                    \
    "{\"part\":\"thing\",\"key\":\"a, \\\"b\\\"\",\"sum\":\"-12676506002282294014967032053.76\"," \
    "\"list\":\"-9223372036854775808 12.50 0 fedcba9876543210\"}\n"                               \
    "{\"part\":\"more\",\"key\":\"a\",\"sum\":null,\"list\":null}\n"
#define END                                                                                                  \
    "{\"part\":\"end\",\"analysis\":null,\"format\":null,\"read\":null,\"filtered\":null,\"rejected\":null," \
    "\"records\":2,\"day\":null,\"currency\":null}\n"
static const char json_lines[] = BEGIN THINGS END;

#define HEADER "part,analysis,format,read,filtered,rejected,records,day,currency,key,sum,list\n"
#define CSV_BEGIN "begin,crm-test 1 returns=net where=.a%20>%2010%20%25%203,csv,7,2,1,,2026-03-01,EUR,,,\n"
#define CSV_THINGS                                                                                                     \
    "thing,,,,,,,,,\"a, \"\"b\"\"\",-12676506002282294014967032053.76,-9223372036854775808 12.50 0 fedcba9876543210\n" \
    "more,,,,,,,,,a,,\n"
#define CSV_END "end,,,,,,2,,,,,\n"
static const char csv[] = HEADER CSV_BEGIN CSV_THINGS CSV_END;

static void writes_every_format(void **state)
{
    struct folder folder;
    struct error err = {0};

    (void)state;
    folder_make(&folder);
    const char *path = folder_file(&folder, "part");
    if (write_things(FORMAT_JSONL, path, &err))
        fail_msg("%s", err.text);
    assert_file(path, json_lines);
    assert_int_equal(write_things(FORMAT_AUTO, path, &err), 0);
    assert_file(path, csv);
    assert_int_equal(write_things(FORMAT_JSON, path, &err), 0);
    struct slice text = file_take(path);
    assert_int_equal(text.ptr[0], '[');
    free((char *)(uintptr_t)text.ptr);
    folder_remove(&folder);
}

/* ---- reading ---- */

static void assert_thing(struct partial_reader *reader)
{
    struct decimal_sum sum;
    struct slice key, list = partial_text(reader, LIST);
    struct error err;
    int64_t number;
    uint64_t hex;

    assert_int_equal(partial_key(reader, KEY, &key, &err), 0);
    assert_true(slice_equal_cstr(key, "a, \"b\""));
    assert_int_equal(partial_sum(reader, SUM, &sum, &err), 0);
    assert_true(sum.units == ((int128)1 << 100) * -1 && sum.scale == 2);
    assert_false(partial_take_integer(&list, INT64_MIN + 1, 0, &number));
    assert_true(partial_take_integer(&list, INT64_MIN, 0, &number) && number == INT64_MIN);
    assert_false(partial_take_integer(&list, INT64_MIN, INT64_MAX, &number));
    assert_true(partial_take_sum(&list, &sum) && sum.units == 1250 && sum.scale == 2);
    assert_true(partial_take_hex(&list, &hex) && hex == 0);
    assert_true(partial_take_hex(&list, &hex) && hex == 0xfedcba9876543210);
    assert_int_equal(list.len, 0);
    assert_false(partial_take_hex(&list, &hex) || partial_take_sum(&list, &sum));
}

/* Reads all parts; how many, or -1. */
static int read_parts(const char *text, const struct common *common, enum format *to, struct error *err)
{
    struct partial_reader reader = {0};
    struct stream *stream = NULL;
    char currency[PARTIAL_CURRENCY + 1] = "";
    int result = open_text(&stream, text, true, common, err) || partial_read_open(&reader, &plan, stream, err) ? -1 : 1;

    while (result > 0 && (result = partial_next(&reader, err)) > 0) {
        int32_t day;
        if (reader.kind == PARTIAL_BEGIN) {
            if (partial_day(&reader, DAY, &day, err) || partial_one_currency(&reader, CURRENCY, currency, err))
                result = -1;
        } else if (reader.kind == THING) {
            assert_thing(&reader);
        }
    }
    if (result == 0)
        result = partial_read_finish(&reader, common, to, err);
    result = result ? -1 : (int)reader.parts;
    partial_reader_free(&reader);
    stream_free(stream);
    return result;
}

static void assert_parts(const char *text, int parts)
{
    const struct common common = {.output = "/dev/null", .limit = {true, 20}, .delimiter = ';', .from = FORMAT_TSV};
    enum format to = FORMAT_AUTO;
    struct error err = {0};

    int found = read_parts(text, &common, &to, &err);
    if (found < 0)
        fail_msg("%s", err.text);
    assert_int_equal(found, parts);
    assert_int_equal(to, FORMAT_CSV);
}

static void assert_refused(const char *text, const char *message)
{
    const struct common common = {.output = "/dev/null", .limit = {true, 20}};
    enum format to = FORMAT_AUTO;
    struct error err = {0};

    if (read_parts(text, &common, &to, &err) >= 0)
        fail_msg("not refused: %s", message);
    assert_string_equal(err.text, message);
    assert_int_equal(err.status, STATUS_DATA);
}

static void reads_what_is_written(void **state)
{
    (void)state;
    assert_parts(json_lines, 1);
    assert_parts(csv, 1);
    assert_parts(BEGIN THINGS END BEGIN THINGS END BEGIN THINGS END, 3);
    assert_parts(HEADER CSV_BEGIN CSV_THINGS CSV_END HEADER CSV_BEGIN CSV_THINGS CSV_END, 2);
    assert_parts(HEADER CSV_BEGIN CSV_THINGS CSV_END CSV_BEGIN CSV_THINGS CSV_END, 2);
    /* members in another order, others left out */
    assert_parts("{\"analysis\":\"crm-test 1 returns=net where=.a%20>%2010%20%25%203\",\"format\":\"csv\",\"read\":1,"
                 "\"filtered\":0,\"rejected\":0,\"part\":\"begin\"}\n{\"part\":\"end\",\"records\":0}\n",
                 1);
}

/* What JSON Lines hold only behind the first MiB, where the reader looks for the names of members. */
static void reads_late_columns(void **state)
{
    static const char empty[] = BEGIN "{\"part\":\"end\",\"records\":0}\n";
    struct buffer text = {0};
    const size_t empty_parts = (2 << 20) / sizeof empty;

    (void)state;
    for (size_t i = 0; i < empty_parts; i++)
        assert_int_equal(buffer_append(&text, SLICE(BEGIN "{\"part\":\"end\",\"records\":0}\n")), 0);
    assert_int_equal(buffer_append(&text, SLICE(BEGIN THINGS END)), 0);
    assert_int_equal(buffer_append_char(&text, '\0'), 0);
    assert_parts(text.data, (int)empty_parts + 1);
    buffer_fini(&text);
}

#define CUT "the part that begins here has no end: it was cut off"

static void refuses_what_is_not_whole(void **state)
{
    (void)state;
    assert_refused("", "p1: holds no part: what should have written it has failed");
    assert_refused(HEADER, "p1: holds no part: what should have written it has failed");
    assert_refused("a,b\n1,2\n", "p1: no column 'part': --merge reads what --partial wrote");
    assert_refused("part;b\nbegin;2\n",
                   "p1: no column 'part': --merge reads what --partial wrote (is the delimiter a semicolon? "
                   "--delimiter ';')");
    assert_refused(BEGIN THINGS, "p1:1: " CUT);
    assert_refused(BEGIN THINGS END BEGIN THINGS, "p1:5: " CUT);
    assert_refused(BEGIN BEGIN THINGS END, "p1:1: " CUT);
    assert_refused(HEADER CSV_BEGIN CSV_THINGS HEADER CSV_BEGIN CSV_THINGS CSV_END, "p1:2: " CUT);
    assert_refused(THINGS END, "p1:1: a record outside of any part: 'begin' is missing");
    assert_refused(BEGIN THINGS END END, "p1:5: a record outside of any part: 'begin' is missing");
    assert_refused(BEGIN THINGS THINGS END, "p1:6: the part has 4 records, not 2 as its end says");
    assert_refused(BEGIN END, "p1:2: the part has 0 records, not 2 as its end says");
    assert_refused(BEGIN "{\"part\":\"end\"}\n", "p1:2: column 'records': not a count: ''");
    assert_refused(BEGIN "{\"part\":\"odd\"}\n" END, "p1:2: column 'part': no kind of record of crm-test: 'odd'");
    assert_refused(HEADER CSV_BEGIN CSV_THINGS CSV_END "part,b,,,,,,,,,,\n",
                   "p1:6: a header unlike the first: join parts written with --to jsonl");
    assert_refused(HEADER CSV_BEGIN "part,b,,,,,,,,,,\n",
                   "p1:3: a header unlike the first: join parts written with --to jsonl");
}

static void refuses_another_analysis(void **state)
{
    (void)state;
    assert_refused("{\"part\":\"begin\",\"analysis\":\"crm-other 1\"}\n",
                   "p1:1: a part of 'crm-other', not of crm-test");
    assert_refused("{\"part\":\"begin\",\"analysis\":\"crm-test 2\"}\n",
                   "p1:1: the part is of version '2', this crm-test merges version 1");
    assert_refused("{\"part\":\"begin\",\"analysis\":\"crm-test 1 returns=count where=.b\"}\n",
                   "p1:1: option '--returns': the part has returns=count, this run returns=net");
    assert_refused("{\"part\":\"begin\",\"analysis\":\"crm-test 1 returns=net\"}\n",
                   "p1:1: option '--where': the part has none, this run where=.a > 10 % 3");
    assert_refused("{\"part\":\"begin\",\"analysis\":\"crm-test 1 returns=net where=.a%20>%2010%20%25%203 tz=UTC\"}\n",
                   "p1:1: option '--tz': the part has tz=UTC, this run none");
    assert_refused("{\"part\":\"begin\",\"analysis\":\"crm-test 1 returns=net where=.a%20>%2010%20%25%203 odd=1\"}\n",
                   "p1:1: option '--odd': the part has odd=1, this run none");
    assert_refused("{\"part\":\"begin\",\"analysis\":\"crm-test 1 where=.a%20>%2010%20%25%203 returns=net\"}\n",
                   "p1:1: the analysis is not written as --partial does");
}

static void refuses_values(void **state)
{
    (void)state;
    assert_refused(
        "{\"part\":\"begin\",\"analysis\":\"crm-test 1 returns=net where=.a%20>%2010%20%25%203\",\"read\":-1}\n",
        "p1:1: column 'read': not a count: '-1'");
    assert_refused("{\"part\":\"begin\",\"analysis\":\"crm-test 1 returns=net where=.a%20>%2010%20%25%203\",\"read\":1,"
                   "\"filtered\":0,\"rejected\":0,\"day\":\"1.3.2026\"}\n",
                   "p1:1: column 'day': not a date: '1.3.2026'");
    assert_refused(HEADER CSV_BEGIN CSV_THINGS CSV_END
                   "begin,crm-test 1 returns=net where=.a%20>%2010%20%25%203,csv,7,2,1,,2026-03-01,USD,,,\n",
                   "p1:6: column 'currency': 'USD' after 'EUR': amounts of different currencies cannot be added; see "
                   "--currency and --rates");
    assert_refused("{\"part\":\"begin\",\"analysis\":\"crm-test 1 returns=net where=.a%20>%2010%20%25%203\",\"read\":",
                   "p1:1: not JSON: the input ends inside the object (is it cut off?)");
}

static void takes_numbers(void **state)
{
    static const char *const bad[] = {"",
                                      " ",
                                      "-",
                                      ".5",
                                      "5.",
                                      "1e3",
                                      "+1",
                                      "1,5",
                                      "--1",
                                      "1.2.3",
                                      "0x1",
                                      "170141183460469231731687303715884105728",
                                      "0.1234567890123456789"};
    struct slice text = SLICE("-170141183460469231731687303715884105728 170141183460469231731687303715884105727");
    struct decimal_sum sum;
    uint64_t hex;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct slice slice = slice_from_cstr(bad[i]);
        assert_false(partial_take_sum(&slice, &sum));
    }
    assert_true(partial_take_sum(&text, &sum) && sum.units == -(int128)(((unsigned __int128)1 << 127) - 1) - 1);
    assert_true(partial_take_sum(&text, &sum) && sum.units == (int128)(((unsigned __int128)1 << 127) - 1));
    for (int i = 0; i < 3; i++) {
        struct slice slice = slice_from_cstr(((const char *const[]){"", "A", "00000000000000000"})[i]);
        assert_false(partial_take_hex(&slice, &hex));
    }
}

/* 2 of 14 are 14.3 %. */
static void adds_the_accounts(void **state)
{
    struct common common = {.output = "/dev/null", .limit = {true, 15}};
    enum format to = FORMAT_AUTO;
    struct error err = {0};

    (void)state;
    assert_int_equal(read_parts(BEGIN THINGS END BEGIN THINGS END, &common, &to, &err), 2);
    common.limit.value = 14;
    assert_int_equal(read_parts(BEGIN THINGS END BEGIN THINGS END, &common, &to, &err), -1);
    assert_string_equal(err.text, "2 of 14 records rejected (14.2%), more than 14% (see --max-rejects)");
    common.limit = (struct reject_limit){false, 2};
    assert_int_equal(read_parts(BEGIN THINGS END BEGIN THINGS END, &common, &to, &err), 2);
    common.limit.value = 1;
    assert_int_equal(read_parts(BEGIN THINGS END BEGIN THINGS END, &common, &to, &err), -1);
    assert_string_equal(err.text, "more than 1 record rejected: 2 (see --max-rejects)");
}

static void goes_together(void **state)
{
    struct common common = {.spreadsheet_safe = true};
    struct error err;

    (void)state;
    assert_int_equal(partial_check(&(struct partial_choice){true, true}, &common, &err), -1);
    assert_string_equal(err.text, "--partial and --merge exclude each other");
    assert_int_equal(partial_check(&(struct partial_choice){.partial = true}, &common, &err), -1);
    assert_int_equal(partial_check(&(struct partial_choice){.merge = true}, &common, &err), 0);
    common = (struct common){.to = FORMAT_TABLE};
    assert_int_equal(partial_check(&(struct partial_choice){.partial = true}, &common, &err), -1);
    assert_string_equal(err.text, "--partial writes csv, jsonl or json; --to table cannot hold every value");
    assert_int_equal(partial_check(&(struct partial_choice){.merge = true}, &common, &err), 0);
}

static void survives_short_memory(void **state)
{
    const struct common common = {.output = "/dev/null", .limit = {true, 20}};
    const char *const texts[] = {json_lines, csv};

    (void)state;
    const long live = memory_live;
    for (int i = 0; i < 4; i++)
        for (long left = 0;; left++) {
            struct error err = {.status = STATUS_OK};
            enum format to = FORMAT_AUTO;
            struct folder folder;
            folder_make(&folder);
            const char *path = folder_file(&folder, "part");
            memory_limit(left, left % 2);
            int result = i < 2 ? write_things(i ? FORMAT_JSONL : FORMAT_CSV, path, &err)
                               : read_parts(texts[i - 2], &common, &to, &err);
            memory_limit(-1, false);
            folder_remove(&folder);
            assert_int_equal(memory_live, live);
            if (!memory_reached) {
                assert_int_equal(result, i < 2 ? 0 : 1);
                break;
            }
            assert_true(result >= 0 || err.status == STATUS_SYSTEM);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_every_format),
        cmocka_unit_test(reads_what_is_written),
        cmocka_unit_test(reads_late_columns),
        cmocka_unit_test(refuses_what_is_not_whole),
        cmocka_unit_test(refuses_another_analysis),
        cmocka_unit_test(refuses_values),
        cmocka_unit_test(takes_numbers),
        cmocka_unit_test(adds_the_accounts),
        cmocka_unit_test(goes_together),
        cmocka_unit_test(survives_short_memory),
    };

    program_set_quiet(true);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
