/* A stretch of an input: cut off, made into rows, taken in. Private to lanes.c. */
#ifndef CRM_STREAM_LANES_STRETCH_H
#define CRM_STREAM_LANES_STRETCH_H

#include "stream/lanes.h"

enum stretch_state { STRETCH_FREE, STRETCH_MAKING, STRETCH_MADE };

struct stretch {
    enum stretch_state state; /* for lanes.c */
    const struct lanes_plan *plan;
    struct source source; /* its last `size` bytes are the stretch */
    size_t size;
    struct reader *reader; /* of source */
    struct stream stream;  /* the program's, but that it counts by itself and defers what is bad */
    struct deferral deferral;
    struct arena texts; /* that were decoded by the reader */
    void *desk;
    char *rows;
    size_t capacity; /* of rows; deferral.rows are there */
    bool in_order;   /* it has to be read so */
    bool failed;     /* err, behind the rows */
    struct error err;
};

/* Records of the reader's, which is that of the stream's present input. After a failure, too, stretch_close(). */
int stretch_open(struct stretch *stretch, const struct lanes_plan *plan, const struct stream *stream,
                 const struct reader *reader, struct error *err);
void stretch_close(struct stretch *stretch);

/* Takes some `size` bytes off the input, whole records. 1; 0: what comes next is to be read in order, an error too; -1:
 * memory. */
int stretch_cut(struct stretch *stretch, const struct reader *reader, size_t size, struct error *err);
/* Makes the rows; what goes wrong is left in the stretch. */
void stretch_make(struct stretch *stretch);
/* Takes the rows in, judges what is bad among them, and counts: but for records read, which is the caller's to do. */
int stretch_take(struct stretch *stretch, struct stream *stream, struct reader *reader, struct error *err);
/* Its bytes. */
struct slice stretch_bytes(const struct stretch *stretch);

#endif
