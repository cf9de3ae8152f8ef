/* Pictures are drawn in a process of their own, which writes them into a pipe: GLib ends the process that it is in when
 * memory is short, and fonts are data from anywhere. What happens to that process is an error here, and the output is
 * left as it was. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "report/canvas_cairo.h"
#include "report/report_output.h"

static bool write_all(void *context, struct slice bytes)
{
    return descriptor_write(*(int *)context, bytes.ptr, bytes.len) == 0;
}

/* What the other process does: it removes no temporary file of ours, leaves no core, ends when we do, and what
 * libraries print is not ours to say. */
static _Noreturn void draw(const struct picture *picture, bool png, struct error *said)
{
    static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGABRT, SIGTRAP, SIGSEGV, SIGALRM};
    const struct rlimit none = {0, 0};
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    _exit((png ? canvas_cairo_png(picture, said) : canvas_cairo_pdf(picture, said)) ? 1 : 0);
}

/* All that comes through the pipe goes into the sink. */
static int take(int in, struct sink *sink, struct error *err)
{
    char block[16384];

    for (;;) {
        ssize_t got = read(in, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(err, "cannot read what was drawn");
        if (got == 0)
            return 0;
        if (sink_write(sink, (struct slice){block, (size_t)got}, err))
            return -1;
    }
}

static int wait_for(pid_t process, const struct error *said, struct error *err)
{
    int status;

    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return error_errno(err, "cannot wait for the drawing");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    if (WIFEXITED(status) && said->text[0]) {
        *err = *said;
        return -1;
    }
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGTRAP || WTERMSIG(status) == SIGABRT))
        return error_memory(err); /* that is how GLib says it */
    return error_set(err, STATUS_SYSTEM, "the drawing ended with status %d", status);
}

/* said: memory that both processes see. */
static int draw_apart(const struct picture *model, bool png, struct sink *sink, struct error *said, struct error *err)
{
    struct picture picture = *model;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC))
        return error_errno(err, "cannot open a pipe");
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        picture.write = write_all;
        picture.context = &ends[1];
        draw(&picture, png, said);
    }
    int failed = process < 0 ? error_errno(err, "cannot start the drawing") : 0;
    close(ends[1]);
    failed = failed ? failed : take(ends[0], sink, err);
    close(ends[0]); /* who still writes is ended by that */
    if (process > 0) {
        struct error late;
        if (wait_for(process, said, &late) && !failed) {
            *err = late;
            failed = -1;
        }
    }
    return failed;
}

/* The figures to draw: `one`, which it fills in, for a PNG and for --pick, else all; owned by the caller. */
static const struct figure **choose(const struct report *report, const struct report_command *command,
                                    struct figure *one, size_t *count, struct error *err)
{
    const struct report_section *section;
    bool single = command->format == REPORT_PNG || command->pick;

    *count = single ? 1 : 0;
    if (single && report_single_figure(report, command, one, err))
        return NULL;
    while (!single && report_figure(report, *count, &section))
        ++*count;
    if (*count == 0) {
        error_set(err, STATUS_DATA, "%s: there is nothing in it to draw; --chart can say what to draw",
                  report->tables.items[0].file);
        return NULL;
    }
    const struct figure **figures = malloc(*count * sizeof *figures);
    for (size_t i = 0; figures && i < *count; i++)
        figures[i] = single ? one : report_figure(report, i, &section);
    if (!figures)
        error_memory(err);
    return figures;
}

int report_write_picture(struct report *report, const struct report_command *command, struct sink *sink,
                         struct error *err)
{
    size_t count;
    struct figure one;
    const struct figure **figures = choose(report, command, &one, &count, err);
    char date[64] = "1970-01-01T00:00:00Z"; /* never that of the clock: the same input gives the same file */

    if (!figures)
        return -1;
    if (report->date.len)
        snprintf(date, sizeof date, "%.*sT00:00:00Z", SLICE_ARG(report->date));
    const struct picture picture = {.figures = figures,
                                    .count = count,
                                    .words = &report->words,
                                    .width = command->width ? (double)command->width : CHART_WIDTH,
                                    .height = (double)command->height,
                                    .title = report->title,
                                    .date = date};
    struct error *said = mmap(NULL, sizeof *said, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int failed =
        said == MAP_FAILED ? error_memory(err) : draw_apart(&picture, command->format == REPORT_PNG, sink, said, err);
    if (said != MAP_FAILED)
        munmap(said, sizeof *said);
    free(figures);
    return failed;
}
