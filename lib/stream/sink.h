/* Sink: the bytes of one output, buffered and checked.
 *
 * With a path, a temporary file (mode 0600) is written beside it, given the permissions the umask asks for (or those of
 * the file it replaces), and renamed over it by sink_finish(): a report is whole or absent. If path exists and is not a
 * regular file
 * (/dev/full, a FIFO), it is written to directly; /dev/stdout, /dev/stderr and /dev/fd/N are the descriptors that are
 * open already. A symbolic link stays one: the file it points to is replaced. Temporary files are removed when the
 * program is ended by a signal or by exit(). */
#ifndef CRM_STREAM_SINK_H
#define CRM_STREAM_SINK_H

#include "base/error.h"

/* 0, or -1 with err: then nothing is written, and the output fails. */
typedef int sink_tap(void *context, struct slice bytes, struct error *err);

struct sink {
    char *data; /* owned */
    size_t len;
    size_t capacity;
    int fd;
    bool own_fd;
    const char *path; /* NULL: standard output */
    char *temporary;  /* owned; NULL when written directly */
    sink_tap *tap;    /* is given all that is written, before it is; NULL: nobody is. For who opened it to set */
    void *tap_context;
};

/* path NULL or "-" is standard output; path must outlive the sink. */
int sink_open(struct sink **sink, const char *path, struct error *err);

/* The number in "/dev/stdout", "/dev/fd/3" and the like, or -1. Opening such a name anew would lose the place, and the
 * append mode, of what the shell has opened. */
int sink_descriptor(const char *path);

int sink_write(struct sink *sink, struct slice text, struct error *err);
int sink_flush(struct sink *sink, struct error *err);

/* Flushes, closes (standard output too: a late error is seen), renames into place. Call once, on success only; then
 * sink_free(). */
int sink_finish(struct sink *sink, struct error *err);

/* Frees; an output that was not finished is removed. NULL is fine. */
void sink_free(struct sink *sink);

/* Removes the temporary file of every sink not finished; for the way out through exit(). */
void sink_discard_all(void);

/* The same in the handler of a signal that ends the program: no sink can be made, finished or freed after it. */
void sink_discard_in_handler(void);

#endif
