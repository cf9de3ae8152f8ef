/* JSON with nested members as columns: every expectation is a transcript written by hand; what is joined, by the
 * definition of jq's join. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json_reading.h"
#include "stream/json_path.h"

/* The records are never in a wrapper here. */
static const struct reader_options flat = {.format = FORMAT_JSON, .flatten = true, .records = "."};

static void check(const char *text, const char *columns, const char *expected)
{
    check_reading(&flat, text, columns, expected);
}

static void test_members(void **state)
{
    (void)state;
    check("{\"id\":1,\"company\":{\"name\":\"A\\u0042\",\"size\":1.50},\"x\":null}\n", NULL,
          "|id|.company.name|.company.size|x\n1@1 n1 tAB n1.50 0\n");
    check("{\"a\":{\"b\":{\"c\":{\"d\":12345678901234567890.10}}}}\n{\"a\":{\"e\":true}}\n{\"a\":{}}\n{}\n", NULL,
          "|.a.b.c.d|.a.e\n1@1 n12345678901234567890.10 -\n2@2 - T\n3@3 - -\n4@4 - -\n");
    check("{ \"a\" : { \"b\" : 1 , \"c\":{ } } , \"d\":{}}", NULL, "|.a.b|.a.c|d\n1@1 n1 j{ } j{}\n");
}

/* As jq writes paths: what is no identifier in quotes. */
static void test_quoting(void **state)
{
    (void)state;
    check("{\"p\":{\"Lead Source\":1,\"a.b\":2,\"1st\":3,\"\":4,\"_x9\":5,\"\xd0\x98\":6,\"q\\\"\\\\\\n\":7}}", NULL,
          "|.p.\"Lead Source\"|.p.\"a.b\"|.p.\"1st\"|.p.\"\"|.p._x9|.p.\"\xd0\x98\"|.p.\"q\\\"\\\\\\u000a\"\n"
          "1@1 n1 n2 n3 n4 n5 n6 n7\n");
    /* a path is looked for as it is meant */
    check("{\"p\":{\"Lead Source\":1}}", ".p[\"Lead\\u0020Source\"] .\"p\".\"Lead\\u0020Source\" .p .p.x",
          "|.p.\"Lead Source\"\n1@1 n1 n1 j{\"Lead Source\":1} -\n");
    /* a name that looks like a path is none */
    check("{\".a.b\":1,\"a\":{\"b\":2}}", NULL, "|.\".a.b\"|.a.b\n1@1 n1 n2\n");
}

/* One name, several spellings. */
static void test_escaped_names(void **state)
{
    (void)state;
    check("{\"\\u0061\":{\"\\u0062\":1}}\n{\"a\":{\"b\":2}}\n{\"\\u0061\":{\"\\u0062\":3,\"c\\/d\":\"\\t\"}}\n"
          "{\"a\":{\"c/d\":5,\"b\":6}}\n",
          NULL, "|.a.b|.a.\"c/d\"\n1@1 n1 -\n2@2 n2 -\n3@3 n3 t\t\n4@4 n6 n5\n");
}

static void test_order_of_members(void **state)
{
    (void)state;
    check(
        "{\"a\":null,\"z\":1}\n{\"a\":{\"x\":1,\"y\":2},\"z\":2}\n{\"z\":3,\"a\":{\"y\":3,\"x\":4}}\n{\"a\":{\"y\":5}}"
        "\n",
        NULL, "|.a.x|.a.y|z\n1@1 - - n1\n2@2 n1 n2 n2\n3@3 n4 n3 n3\n4@4 - n5 -\n");
}

/* A member that is an object here and something else there has both columns. */
static void test_mixed(void **state)
{
    (void)state;
    check("{\"c\":\"plain\"}\n{\"c\":{\"n\":1}}\n{\"c\":[1,2]}\n{\"c\":null}\n{\"c\":[]}\n", NULL,
          "|c|.c.n\n1@1 tplain -\n2@2 - n1\n3@3 t1; 2 -\n4@4 0 -\n5@5 0 -\n");
    check("{\"c\":[{\"x\":1}]}\n{\"c\":{\"x\":2}}\n", NULL, "|c|.c.x\n1@1 j[{\"x\":1}] -\n2@2 - n2\n");
    /* only the column itself is selected */
    check("{\"c\":\"plain\"}\n{\"c\":{\"n\":\"\\n\"}}\n", "c", "|c|.c.n\n1@1 tplain\n2@2 -\n");
}

/* The last of two members of one name counts, with all that is in it. */
static void test_duplicates(void **state)
{
    (void)state;
    check("{\"a\":{\"x\":1,\"y\":2},\"a\":{\"x\":3}}\n", NULL, "|.a.x|.a.y\n1@1 n3 -\n");
    check("{\"a\":{\"x\":\"\\n\",\"b\":{\"y\":2}},\"a\":7}\n{\"a\":7,\"a\":{\"x\":4}}\n", NULL,
          "|a|.a.x|.a.b.y\n1@1 n7 - -\n2@2 - n4 -\n");
    check("{\"a\":{\"x\":1,\"x\":\"\\u0041\"}}\n", NULL, "|.a.x\n1@1 tA\n");
}

static void test_depth(void **state)
{
    char text[4000];
    char *p = text;
    struct buffer out;

    (void)state;
    check("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":1}}}}}}}}", NULL, "|.a.b.c.d.e.f.g.h\n1@1 n1\n");
    check("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":{\"i\":1}}}}}}}}}", NULL,
          "|.a.b.c.d.e.f.g.h\n1@1 j{\"i\":1}\n");
    /* the limit of nesting is the same as without columns inside */
    buffer_init(&out);
    for (int levels = 510; levels <= 512; levels++) {
        p = text + sprintf(text, "{\"a\":{\"b\":");
        for (int i = 0; i < levels; i++)
            *p++ = '[';
        for (int i = 0; i < levels; i++)
            *p++ = ']';
        sprintf(p, "}}\n{\"a\":{\"b\":5}}");
        read_all(&out, slice_from_cstr(text), 64, &flat, NULL);
        assert_int_equal(strstr(out.data, "1@1! not JSON: nested more than 512 levels deep") != NULL, levels > 510);
        assert_non_null(strstr(out.data, "\n2@2 n5\n"));
    }
    buffer_fini(&out);
}

static void test_arrays(void **state)
{
    (void)state;
    check("{\"t\":[\"a\",\"b\\u0042\",\"\xc3\xa9\"],\"n\":[1.50,2e5],\"m\":[true,null,\"\",0],\"o\":[7],\"e\":[ ],"
          "\"z\":[null,\"\"]}\n",
          NULL, "|t|n|m|o|e|z\n1@1 ta; bB; \xc3\xa9 t1.50; 2e5 ttrue; ; ; 0 n7 0 0\n");
    /* nested, or with the separator in a value: it could not be taken apart */
    check("{\"t\":[\"a; b\",\"c\"]}\n{\"t\":[\"a; b\"]}\n{\"t\":[\"a;\",\" b\"]}\n{\"t\":[[1],2]}\n{\"t\":[\"\\u003b "
          "\",3]}\n",
          "t", "|t\n1@1 j[\"a; b\",\"c\"]\n2@2 j[\"a; b\"]\n3@3 ta;;  b\n4@4 j[[1],2]\n5@5 j[\"\\u003b \",3]\n");
    check("{\"p\":{\"t\":[\"a\", \"b\"]}}\n", NULL, "|.p.t\n1@1 ta; b\n");
    /* records of their own stay as they are */
    check("{\"lines\":[{\"sku\":\"a\",\"n\":1},{\"sku\":\"b\",\"n\":2}]}\n", NULL,
          "|lines\n1@1 j[{\"sku\":\"a\",\"n\":1},{\"sku\":\"b\",\"n\":2}]\n");
}

/* Without flatten, everything is as it was written. */
static void test_plain(void **state)
{
    const struct reader_options plain = {.format = FORMAT_JSON};

    (void)state;
    check_reading(&plain, "{\"t\":[\"a\",\"b\"],\"o\":{\"x\":1},\"p\":[{\"value\":1}],\"s\":[1]}\n", NULL,
                  "|t|o|p|s\n1@1 j[\"a\",\"b\"] j{\"x\":1} j[{\"value\":1}] j[1]\n");
    check_reading(&plain, "{\"results\":[{\"id\":1}]}\n", NULL, "|results\n1@1 j[{\"id\":1}]\n");
}

#define PIPEDRIVE                                                                                                   \
    "{\"id\":1,\"email\":[{\"label\":\"home\",\"value\":\"h@x.de\",\"primary\":false},"                             \
    "{\"label\":\"work\",\"value\":\"w@x.de\",\"primary\":true}]}\n{\"id\":2,\"email\":[{\"value\":\"c@x.de\"}]}\n" \
    "{\"id\":3,\"email\":[]}\n{\"id\":4,\"email\":null}\n{\"id\":5}\n{\"id\":6,\"email\":[{\"value\":\"\"},"        \
    "{\"value\":\"d@x.de\"}]}\n"

static void test_lists(void **state)
{
    (void)state;
    check(PIPEDRIVE, NULL,
          "|id|email|.email[].label|.email[].value|.email[].primary\n"
          "1@1 n1 tw@x.de thome; work th@x.de; w@x.de tfalse; true\n"
          "2@2 n2 tc@x.de 0 tc@x.de 0\n3@3 n3 0 0 0 0\n4@4 n4 0 0 0 0\n5@5 n5 - - - -\n"
          "6@6 n6 t 0 t; d@x.de 0\n");
    /* where other things stand in such arrays, they are no lists; nothing is lost */
    check("{\"p\":[{\"value\":1}]}\n{\"p\":\"alone\"}\n{\"p\":[\"a\",\"b\"]}\n{\"p\":[{\"value\":[1]}]}\n"
          "{\"p\":[{\"value\":\"a; b\"},{\"value\":2}]}\n",
          ".p[].value p",
          "|p\n1@1 n1 j[{\"value\":1}]\n2@2 0 talone\n3@3 0 ta; b\n4@4 j[[1]] j[{\"value\":[1]}]\n"
          "5@5 j[\"a; b\",2] j[{\"value\":\"a; b\"},{\"value\":2}]\n");
}

static void test_lists_of_others(void **state)
{
    (void)state;
    /* Bitrix24 */
    check("{\"PHONE\":[{\"ID\":\"5\",\"VALUE_TYPE\":\"WORK\",\"VALUE\":\"+7 495\"}]}", NULL,
          "|PHONE|.PHONE[].ID|.PHONE[].VALUE_TYPE|.PHONE[].VALUE\n1@1 t+7 495 t5 tWORK t+7 495\n");
    /* named after what they hold, and one level down */
    check("{\"c\":{\"emails\":[{\"email\":\"a@x\",\"type\":\"o\"},{\"email\":\"b@x\",\"is_primary\":1}]}}", NULL,
          "|.c.emails|.c.emails[].email|.c.emails[].type|.c.emails[].is_primary\n1@1 tb@x ta@x; b@x to;  t; 1\n");
    check("{\"phone_numbers\":[{\"number\":\"1\"},{\"number\":\"2\",\"isPrimary\":\"true\"}]}", "phone_numbers",
          "|phone_numbers|.phone_numbers[].number|.phone_numbers[].isPrimary\n1@1 t2\n");
    /* an element without a value; the value in none of them */
    check("{\"p\":[{\"value\":\"1\"},{\"label\":\"x\"}]}", NULL, "|p\n1@1 j[{\"value\":\"1\"},{\"label\":\"x\"}]\n");
    check("{\"phones\":[{\"type\":\"x\"}]}", NULL, "|phones\n1@1 j[{\"type\":\"x\"}]\n");
}

/* More members than a value has. */
static void test_list_of_wide_objects(void **state)
{
    char text[400] = "{\"p\":[{\"value\":1";
    char expected[500];
    size_t used = strlen(text);

    (void)state;
    for (int i = 1; i <= 16; i++)
        used += (size_t)sprintf(text + used, ",\"m%d\":%d", i, i);
    sprintf(text + used, "}]}");
    sprintf(expected, "|p\n1@1 j%.*s\n", (int)(strlen(text) - 6), text + 5);
    check(text, NULL, expected);
}

/* Paths that are asked for, and were not found in the survey. */
static void test_asked_for(void **state)
{
    (void)state;
    check(
        "{\"a\":[{\"b\":[{\"c\":1},{\"c\":\"\\u0032\"}]},{\"b\":[{\"c\":3}]},{\"x\":0}]}\n{\"a\":[]}\n{\"a\":5}\n{}\n",
        ".a[].b[].c .a[0].b .a[].b[0].c .a[1].b[0].c",
        "|a\n1@1 t1; 2; 3 j[{\"c\":1},{\"c\":\"\\u0032\"}] t1; 3;  n3\n"
        "2@2 0 - 0 -\n3@3 0 - 0 -\n4@4 - - - -\n");
}

static const char stranger[] = " does not occur in the first 1 MiB of the input: choose the columns, or put a record "
                               "with all members first <";

/* A record behind the survey, with `first` in it: nothing of the last line may be lost. */
static void check_stranger(const char *first, const char *last, const char *named)
{
    struct buffer text;
    struct buffer out;
    char expected[600];

    buffer_init(&text);
    buffer_init(&out);
    while (text.len < ((size_t)1 << 20) + 100)
        assert_int_equal(buffer_printf(&text, "%s\n", first), 0);
    assert_int_equal(buffer_append(&text, slice_from_cstr(last)), 0);
    snprintf(expected, sizeof expected, "! member '%s'%s%s>\n", named, stranger, last);
    for (size_t read_size = 0; read_size <= 200000; read_size += 100000) {
        read_all(&out, buffer_slice(&text), read_size, &flat, NULL);
        if ((strstr(out.data, expected) != NULL) != (*named != '\0') ||
            strstr(out.data, "! ") > strstr(out.data, expected) + 1)
            fail_msg("%s: %s", last, out.data + out.len - 300);
        read_all(&out, buffer_slice(&text), read_size, &flat, ".a.b");
        assert_null(strstr(out.data, "!"));
    }
    buffer_fini(&text);
    buffer_fini(&out);
}

static void test_strangers(void **state)
{
    (void)state;
    check_stranger("{\"a\":{\"b\":1}}", "{\"z\":1}", "z");
    check_stranger("{\"a\":{\"b\":1}}", "{\"a\":{\"b\":1,\"c\":2}}", ".a.c");
    check_stranger("{\"a\":{\"b\":{\"c\":1}}}", "{\"a\":{\"b\":{\"x y\":2}}}", ".a.b.\"x y\"");
    check_stranger("{\"a\":{\"b\":1}}", "{\"a\":7}", "a");
    check_stranger("{\"a\":{\"b\":{\"c\":1}}}", "{\"a\":{\"b\":[1]}}", ".a.b");
    check_stranger("{\"a\":[{\"value\":1,\"b\":2}]}", "{\"a\":[{\"value\":1,\"c\":2}]}", ".a[].c");
    check_stranger("{\"a\":{\"b\":1}}", "{\"a\":null}", "");
    check_stranger("{\"a\":{\"b\":1}}", "{\"a\":[ ]}", "");
    check_stranger("{\"a\":{\"b\":1}}", "{\"a\":{\"b\":{\"c\":1}}}", "");
    check_stranger("{\"a\":{\"b\":1}}", "{\"a\":{\"b\":[{\"c\":1}]}}", "");
}

static void test_too_many(void **state)
{
    struct buffer text;
    struct buffer out;

    (void)state;
    buffer_init(&text);
    buffer_init(&out);
    for (int excess = 0; excess < 2; excess++) {
        buffer_clear(&text);
        assert_int_equal(buffer_append(&text, SLICE("{\"m\":{")), 0);
        for (unsigned i = 1; i < JSON_COLUMNS + (unsigned)excess; i++)
            assert_int_equal(buffer_printf(&text, "%s\"k%u\":%u", i > 1 ? "," : "", i, i), 0);
        assert_int_equal(buffer_append(&text, SLICE("}}")), 0);
        read_all(&out, buffer_slice(&text), 0, &flat, ".m.k9999");
        if (excess)
            assert_non_null(strstr(out.data, "refused 3: input: the records have more than 10000 different members"));
        else
            assert_non_null(strstr(out.data, "|.m.k9999\n1@1 n9999\n"));
    }
    buffer_fini(&text);
    buffer_fini(&out);
}

static void test_names_in_paths(void **state)
{
    static const char *const cases[][2] = {
        {"email", "email"},
        {"", ""},
        {".", "."},
        {".properties.email", "email"},
        {".properties.email.value", "email"},
        {".Properties.company.name", "company name"},
        {".fields", "fields"},
        {".value", "value"},
        {".value.x", "value x"},
        {".email[].value", "email"},
        {".PHONE[].VALUE", "PHONE"},
        {".emails[].email", "emails"},
        {".email[].label", "email label"},
        {".c.phone_numbers[].number", "c phone_numbers"},
        {".p.\"Lead Source\"", "p Lead Source"},
        {".\"a.b\"", "a.b"},
        {".p.\"q\\\"r\"", "p q\\\"r"},
        {".a.\"\"", "a "},
        {".a.\xd0\x98", "a \xd0\x98"},
        {".lines[0].sku", "lines sku"},
        {".a.\"unclosed", "a unclosed"},
    };
    struct buffer title;

    (void)state;
    buffer_init(&title);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice path = slice_from_cstr(cases[i][0]);
        buffer_clear(&title);
        assert_int_equal(json_path_title(path, &title), 0);
        if (!slice_equal_cstr(buffer_slice(&title), cases[i][1]))
            fail_msg("%s: %.*s", cases[i][0], SLICE_ARG(buffer_slice(&title)));
    }
    buffer_fini(&title);
}

static void test_each_limit(void **state)
{
    struct json_path *path;
    struct error err;

    (void)state;
    assert_int_equal(json_path_parse(&path, SLICE(".a[][][][][][][][]"), &err), 0);
    assert_int_equal(path->count, 9);
    assert_true(path->each);
    json_path_free(path);
    assert_int_equal(json_path_parse(&path, SLICE(".a[][][][][][][][][]"), &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
}

/* What is malformed is found, and said, as without columns inside. */
static void test_malformed(void **state)
{
    (void)state;
    check("{\"a\":{\"b\":1}}\n{\"a\":{\"b\":1,}}\n{\"a\":{\"b\"}}\n{\"a\":{\"b\":tru}}\n{\"a\":{\"b\":1]}\n"
          "{\"a\":{\"b\":1}\n",
          ".a.b",
          "|.a.b\n1@1 n1\n2@2! not JSON: a member expected (a comma too many?), at byte 13 <{\"a\":{\"b\":1,}}>\n"
          "3@3! not JSON: ':' expected, at byte 10 <{\"a\":{\"b\"}}>\n"
          "4@4! not JSON: a value expected, at byte 11 <{\"a\":{\"b\":tru}}>\n"
          "5@5! not JSON: ',' or '}' expected, at byte 12 <{\"a\":{\"b\":1]}>\n"
          "6@6! not JSON: the input ends inside the object (is it cut off?) <{\"a\":{\"b\":1}>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members),         cmocka_unit_test(test_quoting),
        cmocka_unit_test(test_escaped_names),   cmocka_unit_test(test_order_of_members),
        cmocka_unit_test(test_mixed),           cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_depth),           cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_plain),           cmocka_unit_test(test_lists),
        cmocka_unit_test(test_lists_of_others), cmocka_unit_test(test_list_of_wide_objects),
        cmocka_unit_test(test_asked_for),       cmocka_unit_test(test_strangers),
        cmocka_unit_test(test_too_many),        cmocka_unit_test(test_names_in_paths),
        cmocka_unit_test(test_each_limit),      cmocka_unit_test(test_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
