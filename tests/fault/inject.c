/* A library for LD_PRELOAD that makes chosen calls of a program fail: see fault.h.
 *
 * It stands before the C library's functions of the same names. Allocations go on to glibc's own second names
 * (__libc_malloc and its sisters), because dlsym() itself allocates; the others are looked up at their first call.
 * Calls inside the C library (fopen's open, fwrite's write) cannot be seen from here, except that its allocations can.
 */
#include "inject.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static const char *const kind_names[] = FAULT_NAMES;
static const char *const mode_names[] = FAULT_MODE_NAMES;
enum { ANY = FAULT_KINDS };

/* Set before `active`, not changed after it. */
static struct fault_report *report;
static int chosen_kind = -1;
static long chosen_call;
static enum fault_mode chosen_mode;
static bool refuse_nameless;
static atomic_bool active;

/* Notes who made a call that is touched. */
static void touch(const void *caller)
{
    Dl_info found;

    atomic_fetch_add(&report->touched, 1);
    if (!dladdr(caller, &found) || !found.dli_fname)
        return;
    const char *slash = strrchr(found.dli_fname, '/');
    const char *name = slash ? slash + 1 : found.dli_fname;
    const size_t length = strnlen(name, sizeof report->toucher - 1);
    memcpy(report->toucher, name, length);
    report->toucher[length] = '\0';
}

static void raise_at(long call, const void *caller)
{
    static const int signals[] = FAULT_SIGNALS;

    if (call != chosen_call)
        return;
    touch(caller);
    raise(signals[chosen_mode - FAULT_KILL]);
}

enum verdict judge_call(enum fault_kind kind, int error, const void *caller)
{
    if (!atomic_load(&active))
        return GO_ON;
    long call = atomic_fetch_add(&report->calls[kind], 1) + 1;
    const long among_all = kind == FAULT_MALLOC ? 0 : atomic_fetch_add(&report->any, 1) + 1;

    if (chosen_kind == ANY)
        call = among_all;
    else if ((int)kind != chosen_kind)
        return GO_ON;
    if (chosen_mode >= FAULT_KILL) {
        raise_at(call, caller);
        return GO_ON;
    }
    if (chosen_mode == FAULT_FULL || chosen_mode == FAULT_LIMIT || call == 0 || call < chosen_call ||
        (chosen_mode == FAULT_ONCE && call != chosen_call) ||
        (chosen_mode == FAULT_EINTR && (call - chosen_call) % 2 != 0))
        return GO_ON;
    touch(caller);
    if (chosen_mode == FAULT_SHORT)
        return PART;
    errno = chosen_mode == FAULT_EINTR ? EINTR : error;
    return FAIL;
}

enum verdict judge_write(size_t *size, const void *caller)
{
    enum verdict verdict = judge_call(FAULT_WRITE, ENOSPC, caller);

    if (!atomic_load(&active))
        return GO_ON;
    const long before = atomic_fetch_add(&report->bytes, (long)*size);
    if (verdict == PART && *size)
        *size = 1;
    if (chosen_kind != FAULT_WRITE || (chosen_mode != FAULT_FULL && chosen_mode != FAULT_LIMIT) || !*size ||
        before + (long)*size <= chosen_call)
        return verdict;
    touch(caller);
    if (before < chosen_call) {
        *size = (size_t)(chosen_call - before);
        return PART;
    }
    if (chosen_mode == FAULT_LIMIT)
        raise(SIGXFSZ);
    errno = chosen_mode == FAULT_LIMIT ? EFBIG : ENOSPC;
    return FAIL;
}

bool was_interrupted(void)
{
    return chosen_mode == FAULT_EINTR;
}

bool nameless_refused(void)
{
    return atomic_load(&active) && refuse_nameless;
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
    chosen_kind = length == 3 && memcmp(text, "any", 3) == 0 ? ANY : find(kind_names, FAULT_KINDS, text, length);
    chosen_call = strtol(text + length + 1, &end, 10);
    int mode = *end == ':' ? find(mode_names, FAULT_MODES, end + 1, strlen(end + 1)) : -1;
    if (chosen_kind < 0 || chosen_call < 0 || mode < 0)
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
    refuse_nameless = getenv("CRM_FAULT_NAMED") != NULL;
    if (fault && *fault)
        choose(fault);
    atomic_fetch_add(&report->programs, 1);
    atomic_store(&active, true);
}

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
    return JUDGE(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return JUDGE(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return JUDGE(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total)) {
        errno = ENOMEM;
        return NULL;
    }
    return JUDGE(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_realloc(old, total);
}

void *memalign(size_t alignment, size_t size);

void *memalign(size_t alignment, size_t size)
{
    return JUDGE(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return JUDGE(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
    int saved = errno;
    void *memory = JUDGE(FAULT_MALLOC, ENOMEM) == FAIL ? NULL : __libc_memalign(alignment, size);

    errno = saved; /* posix_memalign returns its error */
    if (!memory)
        return ENOMEM;
    *result = memory;
    return 0;
}

/* A mapping of a file that cannot be read back is one of an empty file: whoever looks at it gets SIGBUS. */
static void *lose(__typeof__(mmap) *map, void *at, size_t size, int protection, int flags)
{
    int empty = memfd_create("lost", MFD_CLOEXEC);

    if (at == MAP_FAILED || empty < 0)
        return at;
    at = map(at, size, protection, flags | MAP_FIXED, empty, 0);
    close(empty);
    return at;
}

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    NEXT(mmap);
    const enum verdict verdict = JUDGE(FAULT_MAP, ENOMEM);
    if (verdict == FAIL)
        return MAP_FAILED;
    void *result = next(at, size, protection, flags, fd, offset);
    return verdict == PART && fd >= 0 ? lose(next, result, size, protection, flags) : result;
}

void *mremap(void *old, size_t old_size, size_t size, int flags, ...)
{
    NEXT(mremap);
    void *at = NULL;

    if (flags & MREMAP_FIXED) {
        va_list args;
        va_start(args, flags);
        at = va_arg(args, void *);
        va_end(args);
    }
    return JUDGE(FAULT_MAP, ENOMEM) == FAIL ? MAP_FAILED : next(old, old_size, size, flags, at);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument)
{
    NEXT(pthread_create);
    return JUDGE(FAULT_THREAD, EAGAIN) == FAIL ? EAGAIN : next(thread, attributes, start, argument);
}

int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
    NEXT(sched_getaffinity);
    return JUDGE(FAULT_THREAD, EINVAL) == FAIL ? -1 : next(pid, size, set);
}

ssize_t getrandom(void *buffer, size_t size, unsigned flags)
{
    NEXT(getrandom);
    return JUDGE(FAULT_RANDOM, EIO) == FAIL ? -1 : next(buffer, size, flags);
}

int __cxa_atexit(void (*function)(void *), void *argument, void *library);
int __cxa_atexit(void (*function)(void *), void *argument, void *library)
{
    NEXT(__cxa_atexit);
    return JUDGE(FAULT_ATEXIT, ENOMEM) == FAIL ? -1 : next(function, argument, library);
}

/* What dlerror() says is that of a library that is not there. */
void *dlopen(const char *file, int flags)
{
    NEXT(dlopen);
    return next(JUDGE(FAULT_LOAD, ENOENT) == FAIL ? "/nonexistent/library.so" : file, flags);
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
