/* Sink: wholeness, permissions, links, devices, signals, and what write(2) may do. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/program.h"
#include "folder.h"
#include "stream/sink.h"

static const int deadly[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ};

static struct sink *opened(const char *path)
{
    struct sink *sink;
    struct error err = {0};

    if (sink_open(&sink, path, &err))
        fail_msg("%s", err.text);
    return sink;
}

static void put_text(struct sink *sink, const char *text)
{
    struct error err;

    assert_int_equal(sink_write(sink, slice_from_cstr(text), &err), 0);
}

static void write_whole(const char *path, const char *text)
{
    struct error err;
    struct sink *sink = opened(path);

    put_text(sink, text);
    assert_int_equal(sink_finish(sink, &err), 0);
    sink_free(sink);
}

static mode_t mode_of(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 07777;
}

static void is_whole_or_absent(void **state)
{
    struct folder folder;
    struct error err;
    struct sink *sink;
    (void)state;

    folder_make(&folder);
    sink = opened(folder_file(&folder, "report.csv"));
    char *path = strdup(folder.name);
    sink->path = path;
    put_text(sink, "a\n");
    assert_int_equal(sink_flush(sink, &err), 0);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(folder_count(&folder), 1); /* the temporary file */
    assert_int_equal(mode_of(sink->temporary), 0600);
    assert_int_equal(strncmp(strrchr(sink->temporary, '/'), "/.report.csv.", 13), 0);
    sink_free(sink);
    assert_int_equal(folder_count(&folder), 0);

    file_put(path, "old\n");
    sink = opened(path);
    put_text(sink, "new\n");
    assert_int_equal(sink_flush(sink, &err), 0);
    assert_file(path, "old\n");
    sink_free(sink);
    assert_file(path, "old\n");

    write_whole(path, "new\n");
    assert_file(path, "new\n");
    write_whole(path, "");
    assert_file(path, "");
    assert_int_equal(folder_count(&folder), 1);
    free(path);
    folder_remove(&folder);
}

static void gives_the_permissions_of_the_umask_or_of_the_replaced(void **state)
{
    static const mode_t masks[] = {022, 027, 077, 0};
    struct folder folder;
    (void)state;

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "report.csv"));
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        mode_t before = umask(masks[i]);
        write_whole(path, "x");
        assert_int_equal(mode_of(path), 0666 & ~masks[i]);
        assert_int_equal(umask(before), masks[i]);
        assert_int_equal(unlink(path), 0);
    }
    file_put(path, "old");
    assert_int_equal(chmod(path, 0640), 0);
    write_whole(path, "new");
    assert_int_equal(mode_of(path), 0640);
    assert_file(path, "new");
    free(path);
    folder_remove(&folder);
}

static void keeps_symbolic_links(void **state)
{
    struct folder folder;
    char elsewhere[] = "/tmp/crm-test-elsewhere-XXXXXX";
    char target[128];
    struct stat info;
    struct sink *sink;
    struct error err;
    (void)state;

    folder_make(&folder);
    assert_non_null(mkdtemp(elsewhere));
    snprintf(target, sizeof target, "%s/real.csv", elsewhere);
    char *link = strdup(folder_file(&folder, "link.csv"));
    char *second = strdup(folder_file(&folder, "second.csv"));
    assert_int_equal(symlink(target, link), 0);
    assert_int_equal(symlink("link.csv", second), 0); /* relative to its own folder */

    write_whole(second, "first"); /* the target does not exist yet */
    assert_file(target, "first");
    write_whole(link, "again");
    assert_file(target, "again");
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(lstat(second, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(folder_count(&folder), 2);

    assert_int_equal(unlink(link), 0);
    assert_int_equal(symlink("second.csv", link), 0); /* now a circle */
    assert_int_equal(sink_open(&sink, link, &err), -1);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_null(sink);
    assert_non_null(strstr(err.text, "Too many levels of symbolic links"));
    assert_int_equal(unlink(target), 0);
    assert_int_equal(rmdir(elsewhere), 0);
    free(link);
    free(second);
    folder_remove(&folder);
}

static void refuses_what_cannot_be_written(void **state)
{
    struct folder folder;
    struct error err;
    struct sink *sink;
    (void)state;

    folder_make(&folder);
    assert_int_equal(sink_open(&sink, "/nonexistent/report.csv", &err), -1);
    assert_string_equal(err.text, "/nonexistent/report.csv: No such file or directory");
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_int_equal(sink_open(&sink, "/tmp", &err), -1);
    assert_string_equal(err.text, "/tmp: Is a directory");
    assert_int_equal(sink_open(&sink, "", &err), -1);
    assert_string_equal(err.text, ": No such file or directory");
    assert_int_equal(sink_open(&sink, folder_file(&folder, "new/"), &err), -1);
    assert_non_null(strstr(err.text, "new/: Is a directory"));
    assert_int_equal(sink_open(&sink, "/dev/null/x", &err), -1);
    assert_string_equal(err.text, "/dev/null/x: Not a directory");
    assert_int_equal(sink_open(&sink, "/dev/fd/9999", &err), -1);
    assert_string_equal(err.text, "/dev/fd/9999: Bad file descriptor");
    assert_null(sink);
    assert_int_equal(folder_count(&folder), 0);
    folder_remove(&folder);
}

/* Root may write everything, so it is given up in a child. */
static void refuses_a_protected_file(void **state)
{
    struct folder folder;
    int status;
    (void)state;

    folder_make(&folder);
    assert_int_equal(chmod(folder.path, 0777), 0);
    const char *path = folder_file(&folder, "report.csv");
    file_put(path, "old");
    assert_int_equal(chmod(path, 0444), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct error err;
        struct sink *sink;
        if (geteuid() == 0 && setuid(65534))
            _exit(10);
        if (sink_open(&sink, path, &err) != -1)
            _exit(11);
        _exit(strstr(err.text, ": Permission denied") ? 0 : 12);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_file(path, "old");
    folder_remove(&folder);
}

static void a_long_name_fits(void **state)
{
    struct folder folder;
    char name[256];
    (void)state;

    folder_make(&folder);
    memset(name, 'n', 255);
    name[255] = '\0';
    char *path = strdup(folder_file(&folder, name));
    write_whole(path, "x");
    assert_file(path, "x");
    free(path);
    folder_remove(&folder);
}

static void a_full_device_is_reported(void **state)
{
    struct error err;
    struct sink *sink = opened("/dev/full");
    (void)state;

    assert_null(sink->temporary);
    put_text(sink, "x");
    assert_int_equal(sink_flush(sink, &err), -1);
    assert_string_equal(err.text, "/dev/full: No space left on device");
    assert_int_equal(err.status, STATUS_SYSTEM);
    err.text[0] = '\0';
    assert_int_equal(sink_finish(sink, &err), -1); /* once lost, always lost */
    assert_string_equal(err.text, "/dev/full: No space left on device");
    sink_free(sink);

    sink = opened("/dev/full");
    put_text(sink, "x");
    assert_int_equal(sink_finish(sink, &err), -1);
    sink_free(sink);
}

/* A file that may not grow past a limit: the part that fits does not pass for the whole. */
static void a_disk_that_fills_up_leaves_nothing(void **state)
{
    struct folder folder;
    struct rlimit before;
    struct error err = {0};
    char *big = calloc(1, 1 << 20);
    int result;
    (void)state;

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "report.csv"));
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {300000, before.rlim_max};
    struct sink *sink = opened(path);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    result = sink_write(sink, (struct slice){big, 1 << 20}, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_int_equal(result, -1);
    assert_non_null(strstr(err.text, "report.csv: File too large"));
    assert_int_equal(sink_finish(sink, &err), -1); /* though there is room now */
    sink_free(sink);
    assert_int_equal(folder_count(&folder), 0);
    free(big);
    free(path);
    folder_remove(&folder);
}

static void a_rename_that_fails_is_reported(void **state)
{
    struct folder folder;
    struct error err;
    (void)state;

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "report.csv"));
    struct sink *sink = opened(path);
    put_text(sink, "x");
    assert_int_equal(mkdir(path, 0700), 0); /* somebody else took the name */
    assert_int_equal(sink_finish(sink, &err), -1);
    assert_non_null(strstr(err.text, "report.csv: Is a directory"));
    sink_free(sink);
    assert_int_equal(folder_count(&folder), 1);
    free(path);
    folder_remove(&folder);
}

/* Runs `body` in a child whose standard output is `out` (-1: closed before program_begin), and gives its wait status.
 */
static int in_child(void (*body)(void *), void *argument, int out)
{
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        if (out >= 0)
            dup2(out, STDOUT_FILENO);
        else
            close(STDOUT_FILENO);
        program_begin("test");
        body(argument);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void child_expect(const char *text)
{
    struct error err = {0};
    struct sink *sink;

    if (sink_open(&sink, NULL, &err) || sink_write(sink, SLICE("x\n"), &err))
        _exit(2);
    int result = sink_finish(sink, &err);
    sink_free(sink);
    if (!text)
        _exit(result == 0 && fcntl(STDOUT_FILENO, F_GETFD) == -1 ? 0 : 3);
    _exit(result == -1 && err.status == STATUS_SYSTEM && strcmp(err.text, text) == 0 ? 0 : 4);
}

static void child_expects(void *text)
{
    child_expect(text);
}

static void standard_output_is_closed_and_checked(void **state)
{
    struct folder folder;
    char full_text[] = "standard output: No space left on device";
    char closed_text[] = "standard output: Bad file descriptor";
    (void)state;

    int full = open("/dev/full", O_WRONLY);
    assert_true(full >= 0);
    assert_int_equal(in_child(child_expects, full_text, full), 0);
    close(full);
    assert_int_equal(in_child(child_expects, closed_text, -1), 0);

    folder_make(&folder);
    const char *path = folder_file(&folder, "out");
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(file >= 0);
    assert_int_equal(in_child(child_expects, NULL, file), 0);
    close(file);
    assert_file(path, "x\n");
    folder_remove(&folder);
}

static void child_writes_to_named_descriptor(void *path)
{
    struct error err;
    struct sink *sink;

    if (sink_open(&sink, path, &err) || sink_write(sink, SLICE("more\n"), &err) || sink_finish(sink, &err))
        _exit(2);
    sink_free(sink);
    if (write(STDOUT_FILENO, "last\n", 5) != 5) /* the descriptor itself stays open */
        _exit(3);
}

static void dev_stdout_is_what_the_shell_opened(void **state)
{
    static const char *const names[] = {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"};
    struct folder folder;
    (void)state;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        folder_make(&folder);
        const char *path = folder_file(&folder, "log");
        file_put(path, "before\n");
        int file = open(path, O_WRONLY | O_APPEND);
        assert_true(file >= 0);
        assert_int_equal(in_child(child_writes_to_named_descriptor, (void *)names[i], file), 0);
        close(file);
        assert_file(path, "before\nmore\nlast\n");
        folder_remove(&folder);
    }
}

static void child_waits_with_open_sink(void *path)
{
    struct error err;
    struct sink *sinks[2];

    if (sink_open(&sinks[0], path, &err) || sink_write(sinks[0], SLICE("x"), &err) || sink_flush(sinks[0], &err))
        _exit(2);
    char other[600];
    snprintf(other, sizeof other, "%s.second", (const char *)path);
    if (sink_open(&sinks[1], other, &err))
        _exit(3);
    if (write(STDOUT_FILENO, "r", 1) != 1)
        _exit(4);
    for (;;)
        pause();
}

static void a_signal_removes_the_temporary_files_and_kills(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        struct folder folder;
        int ready[2];
        int status;
        char byte;
        folder_make(&folder);
        folder_file(&folder, "report.csv");
        assert_int_equal(pipe(ready), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct rlimit none = {0, 0};
            setrlimit(RLIMIT_CORE, &none);
            dup2(ready[1], STDOUT_FILENO);
            child_waits_with_open_sink(folder.name);
        }
        close(ready[1]);
        assert_int_equal(read(ready[0], &byte, 1), 1);
        close(ready[0]);
        assert_int_equal(folder_count(&folder), 2);
        assert_int_equal(kill(child, deadly[i]), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), deadly[i]);
        assert_int_equal(folder_count(&folder), 0);
        folder_remove(&folder);
    }
}

static void child_ignores_hangup(void *path)
{
    struct error err;
    struct sink *sink;

    signal(SIGHUP, SIG_IGN); /* as nohup(1) does */
    if (sink_open(&sink, path, &err) || sink_write(sink, SLICE("kept"), &err))
        _exit(2);
    raise(SIGHUP);
    if (sink_finish(sink, &err))
        _exit(3);
    sink_free(sink);
}

static void child_exits(void *path)
{
    struct error err;
    struct sink *sink;

    if (sink_open(&sink, path, &err) || sink_write(sink, SLICE("x"), &err) || sink_flush(sink, &err))
        _exit(2);
    exit(7);
}

static void an_ignored_signal_stays_ignored(void **state)
{
    struct folder folder;
    (void)state;

    folder_make(&folder);
    folder_file(&folder, "report.csv");
    char *path = strdup(folder.name);
    /* a process in which no sink with a path has installed the handler yet: this test runs first */
    assert_int_equal(in_child(child_ignores_hangup, path, STDOUT_FILENO), 0);
    assert_file(path, "kept");
    free(path);
    folder_remove(&folder);
}

static void exit_removes_the_temporary_file(void **state)
{
    struct folder folder;
    (void)state;

    folder_make(&folder);
    int status = in_child(child_exits, (void *)folder_file(&folder, "report.csv"), STDOUT_FILENO);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    assert_int_equal(folder_count(&folder), 0);
    folder_remove(&folder);
}

static void discard_all_removes_and_free_does_not_mind(void **state)
{
    struct folder folder;
    (void)state;

    folder_make(&folder);
    struct sink *first = opened(folder_file(&folder, "a"));
    struct sink *second = opened(folder_file(&folder, "b"));
    struct sink *third = opened(folder_file(&folder, "c"));
    sink_free(second); /* from the middle of the list */
    assert_int_equal(folder_count(&folder), 2);
    sink_discard_all();
    assert_int_equal(folder_count(&folder), 0);
    sink_free(first);
    sink_free(third);
    sink_free(NULL);
    folder_remove(&folder);
}

static volatile sig_atomic_t alarms;

static void on_alarm(int number)
{
    (void)number;
    alarms++;
}

/* A reader that takes little at a time, while a timer interrupts every write: short counts, EINTR, and with
 * a non-blocking pipe EAGAIN. All bytes arrive, once, in order. */
static void all_bytes_arrive(void **state)
{
    const size_t total = (size_t)2 << 20;
    (void)state;

    for (int blocking = 0; blocking <= 1; blocking++) {
        int ends[2];
        int status;
        struct error err = {0};
        char path[32];
        assert_int_equal(pipe2(ends, blocking ? 0 : O_NONBLOCK), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            size_t seen = 0;
            char data[4099];
            ssize_t got;
            close(ends[1]);
            fcntl(ends[0], F_SETFL, 0);
            usleep(20000); /* the pipe is full: writes are interrupted before they have written anything */
            while ((got = read(ends[0], data, sizeof data)) > 0) {
                for (ssize_t i = 0; i < got; i++, seen++)
                    if (data[i] != (char)(seen * 7 % 251))
                        _exit(5);
                if (seen % 16 == 0)
                    usleep(100);
            }
            _exit(seen == total ? 0 : 6);
        }
        close(ends[0]);
        struct sigaction action = {.sa_handler = on_alarm}; /* no SA_RESTART */
        struct sigaction before;
        struct itimerval often = {{0, 300}, {0, 300}};
        struct itimerval never = {{0, 0}, {0, 0}};
        sigaction(SIGALRM, &action, &before);
        alarms = 0;
        setitimer(ITIMER_REAL, &often, NULL);
        snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
        struct sink *sink = opened(path);
        char piece[1000];
        for (size_t done = 0; done < total;) {
            size_t size = done % 900 + 1 < total - done ? done % 900 + 1 : total - done;
            for (size_t i = 0; i < size; i++)
                piece[i] = (char)((done + i) * 7 % 251);
            assert_int_equal(sink_write(sink, (struct slice){piece, size}, &err), 0);
            done += size;
        }
        assert_int_equal(sink_finish(sink, &err), 0);
        sink_free(sink);
        setitimer(ITIMER_REAL, &never, NULL);
        sigaction(SIGALRM, &before, NULL);
        close(ends[1]);
        while (waitpid(child, &status, 0) < 0)
            assert_int_equal(errno, EINTR);
        assert_int_equal(status, 0);
        assert_true(alarms > 0);
    }
}

/* Sizes about the capacity: what is kept, what goes out at once. */
static void sizes_about_the_capacity(void **state)
{
    struct folder folder;
    struct error err;
    (void)state;

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "x"));
    struct sink *probe = opened(path);
    const size_t capacity = probe->capacity;
    sink_free(probe);
    assert_int_equal(capacity, 256 * 1024);
    char *big = malloc(3 * capacity);
    assert_non_null(big);
    for (size_t i = 0; i < 3 * capacity; i++)
        big[i] = (char)(i * 31 % 253);
    const size_t sizes[] = {0, 1, capacity - 1, capacity, capacity + 1, 2 * capacity + 17};
    for (size_t before = 0; before <= 1; before++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            struct sink *sink = opened(path);
            if (before)
                assert_int_equal(sink_write(sink, SLICE("p"), &err), 0);
            assert_int_equal(sink_write(sink, (struct slice){big, sizes[i]}, &err), 0);
            assert_int_equal(sink_write(sink, SLICE("q"), &err), 0);
            assert_int_equal(sink_finish(sink, &err), 0);
            sink_free(sink);
            struct slice text = file_take(path);
            assert_int_equal(text.len, before + sizes[i] + 1);
            assert_true(!before || text.ptr[0] == 'p');
            assert_memory_equal(text.ptr + before, big, sizes[i]);
            assert_int_equal(text.ptr[text.len - 1], 'q');
            free((char *)text.ptr);
        }
    free(big);
    free(path);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ignored_signal_stays_ignored),
        cmocka_unit_test(is_whole_or_absent),
        cmocka_unit_test(gives_the_permissions_of_the_umask_or_of_the_replaced),
        cmocka_unit_test(keeps_symbolic_links),
        cmocka_unit_test(refuses_what_cannot_be_written),
        cmocka_unit_test(refuses_a_protected_file),
        cmocka_unit_test(a_long_name_fits),
        cmocka_unit_test(a_full_device_is_reported),
        cmocka_unit_test(a_disk_that_fills_up_leaves_nothing),
        cmocka_unit_test(a_rename_that_fails_is_reported),
        cmocka_unit_test(standard_output_is_closed_and_checked),
        cmocka_unit_test(dev_stdout_is_what_the_shell_opened),
        cmocka_unit_test(a_signal_removes_the_temporary_files_and_kills),
        cmocka_unit_test(exit_removes_the_temporary_file),
        cmocka_unit_test(discard_all_removes_and_free_does_not_mind),
        cmocka_unit_test(all_bytes_arrive),
        cmocka_unit_test(sizes_about_the_capacity),
    };

    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        signal(deadly[i], SIG_DFL); /* whoever started the tests may ignore some */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
