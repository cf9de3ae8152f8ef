/* Transcode: text in another encoding becomes UTF-8, by iconv(3).
 *
 * What cannot be decoded is never dropped or replaced by something readable: it becomes the byte TRANSCODE_BAD, which
 * is in no UTF-8 text, so that whoever checks the text finds it, and the record is bad. */
#ifndef CRM_STREAM_TRANSCODE_H
#define CRM_STREAM_TRANSCODE_H

#include "stream/bytes.h"

#define TRANSCODE_BAD '\xff'

struct transcode;

/* The encoding that a byte order mark at the start of the text tells (UTF-16 or UTF-32, either order) and its length,
 * or NULL: none, or that of UTF-8, which needs no decoding. The first TRANSCODE_MARK bytes are enough. The mark of
 * UTF-16 in front of what can only be UTF-32, as some programs write it, is one of UTF-32. */
#define TRANSCODE_MARK 10
const char *transcode_recognise(struct slice start, size_t *mark);

/* encoding: a name iconv knows. start: the bytes read so far, at most 16; copied. -1: STATUS_USAGE, no such encoding;
 * or out of memory. */
int transcode_new(struct transcode **transcode, const char *encoding, struct slice start, struct error *err);
void transcode_free(struct transcode *transcode);

/* UTF-8: at least one byte, 0 at the end, -1. size >= TRANSCODE_ROOM. */
#define TRANSCODE_ROOM 16
ssize_t transcode_more(struct transcode *transcode, char *to, size_t size, byte_read *read, void *context,
                       struct error *err);

#endif
