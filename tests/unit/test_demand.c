/* What roles demand of values: what is taken, and what is said of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stream/demand.h"

static struct stream *stream;
static struct record record;

/* A stream at its first record: one column "v" with this value. */
static void open_value(const char *value)
{
    static char *const standard[] = {"-"};
    const struct stream_options options = {.limit = {true, 10}};
    char text[200];
    struct error err;
    size_t column;

    snprintf(text, sizeof text, "id,v\n1,%s\n", value);
    assert_int_equal(stream_open(&stream, standard, 1, &options, &err), 0);
    source_free(stream->inputs[0].source);
    assert_int_equal(source_memory(&stream->inputs[0].source, slice_from_cstr(text), "a.csv", &err), 0);
    assert_int_equal(stream_start(stream, &err), 0);
    assert_int_equal(stream_role(stream, "--v", "v", "v", true, &column, &err), 0);
    assert_int_equal(column, 0);
    assert_int_equal(stream_next(stream, &record, &err), 1);
}

/* Without a rejects file a bad value stops the run, and this is the message. */
static void assert_stopped(int result, const struct error *err, const char *message)
{
    assert_int_equal(result, -1);
    assert_int_equal(err->status, STATUS_DATA);
    assert_string_equal(err->text, message);
    stream_free(stream);
}

static void keys(void **state)
{
    struct slice key;
    struct error err;

    (void)state;
    open_value("007");
    assert_int_equal(demand_key(stream, &record, 0, "nobody", &key, &err), 0);
    assert_true(slice_equal_cstr(key, "007"));
    stream_free(stream);
    open_value("");
    assert_stopped(demand_key(stream, &record, 0, "nobody", &key, &err), &err, "a.csv:2: column 'v': empty: nobody");
    open_value("a\xff");
    assert_stopped(demand_key(stream, &record, 0, "nobody", &key, &err), &err,
                   "a.csv:2: column 'v': not UTF-8: 'a\\xff'");
}

static void decimals(void **state)
{
    struct decimal value;
    struct error err;

    (void)state;
    open_value("-12.50");
    assert_int_equal(demand_decimal(stream, &record, 0, &value, &err), 0);
    assert_int_equal(value.units, -1250);
    assert_int_equal(value.scale, 2);
    stream_free(stream);
    open_value("");
    assert_stopped(demand_decimal(stream, &record, 0, &value, &err), &err, "a.csv:2: column 'v': empty");
    open_value("12.5O");
    assert_stopped(demand_decimal(stream, &record, 0, &value, &err), &err,
                   "a.csv:2: column 'v': not a number: '12.5O'");
    open_value("99999999999999999999");
    assert_stopped(demand_decimal(stream, &record, 0, &value, &err), &err,
                   "a.csv:2: column 'v': too large, or with more than 18 decimals: '99999999999999999999'");
}

static void dates(void **state)
{
    struct date_reader iso = {0};
    struct date_reader dotted = {.format = "%d.%m.%Y"};
    struct moment moment;
    struct error err;
    int32_t day;

    (void)state;
    open_value("2026-03-01T23:30:00-02:00");
    assert_int_equal(demand_day(stream, &record, 0, &iso, &day, &err), 0);
    assert_int_equal(day, day_from_civil(2026, 3, 1)); /* as written */
    assert_int_equal(time_zone_open(&iso.zone, "UTC", &err), 0);
    assert_int_equal(demand_moment(stream, &record, 0, &iso, &moment, &day, &err), 0);
    assert_int_equal(day, day_from_civil(2026, 3, 2));
    assert_int_equal(moment.second, 23 * 3600 + 1800);
    stream_free(stream);
    open_value("01.03.2026");
    assert_int_equal(demand_day(stream, &record, 0, &dotted, &day, &err), 0);
    assert_int_equal(day, day_from_civil(2026, 3, 1));
    assert_stopped(demand_day(stream, &record, 0, &iso, &day, &err), &err,
                   "a.csv:2: column 'v': not a date: '01.03.2026' (--date-format tells how dates are written; "
                   "crm-import finds it out)");
    open_value("1/3/2026");
    assert_stopped(demand_moment(stream, &record, 0, &dotted, &moment, &day, &err), &err,
                   "a.csv:2: column 'v': not a date: '1/3/2026'"); /* a format was given */
    open_value("1772323200");
    assert_stopped(demand_moment(stream, &record, 0, &iso, &moment, &day, &err), &err,
                   "a.csv:2: column 'v': not a date: '1772323200' (seconds since 1970? --date-format %s)");
    open_value("");
    assert_stopped(demand_day(stream, &record, 0, &iso, &day, &err), &err, "a.csv:2: column 'v': empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys),
        cmocka_unit_test(decimals),
        cmocka_unit_test(dates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
