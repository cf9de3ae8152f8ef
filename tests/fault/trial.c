/* Trials. The folder is made once and put back into its first state after each run; the report of the preloaded library
 * is a file that both map. */
#include "trial.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "workbook.h"

void die(const char *format, ...)
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

char *join(const char *format, ...)
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
static struct text read_all(int fd, const char *name, mode_t *mode)
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
    if (mode)
        *mode = info.st_mode & 07777;
    return text;
}

bool text_equal(struct text a, struct text b)
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
        file->content = read_all(fd, entry->d_name, &file->mode);
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

const struct file *folder_find(const struct folder *folder, const char *name)
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

    if (fd < 0 || write(fd, file->content.data, file->content.size) != (ssize_t)file->content.size ||
        fchmod(fd, file->mode) || close(fd))
        die("%s", path);
    free(path);
}

/* Makes the working folder hold the fixtures and nothing else; `now` is what it holds. */
static void restore(const struct bench *bench, const struct folder *now)
{
    for (size_t i = 0; i < now->count; i++) {
        const struct file *file = &now->files[i];
        if (!folder_find(&bench->fixtures, file->name)) {
            char *path = join("%s/%s", bench->work, file->name);
            if (unlink(path))
                die("%s", path);
            free(path);
        }
    }
    for (size_t i = 0; i < bench->fixtures.count; i++) {
        const struct file *fixture = &bench->fixtures.files[i];
        const struct file *file = folder_find(now, fixture->name);
        if (!file || file->mode != fixture->mode || !text_equal(file->content, fixture->content))
            write_file(bench->work, fixture);
    }
}

void outcome_free(struct outcome *outcome)
{
    free(outcome->out.data);
    free(outcome->err.data);
    folder_free(&outcome->files);
}

/* Waits for the process group that pid leads, and gives its status; SIGCHLD is blocked. */
static int await(pid_t pid, int time_limit)
{
    sigset_t child;
    struct timespec start;
    struct timespec now;
    int status;

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (waitpid(pid, &status, WNOHANG) == 0) {
        sigtimedwait(&child, NULL, &(struct timespec){1, 0});
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec - start.tv_sec >= time_limit) {
            kill(-pid, SIGKILL);
            waitpid(pid, &status, 0);
            return -1;
        }
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
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

/* Starts the shell, the leader of a process group, in the folder. */
static pid_t start(const struct bench *bench, const char *command, const struct trial *trial, const int *memory)
{
    int broken[2];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    pid_t pid;
    char *fault = join("CRM_FAULT=%s", trial->fault ? trial->fault : "");
    char *report = join("CRM_FAULT_REPORT=%s", bench->report_path);
    char *preload = join("LD_PRELOAD=%s", bench->inject);
    char *temporary = join("TMPDIR=%s", bench->work);
    char *argv[] = {"sh", "-c", (char *)command, NULL};
    /* The last three come last: without a fault the list ends before them. */
    char *envp[] = {bench->path_variable,
                    bench->samples_variable,
                    temporary,
                    "LC_ALL=C",
                    "HOME=/nonexistent",
                    trial->fault ? fault : NULL,
                    report,
                    preload,
                    NULL};

    if (pipe2(broken, O_CLOEXEC))
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
    if (posix_spawn_file_actions_addchdir_np(&actions, bench->work) ||
        (errno = posix_spawn(&pid, "/bin/sh", &actions, &attributes, argv, envp)))
        die("cannot start a shell");
    close(broken[1]);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    free(fault);
    free(report);
    free(preload);
    free(temporary);
    return pid;
}

void run(struct bench *bench, const char *command, const struct trial *trial, struct outcome *outcome)
{
    const int memory[3] = {-1, memfd_create("out", MFD_CLOEXEC), memfd_create("err", MFD_CLOEXEC)};

    if (memory[1] < 0 || memory[2] < 0)
        die("cannot make a file in memory");
    *outcome = (struct outcome){0};
    memset(bench->report, 0, sizeof *bench->report);
    outcome->status = await(start(bench, command, trial, memory), bench->time_limit);
    outcome->out = read_all(memory[1], "standard output", NULL);
    outcome->err = read_all(memory[2], "standard error", NULL);
    outcome->touched = atomic_load(&bench->report->touched);
    snprintf(outcome->toucher, sizeof outcome->toucher, "%.63s", bench->report->toucher);
    folder_read(&outcome->files, bench->work);
    restore(bench, &outcome->files);
    close(memory[1]);
    close(memory[2]);
}

static void add_workbook(struct folder *folder)
{
    if (folder->count == MAX_FILES)
        die("too many files");
    struct file *file = &folder->files[folder->count++];
    snprintf(file->name, sizeof file->name, "deals.xlsx");
    file->mode = 0644;
    if (!workbook_make(&file->content.data, &file->content.size))
        die("cannot make a workbook");
}

void bench_open(struct bench *bench, const char *inject, const char *bin, const char *samples, const char *fixtures)
{
    const char *path = getenv("PATH");
    sigset_t child;

    *bench = (struct bench){.inject = inject, .bin = bin, .time_limit = 20};
    bench->path_variable = join("PATH=%s:%s", bin, path ? path : "/usr/bin:/bin");
    bench->samples_variable = join("SAMPLES=%s", samples);
    snprintf(bench->work, sizeof bench->work, "/tmp/crm-fault.XXXXXX");
    snprintf(bench->report_path, sizeof bench->report_path, "/tmp/crm-fault-report.XXXXXX");
    int fd = mkstemp(bench->report_path);
    if (fd < 0 || ftruncate(fd, sizeof *bench->report))
        die("%s", bench->report_path);
    bench->report = mmap(NULL, sizeof *bench->report, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (bench->report == MAP_FAILED || !mkdtemp(bench->work))
        die("%s", bench->work);
    folder_read(&bench->fixtures, fixtures);
    for (size_t i = 0; i < bench->fixtures.count; i++)
        bench->fixtures.files[i].mode = 0644;
    add_workbook(&bench->fixtures);
    restore(bench, &(struct folder){.count = 0});
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    signal(SIGCHLD, SIG_DFL);
}

void bench_close(struct bench *bench)
{
    struct folder now;

    free(bench->path_variable);
    free(bench->samples_variable);
    folder_free(&bench->fixtures);
    folder_read(&now, bench->work);
    restore(bench, &now);
    folder_free(&now);
    rmdir(bench->work);
    unlink(bench->report_path);
    munmap(bench->report, sizeof *bench->report);
}
