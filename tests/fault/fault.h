/* What the driver and the preloaded library agree on: the kinds of calls that can fail, and a page of shared memory in
 * which the library counts them, so that the count outlives a crash.
 *
 * CRM_FAULT is KIND:N:MODE, the N-th call of the kind (from 1) being the first that is touched; KIND may be "any",
 * which counts all calls but allocations: once   it fails from   it and all later ones fail short  it and all later
 * ones move one byte (read, write) eintr  it and every second later one fail with EINTR and do nothing (read, write,
 * open); a close is done first kill term int hup quit pipe xcpu   the signal is raised before the call, which is then
 * done full   N is a number of bytes: so many can be written to all files together, then the disk is full (write) limit
 * likewise, then as past RLIMIT_FSIZE: SIGXFSZ, and EFBIG where that does not end the program (write) CRM_FAULT_REPORT
 * is a file of sizeof(struct fault_report) bytes. Calls of programs whose name does not begin with "crm-", and calls
 * before main(), are neither counted nor touched; nor are writes to standard error, or no message could be seen. With
 * CRM_FAULT_NAMED in the environment there are no files without a name (O_TMPFILE). */
#ifndef CRM_TESTS_FAULT_H
#define CRM_TESTS_FAULT_H

#include <stdatomic.h>

enum fault_kind {
    FAULT_MALLOC, /* malloc calloc realloc reallocarray posix_memalign aligned_alloc memalign, and what libc builds on
                     them */
    FAULT_MAP,    /* mmap mremap */
    FAULT_READ,   /* read pread readv fread */
    FAULT_WRITE,  /* write pwrite writev, fflush of standard output */
    FAULT_OPEN,   /* open openat fopen fdopen opendir */
    FAULT_CLOSE,  /* close fclose */
    FAULT_DUP,    /* dup, fcntl with F_DUPFD and F_DUPFD_CLOEXEC */
    FAULT_SEEK,   /* lseek fseeko ftello ftruncate */
    FAULT_SYNC,   /* fsync fdatasync */
    FAULT_STAT,   /* stat fstat lstat fstatat access faccessat readlink realpath */
    FAULT_RENAME, /* rename renameat linkat */
    FAULT_UNLINK,
    FAULT_CHMOD, /* fchmod */
    FAULT_MKSTEMP,
    FAULT_THREAD, /* pthread_create sched_getaffinity */
    FAULT_LOAD,   /* dlopen */
    FAULT_ATEXIT,
    FAULT_RANDOM, /* getrandom */
    FAULT_KINDS
};

#define FAULT_NAMES                                                                                             \
    {                                                                                                           \
        "malloc", "mmap", "read", "write", "open", "close", "dup", "seek", "fsync", "stat", "rename", "unlink", \
            "fchmod", "mkstemp", "thread", "dlopen", "atexit", "getrandom"                                      \
    }

enum fault_mode {
    FAULT_ONCE,
    FAULT_FROM,
    FAULT_SHORT,
    FAULT_EINTR,
    FAULT_FULL,
    FAULT_LIMIT,
    FAULT_KILL, /* this and the following: signals, in the order of FAULT_SIGNALS */
    FAULT_TERM,
    FAULT_INT,
    FAULT_HUP,
    FAULT_QUIT,
    FAULT_PIPE,
    FAULT_XCPU,
    FAULT_MODES
};

#define FAULT_MODE_NAMES                                                                                        \
    {                                                                                                           \
        "once", "from", "short", "eintr", "full", "limit", "kill", "term", "int", "hup", "quit", "pipe", "xcpu" \
    }

#define FAULT_SIGNALS                                               \
    {                                                               \
        SIGKILL, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU \
    }

struct fault_report {
    atomic_long calls[FAULT_KINDS];
    atomic_long any;      /* calls of all kinds but allocations */
    atomic_long bytes;    /* that were to be written */
    atomic_long programs; /* begun */
    atomic_long touched;  /* calls that were touched */
    char toucher[64];     /* the file name of the program or library that made the last of these */
};

#endif
