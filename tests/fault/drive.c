/* Fault injection: runs each scenario again and again, each time with another call failing, and judges what became of
 * it.
 *
 *     drive [--short] BIN INJECT SAMPLES FIXTURES SCENARIOS [FILTER]
 *
 * A scenario is a line "name | shell command" over the files in FIXTURES and deals.xlsx, which is made here (copied to
 * an empty folder, which is the current one), and $SAMPLES, with one program of BIN in it. It is run once to see what
 * it prints, which files it leaves and how many calls of each kind it makes; then with the 1st, 2nd, ... last of them
 * failing, alone and with all that follow; with all reads and writes cut to one byte, or interrupted; and with standard
 * streams that are full, closed or broken. Allowed is the same output with the same status, or, where a call failed,
 * status 4 and a message; in either case no file may be left that a whole run does not leave, and each file is as it
 * was before or as a whole run leaves it. Everything else is a failure, and so are a signal and ten seconds. --short
 * tries at most SHORT_CALLS calls of a kind, evenly spread after the first ones. */
#include "fault.h"
#include "workbook.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FILES = 64, TIME_LIMIT = 10, SHORT_CALLS = 24, SHOWN_FAILURES = 5 };

struct text {
    char *data; /* owned */
    size_t size;
};

struct file {
    char name[256];
    struct text content;
};

struct folder {
    struct file files[MAX_FILES];
    size_t count;
};

/* What a standard stream of the run is. */
enum stream_state { NORMAL, FULL, CLOSED, BROKEN };

struct trial {
    const char *fault; /* CRM_FAULT; NULL: without the preloaded library; "": only counted */
    int stream;        /* 0, 1 or 2: the one that is not normal */
    enum stream_state state;
};

struct outcome {
    int status; /* of wait(2) */
    bool timed_out;
    struct text out;
    struct text err;
    struct folder files;
};

struct tally {
    long runs;
    long refused; /* status 4 and a message */
    long same;
    long failed;
};

struct driver {
    const char *inject;
    char *path_variable;    /* "PATH=..." */
    char *samples_variable; /* "SAMPLES=..." */
    char work[64];          /* the current folder of the runs */
    char report_path[64];
    struct fault_report *report;
    struct folder fixtures;
    bool is_short;
};

static _Noreturn __attribute__((format(printf, 1, 2))) void die(const char *format, ...)
{
    va_list args;
    int error = errno;

    va_start(args, format);
    fputs("tests/fault/drive: ", stderr);
    vfprintf(stderr, format, args);
    fprintf(stderr, " (%s)\n", strerror(error));
    va_end(args);
    exit(2);
}

static char *join(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *join(const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    if (vasprintf(&text, format, args) < 0)
        die("out of memory");
    va_end(args);
    return text;
}

/* Reads an open file whole, from its beginning. */
static struct text read_all(int fd, const char *name)
{
    struct stat info;
    struct text text;

    if (fstat(fd, &info))
        die("%s", name);
    text.size = (size_t)info.st_size;
    text.data = malloc(text.size + 1);
    if (!text.data || pread(fd, text.data, text.size, 0) != (ssize_t)text.size)
        die("%s", name);
    text.data[text.size] = '\0';
    return text;
}

static bool text_equal(struct text a, struct text b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static void folder_read(struct folder *folder, const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;

    folder->count = 0;
    if (!dir)
        die("%s", path);
    while ((entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (folder->count == MAX_FILES)
            die("%s: too many files", path);
        struct file *file = &folder->files[folder->count++];
        snprintf(file->name, sizeof file->name, "%s", entry->d_name);
        int fd = openat(dirfd(dir), entry->d_name, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            die("%s/%s", path, entry->d_name);
        file->content = read_all(fd, entry->d_name);
        close(fd);
    }
    closedir(dir);
}

static void folder_free(struct folder *folder)
{
    for (size_t i = 0; i < folder->count; i++)
        free(folder->files[i].content.data);
    folder->count = 0;
}

static const struct file *folder_find(const struct folder *folder, const char *name)
{
    for (size_t i = 0; i < folder->count; i++)
        if (strcmp(folder->files[i].name, name) == 0)
            return &folder->files[i];
    return NULL;
}

static void write_file(const char *folder, const struct file *file)
{
    char *path = join("%s/%s", folder, file->name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    if (fd < 0 || write(fd, file->content.data, file->content.size) != (ssize_t)file->content.size || close(fd))
        die("%s", path);
    free(path);
}

/* Makes the working folder hold the fixtures and nothing else; `now` is what it holds. */
static void restore(const struct driver *driver, const struct folder *now)
{
    for (size_t i = 0; i < now->count; i++) {
        const struct file *file = &now->files[i];
        if (!folder_find(&driver->fixtures, file->name)) {
            char *path = join("%s/%s", driver->work, file->name);
            if (unlink(path))
                die("%s", path);
            free(path);
        }
    }
    for (size_t i = 0; i < driver->fixtures.count; i++) {
        const struct file *fixture = &driver->fixtures.files[i];
        const struct file *file = folder_find(now, fixture->name);
        if (!file || !text_equal(file->content, fixture->content))
            write_file(driver->work, fixture);
    }
}

static void outcome_free(struct outcome *outcome)
{
    free(outcome->out.data);
    free(outcome->err.data);
    folder_free(&outcome->files);
}

/* Waits for the process group that pid leads; SIGCHLD is blocked. */
static void await(pid_t pid, struct outcome *outcome)
{
    sigset_t child;
    struct timespec start;
    struct timespec now;

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (waitpid(pid, &outcome->status, WNOHANG) == 0) {
        sigtimedwait(&child, NULL, &(struct timespec){1, 0});
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec - start.tv_sec >= TIME_LIMIT) {
            outcome->timed_out = true;
            kill(-pid, SIGKILL);
            waitpid(pid, &outcome->status, 0);
            return;
        }
    }
}

/* Sets up standard stream `fd` of the child; `spare` is the memory file that takes its output when it is normal. */
static void plan_stream(posix_spawn_file_actions_t *actions, int fd, int spare, enum stream_state state, int broken)
{
    int error = 0;

    if (state == FULL)
        error = posix_spawn_file_actions_addopen(actions, fd, "/dev/full", O_RDWR, 0);
    else if (state == CLOSED)
        error = posix_spawn_file_actions_addclose(actions, fd);
    else if (state == BROKEN)
        error = posix_spawn_file_actions_adddup2(actions, broken, fd);
    else if (fd == 0)
        error = posix_spawn_file_actions_addopen(actions, fd, "/dev/null", O_RDONLY, 0);
    else
        error = posix_spawn_file_actions_adddup2(actions, spare, fd);
    if (error)
        die("out of memory");
}

static void run(struct driver *driver, const char *command, const struct trial *trial, struct outcome *outcome)
{
    int memory[3] = {-1, memfd_create("out", MFD_CLOEXEC), memfd_create("err", MFD_CLOEXEC)};
    int broken[2];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    pid_t pid;
    char *fault = join("CRM_FAULT=%s", trial->fault ? trial->fault : "");
    char *report = join("CRM_FAULT_REPORT=%s", driver->report_path);
    char *preload = join("LD_PRELOAD=%s", driver->inject);
    char *temporary = join("TMPDIR=%s", driver->work);
    char *argv[] = {"sh", "-c", (char *)command, NULL};
    /* The last three come last: without a fault the list ends before them. */
    char *envp[] = {driver->path_variable,
                    driver->samples_variable,
                    temporary,
                    "LC_ALL=C",
                    "HOME=/nonexistent",
                    trial->fault ? fault : NULL,
                    report,
                    preload,
                    NULL};

    *outcome = (struct outcome){0};
    memset(driver->report, 0, sizeof *driver->report);
    if (memory[1] < 0 || memory[2] < 0 || pipe2(broken, O_CLOEXEC))
        die("cannot make a pipe");
    close(broken[0]);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    for (int fd = 0; fd < 3; fd++)
        plan_stream(&actions, fd, memory[fd], trial->stream == fd ? trial->state : NORMAL, broken[1]);
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    if (posix_spawn_file_actions_addchdir_np(&actions, driver->work) ||
        (errno = posix_spawn(&pid, "/bin/sh", &actions, &attributes, argv, envp)))
        die("cannot start a shell");
    close(broken[1]);
    await(pid, outcome);
    outcome->out = read_all(memory[1], "standard output");
    outcome->err = read_all(memory[2], "standard error");
    folder_read(&outcome->files, driver->work);
    restore(driver, &outcome->files);
    close(memory[1]);
    close(memory[2]);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    free(fault);
    free(report);
    free(preload);
    free(temporary);
}

/* The exit status, 128 and the signal as a shell has it, or -1 for one that ran too long. */
static int exit_status(const struct outcome *outcome)
{
    if (outcome->timed_out)
        return -1;
    return WIFSIGNALED(outcome->status) ? 128 + WTERMSIG(outcome->status) : WEXITSTATUS(outcome->status);
}

/* Whether standard error holds a program's message, and nothing but whole lines of programs. */
static bool has_message(struct text err)
{
    const char *line = err.data;

    while (*line) {
        const char *end = strchr(line, '\n');
        if (strncmp(line, "crm-", 4) != 0 || !end)
            return false;
        line = end + 1;
    }
    return err.size > 0;
}

/* NULL, or what is wrong with the files left: with `whole` they must be those of the full run, otherwise each may also
 * be as it was before. */
static const char *wrong_files(const struct driver *driver, const struct outcome *full, const struct outcome *outcome,
                               bool whole)
{
    for (size_t i = 0; i < outcome->files.count; i++) {
        const struct file *file = &outcome->files.files[i];
        const struct file *expected = folder_find(&full->files, file->name);
        const struct file *before = folder_find(&driver->fixtures, file->name);
        if (!expected)
            return "a file is left behind";
        if (text_equal(file->content, expected->content))
            continue;
        if (whole || !before || !text_equal(file->content, before->content))
            return "a file is not whole";
    }
    for (size_t i = 0; i < full->files.count; i++) {
        const char *name = full->files.files[i].name;
        if (!folder_find(&outcome->files, name) && (whole || folder_find(&driver->fixtures, name)))
            return "a file is missing";
    }
    return NULL;
}

struct expectation {
    bool may_refuse;     /* status 4 and a message */
    bool may_stay;       /* the full run's status and output */
    bool same_messages;  /* in that case with the full run's messages */
    bool output_visible; /* standard output was captured */
    int signal;          /* the signal that may end it, or 0 */
};

/* NULL when the outcome is allowed, else what is wrong; *refused tells which way it was. */
static const char *judge(const struct driver *driver, const struct outcome *full, const struct outcome *outcome,
                         const struct expectation *expected, bool *refused)
{
    int status = exit_status(outcome);

    *refused = false;
    if (status < 0)
        return "ran too long";
    if (expected->signal && status == 128 + expected->signal) {
        if (outcome->err.size > full->err.size || memcmp(outcome->err.data, full->err.data, outcome->err.size) != 0)
            return "spoke about a broken pipe";
        return wrong_files(driver, full, outcome, false);
    }
    if (status >= 124)
        return "was ended by a signal, or not found";
    if (expected->may_refuse && status == 4) {
        *refused = true;
        return has_message(outcome->err) ? wrong_files(driver, full, outcome, false) : "status 4 without a message";
    }
    if (status != exit_status(full))
        return "another status";
    if (!expected->may_stay)
        return "did not notice";
    if (expected->output_visible && !text_equal(outcome->out, full->out))
        return "another output";
    if (expected->same_messages && !text_equal(outcome->err, full->err))
        return "other messages";
    return wrong_files(driver, full, outcome, true);
}

static void try(struct driver *driver, const char *name, const char *command, const struct outcome *full,
                const struct trial *trial, const struct expectation *expected, struct tally *tally)
{
    static const char *const streams[] = {"standard input", "standard output", "standard error"};
    static const char *const states[] = {"normal", "full", "closed", "a broken pipe"};
    struct outcome outcome;
    bool refused;

    run(driver, command, trial, &outcome);
    const char *wrong = judge(driver, full, &outcome, expected, &refused);
    tally->runs++;
    if (wrong) {
        if (tally->failed++ < SHOWN_FAILURES) {
            printf("FAILED %s: %s: status %d, with ", name, wrong, exit_status(&outcome));
            if (trial->fault)
                printf("CRM_FAULT=%s\n", trial->fault);
            else
                printf("%s %s\n", streams[trial->stream], states[trial->state]);
            printf("    %s\n    %.200s%s", command, outcome.err.data, outcome.err.size ? "" : "(no message)\n");
        }
    } else if (refused) {
        tally->refused++;
    } else {
        tally->same++;
    }
    outcome_free(&outcome);
}

/* Fails the calls of one kind one by one, alone and with all that follow. */
static void fail_calls(struct driver *driver, const char *name, const char *command, const struct outcome *full,
                       int kind, long calls, struct tally *tally)
{
    static const char *const kinds[] = FAULT_NAMES;
    long first = driver->is_short ? SHORT_CALLS / 2 : calls;
    long step = first < calls ? (calls - first + first - 1) / first : 1;
    const struct expectation failed = {.may_refuse = kind != FAULT_THREAD, /* it is done without */
                                       .may_stay = true,
                                       .same_messages = kind != FAULT_WRITE,
                                       .output_visible = true};
    const struct expectation unnoticed = {.may_stay = true, .same_messages = true, .output_visible = true};

    for (long call = 1; call <= calls; call += call < first ? 1 : step)
        for (int mode = 0; mode < 2; mode++) {
            char *fault = join("%s:%ld:%s", kinds[kind], call, mode ? "from" : "once");
            try(driver, name, command, full, &(struct trial){.fault = fault}, &failed, tally);
            free(fault);
        }
    if (kind != FAULT_READ && kind != FAULT_WRITE)
        return;
    static const char *const patterns[] = {"short", "eintr"};
    for (long call = 1; call <= 2 && calls > 0; call++)
        for (int i = 0; i < 2; i++) {
            char *fault = join("%s:%ld:%s", kinds[kind], call, patterns[i]);
            try(driver, name, command, full, &(struct trial){.fault = fault}, &unnoticed, tally);
            free(fault);
        }
}

static void spoil_streams(struct driver *driver, const char *name, const char *command, const struct outcome *full,
                          struct tally *tally)
{
    bool prints = full->out.size > 0;
    bool speaks = full->err.size > 0;
    const struct expectation stdout_fails = {.may_refuse = true, .may_stay = !prints};
    const struct expectation stdout_broken = {.may_stay = !prints, .same_messages = true, .signal = SIGPIPE};
    const struct expectation stdin_fails = {
        .may_refuse = true, .may_stay = true, .same_messages = true, .output_visible = true};
    const struct expectation stderr_fails = {.may_stay = true, .same_messages = !speaks, .output_visible = true};

    try(driver, name, command, full, &(struct trial){.stream = 1, .state = FULL}, &stdout_fails, tally);
    try(driver, name, command, full, &(struct trial){.stream = 1, .state = CLOSED}, &stdout_fails, tally);
    try(driver, name, command, full, &(struct trial){.stream = 1, .state = BROKEN}, &stdout_broken, tally);
    try(driver, name, command, full, &(struct trial){.stream = 0, .state = CLOSED}, &stdin_fails, tally);
    try(driver, name, command, full, &(struct trial){.stream = 2, .state = CLOSED}, &stderr_fails, tally);
    try(driver, name, command, full, &(struct trial){.stream = 2, .state = FULL}, &stderr_fails, tally);
}

static void print_row(const char *name, const char *kind, long calls, const struct tally *tally)
{
    printf("%-28s %-8s %7ld %7ld %9ld %9ld %7ld\n", name, kind, calls, tally->runs, tally->refused, tally->same,
           tally->failed);
    fflush(stdout);
}

static void tally_add(struct tally *sum, const struct tally *tally)
{
    sum->runs += tally->runs;
    sum->refused += tally->refused;
    sum->same += tally->same;
    sum->failed += tally->failed;
}

static void run_scenario(struct driver *driver, const char *name, const char *command, struct tally *sum)
{
    static const char *const kinds[] = FAULT_NAMES;
    long calls[FAULT_KINDS];
    long all_calls = 0;
    struct outcome full;
    struct outcome counted;
    struct tally whole = {0};
    bool refused;

    run(driver, command, &(struct trial){0}, &full);
    run(driver, command, &(struct trial){.fault = ""}, &counted);
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        calls[kind] = atomic_load(&driver->report->calls[kind]);
        all_calls += calls[kind];
    }
    const struct expectation same = {.may_stay = true, .same_messages = true, .output_visible = true};
    const char *wrong = judge(driver, &full, &counted, &same, &refused);
    if (!wrong && (exit_status(&full) >= 4 || (exit_status(&full) == 2 && !strstr(name, "usage"))))
        wrong = "fails by itself";
    if (!wrong && atomic_load(&driver->report->programs) != 1)
        wrong = "not one program is in it";
    if (wrong) {
        printf("FAILED %s: %s: status %d\n    %s\n    %.200s\n", name, wrong, exit_status(&full), command,
               full.err.data);
        whole = (struct tally){.runs = 1, .failed = 1};
    } else {
        for (int kind = 0; kind < FAULT_KINDS; kind++) {
            struct tally tally = {0};
            fail_calls(driver, name, command, &full, kind, calls[kind], &tally);
            if (!driver->is_short && calls[kind])
                print_row(name, kinds[kind], calls[kind], &tally);
            tally_add(&whole, &tally);
        }
        struct tally tally = {0};
        spoil_streams(driver, name, command, &full, &tally);
        if (!driver->is_short)
            print_row(name, "streams", 0, &tally);
        tally_add(&whole, &tally);
    }
    if (driver->is_short)
        print_row(name, "all", all_calls, &whole);
    tally_add(sum, &whole);
    outcome_free(&full);
    outcome_free(&counted);
}

static void add_workbook(struct folder *folder)
{
    if (folder->count == MAX_FILES)
        die("too many files");
    struct file *file = &folder->files[folder->count++];
    snprintf(file->name, sizeof file->name, "deals.xlsx");
    if (!workbook_make(&file->content.data, &file->content.size))
        die("cannot make a workbook");
}

static void open_driver(struct driver *driver, const char *fixtures)
{
    sigset_t child;

    snprintf(driver->work, sizeof driver->work, "/tmp/crm-fault.XXXXXX");
    snprintf(driver->report_path, sizeof driver->report_path, "/tmp/crm-fault-report.XXXXXX");
    int fd = mkstemp(driver->report_path);
    if (fd < 0 || ftruncate(fd, sizeof *driver->report))
        die("%s", driver->report_path);
    driver->report = mmap(NULL, sizeof *driver->report, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (driver->report == MAP_FAILED || !mkdtemp(driver->work))
        die("%s", driver->work);
    folder_read(&driver->fixtures, fixtures);
    add_workbook(&driver->fixtures);
    restore(driver, &(struct folder){.count = 0});
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    signal(SIGCHLD, SIG_DFL);
}

static void close_driver(struct driver *driver)
{
    struct folder now;

    free(driver->path_variable);
    free(driver->samples_variable);
    folder_free(&driver->fixtures);
    folder_read(&now, driver->work);
    restore(driver, &now);
    folder_free(&now);
    rmdir(driver->work);
    unlink(driver->report_path);
}

int main(int argc, char **argv)
{
    struct driver driver = {.report = NULL};
    struct tally sum = {0};
    char *line = NULL;
    size_t room = 0;

    if (argc > 1 && strcmp(argv[1], "--short") == 0) {
        driver.is_short = true;
        argv++;
        argc--;
    }
    if (argc != 6 && argc != 7) {
        fputs("usage: drive [--short] BIN INJECT SAMPLES FIXTURES SCENARIOS [FILTER]\n", stderr);
        return 2;
    }
    const char *path = getenv("PATH");
    driver.inject = argv[2];
    driver.path_variable = join("PATH=%s:%s", argv[1], path ? path : "/usr/bin:/bin");
    driver.samples_variable = join("SAMPLES=%s", argv[3]);
    FILE *scenarios = fopen(argv[5], "re");
    if (!scenarios)
        die("%s", argv[5]);
    open_driver(&driver, argv[4]);
    printf("%-28s %-8s %7s %7s %9s %9s %7s\n", "scenario", "kind", "calls", "runs", "refused", "same", "failed");
    while (getline(&line, &room, scenarios) > 0) {
        line[strcspn(line, "\n")] = '\0';
        char *bar = strstr(line, " | ");
        if (line[0] == '#' || !bar)
            continue;
        *bar = '\0';
        line[strcspn(line, " ")] = '\0';
        if (argc < 7 || strstr(line, argv[6]))
            run_scenario(&driver, line, bar + 3, &sum);
    }
    if (ferror(scenarios) || !feof(scenarios))
        die("%s", argv[5]);
    fclose(scenarios);
    free(line);
    close_driver(&driver);
    printf("fault: %ld passed, %ld failed\n", sum.runs - sum.failed, sum.failed);
    return sum.failed || sum.runs == 0 ? 1 : 0;
}
