/* The program: start, messages, end. Holds the only state of the process that is not passed around: its name, and
 * whether notes are wanted. */
#include "base/program.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/utf8.h"

static const char *name_of_program = "crm";
static bool quiet_program;

void program_begin_launcher(const char *name)
{
    name_of_program = name;
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1)                                   /* closed: occupy it the wrong way round, */
            if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) /* so that using it fails with EBADF */
                _exit(STATUS_SYSTEM);
    signal(SIGXFSZ, SIG_IGN); /* past `ulimit -f` a write fails, and that can be said */
}

void program_begin(const char *name)
{
    program_begin_launcher(name);
    confine();
}

const char *program_name(void)
{
    return name_of_program;
}

void program_set_quiet(bool quiet)
{
    quiet_program = quiet;
}

/* A message is one line and drives no terminal, whatever a file or an argument is called. */
static void clean(char *line, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t width = utf8_char_length(line + i, length - i);
        if (width && !utf8_invisible(utf8_decode(line + i, width))) {
            i += width;
            continue;
        }
        for (size_t end = i + (width ? width : 1); i < end; i++)
            line[i] = '?';
    }
}

static void say(const char *format, va_list args)
{
    char line[sizeof(struct error) + 256];
    size_t room = sizeof line - 1;
    int prefix = snprintf(line, room, "%s: ", name_of_program);
    size_t used = prefix < 0 ? 0 : (size_t)prefix;

    vsnprintf(line + used, room - used, format, args);
    used = strlen(line);
    clean(line, used);
    line[used++] = '\n';
    if (write(STDERR_FILENO, line, used) < 0)
        return; /* nowhere left to say it: the exit status still tells */
}

void program_error(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(format, args);
    va_end(args);
}

void program_note(const char *format, ...)
{
    va_list args;

    if (quiet_program)
        return;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

int program_fail(const struct error *err)
{
    program_error("%s", err->text);
    return (int)err->status;
}

void program_die(enum status status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(format, args);
    va_end(args);
    exit((int)status);
}

/* Only what a signal handler may call. */
void program_die_at_once(enum status status, const char *text)
{
    const char *parts[] = {name_of_program, ": ", text, "\n"};
    char line[512];
    size_t used = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const size_t room = sizeof line - 1 - used; /* for the line end */
        const size_t size = strlen(parts[i]);
        const size_t taken = i == 3 ? 1 : size < room ? size : room;

        memcpy(line + used, parts[i], taken);
        used += taken;
    }
    if (write(STDERR_FILENO, line, used) < 0)
        _exit((int)status); /* nowhere left to say it */
    _exit((int)status);
}
