/* Settings: what is no JSON and where, what is not wanted and where, and paths that stay short. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "value/settings.h"

static void assert_unread(struct slice text, const char *beginning)
{
    struct error err;

    assert_null(settings_read(text, "s.json", &err));
    if (strncmp(err.text, beginning, strlen(beginning)) != 0)
        fail_msg("'%s' does not begin with '%s'", err.text, beginning);
    assert_int_equal(err.status, STATUS_USAGE);
}

static void reads_an_object(void **state)
{
    struct error err;
    json_t *root = settings_read(SLICE("{\"a\": \"b\"} \n"), "s.json", &err);
    (void)state;

    assert_non_null(root);
    assert_string_equal(json_string_value(json_object_get(root, "a")), "b");
    json_decref(root);
}

static void refuses_all_else(void **state)
{
    (void)state;
    assert_unread(SLICE(""), "s.json:1: not JSON: ");
    assert_unread(SLICE("{"), "s.json:1: not JSON: ");
    assert_unread(SLICE("{\"a\": 1,\n\"b\" 2}"), "s.json:2: not JSON: ");
    assert_unread(SLICE("{} {}"), "s.json:1: not JSON: ");
    assert_unread(SLICE("{\"a\": 1,\n\n\"a\": 2}"), "s.json:3: not JSON: duplicate");
    assert_unread(SLICE("{\"a\": \"\xff\"}"), "s.json:1: not JSON: ");
    assert_unread(SLICE("{\"a\": \"x\0\"}"), "s.json:1: not JSON: ");
    assert_unread(SLICE("[]"), "s.json: not a JSON object");
    assert_unread(SLICE("[1, {}]"), "s.json: not a JSON object");
}

static void says_where(void **state)
{
    const struct settings_place top = {.file = "s.json", .path = ""};
    const struct settings_place list = settings_member(&top, "segments", 0);
    const struct settings_place item = settings_member(&list, NULL, 12);
    const struct settings_place member = settings_member(&item, "r", 0);
    const struct settings_place odd = settings_member(&top, "a\nb", 0);
    struct error err;
    (void)state;

    assert_string_equal(list.path, "segments");
    assert_string_equal(item.path, "segments[12]");
    assert_string_equal(member.path, "segments[12].r");
    assert_string_equal(odd.path, "a\\x0ab");
    assert_int_equal(settings_fail(&top, &err, "is %d", 7), -1);
    assert_string_equal(err.text, "s.json: is 7");
    assert_int_equal(err.status, STATUS_USAGE);
    assert_int_equal(settings_fail(&member, &err, "is %s", "bad"), -1);
    assert_string_equal(err.text, "s.json: segments[12].r: is bad");
}

/* However deep and long, a path fits its room. */
static void long_paths_are_cut(void **state)
{
    struct settings_place place = {.file = "s.json", .path = ""};
    char key[200];
    (void)state;

    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    for (int depth = 0; depth < 10; depth++) {
        place = settings_member(&place, key, 0);
        assert_true(strlen(place.path) < sizeof place.path);
        place = settings_member(&place, NULL, SIZE_MAX);
        assert_non_null(strstr(place.path, "[18446744073709551615]"));
        assert_true(strlen(place.path) < sizeof place.path);
    }
    memset(key, '\x01', sizeof key - 1);
    place = settings_member(&place, key, 0);
    assert_true(strlen(place.path) < sizeof place.path);
}

static void checks_objects_and_strings(void **state)
{
    static const char *const keys[] = {"a", "b", NULL};
    struct error err;
    json_t *root = settings_read(SLICE("{\"good\": {\"b\": 1}, \"other\": {\"a\": 1, \"c\": 2}, \"empty\": {}, "
                                       "\"text\": \"\xc3\xa9\", \"number\": 5}"),
                                 "s.json", &err);
    const struct settings_place place = {.file = "s.json", .path = "here"};
    struct slice text;
    (void)state;

    assert_non_null(root);
    assert_int_equal(settings_object(&place, json_object_get(root, "good"), keys, &err), 0);
    assert_int_equal(settings_object(&place, json_object_get(root, "empty"), keys, &err), 0);
    assert_int_equal(settings_object(&place, json_object_get(root, "other"), keys, &err), -1);
    assert_string_equal(err.text, "s.json: here.c: unknown key");
    assert_int_equal(settings_object(&place, json_object_get(root, "number"), keys, &err), -1);
    assert_string_equal(err.text, "s.json: here: not an object");
    assert_int_equal(settings_object(&place, NULL, keys, &err), -1);
    assert_int_equal(settings_string(&place, json_object_get(root, "text"), &text, &err), 0);
    assert_true(slice_equal_cstr(text, "\xc3\xa9"));
    assert_int_equal(settings_string(&place, json_object_get(root, "number"), &text, &err), -1);
    assert_string_equal(err.text, "s.json: here: not a string");
    assert_int_equal(settings_string(&place, NULL, &text, &err), -1);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_an_object),
        cmocka_unit_test(refuses_all_else),
        cmocka_unit_test(says_where),
        cmocka_unit_test(long_paths_are_cut),
        cmocka_unit_test(checks_objects_and_strings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
