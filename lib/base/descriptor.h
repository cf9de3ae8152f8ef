/* Descriptors: opening, and writing and reading all of something. */
#ifndef CRM_BASE_DESCRIPTOR_H
#define CRM_BASE_DESCRIPTOR_H

#include <stddef.h>
#include <sys/types.h>

/* open(2) of what is there, to be closed on exec; again after a signal. -1 with errno. */
int descriptor_open(const char *path, int flags);

/* Writes all bytes, whatever a write(2) takes, also after a signal and to a descriptor that somebody who shares it made
 * non-blocking. -1 with errno. */
int descriptor_write(int fd, const char *data, size_t size);

/* Reads size bytes from offset, or as many as there are, whatever a pread(2) gives, also after a signal. How many; -1
 * with errno. */
ssize_t descriptor_read_at(int fd, char *to, size_t size, off_t offset);

#endif
