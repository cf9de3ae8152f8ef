/* Roles: tried one by one; a column is bound for all inputs at once. */
#include "stream/roles.h"

#include <stdlib.h>

int stream_role_among(struct stream *stream, const char *option, const char *given, const char *const *canonical,
                      bool required, size_t *column, struct error *err)
{
    *column = COLUMN_ABSENT;
    if (given)
        return stream_role(stream, option, given, canonical[0], true, column, err);
    for (size_t i = 0; canonical[i]; i++) {
        if (stream_role(stream, option, NULL, canonical[i], false, column, err))
            return -1;
        if (*column != COLUMN_ABSENT)
            return 0;
    }
    return required ? stream_role(stream, option, NULL, canonical[0], true, column, err) : 0;
}

int stream_column_anywhere(struct stream *stream, const char *option, const char *name, size_t *column,
                           struct error *err)
{
    size_t *bound = malloc(stream->input_count * sizeof *bound);
    const struct reader *with_header = NULL;
    size_t found = 0;
    int failed = 0;

    *column = COLUMN_ABSENT;
    if (!bound)
        return error_memory(err);
    for (size_t i = 0; i < stream->input_count && !failed; i++) {
        struct reader *reader = stream->inputs[i].reader;
        failed = reader_find(reader, slice_from_cstr(name), &bound[i], err);
        found += !failed && bound[i] != COLUMN_ABSENT;
        if (!with_header && reader->name_count)
            with_header = reader;
    }
    if (!failed && found)
        failed = stream_bind(stream, slice_from_cstr(name), bound, column, err);
    else if (!failed && with_header)
        failed = stream_missing_column(with_header, option, name, name, err);
    free(bound);
    return failed;
}

struct slice stream_column_name(const struct stream *stream, size_t column, const char *given)
{
    for (size_t i = 0; *given == '#' && column != COLUMN_ABSENT && i < stream->input_count; i++) {
        size_t bound = stream->columns[column].bound[i];
        if (bound != COLUMN_ABSENT)
            return stream->inputs[i].reader->names[bound];
    }
    return slice_from_cstr(given);
}
