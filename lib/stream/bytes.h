/* Bytes: how a stage of an input gets them from the one below. */
#ifndef CRM_STREAM_BYTES_H
#define CRM_STREAM_BYTES_H

#include <sys/types.h>

#include "base/error.h"

/* As read(2): at least one byte, 0 at the end, -1 with the error said. */
typedef ssize_t byte_read(void *context, char *to, size_t size, struct error *err);

#endif
