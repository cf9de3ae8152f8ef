/* Which records are seen, and how columns of expressions are found. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "stream/relay.h"
#include "stream/where.h"

static struct stream *open_text(const char *text, const char *where)
{
    static char *const standard[] = {"-"};
    const struct stream_options options = {.limit = {true, 10}, .where = where, .as_of = "2026-03-01"};
    struct stream *stream;
    struct error err;

    assert_int_equal(stream_open(&stream, standard, 1, &options, &err), 0);
    source_free(stream->inputs[0].source);
    assert_int_equal(source_memory(&stream->inputs[0].source, slice_from_cstr(text), "in", &err), 0);
    if (stream_start(stream, &err))
        fail_msg("%s", err.text);
    return stream;
}

/* The first column of the records that are seen, one behind the other. */
static void expect(const char *text, const char *where, const char *seen)
{
    struct stream *stream = open_text(text, where);
    char got[256] = "";
    struct record record;
    struct error err;
    int more;

    assert_int_equal(stream_all(stream, &err), 0);
    while ((more = stream_next(stream, &record, &err)) > 0) {
        assert_int_equal(record.count, stream->column_count);
        strncat(got, record.fields[0].text.ptr, record.fields[0].text.len);
    }
    if (more < 0)
        fail_msg("%s", err.text);
    assert_string_equal(got, seen);
    assert_int_equal(stream->rejects.read, stream->rejects.filtered + strlen(seen));
    stream_free(stream);
}

static void records_are_seen_when_it_is_true(void **state)
{
    static const char csv[] = "id,amount,since\na,5,2026-02-01\nb,50,2025-02-01\nc,,\nd,x,2026-03-01\n";
    static const char json[] =
        "{\"id\":\"a\",\"n\":{\"m\":1}}\n{\"id\":\"b\",\"n\":{\"m\":2}}\n{\"id\":\"c\",\"late\":1}\n";
    (void)state;

    expect(csv, ".amount > 10", "b");
    expect(csv, ".amount <= 10", "acd");                  /* null is less than any number */
    expect(csv, ".id == \"a\" or .amount == null", "ac"); /* x is text here, compared with no number */
    expect(csv, "days_since(.since) < 30", "acd");        /* and so is null */
    expect(csv, "true", "abcd");
    expect(csv, "false", "");
    expect(json, ".n.m == 2", "b");
    expect(json, "has(\"late\")", "c");
    expect(json, ".nowhere == null", "abc");
}

/* By its name as it stands, else as a canonical name by its aliases. */
static void columns_are_found_by_alias(void **state)
{
    (void)state;
    expect("x,E-Mail Address\na,p@q.example\nb,\n", ".email != \"\"", "a");
}

static void what_is_not_there_is_named(void **state)
{
    static char *const standard[] = {"-"};
    struct stream_options options = {.limit = {true, 10}, .where = ".amuont > 1"};
    struct stream *stream;
    struct error err;
    (void)state;

    assert_int_equal(stream_open(&stream, standard, 1, &options, &err), 0);
    source_free(stream->inputs[0].source);
    assert_int_equal(source_memory(&stream->inputs[0].source, SLICE("id,amount\n1,2\n"), "in", &err), 0);
    assert_int_equal(stream_start(stream, &err), -1);
    assert_non_null(strstr(err.text, "did you mean 'amount'?"));
    stream_free(stream);
    options.where = ".a >";
    assert_int_equal(stream_open(&stream, standard, 1, &options, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
}

static void analysis_days(void **state)
{
    struct time_zone zone = {0};
    struct error err;
    int32_t day, today;
    (void)state;

    assert_int_equal(analysis_day("2026-01-02", &zone, &day, &err), 0);
    assert_int_equal(day, day_from_civil(2026, 1, 2));
    assert_int_equal(analysis_day("2026-01-02x", &zone, &day, &err), -1);
    assert_int_equal(analysis_day(NULL, &zone, &today, &err), 0);
    assert_int_equal(analysis_day("today", &zone, &day, &err), 0);
    assert_true(day - today == 0 || day - today == 1); /* midnight may pass */
    assert_true(today > day_from_civil(2026, 1, 1));
}

/* The number of the record, squared. */
static void square(void *context, size_t worker, struct arena *arena, struct passage *passage)
{
    uint64_t *result = arena_alloc(arena, sizeof *result);

    (void)context;
    (void)worker;
    if (result)
        *result = passage->record.number * passage->record.number;
    passage->result = result;
}

static void passages_come_in_order(void **state)
{
    struct buffer text = {0};
    (void)state;

    assert_int_equal(buffer_append(&text, SLICE("id,x\n")), 0);
    for (int i = 1; i <= 5000; i++)
        assert_int_equal(buffer_printf(&text, "%d,%s\n", i, i % 1000 == 7 ? "1,2" : "1"), 0);
    assert_int_equal(buffer_append_char(&text, '\0'), 0);
    for (size_t threads = 1; threads <= 3; threads++) {
        struct stream *stream = open_text(text.data, NULL);
        uint64_t seen = 0, bad = 0;
        struct passage *passage;
        struct relay *relay;
        struct error err;

        assert_int_equal(stream_all(stream, &err), 0);
        assert_int_equal(relay_new(&relay, stream, threads, square, NULL, &err), 0);
        while (relay_next(relay, &passage, &err) > 0) {
            seen++;
            if (passage->bad)
                bad++;
            else
                assert_int_equal(*(uint64_t *)passage->result, seen * seen);
        }
        assert_int_equal(seen, 5000);
        assert_int_equal(bad, 5);
        relay_free(relay);
        stream_free(stream);
    }
    buffer_fini(&text);
}

/* Also those that are not seen are read, and progress goes on with them. */
static void progress_is_shown_of_what_is_not_seen(void **state)
{
    struct buffer text = {0};
    struct record record;
    struct error err;
    (void)state;

    assert_int_equal(buffer_append(&text, SLICE("id\n")), 0);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(buffer_append(&text, SLICE("a\n")), 0);
    assert_int_equal(buffer_append_char(&text, '\0'), 0);
    struct stream *stream = open_text(text.data, ".id != \"a\"");
    const int standard_error = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    assert_true(standard_error >= 0 && nowhere >= 0);
    assert_int_equal(dup2(nowhere, STDERR_FILENO), STDERR_FILENO);
    stream->progress.active = true;
    const int more = stream_next(stream, &record, &err);
    const bool shown = stream->progress.shown;
    progress_stop(&stream->progress);
    assert_int_equal(dup2(standard_error, STDERR_FILENO), STDERR_FILENO);
    close(standard_error);
    close(nowhere);
    assert_int_equal(more, 0);
    assert_true(shown);
    assert_int_equal(stream->rejects.filtered, 5000);
    stream_free(stream);
    buffer_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_seen_when_it_is_true), cmocka_unit_test(columns_are_found_by_alias),
        cmocka_unit_test(what_is_not_there_is_named),       cmocka_unit_test(analysis_days),
        cmocka_unit_test(passages_come_in_order),           cmocka_unit_test(progress_is_shown_of_what_is_not_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
