/* Descriptors: the loops around open(2), write(2) and pread(2). */
#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

int descriptor_open(const char *path, int flags)
{
    int fd;

    do
        fd = open(path, flags | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    return fd;
}

int descriptor_write(int fd, const char *data, size_t size)
{
    while (size) {
        ssize_t written = write(fd, data, size);
        if (written > 0) {
            data += written;
            size -= (size_t)written;
        } else if (written < 0 && errno == EAGAIN) {
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            poll(&ready, 1, -1);
        } else if (written == 0 || errno != EINTR) {
            if (written == 0)
                errno = EIO;
            return -1;
        }
    }
    return 0;
}

ssize_t descriptor_read_at(int fd, char *to, size_t size, off_t offset)
{
    size_t taken = 0;

    while (taken < size) {
        ssize_t got = pread(fd, to + taken, size - taken, offset + (off_t)taken);
        if (got == 0)
            break;
        if (got > 0)
            taken += (size_t)got;
        else if (errno != EINTR)
            return -1;
    }
    return (ssize_t)taken;
}
