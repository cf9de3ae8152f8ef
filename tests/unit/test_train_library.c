/* Libraries that are loaded when they are needed: one that is there, one that is not, one without the function. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/train_library.h"

#define FUNCTIONS(F) F(sqrt) F(fmod)

struct functions {
    FUNCTIONS(TRAIN_LIBRARY_POINTER)
};
static const char *const names[] = {FUNCTIONS(TRAIN_LIBRARY_NAME)};

static void test_loads(void **state)
{
    struct functions functions = {0};
    struct error err;

    (void)state;
    for (int i = 0; i < 2; i++) { /* the second time it is there already */
        assert_int_equal(train_library_load("libm.so.6", names, 2, &functions, &err), 0);
        assert_true(functions.sqrt(9) == 3);
        assert_true(functions.fmod(9, 4) == 1);
    }
}

static void test_missing_library(void **state)
{
    struct functions functions;
    struct error err;

    (void)state;
    assert_int_equal(train_library_load("libnowhere.so.1", names, 2, &functions, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_non_null(strstr(err.text, "cannot load a library: libnowhere.so.1"));
}

static void test_missing_function(void **state)
{
    static const char *const wrong[] = {"sqrt", "no_such_function"};
    struct functions functions;
    struct error err;

    (void)state;
    assert_int_equal(train_library_load("libm.so.6", wrong, 2, &functions, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_non_null(strstr(err.text, "no_such_function"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loads),
        cmocka_unit_test(test_missing_library),
        cmocka_unit_test(test_missing_function),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
