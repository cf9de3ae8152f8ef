/* Descriptors: the one loop around write(2). */
#include "base/descriptor.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

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
