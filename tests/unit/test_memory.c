/* Memory and program: growth up to what cannot be, and the ways out of a program, each seen from a process of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/memory.h"
#include "base/program.h"

/* Under the address sanitizer a failed allocation ends the process, unless it is told otherwise. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void grows_by_half_as_much_again(void **state)
{
    int *array = NULL;
    size_t capacity = 0;
    size_t moves = 0;
    (void)state;

    for (size_t count = 0; count < 100000; count++) {
        size_t before = capacity;
        assert_int_equal(ARRAY_GROW(array, capacity, count + 1), 0);
        assert_true(capacity > count);
        moves += capacity != before;
        array[count] = (int)count;
    }
    assert_true(moves < 30); /* log(100000 / 16) / log(1.5) is 21.6 */
    for (size_t count = 0; count < 100000; count++)
        assert_int_equal(array[count], count);
    assert_int_equal(ARRAY_GROW(array, capacity, 1000000), 0); /* much at once */
    assert_true(capacity >= 1000000);
    assert_int_equal(array[99999], 99999);
    free(array);
}

static void refuses_what_cannot_be(void **state)
{
    char(*array)[100] = NULL;
    size_t capacity = 0;
    (void)state;

    assert_int_equal(ARRAY_GROW(array, capacity, 1), 0);
    size_t before = capacity;
    memset(array[0], 'x', sizeof array[0]);
    assert_int_equal(ARRAY_GROW(array, capacity, SIZE_MAX), -1);
    assert_int_equal(ARRAY_GROW(array, capacity, SIZE_MAX / 100 + 2), -1);
    assert_int_equal(capacity, before); /* nothing changed */
    assert_int_equal(array[0][99], 'x');
    free(array);
}

static void large_tables_are_aligned(void **state)
{
    static const size_t counts[] = {1, 63, 64, 65, 100000, 3000000};
    (void)state;

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        char *table = memory_large(counts[i], 3);
        assert_non_null(table);
        assert_int_equal((uintptr_t)table % 64, 0);
        memset(table, 1, counts[i] * 3);
        free(table);
    }
    assert_null(memory_large(SIZE_MAX, 2));
    assert_null(memory_large(SIZE_MAX / 2 + 2, 2)); /* the product would be small */
    assert_null(memory_large(2, SIZE_MAX / 2 + 2));
}

/* Runs call in another process; its exit status, and what it wrote to standard error. */
static int run(void (*call)(void), char *said, size_t size)
{
    int ends[2];
    int status;
    size_t used = 0;
    ssize_t got;

    assert_int_equal(pipe(ends), 0);
    fflush(stdout);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        call();
        _exit(77); /* it should not have come back */
    }
    close(ends[1]);
    while ((got = read(ends[0], said + used, size - 1 - used)) > 0)
        used += (size_t)got;
    said[used] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void ask_for_too_much(void)
{
    void *volatile kept;

    program_begin("crm-test");
    kept = xcalloc(SIZE_MAX / 4, 8);
    (void)kept;
}

static void ask_for_a_little(void)
{
    char *text = xstrdup("text");
    char *more = xrealloc(xmalloc(0), 100); /* nothing is something, too */
    void *none = xcalloc(0, 0);
    int good = none && more && text && strcmp(text, "text") == 0;

    free(text);
    free(more);
    free(none);
    _exit(good ? 0 : 1);
}

static void x_functions_give_or_exit(void **state)
{
    char said[256];
    (void)state;

    assert_int_equal(run(ask_for_too_much, said, sizeof said), STATUS_SYSTEM);
    assert_string_equal(said, "crm-test: out of memory\n");
    assert_int_equal(run(ask_for_a_little, said, sizeof said), 0);
    assert_string_equal(said, "");
}

static void die_of_data(void)
{
    program_begin("crm-test");
    program_die(STATUS_DATA, "line %d: %s", 7, "bad");
}

static void speak(void)
{
    const struct error err = {STATUS_NO, "no: 100%"};

    program_begin("crm-test");
    program_note("note %d", 1);
    program_set_quiet(true);
    program_note("note %d", 2);
    program_error("error %d", 3);
    _exit(program_fail(&err));
}

static void speak_at_length(void)
{
    struct error err = {STATUS_DATA, ""};

    program_begin("crm-test");
    memset(err.text, 'x', sizeof err.text - 1);
    _exit(program_fail(&err));
}

static void messages_are_lines(void **state)
{
    char said[2048];
    (void)state;

    assert_int_equal(run(die_of_data, said, sizeof said), STATUS_DATA);
    assert_string_equal(said, "crm-test: line 7: bad\n");
    assert_int_equal(run(speak, said, sizeof said), STATUS_NO);
    assert_string_equal(said, "crm-test: note 1\ncrm-test: error 3\ncrm-test: no: 100%\n");
    assert_int_equal(run(speak_at_length, said, sizeof said), STATUS_DATA);
    assert_int_equal(strlen(said), strlen("crm-test: ") + sizeof((struct error *)0)->text - 1 + 1);
    assert_int_equal(said[strlen(said) - 1], '\n');
}

/* A stream that was closed must not become the next file that is opened, and using it must fail. */
static void begin_without_streams(void)
{
    char c = 'x';

    close(0);
    close(1);
    program_begin("crm-test");
    int fd = open("/dev/null", O_RDWR);
    bool good = fd > 2 && read(0, &c, 1) < 0 && errno == EBADF && write(1, &c, 1) < 0 && errno == EBADF;
    _exit(good ? 0 : 1);
}

static void begin_with_streams(void)
{
    int before = open("/dev/null", O_RDONLY);

    close(before);
    program_begin("crm-test");
    int after = open("/dev/null", O_RDONLY);
    _exit(before == after && strcmp(program_name(), "crm-test") == 0 ? 0 : 1);
}

static void closed_streams_stay_closed(void **state)
{
    char said[256];
    (void)state;

    assert_int_equal(run(begin_without_streams, said, sizeof said), 0);
    assert_int_equal(run(begin_with_streams, said, sizeof said), 0);
    assert_string_equal(said, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_by_half_as_much_again), cmocka_unit_test(refuses_what_cannot_be),
        cmocka_unit_test(large_tables_are_aligned),    cmocka_unit_test(x_functions_give_or_exit),
        cmocka_unit_test(messages_are_lines),          cmocka_unit_test(closed_streams_stay_closed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
