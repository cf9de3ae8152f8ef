/* Survivorship: which value survives under each rule, groups, and where values are from. Expected values follow from
 * the definitions in survivor.h, by hand. */
#include <math.h>

#include "survivor_scene.h"

static void the_most_complete_record_is_the_master(void **state)
{
    (void)state;
    assert_survivor("a,b,c\n1,,\n2,x,\n3,,z\n", NULL, "2|x|z");
    assert_survivor("a,b,c\n1,,\n2, ,\n3,\t,z\n", NULL,
                    "3|\t|z"); /* blanks are nothing; what is blank stays as it is */
    assert_survivor("a,b,c\n1,x,\n2,y,\n", NULL, "1|x|");
    assert_survivor("a,b\n,\n,\n", NULL, "|");
    assert_survivor("a\n1\n", NULL, "1");
}

static void the_later_record_breaks_a_tie(void **state)
{
    (void)state;
    assert_survivor("a,updated_at\n1,2024-01-01\n2,2024-01-03\n3,2024-01-02\n", NULL, "2|2024-01-03");
    assert_survivor("a,created_at\n1,2024-01-01\n2,2024-01-03\n", NULL, "2|2024-01-01");
    assert_survivor("a,seen\n1,2024-01-01\n2,2024-01-03\n", NULL, "1|2024-01-01");
    assert_survivor("a,seen\n1,2024-01-01\n2,2024-01-03\n", SETTINGS("{\"recent_by\":\"seen\"}"), "2|2024-01-03");
}

static void most_recent(void **state)
{
    (void)state;
    assert_survivor("a,b,updated_at\nx,1,2024-05-01\ny,,2024-06-01\n", SETTINGS("a=most_recent", "b=most_recent"),
                    "y|1|2024-06-01");
    /* instants in UTC: the first is the later */
    assert_survivor("a,updated_at\nx,2024-05-01T01:00:00Z\ny,2024-05-01T02:00:00+02:00\n", SETTINGS("a=most_recent"),
                    "x|2024-05-01T01:00:00Z");
    assert_survivor("a,updated_at\nx,31/12/2024\ny,01/02/2025\n", SETTINGS("a=most_recent"), "y|01/02/2025");
    assert_survivor("a,updated_at\nx,\ny,2024-01-01\nz,\n", SETTINGS("a=most_recent"), "y|2024-01-01");
    assert_survivor("a,b\nx,1\ny,2\n", SETTINGS("a=most_recent"),
                    "the rule 'most_recent' needs a column of dates, and none is known: name it as recent_by");
}

static void most_frequent(void **state)
{
    (void)state;
    assert_survivor("a,b\nx,1\ny,\nY ,\nx,\ny,\n", SETTINGS("a=most_frequent"), "y|1");
    assert_survivor("a,b\nx,\ny,1\n", SETTINGS("a=most_frequent"), "y|1"); /* a tie: the master's */
    assert_survivor("a,b\nÄ,\nä,\nx,1\n", SETTINGS("a=most_frequent"), "Ä|1");
    assert_survivor("a,b\n,1\n,2\nx,\n", SETTINGS("a=most_frequent"), "x|1");
    assert_survivor("contact_id,email\nA1,m@x.org\na1,m@x.org\nB1,m@x.org\na1,m@x.org\nA1,\nA1,\n",
                    SETTINGS("contact_id=most_frequent"), "A1|m@x.org"); /* keys are compared exactly */
}

static void many_different_values(void **state)
{
    struct scene scene;
    char *text = malloc(40000);
    size_t used = (size_t)sprintf(text, "a\n");
    (void)state;

    for (int i = 0; i < 3000; i++)
        used += (size_t)sprintf(text + used, "%s%d\n", i % 2 ? "v" : "V", i == 2999 ? 1717 : i / 2);
    scene_begin(&scene, text);
    assert_int_equal(survivor_plan_set(scene.plan, "a=most_frequent", &scene.err), 0);
    assert_int_equal(scene_survey(&scene), 0);
    assert_string_equal(scene_choose(&scene, 3000), "V0"); /* all twice; the first is the master's */
    assert_int_equal(scene.why[0].distinct, 1501);         /* 0 .. 1499 and 1717 */
    assert_int_equal(scene.why[0].dropped, 1500);
    scene_end(&scene);
    free(text);
}

static void confidence_majority(void **state)
{
    static double weights[] = {0.4, 0.5, 0.95, NAN, 1};
    struct scene scene;
    (void)state;

    scene_begin(&scene, "a\nx\nx\ny\nz\nZ\n");
    assert_int_equal(survivor_plan_set(scene.plan, "a=confidence_majority", &scene.err), 0);
    assert_int_equal(scene_survey(&scene), 0);
    scene.weights = weights;
    assert_string_equal(scene_choose(&scene, 3), "y"); /* 0.95 against 0.9 */
    assert_string_equal(scene_choose(&scene, 5), "z"); /* 1 + 1 */
    scene.weights = NULL;
    assert_string_equal(scene_choose(&scene, 3), "x");
    scene_end(&scene);
}

static void longest_first_last(void **state)
{
    (void)state;
    assert_survivor("a\nab\nabc\nxyz\n  q   \n", SETTINGS("a=longest"), "abc");
    assert_survivor("a\nabc\nähé\nabcd\nяяяя\n", SETTINGS("a=longest"), "abcd"); /* characters, not bytes */
    assert_survivor("a\n\nq\nw\n\n", SETTINGS("a=first"), "q");
    assert_survivor("a,b\n,\nq,1\nw,\n,\n", SETTINGS("a=last"), "w|1");
    assert_survivor("a,b\nq,\nw,1\n", SETTINGS("a=first"), "q|1");
}

static void source_priority(void **state)
{
    static const char *const files[] = {"a,b\n,1\n", "a,b\nx,\n", "a,b\ny,2\n"};
    const char *const texts[] = {files[0], files[1], files[2], NULL};
    struct scene scene;
    (void)state;

    assert_survivor(
        "a,src\nx,web\ny,CRM\nz,shop\n",
        SETTINGS("{\"columns\":{\"a\":{\"rule\":\"source_priority\",\"column\":\"src\",\"order\":[\"crm\",\"web\"]}}}"),
        "y|web");
    assert_survivor(
        "a,src\nx,web\n,CRM\nz,shop\n",
        SETTINGS("{\"columns\":{\"a\":{\"rule\":\"source_priority\",\"column\":\"src\",\"order\":[\"crm\",\"web\"]}}}"),
        "x|web");
    assert_survivor("a,source\nx,web\ny,crm\n", SETTINGS("a=source_priority:crm,web"), "y|web");
    scene_files(&scene, texts);
    assert_int_equal(survivor_plan_set(scene.plan, "a=source_priority", &scene.err), 0);
    assert_int_equal(scene_survey(&scene), 0);
    assert_string_equal(scene_choose(&scene, 3), "x|2"); /* the second file: the first has no a; b is the master's */
    scene_end(&scene);
}

static void min_and_max(void **state)
{
    (void)state;
    assert_survivor("a,b\n10,9\n9.50,10\n-1e1,-3\n", SETTINGS("a=min", "b=max"), "-1e1|10");
    assert_survivor("a\n9\n10\n", SETTINGS("a=max"), "10"); /* numbers, not text */
    assert_survivor("a\n2024-03-01\n\n2023-12-31\n", SETTINGS("a=min"), "2023-12-31");
    assert_survivor("a\n1 March 2024\n2023-12-31\n", SETTINGS("a=max"), "1 March 2024");
    assert_survivor("a\n9\n1O\n", SETTINGS("a=max"), "in1:3: column 'a': not a number or date: '1O'");
    assert_survivor("a\n01/02/2024\n03/02/2024\n", SETTINGS("a=max"),
                    "column 'a': its dates can be read as day-month or month-day: let crm-import write them as "
                    "2026-12-31 first");
    assert_survivor("a\n9007199254740993\n9007199254740992\n", SETTINGS("a=max"), "9007199254740993"); /* exact */
}

static void sum(void **state)
{
    (void)state;
    assert_survivor("a\n0.10\n0.2\n\n1e2\n", SETTINGS("a=sum"), "100.30");
    assert_survivor("a\n5.0\n\n", SETTINGS("a=sum"), "5.0");
    assert_survivor("a\n5\n5\n", SETTINGS("a=sum"), "10"); /* equal values are added, too */
    assert_survivor("a\n1\n\"1,5\"\n", SETTINGS("a=sum"), "in1:3: column 'a': not a number: '1,5'");
    assert_survivor("a\n9223372036854775807\n9223372036854775807\n", SETTINGS("a=sum"), "18446744073709551614");
    assert_survivor("deal_id,amount,currency\n1,10,EUR\n1,20,eur\n1,5,\n", SETTINGS("amount=sum"), "1|35|EUR");
    assert_survivor("deal_id,amount,currency\n1,10,EUR\n1,20,USD\n", SETTINGS("amount=sum"),
                    "column 'amount': no sum of 'EUR' and 'USD' in one cluster");
    assert_survivor("deal_id,amount,currency\n1,10,EUR\n1,20,EUR\n", NULL, "1|10|EUR");
}

static void unions(void **state)
{
    (void)state;
    assert_survivor("a\nx; y\nY;z\n\n;;x ; w\n", SETTINGS("a=union"), "x; y; z; w");
    assert_survivor("a\nx;y;x\n\n", SETTINGS("a=union"), "x;y;x"); /* one value alone stays as it is */
    assert_survivor("a\nx;y;x\nx;y;x\n", SETTINGS("a=union"), "x;y;x");
    assert_survivor("{\"a\":[\"x\",1,null]}\n{\"a\":[\"X\", {\"q\": [2]}]}\n{\"a\":\"w\\\"; y\"}\n{\"a\":1}\n",
                    SETTINGS("a=union"), "[\"x\",1,{\"q\": [2]},\"w\\\"\",\"y\"]");
    assert_survivor("{\"a\":[]}\n{\"a\":[\"x\"]}\n", SETTINGS("a=union"), "[\"x\"]");
    assert_survivor("other_phones\n+49 30 12\n+493012; +49-30-13\n", NULL, "+49 30 12; +49-30-13");
}

static void concat(void **state)
{
    (void)state;
    assert_survivor("note\nCalled; no answer\n\ncalled; no answer \nBought\n", NULL, "Called; no answer | Bought");
    assert_survivor("note\nOne\n\n", NULL, "One");
}

static void unanimous(void **state)
{
    (void)state;
    assert_survivor("a,b\nx,1\n,\nX,2\n", SETTINGS("a=unanimous", "b=unanimous"), "x|");
    assert_survivor("a,b\n,\n,\n", SETTINGS("a=unanimous"), "|");
}

static void order(void **state)
{
    (void)state;
    assert_survivor("s\nlost\nOpen\nwon\nother\n", SETTINGS("s=order:won,open,lost"), "won");
    assert_survivor("s\nother\nlost\n", SETTINGS("s=order:won,open,lost"), "lost");
    assert_survivor("s\nother\nwhat\n", SETTINGS("s=order:won"), "other");
    assert_survivor("email,lifecycle_stage\nx@y.org,junk\n,MQL\n,customer\n,Opportunity\n", NULL, "x@y.org|customer");
    assert_survivor("email,lifecycle_stage\nx@y.org,dead\n,suspect\n", NULL, "x@y.org|suspect");
    assert_survivor("email,lifecycle_stage\nx@y.org,subscriber\n,marketingqualifiedlead\n", NULL,
                    "x@y.org|marketingqualifiedlead");
}

static void any_and_all(void **state)
{
    (void)state;
    assert_survivor("email,opt_out\na@b.org,no\n,\n,yes\n", NULL, "a@b.org|yes");
    assert_survivor("email,opt_out\na@b.org,false\n,unsubscribed\n", NULL, "a@b.org|unsubscribed");
    assert_survivor("email,opt_out\na@b.org,\n,false\n", NULL, "a@b.org|false");
    assert_survivor("{\"email\":\"a@b.org\",\"opt_out\":false}\n{\"opt_out\":true}\n", NULL, "a@b.org|true");
    assert_survivor("a\n1\n0\nyes\n", SETTINGS("a=all"), "0");
    assert_survivor("a\n1\nwhat\n", SETTINGS("a=all"), "what");
    assert_survivor("email,opt_out\na@b.org,no\n,yes\n", SETTINGS("*=first"), "a@b.org|yes"); /* never by a default */
}

static void dates_of_the_record(void **state)
{
    (void)state;
    assert_survivor("email,created_at,updated_at\nx@y.org,2024-02-01,2024-02-01\n,2023-01-01,2025-01-01\n", NULL,
                    "x@y.org|2023-01-01|2025-01-01");
}

static void an_address_is_one(void **state)
{
    (void)state;
    assert_survivor("email,street,city,postal_code,country\na@b.org,Hauptstr. 1,Berlin,,DE\n,Rue 2,Paris,75001,\n",
                    NULL, "a@b.org|Hauptstr. 1|Berlin||DE");
    /* what agrees in all else may fill */
    assert_survivor("email,street,city,postal_code,country\na@b.org,Hauptstr. 1,Berlin,,DE\n,hauptstr. 1,,10115,\n",
                    NULL, "a@b.org|Hauptstr. 1|Berlin|10115|DE");
    /* but not what says nothing of the same */
    assert_survivor("email,street,city\na@b.org,Weg 1,\n,,Berlin\n", NULL, "a@b.org|Weg 1|");
    /* the first column that is filled decides: not the city alone of the more complete record */
    assert_survivor("email,phone,street,city,postal_code\na@b.org,1,,Paris,\n,,Hauptstr. 1,Berlin,10115\n", NULL,
                    "a@b.org|1|Hauptstr. 1|Berlin|10115");
    assert_survivor("email,phone,street,city\na@b.org,1,,Paris\n,,,Berlin\n", NULL, "a@b.org|1||Paris");
    /* one column asked for by itself; and no groups at all */
    assert_survivor("email,phone,street,city\na@b.org,1,,Paris\n,,Hauptstr. 1,Berlin\n", SETTINGS("city=first"),
                    "a@b.org|1|Hauptstr. 1|Paris");
    assert_survivor("email,phone,street,city\na@b.org,1,,Paris\n,,Hauptstr. 1,Berlin\n", SETTINGS("{\"groups\":[]}"),
                    "a@b.org|1|Hauptstr. 1|Paris");
    /* the first decides for all */
    assert_survivor("email,street,city,updated_at\na@b.org,Weg 1,Bonn,2024-01-01\n,Weg 2,,2025-01-01\n",
                    SETTINGS("street=most_recent"), "a@b.org|Weg 2||2025-01-01");
}

static void names_and_keys_are_one(void **state)
{
    (void)state;
    assert_survivor("first_name,last_name,email\nRob,Smith,\nRobert,Smyth,r@s.org\n,Smith,q@s.org\n", NULL,
                    "Robert|Smyth|r@s.org");
    assert_survivor("email,email_key,phone\nA@x.org,a@x.org,\nB@x.org,b@x.org,1\n", NULL, "B@x.org|b@x.org|1");
    assert_survivor("a,b,c\n1,,x\n2,3,\n", SETTINGS("{\"groups\":[[\"b\",\"a\"]]}"), "2|3|x");
    assert_survivor("a,b\n1,\n2,3\n", SETTINGS("{\"groups\":[[\"a\",\"b\"]],\"columns\":{\"a\":\"union\"}}"), "1; 2|3");
}

static void addresses_that_lose_go_to_the_others(void **state)
{
    struct scene scene;
    (void)state;

    assert_survivor("name,email,other_emails\nx,a@x.org,\n,b@x.org,c@x.org; A@x.org\n,B@x.org,\n", NULL,
                    "x|a@x.org|c@x.org; b@x.org");
    assert_survivor("email,phone,mobile,other_phones\na@x.org,+1 22,+133,\na@x.org,+144,+122,+155\n", NULL,
                    "a@x.org|+144|+122|+155; +133"); /* +1 22 is the mobile that survived */
    scene_begin(&scene, "name,email,phone\nx,a@x.org,1\n,b@x.org,\n,A@X.org,2\n");
    assert_int_equal(scene_survey(&scene), 0);
    assert_string_equal(scene_choose(&scene, 3), "x|a@x.org|1");
    assert_int_equal(scene.why[1].distinct, 2);
    assert_int_equal(scene.why[1].dropped, 1); /* no column takes it: said, not silent */
    assert_int_equal(scene.why[2].dropped, 1);
    assert_int_equal(scene.why[0].dropped, 0);
    scene_end(&scene);
    scene_begin(&scene, "name,email,other_emails\nx,a@x.org,\n,b@x.org,\n");
    assert_int_equal(scene_survey(&scene), 0);
    assert_string_equal(scene_choose(&scene, 2), "x|a@x.org|b@x.org");
    assert_int_equal(scene.why[1].dropped, 0);
    assert_int_equal(scene.why[2].distinct, 1);
    assert_int_equal(scene.why[2].row, SURVIVOR_MANY);
    scene_end(&scene);
}

static void kinds_are_kept(void **state)
{
    struct scene scene;
    (void)state;

    scene_begin(&scene, "{\"a\":1.50,\"b\":null,\"c\":[1, 2],\"d\":true}\n{\"a\":2,\"c\":{},\"e\":\"007\"}\n");
    assert_int_equal(survivor_plan_set(scene.plan, "a=sum", &scene.err), 0);
    assert_int_equal(scene_survey(&scene), 0);
    assert_string_equal(scene_choose(&scene, 2), "3.50||[1, 2]|true|007");
    static const enum field_kind kinds[] = {FIELD_NUMBER, FIELD_NULL, FIELD_JSON, FIELD_TRUE, FIELD_TEXT};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(scene.out[i].kind, kinds[i]);
    assert_string_equal(scene_choose(&scene, 1), "1.50||[1, 2]|true|"); /* a record alone is as it was */
    assert_int_equal(scene.out[4].kind, FIELD_ABSENT);
    assert_int_equal(scene.why[0].row, 0);
    assert_int_equal(scene.why[1].row, SURVIVOR_MANY);
    scene_end(&scene);
}

static void it_is_said_where_values_are_from(void **state)
{
    struct scene scene;
    struct writer *writer;
    struct sink *sink;
    char expected[2000];
    (void)state;

    scene_begin(&scene, "id,city,tags,score\n1,Bonn,a,1\n2,\"K\xc3\xb6ln\",b,1\n3,Bonn,a,\n");
    assert_int_equal(survivor_plan_set(scene.plan, "id=sum", &scene.err), 0);
    assert_int_equal(survivor_plan_set(scene.plan, "city=last", &scene.err), 0);
    assert_int_equal(survivor_plan_set(scene.plan, "score=unanimous", &scene.err), 0);
    assert_int_equal(scene_survey(&scene), 0);
    assert_string_equal(scene_choose(&scene, 3), "6|Bonn|a; b|1");
    const char *path = folder_file(&scene.folder, "trace");
    assert_int_equal(sink_open(&sink, path, &scene.err), 0);
    assert_int_equal(
        writer_new(&writer, sink, FORMAT_CSV, 0, survivor_trace_columns, SURVIVOR_TRACE_COLUMNS, &scene.err), 0);
    assert_int_equal(survivor_trace(scene.work, scene.stream, 7, scene.out, scene.why, writer, &scene.err), 0);
    scene_choose(&scene, 1); /* a record alone has no provenance to tell */
    assert_int_equal(survivor_trace(scene.work, scene.stream, 8, scene.out, scene.why, writer, &scene.err), 0);
    assert_int_equal(writer_finish(writer, &scene.err), 0);
    assert_int_equal(sink_finish(sink, &scene.err), 0);
    writer_free(writer);
    sink_free(sink);
    snprintf(expected, sizeof expected,
             "cluster_id,column,value,rule,input,line,record,distinct,alternatives\n"
             "7,id,6,sum,,,,3,1 | 2 | 3\n"
             "7,city,Bonn,last,%s,4,3,2,K\xc3\xb6ln\n"
             "7,tags,a; b,union,,,,2,\n"
             "7,score,1,unanimous,%s,2,1,1,\n",
             scene.path[0], scene.path[0]);
    assert_file(folder_file(&scene.folder, "trace"), expected);
    scene_end(&scene);
}

/* Random clusters against a second, simple-minded way to the same answer: go through all pairs of records and count how
 * many come before each. */
#define RULED 8
#define ROWS_MAX 7

struct guess {
    char cells[ROWS_MAX][RULED + 1][8]; /* the last column is the date */
    size_t rows;
};

static bool has(const struct guess *guess, size_t row, size_t column)
{
    return guess->cells[row][column][0] != '\0';
}

static size_t filled_of(const struct guess *guess, size_t row)
{
    size_t count = 0;

    for (size_t i = 0; i <= RULED; i++)
        count += has(guess, row, i);
    return count;
}

/* Whether record a stands before record b. */
static bool stands_before(const struct guess *guess, size_t a, size_t b)
{
    if (filled_of(guess, a) != filled_of(guess, b))
        return filled_of(guess, a) > filled_of(guess, b);
    int date = strcmp(guess->cells[a][RULED], guess->cells[b][RULED]); /* years: text is in their order, none first */
    return date ? date > 0 : a < b;
}

static int occurrences(const struct guess *guess, size_t row, size_t column)
{
    int count = 0;

    for (size_t i = 0; i < guess->rows; i++)
        count += strcmp(guess->cells[i][column], guess->cells[row][column]) == 0;
    return count;
}

/* How good a value is under the rule; the more the better. */
static int score(const struct guess *guess, enum survivor_rule rule, size_t row, size_t column)
{
    const char *cell = guess->cells[row][column];

    switch (rule) {
    case SURVIVOR_FIRST:
        return -(int)row;
    case SURVIVOR_LAST:
        return (int)row;
    case SURVIVOR_LONGEST:
        return (int)strlen(cell);
    case SURVIVOR_MOST_FREQUENT:
        return occurrences(guess, row, column);
    case SURVIVOR_MAX:
        return atoi(cell);
    case SURVIVOR_MIN:
        return -atoi(cell);
    case SURVIVOR_MOST_RECENT:
        return atoi(guess->cells[row][RULED]);
    default:
        return 0;
    }
}

static const char *expected_cell(const struct guess *guess, enum survivor_rule rule, size_t column)
{
    for (size_t row = 0; row < guess->rows; row++) {
        bool beaten = !has(guess, row, column);
        for (size_t other = 0; other < guess->rows && !beaten; other++) {
            int better = score(guess, rule, other, column) - score(guess, rule, row, column);
            beaten = has(guess, other, column) && (better > 0 || (better == 0 && stands_before(guess, other, row)));
        }
        if (!beaten)
            return guess->cells[row][column];
    }
    return "";
}

static void random_clusters_agree_with_a_second_way(void **state)
{
    static const enum survivor_rule rules[RULED] = {SURVIVOR_MOST_COMPLETE, SURVIVOR_FIRST,         SURVIVOR_LAST,
                                                    SURVIVOR_LONGEST,       SURVIVOR_MOST_FREQUENT, SURVIVOR_MAX,
                                                    SURVIVOR_MIN,           SURVIVOR_MOST_RECENT};
    uint64_t seed = 88172645463325252U;
    (void)state;

    for (int round = 0; round < 400; round++) {
        struct guess guess = {.rows = 2 + (size_t)round % (ROWS_MAX - 1)};
        struct scene scene;
        char text[2000] = "a,b,c,d,e,f,g,h,seen\n";
        char setting[64];
        for (size_t row = 0; row < guess.rows; row++)
            for (size_t column = 0; column <= RULED; column++) {
                seed = seed * 6364136223846793005U + 1442695040888963407U; /* Knuth, MMIX */
                unsigned drawn = (unsigned)(seed >> 40) % 12;
                if (drawn > 3 && column == RULED)
                    snprintf(guess.cells[row][column], 8, "%u", 2000 + drawn % 4);
                else if (drawn > 3)
                    snprintf(guess.cells[row][column], 8, "%u", drawn > 9 ? drawn * 37 : drawn);
                sprintf(text + strlen(text), "%s%s", guess.cells[row][column],
                        column < RULED ? "," : "-01-01\n" + 6 * !has(&guess, row, column));
            }
        scene_begin(&scene, text);
        for (size_t i = 0; i < RULED; i++) {
            snprintf(setting, sizeof setting, "%c=%s", (char)('a' + i), survivor_rule_name(rules[i]));
            assert_int_equal(survivor_plan_set(scene.plan, setting, &scene.err), 0);
        }
        assert_int_equal(survivor_plan_recent_by(scene.plan, SLICE("seen"), &scene.err), 0);
        if (scene_survey(&scene))
            fail_msg("%s\n%s", scene.err.text, text);
        scene_choose(&scene, guess.rows);
        for (size_t i = 0; i < RULED; i++) {
            const char *expected = expected_cell(&guess, rules[i], i);
            if (!slice_equal_cstr(scene.out[i].text, expected))
                fail_msg("%s\ncolumn %zu: '%.*s' instead of '%s'", text, i, SLICE_ARG(scene.out[i].text), expected);
        }
        scene_end(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_complete_record_is_the_master),
        cmocka_unit_test(the_later_record_breaks_a_tie),
        cmocka_unit_test(most_recent),
        cmocka_unit_test(most_frequent),
        cmocka_unit_test(many_different_values),
        cmocka_unit_test(confidence_majority),
        cmocka_unit_test(longest_first_last),
        cmocka_unit_test(source_priority),
        cmocka_unit_test(min_and_max),
        cmocka_unit_test(sum),
        cmocka_unit_test(unions),
        cmocka_unit_test(concat),
        cmocka_unit_test(unanimous),
        cmocka_unit_test(order),
        cmocka_unit_test(any_and_all),
        cmocka_unit_test(dates_of_the_record),
        cmocka_unit_test(an_address_is_one),
        cmocka_unit_test(names_and_keys_are_one),
        cmocka_unit_test(addresses_that_lose_go_to_the_others),
        cmocka_unit_test(kinds_are_kept),
        cmocka_unit_test(it_is_said_where_values_are_from),
        cmocka_unit_test(random_clusters_agree_with_a_second_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
