#include "base/terminal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define VARIABLE "CRM_PAGER_PIPE"
#define NAME_SIZE 24

/* A pipe is called by its number, so that the variable says nothing of another pipe that a program further down
 * writes to. */
static bool pipe_name(int descriptor, char name[NAME_SIZE])
{
    struct stat found;

    if (fstat(descriptor, &found) || !S_ISFIFO(found.st_mode))
        return false;
    snprintf(name, NAME_SIZE, "%ju", (uintmax_t)found.st_ino);
    return true;
}

bool terminal_shown(int descriptor)
{
    const char *pager = getenv(VARIABLE);
    char name[NAME_SIZE];

    if (isatty(descriptor) == 1)
        return true;
    return pager && pipe_name(descriptor, name) && strcmp(pager, name) == 0;
}

size_t terminal_columns(int descriptor)
{
    struct winsize size;

    return ioctl(descriptor, TIOCGWINSZ, &size) ? 0 : size.ws_col;
}

int terminal_name_pager(int descriptor)
{
    char name[NAME_SIZE];

    if (!pipe_name(descriptor, name)) {
        errno = EPIPE;
        return -1;
    }
    return setenv(VARIABLE, name, 1);
}
