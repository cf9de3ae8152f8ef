/* Stretches: each has a reader, a desk and a stream of its own, so that any thread can make its rows. What has an
 * effect on others, and bad records have, waits until its turn has come. */
#include "stream/lanes_stretch.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

int stretch_open(struct stretch *stretch, const struct lanes_plan *plan, const struct stream *stream,
                 const struct reader *reader, struct error *err)
{
    stretch->plan = plan;
    stretch->stream = *stream;
    stretch->stream.deferral = &stretch->deferral;
    stretch->stream.progress.active = false;
    stretch->stream.where = NULL;
    arena_init(&stretch->texts);
    if (stream->where && where_copy(&stretch->stream.where, stream->where, err))
        return -1;
    stretch->desk = calloc(1, plan->desk_size ? plan->desk_size : 1);
    return stretch->desk ? reader_copy(&stretch->reader, reader, &stretch->source, err) : error_memory(err);
}

void stretch_close(struct stretch *stretch)
{
    if (stretch->desk && stretch->plan->end)
        stretch->plan->end(stretch->plan->context, stretch->desk);
    free(stretch->desk);
    where_free(stretch->stream.where);
    reader_free(stretch->reader);
    source_drop(&stretch->source);
    free(stretch->deferral.items);
    free(stretch->rows);
    arena_fini(&stretch->texts);
}

struct slice stretch_bytes(const struct stretch *stretch)
{
    return (struct slice){stretch->source.data + stretch->source.end - stretch->size, stretch->size};
}

/* ---- cutting it off ---- */

/* How many bytes of the window, which may be much larger, are whole records: about `size`, unless one takes more. */
static size_t find_cut(const struct reader *reader, size_t size)
{
    const struct source *source = reader->source;
    struct slice window = {source->data + source->begin, source->end - source->begin};
    struct slice some = {window.ptr, window.len < size * 4 ? window.len : size * 4};
    size_t whole = reader_whole(reader, some);

    return whole || some.len == window.len ? whole : reader_whole(reader, window);
}

int stretch_cut(struct stretch *stretch, const struct reader *reader, size_t size, struct error *err)
{
    struct source *source = reader->source;

    while (source->end - source->begin < size)
        if (source_more(source, err) <= 0) /* an error comes again, and in its place, when it is read in order */
            return 0;
    stretch->size = find_cut(reader, size);
    if (stretch->size == 0)
        return 0;
    if (source_hand_over(source, stretch->size, &stretch->source, err))
        return -1;
    reader_restart(stretch->reader);
    arena_reset(&stretch->texts);
    stretch->deferral.count = stretch->deferral.rows = 0;
    stretch->stream.rejects.read = stretch->stream.rejects.filtered = 0;
    return 1;
}

/* ---- making rows ---- */

static void *row_at(const struct stretch *stretch, size_t row)
{
    return stretch->rows + row * stretch->plan->row_size;
}

/* Texts that do not lie in the stretch itself last only until the next record is read. */
static int keep_texts(struct stretch *stretch, char *row, struct error *err)
{
    const uintptr_t begin = (uintptr_t)stretch->source.data;
    const uintptr_t end = begin + stretch->source.end;

    for (size_t i = 0; i < stretch->plan->text_count; i++) {
        struct slice *text = (struct slice *)(void *)(row + stretch->plan->texts[i]);
        if (text->len == 0 || ((uintptr_t)text->ptr >= begin && (uintptr_t)text->ptr < end))
            continue;
        text->ptr = arena_copy(&stretch->texts, *text);
        if (!text->ptr)
            return error_memory(err);
    }
    return 0;
}

static int make_row(struct stretch *stretch, const struct record *record, struct error *err)
{
    const struct lanes_plan *plan = stretch->plan;
    struct deferral *deferral = &stretch->deferral;

    if (deferral->rows == stretch->capacity) {
        size_t capacity = stretch->capacity ? stretch->capacity * 2 : 1024;
        char *rows = realloc(stretch->rows, capacity * plan->row_size);
        if (!rows)
            return error_memory(err);
        stretch->rows = rows;
        stretch->capacity = capacity;
    }
    char *row = row_at(stretch, deferral->rows);
    int result = plan->make(plan->context, stretch->desk, &stretch->stream, record, row, err);
    if (result)
        return result;
    if (keep_texts(stretch, row, err))
        return -1;
    deferral->rows++;
    return 0;
}

/* 0; LANES_NONE; LANES_LATER; -1. *filtered: it is counted already. */
static int make_record(struct stretch *stretch, struct record *record, bool *filtered, struct error *err)
{
    struct bad_record bad;

    record->input = stretch->stream.current;
    int seen = stream_see(&stretch->stream, record, &bad, err);
    *filtered = seen == 0;
    if (seen > 0)
        return make_row(stretch, record, err);
    if (seen < 0)
        return err->status == STATUS_DATA ? deferral_add(&stretch->deferral, &bad, err) : -1;
    return 0;
}

/* 0; LANES_LATER; -1 */
static int make_rows(struct stretch *stretch, struct error *err)
{
    struct record record;
    struct bad_record bad;

    for (;;) {
        bool filtered = false;
        int result = 0;
        switch (reader_next(stretch->reader, &record, &bad, err)) {
        case READ_END:
            return 0;
        case READ_FAILED:
            return -1;
        case READ_BAD:
            result = reader_miscut(stretch->reader) ? LANES_LATER : deferral_add(&stretch->deferral, &bad, err);
            break;
        case READ_RECORD:
            result = make_record(stretch, &record, &filtered, err);
            break;
        }
        if (result < 0 || result == LANES_LATER)
            return result;
        if (!filtered)
            stream_count(&stretch->stream);
    }
}

void stretch_make(struct stretch *stretch)
{
    int result = make_rows(stretch, &stretch->err);

    stretch->failed = result < 0;
    stretch->in_order = result == LANES_LATER;
}

/* ---- taking them in ---- */

static int take_rows(const struct stretch *stretch, size_t from, size_t to, struct error *err)
{
    const struct lanes_plan *plan = stretch->plan;

    return to > from ? plan->take(plan->context, row_at(stretch, from), to - from, err) : 0;
}

int stretch_take(struct stretch *stretch, struct stream *stream, struct reader *reader, struct error *err)
{
    const struct lanes_plan *plan = stretch->plan;
    size_t taken = 0;

    for (size_t i = 0; i < stretch->deferral.count; i++) {
        struct deferred *item = &stretch->deferral.items[i];
        item->bad.line += reader->line - 1;
        item->bad.number += reader->number;
        if (take_rows(stretch, taken, item->rows, err) ||
            rejects_add(&stream->rejects, stream_input_name(stream, stream->current), &item->bad, err))
            return -1;
        taken = item->rows;
    }
    if (take_rows(stretch, taken, stretch->deferral.rows, err))
        return -1;
    if (stretch->failed) {
        *err = stretch->err;
        return -1;
    }
    reader_skip(reader, stretch->reader);
    stream->rejects.filtered += stretch->stream.rejects.filtered;
    if (plan->add)
        plan->add(plan->context, stretch->desk);
    return 0;
}
