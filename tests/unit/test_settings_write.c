/* Writing JSON: what jansson would write, behind what is there; and nothing for a value that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/settings.h"

static void writes_behind(void **state)
{
    struct buffer text = {0};
    json_t *value = json_pack("{s:s, s:[i, n, b], s:{}}", "a \"b\"", "x\ny", "\xd0\xb8", 5, 1, "c");

    (void)state;
    assert_non_null(value);
    assert_int_equal(settings_write(value, JSON_COMPACT, &text), 0);
    assert_true(
        slice_equal_cstr(buffer_slice(&text), "{\"a \\\"b\\\"\":\"x\\ny\",\"\xd0\xb8\":[5,null,true],\"c\":{}}"));
    size_t before = text.len;
    char *dumped = json_dumps(value, JSON_INDENT(1));
    assert_non_null(dumped);
    assert_int_equal(settings_write(value, JSON_INDENT(1), &text), 0);
    assert_true(slice_equal_cstr((struct slice){text.data + before, text.len - before}, dumped));
    free(dumped);
    json_decref(value);
    buffer_fini(&text);
}

static void failure_leaves_the_text(void **state)
{
    struct buffer text = {0};
    json_t *number = json_integer(1);

    (void)state;
    assert_int_equal(buffer_append(&text, SLICE("before")), 0);
    assert_int_equal(settings_write(NULL, 0, &text), -1);
    assert_int_equal(settings_write(number, 0, &text), -1); /* neither array nor object */
    assert_true(slice_equal_cstr(buffer_slice(&text), "before"));
    json_decref(number);
    buffer_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_behind),
        cmocka_unit_test(failure_leaves_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
