/* Descriptors: writing all of something. */
#ifndef CRM_BASE_DESCRIPTOR_H
#define CRM_BASE_DESCRIPTOR_H

#include <stddef.h>

/* Writes all bytes, whatever a write(2) takes, also after a signal and to a descriptor that somebody who shares it made
 * non-blocking. -1 with errno. */
int descriptor_write(int fd, const char *data, size_t size);

#endif
