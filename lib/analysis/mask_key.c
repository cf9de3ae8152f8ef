/* A key that was read is wiped before it is given up, and so is what it was copied through. The file is judged by its
 * open descriptor, not by its name, which may be another file a moment later. A new key gets its name when it is whole,
 * so that no half of one is left where the program is ended meanwhile. */
#include "analysis/mask_key.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"

#define RANDOM_BYTES 32 /* RFC 2104, 3: as many as the hash has, or more */

static int check_mode(int fd, const char *path, struct error *err)
{
    struct stat found;

    if (fstat(fd, &found))
        return error_errno(err, "%s", path);
    if (S_ISDIR(found.st_mode))
        return error_set(err, STATUS_USAGE, "%s: a folder, not a key", path);
    const bool own = found.st_uid == geteuid();
    if (found.st_mode & (own ? 077 : 007))
        return error_set(
            err, STATUS_USAGE,
            "%s: others than its owner may read or change this key (mode %04o): chmod 600 makes it private", path,
            (unsigned)(found.st_mode & 07777));
    return 0;
}

static int read_bytes(struct mask_key *key, int fd, const char *path, struct error *err)
{
    while (key->length < sizeof key->bytes) {
        ssize_t got = read(fd, key->bytes + key->length, sizeof key->bytes - key->length);
        if (got < 0 && errno != EINTR)
            return error_errno(err, "%s", path);
        if (got == 0)
            return 0;
        if (got > 0)
            key->length += (size_t)got;
    }
    return 0;
}

static int check_length(struct mask_key *key, const char *path, struct error *err)
{
    if (key->length && key->bytes[key->length - 1] == '\n')
        key->length--;
    if (key->length == 0)
        return error_set(err, STATUS_USAGE, "%s: the key is empty; --make-key makes one", path);
    if (key->length < MASK_KEY_LEAST)
        return error_set(err, STATUS_USAGE,
                         "%s: a key of %zu bytes is too short, %d are the least; --make-key makes one", path,
                         key->length, MASK_KEY_LEAST);
    if (key->length > MASK_KEY_MOST)
        return error_set(err, STATUS_USAGE, "%s: more than %d bytes: is this a key?", path, MASK_KEY_MOST);
    return 0;
}

int mask_key_read(struct mask_key *key, const char *path, struct error *err)
{
    int fd = descriptor_open(path, O_RDONLY);

    key->length = 0;
    if (fd < 0)
        return error_errno(err, "%s", path);
    int failed = check_mode(fd, path, err) || read_bytes(key, fd, path, err) || check_length(key, path, err);
    close(fd);
    if (failed)
        mask_key_wipe(key);
    return failed ? -1 : 0;
}

void mask_key_wipe(struct mask_key *key)
{
    explicit_bzero(key, sizeof *key);
}

/* 0, or -1 with errno. */
static int draw(unsigned char *bytes, size_t size)
{
    size_t have = 0;

    while (have < size) {
        ssize_t got = getrandom(bytes + have, size - have, 0);
        if (got < 0 && errno != EINTR)
            return -1;
        if (got > 0)
            have += (size_t)got;
    }
    return 0;
}

static int write_all(int fd, const char *text, size_t size)
{
    while (size) {
        ssize_t put = write(fd, text, size);
        if (put < 0 && errno != EINTR)
            return -1;
        if (put > 0) {
            text += put;
            size -= (size_t)put;
        }
    }
    return fsync(fd);
}

static int make_text(char text[2 * RANDOM_BYTES + 1])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[RANDOM_BYTES];
    int failed = draw(bytes, sizeof bytes);

    for (size_t i = 0; i < sizeof bytes; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * RANDOM_BYTES] = '\n';
    explicit_bzero(bytes, sizeof bytes);
    return failed;
}

/* A file without a name in the folder of path, or -1: not every file system has such. */
static int open_nameless(const char *path)
{
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');

    if (slash && snprintf(folder, sizeof folder, "%.*s", (int)(slash + 1 - path), path) >= (int)sizeof folder)
        return -1;
    return open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

static int give_name(int fd, const char *path)
{
    char own[64];

    snprintf(own, sizeof own, "/proc/self/fd/%d", fd);
    return linkat(AT_FDCWD, own, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

/* 0, or -1 with errno. Where a file has to have a name from the beginning it is removed when it cannot be whole. */
static int write_named(const char *path, const char *text, size_t size)
{
    int fd;

    do
        fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return -1;
    int failed = write_all(fd, text, size);
    int why = errno;
    if (close(fd) && !failed && errno != EINTR) { /* Linux: closed all the same */
        why = errno;
        failed = -1;
    }
    if (failed)
        unlink(path);
    errno = why;
    return failed;
}

static int write_key(const char *path, const char *text, size_t size)
{
    int fd = open_nameless(path);

    if (fd < 0)
        return write_named(path, text, size);
    const int unwritten = write_all(fd, text, size);
    const int unnamed = unwritten ? -1 : give_name(fd, path);
    const int why = errno;
    close(fd); /* what it may say fsync(2) has said */
    errno = why;
    return unwritten || (unnamed && why == EEXIST) ? -1 : unnamed ? write_named(path, text, size) : 0;
}

int mask_key_make(const char *path, struct error *err)
{
    char text[2 * RANDOM_BYTES + 1];

    if (make_text(text))
        return error_errno(err, "no random numbers");
    const int failed = write_key(path, text, sizeof text);
    explicit_bzero(text, sizeof text);
    if (failed && errno == EEXIST)
        return error_set(err, STATUS_USAGE,
                         "%s is there already: no key is overwritten, what was masked with it would "
                         "join no more",
                         path);
    return failed ? error_errno(err, "%s", path) : 0;
}
