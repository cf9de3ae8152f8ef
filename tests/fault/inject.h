/* Judging calls, between the hooks of inject.c (memory, threads) and inject_files.c (all that has to do with files). */
#ifndef CRM_TESTS_INJECT_H
#define CRM_TESTS_INJECT_H

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "fault.h"

enum verdict { GO_ON, FAIL, PART };

/* Counts a call that `caller` made, and says what is to become of it; errno is set for FAIL. PART is one byte. */
enum verdict judge_call(enum fault_kind kind, int error, const void *caller);

/* The same of writing *size bytes, which are cut for PART. */
enum verdict judge_write(size_t *size, const void *caller);

/* Whether the call failed by way of being interrupted. */
bool was_interrupted(void);

/* Whether files without a name can be made. */
bool nameless_refused(void);

#define JUDGE(kind, error) judge_call(kind, error, __builtin_return_address(0))

/* The real function of a hook. */
#define NEXT(name)                 \
    static __typeof__(name) *next; \
    if (!next)                     \
    next = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#endif
