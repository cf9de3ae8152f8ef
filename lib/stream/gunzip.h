/* Gunzip: the contents of gzip data (RFC 1952), member after member, by zlib. */
#ifndef CRM_STREAM_GUNZIP_H
#define CRM_STREAM_GUNZIP_H

#include <stdbool.h>
#include "stream/bytes.h"

struct gunzip;

/* Whether the bytes at the start of a file say that it is gzip. */
bool gunzip_recognise(struct slice start);

/* start: the compressed bytes read so far; copied. */
int gunzip_new(struct gunzip **gunzip, struct slice start, struct error *err);
void gunzip_free(struct gunzip *gunzip);

/* Contents: at least one byte, 0 at the end, -1. Data that is damaged, cut off, or followed by something else is an
 * error (STATUS_DATA) that begins with name. */
ssize_t gunzip_more(struct gunzip *gunzip, char *to, size_t size, byte_read *read, void *context, const char *name,
                    struct error *err);

#endif
