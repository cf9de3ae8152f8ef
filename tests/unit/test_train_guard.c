/* The leakage guard: names, features that tell the outcome alone, values that are pure, and those that are by chance.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/train_guard.h"
#include "link_table.h"
#include "short_memory.h"

#define ROWS 4000
#define FOLDS 5

static uint8_t part[ROWS];

static void assert_named(const char *name, bool expected)
{
    struct error err;
    bool named;

    assert_int_equal(train_guard_named(slice_from_cstr(name), &named, &err), 0);
    if (named != expected)
        fail_msg("%s is%s suspected", name, named ? "" : " not");
}

static void names_that_tell(void **state)
{
    static const char *const late[] = {"Tags",
                                       "tags",
                                       "Lead Quality",
                                       "lead_quality",
                                       "Lead Profile",
                                       "Last Activity",
                                       "Last Notable Activity",
                                       "lastActivityDate",
                                       "LastActivityDate",
                                       "last_contacted",
                                       "Lead Status",
                                       "HubSpot: Lead Status",
                                       "hs_lead_status",
                                       "Stage",
                                       "Deal Stage",
                                       "lifecyclestage",
                                       "Closed",
                                       "closed_at",
                                       "ClosedAt",
                                       "Close Date",
                                       "closedate",
                                       "Lost Reason",
                                       "Closed Lost Reason",
                                       "Loss reason",
                                       "converted_at",
                                       "ConvertedDate",
                                       "ConvertedAccountId",
                                       "IsConverted",
                                       "duration",
                                       "Call Duration",
                                       "call_duration_seconds",
                                       "Letzte Aktivität",
                                       "Verlustgrund",
                                       "Abschlussdatum",
                                       "Причина отказа",
                                       "Дата закрытия",
                                       "Теги",
                                       "Этап сделки",
                                       "Последний контакт",
                                       "标签",
                                       "线索状态",
                                       "成交日期",
                                       "最后跟进时间"};
    static const char *const early[] = {"",
                                        "Lead Source",
                                        "Lead Origin",
                                        "age",
                                        "Trial duration",
                                        "contract_duration",
                                        "Company stage",
                                        "Funding Stage",
                                        "marital status",
                                        "Employment Status",
                                        "Total Time Spent on Website",
                                        "first_activity",
                                        "Activity Score",
                                        "Asymmetrique Activity Index",
                                        "Profile Score",
                                        "Last Name",
                                        "Quality of life",
                                        "pdays",
                                        "poutcome",
                                        "previous",
                                        "campaign",
                                        "created_at",
                                        "Enclosed documents",
                                        "Number of Employees",
                                        "wonderful",
                                        "Источник",
                                        "Город",
                                        "来源",
                                        "Stadt",
                                        "Phasenlage",
                                        "email_opened",
                                        "clicks",
                                        "contact",
                                        "conversion_page"};
    (void)state;

    for (size_t i = 0; i < sizeof late / sizeof *late; i++)
        assert_named(late[i], true);
    for (size_t i = 0; i < sizeof early / sizeof *early; i++)
        assert_named(early[i], false);
}

static struct train_guard guard;
static struct train_table table;

static void look(const char *csv, const char *const *allow, size_t allow_count)
{
    const struct train_options options = {.target = "y", .as_of = DAY_NONE, .allow = allow, .allow_count = allow_count};
    struct table cells;
    struct error err;

    table_make(&cells, csv);
    if (train_table_make(&table, &cells.kept, cells.names, &options, &err))
        fail_msg("%s", err.text);
    table_free(&cells);
    for (size_t i = 0; i < table.rows; i++)
        part[i] = (uint8_t)(i / 10 % FOLDS);
    assert_int_equal(train_guard(&guard, &table, part, FOLDS, &err), 0);
}

static void forget(void)
{
    train_guard_fini(&guard);
    train_table_fini(&table);
}

static void assert_said(size_t suspect, const char *expected)
{
    struct buffer text = {0};

    assert_true(suspect < guard.count);
    assert_int_equal(train_guard_say(&table, &guard.suspects[suspect], &text), 0);
    assert_string_equal(buffer_text(&text), expected);
    buffer_fini(&text);
}

/* 1000 leads, 300 with the outcome, in an order that deals the same to each fold. */
static void put(struct buffer *csv, int i, const char *cells)
{
    assert_int_equal(buffer_printf(csv, "%s|%s\n", cells, i % 10 < 3 ? "yes" : "no"), 0);
}

/* "knows": of every ten leads b has the 3 yes and 1 no, a 6 no: the area is (3 * 6 + 3 * 1 / 2) / (3 * 7) = 19.5 / 21
 * in each fold. */
static void a_feature_that_tells_alone(void **state)
{
    struct buffer csv = {0};
    (void)state;

    buffer_append(&csv, SLICE("knows|weak|stage|y\n"));
    for (int i = 0; i < 1000; i++) {
        bool yes = i % 10 < 3;
        int at = i / 10 % 100; /* of the 100 blocks of ten */
        char cells[64];
        bool b = yes || i % 10 == 9;
        bool first = yes ? at % 3 != 0 : at % 7 < 3;

        snprintf(cells, sizeof cells, "%s|%s|s%d", b ? "b" : "a", first ? "one" : "two", at % 2);
        put(&csv, i, cells);
    }
    for (size_t round = 0; round < 2; round++) {
        const char *const allow[] = {"Knows", "all"};

        look(buffer_text(&csv), allow, round);
        assert_int_equal(guard.count, 2);
        assert_int_equal(guard.suspects[0].feature, 0);
        assert_int_equal(guard.suspects[0].why, TRAIN_ALONE);
        assert_true(fabs(guard.suspects[0].auc - 19.5 / 21) < 1e-12);
        assert_int_equal(guard.suspects[1].feature, 2);
        assert_int_equal(guard.suspects[1].why, TRAIN_NAMED);
        assert_true(round ? !table.features[0].skipped : !strcmp(table.features[0].skipped, "suspected"));
        assert_null(table.features[1].skipped);
        assert_string_equal(table.features[2].skipped, "suspected");
        assert_said(0, round ? "'knows' alone tells the outcome (AUC 0.929): allowed"
                             : "'knows' alone tells the outcome (AUC 0.929): left out");
        assert_said(1, "'stage' is by its name written after a lead was worked on (AUC 0.500): left out");
        forget();
    }
    const char *const all[] = {"all"};
    look(buffer_text(&csv), all, 1);
    assert_int_equal(guard.count, 2);
    assert_null(table.features[0].skipped);
    assert_null(table.features[2].skipped);
    forget();
    buffer_fini(&csv);
}

/* Of 1000 leads with 300 yes: 70 that are all no would have 21 by chance: pure; 60 would have 18: not. 40 that are all
 * yes would have 28 no: pure; also with a single no in 50 (98 %), but not with two. */
static void values_that_are_pure(void **state)
{
    static const struct {
        int yes, no;
        bool pure;
    } cases[] = {{0, 70, true},  {0, 60, false}, {1, 69, false}, {40, 0, true},
                 {28, 0, false}, {49, 1, true},  {48, 2, false}};
    (void)state;

    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct buffer csv = {0};
        int yes = 0, no = 0;

        buffer_append(&csv, SLICE("word|number|gap|y\n"));
        for (int i = 0; i < 1000; i++) {
            bool hit = i % 10 < 3 ? yes++ < cases[c].yes : no++ < cases[c].no;
            char cells[64];

            snprintf(cells, sizeof cells, "%s|%d|%s",
                     hit     ? "hit"
                     : i % 2 ? "a"
                             : "b",
                     hit ? 7 : 20 + i % 3,
                     hit         ? ""
                     : i % 4 < 2 ? "x"
                                 : "z");
            put(&csv, i, cells);
        }
        look(buffer_text(&csv), NULL, 0);
        assert_int_equal(guard.count, cases[c].pure ? 3 : 0);
        for (size_t i = 0; i < guard.count; i++) {
            assert_int_equal(guard.suspects[i].why, TRAIN_PURE);
            assert_int_equal(guard.suspects[i].rows, cases[c].yes + cases[c].no);
            assert_int_equal(guard.suspects[i].yes, cases[c].yes);
        }
        if (c == 5) {
            assert_said(0, "'word': of 50 leads with 'hit' 49 have the outcome (98.0 %; of all 30.0 %): left out");
            assert_said(1,
                        "'number': of 50 leads with 'under 20' 49 have the outcome (98.0 %; of all 30.0 %): left out");
            assert_said(2, "'gap': of 50 leads with 'missing' 49 have the outcome (98.0 %; of all 30.0 %): left out");
        }
        forget();
        buffer_fini(&csv);
    }
}

/* A pure range that is less than 2 % of the leads, and one where nearly all have the outcome anyway. */
static void what_is_no_wonder(void **state)
{
    struct buffer csv = {0};
    (void)state;

    buffer_append(&csv, SLICE("word|y\n"));
    for (int i = 0; i < 4000; i++)
        assert_int_equal(buffer_printf(&csv, "%s|%s\n",
                                       i < 79  ? "rare"
                                       : i % 2 ? "a"
                                               : "b",
                                       i < 79 || i % 8 == 1 || i % 8 == 2 ? "1" : "0"),
                         0);
    look(buffer_text(&csv), NULL, 0);
    assert_int_equal(guard.count, 0);
    forget();
    buffer_clear(&csv);
    buffer_append(&csv, SLICE("word|y\n"));
    for (int i = 0; i < 4000; i++)
        assert_int_equal(buffer_printf(&csv, "%s|%s\n", i % 2 ? "a" : "b", i / 2 % 100 < (i % 2 ? 1 : 2) ? "0" : "1"),
                         0);
    look(buffer_text(&csv), NULL, 0);
    assert_int_equal(guard.count, 0);
    forget();
    buffer_fini(&csv);
}

static void memory_that_fails_is_reported(void **state)
{
    const struct train_options options = {.target = "y", .as_of = DAY_NONE};
    struct buffer csv = {0};
    struct table cells;
    struct error err;
    (void)state;

    buffer_append(&csv, SLICE("word|number|Теги|y\n"));
    for (int i = 0; i < 1000; i++) {
        char cells_text[64];

        snprintf(cells_text, sizeof cells_text, "%s|%d|t%d", i % 20 == 1 ? "hit" : "no", i % 31, i % 3);
        put(&csv, i, cells_text);
    }
    table_make(&cells, buffer_text(&csv));
    assert_int_equal(train_table_make(&table, &cells.kept, cells.names, &options, &err), 0);
    table_free(&cells);
    for (long left = 0;; left++) {
        long live = memory_live;

        for (size_t i = 0; i < table.count; i++)
            table.features[i].skipped = NULL;
        memory_limit(left, left % 2);
        int result = train_guard(&guard, &table, part, FOLDS, &err);
        memory_limit(-1, false);
        if (result == 0)
            break;
        assert_int_equal(err.status, STATUS_SYSTEM);
        assert_int_equal(memory_live, live);
    }
    assert_int_equal(guard.count, 2);
    forget();
    buffer_fini(&csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_tell),
        cmocka_unit_test(a_feature_that_tells_alone),
        cmocka_unit_test(values_that_are_pure),
        cmocka_unit_test(what_is_no_wonder),
        cmocka_unit_test(memory_that_fails_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
