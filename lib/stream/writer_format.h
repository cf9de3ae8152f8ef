/* What the writer's formats share; only for writer.c and writer_*.c. */
#ifndef CRM_STREAM_WRITER_FORMAT_H
#define CRM_STREAM_WRITER_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "stream/writer.h"

/* What a format implements. A record is built whole, outside or behind what the sink already holds, and only then
 * counted as written. */
struct writer_format {
    /* Prepares writer->state from writer->names; what it leaves there is freed by `free`, also when it failed. */
    int (*start)(struct writer *writer, struct error *err);
    int (*put)(struct writer *writer, const struct field *fields, struct error *err);
    int (*finish)(struct writer *writer, struct error *err);
    void (*free)(struct writer *writer); /* NULL: nothing but what lies in the arena */
};

struct writer {
    const struct writer_format *format;
    enum format kind;
    struct sink *sink; /* borrowed */
    char delimiter;    /* of CSV and TSV */
    const struct slice *names;
    size_t count;
    bool spreadsheet_safe;
    size_t fit;       /* the columns that a table may take; 0: any number */
    uint64_t records; /* written so far */
    bool started;     /* the header, if there is one, was written */
    bool finished;
    struct arena arena;   /* names and what is made from them */
    struct buffer large;  /* a record too large for the sink's buffer */
    const double *shares; /* of the fields being put, see writer_put_shaded(); NULL: none. Borrowed */
    struct buffer *text;  /* of a part: instead of the sink. Borrowed */
    void *state;          /* the format's own; in the arena */
};

extern const struct writer_format csv_writer;  /* CSV and TSV */
extern const struct writer_format json_writer; /* JSON Lines and JSON */
extern const struct writer_format table_writer;

/* Room for at least size bytes: in the sink's buffer if they fit there. NULL with err. Then writer_commit() makes the
 * first `size` of them part of the output; without it they never were. */
char *writer_room(struct writer *writer, size_t size, struct error *err);
int writer_commit(struct writer *writer, const char *start, size_t size, struct error *err);

/* The text that a field has in a format without null. */
static inline struct slice field_shown(const struct field *field)
{
    return field->kind == FIELD_NULL || field->kind == FIELD_ABSENT ? SLICE("") : field->text;
}

#endif
