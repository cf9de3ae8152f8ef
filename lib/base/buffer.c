/* Buffer: bytes that grow. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void buffer_init(struct buffer *buffer)
{
    *buffer = (struct buffer){0};
}

void buffer_fini(struct buffer *buffer)
{
    free(buffer->data);
    buffer_init(buffer);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->len = 0;
}

int buffer_reserve(struct buffer *buffer, size_t size)
{
    if (size > SIZE_MAX / 2 - buffer->len)
        return -1;
    return ARRAY_GROW(buffer->data, buffer->capacity, buffer->len + size);
}

int buffer_append(struct buffer *buffer, struct slice text)
{
    if (text.len == 0)
        return 0;
    if (buffer_reserve(buffer, text.len))
        return -1;
    memcpy(buffer->data + buffer->len, text.ptr, text.len);
    buffer->len += text.len;
    return 0;
}

int buffer_append_char(struct buffer *buffer, char c)
{
    return buffer_append(buffer, (struct slice){&c, 1});
}

int buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0 || buffer_reserve(buffer, (size_t)length + 1))
        return -1;
    va_start(args, format);
    vsnprintf(buffer->data + buffer->len, (size_t)length + 1, format, args);
    va_end(args);
    buffer->len += (size_t)length;
    return 0;
}

struct slice buffer_slice(const struct buffer *buffer)
{
    return (struct slice){buffer->data ? buffer->data : "", buffer->len};
}
