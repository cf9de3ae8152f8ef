/* Funnels in parts: random logs dealt out, and the reports of what is merged are those of one run. (What a report says
 * is counted a second way in test_funnel_reference.c.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/funnel_run.h"
#include "base/program.h"
#include "parts_scene.h"
#include "value/date.h"

static int run(int argc, char **argv, struct error *err)
{
    struct funnel_options options;
    struct stream *stream = NULL;
    int first;
    int go = funnel_options_read(&options, argc, argv, &first, err);

    assert_int_not_equal(go, 0);
    if (go > 0)
        go = partial_open(&options.parts, &options.common, argv + first, (size_t)(argc - first), &stream, err) ||
                     funnel_run(&options, stream, err)
                 ? -1
                 : 0;
    else
        go = 1;
    stream_free(stream);
    funnel_options_fini(&options);
    return go;
}

/* ---- logs ---- */

static void random_time(uint64_t *seed, char *out, size_t size)
{
    char date[MOMENT_TEXT], time[16] = "", fraction[16] = "";
    int32_t day = day_from_civil(2026, 3, 20) + (int32_t)below(seed, 20);

    if (below(seed, 6))
        snprintf(time, sizeof time, "T%02u:%02u:%02u", below(seed, 24), below(seed, 4) ? 0 : below(seed, 60),
                 below(seed, 3) ? 0 : below(seed, 60));
    if (*time && below(seed, 5) == 0)
        snprintf(fraction, sizeof fraction, ".%06u", below(seed, 1000000));
    snprintf(out, size, "%.*s%s%s%s", SLICE_ARG(day_format(day, date)), time, fraction,
             *time ? PICK(seed, "", "", "", "Z", "+05:30", "-11:00") : "");
}

static void random_event(uint64_t *seed, unsigned number, struct buffer *text)
{
    char time[64];

    (void)number;
    random_time(seed, time, sizeof time);
    assert_int_equal(buffer_printf(text, "\"%s%u\",%s,%s,%s,%s,%s\n", PICK(seed, "v", "v", "v, ", "a long id of one "),
                                   below(seed, 6),
                                   PICK(seed, "visit", "visit", "view", "view", "cart", "order", "scroll", "leave", ""),
                                   time, PICK(seed, "ads", "mail", "поиск", ""), PICK(seed, "p1", "p2", "p\t3", ""),
                                   PICK(seed, "12.50", "0", "-3", "1e3", "99999999999999999", "")),
                     0);
}

static void random_arguments(uint64_t *seed, char *out, size_t size)
{
    snprintf(
        out, size, "-s %s %s %s %s %s %s %s %s %s %s %s -j %u",
        PICK(seed, "visit,view,cart,order", "visit,view|cart,order", "visit,cart?,order", "visit,nothing,order"),
        PICK(seed, "", "-r steps --amount amount", "-r times", "-r histogram", "-r curve", "-r compare --by channel",
             "-r entities --amount amount", "-r events", "--dropped view", "--converted visit", "--ci"),
        PICK(seed, "", "--order ordered", "--order any", "--order strict", "--order present"),
        PICK(seed, "", "--window 5d", "--window 5d --matured", "--window 36h"),
        PICK(seed, "", "--by channel", "--by channel --attribution last"), PICK(seed, "", "--hold page"),
        PICK(seed, "", "", "--session 30h"), PICK(seed, "", "", "--count passes", "--trend day", "--trend week"),
        PICK(seed, "", "", "-x leave", "-x leave@1..2 --excluded entity"), PICK(seed, "", "", "--as-of 2026-03-30"),
        PICK(seed, "", "", "--whole-days", "--tz Europe/Berlin", "--tz +03:00 --whole-days"), 1 + below(seed, 2));
}

static const struct parts_program log_program = {run, "entity_id,event,occurred_at,channel,page,amount\n", random_event,
                                                 120};

static void parts_are_the_whole(void **state)
{
    uint64_t seed = 20260401;
    struct folder folder;
    int tried = 0;
    bool bad;

    (void)state;
    folder_make(&folder);
    for (int round = 0; round < 800; round++) {
        char arguments[500];
        random_arguments(&seed, arguments, sizeof arguments);
        tried += parts_try(&log_program, arguments, &seed, &folder, &bad);
        assert_false(bad);
    }
    assert_in_range(tried, 150, 800);
    folder_remove(&folder);
}

/* ---- tables with a date for each step ---- */

static void random_wide(uint64_t *seed, unsigned number, struct buffer *text)
{
    char times[3][64] = {"", "", ""};

    for (int i = 0; i < 3; i++)
        if (below(seed, 3))
            random_time(seed, times[i], sizeof times[i]);
    assert_int_equal(buffer_printf(text, "%u,%s,%s,%s,%s\n", number % 30, times[0], times[1], times[2],
                                   PICK(seed, "ads", "mail", "")),
                     0);
}

static const struct parts_program wide_program = {run, "id,created,offered,won,channel\n", random_wide, 60};

static void wide_parts_are_the_whole(void **state)
{
    uint64_t seed = 20260402;
    struct folder folder;
    bool bad;

    (void)state;
    folder_make(&folder);
    for (int round = 0; round < 200; round++) {
        char arguments[300];
        snprintf(arguments, sizeof arguments, "--wide -s created,offered,won %s %s %s",
                 PICK(&seed, "", "--entity id", "--entity id --order ordered"), PICK(&seed, "", "--by channel"),
                 PICK(&seed, "", "-r times", "-r curve", "--trend week"));
        assert_true(parts_try(&wide_program, arguments, &seed, &folder, &bad));
    }
    folder_remove(&folder);
}

/* ---- much of one ---- */

static void row_of_one(uint64_t *seed, unsigned number, struct buffer *text)
{
    char date[MOMENT_TEXT];

    assert_int_equal(buffer_printf(text, "one,%s,%.*sT%02u:00:00,,,%u\n", PICK(seed, "visit", "order"),
                                   SLICE_ARG(day_format((int32_t)(number / 24), date)), number % 24, number),
                     0);
}

/* The events of an entity are more than a record holds. */
static void much_of_one(void **state)
{
    static const struct parts_program program = {run, "entity_id,event,occurred_at,channel,page,amount\n", row_of_one,
                                                 60000};
    uint64_t seed = 7;
    struct folder folder;
    bool bad;

    (void)state;
    folder_make(&folder);
    for (int round = 0; round < 3; round++)
        assert_true(parts_try(&program, "-s visit,order --count passes -r times", &seed, &folder, &bad) || round == 0);
    assert_true(parts_try(&program, "-s visit,order --count passes --amount amount", &seed, &folder, &bad));
    folder_remove(&folder);
}

/* ---- what cannot be ---- */

#define BEGIN                                                                                                        \
    "{\"part\":\"begin\",\"analysis\":\"crm-funnel 1 steps=a,b by=c\",\"format\":\"csv\",\"read\":1,\"filtered\":0," \
    "\"rejected\":0,\"last_day\":\"2026-03-31\",\"entity\":\"id\",\"by\":\"c\",\"names\":\"some\"}\n"
#define KIND "{\"part\":\"kind\",\"text\":null,\"values\":\"1 0 1 9999 0 1000000\"}\n"

static void refuses_what_cannot_be(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {BEGIN "{\"part\":\"kind\",\"values\":\"4 0 1 9999 0 1\"}\n",
         ":2: column 'values': not a kind of event: '4 0 1 "
         "9999 0 1'"},
        {BEGIN "{\"part\":\"kind\",\"values\":\"1 0 1 1500 0 1\"}\n",
         ":2: column 'values': not a kind of event: '1 0 1 "
         "1500 0 1'"},
        {BEGIN "{\"part\":\"kind\",\"values\":\"1 0 1 60 0 1 1\"}\n",
         ":2: column 'values': not a kind of event: '1 0 1 60 0 1 1'"},
        {BEGIN "{\"part\":\"name\",\"text\":\"a\",\"values\":\"-1\"}\n",
         ":2: column 'values': not a whole number that can be here: '-1'"},
        {BEGIN "{\"part\":\"entity\",\"text\":\"x\",\"values\":\"1 0 0\"}\n", ":2: events that cannot be"},
        {BEGIN KIND "{\"part\":\"entity\",\"text\":\"x\",\"values\":\"1 1 0\"}\n", ":3: events that cannot be"},
        {BEGIN KIND "{\"part\":\"entity\",\"text\":\"x\",\"values\":\"1 0 1\"}\n", ":3: events that cannot be"},
        {BEGIN KIND "{\"part\":\"entity\",\"text\":\"x\",\"values\":\"1 0\"}\n", ":3: events that cannot be"},
        {BEGIN KIND "{\"part\":\"entity\",\"text\":\"x\",\"values\":\"253402387200 0 0 999999999999 0 0\"}\n",
         ":3: events that cannot be"},
        {BEGIN KIND "{\"part\":\"entity\",\"text\":\"\",\"values\":\"1 0 0\"}\n", ":3: column 'text': empty: ''"},
        {BEGIN KIND, ":1: the part that begins here has no end: it was cut off"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        parts_refused(&log_program, "-s a,b --by c", cases[i].text, cases[i].message);
    parts_refused(
        &log_program, "-s a,b -r events",
        "{\"part\":\"begin\",\"analysis\":\"crm-funnel 1 steps=a,b\",\"read\":1,\"filtered\":0,\"rejected\":0,"
        "\"names\":\"some\"}\n",
        ":1: the part has not all names of events: make it with --report events, too");
}

static void options_go_together(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(parts_run(&log_program, "-s a,b --partial --merge", "", NULL, 0, "/tmp/never", &err), 1);
    assert_string_equal(err.text, "--partial and --merge exclude each other");
    assert_int_equal(parts_run(&log_program, "--wide -s a,b --dropped a", "--partial", NULL, 0, "/tmp/never", &err), 1);
    assert_string_equal(err.text,
                        "lists of --wide are of whole records, which parts do not hold: --partial and --merge "
                        "do not go with them");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_the_whole), cmocka_unit_test(wide_parts_are_the_whole),
        cmocka_unit_test(much_of_one),         cmocka_unit_test(refuses_what_cannot_be),
        cmocka_unit_test(options_go_together),
    };

    program_begin("test");
    program_set_quiet(true);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
