/* Plans of survivorship: what the vocabulary decides, what files and options change, and how they are refused. */
#include "survivor_scene.h"

static void assert_refused(const char *header, const char *settings, const char *expected)
{
    struct scene scene;
    int result;

    scene_begin(&scene, header);
    if (*settings == '{' || *settings == ' ')
        result = survivor_plan_read(scene.plan, slice_from_cstr(settings), "rules.json", &scene.err);
    else
        result = survivor_plan_set(scene.plan, settings, &scene.err);
    assert_int_equal(result, -1);
    assert_int_equal(scene.err.status, STATUS_USAGE);
    if (strncmp(scene.err.text, expected, strlen(expected)) != 0)
        fail_msg("%s: <<%s>> instead of <<%s>>", settings, scene.err.text, expected);
    scene_end(&scene);
}

/* "rule" or "rule<leader", for each column. */
static void assert_plan(const char *header, const char *const *settings, const char *expected)
{
    struct scene scene;
    size_t used = 0;

    scene_begin(&scene, header);
    for (; settings && *settings; settings++) {
        int failed = **settings == '{'
                         ? survivor_plan_read(scene.plan, slice_from_cstr(*settings), "rules.json", &scene.err)
                         : survivor_plan_set(scene.plan, *settings, &scene.err);
        if (failed)
            fail_msg("%s", scene.err.text);
    }
    if (scene_survey(&scene))
        fail_msg("%s", scene.err.text);
    for (size_t i = 0; i < scene.kept.columns; i++) {
        size_t leader = survivor_plan_leader(scene.plan, i);
        used += (size_t)snprintf(scene.text + used, sizeof scene.text - used, "%s%s", i ? " " : "",
                                 survivor_rule_name(survivor_plan_rule(scene.plan, i)));
        if (leader != i)
            used +=
                (size_t)snprintf(scene.text + used, sizeof scene.text - used, "<%.*s", SLICE_ARG(scene.names[leader]));
    }
    assert_string_equal(scene.text, expected);
    scene_end(&scene);
}

static void the_vocabulary_knows_what_loses_least(void **state)
{
    (void)state;
    assert_plan(
        "contact_id,email,created_at,updated_at,converted_at,opt_out,tags,note,other_emails,lifecycle_stage,x\n", NULL,
        "most_complete most_complete min max min any union concat union order most_complete");
    assert_plan("Email,Create Date,Last Modified Date,Lifecycle Stage,Unsubscribed from all email\n", NULL,
                "most_complete min max order any");
    assert_plan("Имя,Фамилия,Рабочий email,Теги контакта\n", NULL,
                "most_complete most_complete<Имя most_complete union");
    assert_plan("city,street,name\n", NULL, "most_complete<street most_complete most_complete");
    assert_plan("a,b\n", NULL, "most_complete most_complete");
}

static void files_and_options_change_it(void **state)
{
    (void)state;
    assert_plan("a,b,opt_out\n", SETTINGS("{\"default\":\"longest\",\"columns\":{\"b\":\"first\"}}"),
                "longest first any");
    assert_plan("a,b,opt_out\n", SETTINGS("*=longest", "opt_out=last"), "longest longest last");
    assert_plan("street,city,region\n", SETTINGS("street=first", "region=last"), "first first<street last");
    assert_plan("street,city,region\n", SETTINGS("street=union"), "union most_complete most_complete");
    assert_plan("street,city,region\n", SETTINGS("{\"groups\":[[\"region\",\"city\"]]}"),
                "most_complete most_complete<region most_complete");
    assert_plan("a=b,c\n", SETTINGS("a=b=order:x=y,z"), "order most_complete");
    assert_plan("a\n", SETTINGS("a=sum", "a=union"), "union");
    assert_plan("a\n", SETTINGS("{}"), "most_complete");
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    static const char *const cases[][2] = {
        {"{", "rules.json:1: not JSON: "},
        {" []", "rules.json: not a JSON object"},
        {"{\"colums\":{}}", "rules.json: colums: unknown key"},
        {"{\"default\":1}", "rules.json: default: not a string"},
        {"{\"default\":\"best\"}", "rules.json: default: no rule 'best'; there are most_complete, most_recent, "},
        {"{\"default\":\"order\"}", "rules.json: default: 'order' cannot be the rule of all columns"},
        {"{\"recent_by\":\"z\"}", "rules.json: recent_by: no column 'z'; there are a, b"},
        {"{\"columns\":[]}", "rules.json: columns: not an object"},
        {"{\"columns\":{\"z\":\"min\"}}", "rules.json: columns.z: no column 'z'; there are a, b"},
        {"{\"columns\":{\"a\":\"mean\"}}", "rules.json: columns.a: no rule 'mean'; "},
        {"{\"columns\":{\"a\":7}}", "rules.json: columns.a: not a string"},
        {"{\"columns\":{\"a\":{}}}", "rules.json: columns.a: 'rule' is missing"},
        {"{\"columns\":{\"a\":{\"rule\":\"min\",\"orders\":[]}}}", "rules.json: columns.a.orders: unknown key"},
        {"{\"columns\":{\"a\":\"order\"}}", "rules.json: columns.a: the rule 'order' needs the values in their order"},
        {"{\"columns\":{\"a\":{\"rule\":\"order\",\"order\":[]}}}",
         "rules.json: columns.a.order: not an array of values"},
        {"{\"columns\":{\"a\":{\"rule\":\"order\",\"order\":[1]}}}", "rules.json: columns.a.order[0]: not a string"},
        {"{\"columns\":{\"a\":{\"rule\":\"min\",\"order\":[\"x\"]}}}",
         "rules.json: columns.a.order: only 'order' and 'source_priority' take an order"},
        {"{\"columns\":{\"a\":{\"rule\":\"min\",\"column\":\"b\"}}}",
         "rules.json: columns.a.column: only 'source_priority' takes a column"},
        {"{\"columns\":{\"a\":{\"rule\":\"source_priority\",\"column\":\"b\"}}}",
         "rules.json: columns.a.column: the column needs an 'order' of its values"},
        {"{\"columns\":{\"a\":{\"rule\":\"source_priority\",\"column\":\"z\",\"order\":[\"x\"]}}}",
         "rules.json: columns.a.column: no column 'z'"},
        {"{\"columns\":{\"a\":{\"rule\":\"source_priority\",\"order\":[\"x\"]}}}",
         "rules.json: columns.a: no column is known to hold sources: name it"},
        {"{\"groups\":{}}", "rules.json: groups: not an array of groups"},
        {"{\"groups\":[[\"a\"]]}", "rules.json: groups[0]: not an array of two columns or more"},
        {"{\"groups\":[[\"a\",\"a\"]]}", "rules.json: groups[0][1]: the column is in the group already"},
        {"{\"groups\":[[\"a\",\"b\"],[\"b\",\"a\"]]}", "rules.json: groups[1][0]: the column is in another group"},
        {"{\"groups\":[[\"a\",\"z\"]]}", "rules.json: groups[0][1]: no column 'z'"},
        {"a", "'a' is not COLUMN=RULE"},
        {"z=min", "no column 'z'; there are a, b"},
        {"a=best", "no rule 'best'; there are "},
        {"a=", "no rule ''; there are "},
        {"a=min:x", "the rule 'min' takes no values"},
        {"a=order", "column 'a': the rule 'order' needs the values in their order, the best first"},
        {"a=source_priority:x,y", "column 'a': no column is known to hold sources: name it"},
        {"*=order", "the rule 'order' with values cannot be that of all columns"},
        {"*=source_priority:x", "the rule 'source_priority' with values cannot be that of all columns"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused("a,b\n", cases[i][0], cases[i][1]);
}

static void a_default_that_cannot_be_followed_is_replaced_and_said(void **state)
{
    struct scene scene;
    (void)state;

    scene_begin(&scene, "email,created_at,updated_at\na@x.org,01/02/2024,2024-01-01\n,03/02/2024,never\n");
    assert_int_equal(scene_survey(&scene), 0);
    assert_string_equal(scene_choose(&scene, 2), "a@x.org|01/02/2024|2024-01-01");
    assert_string_equal(survivor_plan_doubt(scene.plan, 0),
                        "rule most_complete instead of min: column 'created_at': its dates can be read as day-month or "
                        "month-day: let crm-import write them as 2026-12-31 first");
    assert_null(survivor_plan_doubt(scene.plan, 1)); /* a single bad date among good ones only loses */
    assert_int_equal(survivor_plan_recent(scene.plan), 2);
    scene_end(&scene);

    scene_begin(&scene, "email,updated_at\na@x.org,now\n,then\n");
    assert_int_equal(scene_survey(&scene), 0);
    assert_non_null(strstr(survivor_plan_doubt(scene.plan, 0), "rule most_complete instead of max: "));
    assert_non_null(
        strstr(survivor_plan_doubt(scene.plan, 0), "in1:2: column 'updated_at': not a number or date: 'now'"));
    assert_non_null(strstr(survivor_plan_doubt(scene.plan, 1), "records are not compared by date: "));
    assert_int_equal(survivor_plan_recent(scene.plan), COLUMN_ABSENT);
    scene_end(&scene);
}

static void what_was_asked_for_and_cannot_be_followed_is_an_error(void **state)
{
    struct scene scene;
    (void)state;

    scene_begin(&scene, "email,seen\na@x.org,2024-01-01\n,never\n");
    assert_int_equal(survivor_plan_recent_by(scene.plan, SLICE("saw"), &scene.err), -1);
    assert_string_equal(scene.err.text, "no column 'saw'; there are email, seen");
    assert_int_equal(survivor_plan_recent_by(scene.plan, SLICE("seen"), &scene.err), 0);
    assert_int_equal(scene_survey(&scene), -1);
    assert_int_equal(scene.err.status, STATUS_DATA);
    assert_non_null(strstr(scene.err.text, "in1:3: column 'seen': not a number or date: 'never'"));
    scene_end(&scene);

    scene_begin(&scene, "email,seen\na@x.org,1\n,2\n");
    assert_int_equal(survivor_plan_recent_by(scene.plan, SLICE("seen"), &scene.err), 0);
    assert_int_equal(scene_survey(&scene), -1);
    assert_non_null(strstr(scene.err.text, "column 'seen': its dates are written in several ways"));
    scene_end(&scene);
}

static void nothing_to_survey_is_fine(void **state)
{
    (void)state;
    assert_plan("a,updated_at\n", SETTINGS("a=most_recent"), "most_recent max");
    assert_plan("a,updated_at\n1,\n", SETTINGS("a=sum"), "sum max");
    assert_plan("", NULL, "");
}

/* A long header does not overrun a message. */
static void long_headers_fit(void **state)
{
    struct scene scene;
    struct slice names[400];
    char name[60];
    (void)state;

    memset(name, 'n', sizeof name);
    scene_begin(&scene, "a\n");
    for (size_t i = 0; i < 400; i++)
        names[i] = (struct slice){name, sizeof name};
    survivor_plan_free(scene.plan);
    assert_int_equal(survivor_plan_new(&scene.plan, names, 400, &scene.err), 0);
    assert_int_equal(survivor_plan_set(scene.plan, "x=min", &scene.err), -1);
    assert_true(strlen(scene.err.text) < sizeof scene.err.text);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vocabulary_knows_what_loses_least),
        cmocka_unit_test(files_and_options_change_it),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
        cmocka_unit_test(a_default_that_cannot_be_followed_is_replaced_and_said),
        cmocka_unit_test(what_was_asked_for_and_cannot_be_followed_is_an_error),
        cmocka_unit_test(nothing_to_survey_is_fine),
        cmocka_unit_test(long_headers_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
