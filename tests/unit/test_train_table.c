/* Training tables: kinds of columns, what is left out, outcomes, and what stands for no value. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/model.h"
#include "link_table.h"
#include "short_memory.h"

static struct buffer text; /* of the table that is being written */

static void begin(const char *header)
{
    buffer_clear(&text);
    assert_int_equal(buffer_printf(&text, "%s\n", header), 0);
}

/* A table of the text, with the options given; the target is y unless one is named. */
static int make(struct train_table *table, struct train_options options, struct error *err)
{
    struct table cells;
    int result;

    table_make(&cells, buffer_text(&text));
    options.target = options.target ? options.target : "y";
    options.as_of = options.as_of ? options.as_of : DAY_NONE;
    result = train_table_make(table, &cells.kept, cells.names, &options, err);
    table_free(&cells);
    return result;
}

static struct train_table made(struct train_options options)
{
    struct train_table table;
    struct error err;

    if (make(&table, options, &err))
        fail_msg("%s", err.text);
    return table;
}

static const struct train_feature *feature(const struct train_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (slice_equal_cstr(table->features[i].name, name))
            return &table->features[i];
    fail_msg("no feature %s", name);
    return NULL;
}

static void assert_kind(const struct train_table *table, const char *name, enum train_kind kind, const char *skipped)
{
    const struct train_feature *found = feature(table, name);

    if (skipped || found->skipped) {
        assert_non_null(found->skipped);
        assert_non_null(skipped);
        assert_string_equal(found->skipped, skipped);
        assert_null(found->number);
        assert_null(found->code);
        return;
    }
    if (found->kind != kind)
        fail_msg("%s is a %s", name, train_kind_names[found->kind]);
    assert_true(kind == TRAIN_CATEGORY ? found->code && !found->number : found->number && !found->code);
}

static void kinds_follow_from_the_values(void **state)
{
    struct train_table table;
    (void)state;

    begin("age|source|created|binary|word|y");
    for (int i = 0; i < 50; i++)
        assert_int_equal(buffer_printf(&text, "%s%d.5|%s|%s|%d|%s|%s\n", i % 5 == 1 ? "-" : " +", i,
                                       i % 3 == 0   ? "Google "
                                       : i % 3 == 1 ? "Select"
                                                    : "Ads",
                                       i == 7  ? ""
                                       : i % 2 ? "2024-03-01T10:00:00Z"
                                               : "2024-02-28",
                                       i % 2, i % 2 ? "yes" : "no", i < 25 ? "Yes" : "no"),
                         0);
    table = made((struct train_options){0});
    assert_int_equal(table.rows, 50);
    assert_int_equal(table.yes, 25);
    assert_int_equal(table.count, 5);
    assert_true(slice_equal_cstr(table.target, "y"));
    assert_true(slice_equal_cstr(table.positive, "Yes"));
    assert_kind(&table, "age", TRAIN_NUMBER, NULL);
    assert_kind(&table, "source", TRAIN_CATEGORY, NULL);
    assert_kind(&table, "created", TRAIN_DATE, NULL);
    assert_kind(&table, "binary", TRAIN_NUMBER, NULL);
    assert_kind(&table, "word", TRAIN_CATEGORY, NULL);
    assert_true(feature(&table, "age")->number[1] == -1.5);
    assert_true(feature(&table, "age")->number[2] == 2.5);

    const struct train_feature *source = feature(&table, "source");
    assert_int_equal(source->level_count, 3);
    assert_true(slice_equal_cstr(source->levels[0], ""));
    assert_true(slice_equal_cstr(source->levels[1], "Google"));
    assert_true(slice_equal_cstr(source->levels[2], "Ads"));
    assert_int_equal(source->code[0], 1);
    assert_int_equal(source->code[1], 0);
    assert_int_equal(source->code[2], 2);
    assert_int_equal(source->missing, 17); /* 1, 4, ..., 49 */

    /* the latest date is the day of analysis; 2024 has a 29th of February */
    const struct train_feature *created = feature(&table, "created");
    assert_int_equal(table.as_of, day_from_civil(2024, 3, 1));
    assert_true(created->number[0] == 2);
    assert_true(created->number[1] == 0);
    assert_true(isnan(created->number[7]));
    assert_int_equal(created->missing, 1);
    train_table_fini(&table);

    table = made((struct train_options){.as_of = day_from_civil(2024, 2, 29)});
    assert_true(feature(&table, "created")->number[0] == 1);
    assert_true(feature(&table, "created")->number[1] == -1);
    train_table_fini(&table);
}

/* 400 leads: 4 of 400 may be no number, 20 no date. */
static void odd_values_are_counted(void **state)
{
    struct train_table table;
    (void)state;

    begin("four|five|many|dates|twentyone|codes|y");
    for (int i = 0; i < 400; i++)
        assert_int_equal(buffer_printf(&text, "%s|%s|%s|%s|%s|%s%d|%d\n", i >= 100 && i < 104 ? "x1" : "1.5e1",
                                       i >= 100 && i < 105 ? "?x"
                                       : i % 2             ? "1"
                                                           : "2",
                                       i % 8 == 3 ? "none of it"
                                       : i % 2    ? "1"
                                                  : "2",
                                       i % 20 == 2 ? "soon" : "2020-05-05", i < 21 ? "soon" : "2020-05-05",
                                       i % 50 == 0 ? "0" : "", 1 + i % 30, i % 2),
                         0);
    table = made((struct train_options){0});
    assert_kind(&table, "four", TRAIN_NUMBER, NULL);
    assert_int_equal(feature(&table, "four")->odd, 4);
    assert_int_equal(feature(&table, "four")->odd_record, 100);
    assert_true(slice_equal_cstr(feature(&table, "four")->odd_value, "x1"));
    assert_int_equal(feature(&table, "four")->missing, 4);
    assert_true(feature(&table, "four")->number[0] == 15);
    assert_kind(&table, "five", TRAIN_CATEGORY, NULL);
    assert_int_equal(feature(&table, "five")->odd, 5);
    assert_true(slice_equal_cstr(feature(&table, "five")->odd_value, "?x"));
    assert_int_equal(feature(&table, "five")->level_count, 4);
    assert_kind(&table, "many", TRAIN_CATEGORY, NULL);
    assert_int_equal(feature(&table, "many")->odd, 0);
    assert_kind(&table, "dates", TRAIN_DATE, NULL);
    assert_int_equal(feature(&table, "dates")->odd, 20);
    assert_int_equal(feature(&table, "dates")->odd_record, 2);
    assert_kind(&table, "twentyone", TRAIN_CATEGORY, NULL);
    assert_int_equal(feature(&table, "twentyone")->odd, 21);
    assert_true(slice_equal_cstr(feature(&table, "twentyone")->odd_value, "soon"));
    assert_kind(&table, "codes", TRAIN_CATEGORY, NULL);
    train_table_fini(&table);
}

static void what_tells_leads_apart_is_left_out(void **state)
{
    struct train_table table;
    (void)state;

    begin("lead_number|OrderId|no of visits|phone|amount|running|email|note|long label|one|void|code id|y");
    for (int i = 0; i < 2400; i++)
        assert_int_equal(buffer_printf(&text, "%d|%d|%d|4930%07d|%d.25|%d|a%d@x.example|note %d|%s %d|same|N/A|%d|%d\n",
                                       i * 7919 % 100003, (i * 31 + 5) % 100003, i % 9, i * 104729 % 9999991,
                                       i * 7919 % 100003, 100 + i * 3, i, i % 1001,
                                       "a label that is so long that nobody would want to read it more than once or so",
                                       i % 100, i % 50, i % 2),
                         0);
    table = made((struct train_options){0});
    assert_kind(&table, "lead_number", 0, "identifier");
    assert_kind(&table, "OrderId", 0, "identifier");
    assert_kind(&table, "no of visits", TRAIN_NUMBER, NULL);
    assert_kind(&table, "phone", 0, "identifier");
    assert_kind(&table, "amount", TRAIN_NUMBER, NULL);
    assert_kind(&table, "running", 0, "identifier");
    assert_kind(&table, "email", 0, "identifier");
    assert_kind(&table, "note", 0, "text");
    assert_kind(&table, "long label", TRAIN_CATEGORY, NULL);
    assert_kind(&table, "one", 0, "one value");
    assert_kind(&table, "void", 0, "empty");
    assert_kind(&table, "code id", TRAIN_NUMBER, NULL);
    train_table_fini(&table);

    const char *const asked[] = {"LEAD_NUMBER", "No-of-visits", "note"}, *const drop[] = {"no of visits"};
    table = made((struct train_options){.features = asked, .feature_count = 3, .drop = drop, .drop_count = 1});
    assert_kind(&table, "lead_number", TRAIN_NUMBER, NULL);
    assert_kind(&table, "no of visits", 0, "left out");
    assert_kind(&table, "note", 0, "text");
    assert_kind(&table, "amount", 0, "not asked for");
    train_table_fini(&table);
}

static void dates_of_digits_and_dates_beyond_sense(void **state)
{
    struct train_table table;
    (void)state;

    begin("compact|amount|placeholder|y");
    for (int i = 0; i < 60; i++)
        assert_int_equal(buffer_printf(&text, "202401%02d|%d|%s|%d\n", 1 + i % 28, 19000101 + i * 100,
                                       i == 5   ? "9999-12-31"
                                       : i == 6 ? "0001-01-01"
                                                : "2024-05-01",
                                       i % 2),
                         0);
    table = made((struct train_options){0});
    assert_kind(&table, "compact", TRAIN_DATE, NULL);
    assert_kind(&table, "amount", TRAIN_NUMBER, NULL);
    assert_kind(&table, "placeholder", TRAIN_DATE, NULL);
    assert_int_equal(table.as_of, day_from_civil(2024, 5, 1));
    assert_true(isnan(feature(&table, "placeholder")->number[5]));
    assert_true(isnan(feature(&table, "placeholder")->number[6]));
    assert_int_equal(feature(&table, "placeholder")->missing, 2);
    assert_int_equal(feature(&table, "placeholder")->odd, 0);
    train_table_fini(&table);
}

/* counts[i] leads with values[i] of the target. */
static void targets(const char *const *values, const int *counts)
{
    begin("x|y");
    for (int i = 0; values[i]; i++)
        for (int k = 0; k < counts[i]; k++)
            assert_int_equal(buffer_printf(&text, "%d|%s\n", k % 3, values[i]), 0);
}

#define TARGETS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define COUNTS(...) ((const int[]){__VA_ARGS__})

static void assert_target(const char *positive, size_t yes, size_t rows, size_t undecided, const char *first)
{
    struct train_table table = made((struct train_options){.positive = positive});

    assert_int_equal(table.yes, yes);
    assert_int_equal(table.rows, rows);
    assert_int_equal(table.undecided, undecided);
    assert_true(slice_equal_cstr(table.positive, first));
    train_table_fini(&table);
}

static void outcomes_are_known_by_their_words(void **state)
{
    (void)state;

    targets(TARGETS("Yes", "no", "YES", "", "n/a"), COUNTS(20, 30, 5, 3, 2));
    assert_target(NULL, 25, 55, 5, "Yes");
    targets(TARGETS("0.0", "1.0", "1"), COUNTS(20, 20, 5));
    assert_target(NULL, 25, 45, 0, "1.0");
    targets(TARGETS("-1", "1"), COUNTS(20, 30));
    assert_target(NULL, 30, 50, 0, "1");
    targets(TARGETS("Нет", "Да"), COUNTS(20, 30));
    assert_target(NULL, 30, 50, 0, "Да");
    targets(TARGETS("لا", "نعم"), COUNTS(20, 30));
    assert_target(NULL, 30, 50, 0, "نعم");
    targets(TARGETS("否", "是"), COUNTS(20, 30));
    assert_target(NULL, 30, 50, 0, "是");
    targets(TARGETS("closed lost", "Closed Won"), COUNTS(20, 30));
    assert_target(NULL, 30, 50, 0, "Closed Won");
    /* the other of two, when one is known as no */
    targets(TARGETS("Lost", "enrolled"), COUNTS(20, 30));
    assert_target(NULL, 30, 50, 0, "enrolled");
    targets(TARGETS("Customer", "lead"), COUNTS(20, 30));
    assert_target(NULL, 20, 50, 0, "Customer");
    /* open leads are undecided when it is known what lost ones are called */
    targets(TARGETS("Closed Won", "Closed Lost", "Negotiation"), COUNTS(20, 30, 7));
    assert_target(NULL, 20, 50, 7, "Closed Won");
    targets(TARGETS("won", "new", "working"), COUNTS(20, 30, 7));
    assert_target(NULL, 20, 57, 0, "won");
    /* as told: all others are no */
    targets(TARGETS("Closed Won", "Closed Lost", "Negotiation"), COUNTS(20, 30, 25));
    assert_target("negotiation", 25, 75, 0, "Negotiation");
    targets(TARGETS("1", "2", "3"), COUNTS(20, 30, 25));
    assert_target("3.0", 25, 75, 0, "3");
}

static void assert_refused(struct train_options options, enum status status, const char *message)
{
    struct train_table table;
    struct error err;

    assert_int_equal(make(&table, options, &err), -1);
    assert_string_equal(err.text, message);
    assert_int_equal(err.status, status);
    assert_null(table.features);
}

static void wrong_targets_and_names_are_refused(void **state)
{
    static const char *const wrong[] = {"z"}, *const target[] = {"y"};
    (void)state;

    targets(TARGETS("yes"), COUNTS(40));
    assert_refused((struct train_options){0}, STATUS_DATA, "column 'y' has one outcome only, 'yes', in 40 leads");
    targets(TARGETS(""), COUNTS(40));
    assert_refused((struct train_options){0}, STATUS_DATA, "column 'y' has no value in any lead");
    targets(TARGETS("odd"), COUNTS(40));
    assert_refused((struct train_options){0}, STATUS_DATA, "column 'y' has one outcome only, 'odd', in 40 leads");
    targets(TARGETS("yes", "no"), COUNTS(40, 19));
    assert_refused((struct train_options){0}, STATUS_DATA,
                   "column 'y': 40 leads with the outcome 'yes' and 19 without; at least 20 of either are needed");
    targets(TARGETS("1", "2", "3"), COUNTS(20, 30, 25));
    assert_refused((struct train_options){0}, STATUS_USAGE,
                   "which value of column 'y' is the outcome (--positive)? It has: '1', '2', '3'");
    targets(TARGETS("a", "b", "c", "d", "e", "g", "h", "i", "j", "x"), COUNTS(9, 9, 9, 9, 9, 9, 9, 9, 9, 9));
    assert_refused((struct train_options){.target = "Y"}, STATUS_USAGE,
                   "which value of column 'y' is the outcome (--positive)? It has: 'a', 'b', 'c', 'd', 'e', 'g', 'h', "
                   "'i', ...");
    targets(TARGETS("yes", "no"), COUNTS(40, 40));
    assert_refused((struct train_options){.positive = "won"}, STATUS_USAGE,
                   "column 'y' has no value 'won'; it has: 'yes', 'no'");
    assert_refused((struct train_options){.target = "outcome"}, STATUS_USAGE,
                   "no column 'outcome'; the header is: x, y");
    assert_refused((struct train_options){.drop = wrong, .drop_count = 1}, STATUS_USAGE,
                   "no column 'z'; the header is: x, y");
    assert_refused((struct train_options){.allow = wrong, .allow_count = 1}, STATUS_USAGE,
                   "no column 'z'; the header is: x, y");
    assert_refused((struct train_options){.features = target, .feature_count = 1}, STATUS_USAGE,
                   "column 'y' is the target and cannot be a feature");
    begin("x|y");
    for (int i = 0; i < 1002; i++)
        assert_int_equal(buffer_printf(&text, "1|v%d\n", i), 0);
    assert_refused((struct train_options){0}, STATUS_DATA,
                   "column 'y' has more than 1000 different values: it is no outcome");
}

static void words_for_no_value(void **state)
{
    static const char *const missing[] = {"",          " ",           "-",          "--",           "Select",
                                          "SELECT",    "n/a",         "N.A.",       "#N/A",         "null",
                                          "(not set)", "-None-",      "<none>",     "\xe2\x80\x94", "?",
                                          "...",       "unknown",     "k.A.",       "未知",         "-- Select --",
                                          "\\N",       "\xc2\xa0NaN", "Не указано", "غير معروف",    "Please select..."};
    static const char *const there[] = {"0", "no", "-1", "(5)", "other", "Nana", "Selected", "n/ab", "not sure", "нет"};
    (void)state;

    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        if (!model_missing(slice_from_cstr(missing[i])))
            fail_msg("'%s' is there", missing[i]);
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        if (model_missing(slice_from_cstr(there[i])))
            fail_msg("'%s' is missing", there[i]);
    for (size_t i = 0; model_missing_common[i]; i++)
        if (!model_missing(slice_from_cstr(model_missing_common[i])))
            fail_msg("'%s' is there", model_missing_common[i]);
}

static void numbers_of_any_size(void **state)
{
    static const struct {
        const char *text;
        double value;
    } numbers[] = {{"1", 1},           {" -2.50 ", -2.5},
                   {".5", .5},         {"1e3", 1000},
                   {"1E-2", .01},      {"+7", 7},
                   {"1e300", 1e300},   {"12345678901234567890123", 12345678901234567890123.},
                   {"1e-300", 1e-300}, {"0.1234567890123456789012345", .1234567890123456789012345}};
    static const char *const none[] = {"",    "-",     "1,5", "0x10", "inf",   "nan", "1e",
                                       "1e+", "1e999", "1 2", "5%",   "1.2.3", "e5",  "123456789012345678901234x"};
    double value;
    (void)state;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_true(model_number(slice_from_cstr(numbers[i].text), &value));
        assert_true(value == numbers[i].value);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (model_number(slice_from_cstr(none[i]), &value))
            fail_msg("'%s' is a number", none[i]);
}

static void memory_that_fails_is_reported(void **state)
{
    const struct train_options options = {.target = "y", .as_of = DAY_NONE};
    struct train_table table;
    struct table cells;
    struct error err;
    (void)state;

    begin("age|source|created|lead id|odd|y");
    for (int i = 0; i < 120; i++)
        assert_int_equal(buffer_printf(&text, "%d|s%d|2024-01-%02d|%d|%s|%s\n", i % 7, i % 5, 1 + i % 28, i * 31 % 997,
                                       i == 60 ? "x" : "3", i % 2 ? "won" : "lost"),
                         0);
    table_make(&cells, buffer_text(&text));
    for (long left = 0;; left++) {
        long live = memory_live;
        memory_limit(left, left % 2);
        int result = train_table_make(&table, &cells.kept, cells.names, &options, &err);
        memory_limit(-1, false);
        if (result == 0)
            break;
        assert_int_equal(err.status, STATUS_SYSTEM);
        assert_int_equal(memory_live, live);
    }
    assert_kind(&table, "lead id", 0, "identifier");
    train_table_fini(&table);
    table_free(&cells);
}

static int free_text(void **state)
{
    (void)state;
    buffer_fini(&text);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_follow_from_the_values),
        cmocka_unit_test(odd_values_are_counted),
        cmocka_unit_test(what_tells_leads_apart_is_left_out),
        cmocka_unit_test(dates_of_digits_and_dates_beyond_sense),
        cmocka_unit_test(outcomes_are_known_by_their_words),
        cmocka_unit_test(wrong_targets_and_names_are_refused),
        cmocka_unit_test(words_for_no_value),
        cmocka_unit_test(numbers_of_any_size),
        cmocka_unit_test(memory_that_fails_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, free_text);
}
