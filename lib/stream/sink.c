/* Sink: buffered, checked output; a temporary file and a rename when it goes to a path.
 *
 * rename(2) without fsync(2): the promise is that a program that fails or is killed leaves the old file or none, never
 * a part of the new one. Surviving a power cut as well would cost a wait for the disk in every run.
 *
 * Temporary files must also vanish when the program ends by a signal or through exit(3), where nobody frees a sink.
 * For that the sinks that have one are kept in a list, the only state of the library that belongs to the process. A
 * signal handler walks it, in any thread and at any moment; so whoever changes the list, or makes or renames a
 * temporary file, does so with all signals blocked and holding a lock, and the handler may wait for that lock: the
 * holder is never the thread it interrupted. */
#include "stream/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"

#define SINK_SIZE ((size_t)256 << 10)

struct open_sink {
    struct sink sink; /* first: a struct sink * is a struct open_sink * */
    struct open_sink *next;
    char *target; /* what the temporary file becomes: the path with its symbolic links followed; owned */
    bool listed;  /* the temporary file exists */
    int failure;  /* errno of the first write that failed: the output is not whole, whatever is tried later */
};

static struct open_sink *open_sinks;
static atomic_flag list_busy = ATOMIC_FLAG_INIT;

static struct open_sink *whole(struct sink *sink)
{
    return (struct open_sink *)(void *)sink;
}

static void list_wait(void)
{
    while (atomic_flag_test_and_set_explicit(&list_busy, memory_order_acquire))
        ;
}

static void list_lock(sigset_t *before)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, before);
    list_wait();
}

static void list_unlock(const sigset_t *before)
{
    atomic_flag_clear_explicit(&list_busy, memory_order_release);
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

static void unlist(struct open_sink *open)
{
    for (struct open_sink **link = &open_sinks; *link; link = &(*link)->next)
        if (*link == open) {
            *link = open->next;
            break;
        }
    open->listed = false;
}

/* Keeps the lock: no temporary file may be made between here and the end of the process. */
void sink_discard_in_handler(void)
{
    list_wait();
    for (const struct open_sink *open = open_sinks; open; open = open->next)
        unlink(open->sink.temporary);
}

static void remove_and_die(int number)
{
    sink_discard_in_handler();
    signal(number, SIG_DFL);
    raise(number); /* blocked while its handler runs: takes effect on return */
}

/* With the list locked. Signals that are ignored (nohup) or handled already are left alone. SIGPIPE still kills, after
 * cleaning up. */
static int install_cleaning(void)
{
    static const int deadly[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ};
    static bool installed;
    struct sigaction action = {.sa_handler = remove_and_die};

    if (installed)
        return 0;
    if (atexit(sink_discard_all)) {
        errno = ENOMEM;
        return -1;
    }
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        struct sigaction before;
        if (sigaction(deadly[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(deadly[i], &action, NULL);
    }
    installed = true;
    return 0;
}

static int fail(const struct sink *sink, struct error *err)
{
    return error_errno(err, "%s", sink->path ? sink->path : "standard output");
}

/* The name without its symbolic links, so that a link survives the rename; NULL with errno. realpath(3) would refuse a
 * link to a file that does not exist yet. Only the last part counts: the system follows the others by itself. */
static char *follow_links(const char *path)
{
    char *target = strdup(path);

    for (int links = 0; target && links < 40; links++) {
        char link[PATH_MAX];
        ssize_t length = readlink(target, link, sizeof link - 1);
        if (length < 0)
            return target;
        link[length] = '\0';
        const char *slash = strrchr(target, '/');
        int folder = link[0] == '/' || !slash ? 0 : (int)(slash - target) + 1;
        char *next;
        if (asprintf(&next, "%.*s%s", folder, target, link) < 0)
            next = NULL;
        free(target);
        target = next;
    }
    if (target) {
        free(target);
        errno = ELOOP;
    }
    return NULL;
}

/* ".NAME.XXXXXX" beside target; NULL with errno. A long name is cut, for the whole must fit into NAME_MAX bytes. */
static char *temporary_name(const char *target)
{
    const char *slash = strrchr(target, '/');
    const char *name = slash ? slash + 1 : target;
    char *temporary;

    if (!name[0]) {
        errno = target[0] ? EISDIR : ENOENT;
        return NULL;
    }
    if (asprintf(&temporary, "%.*s.%.*s.XXXXXX", (int)(name - target), target, NAME_MAX - 8, name) < 0)
        return NULL;
    return temporary;
}

static int make_temporary(struct open_sink *open)
{
    sigset_t before;

    open->sink.temporary = temporary_name(open->target);
    if (!open->sink.temporary)
        return -1;
    list_lock(&before);
    if (install_cleaning() == 0)
        open->sink.fd = mkostemp(open->sink.temporary, O_CLOEXEC);
    int saved = errno;
    if (open->sink.fd >= 0) {
        open->listed = true;
        open->next = open_sinks;
        open_sinks = open;
    }
    list_unlock(&before);
    errno = saved;
    return open->sink.fd < 0 ? -1 : 0;
}

int sink_descriptor(const char *path)
{
    int number;
    int used = 0;

    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    if ((sscanf(path, "/dev/fd/%5d%n", &number, &used) == 1 ||
         sscanf(path, "/proc/self/fd/%5d%n", &number, &used) == 1) &&
        !path[used])
        return number;
    return -1;
}

/* Sets fd, or returns -1 with errno. */
static int open_path(struct open_sink *open, const char *path)
{
    int number = sink_descriptor(path);
    struct stat found;

    if (number >= 0) {
        open->sink.fd = fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        return open->sink.fd < 0 ? -1 : 0;
    }
    if (stat(path, &found) == 0) {
        if (!S_ISREG(found.st_mode)) {
            open->sink.fd = descriptor_open(path, O_WRONLY | O_NOCTTY);
            return open->sink.fd < 0 ? -1 : 0;
        }
        if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS)) /* a rename would replace a file that was protected */
            return -1;
    } else if (errno != ENOENT) {
        return -1;
    }
    open->target = follow_links(path);
    return open->target ? make_temporary(open) : -1;
}

int sink_open(struct sink **sink, const char *path, struct error *err)
{
    struct open_sink *open = calloc(1, sizeof *open);

    *sink = NULL;
    if (!open)
        return error_memory(err);
    open->sink.capacity = SINK_SIZE;
    open->sink.fd = -1;
    open->sink.data = malloc(SINK_SIZE);
    if (!open->sink.data) {
        free(open);
        return error_memory(err);
    }
    if (!path || strcmp(path, "-") == 0) {
        open->sink.fd = STDOUT_FILENO;
    } else {
        open->sink.path = path;
        open->sink.own_fd = true;
        if (open_path(open, path)) {
            if (errno == ENOMEM)
                error_memory(err);
            else
                fail(&open->sink, err);
            sink_free(&open->sink);
            return -1;
        }
    }
    *sink = &open->sink;
    return 0;
}

static int write_all(struct sink *sink, const char *data, size_t size, struct error *err)
{
    if (sink->tap && sink->tap(sink->tap_context, (struct slice){data, size}, err))
        return -1;
    if (descriptor_write(sink->fd, data, size) == 0)
        return 0;
    whole(sink)->failure = errno;
    return fail(sink, err);
}

int sink_flush(struct sink *sink, struct error *err)
{
    if (whole(sink)->failure) {
        errno = whole(sink)->failure;
        return fail(sink, err);
    }
    if (write_all(sink, sink->data, sink->len, err))
        return -1;
    sink->len = 0;
    return 0;
}

int sink_write(struct sink *sink, struct slice text, struct error *err)
{
    if (text.len > sink->capacity - sink->len) {
        if (sink_flush(sink, err))
            return -1;
        if (text.len > sink->capacity)
            return write_all(sink, text.ptr, text.len, err);
    }
    if (text.len)
        memcpy(sink->data + sink->len, text.ptr, text.len);
    sink->len += text.len;
    return 0;
}

/* The permissions of the file that is replaced, else what open(2) would give a new one. */
static mode_t final_mode(const char *target)
{
    struct stat replaced;

    if (stat(target, &replaced) == 0 && S_ISREG(replaced.st_mode))
        return replaced.st_mode & 0777;
    mode_t mask = umask(
        077); /* there is no way to ask without setting; in between, another thread's files are too private at worst */
    umask(mask);
    return 0666 & ~mask;
}

static int put_in_place(struct open_sink *open)
{
    sigset_t before;

    list_lock(&before);
    int result = rename(open->sink.temporary, open->target);
    int saved = errno;
    if (result == 0)
        unlist(open);
    list_unlock(&before);
    errno = saved;
    return result;
}

int sink_finish(struct sink *sink, struct error *err)
{
    struct open_sink *open = whole(sink);

    if (sink_flush(sink, err))
        return -1;
    /* A file system without permissions (FAT) refuses to change them; what it gives is all there is. */
    if (open->listed && fchmod(sink->fd, final_mode(open->target)) && errno != EPERM && errno != ENOTSUP)
        return fail(sink, err);
    int fd = sink->fd;
    sink->fd = -1;
    if (close(fd) && errno != EINTR) /* Linux: closed all the same */
        return fail(sink, err);
    if (open->listed && put_in_place(open))
        return fail(sink, err);
    return 0;
}

void sink_free(struct sink *sink)
{
    if (!sink)
        return;
    struct open_sink *open = whole(sink);
    if (sink->own_fd && sink->fd >= 0)
        close(sink->fd);
    if (open->listed) {
        sigset_t before;
        list_lock(&before);
        unlink(sink->temporary);
        unlist(open);
        list_unlock(&before);
    }
    free(open->target);
    free(sink->temporary);
    free(sink->data);
    free(open);
}

void sink_discard_all(void)
{
    sigset_t before;

    list_lock(&before);
    while (open_sinks) {
        unlink(open_sinks->sink.temporary);
        unlist(open_sinks);
    }
    list_unlock(&before);
}
