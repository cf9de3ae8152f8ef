/* Lines of text, as they stand in a file: ended by LF, CRLF or CR. */
#ifndef CRM_STREAM_VCARD_LINES_H
#define CRM_STREAM_VCARD_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/bytes.h"

struct vcard_lines {
    byte_read *read;
    void *context; /* borrowed */
    char *data;    /* owned */
    size_t capacity;
    size_t begin;
    size_t end;
    uint64_t number; /* of the line taken last, from 1 */
    bool skip_lf;    /* a CR was at the end of what was read */
    bool ended;
};

/* Takes the next line, without its end; valid until the next call. Of a line longer than RECORD_LIMIT the first part is
 * given, then the rest as lines of the same number. 1, 0 at the end, -1. */
int vcard_lines_next(struct vcard_lines *lines, struct slice *line, struct error *err);
void vcard_lines_fini(struct vcard_lines *lines);

#endif
