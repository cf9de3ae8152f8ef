/* The memory of libxml2: failures are noticed, each thread its own, until the next watch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <pthread.h>
#include <cmocka.h>
#include <libxml/xmlmemory.h>

#include "stream/xml_memory.h"

#define TOO_MUCH (SIZE_MAX / 4)

/* Under the address sanitizer a failed allocation ends the process, unless it is told otherwise. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void failures_are_noticed(void **state)
{
    (void)state;
    xml_memory_watch();
    void *memory = xmlMalloc(10);
    assert_non_null(memory);
    memory = xmlRealloc(memory, 20);
    assert_non_null(memory);
    assert_false(xml_memory_failed());
    assert_null(xmlRealloc(memory, TOO_MUCH));
    assert_true(xml_memory_failed());
    xmlFree(memory);
    assert_true(xml_memory_failed()); /* also behind what does not fail */
    xml_memory_watch();
    assert_false(xml_memory_failed());
    assert_null(xmlMalloc(TOO_MUCH));
    assert_true(xml_memory_failed());
    xml_memory_watch();
    char *text = xmlMemStrdup("text");
    assert_string_equal(text, "text");
    xmlFree(text);
    assert_false(xml_memory_failed());
}

static void *fails(void *outcome)
{
    xml_memory_watch();
    *(bool *)outcome = xmlMalloc(TOO_MUCH) == NULL && xml_memory_failed();
    return NULL;
}

static void threads_are_apart(void **state)
{
    pthread_t thread;
    bool outcome = false;

    (void)state;
    xml_memory_watch();
    assert_int_equal(pthread_create(&thread, NULL, fails, &outcome), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(outcome);
    assert_false(xml_memory_failed());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures_are_noticed),
        cmocka_unit_test(threads_are_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
