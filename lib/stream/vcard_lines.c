/* Lines: a window over what was read, which grows with the line. */
#include "stream/vcard_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "stream/field.h"

#define BLOCK ((size_t)64 << 10)

void vcard_lines_fini(struct vcard_lines *lines)
{
    free(lines->data);
    *lines = (struct vcard_lines){0};
}

/* More bytes behind what is left. 1, 0 at the end, -1. */
static int fill(struct vcard_lines *lines, struct error *err)
{
    size_t left = lines->end - lines->begin;

    if (lines->ended)
        return 0;
    if (lines->data)
        memmove(lines->data, lines->data + lines->begin, left);
    lines->begin = 0;
    lines->end = left;
    if (ARRAY_GROW(lines->data, lines->capacity, left + BLOCK))
        return error_memory(err);
    ssize_t got = lines->read(lines->context, lines->data + left, BLOCK, err);
    if (got < 0)
        return -1;
    lines->ended = got == 0;
    lines->end += (size_t)got;
    return got > 0;
}

/* The offset of the first CR or LF, from `from` on; len when there is none. */
static size_t line_end(const char *text, size_t from, size_t len)
{
    while (from < len && text[from] != '\n' && text[from] != '\r')
        from++;
    return from;
}

int vcard_lines_next(struct vcard_lines *lines, struct slice *line, struct error *err)
{
    size_t seen = 0;

    for (;;) {
        if (lines->skip_lf && lines->end > lines->begin) {
            lines->begin += lines->data[lines->begin] == '\n';
            lines->skip_lf = false;
        }
        size_t len = lines->end - lines->begin;
        const char *text = len ? lines->data + lines->begin : ""; /* there is no block yet */
        size_t at = len ? line_end(text, seen, len) : 0;
        if (at < len) {
            lines->skip_lf = text[at] == '\r';
            lines->begin += at + 1;
            lines->number++;
            *line = (struct slice){text, at};
            return 1;
        }
        seen = len;
        int more = len < RECORD_LIMIT ? fill(lines, err) : 0;
        if (more < 0)
            return -1;
        if (more)
            continue;
        if (len == 0)
            return 0;
        bool last = lines->ended;
        *line = (struct slice){lines->data + lines->begin, len};
        lines->begin = lines->end;
        lines->number += last;
        return 1;
    }
}
