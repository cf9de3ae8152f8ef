/* Runs a command and appends what it cost to a file: one line "wall user system peak status", seconds and KiB.
 *
 *     measure FILE COMMAND [ARGUMENT ...]
 *
 * A small program of its own, because the peak memory that the kernel reports for a child includes what its parent held
 * when it forked. The exit status is the command's. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct timespec begin;
    struct timespec end;
    struct rusage used;
    int status;

    if (argc < 3) {
        fputs("usage: measure FILE COMMAND [ARGUMENT ...]\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &begin);
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[2], argv + 2);
        fprintf(stderr, "measure: %s: %s\n", argv[2], strerror(errno));
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &used) < 0) {
        fprintf(stderr, "measure: %s\n", strerror(errno));
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    double wall = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    FILE *out = fopen(argv[1], "a");
    if (!out || fprintf(out, "%.6f %.6f %.6f %ld %d\n", wall, seconds(used.ru_utime), seconds(used.ru_stime),
                        used.ru_maxrss, code) < 0) {
        fprintf(stderr, "measure: %s: %s\n", argv[1], strerror(errno));
        return 2;
    }
    if (fclose(out)) {
        fprintf(stderr, "measure: %s: %s\n", argv[1], strerror(errno));
        return 2;
    }
    return code;
}
