/* Gunzip. zlib knows single members; files made by appending or by block compressors have many, one behind the other.
 */
#include "stream/gunzip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define INPUT ((size_t)64 << 10)

struct gunzip {
    z_stream stream;
    bool member_ended;
    bool damaged; /* nothing more can be unpacked */
    unsigned char input[INPUT];
};

bool gunzip_recognise(struct slice start)
{
    return start.len >= 2 && (unsigned char)start.ptr[0] == 0x1f && (unsigned char)start.ptr[1] == 0x8b;
}

int gunzip_new(struct gunzip **out, struct slice start, struct error *err)
{
    enum { GZIP = 16 }; /* inflateInit2: a gzip header, no zlib one */
    struct gunzip *gunzip = start.len > INPUT ? NULL : calloc(1, sizeof *gunzip);

    if (!gunzip)
        return error_memory(err);
    if (start.len)
        memcpy(gunzip->input, start.ptr, start.len);
    gunzip->stream.next_in = gunzip->input;
    gunzip->stream.avail_in = (uInt)start.len;
    if (inflateInit2(&gunzip->stream, MAX_WBITS + GZIP) != Z_OK) {
        free(gunzip);
        return error_memory(err);
    }
    *out = gunzip;
    return 0;
}

void gunzip_free(struct gunzip *gunzip)
{
    if (!gunzip)
        return;
    inflateEnd(&gunzip->stream);
    free(gunzip);
}

/* 1: there is input; 0: there is no more; -1. */
static int fill(struct gunzip *gunzip, byte_read *read, void *context, struct error *err)
{
    if (gunzip->stream.avail_in)
        return 1;
    ssize_t got = read(context, (char *)gunzip->input, INPUT, err);
    gunzip->stream.next_in = gunzip->input;
    gunzip->stream.avail_in = got > 0 ? (uInt)got : 0;
    return got < 0 ? -1 : got > 0;
}

/* Between members: zeros that pad a block are passed over; another member begins, or the data ends. 1, 0, -1. */
static int next_member(struct gunzip *gunzip, byte_read *read, void *context, const char *name, struct error *err)
{
    for (;;) {
        int more = fill(gunzip, read, context, err);
        if (more <= 0)
            return more;
        if (*gunzip->stream.next_in != 0)
            break;
        gunzip->stream.next_in++;
        gunzip->stream.avail_in--;
    }
    if (*gunzip->stream.next_in != 0x1f)
        return error_set(err, STATUS_DATA, "%s: there is something behind the compressed data", name);
    inflateReset(&gunzip->stream);
    gunzip->member_ended = false;
    return 1;
}

/* What was unpacked before the damage is given first, so that it does not depend on the size of a read. */
static ssize_t damaged(struct gunzip *gunzip, size_t unpacked, const char *name, struct error *err)
{
    gunzip->damaged = true;
    if (unpacked)
        return (ssize_t)unpacked;
    return error_set(err, STATUS_DATA, "%s: the compressed data is damaged: %s", name,
                     gunzip->stream.msg ? gunzip->stream.msg : "inflate");
}

ssize_t gunzip_more(struct gunzip *gunzip, char *to, size_t size, byte_read *read, void *context, const char *name,
                    struct error *err)
{
    z_stream *stream = &gunzip->stream;

    stream->next_out = (unsigned char *)to;
    stream->avail_out = (uInt)size;
    if (gunzip->damaged)
        return damaged(gunzip, 0, name, err);
    while (stream->avail_out == size) {
        if (gunzip->member_ended) {
            int more = next_member(gunzip, read, context, name, err);
            if (more <= 0)
                return more;
        }
        int more = fill(gunzip, read, context, err);
        if (more < 0)
            return -1;
        if (more == 0)
            return error_set(err, STATUS_DATA, "%s: the compressed data is cut off", name);
        switch (inflate(stream, Z_NO_FLUSH)) {
        case Z_STREAM_END:
            gunzip->member_ended = true;
            break;
        case Z_OK:
            break;
        case Z_MEM_ERROR:
            return error_memory(err);
        default:
            return damaged(gunzip, size - stream->avail_out, name, err);
        }
    }
    return (ssize_t)(size - stream->avail_out);
}
