/* Stages: the built-in sets as their systems have them, lists of the command line, and names met in the data. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "analysis/stages_parts.h"
#include "short_memory.h"

struct expected {
    const char *name;
    const char *status;
    int percent; /* -1: none */
};

static size_t find(struct stages *stages, const char *name)
{
    struct error err;
    size_t stage;

    assert_int_equal(stages_find(stages, slice_from_cstr(name), &stage, &err), 0);
    return stage;
}

static void fill(struct stages *stages, const char *name)
{
    struct error err;

    stages_init(stages);
    assert_int_equal(stages_read(stages, name, &err), 0);
}

static void assert_name(const struct stages *stages, size_t stage, const char *name)
{
    struct slice got = stages->items[stage].name;

    if (!slice_equal_cstr(got, name))
        fail_msg("stage %zu is '%.*s', not '%s'", stage, SLICE_ARG(got), name);
}

static void assert_stage(const struct stage *stage, const struct expected *wanted)
{
    if (!slice_equal_cstr(stage->name, wanted->name) || strcmp(deal_status_words[stage->status], wanted->status) != 0)
        fail_msg("%.*s, %s, not %s, %s", SLICE_ARG(stage->name), deal_status_words[stage->status], wanted->name,
                 wanted->status);
    if (wanted->percent < 0 ? !isnan(stage->probability) : stage->probability != wanted->percent / 100.0)
        fail_msg("%s: %g, not %d %%", wanted->name, stage->probability, wanted->percent);
    assert_true(isnan(stage->limit_days));
}

static void assert_set(const char *name, const struct expected *wanted, size_t count)
{
    struct stages stages;

    fill(&stages, name);
    assert_true(stages_is_builtin(name));
    assert_int_equal(stages.count, count);
    assert_int_equal(stages.listed, count);
    for (size_t i = 0; i < count; i++) {
        assert_stage(&stages.items[i], &wanted[i]);
        assert_true(stages.items[i].listed && !stages.items[i].met);
        assert_int_equal(find(&stages, wanted[i].name), i);
        assert_true(stages.items[i].met);
    }
    assert_int_equal(stages.count, count);
    stages_fini(&stages);
}

#define ASSERT_SET(name, wanted) assert_set(name, wanted, sizeof(wanted) / sizeof *(wanted))

static void sets_of_probabilities(void **state)
{
    static const struct expected salesforce[] = {
        {"Prospecting", "open", 10},          {"Qualification", "open", 10},       {"Needs Analysis", "open", 20},
        {"Value Proposition", "open", 50},    {"Id. Decision Makers", "open", 60}, {"Perception Analysis", "open", 70},
        {"Proposal/Price Quote", "open", 75}, {"Negotiation/Review", "open", 90},  {"Closed Won", "won", 100},
        {"Closed Lost", "lost", 0},
    };
    static const struct expected hubspot[] = {
        {"Appointment Scheduled", "open", 20},
        {"Qualified To Buy", "open", 40},
        {"Presentation Scheduled", "open", 60},
        {"Decision Maker Bought-In", "open", 80},
        {"Contract Sent", "open", 90},
        {"Closed Won", "won", 100},
        {"Closed Lost", "lost", 0},
    };
    static const struct expected zoho[] = {
        {"Qualification", "open", 10},
        {"Needs Analysis", "open", 20},
        {"Value Proposition", "open", 40},
        {"Identify Decision Makers", "open", 60},
        {"Proposal/Price Quote", "open", 75},
        {"Negotiation/Review", "open", 90},
        {"Closed Won", "won", 100},
        {"Closed Lost", "lost", 0},
        {"Closed Lost to Competition", "lost", 0},
    };
    (void)state;

    ASSERT_SET("salesforce", salesforce);
    ASSERT_SET("hubspot", hubspot);
    ASSERT_SET("zoho", zoho);
}

static void sets_without_probabilities(void **state)
{
    static const struct expected pipedrive[] = {
        {"Qualified", "open", -1},     {"Contact Made", "open", -1},         {"Demo Scheduled", "open", -1},
        {"Proposal Made", "open", -1}, {"Negotiations Started", "open", -1},
    };
    static const struct expected amocrm[] = {
        {"Неразобранное", "open", -1},
        {"Первичный контакт", "open", -1},
        {"Переговоры", "open", -1},
        {"Принимают решение", "open", -1},
        {"Согласование договора", "open", -1},
        {"Успешно реализовано", "won", 100},
        {"Закрыто и не реализовано", "lost", 0},
    };
    static const struct expected kommo[] = {
        {"Incoming leads", "open", -1}, {"Initial contact", "open", -1}, {"Offer made", "open", -1},
        {"Negotiation", "open", -1},    {"Closed - won", "won", 100},    {"Closed - lost", "lost", 0},
    };
    static const struct expected bitrix24[] = {
        {"Новая", "open", -1},           {"Подготовка документов", "open", -1}, {"Счёт на предоплату", "open", -1},
        {"В работе", "open", -1},        {"Финальный счёт", "open", -1},        {"Сделка успешна", "won", 100},
        {"Сделка провалена", "lost", 0}, {"Анализ причины провала", "lost", 0},
    };
    (void)state;

    ASSERT_SET("pipedrive", pipedrive);
    ASSERT_SET("amocrm", amocrm);
    ASSERT_SET("kommo", kommo);
    ASSERT_SET("bitrix24", bitrix24);
}

static void the_list_of_sets(void **state)
{
    static const char *const wanted[] = {"salesforce", "hubspot", "pipedrive", "zoho", "amocrm", "kommo", "bitrix24"};
    size_t count = 0;
    (void)state;

    for (; stages_builtin_names[count]; count++)
        assert_string_equal(stages_builtin_names[count], wanted[count]);
    assert_int_equal(count, sizeof wanted / sizeof *wanted);
    assert_false(stages_is_builtin("HubSpot"));
    assert_false(stages_is_builtin(""));
}

/* An alias that two stages of a set have would silently be the first's. */
static void aliases_are_of_one_stage(void **state)
{
    (void)state;

    for (const char *const *name = stages_builtin_names; *name; name++) {
        const struct stages_builtin *set = stages_builtin_find(*name);
        struct stages stages;
        fill(&stages, *name);
        for (size_t i = 0; i < set->count; i++) {
            char aliases[1000];
            assert_true(strlen(set->items[i].aliases) < sizeof aliases);
            strcpy(aliases, set->items[i].aliases);
            for (char *alias = strtok(aliases, "|"); alias; alias = strtok(NULL, "|"))
                if (find(&stages, alias) != i)
                    fail_msg("%s: '%s' is not '%s'", *name, alias, set->items[i].name);
        }
        assert_int_equal(stages.count, set->count);
        stages_fini(&stages);
    }
}

/* What exports have in them: identifiers, other languages, other spellings. */
static void names_of_systems(void **state)
{
    static const struct {
        const char *set;
        const char *name;
        size_t stage;
    } cases[] = {
        {"hubspot", "qualifiedtobuy", 1},
        {"hubspot", "decisionmakerboughtin", 3},
        {"hubspot", "Decision maker bought in", 3},
        {"hubspot", "Termin vereinbart", 0},
        {"hubspot", "Cierre perdido", 6},
        {"hubspot", "Negócio fechado", 5},
        {"salesforce", "NEEDS_ANALYSIS", 2},
        {"salesforce", "Id Decision Makers", 4},
        {"salesforce", "negotiation / review", 7},
        {"salesforce", "Bedarfsanalyse", 2},
        {"pipedrive", "Lead In", 0},
        {"zoho", "Closed-Lost to Competition", 8},
        {"amocrm", "первичный контакт ", 1},
        {"amocrm", "Closed - won", 5},
        {"kommo", "Logrado con éxito", 4},
        {"bitrix24", "NEW", 0},
        {"bitrix24", "C1:NEW", 0},
        {"bitrix24", "C15:PREPAYMENT_INVOICE", 2},
        {"bitrix24", "Cчёт на предоплату", 2}, /* its first letter is Latin */
        {"bitrix24", "Счет на предоплату", 2},
        {"bitrix24", "C7:LOSE", 6},
        {"bitrix24", "DT128_5:WON", 5},
        {"bitrix24", "C3:APOLOGY", 7},
        {"bitrix24", "In progress", 3},
        {"bitrix24", "Deal won", 5},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stages stages;
        fill(&stages, cases[i].set);
        if (find(&stages, cases[i].name) != cases[i].stage)
            fail_msg("%s: %s", cases[i].set, cases[i].name);
        stages_fini(&stages);
    }
}

/* A set's stage is shown as the data calls it first; a pipeline in front is no name of a stage. */
static void names_keep_their_spelling(void **state)
{
    struct stages stages;
    (void)state;

    fill(&stages, "bitrix24");
    assert_int_equal(find(&stages, " Deal won "), 5);
    assert_int_equal(find(&stages, "DEAL WON"), 5);
    assert_int_equal(find(&stages, "Сделка успешна"), 5);
    assert_name(&stages, 5, "Deal won");
    assert_int_equal(find(&stages, "C2:NEW"), 0);
    assert_name(&stages, 0, "Новая");
    assert_name(&stages, 1, "Подготовка документов");
    assert_int_equal(find(&stages, "C2:UC_4X"), 8);
    assert_int_equal(find(&stages, "C3:UC_4X"), 9);
    assert_int_equal(find(&stages, "C:WON"), 10);
    assert_int_equal(find(&stages, "C2:"), 11);
    assert_int_equal(find(&stages, "DT1:WON"), 12);
    assert_int_equal(find(&stages, "DT1_:WON"), 12);
    assert_int_equal(find(&stages, "DT_1:WON"), 12);
    assert_int_equal(find(&stages, "C2"), 11);
    assert_int_equal(find(&stages, "DT"), 13);
    stages_fini(&stages);
}

static void unknown_names_are_added(void **state)
{
    static const struct expected wanted[] = {
        {"Besuch", "open", -1}, {"4 - Closed Won", "won", 100},
        {"отказ", "lost", 0},   {"—", "open", -1},
        {"-", "open", -1},      {"Closed Won (Sales Pipeline)", "won", 100},
    };
    struct stages stages;
    (void)state;

    stages_init(&stages);
    assert_int_equal(find(&stages, ""), STAGES_NONE);
    assert_int_equal(find(&stages, " \t"), STAGES_NONE);
    assert_int_equal(find(&stages, "\302\240\342\200\213"), STAGES_NONE); /* a no-break and a zero-width space */
    assert_int_equal(stages.count, 0);
    assert_int_equal(find(&stages, "Besuch"), 0);
    assert_int_equal(find(&stages, "4 - Closed Won"), 1);
    assert_int_equal(find(&stages, "BESUCH"), 0);
    assert_int_equal(find(&stages, "отказ"), 2);
    assert_int_equal(find(&stages, "—"), 3);
    assert_int_equal(find(&stages, "-"), 4);
    assert_int_equal(find(&stages, "- "), 4);
    assert_int_equal(find(&stages, "Отказ"), 2);
    assert_int_equal(find(&stages, "Closed Won (Sales Pipeline)"), 5);
    assert_int_equal(stages.count, 6);
    assert_int_equal(stages.listed, 0);
    for (size_t i = 0; i < stages.count; i++) {
        assert_stage(&stages.items[i], &wanted[i]);
        assert_true(stages.items[i].met && !stages.items[i].listed);
    }
    stages_fini(&stages);
}

/* Longer than a folded name may be: compared as they stand. */
static void long_names(void **state)
{
    struct stages stages;
    char name[601];
    (void)state;

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    stages_init(&stages);
    assert_int_equal(find(&stages, name), 0);
    name[599] = 'y';
    assert_int_equal(find(&stages, name), 1);
    name[599] = 'x';
    assert_int_equal(find(&stages, name), 0);
    assert_int_equal(stages.items[0].name.len, 600);
    stages_fini(&stages);
}

static void many_names(void **state)
{
    struct stages stages;
    char name[32];
    (void)state;

    stages_init(&stages);
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < 20000; i++) {
            snprintf(name, sizeof name, "stage x%zu", i);
            assert_int_equal(find(&stages, name), i);
        }
    assert_int_equal(stages.count, 20000);
    assert_name(&stages, 19999, "stage x19999");
    stages_fini(&stages);
}

static void lists_of_won_and_lost(void **state)
{
    static const struct expected wanted = {"Contract Sent", "won", 100};
    static const struct expected added = {"Besuch 2", "lost", 0};
    static const struct expected reopened = {"Closed Lost", "open", -1};
    struct stages stages;
    struct error err;
    (void)state;

    fill(&stages, "hubspot");
    assert_int_equal(stages_set_status(&stages, SLICE("contract sent, Closed Won"), DEAL_WON, &err), 0);
    assert_int_equal(stages_set_status(&stages, SLICE(" Besuch 2 "), DEAL_LOST, &err), 0);
    assert_int_equal(stages_set_status(&stages, SLICE("closed lost"), DEAL_OPEN, &err), 0);
    assert_int_equal(stages.listed, 8);
    assert_int_equal(stages.count, 8);
    assert_stage(&stages.items[4], &wanted);
    assert_stage(&stages.items[6], &reopened);
    assert_stage(&stages.items[7], &added);
    assert_true(stages.items[7].listed && stages.items[7].told && !stages.items[7].met);
    assert_true(stages.items[0].probability == .2 && !stages.items[0].told);
    assert_int_equal(find(&stages, "besuch 2"), 7);
    stages_fini(&stages);

    fill(&stages, "salesforce"); /* an open stage that is said to be open keeps its probability */
    assert_int_equal(stages_set_status(&stages, SLICE("Prospecting"), DEAL_OPEN, &err), 0);
    assert_true(stages.items[0].probability == .1);
    stages_fini(&stages);
}

static void refused_lists(void **state)
{
    static const struct {
        const char *names;
        const char *message;
    } cases[] = {
        {"", "the name of a stage is empty in ''"},
        {"a,,b", "the name of a stage is empty in 'a,,b'"},
        {"a, ", "the name of a stage is empty in 'a, '"},
        {"x,SIGNED", "the stage 'SIGNED' is given as won and as lost"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stages stages;
        struct error err;
        stages_init(&stages);
        assert_int_equal(stages_set_status(&stages, SLICE("Signed"), DEAL_WON, &err), 0);
        assert_int_equal(stages_set_status(&stages, slice_from_cstr(cases[i].names), DEAL_LOST, &err), -1);
        assert_string_equal(err.text, cases[i].message);
        assert_int_equal(err.status, STATUS_USAGE);
        stages_fini(&stages);
    }
}

/* Fails wherever it may, leaks nothing, and a set that a look-up failed in can be asked again. */
static void short_memory(void **state)
{
    struct error err;
    (void)state;

    for (long left = 0;; left++) {
        struct stages stages;
        size_t stage = 0;
        long live = memory_live;
        stages_init(&stages);
        memory_limit(left, left % 2);
        int failed = stages_read(&stages, "bitrix24", &err) ||
                     stages_set_status(&stages, SLICE("Neu 1,Neu 2"), DEAL_WON, &err) ||
                     stages_find(&stages, SLICE("C2:WON"), &stage, &err) ||
                     stages_find(&stages, SLICE("Besuch"), &stage, &err);
        memory_limit(-1, false);
        bool reached = memory_reached;
        if (failed)
            assert_int_equal(err.status, STATUS_SYSTEM);
        else
            assert_int_equal(stage, 10);
        size_t again = find(&stages, "Besuch");
        assert_true(again < stages.count);
        assert_int_equal(find(&stages, "BESUCH"), again);
        stages_fini(&stages);
        assert_int_equal(memory_live, live);
        if (!reached)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_of_probabilities),
        cmocka_unit_test(sets_without_probabilities),
        cmocka_unit_test(the_list_of_sets),
        cmocka_unit_test(aliases_are_of_one_stage),
        cmocka_unit_test(names_of_systems),
        cmocka_unit_test(names_keep_their_spelling),
        cmocka_unit_test(unknown_names_are_added),
        cmocka_unit_test(long_names),
        cmocka_unit_test(many_names),
        cmocka_unit_test(lists_of_won_and_lost),
        cmocka_unit_test(refused_lists),
        cmocka_unit_test(short_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
