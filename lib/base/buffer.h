/* Buffer: bytes that grow. */
#ifndef CRM_BASE_BUFFER_H
#define CRM_BASE_BUFFER_H

#include "base/slice.h"

struct buffer {
    char *data; /* owned; NULL while empty */
    size_t len;
    size_t capacity;
};

void buffer_init(struct buffer *buffer); /* takes no memory yet */
void buffer_fini(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* keeps the memory */

/* Makes room for size more bytes. 0, or -1 out of memory (nothing changed); so do the appending calls. */
int buffer_reserve(struct buffer *buffer, size_t size);
int buffer_append(struct buffer *buffer, struct slice text);
int buffer_append_char(struct buffer *buffer, char c);
int buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The contents, valid until the next change. */
struct slice buffer_slice(const struct buffer *buffer);

#endif
