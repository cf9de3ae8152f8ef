/* Reads that give less than was asked for, as those of a pipe do: what comes out must not depend on it. */
#ifndef CRM_TESTS_FUZZ_READS_H
#define CRM_TESTS_FUZZ_READS_H

#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Bytes that a read gives at most; 0: as many as were asked for. The function stands before that of the C library. */
static size_t read_size;

ssize_t read(int descriptor, void *to, size_t size)
{
    return syscall(SYS_read, descriptor, to, read_size && size > read_size ? read_size : size);
}

#endif
