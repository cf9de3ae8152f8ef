/* What the driver and the preloaded library agree on: the kinds of calls that can fail, and a page of shared memory in
 * which the library counts them, so that the count outlives a crash.
 *
 * CRM_FAULT is KIND:N:MODE, the N-th call of the kind (from 1) being the first that is touched:
 *     once   it fails
 *     from   it and all later ones fail
 *     short  it and all later ones move one byte (read, write)
 *     eintr  it and every second later one fail with EINTR and do nothing (read, write, open)
 * CRM_FAULT_REPORT is a file of sizeof(struct fault_report) bytes. Calls of programs whose name does not begin with
 * "crm-", and calls before main(), are neither counted nor touched; nor are writes to standard error, or no message
 * could be seen. */
#ifndef CRM_TESTS_FAULT_H
#define CRM_TESTS_FAULT_H

#include <stdatomic.h>

enum fault_kind {
    FAULT_MALLOC, /* malloc calloc realloc reallocarray posix_memalign aligned_alloc memalign, and what libc builds on
                     them */
    FAULT_READ,
    FAULT_WRITE,
    FAULT_OPEN,
    FAULT_CLOSE,
    FAULT_RENAME,
    FAULT_CHMOD,
    FAULT_MKSTEMP,
    FAULT_THREAD,
    FAULT_KINDS
};

#define FAULT_NAMES                                                                         \
    {                                                                                       \
        "malloc", "read", "write", "open", "close", "rename", "fchmod", "mkstemp", "thread" \
    }

enum fault_mode { FAULT_ONCE, FAULT_FROM, FAULT_SHORT, FAULT_EINTR, FAULT_MODES };

#define FAULT_MODE_NAMES                 \
    {                                    \
        "once", "from", "short", "eintr" \
    }

struct fault_report {
    atomic_long calls[FAULT_KINDS];
    atomic_long programs; /* begun */
};

#endif
