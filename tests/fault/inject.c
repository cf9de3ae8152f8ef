/* A library for LD_PRELOAD that makes chosen calls of a program fail: see fault.h.
 *
 * It stands before the C library's functions of the same names. Allocations go on to glibc's own second names
 * (__libc_malloc and its sisters), because dlsym() itself allocates; the others are looked up at their first call.
 * Calls inside the C library (fopen's open, fwrite's write) cannot be seen from here, except that its allocations can.
 */
#include "fault.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static const char *const kind_names[] = FAULT_NAMES;
static const char *const mode_names[] = FAULT_MODE_NAMES;

/* Set before `active`, not changed after it. */
static struct fault_report *report;
static int chosen_kind = -1;
static long chosen_call;
static enum fault_mode chosen_mode;
static atomic_bool active;

enum verdict { GO_ON, FAIL, ONE_BYTE };

/* Counts a call and says what is to become of it; errno is set for FAIL. */
static enum verdict judge(enum fault_kind kind, int error)
{
    if (!atomic_load(&active))
        return GO_ON;
    long call = atomic_fetch_add(&report->calls[kind], 1) + 1;
    if ((int)kind != chosen_kind || call < chosen_call || (chosen_mode == FAULT_ONCE && call != chosen_call) ||
        (chosen_mode == FAULT_EINTR && (call - chosen_call) % 2 != 0))
        return GO_ON;
    if (chosen_mode == FAULT_SHORT)
        return ONE_BYTE;
    errno = chosen_mode == FAULT_EINTR ? EINTR : error;
    return FAIL;
}

static int find(const char *const *names, int count, const char *name, size_t length)
{
    for (int i = 0; i < count; i++)
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return i;
    return -1;
}

static _Noreturn void refuse(const char *what)
{
    fprintf(stderr, "inject: %s\n", what);
    _exit(125);
}

static void choose(const char *text)
{
    size_t length = strcspn(text, ":");
    char *end;

    if (text[length] != ':')
        refuse("CRM_FAULT is not KIND:N:MODE");
    chosen_kind = find(kind_names, FAULT_KINDS, text, length);
    chosen_call = strtol(text + length + 1, &end, 10);
    int mode = *end == ':' ? find(mode_names, FAULT_MODES, end + 1, strlen(end + 1)) : -1;
    if (chosen_kind < 0 || chosen_call < 1 || mode < 0)
        refuse("CRM_FAULT names no kind, call or mode");
    chosen_mode = (enum fault_mode)mode;
}

static void begin(void)
{
    const char *path = getenv("CRM_FAULT_REPORT");
    const char *fault = getenv("CRM_FAULT");

    if (!path || strncmp(program_invocation_short_name, "crm-", 4) != 0)
        return;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    void *memory = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED)
        refuse("cannot map CRM_FAULT_REPORT");
    close(fd);
    report = memory;
    if (fault && *fault)
        choose(fault);
    atomic_fetch_add(&report->programs, 1);
    atomic_store(&active, true);
}

/* The real function of a hook. */
#define NEXT(name)                 \
    static __typeof__(name) *next; \
    if (!next)                     \
    next = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* main() is begun here, so that what the loader and constructors do before it is left alone. */
static int (*real_main)(int argc, char **argv, char **environment);

static int counted_main(int argc, char **argv, char **environment)
{
    begin();
    return real_main(argc, argv, environment);
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end);

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end)
{
    NEXT(__libc_start_main);
    real_main = main;
    return next(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}

/* The C library's headers name the parameters otherwise:
 * NOLINTBEGIN(readability-inconsistent-declaration-parameter-name) */

void *malloc(size_t size)
{
    return judge(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return judge(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return judge(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(old, total);
}

void *memalign(size_t alignment, size_t size);

void *memalign(size_t alignment, size_t size)
{
    return judge(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
    int saved = errno;
    void *memory = memalign(alignment, size);

    errno = saved; /* posix_memalign returns its error */
    if (!memory)
        return ENOMEM;
    *result = memory;
    return 0;
}

ssize_t read(int fd, void *buffer, size_t size)
{
    NEXT(read);
    enum verdict verdict = judge(FAULT_READ, EIO);
    return verdict == FAIL ? -1 : next(fd, buffer, verdict == ONE_BYTE && size ? 1 : size);
}

ssize_t pread(int fd, void *buffer, size_t size, off_t offset)
{
    NEXT(pread);
    enum verdict verdict = judge(FAULT_READ, EIO);
    return verdict == FAIL ? -1 : next(fd, buffer, verdict == ONE_BYTE && size ? 1 : size, offset);
}

/* What _FORTIFY_SOURCE makes of read() and pread(). */
ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room);
ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room)
{
    if (size > room)
        abort();
    return read(fd, buffer, size);
}

ssize_t __pread_chk(int fd, void *buffer, size_t size, off_t offset, size_t room);
ssize_t __pread_chk(int fd, void *buffer, size_t size, off_t offset, size_t room)
{
    if (size > room)
        abort();
    return pread(fd, buffer, size, offset);
}

ssize_t write(int fd, const void *buffer, size_t size)
{
    NEXT(write);
    enum verdict verdict = fd == STDERR_FILENO ? GO_ON : judge(FAULT_WRITE, ENOSPC);
    return verdict == FAIL ? -1 : next(fd, buffer, verdict == ONE_BYTE && size ? 1 : size);
}

ssize_t pwrite(int fd, const void *buffer, size_t size, off_t offset)
{
    NEXT(pwrite);
    enum verdict verdict = judge(FAULT_WRITE, ENOSPC);
    return verdict == FAIL ? -1 : next(fd, buffer, verdict == ONE_BYTE && size ? 1 : size, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    NEXT(writev);
    enum verdict verdict = fd == STDERR_FILENO ? GO_ON : judge(FAULT_WRITE, ENOSPC);
    if (verdict == ONE_BYTE)
        for (int i = 0; i < count; i++)
            if (parts[i].iov_len)
                return next(fd, &(struct iovec){parts[i].iov_base, 1}, 1);
    return verdict == FAIL ? -1 : next(fd, parts, count);
}

/* The mode is the third argument only where a file may be created. */
#define OPEN_MODE(flags)                   \
    mode_t mode = 0;                       \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list args;                      \
        va_start(args, flags);             \
        mode = va_arg(args, mode_t);       \
        va_end(args);                      \
    }

int open(const char *path, int flags, ...)
{
    NEXT(open);
    OPEN_MODE(flags)
    return judge(FAULT_OPEN, EMFILE) == FAIL ? -1 : next(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    NEXT(openat);
    OPEN_MODE(flags)
    return judge(FAULT_OPEN, EMFILE) == FAIL ? -1 : next(folder, path, flags, mode);
}

int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
    return open(path, flags);
}

int __openat_2(int folder, const char *path, int flags);
int __openat_2(int folder, const char *path, int flags)
{
    return openat(folder, path, flags);
}

FILE *fopen(const char *path, const char *mode)
{
    NEXT(fopen);
    return judge(FAULT_OPEN, EMFILE) == FAIL ? NULL : next(path, mode);
}

/* Linux closes the descriptor even when it reports an error. */
int close(int fd)
{
    NEXT(close);
    enum verdict verdict = judge(FAULT_CLOSE, EIO);
    int error = errno;
    int result = next(fd);
    if (verdict == FAIL) {
        errno = error;
        return -1;
    }
    return result;
}

int rename(const char *from, const char *to)
{
    NEXT(rename);
    return judge(FAULT_RENAME, EIO) == FAIL ? -1 : next(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    NEXT(renameat);
    return judge(FAULT_RENAME, EIO) == FAIL ? -1 : next(from_folder, from, to_folder, to);
}

int fchmod(int fd, mode_t mode)
{
    NEXT(fchmod);
    return judge(FAULT_CHMOD, EIO) == FAIL ? -1 : next(fd, mode);
}

int mkstemp(char *name)
{
    NEXT(mkstemp);
    return judge(FAULT_MKSTEMP, ENOSPC) == FAIL ? -1 : next(name);
}

int mkostemp(char *name, int flags)
{
    NEXT(mkostemp);
    return judge(FAULT_MKSTEMP, ENOSPC) == FAIL ? -1 : next(name, flags);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument)
{
    NEXT(pthread_create);
    return judge(FAULT_THREAD, EAGAIN) == FAIL ? EAGAIN : next(thread, attributes, start, argument);
}
