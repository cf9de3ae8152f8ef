/* Roles that several columns can have, and columns that only some inputs have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stream/roles.h"

static const char *const who[] = {"deal_id", "lead_id", "customer_id", NULL};

static struct stream *open_texts(const char *const *texts)
{
    static char *const standard[] = {"-", "-", "-"};
    static const char *const names[] = {"a.csv", "b.csv", "c.csv"};
    const struct stream_options options = {.limit = {true, 10}};
    struct stream *stream;
    struct error err;
    size_t count = 0;

    while (texts[count])
        count++;
    assert_int_equal(stream_open(&stream, standard, count, &options, &err), 0);
    for (size_t i = 0; i < count; i++) {
        source_free(stream->inputs[i].source);
        assert_int_equal(source_memory(&stream->inputs[i].source, slice_from_cstr(texts[i]), names[i], &err), 0);
    }
    if (stream_start(stream, &err))
        fail_msg("%s", err.text);
    return stream;
}

/* The values of a column in all records, each with a blank behind it; "-" where it is absent. */
static const char *values_of(struct stream *stream, size_t column)
{
    static char text[512];
    struct record record;
    struct error err;
    size_t used = 0;

    text[0] = '\0';
    while (stream_next(stream, &record, &err) > 0) {
        const struct field *field = &record.fields[column];
        used += (size_t)snprintf(text + used, sizeof text - used, "%.*s ", SLICE_ARG(field->text));
        if (field->kind == FIELD_ABSENT)
            used += (size_t)snprintf(text + used - 1, sizeof text - used, "- ") - 1;
    }
    return text;
}

#define TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void assert_among(const char *const *texts, const char *given, const char *values)
{
    struct stream *stream = open_texts(texts);
    struct error err;
    size_t column;

    if (stream_role_among(stream, "--who", given, who, true, &column, &err))
        fail_msg("%s", err.text);
    assert_string_equal(values_of(stream, column), values);
    stream_free(stream);
}

static void the_first_role_that_is_there(void **state)
{
    (void)state;
    assert_among(TEXTS("customer_id,lead_id\nc1,l1\nc2,l2\n"), NULL, "l1 l2 ");
    assert_among(TEXTS("customer_id,x\nc1,1\n"), NULL, "c1 ");
    assert_among(TEXTS("Lead ID,Deal ID\nl1,d1\n"), NULL, "d1 ");
    assert_among(TEXTS("customer_id,lead_id\nc1,l1\n"), "customer_id", "c1 ");
    assert_among(TEXTS("customer_id,lead_id\nc1,l1\n"), "#1", "c1 ");
    assert_among(TEXTS("lead_id,x\nl1,1\n", "y,lead_id\n2,l2\n"), NULL, "l1 l2 ");
    assert_among(TEXTS("{\"lead_id\": 7, \"deal_id\": \"d\"}\n"), NULL, "d ");
}

static void no_role_is_there(void **state)
{
    struct stream *stream = open_texts(TEXTS("a,b\n1,2\n"));
    struct error err;
    size_t column;
    (void)state;

    assert_int_equal(stream_role_among(stream, "--who", NULL, who, false, &column, &err), 0);
    assert_int_equal(column, COLUMN_ABSENT);
    assert_int_equal(stream_role_among(stream, "--who", NULL, who, true, &column, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "a.csv: no column 'deal_id'; the header is: a, b; name it with --who COL");
    assert_int_equal(stream_role_among(stream, "--who", "c", who, false, &column, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_string_equal(err.text, "a.csv: no column 'c'; the header is: a, b");
    stream_free(stream);
}

static void assert_anywhere(const char *const *texts, const char *name, const char *values)
{
    struct stream *stream = open_texts(texts);
    struct error err;
    size_t column;

    if (stream_column_anywhere(stream, "--by", name, &column, &err))
        fail_msg("%s", err.text);
    assert_string_equal(values_of(stream, column), values);
    stream_free(stream);
}

static void a_column_of_some_inputs(void **state)
{
    (void)state;
    assert_anywhere(TEXTS("a,b\n1,2\n", "a,c\n3,4\n"), "b", "2 - ");
    assert_anywhere(TEXTS("a,b\n1,2\n", "a,c\n3,4\n", "c,a\n5,6\n"), "c", "- 4 5 ");
    assert_anywhere(TEXTS("a,b\n1,2\n", "a\n3\n"), "#2", "2 - ");
    assert_anywhere(TEXTS("", "a,b\n1,2\n"), "b", "2 ");
    assert_anywhere(TEXTS("{\"u\": {\"id\": 1}}\n{\"u\": 2}\n", "a,b\n1,2\n"), ".u.id", "1 - - ");
}

static void a_column_of_no_input(void **state)
{
    struct stream *stream = open_texts(TEXTS("", "a,b\n1,2\n", "c\n3\n"));
    struct error err;
    size_t column;
    (void)state;

    assert_int_equal(stream_column_anywhere(stream, "--by", "d", &column, &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_string_equal(err.text, "b.csv: no column 'd'; the header is: a, b");
    stream_free(stream);

    stream = open_texts(TEXTS("", ""));
    assert_int_equal(stream_column_anywhere(stream, "--by", "d", &column, &err), 0);
    assert_int_equal(column, COLUMN_ABSENT);
    stream_free(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_role_that_is_there),
        cmocka_unit_test(no_role_is_there),
        cmocka_unit_test(a_column_of_some_inputs),
        cmocka_unit_test(a_column_of_no_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
