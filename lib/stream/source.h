/* Source: the bytes of one input, in big blocks. A file or pipe that holds gzip data gives what was compressed, and
 * text in another encoding, which is told or has the byte order mark of UTF-16 or UTF-32, gives UTF-8.
 *
 * A source shows a window of bytes, [data + begin, data + end). Whoever reads takes bytes by moving `begin` forward,
 * and calls source_more() for more; what was not taken stays, but moves. Behind the window there are always
 * SOURCE_PADDING readable bytes, so that a vector load may run past its end. */
#ifndef CRM_STREAM_SOURCE_H
#define CRM_STREAM_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "stream/bytes.h"

#define SOURCE_BLOCK ((size_t)256 << 10) /* bytes asked for at a time */
#define SOURCE_PADDING 64

struct gunzip;
struct transcode;

/* Finds out what the input is written in from its first SOURCE_SAMPLE bytes, decompressed, or fewer when that is all of
 * it: *encoding is a name that iconv(3) knows and that lasts as long as the context, or NULL when nothing is to be
 * decoded. 0, or -1. */
#define SOURCE_SAMPLE ((size_t)1 << 20)
typedef int source_detect(void *context, struct slice sample, bool whole, const char **encoding, struct error *err);

struct source {
    char *data; /* owned */
    size_t begin;
    size_t end;
    size_t capacity; /* without the padding */
    bool ended;      /* no more bytes will come */
    bool failed;     /* so is `failure`, whenever more are asked for */
    struct error failure;
    uint64_t bytes_read;         /* so far, from the file, compressed or not */
    uint64_t bytes_size;         /* of the whole file; 0 when it cannot be known (a pipe) */
    uint64_t shown;              /* bytes of the contents that were in the window so far, those there now included */
    size_t read_size;            /* bytes a read(2) asks for at most; for tests */
    int fd;                      /* -1: memory */
    bool own_fd;                 /* opened here: to be closed here */
    bool kept;                   /* fd is the copy of a pipe that source_keep() made */
    bool seekable;               /* a regular file: source_rewind() works */
    bool examined;               /* it is known what the input is */
    const char *encoding;        /* of the input, set before it is read; NULL: UTF-8, or what a byte order mark says */
    const char *decoded;         /* what the input is decoded from; NULL: it is UTF-8 */
    source_detect *detect;       /* asked unless a byte order mark says it; wins over encoding; NULL: nobody is asked */
    void *detect_context;        /* borrowed */
    struct buffer ahead;         /* bytes that were read to be looked at, before they are decoded */
    size_t ahead_taken;          /* of these */
    struct gunzip *gunzip;       /* owned; NULL: it is not compressed */
    struct transcode *transcode; /* owned; NULL: it is UTF-8 */
    int64_t start;               /* the file's offset when it was opened */
    const char *name;            /* as messages say it: the path, or "standard input" */
};

/* path "-" is standard input; path must outlive the source. */
int source_open(struct source **source, const char *path, struct error *err);
/* A source over a copy of text. name must outlive it. */
int source_memory(struct source **source, struct slice text, const char *name, struct error *err);
void source_free(struct source *source);

/* Adds at least one byte to the window. 1, or 0 at the end of the input, or -1. */
int source_more(struct source *source, struct error *err);

/* Fills the window up to size bytes or the end of the input, whichever is first; takes nothing. */
int source_peek(struct source *source, size_t size, struct error *err);

/* Takes at most size bytes of the contents: at least one, 0 at the end, -1 (bytes.h). */
ssize_t source_read(void *source, char *to, size_t size, struct error *err);

/* Hands the first `size` bytes of the window over to `stretch`, which becomes a source in memory that holds nothing
 * else. All zero is a good start for it; it may be used again and again, and is ended by source_drop(). */
int source_hand_over(struct source *source, size_t size, struct source *stretch, struct error *err);
/* Puts bytes that were handed over back in front of the window. */
int source_put_back(struct source *source, struct slice bytes, struct error *err);
void source_drop(struct source *stretch);

/* Where in the contents, decompressed and in UTF-8, what stands in the window begins: `at` points into it, or to what
 * was taken last. false: it points elsewhere. */
bool source_offset(const struct source *source, const char *at, uint64_t *offset);

/* Makes source_rewind() possible: a pipe's bytes, those in the window first, are copied to an unlinked temporary file
 * (in $TMPDIR, else /tmp, mode 0600). Nothing may have been taken yet. A regular file costs nothing. */
int source_keep(struct source *source, struct error *err);
/* Back to the first byte; only after source_keep(). */
int source_rewind(struct source *source, struct error *err);

/* Copies the bytes that have not been taken, decompressed but not decoded, to an unlinked temporary file, so that it
 * can be read anywhere. For a regular file that is not compressed, *fd is its own descriptor and nothing is copied.
 * Nothing may have been taken. 0, with *own whether the caller has to close *fd; or -1. */
int source_unpack(struct source *source, int *fd, bool *own, struct error *err);

/* From now on the contents are those of fd, a temporary file in UTF-8 that is read from its beginning. fd is taken
 * over. */
int source_replace(struct source *source, int fd, struct error *err);

/* An unlinked temporary file, mode 0600, in $TMPDIR, else /tmp. The descriptor, or -1. */
int source_temporary(struct error *err);

/* Why what begins so is not read: "is compressed (xz); unpack it first: xzcat"; NULL: nothing speaks against it. */
const char *source_refusal(struct slice start);

/* Drops a UTF-8 byte order mark at the start; refuses data compressed otherwise, and spreadsheets, saying what to do.
 * Nothing may have been taken. */
int source_check_start(struct source *source, struct error *err);

#endif
