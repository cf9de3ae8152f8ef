/* Temporary files without a name: from the beginning where the file system can do it, otherwise the name is taken away
 * at once. In between no signal may come to this thread, or the file would stay; one that ends the program by way of
 * another thread still can. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stream/source.h"

/* path ends with XXXXXX. */
static int make_and_unlink(const char *folder, char *path, struct error *err)
{
    sigset_t all;
    sigset_t before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int fd = mkostemp(path, O_CLOEXEC); /* mode 0600 */
    const int named = fd >= 0 ? unlink(path) : 0;
    const int why = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = why;
    if (fd < 0)
        return error_errno(err, "temporary file in %s", folder);
    if (named) {
        error_errno(err, "temporary file %s", path);
        close(fd);
        return -1;
    }
    return fd;
}

int source_temporary(struct error *err)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];

    if (!folder || !*folder)
        folder = "/tmp";
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    if (snprintf(path, sizeof path, "%s/crm.XXXXXX", folder) >= (int)sizeof path)
        return error_set(err, STATUS_SYSTEM, "%s: the name is too long", folder);
    return make_and_unlink(folder, path, err);
}
