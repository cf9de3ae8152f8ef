/* The hooks of all that has to do with files: reading, writing, names, places. */
#include "inject.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The C library's headers name the parameters otherwise:
 * NOLINTBEGIN(readability-inconsistent-declaration-parameter-name) */

static size_t cut(enum verdict verdict, size_t size)
{
    return verdict == PART && size ? 1 : size;
}

ssize_t read(int fd, void *buffer, size_t size)
{
    NEXT(read);
    enum verdict verdict = JUDGE(FAULT_READ, EIO);
    return verdict == FAIL ? -1 : next(fd, buffer, cut(verdict, size));
}

ssize_t pread(int fd, void *buffer, size_t size, off_t offset)
{
    NEXT(pread);
    enum verdict verdict = JUDGE(FAULT_READ, EIO);
    return verdict == FAIL ? -1 : next(fd, buffer, cut(verdict, size), offset);
}

ssize_t readv(int fd, const struct iovec *parts, int count)
{
    NEXT(readv);
    enum verdict verdict = JUDGE(FAULT_READ, EIO);
    return verdict == FAIL ? -1 : next(fd, parts, verdict == PART && count > 1 ? 1 : count);
}

/* What _FORTIFY_SOURCE makes of read() and pread(). */
ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room);
ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room)
{
    NEXT(read);
    if (size > room)
        abort();
    enum verdict verdict = JUDGE(FAULT_READ, EIO);
    return verdict == FAIL ? -1 : next(fd, buffer, cut(verdict, size));
}

ssize_t __pread_chk(int fd, void *buffer, size_t size, off_t offset, size_t room);
ssize_t __pread_chk(int fd, void *buffer, size_t size, off_t offset, size_t room)
{
    NEXT(pread);
    if (size > room)
        abort();
    enum verdict verdict = JUDGE(FAULT_READ, EIO);
    return verdict == FAIL ? -1 : next(fd, buffer, cut(verdict, size), offset);
}

/* A stream that failed says so when it is asked; a short one is no affair of its reader. */
size_t fread(void *buffer, size_t size, size_t count, FILE *file)
{
    enum { ERROR_SEEN = 0x20 }; /* glibc's _IO_ERR_SEEN */
    NEXT(fread);
    if (JUDGE(FAULT_READ, EIO) != FAIL || was_interrupted())
        return next(buffer, size, count, file);
    file->_flags |= ERROR_SEEN;
    return 0;
}

ssize_t write(int fd, const void *buffer, size_t size)
{
    NEXT(write);
    if (fd != STDERR_FILENO && judge_write(&size, __builtin_return_address(0)) == FAIL)
        return -1;
    return next(fd, buffer, size);
}

ssize_t pwrite(int fd, const void *buffer, size_t size, off_t offset)
{
    NEXT(pwrite);
    return judge_write(&size, __builtin_return_address(0)) == FAIL ? -1 : next(fd, buffer, size, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    NEXT(writev);
    size_t size = 0;

    for (int i = 0; i < count; i++)
        size += parts[i].iov_len;
    enum verdict verdict = fd == STDERR_FILENO ? GO_ON : judge_write(&size, __builtin_return_address(0));
    if (verdict == PART)
        for (int i = 0; i < count; i++)
            if (parts[i].iov_len)
                return next(fd, &(struct iovec){parts[i].iov_base, size < parts[i].iov_len ? size : parts[i].iov_len},
                            1);
    return verdict == FAIL ? -1 : next(fd, parts, count);
}

/* Where there is nothing to write nothing fails. */
int fflush(FILE *file)
{
    NEXT(fflush);
    if (file != stdout || __fpending(file) == 0)
        return next(file);
    return JUDGE(FAULT_WRITE, ENOSPC) == FAIL && !was_interrupted() ? EOF : next(file);
}

/* The mode is the third argument only where a file may be created. */
#define OPEN_MODE(flags)                                          \
    mode_t mode = 0;                                              \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                        \
        va_list args;                                             \
        va_start(args, flags);                                    \
        mode = va_arg(args, mode_t);                              \
        va_end(args);                                             \
    }                                                             \
    if (((flags)&O_TMPFILE) == O_TMPFILE && nameless_refused()) { \
        errno = EOPNOTSUPP;                                       \
        return -1;                                                \
    }

int open(const char *path, int flags, ...)
{
    NEXT(open);
    OPEN_MODE(flags)
    return JUDGE(FAULT_OPEN, EMFILE) == FAIL ? -1 : next(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    NEXT(openat);
    OPEN_MODE(flags)
    return JUDGE(FAULT_OPEN, EMFILE) == FAIL ? -1 : next(folder, path, flags, mode);
}

int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
    NEXT(open);
    return JUDGE(FAULT_OPEN, EMFILE) == FAIL ? -1 : next(path, flags);
}

int __openat_2(int folder, const char *path, int flags);
int __openat_2(int folder, const char *path, int flags)
{
    NEXT(openat);
    return JUDGE(FAULT_OPEN, EMFILE) == FAIL ? -1 : next(folder, path, flags);
}

FILE *fopen(const char *path, const char *mode)
{
    NEXT(fopen);
    return JUDGE(FAULT_OPEN, EMFILE) == FAIL ? NULL : next(path, mode);
}

FILE *fdopen(int fd, const char *mode)
{
    NEXT(fdopen);
    return JUDGE(FAULT_OPEN, ENOMEM) == FAIL && !was_interrupted() ? NULL : next(fd, mode);
}

DIR *opendir(const char *path)
{
    NEXT(opendir);
    return JUDGE(FAULT_OPEN, EMFILE) == FAIL ? NULL : next(path);
}

/* Linux closes the descriptor even when it reports an error. */
int close(int fd)
{
    NEXT(close);
    enum verdict verdict = JUDGE(FAULT_CLOSE, EIO);
    int error = errno;
    int result = next(fd);
    if (verdict == FAIL) {
        errno = error;
        return -1;
    }
    return result;
}

int fclose(FILE *file)
{
    NEXT(fclose);
    enum verdict verdict = JUDGE(FAULT_CLOSE, EIO);
    int error = errno;
    int result = next(file);
    if (verdict == FAIL && !was_interrupted()) {
        errno = error;
        return EOF;
    }
    return result;
}

int dup(int fd)
{
    NEXT(dup);
    return JUDGE(FAULT_DUP, EMFILE) == FAIL ? -1 : next(fd);
}

int fcntl(int fd, int command, ...)
{
    NEXT(fcntl);
    va_list args;

    va_start(args, command);
    void *argument = va_arg(args, void *); /* as glibc does it */
    va_end(args);
    if ((command == F_DUPFD || command == F_DUPFD_CLOEXEC) && JUDGE(FAULT_DUP, EMFILE) == FAIL)
        return -1;
    return next(fd, command, argument);
}

off_t lseek(int fd, off_t offset, int from)
{
    NEXT(lseek);
    return JUDGE(FAULT_SEEK, EIO) == FAIL ? -1 : next(fd, offset, from);
}

int fseeko(FILE *file, off_t offset, int from)
{
    NEXT(fseeko);
    return JUDGE(FAULT_SEEK, EIO) == FAIL ? -1 : next(file, offset, from);
}

off_t ftello(FILE *file)
{
    NEXT(ftello);
    return JUDGE(FAULT_SEEK, EIO) == FAIL ? -1 : next(file);
}

int ftruncate(int fd, off_t size)
{
    NEXT(ftruncate);
    return JUDGE(FAULT_SEEK, EIO) == FAIL ? -1 : next(fd, size);
}

int fsync(int fd)
{
    NEXT(fsync);
    return JUDGE(FAULT_SYNC, EIO) == FAIL ? -1 : next(fd);
}

int fdatasync(int fd)
{
    NEXT(fdatasync);
    return JUDGE(FAULT_SYNC, EIO) == FAIL ? -1 : next(fd);
}

int stat(const char *path, struct stat *status)
{
    NEXT(stat);
    return JUDGE(FAULT_STAT, EIO) == FAIL ? -1 : next(path, status);
}

int lstat(const char *path, struct stat *status)
{
    NEXT(lstat);
    return JUDGE(FAULT_STAT, EIO) == FAIL ? -1 : next(path, status);
}

int fstat(int fd, struct stat *status)
{
    NEXT(fstat);
    return JUDGE(FAULT_STAT, EIO) == FAIL ? -1 : next(fd, status);
}

int fstatat(int folder, const char *path, struct stat *status, int flags)
{
    NEXT(fstatat);
    return JUDGE(FAULT_STAT, EIO) == FAIL ? -1 : next(folder, path, status, flags);
}

int access(const char *path, int mode)
{
    NEXT(access);
    return JUDGE(FAULT_STAT, EIO) == FAIL ? -1 : next(path, mode);
}

int faccessat(int folder, const char *path, int mode, int flags)
{
    NEXT(faccessat);
    return JUDGE(FAULT_STAT, EIO) == FAIL ? -1 : next(folder, path, mode, flags);
}

ssize_t readlink(const char *path, char *buffer, size_t size)
{
    NEXT(readlink);
    return JUDGE(FAULT_STAT, EIO) == FAIL ? -1 : next(path, buffer, size);
}

ssize_t __readlink_chk(const char *path, char *buffer, size_t size, size_t room);
ssize_t __readlink_chk(const char *path, char *buffer, size_t size, size_t room)
{
    NEXT(readlink);
    if (size > room)
        abort();
    return JUDGE(FAULT_STAT, EIO) == FAIL ? -1 : next(path, buffer, size);
}

char *realpath(const char *path, char *resolved)
{
    NEXT(realpath);
    return JUDGE(FAULT_STAT, EIO) == FAIL ? NULL : next(path, resolved);
}

char *__realpath_chk(const char *path, char *resolved, size_t room);
char *__realpath_chk(const char *path, char *resolved, size_t room)
{
    NEXT(__realpath_chk);
    return JUDGE(FAULT_STAT, EIO) == FAIL ? NULL : next(path, resolved, room);
}

int rename(const char *from, const char *to)
{
    NEXT(rename);
    return JUDGE(FAULT_RENAME, EIO) == FAIL ? -1 : next(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    NEXT(renameat);
    return JUDGE(FAULT_RENAME, EIO) == FAIL ? -1 : next(from_folder, from, to_folder, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    NEXT(linkat);
    return JUDGE(FAULT_RENAME, EIO) == FAIL ? -1 : next(from_folder, from, to_folder, to, flags);
}

int unlink(const char *path)
{
    NEXT(unlink);
    return JUDGE(FAULT_UNLINK, EIO) == FAIL ? -1 : next(path);
}

int fchmod(int fd, mode_t mode)
{
    NEXT(fchmod);
    return JUDGE(FAULT_CHMOD, EIO) == FAIL ? -1 : next(fd, mode);
}

int mkstemp(char *name)
{
    NEXT(mkstemp);
    return JUDGE(FAULT_MKSTEMP, ENOSPC) == FAIL ? -1 : next(name);
}

int mkostemp(char *name, int flags)
{
    NEXT(mkostemp);
    return JUDGE(FAULT_MKSTEMP, ENOSPC) == FAIL ? -1 : next(name, flags);
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
