/* Progress: what is written to standard error, when, and what is wiped. Standard error is a file while a test runs. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/program.h"
#include "folder.h"
#include "stream/progress.h"

struct capture {
    struct folder folder;
    int before;
};

static void capture_begin(struct capture *capture)
{
    folder_make(&capture->folder);
    capture->before = dup(STDERR_FILENO);
    int file = open(folder_file(&capture->folder, "err"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(capture->before >= 0 && file >= 0);
    dup2(file, STDERR_FILENO);
    close(file);
}

static char *capture_end(struct capture *capture)
{
    dup2(capture->before, STDERR_FILENO);
    close(capture->before);
    char *text = (char *)file_take(folder_file(&capture->folder, "err")).ptr;
    folder_remove(&capture->folder);
    return text;
}

static void pass(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};

    nanosleep(&time, NULL);
}

/* One line as if it came a moment after the start. The rate is cut off: it depends on the clock. */
static void assert_line(uint64_t bytes, uint64_t total, uint64_t records, const char *before_rate,
                        const char *after_rate)
{
    struct capture capture;
    struct progress progress;

    capture_begin(&capture);
    progress_start(&progress, PROGRESS_ALWAYS);
    progress_update(&progress, bytes, total, records);
    char *text = capture_end(&capture);
    assert_true(progress.shown);
    assert_int_equal(strncmp(text, before_rate, strlen(before_rate)), 0);
    const char *rest = strstr(text, "B/s");
    assert_non_null(rest);
    assert_string_equal(rest + 3, after_rate);
    free(text);
}

static void says_bytes_records_and_share(void **state)
{
    (void)state;

    program_begin("crm-rfm");
    assert_line(0, 0, 0, "\rcrm-rfm: 0 B, 0 records, 0 ", "\033[K");
    assert_line(999, 1000, 1, "\rcrm-rfm: 999 B, 1 records, ", ", 99 %\033[K");
    assert_line(1000, 1000, 999, "\rcrm-rfm: 1.0 kB, 999 records, ", ", 100 %\033[K");
    assert_line(120000000, 272727272, 1200000, "\rcrm-rfm: 120 MB, 1.2 M records, ", ", 44 %\033[K");
    assert_line(9999999, 0, 999999, "\rcrm-rfm: 9.9 MB, 999 k records, ", "\033[K");
    assert_line(12345678901, 10, 10000, "\rcrm-rfm: 12 GB, 10 k records, ", ", 100 %\033[K"); /* a file that grew */
    assert_line(UINT64_MAX, UINT64_MAX, UINT64_MAX, "\rcrm-rfm: 18 EB, 18 E records, ", ", 100 %\033[K");
}

static void says_the_rate(void **state)
{
    struct capture capture;
    struct progress progress;
    unsigned rate;
    (void)state;

    capture_begin(&capture);
    progress_start(&progress, PROGRESS_ALWAYS);
    pass(250);
    progress_update(&progress, 100000000, 0, 1);
    char *text = capture_end(&capture);
    /* 100 MB in at least a quarter of a second, and surely less than 20 s */
    assert_int_equal(sscanf(strstr(text, "records, "), "records, %u", &rate), 1);
    assert_in_range(rate, 5, 400);
    assert_non_null(strstr(text, " MB/s"));
    free(text);
}

static void rewrites_five_times_a_second_and_wipes(void **state)
{
    struct capture capture;
    struct progress progress;
    size_t lines = 0;
    (void)state;

    capture_begin(&capture);
    progress_start(&progress, PROGRESS_ALWAYS);
    const uint64_t started = progress.started;
    for (int i = 0; i < 50000; i++)
        progress_update(&progress, 1, 0, 1);
    pass(210);
    progress_update(&progress, 2, 0, 1);
    const uint64_t last = progress.last;
    progress_stop(&progress);
    progress_stop(&progress); /* once */
    progress_update(&progress, 3, 0, 1);
    char *text = capture_end(&capture);
    for (const char *at = text; (at = strstr(at, "records")); at++)
        lines++;
    assert_true(lines >= 2);
    assert_true(lines <= 1 + (last - started) / 200000000);
    const size_t length = strlen(text);
    assert_string_equal(text + length - 4, "\r\033[K");
    assert_null(strchr(text, '\n'));
    size_t wiped = 0;
    for (const char *at = text; (at = strstr(at, "\r\033[K")); at++)
        wiped++;
    assert_int_equal(wiped, 1);
    free(text);
}

static void is_silent_without_a_terminal(void **state)
{
    static const enum progress_when whens[] = {PROGRESS_AUTO, PROGRESS_NEVER};
    (void)state;

    for (size_t i = 0; i < 2; i++) {
        struct capture capture;
        struct progress progress;
        capture_begin(&capture);
        progress_start(&progress, whens[i]);
        progress.last = 0;
        progress_update(&progress, 1, 2, 3);
        progress_stop(&progress);
        char *text = capture_end(&capture);
        assert_string_equal(text, "");
        assert_false(progress.shown);
        free(text);
    }
}

static void on_a_terminal_only_after_a_second(void **state)
{
    struct progress progress;
    char text[512];
    (void)state;

    const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) || unlockpt(terminal)) {
        print_message("no pseudo-terminal\n");
        skip();
    }
    const int other = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    assert_true(other >= 0);
    const int before = dup(STDERR_FILENO);
    dup2(other, STDERR_FILENO);
    progress_start(&progress, PROGRESS_AUTO);
    progress_update(&progress, 1, 2, 3);
    const bool at_once = progress.shown;
    progress.started -= 1000000000; /* a second ago */
    progress.last -= 1000000000;
    progress_update(&progress, 1, 2, 3);
    const bool later = progress.shown;
    progress_stop(&progress);
    dup2(before, STDERR_FILENO);
    close(before);
    const ssize_t length = read(terminal, text, sizeof text - 1);
    close(other);
    close(terminal);
    assert_false(at_once);
    assert_true(later);
    assert_true(length > 0);
    text[length] = '\0';
    assert_non_null(strstr(text, "1 B, 3 records, "));
}

/* After two seconds, where the whole is known, what the rest will take; a start long ago stands for the time. */
static void says_the_time_left(void **state)
{
    static const struct {
        uint64_t seconds, done, total;
        const char *line;
    } cases[] = {
        {1, 50, 100, "\rcrm-dedupe: comparing, 50 %\033[K"},
        {10, 50, 100, "\rcrm-dedupe: comparing, 50 %, 0:11 left\033[K"},
        {100, 50, 100, "\rcrm-dedupe: comparing, 50 %, 1:41 left\033[K"},
        {7200, 1, 3, "\rcrm-dedupe: comparing, 33 %, 4:00:01 left\033[K"},
        {10, 0, 100, "\rcrm-dedupe: comparing, 0 %\033[K"},
        {10, 100, 100, "\rcrm-dedupe: comparing, 100 %\033[K"},
        {10, 50, 0, "\rcrm-dedupe: comparing\033[K"},
        {3600, 1, UINT64_MAX, "\rcrm-dedupe: comparing, 0 %, 277777:46:40 left\033[K"},
    };
    (void)state;

    program_begin("crm-dedupe");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct capture capture;
        struct progress progress;
        capture_begin(&capture);
        progress_start(&progress, PROGRESS_ALWAYS);
        progress.started -= cases[i].seconds * 1000000000;
        progress_work(&progress, "comparing", cases[i].done, cases[i].total);
        char *text = capture_end(&capture);
        assert_string_equal(text, cases[i].line);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_the_time_left),
        cmocka_unit_test(says_bytes_records_and_share),
        cmocka_unit_test(says_the_rate),
        cmocka_unit_test(rewrites_five_times_a_second_and_wipes),
        cmocka_unit_test(is_silent_without_a_terminal),
        cmocka_unit_test(on_a_terminal_only_after_a_second),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
