/* A seccomp filter, seccomp(2): a list of calls that fail. A list of calls that are allowed would have to follow every
 * version of the C library and of all others. Calls by way of another processor's numbers are refused as a whole. */
#include "base/confine.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define PROCESSOR AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define PROCESSOR AUDIT_ARCH_AARCH64
#endif

#ifdef PROCESSOR
#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define FAIL(number) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (number))
#define FORBID(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), FAIL(EPERM)
#define OTHER_NUMBERS 0x40000000 /* x86-64: calls of its ABI with short pointers begin here */

bool confine(void)
{
    static const struct sock_filter filter[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PROCESSOR, 1, 0),
        FAIL(ENOSYS),
        LOAD(nr),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_NUMBERS, 0, 1),
        FAIL(ENOSYS),
        FORBID(SYS_socket),
        FORBID(SYS_socketpair),
        FORBID(SYS_connect),
        FORBID(SYS_bind),
        FORBID(SYS_listen),
        FORBID(SYS_accept),
        FORBID(SYS_accept4),
        FORBID(SYS_io_uring_setup), /* does what the others do */
        FORBID(SYS_execve),
        FORBID(SYS_execveat),
        FORBID(SYS_process_vm_readv),
        FORBID(SYS_process_vm_writev),
        FORBID(SYS_bpf),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {sizeof filter / sizeof *filter, (struct sock_filter *)(void *)filter};

    /* Without SPEC_ALLOW some kernels make the whole program slower, against attacks that need a foreign program in it.
     */
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program) == 0;
}
#else
bool confine(void)
{
    return false;
}
#endif
