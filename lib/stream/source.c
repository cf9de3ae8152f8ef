/* Source: blocks of bytes from a file, a pipe or memory.
 *
 * The window grows only when a single record does not fit; otherwise the bytes left over are moved to the front before
 * the next read(2), so that memory stays at a few blocks. */
#include "stream/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "stream/gunzip.h"
#include "stream/transcode.h"

static int reserve(struct source *source, size_t capacity, struct error *err)
{
    if (capacity <= source->capacity)
        return 0;
    char *data = realloc(source->data, capacity + SOURCE_PADDING);
    if (!data)
        return error_memory(err);
    memset(data + capacity, 0, SOURCE_PADDING);
    source->data = data;
    source->capacity = capacity;
    return 0;
}

static void measure(struct source *source)
{
    struct stat status;

    if (fstat(source->fd, &status) == 0 && S_ISREG(status.st_mode)) {
        off_t at = lseek(source->fd, 0, SEEK_CUR);
        source->start = at < 0 ? 0 : at;
        source->seekable = at >= 0;
        if (status.st_size > source->start)
            source->bytes_size = (uint64_t)(status.st_size - source->start);
    }
}

int source_open(struct source **out, const char *path, struct error *err)
{
    bool standard = strcmp(path, "-") == 0;
    struct source *source = calloc(1, sizeof *source);

    if (!source)
        return error_memory(err);
    source->name = standard ? "standard input" : path;
    source->read_size = SOURCE_BLOCK;
    source->fd = standard ? STDIN_FILENO : descriptor_open(path, O_RDONLY);
    source->own_fd = !standard;
    if (source->fd < 0) {
        error_errno(err, "%s", path);
        free(source);
        return -1;
    }
    measure(source);
    *out = source;
    return 0;
}

int source_memory(struct source **out, struct slice text, const char *name, struct error *err)
{
    struct source *source = calloc(1, sizeof *source);

    if (!source || reserve(source, text.len ? text.len : 1, err)) {
        free(source);
        return error_memory(err);
    }
    if (text.len)
        memcpy(source->data, text.ptr, text.len);
    source->end = text.len;
    source->shown = text.len;
    source->bytes_read = source->bytes_size = text.len;
    source->fd = -1;
    source->name = name;
    source->ended = true;
    *out = source;
    return 0;
}

static void free_stages(struct source *source)
{
    gunzip_free(source->gunzip);
    transcode_free(source->transcode);
    source->gunzip = NULL;
    source->transcode = NULL;
}

void source_free(struct source *source)
{
    if (!source)
        return;
    if (source->own_fd && source->fd >= 0)
        close(source->fd); /* only read from: nothing to lose */
    free_stages(source);
    buffer_fini(&source->ahead);
    free(source->data);
    free(source);
}

static ssize_t read_some(struct source *source, char *to, size_t size, struct error *err)
{
    ssize_t got;

    do
        got = read(source->fd, to, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return error_errno(err, "%s", source->name);
    source->bytes_read += (uint64_t)got;
    return got;
}

static ssize_t read_raw(void *context, char *to, size_t size, struct error *err)
{
    struct source *source = context;

    return read_some(source, to, size < source->read_size ? size : source->read_size, err);
}

/* Decompressed if need be. */
static ssize_t read_unpacked(void *context, char *to, size_t size, struct error *err)
{
    struct source *source = context;
    size_t ahead = source->ahead.len - source->ahead_taken;

    if (ahead) {
        size = size < ahead ? size : ahead;
        memcpy(to, source->ahead.data + source->ahead_taken, size);
        source->ahead_taken += size;
        if (size == ahead) {
            buffer_fini(&source->ahead);
            source->ahead_taken = 0;
        }
        return (ssize_t)size;
    }
    if (source->gunzip)
        return gunzip_more(source->gunzip, to, size, read_raw, source, source->name, err);
    return read_raw(source, to, size, err);
}

/* The contents: decompressed and in UTF-8. */
static ssize_t read_contents(void *context, char *to, size_t size, struct error *err)
{
    struct source *source = context;

    if (source->transcode)
        return transcode_more(source->transcode, to, size, read_unpacked, source, err);
    return read_unpacked(source, to, size, err);
}

/* Reads until there are size bytes at `to`, of which *len are there, or no more. */
static int read_up_to(struct source *source, byte_read *read, char *to, size_t size, size_t *len, struct error *err)
{
    while (*len < size) {
        ssize_t got = read(source, to + *len, size - *len, err);
        if (got <= 0)
            return (int)got;
        *len += (size_t)got;
    }
    return 0;
}

/* Reads ahead, for whoever finds out the encoding. */
static int detect(struct source *source, struct slice start, struct error *err)
{
    size_t len = start.len;

    buffer_fini(&source->ahead);
    buffer_init(&source->ahead);
    if (buffer_append(&source->ahead, start) || buffer_reserve(&source->ahead, SOURCE_SAMPLE))
        return error_memory(err);
    source->ahead.len = 0; /* hidden from read_unpacked() while it fills */
    source->ahead_taken = 0;
    if (read_up_to(source, read_unpacked, source->ahead.data, SOURCE_SAMPLE, &len, err))
        return -1;
    source->ahead.len = len;
    return source->detect(source->detect_context, buffer_slice(&source->ahead), len < SOURCE_SAMPLE, &source->decoded,
                          err);
}

/* Looks at the first bytes: what the input is, and so which stages it goes through. They are then part of the contents,
 * or what a stage begins with. */
static int examine(struct source *source, struct error *err)
{
    char start[TRANSCODE_MARK];
    size_t len = 0;
    size_t mark = 0;

    source->examined = true;
    if (reserve(source, SOURCE_BLOCK * 2, err) || read_up_to(source, read_raw, start, 2, &len, err))
        return -1;
    if (gunzip_recognise((struct slice){start, len})) {
        if (gunzip_new(&source->gunzip, (struct slice){start, len}, err))
            return -1;
        len = 0;
    }
    if (read_up_to(source, read_unpacked, start, sizeof start, &len, err))
        return -1;
    source->decoded = source->encoding ? source->encoding : transcode_recognise((struct slice){start, len}, &mark);
    if (source->detect && mark == 0) {
        if (detect(source, (struct slice){start, len}, err))
            return -1;
        return source->decoded ? transcode_new(&source->transcode, source->decoded, SLICE(""), err) : 0;
    }
    if (source->decoded)
        return transcode_new(&source->transcode, source->decoded, (struct slice){start + mark, len - mark}, err);
    memcpy(source->data, start, len);
    source->begin = 0;
    source->end = len;
    source->shown = len;
    return 0;
}

static int read_more(struct source *source, struct error *err)
{
    /* a decoded character may need more room than the bytes of a read */
    size_t room = source->read_size < TRANSCODE_ROOM ? TRANSCODE_ROOM : source->read_size;

    if (source->ended)
        return 0;
    bool first = !source->examined;
    if (first && examine(source, err))
        return -1;
    if (source->begin == source->end)
        source->begin = source->end = 0;
    if (source->capacity - source->end < room && source->begin > 0) {
        memmove(source->data, source->data + source->begin, source->end - source->begin);
        source->end -= source->begin;
        source->begin = 0;
    }
    if (source->capacity - source->end < room) {
        size_t wanted = source->capacity ? source->capacity * 2 : SOURCE_BLOCK * 2;
        if (wanted - source->end < room)
            wanted = source->end + room;
        if (reserve(source, wanted, err))
            return -1;
    }
    ssize_t got = read_contents(source, source->data + source->end, room, err);
    if (got < 0)
        return -1;
    if (got == 0)
        source->ended = true;
    source->end += (size_t)got;
    source->shown += (uint64_t)got;
    return got > 0 || (first && source->end > source->begin);
}

int source_more(struct source *source, struct error *err)
{
    if (!source->failed) {
        int more = read_more(source, &source->failure);
        source->failed = more < 0;
        if (more >= 0)
            return more;
    }
    *err = source->failure;
    return -1;
}

int source_peek(struct source *source, size_t size, struct error *err)
{
    while (source->end - source->begin < size) {
        int more = source_more(source, err);
        if (more <= 0)
            return more;
    }
    return 0;
}

static int write_all(int fd, const char *data, size_t size, struct error *err)
{
    return descriptor_write(fd, data, size) ? error_errno(err, "temporary file (in $TMPDIR or /tmp)") : 0;
}

/* Copies the window and the rest of what `read` gives to fd, and goes back to its beginning. */
static int spool(struct source *source, byte_read *read, int fd, struct error *err)
{
    char *block = malloc(SOURCE_BLOCK);
    ssize_t got = 1;
    int failed;

    if (!block)
        return error_memory(err);
    failed = write_all(fd, source->data + source->begin, source->end - source->begin, err);
    while (!failed && !source->ended && got > 0) {
        got = read(source, block, SOURCE_BLOCK, err);
        failed = got < 0 || write_all(fd, block, (size_t)got, err);
    }
    free(block);
    if (!failed && lseek(fd, 0, SEEK_SET) < 0)
        failed = error_errno(err, "temporary file");
    return failed ? -1 : 0;
}

bool source_offset(const struct source *source, const char *at, uint64_t *offset)
{
    const uintptr_t place = (uintptr_t)at; /* comparing pointers into different things means nothing */
    const uintptr_t first = (uintptr_t)source->data;

    if (!source->data || place < first || place > first + source->end)
        return false;
    *offset = source->shown - (first + source->end - place);
    return true;
}

ssize_t source_read(void *context, char *to, size_t size, struct error *err)
{
    struct source *source = context;

    if (source->begin == source->end) {
        int more = source_more(source, err);
        if (more <= 0)
            return more;
    }
    if (size > source->end - source->begin)
        size = source->end - source->begin;
    memcpy(to, source->data + source->begin, size);
    source->begin += size;
    return (ssize_t)size;
}

int source_replace(struct source *source, int fd, struct error *err)
{
    if (source->own_fd)
        close(source->fd);
    free_stages(source);
    buffer_fini(&source->ahead);
    source->fd = fd;
    source->own_fd = true;
    source->seekable = true;
    source->kept = true;
    source->start = 0;
    off_t size = lseek(fd, 0, SEEK_END);
    source->bytes_size = size > 0 ? (uint64_t)size : 0;
    return source_rewind(source, err);
}

/* A stretch that is most of the window gets its memory, and what is left is copied; a smaller one is copied. */
int source_hand_over(struct source *source, size_t size, struct source *stretch, struct error *err)
{
    const size_t left = source->end - source->begin - size;
    const bool copied = size <= left || source->capacity / 8 > size;
    const struct source window = *source;

    stretch->end = stretch->begin = 0; /* nothing of it need be kept */
    if (reserve(stretch, copied ? size : left + SOURCE_BLOCK, err))
        return -1;
    if (copied) {
        memcpy(stretch->data, source->data + source->begin, size);
        source->begin += size;
        *stretch = (struct source){.data = stretch->data, .capacity = stretch->capacity, .end = size};
    } else {
        memcpy(stretch->data, source->data + source->begin + size, left);
        source->data = stretch->data;
        source->capacity = stretch->capacity;
        source->begin = 0;
        source->end = left;
        *stretch = (struct source){
            .data = window.data, .capacity = window.capacity, .begin = window.begin, .end = window.begin + size};
    }
    stretch->ended = true;
    stretch->fd = -1;
    stretch->name = source->name;
    return 0;
}

int source_put_back(struct source *source, struct slice bytes, struct error *err)
{
    const size_t there = source->end - source->begin;

    if (reserve(source, bytes.len + there, err))
        return -1;
    memmove(source->data + bytes.len, source->data + source->begin, there);
    memcpy(source->data, bytes.ptr, bytes.len);
    source->begin = 0;
    source->end = bytes.len + there;
    return 0;
}

void source_drop(struct source *stretch)
{
    free(stretch->data);
    *stretch = (struct source){0};
}

int source_keep(struct source *source, struct error *err)
{
    if (source->fd < 0 || source->seekable)
        return 0;
    int fd = source_temporary(err);
    if (fd < 0)
        return -1;
    if (spool(source, read_contents, fd, err)) {
        close(fd);
        return -1;
    }
    return source_replace(source, fd, err);
}

int source_unpack(struct source *source, int *fd, bool *own, struct error *err)
{
    *own = false;
    *fd = source->fd;
    if (source->seekable && !source->gunzip)
        return lseek(source->fd, source->start, SEEK_SET) < 0 ? error_errno(err, "%s", source->name) : 0;
    *fd = source_temporary(err);
    if (*fd < 0)
        return -1;
    if (spool(source, read_unpacked, *fd, err)) {
        close(*fd);
        return -1;
    }
    *own = true;
    return 0;
}

int source_rewind(struct source *source, struct error *err)
{
    source->begin = 0;
    if (source->fd < 0)
        return 0;
    if (lseek(source->fd, source->start, SEEK_SET) < 0)
        return error_errno(err, "%s", source->name);
    source->end = 0;
    source->shown = 0;
    source->ended = false;
    source->failed = false;
    source->bytes_read = 0;
    free_stages(source);
    buffer_fini(&source->ahead);
    source->ahead_taken = 0;
    source->examined = source->kept; /* the copy of a pipe is decompressed and in UTF-8 */
    return 0;
}
