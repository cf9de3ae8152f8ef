/* Small files read and written whole. */
#include "stream/file.h"

#include "stream/sink.h"
#include "stream/source.h"

#define FILE_LIMIT ((size_t)64 << 20)

int file_read(const char *path, struct buffer *text, struct error *err)
{
    struct source *source;
    int more;

    if (source_open(&source, path, err))
        return -1;
    while ((more = source_more(source, err)) > 0) {
        if (source->end - source->begin + text->len > FILE_LIMIT)
            more = error_set(err, STATUS_USAGE, "%s: larger than 64 MiB", path);
        else if (buffer_append(text, (struct slice){source->data + source->begin, source->end - source->begin}))
            more = error_memory(err);
        source->begin = source->end;
        if (more < 0)
            break;
    }
    source_free(source);
    return more;
}

int file_write(const char *path, struct slice text, struct error *err)
{
    struct sink *sink;

    if (sink_open(&sink, path, err))
        return -1;
    int failed = sink_write(sink, text, err) || sink_finish(sink, err);
    sink_free(sink);
    return failed ? -1 : 0;
}
