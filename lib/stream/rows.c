/* Rows: chunks of them are jobs (workers.h), each with a part of the writer (writer_part()) whose text the caller's
 * thread appends when its turn comes. A format in which a row is no line of its own is written row by row. */
#include "stream/rows.h"

#include <stdlib.h>

#include "base/workers.h"

enum { CHUNK = 2048 };

struct chunk {
    struct job job;
    struct writer *part;
    struct buffer text;
    size_t begin, end;
    size_t made; /* rows in text */
    bool failed;
    struct error err;
};

struct rows {
    rows_make *make;
    const void *context;
};

static int put_rows(struct writer *writer, const struct rows *rows, size_t begin, size_t end, size_t *done,
                    struct error *err)
{
    struct row row;

    for (size_t i = begin; i < end; i++) {
        row.count = 0;
        rows->make(rows->context, i, &row);
        if (writer_put(writer, row.fields, err))
            return -1;
        ++*done;
    }
    return 0;
}

static void do_chunk(struct job *job, void *context, size_t worker)
{
    struct chunk *chunk = (struct chunk *)job; /* its first member */

    (void)worker;
    buffer_clear(&chunk->text);
    chunk->made = 0;
    chunk->failed = put_rows(chunk->part, context, chunk->begin, chunk->end, &chunk->made, &chunk->err) != 0;
}

/* Chunk by chunk, as many under way as there are in the ring. */
static int write_chunks(struct writer *writer, struct workers *workers, struct chunk *ring, size_t ring_size,
                        size_t count, struct error *err)
{
    size_t submitted = 0, taken = 0;
    const size_t chunks = (count + CHUNK - 1) / CHUNK;

    for (; taken < chunks; taken++) {
        for (; submitted < chunks && submitted < taken + ring_size; submitted++) {
            struct chunk *chunk = &ring[submitted % ring_size];
            chunk->begin = submitted * CHUNK;
            chunk->end = count - chunk->begin < CHUNK ? count : chunk->begin + CHUNK;
            workers_submit(workers, &chunk->job);
        }
        struct chunk *chunk = &ring[taken % ring_size];
        workers_wait(workers, &chunk->job);
        if (writer_append(writer, buffer_slice(&chunk->text), chunk->made, err))
            return -1;
        if (chunk->failed) {
            *err = chunk->err;
            return -1;
        }
    }
    return 0;
}

static void free_ring(struct chunk *ring, size_t ring_size)
{
    for (size_t i = 0; ring && i < ring_size; i++) {
        writer_free(ring[i].part);
        buffer_fini(&ring[i].text);
    }
    free(ring);
}

/* 1; 0: the format has no parts; -1 */
static int open_ring(struct chunk **out, size_t ring_size, const struct writer *writer, struct error *err)
{
    struct chunk *ring = calloc(ring_size, sizeof *ring);
    int result = ring ? 1 : error_memory(err);

    for (size_t i = 0; i < ring_size && result > 0; i++) {
        buffer_init(&ring[i].text);
        if (writer_part(&ring[i].part, writer, &ring[i].text, err))
            result = -1;
        else if (!ring[i].part)
            result = 0;
    }
    *out = ring;
    return result;
}

int rows_write(struct writer *writer, size_t count, size_t threads, rows_make *make, const void *context,
               struct error *err)
{
    struct rows rows = {make, context};
    struct workers *workers = NULL;
    struct chunk *ring = NULL;
    const size_t ring_size = threads * 2;
    size_t done = 0;
    int result;

    if (threads < 2 || count <= CHUNK)
        return put_rows(writer, &rows, 0, count, &done, err);
    result = open_ring(&ring, ring_size, writer, err);
    if (result == 0)
        result = put_rows(writer, &rows, 0, count, &done, err);
    else if (result > 0)
        result = workers_new(&workers, threads, do_chunk, &rows, err) ||
                         write_chunks(writer, workers, ring, ring_size, count, err)
                     ? -1
                     : 0;
    workers_free(workers);
    free_ring(ring, ring_size);
    return result;
}
