/* Stages from files: what each column says, in every format, and each error with its place. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "analysis/stages.h"
#include "folder.h"
#include "short_memory.h"

static int read_text(struct stages *stages, const char *text, struct error *err)
{
    struct folder folder;

    folder_make(&folder);
    file_put(folder_file(&folder, "stages"), text);
    stages_init(stages);
    int result = stages_read(stages, folder_file(&folder, "stages"), err);
    if (result)
        memmove(err->text, err->text + strlen(folder.path) + 1, strlen(err->text) - strlen(folder.path));
    folder_remove(&folder);
    return result;
}

/* The stages as text: name, status, probability, limit, a line each. */
static void assert_stages(const struct stages *stages, const char *wanted)
{
    char text[2000];
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < stages->count; i++) {
        const struct stage *stage = &stages->items[i];
        used += (size_t)snprintf(text + used, sizeof text - used, "%.*s %s %.17g %g\n", SLICE_ARG(stage->name),
                                 deal_status_words[stage->status], stage->probability, stage->limit_days);
        assert_true(stage->listed && !stage->met && !stage->told);
    }
    assert_string_equal(text, wanted);
    assert_int_equal(stages->listed, stages->count);
}

static void assert_read(const char *text, const char *wanted)
{
    struct stages stages;
    struct error err;

    if (read_text(&stages, text, &err))
        fail_msg("%s", err.text);
    assert_stages(&stages, wanted);
    stages_fini(&stages);
}

static void formats(void **state)
{
    static const char *const texts[] = {
        "stage,probability,limit_days,status\nQualified,40,14,\nSigned,100,,won\nOff,,3.5,lost\n",
        "\357\273\277stage,probability,limit_days,status\r\nQualified,40%,14,\r\nSigned,100%,,won\r\nOff,,3.5,lost\r\n",
        "limit_days,Stage Name,Win Probability,Deal "
        "Status\n14,Qualified,.4,open\n,Signed,1,Gewonnen\n3.5,Off,0,отказ\n",
        "Limit Days,stage,probability,status\n14, Qualified ,4e1,\n,Signed,,won\n3.5,Off,,lost\n",
        "{\"stage\":\"Qualified\",\"probability\":0.4,\"limit_days\":14}\n"
        "{\"stage\":\"Signed\",\"status\":\"won\"}\n{\"stage\":\"Off\",\"status\":\"lost\",\"limit_days\":3.5}\n",
        "[{\"stage\":\"Qualified\",\"probability\":40,\"limit_days\":\"14\",\"status\":null},\n"
        " {\"stage\":\"Signed\",\"probability\":100,\"status\":\"won\"},\n"
        " {\"stage\":\"Off\",\"probability\":0,\"status\":\"lost\",\"limit_days\":3.5}]\n",
    };
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_read(texts[i], "Qualified open 0.40000000000000002 14\nSigned won 1 nan\nOff lost 0 3.5\n");
}

static void probabilities(void **state)
{
    (void)state;

    /* a column with a value above 1 is per cent, so its 1 is 1 % */
    assert_read("stage,probability\na,1\nb,50\nc,\n", "a open 0.01 nan\nb open 0.5 nan\nc open nan nan\n");
    assert_read("stage,probability\na,1\nb,.5\nc,0\n", "a open 1 nan\nb open 0.5 nan\nc open 0 nan\n");
    assert_read("stage,probability\na,1\nb,1.5\n", "a open 0.01 nan\nb open 0.014999999999999999 nan\n");
    /* a sign says it of its own value only */
    assert_read("stage,probability\na,40%\nb,.5\nc,1 %\n", "a open 0.40000000000000002 nan\nb open 0.5 nan\n"
                                                           "c open 0.01 nan\n");
    assert_read("stage,probability\na,40%\nb,50\n", "a open 0.40000000000000002 nan\nb open 0.5 nan\n");
    /* won and lost need none */
    assert_read("stage,probability\nx,.3\nClosed Won,\nClosed Lost,\nWon 2,1\nLost 2,0\n",
                "x open 0.29999999999999999 nan\nClosed Won won 1 nan\nClosed Lost lost 0 nan\nWon 2 won 1 nan\n"
                "Lost 2 lost 0 nan\n");
    assert_read("stage,probability\nx,30\nClosed Won,100\n", "x open 0.29999999999999999 nan\nClosed Won won 1 nan\n");
    assert_read("stage,probability\nx,30\nClosed Won,100%\n", "x open 0.29999999999999999 nan\nClosed Won won 1 nan\n");
}

/* The words for won and lost only speak where the file does not. */
static void statuses(void **state)
{
    (void)state;

    assert_read("stage\nWon\nПроиграна\nClosed\n", "Won won 1 nan\nПроиграна lost 0 nan\nClosed open nan nan\n");
    assert_read("stage,status,probability\nWon,open,.9\nLost,won,\nx,Closed Won,1\ny,В работе,\n",
                "Won open 0.90000000000000002 nan\nLost won 1 nan\nx won 1 nan\ny open nan nan\n");
}

static void order(void **state)
{
    (void)state;

    assert_read("stage,order\nc,3\na,1\nz,\nb,2.5\nb2,2.5\ny,\nneg,-1\n",
                "neg open nan nan\na open nan nan\nb open nan nan\nb2 open nan nan\nc open nan nan\nz open nan nan\n"
                "y open nan nan\n");
    assert_read("{\"stage\":\"b\",\"order\":10}\n{\"stage\":\"a\",\"order\":9}\n", "a open nan nan\nb open nan nan\n");
}

static void assert_found(struct stages *stages, const char *name, size_t wanted)
{
    struct error err;
    size_t stage;

    assert_int_equal(stages_find(stages, slice_from_cstr(name), &stage, &err), 0);
    if (stage != wanted)
        fail_msg("'%s' is %zu, not %zu", name, stage, wanted);
}

static void aliases(void **state)
{
    static const char *const texts[] = {
        "stage,aliases\nDemo,Vorführung; demo ;Präsentation\nx,a|b; c|;\n",
        "{\"stage\":\"Demo\",\"aliases\":[\"Vorf\\u00fchrung\",\"Demo\",\"Präsentation\",\"\"]}\n"
        "{\"stage\":\"x\",\"aliases\":\"a;b|c\"}\n",
        "[{\"stage\":\"Demo\",\"aliases\":[\"VORFÜHRUNG\",\"Präsentation\"]},"
        "{\"stage\":\"x\",\"aliases\":[ \"a\" , \"b\",\"c\"]}]",
    };
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct stages stages;
        struct error err;
        if (read_text(&stages, texts[i], &err))
            fail_msg("%s", err.text);
        assert_int_equal(stages.count, 2);
        assert_found(&stages, "vorführung", 0);
        assert_found(&stages, "Präsentation", 0);
        assert_found(&stages, "DEMO", 0);
        assert_found(&stages, "a", 1);
        assert_found(&stages, "B", 1);
        assert_found(&stages, "c", 1);
        assert_found(&stages, "d", 2);
        assert_true(slice_equal_cstr(stages.items[0].name, "Demo")); /* as the file has it */
        assert_true(stages.items[0].met && !stages.items[2].listed);
        stages_fini(&stages);
    }
    struct stages stages;
    struct error err;
    assert_int_equal(read_text(&stages, "{\"stage\":7,\"aliases\":[8,\"a; b\"]}\n", &err), 0);
    assert_found(&stages, "7", 0);
    assert_found(&stages, "8", 0);
    assert_found(&stages, "a; b", 0); /* in an array nothing is taken apart */
    assert_found(&stages, "b", 1);
    stages_fini(&stages);
}

static void refused_files(void **state)
{
    static const char *const cases[][2] = {
        {"", "stages: no stage"},
        {"stage,probability\n", "stages: no stage"},
        {"[]", "stages: no stage"},
        {"name,probability\na,1\n", "stages: no column 'stage'; the header is: name, probability"},
        {"stage,probability\na,1\n ,1\n", "stages:3: column 'stage': empty"},
        {"{\"stage\":null}\n", "stages:1: column 'stage': empty"},
        {"{\"stage\":[\"a\"]}\n", "stages:1: column 'stage': not a name: '[\"a\"]'"},
        {"stage\nDemo\nx\nDEMO\n", "stages:4: column 'stage': 'DEMO' is the stage 'Demo' already"},
        {"stage,aliases\nDemo,Show\nx,y; show\n", "stages:3: column 'aliases': 'show' is the stage 'Demo' already"},
        {"stage,aliases\nDemo,Show\nshow,\n", "stages:3: column 'stage': 'show' is the stage 'Demo' already"},
        {"{\"stage\":\"a\",\"aliases\":[\"b\"]}\n{\"stage\":\"c\",\"aliases\":[\"B\"]}\n",
         "stages:2: column 'aliases': 'B' is the stage 'a' already"},
        {"stage,order\nDemo,2\ndemo,1\n", "stages:2: column 'stage': 'Demo' is the stage 'demo' already"},
        {"{\"stage\":\"a\",\"aliases\":{\"b\":1}}\n", "stages:1: column 'aliases': not a list of names: '{\"b\":1}'"},
        {"{\"stage\":\"a\",\"aliases\":[[\"b\"]]}\n", "stages:1: column 'aliases': not a list of names: '[[\"b\"]]'"},
        {"stage,probability\na,high\n",
         "stages:2: column 'probability': not a probability, 0 to 1 or 0 to 100 per cent: 'high'"},
        {"stage,Win Probability\na,100.5\n",
         "stages:2: column 'Win Probability': not a probability, 0 to 1 or 0 to 100 per cent: '100.5'"},
        {"stage,probability\na,-.1\n",
         "stages:2: column 'probability': not a probability, 0 to 1 or 0 to 100 per cent: '-.1'"},
        {"stage,probability\na,\"0,4\"\n",
         "stages:2: column 'probability': not a probability, 0 to 1 or 0 to 100 per cent: '0,4'"},
        {"stage,probability\na,101%\n",
         "stages:2: column 'probability': not a probability, 0 to 1 or 0 to 100 per cent: '101%'"},
        {"stage,probability\na,%\n",
         "stages:2: column 'probability': not a probability, 0 to 1 or 0 to 100 per cent: '%'"},
        {"stage,probability\nx,.2\nWon,.9\n",
         "stages:3: column 'probability': the stage is won, so its probability is 1, not '.9'"},
        {"stage,probability\nx,20\nWon,1\n",
         "stages:3: column 'probability': the stage is won, so its probability is 1, not '1' per cent"},
        {"stage,probability\nWon,99%\n",
         "stages:2: column 'probability': the stage is won, so its probability is 1, not '99%'"},
        {"stage,probability,status\nx,5,lost\n",
         "stages:2: column 'probability': the stage is lost, so its probability is 0, not '5' per cent"},
        {"stage,status\na,closed\n", "stages:2: column 'status': not a status, open, won or lost: 'closed'"},
        {"{\"stage\":\"a\",\"status\":true}\n", "stages:1: column 'status': not a status, open, won or lost: 'true'"},
        {"stage,limit_days\na,2w\n", "stages:2: column 'limit_days': not a number of days: '2w'"},
        {"stage,Limit days\na,-1\n", "stages:2: column 'Limit days': not a number of days: '-1'"},
        {"stage,order\na,first\n", "stages:2: column 'order': not a number: 'first'"},
        {"stage,order\na,1,2\n", "stages:2: 3 fields, but the header has 2"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stages stages;
        struct error err;
        assert_int_equal(read_text(&stages, cases[i][0], &err), -1);
        assert_string_equal(err.text, cases[i][1]);
        assert_int_equal(err.status, STATUS_USAGE);
        stages_fini(&stages);
    }
}

static void missing_files(void **state)
{
    struct stages stages;
    struct error err;
    (void)state;

    stages_init(&stages);
    assert_int_equal(stages_read(&stages, "hubsopt", &err), -1);
    assert_string_equal(err.text, "no file 'hubsopt', and no such stages are built in (salesforce, hubspot, pipedrive, "
                                  "zoho, amocrm, kommo, bitrix24)");
    assert_int_equal(err.status, STATUS_USAGE);
    assert_int_equal(stages_read(&stages, "./hubspot", &err), -1);
    assert_string_equal(err.text, "./hubspot: No such file or directory");
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_int_equal(stages.count, 0);
    stages_fini(&stages);
}

/* Fails wherever it may, with an error of the system, and leaks nothing. */
static void short_memory(void **state)
{
    static const char text[] =
        "{\"stage\":\"Demo\",\"probability\":40,\"aliases\":[\"Vorf\\u00fchrung\",\"b\"],\"order\":2}\n"
        "{\"stage\":\"Won\",\"probability\":100,\"aliases\":\"x; y\",\"order\":1}\n";
    struct folder folder;
    struct stages stages;
    struct error err;
    (void)state;

    assert_int_equal(read_text(&stages, text, &err), 0); /* what is allocated once for the program */
    stages_fini(&stages);
    folder_make(&folder);
    file_put(folder_file(&folder, "stages"), text);
    const char *path = folder_file(&folder, "stages");
    for (long left = 0;; left++) {
        long live = memory_live;
        stages_init(&stages);
        memory_limit(left, left % 2);
        int result = stages_read(&stages, path, &err);
        memory_limit(-1, false);
        bool reached = memory_reached;
        if (result == 0)
            assert_stages(&stages, "Won won 1 nan\nDemo open 0.40000000000000002 nan\n");
        else
            assert_int_equal(err.status, STATUS_SYSTEM);
        stages_fini(&stages);
        assert_int_equal(memory_live, live);
        if (!reached)
            break;
    }
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats),       cmocka_unit_test(probabilities), cmocka_unit_test(statuses),
        cmocka_unit_test(order),         cmocka_unit_test(aliases),       cmocka_unit_test(refused_files),
        cmocka_unit_test(missing_files), cmocka_unit_test(short_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
