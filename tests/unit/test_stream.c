/* Streams: roles, several inputs as one, the account, rejects, and what is said when a column is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "folder.h"
#include "stream/common.h"
#include "stream/stream.h"

static const char *const input_names[] = {"a.csv", "b.csv", "c.csv"};

/* A stream over texts, in place of standard input. */
static struct stream *open_texts(const char *const *texts, const struct stream_options *options)
{
    static char *const standard[] = {"-", "-", "-"};
    struct stream *stream;
    struct error err;
    size_t count = 0;

    while (texts[count])
        count++;
    assert_int_equal(stream_open(&stream, standard, count, options, &err), 0);
    for (size_t i = 0; i < count; i++) {
        source_free(stream->inputs[i].source);
        assert_int_equal(source_memory(&stream->inputs[i].source, slice_from_cstr(texts[i]), input_names[i], &err), 0);
    }
    if (stream_start(stream, &err))
        fail_msg("%s", err.text);
    return stream;
}

static struct stream *open_text(const char *text)
{
    const struct stream_options options = {.limit = {true, 10}};

    return open_texts((const char *const[]){text, NULL}, &options);
}

/* The next record as "input:line:number|field|field", an absent field as "-", null as "~"; "" at the end. */
static const char *next_row(struct stream *stream)
{
    static char row[512];
    struct record record;
    struct error err;
    int more = stream_next(stream, &record, &err);
    int used;

    if (more < 0)
        fail_msg("%s", err.text);
    row[0] = '\0';
    if (more == 0)
        return row;
    used = snprintf(row, sizeof row, "%zu:%d:%d", record.input, (int)record.line, (int)record.number);
    for (size_t i = 0; i < record.count; i++) {
        const struct field *field = &record.fields[i];
        if (field->kind == FIELD_ABSENT || field->kind == FIELD_NULL)
            used += snprintf(row + used, sizeof row - (size_t)used, "|%c", field->kind == FIELD_NULL ? '~' : '-');
        else
            used += snprintf(row + used, sizeof row - (size_t)used, "|%.*s", SLICE_ARG(field->text));
    }
    return row;
}

static size_t role(struct stream *stream, const char *given, const char *canonical, bool required)
{
    struct error err;
    size_t column;

    if (stream_role(stream, "--option", given, canonical, required, &column, &err))
        fail_msg("%s", err.text);
    return column;
}

static void assert_role_refused(const char *text, const char *given, const char *canonical, enum status status,
                                const char *message)
{
    struct stream *stream = open_text(text);
    struct error err;
    size_t column;

    assert_int_equal(stream_role(stream, "--customer", given, canonical, true, &column, &err), -1);
    assert_string_equal(err.text, message);
    assert_int_equal(err.status, status);
    stream_free(stream);
}

static void finds_roles(void **state)
{
    struct stream *stream = open_text("x,Customer ID,Amount (EUR),amount,Kundennummer\n1,2,3,4,5\n");
    (void)state;

    assert_int_equal(role(stream, NULL, "amount", true), 0);      /* the canonical name before an alias */
    assert_int_equal(role(stream, NULL, "customer_id", true), 1); /* written differently, before a translation */
    assert_int_equal(role(stream, "#5", "customer_id", true), 2); /* by number */
    assert_int_equal(role(stream, "x", "amount", true), 3);       /* by name */
    assert_int_equal(role(stream, "#1", "amount", false), 4);
    assert_true(role(stream, NULL, "order_date", false) == COLUMN_ABSENT);
    assert_int_equal(stream->column_count, 5);
    assert_string_equal(next_row(stream), "0:2:1|4|2|5|1|1");
    assert_string_equal(next_row(stream), "");
    assert_string_equal(next_row(stream), ""); /* the end stays */
    stream_free(stream);
}

static void follows_paths(void **state)
{
    struct stream *stream = open_text("{\"who\": {\"id\": 7, \"tags\": [\"a\", \"b\"]}, \"amount\": 1.50}\n"
                                      "{\"who\": null, \"amount\": null}\n{\"amount\": 2}\n");
    (void)state;

    assert_int_equal(role(stream, ".who.id", "customer_id", true), 0);
    assert_int_equal(role(stream, ".who.tags[-1]", "tags", true), 1);
    assert_int_equal(role(stream, NULL, "amount", true), 2);
    assert_string_equal(next_row(stream), "0:1:1|7|b|1.50");
    assert_string_equal(next_row(stream), "0:2:2|~|~|~");
    assert_string_equal(next_row(stream), "0:3:3|-|-|2");
    assert_string_equal(next_row(stream), "");
    stream_free(stream);
}

static void refuses_missing_columns(void **state)
{
    (void)state;
    assert_role_refused("name,total\n", NULL, "customer_id", STATUS_DATA,
                        "a.csv: no column 'customer_id'; the header is: name, total; name it with --customer COL");
    assert_role_refused("name,Total Sum\n", "total_sun", "amount", STATUS_USAGE,
                        "a.csv: no column 'total_sun'; the header is: name, Total Sum; did you mean 'Total Sum'?");
    assert_role_refused("name,total\n", "#3", "amount", STATUS_USAGE,
                        "a.csv: no column '#3'; the header is: name, total");
    assert_role_refused(
        "name;total\n", NULL, "amount", STATUS_DATA,
        "a.csv: no column 'amount' (is the delimiter a semicolon? --delimiter ';'); the header is: name;total; "
        "name it with --customer COL");
    assert_role_refused(
        "name\ttotal\n", NULL, "amount", STATUS_DATA,
        "a.csv: no column 'amount' (is the delimiter a tab? --delimiter tab); the header is: name\\x09total; "
        "name it with --customer COL");
    assert_role_refused(
        "name|total\n", NULL, "amount", STATUS_DATA,
        "a.csv: no column 'amount' (is the delimiter a bar? --delimiter '|'); the header is: name|total; "
        "name it with --customer COL");
    assert_role_refused("{\"a\": 1}\n", ".b.c", "amount", STATUS_USAGE, "a.csv: no column '.b.c'; the header is: a");
}

/* Names of which each takes its full room in a message, and many short ones: the list is cut, never longer than its
 * room. */
static void lists_a_long_header(void **state)
{
    struct buffer text = {0};
    struct error err;
    size_t column;
    (void)state;

    for (size_t names = 1; names < 40; names++) {
        for (size_t length = 1; length < 50; length += 7) {
            buffer_clear(&text);
            for (size_t i = 0; i < names; i++) {
                assert_int_equal(buffer_printf(&text, "%s%zu", i ? "," : "", i), 0);
                for (size_t j = 0; j < length; j++)
                    assert_int_equal(buffer_append_char(&text, '\x01'), 0); /* shown as four characters */
            }
            assert_int_equal(buffer_append(&text, SLICE("\n\0")), 0);
            struct stream *stream = open_text(text.data);
            assert_int_equal(stream_role(stream, "--amount", NULL, "amount", true, &column, &err), -1);
            const char *list = strstr(err.text, "the header is: 0\\x01");
            const char *end = strstr(err.text, "; name it with --amount COL");
            assert_true(list && end && end - list < 430);
            bool cut = memcmp(end - 5, ", ...", 5) == 0;
            size_t listed = 0; /* a name begins with its number */
            for (const char *at = list + 15; at < end - (cut ? 5 : 0); listed++) {
                char number[24];
                int digits = snprintf(number, sizeof number, "%zu\\x01", listed);
                assert_memory_equal(at, number, (size_t)digits);
                const char *next = strstr(at, ", ");
                at = next && next < end ? next + 2 : end;
            }
            assert_true(cut ? listed < names : listed == names);
            stream_free(stream);
        }
    }
    buffer_fini(&text);
}

static void each_input_has_its_own_columns(void **state)
{
    static const char *const texts[] = {"customer_id,amount\n1,2\n", "amount;Kundennummer\n3;4\n",
                                        "{\"amount\": 5}\n{\"Customer ID\": \"6\", \"amount\": null}\n", NULL};
    static char *const standard[] = {"-", "-", "-"};
    struct stream_options options = {.limit = {true, 10}};
    struct stream *stream;
    struct error err;
    (void)state;

    assert_int_equal(stream_open(&stream, standard, 3, &options, &err), 0);
    for (size_t i = 0; i < 3; i++) {
        source_free(stream->inputs[i].source);
        assert_int_equal(source_memory(&stream->inputs[i].source, slice_from_cstr(texts[i]), input_names[i], &err), 0);
    }
    assert_int_equal(stream_format(stream), FORMAT_CSV);
    stream->inputs[1].options.delimiter = ';';
    assert_int_equal(stream_start(stream, &err), 0);
    assert_int_equal(role(stream, NULL, "customer_id", true), 0);
    assert_int_equal(role(stream, NULL, "amount", true), 1);
    assert_string_equal(next_row(stream), "0:2:1|1|2");
    assert_string_equal(next_row(stream), "1:2:1|4|3");
    assert_string_equal(next_row(stream), "2:1:1|-|5");
    assert_string_equal(next_row(stream), "2:2:2|6|~");
    assert_string_equal(next_row(stream), "");
    assert_string_equal(stream_input_name(stream, 2), "c.csv");
    assert_int_equal(stream->rejects.read, 4);
    assert_int_equal(rejects_used(&stream->rejects), 4);
    stream_free(stream);
}

static void a_role_must_be_in_every_input(void **state)
{
    const struct stream_options options = {.limit = {true, 10}};
    struct stream *stream =
        open_texts((const char *const[]){"customer_id,amount\n1,2\n", "", "id,amount\n3,4\n", NULL}, &options);
    struct error err;
    size_t column;
    (void)state;

    assert_int_equal(stream_role(stream, "--customer", NULL, "amount", true, &column, &err), 0);
    assert_int_equal(stream_role(stream, "--currency", NULL, "currency", false, &column, &err), 0);
    assert_true(column == COLUMN_ABSENT);
    assert_int_equal(stream_role(stream, "--id", "id", "order_id", false, &column, &err), -1);
    assert_string_equal(err.text, "a.csv: no column 'id'; the header is: customer_id, amount");
    assert_int_equal(stream_role(stream, NULL, NULL, "order_date", true, &column, &err), -1);
    assert_string_equal(err.text, "a.csv: no column 'order_date'; the header is: customer_id, amount");
    stream_free(stream);
}

static void unites_all_columns(void **state)
{
    const struct stream_options options = {.limit = {true, 10}};
    static const char *const names[] = {"a", "b", "c", "d"};
    struct stream *stream = open_texts(
        (const char *const[]){"a,b\n1,2\n", "", "{\"c\": 3, \"a\": [1, 2]}\n{\"d\": null, \"c\": true}\n", NULL},
        &options);
    struct error err;
    (void)state;

    assert_int_equal(stream_all(stream, &err), 0);
    assert_int_equal(stream->column_count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_true(slice_equal_cstr(stream->columns[i].name, names[i]));
    assert_string_equal(next_row(stream), "0:2:1|1|2|-|-");
    assert_string_equal(next_row(stream), "2:1:1|[1, 2]|-|3|-");
    assert_string_equal(next_row(stream), "2:2:2|-|-|true|~");
    assert_string_equal(next_row(stream), "");
    stream_free(stream);
}

static void empty_inputs_lack_nothing(void **state)
{
    static const char *const texts[] = {"", "\n\n \n", "\xef\xbb\xbf", "[]", NULL};
    (void)state;

    for (size_t i = 0; texts[i]; i++) {
        struct stream *stream = open_text(texts[i]);
        if (stream->inputs[0].reader->name_count == 0) { /* a line with a blank in it is a header */
            assert_int_equal(role(stream, NULL, "amount", true), 0);
            assert_int_equal(role(stream, "other", "amount", true), 1);
        }
        assert_string_equal(next_row(stream), "");
        assert_int_equal(stream->rejects.read, 0);
        stream_free(stream);
    }
    struct stream *stream = open_text("amount,customer_id\n"); /* a header alone */
    assert_int_equal(role(stream, NULL, "amount", true), 0);
    assert_string_equal(next_row(stream), "");
    stream_free(stream);
}

static void stops_at_the_first_bad_record(void **state)
{
    struct stream *stream = open_text("amount,x\n1,2\n3\n");
    struct record record;
    struct error err;
    (void)state;

    assert_int_equal(role(stream, NULL, "amount", true), 0);
    assert_string_equal(next_row(stream), "0:2:1|1");
    assert_int_equal(stream_next(stream, &record, &err), -1);
    assert_string_equal(err.text, "a.csv:3: 1 field, but the header has 2");
    assert_int_equal(err.status, STATUS_DATA);
    stream_free(stream);

    stream = open_text("Total,x\n1,2\n");
    assert_int_equal(role(stream, "Total", "amount", true), 0);
    assert_int_equal(stream_next(stream, &record, &err), 1);
    assert_int_equal(stream_reject(stream, &record, 0, &err, "not good: %d", 7), -1);
    assert_string_equal(err.text, "a.csv:2: column 'Total': not good: 7"); /* the name in the header */
    assert_int_equal(stream_reject(stream, &record, COLUMN_ABSENT, &err, "not good"), -1);
    assert_string_equal(err.text, "a.csv:2: not good");
    stream_free(stream);
}

/* read = used + filtered + rejected, and the file has every one of the rejected. */
static void closes_the_account(void **state)
{
    struct folder folder;
    char path[128];
    struct stream_options options = {.limit = {false, 3}};
    struct record record;
    struct error err;
    (void)state;

    folder_make(&folder);
    snprintf(path, sizeof path, "%s/bad.csv", folder.path);
    options.rejects = path;
    struct stream *stream =
        open_texts((const char *const[]){"amount,x\n1,2\n3\n4,\"5\n\n6,7\n8,9\n", "amount\nz\n", NULL}, &options);
    assert_int_equal(role(stream, NULL, "amount", true), 0);
    assert_int_equal(stream_next(stream, &record, &err), 1);
    assert_int_equal(stream_next(stream, &record, &err), 1);
    assert_int_equal(record.line, 6);
    assert_int_equal(record.number, 4);
    stream_skip(stream);
    assert_int_equal(stream_next(stream, &record, &err), 1);
    assert_int_equal(stream_next(stream, &record, &err), 1);
    assert_int_equal(record.input, 1);
    assert_int_equal(stream_reject(stream, &record, 0, &err, "not a number: '%s'", "z"), 0);
    assert_int_equal(stream_next(stream, &record, &err), 0);
    assert_int_equal(stream->rejects.read, 6);
    assert_int_equal(stream->rejects.filtered, 1);
    assert_int_equal(stream->rejects.rejected, 3);
    assert_int_equal(rejects_used(&stream->rejects), 2);
    assert_int_equal(stream_finish(stream, &err), 0);
    assert_file(path, "file,line,record,column,reason,raw\n"
                      "a.csv,3,2,,\"1 field, but the header has 2\",3\n"
                      "a.csv,4,3,,a quote that is never closed,\"4,\"\"5\"\n"
                      "b.csv,2,1,amount,not a number: 'z',z\n");
    stream_free(stream);
    folder_remove(&folder);
}

static void counts_bad_records_for_a_report(void **state)
{
    const struct stream_options options = {.limit = {true, 10}, .count_bad = true};
    struct stream *stream = open_texts((const char *const[]){"amount\n1\n2,3\n4\n", NULL}, &options);
    struct record record;
    struct error err;
    (void)state;

    assert_int_equal(role(stream, NULL, "amount", true), 0);
    assert_string_equal(next_row(stream), "0:2:1|1");
    assert_int_equal(stream_next(stream, &record, &err), 1);
    assert_int_equal(stream_reject(stream, &record, 0, &err, "no"), 0);
    assert_string_equal(next_row(stream), "");
    assert_int_equal(stream->rejects.read, 3);
    assert_int_equal(stream->rejects.rejected, 2);
    assert_int_equal(stream_finish(stream, &err), 0);
    stream_free(stream);
}

static void says_what_cannot_be_opened(void **state)
{
    char *const paths[] = {"/dev/null", "/nowhere/x.csv"};
    const struct stream_options options = {.limit = {true, 10}};
    const struct stream_options to_output = {.limit = {true, 10}, .rejects = "-"};
    struct stream *stream;
    struct error err;
    (void)state;

    assert_int_equal(stream_open(&stream, paths, 2, &options, &err), -1);
    assert_string_equal(err.text, "/nowhere/x.csv: No such file or directory");
    assert_int_equal(stream_open(&stream, paths, 1, &to_output, &err), -1);
    assert_string_equal(err.text, "rejected records cannot go to standard output, among the good ones; name a file");
    assert_int_equal(err.status, STATUS_USAGE);
    assert_int_equal(stream_open(&stream, NULL, 0, &options, &err), 0);
    assert_int_equal(stream->input_count, 1);
    assert_string_equal(stream_input_name(stream, 0), "standard input");
    stream_free(stream);
    stream_free(NULL);
}

/* The output's format: as said, else the input's. */
static void opens_outputs(void **state)
{
    static const struct {
        const char *input;
        enum format to;
        const char *wanted;
    } cases[] = {
        {"x\n", FORMAT_AUTO, "n\n1\n"},
        {"{\"x\": 1}\n", FORMAT_AUTO, "{\"n\":1}\n"},
        {"[{\"x\": 1}]\n", FORMAT_AUTO, "[\n{\"n\":1}\n]\n"},
        {"{\"x\": 1}\n", FORMAT_CSV, "n\n1\n"},
        {"x\n", FORMAT_JSONL, "{\"n\":1}\n"},
        {NULL, FORMAT_AUTO, "n\n1\n"},
    };
    const struct slice names[] = {SLICE_INIT("n")};
    const struct field fields[] = {{SLICE_INIT("1"), FIELD_NUMBER}};
    struct folder folder;
    char path[128];
    (void)state;

    folder_make(&folder);
    snprintf(path, sizeof path, "%s/out", folder.path);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stream *stream = cases[i].input ? open_text(cases[i].input) : NULL;
        struct common common = COMMON_INIT;
        struct output output = {0};
        struct error err;
        common.output = path;
        common.to = cases[i].to;
        assert_int_equal(output_open(&output, &common, stream, names, 1, &err), 0);
        assert_int_equal(writer_put(output.writer, fields, &err), 0);
        assert_int_equal(output_finish(&output, &err), 0);
        output_free(&output);
        assert_file(path, cases[i].wanted);
        stream_free(stream);
    }
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_roles),
        cmocka_unit_test(follows_paths),
        cmocka_unit_test(refuses_missing_columns),
        cmocka_unit_test(lists_a_long_header),
        cmocka_unit_test(each_input_has_its_own_columns),
        cmocka_unit_test(a_role_must_be_in_every_input),
        cmocka_unit_test(unites_all_columns),
        cmocka_unit_test(empty_inputs_lack_nothing),
        cmocka_unit_test(stops_at_the_first_bad_record),
        cmocka_unit_test(closes_the_account),
        cmocka_unit_test(counts_bad_records_for_a_report),
        cmocka_unit_test(says_what_cannot_be_opened),
        cmocka_unit_test(opens_outputs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
