#include "base/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/terminal.h"

/* Whether PATH has it. */
static bool installed(const char *program)
{
    const char *folder = getenv("PATH");
    char path[4096];

    while (folder && *folder) {
        const size_t length = strcspn(folder, ":");
        const int size = snprintf(path, sizeof path, "%.*s/%s", (int)length, folder, program);
        if (length && size > 0 && (size_t)size < sizeof path && access(path, X_OK) == 0)
            return true;
        folder += length + (folder[length] == ':');
    }
    return false;
}

/* NULL: none is wanted, or there is none. */
static const char *pager_command(void)
{
    const char *wanted = getenv("PAGER");

    if (wanted)
        return *wanted && strcmp(wanted, "cat") != 0 ? wanted : NULL;
    return installed("less") ? "less" : installed("more") ? "more" : NULL;
}

static _Noreturn void show(const char *command, const int ends[2])
{
    if (dup2(ends[0], STDIN_FILENO) >= 0 && setenv("LESS", "FRSX", 0) == 0) {
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    }
    _exit(127);
}

static int exit_status(pid_t process)
{
    int status = 0;

    while (waitpid(process, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int write_to(const int ends[2], struct error *err)
{
    if (terminal_name_pager(ends[1]) || dup2(ends[1], STDOUT_FILENO) < 0)
        return error_errno(err, "the pager cannot be started");
    close(ends[0]);
    close(ends[1]);
    return 0;
}

int pager_begin(struct error *err)
{
    const char *command = pager_command();
    int ends[2];

    if (!command || isatty(STDOUT_FILENO) != 1)
        return 0;
    if (pipe2(ends, O_CLOEXEC))
        return error_errno(err, "the pager cannot be started");
    const pid_t pager = fork();
    if (pager == 0)
        show(command, ends);
    const pid_t writer = pager < 0 ? -1 : fork();
    if (writer == 0)
        return write_to(ends, err);
    close(ends[0]);
    close(ends[1]);
    if (writer < 0) {
        error_errno(err, "the pager cannot be started");
        if (pager > 0)
            exit_status(pager);
        return -1;
    }
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    const int status = exit_status(writer);
    exit_status(pager);
    exit(status);
}
