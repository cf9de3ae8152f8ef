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

static const char *name_of_program = "crm";
static bool quiet_program;

void program_begin(const char *name)
{
    name_of_program = name;
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1)                                   /* closed: occupy it the wrong way round, */
            if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) /* so that using it fails with EBADF */
                _exit(STATUS_SYSTEM);
    signal(SIGXFSZ, SIG_IGN); /* past `ulimit -f` a write fails, and that can be said */
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

static void say(const char *format, va_list args)
{
    char line[sizeof(struct error) + 256];
    size_t room = sizeof line - 1;
    int prefix = snprintf(line, room, "%s: ", name_of_program);
    size_t used = prefix < 0 ? 0 : (size_t)prefix;

    vsnprintf(line + used, room - used, format, args);
    used = strlen(line);
    for (size_t i = 0; i < used; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = '?'; /* a message is one line, whatever a file or an argument is called */
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
