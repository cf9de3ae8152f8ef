/* What the fuzz targets share: the entry, checks, files in memory, and what an error must be like.
 *
 * A target does not call program_begin(): it forbids the process to start other programs, libFuzzer's symbolizer among
 * them, and each call adds a filter that every system call then goes through. */
#ifndef CRM_TESTS_FUZZ_H
#define CRM_TESTS_FUZZ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "base/utf8.h"
#include "stream/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define check(truth) check_that((truth), #truth)

static inline void check_that(bool truth, const char *what)
{
    if (truth)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* A file in memory; path can be opened again and again. */
struct memory_file {
    int fd;
    char path[32];
};

static inline struct memory_file file_of(struct slice text)
{
    struct memory_file file = {.fd = memfd_create("fuzz", MFD_CLOEXEC)};

    check(file.fd >= 0);
    check(text.len == 0 || write(file.fd, text.ptr, text.len) == (ssize_t)text.len);
    check(lseek(file.fd, 0, SEEK_SET) == 0);
    snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.fd);
    return file;
}

static inline void read_all(const struct memory_file *file, struct buffer *text)
{
    struct error err;

    buffer_init(text);
    check(file_read(file->path, text, &err) == 0);
}

/* A fault of the input or of the call, in one clean line. */
static inline void check_error(const struct error *err)
{
    check(err->status == STATUS_DATA || err->status == STATUS_USAGE);
    bool clean = err->text[0] && utf8_valid(err->text, strlen(err->text));
    for (const char *c = err->text; *c; c++)
        clean = clean && (unsigned char)*c >= 0x20 && *c != 0x7f;
    if (!clean)
        fprintf(stderr, "%s\n", err->text);
    check(clean);
}

#endif
