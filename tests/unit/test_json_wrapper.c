/* JSON records in a wrapper, and records that are arrays: what an input is taken for, and what is then read. Every
 * expectation is a transcript written by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json_reading.h"

#define MIB ((size_t)1 << 20)

static const struct reader_options found = {.format = FORMAT_AUTO, .flatten = true};

static void check(const char *text, const char *columns, const char *expected)
{
    check_reading(&found, text, columns, expected);
}

static void check_at(const char *records, const char *text, const char *columns, const char *expected)
{
    const struct reader_options options = {.format = FORMAT_JSON, .flatten = true, .records = records};

    check_reading(&options, text, columns, expected);
}

static void test_one(void **state)
{
    (void)state;
    check("{\"results\":[{\"id\":1},{\"id\":2}],\"paging\":{\"next\":{\"after\":\"2\"}}}\n", NULL,
          "in .results|id\n1@1 n1\n2@1 n2\n");
    check("\n{\n  \"total\": 2,\n  \"contacts\": [\n    {\n      \"id\": 1.50\n    },\n    {\"id\": 2}\n  ],\r\n"
          "  \"x\": [1, {\"y\": \"]\"}]\n}\n\n",
          NULL, "in .contacts|id\n1@5 n1.50\n2@8 n2\n");
    check("{\"exported\":\"2026\",\"people\":[{\"n\":{\"a\":1}}]}", NULL, "in .people|.n.a\n1@1 n1\n");
    check("{\"\\u0072esults\":[{\"a\":1}],\"status\":\"ok\"}", NULL, "in .results|a\n1@1 n1\n");
    check("{\"Lead list\":[{\"a\":1}]}", NULL, "in .\"Lead list\"|a\n1@1 n1\n");
    check("{\"data\":[],\"total\":0}", NULL, "in .data\n");
    check("{\"data\":[{\"a\":1}],\"included\":[{\"b\":2}]}", NULL, "in .data|a\n1@1 n1\n");
}

/* JSON-RPC, amoCRM, OData, Elasticsearch. */
static void test_inside(void **state)
{
    (void)state;
    check("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{\"length\":1,\"records\":[{\"id\":7}]}}", NULL,
          "|jsonrpc|id|.result.length|.result.records\n1@1 t2.0 0 n1 j[{\"id\":7}]\n");
    check("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":[{\"id\":7}]}", NULL, "in .result|id\n1@1 n7\n");
    check("{\"_page\":1,\"_links\":{\"self\":{\"href\":\"x\"}},\"_embedded\":{\"leads\":[{\"id\":1},{\"id\":2}]}}",
          NULL, "in ._embedded.leads|id\n1@1 n1\n2@1 n2\n");
    check("{\"d\":{\"results\":[{\"a\":1}]}}\n{\"d\":{\"results\":[{\"a\":2}]}}", NULL,
          "in .d.results|a\n1@1 n1\n2@2 n2\n");
    check("{\"took\":5,\"timed_out\":false,\"hits\":{\"total\":1,\"hits\":[{\"_source\":{\"a\":1}}]}}", NULL,
          "in .hits.hits|._source.a\n1@1 n1\n");
}

/* What has an array of objects in it, and is a record all the same. */
static void test_records(void **state)
{
    (void)state;
    check("{\"order_id\":1,\"items\":[{\"sku\":\"a\"}]}\n", NULL, "|order_id|items\n1@1 n1 j[{\"sku\":\"a\"}]\n");
    check("{\"customerId\":1,\"items\":[{\"sku\":\"a\"}]}\n", "customerId", "|customerId|items\n1@1 n1\n");
    check("{\"name\":\"x\",\"items\":[{\"a\":1}]}\n{\"name\":\"y\",\"items\":[{\"a\":2}]}\n", "name",
          "|name|items\n1@1 tx\n2@2 ty\n");
    check("{\"name\":\"x\",\"data\":[{\"a\":1}]}\n{\"name\":\"y\"}\n", "name", "|name|data\n1@1 tx\n2@2 ty\n");
    check("{\"id\":1,\"data\":[{\"a\":1}]}\n{\"id\":2,\"data\":[{\"a\":1}]}\n", "id", "|id|data\n1@1 n1\n2@2 n2\n");
    check("{\"name\":\"x\",\"emails\":[{\"value\":\"a@x\"}]}\n", "name emails",
          "|name|emails|.emails[].value\n1@1 tx ta@x\n");
    check("{\"name\":\"x\",\"a\":[{\"v\":1}],\"b\":[{\"v\":1}]}\n", "name", "|name|a|b\n1@1 tx\n");
    check("{\"id\":1,\"company\":{\"contacts\":[{\"a\":1}]}}\n", "id", "|id|.company.contacts\n1@1 n1\n");
    check("{\"tags\":[\"a\"],\"name\":\"x\"}\n", "name", "|tags|name\n1@1 tx\n");
    check("{\"items\":[],\"name\":\"x\"}\n", "name", "|items|name\n1@1 tx\n");
    /* a line that is cut off does not make a wrapper of it */
    check("{\"name\":\"x\",\"list\":[{\"a\":1}]\n{\"name\":\"y\"}\n", "name",
          "|name\n1@1! not JSON: the object does not end on its line, and then in line 2: ',' or '}' expected "
          "<{\"name\":\"x\",\"list\":[{\"a\":1}]>\n2@2 ty\n");
    check("{\"name\":\"x\",\"list\":[{\"a\":1}\n{\"name\":\"y\"}\n", "name",
          "|name\n1@1! not JSON: the object does not end on its line, and then in line 2: ',' or ']' expected "
          "<{\"name\":\"x\",\"list\":[{\"a\":1}>\n2@2 ty\n");
}

static void test_said_lines(void **state)
{
    const struct reader_options lines = {.format = FORMAT_JSONL, .flatten = true};

    (void)state;
    check_reading(&lines, "{\"results\":[{\"v\":1}]}\n", NULL, "|results\n1@1 j[{\"v\":1}]\n");
}

static void test_pages(void **state)
{
    (void)state;
    check(
        "{\"results\":[{\"a\":1}],\"paging\":{}}\n{\"results\":[{\"a\":2},{\"a\":3}]}\n\n{\"results\":[]}{\"total\":3,"
        "\"results\":[{\"a\":4}]}\n",
        NULL, "in .results|a\n1@1 n1\n2@2 n2\n3@2 n3\n4@4 n4\n");
    check("{\"results\":[{\"a\":1}]}\n{\"status\":\"error\"}\n{\"results\":null}\n{\"results\":{\"a\":4}}\n", NULL,
          "in .results|a\n1@1 n1\n2@2! no records: there is no '.results' in the object that ends here <>\n3@4 n4\n");
    /* a name that occurs twice: nothing is lost */
    check("{\"results\":[{\"a\":1}],\"results\":[{\"a\":2}]}", NULL, "|results\n1@1 j[{\"a\":2}]\n");
}

static void test_malformed(void **state)
{
    static const char cut[] = "the array of records is not closed by ']' (is the input cut off?)";
    char expected[400];

    (void)state;
    snprintf(expected, sizeof expected, "in .results|a\n1@1 n1\n2@1! %s <>\n", cut);
    check("{\"results\":[{\"a\":1}", NULL, expected);
    check("{\"results\":[{\"a\":1},", NULL, expected);
    check("{\"results\":[{\"a\":1}]", NULL,
          "in .results|a\n1@1 n1\n"
          "2@1! not JSON: the object around the records is not closed (is the input cut off?) <>\n");
    check("{\"results\":[{\"a\":1}],\"x\":", NULL,
          "in .results|a\n1@1 n1\n"
          "2@1! not JSON: the input ends inside the object around the records (is it cut off?) <\"x\":>\n");
    check("{\"results\":[{\"a\":1}],\"total\":tru}\n{\"results\":[{\"a\":2}]}", NULL,
          "in .results|a\n1@1 n1\n2@1! not JSON: a value expected <\"total\":tru}>\n3@2 n2\n");
    check(
        "{\"results\":[{\"a\":1}] \"total\":2}", NULL,
        "in .results|a\n1@1 n1\n2@1! not JSON: ',' or '}' expected in the object around the records <\"total\":2}>\n");
    check("{\"results\":[{\"a\":1}],}", NULL,
          "in .results|a\n1@1 n1\n2@1! not JSON: a member expected (a comma too many?) <}>\n");
    check("{\"results\":[{\"a\":1}]}\n[{\"a\":2}]\n", NULL,
          "in .results|a\n1@1 n1\n2@2! not JSON: an object with the records in it expected <[{\"a\":2}]>\n");
    check("{\"results\":[{\"a\":1}]}\n{\"results\":5}\n{\"results\":[{\"a\":3}]}", NULL,
          "in .results|a\n1@1 n1\n2@2! not JSON: an array of records expected here <\"results\":5}>\n3@3 n3\n");
}

/* A bad record costs its line; the records behind it, and the next wrapper, are read. */
static void test_goes_on(void **state)
{
    (void)state;
    check("{\"results\":[\n{\"a\":1},\n{\"a\":tru},\n{\"a\":3}\n]}\n", NULL,
          "in .results|a\n1@2 n1\n2@3! not JSON: a value expected, at byte 6 <{\"a\":tru},>\n3@4 n3\n");
    check("{\"results\":[{\"a\":1},{\"a\":tru}]}\n{ \"results\":[{\"a\":3}]}\n", NULL,
          "in .results|a\n1@1 n1\n2@1! not JSON: a value expected, at byte 6 <{\"a\":tru}]}>\n3@2 n3\n");
    /* where wrappers and records begin with the same name, a record is more likely */
    check("{\"a\":1,\"results\":[{\"a\":1},\n{\"a\":tru},\n{\"a\":3}]}\n", "a",
          "in .results|a\n1@1 n1\n2@2! not JSON: a value expected, at byte 6 <{\"a\":tru},>\n3@3 n3\n");
}

static void test_told(void **state)
{
    (void)state;
    check_at(".data.items", "{\"x\":[{\"b\":0}],\"data\":{\"y\":1,\"items\":[{\"a\":1},{\"a\":2}],\"z\":2},\"w\":{}}",
             NULL, "in .data.items|a\n1@1 n1\n2@1 n2\n");
    check_at(".p", "{\"e\":1,\"p\":{\"a\":1}}\n{\"e\":2,\"p\":{\"a\":2}}\n", NULL, "in .p|a\n1@1 n1\n2@2 n2\n");
    check_at(".\"a\"[\"b c\"]", "{\"a\":{\"b c\":[{\"d\":1}]}}", NULL, "in .a.\"b c\"|d\n1@1 n1\n");
    check_at(".", "{\"results\":[{\"a\":1}]}", NULL, "|results\n1@1 j[{\"a\":1}]\n");
    check_at(".", "[{\"a\":1}]", NULL, "|a\n1@1 n1\n");
    check_at(".x", "{\"results\":[{\"a\":1}]}", NULL,
             "refused 2: input:1: no records: there is no '.x' in the object that ends here");
    check_at(".x", "[{\"a\":1}]", NULL, "refused 2: input: there is no '.x': the input is not an object");
    check_at(".x[0]", "{\"x\":[[{\"a\":1}]]}", NULL, "refused 2: not a path of names to the records: '.x[0]'");
    check_at("x", "{\"x\":[{\"a\":1}]}", NULL,
             "refused 2: not a path: 'x' (a path is like .company.name, .\"Lead Source\".id or .lines[0].sku)");
    check_at(".x", "", NULL, "\n");
}

/* The path alone, without nested columns. */
static void test_told_only(void **state)
{
    const struct reader_options options = {.format = FORMAT_JSON, .records = ".data"};

    (void)state;
    check_reading(&options, "{\"data\":[{\"a\":{\"b\":[1,2]}}]}", NULL, "in .data|a\n1@1 j{\"b\":[1,2]}\n");
}

static void test_rows(void **state)
{
    (void)state;
    check("[[\"id\",\"name\"],\n[1.50,\"A\\u0042\"],\n[2,null]]\n", NULL, "rows|id|name\n1@2 n1.50 tAB\n2@3 n2 0\n");
    check("[\"id\",\"name\"]\n[1,\"x\"]\n[2,[1,2]]\n", NULL, "rows|id|name\n1@2 n1 tx\n2@3 n2 t1; 2\n");
    check("[[\"a\",\"\",\"a\",\"a_2\",1]]", NULL, "rows|a|column_2|a_2|a_2_2|1\n");
    check("[[\"a\",\"b\"],[1],[1,2,3],\n{\"a\":1},\n[],\n[3,4]]", NULL,
          "rows|a|b\n1@1! 1 value, but the first array has 2 <[1]>\n"
          "2@1! 3 values, but the first array has 2 <[1,2,3]>\n"
          "3@2! a record must be a JSON array, as the first is <{\"a\":1},>\n"
          "4@3! 0 values, but the first array has 2 <[]>\n5@4 n3 n4\n");
    check("{\"range\":\"A1:B2\",\"majorDimension\":\"ROWS\",\"values\":[[\"a\",\"b\"],[1,2]]}", "b a",
          "in .valuesrows|a|b\n1@1 n2 n1\n");
    check("[[\"a\",tru],\n[1]]", NULL, "refused 3: input:1: the header: not JSON: a value expected, at byte 6");
    check("[1,2,3]\n", NULL, "\n1@1! a record must be a JSON object <1,2,3]>\n");
    check("[[]]", NULL, "rows\n");
}

/* Longer than the view, and than what is kept: the array is not held. */
static void test_long(void **state)
{
    struct buffer text;
    struct source *source;
    struct reader *reader;
    struct record record;
    struct bad_record bad;
    struct error err;
    char path[64];
    uint64_t count = 0;
    int fd = memfd_create("input", 0);

    (void)state;
    buffer_init(&text);
    assert_true(fd >= 0);
    assert_int_equal(buffer_append(&text, SLICE("{\"exported\":1,\"list\":[")), 0);
    while (text.len < 40 * MIB)
        assert_int_equal(buffer_printf(&text, "%s{\"number\":%llu}", count ? "," : "", (unsigned long long)count), 0),
            count++;
    assert_int_equal(buffer_append(&text, SLICE("],\"other\":[{\"x\":1}]}")), 0);
    assert_int_equal(write(fd, text.data, text.len), (ssize_t)text.len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    assert_int_equal(source_open(&source, path, &err), 0);
    assert_int_equal(reader_open(&reader, source, &found, &err), 0);
    for (uint64_t i = 0; i < count; i++) {
        assert_int_equal(reader_next(reader, &record, &bad, &err), READ_RECORD);
        assert_int_equal(strtoull(record.fields[0].text.ptr, NULL, 10), i);
    }
    assert_int_equal(reader_next(reader, &record, &bad, &err), READ_END);
    assert_true(source->capacity < 4 * MIB);
    reader_free(reader);
    source_free(source);
    close(fd);
    buffer_fini(&text);
}

/* The beginning of an input, as a copy, is taken for the same as the whole. */
static void test_view(void **state)
{
    struct buffer text;
    struct buffer whole;
    struct buffer view;

    (void)state;
    buffer_init(&text);
    buffer_init(&whole);
    buffer_init(&view);
    for (size_t fill = MIB - 60; fill < MIB + 20; fill++) {
        buffer_clear(&text);
        assert_int_equal(buffer_append(&text, SLICE("{\"name\":\"")), 0);
        assert_int_equal(buffer_reserve(&text, fill), 0);
        memset(text.data + text.len, 'x', fill - 9);
        text.len = fill;
        assert_int_equal(buffer_append(&text, SLICE("\",\"list\":[{\"a\":1}]}\n{\"name\":2}\n")), 0);
        read_all(&whole, buffer_slice(&text), 1 << 16, &found, "name");
        size_t kept = text.len < MIB ? text.len : MIB;
        read_all(&view, (struct slice){text.data, kept}, 0, &found, "name");
        /* either there are no names in the view, and a larger one is taken, or they are the same */
        view.data[strcspn(view.data, "\n")] = '\0';
        whole.data[strcspn(whole.data, "\n")] = '\0';
        if (strchr(view.data, '|') && strcmp(view.data, whole.data) != 0)
            fail_msg("fill %zu: %s, %s", fill, view.data, whole.data);
    }
    buffer_fini(&text);
    buffer_fini(&whole);
    buffer_fini(&view);
}

/* Bad records that open brackets and never close them cost a share of the input each, not all that is behind them. */
static void test_never_closed(void **state)
{
    static const char *const lines[] = {"{\"a\":\n", "{\"a\":1,\"b\":[\n", "[{\"a\":[{\"b\":\"0123456789abcdef\"},\n"};
    struct buffer text;
    struct source *source;
    struct reader *reader;
    struct record record;
    struct bad_record bad;
    struct error err;
    enum read_result result;

    (void)state;
    buffer_init(&text);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const struct reader_options options = {.format = FORMAT_JSON};
        buffer_clear(&text);
        while (text.len < 8 * MIB)
            assert_int_equal(buffer_append(&text, slice_from_cstr(lines[i] + (i == 2 && text.len > 0))), 0);
        assert_int_equal(buffer_append(&text, SLICE("\n{\"a\":\n7}\n")), 0);
        assert_int_equal(source_memory(&source, buffer_slice(&text), "input", &err), 0);
        assert_int_equal(reader_open(&reader, source, &options, &err), 0);
        uint64_t bads = 0;
        uint64_t records = 0;
        while ((result = reader_next(reader, &record, &bad, &err)) != READ_END) {
            assert_int_not_equal(result, READ_FAILED);
            records += result == READ_RECORD;
            bads += result == READ_BAD;
        }
        assert_true(bads >= 8 * MIB / 40);
        /* twice: once for the survey. Unbounded it would be 256 to 512 times the input */
        if (reader->scanned > 2 * (10 * text.len + 160 * MIB))
            fail_msg("%zu bytes scanned %llu", text.len, (unsigned long long)reader->scanned);
        assert_true(records <= 1);
        reader_free(reader);
        source_free(source);
    }
    buffer_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one),          cmocka_unit_test(test_inside), cmocka_unit_test(test_records),
        cmocka_unit_test(test_said_lines),   cmocka_unit_test(test_pages),  cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_goes_on),      cmocka_unit_test(test_told),   cmocka_unit_test(test_told_only),
        cmocka_unit_test(test_rows),         cmocka_unit_test(test_long),   cmocka_unit_test(test_view),
        cmocka_unit_test(test_never_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
