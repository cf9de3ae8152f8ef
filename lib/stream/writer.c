/* Writer: the part that all formats share. */
#include "stream/writer.h"

#include <stdlib.h>

#include "stream/writer_format.h"

static int copy_names(struct writer *writer, const struct slice *names, struct error *err)
{
    if (writer->count > SIZE_MAX / 2 / sizeof *names)
        return error_memory(err);
    struct slice *copies = arena_alloc(&writer->arena, writer->count * sizeof *copies);
    if (!copies)
        return error_memory(err);
    for (size_t i = 0; i < writer->count; i++) {
        copies[i].len = names[i].len;
        copies[i].ptr = arena_copy(&writer->arena, names[i]);
        if (!copies[i].ptr)
            return error_memory(err);
    }
    writer->names = copies;
    return 0;
}

int writer_new(struct writer **writer, struct sink *sink, enum format format, char delimiter, const struct slice *names,
               size_t count, struct error *err)
{
    static const struct writer_format *const formats[] = {
        [FORMAT_CSV] = &csv_writer,   [FORMAT_TSV] = &csv_writer,     [FORMAT_JSONL] = &json_writer,
        [FORMAT_JSON] = &json_writer, [FORMAT_TABLE] = &table_writer,
    };

    *writer = NULL;
    if (format == FORMAT_CSV && (delimiter == '"' || delimiter == '\r' || delimiter == '\n'))
        return error_set(err, STATUS_USAGE, "the delimiter cannot be a quote or a line end");
    struct writer *made = calloc(1, sizeof *made);
    if (!made)
        return error_memory(err);
    made->format = formats[format];
    made->kind = format;
    made->sink = sink;
    made->delimiter = format == FORMAT_TSV ? '\t' : delimiter ? delimiter : ',';
    made->count = count;
    arena_init(&made->arena);
    buffer_init(&made->large);
    if (copy_names(made, names, err) || made->format->start(made, err)) {
        writer_free(made);
        return -1;
    }
    *writer = made;
    return 0;
}

int writer_make_spreadsheet_safe(struct writer *writer, struct error *err)
{
    if (writer->format != &csv_writer)
        return 0;
    writer->spreadsheet_safe = true;
    return writer->format->start(writer, err); /* the header is made anew; the old one goes with the arena */
}

void writer_fit(struct writer *writer, size_t columns)
{
    writer->fit = columns;
}

void writer_free(struct writer *writer)
{
    if (!writer)
        return;
    if (writer->format->free && writer->state)
        writer->format->free(writer);
    buffer_fini(&writer->large);
    arena_fini(&writer->arena);
    free(writer);
}

int writer_part(struct writer **part, const struct writer *writer, struct buffer *text, struct error *err)
{
    *part = NULL;
    if (writer->kind != FORMAT_CSV && writer->kind != FORMAT_TSV && writer->kind != FORMAT_JSONL)
        return 0;
    if (writer_new(part, NULL, writer->kind, writer->delimiter, writer->names, writer->count, err))
        return -1;
    (*part)->spreadsheet_safe = writer->spreadsheet_safe;
    (*part)->text = text;
    (*part)->started = true;
    return 0;
}

int writer_append(struct writer *writer, struct slice text, size_t records, struct error *err)
{
    if ((writer->kind != FORMAT_JSONL && writer->format->finish(writer, err)) || sink_write(writer->sink, text, err))
        return -1;
    writer->records += records;
    return 0;
}

int writer_put(struct writer *writer, const struct field *fields, struct error *err)
{
    if (writer->format->put(writer, fields, err))
        return -1;
    writer->records++;
    return 0;
}

int writer_put_shaded(struct writer *writer, const struct field *fields, const double *shares, struct error *err)
{
    writer->shares = shares;
    int failed = writer_put(writer, fields, err);
    writer->shares = NULL;
    return failed;
}

int writer_finish(struct writer *writer, struct error *err)
{
    if (writer->finished)
        return 0;
    if (writer->format->finish(writer, err))
        return -1;
    writer->finished = true;
    return 0;
}

char *writer_room(struct writer *writer, size_t size, struct error *err)
{
    struct sink *sink = writer->sink;

    if (writer->text) {
        if (buffer_reserve(writer->text, size)) {
            error_memory(err);
            return NULL;
        }
        return writer->text->data + writer->text->len;
    }
    if (size > sink->capacity) {
        buffer_clear(&writer->large);
        if (buffer_reserve(&writer->large, size)) {
            error_memory(err);
            return NULL;
        }
        return writer->large.data;
    }
    if (size > sink->capacity - sink->len && sink_flush(sink, err))
        return NULL;
    return sink->data + sink->len;
}

int writer_commit(struct writer *writer, const char *start, size_t size, struct error *err)
{
    if (writer->text) {
        writer->text->len += size;
        return 0;
    }
    if (start == writer->large.data)
        return sink_write(writer->sink, (struct slice){start, size}, err);
    writer->sink->len += size;
    return 0;
}
