/* What is forbidden fails, in every thread; what the programs do goes on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/confine.h"

enum { FINE, NOT_THERE, SOCKET, PAIR, EXEC, WORK };

static int try_forbidden(void)
{
    static char *const arguments[] = {(char *)(uintptr_t) "true", NULL};
    int pair[2];

    errno = 0;
    if (socket(AF_INET, SOCK_STREAM, 0) != -1 || errno != EPERM)
        return SOCKET;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != -1 || errno != EPERM)
        return PAIR;
    if (execv("/bin/true", arguments) != -1 || errno != EPERM)
        return EXEC;
    return FINE;
}

static int try_allowed(void)
{
    char path[] = "/tmp/crm-test-XXXXXX", text[4] = "";
    int fd = mkstemp(path);
    int pipes[2];
    void *memory = malloc(1 << 20);
    bool good = fd >= 0 && write(fd, "abc", 3) == 3 && lseek(fd, 0, SEEK_SET) == 0 && read(fd, text, 3) == 3 &&
                mmap(NULL, 3, PROT_READ, MAP_SHARED, fd, 0) != MAP_FAILED && rename(path, path) == 0 &&
                unlink(path) == 0 && pipe(pipes) == 0;

    good = good && memory;
    free(memory);
    return good ? FINE : WORK;
}

static void *in_thread(void *result)
{
    int *found = result;

    *found = try_forbidden();
    if (*found == FINE)
        *found = try_allowed();
    return NULL;
}

static int in_child(void)
{
    pthread_t thread;
    int found = FINE;

    if (!confine())
        return NOT_THERE;
    if (try_forbidden() != FINE || try_allowed() != FINE)
        return try_forbidden() + try_allowed();
    if (pthread_create(&thread, NULL, in_thread, &found) || pthread_join(thread, NULL))
        return WORK;
    return found;
}

static void forbidden_calls_fail(void **state)
{
    pid_t child = fork();
    int status;

    (void)state;
    if (child == 0)
        _exit(in_child());
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_THERE)
        skip();
    assert_int_equal(WEXITSTATUS(status), FINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(forbidden_calls_fail)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
